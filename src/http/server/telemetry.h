// SPDX-License-Identifier: Apache-2.0
// What the server tells those who run it: a line of JSON for each answer and each fault, and counters for
// Prometheus. Neither names a person: operations instead of addresses, no query, no body.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "http/server/message.h"
#include "http/server/server.h"

namespace doudi::http {

class Telemetry {
  public:
    enum class Level : std::uint8_t { info, warn, error };

    // To standard error. `quiet`: only warnings and errors.
    explicit Telemetry(bool quiet);
    Telemetry(const Telemetry&) = delete;
    Telemetry& operator=(const Telemetry&) = delete;
    ~Telemetry();

    void answered(const Request& request, const Response& response, std::int64_t bytes,
                  SteadyClock::duration took);
    // Something that the one who asked is not told; `request_id` may be empty.
    void note(Level level, std::string_view what, std::string_view detail, std::string_view request_id);
    // The exposition format, with the counts of now.
    [[nodiscard]] std::string metrics(const ServerCounts& counts);

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace doudi::http
