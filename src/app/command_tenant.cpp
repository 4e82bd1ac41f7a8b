#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <memory>
#include <ostream>
#include <variant>

#include "app/context.hpp"
#include "app/site.hpp"
#include "platform/access/tenants.hpp"
#include "platform/site/doors.hpp"
#include "platform/site/messages.hpp"

namespace wardmote::app {
namespace {

struct NewTenant {
    std::string home;
    RecordsOptions records;
    access::NewTenant is;
    std::string host;
};

/// The site's links begin with the address in the settings; without one there is none to print.
int add_one(const Context &context, const Home &home, NewTenant wanted) {
    auto settings = settings_of(home, {.records = wanted.records});
    const auto records = open_records(context, home, settings.records);
    if (!records) {
        return Exit::mistake;
    }
    record::Keeper keeper{records->database, records->ledger, records->keys, context.clock};
    wanted.is.host = wanted.host;
    const auto made = access::make_tenant(keeper, wanted.is);
    if (const auto *problems = std::get_if<record::Problems>(&made)) {
        for (const auto &problem : *problems) {
            context.refuse(problem.words + ".");
        }
        return Exit::mistake;
    }
    const auto &[tenant, administrator] = std::get<access::MadeTenant>(made);
    site::Settings pages;
    if (!settings.url.empty()) {
        pages.url = settings.url;
    }
    jobs::Queue queue{context.clock};
    site::Doors doors{keeper, queue, pages};
    const auto invited = records->database.write({tenant.id, {}, {}}, [&](db::Transaction &tx) {
        return std::get<std::string>(doors.accounts.invite(tx, administrator));
    });
    context.terminal.out << fmt::format(
        "Added {}. Its administrator chooses a password here, within a week:\n{}\n", tenant.name,
        site::link_of(pages, tenant, access::Notice::Kind::invitation, invited));
    return Exit::done;
}

} // namespace

void add_tenant(CLI::App &app, Context &context) {
    auto wanted = std::make_shared<NewTenant>();
    CLI::App *command = app.add_subcommand("tenant", "Further partnerships on one database");
    command->require_subcommand(1);
    CLI::App *add = command->add_subcommand(
        "add", "Add a partnership, and print the link by which its administrator comes in");
    add->add_option("name", wanted->is.name, "What the partnership is called")->required();
    add->add_option("--place", wanted->is.place, "Its place, as it stands in a sentence")
        ->type_name("WORDS")
        ->required();
    add->add_option("--host", wanted->host, "The host name by which it is reached")
        ->type_name("HOST")
        ->required();
    add->add_option("--administrator", wanted->is.administrator_name,
                    "The full name of its first administrator")
        ->type_name("NAME")
        ->required();
    add->add_option("--email", wanted->is.administrator_email, "Their e-mail address")
        ->type_name("ADDRESS")
        ->required();
    add_home(*add, wanted->home);
    add_records(*add, wanted->records);
    add->callback([wanted, &context] {
        context.chosen = [wanted, &context]() -> int {
            const auto home = find_home(context, wanted->home);
            return home ? add_one(context, *home, *wanted) : Exit::mistake;
        };
    });
}

} // namespace wardmote::app
