// SPDX-License-Identifier: Apache-2.0
// No month is paid by two cases of a household, whichever begins, ends or is paid back.
#include "casework/payments/beside.h"

#include <algorithm>
#include <array>
#include <random>
#include <tuple>
#include <utility>

#include "casework/office_test_support.h"
#include "casework/payments/decision_number.h"
#include "casework/payments/payroll.h"
#include "casework/payments/served_repository.h"
#include "store/test_engines.h"

namespace doudi::casework {
namespace {

using Codes = std::vector<std::string>;

const Actor second{UserId(8), {"county_caseworker"}, UnitId(1), "county", "441699", ""};
const Actor fund{UserId(5), {"fund_clerk"}, UnitId(1), "county", "441699", ""};
const Actor checker{UserId(11), {"verification_clerk"}, UnitId(1), "county", "441699", ""};
const char* const guarantee = "minimum_living_guarantee";
const char* const poor = "extreme_poverty";  // of one group with it: a person has one of the two
const char* const single = "single_member_guarantee";
const char* const paper = "2024年12月清册";
const UnitId here(1), beyond(5);
const Month june{2025, 6}, july{2025, 7}, august{2025, 8};

Codes codes_of(const Moved& moved) {
    Codes codes;
    for (const MoveFault& fault : moved.faults) codes.push_back(fault.code);
    return codes;
}

// From the 30th of June on; 500 yuan a month, decided in November.
template <class Engine>
struct Roll : Office<Engine> {
    const std::vector<std::string> machines = paying_machines(this->law().procedures);

    Moved carry(const std::string& number, const char* category = guarantee,
                std::optional<PersonId> person = std::nullopt, const char* decided = "2024-11-01") {
        return this->open(county, "allowance", "carry",
                          {{"basis", {"earlier"}},
                           {"decided_on", {decided}},
                           {"decision_number", {number}},
                           {"category", {category}},
                           {"amount", {"50000"}}},
                          person);
    }
    CaseId waiting(const std::string& number, const char* category = guarantee) {
        const Moved moved = carry(number, category);
        REQUIRE(codes_of(moved).empty());
        return moved.of;
    }
    Codes told(const Actor& who, CaseId of, const char* move, Fields fields = {}) {
        return codes_of(this->move(who, of, move, std::move(fields)));
    }
    CaseId paying(const std::string& number, const char* category = guarantee) {
        const CaseId of = waiting(number, category);
        REQUIRE(told(second, of, "admit").empty());
        return of;
    }
    Codes end(CaseId of, const std::string& from) {
        Codes codes = told(county, of, "propose_end", {{"end_proposed", {from}}, {"reason", {"迁出"}}});
        return codes.empty() ? told(second, of, "admit_end") : codes;
    }
    Codes pay_back(CaseId of, std::int64_t fen) {
        Codes codes = told(
            county, of, "propose_back_pay",
            {{"back_proposed", {std::to_string(fen)}}, {"reason", {"少发"}}, {"earlier_paper", {paper}}});
        return codes.empty() ? told(second, of, "admit_back_pay") : codes;
    }
    CaseId accepted_below(CaseId of) {
        const CaseId objection = this->objected("少发", of);
        REQUIRE(told(checker, objection, "accept").empty());
        return objection;
    }
    Codes ordered(CaseId objection, const char* fen) {
        return told(county, objection, "correct",
                    {{"reason", {"数据有误"}},
                     {"payment_effect", {"back_paid"}},
                     {"amount", {fen}},
                     {"earlier_paper", {paper}}});
    }
    void go_to(const char* date) { this->go_on(static_cast<int>(day(date) - this->today())); }
    PayrollNow read(Month month, UnitId unit = here) {
        return value(read_payroll(this->desk, machines, unit, month));
    }
    Result<Payroll> close(Month month, UnitId unit = here) {
        const PayrollSum seen_sum = value(sum_of(read(month, unit).lines));
        return close_payroll(this->desk, fund, machines, unit, month, seen_sum);
    }
    // The cases that a month's list pays.
    std::vector<CaseId> paid(Month month) {
        std::vector<CaseId> all;
        for (const PayrollLine& line : read(month).lines)
            if (line.standing == PaymentStanding::paid) all.push_back(line.of);
        return all;
    }
    // A case of another household becomes one of this one, as no step of a payment makes it.
    CaseId brought_in(const char* number) {
        OpenRequest request;
        request.machine = "allowance";
        request.pack = this->pack_id;
        request.household = HouseholdId(6);
        request.unit = here;
        request.first = {"carry",
                         this->today(),
                         {{"basis", {"earlier"}},
                          {"decided_on", {"2024-11-01"}},
                          {"decision_number", {number}},
                          {"category", {guarantee}},
                          {"amount", {"50000"}}},
                         ""};
        const CaseId of = value(open_case(this->desk, county, request)).of;
        REQUIRE(told(second, of, "admit").empty());
        done(this->database.write(
            [&] { return repository::put_household(this->desk.shelf, of, HouseholdId(5)); }));
        return of;
    }
};

}  // namespace

TEST_CASE_TEMPLATE(
    "what begins beside a payment whose end lies ahead waits for the first month it does not pay", Engine,
    ENGINES) {
    Roll<Engine> office;
    const CaseId first = office.paying("样〔2024〕1号");
    office.go_on(1);  // July
    CHECK(office.end(first, "2025-10-02") == Codes{"field_far"});
    REQUIRE(office.end(first, "2025-10-01").empty());
    const CaseId next = office.waiting("样〔2024〕2号");  // it is there, so that no month is lost
    const Moved refused = office.move(second, next, "admit");
    REQUIRE(codes_of(refused) == Codes{"paid_beside"});
    CHECK(refused.faults.front().field == "on");
    for (const std::string& said :
         {std::string("2025-07"), std::string("2025-10-01"), "第 " + std::to_string(first.value()) + " 号"})
        CHECK_MESSAGE(refused.faults.front().text.zh.contains(said), said);
    CHECK(office.told(fund, first, "settle") == Codes{"still_paid"});  // it is paid until then
    office.go_to("2025-08-31");
    CHECK(office.told(fund, first, "settle") == Codes{"still_paid"});
    office.go_on(1);
    REQUIRE(office.told(fund, first, "settle").empty());  // and on September's list all the same
    office.go_to("2025-09-30");
    CHECK(office.told(second, next, "admit") == Codes{"paid_beside"});
    CHECK(office.paid({2025, 9}) == std::vector{first});
    office.go_on(1);
    CHECK(office.told(second, next, "admit").empty());
    CHECK(office.paid({2025, 9}) == std::vector{first});
    CHECK(office.paid({2025, 10}) == std::vector{next});
    for (const Month month : {june, july, august, Month{2025, 9}, Month{2025, 10}})
        CHECK(office.paid(month).size() == 1);
}

TEST_CASE_TEMPLATE("an end in the course of a month leaves that month to the payment that ends", Engine,
                   ENGINES) {
    Roll<Engine> office;
    const CaseId first = office.paying("样〔2024〕1号");
    SUBCASE("on the first of the month the next begins at once") {
        office.go_to("2025-07-01");
        REQUIRE(office.end(first, "2025-07-01").empty());
        const CaseId next = office.waiting("样〔2024〕2号", poor);
        CHECK(office.told(second, next, "admit").empty());
        CHECK(office.paid(july) == std::vector{next});
    }
    SUBCASE("on the second it begins the month after") {
        office.go_to("2025-07-02");
        REQUIRE(office.end(first, "2025-07-02").empty());
        const CaseId next = office.waiting("样〔2024〕2号", poor);
        CHECK(office.told(second, next, "admit") == Codes{"paid_beside"});
        office.go_to("2025-07-31");
        CHECK(office.told(second, next, "admit") == Codes{"paid_beside"});
        office.go_on(1);
        CHECK(office.told(second, next, "admit").empty());
        CHECK(office.paid(july) == std::vector{first});
        CHECK(office.paid(august) == std::vector{next});
    }
    SUBCASE(
        "what a closed list paid is paid, though it was held and ended since: the next goes on the list to "
        "come") {
        office.go_to("2025-07-02");
        REQUIRE(office.close(june).has_value());
        REQUIRE(office.close(july).has_value());
        REQUIRE(office.told(second, first, "hold", {{"hold_cause", {"unclear"}}}).empty());
        REQUIRE(office.end(first, "2025-08-01").empty());
        const CaseId next = office.paying("样〔2024〕2号");
        CHECK(office.paid(july) == std::vector{first});
        office.go_to("2025-08-02");
        CHECK(office.paid(august) == std::vector{next});
        CHECK(office.pay_back(next, 300001) == Codes{"field_too_much"});  // neither June nor July again
        CHECK(office.pay_back(next, 300000).empty());                     // December to May
    }
    SUBCASE("of another category it is paid beside it; of one person not, as the first may be theirs") {
        office.go_to("2025-07-02");
        REQUIRE(office.end(first, "2025-10-01").empty());
        const CaseId next = office.waiting("样〔2024〕1号", single);  // one paper may grant both
        CHECK(office.told(second, next, "admit").empty());
        for (const PersonId who : {PersonId(1), PersonId(2)}) {
            const Moved moved = office.carry("样〔2024〕3号", poor, who);
            REQUIRE(codes_of(moved).empty());
            CHECK(office.told(second, moved.of, "admit") == Codes{"paid_beside"});  // the first is anybody's
        }
    }
}

TEST_CASE_TEMPLATE("a month that one case was paid is paid back by no other", Engine, ENGINES) {
    Roll<Engine> office;
    const CaseId first = office.paying("样〔2024〕1号");  // June and July
    office.go_to("2025-08-01");
    REQUIRE(office.end(first, "2025-08-01").empty());
    const CaseId next = office.paying("样〔2024〕2号");
    const Moved refused =
        office.move(county, next, "propose_back_pay",
                    {{"back_proposed", {"300001"}}, {"reason", {"少发"}}, {"earlier_paper", {paper}}});
    REQUIRE(codes_of(refused) == Codes{"field_too_much"});
    const Text& text = refused.faults.front().text;
    CHECK(text.zh.contains(fmt::format("另有 1000.00 元属于第 {} 号已发放的月份", first.value())));
    CHECK(text.en.contains(
        fmt::format("1000.00 yuan more are of months that case {} was paid", first.value())));
    CHECK(office.pay_back(next, 300000).empty());  // December to May
    CHECK(office.pay_back(next, 1) == Codes{"field_too_much"});
    // Nor by the one that ended: what was due before it was begun the other was paid.
    CHECK(office.ordered(office.accepted_below(first), "50001") == Codes{"field_too_much"});
}

TEST_CASE_TEMPLATE(
    "what two cases were paid back a third one is not, though nobody says for which months it was", Engine,
    ENGINES) {
    Roll<Engine> office;
    const CaseId first = office.paying("样〔2024〕1号");
    REQUIRE(office.pay_back(first, 100000).empty());
    office.go_to("2025-08-01");
    REQUIRE(office.end(first, "2025-08-01").empty());
    const CaseId next = office.paying("样〔2024〕2号", poor);
    REQUIRE(office.pay_back(next, 100000).empty());
    office.go_to("2025-09-01");
    REQUIRE(office.end(next, "2025-09-01").empty());
    const CaseId last = office.paying("样〔2024〕3号");
    // December to May are six months, of which four were paid back; June to August the two were paid.
    CHECK(office.pay_back(last, 100001) == Codes{"field_too_much"});
    CHECK(office.pay_back(last, 100000).empty());
    CHECK(office.pay_back(last, 1) == Codes{"field_too_much"});
}

TEST_CASE_TEMPLATE("what was held and ended is paid back no month in which the next one is paid", Engine,
                   ENGINES) {
    Roll<Engine> office;
    const CaseId first = office.paying("样〔2024〕1号");
    office.go_to("2025-07-02");
    REQUIRE(office.told(second, first, "hold", {{"hold_cause", {"unclear"}}}).empty());
    REQUIRE(office.end(first, "2025-08-01").empty());
    const CaseId next = office.paying("样〔2024〕2号");  // July: the first one is paid nothing of it
    CHECK(office.paid(july) == std::vector{next});
    office.go_to("2025-08-02");
    const PaidByLists none;
    const CaseView view = office.view(first);
    CHECK(value(paid_bounds(first, view.events, office.today())).owed == Money::fen(50000));
    const PaidBeside by{
        [&](Month month, std::string_view) { return month == july ? std::optional(next) : std::nullopt; }};
    const PaidBounds bounds = value(paid_bounds(first, view.events, office.today(), none, "decided_on", by));
    CHECK(bounds.owed == Money());
    CHECK(bounds.beside == std::map{std::pair(next, Money::fen(50000))});
    // Six months since the decision: June's list may pay June, and July is the other's, of which nothing is
    // left to a paper either.
    const CaseId objection = office.accepted_below(first);
    CHECK(office.ordered(objection, "300001") == Codes{"field_too_much"});
    CHECK(office.ordered(objection, "300000").empty());
}

TEST_CASE_TEMPLATE("a decision of before is taken over once for a household and category", Engine, ENGINES) {
    Roll<Engine> office;
    const CaseId wrong = office.waiting("样〔2024〕1号");
    REQUIRE(office.end(wrong, "2025-06-30").empty());     // by mistake, and never begun
    const CaseId first = office.paying("样〔2024〕1号");  // nothing was paid by it yet
    CHECK(codes_of(office.carry("样〔2024〕1号")) == Codes{"case_not_alone"});
    office.go_to("2025-07-01");
    REQUIRE(office.end(first, "2025-07-01").empty());
    for (const char* number : {"样〔2024〕1号", "样[2024]1号", " 样 【2024】 1号", "样（2024）1号"}) {
        const Moved again = office.carry(number);
        CHECK_MESSAGE(codes_of(again) == Codes{"decision_served"}, number);
        CHECK(again.faults.front().field == "decision_number");
        CHECK(again.faults.front().text.zh.contains(fmt::format("第 {} 号", first.value())));
    }
    CHECK(codes_of(office.carry("样〔2024〕1号", poor)) == Codes{"decision_served"});
    CHECK(codes_of(office.carry("样〔2024〕1号", single)).empty());  // one paper may grant both
    REQUIRE(office.told(fund, first, "settle").empty());
    CHECK(codes_of(office.carry("样〔2024〕1号")) == Codes{"decision_served"});
    CHECK(codes_of(office.carry("样〔2024〕11号")).empty());
}

TEST_CASE_TEMPLATE("the number of another household is checked, or said to name several", Engine, ENGINES) {
    Roll<Engine> office;
    const CaseId first = office.waiting("样〔2024〕1号");
    const auto carried = [&](unsigned home, Fields more) {
        OpenRequest request;
        request.machine = "allowance";
        request.pack = office.pack_id;
        request.household = HouseholdId(home);
        request.unit = here;
        more.merge(Fields{{"basis", {"earlier"}},
                          {"decided_on", {"2024-11-01"}},
                          {"decision_number", {"样[2024] 1号"}},
                          {"category", {guarantee}},
                          {"amount", {"50000"}}});
        request.first = {"carry", office.today(), std::move(more), ""};
        return value(open_case(office.desk, county, request));
    };
    const Moved refused = carried(6, {});
    REQUIRE(codes_of(refused) == Codes{"decision_shared"});
    CHECK(refused.faults.front().field == "decision_of_many");
    CHECK(refused.faults.front().text.zh.contains(fmt::format("第 {} 号", first.value())));
    CHECK(codes_of(carried(6, {{"decision_of_many", {"false"}}})) == Codes{"decision_shared"});
    CHECK(codes_of(carried(6, {{"decision_of_many", {"true"}}})).empty());
    CHECK(codes_of(carried(7, {{"decision_number", {"样〔2024〕2号"}}})).empty());
    // What is forgotten is held against nobody.
    const auto elsewhere = [&] {
        return value(repository::select_served_elsewhere(office.desk.shelf, digest_of_number("样〔2024〕2号"),
                                                         HouseholdId(5)));
    };
    const auto other = elsewhere();
    REQUIRE(other);
    done(office.database.write([&] { return repository::delete_served(office.desk.shelf, *other); }));
    CHECK_FALSE(elsewhere());
}

TEST_CASE_TEMPLATE("a decision of before is no older than the pack says", Engine, ENGINES) {
    Roll<Engine> office;
    for (const char* decided : {"1900-01-01", "1994-01-22"}) {
        const Moved early = office.carry("样〔1994〕1号", guarantee, std::nullopt, decided);
        CHECK(codes_of(early) == Codes{"field_early"});
        CHECK(early.faults.front().text.en.contains("1994-01-23"));
    }
    CHECK(codes_of(office.carry("样〔1994〕1号", guarantee, std::nullopt, "1994-01-23")).empty());
}

TEST_CASE_TEMPLATE("a list that pays a household one thing twice tells both, and waits for a person", Engine,
                   ENGINES) {
    Roll<Engine> office;
    const CaseId one = office.paying("样〔2024〕1号");
    const CaseId other = office.brought_in("样〔2024〕2号");
    const CaseId alone = office.paying("样〔2024〕3号", single);
    const PayrollNow now = office.read(june);
    REQUIRE(now.lines.size() == 3);
    CHECK(now.lines[0].beside == std::vector{other});
    CHECK(now.lines[1].beside == std::vector{one});
    CHECK(now.lines[2].beside.empty());
    for (const PayrollLine& line : now.lines)
        CHECK(value(line.pays()) == Money::fen(50000));  // none is chosen
    office.go_to("2025-07-01");
    CHECK(is_different(office.read(july).lines.front()));  // as before, and told all the same
    const auto refused = office.close(june);
    REQUIRE(!refused);
    CHECK(refused.error().code == "payroll_paid_twice");
    for (const CaseId of : {one, other})
        CHECK(refused.error().text.zh.contains(fmt::format("第 {} 号", of.value())));
    // A hold is never refused, and neither is an end; one that was held does not go on beside the other.
    REQUIRE(office.told(second, one, "hold", {{"hold_cause", {"unclear"}}}).empty());
    CHECK(office.told(county, one, "resume", {{"reason", {"查清"}}}) == Codes{"paid_beside"});
    CHECK(office.read(july).lines.front().beside.empty());
    // June is told as of its last day; which of the two it pays is what people held since.
    const PayrollLine held = office.read(june).lines.front();
    CHECK(held.part == PayrollPart::started);
    CHECK(held.standing == PaymentStanding::held);
    CHECK(held.on == office.today());
    CHECK(value(office.close(june)).total == Money::fen(100000));
    REQUIRE(office.end(one, "2025-07-01").empty());
    CHECK(office.paid(july) == std::vector{other, alone});
    CHECK(office.close(july).has_value());
}

TEST_CASE_TEMPLATE("what another office pays of the month is told, though it stands on no list of this one",
                   Engine, ENGINES) {
    Roll<Engine> office;
    const CaseId one = office.paying("样〔2024〕1号");
    const CaseId other = office.brought_in("样〔2024〕2号");
    done(office.database.write([&] { return repository::put_unit(office.desk.shelf, other, beyond); }));
    for (const auto& [unit, of, by] : {std::tuple(here, one, other), std::tuple(beyond, other, one)}) {
        const PayrollNow now = office.read(june, unit);
        REQUIRE(now.lines.size() == 1);
        CHECK(now.lines.front().of == of);
        CHECK(now.lines.front().beside == std::vector{by});
        CHECK(office.close(june, unit).error().code == "payroll_paid_twice");
    }
}

namespace {

// What people do to a household's payments in good faith, one after another, as chance has it.
template <class Engine>
class Chance {
  public:
    explicit Chance(unsigned seed) : dice_(seed) {}

    void run(int steps) {
        for (int step = 0; step < steps; ++step) {
            const Month before = Month::of(office_.today());
            office_.go_on(below(9));
            for (Month month = before; month < Month::of(office_.today()); month = month.after()) turn(month);
            act();
            look();
        }
    }
    [[nodiscard]] int begun() const { return begun_; }
    [[nodiscard]] int paid_back() const { return paid_back_; }
    [[nodiscard]] std::ptrdiff_t refused() const { return refused_; }

  private:
    int below(int most) { return std::uniform_int_distribution<int>(0, most - 1)(dice_); }
    CaseId any() { return cases_[static_cast<std::size_t>(below(static_cast<int>(cases_.size())))]; }
    bool did(const Codes& codes) {
        refused_ += std::ranges::count(codes, "paid_beside") + std::ranges::count(codes, "field_too_much");
        return codes.empty();
    }

    void act() {
        if (cases_.empty() || below(4) == 0) {
            const char* category = std::array{guarantee, poor, single}[static_cast<std::size_t>(below(3))];
            const Moved moved = office_.carry("样〔2024〕" + std::to_string(++numbers_) + "号", category);
            if (did(codes_of(moved))) cases_.push_back(moved.of);
            return;
        }
        const CaseId of = any();
        switch (below(7)) {
            case 0:
            case 1:
                begun_ += did(office_.told(second, of, "admit")) ? 1 : 0;
                return;
            case 2:
                did(office_.told(second, of, "hold", {{"hold_cause", {"unclear"}}}));
                return;
            case 3:
                did(office_.told(county, of, "resume", {{"reason", {"查清"}}}));
                return;
            case 4:
                did(office_.end(of, (office_.today() + below(80)).iso()));
                return;
            case 5:
                did(office_.told(fund, of, "settle"));
                return;
            default:
                pay_back(of);
        }
    }
    void pay_back(CaseId of) {
        const std::int64_t fen = std::int64_t{50000} * (1 + below(4));
        if (!did(office_.pay_back(of, fen))) {
            did(office_.told(second, of, "turn_down", {{"reason", {"再核"}}}));
            return;
        }
        ++paid_back_;
        out_[kind_of(of)] += fen;
    }
    // The two of one group are one thing.
    std::string kind_of(CaseId of) {
        const std::string track = office_.view(of).state.track;
        return track == single ? single : guarantee;
    }

    // The list of a month that is over is closed, and nobody was paid more than the months come to.
    void turn(Month month) {
        const PayrollNow now = office_.read(month);
        REQUIRE(office_.close(month).has_value());
        ++months_;
        for (const PayrollLine& line : now.lines)
            if (line.standing == PaymentStanding::paid) out_[kind_of(line.of)] += line.amount.fen();
        for (const auto& [kind, fen] : out_) CHECK_MESSAGE(fen <= 50000 * months_, kind);
    }
    // Of this month and of those to come.
    void look() {
        Month month = Month::of(office_.today());
        for (const PayrollLine& line : office_.read(month).lines) CHECK(line.beside.empty());
        for (int ahead = 0; ahead < 4; ++ahead, month = month.after()) {
            std::map<std::string, int> payers;
            for (const CaseId of : cases_)
                if (pay_point(office_.view(of).events, month, office_.today()).standing ==
                    PaymentStanding::paid)
                    ++payers[kind_of(of)];
            for (const auto& [kind, count] : payers) CHECK_MESSAGE(count == 1, (kind + " " + month.text()));
        }
    }

    Roll<Engine> office_;
    std::mt19937 dice_;
    std::vector<CaseId> cases_;
    std::map<std::string, std::int64_t> out_;
    std::int64_t months_ = 6;  // December to May, before the first list
    int numbers_ = 0, begun_ = 0, paid_back_ = 0;
    std::ptrdiff_t refused_ = 0;
};

}  // namespace

TEST_CASE_TEMPLATE("whatever begins, ends later, is carried over and paid back: no month is paid twice",
                   Engine, ENGINES) {
    constexpr int steps = 70;
    int begun = 0, paid_back = 0;
    std::ptrdiff_t refused = 0;
    for (const unsigned seed : {1U, 2U, 3U}) {
        CAPTURE(seed);
        Chance<Engine> chance(seed);
        chance.run(steps);
        begun += chance.begun();
        paid_back += chance.paid_back();
        refused += chance.refused();
    }
    // It went through what it is about.
    CHECK(begun > 6);
    CHECK(paid_back > 2);
    CHECK(refused > 2);
}

}  // namespace doudi::casework
