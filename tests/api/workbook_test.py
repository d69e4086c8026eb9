# SPDX-License-Identifier: Apache-2.0
"""Work lists that leave as a workbook, are filled in without a net, and come back as a difference: every row one move
of one case once a person takes it, and no row lost, made twice or decided by itself."""
import io
import zipfile

from cases_test import Office
from decided_test import UNITS
from files import locked_workbook
from office import Q2, main
from xlsx import TYPE as XLSX
from xlsx import Book, written

SHEET = "预警核查处置"
FILLED = {"办理事项": "入户核查", "办理日期": "2025年7月2日", "核查结果": "属实",
          "入户人员（多项用；分隔）": "town；colleague", "情况记录": "户主住院，医疗支出大"}


class Books(Office):
    """How a list is sent back, looked at and taken; of cases of one machine."""
    machine, sheet = "warning", SHEET

    def back(self, rows, who=None, machine=None):
        return (who or self.town)("POST", f"/api/v1/workbooks?machine={machine or self.machine}&file=list.xlsx",
                                  raw=written(rows, self.sheet), headers={"Content-Type": "application/octet-stream"})

    def taken(self, rows, **how):
        return self.fits("takeWorkbook", self.back(rows, **how), 201).json

    def rows(self, book, who=None):
        told = (who or self.town).get(f"/api/v1/workbooks/{book['id']}/rows")
        return self.fits("listWorkbookRows", told).json["items"]

    def approve(self, book, who=None, **asked):
        body = {"verdict": "take", "part": "all", **asked}
        return self.fits("approveWorkbook",
                         (who or self.town)("POST", f"/api/v1/workbooks/{book['id']}/approval", body)).json


class Workbooks(Books):
    def setUp(self):
        """Two cases that were accepted and nothing more."""
        there = [row["id"] for row in self.town.pages("/api/v1/cases?machine=warning&state=accepted", limit=200)]
        fresh = [number for number in there if self.events(number) == 3]
        self.numbers = [*fresh, *(self.accepted() for _ in range(2 - len(fresh)))][:2]

    def sent(self, who=None, query="state=accepted"):
        answer = (who or self.town).get(f"/api/v1/cases/workbook?machine=warning&{query}")
        self.assertEqual((200, XLSX), (answer.status, answer.headers["Content-Type"]), str(answer))
        return Book(answer.body)

    def filled(self, cells, number=None, **how):
        """The rows of a workbook, with these cells under their headings in the row of one case."""
        rows = self.sent(**how).rows(SHEET)
        heads = rows[0]
        row = next(row for row in rows if row[heads.index("办件号")] == (number or self.numbers[0]))
        for heading, text in cells.items():
            row[heads.index(heading)] = text
        return rows

    def events(self, number):
        return len(self.case(self.county, number)["events"])

    def test_a_list_leaves_with_sealed_keys_drop_downs_and_protected_cells(self):
        book = self.sent()
        rows = book.rows(SHEET)
        self.assertTrue(book.is_protected(SHEET))
        self.assertEqual([0], book.hidden_columns(SHEET))
        self.assertEqual(["行键（勿改）", "办件号", "户编号", "现承办单位", "当前状态", "发起日", "到期日", "办理事项", "办理日期"],
                         rows[0][:9])
        self.assertLessEqual(set(self.numbers), {row[1] for row in rows[1:]})
        self.assertEqual({"已签收待核查"}, {row[4] for row in rows[1:]})
        words = {row[0] for row in book.rows("选项")} | {cell for row in book.rows("选项") for cell in row}
        self.assertLessEqual({"入户核查", "电话核查", "属实", "部分属实", "不属实"}, words)
        # What is not open to a township in this state is not offered, nor is what opens a case.
        self.assertFalse({"下发", "生成预警", "办结"} & words)
        self.assertNotIn("处置类别", rows[0])
        self.assertTrue(book.choices(SHEET))

    def test_one_move_has_its_own_columns_alone(self):
        heads = self.sent(query="state=accepted&move=call").rows(SHEET)[0]
        self.assertIn("情况记录", heads)
        self.assertNotIn("入户人员（多项用；分隔）", heads)

    def test_who_may_not_export_gets_none_and_a_workbook_is_of_one_kind(self):
        self.refused(self.village.get("/api/v1/cases/workbook?machine=warning"), 403, "not_allowed")
        self.assertEqual(400, self.town.get("/api/v1/cases/workbook").status)
        self.assertEqual(400, self.town.get("/api/v1/cases/workbook?machine=wedding").status)

    def test_it_comes_back_as_a_difference_and_changes_nothing_until_it_is_taken(self):
        number = self.numbers[0]
        book = self.taken(self.filled(FILLED))
        self.assertEqual((1, 0), (book["rows"]["waiting"], book["rows"]["refused"]))
        (row,) = self.rows(book)
        self.assertEqual((number, "visit", "2025-07-02", "accepted"),
                         (row["case"], row["move"]["id"], row["on"], row["state"]["id"]))
        told = {c["field"]: (c["before"], c["after"]) for c in row["changes"]}
        self.assertEqual(([], ["true_"]), told["outcome"])
        self.assertEqual(([], ["town", "colleague"]), told["officers"])
        self.assertEqual(([], []), (row["refusals"], row["faults"]))
        self.assertEqual(3, self.events(number))
        (made,) = self.approve(book)["items"]
        self.assertEqual(("made", 4), (made["outcome"], made["event"]))
        case = self.case(self.county, number)
        self.assertEqual("verified", case["state"])
        self.assertEqual(("town", ["户主住院，医疗支出大"]),
                         (case["events"][-1]["by"], case["events"][-1]["fields"]["note"]))

    def test_taken_twice_is_once_and_sent_twice_is_one_workbook(self):
        number = self.numbers[0]
        rows = self.filled(FILLED)
        book = self.taken(rows)
        self.assertEqual(book["id"], self.taken(rows)["id"])
        self.approve(book)
        again = self.approve(book, part="rows", rows=[1])
        self.assertEqual([("made", 4)], [(one["outcome"], one["event"]) for one in again["items"]])
        self.assertEqual([], self.approve(book)["items"])
        self.assertEqual(4, self.events(number))
        # The same list by another hand: its case has gone on, and the row says so.
        other = self.taken(rows, who=self.colleague)
        self.assertEqual(["workbook_moved_on"], [r["code"] for r in self.rows(other, self.colleague)[0]["refusals"]])
        self.assertEqual([], self.approve(other, who=self.colleague)["items"])
        self.assertEqual(4, self.events(number))

    def test_a_case_that_goes_on_while_its_row_waits_is_not_moved_by_it(self):
        number = self.numbers[0]
        book = self.taken(self.filled(FILLED))
        self.moved(self.town, number, "attempt", "2025-07-01", attempt="not_at_home", officers=["town", "colleague"])
        (row,) = self.rows(book)
        self.assertEqual(["workbook_moved_on"], [fault["code"] for fault in row["faults"]])
        self.assertEqual(["moved_on"], [one["outcome"] for one in self.approve(book)["items"]])
        case = self.case(self.county, number)
        self.assertEqual(("accepted", 4), (case["state"], len(case["events"])))

    def test_what_may_not_be_made_says_why_and_waits_for_who_may(self):
        number = self.numbers[0]
        book = self.taken(self.filled({**FILLED, "入户人员（多项用；分隔）": "town"}))
        (row,) = self.rows(book)
        self.assertEqual([("officers", "field_few")], [(f["field"], f["code"]) for f in row["faults"]])
        told = self.approve(book)
        self.assertEqual([("waiting", ["field_few"])],
                         [(one["outcome"], [f["code"] for f in one["faults"]]) for one in told["items"]])
        self.assertEqual(1, told["workbook"]["rows"]["waiting"])
        left = self.approve(book, verdict="leave", reason="人手填错")
        self.assertEqual(["left"], [one["outcome"] for one in left["items"]])
        self.assertEqual(3, self.events(number))

    def test_rows_that_cannot_be_read_are_refused_with_their_cell_and_the_others_go_on(self):
        rows = self.filled(FILLED)
        heads = rows[0]
        other = next(row for row in rows if row[1] == self.numbers[1])
        other[heads.index("办理事项")] = "入户核查"
        other[heads.index("核查结果")] = "也许"
        third = [*other]
        third[0] = "3:1:00"
        rows.append(third)
        rows.append(["", "新的一行", *[""] * (len(heads) - 2)])
        book = self.taken(rows)
        told = {tuple(r["code"] for r in row["refusals"]): row for row in self.rows(book) if row["refusals"]}
        self.assertEqual({("workbook_value",), ("workbook_key",), ("workbook_row_added",)}, set(told))
        value = told[("workbook_value",)]["refusals"][0]
        self.assertTrue(value["place"].startswith(f"{SHEET}!"), value)
        self.assertEqual({"zh", "en"}, set(value["detail"]))
        self.assertNotIn("也许", str(told))
        self.assertEqual(["made"], [one["outcome"] for one in self.approve(book)["items"]])
        self.assertEqual((4, 3), tuple(self.events(number) for number in self.numbers))

    def test_a_row_without_move_or_day_or_of_somebody_unknown_is_refused(self):
        for change, code in (({"办理事项": ""}, "workbook_move"), ({"办理日期": ""}, "workbook_day"),
                             ({"入户人员（多项用；分隔）": "town；nobody"}, "workbook_name"),
                             ({"到期日": "2031-01-01"}, "workbook_protected")):
            with self.subTest(code):
                (row,) = self.rows(self.taken(self.filled({**FILLED, **change})))
                self.assertEqual(("refused", [code]), (row["outcome"], [r["code"] for r in row["refusals"]]))

    def test_a_heading_that_was_changed_loses_nothing_silently(self):
        rows = self.filled(FILLED)
        rows[0][rows[0].index("情况记录")] = "情况"
        (row,) = self.rows(self.taken(rows))
        self.assertEqual(["workbook_heading"], [r["code"] for r in row["refusals"]])

    def test_a_workbook_of_another_kind_or_office_has_no_key_here(self):
        rows = self.filled(FILLED)
        told = self.rows(self.taken(rows, machine="visit"))
        self.assertEqual({("workbook_key",)}, {tuple(r["code"] for r in row["refusals"]) for row in told})
        self.refused(self.back([["甲", "乙"], ["1", "2"]]), 422, "workbook_keys")
        self.assertEqual(400, self.town("POST", "/api/v1/workbooks?machine=warning&file=../x", raw=b"PK",
                                        headers={"Content-Type": "application/octet-stream"}).status)

    def test_a_file_that_is_no_workbook_is_refused_with_what_it_is(self):
        good = written(self.filled(FILLED), SHEET)
        bomb = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(good)) as sound, zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as made:
            for name in sound.namelist():
                made.writestr(name, sound.read(name) + (b" " * (80 << 20) if "sheet1" in name else b""))
        before = len(self.town.get("/api/v1/workbooks").json["items"])
        for what, body, code, zh, en in (
                ("a picture", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, "not_a_table", "图片", "picture"),
                ("a photograph", b"\xff\xd8\xff\xe0 a photograph", "not_a_table", "图片", "picture"),
                ("a PDF", b"%PDF-1.7\n1 0 obj\n", "not_a_table", "PDF", "PDF"),
                ("text", "今天没有回传，明天再办。\n".encode(), "workbook_keys", "行键", "column"),
                ("bytes", bytes(range(256)) * 4, "not_a_text", "不是", "not a table"),
                ("an archive", self.packed({"读我.txt": "什么也没有"}), "not_a_table", "压缩包", "archive"),
                ("an archive bomb", bomb.getvalue(), "archive_bomb", "大得不正常", "absurd size"),
                ("cut off", good[:len(good) // 2], "damaged_archive", "不完整", "cut off"),
                ("broken inside", self.packed({"xl/workbook.xml": "<workbook"}), "damaged_xml", "损坏", "damaged"),
                ("with a password", locked_workbook(), "password", "密码", "password"),
                ("another table", "甲,乙\n1,2\n".encode(), "workbook_keys", "行键", "column"),
                ("nothing", b"", "empty_file", "空", "empty")):
            with self.subTest(what):
                for lang, word in (("zh-CN", zh), ("en", en)):
                    told = self.sent_back(body, lang)
                    self.assertEqual(self.api.faults_of("takeWorkbook", told), [])
                    self.assertEqual((422, code), (told.status, told.json["code"]))
                    self.assertIn(word, told.json["detail"])
        self.assertEqual(before, len(self.town.get("/api/v1/workbooks").json["items"]))

    @staticmethod
    def packed(parts):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for name, text in parts.items():
                archive.writestr(name, text)
        return out.getvalue()

    def sent_back(self, body, lang):
        return self.town("POST", "/api/v1/workbooks?machine=warning&file=list.xlsx", raw=body,
                         headers={"Content-Type": "application/octet-stream", "Accept-Language": lang})

    def test_it_is_seen_by_the_offices_above_and_by_nobody_beside(self):
        book = self.taken(self.filled(FILLED))
        path = f"/api/v1/workbooks/{book['id']}"
        self.assertEqual({**book, "waiting_rows": [1]}, self.fits("getWorkbook", self.county.get(path)).json)
        self.assertIn(book["id"], [one["id"] for one in self.county.get("/api/v1/workbooks").json["items"]])
        self.refused(self.hr.get(path), 404, "no_such_workbook")
        self.assertEqual([], self.fits("listWorkbooks", self.hr.get("/api/v1/workbooks")).json["items"])
        # The county may look, but the visit is the township's to make.
        (item,) = self.approve(book, who=self.county)["items"]
        self.assertEqual(("waiting", "move_role"), (item["outcome"], item["faults"][0]["code"]))
        csv = self.county.get(f"{path}/rows?format=csv").body.decode("utf-8-sig")
        self.assertIn("outcome", csv.splitlines()[0])

    def test_the_command_line_tells_who_did_it_and_shows_no_record_of_a_visit(self):
        number = self.numbers[0]
        self.approve(self.taken(self.filled(FILLED)))
        told = self.program.must("case", "--data", "office", number).out
        for words in ("Home visit", "town,colleague", "第一镇", "Outcome=True", "Form of the home survey", "met"):
            self.assertIn(words, told)
        self.assertNotIn("户主住院", told)
        listed = self.program.must("cases", "--data", "office", "--unit", "first", "--state", "verified",
                                   "--format", "csv").out
        self.assertIn(f"\n{number},warning,", listed)

    def test_an_approval_says_what_it_takes(self):
        book = self.taken(self.filled(FILLED))
        path = f"/api/v1/workbooks/{book['id']}/approval"
        for body in ({"verdict": "maybe", "part": "all"}, {"verdict": "take", "part": "rows"},
                     {"verdict": "take", "part": "rows", "rows": [0]},
                     {"verdict": "take", "part": "all", "rows": [1]}):
            self.assertEqual(422, self.town("POST", path, body).status, body)
        self.assertEqual(["not_there"], [one["outcome"] for one in
                                         self.approve(book, part="rows", rows=[77])["items"]])


class Inbox(Books):
    """A department takes what was sent to it as a workbook, fills it in and returns it; it sees its own rows alone."""
    units = UNITS
    machine, sheet = "referral", "部门转办"
    need, secret = "=失业半年，\r\n想找工作", "户主与前夫有债务纠纷"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agri = cls.account("agri", "agriculture_officer", unit="agri", department="agriculture")
        cls.other_hr = cls.account("other_hr", "partner_department", unit="hr", department="hr")

    def referral(self, department="hr", household=0, **more):
        number = self.opened(self.town, "referral", "2025-07-01", household=self.inside[household], kind="aid",
                             need=self.need, **more)
        to_unit = "agri" if department == "agriculture" else department
        self.moved(self.town, number, "send", "2025-07-01", to_department=department, to_unit=to_unit,
                   due_on="2025-07-10")
        return number

    def list_of(self, who, query=""):
        answer = who.get(f"/api/v1/cases/workbook?machine={self.machine}{query}")
        self.assertEqual((200, XLSX), (answer.status, answer.headers["Content-Type"]), str(answer))
        return Book(answer.body)

    def inbox(self, who, cells, number):
        rows = self.list_of(who).rows(self.sheet)
        row = next(row for row in rows if row[rows[0].index("办件号")] == number)
        for heading, text in cells.items():
            row[rows[0].index(heading)] = text
        return rows

    def test_it_leaves_with_its_own_rows_moves_and_fields(self):
        mine = self.referral(note=self.secret)
        theirs = self.referral("agriculture", 1)
        draft = self.opened(self.town, "referral", "2025-07-01", household=self.inside[2], kind="aid", need="草稿")
        book = self.list_of(self.hr)
        rows = book.rows(self.sheet)
        numbers = {row[1] for row in rows[1:]}
        self.assertIn(mine, numbers)
        self.assertEqual(set(), numbers & {theirs, draft})
        self.assertNotIn(mine, {row[1] for row in self.list_of(self.agri).rows(self.sheet)[1:]})
        self.assertTrue(book.is_protected(self.sheet))
        row = dict(zip(rows[0], next(row for row in rows if row[1] == mine), strict=True))
        shown = next(one for one in self.hr.get("/api/v1/cases?machine=referral").json["items"] if one["id"] == mine)
        self.assertEqual((shown["name"], "'=失业半年，  想找工作", "2025-07-10"),
                         (row["户主或本人（仅供查看）"], row["诉求（仅供查看）"], row["到期日"]))
        words = {cell for line in book.rows("选项") for cell in line}
        self.assertLessEqual({"接收", "退回"}, words)
        self.assertFalse({"转办", "催办", "撤回转办", "确认结果并办结"} & words)
        # What the department may read of the case it reads there, and no more.
        told = str(self.case(self.hr, mine)["events"])
        everything = str([book.rows(name) for name in book.sheets])
        self.assertIn(self.secret, told)  # the pack lets it read the note of what it is asked
        self.assertNotIn(self.secret, everything)
        for office in (self.town, self.county):  # whoever opens the household reads it there
            self.assertNotIn("诉求（仅供查看）", self.list_of(office).rows(self.sheet)[0])
        looks = self.county_looks(mine)
        self.assertIn(("hr", "export"), looks)

    def county_looks(self, number):
        auditor = self.account(f"auditor-{number}", "auditor")
        return {(one["user"], one["verb"]) for one in auditor.get("/api/v1/audit?limit=200").json["items"]}

    def test_it_comes_back_as_a_difference_and_is_made_by_who_takes_it(self):
        number = self.referral()
        book = self.taken(self.inbox(self.hr, {"办理事项": "接收", "办理日期": "2025-07-02"}, number), who=self.hr,
                          machine=self.machine)
        self.assertEqual((1, 0), (book["rows"]["waiting"], book["rows"]["refused"]))
        (row,) = self.rows(book, self.hr)
        self.assertEqual((number, "receive", [], []), (row["case"], row["move"]["id"], row["refusals"], row["faults"]))
        self.assertEqual("sent", self.case(self.county, number)["state"])
        self.assertEqual(["made"], [one["outcome"] for one in self.approve(book, who=self.hr)["items"]])
        self.moved(self.hr, number, "accept", "2025-07-02")
        answer = {"办理事项": "反馈办理结果", "办理日期": "2025-07-03", "办理结果": "已救助", "金额（元）": "1200.5",
                  "情况记录": "已安排公益性岗位"}
        book = self.taken(self.inbox(self.hr, answer, number), who=self.hr, machine=self.machine)
        (row,) = self.rows(book, self.hr)
        told = {change["field"]: (change["before"], change["after"]) for change in row["changes"]}
        self.assertEqual((([], ["helped"]), ([], ["120050"])), (told["result"], told["amount"]))
        self.assertEqual(["made"], [one["outcome"] for one in self.approve(book, who=self.hr)["items"]])
        case = self.case(self.county, number)
        self.assertEqual(("done", "hr", ["已安排公益性岗位"]),
                         (case["state"], case["events"][-1]["by"], case["events"][-1]["fields"]["note"]))

    def test_what_an_office_wrote_for_itself_is_not_shown_as_what_stood_there_before(self):
        number = self.referral()
        self.moved(self.hr, number, "receive", "2025-07-02")
        self.moved(self.county, number, "urge", "2025-07-02", instruction="请抓紧")
        rows = self.inbox(self.hr, {"办理事项": "退回", "办理日期": "2025-07-03", "理由": "不属本部门"}, number)
        (row,) = self.rows(self.taken(rows, who=self.hr, machine=self.machine), self.hr)
        self.assertEqual({"reason": ([], ["不属本部门"])},
                         {change["field"]: (change["before"], change["after"]) for change in row["changes"]})

    def test_refusals_are_explained_row_by_row_and_the_other_rows_go_on(self):
        first, second, third = (self.referral(household=n) for n in (3, 4, 5))
        rows = self.list_of(self.hr).rows(self.sheet)
        heads = rows[0]
        for number, cells in ((first, {"办理事项": "退回", "办理日期": "2025-07-02"}),
                              (second, {"办理事项": "接收", "办理日期": "2025-07-02"}),
                              (third, {"办理事项": "办结", "办理日期": "2025-07-02"})):
            row = next(row for row in rows if row[1] == number)
            for heading, text in cells.items():
                row[heads.index(heading)] = text
        other = next(row for row in rows if row[1] == second)
        told = {row["case"]: row for row in self.rows(self.taken(rows, who=self.hr, machine=self.machine), self.hr)}
        self.assertEqual([("reason", "field_missing")], [(f["field"], f["code"]) for f in told[first]["faults"]])
        self.assertEqual(([], []), (told[second]["faults"], told[second]["refusals"]))
        self.assertEqual(["workbook_value"], [one["code"] for one in told[third]["refusals"]])
        self.assertEqual({"zh", "en"}, set(told[third]["refusals"][0]["detail"]))
        # Whom a row is about is not to be changed in it: the key is another's then.
        other[heads.index("户主或本人（仅供查看）")] = "别人"
        told = {row["case"]: row for row in self.rows(self.taken(rows, who=self.hr, machine=self.machine), self.hr)}
        self.assertEqual(["workbook_protected"], [one["code"] for one in told[second]["refusals"]])

    def test_a_workbook_of_one_department_is_nothing_in_the_hands_of_another(self):
        number = self.referral()
        rows = self.inbox(self.hr, {"办理事项": "接收", "办理日期": "2025-07-02"}, number)
        book = self.taken(rows, who=self.agri, machine=self.machine)
        told = self.rows(book, self.agri)
        self.assertEqual({"workbook_gone"}, {one["code"] for row in told for one in row["refusals"]})
        self.assertNotIn(number, str(told))
        self.assertEqual([], self.approve(book, who=self.agri)["items"])
        own = self.taken(rows, who=self.hr, machine=self.machine)
        for who in (self.agri, self.other_hr, self.town):
            self.refused(who.get(f"/api/v1/workbooks/{own['id']}"), 404, "no_such_workbook")
        self.assertEqual("sent", self.case(self.county, number)["state"])

    def test_of_what_it_may_not_read_it_gets_nothing(self):
        for machine in ("warning", "application", "allowance"):
            answer = self.hr.get(f"/api/v1/cases/workbook?machine={machine}")
            if answer.status == 200:
                rows = Book(answer.body).rows(next(iter(Book(answer.body).sheets)))
                self.assertEqual([], rows[1:], machine)
            else:
                self.assertEqual(403, answer.status)

    def test_what_it_is_told_of_a_disaster_it_answers_in_the_same_way(self):
        number = self.opened(self.town, "disaster", "2025-07-01", household=self.inside[0], hit_on="2025-06-30",
                             loss="collapsed", need="房屋倒塌")
        self.moved(self.town, number, "send", "2025-07-01", to_department="hr", to_unit="hr")
        rows = self.hr.get("/api/v1/cases/workbook?machine=disaster")
        self.assertEqual(200, rows.status)
        book = Book(rows.body)
        sheet = next(iter(book.sheets))
        rows = book.rows(sheet)
        row = next(row for row in rows if row[1] == number)
        for heading, text in {"办理事项": "应急救助", "办理日期": "2025-07-02", "应急救助方式": "食品、衣被等物资"}.items():
            row[rows[0].index(heading)] = text
        sent = self.hr("POST", "/api/v1/workbooks?machine=disaster&file=list.xlsx", raw=written(rows, sheet),
                       headers={"Content-Type": "application/octet-stream"})
        book = self.fits("takeWorkbook", sent, 201).json
        self.assertEqual(["made"], [one["outcome"] for one in self.approve(book, who=self.hr)["items"]])
        self.assertEqual("emergency", self.case(self.county, number)["state"])


if __name__ == "__main__":
    main()
