#include "work/reports/records.hpp"

#include "work/reports/council_records.hpp"
#include "work/reports/inner_records.hpp"

namespace wardmote::reports {

std::vector<access::Need> needs_of(std::string_view report) {
    using access::Act;
    using access::Need;
    if (report == board_report) {
        return {Need::to(Act::view, "risk"), Need::to(Act::view, "person"),
                Need::to(Act::view, "grant_agreement")};
    }
    if (report == grant_return) {
        return {Need::to(Act::view, "monitoring_return")};
    }
    return {};
}

void Records::say(std::string name, std::string words) {
    if (!words.empty()) {
        texts.insert_or_assign(std::move(name), std::move(words));
    }
}

void Records::list(std::string name, std::vector<document::Item> items) {
    if (!items.empty()) {
        lists.insert_or_assign(std::move(name), std::move(items));
    }
}

Records read_records(db::Transaction &tx, std::string_view report, const Looking &looking) {
    Records records;
    add_details(records, tx, report);
    add_partnership(records, tx, looking);
    add_plan(records, tx, looking);
    add_posts(records, tx, looking);
    if (report == board_report) {
        add_board(records, tx, looking);
    } else if (report == grant_return) {
        add_grant_return(records, tx, looking);
    }
    return records;
}

} // namespace wardmote::reports
