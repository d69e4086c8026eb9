// SPDX-License-Identifier: Apache-2.0
#include "monitor/succession.h"

#include "monitor/office_test_support.h"
#include "monitor/read.h"
#include "monitor/verbs.h"

namespace doudi::monitor {
namespace {

using namespace testing;

const Date june = on(2025, 6, 30);
const Date merged_on = on(2025, 7, 10);
const Date september = on(2025, 9, 30);
const Date may = on(2025, 5, 10);

// Households 1 and 2 of the office: 人1 and 人2 in H1, 人3 in H2.
class Merging {
  public:
    // The household's people go to another one, and what becomes of its warning is as said; one publication.
    void end(std::uint32_t household, std::uint32_t to, std::uint32_t heir, std::vector<std::uint32_t> people,
             const char* reason = "") {
        const PublishId publish = begin(people, to);
        REQUIRE(stage_succession(store(), publish,
                                 {.change = 7,
                                  .household = HouseholdId(household),
                                  .heir = HouseholdId(heir),
                                  .ended_on = merged_on,
                                  .reason = reason}));
        REQUIRE(store().publish(publish));
    }
    void take_back(std::uint32_t household, std::vector<std::uint32_t> people) {
        const PublishId publish = begin(people, household);
        REQUIRE(stage_restored(store(), publish, 7));
        REQUIRE(store().publish(publish));
    }
    PublishId begin(const std::vector<std::uint32_t>& people, std::uint32_t to) {
        const PublishId publish = *store().begin_publish("register", AsOf{merged_on}, "{}");
        registry::Register moved;
        for (const std::uint32_t id : people)
            moved.members.push_back(match::testing::member(id, to, "人" + std::to_string(id), id));
        REQUIRE(registry::stage_members(store(), publish, moved.members));
        return publish;
    }
    ExplainedWarning only_warning(const std::string& household) {
        auto told = explain(store(), office.law, household);
        REQUIRE_MESSAGE(told, told.error().text.en);
        REQUIRE(told->warnings.size() == 1);
        return told->warnings.front();
    }
    void close(const std::string& household, Date day) {
        const std::vector<std::string> codes{household};
        REQUIRE(close_warnings(store(), AsOf{day}, codes));
    }
    store::DataFolder& store() { return office.store(); }
    std::string open() { return office.open(); }

    Office office;
};

}  // namespace

TEST_CASE("carried to a household without a warning, it is that household's, with its number and its clock") {
    Merging merging;
    merging.office.import(1, june, {told(1, may)});
    merging.office.cycle(june);
    REQUIRE(merging.open() == "H1 6 low 2025-06-30 2025-07-14 ends\n");
    merging.end(1, 2, 2, {1, 2});
    CHECK(merging.open() == "H2 6 low 2025-06-30 2025-07-14 ends\n");
    const ExplainedWarning here = merging.only_warning("H2");
    CHECK(here.state == "open");
    REQUIRE(here.clock);
    CHECK(here.clock->started_on == june);
    CHECK(here.events.size() == 1);
    const ExplainedWarning there = merging.only_warning("H1");
    CHECK(there.id == here.id);
    CHECK(there.state == "closed");
    CHECK(there.closed_why == "carried");
    CHECK(there.closed_on == merged_on);
    CHECK_FALSE(there.clock);
    SUBCASE("what happens to its people later counts for it") {
        merging.office.import(0, september, {told(2, on(2025, 8, 10)), told(3, on(2025, 8, 11))});
        merging.office.cycle(september);
        CHECK(merging.open().starts_with("H2 14 top 2025-06-30 2025-07-14 "));
    }
    SUBCASE("taken back, it is where it was") {
        merging.take_back(1, {1, 2});
        CHECK(merging.open() == "H1 6 low 2025-06-30 2025-07-14 ends\n");
        CHECK(merging.only_warning("H1").state == "open");
    }
    SUBCASE("settled by then, it stays so when the case is taken back") {
        merging.close("H2", on(2025, 7, 15));
        merging.take_back(1, {1, 2});
        CHECK(merging.open().empty());
    }
}

TEST_CASE(
    "carried to a household that has one, that is due no later and counts the events of both from the next "
    "cycle") {
    Merging merging;
    merging.office.import(1, june, {told(1, may)});
    merging.office.import(0, june, {told(3, may)});
    merging.office.cycle(june);
    REQUIRE(merging.open() == "H1 6 low 2025-06-30 2025-07-14 ends\nH2 4 call 2025-06-30 - per_person\n");
    merging.end(1, 2, 2, {1, 2});
    CHECK(merging.open() == "H2 4 call 2025-06-30 2025-07-14 per_person\n");
    CHECK(merging.only_warning("H1").closed_why == "carried");
    // The same day and the same files: the cycle is run again, for the warnings are others.
    merging.office.cycle(september);
    CHECK(merging.open() == "H2 10 top 2025-06-30 2025-07-14 ends;per_person\n");
    CHECK(merging.only_warning("H2").events.size() == 2);
    SUBCASE("taken back after that cycle, each has its own again") {
        merging.take_back(1, {1, 2});
        merging.office.cycle(on(2025, 10, 31));
        CHECK(merging.open() == "H1 6 low 2025-06-30 2025-07-14 ends\nH2 4 call 2025-06-30 - per_person\n");
    }
    SUBCASE("settled, both are: nothing of them scores again, also when the case is taken back") {
        merging.close("H2", on(2025, 10, 15));
        merging.take_back(1, {1, 2});
        merging.office.cycle(on(2025, 10, 31));
        CHECK(merging.open().empty());
    }
    SUBCASE("the heir itself ends: what it had been given goes on with it") {
        const PublishId publish = merging.begin({1, 2, 3}, 3);
        REQUIRE(stage_succession(merging.store(), publish,
                                 {.change = 8,
                                  .household = HouseholdId(2),
                                  .heir = HouseholdId(3),
                                  .ended_on = on(2025, 10, 10),
                                  .reason = {}}));
        REQUIRE(merging.store().publish(publish));
        merging.office.cycle(on(2025, 10, 31));
        CHECK(merging.open() == "H3 10 top 2025-06-30 2025-07-14 ends;per_person\n");
    }
}

TEST_CASE("an earlier clock of the heir's stays") {
    Merging merging;
    merging.office.import(1, june, {told(4, may)});
    merging.office.cycle(june);
    merging.office.import(1, on(2025, 7, 5), {told(1, on(2025, 7, 1))});
    merging.office.cycle(on(2025, 7, 5));
    REQUIRE(merging.open() == "H1 6 low 2025-07-05 2025-07-18 ends\nH3 6 low 2025-06-30 2025-07-14 ends\n");
    merging.end(1, 3, 3, {1, 2});
    CHECK(merging.open() == "H3 6 low 2025-06-30 2025-07-14 ends\n");
}

TEST_CASE("closed with the household it scores no more; taken back, it is open again") {
    Merging merging;
    merging.office.import(0, june, {told(1, may)});
    merging.office.cycle(june);
    merging.end(1, 2, 0, {1, 2}, "已入户核实");
    CHECK(merging.open().empty());
    const ExplainedWarning closed = merging.only_warning("H1");
    CHECK(closed.closed_why == "merged");
    CHECK(closed.closed_on == merged_on);
    merging.office.cycle(september);
    CHECK(merging.open().empty());
    merging.take_back(1, {1, 2});
    CHECK(merging.open() == "H1 4 call 2025-06-30 - per_person\n");
    merging.office.cycle(on(2025, 10, 31));
    CHECK(merging.open() == "H1 4 call 2025-06-30 - per_person\n");
}

TEST_CASE("a warning that was issued after the household ended is not closed before it was issued") {
    Merging merging;
    merging.office.import(0, on(2025, 7, 20), {told(1, may)});
    merging.office.cycle(on(2025, 7, 20));
    merging.end(1, 2, 0, {1, 2}, "已入户核实");
    CHECK(merging.only_warning("H1").closed_on == on(2025, 7, 20));
}

TEST_CASE("two households that go to the same third one by one case leave it one warning") {
    Merging merging;
    merging.office.import(0, june, {told(1, may), told(3, may)});
    merging.office.cycle(june);
    const PublishId publish = merging.begin({1, 2, 3}, 3);
    for (const std::uint32_t household : {1U, 2U}) {
        REQUIRE(stage_succession(merging.store(), publish,
                                 {.change = 7,
                                  .household = HouseholdId(household),
                                  .heir = HouseholdId(3),
                                  .ended_on = merged_on,
                                  .reason = {}}));
    }
    REQUIRE(merging.store().publish(publish));
    CHECK(merging.open() == "H3 4 call 2025-06-30 - per_person\n");
    merging.office.cycle(september);
    CHECK(merging.open() == "H3 8 high 2025-06-30 2025-10-14 per_person;per_person\n");
}

TEST_CASE("a household without an open warning leaves none to go on") {
    Merging merging;
    merging.end(1, 2, 2, {1, 2});
    CHECK(merging.open().empty());
    CHECK_FALSE(*open_warning(merging.store().database(), merging.store().current(), HouseholdId(1)));
}

}  // namespace doudi::monitor
