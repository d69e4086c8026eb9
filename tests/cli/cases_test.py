# SPDX-License-Identifier: Apache-2.0
"""Cases on the command line: warnings made cases, the list by the day on which they are due, one case whole; on a
folder of its own and on PostgreSQL.      cases_test.py DOUDI"""
import csv
import json
import sys
import tempfile
import unittest
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent
sys.path.append(str(TESTS / "postgres"))
from cluster import Cluster  # noqa: E402  (the folder beside this one)
from program import DONE, FAILURE, USAGE, Program  # noqa: E402
from xlsx import Book  # noqa: E402

Q2 = "2025-06-30"
UNITS = """# SPDX-License-Identifier: Apache-2.0
- {code: county, title: 样例县, kind: county, region: "441699", from: 2020-01-01}
- {code: first, title: 第一镇, kind: township, parent: county, region: "441699101", from: 2020-01-01}
"""


class OnFolder(unittest.TestCase):
    binary = None

    @classmethod
    def prepare(cls):
        pass

    @classmethod
    def setUpClass(cls):
        cls.made = tempfile.TemporaryDirectory(prefix="doudi-cases-")
        cls.doudi = Program(cls.binary, cls.made.name)
        cls.prepare()
        cls.doudi.must("synth", "--residents", "2000", "--seed", "3", "county")
        cls.doudi.office("office")
        (cls.doudi.folder / "units.yaml").write_text(UNITS, encoding="utf-8")
        cls.doudi.must("units", "load", "--data", "office", "units.yaml")
        cls.doudi.must("import", "--data", "office", "--as-of", Q2, "county/registry", "county/2025Q2")
        cls.doudi.must("monitor", "--data", "office", "--as-of", Q2)
        cls.raised = cls.doudi.must("raise", "--data", "office", "--as-of", Q2)

    @classmethod
    def tearDownClass(cls):
        cls.made.cleanup()
        assert not cls.doudi.leaks, "an identity number was printed"

    def test_who_is_due_is_listed_a_misspelt_word_refused_and_a_list_that_was_never_made_said(self):
        def asked(*arguments, code=DONE):
            return self.doudi.must("rhythms", "--data", "office", "--format", "csv", *arguments, code=code)
        for wrong in (("--category", "moon"), ("--rhythm", "moon"), ("--day", "2025-13-01")):
            asked(*wrong, code=USAGE)
        made = asked("--renew")  # as each cycle and each night do
        self.assertGreater(len(made.out.splitlines()), 1)
        self.assertNotIn("holds nothing yet", made.err)
        if not self.doudi.database:  # another office needs a database of its own
            self.doudi.office("fresh")
            unmade = self.doudi.must("rhythms", "--data", "fresh", "--format", "csv")
            self.assertEqual(1, len(unmade.out.splitlines()))
            self.assertIn("holds nothing yet", unmade.err)

    def listed(self, *arguments):
        run = self.doudi.must("cases", "--data", "office", "--format", "csv", *arguments)
        return list(csv.DictReader(run.out.splitlines()))

    def test_every_open_warning_is_a_case_once(self):
        warnings = list(csv.DictReader(
            self.doudi.must("warnings", "--data", "office", "--format", "csv").out.splitlines()))
        cases = self.listed("--machine", "warning")
        self.assertEqual(sorted(row["household_id"] for row in warnings), sorted(row["household_id"] for row in cases))
        self.assertIn(f"{len(cases)} cases were made of warnings", self.raised.out)
        again = self.doudi.must("raise", "--data", "office", "--as-of", Q2)
        self.assertIn("0 cases were made", again.out)
        self.assertEqual(cases, self.listed("--machine", "warning"))

    def test_whom_nobody_can_be_sent_to_is_counted(self):
        self.assertNotIn("of no office", self.raised.err)
        if self.doudi.database:
            return  # another office needs a database of its own
        self.doudi.office("unplaced")
        self.doudi.must("import", "--data", "unplaced", "--as-of", Q2, "county/registry", "county/2025Q2")
        self.doudi.must("monitor", "--data", "unplaced", "--as-of", Q2)
        run = self.doudi.must("raise", "--data", "unplaced", "--as-of", Q2)
        self.assertIn("0 cases were made", run.out)
        warned = len(self.listed("--machine", "warning"))
        self.assertIn(f"{warned} households are of no office: no case was made", run.err)
        bereaved = len({row["household_id"] for row in self.listed("--machine", "death")})
        self.assertGreater(bereaved, 1)
        self.assertIn(f"{bereaved} households with a told death are of no office", run.err)

    def test_what_rows_tell_of_deaths_is_asked_once(self):
        asked = self.listed("--machine", "death")
        self.assertEqual({"told"}, {row["state"] for row in asked})
        self.assertIn(f"{len(asked)} told death", self.raised.err)
        again = self.doudi.must("raise", "--data", "office", "--as-of", Q2)
        self.assertNotIn("deaths", again.err)
        self.assertEqual(asked, self.listed("--machine", "death"))

    def test_the_list_is_cut_by_machine_state_unit_household_and_day(self):
        cases = self.listed("--machine", "warning")
        self.assertEqual({("warning", "raised", "样例县")}, {(r["machine"], r["state"], r["unit"]) for r in cases})
        self.assertEqual(cases, self.listed("--machine", "warning", "--state", "raised", "--unit", "county"))
        self.assertEqual([], self.listed("--machine", "warning", "--unit", "first"))
        self.assertEqual([], self.listed("--machine", "application"))
        self.assertEqual([], self.listed("--due", "2025-01-01"))
        one = cases[0]
        of_one = self.listed("--household", one["household_id"])
        self.assertEqual([one], [row for row in of_one if row["case"] == one["case"]])

    def test_a_list_leaves_as_a_spreadsheet_and_as_json(self):
        cases = self.listed()
        self.doudi.must("cases", "--data", "office", "--output", "cases.xlsx")
        rows = Book((self.doudi.folder / "cases.xlsx").read_bytes()).rows("Sheet1")
        self.assertEqual(len(cases) + 1, len(rows))
        told = json.loads(self.doudi.must("cases", "--data", "office", "--format", "json").out)
        self.assertEqual([row["case"] for row in cases], [row["case"] for row in told])

    def test_one_case_is_told_with_its_events_and_clauses_in_two_languages(self):
        number = self.listed()[0]["case"]
        told = self.doudi.must("case", "--data", "office", number)
        for words in (f"case {number}, Warning: To be dispatched", "Raise the warning", "(the program)",
                      "guangdong-2021", "国办发〔2023〕39号"):
            self.assertIn(words, told.out)
        chinese = self.doudi.must("case", "--data", "office", number, lang="zh")
        for words in (f"第 {number} 号预警核查处置：待下发", "生成预警", "（程序）"):
            self.assertIn(words, chinese.out)

    def test_what_is_not_there_is_said(self):
        for arguments, code, words in (
                (["case", "--data", "office", "999999"], FAILURE, "there is no case 999999"),
                (["cases", "--data", "office", "--machine", "wedding"], USAGE, "there is no kind of case 'wedding'"),
                (["cases", "--data", "office", "--unit", "nowhere"], FAILURE, "there is no unit 'nowhere'"),
                (["cases", "--data", "office", "--due", "tomorrow"], USAGE, "is no day"),
                (["cases", "--data", "office", "--household", "XX"], FAILURE, "no household 'XX'")):
            run = self.doudi(*arguments)
            self.assertEqual(code, run.code, str(run))
            self.assertIn(words, run.err)
        self.assertEqual(DONE, self.doudi("cases", "--data", "office", "--machine", "order").code)


class OnPostgres(OnFolder):
    @classmethod
    def prepare(cls):
        cls.cluster = Cluster()
        cls.cluster.make()
        cls.cluster.psql("create database cases")
        cls.doudi.database = cls.cluster.url("cases")

    @classmethod
    def tearDownClass(cls):
        super().tearDownClass()
        cls.cluster.remove()


if __name__ == "__main__":
    OnFolder.binary = sys.argv.pop(1)
    unittest.main()
