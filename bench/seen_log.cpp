// What it costs to log every read: the time of one note, as a share of a page of 5 ms, and how many
// entries a second the ledger takes from the spool. `seen_log [ADDRESS]`, else SQLite in a
// temporary folder.

#include <chrono>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include <fmt/format.h>

#include "platform/access/seen_log.hpp"

using namespace wardmote;

namespace {

constexpr const char *tenant = "0193a5a0-7c1e-7abc-8def-000000000001";
constexpr int notes = 50'000;
constexpr double page_in_microseconds = 5000;

double seconds_of(const auto &work) {
    const auto began = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
}

void measure(access::SeenLog &seen, int threads) {
    const double noting = seconds_of([&] {
        std::vector<std::jthread> all;
        for (int t = 0; t < threads; ++t) {
            all.emplace_back([&seen, threads] {
                for (int i = 0; i < notes / threads; ++i) {
                    seen.note({tenant, "0193a5a0-7c1e-7abc-8def-0000000000aa", "request"},
                              {"view", "document", "0193a5a0-7c1e-7abc-8def-0000000000bb", 0,
                               R"({"shown":25})"});
                }
            });
        }
    });
    const double rest = seconds_of([&] { seen.flush(); });
    const double each = noting / notes * 1e6;
    fmt::print("{} threads: a note takes {:.1f} us, {:.2f} % of a page of 5 ms; {:.0f} entries a "
               "second reach the ledger while and after they are noted\n",
               threads, each, 100 * each / page_in_microseconds, notes / (noting + rest));
}

} // namespace

int main(int count, char *arguments[]) {
    auto folder = (std::filesystem::temp_directory_path() / "wardmote-bench-XXXXXX").string();
    if (mkdtemp(folder.data()) == nullptr) {
        return 1;
    }
    {
        const core::SystemClock clock;
        const auto keys = db::Keys::ephemeral();
        db::Database database{count > 1 ? arguments[1] : "sqlite:" + folder + "/records.sqlite"};
        database.write(db::Scope::everyone(), [](db::Transaction &tx) {
            tx.execute("insert into tenant (id, name, place, created) "
                       "values (:id, 'Bench', 'Bench', '2015-02-02')",
                       {{"id", std::string{tenant}}});
        });
        db::Ledger ledger{keys, folder + "/audit", clock};
        access::SeenLog seen{database, ledger, clock, folder + "/spool"};
        for (const int threads : {1, 2, 8}) {
            measure(seen, threads);
        }
        db::Verification result;
        const double verifying = seconds_of([&] { result = ledger.verify(database); });
        fmt::print("verified {} entries in {:.2f} s, {} findings\n", result.entries, verifying,
                   result.findings.size());
    }
    std::filesystem::remove_all(folder);
}
