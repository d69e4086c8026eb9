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
// So many may lie behind the index: who asks who looked at them reads those one by one.
constexpr std::uint64_t most_unindexed = 2048;

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

// What waits, up to a commit's worth. Nothing: it is the end, or `idle` allows to index meanwhile.
std::deque<Ticket> AuditLog::State::take(bool& idle) {
    std::unique_lock lock(mutex);
    if (!idle) wake.wait(lock, [this] { return ending || !waiting.empty(); });
    std::deque<Ticket> batch;
    std::size_t records = 0;
    while (!waiting.empty() && (batch.empty() || records + waiting.front().records.size() <= most_records)) {
        records += waiting.front().records.size();
        batch.push_back(std::move(waiting.front()));
        waiting.pop_front();
    }
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
        for (Ticket& ticket : batch) {
            for (AuditRecord& record : ticket.records) {
                record.seq = ++head.seq;
                record.previous = head.hash;
                record.hash = hash_of(record, key);
                head.hash = record.hash;
                TRY_VOID(repository::insert_record(database, record));
            }
        }
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

namespace {

// Whether a text of ids names this one.
bool names(const std::string& ids, std::uint32_t id) {
    const auto read = read_ids(ids);
    return std::ranges::binary_search(read, id);
}

// Those behind the index, newest first.
Result<std::vector<AuditRecord>> tail_of(store::Database& database, PersonId person, std::uint64_t before) {
    std::vector<AuditRecord> tail;
    const auto head = TRY(repository::select_head(database));
    TRY_VOID(
        repository::each_record(database, head.indexed + 1, [&](const AuditRecord& record) -> Result<void> {
            const bool wanted = before == 0 || record.seq < before;
            if (wanted && names(record.persons, person.value())) tail.push_back(record);
            return {};
        }));
    std::ranges::reverse(tail);
    return tail;
}

}  // namespace

Result<std::vector<AuditRecord>> read_audit(store::Database& database, const AuditQuery& query) {
    std::vector<AuditRecord> found;
    if (query.person) {
        for (AuditRecord& record : TRY(tail_of(database, *query.person, query.before))) {
            const bool wanted =
                (!query.user || record.user == *query.user) && (!query.flagged_only || !record.flag.empty());
            if (wanted) found.push_back(std::move(record));
        }
    }
    for (AuditRecord& record : TRY(repository::select_records(database, query))) {
        const bool twice = std::ranges::find(found, record.seq, &AuditRecord::seq) != found.end();
        if (!twice) found.push_back(std::move(record));
    }
    if (found.size() > static_cast<std::size_t>(query.most))
        found.resize(static_cast<std::size_t>(query.most));
    return found;
}

Result<std::vector<CitizenLook>> looks_at(store::Database& database, PersonId person, std::uint64_t before,
                                          int most) {
    std::vector<CitizenLook> looks;
    for (const AuditRecord& record : TRY(tail_of(database, person, before)))
        looks.push_back({record.seq, record.at, record.unit, record.purpose, record.verb, record.thing});
    for (const CitizenLook& look : TRY(repository::select_looks(database, person, before, most))) {
        const bool twice = std::ranges::find(looks, look.seq, &CitizenLook::seq) != looks.end();
        if (!twice) looks.push_back(look);
    }
    if (looks.size() > static_cast<std::size_t>(most)) looks.resize(static_cast<std::size_t>(most));
    return looks;
}

}  // namespace doudi::access
