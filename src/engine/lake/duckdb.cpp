#include "engine/lake/duckdb.hpp"

#include <duckdb.h>
#include <fmt/core.h>

#include <array>
#include <cmath>
#include <cstring>
#include <exception>
#include <map>
#include <mutex>
#include <stdexcept>

namespace wardmote::lake {

namespace {

[[noreturn]] void fail(const char *sentence) {
    throw std::runtime_error{sentence != nullptr ? sentence : "DuckDB failed without saying why."};
}

duckdb_type type_of(ColumnType type) {
    switch (type) {
    case ColumnType::text:
        return DUCKDB_TYPE_VARCHAR;
    case ColumnType::small:
        return DUCKDB_TYPE_INTEGER;
    case ColumnType::integer:
        return DUCKDB_TYPE_BIGINT;
    case ColumnType::real:
        return DUCKDB_TYPE_DOUBLE;
    case ColumnType::boolean:
        return DUCKDB_TYPE_BOOLEAN;
    case ColumnType::date:
        return DUCKDB_TYPE_DATE;
    }
    return DUCKDB_TYPE_INVALID;
}

/// Bytes that live as long as one chunk.
class Arena {
public:
    char *take(std::size_t size) {
        while (m_block < m_blocks.size() && m_used + size > m_blocks[m_block].size()) {
            ++m_block;
            m_used = 0;
        }
        if (m_block == m_blocks.size()) {
            m_blocks.emplace_back(std::max(size, std::size_t{256 * 1024}));
            m_used = 0;
        }
        char *bytes = m_blocks[m_block].data() + m_used;
        m_used += size;
        return bytes;
    }
    void reset() {
        m_block = 0;
        m_used = 0;
    }

private:
    std::vector<std::vector<char>> m_blocks;
    std::size_t m_block = 0;
    std::size_t m_used = 0;
};

class DuckChunk final : public ChunkWriter {
public:
    explicit DuckChunk(std::span<const Column> columns)
        : m_types(columns.size())
        , m_data(columns.size())
        , m_validity(columns.size()) {
        for (std::size_t i = 0; i < columns.size(); ++i) {
            m_types[i] = columns[i].type;
        }
    }

    void begin(duckdb_data_chunk chunk) {
        m_arena.reset();
        for (std::size_t i = 0; i < m_data.size(); ++i) {
            duckdb_vector vector = duckdb_data_chunk_get_vector(chunk, i);
            duckdb_vector_ensure_validity_writable(vector);
            m_data[i] = duckdb_vector_get_data(vector);
            m_validity[i] = duckdb_vector_get_validity(vector);
            std::memset(m_validity[i], 0, capacity() / 8);
        }
    }

    std::size_t capacity() const override { return duckdb_vector_size(); }

    void text(std::size_t column, std::size_t row, std::string_view value) override {
        if (value.size() > 12) {
            char *bytes = m_arena.take(value.size());
            std::memcpy(bytes, value.data(), value.size());
            value = {bytes, value.size()};
        }
        stable_text(column, row, value);
    }
    void stable_text(std::size_t column, std::size_t row, std::string_view value) override {
        duckdb_string_t string{};
        if (value.size() <= 12) {
            string.value.inlined.length = static_cast<std::uint32_t>(value.size());
            if (!value.empty()) {
                std::memcpy(string.value.inlined.inlined, value.data(), value.size());
            }
        } else {
            string.value.pointer.length = static_cast<std::uint32_t>(value.size());
            std::memcpy(string.value.pointer.prefix, value.data(), 4);
            // DuckDB only reads it; its C type has no const.
            string.value.pointer.ptr = const_cast<char *>(value.data());
        }
        put(column, row, string);
    }
    void integer(std::size_t column, std::size_t row, std::int64_t value) override {
        if (m_types[column] == ColumnType::small) {
            put(column, row, static_cast<std::int32_t>(value));
        } else {
            put(column, row, value);
        }
    }
    void real(std::size_t column, std::size_t row, double value) override {
        put(column, row, value);
    }
    void boolean(std::size_t column, std::size_t row, bool value) override {
        put(column, row, value);
    }
    void date(std::size_t column, std::size_t row, std::int32_t days) override {
        put(column, row, duckdb_date{days});
    }

private:
    template <class T>
    void put(std::size_t column, std::size_t row, T value) {
        static_cast<T *>(m_data[column])[row] = value;
        m_validity[column][row / 64] |= std::uint64_t{1} << (row % 64);
    }

    std::vector<ColumnType> m_types;
    std::vector<void *> m_data;
    std::vector<std::uint64_t *> m_validity;
    Arena m_arena;
};

/// One write_parquet() under way: what the table function `wardmote_rows(id)` gives out.
struct WriteJob {
    std::span<const Column> columns;
    const FillChunk *fill = nullptr;
    DuckChunk chunk;
    std::exception_ptr failure;
};

/// The write jobs of a database by number, so that SQL can name one.
class Jobs {
public:
    std::int64_t add(WriteJob &job) {
        const std::lock_guard lock{m_mutex};
        m_jobs.emplace(++m_last, &job);
        return m_last;
    }
    WriteJob *find(std::int64_t id) {
        const std::lock_guard lock{m_mutex};
        const auto found = m_jobs.find(id);
        return found == m_jobs.end() ? nullptr : found->second;
    }
    void remove(std::int64_t id) {
        const std::lock_guard lock{m_mutex};
        m_jobs.erase(id);
    }

private:
    std::mutex m_mutex;
    std::int64_t m_last = 0;
    std::map<std::int64_t, WriteJob *> m_jobs;
};

void bind_rows(duckdb_bind_info info) {
    duckdb_value parameter = duckdb_bind_get_parameter(info, 0);
    auto *jobs = static_cast<Jobs *>(duckdb_bind_get_extra_info(info));
    WriteJob *job = jobs->find(duckdb_get_int64(parameter));
    duckdb_destroy_value(&parameter);
    if (job == nullptr) {
        duckdb_bind_set_error(info, "wardmote_rows() was given a number that is not a job.");
        return;
    }
    for (const Column &column : job->columns) {
        duckdb_logical_type type = duckdb_create_logical_type(type_of(column.type));
        duckdb_bind_add_result_column(info, column.name.c_str(), type);
        duckdb_destroy_logical_type(&type);
    }
    duckdb_bind_set_bind_data(info, job, nullptr);
}

void give_rows(duckdb_function_info info, duckdb_data_chunk output) {
    auto *job = static_cast<WriteJob *>(duckdb_function_get_bind_data(info));
    try {
        job->chunk.begin(output);
        duckdb_data_chunk_set_size(output, (*job->fill)(job->chunk));
    } catch (...) {
        // An exception may not cross DuckDB's frames: it waits here for write_parquet().
        job->failure = std::current_exception();
        duckdb_data_chunk_set_size(output, 0);
        duckdb_function_set_error(info, "the rows could not be made");
    }
}

} // namespace

std::string sql_text(std::string_view text) {
    std::string literal = "'";
    for (const char c : text) {
        literal += c;
        if (c == '\'') {
            literal += '\'';
        }
    }
    return literal + "'";
}

std::string sql_list(std::span<const std::string> texts) {
    if (texts.empty()) {
        throw std::logic_error{"An SQL list needs a member."};
    }
    std::string list;
    for (const std::string &text : texts) {
        list += (list.empty() ? "(" : ", ") + sql_text(text);
    }
    return list + ")";
}

struct Result::State {
    duckdb_result result{};
    duckdb_data_chunk chunk = nullptr;
    idx_t row = 0;
    idx_t size = 0;
    struct Vector {
        duckdb_type type = DUCKDB_TYPE_INVALID;
        duckdb_type stored = DUCKDB_TYPE_INVALID; ///< of a DECIMAL, how it is kept
        std::uint8_t scale = 0;
        const void *data = nullptr;
        std::uint64_t *validity = nullptr;
    };
    std::vector<Vector> vectors;

    State() = default;
    State(const State &) = delete;
    State &operator=(const State &) = delete;
    ~State() {
        if (chunk != nullptr) {
            duckdb_destroy_data_chunk(&chunk);
        }
        duckdb_destroy_result(&result);
    }

    void describe() {
        vectors.resize(duckdb_column_count(&result));
        for (idx_t i = 0; i < vectors.size(); ++i) {
            vectors[i].type = vectors[i].stored = duckdb_column_type(&result, i);
            if (vectors[i].type == DUCKDB_TYPE_DECIMAL) {
                duckdb_logical_type type = duckdb_column_logical_type(&result, i);
                vectors[i].stored = duckdb_decimal_internal_type(type);
                vectors[i].scale = duckdb_decimal_scale(type);
                duckdb_destroy_logical_type(&type);
            }
        }
    }

    bool next() {
        if (chunk != nullptr && ++row < size) {
            return true;
        }
        if (chunk != nullptr) {
            duckdb_destroy_data_chunk(&chunk);
        }
        chunk = duckdb_fetch_chunk(result);
        if (chunk == nullptr || (size = duckdb_data_chunk_get_size(chunk)) == 0) {
            return false;
        }
        row = 0;
        for (idx_t i = 0; i < vectors.size(); ++i) {
            duckdb_vector vector = duckdb_data_chunk_get_vector(chunk, i);
            vectors[i].data = duckdb_vector_get_data(vector);
            vectors[i].validity = duckdb_vector_get_validity(vector);
        }
        return true;
    }

    bool null(std::size_t column) const {
        auto *validity = vectors.at(column).validity;
        return validity != nullptr && !duckdb_validity_row_is_valid(validity, row);
    }

    template <class T>
    T at(const Vector &vector) const {
        return static_cast<const T *>(vector.data)[row];
    }

    /// Any number as T; a DECIMAL comes unscaled.
    template <class T>
    T number(const Vector &vector) const {
        switch (vector.stored) {
        case DUCKDB_TYPE_BOOLEAN:
            return at<bool>(vector) ? T{1} : T{0};
        case DUCKDB_TYPE_TINYINT:
            return static_cast<T>(at<std::int8_t>(vector));
        case DUCKDB_TYPE_UTINYINT:
            return static_cast<T>(at<std::uint8_t>(vector));
        case DUCKDB_TYPE_SMALLINT:
            return static_cast<T>(at<std::int16_t>(vector));
        case DUCKDB_TYPE_USMALLINT:
            return static_cast<T>(at<std::uint16_t>(vector));
        case DUCKDB_TYPE_INTEGER:
        case DUCKDB_TYPE_DATE:
            return static_cast<T>(at<std::int32_t>(vector));
        case DUCKDB_TYPE_UINTEGER:
            return static_cast<T>(at<std::uint32_t>(vector));
        case DUCKDB_TYPE_BIGINT:
        case DUCKDB_TYPE_TIMESTAMP:
        case DUCKDB_TYPE_TIMESTAMP_TZ:
            return static_cast<T>(at<std::int64_t>(vector));
        case DUCKDB_TYPE_UBIGINT:
            return static_cast<T>(at<std::uint64_t>(vector));
        case DUCKDB_TYPE_HUGEINT:
            return static_cast<T>(duckdb_hugeint_to_double(at<duckdb_hugeint>(vector)));
        case DUCKDB_TYPE_FLOAT:
            return static_cast<T>(at<float>(vector));
        case DUCKDB_TYPE_DOUBLE:
            return static_cast<T>(at<double>(vector));
        default:
            throw std::logic_error{"A column of this type cannot be read as a number."};
        }
    }
};

Result::Result(std::unique_ptr<State> state)
    : m_state{std::move(state)} {}
Result::~Result() = default;
Result::Result(Result &&) noexcept = default;
Result &Result::operator=(Result &&) noexcept = default;

bool Result::next() {
    return m_state->next();
}
std::size_t Result::columns() const {
    return m_state->vectors.size();
}

std::string Result::column_name(std::size_t column) const {
    return duckdb_column_name(&m_state->result, column);
}

bool Result::is_null(std::size_t column) const {
    return m_state->null(column);
}

std::string_view Result::text(std::size_t column) const {
    const State::Vector &vector = m_state->vectors.at(column);
    if (vector.type != DUCKDB_TYPE_VARCHAR && vector.type != DUCKDB_TYPE_BLOB) {
        throw std::logic_error{fmt::format("Column {} is not text.", column_name(column))};
    }
    if (is_null(column)) {
        return {};
    }
    auto *string = static_cast<duckdb_string_t *>(const_cast<void *>(vector.data)) + m_state->row;
    return {duckdb_string_t_data(string), duckdb_string_t_length(*string)};
}

std::int64_t Result::integer(std::size_t column) const {
    const State::Vector &vector = m_state->vectors.at(column);
    if (is_null(column)) {
        return 0;
    }
    if (vector.type == DUCKDB_TYPE_HUGEINT) {
        const auto value = m_state->at<duckdb_hugeint>(vector);
        return static_cast<std::int64_t>(value.lower);
    }
    return vector.scale == 0 ? m_state->number<std::int64_t>(vector)
                             : static_cast<std::int64_t>(std::llround(real(column)));
}

double Result::real(std::size_t column) const {
    const State::Vector &vector = m_state->vectors.at(column);
    return is_null(column) ? 0 : m_state->number<double>(vector) / std::pow(10, vector.scale);
}

std::optional<double> Result::maybe_real(std::size_t column) const {
    return is_null(column) ? std::nullopt : std::optional{real(column)};
}

bool Result::boolean(std::size_t column) const {
    return integer(column) != 0;
}

std::optional<core::Date> Result::date(std::size_t column) const {
    if (is_null(column)) {
        return std::nullopt;
    }
    const std::chrono::days days{m_state->at<duckdb_date>(m_state->vectors.at(column)).days};
    return core::Date{std::chrono::sys_days{days}};
}

struct Database::State {
    duckdb_database database = nullptr;
    Jobs jobs;

    State() = default;
    State(const State &) = delete;
    State &operator=(const State &) = delete;
    ~State() { duckdb_close(&database); }
};

struct Connection::State {
    duckdb_connection connection = nullptr;
    Jobs *jobs = nullptr;

    State() = default;
    State(const State &) = delete;
    State &operator=(const State &) = delete;
    ~State() { duckdb_disconnect(&connection); }
};

Database::Database(DatabaseOptions options)
    : m_state{std::make_unique<State>()} {
    duckdb_config config = nullptr;
    duckdb_create_config(&config);
    duckdb_set_config(config, "threads", std::to_string(options.threads).c_str());
    duckdb_set_config(config, "memory_limit",
                      fmt::format("{}MB", options.memory_megabytes).c_str());
    // Nothing is ever fetched: extensions and remote files are out of the question.
    duckdb_set_config(config, "autoinstall_known_extensions", "false");
    duckdb_set_config(config, "autoload_known_extensions", "false");
    char *error = nullptr;
    const auto state = duckdb_open_ext(":memory:", &m_state->database, config, &error);
    duckdb_destroy_config(&config);
    if (state == DuckDBError) {
        const std::string sentence = error != nullptr ? error : "DuckDB could not be started.";
        duckdb_free(error);
        throw std::runtime_error{sentence};
    }

    Connection connection = connect();
    duckdb_table_function function = duckdb_create_table_function();
    duckdb_table_function_set_name(function, "wardmote_rows");
    duckdb_logical_type number = duckdb_create_logical_type(DUCKDB_TYPE_BIGINT);
    duckdb_table_function_add_parameter(function, number);
    duckdb_destroy_logical_type(&number);
    duckdb_table_function_set_extra_info(function, &m_state->jobs, nullptr);
    duckdb_table_function_set_bind(function, bind_rows);
    duckdb_table_function_set_init(
        function, [](duckdb_init_info info) { duckdb_init_set_max_threads(info, 1); });
    duckdb_table_function_set_function(function, give_rows);
    const auto registered =
        duckdb_register_table_function(connection.m_state->connection, function);
    duckdb_destroy_table_function(&function);
    if (registered == DuckDBError) {
        fail("DuckDB refused the function that gives it rows.");
    }
}
Database::~Database() = default;
Database::Database(Database &&) noexcept = default;
Database &Database::operator=(Database &&) noexcept = default;

Connection Database::connect() const {
    auto state = std::make_unique<Connection::State>();
    state->jobs = &m_state->jobs;
    if (duckdb_connect(m_state->database, &state->connection) == DuckDBError) {
        fail("DuckDB refused a connection.");
    }
    return Connection{std::move(state)};
}

Connection::Connection(std::unique_ptr<State> state)
    : m_state{std::move(state)} {}
Connection::~Connection() = default;
Connection::Connection(Connection &&) noexcept = default;
Connection &Connection::operator=(Connection &&) noexcept = default;

Result Connection::query(const std::string &sql) {
    auto state = std::make_unique<Result::State>();
    if (duckdb_query(m_state->connection, sql.c_str(), &state->result) == DuckDBError) {
        fail(duckdb_result_error(&state->result));
    }
    state->describe();
    return Result{std::move(state)};
}

Result Connection::query(const std::string &sql, std::span<const Value> values) {
    struct Statement {
        duckdb_prepared_statement prepared = nullptr;
        ~Statement() { duckdb_destroy_prepare(&prepared); }
    } statement;
    if (duckdb_prepare(m_state->connection, sql.c_str(), &statement.prepared) == DuckDBError) {
        fail(duckdb_prepare_error(statement.prepared));
    }
    struct Bind {
        duckdb_prepared_statement prepared;
        idx_t index;
        void operator()(std::monostate) const { duckdb_bind_null(prepared, index); }
        void operator()(std::int64_t value) const { duckdb_bind_int64(prepared, index, value); }
        void operator()(double value) const { duckdb_bind_double(prepared, index, value); }
        void operator()(const std::string &value) const {
            duckdb_bind_varchar_length(prepared, index, value.data(), value.size());
        }
    };
    for (idx_t i = 0; i < values.size(); ++i) {
        std::visit(Bind{statement.prepared, i + 1}, values[i]);
    }
    auto state = std::make_unique<Result::State>();
    if (duckdb_execute_prepared(statement.prepared, &state->result) == DuckDBError) {
        fail(duckdb_result_error(&state->result));
    }
    state->describe();
    return Result{std::move(state)};
}

void Connection::run(const std::string &sql) {
    query(sql);
}

std::uint64_t Connection::write_parquet(std::span<const Column> columns, const FillChunk &fill,
                                        const std::string &path, const std::string &order_by) {
    WriteJob job{columns, &fill, DuckChunk{columns}, nullptr};
    const std::int64_t id = m_state->jobs->add(job);
    struct Remove {
        Jobs *jobs;
        std::int64_t id;
        ~Remove() { jobs->remove(id); }
    } const remove{m_state->jobs, id};
    const std::string order = order_by.empty() ? "" : " ORDER BY " + order_by;
    try {
        Result result = query(fmt::format(
            "COPY (SELECT * FROM wardmote_rows({}){}) TO {} (FORMAT parquet, COMPRESSION zstd)", id,
            order, sql_text(path)));
        return result.next() ? static_cast<std::uint64_t>(result.integer(0)) : 0;
    } catch (const std::runtime_error &) {
        if (job.failure) {
            std::rethrow_exception(job.failure);
        }
        throw;
    }
}

} // namespace wardmote::lake
