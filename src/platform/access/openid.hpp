/// Signing in with an organisation's own accounts: OpenID Connect, code flow with PKCE.
///
///     OpenId openid{settings, curl_fetch(), clock};
///     const OpenIdAttempt attempt = OpenIdAttempt::make(); // keep it with the visitor's session
///     redirect to openid.authorisation_url(attempt);
///     ... the browser comes back to redirect_uri ...
///     openid.finish(attempt, {.state = ..., .code = ...}) // Identity, or why not
#pragma once

#include <memory>
#include <string>
#include <variant>

#include "engine/core/clock.hpp"
#include "platform/access/http_fetch.hpp"
#include "platform/access/openid_token.hpp"

namespace wardmote::access {

struct OpenIdSettings {
    std::string issuer; ///< "https://login.example", exactly as the provider writes it
    std::string client_id;
    std::string client_secret;
    std::string redirect_uri; ///< of this site, as registered with the provider
};

/// What ties the answer to the question: three secrets of one try, kept on our side and used once.
struct OpenIdAttempt {
    std::string state;
    std::string nonce;
    std::string code_verifier;

    static OpenIdAttempt make();
};

/// What the browser brings back in the query of redirect_uri; empty where it has none.
struct OpenIdAnswer {
    std::string state;
    std::string code;
    std::string error;
    std::string issuer; ///< the parameter "iss" (RFC 9207)
};

struct OpenIdFailure {
    std::string sentence; ///< for the person
    std::string reason;   ///< for the log: nothing that a person or the provider wrote
};

/// One provider. Fetches its description and keys when first needed and again when they no longer
/// fit; may be used by many threads.
class OpenId {
public:
    /// Throws std::runtime_error with a sentence when the issuer or redirect_uri is not https (or
    /// this machine).
    OpenId(OpenIdSettings settings, HttpFetch fetch, const core::Clock &clock);
    ~OpenId();

    /// Where to send the browser. Throws std::runtime_error with a sentence when the provider does
    /// not answer or describes itself wrongly.
    std::string authorisation_url(const OpenIdAttempt &attempt);

    /// Exchanges the code for a token and checks it. Throws std::runtime_error with a sentence when
    /// the provider does not answer.
    std::variant<Identity, OpenIdFailure> finish(const OpenIdAttempt &attempt,
                                                 const OpenIdAnswer &answer);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace wardmote::access
