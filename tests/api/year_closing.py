# SPDX-License-Identifier: Apache-2.0
"""What the law has and what the scripted year saw of it, held against each other at its end."""
import law
from office import SOURCE
from year_office import YearOffice

# Nobody can come to it, and why; the step that shows it is named.
NO_CLOCK = {("application", "refusal_by_analogy", "other_hardship"):
            "the place has not said who decides it: Clocks.nobody_decides"}


class Closing:
    def test_93_every_clock_of_the_law_ran_in_the_year_and_was_held_against_the_calendar(self):
        clocks = law.clocks(YearOffice.policy)
        categories = {one["id"] for one in self.county.get("/api/v1/titles").json["categories"]}
        every = {(machine, name, category) for name, clock in clocks.items() for machine in clock["machines"]
                 for category in clock.get("of", [""]) if not category or category in categories}
        held = self.held | {(machine, name, "") for machine, name, _ in self.held}
        self.assertEqual(set(NO_CLOCK), every - held)
        # No case ran a clock that the law does not have, or in a machine for which it has none.
        ran = {(row["machine"], clock["id"]) for row in self.all_cases() for clock in row["clocks"]}
        self.assertEqual(set(), ran - {(machine, name) for machine, name, _ in every})

    def test_90_every_move_of_every_machine_was_made(self):
        machines = self.fits("listProcedures", self.county.get("/api/v1/procedures")).json["machines"]
        every = {(machine["id"], move["id"]) for machine in machines for move in machine["moves"]}
        # In the year, by whoever makes it; the others, which wait for a second cycle of monitoring, another platform or
        # another county's pack, in the file that is named.
        elsewhere = {
            "exchange_test.py": {("warning", "report")},
            "knock_test.py": {("warning", move) for move in ("merge", "push_again", "take_in_again")},
            "upkeep_test.py": {("warning", move) for move in ("follow", "take_back", "stand_again")},
            "casework/merging_test.cpp": {("warning", move) for move in (
                "add_event", "push_event", "take_in", "tell_level", "tell_gone")},
            "decided_test.py": {("application", "take_on"), ("application", "carry_on")}}
        made = {(case["machine"], event["move"]) for case in self.all_cases() for event in case["events"]}
        self.assertEqual(set(), self.walked - made)  # no step is only said to have been made
        self.assertEqual(every, made.union(*elsewhere.values()))

    def test_91_every_paper_that_a_move_names_was_printed(self):
        printed = set()
        for number in self.kinds:
            listed = self.fits("listCasePapers", self.county.get(f"/api/v1/cases/{number}/papers")).json["items"]
            named = [(event["number"], paper) for event in self.case(self.county, number)["events"]
                     for paper in event["papers"]]
            self.assertEqual(named, [(one["event"], one["paper"]) for one in listed])
            for one in listed:
                if one["state"] == "ready" and one["paper"] not in printed:
                    told = self.fits("getCasePaper", self.county.get(one["href"]))
                    self.assertTrue(told.body.startswith(b"%PDF"), one)
                    printed.add(one["paper"])
        machines = self.county.get("/api/v1/procedures").json["machines"]
        named = {paper for machine in machines for move in machine["moves"] for paper in move["papers"]}
        self.assertEqual(named, printed)

    def test_92_the_file_of_every_closed_case_is_sealed_and_sound(self):
        closed = [number for number in self.kinds if self.case(self.county, number)["closed"]]
        self.assertGreaterEqual({self.kinds[number] for number in closed},
                                {"warning", "application", "review", "objection", "referral", "order", "charity",
                                 "conference", "campaign", "survey", "task", "visit", "death", "emergency"})
        for number in closed:
            told = self.fits("verifyCaseFile", self.county.get(f"/api/v1/cases/{number}/file/verification")).json
            self.assertTrue(told["sound"], told)
            self.assertEqual(0, told["events_since"], told)

    def all_cases(self):
        """Every case of the year as it stands; of the warnings those that somebody worked on."""
        if "everything" not in self.__class__.__dict__:
            self.__class__.everything = [
                self.case(self.county, row["id"]) for row in self.county.pages("/api/v1/cases?closed=all", limit=200)
                if row["machine"] != "warning" or row["id"] in self.kinds]
        return self.everything
