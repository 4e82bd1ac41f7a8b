#include "platform/record/file_type.hpp"

#include <magic.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <mutex>
#include <stdexcept>

#include <fmt/format.h>

#include "engine/core/text.hpp"

namespace wardmote::record {

namespace {

/// How far libmagic's answer settles what is inside.
enum class Inside {
    exact,  ///< it must be one of `content`
    office, ///< or a ZIP file with the table of contents of Office Open XML
    text,   ///< any text but a program or a page, which it tells from text by guessing
};

/// A kind of file that may be kept, by its extension.
struct Accepted {
    std::string_view extension;
    FileType is;
    std::string_view content; ///< libmagic's answers, divided by spaces
    Inside inside = Inside::exact;
};

// Old Office files and Outlook messages are one container, which libmagic cannot always tell apart.
constexpr std::string_view word = "application/msword application/CDFV2 application/x-ole-storage";
constexpr std::string_view excel =
    "application/vnd.ms-excel application/CDFV2 application/x-ole-storage";
constexpr std::string_view powerpoint =
    "application/vnd.ms-powerpoint application/CDFV2 application/x-ole-storage";
constexpr std::string_view outlook =
    "application/vnd.ms-outlook application/CDFV2 application/x-ole-storage";
constexpr std::string_view docx =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
constexpr std::string_view xlsx =
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
constexpr std::string_view pptx =
    "application/vnd.openxmlformats-officedocument.presentationml.presentation";
constexpr std::string_view odt = "application/vnd.oasis.opendocument.text";
constexpr std::string_view ods = "application/vnd.oasis.opendocument.spreadsheet";
constexpr std::string_view odp = "application/vnd.oasis.opendocument.presentation";

constexpr auto accepted = std::to_array<Accepted>({
    {"pdf", {"application/pdf", "a PDF"}, "application/pdf"},
    {"docx", {docx, "a Word document"}, docx, Inside::office},
    {"xlsx", {xlsx, "an Excel workbook"}, xlsx, Inside::office},
    {"pptx", {pptx, "a PowerPoint presentation"}, pptx, Inside::office},
    {"doc", {"application/msword", "a Word document"}, word},
    {"xls", {"application/vnd.ms-excel", "an Excel workbook"}, excel},
    {"ppt", {"application/vnd.ms-powerpoint", "a PowerPoint presentation"}, powerpoint},
    {"odt", {odt, "an OpenDocument text"}, odt},
    {"ods", {ods, "an OpenDocument spreadsheet"}, ods},
    {"odp", {odp, "an OpenDocument presentation"}, odp},
    {"rtf", {"application/rtf", "a rich text document"}, "text/rtf application/rtf"},
    {"txt", {"text/plain; charset=utf-8", "a text file"}, "text/plain", Inside::text},
    {"csv", {"text/csv; charset=utf-8", "a CSV file"}, "text/csv application/csv", Inside::text},
    {"eml", {"message/rfc822", "an e-mail"}, "message/rfc822", Inside::text},
    {"msg", {"application/vnd.ms-outlook", "an Outlook message"}, outlook},
    {"png", {"image/png", "a PNG picture"}, "image/png"},
    {"jpg", {"image/jpeg", "a JPEG picture"}, "image/jpeg"},
    {"jpeg", {"image/jpeg", "a JPEG picture"}, "image/jpeg"},
    {"gif", {"image/gif", "a GIF picture"}, "image/gif"},
    {"webp", {"image/webp", "a WebP picture"}, "image/webp"},
    {"heic", {"image/heic", "a HEIC picture"}, "image/heic image/heif"},
    {"mp3", {"audio/mpeg", "an MP3 recording"}, "audio/mpeg"},
    {"m4a", {"audio/mp4", "an M4A recording"}, "audio/x-m4a audio/mp4 video/mp4"},
    {"wav", {"audio/wav", "a WAV recording"}, "audio/x-wav audio/wav"},
    {"ogg", {"audio/ogg", "an Ogg recording"}, "audio/ogg video/ogg application/ogg"},
    {"mp4", {"video/mp4", "an MP4 film"}, "video/mp4"},
    {"mov", {"video/quicktime", "a QuickTime film"}, "video/quicktime"},
    {"webm", {"video/webm", "a WebM film"}, "video/webm"},
    {"avi", {"video/x-msvideo", "an AVI film"}, "video/x-msvideo"},
    {"zip", {"application/zip", "a ZIP file"}, "application/zip"},
});

// Text that something would run.
constexpr std::string_view programs =
    "text/html text/xml text/javascript text/x-shellscript text/x-script.python text/x-python "
    "text/x-perl text/x-php text/x-ruby text/x-lua text/x-tcl text/x-gawk text/x-nawk text/x-awk "
    "text/x-msdos-batch text/x-powershell text/vbscript";

bool listed(std::string_view list, std::string_view word_) {
    for (std::size_t at = list.find(word_); at != std::string_view::npos;
         at = list.find(word_, at + 1)) {
        const auto end = at + word_.size();
        if ((at == 0 || list[at - 1] == ' ') && (end == list.size() || list[end] == ' ')) {
            return true;
        }
    }
    return false;
}

/// What libmagic finds: "application/pdf".
std::string content_of(std::string_view bytes) {
    // Its database is large and its handle serves one caller at a time, briefly: one for all.
    static std::mutex mutex;
    static const std::unique_ptr<magic_set, decltype(&magic_close)> magic{
        magic_open(MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS), magic_close};
    const std::lock_guard lock{mutex};
    static const bool loaded = magic != nullptr && magic_load(magic.get(), nullptr) == 0;
    if (!loaded) {
        throw std::runtime_error("libmagic has no database to tell files by");
    }
    const auto *type = magic_buffer(magic.get(), bytes.data(), bytes.size());
    return type == nullptr ? "" : type;
}

bool fits(const Accepted &kind, const std::string &content, std::string_view bytes) {
    if (listed(kind.content, content)) {
        return true;
    }
    switch (kind.inside) {
    case Inside::exact:
        return false;
    case Inside::office:
        return (content == "application/zip" || content == "application/octet-stream") &&
               bytes.starts_with("PK\3\4") &&
               bytes.find("[Content_Types].xml") != std::string_view::npos;
    case Inside::text:
        return content.starts_with("text/") && !listed(programs, content);
    }
    return false;
}

std::string_view extension_of(std::string_view name) {
    const auto dot = name.rfind('.');
    return dot == std::string_view::npos ? "" : name.substr(dot + 1);
}

/// The length of the UTF-8 character that `text` begins with, and its code point; 0: it is none.
std::pair<std::size_t, char32_t> character(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte(0);
    const std::size_t length = first < 0x80             ? 1
                               : (first & 0xE0) == 0xC0 ? 2
                               : (first & 0xF0) == 0xE0 ? 3
                               : (first & 0xF8) == 0xF0 ? 4
                                                        : 0;
    if (length == 0 || length > text.size()) {
        return {0, 0};
    }
    char32_t point = length == 1 ? first : first & (0x7FU >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0) != 0x80) {
            return {0, 0};
        }
        point = (point << 6U) | (byte(i) & 0x3FU);
    }
    constexpr std::array<char32_t, 5> least{0, 0, 0x80, 0x800, 0x10000};
    const bool surrogate = point >= 0xD800 && point <= 0xDFFF;
    return point < least[length] || point > 0x10FFFF || surrogate ? std::pair{std::size_t{0}, U'\0'}
                                                                  : std::pair{length, point};
}

/// Control characters, those that stand for nothing, and those that turn text around, so that a
/// name could look like another.
bool hidden(char32_t point) {
    return point < 0x20 || (point >= 0x7F && point < 0xA0) ||
           (point >= 0x200B && point <= 0x200F) || (point >= 0x2028 && point <= 0x202E) ||
           (point >= 0x2060 && point <= 0x206F) || point == 0xFEFF;
}

} // namespace

std::variant<FileType, std::string> file_type(std::string_view name, std::string_view bytes) {
    if (bytes.empty()) {
        return "The file is empty. Choose a file that has something in it.";
    }
    const auto extension = core::lower(extension_of(name));
    const auto kind = std::ranges::find(accepted, extension, &Accepted::extension);
    if (kind == accepted.end()) {
        return "This kind of file cannot be kept. Choose a PDF, a Word, Excel, PowerPoint or "
               "OpenDocument file, a picture, a text or CSV file, an e-mail, a recording, a film "
               "or a ZIP file.";
    }
    if (!fits(*kind, content_of(bytes), bytes)) {
        return fmt::format("The file’s name says that it is {}, but what is in it is something "
                           "else. Save it again as {}, or choose another file.",
                           kind->is.words, kind->is.words);
    }
    return kind->is;
}

std::string accepted_files() {
    std::string list;
    for (const auto &kind : accepted) {
        list += fmt::format("{}.{}", list.empty() ? "" : ",", kind.extension);
    }
    return list;
}

std::string clean_file_name(std::string_view name) {
    constexpr std::size_t most = 150;
    if (const auto slash = name.find_last_of("/\\"); slash != std::string_view::npos) {
        name.remove_prefix(slash + 1);
    }
    std::string clean;
    while (!name.empty()) {
        const auto [length, point] = character(name);
        if (length != 0 && !hidden(point)) {
            clean += name.substr(0, length);
        }
        name.remove_prefix(std::max<std::size_t>(length, 1));
    }
    clean = core::trim(clean);
    clean.erase(0, std::min(clean.find_first_not_of(". "), clean.size()));
    if (clean.size() > most) {
        const auto dot = clean.rfind('.');
        const auto tail = dot != std::string::npos && clean.size() - dot <= 10 ? clean.substr(dot)
                                                                               : std::string{};
        auto end = most - tail.size();
        while ((static_cast<unsigned char>(clean[end]) & 0xC0) == 0x80) {
            --end; // not in the middle of a character
        }
        clean = clean.substr(0, end) + tail;
    }
    return clean.empty() ? "file" : clean;
}

} // namespace wardmote::record
