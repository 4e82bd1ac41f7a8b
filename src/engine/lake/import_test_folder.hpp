/// A folder for a test of the import: files to give, and an evidence store, removed at the end.
#pragma once

#include <unistd.h>
#include <zlib.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "engine/lake/import.hpp"

namespace wardmote::lake {

class TestFolder {
public:
    TestFolder() {
        static int made = 0;
        m_folder = std::filesystem::temp_directory_path() /
                   ("wardmote-import-" + std::to_string(getpid()) + "-" + std::to_string(++made));
        std::filesystem::create_directories(m_folder / "given");
    }
    TestFolder(const TestFolder &) = delete;
    TestFolder &operator=(const TestFolder &) = delete;
    ~TestFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(m_folder, ignored);
    }

    std::string given() const { return (m_folder / "given").string(); }
    std::string path(const std::string &name) const { return given() + "/" + name; }
    std::string store() const { return (m_folder / "evidence").string(); }
    std::string root() const { return m_folder.string(); }

    void write(const std::string &name, const std::string &bytes) const {
        std::ofstream{path(name), std::ios::binary} << bytes;
    }
    void write_gzip(const std::string &name, const std::string &text) const {
        gzFile file = gzopen(path(name).c_str(), "wb");
        gzwrite(file, text.data(), static_cast<unsigned>(text.size()));
        gzclose(file);
    }
    static ImportOptions options() {
        ImportOptions options;
        options.catalogues = {WARDMOTE_SOURCE_DIR "/catalogue"};
        return options;
    }
    ImportReport import(const std::vector<std::string> &paths,
                        const std::string &received = "") const {
        ImportOptions chosen = options();
        if (!received.empty()) {
            chosen.received = core::Instant::parse(received);
        }
        return import_paths(store(), paths, chosen);
    }

private:
    std::filesystem::path m_folder;
};

} // namespace wardmote::lake
