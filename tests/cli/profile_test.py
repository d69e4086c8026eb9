#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The cities whose notices ask for early warning and state no indicators: each can run the whole of the program, and
nothing that a profile proposes is shown as if the notice said it."""
import csv
import io
import shutil
import signal
import sys
import unittest

from case import Case
from program import DONE, FAILURE, SOURCE

CITIES = ("changsha-2025", "chongqing-2024", "jinan-2024", "shanxi-county")
COUNTY = SOURCE / "samples" / "longchuan"
Q2, Q3 = "2025-06-30", "2025-09-30"
TARGETS = """- id: red_visit_target_days
  values: [{region: "441622", from: 2025-01-01, value: 2, source: 龙川民发〔2025〕1号（虚构）}]
- id: orange_visit_target_days
  values: [{from: 2025-01-01, value: 4, source: 龙川民发〔2025〕1号（虚构）}]
"""


def rows(text):
    return list(csv.DictReader(io.StringIO(text)))


class Cities(Case):
    def office(self, policy):
        self.doudi.must("init", "--data", policy, "--policy", policy, "--baseline", "2025-03-31")
        self.doudi.must("import", "--data", policy, "--as-of", Q2, COUNTY / "registry", COUNTY / "2025Q2")
        return policy

    def warnings(self, office):
        return rows(self.doudi.must("warnings", "--data", office, "--format", "csv").out)

    def expected(self):
        return rows((COUNTY / "expected" / "warnings-2025Q2.csv").read_text(encoding="utf-8-sig"))

    def test_each_of_the_four_cities_runs_from_setup_to_why(self):
        known = ("household_id", "score", "level", "issued_on", "indicators")
        expected = [[row[name] for name in known] for row in self.expected()]
        for city in CITIES:
            office = self.office(city)
            ran = self.doudi("monitor", "--data", office, "--as-of", Q2)
            self.says(ran, DONE, "the notice sets no days", "profiles/scored-draft@1", "is not what the notice says")
            found = self.warnings(office)
            self.assertEqual(expected, [[row[name] for name in known] for row in found], city)
            # No city's notice states a day: none is invented.
            self.assertEqual({""}, {row["due_on"] for row in found}, city)
            red = next(row["household_id"] for row in found if row["level"] == "red")
            why = self.doudi("warning", "--data", office, red)
            self.says(why, DONE, f"({city}@1)", "profiles/scored-draft@1 [I]", "clock: none", "not set yet",
                      "is not what the notice says", f"The notice, {city}@1")
            self.says(self.doudi("warning", "--data", office, red, lang="zh"), DONE, "期限：没有", "尚未设定", "不是文件的规定")
            listed = self.doudi("warnings", "--data", office)
            self.says(listed, DONE, "no target set")

    def test_the_annex_of_guangdong_is_never_said_to_be_a_profile(self):
        office = self.office("guangdong-2021")
        self.assertNotIn("profile", str(self.doudi("monitor", "--data", office, "--as-of", Q2)))
        found = self.warnings(office)
        self.assertEqual(self.expected(), found)
        red = next(row["household_id"] for row in found if row["level"] == "red")
        why = self.doudi("warning", "--data", office, red)
        self.says(why, DONE, "3 working days")
        self.assertNotIn("profiles/", why.out)
        self.assertNotIn("target", why.out)

    def test_a_target_gives_due_dates_and_is_called_a_target(self):
        (self.folder / "targets.yaml").write_text(TARGETS, encoding="utf-8")
        office = self.office("jinan-2024")
        ran = self.doudi("monitor", "--data", office, "--as-of", Q2, "--parameters", "targets.yaml")
        self.assertEqual(DONE, ran.code, str(ran))
        due = {}
        for row in self.warnings(office):
            due.setdefault(row["level"], set()).add(row["due_on"])
        # 2025-06-30 is a Monday: two and four working days later.
        self.assertEqual({"2025-07-02"}, due["red"])
        self.assertEqual({"2025-07-04"}, due["orange"])
        self.assertEqual({""}, due["yellow"])
        red = next(row["household_id"] for row in self.warnings(office) if row["level"] == "red")
        self.says(self.doudi("warning", "--data", office, red), DONE, "a target and no lawful term", "2 working days")
        (self.folder / "targets.yaml").write_text(TARGETS.replace("value: 2", "value: 0"), encoding="utf-8")
        self.says(self.doudi("monitor", "--data", office, "--as-of", Q3, "--parameters", "targets.yaml"), FAILURE,
                  "red_visit_target_days", "1 to 1000")
        self.says(self.doudi("monitor", "--data", office, "--as-of", Q3, "--parameters", "none.yaml"), FAILURE,
                  "none.yaml")

    def test_without_the_profile_a_city_determines_and_cannot_be_set_up_to_monitor(self):
        law = self.folder / "law"
        for part in ("datasets", "packs", "calendar"):
            shutil.copytree(SOURCE / part, law / part)
        header = law / "packs" / "jinan-2024" / "pack.yaml"
        text = header.read_text(encoding="utf-8")
        begin, end = text.index("monitors_by:"), text.index("region_scope:")
        header.write_text(text[:begin] + text[end:], encoding="utf-8")
        for name in ("indicators.yaml", "coverage.yaml"):
            (law / "packs" / "jinan-2024" / name).unlink()
        (law / "packs" / "jinan-2024" / "cases" / "monitoring.yaml").unlink()
        self.doudi.home = law
        self.says(self.doudi("init", "--data", "x", "--policy", "jinan-2024", "--baseline", "2025-03-31"), FAILURE,
                  "cannot monitor", "monitors_by", "guangdong-2021")
        self.assertFalse((self.folder / "x").exists())
        case = COUNTY / "cases" / "top-up.json"
        self.says(self.doudi("determine", "--policy", "jinan-2024", case), DONE, "jinan-2024@1")

    def test_nobody_works_by_a_profile_itself(self):
        self.says(self.doudi("init", "--data", "x", "--policy", "profiles/scored-draft", "--baseline", "2025-03-31"),
                  FAILURE, "is a profile and no pack")
        self.says(self.doudi("init", "--data", "x", "--policy", "scored-draft", "--baseline", "2025-03-31"), FAILURE,
                  "no pack 'scored-draft'")

    def test_a_profile_is_checked_and_tested_like_a_pack_and_those_who_use_it_are_named(self):
        self.says(self.doudi("packs", "check", "profiles/scored-draft"), DONE, "1 pack, 0 faults")
        self.says(self.doudi("packs", "test", "profiles/scored-draft"), DONE, "4 passed, 0 failed")
        self.says(self.doudi("packs", "check", "jinan-2024"), DONE, "jinan-2024: profiles/scored-draft@1",
                  "is not what the notice says")
        self.says(self.doudi("packs", "coverage", "jinan-2024"), DONE, "profile:scored-draft",
                  "is not what the notice says")
        self.says(self.doudi("packs", "mutate", "profiles/scored-draft"), DONE, ", 0 survive")


class Stopping(Case):
    def test_a_mutation_run_of_many_minutes_stops_when_it_is_told_to(self):
        run = self.doudi.start("packs", "mutate", "guangdong-2021")
        self.doudi.wait_until_it_catches_interrupts(run)
        run.send_signal(signal.SIGTERM)
        _, said = run.communicate(timeout=60)
        self.assertNotEqual(DONE, run.returncode)
        self.assertIn("cancelled", said.decode("utf-8"))


if __name__ == "__main__":
    Case.binary = sys.argv.pop(1)
    unittest.main(verbosity=2)
