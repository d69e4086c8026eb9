// SPDX-License-Identifier: Apache-2.0
#include "casework/lists/near.h"

#include <doctest/doctest.h>

#include "base/test_values.h"
#include "policy/load.h"

namespace doudi::casework {
namespace {

const WorkingCalendar& calendar() {
    static const WorkingCalendar loaded =
        policy::load_calendar(std::filesystem::path(DOUDI_SOURCE_DIR) / "calendar").value();
    return loaded;
}

policy::Procedures reminding(int days, std::vector<std::string> clocks = {}) {
    policy::Procedures procedures;
    procedures.reminders.push_back({"soon", std::move(clocks), days, "", {}});
    return procedures;
}

TEST_CASE("a day is near while no more working days lie before it than the reminder says") {
    // A Thursday: Friday is one working day off, and so are the two days off behind it; Monday is two.
    const auto spans = near_spans(reminding(1), calendar(), day("2025-06-12"));
    REQUIRE(spans.size() == 1);
    CHECK(spans[0].until == day("2025-06-15"));
    CHECK(spans[0].clocks.empty());
    CHECK(near_spans(reminding(2), calendar(), day("2025-06-12"))[0].until == day("2025-06-16"));
}

TEST_CASE("a make-up day works, a holiday does not") {
    // 28 September 2025 is a Sunday on which people work; from 1 to 8 October they do not.
    CHECK(near_spans(reminding(1), calendar(), day("2025-09-26"))[0].until == day("2025-09-28"));
    CHECK(near_spans(reminding(1), calendar(), day("2025-09-29"))[0].until == day("2025-10-08"));
}

TEST_CASE("a reminder on the day itself makes no other day near but days off") {
    CHECK(near_spans(reminding(0), calendar(), day("2025-06-12")).empty());
    CHECK(near_spans(reminding(0), calendar(), day("2025-06-13"))[0].until == day("2025-06-15"));
}

TEST_CASE("a reminder of some clocks names them; without one nothing is near") {
    const auto spans = near_spans(reminding(1, {"survey"}), calendar(), day("2025-06-12"));
    REQUIRE(spans.size() == 1);
    CHECK(spans[0].clocks == std::vector<std::string>{"survey"});
    CHECK(near_spans(policy::Procedures(), calendar(), day("2025-06-12")).empty());
}

}  // namespace
}  // namespace doudi::casework
