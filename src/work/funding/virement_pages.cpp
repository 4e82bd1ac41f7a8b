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

html::Html consent_fields(std::string_view verb) {
    if (verb != "consent") {
        return {};
    }
    html::FileUpload file;
    file.field.name = "consent";
    file.field.label.text = "The funder's consent in writing";
    file.field.hint = html::Hint{.text = "A letter or an e-mail, up to 25 MB"};
    html::Input day;
    day.field.name = "consent_on";
    day.field.label.text = "Day of the consent";
    day.field.hint = html::Hint{.text = "Such as 2015-02-27"};
    day.field.classes = "govuk-input--width-10";
    return html::file_upload(file) + html::input(day);
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
            const bool sent =
                !request.uploads.empty() && !request.uploads.front().file_name.empty();
            if (verb == "consent" && sent && (roles & writer_role) != 0) {
                const auto &upload = request.uploads.front();
                const auto taken =
                    site.attachments().take_in(tx.tenant(), upload.file_name, upload.bytes);
                if (const auto *problem = std::get_if<std::string>(&taken)) {
                    return {{"consent", *problem}};
                }
                consent.attachment =
                    site.attachments()
                        .add(tx, std::get<record::TakenIn>(taken), what().table, id)
                        .id;
                consent.on =
                    core::Date::parse(core::trim(request.value("consent_on").value_or("")));
            }
            return step_virement(site.keeper(), tx, id, verb, roles, reason, consent);
        },
        true);
}

} // namespace wardmote::funding
