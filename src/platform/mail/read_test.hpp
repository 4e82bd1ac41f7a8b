/// A message read back by GMime, for tests: what a mail program would show.
#pragma once

#include <cstdint>
#include <string>

namespace wardmote::mail {

struct ReadMessage {
    std::string from, to, subject; ///< decoded
    std::string message_id;
    std::int64_t date = 0;      ///< seconds since 1970
    std::string content_type;   ///< of the whole: "multipart/alternative"
    std::string plain, html;    ///< the parts, decoded, lines ended by "\n"
    std::string auto_submitted; ///< headers as they stand
    std::string received;
    std::string return_path;
};

ReadMessage read_message(const std::string &bytes);

} // namespace wardmote::mail
