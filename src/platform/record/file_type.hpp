/// Which files may be kept, told by what is in them (libmagic) and not by their name alone.
#pragma once

#include <string>
#include <string_view>
#include <variant>

namespace wardmote::record {

/// A kind of file that may be kept.
struct FileType {
    std::string_view type;  ///< as it is served: "application/pdf"
    std::string_view words; ///< "a PDF"
};

/// What the file is, or a sentence that says why it cannot be kept: its kind is not one of those
/// that may be, or its content is not what its name says.
std::variant<FileType, std::string> file_type(std::string_view name, std::string_view bytes);

/// The extensions that are accepted, for a form's `accept`: ".pdf,.docx,...".
std::string accepted_files();

/// A file name without folders, control characters or marks that turn text around, of 150 bytes at
/// most with its extension kept; "file" when nothing is left.
std::string clean_file_name(std::string_view name);

} // namespace wardmote::record
