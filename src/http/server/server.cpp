// SPDX-License-Identifier: Apache-2.0
#include "http/server/server.h"

#include <fmt/format.h>
#include <sys/resource.h>

#include <random>
#include <thread>
#include <vector>

#include "http/server/session_write.h"

namespace doudi::http {

using asio::ip::tcp;

std::string new_request_id() {
    static const std::uint64_t run = (std::uint64_t{std::random_device{}()} << 32U) | std::random_device{}();
    static std::atomic<std::uint64_t> count = 0;
    return fmt::format("{:012x}{:08x}", run & 0xFFFFFFFFFFFFU, ++count);
}

namespace {

bool is_loopback(const std::string& address) {
    boost::system::error_code failure;
    const auto parsed = asio::ip::make_address(address, failure);
    return !failure && parsed.is_loopback();
}

std::string last_of_list(std::string_view header) {
    std::string_view last = header.substr(header.rfind(',') + 1);
    while (last.starts_with(' ')) last.remove_prefix(1);
    while (last.ends_with(' ')) last.remove_suffix(1);
    return std::string(last);
}

std::unexpected<Error> cannot_listen(const ServerOptions& options, const std::string& why) {
    return fail(ErrorKind::io, "cannot_listen",
                {fmt::format("无法在 {}:{} 上监听：{}", options.address, options.port, why),
                 fmt::format("cannot listen on {}:{}: {}", options.address, options.port, why)});
}

std::unexpected<Error> cannot_use_certificate(const std::filesystem::path& file, const std::string& why) {
    return fail(ErrorKind::unreadable, "tls_files",
                {fmt::format("无法使用 TLS 证书或私钥：{}", why),
                 fmt::format("the TLS certificate or key cannot be used: {}", why)},
                file.string());
}

Result<void> load_certificate(asio::ssl::context& context, const ServerOptions& options) {
    boost::system::error_code failure;
    context.set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_sslv2 |
                        asio::ssl::context::no_sslv3 | asio::ssl::context::no_tlsv1 |
                        asio::ssl::context::no_tlsv1_1 | asio::ssl::context::single_dh_use);
    context.use_certificate_chain_file(options.certificate.string(), failure);
    if (failure) return cannot_use_certificate(options.certificate, failure.message());
    context.use_private_key_file(options.key.string(), asio::ssl::context::pem, failure);
    if (failure) return cannot_use_certificate(options.key, failure.message());
    if (::SSL_CTX_check_private_key(context.native_handle()) != 1)
        return cannot_use_certificate(options.key, "the key does not belong to the certificate");
    return {};
}

// Each connection is a descriptor: the soft limit of a shell is far below what the system grants.
void raise_descriptor_limit() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    (void)::setrlimit(RLIMIT_NOFILE, &limit);
}

template <class Stream>
void spawn(Shared& shared, Stream stream, std::string peer) {
    const auto strand = stream.get_executor();
    auto session = std::make_shared<Session<Stream>>(shared, std::move(stream), std::move(peer));
    std::uint64_t number = 0;
    {
        const std::lock_guard lock(shared.mutex);
        number = ++shared.last_connection;
        shared.live.emplace(number, [strand, weak = std::weak_ptr(session)] {
            asio::post(strand, [weak] {
                if (auto still = weak.lock()) still->let_go();
            });
        });
    }
    asio::co_spawn(
        strand, [session] { return session->run(); },
        [session, &shared, number](const std::exception_ptr&) {
            const std::lock_guard lock(shared.mutex);
            shared.live.erase(number);
        });
}

asio::awaitable<void> accept_all(Shared& shared, tcp::acceptor& acceptor, asio::ssl::context* tls) {
    constexpr std::chrono::milliseconds breath{100};
    asio::steady_timer pause(acceptor.get_executor());
    while (!shared.stopping) {
        auto [failure, socket] = co_await acceptor.async_accept(asio::make_strand(shared.io), as_result);
        if (shared.stopping) break;
        if (failure) {  // out of descriptors, or a client that was gone at once
            pause.expires_after(breath);
            (void)co_await pause.async_wait(as_result);
            continue;
        }
        boost::system::error_code ignored;
        const auto peer = socket.remote_endpoint(ignored).address().to_string(ignored);
        if (shared.connections() >= shared.options.connection_limit) {
            socket.close(ignored);
            continue;
        }
        socket.set_option(tcp::no_delay(true), ignored);
        if (tls != nullptr) {
            spawn(shared, asio::ssl::stream<beast::tcp_stream>(beast::tcp_stream(std::move(socket)), *tls),
                  peer);
        } else {
            spawn(shared, beast::tcp_stream(std::move(socket)), peer);
        }
    }
}

}  // namespace

Request request_of(const beast::http::request_header<>& head, const std::string& peer, const Shared& shared,
                   bool tls) {
    Request request;
    request.id = new_request_id();
    request.method = std::string(head.method_string());
    request.target = std::string(head.target());
    for (const auto& field : head)
        request.headers.add(std::string(field.name_string()), std::string(field.value()));
    request.peer = peer;
    request.secure = tls;
    if (shared.options.behind_proxy && is_loopback(peer)) {
        if (const auto forwarded = request.headers.find("x-forwarded-for"); forwarded && !forwarded->empty())
            request.peer = last_of_list(*forwarded);
        request.secure = tls || request.headers.get("x-forwarded-proto") == "https";
    }
    return request;
}

std::string head_of(const Response& response, unsigned version, bool keep_alive,
                    std::optional<std::uint64_t> size) {
    constexpr unsigned http_1_1 = 11;
    constexpr int no_content = 204;
    constexpr int not_modified = 304;
    const auto status = beast::http::int_to_status(static_cast<unsigned>(response.status));
    const std::string_view reason = beast::http::obsolete_reason(status);
    std::string head =
        fmt::format("HTTP/1.{} {} {}\r\n", version >= http_1_1 ? 1 : 0, response.status, reason);
    for (const auto& [name, value] : response.headers) {
        ensure(value.find_first_of("\r\n") == std::string::npos, "a header of one line");
        head += fmt::format("{}: {}\r\n", name, value);
    }
    if (keep_alive != (version >= http_1_1))
        head += keep_alive ? "Connection: keep-alive\r\n" : "Connection: close\r\n";
    if (size && response.status != no_content && response.status != not_modified)
        head += fmt::format("Content-Length: {}\r\n", *size);
    if (!size && version >= http_1_1) head += "Transfer-Encoding: chunked\r\n";
    return head += "\r\n";
}

struct Server::State {
    State(Application& application, const ServerOptions& options) : shared(application, options) {}

    Shared shared;
    std::optional<asio::ssl::context> tls;
    tcp::acceptor acceptor{shared.io};
    std::uint16_t port = 0;
    std::vector<std::thread> threads;
    bool stopped = false;
};

Server::Server(std::unique_ptr<State> state) : state_(std::move(state)) {}
Server::Server(Server&&) noexcept = default;
Server::~Server() {
    if (state_) stop();
}

Result<Server> Server::start(Application& application, const ServerOptions& options) {
    auto state = std::make_unique<State>(application, options);
    if (!options.certificate.empty()) {
        state->tls.emplace(asio::ssl::context::tls_server);
        TRY_VOID(load_certificate(*state->tls, options));
    }
    raise_descriptor_limit();
    boost::system::error_code failure;
    const auto address = asio::ip::make_address(options.address, failure);
    if (failure) return cannot_listen(options, failure.message());
    const tcp::endpoint endpoint(address, options.port);
    auto& acceptor = state->acceptor;
    acceptor.open(endpoint.protocol(), failure);
    if (!failure) acceptor.set_option(asio::socket_base::reuse_address(true), failure);
    if (!failure) acceptor.bind(endpoint, failure);
    if (!failure) acceptor.listen(asio::socket_base::max_listen_connections, failure);
    if (failure) return cannot_listen(options, failure.message());
    state->port = acceptor.local_endpoint(failure).port();
    State& all = *state;
    application.begins([&shared = all.shared] {
        return ServerCounts{shared.connections(), shared.pool.waiting(), shared.pool.working(),
                            shared.streams.load()};
    });
    asio::co_spawn(all.shared.io, accept_all(all.shared, all.acceptor, all.tls ? &*all.tls : nullptr),
                   asio::detached);
    for (unsigned i = 0; i < options.io_threads; ++i)
        all.threads.emplace_back([&all] { all.shared.io.run(); });
    return Server(std::move(state));
}

std::uint16_t Server::port() const {
    return state_->port;
}

void Server::stop() {
    State& all = *state_;
    if (std::exchange(all.stopped, true)) return;
    all.shared.stopping = true;
    asio::post(all.acceptor.get_executor(), [&all] {
        boost::system::error_code ignored;
        all.acceptor.close(ignored);
    });
    {
        const std::lock_guard lock(all.shared.mutex);
        for (const auto& [number, let_go] : all.shared.live) let_go();
    }
    constexpr std::chrono::milliseconds look{10};
    const auto end = SteadyClock::now() + all.shared.options.stop_time;
    while (all.shared.connections() > 0 && SteadyClock::now() < end) std::this_thread::sleep_for(look);
    all.shared.io.stop();
    for (auto& thread : all.threads) thread.join();
    // A reply that comes later must still find what it is posted to.
    while (all.shared.replies_due > 0) std::this_thread::sleep_for(look);
}

}  // namespace doudi::http
