#include "platform/site/messages.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "platform/html/html.hpp"
#include "platform/jobs/queue.hpp"

namespace wardmote::site {

namespace {

using Kind = access::Notice::Kind;

struct Words {
    Kind kind;
    std::string_view name; ///< in the job
    std::string_view subject;
    std::string_view text; ///< {0} partnership, {1} link, {2} until when, {3} where to sign in
};

// A person reads these outside the site: each says what happened and what to do when it was not
// they.
constexpr Words all_words[] = {
    {Kind::invitation, "invitation", "Your account with the {0}",
     "An account has been made for you on the site of the {0}.\n\nTo choose your password, open "
     "this page before {2}:\n\n{1}\n\nYou will also need an authenticator app on your telephone or "
     "computer; the page explains how.\n\nIf you did not expect this, you need do nothing."},
    {Kind::reset, "reset", "Choose a new password",
     "Somebody, perhaps you, asked for a new password on the site of the {0}.\n\nTo choose one, "
     "open this page before {2}:\n\n{1}\n\nIf it was not you, you need do nothing: your password "
     "stays as it is."},
    {Kind::locked, "locked", "Your account is locked for a while",
     "Somebody failed too often to sign in to your account on the site of the {0}, so it is locked "
     "until {2}.\n\nIf it was you, wait until then, or ask an administrator to unlock it. If it "
     "was "
     "not you, tell an administrator."},
    {Kind::password_changed, "password-changed", "Your password was changed",
     "The password of your account on the site of the {0} was changed.\n\nIf it was not you, "
     "choose "
     "another at once at {3}/reset and tell an administrator."},
    {Kind::second_factor_removed, "second-factor-removed", "Your authenticator app was removed",
     "An administrator removed the authenticator app from your account on the site of the {0}. You "
     "will be asked to set up another when you next sign in at {3}.\n\nIf you did not ask for "
     "this, "
     "tell another administrator."},
    {Kind::second_factor_added, "second-factor-added", "An authenticator app was added",
     "An authenticator app was set up for your account on the site of the {0}.\n\nIf it was not "
     "you, choose another password at {3}/reset and tell an administrator."},
    {Kind::recovery_code_used, "recovery-code-used", "A recovery code was used",
     "A recovery code was used to sign in to your account on the site of the {0}.\n\nIf it was not "
     "you, choose another password at {3}/reset and tell an administrator."},
};

const Words &words_of(Kind kind) {
    return *std::ranges::find(all_words, kind, &Words::kind);
}

access::Tenant tenant_by_id(db::Database &database, const std::string &id) {
    for (auto &tenant : access::all_tenants(database)) {
        if (tenant.id == id) {
            return tenant;
        }
    }
    throw jobs::Failure{"The partnership is no longer there.", jobs::Failure::Again::no};
}

/// The token of a job, opened; empty when it has none.
std::string token_of(const record::Keeper &keeper, const nlohmann::json &json) {
    const auto sealed = json.at("token").get<std::string>();
    if (sealed.empty()) {
        return {};
    }
    auto token = keeper.keys().unseal(sealed);
    if (!token) {
        throw jobs::Failure{"The link cannot be read: it was sealed with other keys.",
                            jobs::Failure::Again::no};
    }
    return *token;
}

constexpr const char *letter_kind = "letter"; ///< in the job: its words come with it

/// The addresses of the site in place of "{site}".
std::string with_site(std::string text, std::string_view url) {
    constexpr std::string_view place = "{site}";
    for (auto at = text.find(place); at != std::string::npos;
         at = text.find(place, at + url.size())) {
        text.replace(at, place.size(), url);
    }
    return text;
}

/// A whole page around a letter's markup, which was Html when it was queued.
std::string html_letter(const std::string &name, const std::string &markup,
                        const std::string &partnership) {
    return html::format(R"(<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">)"
                        R"(<title>{}</title></head><body><p>{},</p>{}<p>{}</p></body></html>)",
                        partnership, name, html::Html::trusted(markup), partnership)
        .str();
}

mail::Message letter_of(const record::Keeper &keeper, const Settings &settings,
                        const mail::Address &from, const jobs::Job &job,
                        const nlohmann::json &json) {
    const auto to = mail::Address::parse(json.at("email").get<std::string>(),
                                         json.at("name").get<std::string>());
    const auto written = core::Instant::parse(json.at("at").get<std::string>());
    if (!to || !written) {
        throw jobs::Failure{"The message cannot be written: its address is not one.",
                            jobs::Failure::Again::no};
    }
    const auto tenant = tenant_by_id(keeper.database(), job.tenant);
    const auto url = url_of(settings, tenant);
    auto text = with_site(json.at("text").get<std::string>(), url);
    const auto markup = with_site(json.value("markup", std::string{}), url);
    constexpr std::string_view place = "{link}";
    if (const auto at = text.find(place); at != std::string::npos) {
        text.replace(at, place.size(),
                     url + json.at("path").get<std::string>() + token_of(keeper, json));
    }
    return {.from = from,
            .to = *to,
            .subject = json.at("subject").get<std::string>(),
            .text = fmt::format("{},\n\n{}\n\n{}\n", to->name(), text, tenant.name),
            .html = markup.empty() ? std::nullopt
                                   : std::optional{html_letter(to->name(), markup, tenant.name)},
            .id = job.id,
            .date = *written};
}

mail::Message message(const record::Keeper &keeper, const Settings &settings,
                      const mail::Address &from, const jobs::Job &job) {
    const auto json = nlohmann::json::parse(job.payload);
    if (json.at("kind") == letter_kind) {
        return letter_of(keeper, settings, from, job, json);
    }
    const auto found =
        std::ranges::find(all_words, json.at("kind").get<std::string>(),
                          [](const Words &words) { return std::string{words.name}; });
    const auto to = mail::Address::parse(json.at("email").get<std::string>(),
                                         json.at("name").get<std::string>());
    const auto written = core::Instant::parse(json.at("at").get<std::string>());
    if (found == std::end(all_words) || !to || !written) {
        throw jobs::Failure{"The message cannot be written: its address is not one.",
                            jobs::Failure::Again::no};
    }
    const auto tenant = tenant_by_id(keeper.database(), job.tenant);
    std::string link;
    if (const auto token = token_of(keeper, json); !token.empty()) {
        link = link_of(settings, tenant, found->kind, token);
    }
    const auto until = core::Instant::parse(json.at("expires").get<std::string>());
    const auto fill = [&](std::string_view text) {
        return fmt::format(fmt::runtime(text), tenant.name, link, until ? until->text() : "",
                           url_of(settings, tenant));
    };
    return {.from = from,
            .to = *to,
            .subject = fill(found->subject),
            .text = fmt::format("{},\n\n{}\n\n{}\n", to->name(), fill(found->text), tenant.name),
            .html = {},
            .id = job.id,
            .date = *written};
}

} // namespace

std::string url_of(const Settings &settings, const access::Tenant &tenant) {
    if (!tenant.host) {
        return settings.url;
    }
    const auto host = settings.url.find("://") + 3;
    const auto end = std::min(settings.url.find_first_of(":/", host), settings.url.size());
    return settings.url.substr(0, host) + *tenant.host + settings.url.substr(end);
}

std::string link_of(const Settings &settings, const access::Tenant &tenant, Kind kind,
                    std::string_view token) {
    return fmt::format("{}/{}/{}", url_of(settings, tenant),
                       kind == Kind::invitation ? "invitation" : "reset", token);
}

access::Tell teller(const record::Keeper &keeper, jobs::Queue &queue, const Settings &settings) {
    return [&keeper, &queue, &settings](db::Transaction &tx, const access::Notice &notice) {
        if (!settings.sends_mail) {
            return;
        }
        const nlohmann::json payload{
            {"kind", words_of(notice.kind).name},
            {"name", notice.name},
            {"email", notice.email},
            {"token", notice.token.empty() ? std::string{} : keeper.keys().seal(notice.token)},
            {"expires", notice.expires ? notice.expires->iso() : std::string{}},
            {"at", keeper.clock().now().iso()}};
        queue.add(tx, {.kind = std::string{mail_kind}, .payload = payload.dump()});
    };
}

void post(db::Transaction &tx, const record::Keeper &keeper, jobs::Queue &queue,
          const Settings &settings, const Letter &letter) {
    if (!settings.sends_mail) {
        return;
    }
    const nlohmann::json payload{
        {"kind", letter_kind},
        {"name", letter.name},
        {"email", letter.email},
        {"subject", letter.subject},
        {"text", letter.text},
        {"path", letter.path},
        {"markup", letter.markup},
        {"token", letter.token.empty() ? std::string{} : keeper.keys().seal(letter.token)},
        {"at", keeper.clock().now().iso()}};
    queue.add(tx, {.kind = std::string{mail_kind}, .payload = payload.dump()});
}

jobs::Outside mailer(const record::Keeper &keeper, const Settings &settings, mail::Smtp smtp,
                     mail::Address from) {
    return [&keeper, &settings, smtp = std::move(smtp),
            from = std::move(from)](const jobs::Job &job) {
        const auto delivery = smtp.send(message(keeper, settings, from, job));
        if (delivery.outcome != mail::Delivery::Outcome::sent) {
            throw jobs::Failure{delivery.reason, delivery.outcome == mail::Delivery::Outcome::later
                                                     ? jobs::Failure::Again::yes
                                                     : jobs::Failure::Again::no};
        }
    };
}

} // namespace wardmote::site
