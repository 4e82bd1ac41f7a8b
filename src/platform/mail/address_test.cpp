#include "platform/mail/address.hpp"

#include <string>

#include <doctest/doctest.h>

using wardmote::mail::Address;

TEST_CASE("an address is read as a person types it") {
    const auto address = Address::parse("  jo.bloggs+ward@oxford.example ", " Jo Bloggs ");
    REQUIRE(address);
    CHECK(address->mailbox() == "jo.bloggs+ward@oxford.example");
    CHECK(address->name() == "Jo Bloggs");
    CHECK(address->domain() == "oxford.example");
    CHECK(Address::parse("o'brien@a-b.gov.uk"));
    CHECK(Address::parse("x@xn--bcher-kva.example", "Zoë Bücher"));
}

TEST_CASE("what is not one plain address is refused") {
    for (const char *text : {"",
                             "jo",
                             "@oxford.example",
                             "jo@",
                             "jo@oxford",
                             "jo@@oxford.example",
                             "jo@b@oxford.example",
                             ".jo@oxford.example",
                             "jo.@oxford.example",
                             "j..o@oxford.example",
                             "jo@.example",
                             "jo@oxford..example",
                             "jo@-oxford.example",
                             "jo@oxford-.example",
                             "jo@192.0.2.1",
                             "jo@[192.0.2.1]",
                             "jo bloggs@oxford.example",
                             "Jo <jo@oxford.example>",
                             "jo@oxford.example,mo@oxford.example",
                             "\"jo\"@oxford.example",
                             "jo@oxf\xC3\xB6rd.example",
                             "j\xC3\xB6@oxford.example"})
        CHECK_MESSAGE(!Address::parse(text), text);
}

TEST_CASE("an address and a name can carry no second header") {
    CHECK_FALSE(Address::parse("jo@oxford.example\r\nBcc: all@oxford.example"));
    CHECK_FALSE(Address::parse("jo@oxford.example\nx"));
    CHECK_FALSE(Address::parse(std::string{"jo@oxford.example\0x", 19}));
    CHECK_FALSE(Address::parse("jo@oxford.example", "Jo\r\nBcc: all@oxford.example"));
    CHECK_FALSE(Address::parse("jo@oxford.example", "Jo\nBloggs"));
    CHECK_FALSE(Address::parse("jo@oxford.example", "Jo\xFF"));
}

TEST_CASE("an address is no longer than the post takes") {
    const std::string local(64, 'a');
    const std::string label(63, 'b');
    CHECK(Address::parse(local + "@b.example"));
    CHECK_FALSE(Address::parse('a' + local + "@b.example"));
    CHECK(Address::parse("a@" + label + ".example"));
    CHECK_FALSE(Address::parse("a@b" + label + ".example"));
    const std::string most = local + '@' + label + '.' + label + '.' + std::string(61, 'c'); // 254
    CHECK(Address::parse(most));
    CHECK_FALSE(Address::parse(most + 'c'));
    CHECK_FALSE(Address::parse("jo@oxford.example", std::string(201, 'n')));
}
