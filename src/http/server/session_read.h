// SPDX-License-Identifier: Apache-2.0
// A connection's reading half: waiting, heads, bodies, and the work on a pool.
#pragma once
#include <algorithm>

#include "http/server/session.h"

namespace doudi::http {

// What a body that is allowed may take: the time of a head and what a slow line needs.
inline constexpr std::uint64_t slow_line_bytes_in_a_second = 32U << 10U;

[[nodiscard]] inline std::chrono::milliseconds time_for(std::chrono::milliseconds least,
                                                        std::uint64_t bytes) {
    return least + std::chrono::seconds(bytes / slow_line_bytes_in_a_second);
}

template <class Stream>
asio::awaitable<void> Session<Stream>::run() {
    // No co_await within && or ||, here and below: g++ 12 loses the frame of one that may be skipped.
    bool goes_on = co_await greet();
    while (goes_on && !shared_.stopping) {
        if (buffer_.size() == 0) goes_on = co_await first_bytes();
        if (goes_on) goes_on = co_await one_request();
    }
    co_await close();
}

template <class Stream>
asio::awaitable<bool> Session<Stream>::greet() {
    if constexpr (is_tls) {
        lowest().expires_after(shared_.options.head_time);
        const auto [failure] = co_await stream_.async_handshake(asio::ssl::stream_base::server, as_result);
        co_return !failure;
    } else {
        co_return true;
    }
}

template <class Stream>
asio::awaitable<bool> Session<Stream>::first_bytes() {
    constexpr std::size_t first_read = 4096;
    idle_ = true;
    lowest().expires_after(shared_.options.idle_time);
    const auto [failure, count] = co_await stream_.async_read_some(buffer_.prepare(first_read), as_result);
    idle_ = false;
    if (failure) co_return false;
    buffer_.commit(count);
    co_return true;
}

template <class Stream>
asio::awaitable<bool> Session<Stream>::one_request() {
    Parser parser;
    parser.header_limit(shared_.options.head_limit);
    parser.body_limit(boost::none);  // the application says it from the head
    lowest().expires_after(shared_.options.head_time);
    const auto [failure, count] =
        co_await beast::http::async_read_header(stream_, buffer_, parser, as_result);
    began_ = SteadyClock::now();
    if (failure) co_return co_await refuse_head(failure);

    const unsigned version = parser.get().version();
    const Request head = request_of(parser.get(), peer_, shared_, is_tls);
    if (head.target.size() > shared_.options.target_limit) {
        co_await reply(head, shared_.application.answer(Fault::target_too_long, head), version, false);
        co_return false;
    }
    auto admitted = shared_.application.admit(head);
    const bool no_body = parser.is_done();
    const bool keep_alive = parser.get().keep_alive();
    if (auto* answer = std::get_if<Response>(&admitted))
        co_return co_await reply(head, std::move(*answer), version, keep_alive && no_body);
    const Admission& admission = std::get<Admission>(admitted);
    const Body body = co_await read_body(parser, admission);
    if (body == Body::too_large)
        co_await reply(head, shared_.application.answer(Fault::body_too_large, head), version, false);
    if (body != Body::read) co_return false;  // a client that is gone hears nothing
    Request request = head;
    request.body = std::move(parser.get().body());
    Response response = co_await work(std::move(request), head, admission.deadline);
    co_return co_await reply(head, std::move(response), version, keep_alive);
}

template <class Stream>
asio::awaitable<bool> Session<Stream>::refuse_head(boost::system::error_code why) {
    Request nothing;
    nothing.id = new_request_id();
    nothing.peer = peer_;
    Fault fault = Fault::bad_request;
    if (why == beast::http::error::header_limit || why == beast::http::error::buffer_overflow) {
        // Not even the first line has ended: it is the target that is too long.
        const auto begin = asio::buffers_begin(buffer_.data());
        const bool ended =
            std::find(begin, asio::buffers_end(buffer_.data()), '\n') != asio::buffers_end(buffer_.data());
        fault = ended ? Fault::head_too_large : Fault::target_too_long;
    } else if (why.category() != beast::http::make_error_code(beast::http::error::bad_value).category() ||
               why == beast::http::error::end_of_stream || why == beast::http::error::partial_message) {
        co_return false;  // the line is dead
    }
    constexpr unsigned http_1_1 = 11;
    co_await reply(nothing, shared_.application.answer(fault, nothing), http_1_1, false);
    co_return false;
}

template <class Stream>
asio::awaitable<typename Session<Stream>::Body> Session<Stream>::read_body(Parser& parser,
                                                                           const Admission& admission) {
    if (parser.is_done()) co_return Body::read;
    const auto length = parser.content_length();
    if (length && *length > admission.body_limit) co_return Body::too_large;
    parser.body_limit(admission.body_limit);
    if (same_header(parser.get()[beast::http::field::expect], "100-continue")) {
        if (!co_await write_bytes("HTTP/1.1 100 Continue\r\n\r\n")) {
            co_return Body::broken;
        }
    }
    lowest().expires_after(time_for(shared_.options.head_time, length.value_or(admission.body_limit)));
    const auto [failure, count] = co_await beast::http::async_read(stream_, buffer_, parser, as_result);
    if (failure == beast::http::error::body_limit) co_return Body::too_large;
    co_return failure ? Body::broken : Body::read;
}

// What a worker and the connection that waits for it share. Touched on the connection's strand only, but for
// the request, which is the worker's.
struct Pending {
    Pending(const asio::any_io_executor& strand, Request the_request)
        : request(std::move(the_request)), done(strand, request.deadline) {}
    Request request;
    asio::steady_timer done;
    std::optional<Response> response;
};

template <class Stream>
asio::awaitable<Response> Session<Stream>::work(Request request, const Request& head,
                                                std::chrono::milliseconds deadline) {
    Application& application = shared_.application;
    if (shared_.stopping) co_return application.answer(Fault::stopping, head);
    request.deadline = SteadyClock::now() + deadline;
    auto pending = std::make_shared<Pending>(stream_.get_executor(), std::move(request));
    const bool taken = shared_.pool.try_post([pending, &application, &shared = shared_] {
        // Nobody waits any more for what has stood in the queue until its deadline.
        if (SteadyClock::now() >= pending->request.deadline) return;
        ++shared.replies_due;
        application.answer(pending->request, [pending, &shared](Response made) {
            auto response = std::make_shared<Response>(std::move(made));
            asio::post(pending->done.get_executor(), [pending, response] {
                pending->response = std::move(*response);
                pending->done.cancel();
            });
            --shared.replies_due;
        });
    });
    if (!taken) co_return application.answer(Fault::overloaded, head);
    lowest().expires_never();
    (void)co_await pending->done.async_wait(as_result);
    if (!pending->response) co_return application.answer(Fault::out_of_time, head);
    co_return std::move(*pending->response);
}

}  // namespace doudi::http
