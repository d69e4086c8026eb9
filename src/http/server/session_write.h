// SPDX-License-Identifier: Apache-2.0
// A connection's writing half: answers, files, event streams, and the end.
#pragma once
#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <system_error>

#include "http/server/session_read.h"

namespace doudi::http {

template <class Stream>
asio::awaitable<bool> Session<Stream>::write_bytes(std::string_view bytes, std::string_view more) {
    lowest().expires_after(time_for(shared_.options.write_time, bytes.size() + more.size()));
    const std::array<asio::const_buffer, 2> both{asio::buffer(bytes.data(), bytes.size()),
                                                 asio::buffer(more.data(), more.size())};
    const auto [failure, count] = co_await asio::async_write(stream_, both, as_result);
    co_return !failure;
}

template <class Stream>
asio::awaitable<bool> Session<Stream>::reply(const Request& head, Response response, unsigned version,
                                             bool keep_alive) {
    constexpr unsigned http_1_1 = 11;
    keep_alive = keep_alive && !shared_.stopping;
    const bool head_only = head.method == "HEAD";
    std::int64_t bytes = -1;
    bool sent = false;
    if (auto* text = std::get_if<std::string>(&response.body)) {
        bytes = static_cast<std::int64_t>(text->size());
        const std::string bytes_of_head = head_of(response, version, keep_alive, text->size());
        sent = co_await write_bytes(bytes_of_head, head_only ? std::string_view() : std::string_view(*text));
    } else if (auto* file = std::get_if<FileBody>(&response.body)) {
        std::error_code failure;
        const auto size = std::filesystem::file_size(file->path, failure);
        if (failure) {
            response = shared_.application.answer(Fault::internal, head);
            const std::string& told = std::get<std::string>(response.body);
            const std::string bytes_of_head = head_of(response, version, false, told.size());
            sent = co_await write_bytes(bytes_of_head, told);
            keep_alive = false;
        } else {
            bytes = static_cast<std::int64_t>(size);
            const std::string bytes_of_head = head_of(response, version, keep_alive, size);
            sent = co_await write_bytes(bytes_of_head);
            if (sent && !head_only) sent = co_await write_file(file->path, size);
        }
    } else {
        auto& source = *std::get<std::shared_ptr<EventSource>>(response.body);
        keep_alive = keep_alive && version >= http_1_1;
        const std::string bytes_of_head = head_of(response, version, keep_alive, std::nullopt);
        sent = co_await write_bytes(bytes_of_head);
        if (sent && !head_only) sent = co_await write_events(source, version >= http_1_1);
    }
    shared_.application.answered(head, response, bytes, SteadyClock::now() - began_);
    co_return sent&& keep_alive;
}

template <class Stream>
asio::awaitable<bool> Session<Stream>::write_file(const std::filesystem::path& path, std::uint64_t size) {
    struct Descriptor {
        int number;
        ~Descriptor() {
            if (number >= 0) ::close(number);
        }
    };
    const Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
    if (file.number < 0) co_return false;
    std::array<char, std::size_t{64} << 10U> block;
    while (size > 0) {
        const auto count = ::read(file.number, block.data(), std::min<std::uint64_t>(block.size(), size));
        if (count <= 0) co_return false;
        if (!co_await write_bytes(std::string_view(block.data(), static_cast<std::size_t>(count)))) {
            co_return false;
        }
        size -= static_cast<std::uint64_t>(count);
    }
    co_return true;
}

template <class Stream>
asio::awaitable<bool> Session<Stream>::write_event_bytes(std::string bytes, bool chunked) {
    if (chunked) bytes = fmt::format("{:x}\r\n{}\r\n", bytes.size(), bytes);
    co_return co_await write_bytes(bytes);
}

template <class Stream>
asio::awaitable<bool> Session<Stream>::write_events(EventSource& source, bool chunked) {
    ++shared_.streams;
    struct Leaving {
        std::atomic<std::size_t>& streams;
        ~Leaving() { --streams; }
    } leaving{shared_.streams};
    asio::steady_timer pause(stream_.get_executor());
    auto last = SteadyClock::now();
    while (!shared_.stopping) {
        std::string text = source.next();
        if (text.empty() && source.is_over()) break;
        if (text.empty() && SteadyClock::now() - last >= shared_.options.heartbeat) text = ": still here\n\n";
        if (!text.empty()) {
            last = SteadyClock::now();
            if (!co_await write_event_bytes(std::move(text), chunked)) {
                co_return false;
            }
            continue;
        }
        lowest().expires_never();
        pause.expires_after(shared_.options.event_wait);
        (void)co_await pause.async_wait(as_result);
    }
    if (!chunked) co_return true;
    co_return co_await write_bytes("0\r\n\r\n");
}

// Closing with unread bytes would reset the line and lose the answer on its way: what still comes is read for
// a moment and dropped.
template <class Stream>
asio::awaitable<void> Session<Stream>::close() {
    constexpr std::chrono::seconds farewell{2};
    constexpr int blocks = 64;
    lowest().expires_after(farewell);
    boost::system::error_code ignored;
    if constexpr (is_tls) {
        (void)co_await stream_.async_shutdown(as_result);
    } else {
        lowest().socket().shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
        std::array<char, std::size_t{16} << 10U> block;
        for (int i = 0; i < blocks; ++i) {
            const auto [failure, count] = co_await stream_.async_read_some(asio::buffer(block), as_result);
            if (failure) break;
        }
    }
    lowest().socket().close(ignored);
}

}  // namespace doudi::http
