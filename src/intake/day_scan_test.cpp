// SPDX-License-Identifier: Apache-2.0
#include "intake/day_scan.h"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <rapidcheck.h>

#include <optional>
#include <string>

#include "intake/date_text.h"

namespace doudi::intake {
namespace {

std::optional<Date> scanned(const std::string& ten) {
    REQUIRE(ten.size() == plain_day_bytes);
    std::int32_t days = 0;
    if (!scan_plain_day(ten.data(), days)) return std::nullopt;
    return Date::from_days(days);
}

TEST_CASE("every day of the years that are read, and none beside them") {
    std::optional<Date> before;
    for (int year = 1899; year <= 2200; ++year) {
        for (int month = 0; month <= 13; ++month) {
            for (int day = 0; day <= 32; ++day) {
                const auto found = scanned(fmt::format("{:04}-{:02}-{:02}", year, month, day));
                const bool is_read = year >= 1900 && year <= 2199;
                const auto real = is_read ? Date::from_ymd(year, month, day) : std::nullopt;
                if (found != real) FAIL("day ", year, "-", month, "-", day);
                if (found && before && *found != *before + 1) FAIL("not the day after: ", found->iso());
                if (found) before = found;
            }
        }
    }
}

TEST_CASE("separators are of three kinds, and both alike") {
    CHECK(scanned("2024/02/29") == Date::from_ymd(2024, 2, 29));
    CHECK(scanned("2024.02.29") == Date::from_ymd(2024, 2, 29));
    for (const std::string text :
         {"2024-02/29", "2024:02:29", "2024 02 29", "20240 2-29", "2024-2-029", "2024-02-2 ", "-024-02-29",
          "2024-0/-29", "2024-02-:9", "2024-02-\xB2\xB9", "2023-02-29"})
        CHECK_MESSAGE(!scanned(text).has_value(), text);
}

TEST_CASE("what is taken is what the slow way reads, of any bytes that look like a day") {
    CHECK(rc::check("scan_plain_day", [] {
        const auto text = *rc::gen::container<std::string>(
            plain_day_bytes, rc::gen::weightedOneOf<char>({{8, rc::gen::element('0', '1', '2', '9')},
                                                           {3, rc::gen::element('-', '/', '.')},
                                                           {1, rc::gen::arbitrary<char>()}}));
        const auto fast = scanned(text);
        const DateText slow = read_date_text(text);
        const bool alike = !fast || (slow.kind == DateTextKind::day && slow.date == *fast);
        RC_ASSERT(alike);
    }));
}

}  // namespace
}  // namespace doudi::intake
