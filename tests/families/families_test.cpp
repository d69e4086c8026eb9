// SPDX-License-Identifier: Apache-2.0
// Three invented families, each written once and decided by each of the five notices: what must come out
// stands beside them, one entry a notice, with its clause.
#include "families/families.h"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>

namespace doudi::families {
namespace {

TEST_CASE("each of the three families comes out of each of the five notices as its entry says") {
    for (const std::string_view family : families) {
        for (const std::string_view notice : notices) {
            const std::vector<determine::GoldenCase> entries = entries_of(family, notice);
            REQUIRE_MESSAGE(entries.size() == 1, family, " ", notice);
            const determine::GoldenResult result = determine::run_golden(pack_of(notice).law, entries[0]);
            for (const Text& difference : result.differences)
                FAIL_CHECK(entries[0].where << " " << entries[0].id << ": " << difference.en);
        }
    }
}

TEST_CASE("each entry of a family cites its notice and names the point that it shows") {
    for (const std::string_view family : families) {
        for (const std::string_view notice : notices) {
            for (const determine::GoldenCase& entry : entries_of(family, notice)) {
                CHECK_FALSE_MESSAGE(entry.cite.empty(), entry.id);
                CHECK_MESSAGE(entry.shows.starts_with("C"), entry.id);
                CHECK_FALSE_MESSAGE(entry.expected.empty(), entry.id);
            }
        }
    }
}

// What is said of one thing ("yes", "no", "unknown", a share, an amount), by the thing.
using Said = std::map<std::string, std::set<std::string>>;

void add_to(Said& said, const determine::GoldenCase& entry) {
    for (const determine::Expected& one : entry.expected) {
        const std::string thing = fmt::format("{} {} {}", static_cast<int>(one.kind), one.id, one.member);
        said[thing].insert(fmt::format("{}", fmt::join(one.values, ", ")));
    }
}

TEST_CASE("the five notices decide each family differently, of three things and more") {
    for (const std::string_view family : families) {
        Said said;
        for (const std::string_view notice : notices)
            for (const determine::GoldenCase& entry : entries_of(family, notice)) add_to(said, entry);
        const auto differs = [](const auto& thing) { return thing.second.size() > 1; };
        CHECK_MESSAGE(std::ranges::count_if(said, differs) >= 3, family);
    }
}

}  // namespace
}  // namespace doudi::families
