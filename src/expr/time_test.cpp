// SPDX-License-Identifier: Apache-2.0
// Timestamps and durations of full CEL, beyond what the specification's tests ask.
#include <doctest/doctest.h>

#include <string>

#include "expr/test_support.h"

namespace doudi::expr {
namespace {

std::string answer(std::string_view text) {
    return test::Subject().answer(text, CheckMode::full_cel);
}

TEST_CASE("a timestamp is read as RFC 3339 writes it and printed in UTC") {
    CHECK(answer("string(timestamp('2009-02-13T23:31:30Z'))") == "\"2009-02-13T23:31:30Z\"");
    CHECK(answer("string(timestamp('2009-02-13T23:31:30.500Z'))") == "\"2009-02-13T23:31:30.5Z\"");
    CHECK(answer("string(timestamp('2009-02-14T07:31:30+08:00'))") == "\"2009-02-13T23:31:30Z\"");
    CHECK(answer("string(timestamp('1969-12-31T23:59:59.9Z'))") == "\"1969-12-31T23:59:59.9Z\"");
    CHECK(answer("int(timestamp('1969-12-31T23:59:59.9Z'))") == "-1");
    CHECK(answer("timestamp(0)") == "timestamp(\"1970-01-01T00:00:00Z\")");
    CHECK(answer("timestamp(timestamp(7)) == timestamp(7)") == "true");
}

TEST_CASE("what is no timestamp is E(range), and no number is taken for one") {
    for (const char* text :
         {"", "2009-02-13", "2009-02-30T00:00:00Z", "2009-02-13T24:00:00Z", "2009-02-13T23:60:00Z",
          "2009-02-13T23:31:60Z", "2009-02-13T23:31:30", "2009-02-13t23:31:30z", "2009-02-13T23:31:30.Z",
          "2009-02-13T23:31:30.1234567890Z", "2009-02-13T23:31:30+8:00", "2009-02-13T23:31:30+24:00",
          "2009-02-13T23:31:3008:00", "2009-02-13T23:31:30Z ", "-009-02-13T23:31:30Z",
          "0001-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01"}) {
        CAPTURE(text);
        CHECK(answer("timestamp('" + std::string(text) + "')") == "error(range)");
    }
    CHECK(answer("timestamp(-62135596800)") == "timestamp(\"0001-01-01T00:00:00Z\")");
    CHECK(answer("timestamp(-62135596801)") == "error(range)");
    CHECK(answer("timestamp(9223372036854775807)") == "error(range)");
    CHECK(answer("timestamp(1.5)") == "error(type)");
    CHECK(answer("timestamp(null)") == "error(type)");
}

TEST_CASE("a duration is read in any of its units, exactly") {
    CHECK(answer("string(duration('1h30m'))") == "\"5400s\"");
    CHECK(answer("string(duration('-1.5s'))") == "\"-1.5s\"");
    CHECK(answer("string(duration('+20ms'))") == "\"0.02s\"");
    CHECK(answer("duration('1us') == duration('1000ns')") == "true");
    CHECK(answer("duration('1µs') == duration('1μs')") == "true");
    CHECK(answer("duration('.5h') == duration('30m')") == "true");
    CHECK(answer("duration('0')") == "duration(\"0s\")");
    CHECK(answer("duration('-1ns')") == "duration(\"-0.000000001s\")");
    CHECK(answer("duration('315576000000s')") == "duration(\"315576000000s\")");
    for (const char* text : {"", "-", "1", "s", ".s", "1.5", "1d", "1 s", "--1s", "1.2.3s", "0.5ns", "1s-1s",
                             "315576000001s", "9999999999999999999s", "1h1"}) {
        CAPTURE(text);
        CHECK(answer("duration('" + std::string(text) + "')") == "error(range)");
    }
    CHECK(answer("duration(1)") == "error(type)");
}

TEST_CASE("moments add and subtract within their ranges, and nothing else") {
    CHECK(answer("timestamp(10) - timestamp(4) == duration('6s')") == "true");
    CHECK(answer("duration('6s') + timestamp(4) == timestamp(10)") == "true");
    CHECK(answer("duration('1s') - duration('1.5s')") == "duration(\"-0.5s\")");
    CHECK(answer("timestamp('9999-12-31T23:59:59.999999999Z') + duration('1ns')") == "error(range)");
    CHECK(answer("timestamp('9999-12-31T23:59:59Z') - timestamp('0001-01-01T00:00:00Z')") ==
          "duration(\"315537897599s\")");
    for (const char* text :
         {"timestamp(1) + timestamp(1)", "duration('1s') - timestamp(1)", "duration('1s') * 2",
          "-duration('1s')", "timestamp(1) + 1", "timestamp(1) < duration('1s')", "int(duration('1s'))"}) {
        CAPTURE(text);
        CHECK(answer(text) == "error(type)");
    }
    CHECK(answer("timestamp(1) == duration('1s')") == "false");
    CHECK(answer("duration('-0.5s') < duration('-0.25s')") == "true");
    CHECK(answer("max([duration('1m'), duration('61s')])") == "duration(\"61s\")");
}

TEST_CASE("the types have names with points") {
    CHECK(answer("type(timestamp(0)) == google.protobuf.Timestamp") == "true");
    CHECK(answer("type(duration('1s')) == google.protobuf.Duration") == "true");
    CHECK(answer("type(google.protobuf.Duration) == type") == "true");
    CHECK(answer("google.protobuf.Nothing") == "error(name)");
}

TEST_CASE("a timestamp is asked in UTC or in a zone") {
    CHECK(answer("timestamp('2024-12-31T16:00:00Z').getFullYear('Asia/Shanghai')") == "2025");
    CHECK(answer("timestamp('2024-12-31T16:00:00Z').getDayOfYear('Asia/Shanghai')") == "0");
    CHECK(answer("timestamp('2024-12-31T16:00:00Z').getDayOfYear()") == "365");
    CHECK(answer("timestamp('2024-12-31T16:00:00Z').getMonth()") == "11");
    CHECK(answer("timestamp('2024-12-31T16:00:00Z').getMinutes('+05:30')") == "30");
    CHECK(answer("timestamp('2024-07-01T12:00:00Z').getHours('America/New_York')") == "8");
    CHECK(answer("timestamp('2024-01-01T12:00:00Z').getHours('America/New_York')") == "7");
    CHECK(answer("timestamp('1969-12-31T23:59:59.25Z').getMilliseconds()") == "250");
    CHECK(answer("timestamp('0001-01-01T00:00:00Z').getFullYear('-01:00')") == "0");
}

TEST_CASE("what is no zone is E(range)") {
    for (const char* zone :
         {"", "Nowhere/Land", "GMT+5", "+5:30", "+05:60", "+24:00", "05:30:00", "UTC\\u0000"}) {
        CAPTURE(zone);
        CHECK(answer("timestamp(0).getHours('" + std::string(zone) + "')") == "error(range)");
    }
    CHECK(answer("timestamp(0).getHours(8)") == "error(type)");
    CHECK(answer("timestamp(0).getHours('UTC', 'UTC')") == "error(type)");
}

TEST_CASE(
    "a duration is asked for all its hours, minutes or seconds, and for the milliseconds that are over") {
    CHECK(answer("duration('3h59m59s').getHours()") == "3");
    CHECK(answer("duration('3h59m59s').getMinutes()") == "239");
    CHECK(answer("duration('3h59m59s').getSeconds()") == "14399");
    CHECK(answer("duration('-1.5s').getSeconds()") == "-1");
    CHECK(answer("duration('-1.5s').getMilliseconds()") == "-500");
    CHECK(answer("duration('1s').getFullYear()") == "error(type)");
    CHECK(answer("duration('1s').getHours('UTC')") == "error(type)");
    CHECK(answer("1.getHours()") != "1");
}

}  // namespace
}  // namespace doudi::expr
