// SPDX-License-Identifier: Apache-2.0
// A payroll that was closed goes out with the accounts of its closing; whatever comes later is the next
// one's.
#include "casework/payments/payroll_accounts.h"

#include "casework/office_test_support.h"
#include "casework/payments/accounts_repository.h"
#include "casework/payments/payroll_repository.h"
#include "store/test_engines.h"

namespace doudi::casework {
namespace {

const Actor second{UserId(8), {"county_caseworker"}, UnitId(1), "county", "441699", ""};
const Actor clerk{UserId(5), {"fund_clerk"}, UnitId(1), "county", "441699", ""};
const Month june{2025, 6};
const Month july{2025, 7};
const Month august{2025, 8};
const std::string card = "6228480000000000018";
const std::string passbook = "801012345678";
const std::string like_card = "801012340018";  // another, of the same last four digits

// From the 30th of June on; one payment.
template <class Engine>
struct Bank : Office<Engine> {
    const std::vector<std::string> machines = paying_machines(this->law().procedures);
    CaseId of = this->open(county, "allowance", "carry",
                           {{"basis", {"earlier"}},
                            {"decided_on", {"2024-11-01"}},
                            {"decision_number", {"样〔2024〕1号"}},
                            {"category", {"minimum_living_guarantee"}},
                            {"amount", {"50000"}}})
                    .of;

    Bank() { must(second, "admit"); }
    void must(const Actor& who, const char* move, Fields fields = {}) {
        REQUIRE(this->move(who, of, move, std::move(fields)).kind == Moved::Kind::made);
    }
    void propose(const std::string& account) {
        must(county, "propose_payee",
             {{"payee_proposed", {"本人"}},
              {"reason", {"登记账号"}},
              {"account", {account}},
              {"account_of", {"own"}}});
    }
    void admit(const std::string& account) {
        propose(account);
        must(second, "admit_payee");
    }
    PayrollNow read(Month month) { return value(read_payroll(this->desk, machines, UnitId(1), month)); }
    PayrollLine line(Month month) {
        const PayrollNow now = read(month);
        REQUIRE(now.lines.size() == 1);
        return now.lines.front();
    }
    void close(Month month) {
        REQUIRE(
            close_payroll(this->desk, clerk, machines, UnitId(1), month, value(sum_of(read(month).lines))));
    }
    std::string number(Month month) { return value(account_number(this->desk, line(month))); }
    LineAccounts told(Month month) {
        const PayrollNow now = read(month);
        return value(accounts_of_line(this->desk, now.lines.front(), now.closed.has_value()));
    }
};

}  // namespace

TEST_CASE_TEMPLATE("a closed list keeps the account of its closing, and the next list has what came after it",
                   Engine, ENGINES) {
    Bank<Engine> office;
    office.admit(card);
    CHECK(office.number(june) == card);  // before it is closed, today's
    office.close(june);
    office.go_on(1);  // July
    office.propose(passbook);
    CHECK_FALSE(office.told(june).is_next);  // nobody admitted it
    office.must(second, "admit_payee");

    CHECK(office.number(june) == card);
    CHECK(office.told(june).shown == "****0018");
    CHECK(office.told(june).is_next);
    CHECK(office.told(june).next == "****5678");
    CHECK(office.number(july) == passbook);
    const LineAccounts now = office.told(july);
    CHECK(now.shown == "****5678");
    CHECK(now.is_other);
    CHECK(now.was == "****0018");
    CHECK_FALSE(now.is_next);  // it is not closed: its account is today's
    CHECK(office.line(july).part == PayrollPart::same);
    CHECK(is_different(office.line(july)));  // shown with what is not as before

    office.close(july);
    office.go_on(31);  // August
    CHECK_FALSE(office.told(august).is_other);
    CHECK_FALSE(is_different(office.line(august)));
    CHECK(office.told(july).is_other);  // as it was closed
    CHECK(office.number(june) == card);
    CHECK(value(is_sound(office.desk, office.of)));
}

TEST_CASE_TEMPLATE("an account that nobody had admitted by the closing is in the next list alone", Engine,
                   ENGINES) {
    Bank<Engine> office;
    office.propose(card);
    office.close(june);
    office.must(second, "admit_payee");
    CHECK(office.number(june).empty());
    CHECK(office.told(june).shown.empty());
    CHECK(office.told(june).next == "****0018");
    office.go_on(1);
    CHECK(office.number(july) == card);
    CHECK(office.told(july).is_other);
    CHECK(office.told(july).was.empty());
    office.close(july);
    // Another payee without an account: none is in force any more.
    office.must(county, "propose_payee", {{"payee_proposed", {"配偶"}}, {"reason", {"外出务工"}}});
    office.must(second, "admit_payee");
    CHECK(office.number(july) == card);
    CHECK(office.told(july).is_next);
    CHECK(office.told(july).next.empty());
}

TEST_CASE_TEMPLATE("one account that is told anew is no other; one of the same last digits is", Engine,
                   ENGINES) {
    Bank<Engine> office;
    office.admit(card);
    office.close(june);
    office.admit(card);
    CHECK_FALSE(office.told(june).is_next);
    office.go_on(1);
    CHECK_FALSE(office.told(july).is_other);
    office.admit(like_card);
    CHECK(office.told(june).is_next);
    CHECK(office.told(june).next == "****0018");
    CHECK(office.told(july).is_other);
    CHECK(office.number(june) == card);
    CHECK(office.number(july) == like_card);
}

TEST_CASE_TEMPLATE("a list that was closed before lists kept their accounts has those that it had seen",
                   Engine, ENGINES) {
    Bank<Engine> office;
    office.admit(card);
    office.close(june);
    REQUIRE(office.database.execute("update casework_payroll_line set account = -1, account_was = -1"));
    CHECK_FALSE(office.line(june).account);
    office.admit(passbook);
    CHECK(office.number(june) == card);
    CHECK(office.told(june).next == "****5678");
    office.go_on(1);
    CHECK_FALSE(office.told(july).is_other);  // what was on a list that kept none is not known
    CHECK(office.number(july) == passbook);
}

TEST_CASE_TEMPLATE("no row of a list holds a number, and what is forgotten leaves an empty cell", Engine,
                   ENGINES) {
    Bank<Engine> office;
    office.admit(card);
    office.close(june);
    auto query =
        value(office.database.prepare("select account, account_was, cause, move, seen from"
                                      " casework_payroll_line"));
    REQUIRE(value(query.step()));
    CHECK(query.integer(0) == 3);  // the step that told it
    CHECK(query.integer(1) == -1);
    REQUIRE(office.database.write([&] { return repository::delete_accounts(office.desk.shelf, office.of); }));
    CHECK(office.number(june).empty());
}

}  // namespace doudi::casework
