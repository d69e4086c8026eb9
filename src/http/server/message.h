// SPDX-License-Identifier: Apache-2.0
// A request and its answer as plain values: handlers know nothing of sockets or of the library that moves the
// bytes.
#pragma once
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/text.h"

namespace doudi::http {

using SteadyClock = std::chrono::steady_clock;

// In the order in which they came; names are compared without regard to case.
class Headers {
  public:
    void add(std::string name, std::string value) { all_.emplace_back(std::move(name), std::move(value)); }
    // Takes away what had this name.
    void set(std::string_view name, std::string value);
    [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const;
    // Empty if there is none.
    [[nodiscard]] std::string_view get(std::string_view name) const { return find(name).value_or(""); }
    [[nodiscard]] auto begin() const { return all_.begin(); }
    [[nodiscard]] auto end() const { return all_.end(); }

  private:
    std::vector<std::pair<std::string, std::string>> all_;
};
[[nodiscard]] bool same_header(std::string_view left, std::string_view right);

struct Request {
    std::string id;      // ours, new for each; stands in the log and in problems
    std::string method;  // "GET"
    std::string target;  // as sent: "/api/v1/households?q=a%20b"
    Headers headers;
    std::string body;
    std::string peer;     // the address that asks; behind a trusted proxy the one that it names
    bool secure = false;  // it came, or says the proxy that it came, by TLS
    SteadyClock::time_point deadline;

    [[nodiscard]] std::string_view raw_path() const;  // without the query, still encoded
    [[nodiscard]] std::string_view raw_query() const;
};

// %41 to A; nothing where an escape is broken or stands for NUL.
[[nodiscard]] std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_space = false);
[[nodiscard]] std::string percent_encoded(std::string_view text);
// key=value&…, decoded; nothing where it is broken.
[[nodiscard]] std::optional<std::vector<std::pair<std::string, std::string>>> query_pairs(
    std::string_view raw);

// A whole file. It is opened when the answer is written; a file that is gone by then ends the connection.
struct FileBody {
    std::filesystem::path path;
    std::shared_ptr<const void> holder;  // kept until the file is sent: of a temporary one, what removes it
};

// Server-sent events as they come. next() is asked again and again and never blocks.
class EventSource {
  public:
    EventSource() = default;
    EventSource(const EventSource&) = delete;
    EventSource& operator=(const EventSource&) = delete;
    virtual ~EventSource() = default;
    [[nodiscard]] virtual std::string next() = 0;  // what there is to send now; empty: nothing
    [[nodiscard]] virtual bool is_over() = 0;      // nothing more will come
};

struct Response {
    int status = 200;
    Headers headers;
    std::variant<std::string, FileBody, std::shared_ptr<EventSource>> body;
    // For the log and the counters, never sent.
    std::string operation;
    std::string log_code;  // of a problem
};

// zh unless the header prefers en.
[[nodiscard]] Lang language_of(std::string_view accept_language);
// Does the Accept-Encoding header ask for this coding?
[[nodiscard]] bool takes_encoding(std::string_view accept_encoding, std::string_view coding);
// Does the Accept header let this media type pass? An empty header does.
[[nodiscard]] bool accepts(std::string_view accept, std::string_view media_type);

}  // namespace doudi::http
