// SPDX-License-Identifier: Apache-2.0
#include "intake/csv_rows.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <string>
#include <vector>

namespace doudi::intake {
namespace {

using Rows = std::vector<std::vector<std::string>>;

Rows scan(std::string_view text) {
    CsvRows cut;
    cut.cut(text, ',');
    Rows rows;
    for (std::size_t row = 0; row < cut.size(); ++row) {
        auto& cells = rows.emplace_back();
        for (std::size_t i = 0; i < cut.cells(row); ++i)
            cells.emplace_back(cut.cell(row, static_cast<int>(i)));
    }
    return rows;
}

// The same law byte by byte, as plainly as it can be said.
Rows naive(std::string_view text) {
    Rows rows;
    std::size_t at = 0;
    while (at < text.size()) {
        std::vector<std::string> row;
        bool ends = false;
        while (!ends) {
            std::string cell;
            if (at < text.size() && text[at] == '"') {
                ++at;
                while (at < text.size()) {
                    if (text[at] == '"' && at + 1 < text.size() && text[at + 1] == '"') {
                        cell += '"';
                        at += 2;
                    } else if (text[at] == '"') {
                        ++at;
                        break;
                    } else {
                        cell += text[at++];
                    }
                }
            }
            std::string tail;
            while (at < text.size() && text[at] != ',' && text[at] != '\n') tail += text[at++];
            ends = at >= text.size() || text[at] == '\n';
            if (ends && !tail.empty() && tail.back() == '\r') tail.pop_back();
            row.push_back(cell + tail);
            ++at;
        }
        rows.push_back(row);
    }
    return rows;
}

}  // namespace

TEST_CASE(
    "cells are cut at commas and line ends, a carriage return before the line end is no part of a cell") {
    CHECK(scan("a,b\r\nc,\n,d") == Rows{{"a", "b"}, {"c", ""}, {"", "d"}});
}

TEST_CASE("a blank line is a row with one empty cell") {
    CHECK(scan("a\n\nb\n") == Rows{{"a"}, {""}, {"b"}});
}

TEST_CASE("a quoted cell keeps commas, line ends and doubled quotes") {
    CHECK(scan("\"a,b\",\"c\nd\",\"say \"\"x\"\"\"\ne\n") == Rows{{"a,b", "c\nd", "say \"x\""}, {"e"}});
}

TEST_CASE("a quote inside an unquoted cell is text") {
    CHECK(scan("=\"4416\",5\" pipe\n") == Rows{{"=\"4416\"", "5\" pipe"}});
}

TEST_CASE("the last complete row ends behind its line end, never inside quotes") {
    CHECK(end_of_last_row("a,b\nc", ',') == 4);
    CHECK(end_of_last_row("a,\"b\nc", ',') == 0);
    CHECK(end_of_last_row("x\na,\"b\nc\"\nd", ',') == 10);
    CHECK(end_of_last_row("abc", ',') == 0);
}

TEST_CASE("a quote that is never closed is seen, and one inside of a cell is none") {
    CHECK(has_open_quote("a,\"b\nc,d\n", ','));
    CHECK(has_open_quote("\"", ','));
    CHECK_FALSE(has_open_quote("a,\"b\nc\",d\n", ','));
    CHECK_FALSE(has_open_quote("a,5\" pipe\n", ','));
    CHECK_FALSE(has_open_quote("\"say \"\"x\"\"\"", ','));
}

TEST_CASE("only the first rows are cut if no more are wanted, and it is known where the next begins") {
    for (const std::string_view text : {"a,b\nc\r\nd\n", "\"a\",b\nc\r\nd\n"}) {
        CsvRows rows;
        rows.cut(text, ',', 2);
        CHECK(rows.size() == 2);
        CHECK(text.substr(rows.end_of(1)) == "d\n");
    }
}

TEST_CASE("of several rows that end in one stretch of the text only those are cut that are wanted") {
    CsvRows rows;
    rows.cut("a,b\nc\nd,e,f\ng\n", ',', 3);
    CHECK(rows.size() == 3);
    CHECK(rows.cells(2) == 3);
    CHECK(rows.cell(2, 2) == "f");
    CHECK(rows.end_of(2) == 12);
}

TEST_CASE("a text is looked over for what is rare, wherever that stands") {
    CHECK(look_over("") == TextMarks{});
    for (std::size_t before = 0; before < 140; ++before) {
        CAPTURE(before);
        const std::string lead(before, 'x');
        for (const std::string& tail : {std::string("\n"), std::string(70, 'y')}) {
            const auto seen = [&](std::string_view middle) {
                return look_over(lead + std::string(middle) + tail);
            };
            CHECK(seen("张（户主）") == TextMarks{});
            CHECK(seen("\"") == TextMarks{.quotes = true});
            CHECK(seen("a\r\n") == TextMarks{.returns = true});
            CHECK(seen(std::string_view("\0", 1)) == TextMarks{.odd = true});
            CHECK(seen("#") == TextMarks{.lost = true});
            CHECK(seen("\xEF\xBF\xBD") == TextMarks{.lost = true});
            CHECK(seen("#\"\r\n") == TextMarks{.quotes = true, .returns = true, .lost = true});
        }
        CHECK(look_over(lead + "\xEF\xBF") == TextMarks{});
        CHECK(look_over(lead + "\r") == TextMarks{.returns = true, .odd = true});
    }
}

TEST_CASE("a cell that the row or the file does not have is empty") {
    CsvRows rows;
    rows.cut("a\nb,c\n", ',');
    CHECK(rows.cell(0, 1).empty());
    CHECK(rows.cell(0, -1).empty());
    CHECK(rows.cell(1, 1) == "c");
}

TEST_CASE("the scan reads what the plain reading reads, on any text") {
    CHECK(rc::check("scan == naive", [] {
        const auto text =
            *rc::gen::container<std::string>(rc::gen::weightedOneOf<char>({{6, rc::gen::inRange('a', 'e')},
                                                                           {3, rc::gen::just(',')},
                                                                           {2, rc::gen::just('\n')},
                                                                           {1, rc::gen::just('"')},
                                                                           {1, rc::gen::just('\r')}}));
        RC_ASSERT(scan(text) == naive(text));
    }));
    CHECK(rc::check("long texts too", [] {
        std::string text;
        for (const auto& part : *rc::gen::container<std::vector<std::string>>(
                 200, rc::gen::element<std::string>("abcdefgh", ",", "\n", "\"x,y\"", ",\"a\n\"\"b\",",
                                                    "\r\n", "12345678901234567890")))
            text += part;
        RC_ASSERT(scan(text) == naive(text));
    }));
}

}  // namespace doudi::intake
