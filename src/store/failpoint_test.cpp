// SPDX-License-Identifier: Apache-2.0
// A small run (originals, a segment, rows, the flip) killed at each of its failpoints, by kill, by power cut,
// by a full disk: afterwards it has happened or not, and running it again completes it.
#include "store/failpoint.h"

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <iterator>
#include <string>
#include <vector>

#include "column/segment.h"
#include "store/data_folder.h"
#include "store/test_engines.h"
#include "store/test_places.h"

namespace doudi::store {
namespace {

namespace fs = std::filesystem;

constexpr int done = 0;
constexpr int refused_disk_full = 3;
constexpr int refused_otherwise = 4;
constexpr int killed = 137;
constexpr int most_points = 2000;

Result<void> stage(DataFolder& folder, PublishId id, std::string_view original, std::string_view segment) {
    return folder.database().write([&]() -> Result<void> {
        auto insert = TRY(folder.database().prepare(
            "insert into arrival (publish, id, file_name, dataset, as_of, sha256, bytes, encoding, segment, "
            "findings, rows, exact, probable, off_roster, review, held, rejected, duplicate)"
            " values ($1, 1, 'x.csv', 'hr.roll', '2025-06-30', $2, 5, 'UTF-8', $3, '', 3, 3, 0, 0, 0, 0, 0, "
            "0)"));
        return insert.bind(1, static_cast<std::int64_t>(id.value())).bind(2, original).bind(3, segment).run();
    });
}

Result<std::string> land(DataFolder& folder) {
    auto blob = TRY(folder.new_blob(Shelf::segments));
    column::SegmentWriter writer({{"row", column::Kind::number}}, blob);
    auto batch = column::Batch::of({{"row", column::Kind::number}});
    batch.columns[0].numbers = {2, 3, 4};
    batch.rows = 3;
    TRY_VOID(writer.append(batch));
    (void)TRY(writer.finish());
    return blob.seal();
}

// What an import does, in small. Does nothing if it has happened.
Result<void> run(const Place& place) {
    DataFolder folder = TRY(DataFolder::open(place, Access::write));
    if (folder.current() != PublishId(0)) return {};
    auto original = TRY(folder.new_blob(Shelf::originals));
    TRY_VOID(original.write(std::as_bytes(std::span("a,b\n1"))));
    const std::string kept = TRY(original.seal());
    const PublishId id = TRY(folder.begin_publish("feeds", AsOf{}, "{}"));
    const std::string landed = TRY(land(folder));
    TRY_VOID(stage(folder, id, kept, landed));
    return folder.publish(id);
}

Result<void> init(const Place& place) {
    const std::pair<std::string, std::string> settings[] = {{"policy", "p"}, {"baseline", "2025-03-31"}};
    const auto made = DataFolder::create(place, settings);
    if (!made) return std::unexpected(made.error());
    return {};
}

int outcome_of(const Result<void>& result) {
    if (result) return done;
    return result.error().code == "disk_full" ? refused_disk_full : refused_otherwise;
}

template <class Work>
int in_child(const std::string& failpoint, Work work) {
    const pid_t child = ::fork();
    if (child == 0) {
        ::close(STDERR_FILENO);
        set_failpoint(failpoint);
        ::_exit(outcome_of(work()));
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    REQUIRE(WIFEXITED(status));
    return WEXITSTATUS(status);
}

std::size_t files_in(const fs::path& folder) {
    const fs::directory_iterator all(folder);
    return static_cast<std::size_t>(std::distance(begin(all), end(all)));
}

// Whether the run has happened, whole: what a reader sees.
bool has_happened(const Place& place) {
    auto folder = DataFolder::open(place, Access::read);
    REQUIRE_MESSAGE(folder, folder.error().text.en);
    const auto current = static_cast<std::int64_t>(folder->current().value());
    auto query = folder->database().prepare("select sha256, segment from arrival where publish <= $1");
    REQUIRE(query);
    query->bind(1, current);
    const auto row = query->step();
    REQUIRE(row);
    REQUIRE(*row == (current == 1));
    if (!*row) return false;
    CHECK(folder->open_blob(Shelf::originals, query->text(0)));
    auto source = folder->open_blob(Shelf::segments, query->text(1));
    REQUIRE(source);
    auto segment = column::SegmentReader::open(*source);
    REQUIRE(segment);
    CHECK(segment->rows() == 3);
    return true;
}

void check_complete(const Place& place) {
    CHECK(has_happened(place));
    {
        REQUIRE(DataFolder::open(place, Access::write));
    }
    CHECK(files_in(place.folder / "originals") == 1);
    CHECK(files_in(place.folder / "segments") == 1);
}

struct Endings {
    int interrupted = 0;
    int before = 0;
    int after = 0;
};

// Ends the run at every place that it has, each time from the same beginning.
template <class Engine>
Endings run_at_every_place(const std::string& mode, int interrupted_code) {
    Endings endings;
    for (int point = 1; point < most_points; ++point) {
        const Engine engine;
        const Place place = engine.place();
        REQUIRE(init(place));
        const int code = in_child(std::to_string(point) + mode, [&] { return run(place); });
        CAPTURE(point);
        CHECK((code == done || code == interrupted_code));
        ++(has_happened(place) ? endings.after : endings.before);
        const auto again = run(place);
        REQUIRE_MESSAGE(again, again.error().text.en);
        check_complete(place);
        if (code == done) return endings;
        ++endings.interrupted;
    }
    FAIL("the run never came to its end");
    return endings;
}

}  // namespace

TEST_CASE_TEMPLATE("killed at any place, a run happened or did not, and again completes it", Engine,
                   ENGINES) {
    const Endings endings = run_at_every_place<Engine>("", killed);
    CHECK(endings.interrupted >= 20);
    CHECK(endings.before > 10);
    CHECK(endings.after > 1);  // also killed after the flip, while closing
}

TEST_CASE_TEMPLATE("cut off from power at any place, unsynced writes lost, a run happened or did not", Engine,
                   ENGINES) {
    const Endings endings = run_at_every_place<Engine>(":lose", killed);
    CHECK(endings.interrupted >= 20);
    CHECK(endings.before > 10);
    CHECK(endings.after > 1);
}

TEST_CASE_TEMPLATE("a disk that is full from any place on gives a clear error and leaves a whole state",
                   Engine, ENGINES) {
    // Some places are passed with nothing lost (a checkpoint that waits for the next opening): the run is
    // then done.
    int refused = 0;
    for (int point = 1; point < 40; ++point) {
        const Engine engine;
        const Place place = engine.place();
        REQUIRE(init(place));
        const int code = in_child(std::to_string(point) + ":full", [&] { return run(place); });
        CAPTURE(point);
        CHECK((code == done || code == refused_disk_full));
        CHECK(has_happened(place) == (code == done));
        refused += code == refused_disk_full ? 1 : 0;
        REQUIRE(run(place));
        check_complete(place);
    }
    CHECK(refused > 10);
}

TEST_CASE_TEMPLATE("killed at any place, making a data folder can be run again, settings and all", Engine,
                   ENGINES) {
    const Engine counted;
    const int all = places_passed([&] { return init(counted.place()); });
    REQUIRE(all > 30);
    int turn = 0;
    for (const char* mode : {"", ":lose", ":full"}) {
        for (const int point : places_to_visit(all, turn++, Engine::each)) {
            const Engine engine;
            const Place place = engine.place();
            const int code = in_child(std::to_string(point) + mode, [&] { return init(place); });
            CAPTURE(point);
            CHECK(code != refused_otherwise);
            CHECK((code == done || point <= all));
            if (const auto opened = DataFolder::open(place, Access::read); !opened) {
                CHECK(
                    (opened.error().code == "store_no_folder" || opened.error().code == "store_unfinished"));
                const auto again = init(place);
                REQUIRE_MESSAGE(again, again.error().text.en);
            }
            auto whole = DataFolder::open(place, Access::write);
            REQUIRE(whole);
            CHECK(whole->setting("policy") == "p");
            CHECK(whole->setting("baseline") == "2025-03-31");
        }
    }
}

TEST_CASE("the first and the last places are always visited, of those between others by turns") {
    CHECK(places_to_visit(3, 0, 1) == std::set{1, 2, 3, 4});
    std::set<int> between;
    for (int turn = 0; turn < 3; ++turn) {
        const std::set<int> chosen = places_to_visit(600, turn, 1);
        for (int place = 1; place <= 12; ++place) CHECK(chosen.contains(place));
        for (int place = 589; place <= 601; ++place) CHECK(chosen.contains(place));
        CHECK(*chosen.rbegin() == 601);
        between.insert(chosen.upper_bound(12), chosen.lower_bound(589));
    }
    CHECK(between.size() > 60);  // some 24 of each turn
}

TEST_CASE("without failpoints nothing is counted and nothing ends") {
    set_failpoint("");
    for (int i = 0; i < 3; ++i) failpoint(FailpointKind::write, "test");
    CHECK(in_child("", [] { return Result<void>{}; }) == done);
    CHECK(in_child("2", []() -> Result<void> {
              failpoint(FailpointKind::write, "first");
              failpoint(FailpointKind::sync, "second");
              return {};
          }) == killed);
    CHECK(in_child("3", []() -> Result<void> {
              failpoint(FailpointKind::write, "first");
              failpoint(FailpointKind::sync, "second");
              return {};
          }) == done);
    CHECK(places_passed([]() -> Result<void> {
              failpoint(FailpointKind::write, "first");
              failpoint(FailpointKind::sync, "second");
              return {};
          }) == 2);
}

}  // namespace doudi::store
