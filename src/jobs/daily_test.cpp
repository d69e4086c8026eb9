// SPDX-License-Identifier: Apache-2.0
#include "jobs/daily.h"

#include <doctest/doctest.h>

#include "base/fake_clock.h"
#include "store/test_folder.h"

namespace doudi::jobs {
namespace {

Instant at(int month, int day, int hour) {  // in China
    return Instant(std::chrono::days(Date::from_ymd(2026, month, day)->days())) +
           std::chrono::hours(hour - 8);
}

struct Bench {
    store::TestFolder folder;
    FakeClock clock{at(3, 2, 0)};
    std::vector<std::string> did;
    bool broken = false;
    DailyRounds rounds{store::Database::open(folder / "jobs.sqlite").value(), tasks(), clock};

    std::vector<DailyTask> tasks() {
        return {{"each", true,
                 [this](Date day) -> Result<std::string> {
                     if (broken) return fail(ErrorKind::io, "no_disk", {"坏", "broken"});
                     did.push_back("each " + day.iso());
                     return std::string("done");
                 }},
                {"last", false, [this](Date day) -> Result<std::string> {
                     did.push_back("last " + day.iso());
                     return std::string("done");
                 }}};
    }
    std::vector<DailyDone> run() {
        did.clear();
        auto done = rounds.run_due();
        REQUIRE(done);
        return std::move(*done);
    }
};

TEST_CASE("a day's work is done once, when the day is over in China") {
    Bench bench;
    CHECK(bench.run().size() == 2);
    CHECK(bench.did == std::vector<std::string>{"each 2026-03-01", "last 2026-03-01"});
    CHECK(bench.run().empty());
    bench.clock.advance(std::chrono::hours(24) - std::chrono::microseconds(1));
    CHECK(bench.run().empty());
    bench.clock.advance(std::chrono::microseconds(1));
    CHECK_FALSE(bench.run().front().late);
    CHECK(bench.did == std::vector<std::string>{"each 2026-03-02", "last 2026-03-02"});
}

TEST_CASE(
    "missed days are caught up in their order and told as late; of a list only the last day's is made") {
    Bench bench;
    (void)bench.run();
    bench.clock.advance(std::chrono::hours(72));
    const auto done = bench.run();
    CHECK(bench.did == std::vector<std::string>{"each 2026-03-02", "each 2026-03-03", "each 2026-03-04",
                                                "last 2026-03-04"});
    CHECK(done[0].late);
    CHECK(done[1].late);
    CHECK_FALSE(done[2].late);
    bench.clock.advance(std::chrono::days(3 * DailyRounds::most_missed));
    CHECK(bench.run().size() == DailyRounds::most_missed + 1U + 1U);
}

TEST_CASE("what fails is tried again and holds up nothing else") {
    Bench bench;
    bench.broken = true;
    auto done = bench.run();
    REQUIRE(done.size() == 2);
    CHECK(done[0].outcome.error().code == "no_disk");
    CHECK(bench.did == std::vector<std::string>{"last 2026-03-01"});
    bench.clock.advance(std::chrono::hours(24));
    bench.broken = false;
    done = bench.run();
    CHECK(bench.did == std::vector<std::string>{"each 2026-03-01", "each 2026-03-02", "last 2026-03-02"});
}

}  // namespace
}  // namespace doudi::jobs
