#include "work/reports/details.hpp"

namespace wardmote::reports {

std::optional<Details> details_of(db::Transaction &tx, std::string_view report) {
    const auto row =
        tx.first("select report, report_of, addressed_to, title, purpose, approved_by, "
                 "policy_framework, recommendations, contact, background_papers, edition, "
                 "plan_name, website, role_words from report_details where tenant = :tenant "
                 "and removed is null and lower(report) = :report order by created, id limit 1",
                 {{"tenant", tx.tenant()}, {"report", std::string{report}}});
    if (!row) {
        return {};
    }
    return Details{.report = row->text("report"),
                   .of = row->text("report_of"),
                   .to = row->text("addressed_to"),
                   .title = row->text("title"),
                   .purpose = row->text("purpose"),
                   .approved_by = row->text("approved_by"),
                   .policy_framework = row->text("policy_framework"),
                   .recommendations = row->text("recommendations"),
                   .contact = row->text("contact"),
                   .background_papers = row->text("background_papers"),
                   .edition = row->text("edition"),
                   .plan_name = row->text("plan_name"),
                   .website = row->text("website"),
                   .role_words = row->text("role_words")};
}

} // namespace wardmote::reports
