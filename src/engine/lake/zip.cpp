#include "engine/lake/bytes.hpp"

#include <fmt/core.h>
#include <zip.h>

#include <stdexcept>

namespace wardmote::lake {

namespace {

/// An archive opened for reading.
class Archive {
public:
    explicit Archive(const std::string &path)
        : m_path{path} {
        int code = 0;
        m_archive = zip_open(path.c_str(), ZIP_RDONLY | ZIP_CHECKCONS, &code);
        if (m_archive == nullptr) {
            zip_error_t error;
            zip_error_init_with_code(&error, code);
            const std::string detail = zip_error_strerror(&error);
            zip_error_fini(&error);
            throw std::runtime_error{fmt::format(
                "{}: the zip archive is damaged or cut short ({}). Fetch it again.", path, detail)};
        }
    }
    Archive(const Archive &) = delete;
    Archive &operator=(const Archive &) = delete;
    ~Archive() { zip_discard(m_archive); }

    zip_t *get() const { return m_archive; }
    const std::string &path() const { return m_path; }

private:
    std::string m_path;
    zip_t *m_archive = nullptr;
};

class MemberSource final : public ByteSource {
public:
    MemberSource(const std::string &path, const ZipMember &member)
        : m_archive{path}
        , m_member{member} {
        zip_stat_t status;
        if (zip_stat_index(m_archive.get(), member.index, 0, &status) == 0 &&
            (status.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 &&
            status.encryption_method != ZIP_EM_NONE) {
            throw std::runtime_error{
                fmt::format("{}: {} is locked with a password. Unpack the archive and import the "
                            "folder.",
                            path, member.name)};
        }
        m_file = zip_fopen_index(m_archive.get(), member.index, 0);
        if (m_file == nullptr) {
            refuse(zip_strerror(m_archive.get()));
        }
    }
    MemberSource(const MemberSource &) = delete;
    MemberSource &operator=(const MemberSource &) = delete;
    ~MemberSource() override { zip_fclose(m_file); }

    std::size_t read(char *bytes, std::size_t size) override {
        const zip_int64_t got = zip_fread(m_file, bytes, size);
        if (got < 0) {
            refuse(zip_error_strerror(zip_file_get_error(m_file)));
        }
        m_given += static_cast<std::uint64_t>(got);
        // zip_fread checks the CRC only when the end is read; a short member would pass unseen.
        if (got == 0 && m_given != m_member.bytes) {
            refuse("it ends early");
        }
        return static_cast<std::size_t>(got);
    }
    std::uint64_t consumed() const override {
        return m_member.bytes == 0
                   ? m_member.compressed
                   : static_cast<std::uint64_t>(static_cast<double>(m_member.compressed) *
                                                static_cast<double>(m_given) /
                                                static_cast<double>(m_member.bytes));
    }

private:
    [[noreturn]] void refuse(std::string_view detail) const {
        throw std::runtime_error{
            fmt::format("{}: {} in the zip archive is damaged ({}). Fetch the archive again.",
                        m_archive.path(), m_member.name, detail)};
    }

    Archive m_archive;
    ZipMember m_member;
    zip_file_t *m_file = nullptr;
    std::uint64_t m_given = 0;
};

} // namespace

std::vector<ZipMember> zip_members(const std::string &path) {
    const Archive archive{path};
    std::vector<ZipMember> members;
    const zip_int64_t count = zip_get_num_entries(archive.get(), 0);
    for (zip_int64_t i = 0; i < count; ++i) {
        zip_stat_t status;
        const auto index = static_cast<zip_uint64_t>(i);
        if (zip_stat_index(archive.get(), index, 0, &status) != 0 || status.name == nullptr) {
            continue;
        }
        const std::string name = status.name;
        if (name.empty() || name.back() == '/' || name.rfind("__MACOSX/", 0) == 0) {
            continue;
        }
        members.push_back({name, index, status.size, status.comp_size});
    }
    return members;
}

std::unique_ptr<ByteSource> open_member(const std::string &path, const ZipMember &member) {
    return decompressed(path + ": " + member.name, std::make_unique<MemberSource>(path, member));
}

} // namespace wardmote::lake
