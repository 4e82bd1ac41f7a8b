#include "engine/lake/boundaries_known.hpp"
#include "engine/lake/import.hpp"
#include "engine/lake/placement.hpp"

namespace wardmote::lake {

std::unique_ptr<Placer> make_placer(const std::string &store) {
    const Database database;
    Connection connection = database.connect();
    return make_placer(read_known_areas(store, manifests(store), connection));
}

} // namespace wardmote::lake
