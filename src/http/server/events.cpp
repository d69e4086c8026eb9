// SPDX-License-Identifier: Apache-2.0
#include "http/server/events.h"

#include <fmt/format.h>

#include <algorithm>

#include "http/request/call.h"

namespace doudi::http {
namespace {

namespace json = boost::json;

// A part that is stored as JSON.
json::value stored(const std::optional<std::string>& text) {
    if (!text || text->empty()) return nullptr;
    boost::json::error_code failure;
    auto value = json::parse(*text, failure);
    return failure ? json::value(nullptr) : value;
}

// What is kept sealed is the job's own.
json::value shown_parameters(const std::string& text) {
    json::value parameters = stored(text);
    if (json::object* object = parameters.if_object()) object->erase("sealed");
    return parameters;
}

json::value time_or_null(const std::optional<jobs::Moment>& at) {
    return at ? json::value(time_text(*at)) : json::value(nullptr);
}

class JobEvents : public EventSource {
  public:
    JobEvents(const jobs::Board& board, const jobs::Job& job, std::int64_t seen)
        : board_(board), id_(job.id), seen_(seen) {
        if (job.sequence > seen) put(job);
        over_ = over_ || jobs::has_ended(job.state);
    }

    std::string next() override {
        if (waiting_.empty()) {
            if (const auto job = board_.changed_since(id_, seen_)) put(*job);
        }
        return std::exchange(waiting_, {});
    }
    bool is_over() override { return over_ || !board_.is_live(id_); }

  private:
    void put(const jobs::Job& job) {
        seen_ = job.sequence;
        over_ = jobs::has_ended(job.state);
        waiting_ += event_text(over_ ? "end" : "progress", seen_, json::serialize(job_json(board_, job)));
    }
    const jobs::Board& board_;
    const jobs::JobId id_;
    std::int64_t seen_;
    std::string waiting_;
    bool over_ = false;
};

class FreshEvents : public EventSource {
  public:
    FreshEvents(const jobs::Board& board, FreshAsked asked)
        : board_(board),
          is_for_reader_(std::move(asked.is_for_reader)),
          seen_(asked.seen),
          waiting_("retry: 2000\n\n") {
        for (const auto& event : asked.missed) put(event);
    }
    std::string next() override {
        for (const auto& event : board_.events_after(seen_)) put(event);
        return std::exchange(waiting_, {});
    }
    bool is_over() override { return false; }

  private:
    void put(const jobs::FreshEvent& event) {
        if (event.id <= seen_) return;
        seen_ = event.id;
        if (is_for_reader_(event)) waiting_ += event_text(event.kind, event.id, event.body);
    }
    const jobs::Board& board_;
    std::function<bool(const jobs::FreshEvent&)> is_for_reader_;
    std::int64_t seen_;
    std::string waiting_;
};

}  // namespace

json::object job_json(const jobs::Board& board, const jobs::Job& job) {
    const auto* kind = board.kind_named(job.kind);
    return {{"id", std::to_string(job.id)},
            {"kind", job.kind},
            {"title", words(kind != nullptr ? kind->title : Text{job.kind, job.kind})},
            {"state", jobs::name_of(job.state)},
            {"stage", words(job.stage)},
            {"done", job.done},
            {"total", job.total},
            {"attempts", job.attempts},
            {"parameters", shown_parameters(job.parameters)},
            {"result", stored(job.result)},
            {"fault", stored(job.fault)},
            {"queued_at", time_text(job.queued_at)},
            {"started_at", time_or_null(job.started_at)},
            {"ended_at", time_or_null(job.ended_at)}};
}

std::string event_text(std::string_view name, std::int64_t id, std::string_view data) {
    return fmt::format("id: {}\nevent: {}\ndata: {}\n\n", id, name, data);
}

std::shared_ptr<EventSource> job_events(const jobs::Board& board, const jobs::Job& job, std::int64_t seen) {
    return std::make_shared<JobEvents>(board, job, seen);
}

std::shared_ptr<EventSource> fresh_events(const jobs::Board& board, FreshAsked asked) {
    return std::make_shared<FreshEvents>(board, std::move(asked));
}

}  // namespace doudi::http
