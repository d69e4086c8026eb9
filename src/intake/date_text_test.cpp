// SPDX-License-Identifier: Apache-2.0
#include "intake/date_text.h"

#include <doctest/doctest.h>

#include <string>

namespace doudi::intake {
namespace {

[[nodiscard]] std::string shown(DateText read) {
    switch (read.kind) {
        case DateTextKind::day:
            return read.date.iso();
        case DateTextKind::empty:
            return "empty";
        case DateTextKind::open_end:
            return "open";
        case DateTextKind::unreadable:
            break;
    }
    return "unreadable";
}

TEST_CASE("a day is read in every form that offices write") {
    for (const char* text : {"20240105",
                             "2024-01-05",
                             "2024-1-5",
                             "2024/1/5",
                             "2024/01/05",
                             "2024.1.5",
                             "2024年1月5日",
                             "2024年01月05号",
                             "二〇二四年一月五日",
                             "二○二四年一月五日",
                             "２０２４年１月５日",
                             "２０２４．１．５",
                             "2024-01-05 00:00:00",
                             "2024/1/5 8:30",
                             "2024-01-05T08:30:00Z",
                             "20240105120000",
                             " 2024-01-05 ",
                             "'2024-01-05",
                             "2024 年 1 月 5 日",
                             "2024－01－05"}) {
        CAPTURE(text);
        CHECK(shown(read_date_text(text)) == "2024-01-05");
    }
}

TEST_CASE("Chinese numerals are read by place and by digit") {
    CHECK(shown(read_date_text("二〇二四年十月")) == "2024-10-01");
    CHECK(shown(read_date_text("二〇二四年十二月三十一日")) == "2024-12-31");
    CHECK(shown(read_date_text("二零二四年二月二十日")) == "2024-02-20");
    CHECK(shown(read_date_text("二〇二四年二月三十日")) == "unreadable");
}

TEST_CASE("a month is its first day") {
    for (const char* text : {"202403", "2024-03", "2024.03", "2024.3", "2024/3", "2024年3月", "2024年03月",
                             "24.03", "24年3月"}) {
        CAPTURE(text);
        CHECK(shown(read_date_text(text)) == "2024-03-01");
    }
    CHECK(shown(read_date_text("202413")) == "unreadable");
    CHECK(shown(read_date_text("202400")) == "unreadable");
}

TEST_CASE("a day that never was, and what could be two days, is unreadable") {
    for (const char* text :
         {"2024-02-30", "20230229", "2024-13-01", "01/02/2024", "24-05-01", "98.05", "3/24", "2024", "待定",
          "2024年", "1月5日", "2024-01-05x", "2024-01-05 noon", "0000-00-00", "18991231", "22000101"}) {
        CAPTURE(text);
        CHECK(shown(read_date_text(text)) == "unreadable");
    }
    CHECK(shown(read_date_text("20240229")) == "2024-02-29");
}

TEST_CASE("an open end and nothing at all are told apart from a fault") {
    for (const char* text : {"长期", "至今", "99991231", "9999-12-31", "9999年12月31日"})
        CHECK(shown(read_date_text(text)) == "open");
    for (const char* text : {"", " ", "-", "　", "/"}) CHECK(shown(read_date_text(text)) == "empty");
}

TEST_CASE("serial numbers count from 1900 with its false leap day, or from 1904") {
    CHECK(date_of_serial(1, false).iso() == "1900-01-01");
    CHECK(date_of_serial(59, false).iso() == "1900-02-28");
    CHECK(date_of_serial(60, false).iso() == "1900-02-28");
    CHECK(date_of_serial(61, false).iso() == "1900-03-01");
    CHECK(date_of_serial(45292, false).iso() == "2024-01-01");
    CHECK(date_of_serial(0, true).iso() == "1904-01-01");
    CHECK(date_of_serial(43830, true).iso() == "2024-01-01");
    CHECK(shown(read_date_text("45292")) == "2024-01-01");
    CHECK(shown(read_date_text("43830", true)) == "2024-01-01");
    CHECK(shown(read_date_text("18263")) == "unreadable");
    CHECK(shown(read_date_text("18264")) == "1950-01-01");
    CHECK(shown(read_date_text("73050")) == "2099-12-31");
    CHECK(shown(read_date_text("73051")) == "unreadable");
}

TEST_CASE("a numeric 2024.1 has lost October's zero and is not guessed") {
    CHECK(shown(read_date_number("2024.1", false)) == "unreadable");
    CHECK(shown(read_date_number("2024.12", false)) == "2024-12-01");
    CHECK(shown(read_date_number("45292.75", false)) == "2024-01-01");
    CHECK(shown(read_date_number("20240105", false)) == "2024-01-05");
}

}  // namespace
}  // namespace doudi::intake
