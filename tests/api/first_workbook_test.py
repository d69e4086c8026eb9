# SPDX-License-Identifier: Apache-2.0
"""First requests, settled without a net: the list leaves as a workbook and comes back as a difference; a row opens the
case that was asked for as the page does, or says why not, once a person takes it: by a request or by a job of many."""
import csv
import io

from cases_test import Office
from decided_test import UNITS
from first_requests_test import PATH, SOMEBODY
from office import Client, civil_day, main, wait_for
from xlsx import TYPE as XLSX
from xlsx import Book, letters, written

BOOK = f"{PATH}/workbook"
SHEET = "首次申请登记"
TODAY = civil_day().isoformat()
OPEN = {"处理": "发起办件", "办理日期（发起的）": TODAY}
NO = {"处理": "不予办理", "不予办理的理由": "请到户籍地申请"}


class FirstBooks(Office):
    units = UNITS

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stranger = Client(cls.served.port)
        cls.other = cls.account("other", "township_officer", unit="second")
        # Headings and words of the fields are the law's.
        procedures = cls.county.get("/api/v1/procedures").json
        cls.fields = {field["id"]: field for field in procedures["fields"]}

    def word(self, field, word):
        return next(one["title"]["zh"] for one in self.fields[field]["words"] if one["id"] == word)

    def form(self, **told):
        """Cells by heading, or by field, of what an application is registered by."""
        return {**OPEN, "channel": self.word("channel", "online"), "pledge": "是", "authorised": "是", **told}

    def column(self, heads, name):
        """By its heading, or of a field."""
        if name in heads:
            return heads.index(name)
        title = self.fields[name]["title"]["zh"]
        return heads.index(title if title in heads else f"{title}（{name}）")

    def asked(self, key, **more):
        """Kept at the town; gives its receipt."""
        body = {"machine": "application", "name": "周样例", "identity_number": SOMEBODY, "phone": "13800000000",
                "region": "441699101", "need": "生病后没有收入", "consent": True, "client_key": key, **more}
        return self.fits("askFirst", self.stranger("POST", PATH, body), 202).json["receipt"]

    def listed(self, who=None, state="waiting"):
        items = self.fits("listFirstRequests", (who or self.town).get(f"{PATH}?state={state}")).json["items"]
        return {one["receipt"]: one for one in items}

    def sent(self, who=None):
        answer = (who or self.town).get(BOOK)
        self.assertEqual((200, XLSX), (answer.status, answer.headers["Content-Type"]), str(answer))
        return Book(answer.body)

    def filled(self, cells, rows=None):
        """The rows of the workbook, with these cells by receipt and heading."""
        rows = rows or self.sent().rows(SHEET)
        heads = rows[0]
        for receipt, told in cells.items():
            row = next(row for row in rows[1:] if row[heads.index("回执号")] == receipt)
            for heading, text in told.items():
                row[self.column(heads, heading)] = text
        return rows

    def back(self, rows, who=None):
        return (who or self.town)("POST", f"{BOOK}?file=first.xlsx", raw=written(rows, SHEET),
                                  headers={"Content-Type": "application/octet-stream"})

    def taken(self, rows, who=None):
        return self.fits("takeFirstWorkbook", self.back(rows, who), 201).json

    def rows(self, book, who=None):
        told = (who or self.town).get(f"/api/v1/workbooks/{book['id']}/rows")
        return self.fits("listWorkbookRows", told).json["items"]

    def approve(self, book, who=None, **asked):
        body = {"verdict": "take", "part": "all", **asked}
        return self.fits("approveWorkbook",
                         (who or self.town)("POST", f"/api/v1/workbooks/{book['id']}/approval", body)).json

    def test_it_leaves_with_sealed_keys_drop_downs_and_protected_cells_masked_as_the_page_is(self):
        receipt = self.asked("book-1")
        book = self.sent()
        rows = book.rows(SHEET)
        heads = rows[0]
        self.assertTrue(book.is_protected(SHEET))
        self.assertEqual([0], book.hidden_columns(SHEET))
        self.assertEqual(["行键（勿改）", "回执号", "申请事项", "登记日", "所在单位", "姓名（仅供查看）", "身份证号（仅供查看）",
                          "电话（仅供查看）", "情况（仅供查看）", "处理", "不予办理的理由", "办理日期（发起的）"], heads[:12])
        row = next(row for row in rows[1:] if row[1] == receipt)
        self.assertEqual(["周样例", "110101********0038", "13800000000", "生病后没有收入"], row[5:9])
        self.assertNotIn(SOMEBODY, str(rows))
        at = letters(heads.index("处理"))
        self.assertIn(f"{at}2:{at}{len(rows)}", set(book.choices(SHEET)))
        words = {cell for line in book.rows("选项") for cell in line if cell}
        self.assertLessEqual({"发起办件", "不予办理", "是", "否", self.word("channel", "online")}, words)
        # Each office its own list; nobody is offered what they may not see or take away.
        self.assertNotIn(receipt, str(self.sent(self.other).rows(SHEET)))
        for who in (self.hr, self.village, self.fund):
            self.refused(who.get(BOOK), 403, "not_allowed")
        self.refused(self.back(rows, self.hr), 403, "not_allowed")

    def test_it_comes_back_as_a_difference_and_settles_nothing_until_it_is_taken(self):
        yes, no, urgent = (self.asked(f"book-2{n}") for n in range(3))
        rows = self.filled({yes: self.form(), no: NO})
        book = self.taken(rows)
        self.assertEqual(book["id"], self.taken(rows)["id"])  # sent twice it is once
        self.assertEqual(("first.requests", "首次申请登记", 2, 0),
                         (book["machine"], book["title"]["zh"], book["rows"]["waiting"], book["rows"]["refused"]))
        told = {row["receipt"]: row for row in self.rows(book)}
        self.assertEqual(("register", TODAY, [], None), (told[yes]["move"]["id"], told[yes]["on"], told[yes]["faults"],
                                                         told[yes]["case"]))
        self.assertEqual({"channel": ["online"], "pledge": ["true"], "authorised": ["true"]},
                         {change["field"]: change["after"] for change in told[yes]["changes"]})
        self.assertEqual(("decline", [["请到户籍地申请"]]),
                         (told[no]["move"]["id"], [change["after"] for change in told[no]["changes"]]))
        self.assertLessEqual({yes, no, urgent}, set(self.listed()))
        table = self.town.get(f"/api/v1/workbooks/{book['id']}/rows?format=csv").body.decode("utf-8-sig")
        lines = list(csv.DictReader(io.StringIO(table)))
        self.assertEqual({(yes, "register"), (no, "decline")}, {(line["receipt"], line["move"]) for line in lines})
        made = {one["number"]: one for one in self.approve(book)["items"]}
        self.assertEqual({"made"}, {one["outcome"] for one in made.values()})
        case = self.case(self.town, made[told[yes]["number"]]["case"])
        self.assertEqual(("application", "", "registered", "town"),
                         (case["machine"], case["household"], case["state"], case["events"][0]["by"]))
        settled = self.listed(state="all")
        self.assertEqual(("opened", case["id"]), (settled[yes]["state"], settled[yes]["case"]))
        self.assertEqual(("declined", "请到户籍地申请"), (settled[no]["state"], settled[no]["reason"]))
        self.assertIn(urgent, self.listed())
        # Taken again it is what it was; filled in from a list that left before, what was settled is on it no more.
        self.assertEqual(case["id"], self.approve(book, part="rows", rows=[told[yes]["number"]])["items"][0]["case"])
        late = self.rows(self.taken([rows[0], *(row for row in rows[1:] if row[1] == yes)], self.colleague),
                         self.colleague)
        self.assertEqual([["workbook_gone"]], [[r["code"] for r in row["refusals"]] for row in late])

    def test_what_cannot_be_taken_is_refused_with_its_row_and_the_others_go_on(self):
        good, blank, empty, both, dayless = (self.asked(f"book-3{n}") for n in range(5))
        undated = {heading: cell for heading, cell in self.form().items() if not heading.startswith("办理日期")}
        rows = self.filled({blank: {"不予办理的理由": "重复"}, empty: {"处理": "不予办理"}, both: {**NO, "need": "住院"},
                            dayless: undated, good: self.form()})
        told = {row["receipt"]: row for row in self.rows(self.taken(rows))}
        self.assertEqual([["first_choice"], ["first_reason"], ["first_unread"], ["workbook_day"], []],
                         [[r["code"] for r in told[one]["refusals"]] for one in (blank, empty, both, dayless, good)])
        self.assertTrue(all(r["place"].startswith(SHEET) and r["detail"]["zh"] and r["detail"]["en"]
                            for one in (blank, empty, both, dayless) for r in told[one]["refusals"]))
        self.assertEqual([], [change for one in (blank, both) for change in told[one]["changes"]])
        rows = self.filled({good: self.form()})
        slipped = next(row for row in rows[1:] if row[1] == blank)
        slipped[1], slipped[rows[0].index("处理")] = good, "发起办件"
        self.assertEqual({"workbook_protected"}, {r["code"] for row in self.rows(self.taken(rows))
                                                  for r in row["refusals"]})
        self.refused(self.town("POST", f"{BOOK}?file=x.xlsx", raw=b"\x89PNG\r\n\x1a\n" + bytes(64),
                               headers={"Content-Type": "application/octet-stream"}), 422, "not_a_table")

    def test_who_may_not_open_takes_nothing_and_what_the_step_lacks_is_told_when_it_is_taken(self):
        receipt, lacking = self.asked("book-40"), self.asked("book-41")
        book = self.taken(self.filled({receipt: self.form(), lacking: OPEN}))
        for who in (self.other, self.hr):
            self.refused(who.get(f"/api/v1/workbooks/{book['id']}"), 404, "no_such_workbook")
        number = {row["receipt"]: row["number"] for row in self.rows(book)}
        waits = self.approve(book, self.county, part="rows", rows=[number[receipt]])["items"][0]
        self.assertEqual(("waiting", ["move_role"]), (waits["outcome"], [fault["code"] for fault in waits["faults"]]))
        told = {one["number"]: one for one in self.approve(book)["items"]}
        self.assertEqual(("made", "waiting"), (told[number[receipt]]["outcome"], told[number[lacking]]["outcome"]))
        self.assertTrue(told[number[lacking]]["faults"])
        self.assertIn(lacking, self.listed())
        # Declined on the page meanwhile, the row opens nothing.
        path = f"{PATH}/{self.listed()[lacking]['id']}/decline"
        self.assertEqual(204, self.town("POST", path, {"reason": "重复登记"}).status)
        self.assertEqual(["workbook_moved_on"], [fault["code"] for row in self.rows(book)
                                                 for fault in row["faults"]])
        self.assertEqual(["moved_on"], [one["outcome"] for one in self.approve(book)["items"]])
        self.assertEqual("重复登记", self.listed(state="all")[lacking]["reason"])
        left = self.asked("book-42")
        book = self.taken(self.filled({left: NO}))
        self.approve(book, verdict="leave", reason="填错了")
        self.assertEqual(["left"], [row["outcome"] for row in self.rows(book)])
        self.assertIn(left, self.listed())

    def test_many_rows_are_a_job_and_what_was_written_lies_sealed(self):
        first, second = self.asked("book-50"), self.asked("book-51")
        secret = "住院待缴费三万元"
        book = self.taken(self.filled({first: self.form(need=secret), second: NO}))
        self.assertEqual([], [body for body, in self.sql("select body from casework_returned_first") if secret in body])
        body = {"what": "approve", "subjects": ["1", "2"], "told": {"workbook": book["id"], "verdict": "take"}}
        job = wait_for(self.fits("askBatch", self.town("POST", "/api/v1/batches", body), 202).json["job"], self.town)
        self.assertEqual((2, 0), (job["result"]["made"], job["result"]["refused"]))
        settled = self.listed(state="all")
        self.assertEqual(["opened", "declined"], [settled[one]["state"] for one in (first, second)])
        self.assertEqual([secret], self.case(self.town, settled[first]["case"])["events"][0]["fields"]["need"])


if __name__ == "__main__":
    main()
