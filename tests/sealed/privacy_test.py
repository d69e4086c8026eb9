# SPDX-License-Identifier: Apache-2.0
"""Terms, holds, proofs, forgetting and sealing in place, seen from outside: a county of made-up people, the terms a day
long.

    privacy_test.py DOUDI"""
import csv
import os
import shutil
import sqlite3
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "cli"))
from program import DONE, FAILURE, SOURCE, USAGE, Program  # noqa: E402
from sealed_test import Q2, Q3, all_bytes, canaries, traces_of_number, traces_of_text  # noqa: E402
from terms import home_with_terms  # noqa: E402


def rows(data, sql):
    with sqlite3.connect(data / "doudi.sqlite") as database:
        found = database.execute(sql).fetchall()
    database.close()
    return found


def register_of(county):
    """The rows of the register's files."""
    found = []
    for path in sorted((county / "registry").glob("*.csv")):
        with open(path, encoding="utf-8-sig", newline="") as file:
            found += csv.DictReader(file)
    return found


def traces_of_household(register, code):
    """What the register's files say of a household and of nobody else."""
    theirs = [row for row in register if row.get("户编号") == code]
    others = [row for row in register if row.get("户编号") != code]

    def only(heading):
        return {row[heading] for row in theirs if row.get(heading)} - {row.get(heading) for row in others}
    traces = [trace for number in only("身份证号码") for trace in traces_of_number(number)]
    traces += [trace for heading in ("姓名", "家庭住址") for text in only(heading) for trace in traces_of_text(text)]
    return traces + [phone.encode() for phone in only("联系电话")]


class Privacy(unittest.TestCase):
    binary = ""

    @classmethod
    def setUpClass(cls):
        cls.made = tempfile.TemporaryDirectory(prefix="doudi-privacy-")
        cls.root = Path(cls.made.name)
        cls.doudi = Program(cls.binary, cls.root)
        cls.doudi.home = home_with_terms(SOURCE, cls.root / "home", closed_warning=3650, original=36500)
        cls.doudi.must("synth", "--residents", "1500", "--seed", "7", "--style", "csv", "county")
        cls.change_the_register()
        for data, cipher in (("sealed", "sm4-ctr-hmac-sm3"), ("plain", "none")):
            cls.doudi.office(data, cipher=cipher)
            cls.doudi.must("import", "--data", data, "--as-of", Q2, "county/registry", "county/2025Q2")
            cls.doudi.must("monitor", "--data", data, "--as-of", Q2)
            cls.doudi.must("import", "--data", data, "--as-of", Q3, "county/2025Q3")
            cls.doudi.must("monitor", "--data", data, "--as-of", Q3)

    @classmethod
    def change_the_register(cls):
        """Somebody has another phone: a cycle after that reads every file anew."""
        shutil.copytree(cls.root / "county/registry", cls.root / "county/later")
        path = cls.root / "county/later/低收入人口_成员.csv"
        with open(path, encoding="utf-8-sig", newline="") as file:
            table = list(csv.DictReader(file))
        next(row for row in table if row["联系电话"])["联系电话"] = "13900000001"
        with open(path, "w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, table[0])
            writer.writeheader()
            writer.writerows(table)

    @classmethod
    def tearDownClass(cls):
        cls.made.cleanup()

    def setUp(self):
        self.doudi.leaks.clear()
        self.copy = self.root / self.id().rsplit(".", 1)[1]
        for name in ("sealed", "plain"):
            shutil.copytree(self.root / name, self.copy / name)
        shutil.copy(self.root / "sealed.keys", self.copy / "sealed.keys")
        self.data, self.plain = self.copy / "sealed", self.copy / "plain"

    def tearDown(self):
        shutil.rmtree(self.copy)
        self.assertEqual([], [str(run) for run in self.doudi.leaks], "an identity number was printed")

    def must(self, *arguments, **how):
        return self.doudi.must(*arguments, **how)

    def warned(self, data):
        return [row["household_id"] for row in csv.DictReader(
            self.must("warnings", "--data", data, "--format", "csv").out.splitlines())]

    def test_what_is_due_is_listed_first_and_then_goes_with_its_proof(self):
        lists = self.doudi.lists(self.data, Q2, Q3)
        before = sorted(path.name for path in (self.data / "segments").iterdir())
        dry = self.must("retention", "run", "--dry-run", "--data", self.data)
        self.assertIn("off_register_row", dry.out)
        self.assertIn("nothing was removed", dry.err)
        self.assertEqual(before, sorted(path.name for path in (self.data / "segments").iterdir()))
        done = self.must("retention", "run", "--data", self.data, "--class", "off_register_row")
        self.assertIn("proof 1", done.out)
        self.assertEqual(lists, self.doudi.lists(self.data, Q2, Q3))
        # A later cycle, also by another register that makes it read everything anew, finds what it would have found.
        for data in (self.data, self.plain):
            self.must("import", "--data", data, "--as-of", "2025-10-31", "county/later")
            self.must("monitor", "--data", data, "--as-of", "2025-10-31")
        self.assertEqual(self.warned(self.plain), self.warned(self.data))
        self.must("retention", "run", "--data", self.data)
        self.assertIn("nothing is due", self.must("retention", "run", "--data", self.data).out)
        proofs = self.must("retention", "proofs", "--data", self.data, "--format", "csv").out
        self.assertIn("landed_row", proofs)
        why = self.must("warning", "--data", self.data, self.warned(self.data)[0]).out
        self.assertIn("landed rows were older than their term and are deleted (proof ", why)
        self.assertIn("removed", self.must("audit", "show", "--data", self.data).out)
        self.must("audit", "verify", "--data", self.data)
        self.must("monitor", "--data", self.data, "--as-of", "2025-11-30")
        # The same file comes again: it is known, though nothing of it is kept.
        again = self.must("import", "--data", self.data, "--as-of", Q3, "county/2025Q3")
        self.assertIn("for this day before", again.out + again.err)

    def test_a_hold_is_a_persons_and_stops_what_it_names(self):
        hold = ["retention", "hold", "--data", self.data]
        self.assertEqual(USAGE, self.doudi(*hold).code)
        self.assertEqual(USAGE, self.doudi(*hold, "--class", "nothing", "--reason", "x").code)
        self.doudi.must(*hold, "--household", "none", "--reason", "x", code=FAILURE)
        self.must(*hold, "--reason", "case 7")
        self.assertIn("case 7", self.must("retention", "holds", "--data", self.data).out)
        held = self.must("retention", "run", "--data", self.data)
        self.assertNotIn("removed", held.out)
        self.assertIn("held", held.out)
        household = self.warned(self.data)[0]
        refused = self.doudi.must("retention", "forget", "--data", self.data, "--household", household, "--reason",
                                  "x", code=FAILURE)
        self.assertIn("case 7", refused.err)
        self.must("retention", "lift", "--data", self.data, "1", "--reason", "closed")
        self.assertIn("removed", self.must("retention", "run", "--data", self.data).out)

    def forgotten(self, data):
        """A household with a warning, and what the register's files say of it and of nobody else."""
        code = self.warned(data)[0]
        return code, traces_of_household(register_of(self.root / "county"), code)

    def test_a_household_that_is_forgotten_is_in_no_byte_and_everybody_else_is_as_before(self):
        for data in (self.plain, self.data):
            code, traces = self.forgotten(data)
            self.assertGreater(len(traces), 8)
            if data == self.plain:  # a plain folder shows that the search finds something
                self.assertTrue(all(trace in all_bytes(data) for trace in traces[:1]))
                self.must("retention", "run", "--data", data, "--class", "off_register_row")
                for original in (data / "originals").iterdir():
                    original.unlink()  # they go by their term: said below
            others = [line for line in self.doudi.lists(data).splitlines() if code not in line]
            told = self.must("retention", "forget", "--data", data, "--household", code, "--reason", "left long ago")
            self.assertIn("originals that came up to", told.err)
            self.assertIn("older backups", told.err)
            found = [trace for trace in traces if trace in all_bytes(data)]
            self.assertEqual([], found)
            self.assertEqual(others, [line for line in self.doudi.lists(data).splitlines() if code not in line])
            self.must("audit", "verify", "--data", data)
            self.must("monitor", "--data", data, "--as-of", "2025-12-31")
            self.assertIn(code, self.must("warning", "--data", data, code).out)

    def test_of_a_forgotten_household_nothing_is_said_any_more_and_nobody_is_sent_there(self):
        for data in (self.plain, self.data):
            code = self.warned(data)[0]
            self.assertIn("open", self.must("warning", "--data", data, code).out)
            of_it = f"household in (select id from household where code = '{code}')"
            people = f"(select id from member where {of_it})"
            self.assertTrue(rows(data, f"select 1 from warning_event where member in {people}"))
            self.must("retention", "forget", "--data", data, "--household", code, "--reason", "left long ago")
            self.assertEqual({("", None, None, None)}, set(rows(data, (
                f"select category, income_fen, enrolled_on, address from household where code = '{code}'"))))
            self.assertEqual({(None, None)}, set(rows(data, f"select relation, sex from member where {of_it}")))
            for table in ("warning_event", "doubtful_event"):
                self.assertEqual([], rows(data, f"select 1 from {table} where member in {people}"))
            self.assertEqual({("", 0)}, set(rows(data, f"select indicators, score from warning where {of_it}")))
            for _ in range(2):
                told = self.must("warning", "--data", data, code).out
                self.assertIn("the household was forgotten", told)
                self.assertNotIn("clock", told)
                self.assertNotIn("roll", told)
                self.assertNotIn(code, self.warned(data))
                self.must("monitor", "--data", data, "--as-of", "2025-12-31")  # and what comes later tells nothing

    def test_with_all_keys_in_hand_nothing_of_the_forgotten_opens_also_from_an_older_backup(self):
        code, _ = self.forgotten(self.data)
        old = self.copy / "old.backup"
        self.must("backup", "--data", self.data, "--to", old)
        self.must("retention", "forget", "--data", self.data, "--household", code, "--reason", "left long ago")
        members = rows(self.data, f"select m.sealed, m.name from member m join household h on h.id = m.household where "
                                  f"h.code = '{code}'")
        self.assertEqual({(None, "")}, set(members))
        # The office's keys of today open the older backup no more, once the old master key is forgotten.
        in_use = self.doudi.must("keys", "forget", "--data", self.data, "m1", code=FAILURE)
        self.assertIn("in use", in_use.err)
        self.must("keys", "rotate", "--data", self.data)
        self.must("keys", "forget", "--data", self.data, "m1")
        self.doudi.must("keys", "forget", "--data", self.data, "m2", code=FAILURE)
        keys = self.copy / "sealed.keys"
        self.must("warnings", "--data", self.data)
        restored = self.doudi("restore", "--data", self.copy / "restored", "--from", old)
        self.assertEqual(DONE, restored.code, str(restored))
        refused = self.doudi.must("warnings", "--data", self.copy / "restored", "--keys", keys, code=FAILURE)
        self.assertIn("m1", refused.err)

    def test_a_plain_folder_is_sealed_where_it_lies(self):
        lists = self.doudi.lists(self.plain, Q2, Q3)
        self.must("audit", "anchor", "--data", self.plain, code=FAILURE)  # no record yet
        self.must("retention", "hold", "--data", self.plain, "--class", "job", "--reason", "makes a record of the log")
        anchor = self.copy / "anchors"
        self.must("audit", "anchor", "--data", self.plain, "--output", anchor)
        incomes = "select count(*) from household where income_fen is not null"
        self.assertGreater(rows(self.plain, incomes), [(0,)])
        self.assertEqual([(0,)], rows(self.data, incomes))  # as it was sealed from the first day
        done = self.must("keys", "seal", "--data", self.plain, "--cipher", "sm4-ctr-hmac-sm3")
        self.assertEqual([(0,)], rows(self.plain, incomes))
        self.assertIn(str(self.copy / "plain.keys"), done.out)
        self.assertEqual(lists, self.doudi.lists(self.plain, Q2, Q3))
        for kind, traces in canaries(self.root / "county/registry").items():
            self.assertEqual([], [trace for trace in traces if trace in all_bytes(self.plain)], kind)
        self.must("audit", "verify", "--data", self.plain, "--anchors", anchor)
        self.doudi.must("keys", "seal", "--data", self.plain, code=FAILURE)
        again = self.must("import", "--data", self.plain, "--as-of", Q3, "county/2025Q3")
        self.assertIn("for this day before", again.out + again.err)
        self.must("keys", "rotate", "--data", self.plain, "--data-key")
        self.assertEqual(lists, self.doudi.lists(self.plain, Q2, Q3))
        for data in (self.plain, self.data):
            self.must("import", "--data", data, "--as-of", "2025-10-31", "county/later")
            self.must("monitor", "--data", data, "--as-of", "2025-10-31")
        self.assertEqual(self.warned(self.data), self.warned(self.plain))

    def test_whatever_the_umask_was_everything_is_its_owners_alone(self):
        before = os.umask(0)
        try:
            self.doudi.office(self.copy / "open")
            self.must("import", "--data", self.copy / "open", "--as-of", Q2, "county/registry")
            self.must("backup", "--data", self.copy / "open", "--to", self.copy / "open.backup")
        finally:
            os.umask(before)
        made = [path for path in self.copy.rglob("*") if path.relative_to(self.copy).parts[0].startswith("open")]
        self.assertGreater(len(made), 6)
        self.assertEqual([], [str(path) for path in made if path.stat().st_mode & 0o077])

    def test_an_unsealed_folder_says_what_is_missing_where_a_second_factor_is_wanted(self):
        units = self.copy / "units.yaml"
        units.write_text("- {code: county, title: 样例县, kind: county, region: '441699', from: 2020-01-01}\n",
                         encoding="utf-8")
        for data, said in ((self.plain, True), (self.data, False)):
            self.must("units", "load", "--data", data, units)
            run = self.must("user", "add", "wang", "--data", data, "--role", "county_caseworker", "--unit", "county")
            self.assertEqual(said, "run doudi keys seal first" in run.err, str(run))
            run = self.must("user", "add", "li", "--data", data, "--role", "village_worker", "--unit", "county")
            self.assertNotIn("keys seal", run.err)


if __name__ == "__main__":
    Privacy.binary = sys.argv.pop(1)
    unittest.main()
