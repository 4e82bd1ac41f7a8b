#include "engine/lake/store.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <random>
#include <set>
#include <sstream>
#include <stdexcept>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

#include "engine/lake/import.hpp"

namespace wardmote::lake {

namespace fs = std::filesystem;

namespace {

[[noreturn]] void fail(const std::string &where) {
    throw std::runtime_error{write_sentence(where, errno)};
}

std::string manifest_path(const std::string &store, const std::string &id) {
    return store + "/manifests/" + id + ".json";
}

std::string letters() {
    static constexpr std::string_view alphabet = "abcdefghijklmnopqrstuvwxyz";
    std::random_device random;
    std::string text;
    for (int i = 0; i < 8; ++i) {
        text += alphabet[random() % alphabet.size()];
    }
    return text;
}

void make_folder(const std::string &path) {
    std::error_code error;
    fs::create_directories(path, error);
    if (error) {
        throw std::runtime_error{write_sentence(path, error.value())};
    }
}

void sync(const std::string &path, int flags) {
    const Descriptor file{open(path.c_str(), flags | O_CLOEXEC)};
    if (file.get() < 0 || fsync(file.get()) != 0) {
        fail(path);
    }
}

void sync_file(const std::string &path) {
    sync(path, O_RDONLY);
}
void sync_folder(const std::string &path) {
    sync(path, O_RDONLY | O_DIRECTORY);
}

void move(const std::string &from, const std::string &to) {
    if (rename(from.c_str(), to.c_str()) != 0) {
        fail(to);
    }
}

void write_text(const std::string &path, const std::string &text) {
    const Descriptor file{open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666)};
    if (file.get() < 0) {
        fail(path);
    }
    for (std::size_t done = 0; done < text.size();) {
        const ssize_t written = write(file.get(), text.data() + done, text.size() - done);
        if (written < 0 && errno != EINTR) {
            fail(path);
        }
        done += written > 0 ? static_cast<std::size_t>(written) : 0;
    }
    if (fsync(file.get()) != 0) {
        fail(path);
    }
}

/// Held while files and their manifest change places, so that a sweep never sees one without the
/// other.
class Lock {
public:
    explicit Lock(const std::string &store)
        : m_file{open((store + "/lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666)} {
        if (m_file.get() < 0) {
            fail(store);
        }
        while (flock(m_file.get(), LOCK_EX) != 0) {
            if (errno != EINTR) {
                fail(store);
            }
        }
    }

private:
    Descriptor m_file;
};

void remove_quietly(const std::string &path) {
    std::error_code ignored;
    fs::remove(path, ignored);
}

/// Moves a staged file to its place under a name nobody else has; returns that name, relative to
/// the store.
std::string settle(const std::string &store, const std::string &staged, const std::string &folder,
                   const std::string &name) {
    if (staged.empty()) {
        return {};
    }
    make_folder(store + "/" + folder);
    const std::string place = folder + "/" + name;
    move(staged, store + "/" + place);
    sync_folder(store + "/" + folder);
    return place;
}

std::string data_name(const Manifest &manifest) {
    return fmt::format("{}-{}.parquet", manifest.id, letters());
}

std::set<std::string> spoken_of(const std::string &store) {
    std::set<std::string> files;
    for (const Manifest &manifest : manifests(store)) {
        files.insert(manifest.data);
        files.insert(manifest.quarantine);
    }
    return files;
}

} // namespace

Descriptor::~Descriptor() {
    if (m_number >= 0) {
        close(m_number);
    }
}

Descriptor::Descriptor(Descriptor &&other) noexcept
    : m_number{std::exchange(other.m_number, -1)} {}

Descriptor &Descriptor::operator=(Descriptor &&other) noexcept {
    std::swap(m_number, other.m_number);
    return *this;
}

std::string write_sentence(const std::string &where, int error) {
    if (error == ENOSPC || error == EDQUOT) {
        return fmt::format(
            "{}: the disk is full. Free some space and run the import again; what was "
            "imported before is whole.",
            where);
    }
    if (error == EACCES || error == EPERM || error == EROFS) {
        return fmt::format(
            "{}: cannot be written to ({}). Give yourself the right to write there, or "
            "name another folder.",
            where, std::strerror(error));
    }
    return fmt::format("{}: cannot be written ({}).", where, std::strerror(error));
}

std::string read_text(const std::string &path) {
    std::ifstream file{path, std::ios::binary};
    std::stringstream text;
    text << file.rdbuf();
    if (!file) {
        throw std::runtime_error{fmt::format("{}: cannot be read.", path)};
    }
    return text.str();
}

Staging::Staging(const std::string &store)
    : m_lock{-1} {
    for (const char *folder : {"data", "quarantine", "manifests", "staging"}) {
        make_folder(store + "/" + folder);
    }
    // Made and locked under the store's lock: a sweep cannot come between.
    const Lock lock{store};
    m_folder = fmt::format("{}/staging/{}-{}", store, getpid(), letters());
    make_folder(m_folder);
    Descriptor file{open(path("alive").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666)};
    if (file.get() < 0 || flock(file.get(), LOCK_EX | LOCK_NB) != 0) {
        fail(m_folder);
    }
    m_lock = std::move(file);
}

Staging::~Staging() {
    std::error_code ignored;
    fs::remove_all(m_folder, ignored);
}

bool commit(const std::string &store, Manifest &manifest, const std::string &staged_data,
            const std::string &staged_quarantine) {
    for (const std::string &staged : {staged_data, staged_quarantine}) {
        if (!staged.empty()) {
            sync_file(staged);
        }
    }
    const Lock lock{store};
    if (has_manifest(store, manifest.id)) {
        remove_quietly(staged_data);
        remove_quietly(staged_quarantine);
        return false;
    }
    const std::string staged_manifest =
        fs::path{staged_data}.parent_path() / (manifest.id + ".json.new");
    manifest.data = settle(store, staged_data, "data/" + manifest.dataset, data_name(manifest));
    manifest.quarantine =
        settle(store, staged_quarantine, "quarantine",
               fmt::format("{}-{}-{}.csv", manifest.dataset, manifest.id, letters()));
    write_text(staged_manifest, manifest.to_json());
    const std::string place = manifest_path(store, manifest.id);
    if (link(staged_manifest.c_str(), place.c_str()) != 0) {
        fail(place);
    }
    remove_quietly(staged_manifest);
    sync_folder(store + "/manifests");
    return true;
}

bool replace_data(const std::string &store, const Manifest &before, Manifest &after,
                  const std::string &staged_data) {
    sync_file(staged_data);
    const Lock lock{store};
    if (!has_manifest(store, before.id) ||
        read_manifest(store, before.id).to_json() != before.to_json()) {
        remove_quietly(staged_data);
        return false;
    }
    const std::string staged_manifest =
        fs::path{staged_data}.parent_path() / (after.id + ".json.new");
    after.data = settle(store, staged_data, "data/" + after.dataset, data_name(after));
    write_text(staged_manifest, after.to_json());
    // Its age counts from now, so that the next sweep leaves it to whoever still reads it.
    utimensat(AT_FDCWD, (store + "/" + before.data).c_str(), nullptr, 0);
    move(staged_manifest, manifest_path(store, after.id));
    sync_folder(store + "/manifests");
    return true;
}

std::size_t sweep(const std::string &store, int minutes) {
    const Lock lock{store};
    std::size_t gone = 0;
    for (const auto &entry : fs::directory_iterator{store + "/staging"}) {
        const Descriptor alive{open((entry.path() / "alive").c_str(), O_RDWR | O_CLOEXEC)};
        if (alive.get() < 0 || flock(alive.get(), LOCK_EX | LOCK_NB) == 0) {
            std::error_code ignored;
            gone += fs::remove_all(entry.path(), ignored);
        }
    }
    const auto now = fs::file_time_type::clock::now();
    for (const std::string &orphan : orphans(store)) {
        std::error_code error;
        const auto touched = fs::last_write_time(store + "/" + orphan, error);
        if (!error && now - touched >= std::chrono::minutes{minutes} &&
            fs::remove(store + "/" + orphan, error)) {
            ++gone;
        }
    }
    return gone;
}

std::vector<std::string> orphans(const std::string &store) {
    const std::set<std::string> known = spoken_of(store);
    std::vector<std::string> found;
    for (const char *folder : {"data", "quarantine"}) {
        if (!fs::is_directory(store + "/" + folder)) {
            continue;
        }
        for (const auto &entry : fs::recursive_directory_iterator{store + "/" + folder}) {
            const std::string name = fs::relative(entry.path(), store).string();
            if (entry.is_regular_file() && !known.contains(name)) {
                found.push_back(name);
            }
        }
    }
    std::sort(found.begin(), found.end());
    return found;
}

bool has_manifest(const std::string &store, const std::string &id) {
    return fs::exists(manifest_path(store, id));
}

Manifest read_manifest(const std::string &store, const std::string &id) {
    const std::string path = manifest_path(store, id);
    return Manifest::from_json(read_text(path), path);
}

std::vector<Manifest> manifests(const std::string &store) {
    std::vector<Manifest> all;
    if (fs::is_directory(store + "/manifests")) {
        for (const auto &entry : fs::directory_iterator{store + "/manifests"}) {
            if (entry.path().extension() == ".json") {
                all.push_back(
                    Manifest::from_json(read_text(entry.path().string()), entry.path().string()));
            }
        }
    }
    const auto order = [](const Manifest &manifest) {
        return std::tuple{std::string_view{manifest.dataset},
                          std::string_view{manifest.owner},
                          manifest.covers ? manifest.covers->first().index() : 0,
                          manifest.received,
                          manifest.imported,
                          std::string_view{manifest.id}};
    };
    std::sort(all.begin(), all.end(),
              [&](const Manifest &a, const Manifest &b) { return order(a) < order(b); });
    return all;
}

} // namespace wardmote::lake
