# SPDX-License-Identifier: Apache-2.0
"""The payroll of a month: what is new, gone, changed and held against the month before, closed once by a person; and
the file in which a bank tells what came back: row by row one payment of that list, or refused; a person holds it."""
import csv
import io

from cases_test import Office
from office import main
from xlsx import written

UNITS = """# SPDX-License-Identifier: Apache-2.0
- {code: city, title: 样例市, kind: city, region: "4416", from: 2020-01-01}
- {code: county, title: 样例县, kind: county, parent: city, region: "441699", from: 2020-01-01}
- {code: first, title: 第一镇, kind: township, parent: county, region: "441699101", from: 2020-01-01}
- {code: hr, title: 人社部门, kind: department, parent: county, department: hr, from: 2020-01-01}
- {code: beyond, title: 外县, kind: county, parent: city, region: "441698", from: 2020-01-01}
"""
GUARANTEE, SINGLE = "minimum_living_guarantee", "single_member_guarantee"
LIST = "/api/v1/payrolls"


class Payroll(Office):
    units = UNITS
    residents = 4000  # seven homes to which nothing is paid yet

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.auditor = cls.account("auditor", "auditor")
        cls.other = cls.account("otherfund", "fund_clerk")
        cls.city = cls.account("cityfund", "fund_clerk", unit="city")
        cls.foreign = cls.account("foreign", "fund_clerk", unit="beyond")
        cls.program.must("synth", "--residents", str(cls.residents), "--seed", "3", "--style", "csv", "plain")
        cls.numbers = {}
        with open(cls.root / "plain/registry/低收入人口_成员.csv", encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                if len(row.get("身份证号码", "")) == 18:
                    cls.numbers.setdefault(row["户编号"], row["身份证号码"])

    def month(self, month, who=None, query=""):
        return self.fits("getPayrollMonth", (who or self.fund).get(f"{LIST}/month?month={month}{query}")).json

    def lines(self, month, part="all", who=None):
        found = (who or self.fund).pages(f"{LIST}/lines?month={month}&part={part}")
        return {line["payment"]: line for line in found}

    def close(self, month, who=None, **more):
        seen = self.month(month)
        body = {"month": month, **{key: seen[key] for key in ("lines", "total", "digest")}, **more}
        return (who or self.fund)("POST", LIST, body)

    def closed(self, month):
        return self.fits("closePayroll", self.close(month), 201).json

    def sent(self, payroll, rows, who=None, raw=None, name="returns.xlsx"):
        return (who or self.fund)("POST", f"{LIST}/{payroll}/bank-returns?file={name}",
                                  raw=written(rows, "退回") if raw is None else raw,
                                  headers={"Content-Type": "application/octet-stream"})

    def answers(self, book):
        told = self.fund.get(f"/api/v1/workbooks/{book['id']}/rows?limit=200")
        rows = self.fits("listWorkbookRows", told).json["items"]
        return [(row["case"], row["outcome"], [(r["code"], r["place"]) for r in row["refusals"]]) for row in rows]

    def approve(self, book, who=None):
        return self.fits("approveWorkbook", (who or self.fund)(
            "POST", f"/api/v1/workbooks/{book['id']}/approval", {"verdict": "take", "part": "all"})).json

    def a_list(self):
        """One that was closed."""
        there = self.fund.get(LIST).json["items"]
        return there[0]["id"] if there else self.closed("2025-07")["id"]

    def test_1_a_month_is_held_against_the_one_before_and_closed_once(self):
        homes = iter(self.unpaid())
        stays, held, ends = (self.carried(next(homes), 42000 + n, "2025-01-01", "2025-01-02") for n in range(3))
        self.moved(self.county, held, "hold", "2025-02-03", hold_cause="objection")
        self.ended(ends, "2025-01-20")
        fresh = self.carried(next(homes), 50000, "2025-02-05", "2025-02-06")
        told = self.month("2025-02")
        self.assertEqual((1, 1, 1, 1), tuple(told["parts"][part] for part in ("started", "held", "gone", "same")))
        self.assertEqual((92000, 2, 1), (told["total"], told["paid"], told["held"]))
        self.assertEqual([(GUARANTEE, 92000)], [(one["category"], one["total"]) for one in told["categories"]])
        lines = self.lines("2025-02")
        self.assertEqual({"started", "held", "gone", "same"}, {line["part"] for line in lines.values()})
        self.assertEqual(("hold", "异议", 42001, 0), (
            "hold" if lines[held]["step"]["zh"] == "暂停发放" else lines[held]["step"], lines[held]["cause"]["zh"],
            lines[held]["amount"], lines[held]["pays"]))
        self.assertTrue(lines[held]["clause"])
        self.assertEqual(("gone", "2025-01-20", 42002, 0),
                         tuple(lines[ends][key] for key in ("part", "on", "was_amount", "pays")))
        self.assertEqual({fresh}, set(self.lines("2025-02", "started")))
        self.assertEqual({fresh, held, ends}, set(self.lines("2025-02", "differences")))
        # Read by whoever may read payments; closed by the fund clerk alone, and as it was read.
        self.assertEqual(92000, self.month("2025-02", self.auditor)["total"])
        for who in (self.town, self.village, self.county):
            self.refused(who.get(f"{LIST}/month"), 403, "not_allowed")
        self.refused(self.close("2025-02", self.auditor), 403, "not_allowed")
        for wrong in ({"lines": 3}, {"total": 91999}, {"digest": "0" * 64}):
            self.refused(self.close("2025-02", **wrong), 409, "payroll_changed")
        for month in ("2025-13", "2025-2", "February"):
            self.assertEqual(422, self.fund("POST", LIST, {"month": month, "lines": 0, "total": 0}).status)
            self.assertEqual(400, self.fund.get(f"{LIST}/month?month={month}").status)
        self.refused(self.fund.get(f"{LIST}/month?month=2199-01"), 422, "payroll_early")
        made = self.closed("2025-02")
        self.assertEqual(("441699-2025-02", 92000, "2025-02-28"), (made["number"], made["total"], made["as_of"]))
        self.refused(self.close("2025-02"), 409, "payroll_closed")
        self.refused(self.close("2025-02", self.other), 409, "payroll_closed")
        self.refused(self.close("2025-02", self.city), 409, "payroll_closed")  # it would hold the county's again
        self.refused(self.close("2025-01"), 409, "payroll_order")
        # What happens later, and what is written down late, changes no list that was closed.
        early = self.move(self.county, stays, "propose_end", "2025-02-01", end_proposed="2025-02-28", reason="收入提高")
        self.assertEqual([("/fields/end_proposed", "before_unpaid")], self.codes(early))  # February was paid
        self.assertIn("2025-03-01", early.json["errors"][0]["detail"])
        self.ended(stays, "2025-02-01", from_on="2025-03-01")
        self.assertEqual("same", self.lines("2025-02")[stays]["part"])
        self.assertEqual("gone", self.lines("2025-03")[stays]["part"])
        (kept,) = self.fits("listPayrolls", self.fund.get(LIST)).json["items"]
        self.assertEqual(made, kept)

    def test_2_the_list_leaves_as_a_spreadsheet_and_the_look_is_in_the_log(self):
        self.lines("2025-02")
        answer = self.fund.get(f"{LIST}/lines?month=2025-02&format=csv")
        rows = list(csv.DictReader(io.StringIO(answer.body.decode("utf-8-sig"))))
        self.assertEqual(200, answer.status)
        self.assertEqual(self.month("2025-02")["yuan"], f"{sum(float(row['pays']) for row in rows):.2f}")
        self.assertTrue(all("fund" in row["taken_by"] for row in rows))
        self.assertEqual(200, self.fund.get(f"{LIST}/lines?month=2025-02&format=xlsx").status)
        self.assertEqual(200, self.fund.get(f"{LIST}?format=csv").status)
        looks = self.auditor.get("/api/v1/audit?what=payroll.lines&limit=200").json["items"]
        self.assertTrue(looks and all(look["purpose"] for look in looks))

    def test_3_what_a_bank_sends_back_is_answered_row_by_row_and_held_by_a_person(self):
        homes = iter(self.unpaid())
        home, twin, later = next(homes), next(homes), next(homes)
        first = self.carried(home, 61000, "2025-05-01", "2025-05-02")
        pair = [self.carried(twin, 62000, "2025-05-01", "2025-05-02", kind) for kind in (GUARANTEE, SINGLE)]
        waits = self.carried(later, 63000, "2025-06-02", "2025-06-03")
        payroll = self.closed("2025-05")["id"]
        head = ["发放编号", "身份证号", "姓名", "退回金额（元）", "退回原因"]
        rows = [["某银行退回清单"], head,
                [first, "", "", "610.00", "账号不存在"],
                ["", self.numbers[twin], "", "620.00", "户名不符"],       # two payments of that sum
                [pair[0], self.numbers[twin], "", "620", "户名不符"],
                [pair[0], "", "", "620.00", "户名不符"],                  # again
                [pair[1], "", "", "620.01", "户名不符"],
                [pair[1], self.numbers[home], "", "620.00", "户名不符"],  # of another household
                [waits, "", "", "630.00", "账号不存在"],                  # not paid that month
                ["", "441699199001010000", "", "610.00", ""],
                ["", "", "", "610.00", ""],
                ["x", "", "", "无", ""]]
        book = self.fits("takeBankReturns", self.sent(payroll, rows), 201).json
        self.assertEqual((2, 8), (book["rows"]["waiting"], book["rows"]["refused"]))
        refused = [answer[2] for answer in self.answers(book)]
        self.assertEqual([[], [("return_several", "退回!B4")], [], [("return_twice", "退回!A6")],
                          [("return_other_amount", "退回!D7")], [("return_unknown", "退回!A8")],
                          [("return_unknown", "退回!A9")], [("return_identity", "退回!B10")],
                          [("return_unnamed", "退回!B11")],
                          [("return_amount", "退回!D12"), ("return_number", "退回!A12")]], refused)
        # Nothing has happened yet; the same file is the same; about another month it is a mistake.
        self.assertEqual("paying", self.case(self.county, first)["state"])
        self.assertEqual(book, self.fits("takeBankReturns", self.sent(payroll, rows)).json)
        june = self.closed("2025-06")["id"]
        self.refused(self.sent(june, rows), 409, "return_other_month")
        answer = self.approve(book)
        self.assertEqual(["made", "made"], [one["outcome"] for one in answer["items"]])
        case = self.case(self.county, first)
        last = case["events"][-1]
        self.assertEqual(("held", "fund", ["bank"], ["账号不存在"]),
                         (case["state"], last["by"], last["fields"]["hold_cause"], last["fields"]["reason"]))
        self.assertEqual([], self.approve(book)["items"])
        self.assertEqual([book["id"]], [one["id"] for one in self.fits(
            "listBankReturns", self.fund.get(f"{LIST}/{payroll}/bank-returns")).json["items"]])
        # Another clerk with the same file: what is held already is not held twice.
        again = self.fits("takeBankReturns", self.sent(payroll, rows, self.other), 201).json
        self.assertEqual(["waiting", "waiting"], [one["outcome"] for one in self.approve(again, self.other)["items"]])
        self.assertEqual(len(case["events"]), len(self.case(self.county, first)["events"]))

    def test_4_what_is_no_such_file_is_refused_whole(self):
        payroll = self.a_list()
        self.refused(self.sent(payroll, [["姓名", "金额"], ["甲", "1"]]), 422, "return_headings")
        self.refused(self.sent(payroll, [["发放编号", "金额"]]), 422, "return_empty")
        self.refused(self.sent(payroll, [], raw=b"%PDF-1.4 no table at all"), 422, "not_a_table")
        self.assertEqual(201, self.sent(payroll, [], raw="发放编号,金额\n999999,1.00\n".encode("gb18030"),
                                        name="returns.csv").status)
        self.assertEqual(400, self.sent(payroll, [["发放编号", "金额"]], name="..%2Fx").status)
        self.refused(self.sent(payroll, [["发放编号", "金额"], ["1", "1"]], self.auditor), 403, "not_allowed")
        self.refused(self.sent("999999", [["发放编号", "金额"], ["1", "1"]]), 404, "no_such_payroll")

    def test_5_another_countys_clerk_reaches_nothing_of_it(self):
        payroll = self.a_list()
        self.assertEqual([], self.foreign.get(LIST).json["items"])
        self.assertEqual(0, self.month("2025-05", self.foreign)["lines"])
        self.assertEqual(400, self.foreign.get(f"{LIST}/month?unit=county").status)
        self.refused(self.sent(payroll, [["发放编号", "金额"], ["1", "1"]], self.foreign), 404, "no_such_payroll")
        self.refused(self.foreign.get(f"{LIST}/{payroll}/bank-returns"), 404, "no_such_payroll")


if __name__ == "__main__":
    main()
