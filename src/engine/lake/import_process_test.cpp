#include <doctest/doctest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <map>
#include <random>
#include <string>
#include <thread>

#include "engine/lake/import_test_folder.hpp"
#include "engine/lake/store.hpp"

namespace fs = std::filesystem;
namespace lake = wardmote::lake;
using lake::TestFolder;

namespace {

constexpr int files = 12;

void write_files(const TestFolder &folder) {
    for (int i = 0; i < files; ++i) {
        std::string text = "reference,date,category,ward_code\n";
        for (int row = 0; row < 4000; ++row) {
            text += "C" + std::to_string(row) + "," + (row % 500 == 0 ? "no day" : "2014-04-07") +
                    ",Litter,E05006543\n";
        }
        folder.write("contacts-town" + std::to_string(10 + i) + ".csv", text);
    }
}

pid_t start_import(const TestFolder &folder) {
    const pid_t child = fork();
    if (child == 0) {
        try {
            _exit(folder.import({folder.given()}).ok() ? 0 : 1);
        } catch (...) {
            _exit(2);
        }
    }
    return child;
}

int end_of(pid_t child) {
    int status = 0;
    waitpid(child, &status, 0);
    return status;
}

std::string problems(const lake::Verification &verification) {
    std::string all;
    for (const std::string &problem : verification.problems) {
        all += problem + "\n";
    }
    return all;
}

} // namespace

TEST_CASE("An import killed at any of 20 moments leaves a store that verifies, and is completed by "
          "the next") {
    const TestFolder folder;
    write_files(folder);
    const auto start = std::chrono::steady_clock::now();
    REQUIRE(end_of(start_import(folder)) == 0);
    const auto whole = std::chrono::steady_clock::now() - start;
    fs::remove_all(folder.store());

    std::minstd_rand random{20150202};
    int interrupted = 0;
    // On top of what the killed ones before have left; from nothing once one has come to its end.
    for (int tries = 0; interrupted < 20 && tries < 200; ++tries) {
        const pid_t child = start_import(folder);
        std::this_thread::sleep_for(whole * static_cast<int>(random() % 1000) / 1000);
        kill(child, SIGKILL);
        const bool killed = WIFSIGNALED(end_of(child));
        if (fs::exists(folder.store() + "/manifests")) {
            const auto verification = lake::verify(folder.store());
            CHECK_MESSAGE(verification.ok(), problems(verification));
        }
        if (killed) {
            ++interrupted;
        } else {
            fs::remove_all(folder.store());
        }
    }
    CHECK(interrupted == 20);

    const auto report = folder.import({folder.given()});
    CHECK(report.ok());
    const auto verification = lake::verify(folder.store());
    CHECK_MESSAGE(verification.ok(), problems(verification));
    CHECK(verification.manifests == files);
    CHECK(verification.rows == std::uint64_t{files} * (4000 - 8));
    // Nothing of the dead is left: their staging folders are gone.
    CHECK(fs::is_empty(folder.store() + "/staging"));
    lake::sweep(folder.store(), 0);
    CHECK(lake::orphans(folder.store()).empty());
}

TEST_CASE("Two imports of the same files at one time bring each file in once") {
    const TestFolder folder;
    write_files(folder);
    const pid_t first = start_import(folder);
    const pid_t second = start_import(folder);
    CHECK(end_of(first) == 0);
    CHECK(end_of(second) == 0);
    const auto verification = lake::verify(folder.store());
    CHECK_MESSAGE(verification.ok(), problems(verification));
    CHECK(verification.manifests == files);
    CHECK(verification.rows == std::uint64_t{files} * (4000 - 8));
    CHECK(lake::orphans(folder.store()).empty());
}

TEST_CASE("A sweep leaves the staging folder of a living import alone") {
    const TestFolder folder;
    const lake::Staging alive{folder.store()};
    const pid_t dead = fork();
    if (dead == 0) {
        const lake::Staging staging{folder.store()};
        kill(getpid(), SIGKILL);
    }
    end_of(dead);
    lake::sweep(folder.store());
    CHECK(fs::exists(alive.path("alive")));
    int folders = 0;
    for (const auto &entry : fs::directory_iterator{folder.store() + "/staging"}) {
        folders += entry.is_directory() ? 1 : 0;
    }
    CHECK(folders == 1);
}
