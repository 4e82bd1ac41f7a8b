// The only file that includes RESTinio, which takes a third of a minute to compile.
#include "platform/web/server.hpp"

#include <restinio/all.hpp>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <csignal>
#include <future>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "engine/core/id.hpp"
#include "platform/html/script.hpp"
#include "platform/html/stylesheet.hpp"

namespace wardmote::web {

namespace {

using HttpServer = restinio::http_server_t<restinio::default_traits_t>;
using Steady = std::chrono::steady_clock;

/// 48 random bits: enough to find one request in a log, short enough to read out on the telephone.
std::string request_id() {
    const auto whole = core::Id::make(core::SystemClock{}).text();
    return whole.substr(whole.size() - 12);
}

std::string_view reason(int status) {
    switch (status) {
    case 200:
        return "OK";
    case 301:
        return "Moved Permanently";
    case 303:
        return "See Other";
    case 304:
        return "Not Modified";
    case 400:
        return "Bad Request";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 500:
        return "Internal Server Error";
    default:
        return status < 400 ? "OK" : "Error";
    }
}

Request request_of(const restinio::request_t &from) {
    Request request;
    request.method = from.header().method().c_str();
    request.id = request_id();
    from.header().for_each_field(
        [&](const auto &field) { request.headers.emplace_back(field.name(), field.value()); });
    return request;
}

/// Counts the answers under way, so that stopping can wait for them.
class UnderWay {
public:
    void begin() {
        const std::lock_guard lock{m_mutex};
        ++m_count;
    }
    void end() {
        const std::lock_guard lock{m_mutex};
        --m_count;
        m_changed.notify_all();
    }
    /// False when some are still under way after `longest`.
    bool wait(std::chrono::seconds longest) {
        std::unique_lock lock{m_mutex};
        return m_changed.wait_for(lock, longest, [this] { return m_count == 0; });
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    int m_count = 0;
};

/// Its address changes with its content, so browsers may keep it for ever.
Response asset(std::string_view type, std::string_view bytes) {
    Response response;
    response.content_type = type;
    response.body = bytes;
    response.immutable = true;
    return response;
}

void add_own_routes(Router &router) {
    router.get("/healthz", access::Need::anyone(), [](const Request &) {
        Response response;
        response.content_type = "text/plain; charset=utf-8";
        response.body = "ok\n";
        return response;
    });
    router.get(html::stylesheet_href(), access::Need::anyone(), [](const Request &) {
        return asset("text/css; charset=utf-8", html::stylesheet());
    });
    router.get(html::script_href(), access::Need::anyone(), [](const Request &) {
        return asset("text/javascript; charset=utf-8", html::script());
    });
}

} // namespace

struct Server::Running {
    Router router;
    ServeOptions options;
    restinio::asio_ns::io_context context;
    std::unique_ptr<HttpServer> server;
    std::vector<std::thread> threads;
    UnderWay under_way;
    std::atomic<std::uint16_t> port = 0;
    bool stopped = false;

    restinio::request_handling_status_t handle(const restinio::request_handle_t &from);
    void log(const Request &request, const Response &response, Steady::duration took) const;
    void configure(restinio::server_settings_t<restinio::default_traits_t> &settings);
    void open();
};

void Server::Running::log(const Request &request, const Response &response,
                          Steady::duration took) const {
    if (!options.access_log)
        return;
    // The route, not the address: an address or a query may one day name a person.
    const auto ms = std::chrono::duration<double, std::milli>(took).count();
    spdlog::info("{} {} {} {} bytes {:.1f} ms {}", request.method,
                 response.route.empty() ? "-" : response.route, response.status,
                 response.body.size(), ms, request.id);
}

restinio::request_handling_status_t
Server::Running::handle(const restinio::request_handle_t &from) {
    const auto start = Steady::now();
    under_way.begin();
    const auto request = request_of(*from);
    auto response = router.answer(request, from->header().request_target());
    log(request, response, Steady::now() - start);

    const restinio::http_status_line_t line{
        restinio::http_status_code_t{static_cast<std::uint16_t>(response.status)},
        std::string{reason(response.status)}};
    auto builder = from->create_response<restinio::user_controlled_output_t>(line);
    builder.append_header_date_field();
    for (auto &[name, value] : response.headers)
        builder.append_header(name, value);
    builder.set_content_length(response.body.size());
    if (request.method != "HEAD")
        builder.append_body(std::move(response.body));
    return builder.done([this](const auto &) { under_way.end(); });
}

void Server::Running::configure(restinio::server_settings_t<restinio::default_traits_t> &settings) {
    const auto address = restinio::asio_ns::ip::make_address(options.address);
    settings.port(options.port)
        .address(address)
        .protocol(address.is_v6() ? restinio::asio_ns::ip::tcp::v6()
                                  : restinio::asio_ns::ip::tcp::v4())
        .read_next_http_message_timelimit(options.read_timeout)
        .write_http_response_timelimit(options.answer_timeout)
        .handle_request_timeout(options.answer_timeout)
        .max_pipelined_requests(4)
        .concurrent_accepts_count(2)
        .separate_accept_and_create_connect(true)
        .incoming_http_msg_limits(restinio::incoming_http_msg_limits_t{}
                                      .max_url_size(8 * 1024)
                                      .max_field_name_size(256)
                                      .max_field_value_size(options.largest_header_bytes)
                                      .max_field_count(100)
                                      .max_body_size(options.largest_body_bytes))
        .acceptor_post_bind_hook([this](restinio::asio_ns::ip::tcp::acceptor &acceptor) {
            port = acceptor.local_endpoint().port();
        })
        .request_handler(
            [this](const restinio::request_handle_t &request) { return handle(request); });
}

void Server::Running::open() {
    std::promise<void> opened;
    server->open_async([&] { opened.set_value(); },
                       [&](std::exception_ptr problem) { opened.set_exception(problem); });
    opened.get_future().get();
}

Server::Server(Router router, const ServeOptions &options)
    : m_running{std::make_unique<Running>()} {
    auto &running = *m_running;
    running.router = std::move(router);
    running.options = options;
    add_own_routes(running.router);
    const auto whole = fmt::format("{} port {}", options.address, options.port);
    try {
        running.server =
            std::make_unique<HttpServer>(restinio::external_io_context(running.context),
                                         [&](auto &settings) { running.configure(settings); });
    } catch (const std::exception &error) {
        throw std::runtime_error(fmt::format("cannot serve at {}: {}", whole, error.what()));
    }
    const unsigned count =
        options.threads > 0 ? options.threads : std::max(4U, std::thread::hardware_concurrency());
    const auto work = restinio::asio_ns::make_work_guard(running.context);
    for (unsigned i = 0; i < count; ++i)
        running.threads.emplace_back([&running] { running.context.run(); });
    try {
        running.open();
    } catch (const std::exception &error) {
        running.context.stop();
        for (auto &thread : running.threads)
            thread.join();
        running.stopped = true;
        throw std::runtime_error(fmt::format(
            "cannot serve at {}: {}. Is another program using the port?", whole, error.what()));
    }
}

Server::~Server() {
    stop();
}

std::uint16_t Server::port() const {
    return m_running->port;
}

void Server::stop() {
    auto &running = *m_running;
    if (std::exchange(running.stopped, true))
        return;
    std::promise<void> closed;
    running.server->close_async([&] { closed.set_value(); },
                                [&](std::exception_ptr) { closed.set_value(); });
    closed.get_future().wait(); // no new connection from here on
    if (!running.under_way.wait(running.options.answer_timeout))
        spdlog::warn("stopped with answers still under way");
    running.context.stop();
    for (auto &thread : running.threads)
        thread.join();
}

void serve(Router router, const ServeOptions &options,
           const std::function<void(std::uint16_t)> &when_ready) {
    Server server{std::move(router), options};
    {
        // Kept to this block: a second signal, while stopping, ends the program at once.
        restinio::asio_ns::io_context waiting;
        restinio::asio_ns::signal_set signals{waiting, SIGINT, SIGTERM};
        signals.async_wait([](const auto &, int) {});
        if (when_ready)
            when_ready(server.port());
        waiting.run();
    }
    server.stop();
}

} // namespace wardmote::web
