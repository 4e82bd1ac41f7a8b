#include <iostream>
#include <string>
#include <unistd.h>
#include <vector>

#include "app/commands.hpp"

int main(int count, char *arguments[]) {
    const wardmote::core::SystemClock clock;
    const wardmote::app::Terminal terminal{std::cout, std::cerr, isatty(STDERR_FILENO) == 1};
    return wardmote::app::run(std::vector<std::string>(arguments + 1, arguments + count), terminal,
                              clock);
}
