// The lifecycle of a meeting, its rules, and the order of its agenda.
#include <algorithm>

#include "work/partnership/meeting.hpp"
#include "work/partnership/minutes.hpp"

namespace wardmote::partnership {

namespace {

constexpr auto roles = std::to_array<law::RoleName>({{secretary_role, "Whoever keeps meetings"}});
constexpr auto states = std::to_array<law::State>({
    {"planned", "Planned"},
    {"papers_out", "Papers out"},
    {"held", "Held"},
    {"minuted", "Minutes approved", true},
    {"cancelled", "Cancelled", true},
});
constexpr auto guards = std::to_array<law::Guard>({
    {"has_agenda", "Put at least one item on the agenda first."},
    {"has_begun", "A meeting that has not begun cannot have been held."},
    {"attended", "Record who attended first."},
    {"has_minutes", "Write the minutes of at least one item first."},
});
constexpr law::Step steps[] = {
    {secretary_role, "planned", "papers", "papers_out", "Send the papers out", {"has_agenda"}},
    {secretary_role, "planned", "holding", "held", "It was held", {"has_begun", "attended"}},
    {secretary_role, "papers_out", "holding", "held", "It was held", {"has_begun", "attended"}},
    {secretary_role, "held", "approval", "minuted", "Approve the minutes", {"has_minutes"}},
    {secretary_role, "planned", "cancelling", "cancelled", "Cancel this meeting", {}, true},
    {secretary_role, "papers_out", "cancelling", "cancelled", "Cancel this meeting", {}, true},
};
constexpr law::Lifecycle of_meeting{
    .name = "Meeting", .roles = roles, .states = states, .guards = guards, .steps = steps};
static_assert(law::fault(of_meeting).empty());

} // namespace

const law::Lifecycle &meeting_lifecycle() {
    return of_meeting;
}

record::Problems check_meeting(const record::Values &values) {
    const auto meeting = record::typed<Meeting>(values);
    if (meeting.ends && *meeting.ends <= meeting.starts) {
        return {{"ends", "Ends must be after it starts"}};
    }
    return {};
}

law::Holds guards_of(const record::Keeper &keeper, db::Transaction &tx, std::string_view id,
                     const Meeting &meeting) {
    const auto items = agenda_of(keeper, tx, id);
    const bool written =
        std::ranges::any_of(items, [](const auto &item) { return !item.value.minutes.empty(); });
    const bool attended = !attendance_of(tx, id).empty();
    const bool begun = meeting.starts <= keeper.clock().now();
    return [=, any = !items.empty()](std::string_view guard) {
        return guard == "has_agenda"    ? any
               : guard == "has_begun"   ? begun
               : guard == "attended"    ? attended
               : guard == "has_minutes" ? written
                                        : false;
    };
}

std::vector<record::Kept<AgendaItem>> agenda_of(const record::Keeper &keeper, db::Transaction &tx,
                                                std::string_view meeting) {
    const auto listing = keeper.list(
        tx, record::description<AgendaItem>(),
        {.filters = {{"meeting", {std::string{meeting}}}}, .sort = "position", .page_size = 0},
        {.all_restricted = true});
    std::vector<record::Kept<AgendaItem>> items;
    for (const auto &stored : listing.records) {
        items.push_back(record::typed<AgendaItem>(stored));
    }
    return items;
}

bool move_item(record::Keeper &keeper, db::Transaction &tx, std::string_view meeting,
               std::string_view item, int by) {
    auto items = agenda_of(keeper, tx, meeting);
    const auto at = std::ranges::find(items, item, &record::Kept<AgendaItem>::id);
    if (at == items.end() || (by < 0 ? at == items.begin() : at + 1 == items.end())) {
        return false;
    }
    std::iter_swap(at, by < 0 ? at - 1 : at + 1);
    // Places are numbered anew, so that one taken away leaves no gap.
    for (std::size_t place = 0; place < items.size(); ++place) {
        auto &[id, version, value] = items[place];
        if (const auto now = static_cast<std::int64_t>(place) + 1; value.position != now) {
            value.position = now;
            keeper.update(tx, record::description<AgendaItem>(), id, version,
                          record::values_of(value));
        }
    }
    return true;
}

} // namespace wardmote::partnership
