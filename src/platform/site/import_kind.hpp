/// A kind of record as one sheet brings it: its own fields, and behind them the facts beside them
/// that the sheet's headings name. Inside site/ only.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/sheet.hpp"
#include "platform/record/description.hpp"
#include "platform/site/import_beside.hpp"

namespace wardmote::site {

class ImportKind {
public:
    /// `own` must outlive it. `beside` is null when the kind has no such facts.
    ImportKind(const record::Description &own, const ImportBeside *beside,
               std::span<const std::string> headings);
    ImportKind(const ImportKind &) = delete;
    ImportKind &operator=(const ImportKind &) = delete;

    /// All fields. Its `check` is left out: it is of the own fields alone, so own_problems() asks
    /// it.
    const record::Description &all() const { return m_all; }
    const record::Description &own() const { return m_own; }
    std::span<const record::Field> beside() const {
        return std::span{m_fields}.subspan(m_own.fields.size());
    }
    record::Values own_part(const record::Values &values) const;
    record::Values beside_part(const record::Values &values) const;
    record::Problems own_problems(const record::Values &values) const;

    /// Adds what stands beside its fields to a record as it is kept.
    void widen(db::Transaction &tx, record::Stored &stored) const;
    void write_beside(db::Transaction &tx, std::string_view record,
                      const record::Values &values) const;

private:
    const record::Description &m_own;
    const ImportBeside *m_beside;
    std::vector<record::Field> m_fields;
    record::Description m_all;
};

} // namespace wardmote::site
