#include "platform/access/qr_code.hpp"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <string>

#include <doctest/doctest.h>

#include "platform/access/one_time_code.hpp"

namespace fs = std::filesystem;
using namespace wardmote::access;

namespace {

/// What a scanner (zbar) reads from the drawing, made a picture by librsvg.
std::string scanned(const std::string &svg) {
    std::string folder = fs::temp_directory_path() / "wardmote-qr-XXXXXX";
    REQUIRE(mkdtemp(folder.data()) != nullptr);
    std::ofstream{folder + "/code.svg"} << svg;
    const std::string command = "cd " + folder +
                                " && rsvg-convert code.svg -o code.png"
                                " && zbarimg --quiet --raw --oneshot code.png 2> /dev/null";
    const std::unique_ptr<FILE, int (*)(FILE *)> output{popen(command.c_str(), "r"), &pclose};
    std::string text;
    for (int c = fgetc(output.get()); c != EOF; c = fgetc(output.get()))
        text += static_cast<char>(c);
    fs::remove_all(folder);
    return text;
}

} // namespace

TEST_CASE("a scanner reads from the drawing what was put into it") {
    const std::string uri = otpauth_uri("Oxford Safer Communities Partnership",
                                        "jane.smithson@oxford.example", make_one_time_secret());
    CHECK(scanned(qr_code(uri, "QR code for your app").str()) == uri);
    CHECK(scanned(qr_code("x", "One letter").str()) == "x");
}

TEST_CASE("the drawing has words for those who do not see it, and nothing the policy forbids") {
    const std::string svg = qr_code("otpauth://totp/x", "QR code of <your> app").str();
    CHECK(svg.starts_with(R"(<svg class="wardmote-qr-code")"));
    CHECK(svg.find(R"(role="img" aria-label="QR code of &lt;your&gt; app")") != svg.npos);
    CHECK(svg.find("style") == svg.npos);
    CHECK(svg.find("otpauth") == svg.npos);
}

TEST_CASE("content that no code should hold is refused") {
    CHECK_THROWS_AS(qr_code("", "x"), std::invalid_argument);
    CHECK_THROWS_AS(qr_code(std::string(1001, 'a'), "x"), std::invalid_argument);
    CHECK_NOTHROW(qr_code(std::string(1000, 'a'), "x"));
}
