#include "platform/access/password.hpp"

#include <chrono>
#include <string>
#include <vector>

#include <doctest/doctest.h>

using namespace wardmote::access;

namespace {

const std::vector<std::string> about_jane = {"Jane Smithson", "jane.smithson@oxford.example",
                                             "Oxford Safer Communities Partnership"};

bool will_do(const std::string &password) {
    return !password_problem(password, about_jane);
}

} // namespace

TEST_CASE("any password of twelve characters that is not a guess will do") {
    for (const char *password : {"coffee tin window", "hvxqkz wnpjrt", "83 04 71 59 26 60",
                                 "Tr4mp0l1ne-gate", "ключ от двери", "oxford kettle badger"})
        CHECK_MESSAGE(will_do(password), password);
}

TEST_CASE("characters are counted, not bytes") {
    CHECK(password_problem("ключотдвери", {}) == "Password must be 12 characters or more"); // 11
    CHECK_FALSE(password_problem("ключиотдвери", {}));                                      // 12
    std::string long_one;
    while (long_one.size() < 1000)
        long_one += "coffee tin ";
    CHECK_FALSE(password_problem(long_one.substr(0, 1000), {}));
    CHECK(password_problem(long_one.substr(0, 1000) + "x", {}) ==
          "Password must be 1,000 characters or fewer");
}

TEST_CASE("common passwords and patterns are refused") {
    for (const char *password :
         {"password1234", "Password2026!", "P@ssw0rd2026", "passwordpassword", "MyPassword123!",
          "welcome12345", "qwertyuiop123", "1q2w3e4r5t6y", "Summer2026!!!", "iloveyou2026",
          "aaaaaaaaaaaa", "121212121212", "123456789012", "987654321098", "abcdefghijkl",
          "CorrectHorseBatteryStaple", "administrator", "letmeinletmein"})
        CHECK_MESSAGE(!will_do(password), password);
}

TEST_CASE("names to do with the person and the partnership are refused") {
    for (const char *password :
         {"JaneSmithson1", "jane.smithson@oxford.example", "Smithson-2026", "oxfordoxford1",
          "Oxford Safer Communities", "wardmote2026!", "Sm1thson!!2026"})
        CHECK_MESSAGE(!will_do(password), password);
}

TEST_CASE("a password matches its own hash and no other") {
    const std::string hash = hash_password("coffee tin window");
    CHECK(hash.starts_with("$argon2id$v=19$m=65536,t=3,p=1$"));
    CHECK(hash.size() <= 127);
    CHECK(password_matches(hash, "coffee tin window"));
    CHECK_FALSE(password_matches(hash, "coffee tin windows"));
    CHECK_FALSE(password_matches(hash, ""));
    CHECK_FALSE(password_matches(std::string{"not a hash"}, "coffee tin window"));
    CHECK(hash_password("coffee tin window") != hash); // another salt
    CHECK_FALSE(needs_rehash(hash));
}

TEST_CASE("hashes of the reference implementation are read, and those of weaker limits renewed") {
    // From the tests of the reference implementation: phc-winner-argon2, test.c.
    const std::string theirs = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$"
                               "CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
    CHECK(password_matches(theirs, "password"));
    CHECK_FALSE(password_matches(theirs, "passwore"));
    CHECK(needs_rehash(theirs));
}

TEST_CASE("finding that there is no such person takes as long as a wrong password") {
    const auto seconds = [](const auto &work) {
        const auto begun = std::chrono::steady_clock::now();
        work();
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
    };
    const std::string hash = hash_password("coffee tin window");
    const double known = seconds([&] { CHECK_FALSE(password_matches(hash, "wrong")); });
    const double unknown = seconds([&] { CHECK_FALSE(password_matches(std::nullopt, "wrong")); });
    MESSAGE("a password is checked in ", known * 1000, " ms");
    CHECK(unknown >
          known / 4); // wide, for a busy machine: without the work it would be a thousandth
}
