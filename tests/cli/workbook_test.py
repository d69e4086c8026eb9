# SPDX-License-Identifier: Apache-2.0
"""Work lists on the command line: somebody signs in and takes a list away, fills it in, signs in and sees what it would
do; only the rows that they choose become moves, in their name. What cannot be taken says why.
workbook_test.py DOUDI [postgres]"""
import csv
import json
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent / "api"))
from office import Case, PASSWORD, Q2, Client, main, totp, wait_for  # noqa: E402
from program import DONE, FAILURE, FILE_REFUSED, USAGE  # noqa: E402
from xlsx import Book, written  # noqa: E402

SHEET = "预警核查处置"
FILLED = {"办理事项": "入户核查", "办理日期": "2025年7月2日", "核查结果": "属实",
          "入户人员（多项用；分隔）": "town；colleague", "情况记录": "户主住院，医疗支出大"}


class Workbooks(Case):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.county = cls.account("county", "county_caseworker")
        cls.town = cls.account("town", "township_officer", unit="first")
        cls.account("colleague", "township_officer", unit="first")
        cls.account("village", "village_worker", unit="first")
        cls.with_a_device("device")
        made = cls.admin("POST", "/api/v1/accounts", {
            "name": "fresh", "full_name": "fresh", "first_password": "for the first 1 day",
            "roles": ["township_officer"], "unit": "first", "department": ""})
        assert made.status == 201, str(made)
        asked = cls.county("POST", "/api/v1/raisings", {"as_of": Q2})
        wait_for(asked.json["job"], cls.county)
        cls.fresh = cls.accepted_cases()
        assert cls.served.stop() == 0

    @classmethod
    def with_a_device(cls, name):
        """An account whose role asks for a second factor; a recovery code stands in for the device."""
        made = cls.admin("POST", "/api/v1/accounts", {
            "name": name, "full_name": name, "first_password": "for the first 1 day", "roles": ["county_caseworker"],
            "unit": "county", "department": ""})
        assert made.status == 201, str(made)
        client = Client(cls.served.port)
        client.sign_in(name, "for the first 1 day")
        client.take(client("PUT", "/api/v1/session/password", {"old": "for the first 1 day", "new": PASSWORD}))
        offer = client("POST", "/api/v1/session/second-factor/offer").json
        codes = client("POST", "/api/v1/session/second-factor/confirm", {"code": totp(offer["secret"])})
        cls.recovery = codes.json["recovery_codes"]

    @classmethod
    def accepted_cases(cls):
        """Warnings that the township has accepted and nothing more; each test takes what it needs."""
        numbers = []
        for row in cls.county.pages("/api/v1/cases?machine=warning&state=raised", limit=200):
            seen = cls.county.get(f"/api/v1/cases/{row['id']}")
            if seen.json["events"][0]["fields"]["level"][0] == "green":
                continue
            for who, move, fields in ((cls.county, "dispatch", {"to_unit": "first"}), (cls.town, "accept", {})):
                tag = who.get(f"/api/v1/cases/{row['id']}").headers["ETag"]
                done = who("POST", f"/api/v1/cases/{row['id']}/moves", {"move": move, "on": Q2, "fields": fields},
                           headers={"If-Match": tag})
                assert done.status == 200, str(done)
            numbers.append(row["id"])
            if len(numbers) == 8:
                break
        return numbers

    @classmethod
    def tearDownClass(cls):
        cls.made.cleanup()
        assert not cls.program.leaks, "an identity number was printed"

    # --- helpers

    def workbook(self, *arguments, by="town", typed=PASSWORD, **how):
        return self.program("workbook", arguments[0], "--data", "office", "--machine", "warning", "--by", by,
                            *arguments[1:], stdin=(typed + "\n").encode(), **how)

    def sent(self, *more):
        run = self.workbook("send", "--state", "accepted", "--output", "list.xlsx", *more)
        self.assertEqual(DONE, run.code, str(run))
        return Book((self.root / "list.xlsx").read_bytes()).rows(SHEET)

    def filled(self, *changes):
        """The file of a list with these cells in the rows of the first cases that are still to be visited."""
        rows = self.sent()
        heads = rows[0]
        numbers = []
        for row, cells in zip(rows[1:], changes, strict=False):
            for heading, text in cells.items():
                row[heads.index(heading)] = text
            numbers.append(row[heads.index("办件号")])
        self.assertEqual(len(changes), len(numbers), "there are cases enough")
        self.put(rows)
        return numbers

    def put(self, rows):
        (self.root / "back.xlsx").write_bytes(written(rows, SHEET))

    def take(self, *more, **how):
        return self.workbook("take", "back.xlsx", *more, **how)

    def table(self, *more, code=DONE, **how):
        run = self.take(*more, "--format", "csv", **how)
        self.assertEqual(code, run.code, str(run))
        return list(csv.DictReader(run.out.lstrip("\ufeff").splitlines()))

    def says(self, run, code, *words):
        self.assertEqual(code, run.code, str(run))
        for word in words:
            self.assertIn(word, run.out + run.err, str(run))

    def events(self, number):
        (row,) = self.sql(f"select count(*) from casework_event where case_id = {number}")
        return int(row[0])

    def kept(self):
        return int(self.sql("select count(*) from casework_returned")[0][0])

    # --- tests

    def test_a_list_leaves_with_sealed_keys_and_the_moves_of_who_signed_in(self):
        rows = self.sent()
        self.assertEqual(["行键（勿改）", "办件号", "户编号", "现承办单位", "当前状态", "发起日", "到期日", "办理事项", "办理日期"],
                         rows[0][:9])
        book = Book((self.root / "list.xlsx").read_bytes())
        self.assertTrue(book.is_protected(SHEET))
        self.assertEqual([0], book.hidden_columns(SHEET))
        self.assertNotIn("入户人员（多项用；分隔）", self.sent("--move", "call")[0])
        # The county reaches the same cases, and its moves are others.
        run = self.workbook("send", "--state", "accepted", "--output", "county.xlsx", by="device",
                            typed=f"{PASSWORD}\n{self.recovery[0]}")
        self.assertEqual(DONE, run.code, str(run))
        words = {cell for row in Book((self.root / "county.xlsx").read_bytes()).rows("选项") for cell in row}
        self.assertNotIn("入户核查", words)

    def test_who_does_not_sign_in_or_may_not_gets_nothing(self):
        for how, code, words in (
                ({"typed": "a guess"}, FAILURE, "does not let you sign in"),
                ({"by": "nobody"}, FAILURE, "does not let you sign in"),
                ({"by": "device"}, USAGE, "no password or code was read"),
                ({"by": "fresh", "typed": "for the first 1 day"}, FAILURE, "sign in at the server first"),
                ({"by": "village"}, USAGE, "lack the right: export list")):
            run = self.workbook("send", "--output", "none.xlsx", **how)
            self.says(run, code, words)
            self.assertFalse((self.root / "none.xlsx").exists())
        self.says(self.workbook("send", "--output", "none.csv"), USAGE, "ends in .xlsx")
        self.says(self.workbook("send", "--output", "none.xlsx", "--move", "marry"), USAGE, "there is no move 'marry'")
        run = self.program("workbook", "send", "--data", "office", "--by", "town", "--output", "none.xlsx")
        self.says(run, USAGE, "--machine names the kind of cases")
        run = self.program("workbook", "take", "--data", "office", "--by", "town", "--machine", "wedding", "list.xlsx")
        self.assertNotEqual(DONE, run.code)

    def test_it_comes_back_as_a_difference_and_nothing_is_written_until_it_is_applied(self):
        (number,) = self.filled(FILLED)
        before = (self.kept(), self.events(number))
        rows = self.table()
        self.assertEqual({(number, "visit", "2025-07-02", "waiting", "")},
                         {(r["case"], r["move"], r["on"], r["outcome"], r["why"]) for r in rows})
        told = {row["field"]: (row["before"], row["after"]) for row in rows}
        self.assertEqual(("", "True"), told["outcome"])
        self.assertEqual(("", "town,colleague"), told["officers"])
        self.assertNotIn("户主住院", str(rows))  # the pack marks it sensitive
        self.says(self.take(), DONE, "nothing was done", "Home visit")
        self.says(self.take(lang="zh"), DONE, "尚未办理任何事项", "待确认")
        self.assertEqual(before, (self.kept(), self.events(number)))

    def test_the_rows_that_are_chosen_become_moves_once_in_the_name_of_who_signed_in(self):
        one, other = self.filled(FILLED, FILLED)
        (made,) = self.table("--apply", "--rows", "2")
        self.assertEqual(("2", other, "made", "4"), (made["number"], made["case"], made["outcome"], made["event"]))
        self.assertEqual((3, 4), (self.events(one), self.events(other)))
        self.assertEqual(["waiting", "made"], [row["outcome"] for row in self.first_lines(self.table())])
        (again,) = self.table("--apply", "--rows", "2")
        self.assertEqual(("made", "4"), (again["outcome"], again["event"]))
        (left,) = self.table("--apply", "--leave", "--rows", "all")
        self.assertEqual(("1", "left"), (left["number"], left["outcome"]))
        self.assertEqual([], self.table("--apply", "--rows", "all"))
        self.assertEqual((3, 4), (self.events(one), self.events(other)))
        case = self.program.must("case", "--data", "office", other).out
        self.assertRegex(case, r"Home visit.*town")
        log = self.program.must("audit", "show", "--data", "office", "--user", "town", "--format", "json").out
        self.assertLessEqual({"workbook", "workbook.rows", "workbook.approval"},
                             {row["what"] for row in json.loads(log)})
        self.program.must("audit", "verify", "--data", "office")

    @staticmethod
    def first_lines(rows):
        """The first line of each row of the difference."""
        found = {}
        for row in rows:
            found.setdefault(row["number"], row)
        return list(found.values())

    def test_a_stale_row_says_so_and_makes_nothing(self):
        (number,) = self.filled(FILLED)
        stale = (self.root / "back.xlsx").read_bytes()
        self.table("--apply", "--rows", "1")
        (self.root / "back.xlsx").write_bytes(stale)
        # The same list by another hand: its case has gone on since.
        rows = self.first_lines(self.table(by="colleague"))
        self.assertEqual([("refused", "workbook_moved_on")], [(row["outcome"], row["why"]) for row in rows])
        (tried,) = self.table("--apply", "--rows", "1", by="colleague", code=FAILURE)
        self.assertEqual(("refused", "workbook_moved_on"), (tried["outcome"], tried["why"]))
        self.assertEqual(4, self.events(number))

    def test_an_altered_key_a_row_added_and_an_unreadable_cell_are_refused_and_the_others_go_on(self):
        good, bad = self.filled(FILLED, {**FILLED, "核查结果": "也许"})
        rows = Book((self.root / "back.xlsx").read_bytes()).rows(SHEET)
        third = [*rows[1]]
        third[0] = "3:1:00"
        rows += [third, ["", "新的一行", *[""] * (len(rows[0]) - 2)]]
        self.put(rows)
        told = {row["why"]: row for row in self.first_lines(self.table()) if row["outcome"] == "refused"}
        self.assertEqual({"workbook_value", "workbook_key", "workbook_row_added"}, set(told))
        self.says(self.take(), DONE, "its key was changed", "rows are not added here", f"{SHEET}!")
        self.assertNotIn("也许", self.take().out)
        (made,) = self.table("--apply", "--rows", "all")
        self.assertEqual((good, "made"), (made["case"], made["outcome"]))
        self.assertEqual((4, 3), (self.events(good), self.events(bad)))
        (refused,) = self.table("--apply", "--rows", told["workbook_value"]["number"], code=FAILURE)
        self.assertEqual("workbook_value", refused["why"])
        (none,) = self.table("--apply", "--rows", "77", code=FAILURE)
        self.assertEqual("not_there", none["outcome"])

    def test_what_may_not_be_made_waits_and_says_why(self):
        (number,) = self.filled({**FILLED, "入户人员（多项用；分隔）": "town"})
        self.assertEqual({"field_few"}, {row["why"] for row in self.table()})
        (tried,) = self.table("--apply", "--rows", "all", code=FAILURE)
        self.assertEqual(("waiting", "field_few"), (tried["outcome"], tried["why"]))
        self.assertEqual(3, self.events(number))

    def test_a_file_that_is_none_of_ours_is_refused(self):
        (self.root / "back.xlsx").write_bytes(written([["甲", "乙"], ["1", "2"]], "表"))
        self.says(self.take(), FILE_REFUSED, "none of our workbooks")
        (self.root / "back.xlsx").write_bytes(b"no workbook at all")
        self.assertEqual(FILE_REFUSED, self.take().code)
        (self.root / "back.xlsx").unlink()
        self.says(self.take(), FAILURE, "there is no ")
        (self.root / "back.xlsx").mkdir()
        self.says(self.take(), USAGE, "is a folder")
        (self.root / "back.xlsx").rmdir()

    def test_to_apply_takes_rows_and_rows_take_to_apply(self):
        self.filled({})
        for arguments in (("--apply",), ("--rows", "1"), ("--leave",), ("--apply", "--rows", "2-1"),
                          ("--apply", "--rows", "one"), ("--apply", "--rows", "0")):
            self.says(self.take(*arguments), USAGE, "rows")
        self.says(self.take(), DONE, "no change")


if __name__ == "__main__":
    main()
