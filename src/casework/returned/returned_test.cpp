// SPDX-License-Identifier: Apache-2.0
#include "casework/returned/returned.h"

#include <doctest/doctest.h>

#include "casework/kept/kept_rows.h"
#include "casework/office_test_support.h"
#include "casework/verbs.h"
#include "store/test_engines.h"

namespace doudi::casework {
namespace {

using Kind = Moved::Kind;

ReturnedRow row_of(CaseId of, int seen, std::string move, Date on, Fields fields) {
    ReturnedRow row;
    row.number = 1;
    row.sheet = "预警";
    row.row = 2;
    row.of = of;
    row.seen = seen;
    row.request = {std::move(move), on, std::move(fields), ""};
    return row;
}

ReturnedRow unreadable() {
    ReturnedRow row;
    row.number = 2;
    row.sheet = "预警";
    row.row = 3;
    row.refusals = {{ErrorKind::invalid, "workbook_key", {"行键被改动", "its key was changed"}, "预警!A3"}};
    row.outcome = RowOutcome::refused;
    return row;
}

const NewWorkbook file{"warning", "预警.xlsx", std::string(64, 'a'), 3};

template <class Engine>
struct Returned : Office<Engine> {
    CaseId of = this->accepted();
    WorkbookId id = value(keep_workbook(this->desk, township, file,
                                        {row_of(of, 3, "visit", this->today(), seen), unreadable()}));

    [[nodiscard]] TakenRow take(const Actor& who = township) {
        return value(take_row(this->desk, who, id, 1));
    }
    [[nodiscard]] std::size_t events() {
        return value(read_case(this->desk, of, this->today())).events.size();
    }
    [[nodiscard]] RowCounts counts() { return value(find_workbook(this->desk, id))->rows; }
};

}  // namespace

TEST_CASE_TEMPLATE("a row that is taken is one move of whoever takes it, and taken again it is what it was",
                   Engine, ENGINES) {
    Returned<Engine> back;
    CHECK(back.events() == 3);
    CHECK(back.counts().waiting == 1);
    const TakenRow taken = back.take(colleague);
    CHECK(taken.outcome == RowOutcome::made);
    CHECK(taken.event == 4);
    const TakenRow again = back.take();
    CHECK(again.outcome == RowOutcome::made);
    CHECK(again.event == 4);
    CHECK(value(leave_row(back.desk, township, back.id, 1)).outcome == RowOutcome::made);
    const CaseView view = value(read_case(back.desk, back.of, back.today()));
    REQUIRE(view.events.size() == 4);
    CHECK(view.events.back().by == colleague.user);
    CHECK(view.events.back().fields == seen);
    CHECK(back.counts().made == 1);
}

TEST_CASE_TEMPLATE("a row whose case has gone on is never made", Engine, ENGINES) {
    Returned<Engine> back;
    REQUIRE(back.move(township, back.of, "help_asked", {{"reason", {"人在外地"}}}).kind == Kind::made);
    const TakenRow taken = back.take();
    CHECK(taken.outcome == RowOutcome::moved_on);
    CHECK(taken.event == 0);
    CHECK(back.events() == 4);
    CHECK(back.take().outcome == RowOutcome::moved_on);
}

TEST_CASE_TEMPLATE("a row that may not be made says why and goes on waiting; one that was left is not made",
                   Engine, ENGINES) {
    Returned<Engine> back;
    const TakenRow taken = back.take(county);
    CHECK(taken.outcome == RowOutcome::waiting);
    REQUIRE(!taken.faults.empty());
    CHECK(taken.faults.front().code == "move_role");
    CHECK(back.events() == 3);
    CHECK(value(leave_row(back.desk, township, back.id, 1)).outcome == RowOutcome::left);
    CHECK(back.take().outcome == RowOutcome::left);
    CHECK(back.events() == 3);
}

TEST_CASE_TEMPLATE("the same file of the same person is one workbook; of another person another", Engine,
                   ENGINES) {
    Returned<Engine> back;
    CHECK(value(keep_workbook(back.desk, township, file, {})) == back.id);
    CHECK(value(keep_workbook(back.desk, colleague, file, {})) != back.id);
    CHECK(value(list_workbooks(back.desk, 10)).size() == 2);
}

TEST_CASE_TEMPLATE("what cannot be read is kept with its reasons and is nothing to take", Engine, ENGINES) {
    Returned<Engine> back;
    const auto rows = value(read_rows(back.desk, back.id, 0, 10));
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].request.fields == seen);
    CHECK(rows[1].outcome == RowOutcome::refused);
    REQUIRE(rows[1].refusals.size() == 1);
    CHECK(rows[1].refusals.front().code == "workbook_key");
    CHECK(rows[1].refusals.front().where == "预警!A3");
    CHECK(value(waiting_rows(back.desk, back.id, 0, 10)) == std::vector<int>{1});
    CHECK(value(waiting_rows(back.desk, back.id, 1, 10)).empty());
    CHECK(value(take_row(back.desk, township, back.id, 2)).outcome == RowOutcome::refused);
    CHECK(code_of(take_row(back.desk, township, back.id, 3)) == "row_unknown");
}

}  // namespace doudi::casework
