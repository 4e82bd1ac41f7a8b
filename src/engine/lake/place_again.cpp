#include "engine/lake/importer.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>

namespace wardmote::lake {

namespace {

std::string all_of(const std::string &path) {
    return "SELECT * FROM read_parquet(" + sql_text(path) + ")";
}

bool is_about_place(const Finding &finding) {
    constexpr std::array<std::string_view, 4> codes{"lsoa-unknown", "lsoa-other-census",
                                                    "place-disagrees", "outside-force"};
    return std::find(codes.begin(), codes.end(), finding.code) != codes.end();
}

} // namespace

PlacedCopy::PlacedCopy(Connection &connection, const std::string &path, const AreaBook &areas,
                       std::string owner)
    : m_rows{connection.query(all_of(path))}
    , m_placer{areas}
    , m_owner{std::move(owner)}
    , m_force{areas.knows_force(m_owner) ? m_owner : ""}
    , m_columns{canonical_columns().begin(), canonical_columns().end()} {
    for (std::size_t i = canonical_count; i < m_rows.columns(); ++i) {
        m_columns.push_back({m_rows.column_name(i), ColumnType::text});
    }
}

std::size_t PlacedCopy::fill(ChunkWriter &chunk) {
    std::size_t row = 0;
    for (; row < chunk.capacity() && m_rows.next(); ++row) {
        const NamedPlace where{m_rows.maybe_real(c_longitude), m_rows.maybe_real(c_latitude),
                               m_rows.text(c_lsoa_named), m_rows.text(c_ward_named),
                               m_rows.text(c_district_named)};
        const Placement &placement = m_placer.place(where);
        // A wide row of the source is several here, but was one finding.
        if (m_rows.integer(c_line) != m_last_line) {
            m_last_line = m_rows.integer(c_line);
            m_placer.note(m_findings, where, placement, m_force);
        }
        for (std::size_t i = 0; i < m_columns.size(); ++i) {
            if ((i >= c_lsoa21 && i <= c_disagree) || m_rows.is_null(i)) {
                continue;
            }
            switch (m_columns[i].type) {
            case ColumnType::text:
                chunk.text(i, row, m_rows.text(i));
                break;
            case ColumnType::real:
                chunk.real(i, row, m_rows.real(i));
                break;
            case ColumnType::date:
                chunk.date(
                    i, row,
                    static_cast<std::int32_t>(m_rows.date(i)->days().time_since_epoch().count()));
                break;
            case ColumnType::boolean:
                chunk.boolean(i, row, m_rows.boolean(i));
                break;
            case ColumnType::small:
            case ColumnType::integer:
                chunk.integer(i, row, m_rows.integer(i));
                break;
            }
        }
        m_placer.write(chunk, row, where, placement);
    }
    return row;
}

std::vector<Finding> with_places(const std::vector<Finding> &old,
                                 const std::vector<Finding> &fresh) {
    std::vector<Finding> all;
    std::remove_copy_if(old.begin(), old.end(), std::back_inserter(all), is_about_place);
    std::copy_if(fresh.begin(), fresh.end(), std::back_inserter(all), is_about_place);
    return all;
}

std::uint64_t place_again(const Importing &import) {
    std::uint64_t done = 0;
    Connection reading = import.database->connect();
    Connection writing = import.database->connect();
    for (const Manifest &before : manifests(import.store)) {
        if (before.dataset == "boundaries" || before.dataset == "lookups" ||
            before.placed_with == import.areas->fingerprint()) {
            continue;
        }
        PlacedCopy copy{reading, import.store + "/" + before.data, *import.areas, before.owner};
        const std::string staged = import.staging->path(before.id + "-again.parquet");
        writing.write_parquet(
            copy.columns(), [&](ChunkWriter &chunk) { return copy.fill(chunk); }, staged);
        Manifest after = before;
        after.placed_with = import.areas->fingerprint();
        after.data_sha256 = sha256_of_file(staged);
        after.findings = with_places(before.findings, copy.findings());
        done += replace_data(import.store, before, after, staged) ? 1 : 0;
    }
    return done;
}

} // namespace wardmote::lake
