/// What the records are called that a field may refer to.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "platform/db/database.hpp"
#include "platform/db/keys.hpp"
#include "platform/record/visible.hpp"

namespace wardmote::record {

/// A record as another refers to it.
struct Reference {
    std::string id, title;
    std::string href; ///< its page
};

class References {
public:
    virtual ~References() = default;
    /// Also one that was removed; nothing when there is none that may be known.
    virtual std::optional<Reference> find(std::string_view table, std::string_view id) const = 0;
    /// Those kept, by title.
    virtual std::vector<Reference> candidates(std::string_view table) const = 0;
};

/// Of records that refer to none.
class NoReferences final : public References {
public:
    std::optional<Reference> find(std::string_view, std::string_view) const override { return {}; }
    std::vector<Reference> candidates(std::string_view) const override { return {}; }
};

/// Read from the database, each once. Lives no longer than the transaction and the kinds.
class StoredReferences final : public References {
public:
    StoredReferences(db::Transaction &tx, const db::Keys &keys, std::span<const VisibleKind> kinds)
        : m_tx{tx}
        , m_keys{keys}
        , m_kinds{kinds} {}

    /// Fetches all titles that these records refer to: one statement for each table.
    void load(const Description &what, std::span<const Stored> records);

    std::optional<Reference> find(std::string_view table, std::string_view id) const override;
    std::vector<Reference> candidates(std::string_view table) const override;

private:
    using Known = std::map<std::pair<std::string, std::string>, std::optional<Reference>>;
    void fetch(std::string_view table, std::span<const std::string> ids) const;
    const VisibleKind *kind(std::string_view table) const;

    db::Transaction &m_tx;
    const db::Keys &m_keys;
    std::span<const VisibleKind> m_kinds;
    mutable Known m_known; // what was asked for, also when there was nothing
};

} // namespace wardmote::record
