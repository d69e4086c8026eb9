// SPDX-License-Identifier: Apache-2.0
// What a step is told of an account: who may tell it how, what is kept of it and where.
#include "casework/accounts.h"

#include <algorithm>

#include "casework/accounts_repository.h"
#include "casework/office_test_support.h"
#include "store/test_engines.h"

namespace doudi::casework {
namespace {

using Codes = std::vector<std::string>;

const Actor second{UserId(8), {"county_caseworker"}, UnitId(1), "county", "441699", ""};
const std::string card = "6228480000000000018";
const std::string passbook = "801012345678";  // of the fewest digits, and without a check digit

Codes codes_of(const std::vector<MoveFault>& faults) {
    Codes codes;
    for (const MoveFault& fault : faults) codes.push_back(fault.code);
    return codes;
}

// What is carried over, into that account.
Fields carried(std::string account, std::string whose = "own") {
    return {{"basis", {"earlier"}},
            {"decided_on", {"2024-11-01"}},
            {"decision_number", {"样〔2024〕1号"}},
            {"category", {"minimum_living_guarantee"}},
            {"amount", {"50000"}},
            {"account", {std::move(account)}},
            {"account_of", {std::move(whose)}}};
}

template <class Engine>
struct Bank : Office<Engine> {
    Moved carry(Fields fields) { return this->open(county, "allowance", "carry", std::move(fields)); }
    std::optional<std::string> number(CaseId of, int event) {
        return value(repository::select_account(this->desk.shelf, this->view(of).head, event));
    }
    // Everything that the rows of cases hold as text, but the table of accounts.
    std::string all_told() {
        std::string all;
        for (const char* sql :
             {"select body from casework_event", "select body from casework_late",
              "select body from casework_returned_row", "select state from casework_case"}) {
            auto query = value(this->database.prepare(sql));
            while (value(query.step())) all += query.text_view(0);
        }
        return all;
    }
};

CaseEvent event(int number, Fields fields) {
    CaseEvent one;
    one.number = number;
    one.move = "x";
    one.fields = std::move(fields);
    return one;
}

}  // namespace

TEST_CASE_TEMPLATE("a step keeps the last four digits of an account; the number lies in its own table alone",
                   Engine, ENGINES) {
    Bank<Engine> office;
    const Moved moved = office.carry(carried("６２２８ 4800 0000-0000　018"));
    REQUIRE(moved.kind == Moved::Kind::made);
    CHECK(moved.hints.empty());
    const CaseView view = office.view(moved.of);
    CHECK(first_of(view.events.back().fields, "account") == "****0018");
    CHECK(first_of(view.state.fields, "account") == "****0018");
    CHECK(view.state.ever.at("account") == Codes{"****0018"});
    CHECK(office.number(moved.of, 1) == card);
    CHECK_FALSE(office.number(moved.of, 2));
    CHECK(office.all_told().find(card) == std::string::npos);
    CHECK(office.all_told().find("****0018") != std::string::npos);
    CHECK(value(is_sound(office.desk, moved.of)));
}

TEST_CASE_TEMPLATE("an account has as many digits as the pack says, and says whose it is", Engine, ENGINES) {
    Bank<Engine> office;
    const auto told = [&](Fields fields) { return codes_of(office.carry(std::move(fields)).faults); };
    CHECK(told(carried(std::string(11, '1'))) == Codes{"field_account"});
    CHECK(told(carried(std::string(26, '1'))) == Codes{"field_account"});
    CHECK(told(carried("****0018")) == Codes{"field_account"});
    CHECK(told(carried("账号" + card)) == Codes{"field_account"});
    Fields nobodys = carried(card);
    nobodys.erase("account_of");
    CHECK(told(nobodys) == Codes{"field_missing"});
    CHECK(told(carried(card, "neighbour")) == Codes{"field_word"});
    for (const char* shared : {"joint", "guardian", "institution"}) {
        const Moved without = office.carry(carried(card, shared));
        CHECK(codes_of(without.faults) == Codes{"field_missing"});
        CHECK(without.faults.front().field == "account_paper");
    }
    for (const MoveFault& fault : office.carry(carried(std::string(26, '1'))).faults)
        CHECK(fault.text.zh.find("1111") == std::string::npos);  // no sentence repeats it
    Fields guarded = carried(passbook, "guardian");
    guarded["account_paper"] = {"监护公证书〔2024〕1号"};
    CHECK(told(guarded).empty());
}

TEST_CASE_TEMPLATE("a check digit that does not fit is said, and refuses nothing unless the pack says so",
                   Engine, ENGINES) {
    Bank<Engine> office;
    const Moved moved = office.carry(carried(passbook));
    REQUIRE(moved.kind == Moved::Kind::made);
    CHECK(codes_of(moved.hints) == Codes{"account_check_digit"});
    CHECK(office.number(moved.of, 1) == passbook);
    CHECK(office.carry(carried(std::string(25, '1'))).faults.front().code == "case_not_alone");
    policy::FieldRule strict = *office.law().procedures.field("account");
    strict.account->refuses_check_digit = true;
    CHECK(check_account(strict, passbook)->code == "account_check_digit");
    CHECK_FALSE(check_account(strict, card));
}

TEST_CASE_TEMPLATE("a form that came too late keeps no account: whoever looks at it asks for it anew", Engine,
                   ENGINES) {
    Bank<Engine> office;
    const CaseId of = office.carry(carried(card)).of;
    REQUIRE(office.move(second, of, "admit").kind == Moved::Kind::made);
    const auto proposed = [&](const char* move, Fields fields) {
        fields["reason"] = {"迁出"};
        REQUIRE(office.move(county, of, move, std::move(fields)).kind == Moved::Kind::made);
    };
    proposed("propose_payee", {{"payee_proposed", {"配偶"}}});
    proposed("propose_end", {{"end_proposed", {"2025-07-31"}}});
    REQUIRE(office.move(second, of, "admit_end").kind == Moved::Kind::made);
    const Fields told{{"successor", {"配偶"}}, {"account", {passbook}}, {"account_of", {"own"}}};
    REQUIRE(office.move(second, of, "admit_payee", told, "late").kind == Moved::Kind::kept_late);
    const CaseView view = office.view(of);
    REQUIRE(view.late.size() == 1);
    CHECK(first_of(view.late.front().fields, "account") == "****5678");
    CHECK(office.all_told().find(passbook) == std::string::npos);
    CHECK_FALSE(office.number(of, static_cast<int>(view.events.size())));
    CHECK(office.number(of, 1) == card);
}

TEST_CASE(
    "into which account a payment goes is told last, and not known once another payee is named without") {
    const policy::FieldRule& rule = *shipped("guangdong-2021").pack.law.procedures.field("account");
    const auto known = [&](const std::vector<CaseEvent>& events) {
        const auto told = account_told(rule, events);
        return told ? std::to_string(told->event) + told->masked + told->whose : std::string();
    };
    std::vector<CaseEvent> events{event(1, {{"amount", {"1"}}})};
    CHECK(known(events).empty());
    events.push_back(event(2, {{"account", {"****0018"}}, {"account_of", {"own"}}}));
    events.push_back(event(3, {{"reason", {"x"}}}));
    CHECK(known(events) == "2****0018own");
    events.push_back(event(4, {{"successor", {"长子"}}}));
    CHECK(known(events).empty());
    events.push_back(
        event(5, {{"successor", {"长子"}}, {"account", {"****5678"}}, {"account_of", {"joint"}}}));
    CHECK(known(events) == "5****5678joint");
    events.back().fields.clear();  // it was forgotten
    CHECK(known(events).empty());
}

}  // namespace doudi::casework
