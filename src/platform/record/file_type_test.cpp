// Each sample is the beginning that the format's own specification gives, written out by hand.
#include "platform/record/file_type.hpp"

#include <string>
#include <string_view>

#include <doctest/doctest.h>

namespace {

using namespace wardmote::record;
using namespace std::string_literals;

/// A ZIP file's first entry, stored without compression (PKWARE APPNOTE 4.3.7).
std::string zip_entry(const std::string &name, const std::string &bytes) {
    const auto size = static_cast<char>(bytes.size());
    return "PK\3\4\x14\0\0\0\0\0\0\0\x21\0\0\0\0\0"s + size + "\0\0\0"s + size + "\0\0\0"s +
           static_cast<char>(name.size()) + "\0\0\0"s + name + bytes;
}

const auto pdf = "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"s;
const auto png = "\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0\x1F\x15\xC4\x89"s;
const auto jpeg = "\xFF\xD8\xFF\xE0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0\xFF\xDB\0\x43\0"s;
const auto gif = "GIF89a\1\0\1\0\x80\0\0\xFF\xFF\xFF\0\0\0;"s;
const auto webp = "RIFF\x1A\0\0\0WEBPVP8L\r\0\0\0/\0\0\0\x10\7\x10\x11\x11\x88\x88\xFE\7\0"s;
const auto heic = "\0\0\0\x18"
                  "ftypheic\0\0\0\0mif1heic"s;
const auto mp4 = "\0\0\0\x18"
                 "ftypmp42\0\0\0\0mp42isom"s;
const auto wav = "RIFF\x24\0\0\0WAVEfmt \x10\0\0\0\1\0\1\0\x44\xAC\0\0\x88\x58\1\0\2\0\x10\0"
                 "data\0\0\0\0"s;
const auto ogg = "OggS\0\2\0\0\0\0\0\0\0\0\1\0\0\0\0\0\0\0\0\0\0\0\1\x1E\1vorbis\0\0\0\0\1"s;
const auto odt = zip_entry("mimetype", "application/vnd.oasis.opendocument.text");
const auto docx = zip_entry("[Content_Types].xml", "<Types/>") + zip_entry("word/document.xml", "");
// A whole one: the entry, its line in the central directory, and the end of that (4.3.12, 4.3.16).
const auto zip = zip_entry("notes.txt", "notes") +
                 "PK\1\2\x14\0\x14\0\0\0\0\0\0\0\x21\0\0\0\0\0\5\0\0\0\5\0\0\0\t\0\0\0\0\0"
                 "\0\0\0\0\0\0\0\0\0\0\0\0notes.txt"
                 "PK\5\6\0\0\0\0\1\0\1\0\x37\0\0\0\x2C\0\0\0\0\0"s;
const auto email = "Received: from mail.example (mail.example [192.0.2.1])\r\n"
                   "From: a@example.org\r\nTo: b@example.org\r\nSubject: Bins\r\n\r\nHello\r\n"s;
const auto program = "MZ\x90\0\3\0\0\0\4\0\0\0\xFF\xFF\0\0\xB8\0\0\0\0\0\0\0\x40\0\0\0"s;
const auto elf = "\x7F"
                 "ELF\2\1\1\0\0\0\0\0\0\0\0\0\2\0\x3E\0\1\0\0\0"s;
const auto page = "<!DOCTYPE html>\n<html><body><script>alert(1)</script></body></html>\n"s;
const auto svg = "<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>\n"s;

std::string type_of(std::string_view name, std::string_view bytes) {
    const auto found = file_type(name, bytes);
    const auto *type = std::get_if<FileType>(&found);
    return type == nullptr ? "" : std::string{type->type};
}

std::string refused(std::string_view name, std::string_view bytes) {
    const auto found = file_type(name, bytes);
    const auto *words = std::get_if<std::string>(&found);
    return words == nullptr ? "" : *words;
}

} // namespace

TEST_CASE("the kinds of file that may be kept are known by what is in them") {
    CHECK(type_of("minutes.pdf", pdf) == "application/pdf");
    CHECK(type_of("MINUTES.PDF", pdf) == "application/pdf");
    CHECK(type_of("map.png", png) == "image/png");
    CHECK(type_of("street.jpg", jpeg) == "image/jpeg");
    CHECK(type_of("street.JPEG", jpeg) == "image/jpeg");
    CHECK(type_of("map.gif", gif) == "image/gif");
    CHECK(type_of("map.webp", webp) == "image/webp");
    CHECK(type_of("phone.heic", heic) == "image/heic");
    CHECK(type_of("film.mp4", mp4) == "video/mp4");
    CHECK(type_of("call.wav", wav) == "audio/wav");
    CHECK(type_of("call.ogg", ogg) == "audio/ogg");
    CHECK(type_of("letter.odt", odt) == "application/vnd.oasis.opendocument.text");
    CHECK(type_of("letter.docx", docx) ==
          "application/vnd.openxmlformats-officedocument.wordprocessingml.document");
    CHECK(type_of("pack.zip", zip) == "application/zip");
    CHECK(type_of("complaint.eml", email) == "message/rfc822");
    CHECK(type_of("notes.txt", "The gate was open at 9pm.\n") == "text/plain; charset=utf-8");
    CHECK(type_of("notes.txt", "import of bins; £5 \xE2\x80\x94 agreed\n") ==
          "text/plain; charset=utf-8");
    CHECK(type_of("counts.csv", "month,count\n2026-01,3\n2026-02,4\n") ==
          "text/csv; charset=utf-8");
}

TEST_CASE("programs, pages, drawings and scripts are refused, whatever they are called") {
    for (const auto &dangerous : {program, elf, page, svg, "#!/bin/sh\nrm -rf ~\n"s,
                                  "#!/usr/bin/env python3\nprint(1)\n"s}) {
        for (const auto *name : {"a.pdf", "a.txt", "a.csv", "a.png", "a.docx", "a.zip", "a.eml"}) {
            CHECK_MESSAGE(type_of(name, dangerous).empty(), name, ": ", dangerous.substr(0, 20));
        }
    }
    for (const auto *name :
         {"a.exe", "a.html", "a.svg", "a.js", "a.docm", "a.pdf.exe", "a", "pdf"}) {
        CHECK(refused(name, pdf).starts_with("This kind of file cannot be kept."));
    }
}

TEST_CASE("a name that does not fit the content is refused, and the sentence says so") {
    CHECK(refused("minutes.pdf", png) ==
          "The file’s name says that it is a PDF, but what is in it is something else. Save it "
          "again as a PDF, or choose another file.");
    CHECK_FALSE(refused("letter.docx", zip).empty());
    CHECK_FALSE(refused("letter.odt", docx).empty());
    CHECK_FALSE(refused("map.png", jpeg).empty());
    CHECK(refused("nothing.pdf", "") ==
          "The file is empty. Choose a file that has something in it.");
}

TEST_CASE("a file name keeps what people read and loses what could mislead") {
    CHECK(clean_file_name("Minutes 4 May.pdf") == "Minutes 4 May.pdf");
    CHECK(clean_file_name("C:\\Users\\me\\Minutes.pdf") == "Minutes.pdf");
    CHECK(clean_file_name("../../etc/passwd") == "passwd");
    CHECK(clean_file_name(".htaccess") == "htaccess");
    CHECK(clean_file_name("a\r\nSet-Cookie: b.pdf") == "aSet-Cookie: b.pdf");
    CHECK(clean_file_name("invoice\xE2\x80\xAE"
                          "fdp.exe") == "invoicefdp.exe"); // U+202E
    CHECK(clean_file_name("caf\xC3\xA9.pdf") == "caf\xC3\xA9.pdf");
    CHECK(clean_file_name("bad\xFF\xC3.pdf") == "bad.pdf");
    CHECK(clean_file_name("  ") == "file");
    CHECK(clean_file_name("a/") == "file");
    const auto long_name = clean_file_name(std::string(149, 'a') + "\xC3\xA9" + ".docx");
    CHECK(long_name == std::string(145, 'a') + ".docx");
    std::string accents;
    for (int i = 0; i < 100; ++i) {
        accents += "\xC3\xA9";
    }
    CHECK(clean_file_name(accents + ".pdf").size() == 150); // 73 of them, and ".pdf"
    CHECK(clean_file_name("x" + accents + ".pdf").size() == 149);
}
