#include "platform/site/import_kind.hpp"

#include <algorithm>

namespace wardmote::site {

namespace {

using Place = record::Values::difference_type;

} // namespace

ImportKind::ImportKind(const record::Description &own, const ImportBeside *beside,
                       std::span<const std::string> headings)
    : m_own{own}
    , m_beside{beside}
    , m_fields{own.fields.begin(), own.fields.end()}
    , m_all{own} {
    for (const auto &heading : headings) {
        if (beside == nullptr) {
            break;
        }
        for (const auto &field : beside->named(heading)) {
            if (std::ranges::find(m_fields, field.name, &record::Field::name) == m_fields.end()) {
                m_fields.push_back(field);
            }
        }
    }
    m_all.fields = m_fields;
    m_all.check = nullptr;
}

record::Values ImportKind::own_part(const record::Values &values) const {
    return {values.begin(), values.begin() + static_cast<Place>(m_own.fields.size())};
}

record::Values ImportKind::beside_part(const record::Values &values) const {
    return {values.begin() + static_cast<Place>(m_own.fields.size()), values.end()};
}

record::Problems ImportKind::own_problems(const record::Values &values) const {
    return m_own.check == nullptr ? record::Problems{} : m_own.check(own_part(values));
}

void ImportKind::widen(db::Transaction &tx, record::Stored &stored) const {
    if (!beside().empty()) {
        std::ranges::move(m_beside->read(tx, stored.id, beside()),
                          std::back_inserter(stored.values));
    }
}

void ImportKind::write_beside(db::Transaction &tx, std::string_view record,
                              const record::Values &values) const {
    m_beside->write(tx, record, beside(), values);
}

} // namespace wardmote::site
