// SPDX-License-Identifier: Apache-2.0
// Raising meets whoever else writes: another raising, an officer's move. On PostgreSQL both run at once; the
// one that comes second goes by what the first has left.
#include <atomic>
#include <thread>

#include "casework/bench_test_support.h"
#include "casework/warnings.h"
#include "store/test_engines.h"

namespace doudi::casework {
namespace {

std::vector<monitor::WarningStanding> standing(std::vector<std::string> events) {
    monitor::WarningStanding warning;
    warning.id = 1;
    warning.household = HouseholdId(5);
    warning.is_open = true;
    warning.level = "red";
    warning.issued_on = day("2025-06-30");
    warning.changed_on = warning.issued_on;
    warning.events = std::move(events);
    return {warning};
}

// Whether somebody of this database waits for a lock by now.
bool is_somebody_waiting(store::Database& watcher) {
    auto asked =
        value(watcher.prepare("select count(*) from pg_stat_activity where datname = current_database() and "
                              "wait_event_type = 'Lock'"));
    return value(asked.step()) && asked.integer(0) > 0;
}

// `first` writes beside others and does not commit until whoever raises waits for it.
struct Meeting {
    store::OnPostgres engine;
    Bench first{value(engine.open())};
    Bench second{value(engine.open())};
    store::Database watcher = value(engine.open());

    Result<RaiseReport> raise(std::vector<std::string> events) {
        return raise_warnings(second.desk, second.units, "guangdong-2021", standing(std::move(events)));
    }
    RaiseReport meet(const std::function<Result<void>()>& writes, std::vector<std::string> events) {
        std::atomic<bool> has_written = false;
        Result<void> written;
        std::thread other([&] {
            written = first.database.write_beside([&]() -> Result<void> {
                TRY_VOID(writes());
                has_written = true;
                has_written.notify_one();
                // Whoever never comes to wait has gone past it: the test says so then, and does not hang.
                for (int tries = 0; tries < 4000 && !is_somebody_waiting(watcher); ++tries)
                    std::this_thread::sleep_for(std::chrono::milliseconds(5));
                return {};
            });
            has_written = true;
            has_written.notify_one();
        });
        has_written.wait(false);
        auto raised = raise(std::move(events));
        other.join();
        REQUIRE_MESSAGE(written.has_value(), (written ? "" : written.error().code));
        return value(std::move(raised));
    }
    [[nodiscard]] std::int64_t cases() {
        auto asked = value(watcher.prepare("select count(*) from casework_case where source = 'warning/1'"));
        REQUIRE(value(asked.step()));
        return asked.integer(0);
    }
};

OpenRequest of_warning(const Bench& bench) {
    OpenRequest request;
    request.machine = "warning";
    request.pack = "guangdong-2021";
    request.household = HouseholdId(5);
    request.unit = UnitId(1);
    request.source = "warning/1";
    request.first = {"raise", bench.today(), {{"event", {"1"}}, {"level", {"red"}}}, ""};
    return request;
}

}  // namespace

TEST_CASE("two who raise the same warning at once make one case of it") {
    Meeting both;
    const RaiseReport report = both.meet(
        [&]() -> Result<void> {
            (void)TRY(open_within(both.first.desk, program, of_warning(both.first)));
            return {};
        },
        {"1"});
    CHECK(report.opened == 0);
    CHECK(report.unchanged == 1);
    CHECK(both.cases() == 1);
}

TEST_CASE(
    "an event that joins a warning while an officer moves its case comes after the move, and neither is "
    "lost") {
    Meeting both;
    const CaseId of = value(open_case(both.first.desk, program, of_warning(both.first))).of;
    const RaiseReport report = both.meet(
        [&]() -> Result<void> {
            const MoveRequest dispatch{"dispatch", both.first.today(), {{"to_unit", {"2"}}}, ""};
            const Moved moved = TRY(move_within(both.first.desk, county, of, dispatch));
            return moved.kind == Moved::Kind::made
                       ? Result<void>()
                       : fail(ErrorKind::invalid, moved.faults.front().code, moved.faults.front().text);
        },
        {"1", "2"});
    CHECK(report.joined == 1);
    const CaseView view = value(read_case(both.second.desk, of, both.second.today()));
    REQUIRE(view.events.size() == 3);
    CHECK(view.events[1].move == "dispatch");
    CHECK(view.events[2].fields.at("event") == std::vector<std::string>{"2"});
    CHECK(value(is_sound(both.second.desk, of)));
}

}  // namespace doudi::casework
