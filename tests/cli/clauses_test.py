#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What clauses of the notices ask of a determination, shown by changing one thing of a household: what the program says
then, and that it says nothing else otherwise. Every household and figure is invented."""
import copy
import json
import sys
import tempfile
import unittest
from pathlib import Path

from program import Program

ADULT = {"absence": None, "disability_level": None, "disability_kind": None, "serious_illness": False,
         "support_form": None, "education_stage": None, "orphan": False, "de_facto_unattended_child": False,
         "self_care_ability": "full", "work_capacity": "full", "statutory_supporter": True,
         "supporter_unable_because": None}
PUPIL = {**ADULT, "education_stage": "compulsory"}


class Notice(unittest.TestCase):
    """A household of three under a notice, with one thing or another changed: household__x, members__2__x."""
    binary, pack, told = "", "", {}

    def setUp(self):
        made = tempfile.TemporaryDirectory(prefix="doudi-clauses-")
        self.addCleanup(made.cleanup)
        self.folder = Path(made.name)
        self.doudi = Program(self.binary, self.folder)

    def changed(self, **changes):
        told = copy.deepcopy(self.told)
        for path, value in changes.items():
            *way, last = path.split("__")
            place = told
            for step in way:
                place = place[int(step)] if step.isdigit() else place[step]
            place[last] = value
        return told

    def determined(self, **changes):
        (self.folder / "case.json").write_text(json.dumps(self.changed(**changes)), encoding="utf-8")
        self.said = self.doudi.must("determine", "--policy", self.pack, "--format", "json", "case.json")
        return json.loads(self.said.out)

    def given(self, **changes):
        """What the household, or anybody in it, is given, by its id."""
        return {one["id"] for one in self.determined(**changes)["benefits"] if one["verdict"] == "yes"}


class Changsha(Notice):
    pack = "changsha-2025"
    told = {"case": "CS-1", "region": "430199001001", "as_of": "2026-01-15",
            "parameters": {"mlg_standard_month": {"urban": "1000.00", "rural": "800.00"}},
            "household": {"residence_kind": "urban", "income_month": "2000.00", "property_within_limits": True},
            "members": [{"name": "甲", "birth_date": "1975-03-01", **ADULT},
                        {"name": "乙", "birth_date": "1977-05-02", **ADULT},
                        {"name": "丙", "birth_date": "2015-09-01", **PUPIL}],
            "application": {"authorised_on": "2025-11-20"}}

    def test_the_notice_of_changsha_answers_from_its_first_day_to_its_last_and_says_so_outside_of_them(self):
        for day, is_in_force in (("2025-11-30", False), ("2025-12-01", True), ("2030-11-30", True),
                                 ("2030-12-01", False)):
            self.determined(as_of=day)
            self.assertEqual(not is_in_force, f"the pack is not in force on {day}" in self.said.err, day)


class Chongqing(Notice):
    pack = "chongqing-2024"
    told = {"case": "CQ-1", "region": "500112001001", "as_of": "2025-06-30",
            "parameters": {"mlg_standard_month": {"urban": "700.00", "rural": "580.00"}},
            "household": {"residence_kind": "urban", "income_month": "3000.00", "income_year": "60000.00",
                          "property_within_limits": True, "income_meets_mlg_rules": True, "relapse_confirmed": False,
                          "hit_by_disaster": False},
            "members": [{"name": "甲", "birth_date": "1980-01-01", **ADULT, "student_aid_rules_met": False},
                        {"name": "乙", "birth_date": "1982-05-05", **ADULT, "student_aid_rules_met": False},
                        {"name": "丙", "birth_date": "2012-09-01", **PUPIL, "student_aid_rules_met": True,
                         "newly_assessed_student": False}],
            "application": {"authorised_on": "2025-06-20", "emergency": False, "public_emergency": False,
                            "expenditure_hardship": False, "urgent": False, "occurred_here": True,
                            "registered_here": True}}
    poor = {"household__income_month": "2000.00"}
    watched = {"household__relapse_confirmed": True, "household__relapse_kind": "at_risk"}
    urgent = {"application__emergency": True, "application__urgent": True}

    def test_help_goes_by_how_deep_of_what_kind_and_how_urgent_a_hardship_is_each_for_itself(self):
        before = self.given()
        deeper, disaster, urgent = (self.given(**change) for change in (
            self.poor, {"household__hit_by_disaster": True}, self.urgent))
        self.assertIn("minimum_living_guarantee_allowance", deeper - before)
        self.assertIn("disaster_assistance", disaster - before)
        self.assertEqual({"temporary_assistance", "small_sum_first_aid"}, urgent - before)
        for own, others in (("minimum_living_guarantee_allowance", disaster | urgent),
                            ("disaster_assistance", deeper | urgent), ("small_sum_first_aid", deeper | disaster)):
            self.assertNotIn(own, others)
        # All at once is each of them, and what society gives stands beside them.
        together = self.given(**self.poor, household__hit_by_disaster=True, **self.urgent)
        self.assertLessEqual({"minimum_living_guarantee_allowance", "disaster_assistance", "small_sum_first_aid",
                              "charity_support"}, together)

    def test_who_is_watched_against_relapse_gets_its_measures_beside_the_regular_help_and_nobody_else_does(self):
        measure = "relapse_measures"
        self.assertNotIn(measure, self.given() | self.given(**self.poor))
        both = self.given(**self.poor, **self.watched)
        self.assertLessEqual({measure, "minimum_living_guarantee_allowance"}, both)
        self.assertLessEqual(self.given(**self.poor), both)  # nothing of the regular help is lost by it
        # One who is watched and on no other list is helped by the departments all the same.
        alone = self.given(**self.watched, household__income_month="9000.00", household__income_year="180000.00",
                           household__hit_by_disaster=True)
        self.assertLessEqual({measure, "disaster_assistance"}, alone)
        self.assertNotIn("minimum_living_guarantee_allowance", alone)

    def test_a_newly_assessed_pupil_is_in_from_the_next_period_on_and_in_the_next_it_is_aid_as_for_others(self):
        now, later = "education_assistance", "education_assistance_next_period"
        self.assertEqual({later}, {now, later} & self.given(members__2__newly_assessed_student=True))
        self.assertEqual({now}, {now, later} & self.given(members__2__newly_assessed_student=False))


if __name__ == "__main__":
    Notice.binary = sys.argv.pop(1)
    unittest.main(verbosity=1)
