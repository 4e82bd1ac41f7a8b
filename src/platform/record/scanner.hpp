/// Asks clamd, where there is one, whether a file carries a virus (its INSTREAM command).
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <utility>

namespace wardmote::record {

struct Scan {
    enum class Verdict {
        clean,
        infected,
        unavailable ///< clamd could not be asked, or did not answer
    };
    Verdict verdict;
    std::string words; ///< the signature's name, or why it was not scanned
};

class Scanner {
public:
    /// `socket` is the path of clamd's LocalSocket.
    explicit Scanner(std::string socket, std::chrono::seconds patience = std::chrono::seconds{60})
        : m_socket{std::move(socket)}
        , m_patience{patience} {}

    Scan scan(std::string_view bytes) const;

private:
    std::string m_socket;
    std::chrono::seconds m_patience;
};

} // namespace wardmote::record
