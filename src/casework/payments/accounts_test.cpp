// SPDX-License-Identifier: Apache-2.0
// What a step is told of an account: who may tell it how, what is kept of it and where.
#include "casework/payments/accounts.h"

#include <algorithm>

#include "casework/office_test_support.h"
#include "casework/payments/accounts_repository.h"
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

// What one person proposes: a payee, and into which account.
Fields payee(std::string account, std::string whose = "own") {
    return {{"payee_proposed", {"本人"}},
            {"reason", {"登记账号"}},
            {"account", {std::move(account)}},
            {"account_of", {std::move(whose)}}};
}

template <class Engine>
struct Bank : Office<Engine> {
    CaseId carried() {
        const Moved moved = this->open(county, "allowance", "carry",
                                       {{"basis", {"earlier"}},
                                        {"decided_on", {"2024-11-01"}},
                                        {"decision_number", {"样〔2024〕1号"}},
                                        {"category", {"minimum_living_guarantee"}},
                                        {"amount", {"50000"}}});
        REQUIRE(moved.kind == Moved::Kind::made);
        return moved.of;
    }
    Moved propose(CaseId of, Fields fields) {
        return this->move(county, of, "propose_payee", std::move(fields));
    }
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

CaseEvent event(int number, const char* move, Fields fields) {
    CaseEvent one;
    one.number = number;
    one.move = move;
    one.fields = std::move(fields);
    return one;
}

}  // namespace

TEST_CASE_TEMPLATE("a step keeps the last four digits of an account; the number lies in its own table alone",
                   Engine, ENGINES) {
    Bank<Engine> office;
    const CaseId of = office.carried();
    const Moved moved = office.propose(of, payee("６２２８ 4800 0000-0000　018"));
    REQUIRE(moved.kind == Moved::Kind::made);
    CHECK(moved.hints.empty());
    const CaseView view = office.view(of);
    CHECK(first_of(view.events.back().fields, "account") == "****0018");
    CHECK(first_of(view.state.fields, "account") == "****0018");
    CHECK(view.state.ever.at("account") == Codes{"****0018"});
    CHECK(office.number(of, 2) == card);
    CHECK_FALSE(office.number(of, 1));
    CHECK(office.all_told().find(card) == std::string::npos);
    CHECK(office.all_told().find("****0018") != std::string::npos);
    CHECK(value(is_sound(office.desk, of)));
}

TEST_CASE_TEMPLATE("an account has as many digits as the pack says, and says whose it is", Engine, ENGINES) {
    Bank<Engine> office;
    const CaseId of = office.carried();
    const auto told = [&](Fields fields) { return codes_of(office.propose(of, std::move(fields)).faults); };
    CHECK(told(payee(std::string(11, '1'))) == Codes{"field_account"});
    CHECK(told(payee(std::string(26, '1'))) == Codes{"field_account"});
    CHECK(told(payee("****0018")) == Codes{"field_account"});
    CHECK(told(payee("账号" + card)) == Codes{"field_account"});
    Fields nobodys = payee(card);
    nobodys.erase("account_of");
    CHECK(told(nobodys) == Codes{"field_missing"});
    CHECK(told(payee(card, "neighbour")) == Codes{"field_word"});
    for (const char* shared : {"joint", "guardian", "institution"}) {
        const Moved without = office.propose(of, payee(card, shared));
        CHECK(codes_of(without.faults) == Codes{"field_missing"});
        CHECK(without.faults.front().field == "account_paper");
    }
    for (const MoveFault& fault : office.propose(of, payee(std::string(26, '1'))).faults)
        CHECK(fault.text.zh.find("1111") == std::string::npos);  // no sentence repeats it
    Fields guarded = payee(passbook, "guardian");
    guarded["account_paper"] = {"监护公证书〔2024〕1号"};
    CHECK(told(guarded).empty());
}

TEST_CASE_TEMPLATE("a check digit that does not fit is said, and refuses nothing unless the pack says so",
                   Engine, ENGINES) {
    Bank<Engine> office;
    const CaseId of = office.carried();
    const Moved moved = office.propose(of, payee(passbook));
    REQUIRE(moved.kind == Moved::Kind::made);
    CHECK(codes_of(moved.hints) == Codes{"account_check_digit"});
    CHECK(office.number(of, 2) == passbook);
    policy::FieldRule strict = *office.law().procedures.field("account");
    strict.account->refuses_check_digit = true;
    CHECK(check_account(strict, passbook)->code == "account_check_digit");
    CHECK_FALSE(check_account(strict, card));
}

TEST_CASE_TEMPLATE("a form that came too late keeps no account: whoever looks at it asks for it anew", Engine,
                   ENGINES) {
    Bank<Engine> office;
    const CaseId of = office.carried();
    REQUIRE(office.move(second, of, "admit").kind == Moved::Kind::made);
    REQUIRE(office.propose(of, payee(card)).kind == Moved::Kind::made);
    REQUIRE(office.move(second, of, "admit_payee").kind == Moved::Kind::made);
    const Fields ends{{"end_proposed", {"2025-07-31"}}, {"reason", {"迁出"}}};
    REQUIRE(office.move(county, of, "propose_end", ends).kind == Moved::Kind::made);
    REQUIRE(office.move(second, of, "admit_end").kind == Moved::Kind::made);
    REQUIRE(office.move(county, of, "propose_payee", payee(passbook), "late").kind == Moved::Kind::kept_late);
    const CaseView view = office.view(of);
    REQUIRE(view.late.size() == 1);
    CHECK(first_of(view.late.front().fields, "account") == "****5678");
    CHECK(office.all_told().find(passbook) == std::string::npos);
    CHECK_FALSE(office.number(of, static_cast<int>(view.events.size())));
    CHECK(office.number(of, 3) == card);
}

TEST_CASE_TEMPLATE("an account is put in force by another person; what comes to nothing keeps no number",
                   Engine, ENGINES) {
    Bank<Engine> office;
    const CaseId of = office.carried();
    const auto told = [&](const Actor& who, const char* move, Fields fields = {}) {
        const Moved moved = office.move(who, of, move, std::move(fields));
        return codes_of(moved.faults);
    };
    const auto known = [&] {
        const CaseView view = office.view(of);
        const auto& procedures = view.pack->law.procedures;
        return accounts_of(*account_field(procedures), *procedures.machine("allowance"), view.events);
    };
    const Fields own{{"account", {card}}, {"account_of", {"own"}}};
    const Codes unknown{"field_unknown", "field_unknown"};
    CHECK(told(second, "propose_payee", payee(card)).empty());  // 2
    CHECK(told(second, "admit_payee") == Codes{"move_same_person"});
    CHECK(told(county, "admit_payee", own) == unknown);
    CHECK_FALSE(known().in_force);
    CHECK(known().proposed->event == 2);
    CHECK(told(second, "propose_payee", payee(passbook)).empty());  // 3: the older one is not taken up
    CHECK_FALSE(office.number(of, 2));
    CHECK(office.number(of, 3) == passbook);
    CHECK(told(county, "turn_down", {{"reason", {"户名不符"}}}).empty());  // 4
    CHECK_FALSE(office.number(of, 3));
    CHECK_FALSE(known().in_force);
    CHECK_FALSE(known().proposed);
    CHECK(told(county, "admit_payee") == Codes{"move_after"});
    CHECK(told(second, "propose_payee", payee(card)).empty());  // 5
    CHECK(told(county, "admit_payee").empty());                 // 6
    CHECK(known().in_force->event == 5);
    CHECK(office.number(of, 5) == card);
    CHECK(
        told(second, "propose_payee", payee(passbook)).empty());  // 7: it is paid into the old one until then
    CHECK(known().in_force->event == 5);
    CHECK(told(county, "turn_down", {{"reason", {"户名不符"}}}).empty());
    CHECK(known().in_force->event == 5);
    CHECK(office.number(of, 5) == card);
    CHECK_FALSE(office.number(of, 7));
    CHECK(value(is_sound(office.desk, of)));
}

TEST_CASE(
    "into which account a payment goes is what was admitted last, and not known once another payee is") {
    const policy::Procedures& procedures = shipped("guangdong-2021").pack.law.procedures;
    const policy::FieldRule& rule = *procedures.field("account");
    const policy::Machine& machine = *procedures.machine("allowance");
    std::vector<CaseEvent> events;
    const auto shown = [](const std::optional<AccountTold>& told) {
        return told ? std::to_string(told->event) + told->masked + told->whose : std::string();
    };
    const auto known = [&] { return shown(accounts_of(rule, machine, events).in_force); };
    const auto waits = [&] { return shown(accounts_of(rule, machine, events).proposed); };
    const auto dropped = [&](bool is_closed = false) {
        return account_dropped(rule, machine, events, is_closed).value_or(0);
    };
    const auto put = [&](const char* move, Fields fields = {}) {
        events.push_back(event(static_cast<int>(events.size()) + 1, move, std::move(fields)));
    };
    const Fields names{{"successor", {"长子"}}};
    CHECK(dropped() == 0);
    put("propose_payee", {{"account", {"****0018"}}, {"account_of", {"own"}}});
    CHECK(known().empty());
    CHECK(waits() == "1****0018own");
    put("propose", {{"reason", {"x"}}});
    CHECK(dropped() == 0);
    CHECK(dropped(true) == 1);  // a case that is closed admits nothing any more
    put("admit_payee", names);
    CHECK(known() == "1****0018own");
    CHECK(waits().empty());
    CHECK(dropped() == 0);
    put("propose_payee", {{"account", {"****5678"}}, {"account_of", {"joint"}}});
    put("change_payee", names);  // a death's: it admits nothing that was proposed
    CHECK(known().empty());
    CHECK(waits() == "4****5678joint");
    put("turn_down");
    CHECK(waits().empty());
    CHECK(dropped() == 4);
    put("propose_payee", {{"account", {"****5678"}}, {"account_of", {"joint"}}});
    put("propose_payee");  // another payee, of no account
    CHECK(dropped() == 7);
    put("admit_payee", names);
    CHECK(known().empty());
    put("propose_payee", {{"account", {"****5678"}}, {"account_of", {"joint"}}});
    put("admit_payee", names);
    CHECK(known() == "10****5678joint");
    events[9].fields.clear();  // it was forgotten
    CHECK(known().empty());
}

}  // namespace doudi::casework
