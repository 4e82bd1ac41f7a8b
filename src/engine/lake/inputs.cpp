#include "engine/lake/inputs.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "engine/core/text.hpp"
#include "engine/lake/csv.hpp"
#include "engine/lake/lookups.hpp"

namespace wardmote::lake {

namespace fs = std::filesystem;

namespace {

std::string without_gz(std::string name) {
    if (core::lower(name).ends_with(".gz")) {
        name.resize(name.size() - 3);
    }
    return name;
}

std::string base_name(const std::string &path) {
    return without_gz(fs::path{path}.filename().string());
}

/// Files that belong to a shapefile beside them and are read with it.
bool goes_with_shapefile(const std::string &extension) {
    constexpr std::array parts{".dbf", ".shx", ".prj", ".cpg", ".sbn", ".sbx", ".qmd"};
    return std::find(parts.begin(), parts.end(), extension) != parts.end();
}

std::string beginning(const Input &input, std::size_t size) {
    const auto source = open_input(input);
    std::string text(size, '\0');
    std::size_t got = 0;
    while (got < size) {
        const std::size_t part = source->read(text.data() + got, size - got);
        if (part == 0) {
            break;
        }
        got += part;
    }
    text.resize(got);
    return text;
}

Input::Kind kind_of_json(const Input &input) {
    const std::string start = beginning(input, 64);
    const std::size_t first = start.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
    return first != std::string::npos && start[first] == '{' ? Input::Kind::boundaries
                                                             : Input::Kind::json;
}

Input::Kind kind_of_table(const Input &input) {
    const auto source = open_text(beginning(input, 16 * 1024));
    CsvReader reader{*source, input.display};
    Row row;
    return reader.next(row) && recognise_lookup(row.fields) ? Input::Kind::lookup
                                                            : Input::Kind::table;
}

void classify(Input &input) {
    const std::string extension = core::lower(fs::path{input.name}.extension().string());
    try {
        if (extension == ".csv" || extension == ".tsv") {
            input.kind = kind_of_table(input);
        } else if (extension == ".json") {
            input.kind = kind_of_json(input);
        } else if (extension == ".geojson" || extension == ".shp" || extension == ".gpkg") {
            input.kind = Input::Kind::boundaries;
        } else if (extension == ".xlsx" || extension == ".ods") {
            input.kind = Input::Kind::spreadsheet;
        } else if (input.asked_for) {
            input.kind = kind_of_table(input);
        }
    } catch (const std::runtime_error &error) {
        input.kind = Input::Kind::table;
        input.problem = error.what();
    }
}

void add_archive(const Input &archive, std::vector<Input> &inputs) {
    std::vector<ZipMember> members;
    try {
        members = zip_members(archive.path);
    } catch (const std::runtime_error &error) {
        inputs.push_back(archive);
        inputs.back().problem = error.what();
        return;
    }
    const bool shapes = std::any_of(members.begin(), members.end(), [](const ZipMember &member) {
        return core::lower(member.name).ends_with(".shp");
    });
    if (shapes) { // GDAL reads a zipped shapefile whole
        inputs.push_back(archive);
        inputs.back().kind = Input::Kind::boundaries;
        return;
    }
    std::sort(members.begin(), members.end(),
              [](const ZipMember &a, const ZipMember &b) { return a.name < b.name; });
    for (const ZipMember &member : members) {
        Input input;
        input.path = archive.path;
        input.member = member;
        input.name = base_name(member.name);
        input.display = archive.display + ": " + member.name;
        input.disk_bytes = member.compressed;
        classify(input);
        inputs.push_back(std::move(input));
    }
}

void add_file(const fs::path &path, bool asked_for, std::vector<Input> &inputs) {
    Input input;
    input.path = input.display = path.string();
    input.name = base_name(input.path);
    input.asked_for = asked_for;
    std::error_code error;
    input.disk_bytes = fs::file_size(path, error);
    const std::string extension = core::lower(path.extension().string());
    if (extension == ".zip") {
        add_archive(input, inputs);
    } else if (asked_for || !goes_with_shapefile(extension)) {
        classify(input);
        inputs.push_back(std::move(input));
    }
}

} // namespace

std::vector<Input> find_inputs(const std::vector<std::string> &paths) {
    std::vector<Input> inputs;
    for (const std::string &path : paths) {
        std::error_code error;
        if (fs::is_directory(path, error)) {
            std::vector<fs::path> files;
            for (fs::recursive_directory_iterator at{path, error}, end; !error && at != end;
                 at.increment(error)) {
                if (at->path().filename().string().front() == '.') {
                    if (at->is_directory(error)) {
                        at.disable_recursion_pending();
                    }
                } else if (at->is_regular_file(error)) {
                    files.push_back(at->path());
                }
            }
            std::sort(files.begin(), files.end());
            for (const fs::path &file : files) {
                add_file(file, false, inputs);
            }
        } else if (fs::exists(path, error)) {
            add_file(path, true, inputs);
        }
        if (error || !fs::exists(path)) {
            Input missing;
            missing.path = missing.display = missing.name = path;
            missing.problem = error
                                  ? fmt::format("{}: cannot be opened: {}.", path, error.message())
                                  : fmt::format("{}: is not there. Check the path.", path);
            inputs.push_back(std::move(missing));
        }
    }
    return inputs;
}

std::unique_ptr<ByteSource> open_input(const Input &input) {
    return input.member ? open_member(input.path, *input.member) : open_file(input.path);
}

std::string on_disk(const Input &input, const std::string &folder) {
    if (!input.member) {
        return input.path;
    }
    const std::string copy = folder + "/" + input.name;
    const auto source = open_input(input);
    std::ofstream file{copy, std::ios::binary};
    std::vector<char> buffer(256 * 1024);
    while (const std::size_t got = source->read(buffer.data(), buffer.size())) {
        file.write(buffer.data(), static_cast<std::streamsize>(got));
    }
    file.close();
    if (!file) {
        throw std::runtime_error{fmt::format("{}: could not be unpacked.", input.display)};
    }
    return copy;
}

} // namespace wardmote::lake
