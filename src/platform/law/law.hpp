/// The law as a program holds it: its numbers and the bank holidays, read once from the catalogues.
#pragma once

#include <string>
#include <vector>

#include "platform/law/bank_holidays.hpp"
#include "platform/law/parameters.hpp"

namespace wardmote::law {

struct Law {
    Parameters parameters;
    BankHolidays holidays;

    /// From the folder `law` of each catalogue, the shipped one first and a workspace's own after
    /// it; the last list of bank holidays stands. Throws std::runtime_error naming file, line and
    /// reason, or when no catalogue has bank holidays.
    static Law read(const std::vector<std::string> &catalogues);
};

} // namespace wardmote::law
