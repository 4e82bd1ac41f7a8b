#include "platform/access/recovery.hpp"

#include <regex>
#include <set>

#include <doctest/doctest.h>

using namespace wardmote::access;

TEST_CASE("ten recovery codes are made, each of sixteen letters, none like another") {
    const std::regex form{"([0-9a-hjkmnp-tv-z]{4}-){3}[0-9a-hjkmnp-tv-z]{4}"};
    std::set<std::string> all;
    std::set<char> letters;
    for (int i = 0; i < 20; ++i) {
        const auto codes = make_recovery_codes();
        CHECK(codes.size() == 10);
        for (const std::string &code : codes) {
            CHECK_MESSAGE(std::regex_match(code, form), code);
            letters.insert(code.begin(), code.end());
            all.insert(code);
        }
    }
    CHECK(all.size() == 200);
    CHECK(letters.size() == 33); // 32 letters and the dash: 3,200 draws miss none
}

TEST_CASE("a code is known however it is typed") {
    const std::string hash = recovery_code_hash("k7m2-9xqp-0d1t-w8hz");
    CHECK(hash.size() == 64);
    for (const char *typed : {"K7M2-9XQP-0D1T-W8HZ", "k7m29xqp0d1tw8hz", " k7m2 9xqp od1t w8hz ",
                              "k7m2-9xqp-Odlt-w8hz", "k7m2-9xqp-0dIt-w8hz"})
        CHECK_MESSAGE(recovery_code_hash(typed) == hash, typed);
    for (const char *typed : {"", "k7m2-9xqp-0d1t-w8h", "k7m2-9xqp-0d1t-w8hy"})
        CHECK_MESSAGE(recovery_code_hash(typed) != hash, typed);
}

TEST_CASE("the hash is BLAKE2b of 256 bits") {
    // Computed with Python: hashlib.blake2b(b"k7m29xqp0d1tw8hz", digest_size=32).hexdigest()
    CHECK(recovery_code_hash("k7m2-9xqp-0d1t-w8hz") ==
          "d26c14737832bb47c171fd93dc60f1f75b51fec620defbf33b13755e75c8cb91");
}
