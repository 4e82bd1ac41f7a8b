#include "platform/web/forms.hpp"

#include <doctest/doctest.h>

namespace wardmote::web {

namespace {

const std::string multipart = "multipart/form-data; boundary=AaB03x";

/// The example of RFC 1867, section 6, with a second file as browsers send several: one part each.
const std::string example = "--AaB03x\r\n"
                            "content-disposition: form-data; name=\"field1\"\r\n\r\n"
                            "Joe Blow\r\n"
                            "--AaB03x\r\n"
                            "content-disposition: form-data; name=\"pics\"; "
                            "filename=\"file1.txt\"\r\n"
                            "Content-Type: text/plain\r\n\r\n"
                            " ... contents of file1.txt ...\r\n"
                            "--AaB03x--\r\n";

std::string part(const std::string &disposition, const std::string &content) {
    return "--AaB03x\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n" + content +
           "\r\n--AaB03x--\r\n";
}

} // namespace

TEST_CASE("a form's fields are decoded in order, as the address's query is") {
    const auto form = parsed_form("application/x-www-form-urlencoded; charset=utf-8",
                                  "title=Rose+Hill&cost=%C2%A35&title=&odd");
    REQUIRE(form);
    const std::vector<std::pair<std::string, std::string>> expected{
        {"title", "Rose Hill"}, {"cost", "\u00a35"}, {"title", ""}, {"odd", ""}};
    CHECK(form->fields == expected);
}

TEST_CASE("a broken escape, bytes that are no text and too many fields make no form") {
    CHECK_FALSE(parsed_urlencoded("a=%zz"));
    CHECK_FALSE(parsed_urlencoded("a=%FF"));
    CHECK_FALSE(parsed_urlencoded("a=%00"));
    CHECK_FALSE(parsed_urlencoded("a=1&b=2&c=3", {.fields = 2}));
    CHECK(parsed_urlencoded("a=1&b=2", {.fields = 2}));
    CHECK_FALSE(parsed_urlencoded("a=12345", {.text_bytes = 4}));
}

TEST_CASE("fields and files come from a multipart form") {
    const auto form = parsed_form(multipart, example);
    REQUIRE(form);
    REQUIRE(form->fields.size() == 1);
    CHECK(form->fields[0] == std::pair<std::string, std::string>{"field1", "Joe Blow"});
    REQUIRE(form->uploads.size() == 1);
    const auto &file = form->uploads[0];
    CHECK(file.field == "pics");
    CHECK(file.file_name == "file1.txt");
    CHECK(file.claimed_type == "text/plain");
    CHECK(file.bytes == " ... contents of file1.txt ...");
    CHECK(file.bytes.data() > example.data()); // nothing was copied
    CHECK(file.bytes.data() < example.data() + example.size());
}

TEST_CASE("a file may hold any bytes, the beginning of a boundary too") {
    const std::string bytes{"\0\r\n--AaB0\r\n--\xff\r\n\r\n", 17};
    const auto form = parsed_form(multipart, part("name=\"f\"; filename=\"a\"", bytes));
    REQUIRE(form);
    CHECK(form->uploads.at(0).bytes == bytes);
}

TEST_CASE("no file chosen is no upload, and an empty file is one") {
    const auto none = parsed_form(multipart, part("name=\"f\"; filename=\"\"", ""));
    REQUIRE(none);
    CHECK(none->uploads.empty());
    const auto empty = parsed_form(multipart, part("name=\"f\"; filename=\"a.txt\"", ""));
    REQUIRE(empty);
    CHECK(empty->uploads.at(0).bytes.empty());
}

TEST_CASE("a file's name loses its folders and what cannot stand in a name") {
    const auto named = [](const std::string &written) {
        return parsed_form(multipart, part("name=\"f\"; filename=\"" + written + "\"", "x"))
            .value()
            .uploads.at(0)
            .file_name;
    };
    CHECK(named("C:\\fakepath\\plan.pdf") == "plan.pdf");
    CHECK(named("../../etc/passwd") == "passwd");
    CHECK(named("a%22b%0D%0A.txt") == "a\"b__.txt"); // as the WHATWG has browsers write it
    CHECK(named("a\\\"b.txt") == "a\"b.txt");        // as curl does
    CHECK(named("Caf\u00e9; 100%.pdf") == "Caf\u00e9; 100%.pdf");
}

TEST_CASE("a multipart form that is broken anywhere is none") {
    for (std::size_t length = 0; length + 4 < example.size(); ++length)
        CHECK_FALSE(parsed_form(multipart, example.substr(0, length)));
    CHECK_FALSE(parsed_form("multipart/form-data", example));
    CHECK_FALSE(parsed_form("multipart/form-data; boundary=" + std::string(71, 'a'), example));
    CHECK_FALSE(parsed_form("multipart/form-data; boundary=AaB03", example));
    CHECK_FALSE(parsed_form(multipart, part("title=\"f\"", "no name")));
    CHECK_FALSE(parsed_form(multipart, part("name=\"f", "no end")));
    CHECK_FALSE(parsed_form(multipart, part("name=\"f\"", "\xff")));
    CHECK_FALSE(parsed_form(multipart, part("name=\"\xff\"", "x")));
    CHECK_FALSE(parsed_form(multipart, "--AaB03x\r\nno colon\r\n\r\nx\r\n--AaB03x--"));
}

TEST_CASE("a form past a limit is none") {
    CHECK(parsed_form(multipart, example, {.fields = 1, .uploads = 1}));
    CHECK_FALSE(parsed_form(multipart, example, {.fields = 0}));
    CHECK_FALSE(parsed_form(multipart, example, {.uploads = 0}));
    CHECK_FALSE(parsed_form(multipart, example, {.part_header_bytes = 60}));
    CHECK_FALSE(parsed_form(multipart, example, {.text_bytes = 7}));
}

TEST_CASE("a body that is no form makes an empty one") {
    const auto form = parsed_form("application/json", "{\"a\":1}");
    REQUIRE(form);
    CHECK(form->fields.empty());
}

TEST_CASE("a header's parameters are read, quoted or not") {
    CHECK(header_parameter("a; Boundary=x ; b=\"y;z\"", "boundary") == "x");
    CHECK(header_parameter("a; boundary=x; b=\"y;z\"", "b") == "y;z");
    CHECK_FALSE(header_parameter("a; boundary=x", "c"));
    CHECK_FALSE(header_parameter("a; b=\"x", "b"));
    CHECK_FALSE(header_parameter("a; b", "b"));
}

} // namespace wardmote::web
