# SPDX-License-Identifier: Apache-2.0
"""Bank accounts: a step is told one and keeps four digits of it; the number is in no answer, list, file or log of
anybody until it is revealed for a reason; one account for several households is found by whoever audits."""
import csv
import io
import re
import zipfile

from cases_test import Office
from office import main
from year_office import FIGURES, UNITS

GUARANTEE = "minimum_living_guarantee"
EARLIER = {"basis": "earlier", "decided_on": "2024-11-01", "decision_number": "样民确〔2024〕8号", "decision_of_many": True,
           "category": GUARANTEE, "amount": 42000}
CARD, OTHER, PASSBOOK = "6217990000000000121", "6228480000000000018", "801012345678"
DAY, LATER = "2025-04-01", "2025-04-02"
OWN = {"account_of": "own"}


class Account(Office):
    units = UNITS
    residents = 6000  # a household of its own for each payment

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.monitor = cls.account("monitor", "city_monitor_officer")
        cls.auditor = cls.account("auditor", "auditor")
        for parameter, (region, value) in FIGURES.items():
            cls.set_figure(parameter, region, value)

    def proposed(self, number, **told):
        """Told by one, and admitted by nobody yet."""
        self.moved(self.second, number, "propose_payee", LATER, payee_proposed="本人", reason="登记收款账号", **told)
        return number

    def paying(self, household, **told):
        """Carried over; the account is told by one person and admitted by another."""
        number = self.opened(self.county, "allowance", DAY, household=household, **EARLIER)
        self.moved(self.second, number, "admit", LATER)
        if told:
            self.proposed(number, **told)
            self.moved(self.county, number, "admit_payee", LATER)
        return number

    def closed_list(self, month="2025-05"):
        told = self.fund.get(f"/api/v1/payrolls/month?month={month}").json
        return self.fits("closePayroll", self.closing(month, told), 201).json

    def closing(self, month, told):
        return self.fund("POST", "/api/v1/payrolls", {
            "month": month, **{key: told[key] for key in ("lines", "total", "digest")}})

    def bank_rows(self, made):
        answer = self.fits("takeBankList", self.fund(
            "POST", f"/api/v1/payrolls/{made['id']}/bank-list?format=csv", {"reason": "核对本月发放"}))
        return {row["发放编号"]: row for row in csv.DictReader(io.StringIO(answer.body.decode("utf-8-sig")))}

    def kept(self, number):
        """The steps of which a number is kept."""
        return [int(event) for (event,) in self.sql(
            f"select event from casework_account where case_id = {number} order by event")]

    def account_in(self, who, number):
        (told,) = self.case(who, number)["accounts"]
        return told["shown"], told["whole"]

    # --- what is told

    def test_it_is_told_as_people_write_it_and_four_digits_stay(self):
        number = self.paying(self.unpaid()[0], account="６２１７ 9900-0000 0000　121", **OWN)
        case = self.case(self.county, number)
        self.assertEqual((["****0121"], ["own"]), tuple(
            case["events"][2]["fields"][field] for field in ("account", "account_of")))
        self.assertEqual([{"event": 3, "field": "account", "standing": "in_force", "shown": "****0121", "whole": False,
                           "revealable": True}], case["accounts"])
        self.assertNotIn("accounts", self.case(self.county, self.paying(self.unpaid()[0])))

    def test_how_long_it_may_be_and_whose_it_is_stands_in_the_pack(self):
        (field,) = [one for one in self.county.get("/api/v1/procedures").json["fields"] if one["id"] == "account"]
        self.assertEqual(("account", {"least": 12, "most": 25, "check_digit": "said"}),
                         (field["type"], field["digits"]))
        number = self.paying(self.unpaid()[0])
        payee = {"payee_proposed": "本人", "reason": "登记收款账号"}

        def refused(**told):
            answer = self.move(self.fund, number, "propose_payee", LATER, **payee, **told)
            self.assertNotIn("1111", answer.body.decode())
            return self.codes(answer)
        for wrong in ("1" * 11, "1" * 26, "****0121", "账号" + CARD):
            self.assertEqual([("/fields/account", "field_account")], refused(account=wrong, **OWN), wrong)
        self.assertEqual([("/fields/account_of", "field_missing")], refused(account=CARD))
        for word in ("joint", "guardian", "institution"):
            self.assertEqual([("/fields/account_paper", "field_missing")], refused(account=CARD, account_of=word))
        made = self.fits("moveCase", self.move(
            self.fund, number, "propose_payee", LATER, **payee, account=PASSBOOK, **OWN)).json
        self.assertEqual(["account_check_digit"], [hint["code"] for hint in made["hints"]])  # said, and made

    def test_many_are_not_told_one_account(self):
        number = self.paying(self.unpaid()[0])
        answer = self.county("POST", "/api/v1/batches", {
            "what": "move", "subjects": [number], "told": {
                "move": "propose_payee", "fields": {"payee_proposed": "本人", "reason": "登记", "account": CARD, **OWN}}})
        self.assertEqual([("/told", "account_alone")], [
            (fault["pointer"], fault["code"]) for fault in self.refused(answer, 422, "fields")["errors"]])

    # --- in force by two

    def test_what_one_person_told_is_paid_into_when_another_admits_it(self):
        number = self.opened(self.county, "allowance", DAY, household=self.unpaid()[0], **EARLIER)
        self.assertIn(("/fields/account", "field_unknown"), self.codes(  # no other step takes one
            self.move(self.second, number, "admit", LATER, account=CARD, **OWN)))
        self.proposed(number, account=CARD, **OWN)  # also before the first payment
        self.moved(self.second, number, "admit", LATER)
        self.assertEqual([("****0121", "proposed")], self.standing(number))
        first = self.closed_list("2025-07")
        self.assertEqual("", self.bank_rows(first)[number]["收款账号"])
        self.assertIn(("/move", "move_role"), self.codes(self.move(self.fund, number, "admit_payee", LATER)))
        self.moved(self.county, number, "admit_payee", LATER)
        self.assertEqual("", self.bank_rows(first)[number]["收款账号"])  # it was closed before
        then = self.closed_list("2025-08")
        self.assertEqual(CARD, self.bank_rows(then)[number]["收款账号"])
        self.moved(self.county, number, "propose_payee", LATER, payee_proposed="配偶", reason="住院", account=OTHER, **OWN)
        self.assertEqual([("/move", "move_same_person")], self.codes(
            self.move(self.county, number, "admit_payee", LATER)))
        self.assertEqual([("****0121", "in_force"), ("****0018", "proposed")], self.standing(number))
        self.assertEqual(CARD, self.bank_rows(then)[number]["收款账号"])  # until another admits it

    def line(self, month, number, part="all"):
        found = self.fund.pages(f"/api/v1/payrolls/lines?month={month}&part={part}")
        return {row["payment"]: row for row in found}.get(number)

    @staticmethod
    def accounts(line):
        return tuple(line[f"account{key}"] for key in ("", "_changed", "_was", "_changes", "_next"))

    def test_what_is_admitted_after_the_closing_is_the_next_lists(self):
        number = self.paying(self.unpaid()[0], account=CARD, **OWN)
        made = self.closed_list("2025-06")
        self.fits("listPayrollLines", self.fund.get("/api/v1/payrolls/lines?month=2025-06"))
        self.assertEqual(("****0121", False, None), tuple(
            self.accounts(self.line("2025-06", number))[at] for at in (0, 3, 4)))
        self.moved(self.county, number, "propose_payee", "2025-07-01", payee_proposed="配偶", reason="住院", account=OTHER,
                   **OWN)
        self.assertEqual((False, None), self.accounts(self.line("2025-06", number))[3:])
        self.moved(self.second, number, "admit_payee", "2025-07-01")
        self.assertEqual(CARD, self.bank_rows(made)[number]["收款账号"])
        self.assertEqual(("****0121", True, "****0018"), tuple(
            self.accounts(self.line("2025-06", number))[at] for at in (0, 3, 4)))
        # The next list has it, says so beside the line, and shows it with what is not as before.
        self.assertEqual(("****0018", True, "****0121", False, None), self.accounts(self.line("2025-07", number)))
        self.assertEqual("same", self.line("2025-07", number, "account")["part"])
        self.assertIsNotNone(self.line("2025-07", number, "differences"))
        told = self.fits("getPayrollMonth", self.fund.get("/api/v1/payrolls/month?month=2025-07")).json
        self.assertEqual(len(self.fund.pages("/api/v1/payrolls/lines?month=2025-07&part=account")),
                         told["parts"]["account"])
        rows = csv.DictReader(io.StringIO(self.fund.get(
            "/api/v1/payrolls/lines?month=2025-07&format=csv").body.decode("utf-8-sig")))
        (row,) = [row for row in rows if row["payment"] == number]
        self.assertEqual(("****0018", "****0121", ""), (row["account"], row["account_was"], row["account_next"]))
        # What the bank sends back of the old account is held, as before; gone on with, it goes into the new one.
        self.moved(self.fund, number, "hold", "2025-07-02", hold_cause="bank")
        self.moved(self.second, number, "resume", "2025-07-03", reason="账号已更正")
        self.assertEqual("****0018", self.line("2025-07", number)["account"])

    def test_a_month_is_read_again_where_an_account_alone_came_since(self):
        number = self.paying(self.unpaid()[0], account=CARD, **OWN)
        seen = self.fund.get("/api/v1/payrolls/month?month=2025-09").json
        self.moved(self.county, number, "propose_payee", "2025-09-01", payee_proposed="配偶", reason="住院", account=OTHER,
                   **OWN)
        self.assertEqual(seen["digest"], self.fund.get("/api/v1/payrolls/month?month=2025-09").json["digest"])
        self.moved(self.second, number, "admit_payee", "2025-09-01")
        now = self.fund.get("/api/v1/payrolls/month?month=2025-09").json
        self.assertEqual((seen["lines"], seen["total"]), (now["lines"], now["total"]))
        self.refused(self.closing("2025-09", seen), 409, "payroll_changed")

    def test_what_nobody_admits_is_not_kept(self):
        number = self.proposed(self.paying(self.unpaid()[0]), account=CARD, **OWN)
        self.assertEqual([3], self.kept(number))
        self.proposed(number, account=OTHER, **OWN)  # in its place
        self.assertEqual([4], self.kept(number))
        self.moved(self.county, number, "turn_down", LATER, reason="户名不符")
        self.assertEqual([], self.kept(number))
        self.assertEqual([("****0121", "past"), ("****0018", "past")], self.standing(number))
        self.proposed(number, account=PASSBOOK, **OWN)
        self.moved(self.county, number, "admit_payee", LATER)
        self.assertEqual([6], self.kept(number))

    def standing(self, number):
        return [(one["shown"], one["standing"]) for one in self.case(self.county, number)["accounts"]]

    # --- where it is not

    def test_no_answer_list_file_or_log_holds_the_number(self):
        home = self.unpaid()[0]
        number = self.paying(home, account=CARD, **OWN)
        self.moved(self.county, number, "propose_payee", "2025-05-06", payee_proposed="配偶", reason="外出务工",
                   account=OTHER, account_of="guardian", account_paper="监护公证书〔2025〕3号")
        self.moved(self.second, number, "admit_payee", "2025-05-06")
        late = {"move": "start", "on": "2025-05-06", "client_key": next(self.keys),
                "fields": {"amount": 42000, "account": OTHER, **OWN}}
        self.assertIn(self.fund("POST", f"/api/v1/cases/{number}/moves", late).status, (200, 422))
        people = (self.county, self.second, self.fund, self.auditor, self.town)
        paths = [f"/api/v1/cases/{number}", f"/api/v1/cases/{number}/papers", f"/api/v1/households/{home}",
                 f"/api/v1/cases?household={home}", f"/api/v1/cases?household={home}&format=csv",
                 f"/api/v1/cases?household={home}&format=xlsx", "/api/v1/cases/workbook?machine=allowance",
                 "/api/v1/payrolls/month?month=2025-05", "/api/v1/payrolls/lines?month=2025-05",
                 "/api/v1/payrolls/lines?month=2025-05&format=csv", "/api/v1/payrolls/lines?month=2025-05&format=xlsx",
                 "/api/v1/rule-hits", "/api/v1/rule-hits?format=csv", "/api/v1/audit?limit=200",
                 "/api/v1/audit?format=csv", "/api/v1/overdue", f"/api/v1/cases/{number}/archive",
                 f"/api/v1/cases/{number}/file", f"/api/v1/households/{home}/looks"]
        read = 0
        for who in people:
            for path in paths:
                answer = who.get(path)
                read += answer.status == 200
                for part in self.parts(answer.body):
                    for digits in (CARD, OTHER):
                        self.assertNotIn(digits.encode(), part, path)
        self.assertGreater(read, len(paths))
        for table in ("casework_event", "casework_late", "casework_returned_row"):
            for (body,) in self.sql(f"select body from {table}"):
                self.assertNotRegex(body, f"{CARD}|{OTHER}")
        self.assertNotRegex(self.served.log(), f"{CARD}|{OTHER}")

    @staticmethod
    def parts(body):
        """The bytes of an answer; of a workbook or an archive those of every part of it."""
        if not body.startswith(b"PK"):
            return [body]
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            return [part for name in packed.namelist() for part in Account.parts(packed.read(name))]

    # --- where it may be seen

    def test_it_is_seen_whole_for_a_case_and_a_reason_and_that_is_in_the_log(self):
        number, another = (self.paying(self.unpaid()[0], account=CARD, **OWN) for _ in range(2))
        path, asked = f"/api/v1/cases/{number}/reveals", {"field": "account", "reason": "核对发放失败"}
        self.assertEqual("reveal_without_reason", self.fund("POST", path, {**asked, "reason": "看"}).json["code"])
        self.assertEqual(("****0121", False), self.account_in(self.fund, number))
        self.fits("revealSubject", self.fund("POST", path, asked), 201)
        self.assertEqual((CARD, True), self.account_in(self.fund, number))
        self.assertEqual(["****0121"], self.case(self.fund, number)["events"][2]["fields"]["account"])
        self.assertEqual(("****0121", False), self.account_in(self.fund, another))  # for one case
        self.assertEqual(("****0121", False), self.account_in(self.county, number))  # for one reader
        looks = self.auditor.get("/api/v1/audit?user=fund&limit=50").json["items"]
        told = next(look for look in looks if look["verb"] == "reveal")
        self.assertEqual(("account", number, asked["reason"]), (told["what"], told["case"], told["reason"]))
        self.assertIn("case account=whole", [look["what"] for look in looks])
        self.assertNotIn(CARD, str(looks))
        without = self.paying(self.unpaid()[0])
        self.refused(self.fund("POST", f"/api/v1/cases/{without}/reveals", asked), 409, "no_account")
        for who, status in ((self.hr, 404), (self.admin, 403)):
            self.assertIn(who("POST", path, asked).status, (status, 403, 404), who)

    def test_the_list_for_the_bank_has_them_whole_for_whoever_pays_with_a_reason_in_the_log(self):
        into = self.paying(self.unpaid()[0], account=CARD, **OWN)
        unknown = self.paying(self.unpaid()[0])
        made = self.closed_list()
        path, asked = f"/api/v1/payrolls/{made['id']}/bank-list", {"reason": "五月发放"}
        self.assertEqual(422, self.fund("POST", path, {"reason": "发"}).status)
        for who in (self.county, self.auditor, self.town):
            self.refused(who("POST", path, asked), 403, "not_allowed")
        answer = self.fits("takeBankList", self.fund("POST", f"{path}?format=csv", asked))
        rows = {row["发放编号"]: row for row in csv.DictReader(io.StringIO(answer.body.decode("utf-8-sig")))}
        self.assertEqual((CARD, "420.00"), (rows[into]["收款账号"], rows[into]["金额"]))
        self.assertEqual(("", "420.00"), (rows[unknown]["收款账号"], rows[unknown]["金额"]))
        self.assertEqual(made["paid"], len(rows))
        # The bank's form has its own columns and no other: who took the list stands in its name and in the log.
        self.assertEqual({"发放编号", "姓名", "收款账号", "金额"}, set(rows[into]))
        self.assertIn("-fund.csv", answer.headers["Content-Disposition"])
        book = self.fits("takeBankList", self.fund("POST", path, asked)).body
        self.assertTrue(any(CARD.encode() in part for part in self.parts(book)))
        looks = self.auditor.get("/api/v1/audit?user=fund&limit=20").json["items"]
        told = [look for look in looks if "payroll.bank_list" in look["what"]]
        self.assertEqual([("reveal", asked["reason"])] * 2, [(look["verb"], look["reason"]) for look in told])
        self.assertTrue(all("account=whole" in look["what"] and look["households"] for look in told))
        self.assertNotIn(CARD, str(looks))
        self.assertNotIn(CARD, self.served.log())

    # --- what is found

    def hits(self):
        rows = self.fits("listRuleHits", self.auditor.get("/api/v1/rule-hits?rule=same_account&limit=200")).json
        return {tuple(source["case"] for source in hit["sources"]): hit for hit in rows["items"]}

    def unknown(self):
        counts = self.fits("countRuleHits", self.auditor.get("/api/v1/rule-hits/counts")).json["rules"]
        self.assertEqual({None}, {one["unknown"] for one in counts if one["rule"] != "same_account"})
        (told,) = [one["unknown"] for one in counts if one["rule"] == "same_account"]
        return told

    def test_one_account_for_two_households_is_found_and_stops_nothing(self):
        before = self.unknown()
        account = "6217990000000000" + "204"
        one = self.paying(self.unpaid()[0], account=account, **OWN)
        self.assertFalse([cases for cases in self.hits() if one in cases])
        other = self.paying(self.unpaid()[0], account=account, **OWN)
        guarded = self.paying(self.unpaid()[0], account=account, account_of="guardian", account_paper="公证书1号")
        hit = self.hits()[one, other]
        self.assertEqual([("****0204", 3)] * 2, [(source["account"], source["event"]) for source in hit["sources"]])
        self.assertNotIn(account, str(hit))
        self.assertEqual({"paying"}, {self.case(self.county, case)["state"] for case in (one, other, guarded)})
        self.paying(self.unpaid()[0])
        self.assertEqual(before + 1, self.unknown())
        said = {"key": hit["key"], "reason": "两户系同一监护人，补凭证"}
        self.fits("lookAtRuleHit", self.auditor("POST", "/api/v1/rule-hits/looks", said), 201)
        self.assertEqual(said["reason"], self.hits()[one, other]["look"]["reason"])
        # Another payee without an account: it is not known any more into which one it goes.
        self.moved(self.county, other, "propose_payee", "2025-05-06", payee_proposed="配偶", reason="外出务工")
        self.moved(self.second, other, "admit_payee", "2025-05-06")
        self.assertFalse([cases for cases in self.hits() if one in cases])
        self.assertEqual(before + 2, self.unknown())

    def test_one_household_that_is_paid_twice_into_one_account_shares_it_with_nobody(self):
        home = self.unpaid()[0]
        account = "6217990000000000" + "311"
        one = self.paying(home, account=account, **OWN)
        two = self.opened(self.county, "allowance", DAY, household=home, **{**EARLIER, "category":
                          "single_member_guarantee"})
        self.moved(self.second, two, "admit", LATER)
        self.proposed(two, account=account, **OWN)
        self.moved(self.county, two, "admit_payee", LATER)
        self.assertFalse([cases for cases in self.hits() if one in cases or two in cases])

    def test_a_finding_leaves_as_a_table_with_four_digits(self):
        account = "6217990000000000" + "428"
        one, _ = (self.paying(self.unpaid()[0], account=account, **OWN) for _ in range(2))
        table = self.auditor.get("/api/v1/rule-hits?rule=same_account&format=csv").body.decode("utf-8-sig")
        self.assertIn("source_account", table.splitlines()[0])
        self.assertTrue(re.search(rf"(?m)^.*\b{one}\b.*\*\*\*\*0428", table), table)


if __name__ == "__main__":
    main()
