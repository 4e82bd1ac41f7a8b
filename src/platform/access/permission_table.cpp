// The table itself, and what must be true of it whatever is added.
#include <algorithm>
#include <array>

#include "platform/access/permission.hpp"

namespace wardmote::access {

namespace {

constexpr Roles keepers = Role::administrator | Role::manager;
constexpr Roles staff = Roles{Role::manager} | Role::coordinator | Role::officer | Role::analyst;
constexpr Roles assessors = Roles{Role::manager} | Role::coordinator | Role::analyst;
constexpr Roles board = Role::board_member | Role::chair;
constexpr Roles everyone =
    staff | Role::administrator | Role::partner_officer | board | Role::councillor | Role::auditor;
constexpr Roles money_readers = Roles{Role::manager} | Role::coordinator | Role::analyst | board |
                                Role::councillor | Role::auditor;
constexpr Acts reading = Act::view | Act::download;
constexpr Acts keeping = Act::create | Act::edit | Act::remove | Act::restore | Act::attach;
constexpr Acts looking_back = Act::history | Act::seen;
constexpr Acts changing = Acts{keeping} | Act::administer;

constexpr auto table = std::to_array<Grant>({
    // What happened: numbers without people.
    {everyone, reading, "evidence"},
    {Role::manager | Role::analyst, Act::create, "evidence"},
    {everyone, reading, "report"},
    {Roles{Role::manager} | Role::analyst | Role::coordinator, Act::create | Act::edit, "report"},
    {Role::auditor, looking_back, "report"},
    {everyone, reading, "report_details"},
    {Roles{Role::manager} | Role::analyst | Role::coordinator, keeping, "report_details"},
    {Role::manager | Role::auditor, looking_back, "report_details"},

    // Organisations are public, and so is who succeeded whom.
    {everyone, reading, "organisation"},
    {keepers, keeping, "organisation"},
    {keepers | Role::auditor, looking_back, "organisation"},
    {everyone, reading, "succession"},
    {keepers, keeping, "succession"},
    {keepers | Role::auditor, looking_back, "succession"},

    // People: only an administrator lets anybody in. A partner's officer knows their colleagues.
    {staff | Role::administrator | board | Role::auditor, reading, "person"},
    {Role::partner_officer, Act::view, "person", Whose::own_body},
    {staff | Role::administrator, Act::reveal, "person"},
    {Role::partner_officer, Act::reveal, "person", Whose::own_body},
    {Role::administrator, keeping | Act::administer, "person"},
    {keepers | Role::auditor, looking_back, "person"},

    // Posts: each organisation keeps its own.
    {everyone, reading, "post"},
    {keepers, keeping, "post"},
    {Role::partner_officer, keeping, "post", Whose::own_body},
    {keepers | Role::auditor, looking_back, "post"},

    // The partnership: its members and its library.
    {everyone, reading, "membership"},
    {keepers | Role::coordinator, keeping, "membership"},
    {keepers | Role::auditor, looking_back, "membership"},
    {everyone, reading, "document"},
    {staff, keeping, "document"},
    {Role::partner_officer, keeping, "document", Whose::own_body},
    {staff | Role::partner_officer, Act::history, "document"},
    {Role::manager | Role::auditor, looking_back, "document"},

    // Meetings: their papers are read by all, and whoever undertook something says how it stands.
    {everyone, reading, "meeting"},
    {Role::manager | Role::coordinator, keeping, "meeting"},
    {everyone, reading, "agenda_item"},
    {Role::manager | Role::coordinator, keeping, "agenda_item"},
    {everyone, reading, "decision"},
    {Role::manager | Role::coordinator, keeping, "decision"},
    {everyone, reading, "board_action"},
    {Role::manager | Role::coordinator, keeping, "board_action"},
    {Role::officer | Role::analyst, Act::edit | Act::attach, "board_action", Whose::own},
    {Role::partner_officer, Act::edit | Act::attach, "board_action", Whose::own_body},
    {staff | Role::partner_officer, Act::history, "board_action"},
    {Role::manager | Role::auditor, looking_back, "meeting"},
    {Role::manager | Role::auditor, looking_back, "agenda_item"},
    {Role::manager | Role::auditor, looking_back, "decision"},
    {Role::manager | Role::auditor, looking_back, "board_action"},

    // Risks, what scrutiny recommends, and the duties that the law lays on the partnership.
    {staff | board | Role::administrator | Role::auditor, reading, "risk"},
    {Role::manager | Role::coordinator, keeping, "risk"},
    {Role::manager | Role::auditor, looking_back, "risk"},
    {everyone, reading, "recommendation"},
    {Role::manager | Role::coordinator, keeping, "recommendation"},
    {Role::partner_officer, Act::edit | Act::attach, "recommendation", Whose::own_body},
    {Role::manager | Role::auditor, looking_back, "recommendation"},
    {everyone, reading, "requirement"},
    {Role::manager | Role::coordinator, keeping, "requirement"},
    {Role::officer | Role::analyst, Act::edit | Act::attach, "requirement", Whose::own},
    {Role::manager | Role::auditor, looking_back, "requirement"},
    {everyone, reading, "data_receipt"},
    {Roles{Role::manager} | Role::coordinator | Role::analyst, keeping, "data_receipt"},
    {Role::manager | Role::auditor, looking_back, "data_receipt"},
    {everyone, reading, "duty"},

    // The assessment: it is changed until the board approves it.
    {everyone, reading, "assessment"},
    {Role::manager | Role::coordinator, Act::create | Act::remove | Act::restore, "assessment"},
    {assessors, Act::edit | Act::attach, "assessment", Whose::any, "scoped"},
    {assessors, Act::edit | Act::attach, "assessment", Whose::any, "data_collection"},
    {assessors, Act::edit | Act::attach, "assessment", Whose::any, "draft"},
    {assessors, Act::edit | Act::attach, "assessment", Whose::any, "partner_review"},
    {assessors, Act::edit | Act::attach, "assessment", Whose::any, "priorities_scored"},
    {everyone, reading, "consultation"},
    {assessors, keeping, "consultation"},
    {Role::manager | Role::auditor, looking_back, "assessment"},
    {Role::manager | Role::auditor, looking_back, "consultation"},

    // The rolling plan: whoever leads an action says how it stands.
    {everyone, reading, "strategy"},
    {Role::manager, keeping, "strategy"},
    {everyone, reading, "plan_year"},
    {Role::manager, keeping, "plan_year"},
    {everyone, reading, "priority"},
    {Role::manager, keeping, "priority"},
    {everyone, reading, "action"},
    {Role::manager | Role::coordinator, keeping, "action"},
    {Role::officer | Role::analyst, Act::edit | Act::attach, "action", Whose::own},
    {Role::partner_officer, Act::edit | Act::attach, "action", Whose::own_body},
    {everyone, reading, "progress"},
    {Role::manager | Role::coordinator, keeping, "progress"},
    {Role::officer | Role::analyst, Act::create | Act::edit, "progress", Whose::own},
    {Role::partner_officer, Act::create | Act::edit, "progress", Whose::own},
    {staff | Role::partner_officer, Act::history, "action"},
    {Role::manager | Role::auditor, looking_back, "strategy"},
    {Role::manager | Role::auditor, looking_back, "plan_year"},
    {Role::manager | Role::auditor, looking_back, "priority"},
    {Role::manager | Role::auditor, looking_back, "action"},
    {Role::manager | Role::auditor, looking_back, "progress"},

    // The money. A line's own money is fixed once its grant is agreed, what is asked of a funder
    // once it is answered, what a funder is told once it is sent.
    {money_readers, reading, "grant_agreement"},
    {Role::manager, keeping, "grant_agreement"},
    {money_readers, reading, "grant_condition"},
    {Role::manager, keeping, "grant_condition"},
    {money_readers, reading, "grant_payment"},
    {Role::manager, keeping, "grant_payment"},
    {money_readers, reading, "match_funding"},
    {Role::manager, keeping, "match_funding"},
    {money_readers, reading, "project"},
    {Role::manager | Role::coordinator, keeping, "project"},
    {money_readers, reading, "funded_post"},
    {Role::manager, keeping, "funded_post"},
    {money_readers, reading, "grant_line"},
    {Role::manager, Act::create | Act::edit, "grant_line"},
    {Role::manager, Act::remove, "grant_line", Whose::any, "open"},
    {money_readers, Act::view, "line_month"},
    {Role::manager | Role::coordinator, Act::edit, "line_month"},
    {money_readers, reading, "virement"},
    {Role::manager | Role::coordinator, Act::create, "virement"},
    {Role::manager | Role::coordinator, Act::edit | Act::remove, "virement", Whose::any, "asked"},
    {money_readers, reading, "monitoring_return"},
    {Role::manager | Role::coordinator, Act::edit | Act::attach, "monitoring_return", Whose::any,
     "draft"},
    {Role::manager | Role::coordinator, Act::edit | Act::attach, "monitoring_return", Whose::any,
     "queried"},
    {money_readers, Act::view, "finance_check"},
    {Role::manager, Act::edit, "finance_check"},
    {Role::manager | Role::auditor, looking_back, "grant_agreement"},
    {Role::manager | Role::auditor, looking_back, "grant_condition"},
    {Role::manager | Role::auditor, looking_back, "grant_payment"},
    {Role::manager | Role::auditor, looking_back, "match_funding"},
    {Role::manager | Role::auditor, looking_back, "project"},
    {Role::manager | Role::auditor, looking_back, "funded_post"},
    {Role::manager | Role::auditor, looking_back, "grant_line"},
    {Role::manager | Role::auditor, looking_back, "virement"},
    {Role::manager | Role::auditor, looking_back, "monitoring_return"},

    // Running the installation. A manager reads the logs to review who has access to what.
    {Role::administrator | Role::auditor, Act::view, "job"},
    {Role::administrator, Act::administer, "job"},
    {Role::administrator | Role::auditor, Act::view, "session"},
    {Role::administrator, Act::administer, "session"},
    {keepers | Role::auditor, reading, "log"},
    {keepers | Role::auditor, Act::view, "settings"},
    {Role::administrator, Act::edit | Act::administer, "settings"},
    {Role::auditor, looking_back, "settings"},
});

/// True when no row gives any of these acts to any of these roles.
constexpr bool nobody(Roles roles, Acts acts, std::string_view kind = {}) {
    return std::ranges::none_of(table, [&](const Grant &grant) {
        return (kind.empty() || grant.kind == kind) && grant.roles.meets(roles) &&
               grant.acts.meets(acts);
    });
}
constexpr Roles all_but_administrator =
    staff | Role::partner_officer | board | Role::councillor | Role::auditor;

static_assert(nobody(all_but_administrator, Act::administer), "only administrators administer");
static_assert(nobody(all_but_administrator, changing, "person"),
              "only administrators decide who may sign in");
static_assert(nobody(Role::auditor, changing), "an auditor changes nothing");
static_assert(nobody(board | Role::councillor, changing), "those who read do not write");
static_assert(nobody(Role::councillor, Act::view, "person"), "councillors see posts, not people");
static_assert(nobody(everyone, changing, "log"), "nobody changes a log");
static_assert(std::ranges::none_of(table,
                                   [](const Grant &grant) {
                                       return grant.roles.has(Role::partner_officer) &&
                                              grant.acts.meets(changing) &&
                                              grant.whose == Whose::any;
                                   }),
              "a partner changes what is its own, and nothing else");

} // namespace

std::span<const Grant> grants() {
    return table;
}

} // namespace wardmote::access
