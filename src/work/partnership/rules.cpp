#include "work/partnership/rules.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace wardmote::partnership {

Rules Rules::read(const std::vector<std::string> &catalogues) {
    Rules rules{.law = law::Law::read(catalogues), .duties = {}, .evidences = {}};
    for (const auto &catalogue : catalogues) {
        const auto file = std::filesystem::path{catalogue} / "duties" / "partnership.toml";
        if (std::ifstream in{file}) {
            rules.duties = with_own(
                std::move(rules.duties),
                parse_duties(std::string{std::istreambuf_iterator<char>{in}, {}}, file.string()));
        }
    }
    if (rules.duties.empty()) {
        throw std::runtime_error{"No catalogue has duties/partnership.toml."};
    }
    rules.evidences = own_evidence(rules.law);
    return rules;
}

law::Deadline papers_due(const law::Law &law, core::Date meeting) {
    const auto &notice = law.parameters.at("board.papers-notice", meeting);
    return law::notice_by_clear_working_days(static_cast<int>(notice.number()), meeting,
                                             law.holidays);
}

law::Deadline answer_due(const law::Law &law, core::Date sent) {
    return law::due(law.parameters.at("scrutiny.response", sent), sent, law.holidays);
}

} // namespace wardmote::partnership
