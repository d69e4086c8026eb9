# SPDX-License-Identifier: Apache-2.0
"""Who is due by rhythm, filled in without a net: the list leaves as a workbook and comes back as a difference; a row
opens a household's case, or says why not yet, once a person takes it: by a request or by a job of many."""
import json

from cases_test import Office
from decided_test import UNITS
from office import civil_day, main, wait_for
from xlsx import TYPE as XLSX
from xlsx import Book, letters, written

LIST = "/api/v1/rhythms/due"
BOOK = f"{LIST}/workbook"
SHEET = "到期复核"
OPEN, NOT_YET = {"处理": "发起办理"}, {"处理": "暂不发起", "理由（暂不发起的）": "户主外出务工，月底返乡"}


class DueBooks(Office):
    residents = 6000
    units = UNITS

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.account("other", "township_officer", unit="second")

    def due(self, who=None, query="due=proposed"):
        return [one for one in (who or self.town).pages(f"{LIST}?{query}", limit=100) if one["machine"] == "review"]

    def line(self, code):
        found = [one for one in self.due(query=f"due=all&household={code}") if one["household"] == code]
        return found[0] if found else None

    def fresh(self, count=1):
        """Lines of the town on which nothing was said yet."""
        lines = [one for one in self.due() if one["put_off"] is None]
        codes = [one["household"] for one in lines]
        lines = [one for one in lines if codes.count(one["household"]) == 1]
        self.assertGreaterEqual(len(lines), count)
        return [one["household"] for one in lines[:count]]

    def sent(self, who=None, query="due=proposed&machine=review"):
        answer = (who or self.town).get(f"{BOOK}?{query}")
        self.assertEqual((200, XLSX), (answer.status, answer.headers["Content-Type"]), str(answer))
        return Book(answer.body)

    def filled(self, cells, rows=None):
        """The rows of the workbook, with these cells by household and heading."""
        rows = rows or self.sent().rows(SHEET)
        heads = rows[0]
        for code, told in cells.items():
            row = next(row for row in rows[1:] if row[heads.index("户编号")] == code)
            for heading, text in told.items():
                row[heads.index(heading)] = text
        return rows

    def back(self, rows, who=None):
        return (who or self.town)("POST", f"{BOOK}?file=due.xlsx", raw=written(rows, SHEET),
                                  headers={"Content-Type": "application/octet-stream"})

    def taken(self, rows, who=None):
        return self.fits("takeDueWorkbook", self.back(rows, who), 201).json

    def rows(self, book, who=None):
        told = (who or self.town).get(f"/api/v1/workbooks/{book['id']}/rows")
        return self.fits("listWorkbookRows", told).json["items"]

    def approve(self, book, who=None, **asked):
        body = {"verdict": "take", "part": "all", **asked}
        return self.fits("approveWorkbook",
                         (who or self.town)("POST", f"/api/v1/workbooks/{book['id']}/approval", body)).json

    def reviews(self, code):
        return [one["id"] for one in self.county.pages(f"/api/v1/cases?machine=review&household={code}")]

    def test_it_leaves_with_sealed_keys_a_drop_down_and_protected_cells(self):
        lines = self.due()
        book = self.sent()
        rows = book.rows(SHEET)
        heads = rows[0]
        self.assertTrue(book.is_protected(SHEET))
        self.assertEqual([0], book.hidden_columns(SHEET))
        self.assertEqual(["行键（勿改）", "户编号", "户主（仅供查看）", "所在单位", "类别", "应办事项", "周期", "上次日期",
                          "到期日", "最迟到期日", "情况（仅供查看）", "处理", "办理期限（到期日不明的）", "理由（暂不发起的）"], heads)
        self.assertEqual(sorted(one["household"] for one in lines), sorted(row[1] for row in rows[1:]))
        at = letters(heads.index("处理"))
        self.assertEqual({f"{at}2:{at}{len(rows)}"}, set(book.choices(SHEET)))
        words = {cell for row in book.rows("选项") for cell in row if cell}
        self.assertEqual({"发起办理", "暂不发起"}, words)
        # Cut as the list is cut; nobody is offered what they may not see or take away.
        one = self.sent(query=f"due=all&household={lines[0]['household']}").rows(SHEET)
        self.assertEqual({lines[0]["household"]}, {row[1] for row in one[1:]})
        for who in (self.hr, self.village):
            self.refused(who.get(BOOK), 403, "not_allowed")
        self.refused(self.back(rows, self.hr), 403, "not_allowed")
        self.assertEqual(400, self.town.get(f"{BOOK}?due=soon").status)

    def test_it_comes_back_as_a_difference_and_opens_nothing_until_it_is_taken(self):
        code, later = self.fresh(2)
        cause = "validity" if self.line(code)["rhythm"] == "end_of_validity" else "rhythm"
        book = self.taken(self.filled({code: OPEN, later: NOT_YET}))
        self.assertEqual(("rhythms.due", "到期复核", 2, 0),
                         (book["machine"], book["title"]["zh"], book["rows"]["waiting"], book["rows"]["refused"]))
        rows = {row["household"]: row for row in self.rows(book)}
        self.assertEqual(("open", [], None), (rows[code]["move"]["id"], rows[code]["faults"], rows[code]["case"]))
        self.assertEqual([["户主外出务工，月底返乡"]], [change["after"] for change in rows[later]["changes"]])
        self.assertEqual(([], []), (self.reviews(code), self.reviews(later)))
        whole = self.fits("getWorkbook", self.town.get(f"/api/v1/workbooks/{book['id']}")).json
        self.assertEqual([1, 2], whole["waiting_rows"])
        made = {one["household"]: one for one in self.approve(book)["items"]}
        self.assertEqual({"made"}, {one["outcome"] for one in made.values()})
        case = self.case(self.county, made[code]["case"])
        self.assertEqual(("review", code, [cause], "town"),
                         (case["machine"], case["household"], case["events"][0]["fields"]["cause"],
                          case["events"][0]["by"]))
        self.assertIsNone(self.line(code))  # it is being done
        # What is not yet stays on the list, with why and who said so.
        self.assertEqual((None, []), (made[later]["case"], self.reviews(later)))
        put_off = self.line(later)["put_off"]
        self.assertEqual("户主外出务工，月底返乡", put_off["reason"])
        self.assertTrue(put_off["by_name"] and put_off["at"])

    def test_sent_and_taken_twice_it_is_once_whoever_sends_it(self):
        code, = self.fresh()
        rows = self.filled({code: OPEN})
        book = self.taken(rows)
        self.assertEqual(book["id"], self.taken(rows)["id"])
        other = self.taken(rows, self.colleague)  # filled in from the same list
        self.assertNotEqual(book["id"], other["id"])
        opened = self.approve(book)["items"][0]["case"]
        again = self.approve(book, part="rows", rows=[1])["items"][0]
        self.assertEqual(("made", opened), (again["outcome"], again["case"]))
        self.assertEqual([], self.approve(book)["items"])
        self.assertEqual(["workbook_moved_on"],
                         [fault["code"] for fault in self.rows(other, self.colleague)[0]["faults"]])
        self.assertEqual(["moved_on"], [one["outcome"] for one in self.approve(other, self.colleague)["items"]])
        self.assertEqual([opened], self.reviews(code))
        # Filled in from a list that left before: what is being done is on it no more.
        late = self.taken([rows[0], *(row for row in rows[1:] if row[1] == code)], self.county)
        self.assertEqual(["workbook_gone"], [r["code"] for r in self.rows(late, self.county)[0]["refusals"]])

    def test_what_cannot_be_taken_is_refused_with_its_cell_and_the_others_go_on(self):
        code, *others = self.fresh(4)
        heads = self.sent().rows(SHEET)[0]
        rows = self.filled({others[0]: {"处理": "暂不发起"}, others[1]: {**OPEN, "理由（暂不发起的）": "急"},
                            others[2]: {"理由（暂不发起的）": "外出"}, code: OPEN})
        told = {row["household"]: row for row in self.rows(self.taken(rows))}
        self.assertEqual([["due_reason"], ["due_unread"], ["due_choice"], []],
                         [[r["code"] for r in told[one]["refusals"]] for one in (*others, code)])
        self.assertTrue(all(r["place"].startswith(SHEET) for one in others for r in told[one]["refusals"]))
        # A key under another household, a key of another list, a day where the line has its own.
        sure = next(one["household"] for one in self.due() if one["sure_on"] and one["household"] != code)
        rows = self.filled({sure: {**OPEN, "办理期限（到期日不明的）": "2126-01-31"}})
        slipped = next(row for row in rows[1:] if row[1] not in (code, sure))
        slipped[1], slipped[heads.index("处理")] = "LC999999", "发起办理"
        codes = sorted(r["code"] for row in self.rows(self.taken(rows)) for r in row["refusals"])
        self.assertEqual(["due_unread", "workbook_protected"], codes)
        cases = self.town.get("/api/v1/cases/workbook?machine=warning&state=accepted")
        if len(Book(cases.body).rows("预警核查处置")) > 1:
            foreign = Book(cases.body).rows("预警核查处置")[1][0]
            rows = self.filled({code: OPEN})
            next(row for row in rows[1:] if row[1] == code)[0] = foreign
            self.assertEqual(["workbook_key"],
                             [r["code"] for row in self.rows(self.taken(rows)) for r in row["refusals"]])
        self.refused(self.town("POST", f"{BOOK}?file=x.xlsx", raw=b"\x89PNG\r\n\x1a\n" + bytes(64),
                               headers={"Content-Type": "application/octet-stream"}), 422, "not_a_table")

    def test_each_office_has_its_own_and_who_may_not_open_takes_nothing(self):
        code, = self.fresh()
        book = self.taken(self.filled({code: OPEN}))
        self.refused(self.other.get(f"/api/v1/workbooks/{book['id']}"), 404, "no_such_workbook")
        self.refused(self.hr.get(f"/api/v1/workbooks/{book['id']}"), 404, "no_such_workbook")
        # The county reaches the township's, and takes it in its own name; a clerk of funds may not.
        self.assertIn(book["id"], [one["id"] for one in self.county.get("/api/v1/workbooks").json["items"]])
        waits = self.approve(book, self.clerk)["items"][0]
        self.assertEqual(("waiting", ["move_role"]), (waits["outcome"], [f["code"] for f in waits["faults"]]))
        made = self.approve(book, self.county)["items"][0]
        self.assertEqual("county", self.case(self.county, made["case"])["events"][0]["by"])
        # Sent from an office that does not reach the household, a row is none of its list.
        told = self.rows(self.taken(self.filled({self.fresh()[0]: OPEN}), self.other), self.other)
        self.assertEqual({("workbook_gone",)}, {tuple(r["code"] for r in row["refusals"]) for row in told})
        self.assertEqual({None}, {row["household"] for row in told})

    def test_what_was_written_lies_sealed_and_goes_with_the_household(self):
        code, = self.fresh()
        secret = "住院，不便入户"
        book = self.taken(self.filled({code: {"处理": "暂不发起", "理由（暂不发起的）": secret}}))
        self.assertEqual([], [body for body, in self.sql("select body from casework_returned_due") if secret in body])
        self.approve(book)
        self.assertEqual(secret, self.line(code)["put_off"]["reason"])
        self.sql(f"update casework_returned_due set body = '', sealed = null where household in"
                 f" (select id from household where code = '{code}')")
        self.assertEqual("", self.line(code)["put_off"]["reason"])

    def test_a_line_that_is_another_by_now_opens_nothing(self):
        code, = self.fresh()
        book = self.taken(self.filled({code: OPEN}))
        of = self.opened(self.town, "review", "", household=code, cause="report")
        self.assertEqual(["moved_on"], [one["outcome"] for one in self.approve(book)["items"]])
        self.assertEqual([of], self.reviews(code))

    def test_many_rows_are_a_job_that_a_reload_finds(self):
        codes = self.fresh(3)
        book = self.taken(self.filled({codes[0]: OPEN, codes[1]: NOT_YET, codes[2]: OPEN}))
        of = self.opened(self.town, "review", "", household=codes[2], cause="report")

        def ask(subjects, **told):
            told = {"workbook": book["id"], "verdict": "take", **told}
            return self.town("POST", "/api/v1/batches", {"what": "approve", "subjects": subjects, "told": told})

        job = wait_for(self.fits("askBatch", ask(["1", "2", "3", "99"]), 202).json["job"], self.town)
        self.fits("getJob", self.town.get(f"/api/v1/jobs/{job['id']}"))
        self.assertEqual((2, 1, 1), tuple(job["result"][name] for name in ("made", "refused", "not_there")))
        self.assertEqual(("approve", "take"), (job["parameters"]["what"], job["parameters"]["step"]))
        self.assertNotIn(codes[0], json.dumps(job))
        rows = self.town.pages(f"/api/v1/batches/{job['id']}/rows", limit=2)
        by_home = {row["household"]: row for row in rows}
        self.assertEqual(("made", self.reviews(codes[0])), (by_home[codes[0]]["outcome"], [by_home[codes[0]]["case"]]))
        self.assertEqual(("made", None), (by_home[codes[1]]["outcome"], by_home[codes[1]]["case"]))
        self.assertEqual("refused", by_home[codes[2]]["outcome"])
        self.assertTrue(by_home[codes[2]]["reason"]["zh"] and by_home[codes[2]]["reason"]["en"])
        self.assertEqual([of], self.reviews(codes[2]))
        # The rest once more makes nothing twice; what is no approval is refused before there is a job.
        rest = self.fits("askBatchRest", self.town("POST", f"/api/v1/batches/{job['id']}/rest"), 202).json["job"]
        again = wait_for(rest, self.town)
        self.assertEqual((0, 1, 1), tuple(again["result"][name] for name in ("made", "refused", "not_there")))
        self.assertEqual(1, len(self.reviews(codes[0])))
        for told in ({"workbook": "../accounts"}, {"workbook": 7}, {"rows": [1]}, {"part": "all"}):
            refused = self.refused(ask(["1"], **told), 422, "fields")
            self.assertEqual(["/told"], [fault["pointer"] for fault in refused["errors"]])

    def test_rows_are_left_with_a_reason_by_a_job_too(self):
        code, = self.fresh()
        book = self.taken(self.filled({code: OPEN}))
        body = {"what": "approve", "subjects": ["1"],
                "told": {"workbook": book["id"], "verdict": "leave", "reason": "填错了户"}}
        job = wait_for(self.fits("askBatch", self.town("POST", "/api/v1/batches", body), 202).json["job"], self.town)
        self.assertEqual(1, job["result"]["made"])
        self.assertEqual(["left"], [row["outcome"] for row in self.rows(book)])
        self.assertEqual([], self.reviews(code))
        self.assertEqual(civil_day().isoformat(), self.opened_on(code))

    def opened_on(self, code):
        """It can be opened by hand all the same."""
        answer = self.town("POST", LIST, {"lines": [{"household": code, "machine": "review",
                                                     "category": self.line(code)["category"]}]})
        made, = self.fits("openDueByRhythm", answer).json["items"]
        return self.case(self.county, made["case"])["events"][0]["on"]


if __name__ == "__main__":
    main()
