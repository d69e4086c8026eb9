// SPDX-License-Identifier: Apache-2.0
// A client of the API's benchmark: one connection that is kept, one request at a time. Cheap, for it runs on
// the server's own cores: a request is one write, an answer is read by its Content-Length.
#pragma once
#include <boost/asio.hpp>
#include <string>
#include <string_view>

#include "base/result.h"
#include "bench/api_plan.h"

namespace doudi::bench {

namespace asio = boost::asio;

struct Heard {
    int status = 0;  // 0: the line broke
    std::string body;
};

class Client {
  public:
    Client(asio::io_context& io, std::uint16_t port) : socket_(io), port_(port) {}
    // Connects anew where the line is closed.
    [[nodiscard]] asio::awaitable<Heard> ask(std::string_view request);

  private:
    [[nodiscard]] asio::awaitable<bool> connect();
    [[nodiscard]] asio::awaitable<Heard> hear();
    asio::ip::tcp::socket socket_;
    std::uint16_t port_;
    std::string buffer_;
};

[[nodiscard]] std::string get_of(const Reader& reader, std::string_view target);
[[nodiscard]] std::string send_of(const Reader& reader, std::string_view method, std::string_view target,
                                  std::string_view type, std::string_view body, std::string_view more = {});
// The text of a member of a flat JSON object; empty: none, or null.
[[nodiscard]] std::string text_of(std::string_view body, std::string_view name);

// What a question is over HTTP, its first request.
[[nodiscard]] std::string target_of(const Question& question, const Reader& reader);

}  // namespace doudi::bench
