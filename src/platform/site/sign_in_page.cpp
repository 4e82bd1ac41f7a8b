#include "platform/site/sign_in_page.hpp"

#include "platform/html/table.hpp"
#include "platform/html/typography.hpp"
#include "platform/site/doors.hpp"
#include "platform/site/example_people.hpp"
#include "platform/site/fields.hpp"
#include "platform/site/pages.hpp"
#include "platform/site/steps.hpp"
#include "platform/web/address.hpp"

namespace wardmote::site {

namespace {

using html::Html;
using web::Request;
using web::Response;

/// A kept form may be as long as the form was, and a third more when sealed.
constexpr web::Limits kept_limits{.largest_body = 1024UL * 1024};

Response not_set_up(const Site &site, const Request &request) {
    if (!site.doors().first_run.needed()) {
        return web::not_found("No partnership has this address.");
    }
    html::Page page;
    page.title = "Not set up yet";
    page.content = heading(page.title) +
                   paragraph("Whoever started the program finds in its window a link that sets up "
                             "the partnership and its first administrator.");
    return site.page(request, std::move(page));
}

Html openid_button(const Site &site, const Journey &journey) {
    if (!site.doors().openid) {
        return {};
    }
    return html::button({.text = "Sign in with " + site.settings().openid_words,
                         .href = "/sign-in/openid?then=" + web::percent_encoded(journey.then),
                         .classes = "govuk-button--secondary"});
}

struct Asked {
    Journey journey;
    std::string email;
    std::string problem;
    Html above;
};

Response sign_in_page(const Site &site, const Request &request, const access::Tenant &tenant,
                      const Asked &asked, int status) {
    const auto problems = asked.problem.empty() ? record::Problems{}
                                                : record::Problems{{std::string{}, asked.problem}};
    html::Page page;
    page.title = "Sign in";
    page.errors = error_lines(problems, "email");
    page.content = heading(page.title) + asked.above +
                   example_people(site, request, tenant, asked.journey) +
                   html::form({.action = "/sign-in",
                               .csrf = request.csrf,
                               .hidden = asked.journey.hidden(),
                               .fields = field({.name = "email",
                                                .label = "E-mail address",
                                                .value = asked.email,
                                                .autocomplete = "username",
                                                .type = "email"}) +
                                         field({.name = "password",
                                                .label = "Password",
                                                .autocomplete = "current-password",
                                                .type = "password"}),
                               .button = "Go on",
                               .keeps_draft = false}) +
                   openid_button(site, asked.journey) +
                   paragraph(html::link({"I have forgotten my password", "/reset"}));
    return site.page(request, std::move(page), status);
}

Response ask(const Site &site, const Request &request) {
    const auto journey = Journey::of(request);
    if (request.visit) {
        return web::redirect(journey.then);
    }
    const auto tenant = tenant_of(site, request);
    if (!tenant) {
        return not_set_up(site, request);
    }
    Html above;
    if (request.query("out")) {
        above = html::inset_text({.text = "You are signed out."});
    } else if (journey.then != "/") {
        above = html::inset_text({.text = "Sign in to see that page."});
    }
    return sign_in_page(site, request, *tenant, {.journey = journey, .above = above}, 200);
}

/// Runs one step of signing in, and shows its page again when it is refused.
template <class Take, class Again>
Response take_step(const Site &site, const Request &request, Take take, Again again) {
    const auto tenant = tenant_of(site, request);
    if (!tenant) {
        return not_set_up(site, request);
    }
    const auto journey = Journey::of(request);
    const auto step = take(visitor_of(*tenant, request));
    if (step.next != access::Step::Next::refused) {
        return go_on(site, request, step, journey);
    }
    if (step.start_again) {
        return sign_in_page(site, request, *tenant, {.journey = journey, .problem = step.problem},
                            422);
    }
    return again(*tenant, journey, step.problem);
}

Response password(const Site &site, const Request &request) {
    const auto email = request.value("email").value_or("");
    return take_step(
        site, request,
        [&](const access::Visitor &visitor) {
            return site.doors().sign_in.password(visitor, email,
                                                 request.value("password").value_or(""));
        },
        [&](const access::Tenant &tenant, const Journey &journey, const std::string &problem) {
            return sign_in_page(site, request, tenant,
                                {.journey = journey, .email = email, .problem = problem}, 422);
        });
}

Response code(const Site &site, const Request &request) {
    const auto token = request.cookie(step_cookie).value_or("");
    return take_step(
        site, request,
        [&](const access::Visitor &visitor) {
            return site.doors().sign_in.code(visitor, token, request.value("code").value_or(""));
        },
        [&](const access::Tenant &, const Journey &journey, const std::string &problem) {
            return code_page(site, request, journey, problem);
        });
}

Response app(const Site &site, const Request &request) {
    const auto token = request.cookie(step_cookie).value_or("");
    return take_step(
        site, request,
        [&](const access::Visitor &visitor) {
            return site.doors().sign_in.enrol(visitor, token, request.value("code").value_or(""));
        },
        [&](const access::Tenant &, const Journey &journey, const std::string &problem) {
            return app_page(site, request, journey, token, problem);
        });
}

Response sign_out(const Site &site, const Request &request) {
    const auto &visit = visit_of(request);
    site.database().write(visit.scope(),
                          [&](db::Transaction &tx) { site.doors().sessions.sign_out(tx, visit); });
    auto response = web::redirect("/sign-in?out=1");
    response.set_cookie({std::string{session_cookie}, "", std::chrono::seconds{0}});
    return response;
}

/// A summary of what was typed, so that nobody sends what they do not know.
Html typed_summary(const KeptForm &kept) {
    html::SummaryList list;
    for (const auto &[name, value] : kept.fields) {
        if (!value.empty()) {
            html::SummaryRow row;
            row.key = name;
            row.value = value;
            list.rows.push_back(std::move(row));
        }
    }
    return list.rows.empty() ? Html{} : html::summary_list(list);
}

Response send_page(const Site &site, const Request &request, const KeptForm &kept,
                   std::string title, std::string_view words, int status) {
    std::vector<html::Hidden> hidden;
    for (const auto &[name, value] : kept.fields) {
        hidden.push_back({name, value});
    }
    html::Page page;
    page.title = std::move(title);
    page.content =
        heading(page.title) + paragraph(words) +
        (kept.had_files
             ? html::warning_text({.text = "Files are not kept. Choose them again afterwards."})
             : Html{}) +
        html::details({.summary = "What you typed", .text = typed_summary(kept)}) +
        html::form({.action = kept.path,
                    .csrf = request.csrf,
                    .hidden = std::move(hidden),
                    .button = "Send it",
                    .cancel = {"Leave it", "/"},
                    .keeps_draft = false});
    return site.page(request, std::move(page), status);
}

} // namespace

Response sign_in_to_send_page(const Site &site, const Request &request) {
    const auto tenant = tenant_of(site, request);
    if (!tenant) {
        return not_set_up(site, request);
    }
    const auto sealed = seal(site, request);
    const auto words =
        sealed.empty()
            ? "You were signed out meanwhile, and what you typed is too long to be kept. Sign in "
              "in another tab, then go back to this one and send the form again."
            : "You were signed out meanwhile. What you typed is kept: sign in, and it can be sent.";
    return sign_in_page(
        site, request, *tenant,
        {.journey = {.then = "/", .kept = sealed}, .above = html::inset_text({.text = words})},
        403);
}

Response send_again_page(const Site &site, const Request &request, int status) {
    const auto kept = unseal(site, request, seal(site, request));
    if (!kept) {
        return web::failure(status, "The form was too old. Go back, open its page again and send "
                                    "it from there.");
    }
    // Signing in is short, and holds a password: it begins anew.
    if (kept->path == "/") {
        return web::redirect(request.path.starts_with("/sign-") ? "/sign-in" : "/");
    }
    return send_page(site, request, *kept, "Send the form again",
                     "Nothing was done yet: the page was opened before you signed in, or too long "
                     "ago.",
                     status);
}

Response send_kept_page(const Site &site, const Request &request, const KeptForm &kept) {
    return send_page(site, request, kept, "You are signed in again",
                     "What you typed before is still here, and can be sent now.", 200);
}

void add_sign_in(Site &site) {
    auto &router = site.router();
    const auto anyone = access::Need::anyone();
    router.get("/sign-in", anyone, [&site](const Request &request) { return ask(site, request); });
    router.post(
        "/sign-in", anyone, [&site](const Request &request) { return password(site, request); },
        kept_limits);
    router.get("/sign-in/code", anyone, [&site](const Request &request) {
        return request.cookie(step_cookie) ? code_page(site, request, Journey::of(request))
                                           : web::redirect("/sign-in");
    });
    router.post(
        "/sign-in/code", anyone, [&site](const Request &request) { return code(site, request); },
        kept_limits);
    router.get("/sign-in/app", anyone, [&site](const Request &request) {
        return app_page(site, request, Journey::of(request),
                        request.cookie(step_cookie).value_or(""));
    });
    router.post(
        "/sign-in/app", anyone, [&site](const Request &request) { return app(site, request); },
        kept_limits);
    router.post("/sign-out", access::Need::signed_in(),
                [&site](const Request &request) { return sign_out(site, request); });
    // The gate has noted that somebody is there; that is all it takes.
    router.post("/session/renewal", access::Need::signed_in(), [](const Request &) {
        Response response;
        response.status = 204;
        return response;
    });
    add_openid(site);
    add_example(site);
}

} // namespace wardmote::site
