// Sockets and HTTP. Boost.Beast takes long to compile, so nothing else includes it.
#include "platform/web/server.hpp"

#include <boost/asio.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <atomic>
#include <future>
#include <limits>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <type_traits>
#include <utility>

#include <fmt/format.h>

#include "platform/web/body.hpp"
#include "platform/web/connections.hpp"
#include "platform/web/service.hpp"

namespace wardmote::web {

namespace {

namespace asio = boost::asio;
namespace ssl = boost::asio::ssl;
namespace http = boost::beast::http;
using asio::awaitable;
using asio::use_awaitable;
using asio::ip::tcp;
using boost::system::error_code;
using Time = Service::Clock::time_point;

constexpr std::size_t piece_bytes = 64UL * 1024;   ///< of a body, read or written at once
constexpr std::size_t one_write_bytes = 16 * 1024; ///< a body so short goes with its head

/// What connections share.
struct Shared {
    Shared(Router router, const ServeOptions &options)
        : service{std::move(router), options}
        , held{options.connections_per_remote} {}

    Service service;
    Holdings held; ///< connections, by client
    Connections open;
    std::atomic<std::size_t> waiting = 0; ///< for a handler's thread
    std::atomic<bool> stopping = false;
    asio::thread_pool *handlers = nullptr;
};

/// One connection: requests one after another, so that pipelined ones are answered in order.
template <class Stream>
class Connection final : public Stoppable, public std::enable_shared_from_this<Connection<Stream>> {
public:
    static constexpr bool secure = !std::is_same_v<Stream, tcp::socket>;
    using Parser = http::request_parser<http::buffer_body>;

    template <class... Context>
    Connection(Shared &shared, tcp::socket socket, std::string peer, Context &...context)
        : m_shared{shared}
        , m_stream{std::move(socket), context...}
        , m_timer{m_stream.get_executor()}
        , m_peer{std::move(peer)} {
        ++m_shared.service.metrics().connections;
    }
    ~Connection() override {
        --m_shared.service.metrics().connections;
        if (!m_shared.service.trusts(m_peer))
            m_shared.held.give_back(counted_as(m_peer));
        m_shared.open.remove(this);
    }

    void stop_soon() override {
        asio::post(m_stream.get_executor(), [self = this->shared_from_this()] {
            if (!self->m_answering)
                self->close();
        });
    }

    awaitable<void> run() {
        const auto self = this->shared_from_this();
        try {
            if (co_await opened())
                while (co_await exchange()) {
                }
            co_await finished();
        } catch (const std::exception &error) {
            spdlog::error("a connection was given up: {}", error.what());
        }
        close();
    }

private:
    const ServeOptions &options() const { return m_shared.service.options(); }
    tcp::socket &socket() {
        if constexpr (secure)
            return m_stream.next_layer();
        else
            return m_stream;
    }
    void close() {
        error_code ignored;
        socket().close(ignored);
        m_timer.cancel();
    }
    auto into(error_code &problem) { return asio::redirect_error(use_awaitable, problem); }

    /// What is awaited next must be done by then, or it is broken off. One wait serves many
    /// deadlines: it is begun anew only for an earlier one.
    void deadline(Time time) {
        m_late = false;
        m_deadline = time;
        if (!m_watching || time < m_timer.expiry())
            watch();
    }
    void deadline(std::chrono::seconds from_now) { deadline(Service::Clock::now() + from_now); }
    void no_deadline() { m_deadline = Time::max(); }
    void watch() {
        m_watching = true;
        m_timer.expires_at(m_deadline);
        m_timer.async_wait([weak = this->weak_from_this()](error_code cancelled) {
            const auto self = weak.lock();
            if (cancelled || !self)
                return;
            self->m_watching = false;
            if (self->m_deadline == Time::max())
                return;
            if (Service::Clock::now() < self->m_deadline)
                return self->watch();
            self->m_late = true;
            error_code ignored;
            self->socket().cancel(ignored);
        });
    }

    awaitable<bool> opened() {
        if constexpr (secure) {
            error_code problem;
            deadline(options().header_timeout);
            co_await m_stream.async_handshake(ssl::stream_base::server, into(problem));
            co_return !problem;
        }
        co_return true;
    }

    /// Says goodbye. What the other end still sends is read for a while: closing over it would
    /// make its machine throw away our last answer.
    awaitable<void> finished() {
        error_code problem;
        deadline(std::chrono::seconds{2});
        if constexpr (secure)
            if (!m_unread && socket().is_open())
                co_await m_stream.async_shutdown(into(problem));
        socket().shutdown(tcp::socket::shutdown_send, problem);
        if (!m_unread)
            co_return;
        std::vector<char> bin(piece_bytes);
        deadline(std::chrono::seconds{5});
        for (problem = {}; !problem && !m_late;)
            co_await socket().async_read_some(asio::buffer(bin), into(problem));
    }

    /// One request and its answer; false when the connection is to be closed.
    awaitable<bool> exchange() {
        m_answering = false;
        if (m_shared.stopping || !co_await something_came())
            co_return false;
        Parser parser;
        parser.header_limit(static_cast<std::uint32_t>(options().largest_header_bytes));
        parser.body_limit(std::numeric_limits<std::uint64_t>::max()); // ours goes by the route
        error_code problem;
        deadline(options().header_timeout);
        co_await http::async_read_header(m_stream, m_buffer, parser, into(problem));
        m_answering = true;
        Request request = request_of(parser.get());
        if (problem) {
            if (const int status = status_of(problem))
                co_await refuse(request, status);
            co_return false;
        }
        const auto since = Service::Clock::now();
        if (!is_clear(parser)) {
            co_await refuse(request, 400);
            co_return false;
        }
        m_keep = parser.keep_alive() && !m_shared.stopping;
        m_chunks = parser.get().version() >= 11;
        m_unread = !parser.is_done();
        if (auto refusal = m_shared.service.refusal(request, m_peer, secure)) {
            m_keep = false;
            co_return co_await send(request, std::move(*refusal));
        }
        if (m_unread && !co_await read_body(request, parser))
            co_return false;
        m_unread = false;
        co_return co_await send(request, co_await answered(request, since));
    }

    /// False when a proxy before us might see another end of this request than we do.
    static bool is_clear(const Parser &parser) {
        const auto &head = parser.get();
        const bool known = head.version() == 10 || head.version() == 11;
        return known && (head.count(http::field::transfer_encoding) == 0 ||
                         (parser.chunked() && head.version() == 11));
    }

    awaitable<bool> something_came() {
        if (m_buffer.size() > 0)
            co_return true;
        m_buffer.shrink_to_fit(); // a connection that waits holds nothing
        error_code problem;
        deadline(options().idle_timeout);
        const auto count = co_await m_stream.async_read_some(m_buffer.prepare(4096), into(problem));
        m_buffer.commit(count);
        co_return !problem;
    }

    static Request request_of(const Parser::value_type &from) {
        Request request;
        request.id = new_request_id();
        if (const auto method = from.method_string(); !method.empty())
            request.method = std::string{method};
        request.target = std::string{from.target()};
        for (const auto &field : from)
            request.headers.emplace_back(field.name_string(), field.value());
        return request;
    }

    /// Of the answer to headers that did not come whole; 0 when there is nobody to answer.
    int status_of(const error_code &problem) const {
        if (m_late)
            return 408;
        if (problem == http::error::header_limit || problem == http::error::buffer_overflow)
            return 431;
        if (problem == http::error::end_of_stream || problem == http::error::partial_message ||
            problem.category() != http::make_error_code(http::error::bad_method).category())
            return 0;
        return 400;
    }

    awaitable<void> refuse(const Request &request, int status, std::string explanation = {}) {
        m_keep = false;
        m_unread = true;
        co_await send(request, m_shared.service.refuse(request, status, std::move(explanation)));
    }

    /// Reads the body into the request; false when it was refused or never came.
    awaitable<bool> read_body(Request &request, Parser &parser) {
        const auto largest = m_shared.service.largest_body(request);
        const auto length = parser.content_length();
        if (length && *length > largest) {
            co_await refuse(request, 413, too_large(largest));
            co_return false;
        }
        error_code problem;
        if (boost::beast::iequals(parser.get()[http::field::expect], "100-continue")) {
            deadline(options().header_timeout);
            constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
            co_await asio::async_write(m_stream, asio::buffer(go_on), into(problem));
        }
        const auto body =
            std::make_shared<Body>(options().memory_body_bytes, options().spool_folder);
        std::vector<char> piece(std::min<std::size_t>(piece_bytes, length.value_or(piece_bytes)));
        const Pace pace{options().stall_timeout, options().least_rate};
        while (!problem && !parser.is_done() && body->size() <= largest) {
            auto &to = parser.get().body();
            to = {piece.data(), piece.size(), true};
            deadline(pace.deadline(body->size()));
            co_await http::async_read(m_stream, m_buffer, parser, into(problem));
            body->add({piece.data(), piece.size() - to.size});
            if (problem == http::error::need_buffer)
                problem = {};
        }
        if (body->size() > largest)
            co_await refuse(request, 413, too_large(largest));
        else if (const int status = problem ? status_of(problem) : 0)
            co_await refuse(request, status);
        else if (!problem) {
            request.body = body->whole();
            request.bytes = body;
            co_return true;
        }
        co_return false;
    }

    static std::string too_large(std::uint64_t largest) {
        return fmt::format("What was sent is too large: this page takes {} at most.",
                           largest < 1024 * 1024 ? fmt::format("{} KB", largest / 1024)
                                                 : fmt::format("{} MB", largest / (1024UL * 1024)));
    }

    /// Runs `job` on a handler's thread; nothing when too many wait for one.
    template <class Job>
    awaitable<std::optional<std::invoke_result_t<Job>>> on_handlers(Job job) {
        using Result = std::invoke_result_t<Job>;
        if (m_shared.waiting >= options().largest_queue)
            co_return std::nullopt;
        ++m_shared.waiting;
        const auto begin = [this, &job]() -> awaitable<Result> {
            --m_shared.waiting;
            co_return job();
        };
        no_deadline();
        co_return co_await asio::co_spawn(m_shared.handlers->get_executor(), begin, use_awaitable);
    }

    awaitable<Response> answered(const Request &request, Time since) {
        auto response =
            co_await on_handlers([&] { return m_shared.service.answer(request, since); });
        if (response)
            co_return std::move(*response);
        auto busy = m_shared.service.refuse(request, 503);
        busy.headers.emplace_back("Retry-After", "2");
        co_return busy;
    }

    /// Sends an answer; true when another request may follow.
    awaitable<bool> send(const Request &request, Response response) {
        const bool head_only = request.method == "HEAD";
        const bool endless = response.stream && !response.stream_bytes;
        m_keep = m_keep && !m_shared.stopping && (!endless || m_chunks);
        auto head = head_of(response, {.chunked = endless && m_chunks, .keep_alive = m_keep});
        const auto &body = response.body;
        const bool together = !head_only && body.size() <= one_write_bytes;
        if (together)
            head += body;
        if (!co_await sent(head))
            co_return false;
        if (!head_only && response.stream) {
            if (!co_await sent_stream(request, response, endless && m_chunks))
                co_return false;
        } else if (!head_only && !together && !co_await sent(body)) {
            co_return false;
        }
        co_return m_keep;
    }

    awaitable<bool> sent(std::string_view bytes) {
        error_code problem;
        const Pace pace{options().stall_timeout, options().least_rate};
        for (std::size_t at = 0; at < bytes.size() && !problem; at += piece_bytes) {
            const auto piece = bytes.substr(at, piece_bytes);
            deadline(pace.deadline(at));
            co_await asio::async_write(m_stream, asio::buffer(piece), into(problem));
        }
        co_return !problem;
    }

    awaitable<bool> sent_stream(const Request &request, Response &response, bool chunked) {
        std::uint64_t total = 0;
        while (true) {
            std::string piece;
            try {
                auto next = co_await on_handlers([&] { return response.stream(); });
                if (!next)
                    co_return false;
                piece = std::move(*next);
            } catch (const std::exception &error) {
                spdlog::error("request {}: the answer broke off: {}", request.id, error.what());
                co_return false;
            }
            total += piece.size();
            const bool last = piece.empty();
            if (response.stream_bytes &&
                (total > *response.stream_bytes || (last && total < *response.stream_bytes))) {
                spdlog::error("request {}: the answer is not as long as it said", request.id);
                co_return false;
            }
            if (chunked)
                piece = fmt::format("{:x}\r\n{}\r\n", piece.size(), piece);
            if (!co_await sent(piece))
                co_return false;
            if (last)
                co_return true;
        }
    }

    Shared &m_shared;
    Stream m_stream;
    asio::steady_timer m_timer;
    std::string m_peer;
    boost::beast::flat_buffer m_buffer; ///< read and not yet parsed: the next request may be in it
    Time m_deadline = Time::max();
    bool m_watching = false;
    bool m_late = false; ///< the deadline passed, and broke off what was awaited
    bool m_answering = false;
    bool m_keep = false;
    bool m_chunks = true;  ///< HTTP/1.1: an answer of unknown length can be sent in chunks
    bool m_unread = false; ///< a part of the request was not read
};

std::shared_ptr<ssl::context> tls_context(const ServeOptions &options) {
    if (options.certificate.empty())
        return nullptr;
    auto context = std::make_shared<ssl::context>(ssl::context::tls_server);
    try {
        context->use_certificate_chain_file(options.certificate);
        context->use_private_key_file(options.private_key, ssl::context::pem);
    } catch (const std::exception &error) {
        throw std::runtime_error(fmt::format("cannot use the certificate {} with the key {}: {}",
                                             options.certificate, options.private_key,
                                             error.what()));
    }
    auto *native = context->native_handle();
    SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
    SSL_CTX_set_cipher_list(native, "ECDHE+AESGCM:ECDHE+CHACHA20"); // of TLS 1.2; 1.3 has only such
    SSL_CTX_set_options(native, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION |
                                    SSL_OP_CIPHER_SERVER_PREFERENCE);
    return context;
}

} // namespace

struct Server::Running {
    Running(Router router, const ServeOptions &options)
        : shared{std::move(router), options}
        , tls{tls_context(options)}
        , handlers{options.threads > 0 ? options.threads
                                       : std::max(8U, 4 * std::thread::hardware_concurrency())} {
        shared.handlers = &handlers;
    }

    void listen(const ServeOptions &options);
    awaitable<void> accept();
    void begin(tcp::socket socket);
    template <class Stream, class... Context>
    void start(tcp::socket socket, const std::string &peer, Context &...context);

    Shared shared;
    std::mutex tls_mutex;
    std::shared_ptr<ssl::context> tls; ///< null: plain
    asio::io_context context;
    asio::thread_pool handlers;
    tcp::acceptor acceptor{asio::make_strand(context)};
    std::uint16_t port = 0;
    std::vector<std::thread> threads; ///< that read and write; handlers have their own
    bool stopped = false;
};

void Server::Running::listen(const ServeOptions &options) {
    const auto whole = fmt::format("{} port {}", options.address, options.port);
    error_code problem;
    const auto address = asio::ip::make_address(options.address, problem);
    if (problem)
        throw std::runtime_error(fmt::format("cannot serve at {}: {}", whole, problem.message()));
    try {
        const tcp::endpoint endpoint{address, options.port};
        acceptor.open(endpoint.protocol());
        acceptor.set_option(tcp::acceptor::reuse_address{true});
        acceptor.bind(endpoint);
        acceptor.listen();
        port = acceptor.local_endpoint().port();
    } catch (const std::exception &error) {
        throw std::runtime_error(fmt::format(
            "cannot serve at {}: {}. Is another program using the port?", whole, error.what()));
    }
}

template <class Stream, class... Context>
void Server::Running::start(tcp::socket socket, const std::string &peer, Context &...with) {
    const auto executor = socket.get_executor();
    const auto connection =
        std::make_shared<Connection<Stream>>(shared, std::move(socket), peer, with...);
    shared.open.add(connection);
    asio::co_spawn(
        executor, [connection] { return connection->run(); }, asio::detached);
}

void Server::Running::begin(tcp::socket socket) {
    error_code problem;
    const auto other = socket.remote_endpoint(problem);
    if (problem)
        return;
    socket.set_option(tcp::no_delay{true}, problem);
    auto address = other.address();
    if (address.is_v6() && address.to_v6().is_v4_mapped())
        address = asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6());
    const auto peer = address.to_string();
    if (!shared.service.trusts(peer) && !shared.held.take(counted_as(peer)))
        return; // closes it
    std::unique_lock lock{tls_mutex};
    const auto secure = tls;
    lock.unlock();
    if (secure)
        start<ssl::stream<tcp::socket>>(std::move(socket), peer, *secure);
    else
        start<tcp::socket>(std::move(socket), peer);
}

awaitable<void> Server::Running::accept() {
    asio::steady_timer pause{acceptor.get_executor()};
    while (acceptor.is_open()) {
        error_code problem;
        tcp::socket socket{asio::make_strand(context)};
        co_await acceptor.async_accept(socket, asio::redirect_error(use_awaitable, problem));
        if (!problem && shared.open.count() < shared.service.options().largest_connections) {
            begin(std::move(socket));
        } else if (problem && acceptor.is_open()) { // out of files: others must close first
            pause.expires_after(std::chrono::milliseconds{50});
            co_await pause.async_wait(asio::redirect_error(use_awaitable, problem));
        }
    }
}

Server::Server(Router router, const ServeOptions &options)
    : m_running{std::make_unique<Running>(std::move(router), options)} {
    auto &running = *m_running;
    running.listen(options);
    asio::co_spawn(
        running.acceptor.get_executor(), [&running] { return running.accept(); }, asio::detached);
    const unsigned count = std::max(2U, std::thread::hardware_concurrency());
    for (unsigned i = 0; i < count; ++i)
        running.threads.emplace_back([&running] { running.context.run(); });
}

Server::~Server() {
    stop();
}

std::uint16_t Server::port() const {
    return m_running->port;
}

void Server::reload_certificate() {
    auto fresh = tls_context(m_running->shared.service.options());
    const std::lock_guard lock{m_running->tls_mutex};
    m_running->tls = std::move(fresh);
}

void Server::stop() {
    auto &running = *m_running;
    if (std::exchange(running.stopped, true))
        return;
    running.shared.stopping = true;
    std::promise<void> closed;
    asio::post(running.acceptor.get_executor(), [&] {
        error_code ignored;
        running.acceptor.close(ignored);
        closed.set_value();
    });
    closed.get_future().wait(); // no new connection from here on
    if (!running.shared.open.stop_all(running.shared.service.options().stop_timeout))
        spdlog::warn("stopped with answers still under way");
    running.context.stop();
    for (auto &thread : running.threads)
        thread.join();
    running.handlers.join();
}

} // namespace wardmote::web
