// SPDX-License-Identifier: Apache-2.0
#include "jobs/board.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <iterator>

#include "jobs/repository.h"

namespace doudi::jobs {
namespace {

constexpr std::size_t ended_kept = 256;
constexpr std::size_t events_kept = 1000;

std::unexpected<Error> no_such_job(JobId id) {
    return fail(ErrorKind::not_found, "no_such_job",
                {fmt::format("没有编号为 {} 的任务", id), fmt::format("there is no job {}", id)});
}

std::unexpected<Error> wrong_state(const Job& job) {
    return fail(ErrorKind::conflict, "job_state",
                {fmt::format("任务 {} 当前状态为 {}，不能这样操作", job.id, name_of(job.state)),
                 fmt::format("job {} is {}: this cannot be done", job.id, name_of(job.state))});
}

std::string fault_json(const Error& error) {
    return boost::json::serialize(
        boost::json::object{{"code", error.code}, {"zh", error.text.zh}, {"en", error.text.en}});
}

std::size_t index_of(Lane lane) {
    return static_cast<std::size_t>(lane);
}

}  // namespace

void Progress::stage(Text words) {
    board_->change(job_, [&](Job& job) { job.stage = std::move(words); });
}

void Progress::count(std::uint64_t done, std::uint64_t total) {
    board_->change(job_, [&](Job& job) {
        job.done = done;
        job.total = total;
    });
}

Result<void> Progress::put_rows(std::vector<ResultRow> rows) {
    for (ResultRow& row : rows) row.n = ++rows_;
    return board_->write([&](store::Database& database) { return insert_rows(database, job_, rows); });
}

Result<std::unique_ptr<Board>> Board::open(store::Database database, store::Database reader,
                                           std::vector<Kind> kinds, const Clock& clock) {
    std::unique_ptr<Board> board(new Board(std::move(database), std::move(reader), std::move(kinds), clock));
    TRY_VOID(board->take_up());
    return board;
}

Board::~Board() {
    stop();
}

Result<void> Board::take_up() {
    TRY_VOID(write([&](store::Database& database) -> Result<void> {
        for (Job& job : TRY(jobs_in_state(database, State::running))) {
            job.state = State::interrupted;
            job.ended_at = micros_of(clock_.now());
            TRY_VOID(update_job(database, job));
            TRY_VOID(delete_rows(database, job.id));
        }
        return {};
    }));
    const auto queued = TRY(jobs_in_state(database_, State::queued));
    for (const Job& job : queued) {
        if (const Kind* kind = kind_named(job.kind)) queues_[index_of(kind->lane)].push_back(job.id);
        put_live(job);
    }
    const std::int64_t last = TRY(last_event(database_));
    const auto after = std::max<std::int64_t>(0, last - static_cast<std::int64_t>(events_kept));
    for (FreshEvent& event : TRY(jobs::events_after(database_, after, events_kept)))
        events_.push_back(std::move(event));
    return {};
}

void Board::start() {
    for (const Lane lane : {Lane::publishing, Lane::reading, Lane::stepping})
        threads_.emplace_back([this, lane] { run(lane); });
}

void Board::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
        for (auto& [id, source] : running_) source.request_stop();
    }
    wake_.notify_all();
    for (auto& thread : threads_) thread.join();
    threads_.clear();
}

Result<void> Board::write(const std::function<Result<void>(store::Database&)>& body) {
    const std::lock_guard lock(database_mutex_);
    return database_.write_beside([&] { return body(database_); });
}

Result<void> Board::read(const std::function<Result<void>(store::Database&)>& body) {
    const std::lock_guard lock(reader_mutex_);
    return body(reader_);
}

const Kind* Board::kind_named(std::string_view name) const {
    const auto found = std::ranges::find(kinds_, name, &Kind::name);
    return found == kinds_.end() ? nullptr : &*found;
}

Result<JobId> Board::add(store::Database& database, const NewJob& job) {
    if (kind_named(job.kind) == nullptr)
        return fail(ErrorKind::usage, "no_such_kind",
                    {fmt::format("没有“{}”这种任务", job.kind),
                     fmt::format("there is no kind of job named {}", job.kind)});
    return insert_job(database, job, micros_of(clock_.now()));
}

void Board::wake(JobId id) {
    auto job = find(id);
    if (!job || job->state != State::queued) return;
    const Kind* kind = kind_named(job->kind);
    if (kind == nullptr) return;
    job->sequence = next_sequence();
    put_live(*job);
    {
        const std::lock_guard lock(mutex_);
        queues_[index_of(kind->lane)].push_back(id);
    }
    wake_.notify_all();
}

Result<JobId> Board::add(const NewJob& job) {
    JobId id = 0;
    TRY_VOID(write([&](store::Database& database) -> Result<void> {
        id = TRY(add(database, job));
        return {};
    }));
    wake(id);
    return id;
}

Result<Job> Board::find(JobId id) {
    std::optional<Job> found;
    TRY_VOID(read([&](store::Database& database) -> Result<void> {
        found = TRY(find_job(database, id));
        return {};
    }));
    if (!found) return no_such_job(id);
    return with_progress(std::move(*found));
}

Result<std::vector<Job>> Board::list(JobId before, std::size_t limit) {
    std::vector<Job> jobs;
    TRY_VOID(read([&](store::Database& database) -> Result<void> {
        jobs = TRY(list_jobs(database, before, limit));
        return {};
    }));
    for (Job& job : jobs) job = with_progress(std::move(job));
    return jobs;
}

Result<Job> Board::cancel(JobId id) {
    Job job = TRY(find(id));
    if (has_ended(job.state)) return wrong_state(job);
    {
        const std::lock_guard lock(mutex_);
        if (const auto runs = running_.find(id); runs != running_.end()) {
            runs->second.request_stop();
            return job;
        }
        bool was_queued = false;
        for (auto& queue : queues_) was_queued = std::erase(queue, id) > 0 || was_queued;
        if (!was_queued) return wrong_state(job);  // it ended between the two looks
    }
    job.state = State::cancelled;
    job.ended_at = micros_of(clock_.now());
    job.sequence = next_sequence();
    TRY_VOID(write([&](store::Database& database) { return update_job(database, job); }));
    put_live(job);
    return job;
}

Result<Job> Board::run_again(JobId id) {
    Job job = TRY(find(id));
    TRY_VOID(write([&](store::Database& database) -> Result<void> {
        const auto stands = TRY(find_job(database, id));
        if (!stands) return no_such_job(id);  // its term has ended meanwhile
        const State state = stands->state;
        if (state != State::failed && state != State::cancelled && state != State::interrupted)
            return wrong_state(*stands);
        job.state = State::queued;
        job.stage = {};
        job.fault.reset();
        job.result.reset();
        job.ended_at.reset();
        TRY_VOID(delete_rows(database, id));
        return update_job(database, job);
    }));
    job.done = job.total = 0;
    job.sequence = next_sequence();
    put_live(job);
    wake(id);
    return find(id);
}

std::optional<Job> Board::changed_since(JobId id, std::int64_t sequence) const {
    const std::lock_guard lock(mutex_);
    const auto found = live_.find(id);
    if (found == live_.end() || found->second.sequence <= sequence) return std::nullopt;
    return found->second;
}

bool Board::is_live(JobId id) const {
    const std::lock_guard lock(mutex_);
    const auto found = live_.find(id);
    return found != live_.end() && !has_ended(found->second.state);
}

std::vector<FreshEvent> Board::events_after(std::int64_t id) const {
    const std::lock_guard lock(mutex_);
    std::vector<FreshEvent> later;
    std::ranges::copy_if(events_, std::back_inserter(later),
                         [&](const FreshEvent& event) { return event.id > id; });
    return later;
}

Result<void> Board::announce(std::string_view kind, std::string body) {
    FreshEvent event{0, std::string(kind), std::move(body)};
    TRY_VOID(write([&](store::Database& database) -> Result<void> {
        event.id = TRY(insert_event(database, event.kind, event.body, micros_of(clock_.now())));
        return {};
    }));
    put_fresh(std::move(event));
    return {};
}

Result<std::vector<FreshEvent>> Board::stored_events_after(std::int64_t id, std::size_t limit) {
    std::vector<FreshEvent> events;
    TRY_VOID(read([&](store::Database& database) -> Result<void> {
        events = TRY(jobs::events_after(database, id, limit));
        return {};
    }));
    return events;
}

// --- the runner
// -----------------------------------------------------------------------------------------------------

void Board::run(Lane lane) {
    while (auto job = next(lane)) work_on(std::move(*job));
}

std::optional<Job> Board::next(Lane lane) {
    std::unique_lock lock(mutex_);
    auto& queue = queues_[index_of(lane)];
    wake_.wait(lock, [&] { return stopping_ || !queue.empty(); });
    if (stopping_) return std::nullopt;
    const JobId id = queue.front();
    queue.pop_front();
    running_.emplace(id, std::stop_source());
    return live_.at(id);
}

void Board::work_on(Job job) {
    std::stop_token token;
    {
        const std::lock_guard lock(mutex_);
        token = running_.at(job.id).get_token();
    }
    const Kind* kind = kind_named(job.kind);
    job.state = State::running;
    job.started_at = micros_of(clock_.now());
    ++job.attempts;
    job.sequence = next_sequence();
    auto begun = write([&](store::Database& database) { return update_job(database, job); });
    put_live(job);
    Progress progress(*this, job.id, token);
    Result<std::string> outcome = std::string();
    if (!begun) {
        outcome = std::unexpected(begun.error());
    } else {
        // What a library throws must not end the lane.
        try {
            outcome = kind->work(job, progress);
        } catch (const std::exception& error) {
            outcome = fail(ErrorKind::io, "job_threw",
                           {"程序内部错误，任务未完成", "an internal error: the job did not complete"},
                           error.what());
        }
    }
    {
        const std::lock_guard lock(mutex_);
        job = live_.at(job.id);
    }
    (void)settle(job, std::move(outcome));
    const std::lock_guard lock(mutex_);
    running_.erase(job.id);
}

Result<void> Board::settle(Job& job, Result<std::string> outcome) {
    const Kind* kind = kind_named(job.kind);
    bool stopping = false;
    {
        const std::lock_guard lock(mutex_);
        stopping = stopping_;
    }
    if (outcome) {
        job.state = State::done;
        job.result = std::move(*outcome);
        if (job.total > 0) job.done = job.total;
    } else if (outcome.error().kind == ErrorKind::cancelled) {
        job.state = stopping ? State::interrupted : State::cancelled;
    } else {
        job.state = State::failed;
        job.fault = fault_json(outcome.error());
    }
    job.ended_at = micros_of(clock_.now());
    job.sequence = next_sequence();
    std::optional<FreshEvent> event;
    auto written = write([&](store::Database& database) -> Result<void> {
        if (job.state != State::done) TRY_VOID(delete_rows(database, job.id));
        if (job.state == State::done && !kind->fresh.empty()) {
            event = FreshEvent{0, kind->fresh, fmt::format(R"({{"job":"{}"}})", job.id)};
            event->id = TRY(insert_event(database, event->kind, event->body, micros_of(clock_.now())));
        }
        return update_job(database, job);
    });
    put_live(job);
    if (written && event) put_fresh(std::move(*event));
    return written;
}

void Board::put_fresh(FreshEvent event) {
    const std::lock_guard lock(mutex_);
    // Two that are announced at once may come here in the other order.
    const auto place = std::ranges::upper_bound(events_, event.id, {}, &FreshEvent::id);
    events_.insert(place, std::move(event));
    while (events_.size() > events_kept) events_.pop_front();
}

void Board::put_live(const Job& job) {
    const std::lock_guard lock(mutex_);
    live_[job.id] = job;
    if (!has_ended(job.state)) return;
    ended_.push_back(job.id);
    while (ended_.size() > ended_kept) {
        const auto oldest = live_.find(ended_.front());
        ended_.pop_front();
        if (oldest != live_.end() && has_ended(oldest->second.state)) live_.erase(oldest);
    }
}

Job Board::with_progress(Job job) const {
    const std::lock_guard lock(mutex_);
    const auto found = live_.find(job.id);
    return found == live_.end() ? std::move(job) : found->second;
}

void Board::change(JobId id, const std::function<void(Job&)>& how) {
    const std::int64_t sequence = next_sequence();
    const std::lock_guard lock(mutex_);
    const auto found = live_.find(id);
    if (found == live_.end()) return;
    how(found->second);
    found->second.sequence = sequence;
}

// By the clock, so that it goes on where an earlier run of the program ended.
std::int64_t Board::next_sequence() {
    const Moment now = micros_of(clock_.now());
    const std::lock_guard lock(mutex_);
    sequence_ = std::max(sequence_ + 1, now);
    return sequence_;
}

}  // namespace doudi::jobs
