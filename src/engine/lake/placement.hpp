/// Placing an incident in areas: from its point and from the LSOA it names.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wardmote::lake {

/// The levels of area that evidence can be asked for, smallest last.
enum class Level { partnership, district, ward, lsoa21, lsoa11 };

std::string_view column_of(Level level); ///< "partnership", "district", "ward", "lsoa21", "lsoa11"

/// Where one incident lies. Codes are indices into Placer::codes(), -1 where it is not known.
struct Placement {
    std::int32_t partnership = -1;
    std::int32_t district = -1;
    std::int32_t ward = -1;
    std::int32_t lsoa21 = -1;
    std::int32_t lsoa11 = -1;
    bool by_point = false; ///< the point lies in a known area (an LSOA, or else a ward)
    bool by_code = false; ///< the LSOA named is a known code of either census, or the ward named is
    bool disagree = false;  ///< both, and they name different places; the point is then believed
    bool only_2011 = false; ///< the LSOA named is of the census of 2011 and of no other
    bool only_2021 = false; ///< the LSOA named is of the census of 2021 and of no other
    /// The same as only_2011: the one code that a file of today should not hold.
    bool named_other_census = false;
};

/// Places points and codes with the boundaries and lookups of a store. Thread-safe once made.
class Placer {
public:
    virtual ~Placer() = default;

    /// `longitude` and `latitude` in degrees (WGS 84), absent together; `lsoa_code` and `ward_code`
    /// as named in the row, or empty. A point is looked up once: many incidents share a map point.
    virtual Placement place(std::optional<double> longitude, std::optional<double> latitude,
                            std::string_view lsoa_code, std::string_view ward_code) const = 0;

    /// All area codes, by the index a Placement holds.
    virtual const std::vector<std::string> &codes() const = 0;

    /// Changes whenever a boundary or lookup does; kept in each manifest as placed_with.
    virtual std::string fingerprint() const = 0;
};

struct KnownAreas;

/// Reads the boundaries and lookups in force in the evidence folder `store`. A store without any
/// gives a Placer that places nothing.
std::unique_ptr<Placer> make_placer(const std::string &store);
/// The same from what has been read already.
std::unique_ptr<Placer> make_placer(const KnownAreas &areas);

} // namespace wardmote::lake
