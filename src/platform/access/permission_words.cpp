// Roles and acts in words, and the whole table as a page of documentation.
#include <algorithm>
#include <bit>
#include <iterator>
#include <stdexcept>
#include <vector>

#include <fmt/format.h>

#include "platform/access/permission.hpp"
#include "platform/access/person.hpp"

namespace wardmote::access {

namespace {

const record::Choice &choice(Role role) {
    return role_choices.at(
        static_cast<std::size_t>(std::countr_zero(static_cast<std::uint32_t>(role))));
}

struct ActWords {
    Act act;
    std::string_view words;
};
constexpr auto acts = std::to_array<ActWords>({
    {Act::view, "See"},
    {Act::create, "Add"},
    {Act::edit, "Change"},
    {Act::remove, "Remove"},
    {Act::restore, "Restore"},
    {Act::attach, "Add files"},
    {Act::download, "Download"},
    {Act::reveal, "See sensitive fields"},
    {Act::history, "See who changed what"},
    {Act::seen, "See who looked"},
    {Act::administer, "Administer"},
});

std::string_view words(Whose whose) {
    switch (whose) {
    case Whose::any:
        return "all";
    case Whose::own_body:
        return "own organisation's";
    case Whose::own:
        return "own";
    }
    throw std::logic_error("not a whose");
}

/// The kinds of the table, in its order, each once.
std::vector<std::string_view> kinds() {
    std::vector<std::string_view> all;
    for (const auto &grant : grants()) {
        if (std::ranges::find(all, grant.kind) == all.end()) {
            all.push_back(grant.kind);
        }
    }
    return all;
}

void write_kind(std::back_insert_iterator<std::string> out, std::string_view kind) {
    std::vector<ActWords> columns;
    std::ranges::copy_if(acts, std::back_inserter(columns), [&](const ActWords &column) {
        return std::ranges::any_of(
            all_roles(), [&](Role role) { return reach(role, column.act, kind).has_value(); });
    });
    std::string rule = "|---|";
    fmt::format_to(out, "\n## {}\n\n| role |", kind);
    for (const auto &column : columns) {
        fmt::format_to(out, " {} |", column.words);
        rule += "---|";
    }
    fmt::format_to(out, "\n{}\n", rule);
    for (const auto role : all_roles()) {
        fmt::format_to(out, "| {} |", words(role));
        for (const auto &column : columns) {
            const auto whose = reach(role, column.act, kind);
            fmt::format_to(out, " {} |", whose ? words(*whose) : "");
        }
        fmt::format_to(out, "\n");
    }
}

} // namespace

std::string_view stored_name(Role role) {
    return choice(role).value;
}

std::optional<Role> parse_role(std::string_view stored) {
    const auto found = std::ranges::find(all_roles(), stored, stored_name);
    return found == all_roles().end() ? std::nullopt : std::optional{*found};
}

std::string_view words(Role role) {
    return choice(role).words;
}

std::string_view explanation(Role role) {
    switch (role) {
    case Role::administrator:
        return "Lets people in, keeps organisations and settings. Reads no case by that.";
    case Role::manager:
        return "Runs the partnership: its members, papers and reports, and who has access.";
    case Role::coordinator:
        return "Runs panels, programmes and projects, and keeps the membership.";
    case Role::officer:
        return "Works on cases and the streets, and adds to the library.";
    case Role::analyst:
        return "Brings evidence in, finds what changed, and writes reports.";
    case Role::partner_officer:
        return "Works for another organisation: keeps what is that organisation's own.";
    case Role::board_member:
        return "Reads the board's papers and decides.";
    case Role::chair:
        return "Reads the board's papers, decides, and leads the board.";
    case Role::councillor:
        return "Reads evidence, reports and papers.";
    case Role::auditor:
        return "Reads everything that is not restricted, the logs too, and changes nothing.";
    }
    throw std::logic_error("not a role");
}

std::string_view words(Act act) {
    const auto *found = std::ranges::find(acts, act, &ActWords::act);
    if (found == acts.end()) {
        throw std::logic_error("not an act");
    }
    return found->words;
}

std::string permissions_markdown() {
    std::string page = "# Who may do what\n\n"
                       "This page is written from the table that decides, "
                       "`src/platform/access/permission_table.cpp`; a test holds them equal. What "
                       "is not granted here is refused. Records that are restricted are, besides, "
                       "known only to those on their access list. What has been removed can be "
                       "restored or looked back at, and not changed.\n\n"
                       "Nobody changes their own role, and the last administrator can be neither "
                       "removed nor given another role.\n\n";
    const auto out = std::back_inserter(page);
    for (const auto role : all_roles()) {
        fmt::format_to(out, "- **{}**: {}\n", words(role), explanation(role));
    }
    for (const auto kind : kinds()) {
        write_kind(out, kind);
    }
    return page;
}

} // namespace wardmote::access
