// SPDX-License-Identifier: Apache-2.0
#include "monitor/shredding.h"

#include "monitor/memory.h"
#include "monitor/office_test_support.h"
#include "monitor/read.h"

namespace doudi::monitor {
namespace {

using namespace testing;

const Date june = on(2025, 6, 30);
const Date july = on(2025, 7, 31);
const Date september = on(2025, 9, 30);
const Date may = on(2025, 5, 10);

// 人1 and 人2 live in H1, 人3 in H2; each was told of once, and the cycle of June counted it.
class June {
  public:
    June() {
        office.import(0, june, {told(1, may), told(2, may), told(3, may)});
        office.cycle(june);
    }
    std::size_t remembered(std::uint32_t person) {
        std::size_t count = 0;
        for (const std::string& segment : segments())
            count += *events_remembered(*office.store().open_blob(store::Shelf::segments, segment),
                                        PersonId(person));
        return count;
    }
    std::vector<std::string> segments() {
        auto query = *office.store().database().prepare("select segment from cycle_memory order by publish");
        std::vector<std::string> all;
        while (*query.step()) all.push_back(query.text(0));
        return all;
    }
    std::int64_t rows_of(std::uint32_t person) {
        auto query =
            *office.store().database().prepare("select count(*) from warning_event where member = $1");
        REQUIRE(*query.bind(1, std::int64_t{person}).step());
        return query.integer(0);
    }
    void forget(std::uint32_t person) { REQUIRE(forget_person(office.store(), PersonId(person))); }

    Office office;
};

}  // namespace

TEST_CASE("what cycles remember names nobody who is forgotten, and says of the others what it said") {
    June of;
    of.office.cycle(july);
    REQUIRE(of.segments().size() == 2);
    REQUIRE(of.remembered(1) == 2);
    const auto before = of.segments();
    of.forget(1);
    CHECK(of.remembered(1) == 0);
    CHECK(of.remembered(2) == 2);
    CHECK(of.remembered(3) == 2);
    CHECK(of.rows_of(1) == 0);
    for (const std::string& segment : before)
        CHECK_FALSE(of.office.store().open_blob(store::Shelf::segments, segment));  // the old file is gone
}

TEST_CASE(
    "of whom nothing is remembered the files stay as they are, and a second forgetting changes nothing") {
    June of;
    const auto before = of.segments();
    of.forget(4);
    CHECK(of.segments() == before);
    of.forget(1);
    const auto after = of.segments();
    CHECK(after != before);
    of.forget(1);
    CHECK(of.segments() == after);
}

TEST_CASE(
    "the next cycle reckons without the forgotten, does not name them again, and tells no one else twice") {
    June of;
    REQUIRE(of.office.open() ==
            "H1 8 high 2025-06-30 2025-07-07 per_person;per_person\nH2 4 call 2025-06-30 - per_person\n");
    of.forget(1);
    const CycleReport report = of.office.cycle(september);
    CHECK(report.warnings_opened == 0);
    CHECK(report.warnings_closed == 0);
    CHECK(report.events_scored == 0);
    auto rows = list_warnings(of.office.store());
    REQUIRE(rows);
    REQUIRE(rows->size() == 2);
    CHECK(rows->front().score == 4);
    CHECK(rows->front().indicators == "per_person");
    CHECK(of.rows_of(1) == 0);
    CHECK(of.rows_of(2) > 0);
    CHECK(of.remembered(1) == 0);
}

TEST_CASE("a warning that stood on the forgotten alone is closed by the next cycle") {
    June of;
    of.forget(3);
    CHECK(of.office.cycle(september).warnings_closed == 1);
    CHECK(of.office.open() == "H1 8 high 2025-06-30 2025-07-07 per_person;per_person\n");
    CHECK(of.remembered(3) == 0);
}

}  // namespace doudi::monitor
