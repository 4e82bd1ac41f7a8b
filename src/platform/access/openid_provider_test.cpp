// Signs in with a real, certified provider, which tests/openid/provider.mjs runs.
#include "platform/access/openid.hpp"

#include <array>
#include <csignal>
#include <cstdio>
#include <memory>
#include <regex>

#include <curl/curl.h>
#include <doctest/doctest.h>

namespace core = wardmote::core;
using namespace wardmote::access;

namespace {

constexpr auto redirect_uri = "https://wardmote.example/sign-in/openid";

/// A provider that runs until this goes.
class RunningProvider {
public:
    RunningProvider() {
        const std::string root = WARDMOTE_SOURCE_DIR;
        const std::string command = "echo $$; exec " + root +
                                    "/node_modules/node-linux-*/bin/node " + root +
                                    "/tests/openid/provider.mjs 0 wardmote " + redirect_uri +
                                    " jane.smithson@oxford.example 2> /dev/null";
        m_output.reset(popen(command.c_str(), "r"));
        m_process = std::stoi(line());
        m_issuer = line();
        REQUIRE(m_issuer.starts_with("http://127.0.0.1:"));
    }
    ~RunningProvider() { kill(m_process, SIGTERM); }
    RunningProvider(const RunningProvider &) = delete;
    RunningProvider &operator=(const RunningProvider &) = delete;

    const std::string &issuer() const { return m_issuer; }

private:
    std::string line() {
        std::array<char, 200> text{};
        REQUIRE(std::fgets(text.data(), text.size(), m_output.get()) != nullptr);
        const std::string read = text.data();
        return read.substr(0, read.find('\n'));
    }
    std::unique_ptr<FILE, int (*)(FILE *)> m_output{nullptr, &pclose};
    pid_t m_process = 0;
    std::string m_issuer;
};

std::size_t pass_over(char *, std::size_t size, std::size_t count, void *) {
    return size * count;
}

/// What a browser does: follows redirects, keeping cookies, until it is sent back to us.
std::string address_sent_back_to(std::string url) {
    const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> browser{curl_easy_init(),
                                                                      &curl_easy_cleanup};
    curl_easy_setopt(browser.get(), CURLOPT_COOKIEFILE, "");
    curl_easy_setopt(browser.get(), CURLOPT_PROXY, "");
    curl_easy_setopt(browser.get(), CURLOPT_TIMEOUT, 20L);
    curl_easy_setopt(browser.get(), CURLOPT_WRITEFUNCTION, &pass_over);
    for (int hops = 0; hops < 10 && !url.starts_with(redirect_uri); ++hops) {
        curl_easy_setopt(browser.get(), CURLOPT_URL, url.c_str());
        REQUIRE(curl_easy_perform(browser.get()) == CURLE_OK);
        const char *next = nullptr;
        curl_easy_getinfo(browser.get(), CURLINFO_REDIRECT_URL, &next);
        REQUIRE(next != nullptr);
        url = next;
    }
    return url;
}

std::string query_value(const std::string &url, const std::string &name) {
    std::smatch found;
    if (!std::regex_search(url, found, std::regex{"[?&]" + name + "=([^&]*)"}))
        return "";
    const std::string encoded = found[1];
    int length = 0;
    const std::unique_ptr<char, decltype(&curl_free)> text{
        curl_easy_unescape(nullptr, encoded.c_str(), 0, &length), &curl_free};
    return {text.get(), static_cast<std::size_t>(length)};
}

OpenIdAnswer answer_in(const std::string &url) {
    return {.state = query_value(url, "state"),
            .code = query_value(url, "code"),
            .error = query_value(url, "error"),
            .issuer = query_value(url, "iss")};
}

std::string reason(const std::variant<Identity, OpenIdFailure> &result) {
    const auto *const failure = std::get_if<OpenIdFailure>(&result);
    return failure == nullptr ? "" : failure->reason;
}

} // namespace

TEST_CASE("people sign in with a certified OpenID provider") {
    const RunningProvider provider;
    const core::SystemClock clock;
    const auto openid_for = [&](const char *client_id, const char *secret) {
        return OpenId{{provider.issuer(), client_id, secret, redirect_uri}, curl_fetch(), clock};
    };
    constexpr auto secret = "half a secret & a sign";

    for (const char *client_id : {"wardmote", "wardmote-es256"}) {
        OpenId openid = openid_for(client_id, secret);
        const OpenIdAttempt attempt = OpenIdAttempt::make();
        const std::string back = address_sent_back_to(openid.authorisation_url(attempt));
        const auto result = openid.finish(attempt, answer_in(back));
        REQUIRE_MESSAGE(std::holds_alternative<Identity>(result), reason(result));
        const auto &identity = std::get<Identity>(result);
        CHECK(identity.issuer == provider.issuer());
        CHECK(identity.subject == "account-7");
        CHECK(identity.email == "jane.smithson@oxford.example");
        CHECK(identity.email_verified);
        CHECK(identity.name == "Jane Smithson");

        // A code works once.
        CHECK(reason(openid.finish(attempt, answer_in(back))) ==
              "The provider gave no ID token for the code.");
    }

    // A code caught on its way is of no use without the verifier, which never left us ...
    OpenId openid = openid_for("wardmote", secret);
    const OpenIdAttempt attempt = OpenIdAttempt::make();
    OpenIdAttempt thief = OpenIdAttempt::make();
    thief.state = attempt.state;
    thief.nonce = attempt.nonce;
    std::string back = address_sent_back_to(openid.authorisation_url(attempt));
    CHECK(reason(openid.finish(thief, answer_in(back))) ==
          "The provider gave no ID token for the code.");
    // ... nor without the client's secret, nor in another sign-in than it was given to.
    back = address_sent_back_to(openid.authorisation_url(attempt));
    CHECK(reason(openid_for("wardmote", "guess").finish(attempt, answer_in(back))) ==
          "The provider gave no ID token for the code.");
    OpenIdAttempt replayed = attempt;
    replayed.nonce = OpenIdAttempt::make().nonce;
    back = address_sent_back_to(openid.authorisation_url(attempt));
    CHECK(reason(openid.finish(replayed, answer_in(back))) == "The token answers another sign-in.");
}
