// SPDX-License-Identifier: Apache-2.0
#include "access/audit.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <semaphore>
#include <thread>

#include "access/audit_repository.h"
#include "access/audit_text.h"

namespace doudi::access {

namespace {

// The records of one answer, and who waits for them.
struct Ticket {
    std::vector<AuditRecord> records;
    std::function<void(Result<void>)> done;
};

constexpr std::size_t most_records = 4096;  // of one commit; one ticket may be larger
constexpr int records_indexed = 512;        // of one commit, when nobody waits
// A commit of its own for the index, and those who come meanwhile wait for it: not between two answers of a
// busy hour.
constexpr std::chrono::milliseconds calm{200};
// For as many as came with the last commit it is waited so long: each commit costs a sync of the disk, and
// readers their caches. Who comes alone does not wait.
constexpr std::chrono::milliseconds gathering{2};
// So many may lie behind the index: for who asks who looked at them those are read one by one.
constexpr std::uint64_t most_unindexed = 512;

}  // namespace

struct AuditLog::State {
    State(store::Database the_database, const Clock& the_clock, std::string the_key)
        : database(std::move(the_database)), clock(the_clock), key(std::move(the_key)) {}

    store::Database database;  // the writer's alone
    const Clock& clock;
    std::string key;
    std::mutex mutex;
    std::condition_variable wake;
    std::deque<Ticket> waiting;
    std::uint64_t commits = 0;
    std::size_t last_batch = 0;  // tickets
    bool ending = false;
    std::jthread writer;

    void run();
    std::deque<Ticket> take(bool& idle);
    Result<void> write(std::deque<Ticket>& batch);
    bool index_some();
};

Result<std::unique_ptr<AuditLog>> AuditLog::start(store::Database database, const Clock& clock,
                                                  std::string key) {
    TRY_VOID(repository::select_head(database));
    auto state = std::make_unique<State>(std::move(database), clock, std::move(key));
    state->writer = std::jthread([at = state.get()] { at->run(); });
    return std::unique_ptr<AuditLog>(new AuditLog(std::move(state)));
}

AuditLog::AuditLog(std::unique_ptr<State> state) : state_(std::move(state)) {}

AuditLog::~AuditLog() {
    {
        const std::scoped_lock lock(state_->mutex);
        state_->ending = true;
    }
    state_->wake.notify_all();
    state_->writer.join();
}

void AuditLog::append_later(std::span<const Look> looks, std::function<void(Result<void>)> done) {
    if (looks.empty()) return done({});
    Ticket ticket;
    ticket.records.reserve(looks.size());
    const Instant now = state_->clock.now();
    for (const Look& look : looks) ticket.records.push_back(record_of(look, now));
    ticket.done = std::move(done);
    {
        const std::scoped_lock lock(state_->mutex);
        state_->waiting.push_back(std::move(ticket));
    }
    state_->wake.notify_one();
}

Result<void> AuditLog::append(std::span<const Look> looks) {
    Result<void> outcome;
    std::binary_semaphore done{0};
    append_later(looks, [&](Result<void> written) {
        outcome = std::move(written);
        done.release();  // this may be gone from here on
    });
    done.acquire();
    return outcome;
}

std::uint64_t AuditLog::commits() const {
    const std::scoped_lock lock(state_->mutex);
    return state_->commits;
}

// What waits, up to a commit's worth. Nothing: it is the end, or all has been calm and `idle` allows to
// index.
std::deque<Ticket> AuditLog::State::take(bool& idle) {
    std::unique_lock lock(mutex);
    const auto something = [this] { return ending || !waiting.empty(); };
    if (idle) {
        (void)wake.wait_for(lock, calm, something);
    } else {
        wake.wait(lock, something);
    }
    if (waiting.size() < last_batch)
        (void)wake.wait_for(lock, gathering, [this] { return ending || waiting.size() >= last_batch; });
    std::deque<Ticket> batch;
    std::size_t records = 0;
    while (!waiting.empty() && (batch.empty() || records + waiting.front().records.size() <= most_records)) {
        records += waiting.front().records.size();
        batch.push_back(std::move(waiting.front()));
        waiting.pop_front();
    }
    last_batch = batch.size();
    idle = batch.empty();
    return batch;
}

void AuditLog::State::run() {
    bool unindexed = true;
    while (true) {
        bool idle = unindexed;
        std::deque<Ticket> batch = take(idle);
        if (!batch.empty()) {
            const Result<void> outcome = write(batch);
            for (const Ticket& ticket : batch) ticket.done(outcome);
            unindexed = true;
            continue;
        }
        if (unindexed) {
            unindexed = index_some();
            continue;
        }
        const std::scoped_lock lock(mutex);
        if (ending && waiting.empty()) return;  // nothing waits, and what was written is indexed
    }
}

Result<void> AuditLog::State::write(std::deque<Ticket>& batch) {
    const Result<void> written = database.write_beside([&]() -> Result<void> {
        auto head = TRY(repository::lock_head(database));
        if (head.seq == 0) head.hash = first_hash();
        std::vector<const AuditRecord*> records;
        for (Ticket& ticket : batch) {
            for (AuditRecord& record : ticket.records) {
                record.seq = ++head.seq;
                record.previous = head.hash;
                record.hash = hash_of(record, key);
                head.hash = record.hash;
                records.push_back(&record);
            }
        }
        TRY_VOID(repository::insert_records(database, records));
        // Never idle: the index must not fall behind for as long as that lasts.
        if (head.seq - head.indexed > most_unindexed) {
            TRY_VOID(repository::index_subjects(database, head.indexed + 1, records_indexed));
            head.indexed += records_indexed;
        }
        return repository::put_head(database, head);
    });
    const std::scoped_lock lock(mutex);
    ++commits;
    return written;
}

// True: there may be more. An error is none of anybody's answer; looks_at() then reads the records
// themselves.
bool AuditLog::State::index_some() {
    bool more = false;
    const auto done = database.write_beside([&]() -> Result<void> {
        auto head = TRY(repository::lock_head(database));
        if (head.indexed >= head.seq) return {};
        TRY_VOID(repository::index_subjects(database, head.indexed + 1, records_indexed));
        head.indexed = std::min(head.seq, head.indexed + records_indexed);
        more = head.indexed < head.seq;
        return repository::put_head(database, head);
    });
    return done && more;
}

Result<std::vector<AuditRecord>> read_audit(store::Database& database, const AuditQuery& query) {
    return repository::select_records(database, query);
}

namespace {

// Ids as a record has them: ascending, joined by commas.
bool names(std::string_view ids, std::uint32_t id) {
    const std::string one = std::to_string(id);
    for (std::size_t at = ids.find(one); at != std::string_view::npos; at = ids.find(one, at + 1)) {
        const std::size_t end = at + one.size();
        if ((at == 0 || ids[at - 1] == ',') && (end == ids.size() || ids[end] == ',')) return true;
    }
    return false;
}

bool is_about(const repository::SubjectLook& one, PersonId person, std::span<const LivedIn> lived) {
    if (names(one.persons, person.value())) return true;
    const Date day = civil_day(one.look.at);
    return std::ranges::any_of(lived, [&](const LivedIn& home) {
        return home.from <= day && day < home.until && names(one.households, home.household.value()) &&
               std::ranges::none_of(
                   home.others, [&](PersonId other) { return names(one.persons, other.value()); });
    });
}

}  // namespace

Result<std::vector<CitizenLook>> looks_at(store::Database& database, PersonId person,
                                          std::span<const LivedIn> lived, std::uint64_t before, int most) {
    constexpr int rows_at_once = 200;
    std::vector<HouseholdId> households;
    for (const LivedIn& home : lived) households.push_back(home.household);
    std::vector<CitizenLook> looks;
    for (bool more = true; more && std::ssize(looks) < most;) {
        auto rows = TRY(repository::select_looks(database, person, households, before, rows_at_once));
        more = rows.size() == rows_at_once;
        for (auto& row : rows) {
            before = row.look.seq;
            if (std::ssize(looks) < most && is_about(row, person, lived))
                looks.push_back(std::move(row.look));
        }
    }
    return looks;
}

}  // namespace doudi::access
