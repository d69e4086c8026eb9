// SPDX-License-Identifier: Apache-2.0
// The socket side: HTTP/1.1 over TCP or TLS on a few I/O threads, blocking work on a bounded pool. It bounds
// everything that a stranger can make large or slow (heads, bodies, connections, waiting), and whatever
// happens the one who asked gets an answer (docs/decisions/0030-http-on-beast.md).
#pragma once
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <variant>

#include "base/result.h"
#include "http/server/message.h"

namespace doudi::http {

// What goes wrong before or beside a handler.
enum class Fault : std::uint8_t {
    bad_request,      // no HTTP
    head_too_large,   // 431
    target_too_long,  // 414
    body_too_large,   // 413
    overloaded,       // 503: more work waits than may wait
    out_of_time,      // 503: the deadline passed while it waited or worked
    stopping,         // 503: the server is about to end
    internal,         // 500: a handler threw
};

// What may come after a request's head.
struct Admission {
    std::uint64_t body_limit = 0;
    std::chrono::milliseconds deadline{};  // for the work, once the body is there
    std::string operation;                 // for the counters
};

struct ServerCounts {
    std::size_t connections = 0;
    std::size_t waiting = 0;  // for a worker
    std::size_t working = 0;
    std::size_t streams = 0;
};

// What the server asks of the program. All but begins() may be called from several threads.
class Application {
  public:
    Application() = default;
    Application(const Application&) = delete;
    Application& operator=(const Application&) = delete;
    virtual ~Application() = default;

    // Before anyone is let in. `counts` holds as long as the server does.
    virtual void begins(std::function<ServerCounts()> counts) = 0;
    // On an I/O thread, from the head alone: must not block. An answer at once ends it there.
    [[nodiscard]] virtual std::variant<Admission, Response> admit(const Request& head) = 0;
    // On a worker: may block. Calls `reply` once, now or later and from any thread; the request stays until
    // then.
    using Reply = std::function<void(Response)>;
    virtual void answer(Request& request, Reply reply) = 0;
    [[nodiscard]] virtual Response answer(Fault fault, const Request& request) = 0;
    // After each answer, for log and counters. `bytes` of the body, -1: a stream.
    virtual void answered(const Request& request, const Response& response, std::int64_t bytes,
                          SteadyClock::duration took) = 0;
};

struct ServerOptions {
    std::string address = "127.0.0.1";
    std::uint16_t port = 8080;  // 0: any that is free
    unsigned io_threads = 2;
    unsigned workers = 4;
    std::size_t queue_limit = 256;  // requests that may wait for a worker
    std::size_t connection_limit = 8000;
    std::uint32_t head_limit = 32U << 10U;
    std::size_t target_limit = 8U << 10U;
    std::chrono::milliseconds head_time{10'000};   // from the first byte of a request to the end of its head
    std::chrono::milliseconds idle_time{75'000};   // between two requests
    std::chrono::milliseconds write_time{30'000};  // without any progress
    std::chrono::milliseconds stop_time{20'000};   // for what runs, once the server is told to stop
    std::chrono::milliseconds event_wait{100};     // how often a stream is asked
    std::chrono::milliseconds heartbeat{15'000};
    std::filesystem::path certificate, key;  // PEM; both or none
    bool behind_proxy = false;  // a proxy on this machine says who asks (X-Forwarded-For, X-Forwarded-Proto)
};

class Server {
  public:
    // Binds and begins to listen; the application must outlive the server.
    [[nodiscard]] static Result<Server> start(Application& application, const ServerOptions& options);
    Server(Server&&) noexcept;
    ~Server();

    [[nodiscard]] std::uint16_t port() const;
    // Refuses what is new, finishes what runs (for stop_time at most), then returns. Once.
    void stop();

  private:
    struct State;
    explicit Server(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace doudi::http
