// SPDX-License-Identifier: Apache-2.0
// Closed warnings, old doubts and old memories, by their terms, on both stores.
#include "monitor/retention.h"

#include <doctest/doctest.h>

#include <filesystem>

#include "store/test_engines.h"
#include "store/test_kept.h"

namespace doudi::monitor {
namespace {

Instant at(int month, int day) {
    return Instant(std::chrono::days(Date::from_ymd(2025, month, day)->days())) + std::chrono::hours(4);
}

// Three cycles, at the ends of April, May and June; a doubt of each.
struct Office : store::KeptFolder {
    explicit Office(const store::Place& place) : KeptFolder(place, kept_classes()) {
        for (const char* day : {"2025-04-30", "2025-05-31", "2025-06-30"}) {
            const auto publish = data.begin_publish("cycle", AsOf{*Date::parse_iso(day)}, "{}").value();
            auto blob = data.new_blob(store::Shelf::segments).value();
            REQUIRE(blob.write(std::as_bytes(std::span(day, 10))));
            const std::string segment = blob.seal().value();
            const std::string id = std::to_string(publish.value());
            run("insert into cycle_memory values (" + id + ", '" + day + "', '" + segment + "')");
            run("insert into doubtful_event values (" + id +
                ", 'x', 1, '2025-04-01', 0, 'exact', 'possible', 'y', 1, 1, 'z')");
            REQUIRE(data.publish(publish));
        }
    }
    void warning(int publish, int id, const char* state, const char* closed_on) {
        const std::string closed = closed_on == nullptr ? "null" : "'" + std::string(closed_on) + "'";
        run("insert into warning (publish, id, household, state, score, level, issued_on, indicators, "
            "closed_on) values (" +
            std::to_string(publish) + ", " + std::to_string(id) + ", 7, '" + state +
            "', 1, 'x', '2025-04-30', 'x', " + closed + ")");
        run("insert into warning_event values (" + std::to_string(publish) + ", " + std::to_string(id) +
            ", 'x', 1, '2025-04-01', 1, 'exact', 'counted', 1, 1, 'z')");
    }
};

using Keys = std::vector<std::string>;

}  // namespace

TEST_CASE_TEMPLATE("doubts and memories of past cycles go by their day; those of the last one never", Engine,
                   ENGINES) {
    Engine engine;
    Office office(engine.place());
    for (const char* id : {"past_doubt", "cycle_memory"}) {
        CHECK(office.ended(id, at(4, 30)) == Keys{});
        CHECK(office.ended(id, at(5, 1)) == Keys{"1"});
        CHECK(office.ended(id, at(12, 31)) == Keys{"1", "2"});
        office.remove(id, at(5, 1));
        CHECK(office.ended(id, at(12, 31)) == Keys{"2"});
    }
    CHECK(office.count("doubtful_event") == 2);
    CHECK(office.count("cycle_memory") == 2);
    const auto files = std::filesystem::directory_iterator(engine.place().folder / "segments");
    CHECK(std::distance(files, {}) == 2);
}

TEST_CASE_TEMPLATE("a closed warning goes with its versions and events, an open one and the last one never",
                   Engine, ENGINES) {
    Engine engine;
    Office office(engine.place());
    office.warning(1, 1, "open", nullptr);
    office.warning(2, 1, "closed", "2025-05-31");
    office.warning(1, 2, "open", nullptr);
    office.warning(3, 3, "closed", "2025-06-30");
    CHECK(office.ended("closed_warning", at(5, 31)) == Keys{});
    CHECK(office.ended("closed_warning", at(6, 1)) == Keys{"1"});
    CHECK(office.ended("closed_warning", at(12, 31)) == Keys{"1"});  // no id is ever given twice
    office.remove("closed_warning", at(12, 31));
    CHECK(office.ended("closed_warning", at(12, 31)) == Keys{});
    CHECK(office.count("warning") == 2);
    CHECK(office.count("warning_event") == 2);
}

}  // namespace doudi::monitor
