#include "work/plan/ref_order.hpp"

#include <algorithm>

namespace wardmote::plan {

namespace {

/// Takes the run of digits at the front, without its leading noughts.
std::string_view take_digits(std::string_view &text) {
    const auto end = std::min(text.find_first_not_of("0123456789"), text.size());
    auto run = text.substr(0, end);
    text.remove_prefix(end);
    run.remove_prefix(std::min(run.find_first_not_of('0'), run.size()));
    return run;
}

bool is_digit(char letter) {
    return letter >= '0' && letter <= '9';
}

} // namespace

bool ref_before(std::string_view one, std::string_view other) {
    while (!one.empty() && !other.empty()) {
        if (is_digit(one.front()) && is_digit(other.front())) {
            const auto left = take_digits(one);
            const auto right = take_digits(other);
            if (left != right) {
                return left.size() != right.size() ? left.size() < right.size() : left < right;
            }
        } else if (one.front() != other.front()) {
            return one.front() < other.front();
        } else {
            one.remove_prefix(1);
            other.remove_prefix(1);
        }
    }
    return one.size() < other.size();
}

} // namespace wardmote::plan
