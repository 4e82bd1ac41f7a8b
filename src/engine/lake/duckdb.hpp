/// DuckDB inside the process: a database, connections to it, the rows of a question, Parquet
/// written.
///
/// A thin front on DuckDB's C interface, so that no other file needs that header. Every failure
/// throws std::runtime_error with DuckDB's own sentence.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/core/calendar.hpp"

namespace wardmote::lake {

/// 'it''s': a text as an SQL literal.
std::string sql_text(std::string_view text);
/// ('a', 'b'): texts as a parenthesised list; ('') when there are none is never wanted, so it
/// throws.
std::string sql_list(std::span<const std::string> texts);

/// What a column holds. `date` is days; `small` is INTEGER, `integer` BIGINT.
enum class ColumnType { text, small, integer, real, boolean, date };

struct Column {
    std::string name;
    ColumnType type = ColumnType::text;

    bool operator==(const Column &) const = default;
};

/// The rows that answer a question, read one after another.
///
///     auto rows = connection.query("select ward, count(*) from ...");
///     while (rows.next()) { use(rows.text(0), rows.integer(1)); }
class Result {
public:
    ~Result();
    Result(Result &&) noexcept;
    Result &operator=(Result &&) noexcept;

    /// Moves to the next row; false when there is none. Must be called before the first row is
    /// read.
    bool next();
    std::size_t columns() const;
    std::string column_name(std::size_t column) const;
    bool is_null(std::size_t column) const;
    /// VARCHAR or BLOB; empty when null. Valid until next().
    std::string_view text(std::size_t column) const;
    /// Any integer type (HUGEINT within range, as sum() gives); 0 when null.
    std::int64_t integer(std::size_t column) const;
    /// DOUBLE, FLOAT, DECIMAL or any integer; 0 when null.
    double real(std::size_t column) const;
    bool boolean(std::size_t column) const;
    std::optional<core::Date> date(std::size_t column) const;
    std::optional<double> maybe_real(std::size_t column) const;

private:
    friend class Connection;
    struct State;
    explicit Result(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

/// Up to capacity() rows of columns being filled. A value that is not set is null.
class ChunkWriter {
public:
    virtual ~ChunkWriter() = default;
    virtual std::size_t capacity() const = 0;
    virtual void text(std::size_t column, std::size_t row, std::string_view value) = 0;
    virtual void integer(std::size_t column, std::size_t row,
                         std::int64_t value) = 0; ///< also small
    virtual void real(std::size_t column, std::size_t row, double value) = 0;
    virtual void boolean(std::size_t column, std::size_t row, bool value) = 0;
    virtual void date(std::size_t column, std::size_t row, std::int32_t days_since_1970) = 0;
    /// As text(), for bytes that stay where they are until the next chunk is asked for: not copied.
    virtual void stable_text(std::size_t column, std::size_t row, std::string_view value) = 0;
};

/// Fills a chunk and returns how many rows it wrote; 0 ends. What it throws comes out of
/// write_parquet.
using FillChunk = std::function<std::size_t(ChunkWriter &)>;

/// A value bound to a ? of a question.
using Value = std::variant<std::monostate, std::int64_t, double, std::string>;

/// One line of questions to a database; not to be used by two threads at once.
class Connection {
public:
    ~Connection();
    Connection(Connection &&) noexcept;
    Connection &operator=(Connection &&) noexcept;

    Result query(const std::string &sql);
    Result query(const std::string &sql, std::span<const Value> values);
    void run(const std::string &sql);
    /// Streams rows from `fill` into a zstd-compressed Parquet file at `path`, in order, in bounded
    /// memory. Returns how many rows. `order_by` (SQL, may be empty) sorts them first.
    std::uint64_t write_parquet(std::span<const Column> columns, const FillChunk &fill,
                                const std::string &path, const std::string &order_by = {});

private:
    friend class Database;
    struct State;
    explicit Connection(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

struct DatabaseOptions {
    int threads = 2;
    int memory_megabytes = 512;
};

/// A database in memory.
class Database {
public:
    explicit Database(DatabaseOptions options = {});
    ~Database();
    Database(Database &&) noexcept;
    Database &operator=(Database &&) noexcept;

    Connection connect() const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace wardmote::lake
