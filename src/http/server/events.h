// SPDX-License-Identifier: Apache-2.0
// Server-sent events. A job's stream tells its state as it is, so that who comes back with Last-Event-ID
// needs only what is newer; the stream of fresh things tells each once, in order, from where the reader left
// off.
#pragma once
#include <boost/json.hpp>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "http/server/message.h"
#include "jobs/board.h"

namespace doudi::http {

[[nodiscard]] boost::json::object job_json(const jobs::Board& board, const jobs::Job& job);
[[nodiscard]] std::string event_text(std::string_view name, std::int64_t id, std::string_view data);

// Of a job as it was found in the store; `seen`: the last id that the reader has, 0: none.
[[nodiscard]] std::shared_ptr<EventSource> job_events(const jobs::Board& board, const jobs::Job& job,
                                                      std::int64_t seen);
// What is behind `seen` by now, and what comes, of what the reader is to be told.
struct FreshAsked {
    std::int64_t seen = 0;
    std::vector<jobs::FreshEvent> missed;
    std::function<bool(const jobs::FreshEvent&)> is_for_reader;
};
[[nodiscard]] std::shared_ptr<EventSource> fresh_events(const jobs::Board& board, FreshAsked asked);

}  // namespace doudi::http
