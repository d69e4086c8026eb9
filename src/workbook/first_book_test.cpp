// SPDX-License-Identifier: Apache-2.0
#include "workbook/first_book.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "access/units.h"
#include "base/test_values.h"
#include "policy/load.h"
#include "store/test_folder.h"

namespace doudi::workbook {
namespace {

const policy::Law& law() {
    static const policy::Policy loaded = policy::load_policy(DOUDI_SOURCE_DIR, "guangdong-2021").value();
    return loaded.pack.law;
}

FirstShown shown(const std::string& machine) {
    FirstShown one;
    one.request.id = casework::FirstRequestId(7);
    one.request.receipt = "0a1b2c3d4e";
    one.request.machine = machine;
    one.request.at = Instant(std::chrono::days(day("2025-06-30").days())) + std::chrono::hours(2);
    one.name = "周样例";
    one.identity_number = "110101********0038";
    one.need = "生病\n后没有收入";
    one.unit = "第一镇";
    return one;
}

// One request whose row was filled in.
struct Filled {
    explicit Filled(std::string kind = "temporary") : request(shown(kind).request) {}

    Filled& write(const char* column, const char* text) {
        row.changes.push_back({column, std::nullopt, text});
        return *this;
    }
    [[nodiscard]] casework::ReturnedFirst asked() const { return book.asked(row, &request); }
    [[nodiscard]] std::string refusal() const {
        const casework::ReturnedFirst told = asked();
        CHECK(told.outcome == casework::RowOutcome::refused);
        CHECK(told.request.fields.empty());
        REQUIRE_FALSE(told.refusals.empty());
        CHECK(told.refusals.front().where == "首次申请登记!3");
        return told.refusals.front().code;
    }

    store::TestFolder folder;
    store::Database database = value(store::Database::open(folder / "x.sqlite"));
    access::UnitTree units;
    FieldColumns fields{units, database, law()};
    std::vector<std::string> roles{"township_officer"};
    FirstBook book{fields, law(), roles};
    casework::FirstRequest request;
    RowDifference row{"首次申请登记", 3, "7", {}, {}};
};

}  // namespace

TEST_CASE("a request leaves with what its opening takes, and of its own kind alone") {
    const Filled filled;
    const auto has = [&](const WorkList& list, const char* id) {
        return std::ranges::any_of(list.columns, [&](const Column& one) { return one.id == id; });
    };
    const WorkList aid = filled.book.columns({"temporary"});
    CHECK(has(aid, "field.aid_cause"));
    CHECK(has(aid, "field.pledge"));
    CHECK_FALSE(has(aid, "field.found_by"));
    CHECK_FALSE(has(aid, "field.attachments"));
    CHECK_FALSE(has(aid, "field.applicant"));  // a member of a household that is on no register
    CHECK(has(filled.book.columns({"temporary", "emergency"}), "field.found_by"));
    for (const Column& one : aid.columns)
        CHECK(one.may_change ==
              (one.id == "choice" || one.id == "declined" || one.id == "on" || one.id.starts_with("field.")));
    const WorkRow row = filled.book.row(aid, shown("temporary"));
    REQUIRE(row.values.size() == aid.columns.size());
    CHECK(row.key == "7");
    CHECK(row.values[1] == law().procedures.machine("temporary")->title.zh);
    CHECK(row.values[2] == "2025-06-30");
    CHECK(row.values[7] == "生病 后没有收入");
}

TEST_CASE("what was filled in opens the case that was asked for, or declines it") {
    Filled opens;
    opens.write("choice", "open").write("on", "2025-07-01").write("field.aid_cause", "illness");
    const casework::ReturnedFirst opened = opens.write("field.pledge", "true").asked();
    CHECK(opened.outcome == casework::RowOutcome::waiting);
    CHECK(opened.of == casework::FirstRequestId(7));
    CHECK(opened.opens);
    CHECK(opened.request.move == "register");
    CHECK(opened.request.on == day("2025-07-01"));
    CHECK(opened.request.fields == casework::Fields{{"aid_cause", {"illness"}}, {"pledge", {"true"}}});

    Filled declines;
    const casework::ReturnedFirst declined =
        declines.write("choice", "decline").write("declined", "请到户籍地申请").asked();
    CHECK(declined.outcome == casework::RowOutcome::waiting);
    CHECK_FALSE(declined.opens);
    CHECK(declined.request.move.empty());
    CHECK(declined.request.fields == casework::Fields{{"reason", {"请到户籍地申请"}}});

    Filled urgent("emergency");
    CHECK(urgent.write("choice", "open").write("on", "2025-07-01").asked().request.move == "report");
}

TEST_CASE("what would be lost without a word is refused with its row") {
    std::string code;
    Filled filled;
    SUBCASE("no choice") {
        filled.write("declined", "请到窗口办");
        code = "first_choice";
    }
    SUBCASE("declined without a word why") {
        filled.write("choice", "decline");
        code = "first_reason";
    }
    SUBCASE("declined for a mark that says nothing") {
        filled.write("choice", "decline").write("declined", "。");
        code = "first_reason";
    }
    SUBCASE("a field beside what is declined") {
        filled.write("choice", "decline").write("declined", "重复").write("field.need", "住院");
        code = "first_unread";
    }
    SUBCASE("a day beside what is declined") {
        filled.write("choice", "decline").write("declined", "重复").write("on", "2025-07-01");
        code = "first_unread";
    }
    SUBCASE("a reason beside an opening") {
        filled.write("choice", "open").write("on", "2025-07-01").write("declined", "急");
        code = "first_unread";
    }
    SUBCASE("an opening on no day") {
        filled.write("choice", "open").write("field.need", "住院");
        code = "workbook_day";
    }
    SUBCASE("a field of another kind of case") {
        filled.write("choice", "open").write("on", "2025-07-01").write("field.found_by", "applied");
        code = "first_unread";
    }
    CHECK(filled.refusal() == code);
}

}  // namespace doudi::workbook
