// SPDX-License-Identifier: Apache-2.0
// A synthetic county whose truth is known by a model that shares no code with the engine: every planted event
// and no other.
#include <doctest/doctest.h>

#include "county/county.h"
#include "county/events.h"
#include "synth/synth.h"

namespace doudi::county {
namespace {

// Cycle by cycle, the engine's events against the planted ones: none is missing, there is none more.
class EventsCheck {
  public:
    explicit EventsCheck(const std::filesystem::path& folder)
        : rows_(folder / "registry"), planted_(read_planted_events(folder / "truth")) {}

    void cycle(County& county, const char* quarter) {
        CAPTURE(quarter);
        const PlantedEvents& planted = planted_[quarter];
        CHECK_FALSE(planted.counted.empty());
        const EngineEvents now = read_engine_events(county, rows_);
        // What scored once has scored for good, and stays under the warning that it joined.
        CHECK(text_of(without(before_.scored, now.scored)) == "");
        CHECK(text_of(without(before_.joined, now.joined)) == "");

        const Events scored = without(now.scored, before_.scored);
        Events wanted = planted.counted;
        wanted.insert(planted.household_exits.begin(), planted.household_exits.end());
        CHECK(text_of(without(wanted, scored)) == "");
        CHECK(text_of(without(scored, wanted)) == "");

        // An event that comes with the natural exit of its household is told under the warning that this
        // ends, if there was one.
        const Events joined = without(now.joined, before_.joined);
        const Events with_exit = common(planted.household_exits, now.ended);
        CHECK(text_of(without(planted.counted, joined)) == "");
        CHECK(text_of(without(without(joined, planted.counted), with_exit)) == "");

        met_.merge(indicators_of(planted.counted));
        before_ = now;
        ++cycles_;
    }

    // Two empty sets are equal too: both cycles were looked at, and every indicator of the pack has counted.
    void end() const {
        CHECK(cycles_ == 2);
        std::set<std::string> all;
        for (const auto& indicator : guangdong().pack.indicators) all.insert(indicator.id);
        CHECK(met_ == all);
    }

  private:
    MemberRows rows_;
    std::map<std::string, PlantedEvents> planted_;
    EngineEvents before_;
    std::set<std::string> met_;
    int cycles_ = 0;
};

void check_against_truth(const synth::SynthOptions& wanted) {
    const TemporaryFolder folder;
    synth::SynthOptions options = wanted;
    options.out = folder.path() / "county";
    const auto report = synth::make_county(options);
    REQUIRE(report.has_value());
    EventsCheck events(options.out);
    const TwoQuarters lists = run_two_quarters(
        options.out, {}, [&](County& county, const char* quarter) { events.cycle(county, quarter); });
    events.end();
    const auto truth = [&](const char* list, const char* quarter) {
        return read_text(options.out / "truth" / (std::string(list) + "-" + quarter + ".csv"));
    };
    CHECK(lists.q2.warnings == truth("warnings", "2025Q2"));
    CHECK(lists.q2.quality == truth("quality", "2025Q2"));
    CHECK(lists.q2.exits == truth("natural-exits", "2025Q2"));
    CHECK(lists.q3.warnings == truth("warnings", "2025Q3"));
    CHECK(lists.q3.quality == truth("quality", "2025Q3"));
    CHECK(lists.q3.exits == truth("natural-exits", "2025Q3"));
}

}  // namespace

TEST_CASE("an untidy synthetic county gives every planted event and no other") {
    for (const std::uint64_t seed : {1U, 2U, 3U, 4U}) {
        CAPTURE(seed);
        check_against_truth({.residents = 12'000, .seed = seed});
    }
}

TEST_CASE("a plain synthetic county with many rows gives every planted event and no other") {
    check_against_truth(
        {.residents = 60'000, .seed = 5, .style = synth::Style::plain_csv, .feed_rows = 120'000});
}

TEST_CASE("a clean county gives no warning and no event") {
    const TemporaryFolder folder;
    REQUIRE(
        synth::make_county({.residents = 8'000, .seed = 9, .out = folder.path() / "county", .clean = true})
            .has_value());
    const MemberRows rows(folder.path() / "county" / "registry");
    const TwoQuarters lists =
        run_two_quarters(folder.path() / "county", {}, [&](County& county, const char* quarter) {
            CAPTURE(quarter);
            const EngineEvents events = read_engine_events(county, rows);
            CHECK(text_of(events.scored) == "");
            CHECK(text_of(events.joined) == "");
        });
    // Whose old entries were matched: there was something to score.
    CHECK(lists.q3.quality == read_text(folder.path() / "county" / "truth" / "quality-2025Q3.csv"));
    CHECK(lists.q2.warnings == "household_id,score,level,issued_on,due_on,indicators\n");
    CHECK(lists.q3.warnings == "household_id,score,level,issued_on,due_on,indicators\n");
    CHECK(lists.q3.exits == "household_id\n");
}

}  // namespace doudi::county
