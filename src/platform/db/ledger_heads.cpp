#include "platform/db/ledger_heads.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <stdexcept>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "engine/core/text.hpp"
#include "platform/db/file.hpp"

namespace wardmote::db {

namespace {

constexpr std::size_t number_at = 8; // after "changes " or "seen    "
constexpr std::size_t hash_at = number_at + 21;
constexpr std::size_t mark_at = hash_at + 65;
constexpr std::size_t line_length = mark_at + 65;

} // namespace

Heads::Heads(const Linker &linker, const std::string &folder)
    : m_linker{linker}
    , m_folder{folder + "/heads"} {
    std::filesystem::create_directories(m_folder);
}

std::string Heads::line(const ChainHead &head) const {
    const auto words = fmt::format("{:<7} {:020} {}", head.log == Log::changes ? "changes" : "seen",
                                   head.number, head.hash);
    return fmt::format("{} {}\n", words,
                       m_linker.mark_of(fmt::format("head {} {}", head.chain, words)));
}

void Heads::begin(const ChainHead &head) const {
    const File file{path(head.chain), O_WRONLY | O_CREAT | O_EXCL};
    file.write_at(0, line(head));
    file.sync();
    File{m_folder, O_RDONLY | O_DIRECTORY}.sync();
}

void Heads::write(const ChainHead &head) const noexcept {
    try {
        File{path(head.chain), O_WRONLY}.write_at(0, line(head));
    } catch (const std::exception &error) {
        spdlog::error("the head of a log's chain lags: {}", error.what());
    }
}

bool Heads::exists(const std::string &chain) const {
    return std::filesystem::exists(path(chain));
}

Heads::Found Heads::read(const std::string &chain) const {
    // Another process may be writing it over just now: then it is whole a moment later.
    for (int attempt = 0; attempt < 3; ++attempt, usleep(2'000)) {
        const auto text = File{path(chain), O_RDONLY}.read_all();
        if (text.size() != line_length) {
            continue;
        }
        const ChainHead head{text.starts_with("seen") ? Log::seen : Log::changes,
                             {},
                             chain,
                             core::parse_integer(text.substr(number_at, 20)).value_or(-1),
                             text.substr(hash_at, 64)};
        if (head.number >= 0 && text == line(head)) {
            return head;
        }
    }
    return {};
}

std::map<std::string, Heads::Found> Heads::all() const {
    std::map<std::string, Found> heads;
    for (const auto &entry : std::filesystem::directory_iterator{m_folder}) {
        const auto chain = entry.path().filename().string();
        heads.emplace(chain, read(chain));
    }
    return heads;
}

} // namespace wardmote::db
