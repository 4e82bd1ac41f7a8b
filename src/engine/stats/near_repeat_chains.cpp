#include "engine/stats/near_repeat_chains.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <stdexcept>
#include <tuple>

#include "engine/stats/union_find.hpp"

namespace wardmote::stats {

Chains near_repeat_chains(const Events &events, const RiskWindow &window, Distance metric) {
    if (events.time.size() != events.x.size())
        throw std::invalid_argument("An event needs a place and a time.");
    const NearPairs pairs{events.x, events.y, window.distance, metric};
    const auto in_order = [&](std::size_t a, std::size_t b) {
        return std::tuple{events.time[a], a} < std::tuple{events.time[b], b};
    };
    Chains found;
    found.follows.resize(events.x.size());
    std::vector<double> how_near(events.x.size(), std::numeric_limits<double>::infinity());
    UnionFind sets{events.x.size()};
    pairs.each([&](std::size_t i, std::size_t j, double distance) {
        const auto [earlier, later] = std::minmax({pairs.index(i), pairs.index(j)}, in_order);
        const double apart = static_cast<double>(events.time[later]) - events.time[earlier];
        if (apart > window.time)
            return;
        sets.join(static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(j));
        auto &whom = found.follows[later];
        const bool latest = !whom || events.time[earlier] > events.time[*whom] ||
                            (events.time[earlier] == events.time[*whom] &&
                             std::tuple{distance, earlier} < std::tuple{how_near[later], *whom});
        if (latest) {
            whom = earlier;
            how_near[later] = distance;
        }
    });
    std::map<std::uint32_t, std::vector<std::size_t>> members;
    for (std::size_t i = 0; i < pairs.size(); ++i)
        members[sets.root(static_cast<std::uint32_t>(i))].push_back(pairs.index(i));
    for (auto &[root, chain] : members) {
        if (chain.size() < 2)
            continue;
        std::ranges::sort(chain, in_order);
        found.chains.push_back({chain.front(), std::move(chain)});
    }
    std::ranges::sort(found.chains, [&](const Chain &a, const Chain &b) {
        if (a.members.size() != b.members.size())
            return a.members.size() > b.members.size();
        return in_order(a.originator, b.originator);
    });
    return found;
}

} // namespace wardmote::stats
