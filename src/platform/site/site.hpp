/// The signed-in site: start here. It knows who comes (the gate), draws every page in the shell of
/// their role, and gives any kind of record its pages by one line.
///
///     site.section({"Meetings", "/meetings", access::Need::to(Act::view, "meeting"), "g m"});
///     site.records<Meeting>();
///
/// Folders of work/ add their routes, sections, home lists and jobs to it; it knows none of them.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/sheet.hpp"
#include "platform/access/permission.hpp"
#include "platform/access/seen_log.hpp"
#include "platform/access/visit.hpp"
#include "platform/html/home.hpp"
#include "platform/html/page.hpp"
#include "platform/record/attachments.hpp"
#include "platform/record/keeper.hpp"
#include "platform/site/due.hpp"
#include "platform/site/settings.hpp"
#include "platform/web/router.hpp"

namespace wardmote::jobs {
class Queue;
}

namespace wardmote::site {

struct Doors;  ///< doors.hpp: accounts, sessions and signing in
class Imports; ///< import_work.hpp: files of others brought into the records

/// Where somebody can go from everywhere, if their role opens it.
struct Section {
    std::string words; ///< "Meetings"
    std::string href;  ///< "/meetings"
    access::Need need;
    std::string key; ///< "g m"
};

/// What one folder's work has for one person: shown on their home page, in their calendar and in
/// their daily e-mail.
struct Home {
    std::vector<Due> due;                ///< all that they hold, however far away
    std::vector<Waiting> waiting;        ///< approvals, answers, progress requests
    std::vector<Appointment> meetings;   ///< that they may see
    std::vector<html::HomeItem> changed; ///< since they looked
    std::vector<html::Html> figures;     ///< this month
};
/// The records that these come from.
std::vector<Thing> things_of(const Home &home);
using HomeSource = std::function<void(db::Transaction &, const access::Visit &, Home &)>;

/// Where else a list leads: "Plan the year's meetings", for whoever may go there.
struct Way {
    html::Link to;
    access::Need need;
};

/// How the pages of a kind of record differ from what any record has.
struct RecordPages {
    std::vector<std::string> columns; ///< of its list at first; empty: title and the filtered
    std::string section;              ///< href of the section it belongs to
    std::vector<html::Link> parents;  ///< breadcrumbs above its list, after Home
    std::vector<Way> ways;            ///< beside the heading of its list
    /// More to show on a record's page, below its facts.
    std::function<html::Html(db::Transaction &, const access::Visit &, const record::Stored &)>
        more;
    /// Handlers of their own instead of what any record has, by method and the address below that
    /// of the list: "GET /:id", "POST ". They ask themselves whether this very record may be acted
    /// on.
    std::map<std::string, web::Handler, std::less<>> instead;
    /// A spreadsheet of others can be brought in. Not for a kind whose records can be restricted,
    /// nor for one that is added in a way of its own.
    bool imports = false;
    /// How a record may be handled; without it, OFFICIAL.
    std::function<html::Marking(const record::Stored &)> marking;
};

struct Parts {
    record::Keeper &keeper;
    access::SeenLog &seen;
    jobs::Queue &queue;
    record::Attachments &attachments;
    /// Reads the spreadsheets that people bring in; without it, none can be brought in.
    core::SheetReader read_sheets = {};
};

class Site {
public:
    /// All of them must outlive it. Sets the router's gate and its error pages, and adds the pages
    /// of setting up, signing in, the account and administration.
    Site(web::Router &router, Parts parts, Settings settings = {});
    ~Site();
    Site(const Site &) = delete;
    Site &operator=(const Site &) = delete;

    web::Router &router() const { return m_router; }
    record::Keeper &keeper() const { return m_parts.keeper; }
    db::Database &database() const { return m_parts.keeper.database(); }
    const core::Clock &clock() const { return m_parts.keeper.clock(); }
    jobs::Queue &queue() const { return m_parts.queue; }
    const record::Attachments &attachments() const { return m_parts.attachments; }
    access::SeenLog &seen() const { return m_parts.seen; }
    const Settings &settings() const { return m_settings; }
    Doors &doors() const { return *m_doors; }
    Imports &imports() const { return *m_imports; }

    void section(Section section);
    /// Says whose a kind of thing is that lies outside the database, such as "evidence": for
    /// everybody else it is not there.
    void belongs(std::string kind, std::function<bool(const access::Visit &)> to);
    /// False for what belongs() to somebody else.
    bool is_there(const access::Visit &visit, const access::Need &need) const;
    /// True when the gate would let this visit in.
    bool may_pass(const access::Visit &visit, const access::Need &need) const;
    void home(HomeSource source);

    /// List, CSV, JSON, page, form, history, who has looked, files, removal and restoration of one
    /// kind of record.
    template <class T>
    void records(RecordPages pages = {}) {
        add_records(record::description<T>(), std::move(pages));
    }
    /// The kinds that have been added, for references and for the search.
    const std::vector<const record::Description *> &kinds() const { return m_kinds; }
    /// Null when no such table was added.
    const record::Description *kind(std::string_view table) const;

    /// `page` in the shell of whoever asks: sections of their role, search, account, marking, time
    /// left, message of the form just sent.
    web::Response page(const web::Request &request, html::Page page, int status = 200) const;
    /// The shell around the pages of one visit.
    html::Site frame_of(const access::Visit &visit, const web::Request &request) const;
    /// 303 with a message that the next page shows once.
    web::Response done(const web::Request &request, std::string location,
                       std::string message) const;

    /// Notes in the seen log what is about to be shown; call it before the answer goes out.
    void note(const web::Request &request, std::string act, std::string_view kind,
              std::string_view record, std::string detail = "{}") const;

    /// What all sources have for whoever visits.
    Home gathered(const access::Visit &visit) const;
    Home gathered(db::Transaction &tx, const access::Visit &visit) const;

    /// The day it is for a visit: the clock's, in London, unless today_is() knows another, as of an
    /// example that stands still.
    core::Date today(const access::Visit &visit) const;
    void today_is(std::function<std::optional<core::Date>(const access::Visit &)> knows);

private:
    void add_records(const record::Description &what, RecordPages pages);

    web::Router &m_router;
    Parts m_parts;
    Settings m_settings;
    std::unique_ptr<Doors> m_doors;
    std::unique_ptr<Imports> m_imports;
    std::map<std::string, std::function<bool(const access::Visit &)>, std::less<>> m_owners;
    std::vector<Section> m_sections;
    std::vector<HomeSource> m_home;
    std::function<std::optional<core::Date>(const access::Visit &)> m_today;
    std::vector<const record::Description *> m_kinds;
};

/// The visit of a request that the gate let in; throws std::logic_error on a route for anyone.
const access::Visit &visit_of(const web::Request &request);
/// `<input type="hidden" name="csrf" ...>`: every form that posts carries it.
html::Html csrf_field(const web::Request &request);
/// Its value, for components that take one.
std::string csrf(const web::Request &request);

} // namespace wardmote::site
