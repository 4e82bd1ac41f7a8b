#include "platform/law/law.hpp"

#include <stdexcept>

#include <fmt/format.h>

namespace wardmote::law {

Law Law::read(const std::vector<std::string> &catalogues) {
    std::vector<std::filesystem::path> folders;
    std::filesystem::path days;
    for (const auto &catalogue : catalogues) {
        folders.push_back(std::filesystem::path{catalogue} / "law");
        if (const auto file = folders.back() / bank_holidays_file; std::filesystem::exists(file)) {
            days = file;
        }
    }
    if (days.empty()) {
        throw std::runtime_error{
            fmt::format("No catalogue holds law/{}: without it working days cannot be counted.",
                        bank_holidays_file)};
    }
    return {Parameters::read(folders), BankHolidays::read(days)};
}

} // namespace wardmote::law
