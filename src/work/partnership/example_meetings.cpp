#include "work/partnership/example_meetings.hpp"

#include <array>
#include <functional>
#include <map>
#include <stdexcept>

#include "work/partnership/meeting.hpp"
#include "work/partnership/minutes.hpp"

namespace wardmote::partnership {

namespace {

struct Told {
    const char *starts;
    const char *theme;
    const char *decided;
    const char *undertaken;
};
constexpr auto meetings_of_2014 = std::to_array<Told>({
    {"2014-03-12T14:00:00Z", "", "The Rolling Plan for 2014-15 is agreed.",
     "Publish a summary of the Rolling Plan"},
    {"2014-06-11T13:00:00Z", "The impact of mental health on community safety organisations",
     "The members name who speaks for them on mental health.",
     "Name somebody for mental health in each organisation"},
    {"2014-09-10T13:00:00Z",
     "The impact of the Transforming Rehabilitation reform programme on probation services",
     "The changes in probation are noted.", "Say who now speaks for probation at the board"},
    {"2014-12-10T14:00:00Z", "Current activity on tackling child sexual exploitation",
     "The Strategic Intelligence Assessment of 2014 is approved; the work on child sexual "
     "exploitation goes on into 2015-16.",
     "Bring the numbers of the last year to the next meeting"},
});
constexpr std::int64_t quorum = 2; // of the organisations whose people are in the example

std::optional<core::Id> chair(db::Transaction &tx) {
    const auto row = tx.first("select id from person where tenant = :tenant and role = 'chair' "
                              "and removed is null order by id",
                              {{"tenant", tx.tenant()}});
    return row ? core::Id::parse(row->text("id")) : std::nullopt;
}

class Maker {
public:
    Maker(record::Keeper &keeper, db::Transaction &tx)
        : m_keeper{keeper}
        , m_tx{tx}
        , m_chair{chair(tx)} {}

    void make() {
        for (const auto &told : meetings_of_2014) {
            held(told);
        }
        add("2015-03-11T14:00:00Z", "", MeetingState::planned);
    }

private:
    core::Id add(const char *when, const char *theme, MeetingState state) {
        const auto starts = core::Instant::parse(when).value();
        return core::Id::parse(
                   m_keeper.add(
                       m_tx, Meeting{.title = "Board, " + core::Month{starts.london_date()}.text(),
                                     .starts = starts,
                                     .venue = "Town Hall",
                                     .chair = m_chair,
                                     .theme = theme,
                                     .quorum = quorum,
                                     .state = state}))
            .value();
    }

    core::Id item(const core::Id &meeting, std::int64_t position, const std::string &title,
                  ItemKind kind, std::int64_t minutes, const std::string &said,
                  const std::string &section_17 = {}) {
        return core::Id::parse(m_keeper.add(m_tx, AgendaItem{.meeting = meeting,
                                                             .position = position,
                                                             .title = title,
                                                             .kind = kind,
                                                             .minutes_allotted = minutes,
                                                             .section_17 = section_17,
                                                             .minutes = said}))
            .value();
    }

    void held(const Told &told) {
        const std::string theme{told.theme};
        const auto meeting = add(told.starts, told.theme, MeetingState::minuted);
        const auto business = item(meeting, 1, "How the Rolling Plan stands", ItemKind::decision,
                                   60, "The actions of the quarter were gone through.",
                                   "The plan holds only what reduces crime and disorder by working "
                                   "in partnership.");
        if (!theme.empty()) {
            item(meeting, 2, theme, ItemKind::theme, 60, "The board heard and discussed it.");
        }
        m_keeper.add(
            m_tx,
            Decision{.meeting = meeting, .number = 1, .words = told.decided, .item = business});
        const auto day = core::Instant::parse(told.starts).value().london_date();
        m_keeper.add(m_tx, BoardAction{.words = told.undertaken,
                                       .meeting = meeting,
                                       .item = business,
                                       .owner = m_chair,
                                       .due = day.plus_months(3)});
        std::map<std::string, Presence, std::less<>> came;
        for (const auto &who : invited_to(m_tx, meeting.text(), day)) {
            came.emplace(who.person, Presence::present);
        }
        record_attendance(m_tx, m_keeper.ledger(), meeting.text(), day, came);
    }

    record::Keeper &m_keeper;
    db::Transaction &m_tx;
    std::optional<core::Id> m_chair;
};

} // namespace

void make_example_meetings(record::Keeper &keeper, db::Transaction &tx) {
    Maker{keeper, tx}.make();
}

} // namespace wardmote::partnership
