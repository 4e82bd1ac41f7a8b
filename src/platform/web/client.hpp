/// Who a client is: its address, the host it asked for and whether its line is secure, with what
/// a proxy says of them believed from trusted proxies only.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "platform/web/request.hpp"

namespace wardmote::web {

/// A list of addresses and networks, of both families.
class Networks {
public:
    Networks() = default;
    /// "192.0.2.7", "10.0.0.0/8", "2001:db8::/32". Throws std::runtime_error with a sentence for
    /// anything else.
    explicit Networks(std::span<const std::string> written);
    bool holds(std::string_view address) const;

private:
    struct Network {
        std::array<unsigned char, 16> address{};
        int bits = 128;
    };
    std::vector<Network> m_networks;
};

struct Client {
    std::string remote;
    std::string host; ///< lower case, without the port
    bool secure = false;
};

/// `peer` is the other end of the connection, `tls` whether that is encrypted. X-Forwarded-For is
/// read from its right end for as long as trusted proxies wrote it; of the other headers the last
/// word counts. Nothing when the host is missing, doubled or none.
std::optional<Client> client_of(const Request &request, const std::string &peer, bool tls,
                                const Networks &trusted);

/// What one client is counted by: the address, or of IPv6 the network of 64 bits, since a single
/// household has one.
std::string counted_as(const std::string &address);

} // namespace wardmote::web
