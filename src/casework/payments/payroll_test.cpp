// SPDX-License-Identifier: Apache-2.0
// What is paid in a month, against the month before, and closed once.
#include "casework/payments/payroll.h"

#include "casework/office_test_support.h"
#include "casework/payments/payroll_repository.h"
#include "store/test_engines.h"

namespace doudi::casework {
namespace {

const Actor second{UserId(8), {"county_caseworker"}, UnitId(1), "county", "441699", ""};
const Actor clerk{UserId(5), {"fund_clerk"}, UnitId(1), "county", "441699", ""};
const Month june{2025, 6};
const Month july{2025, 7};
const UnitId here(1);

Fields carried(const char* category, const char* fen) {
    return {{"basis", {"earlier"}},
            {"decided_on", {"2024-11-01"}},
            {"decision_number", {"样〔2024〕1号"}},
            {"category", {category}},
            {"amount", {fen}}};
}

// From the 30th of June on.
template <class Engine>
struct Paying : Office<Engine> {
    const std::vector<std::string> machines = paying_machines(this->law().procedures);

    CaseId paying(const char* category = "minimum_living_guarantee", const char* fen = "50000") {
        const CaseId of = this->open(county, "allowance", "carry", carried(category, fen)).of;
        REQUIRE(this->move(second, of, "admit").kind == Moved::Kind::made);
        return of;
    }
    PayrollNow read(Month month, UnitId unit = here) {
        return value(read_payroll(this->desk, machines, unit, month));
    }
    PayrollLine one(Month month) {
        const PayrollNow now = read(month);
        REQUIRE(now.lines.size() == 1);
        return now.lines.front();
    }
    Result<Payroll> close(Month month, UnitId unit = here) {
        const auto now = read_payroll(this->desk, machines, unit, month);
        if (!now) return std::unexpected(now.error());
        return close_payroll(this->desk, clerk, machines, unit, month, value(sum_of(now->lines)));
    }
    void must(const Actor& who, CaseId of, const char* move, Fields fields = {}) {
        REQUIRE(this->move(who, of, move, std::move(fields)).kind == Moved::Kind::made);
    }
};

}  // namespace

TEST_CASE("a month is written and counted as the calendar has it") {
    CHECK(Month::parse("2025-06") == june);
    CHECK(june.last() == day("2025-06-30"));
    CHECK(Month{2025, 1}.before().text() == "2024-12");
    for (const char* wrong : {"", "2025", "2025-13", "2025-6", "2025-06-01", "06-2025"})
        CHECK(!Month::parse(wrong));
}

TEST_CASE_TEMPLATE("what begins, is held, goes on, changes and ends shows against the month before", Engine,
                   ENGINES) {
    Paying<Engine> office;
    REQUIRE(office.machines == std::vector<std::string>{"allowance"});
    const CaseId of = office.paying();
    const PayrollLine fresh = office.one(june);
    CHECK(fresh.part == PayrollPart::started);
    CHECK(fresh.move == "admit");
    CHECK(value(fresh.pays()).yuan_text() == "500.00");
    office.go_on(1);  // July
    CHECK(office.one(july).part == PayrollPart::same);
    CHECK(office.one(july).event == 0);
    office.must(clerk, of, "hold", {{"hold_cause", {"bank"}}});
    const PayrollLine held = office.one(july);
    CHECK(held.part == PayrollPart::held);
    CHECK(held.cause == "bank");
    CHECK(held.amount.yuan_text() == "500.00");
    CHECK(value(held.pays()) == Money());
    office.go_on(31);  // August
    CHECK(office.one({2025, 8}).part == PayrollPart::on_hold);
    office.must(county, of, "resume", {{"reason", {"账号已更正"}}});
    CHECK(office.one({2025, 8}).part == PayrollPart::resumed);
    office.must(clerk, of, "propose", {{"proposed_amount", {"52000"}}, {"reason", {"提标"}}});
    office.must(second, of, "adjust", {{"from_on", {"2025-09-01"}}});
    CHECK(office.one({2025, 8}).amount.yuan_text() == "500.00");
    office.go_on(31);  // September
    const PayrollLine changed = office.one({2025, 9});
    CHECK(changed.part == PayrollPart::changed);
    CHECK(changed.was_amount.yuan_text() == "500.00");
    CHECK(changed.amount.yuan_text() == "520.00");
    CHECK(changed.move == "adjust");
    office.go_on(1);
    office.must(clerk, of, "propose_end",
                {{"end_proposed", {office.today().iso()}}, {"reason", {"收入提高"}}});
    office.must(county, of, "admit_end");  // in its course: the month is paid still
    CHECK(office.one({2025, 9}).part == PayrollPart::changed);
    office.must(clerk, of, "settle");
    CHECK(value(office.one({2025, 9}).pays()).yuan_text() == "520.00");
    office.go_on(31);  // October
    const PayrollLine gone = office.one({2025, 10});
    CHECK(gone.part == PayrollPart::gone);
    CHECK(gone.move == "admit_end");
    CHECK(value(gone.pays()) == Money());
    office.go_on(31);
    CHECK(office.read({2025, 11}).lines.empty());
}

TEST_CASE_TEMPLATE("back pay stands on one list, whenever that is closed", Engine, ENGINES) {
    Paying<Engine> office;
    const CaseId of = office.paying();
    office.must(clerk, of, "propose_back_pay",
                {{"back_proposed", {"10000"}}, {"reason", {"少发"}}, {"earlier_paper", {"2024年12月清册"}}});
    CHECK(office.one(june).back_pay == Money());  // what is only proposed is not paid
    office.must(county, of, "admit_back_pay", {{"amount", {"10000"}}});
    CHECK(value(office.one(june).pays()).yuan_text() == "600.00");
    office.go_on(5);  // the fifth of July; June is closed late, and does not take what July ordered
    office.must(clerk, of, "propose_back_pay",
                {{"back_proposed", {"2000"}}, {"reason", {"补差"}}, {"earlier_paper", {"2024年12月清册"}}});
    office.must(county, of, "admit_back_pay", {{"amount", {"2000"}}});
    const Payroll closed = value(office.close(june));
    CHECK(closed.as_of == day("2025-06-30"));
    CHECK(closed.total.yuan_text() == "600.00");
    CHECK(office.one(july).back_pay.yuan_text() == "20.00");
    CHECK(value(office.close(july)).total.yuan_text() == "520.00");
    office.go_on(30);
    CHECK(office.one({2025, 8}).back_pay == Money());
}

TEST_CASE_TEMPLATE("a payment ends no earlier than it begins, nor in a month that a list has paid", Engine,
                   ENGINES) {
    Paying<Engine> office;
    const CaseId of = office.paying();  // on the 30th of June
    const auto told = [&](const Actor& who, const char* move, Fields fields) {
        std::vector<std::string> codes;
        for (const MoveFault& fault : office.move(who, of, move, std::move(fields)).faults)
            codes.push_back(fault.code + " " + fault.text.en);
        return codes;
    };
    const auto proposed = [&](const char* on) {
        return told(clerk, "propose_end", {{"end_proposed", {on}}, {"reason", {"迁出"}}});
    };
    const auto early = proposed("2025-06-29");
    REQUIRE(early.size() == 1);
    CHECK(early.front().starts_with("before_unpaid "));
    CHECK(early.front().find("is 2025-06-30 at the earliest (it is paid from then on)") != std::string::npos);
    CHECK(proposed("2025-06-30").empty());
    // June is closed before it is admitted: what was proposed is turned down and proposed anew.
    REQUIRE(office.close(june).has_value());
    const auto paid = told(county, "admit_end", {});
    REQUIRE(paid.size() == 1);
    CHECK(paid.front().find("is 2025-07-01 at the earliest (2025-06 was paid") != std::string::npos);
    REQUIRE(told(county, "turn_down", {{"reason", {"六月已发"}}}).empty());
    CHECK(proposed("2025-06-30").size() == 1);
    CHECK(proposed("2025-07-01").empty());
    CHECK(told(county, "admit_end", {}).empty());
}

TEST_CASE_TEMPLATE("of one who stood on the lists of two offices both sums were paid", Engine, ENGINES) {
    Paying<Engine> office;
    const CaseId of = office.paying();
    PayrollLine line{.of = of, .unit = here, .machine = "allowance", .opened_on = office.today()};
    const auto listed = [&](UnitId unit, Month month, PaymentStanding standing) {
        line.standing = standing;
        line.amount = Money::fen(50000);
        const Payroll payroll{.unit = unit, .month = month, .as_of = office.today()};
        done(office.database.write([&]() -> Result<void> {
            (void)TRY(repository::insert_payroll(office.desk.shelf, payroll, std::span(&line, 1)));
            return {};
        }));
    };
    listed(here, june, PaymentStanding::paid);
    listed(UnitId(5), june, PaymentStanding::paid);
    listed(here, july, PaymentStanding::paid);
    listed(UnitId(5), july, PaymentStanding::held);
    const std::map<Date, Money> both{{june.first(), Money::fen(100000)}, {july.first(), Money::fen(50000)}};
    CHECK(value(repository::select_paid_by_lists(office.desk.shelf, of)) == both);
}

TEST_CASE("a back payment whose sum cannot be read is said, never taken as nothing") {
    const CaseHead head{.id = CaseId(7), .machine = "allowance", .opened_on = day("2025-06-01")};
    const LineQuestion june_now{.month = june, .until = day("2025-06-30")};
    for (const char* sum : {"", "1e4", "一百元", "10000 "}) {
        CaseEvent event{.number = 3, .move = "back_pay", .on = day("2025-06-12")};
        event.fields["amount"] = {sum};
        event.marks = {std::string(back_mark)};
        const auto line = payroll_line(head, std::span(&event, 1), june_now);
        REQUIRE(!line);
        CHECK(line.error().code == "sum_unreadable");
        CHECK(line.error().text.en.find("step 3 (back_pay) of case 7") != std::string::npos);
    }
}

TEST_CASE("what is set and cannot be read is said: no list pays the sum before it, or nothing") {
    const CaseHead head{.id = CaseId(7), .machine = "allowance", .opened_on = day("2025-05-01")};
    std::vector<CaseEvent> events(2);
    events[0] = {.number = 1, .move = "admit", .on = day("2025-05-01")};
    events[0].fields["amount"] = {"50000"};
    events[0].marks = {std::string(begun_mark), std::string(amount_mark)};
    events[1] = {.number = 2, .move = "adjust", .on = day("2025-05-20")};
    events[1].fields["amount"] = {"六百元"};
    events[1].fields["from_on"] = {"2025-06-01"};
    events[1].marks = {std::string(amount_mark)};
    const auto may = payroll_line(head, events, {.month = {2025, 5}, .until = day("2025-05-31")});
    REQUIRE(may);
    CHECK((*may)->amount == Money::fen(50000));
    for (const Month month : {june, july}) {
        const auto line = payroll_line(head, events, {.month = month, .until = month.last()});
        REQUIRE(!line);
        CHECK(line.error().code == "sum_unreadable");
        CHECK(line.error().text.en.find("step 2 (adjust) of case 7") != std::string::npos);
        // Not known, which is neither nothing nor the sum before it.
        CHECK_FALSE(pay_point(events, month, month.last()).amount);
    }
    CHECK(pay_point(events, {2025, 5}, day("2025-05-31")).amount == Money::fen(50000));
    CHECK(pay_point(events, {2025, 4}, day("2025-05-31")).amount == Money());  // nothing was set by then
}

TEST_CASE_TEMPLATE("a month is closed once, as it was seen, in its order, by one office above another",
                   Engine, ENGINES) {
    Paying<Engine> office;
    const CaseId of = office.paying();
    CHECK(office.close(july).error().code == "payroll_early");
    const PayrollSum read = value(sum_of(office.read(june).lines));
    office.must(clerk, of, "hold", {{"hold_cause", {"unclear"}}});
    const auto stale = close_payroll(office.desk, clerk, office.machines, here, june, read);
    CHECK(stale.error().code == "payroll_changed");
    CHECK(!office.read(june).closed);
    const Payroll closed = value(office.close(june));
    CHECK(office.close(june).error().code == "payroll_closed");
    CHECK(office.close(june, UnitId(2)).error().code == "payroll_closed");
    CHECK(office.close({2025, 5}).error().code == "payroll_order");
    CHECK(value(office.close(june, UnitId(5))).lines == 0);  // another county, with nobody on its roll
    CHECK(office.read(june, UnitId(2)).lines.empty());       // the case is the county's own
    // What was closed stays as it was, and the next month stands against it.
    office.must(clerk, of, "propose_end", {{"end_proposed", {"2025-06-30"}}, {"reason", {"迁出"}}});
    office.must(county, of, "admit_end", {{"from_on", {"2025-06-30"}}});
    CHECK(office.one(june).standing == PaymentStanding::held);
    CHECK(value(repository::select_lines(office.desk.shelf, closed.id)).size() == 1);
    office.go_on(1);
    const PayrollLine gone = office.one(july);
    CHECK(gone.was == PaymentStanding::held);
    CHECK(gone.part == PayrollPart::gone);
}

}  // namespace doudi::casework
