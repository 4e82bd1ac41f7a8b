// A virement on its page: the funder's consent, and the steps that end in moved money.
#include <fmt/format.h>

#include "engine/core/text.hpp"
#include "platform/html/choices.hpp"
#include "platform/html/form.hpp"
#include "work/funding/pages.hpp"
#include "work/funding/virement.hpp"

namespace wardmote::funding {

namespace {

const record::Description &what() {
    return record::description<Virement>();
}

/// The day of the consent alone, as a description of its own: the virement's form has it not.
const record::Description &asked_for_consent() {
    static const auto fields = [] {
        auto day = what().field("consent_on");
        day.rules.off_forms = false;
        day.rules.required = true;
        return std::vector<record::Field>{day};
    }();
    static const record::Description day = [] {
        auto only = what();
        only.fields = fields;
        only.title = "consent_on";
        only.state = {};
        only.check = nullptr;
        return only;
    }();
    return day;
}

html::Html consent_fields(std::string_view verb, const record::Typed &typed) {
    if (verb != "consent") {
        return {};
    }
    html::FileUpload file;
    file.field.name = "consent";
    file.field.label.text = "The funder’s consent in writing";
    file.field.label.classes = "govuk-label--s";
    file.field.hint = html::Hint{.text = "A letter or an e-mail, up to 25 MB"};
    return html::file_upload(file) +
           record::fields(asked_for_consent(), typed, {}, record::NoReferences{});
}

record::Problems take_consent(const site::Site &site, db::Transaction &tx, const std::string &id,
                              const web::Request &request, Consent &consent) {
    if (request.uploads.empty() || request.uploads.front().file_name.empty()) {
        return {}; // the guard of the step says that it is missing
    }
    const auto day = record::parse(asked_for_consent(), request.form, record::NoReferences{});
    if (!day.ok()) {
        return {{"consent_on-day", day.problems.front().words}};
    }
    const auto &upload = request.uploads.front();
    const auto taken = site.attachments().take_in(tx.tenant(), upload.file_name, upload.bytes);
    if (const auto *problem = std::get_if<std::string>(&taken)) {
        return {{"consent", *problem}};
    }
    consent.attachment =
        site.attachments().add(tx, std::get<record::TakenIn>(taken), what().table, id).id;
    consent.on = record::Codec<std::optional<core::Date>>::from(day.values.front());
    return {};
}

} // namespace

html::Html steps_of_virement(const access::Visit &visit, const record::Stored &virement) {
    return step_forms(visit, what(), virement, virement_lifecycle(), consent_fields);
}

void add_virement_pages(site::Site &site) {
    add_step_route(
        site, what(), virement_lifecycle(),
        [&site](db::Transaction &tx, const std::string &id, const std::string &verb,
                law::Roles roles, const std::string &reason,
                const web::Request &request) -> record::Problems {
            Consent consent;
            if (verb == "consent" && (roles & writer_role) != 0) {
                if (auto problems = take_consent(site, tx, id, request, consent);
                    !problems.empty()) {
                    return problems;
                }
            }
            return step_virement(site.keeper(), tx, id, verb, roles, reason, consent);
        },
        consent_fields);
}

} // namespace wardmote::funding
