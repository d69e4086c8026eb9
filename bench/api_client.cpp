// SPDX-License-Identifier: Apache-2.0
#include "bench/api_client.h"

#include <fmt/format.h>

#include <charconv>

namespace doudi::bench {

namespace {

constexpr auto as_result = asio::as_tuple(asio::use_awaitable);

// Of an answer's head: where its body ends, counted from the head's end.
std::size_t length_of(std::string_view head) {
    constexpr std::string_view name = "Content-Length: ";
    const std::size_t at = head.find(name);
    std::size_t length = 0;
    if (at != std::string_view::npos)
        std::from_chars(head.data() + at + name.size(), head.data() + head.size(), length);
    return length;
}

int status_of(std::string_view head) {
    constexpr std::size_t begin = 9;  // "HTTP/1.1 "
    int status = 0;
    if (head.size() > begin + 3) std::from_chars(head.data() + begin, head.data() + begin + 3, status);
    return status;
}

}  // namespace

asio::awaitable<bool> Client::connect() {
    if (socket_.is_open()) co_return true;
    const asio::ip::tcp::endpoint server(asio::ip::address_v4::loopback(), port_);
    const auto [failure] = co_await socket_.async_connect(server, as_result);
    if (!failure) {
        socket_.set_option(asio::ip::tcp::no_delay(true));
        buffer_.clear();
        co_return true;
    }
    boost::system::error_code ignored;
    socket_.close(ignored);
    co_return false;
}

asio::awaitable<Heard> Client::ask(std::string_view request) {
    Heard heard;
    const bool connected = co_await connect();
    if (!connected) co_return heard;
    const auto [failure, count] =
        co_await asio::async_write(socket_, asio::buffer(request.data(), request.size()), as_result);
    if (!failure) heard = co_await hear();
    if (heard.status == 0) {
        boost::system::error_code ignored;
        socket_.close(ignored);
    }
    co_return heard;
}

asio::awaitable<Heard> Client::hear() {
    constexpr std::size_t block = 16384;
    constexpr std::string_view end_of_head = "\r\n\r\n";
    Heard heard;
    std::size_t needed = 0;
    std::size_t body_at = 0;
    while (needed == 0 || buffer_.size() < needed) {
        const std::size_t held = buffer_.size();
        buffer_.resize(held + block);
        const auto [failure, count] =
            co_await socket_.async_read_some(asio::buffer(buffer_.data() + held, block), as_result);
        buffer_.resize(held + count);
        if (failure) co_return Heard{};
        if (needed != 0) continue;
        const std::size_t head = buffer_.find(end_of_head);
        if (head == std::string::npos) continue;
        const std::string_view text = std::string_view(buffer_).substr(0, head);
        heard.status = status_of(text);
        body_at = head + end_of_head.size();
        needed = body_at + length_of(text);
        if (text.find("Connection: close") != std::string_view::npos) {
            boost::system::error_code ignored;
            if (buffer_.size() >= needed) socket_.close(ignored);
        }
    }
    heard.body = buffer_.substr(body_at, needed - body_at);
    buffer_.erase(0, needed);
    co_return heard;
}

std::string get_of(const Reader& reader, std::string_view target) {
    return fmt::format(
        "GET {} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Language: en\r\nX-Purpose: {}\r\nCookie: "
        "doudi_session={}\r\n\r\n",
        target, reader.kind == ReaderKind::citizen ? "own" : "routine", reader.cookie);
}

std::string send_of(const Reader& reader, std::string_view method, std::string_view target,
                    std::string_view type, std::string_view body, std::string_view more) {
    return fmt::format(
        "{} {} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Language: en\r\nX-Purpose: routine\r\nX-Case: "
        "bench\r\nCookie: doudi_session={}\r\nX-CSRF-Token: {}\r\nContent-Type: {}\r\nContent-Length: "
        "{}\r\n{}\r\n{}",
        method, target, reader.cookie, reader.csrf, type, body.size(), more, body);
}

std::string text_of(std::string_view body, std::string_view name) {
    const std::string key = fmt::format("\"{}\":\"", name);
    const std::size_t at = body.find(key);
    if (at == std::string_view::npos) return {};
    const std::size_t begin = at + key.size();
    return std::string(body.substr(begin, body.find('"', begin) - begin));
}

std::string target_of(const Question& question, const Reader& reader) {
    switch (question.asking) {
        case Asking::household:
            return "/api/v1/households/" + question.household;
        case Asking::warnings:
            return fmt::format("/api/v1/warnings?limit=50&region={}&level={}", reader.region, question.level);
        case Asking::counts:
            return fmt::format("/api/v1/warnings/counts?region={}&level={}", reader.region, question.level);
        case Asking::households:
            return fmt::format("/api/v1/households?limit=50&region={}&category={}&code={}", reader.region,
                               question.category, question.code);
        case Asking::why:
            return fmt::format("/api/v1/households/{}/why", question.household);
        case Asking::looks:
            return "/api/v1/my/looks";
        case Asking::upload:
            return "/api/v1/uploads";
        case Asking::reveal:
            return fmt::format("/api/v1/households/{}/reveals", question.household);
    }
    return {};
}

}  // namespace doudi::bench
