// SPDX-License-Identifier: Apache-2.0
#include "archive/sample.h"

#include <doctest/doctest.h>

#include "archive/archive_test_support.h"

namespace doudi::archive {
namespace {

constexpr const char* pack = "guangdong-2021";
const Date day = Date::parse_iso("2026-11-27").value();

}  // namespace

TEST_CASE(
    "every paper of a pack is printed with samples, and leaves nothing to be written that has a field") {
    const auto plates = press().of(pack).value();
    REQUIRE(plates->library.papers.size() > 10);
    for (const print::Paper& paper : plates->library.papers) {
        const auto printed = sample_paper(press(), pack, paper.id, day);
        REQUIRE_MESSAGE(printed.has_value(), paper.id, printed ? "" : printed.error().text.en);
        CHECK_MESSAGE(printed->pdf.starts_with("%PDF"), paper.id);
        CHECK_MESSAGE(printed->blanks.empty(), paper.id);
        CHECK_MESSAGE(printed->withheld == 0, paper.id);
    }
}

TEST_CASE("a paper that the pack does not have is none") {
    CHECK_FALSE(sample_paper(press(), pack, "wedding", day).has_value());
}

}  // namespace doudi::archive
