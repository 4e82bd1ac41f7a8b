#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>

#include <doctest/doctest.h>

#include "platform/web/wire_test.hpp"

namespace wardmote::web {

using namespace test;
namespace fs = std::filesystem;

namespace {

template <auto free>
struct Free {
    void operator()(auto *pointer) const { free(pointer); }
};
template <class T, auto free>
using Owned = std::unique_ptr<T, Free<free>>;

/// A certificate for "localhost" that signs itself, and its key, as files in a folder of their own.
class Certificate {
public:
    Certificate() {
        REQUIRE(::mkdtemp(m_folder.data()));
        make(1);
    }
    ~Certificate() { fs::remove_all(m_folder); }
    std::string file() const { return m_folder + "/certificate.pem"; }
    std::string key_file() const { return m_folder + "/key.pem"; }

    void make(long serial) const {
        const Owned<EVP_PKEY, EVP_PKEY_free> key{EVP_EC_gen("P-256")};
        const Owned<X509, X509_free> certificate{X509_new()};
        auto *const x509 = certificate.get();
        ASN1_INTEGER_set(X509_get_serialNumber(x509), serial);
        X509_gmtime_adj(X509_getm_notBefore(x509), -60);
        X509_gmtime_adj(X509_getm_notAfter(x509), 3600);
        X509_set_pubkey(x509, key.get());
        auto *const name = X509_get_subject_name(x509);
        X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                                   reinterpret_cast<const unsigned char *>("localhost"), -1, -1, 0);
        X509_set_issuer_name(x509, name);
        REQUIRE(X509_sign(x509, key.get(), EVP_sha256()) > 0);
        const Owned<FILE, std::fclose> to{std::fopen(file().c_str(), "w")};
        PEM_write_X509(to.get(), x509);
        const Owned<FILE, std::fclose> key_to{std::fopen(key_file().c_str(), "w")};
        PEM_write_PrivateKey(key_to.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    }

private:
    std::string m_folder = (fs::temp_directory_path() / "wardmote-tls-XXXXXX").string();
};

struct Answer {
    std::string text;    ///< empty when there was no handshake
    std::string version; ///< "TLSv1.3"
    long serial = 0;     ///< of the certificate shown
};

Answer fetch_securely(std::uint16_t port, const std::string &request, int latest = TLS1_3_VERSION) {
    const Owned<SSL_CTX, SSL_CTX_free> context{SSL_CTX_new(TLS_client_method())};
    SSL_CTX_set_security_level(context.get(), 0); // so that only the server refuses the old
    SSL_CTX_set_min_proto_version(context.get(), TLS1_VERSION);
    SSL_CTX_set_max_proto_version(context.get(), latest);
    const Owned<BIO, BIO_free_all> line{BIO_new_ssl_connect(context.get())};
    BIO_set_conn_hostname(line.get(), ("127.0.0.1:" + std::to_string(port)).c_str());
    if (BIO_do_connect(line.get()) != 1 || BIO_do_handshake(line.get()) != 1)
        return {};
    SSL *ssl = nullptr;
    BIO_get_ssl(line.get(), &ssl);
    Answer answer;
    answer.version = SSL_get_version(ssl);
    const Owned<X509, X509_free> shown{SSL_get1_peer_certificate(ssl)};
    answer.serial = ASN1_INTEGER_get(X509_get0_serialNumber(shown.get()));
    BIO_write(line.get(), request.data(), static_cast<int>(request.size()));
    char buffer[16384];
    for (int count = BIO_read(line.get(), buffer, sizeof buffer); count > 0;
         count = BIO_read(line.get(), buffer, sizeof buffer))
        answer.text.append(buffer, static_cast<std::size_t>(count));
    return answer;
}

Router secured() {
    Router router;
    router.get("/", access::Need::anyone(), [](const Request &request) {
        auto response = plain(request.secure ? "secure" : "plain");
        response.set_cookie({"session", "abc", std::nullopt});
        return response;
    });
    router.get("/large", access::Need::anyone(),
               [](const Request &) { return plain(std::string(3'000'000, 'x')); });
    router.post("/length", access::Need::anyone(),
                [](const Request &request) { return plain(std::to_string(request.body.size())); },
                {.largest_body = 1'000'000});
    return router;
}

ServeOptions with(const Certificate &certificate) {
    auto options = any_port();
    options.certificate = certificate.file();
    options.private_key = certificate.key_file();
    return options;
}

const std::string get = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

} // namespace

TEST_CASE("pages are served over TLS, and browsers told to come so from now on") {
    const Certificate certificate;
    const Server server{secured(), with(certificate)};
    const auto answer = fetch_securely(server.port(), get);
    CHECK(answer.version == "TLSv1.3");
    CHECK(body_of(answer.text) == "secure");
    CHECK(holds(answer.text, "Strict-Transport-Security: max-age=31536000; includeSubDomains\r\n"));
    CHECK(holds(answer.text, "Set-Cookie: __Host-session=abc; Path=/; HttpOnly; SameSite=Lax; "
                             "Secure\r\n"));
    const auto large = fetch_securely(
        server.port(), "GET /large HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    CHECK(body_of(large.text).size() == 3'000'000);
    const auto sent =
        fetch_securely(server.port(), "POST /length HTTP/1.1\r\nHost: localhost\r\n"
                                      "Connection: close\r\nContent-Length: 500000\r\n\r\n" +
                                          std::string(500'000, 'y'));
    CHECK(body_of(sent.text) == "500000");
}

TEST_CASE("TLS 1.2 is the oldest that is spoken") {
    const Certificate certificate;
    const Server server{secured(), with(certificate)};
    CHECK(fetch_securely(server.port(), get, TLS1_2_VERSION).version == "TLSv1.2");
    CHECK(fetch_securely(server.port(), get, TLS1_1_VERSION).text.empty());
    conversation(server.port(), get); // not TLS at all: no answer, and no harm
    CHECK(body_of(fetch_securely(server.port(), get).text) == "secure");
}

TEST_CASE("a new certificate is shown once it is read again, and a broken one is not") {
    const Certificate certificate;
    Server server{secured(), with(certificate)};
    CHECK(fetch_securely(server.port(), get).serial == 1);
    certificate.make(2);
    server.reload_certificate();
    CHECK(fetch_securely(server.port(), get).serial == 2);
    std::ofstream{certificate.file()} << "broken";
    CHECK_THROWS_WITH_AS(server.reload_certificate(),
                         doctest::Contains("cannot use the certificate"), std::runtime_error);
    CHECK(fetch_securely(server.port(), get).serial == 2);
}

} // namespace wardmote::web
