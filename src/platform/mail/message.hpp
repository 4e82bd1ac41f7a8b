/// A message to one person, and how it is written as MIME (RFC 5322 and 2045).
#pragma once

#include <optional>
#include <string>

#include "engine/core/clock.hpp"
#include "platform/mail/address.hpp"

namespace wardmote::mail {

struct Message {
    Address from;
    Address to;
    std::string subject; ///< one line of UTF-8
    std::string text;    ///< UTF-8, lines ended by "\n"
    /// The same in HTML, for those who read that; markup that is safe to send.
    std::optional<std::string> html;
    /// What makes it this message and no other, such as the job's Id: letters, digits, "." and
    /// "-". Sent twice it has one Message-ID, by which the reader's program knows the repeat.
    std::string id;
    core::Instant date; ///< when it was written
};

/// The message as it goes over the wire, lines ended by CR LF, without what nobody but a program
/// should answer (Auto-Submitted: auto-generated). Throws std::invalid_argument when the subject
/// is not one line or the id is not as above: no text can add a header.
std::string to_mime(const Message &message);

} // namespace wardmote::mail
