// SPDX-License-Identifier: Apache-2.0
// Cycles in a real store, over landed segments.
#include <doctest/doctest.h>

#include <filesystem>

#include "expr/check.h"
#include "match/repository.h"
#include "monitor/office_test_support.h"
#include "monitor/read.h"
#include "monitor/verbs.h"
#include "policy/row_schema.h"
#include "registry/repository.h"

namespace doudi::monitor {
namespace {

using namespace testing;
using match::testing::number;
using match::testing::Row;

const Date june = on(2025, 6, 30);
const Date september = on(2025, 9, 30);
const Date may = on(2025, 5, 10);

TEST_CASE("two quarters: warnings open, repeats are known, what is taken back closes") {
    Office office;
    office.import(0, june, {told(1, may), told(3, may), told(999, may)});
    const CycleReport first = office.cycle(june);
    CHECK(first.warnings_opened == 2);
    CHECK(first.rows_streamed == 3);
    CHECK(office.open() == "H1 4 call 2025-06-30 - per_person\nH2 4 call 2025-06-30 - per_person\n");
    office.import(0, september, {told(1, may), told(3, may, "注销"), told(4, may)});
    const CycleReport second = office.cycle(september);
    CHECK(second.files_skipped == 1);
    CHECK(second.events_taken_back == 1);
    CHECK(second.warnings_closed == 1);
    CHECK(office.open() == "H1 4 call 2025-06-30 - per_person\nH3 4 call 2025-09-30 - per_person\n");
}

TEST_CASE("a cycle run twice happened once; a day before the last cycle or closing is refused") {
    Office office;
    office.import(0, june, {told(1, may)});
    office.cycle(june);
    const PublishId after = office.store().current();
    CHECK(office.cycle(june).happened_before);
    CHECK(office.store().current() == after);
    CHECK(office.cycle(june).warnings_open == 1);
    CHECK(run_cycle(office.store(), office.law, AsOf{june + -1}).error().code == "cycle_in_the_past");
    const std::vector<std::string> codes{"H1"};
    REQUIRE(close_warnings(office.store(), AsOf{on(2025, 7, 15)}, codes));
    CHECK(run_cycle(office.store(), office.law, AsOf{on(2025, 7, 14)}).error().code ==
          "cycle_before_closing");
    CHECK_FALSE(office.cycle(on(2025, 7, 15)).happened_before);
}

TEST_CASE("closing names what it does not find, and what was closed never scores again") {
    Office office;
    office.import(0, june, {told(1, may)});
    office.cycle(june);
    const std::vector<std::string> codes{"H1", "H2", "H9", "H1"};
    const auto before = close_warnings(office.store(), AsOf{may}, codes);
    CHECK(before.error().code == "closed_before_issued");
    const auto report = close_warnings(office.store(), AsOf{on(2025, 7, 15)}, codes);
    REQUIRE(report);
    CHECK(report->closed == std::vector<std::string>{"H1"});
    CHECK(report->not_open == std::vector<std::string>{"H2"});
    CHECK(report->unknown == std::vector<std::string>{"H9"});
    CHECK(office.open().empty());
    office.import(0, september, {told(1, may)});
    office.cycle(september);
    CHECK(office.open().empty());
    office.import(0, september, {told(2, on(2025, 8, 1))});
    office.cycle(september);
    CHECK(office.open() == "H1 4 call 2025-09-30 - per_person\n");
}

TEST_CASE("a held row counts in the first cycle on or after its date, and in no later one") {
    Office office;
    office.import(0, june, {told(1, on(2025, 7, 10)), told(3, may)});
    office.cycle(june);
    CHECK(office.open() == "H2 4 call 2025-06-30 - per_person\n");
    office.cycle(on(2025, 7, 9));
    CHECK(office.open() == "H2 4 call 2025-06-30 - per_person\n");
    office.cycle(on(2025, 7, 10));
    CHECK(office.open() == "H1 4 call 2025-07-10 - per_person\nH2 4 call 2025-06-30 - per_person\n");
    const CycleReport last = office.cycle(september);
    CHECK(last.rows_streamed == 0);
    CHECK(last.events_scored == 0);
}

// Rows at which a person looks: the file's day, row, member, grade.
std::string for_people(Office& office) {
    auto query = office.store().database().prepare(
        "select a.as_of, r.row, r.member, r.grade from review_item r join arrival a on a.id = r.arrival"
        " where r.publish <= $1 order by a.as_of, r.row, r.member");
    REQUIRE(query);
    query->bind(1, static_cast<std::int64_t>(office.store().current().value()));
    std::string text;
    for (;;) {
        const auto more = query->step();
        REQUIRE(more);
        if (!*more) return text;
        text += query->text(0) + " " + std::to_string(query->integer(1)) + " " +
                std::to_string(query->integer(2)) + " " + query->text(3) + "\n";
    }
}

Row under_name(std::uint32_t n, const char* name, Date date) {
    return {{{number(n), name, ""}}, date, {"有效"}};
}

TEST_CASE("a held row under another name is for people from the day it counts, once, and not a day before") {
    Office office;
    office.import(
        0, june,
        {under_name(1, "别人", on(2025, 7, 10)), under_name(3, "别人", may), told(2, on(2025, 7, 10))});
    const std::string since_import = "2025-06-30 3 3 review\n";
    CHECK(for_people(office) == since_import);
    office.cycle(june);
    CHECK(for_people(office) == since_import);
    office.cycle(on(2025, 7, 9));
    CHECK(for_people(office) == since_import);
    office.cycle(on(2025, 7, 10));
    const std::string with_held = "2025-06-30 2 1 review\n" + since_import;
    CHECK(for_people(office) == with_held);
    office.cycle(on(2025, 7, 11));
    CHECK(for_people(office) == with_held);
    // Another register streams everything anew: nobody is asked a second time.
    registry::Register more;
    more.members.push_back(match::testing::member(7, 2, "人7", 7));
    office.add_people(more);
    CHECK(office.cycle(september).register_or_law_new);
    CHECK(for_people(office) == with_held);
}

TEST_CASE("a held row whose person is but probable is for people from the day it counts") {
    Office office;
    const std::uint64_t mistyped = match::testing::with_check(
        number(1), static_cast<std::uint8_t>((id_check_value(number(1)) + 1) % 11));
    office.import(0, june, {{{{mistyped, "人1", ""}}, on(2025, 7, 10), {"有效"}}});
    office.cycle(on(2025, 7, 9));
    CHECK(for_people(office).empty());
    office.cycle(on(2025, 7, 10));
    CHECK(for_people(office) == "2025-06-30 2 1 probable\n");
}

TEST_CASE("a held row is for people after a first cycle of a later day as well") {
    Office office;
    office.import(0, june, {under_name(1, "别人", on(2025, 7, 10))});
    office.cycle(september);
    CHECK(for_people(office) == "2025-06-30 2 1 review\n");
}

TEST_CASE("an original that is read again tells what it says now; what has scored stays scored") {
    Office office;
    const auto arrived = [&office](match::Readings which) {
        return match::list_arrivals(office.store(), AsOf{september}, which).value().size();
    };
    office.import(0, june, {told(1, may), under_name(3, "别人", may)});
    office.cycle(june);
    const std::string one = "H1 4 call 2025-06-30 - per_person\n";
    CHECK(office.open() == one);
    office.import(0, june, {told(1, may), told(3, may)}, 1);
    CHECK(arrived(match::Readings::standing) == 1);
    CHECK(arrived(match::Readings::all) == 2);
    CHECK(match::latest_arrivals(office.store()).value().front().files == 1);
    const CycleReport second = office.cycle(june);
    CHECK_FALSE(second.happened_before);
    CHECK(second.files_streamed == 1);
    CHECK(second.events_scored == 1);
    const std::string two = one + "H2 4 call 2025-06-30 - per_person\n";
    CHECK(office.open() == two);
    CHECK(office.cycle(june).happened_before);
    // Read once more, it says nothing of either.
    office.import(0, june, {told(999, may)}, 2);
    CHECK(office.cycle(june).events_scored == 0);
    CHECK(office.open() == two);
}

TEST_CASE("an import of a later day waits for its cycle") {
    Office office;
    office.import(0, september, {told(1, may)});
    office.cycle(june);
    CHECK(office.open().empty());
    office.cycle(september);
    CHECK(office.open() == "H1 4 call 2025-09-30 - per_person\n");
}

TEST_CASE("who comes to the register later is found in the files of before") {
    Office office;
    office.import(0, june, {told(1, may), told(7, may)});
    office.cycle(june);
    registry::Register more;
    more.members.push_back(match::testing::member(7, 2, "人7", 7));
    office.add_people(more);
    const CycleReport report = office.cycle(september);
    CHECK(report.files_streamed == 1);
    CHECK(report.events_scored == 1);
    CHECK(office.open() == "H1 4 call 2025-06-30 - per_person\nH2 4 call 2025-09-30 - per_person\n");
}

TEST_CASE("deaths told in different quarters end a household; it is proposed once and stays closed") {
    Office office;
    office.import(1, june, {told(1, may)});
    office.cycle(june);
    CHECK(office.open() == "H1 6 low 2025-06-30 2025-07-14 ends\n");
    office.import(1, september, {told(2, on(2025, 8, 1))});
    CHECK(office.cycle(september).exits_proposed == 1);
    CHECK(office.open().empty());
    CHECK(*list_exits(office.store()) == std::vector<std::string>{"H1"});
    office.import(0, on(2025, 10, 31), {told(1, on(2025, 9, 1))});
    office.cycle(on(2025, 10, 31));
    CHECK(office.open().empty());
    CHECK(list_exits(office.store())->size() == 1);
}

TEST_CASE("why: every event with its file, row, clause and state, and the clock that runs") {
    Office office;
    office.import(1, june, {told(4, may)});
    office.cycle(june);
    office.import(2, on(2025, 7, 10),
                  {{{{number(4), "人4", ""}, {number(5), "人5", ""}}, on(2025, 7, 1), {}}});
    office.cycle(on(2025, 7, 10));
    const auto why = explain(office.store(), office.law, "H3");
    REQUIRE(why);
    REQUIRE(why->warnings.size() == 1);
    const ExplainedWarning& warning = why->warnings[0];
    CHECK(warning.score == 7);
    CHECK(warning.level == "middle");
    REQUIRE(warning.clock);
    CHECK(warning.clock->started_on == june);
    CHECK(warning.clock->due_on == on(2025, 7, 14));
    CHECK(warning.clock->working_days == 10);
    REQUIRE(warning.events.size() == 3);
    CHECK(warning.events[0].indicator == "ends");
    CHECK(warning.events[0].file_name == "b.deaths-2025-06-30.csv");
    CHECK(warning.events[0].row == 2);
    CHECK(warning.events[1].state == "counted");
    CHECK(warning.events[2].state == "beyond_count");
    CHECK(warning.events[0].number_masked.find('*') != std::string::npos);
    CHECK(explain(office.store(), office.law, "H9").error().code == "no_such_household");
    CHECK(explain(office.store(), office.law, "H1")->warnings.empty());
}

// The level `call` has a target of the office's instead of days: set in one county, if at all.
void aim(policy::Policy& law, std::optional<int> days, std::string region = "441691") {
    policy::Parameter target;
    target.id = "call_target_days";
    target.type = policy::FactType::integer;
    if (days) {
        policy::ParameterValue value;
        value.region = std::move(region);
        value.from = on(2025, 1, 1);
        value.value = expr::Value::integer(*days);
        target.values.push_back(value);
    }
    law.pack.law.parameters = {target};
    law.pack.levels.back().target = 0;
    law.pack.content_hash = "law with " + (days ? std::to_string(*days) : std::string("no target"));
}

TEST_CASE(
    "a target that the office sets is a due date from the day it is known, by place, and is called a "
    "target") {
    Office office;
    aim(office.law, std::nullopt);
    office.import(0, june, {told(1, may), told(3, may)});
    office.cycle(june);
    CHECK(office.open() == "H1 4 call 2025-06-30 - per_person\nH2 4 call 2025-06-30 - per_person\n");
    CHECK_FALSE(explain(office.store(), office.law, "H1")->warnings[0].clock.has_value());
    // Set for one county: its days run from the cycle that knows it, the other's warning has none.
    aim(office.law, 5);
    office.cycle(on(2025, 7, 4));
    CHECK(office.open() == "H1 4 call 2025-06-30 2025-07-11 per_person\nH2 4 call 2025-06-30 - per_person\n");
    const auto clock = explain(office.store(), office.law, "H1")->warnings[0].clock;
    REQUIRE(clock);
    CHECK(clock->is_target);
    CHECK(clock->started_on == on(2025, 7, 4));
    CHECK(clock->working_days == 5);
    // A shorter one later moves nothing that runs; taken away, there is no date again.
    aim(office.law, 1);
    office.cycle(on(2025, 7, 7));
    CHECK(office.open().starts_with("H1 4 call 2025-06-30 2025-07-11"));
    aim(office.law, std::nullopt);
    office.cycle(on(2025, 7, 8));
    CHECK(office.open().starts_with("H1 4 call 2025-06-30 - "));
}

TEST_CASE("days of the notice are no target, whatever an office would set") {
    Office office;
    office.import(1, june, {told(4, may)});
    office.cycle(june);
    const auto clock = explain(office.store(), office.law, "H3")->warnings[0].clock;
    REQUIRE(clock);
    CHECK_FALSE(clock->is_target);
}

// The roll's events then hang on a condition.
void ask(policy::Policy& law, const std::string& when) {
    policy::Dataset& roll = law.catalogue.datasets[0];
    roll.columns.push_back({"amount", policy::ColumnType::money, {}, false});
    auto program = expr::compile(when, policy::row_schema(roll), expr::CheckMode::pack_condition);
    REQUIRE_MESSAGE(program, program.error().text.en);
    law.pack.indicators[per_person].sources[0].when = std::move(*program);
}

// "H1 per_person 2025-05-10 possible amount 2" a line.
std::string in_doubt(Office& office, std::string_view household = {}) {
    std::string text;
    const auto rows = list_doubts(office.store(), household);
    REQUIRE_MESSAGE(rows, rows.error().text.en);
    for (const DoubtRow& row : *rows)
        text += row.household + " " + row.indicator + " " + row.date.iso() + " " + row.outcome + " " +
                row.reason + " " + std::to_string(row.row) + "\n";
    return text;
}

TEST_CASE("a condition that is not known: the event is possible, never scores, and stands until settled") {
    Office office;
    ask(office.law, "has(row.amount) && row.amount > yuan(\"100\")");
    office.import(0, june, {told(3, may + 1), told(1, may), told(999, may)});
    office.import(1, june, {told(4, may)});
    const CycleReport first = office.cycle(june);
    CHECK(first.events_possible == 2);
    CHECK(first.events_to_review == 0);
    CHECK(first.events_scored == 1);
    CHECK(office.open() == "H3 6 low 2025-06-30 2025-07-14 ends\n");
    const std::string both =
        "H1 per_person 2025-05-10 possible amount 3\nH2 per_person 2025-05-11 possible amount 2\n";
    CHECK(in_doubt(office) == both);
    CHECK(in_doubt(office, "H2") == "H2 per_person 2025-05-11 possible amount 2\n");
    const auto why = explain(office.store(), office.law, "H1");
    REQUIRE(why);
    CHECK(why->warnings.empty());
    REQUIRE(why->doubts.size() == 1);
    CHECK(why->doubts[0].file_name == "a.roll-2025-06-30.csv");
    CHECK(why->doubts[0].number_masked.find('*') != std::string::npos);
    // The same cycle again, and a later one that no longer reads the file.
    CHECK(office.cycle(june).events_possible == 2);
    office.import(0, september, {told(3, may + 1, "注销")});
    CHECK(office.cycle(september).events_possible == 1);
    CHECK(in_doubt(office) == "H1 per_person 2025-05-10 possible amount 3\n");
    CHECK(office.open() == "H3 6 low 2025-06-30 2025-07-14 ends\n");
}

TEST_CASE("what an original told in doubt is told no more once it is read otherwise") {
    Office office;
    ask(office.law, "has(row.amount) && row.amount > yuan(\"100\")");
    office.import(0, june, {told(1, may)});
    CHECK(office.cycle(june).events_possible == 1);
    office.import(0, june, {told(999, may)}, 1);
    CHECK(office.cycle(june).events_possible == 0);
}

TEST_CASE(
    "a condition that fails: the event goes to review with its reason; a law that decides it ends that") {
    Office office;
    ask(office.law, "has(row.status) && 10 / (size(row.status) - 2) > 1");
    office.import(0, june, {told(1, may)});
    const CycleReport report = office.cycle(june);
    CHECK(report.events_to_review == 1);
    CHECK(report.events_possible == 0);
    CHECK(report.events_scored == 0);
    CHECK(office.open().empty());
    CHECK(in_doubt(office) == "H1 per_person 2025-05-10 review zero 2\n");
    office.law.pack.indicators[per_person].sources[0].when.reset();
    office.law.pack.content_hash = "mended";
    CHECK(office.cycle(june).events_to_review == 0);
    CHECK(in_doubt(office).empty());
    CHECK(office.open() == "H1 4 call 2025-06-30 - per_person\n");
}

TEST_CASE("quality has a row for each file of the day, by arrival") {
    Office office;
    office.import(1, june, {told(4, may)});
    office.import(0, june, {told(1, may), told(1, may), told(999, may)});
    office.import(0, september, {told(1, may)});
    const auto rows = list_quality(office.store(), AsOf{june});
    REQUIRE(rows);
    REQUIRE(rows->size() == 2);
    CHECK((*rows)[1].dataset == "a.roll");
    CHECK((*rows)[1].buckets[match::Bucket::duplicate] == 1);
    CHECK((*rows)[1].buckets[match::Bucket::off_roster] == 1);
}

TEST_CASE("a cycle gives the same warnings for any number of threads, and a cancelled one did not happen") {
    std::vector<Row> rows;
    for (std::uint32_t i = 0; i < 150'000; ++i)
        rows.push_back(told(1 + i % 900, may + static_cast<int>(i % 30)));
    std::string first;
    for (const unsigned threads : {1U, 3U}) {
        Office office;
        office.import(0, june, rows);
        std::stop_source stop;
        stop.request_stop();
        const PublishId before = office.store().current();
        CHECK(run_cycle(office.store(), office.law, AsOf{june}, {.stop = stop.get_token()}).error().kind ==
              ErrorKind::cancelled);
        CHECK(office.store().current() == before);
        CHECK(office.cycle(june, threads).rows_streamed == 150'000);
        if (first.empty()) first = office.open();
        CHECK(office.open() == first);
        CHECK_FALSE(first.empty());
    }
}

}  // namespace
}  // namespace doudi::monitor
