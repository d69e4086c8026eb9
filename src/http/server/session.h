// SPDX-License-Identifier: Apache-2.0
// One connection, as a coroutine on a strand of its own. Included by server.cpp alone: the library stays in
// there.
#pragma once
#include <atomic>
#include <boost/asio.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include "http/server/server.h"
#include "http/server/worker_pool.h"

namespace doudi::http {

namespace asio = boost::asio;
namespace beast = boost::beast;

inline constexpr auto as_result = asio::as_tuple(asio::use_awaitable);

// What all connections of a server have in common.
struct Shared {
    Shared(Application& the_application, const ServerOptions& the_options)
        : application(the_application),
          options(the_options),
          io(static_cast<int>(the_options.io_threads)),
          pool(the_options.workers, the_options.queue_limit) {}

    Application& application;
    const ServerOptions options;
    std::atomic<bool> stopping = false;
    std::atomic<std::size_t> streams = 0;
    std::atomic<std::size_t> replies_due = 0;  // of the application, which may reply from a thread of its own

    // Live connections, each with what ends it where it only waits.
    mutable std::mutex mutex;
    std::unordered_map<std::uint64_t, std::function<void()>> live;
    std::uint64_t last_connection = 0;

    // Last, and in this order: workers end before what they report to, and that before what connections use.
    asio::io_context io;
    WorkerPool pool;

    [[nodiscard]] std::size_t connections() const {
        const std::lock_guard lock(mutex);
        return live.size();
    }
};

// The id of a request: unlike those of other runs too.
[[nodiscard]] std::string new_request_id();
[[nodiscard]] Request request_of(const beast::http::request_header<>& head, const std::string& peer,
                                 const Shared& shared, bool tls);
// The head as it goes out, for a body of so many bytes; none: it is not known (a stream).
[[nodiscard]] std::string head_of(const Response& response, unsigned version, bool keep_alive,
                                  std::optional<std::uint64_t> size);

template <class Stream>
class Session : public std::enable_shared_from_this<Session<Stream>> {
  public:
    Session(Shared& shared, Stream stream, std::string peer)
        : shared_(shared), stream_(std::move(stream)), peer_(std::move(peer)) {}

    asio::awaitable<void> run();
    // On the connection's strand: ends it if it only waits for a request.
    void let_go() {
        if (idle_) beast::get_lowest_layer(stream_).cancel();
    }

  private:
    static constexpr bool is_tls = !std::is_same_v<Stream, beast::tcp_stream>;
    using Parser = beast::http::request_parser<beast::http::string_body>;

    auto& lowest() { return beast::get_lowest_layer(stream_); }
    asio::awaitable<bool> greet();        // TLS
    asio::awaitable<bool> first_bytes();  // false: nothing came
    asio::awaitable<bool> one_request();  // true: another may follow
    asio::awaitable<bool> refuse_head(boost::system::error_code why);
    enum class Body : std::uint8_t { read, too_large, broken };
    asio::awaitable<Body> read_body(Parser& parser, const Admission& admission);
    asio::awaitable<Response> work(Request request, const Request& head, std::chrono::milliseconds deadline);
    asio::awaitable<bool> reply(const Request& head, Response response, unsigned version, bool keep_alive);
    asio::awaitable<bool> write_bytes(std::string_view bytes, std::string_view more = {});  // in one go
    asio::awaitable<bool> write_file(const std::filesystem::path& path, std::uint64_t size);
    asio::awaitable<bool> write_events(EventSource& source, bool chunked);
    asio::awaitable<bool> write_event_bytes(std::string bytes, bool chunked);
    asio::awaitable<void> close();

    Shared& shared_;
    Stream stream_;
    std::string peer_;
    beast::flat_buffer buffer_;
    SteadyClock::time_point began_;
    bool idle_ = true;
};

}  // namespace doudi::http
