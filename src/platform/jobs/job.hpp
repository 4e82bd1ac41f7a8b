/// What a background job is, and the functions that do its work.
///
/// There are two kinds of work. *In a transaction*: all it does is SQL; its effects and the job's
/// completion are committed together, so they happen exactly once whatever is killed when.
/// *Outside*: it reaches beyond the database (sends an e-mail), so it is done at least once; its
/// job's id is the same at each attempt and is handed on, so that a repeat can be recognised.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <variant>
#include <vector>

#include "platform/db/database.hpp"

namespace wardmote::jobs {

/// A job as its handler sees it.
struct Job {
    std::string id;     ///< the same at each attempt
    std::string tenant; ///< "*": the whole installation
    std::string kind;
    std::string payload;  ///< JSON, as it was added
    int attempt = 1;      ///< 1 at first
    std::stop_token stop; ///< asks to leave off: the program ends, or another worker has the job
};

/// What a handler throws when it could not do its work. The sentence is kept with the job and shown
/// to administrators: it must hold nothing about a person. Of any other exception only that there
/// was one is kept.
struct Failure : std::runtime_error {
    enum class Again { yes, no }; ///< no: trying again cannot help
    explicit Failure(const std::string &sentence, Again again_ = Again::yes)
        : std::runtime_error{sentence}
        , again{again_} {}
    Again again;
};

/// What a handler throws when it left off because `stop` asked it to: the job is given back, and
/// the attempt does not count.
struct GivenBack {};

/// How often a failed job is tried, and how long is waited between: twice as long each time.
struct Retries {
    int most_attempts = 8;
    std::chrono::milliseconds first_wait = std::chrono::seconds{15};
    std::chrono::milliseconds longest_wait = std::chrono::hours{1};
};

/// The wait after the `failed`th attempt. `random` in [0, 1) spreads it over the upper half, so
/// that jobs which failed together do not come back together.
std::chrono::milliseconds wait_after(const Retries &retries, int failed, double random);

using InTransaction = std::function<void(db::Transaction &, const Job &)>;
using Outside = std::function<void(const Job &)>;

struct Handler {
    std::variant<InTransaction, Outside> run;
    Retries retries;
};

/// The handlers of all kinds that this program knows. Jobs of other kinds are left for programs
/// that do.
class Handlers {
public:
    /// `run` works in a transaction of the job's tenant. Like every write it may be run again when
    /// two writes met, and should take seconds at most: others may be waiting for it.
    void in_transaction(const std::string &kind, InTransaction run, Retries retries = {});
    /// `run` is called without a transaction, for as long as it takes.
    void outside(const std::string &kind, Outside run, Retries retries = {});

    const Handler *find(const std::string &kind) const;
    std::vector<std::string> kinds() const;

private:
    std::map<std::string, Handler> m_handlers;
};

} // namespace wardmote::jobs
