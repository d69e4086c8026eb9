// SPDX-License-Identifier: Apache-2.0
// A synthetic county whose truth is known by a model that shares no code with the engine: every planted event
// and no other.
#include <doctest/doctest.h>

#include "county/county.h"
#include "synth/synth.h"

namespace doudi::county {
namespace {

void check_against_truth(const synth::SynthOptions& wanted) {
    const TemporaryFolder folder;
    synth::SynthOptions options = wanted;
    options.out = folder.path() / "county";
    const auto report = synth::make_county(options);
    REQUIRE(report.has_value());
    const TwoQuarters lists = run_two_quarters(options.out);
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

TEST_CASE("a clean county gives no warning") {
    const TemporaryFolder folder;
    REQUIRE(
        synth::make_county({.residents = 8'000, .seed = 9, .out = folder.path() / "county", .clean = true})
            .has_value());
    const TwoQuarters lists = run_two_quarters(folder.path() / "county");
    CHECK(lists.q2.warnings == "household_id,score,level,issued_on,due_on,indicators\n");
    CHECK(lists.q3.warnings == "household_id,score,level,issued_on,due_on,indicators\n");
    CHECK(lists.q3.exits == "household_id\n");
}

}  // namespace doudi::county
