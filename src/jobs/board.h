// SPDX-License-Identifier: Apache-2.0
// The board of long work: what is asked for is written down first, then done, one after another in each lane;
// what publishes has a lane of its own, so that one run at a time stages rows. A program that is killed
// leaves its running jobs as interrupted: they can be run again, since a run happens whole or not at all.
#pragma once
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "jobs/records.h"
#include "store/database.h"

namespace doudi::jobs {

class Board;

// What work tells while it goes on. From any thread.
class Progress {
  public:
    void stage(Text words);
    void count(std::uint64_t done, std::uint64_t total);
    [[nodiscard]] std::stop_token stop() const { return stop_; }
    // What the result opens down to; `n` is given here. In a transaction of its own.
    [[nodiscard]] Result<void> put_rows(std::vector<ResultRow> rows);

  private:
    friend class Board;
    Progress(Board& board, JobId job, std::stop_token stop)
        : board_(&board), job_(job), stop_(std::move(stop)) {}
    Board* board_;
    JobId job_;
    std::stop_token stop_;
    std::int64_t rows_ = 0;
};

// `publishing` stages and publishes; `reading` only reads; `stepping` does what requests do, one short
// transaction after the other, and waits for neither.
enum class Lane : std::uint8_t { publishing, reading, stepping };

struct Kind {
    std::string name;
    Lane lane = Lane::reading;
    Text title;
    // The result as JSON. An error of kind cancelled: it left nothing behind.
    std::function<Result<std::string>(const Job&, Progress&)> work;
    // What those who watch are told of once it is done (records.h: FreshEvent); empty: nothing.
    std::string fresh;
};

class Board {
  public:
    // Takes both connections for itself: `reader` for what is only looked at, so that nobody who asks how a
    // job stands waits behind someone who waits to write. Marks what ran when the program ended as
    // interrupted; what was queued goes on. The clock must outlive the board.
    [[nodiscard]] static Result<std::unique_ptr<Board>> open(store::Database database, store::Database reader,
                                                             std::vector<Kind> kinds, const Clock& clock);
    Board(const Board&) = delete;
    Board& operator=(const Board&) = delete;
    ~Board();  // stop()

    // Begins to work; before it nothing is done.
    void start();
    // Asks what runs to stop, waits for it; it is interrupted, not cancelled.
    void stop();

    // Runs body in a transaction of the board's database, alone.
    [[nodiscard]] Result<void> write(const std::function<Result<void>(store::Database&)>& body);
    // Sees what was committed by then; not within a write().
    [[nodiscard]] Result<void> read(const std::function<Result<void>(store::Database&)>& body);

    // An unknown kind is a usage error. Inside write(), together with what belongs to it; wake() afterwards.
    [[nodiscard]] Result<JobId> add(store::Database& database, const NewJob& job);
    void wake(JobId id);
    [[nodiscard]] Result<JobId> add(const NewJob& job);

    // not_found if there is none.
    [[nodiscard]] Result<Job> find(JobId id);
    [[nodiscard]] Result<std::vector<Job>> list(JobId before, std::size_t limit);
    // A queued one is cancelled at once, a running one when it comes to a safe place; an ended one is a
    // conflict.
    [[nodiscard]] Result<Job> cancel(JobId id);
    // One that failed or was cancelled or interrupted is queued once more; else a conflict.
    [[nodiscard]] Result<Job> run_again(JobId id);
    [[nodiscard]] const Kind* kind_named(std::string_view name) const;

    // Without asking the database: a job that runs or ended lately, if it changed after `sequence`.
    [[nodiscard]] std::optional<Job> changed_since(JobId id, std::int64_t sequence) const;
    [[nodiscard]] bool is_live(JobId id) const;
    // Tells who watches of something that is no job; the body is JSON and names no person. Not within a
    // write().
    [[nodiscard]] Result<void> announce(std::string_view kind, std::string body);
    // Without asking the database: those of the last ones that came after an id.
    [[nodiscard]] std::vector<FreshEvent> events_after(std::int64_t id) const;
    // From the store: also older ones.
    [[nodiscard]] Result<std::vector<FreshEvent>> stored_events_after(std::int64_t id, std::size_t limit);

  private:
    friend class Progress;
    Board(store::Database database, store::Database reader, std::vector<Kind> kinds, const Clock& clock)
        : database_(std::move(database)),
          reader_(std::move(reader)),
          kinds_(std::move(kinds)),
          clock_(clock) {}
    [[nodiscard]] Result<void> take_up();  // what an earlier run left
    void run(Lane lane);
    [[nodiscard]] std::optional<Job> next(Lane lane);
    void work_on(Job job);
    [[nodiscard]] Result<void> settle(Job& job, Result<std::string> outcome);
    void put_live(const Job& job);
    void put_fresh(FreshEvent event);
    [[nodiscard]] Job with_progress(Job job) const;
    void change(JobId id, const std::function<void(Job&)>& how);
    [[nodiscard]] std::int64_t next_sequence();

    store::Database database_;
    std::mutex database_mutex_;
    store::Database reader_;
    std::mutex reader_mutex_;
    const std::vector<Kind> kinds_;
    const Clock& clock_;

    mutable std::mutex mutex_;  // of all below; never held while the database is asked
    std::condition_variable wake_;
    std::deque<JobId> queues_[3];  // by lane
    std::unordered_map<JobId, Job> live_;
    std::deque<JobId> ended_;  // of live_, the oldest first
    std::unordered_map<JobId, std::stop_source> running_;
    std::deque<FreshEvent> events_;
    std::int64_t sequence_ = 0;
    bool stopping_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace doudi::jobs
