/// Sends messages through a mail server (SMTP), and says whether trying again can help.
#pragma once

#include <chrono>
#include <string>

#include "platform/mail/message.hpp"

namespace wardmote::mail {

struct SmtpSettings {
    std::string url; ///< "smtp://mail.example:587" (STARTTLS), or "smtps://mail.example:465"
    std::string user;
    std::string password;
    /// Certificates to trust; empty means the system's.
    std::string ca_file;
    /// Speaks in the clear to a server that offers no STARTTLS. Only for one on this machine or on
    /// a trusted network: messages carry links that let people in.
    bool allow_plain = false;
    std::chrono::seconds timeout{30}; ///< for a whole delivery
};

struct Delivery {
    enum class Outcome {
        sent,    ///< the server took it
        later,   ///< the network, the server or the settings are at fault: try again
        refused, ///< the server will never take this message to this address
    };
    Outcome outcome;
    std::string reason; ///< a sentence for the administrator, without the address; empty when sent
};

/// Holds settings only, so that any number of threads may send at once.
class Smtp {
public:
    /// Throws std::runtime_error with a sentence when the address of the server is not one.
    explicit Smtp(SmtpSettings settings);

    /// Blocks for at most the time-out.
    Delivery send(const Message &message) const;

private:
    SmtpSettings m_settings;
};

} // namespace wardmote::mail
