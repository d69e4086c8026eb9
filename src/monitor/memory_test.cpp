// SPDX-License-Identifier: Apache-2.0
#include "monitor/memory.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <chrono>

#include "column/memory_file.h"
#include "monitor/monitor_test_support.h"
#include "monitor/ordered_work.h"

namespace doudi::monitor {
namespace {

using namespace testing;

ImportRanks three_imports() {
    return ImportRanks({{AsOf{on(2025, 9, 30)}, PublishId(3)},
                        {AsOf{on(2025, 6, 30)}, PublishId(7)},
                        {AsOf{on(2025, 6, 30)}, PublishId(5)}});
}

TEST_CASE("imports rank by their day, then by the order of publishing") {
    const ImportRanks ranks = three_imports();
    CHECK(ranks.rank_of(5) == 1);
    CHECK(ranks.rank_of(7) == 2);
    CHECK(ranks.rank_of(3) == 3);
    CHECK(ranks.rank_of(4) == 0);
    CHECK(ranks.rank_of(99) == 0);
    CHECK(ranks.publish_of(2) == 7);
    CHECK(ranks.publish_of(0) == 0);
}

TEST_CASE("what a cycle remembers comes back as it was; an indicator that the pack has lost is left out") {
    policy::Policy law = small_law();
    std::vector<Event> events;
    for (std::uint32_t i = 0; i < 70'000; ++i) {
        Event event;
        event.key = i % 3 == 0 ? 0 : 0xFFFF'0000'0000'0000U + i;
        event.person = 1 + i / 2;
        event.date = -5 + static_cast<std::int32_t>(i % 40'000);
        event.told = i % 4;
        event.taken = i % 3;
        event.scored_at = i % 2;
        event.warning = i % 5;
        event.arrival = 1 + i % 9;
        event.row = i;
        event.indicator = i % 2 == 0 ? ends : stops;
        event.sources = static_cast<std::uint16_t>(i % 8);
        event.grade = i % 7 == 0 ? match::Grade::probable : match::Grade::exact;
        event.scored = i % 2 == 0;
        event.taken_back = i % 11 == 0;
        events.push_back(event);
    }
    const ImportRanks ranks = three_imports();
    column::MemorySink sink;
    REQUIRE(write_memory(events, law.pack, ranks, sink));
    const auto source = std::make_shared<column::MemorySource>(sink.data);
    const auto read = read_memory(source, law.pack, ranks);
    REQUIRE(read);
    CHECK(*read == events);
    std::erase_if(law.pack.indicators, [](const policy::Indicator& one) { return one.id == "ends"; });
    const auto without = read_memory(source, law.pack, ranks);
    REQUIRE(without);
    CHECK(without->size() == 35'000);
    CHECK(law.pack.indicators[without->front().indicator].id == "stops");
}

TEST_CASE(
    "a memory without somebody is the same for everybody else, over several blocks and whatever the pack") {
    const policy::Policy law = small_law();
    std::vector<Event> events;
    for (std::uint32_t i = 0; i < 140'000; ++i) {
        Event event;
        event.key = i;
        event.person = i < 70'000 ? 5U : 6U + i % 3U;
        event.date = static_cast<std::int32_t>(i);
        event.indicator = i % 2 == 0 ? ends : stops;
        event.scored = i % 2 == 0;
        events.push_back(event);
    }
    std::ranges::sort(events, {}, &Event::order);
    const ImportRanks ranks = three_imports();
    column::MemorySink sink;
    REQUIRE(write_memory(events, law.pack, ranks, sink));
    const auto source = std::make_shared<column::MemorySource>(sink.data);
    for (const std::uint32_t gone : {4U, 5U, 7U}) {
        column::MemorySink written;
        REQUIRE(write_memory_without(source, PersonId(gone), written));
        auto left = events;
        const auto expected = std::erase_if(left, [&](const Event& one) { return one.person == gone; });
        CHECK(*events_remembered(source, PersonId(gone)) == expected);
        const auto read = read_memory(std::make_shared<column::MemorySource>(written.data), law.pack, ranks);
        REQUIRE(read);
        CHECK(*read == left);
    }
}

TEST_CASE("ordered work takes results in order, whatever the number of threads") {
    for (const unsigned threads : {1U, 2U, 5U}) {
        std::vector<std::size_t> taken;
        OrderedWork<std::size_t> work(
            200, threads,
            [](std::size_t task, unsigned) -> Result<std::size_t> {
                if (task % 7 == 0) std::this_thread::sleep_for(std::chrono::microseconds(200));
                return task * 2;
            },
            [&](std::size_t task, std::size_t part) -> Result<void> {
                CHECK(part == task * 2);
                taken.push_back(task);
                return {};
            },
            {});
        REQUIRE(work.run());
        REQUIRE(taken.size() == 200);
        CHECK(std::ranges::is_sorted(taken));
    }
}

TEST_CASE("ordered work ends with the failure, and with a cancellation") {
    std::atomic<int> begun = 0;
    const auto failing = [&](std::size_t task, unsigned) -> Result<int> {
        ++begun;
        if (task == 5) return fail(ErrorKind::io, "broken", {"坏", "broken"});
        return 1;
    };
    OrderedWork<int> work(1000, 3, failing, [](std::size_t, int) -> Result<void> { return {}; }, {});
    const auto outcome = work.run();
    REQUIRE_FALSE(outcome);
    CHECK(outcome.error().code == "broken");
    CHECK(begun < 100);
    std::stop_source stop;
    stop.request_stop();
    OrderedWork<int> stopped(
        10, 2, failing, [](std::size_t, int) -> Result<void> { return {}; }, stop.get_token());
    CHECK(stopped.run().error().kind == ErrorKind::cancelled);
}

}  // namespace
}  // namespace doudi::monitor
