// SPDX-License-Identifier: Apache-2.0
// Jobs, events, uploads' notes and answers, by their terms, on both stores.
#include "jobs/retention.h"

#include <doctest/doctest.h>

#include "store/test_engines.h"
#include "store/test_kept.h"

namespace doudi::jobs {
namespace {

struct Office : store::KeptFolder {
    explicit Office(const store::Place& place) : KeptFolder(place, kept_classes()) {}

    void job(int id, const char* state, const char* ended_at) {
        run("insert into job (id, kind, state, asked_by, unit, parameters, stage_zh, stage_en, attempts, "
            "queued_at, "
            "ended_at) values (" +
            std::to_string(id) + ", 'x', '" + state + "', 1, '1', '{}', '', '', 1, 5, " + ended_at + ")");
        run("insert into job_row values (" + std::to_string(id) + ", 1, '', '{}')");
    }
    // What goes of a class that ended before so many microseconds.
    std::vector<std::string> remove(std::string_view id, std::int64_t before) {
        return KeptFolder::remove(id, instant_of(before));
    }
};

using Keys = std::vector<std::string>;

}  // namespace

TEST_CASE_TEMPLATE("what ended before its term goes, what waits, runs or bears the last number stays", Engine,
                   ENGINES) {
    Engine engine;
    Office office(engine.place());
    office.job(1, "done", "10");
    office.job(2, "queued", "null");
    office.job(3, "failed", "10");
    office.job(4, "done", "10");
    CHECK(office.remove("job", 10) == Keys{});
    CHECK(office.remove("job", 11) == Keys{"1", "3"});
    CHECK(office.count("job") == 2);
    CHECK(office.count("job_row") == 2);
    office.run("insert into fresh_event values (1, 'x', '{}', 10), (2, 'x', '{}', 10), (3, 'x', '{}', 20)");
    CHECK(office.remove("fresh_event", 11) == Keys{"1", "2"});
    CHECK(office.remove("fresh_event", 100) == Keys{});
    office.run(
        "insert into upload (id, file_name, bytes, state, made_by, made_at, touched_at) values "
        "('a', 'x', 1, 'used', 1, 1, 10), ('b', 'x', 1, 'receiving', 1, 1, 10)");
    CHECK(office.remove("upload_note", 11) == Keys{"a"});
    CHECK(office.count("upload") == 1);
    office.run(
        "insert into stored_answer values (7, 'k/1', 'x', 200, '{}', '{}', 10), (8, 'k/1', 'x', 200, '{}', "
        "'{}', 20)");
    CHECK(office.remove("stored_answer", 11) == Keys{"7/k/1"});
    CHECK(office.count("stored_answer") == 1);
}

}  // namespace doudi::jobs
