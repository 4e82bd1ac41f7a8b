/// An e-mail address that is safe to write into a message: what is not one cannot be made.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace wardmote::mail {

/// A mailbox such as "jo.bloggs@oxford.example", and the name it is shown under, if any.
class Address {
public:
    /// Reads what a person typed into a form; space around it is dropped. Nothing when it is not
    /// one plain address (RFC 5321's dot-string at a domain of two labels or more, in ASCII, at
    /// most 254 characters), or when the name is not one line.
    static std::optional<Address> parse(std::string_view mailbox, std::string_view name = "");

    const std::string &mailbox() const { return m_mailbox; }
    const std::string &name() const { return m_name; } ///< UTF-8; may be empty
    std::string domain() const;                        ///< "oxford.example"

    bool operator==(const Address &) const = default;

private:
    Address(std::string_view mailbox, std::string_view name)
        : m_mailbox{mailbox}
        , m_name{name} {}

    std::string m_mailbox;
    std::string m_name;
};

} // namespace wardmote::mail
