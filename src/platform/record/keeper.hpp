/// The record keeper: inserts, changes, finds and lists records of any description, and logs every
/// change in the same transaction.
///
/// All functions act for the transaction's tenant and person. Sensitive fields are sealed on the
/// way in and opened on the way out; in the change log they stay sealed.
///
/// A list needs an index in its order, of those kept. Words are sorted without regard to capitals:
///
///     create index post_list on post (tenant, lower(title), id, removed) where removed is null;
///     create index post_began on post (tenant, began, id, removed) where removed is null;
///
/// Where a field says that a record is restricted, it stands at the end of such an index, so that
/// counting reads no row. A filter that leaves many is served by (tenant, FILTER, ORDER, id).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "engine/core/clock.hpp"
#include "platform/db/database.hpp"
#include "platform/db/keys.hpp"
#include "platform/db/ledger.hpp"
#include "platform/record/description.hpp"
#include "platform/record/visible.hpp"

namespace wardmote::record {

/// One field, before and after.
struct Difference {
    std::string field;
    Value before, after;
};
std::vector<Difference> differences(const Description &what, const Values &before,
                                    const Values &after);

/// One entry of a record's history.
struct Change {
    std::string at, person, act; ///< "create", "edit", "remove", "restore", or of its attachments
    std::int64_t version = 0;
    std::vector<Difference> fields;
};

/// Somebody else changed or removed the record after it was opened for editing. Nothing was
/// written.
struct Clash {
    Stored now;                      ///< as it stands
    Values base;                     ///< as it was when it was opened
    std::vector<Difference> theirs;  ///< what was changed meanwhile, before and after
    std::vector<std::string> both;   ///< fields that both changed, to different values
    Values merged;                   ///< theirs and mine together; mine where both changed
    std::string changed_by, changed; ///< who, and when
};

/// What a list shows.
struct Query {
    struct Filter {
        std::string field;
        /// Any of them, as stored; empty: nothing is in the field. A date, a moment or a number
        /// also as "from..to", either end open; a moment's ends may be dates of London.
        std::vector<std::string> values;
    };
    std::string words; ///< in the title or a searched field
    std::vector<Filter> filters;
    /// A sortable field, "created" or "changed", "-" in front: descending; else: the first order.
    std::string sort;
    bool removed = false; ///< those softly deleted instead of those kept
    std::int64_t page = 1;
    std::int64_t page_size = 25; ///< 0: all, for downloads
};

struct Listing {
    std::vector<Stored> records;
    std::int64_t total = 0; ///< of all pages
};

/// True for a field that a list can be sorted by: not sealed, not a reference, not long.
bool sortable(const Field &field);

class Attachments;

class Keeper {
public:
    /// All four must outlive it.
    Keeper(db::Database &database, db::Ledger &ledger, const db::Keys &keys,
           const core::Clock &clock)
        : m_database{database}
        , m_ledger{ledger}
        , m_keys{keys}
        , m_clock{clock} {}

    db::Database &database() const { return m_database; }
    db::Ledger &ledger() const { return m_ledger; }
    const db::Keys &keys() const { return m_keys; }
    const core::Clock &clock() const { return m_clock; }

    /// Gives the new record with its id. `values` have been checked. A repeat of a `chosen_id`
    /// throws db::Conflict.
    Stored insert(db::Transaction &tx, const Description &what, const Values &values,
                  std::optional<std::string> chosen_id = {});
    /// Writes when the record is still of this version. Nothing when there is no such record.
    std::optional<std::variant<Stored, Clash>> update(db::Transaction &tx, const Description &what,
                                                      std::string_view id, std::int64_t version,
                                                      const Values &values);
    /// Softly: it leaves lists and searches and can be restored. False when there is none.
    bool remove(db::Transaction &tx, const Description &what, std::string_view id);
    bool restore(db::Transaction &tx, const Description &what, std::string_view id);

    /// Deletes for good, as the rules of retention ask, what was removed before a moment, with its
    /// attachments. The log says that and which, not what stood in it. Gives how many.
    std::int64_t purge(db::Transaction &tx, const Description &what, core::Instant older_than,
                       const Attachments &attachments);

    /// Also one that was removed.
    std::optional<Stored> find(db::Transaction &tx, const Description &what, std::string_view id,
                               const Visible &visible) const;
    Listing list(db::Transaction &tx, const Description &what, const Query &query,
                 const Visible &visible) const;
    /// Latest first.
    std::vector<Change> history(db::Transaction &tx, const Description &what,
                                std::string_view id) const;

    template <class T>
    std::optional<Kept<T>> get(db::Transaction &tx, std::string_view id) const {
        const auto found = find(tx, description<T>(), id, {.all_restricted = true});
        return found ? std::optional{typed<T>(*found)} : std::nullopt;
    }
    template <class T>
    std::string add(db::Transaction &tx, const T &record) {
        return insert(tx, description<T>(), values_of(record)).id;
    }

private:
    bool keep(db::Transaction &tx, const Description &what, std::string_view id, bool removed);
    std::optional<Stored> stored(db::Transaction &tx, const Description &what,
                                 std::string_view id) const;
    Clash clash(db::Transaction &tx, const Description &what, Stored now, std::int64_t version,
                const Values &mine) const;
    void log(db::Transaction &tx, const Description &what, std::string_view act,
             const Stored &record, const std::vector<Difference> &fields);

    db::Database &m_database;
    db::Ledger &m_ledger;
    const db::Keys &m_keys;
    const core::Clock &m_clock;
};

} // namespace wardmote::record
