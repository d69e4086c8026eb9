// SPDX-License-Identifier: Apache-2.0
// First requests: kept once, settled once, sealed with their folder, gone by their term.
#include "casework/returned/first_requests.h"

#include <fmt/format.h>

#include <functional>
#include <utility>

#include "casework/kept/kept_rows.h"
#include "casework/office_test_support.h"
#include "casework/returned/returned_first.h"
#include "store/seal_in_place.h"
#include "store/test_engines.h"
#include "store/test_kept.h"
#include "store/test_sealed.h"

namespace doudi::casework {
namespace {

FirstRequest request(const std::string& key, Instant at) {
    FirstRequest asked;
    asked.client_key = key;
    asked.receipt = "r-" + key;
    asked.unit = UnitId(2);
    asked.machine = "application";
    asked.at = at;
    asked.told = {{std::string(first_name), {"周样例"}}, {std::string(first_phone), {"13800000000"}}};
    return asked;
}

ReturnedFirst row_of(int number, FirstRequestId of, Fields fields) {
    ReturnedFirst row;
    row.number = number;
    row.of = of;
    row.request = {"register", day("2025-06-30"), std::move(fields), ""};
    return row;
}

ReturnedFirst declining(int number, FirstRequestId of) {
    ReturnedFirst row = row_of(number, of, {{std::string(declined_field), {"请到户籍地申请"}}});
    row.opens = false;
    row.request.move.clear();
    return row;
}

const NewWorkbook workbook{std::string(first_workbook), "登记.xlsx", std::string(64, 'f'), 0};
const Fields form{{"channel", {"online"}}, {"pledge", {"true"}}, {"authorised", {"true"}}};

// Asked what time it is, it lets something else happen once.
class Interrupted final : public Clock {
  public:
    Interrupted(const Clock& clock, std::function<void()> then) : clock_(clock), then_(std::move(then)) {}
    [[nodiscard]] Instant now() const override {
        if (const auto once = std::exchange(then_, nullptr)) once();
        return clock_.now();
    }

  private:
    const Clock& clock_;
    mutable std::function<void()> then_;
};

// Of a folder of its own, for what needs one.
Desk desk_of(store::DataFolder& folder, const access::UnitTree& units, const Clock& clock) {
    return {{folder.database(), folder.seal()},
            [](std::string_view, Date) { return std::shared_ptr<const policy::Pack>(); },
            units,
            shipped("guangdong-2021").calendar,
            clock};
}

}  // namespace

TEST_CASE_TEMPLATE("of one key it is kept once, and it is settled once", Engine, ENGINES) {
    Office<Engine> office;
    const FirstRequest first = value(keep_first_request(office.desk, request("a", office.clock.now())));
    FirstRequest again = request("a", office.clock.now());
    again.told[std::string(first_name)] = {"另一人"};
    const FirstRequest same = value(keep_first_request(office.desk, again));
    CHECK(same.id == first.id);
    CHECK(first_of(same.told, first_name) == "周样例");
    const FirstRequest other = value(keep_first_request(office.desk, request("b", office.clock.now())));
    REQUIRE(value(list_first_requests(office.desk, true)).size() == 2);

    CHECK(value(decline_first_request(office.desk, other.id, "重复", UserId(2))));
    CHECK(!value(decline_first_request(office.desk, other.id, "又一次", UserId(3))));
    CHECK(value(find_first_request(office.desk, other.id))->reason == "重复");
    done(office.database.write([&]() -> Result<void> {
        CHECK(TRY(open_first_request(office.desk, first.id, CaseId(7), UserId(2))));
        CHECK(!TRY(open_first_request(office.desk, first.id, CaseId(8), UserId(2))));
        return {};
    }));
    CHECK(value(find_first_request(office.desk, first.id))->opened == CaseId(7));
    CHECK(value(list_first_requests(office.desk, true)).empty());
    CHECK(value(list_first_requests(office.desk, false)).size() == 2);
    CHECK(!value(find_first_request(office.desk, FirstRequestId(99))));
}

TEST_CASE_TEMPLATE("a row of a workbook opens what was asked for, or declines it, once", Engine, ENGINES) {
    Office<Engine> office;
    const auto kept = [&](const char* key) {
        return value(keep_first_request(office.desk, request(key, office.clock.now()))).id;
    };
    const auto sent = kept("exchange/one-stop/7");
    const auto other = kept("b");
    const auto lacking = kept("c");
    const std::vector rows{row_of(1, sent, form), declining(2, other), row_of(3, sent, form),
                           row_of(4, lacking, {})};
    const WorkbookId id = value(keep_first_workbook(office.desk, township, workbook, rows));
    CHECK(value(keep_first_workbook(office.desk, township, workbook, rows)) == id);
    CHECK(value(waiting_first_rows(office.desk, id, 0, 10)) == std::vector<int>{1, 2, 3, 4});
    CHECK(value(read_first_rows(office.desk, id, 0, 1)).front().request.fields == form);
    const auto take = [&](int number, const Actor& who = township) {
        return value(take_first_row(office.desk, who, "guangdong-2021", id, number));
    };
    const TakenFirst refused = take(1, county);
    CHECK(refused.outcome == RowOutcome::waiting);
    CHECK(refused.faults.front().code == "move_role");
    const TakenFirst taken = take(1);
    REQUIRE(taken.outcome == RowOutcome::made);
    REQUIRE(taken.opened);
    const CaseView view = value(read_case(office.desk, *taken.opened, office.today()));
    CHECK(view.head.source == "exchange/one-stop/7");
    CHECK_FALSE(view.head.household);
    CHECK(view.events.front().by == township.user);
    CHECK(value(find_first_request(office.desk, sent))->opened == taken.opened);
    CHECK(take(1).opened == taken.opened);
    CHECK(take(2).outcome == RowOutcome::made);
    CHECK(value(find_first_request(office.desk, other))->reason == "请到户籍地申请");
    CHECK(take(3).outcome == RowOutcome::moved_on);
    const TakenFirst waits = take(4);
    CHECK(waits.outcome == RowOutcome::waiting);
    CHECK_FALSE(waits.faults.empty());
    CHECK(value(find_first_request(office.desk, lacking))->state == "waiting");
    CHECK(value(leave_first_row(office.desk, township, id, 4)).outcome == RowOutcome::left);
    CHECK(take(4).outcome == RowOutcome::left);
    const RowCounts counts = value(find_workbook(office.desk, id))->rows;
    CHECK(counts.made == 2);
    CHECK(counts.moved_on == 1);
    CHECK(counts.left == 1);
    CHECK(code_of(take_first_row(office.desk, township, "guangdong-2021", id, 5)) == "row_unknown");
}

TEST_CASE_TEMPLATE(
    "who declines a request while its case is being opened waits until it is, and comes too late", Engine,
    ENGINES) {
    if constexpr (Engine::writes_beside) {  // elsewhere one writes at a time
        Office<Engine> office;
        const auto id = value(keep_first_request(office.desk, request("a", office.clock.now()))).id;
        store::Database other = value(office.engine.open());
        REQUIRE(other.set_deadline(std::chrono::milliseconds(200)));
        Desk others{{other, nullptr}, office.desk.law_of, office.units, office.desk.calendar, office.clock};
        std::string declined;
        const Interrupted clock(office.clock, [&] {
            const auto settled = decline_first_request(others, id, "请到户籍地申请", UserId(3));
            declined = settled ? (*settled ? "settled" : "too late") : settled.error().code;
        });
        Desk desk{office.desk.shelf,       office.desk.law_of, office.units, office.desk.calendar, clock,
                  office.desk.unsigned_of, office.desk.ages_of};
        OpenRequest asked;
        asked.machine = "application";
        asked.pack = office.pack_id;
        asked.unit = township.unit;
        asked.first = {"register", office.today(), form, ""};
        OpenedFirst opened;
        done(office.database.write_beside([&]() -> Result<void> {
            opened = TRY(open_first_within(desk, township, asked, id));
            return {};
        }));
        CHECK(declined == "store_deadline");
        CHECK_FALSE(opened.was_settled);
        REQUIRE(opened.moved.kind == Moved::Kind::made);
        CHECK(value(find_first_request(office.desk, id))->opened == opened.moved.of);
        REQUIRE(other.set_deadline(std::chrono::milliseconds(0)));
        CHECK_FALSE(value(decline_first_request(others, id, "请到户籍地申请", UserId(3))));
    }
}

TEST_CASE_TEMPLATE("what was settled goes by its term, what waits stays", Engine, ENGINES) {
    Engine engine;
    store::KeptFolder kept(engine.place(), first_request_classes());
    FakeClock clock{Instant(std::chrono::days(day("2025-06-30").days()))};
    const access::UnitTree units = offices();
    Desk desk = desk_of(kept.data, units, clock);
    const FirstRequest settled = value(keep_first_request(desk, request("a", clock.now())));
    const FirstRequest waiting = value(keep_first_request(desk, request("b", clock.now())));
    REQUIRE(value(decline_first_request(desk, settled.id, "重复", UserId(2))));
    const WorkbookId id = value(
        keep_first_workbook(desk, township, workbook, {declining(1, settled.id), declining(2, waiting.id)}));
    CHECK(kept.remove("first_request", clock.now()).empty());
    clock.advance(std::chrono::days(1));
    CHECK(kept.remove("first_request", clock.now()) ==
          std::vector<std::string>{std::to_string(settled.id.value())});
    CHECK(!value(find_first_request(desk, settled.id)));
    CHECK(value(find_first_request(desk, waiting.id)));
    // What a workbook said of it goes with it.
    const auto rows = value(read_first_rows(desk, id, 0, 10));
    CHECK(rows.at(0).forgotten);
    CHECK(rows.at(0).request.fields.empty());
    CHECK_FALSE(rows.at(1).request.fields.empty());
}

TEST_CASE("those of a plain folder are sealed with it, and read as before") {
    const store::TestFolder place;
    store::DataFolder folder = value(store::DataFolder::create(place / "data"));
    const FakeClock clock{Instant(std::chrono::days(day("2025-06-30").days()))};
    const access::UnitTree units = offices();
    const auto body = [&] {
        auto query = value(folder.database().prepare("select body from casework_first_request"));
        REQUIRE(value(query.step()));
        return query.text(0);
    };
    Desk before = desk_of(folder, units, clock);
    const FirstRequest kept = value(keep_first_request(before, request("a", clock.now())));
    CHECK(body().find("周样例") != std::string::npos);
    const WorkbookId id = value(keep_first_workbook(before, township, workbook, {declining(1, kept.id)}));
    const auto rows_in_the_clear = [&] {
        auto query = value(
            folder.database().prepare("select 1 from casework_returned_first where body like '%户籍地%'"));
        return value(query.step());
    };
    CHECK(rows_in_the_clear());
    const std::vector<store::SealRows> rows{seal_casework_rows};
    done(store::seal_in_place(folder, store::sealed_by(vault::Suite::sm4_hmac_sm3), rows, {}));
    CHECK(body().empty());
    CHECK_FALSE(rows_in_the_clear());
    Desk after = desk_of(folder, units, clock);
    CHECK(first_of(value(read_first_rows(after, id, 0, 1)).front().request.fields, declined_field) ==
          "请到户籍地申请");
    CHECK(first_of(value(find_first_request(after, kept.id))->told, first_name) == "周样例");
}

}  // namespace doudi::casework
