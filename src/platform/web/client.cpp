#include "platform/web/client.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>

#include "engine/core/text.hpp"

namespace wardmote::web {

namespace {

using Address = std::array<unsigned char, 16>;

constexpr Address mapped_prefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

/// IPv4 as "::ffff:a.b.c.d", so that one comparison does for both families (RFC 4291, 2.5.5.2).
std::optional<Address> parsed_address(std::string_view text) {
    const std::string whole{text};
    Address address = mapped_prefix;
    if (inet_pton(AF_INET, whole.c_str(), &address[12]) == 1)
        return address;
    if (inet_pton(AF_INET6, whole.c_str(), address.data()) == 1)
        return address;
    return std::nullopt;
}

bool is_v4(const Address &address) {
    return std::equal(mapped_prefix.begin(), mapped_prefix.begin() + 12, address.begin());
}

bool same_beginning(const Address &a, const Address &b, int bits) {
    const auto whole = static_cast<std::size_t>(bits / 8);
    if (!std::equal(a.begin(), a.begin() + bits / 8, b.begin()))
        return false;
    const int rest = bits % 8;
    return rest == 0 || (a[whole] ^ b[whole]) >> (8 - rest) == 0;
}

/// All values of all headers of that name, which lists may be split over.
std::vector<std::string> listed(const Request &request, std::string_view name) {
    std::vector<std::string> values;
    for (const auto &[key, value] : request.headers) {
        if (core::lower(key) != name)
            continue;
        std::string_view rest = value;
        while (!rest.empty()) {
            const auto comma = std::min(rest.find(','), rest.size());
            values.emplace_back(core::trim(rest.substr(0, comma)));
            rest.remove_prefix(std::min(comma + 1, rest.size()));
        }
    }
    return values;
}

/// "Oxford.Example:8443" is "oxford.example"; "[::1]:80" is "[::1]".
std::optional<std::string> parsed_host(std::string_view written) {
    auto host = core::lower(written);
    const auto port =
        host.find(':', host.starts_with('[') ? std::min(host.find(']'), host.size()) : 0);
    if (port != host.npos) {
        if (host.find_first_not_of("0123456789", port + 1) != host.npos)
            return std::nullopt;
        host.resize(port);
    }
    constexpr std::string_view name = "abcdefghijklmnopqrstuvwxyz0123456789-._";
    if (host.starts_with('['))
        return host.ends_with(']') && parsed_address(host.substr(1, host.size() - 2))
                   ? std::optional{host}
                   : std::nullopt;
    if (host.empty() || host.size() > 253 || host.find_first_not_of(name) != host.npos)
        return std::nullopt;
    return host;
}

} // namespace

Networks::Networks(std::span<const std::string> written) {
    for (const auto &text : written) {
        const auto slash = std::min(text.find('/'), text.size());
        const auto address = parsed_address(text.substr(0, slash));
        const int longest = address && is_v4(*address) ? 32 : 128;
        const auto bits =
            slash == text.size() ? longest : core::parse_integer(text.substr(slash + 1));
        if (!address || !bits || *bits < 0 || *bits > longest)
            throw std::runtime_error(
                fmt::format("“{}” is not an address or a network, like 10.0.0.0/8", text));
        m_networks.push_back({*address, static_cast<int>(*bits) + 128 - longest});
    }
}

bool Networks::holds(std::string_view address) const {
    const auto asked = parsed_address(address);
    return asked && std::ranges::any_of(m_networks, [&](const Network &network) {
               return same_beginning(*asked, network.address, network.bits);
           });
}

std::optional<Client> client_of(const Request &request, const std::string &peer, bool tls,
                                const Networks &trusted) {
    Client client{.remote = peer, .host = {}, .secure = tls};
    auto hosts = listed(request, "host");
    if (hosts.size() != 1)
        return std::nullopt;
    if (trusted.holds(peer)) {
        const auto hops = listed(request, "x-forwarded-for");
        for (auto hop = hops.rbegin(); hop != hops.rend() && trusted.holds(client.remote); ++hop) {
            if (!parsed_address(*hop))
                break;
            client.remote = *hop;
        }
        if (const auto schemes = listed(request, "x-forwarded-proto"); !schemes.empty())
            client.secure = core::lower(schemes.back()) == "https";
        if (const auto said = listed(request, "x-forwarded-host"); !said.empty())
            hosts = said;
    }
    auto host = parsed_host(hosts.back());
    if (!host)
        return std::nullopt;
    client.host = std::move(*host);
    return client;
}

std::string counted_as(const std::string &address) {
    auto whole = parsed_address(address);
    if (!whole || is_v4(*whole))
        return address;
    std::fill(whole->begin() + 8, whole->end(), static_cast<unsigned char>(0));
    return {whole->begin(), whole->end()};
}

} // namespace wardmote::web
