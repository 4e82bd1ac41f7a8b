#include "engine/stats/count_law.hpp"

#include <algorithm>
#include <cmath>

#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/gamma.hpp>

namespace wardmote::stats {

namespace {

/// Plain doubles are exact enough and much faster than Boost's long ones.
using Plain = boost::math::policies::policy<boost::math::policies::promote_double<false>>;
/// As near to Poisson as makes no difference.
constexpr double poisson_ratio = 1 + 1e-9;
/// Beyond so many terms the special functions are faster than adding up.
constexpr double most_terms = 2000;
/// Below this, 1 minus the sum of the lower terms has too few figures.
constexpr double smallest_by_difference = 1e-5;

/// Walks through the probabilities of 0, 1, 2, ...
class Terms {
public:
    explicit Terms(const CountLaw &law) {
        if (law.ratio <= poisson_ratio) {
            m_log_first = -law.mean;
            m_factor = law.mean;
        } else {
            m_size = law.mean / (law.ratio - 1);
            m_log_first = -m_size * std::log(law.ratio);
            m_share = 1 - 1 / law.ratio;
        }
        m_term = std::exp(m_log_first);
    }

    /// Whether the first term has not sunk below what a double can hold.
    bool usable() const { return m_log_first > -690; }
    double term() const { return m_term; }
    void advance() {
        const double next = m_count + 1;
        m_term *= (m_factor + m_share * (m_size + m_count)) / next;
        m_count = next;
    }

private:
    double m_log_first = 0, m_factor = 0, m_size = 0, m_share = 0;
    double m_term = 0, m_count = 0;
};

double by_special_function(const CountLaw &law, double count) {
    if (law.ratio <= poisson_ratio)
        return boost::math::gamma_p(count, law.mean, Plain{});
    const double size = law.mean / (law.ratio - 1);
    // The second form keeps 1 - 1/ratio exact when the ratio is near 1.
    return boost::math::ibeta(count, size, (law.ratio - 1) / law.ratio, Plain{});
}

} // namespace

double CountLaw::at_least(double count) const {
    count = std::ceil(count);
    if (!(count > 0))
        return 1;
    if (!(mean > 0))
        return 0;
    if (Terms terms{*this}; count < most_terms && terms.usable()) {
        double below = 0;
        for (double at = 0; at < count; ++at, terms.advance())
            below += terms.term();
        if (1 - below > smallest_by_difference)
            return 1 - below;
    }
    return by_special_function(*this, count);
}

double CountLaw::bound(double alpha) const {
    if (!(mean > 0))
        return 0;
    const double deviation = std::sqrt(mean * std::max(ratio, 1.0));
    if (Terms terms{*this}; terms.usable() && mean + 10 * deviation < most_terms) {
        double left = 1 - terms.term();
        for (double at = 0; at < most_terms; ++at) {
            if (left <= alpha)
                return at;
            terms.advance();
            left -= terms.term();
        }
    }
    // Doubles the step up from the mean until the tail is small enough, then halves the gap.
    double low = -1; // P(Y > low) is above alpha
    double high = std::ceil(mean);
    for (double step = std::ceil(deviation); at_least(high + 1) > alpha; step *= 2) {
        low = high;
        high += step;
    }
    while (high - low > 1) {
        const double middle = std::floor(low + (high - low) / 2);
        (at_least(middle + 1) > alpha ? low : high) = middle;
    }
    return high;
}

} // namespace wardmote::stats
