// SPDX-License-Identifier: Apache-2.0
#include "http/feeds/arrival_rows.h"

#include <doctest/doctest.h>

#include "http/feeds/read_rows.h"

namespace doudi::http {
namespace {

using intake::FindingCode;
using match::Bucket;
using match::Grade;
using match::JudgedRow;

match::Hit hit(std::uint32_t household, Grade grade) {
    match::Hit one;
    one.person = household * 10;
    one.household = household;
    one.grade = grade;
    return one;
}

ToldRow told(const JudgedRow& row, const std::set<std::uint32_t>& within) {
    const auto rows = cut_rows(std::span(&row, 1), within);
    REQUIRE(rows.size() == 1);
    return rows.front();
}

TEST_CASE("a row stands where those whom its reader reaches put it") {
    const JudgedRow row{.row = 7,
                        .bucket = Bucket::exact,
                        .of_nobody = Bucket::off_roster,
                        .hits = {hit(1, Grade::probable), hit(2, Grade::exact)}};
    const ToldRow both = told(row, {1, 2});
    CHECK(both.bucket == Bucket::exact);
    CHECK(both.hits.size() == 2);
    const ToldRow one = told(row, {1});
    CHECK(one.bucket == Bucket::probable);
    REQUIRE(one.hits.size() == 1);
    CHECK(one.hits.front().household == 1);
    CHECK(!one.is_elsewhere);
}

TEST_CASE("a row about people elsewhere says so, and is nobody's to whoever may not know") {
    const JudgedRow row{.row = 7,
                        .bucket = Bucket::probable,
                        .of_nobody = Bucket::rejected,
                        .hits = {hit(1, Grade::probable)}};
    const ToldRow elsewhere = told(row, {2});
    CHECK(elsewhere.is_elsewhere);
    CHECK(elsewhere.hits.empty());
    CHECK(elsewhere.bucket == Bucket::rejected);
    CHECK(elsewhere.bad_number);
    const JudgedRow nobody{.row = 8, .bucket = Bucket::rejected, .of_nobody = Bucket::rejected, .hits = {}};
    CHECK(!told(nobody, {2}).is_elsewhere);
    CHECK(told(nobody, {2}).bucket == elsewhere.bucket);
}

TEST_CASE("a row is found by its number, with those of it who are in reach; another is none") {
    const std::vector<JudgedRow> rows{
        {.row = 3, .bucket = Bucket::off_roster, .of_nobody = Bucket::off_roster, .hits = {}},
        {.row = 7,
         .bucket = Bucket::exact,
         .of_nobody = Bucket::off_roster,
         .hits = {hit(1, Grade::exact), hit(2, Grade::exact)}}};
    const auto cut = cut_rows(rows, {2});
    REQUIRE(row_numbered(cut, 7) != nullptr);
    REQUIRE(row_numbered(cut, 7)->hits.size() == 1);
    CHECK(row_numbered(cut, 7)->hits.front().household == 2);
    CHECK(row_numbered(cut, 3)->hits.empty());
    for (const std::uint32_t none : {1U, 5U, 8U}) CHECK(row_numbered(cut, none) == nullptr);
}

TEST_CASE("a repeated row stays one as far as its person is in reach") {
    const JudgedRow row{.row = 7,
                        .bucket = Bucket::duplicate,
                        .of_nobody = Bucket::off_roster,
                        .hits = {hit(1, Grade::exact)}};
    CHECK(told(row, {1}).bucket == Bucket::duplicate);
    CHECK(told(row, {}).bucket == Bucket::off_roster);
}

TEST_CASE("a refused row is told once, with all that was wrong with it; what landed all the same is none") {
    const std::vector<intake::Finding> findings{
        {.row = 3, .sheet = "", .column = "", .code = FindingCode::id_shape, .value = "", .refused = true},
        {.row = 4, .sheet = "", .column = "", .code = FindingCode::id_check, .value = "", .refused = false},
        {.row = 3,
         .sheet = "",
         .column = "",
         .code = FindingCode::date_missing,
         .value = "",
         .refused = true},
        {.row = 3, .sheet = "二", .column = "", .code = FindingCode::id_shape, .value = "", .refused = true}};
    const auto rows = refused_rows(findings);
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].codes == std::vector{FindingCode::id_shape, FindingCode::date_missing});
    CHECK(rows[1].sheet == "二");
}

}  // namespace
}  // namespace doudi::http
