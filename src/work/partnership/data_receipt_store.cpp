#include "work/partnership/data_receipt.hpp"

#include <algorithm>

namespace wardmote::partnership {

record::Problems check_data_receipt(const record::Values &values) {
    const auto receipt = record::typed<DataReceipt>(values);
    record::Problems problems;
    if (receipt.period_from.day() != 1 || receipt.period_from.month() % 3 != 1) {
        problems.push_back(
            {"period_from", "A quarter begins on 1 January, April, July or October"});
    }
    if (receipt.received_on < receipt.period_from) {
        problems.push_back({"received_on", "Received on must be after the quarter began"});
    }
    return problems;
}

Received received(db::Transaction &tx, const std::vector<std::string> &sets,
                  const std::vector<std::string> &holders, core::Date period_from, core::Date by) {
    const auto among = [](const std::vector<std::string> &all, const std::string &one) {
        return std::ranges::find(all, one) != all.end();
    };
    Received is{.receipts = {}, .missing = sets};
    tx.each("select r.id, r.title, r.data_set, o.name, o.kind from data_receipt r "
            "join organisation o on o.tenant = r.tenant and o.id = r.holder "
            "where r.tenant = :tenant and r.removed is null and r.period_from = :from "
            "and r.received_on <= :by order by o.name, r.data_set, r.id",
            {{"tenant", tx.tenant()}, {"from", period_from.iso()}, {"by", by.iso()}},
            [&](const db::Row &row) {
                const auto set = row.text("data_set");
                if (among(sets, set) && among(holders, row.text("kind"))) {
                    is.receipts.push_back({row.text("name") + ": " + row.text("title"),
                                           "/data-receipts/" + row.text("id")});
                    std::erase(is.missing, set);
                }
            });
    const auto words = [](const std::string &set) {
        const auto *known = std::ranges::find(data_sets, set, &record::Choice::value);
        return known == data_sets.end() ? set : std::string{known->words};
    };
    std::ranges::transform(is.missing, is.missing.begin(), words);
    return is;
}

} // namespace wardmote::partnership
