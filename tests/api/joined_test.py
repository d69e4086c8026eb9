# SPDX-License-Identifier: Apache-2.0
"""A second cycle of monitoring meets warnings in every state at the door: what joins, what goes, and what is merged of
one household, each by the step that the law has for where the warning stands; no day of theirs is lost."""
import csv

from cases_test import Office
from office import main, upload, wait_for
from year_office import CALENDAR, LOUD

STATES = ("raised", "dispatched", "accepted", "verified", "fed_back", "handling")
SEEN = {"outcome": "true_", "officers": ["town", "colleague"], "note": "入户核实"}
JOINS = {"raised": "add_event", "dispatched": "push_event", "accepted": "push_again", "verified": "push_again",
         "fed_back": "push_again", "handling": "push_again"}
TAKES = {"raised": "take_in", "dispatched": "take_in", "accepted": "take_in_again", "verified": "take_in_again",
         "fed_back": "take_in_again", "handling": "take_in_again"}


class Joined(Office):
    residents = 40000  # so many that a second cycle meets warnings in every state

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.monitor = cls.account("monitor", "city_monitor_officer")
        rows = cls.county.pages("/api/v1/cases?machine=warning&state=raised", limit=200)
        cls.stands = cls.placed(rows)
        steps = ((cls.county, "dispatch", {"to_unit": "first"}), (cls.town, "accept", {}), (cls.town, "call", {}),
                 (cls.town, "feed_back", {}), (cls.county, "handle", {"branch": "push"}),
                 (cls.second, "close", {"reason": "已转办", "undone_because": "elsewhere"}))
        for nth, (who, move, fields) in enumerate(steps, 1):
            these = [row for row in rows if (*STATES, "closed").index(cls.stands[row["id"]]) >= nth]
            if move == "call":
                green = [row for row in these if row["level"] == "green"]
                cls.batch(who, green, move, {"outcome": "true_", "note": "电话核实"})
                cls.batch(who, [row for row in these if row not in green], "visit", SEEN)
            else:
                cls.batch(who, these, move, fields)
        cls.raise_cases("2025-07-15")
        cls.before = {number: cls.events_of(number) for number in cls.stands}
        for path in sorted((cls.root / "county/2025Q3").iterdir()):
            wait_for(cls.monitor("POST", "/api/v1/imports", {
                "as_of": "2025-09-30", "uploads": [upload(cls.monitor, path)]}).json["job"], cls.monitor)
        asked = cls.monitor("POST", "/api/v1/cycles", {"as_of": "2025-09-30"})
        cls.told = wait_for(asked.json["job"], cls.monitor)["result"]["cases"]

    @classmethod
    def placed(cls, rows):
        """Where each is to stand, so that what the second cycle takes away and what it adds to meets every state."""
        first, second = (cls.truth(f"warnings-2025{quarter}.csv") for quarter in ("Q2", "Q3"))
        died_out = cls.truth("natural-exits-2025Q3.csv")
        went = [row for row in rows if row["household"] in died_out or row["household"] not in second
                and first[row["household"]]["indicators"] == "unemployment_registration"]  # off the next roll
        grew = [row for row in rows if row["household"] in second and row not in went
                and second[row["household"]]["indicators"] != first[row["household"]]["indicators"]]
        rest = [row for row in rows if row not in went and row not in grew]
        return {**{row["id"]: STATES[nth % 6] for some in (went, grew) for nth, row in enumerate(some)},
                **{row["id"]: "closed" for row in rest}}

    @classmethod
    def truth(cls, name):
        """What was planted, household by household."""
        with (cls.root / "county/truth" / name).open(encoding="utf-8-sig", newline="") as file:
            return {row["household_id"]: row for row in csv.DictReader(file)}

    @classmethod
    def batch(cls, who, rows, move, fields):
        for at in range(0, len(rows), 100):
            asked = who("POST", "/api/v1/moves", {
                "cases": [row["id"] for row in rows[at:at + 100]], "move": move, "on": "2025-07-01",
                "client_key": f"{move}-{at}", "fields": fields})
            outcomes = {one["outcome"] for one in asked.json["items"]}
            assert outcomes == {"made"}, str(asked)

    @classmethod
    def events_of(cls, number):
        return cls.county.get(f"/api/v1/cases/{number}").json["events"]

    def came(self, state):
        """(number, event) of what the second cycle told to warnings that stood so."""
        return [(number, event) for number, stood in self.stands.items() if stood == state
                for event in self.events_of(number)[len(self.before[number]):]]

    def test_what_joins_is_told_by_the_step_for_where_the_warning_stands_and_has_days_of_its_own(self):
        for state in STATES:
            joined = [(number, event) for number, event in self.came(state) if event["move"] == JOINS[state]]
            self.assertTrue(joined, state)
            for number, event in joined:
                told = self.case(self.county, number)
                self.assertEqual("accepted" if JOINS[state] == "push_again" else state, told["state"], number)
                about = ";".join(event["fields"].get("event", []))
                clocks = {c["about"]: c for c in told["clocks"] if c["id"] == "warning_verification"}
                if state == "raised":
                    self.assertEqual({}, clocks)  # nobody was sent for it yet
                elif about and told["level"] in LOUD:
                    self.assertEqual((event["on"], CALENDAR.working(event["on"], LOUD[told["level"]])),
                                     (clocks[about]["started_on"], clocks[about]["due_on"]))

    def test_what_has_gone_closes_the_warning_that_nobody_was_sent_for_and_is_told_to_whoever_was(self):
        for state in STATES:
            gone = [(number, event) for number, event in self.came(state) if "gone" in event["fields"]]
            self.assertTrue(gone, state)
            for number, event in gone:
                self.assertEqual("take_back" if state == "raised" else "tell_gone", event["move"])
                self.assertEqual("closed" if state == "raised" else state, self.case(self.county, number)["state"])

    def test_nothing_else_moves_a_warning_by_itself(self):
        told = {event["move"] for state in (*STATES, "closed") for _, event in self.came(state)}
        self.assertLessEqual(told, {*JOINS.values(), "take_back", "tell_gone", "tell_level", "stand_again"})

    def test_z_what_is_merged_is_taken_in_where_the_other_stands_and_keeps_its_days(self):
        """A house whose warning was closed is warned of anew: the one goes into the other, wherever they stand."""
        fresh = {row["household"]: row["id"] for row in self.county.pages(
            "/api/v1/cases?machine=warning&state=raised", limit=200)}
        closed = [number for number, stood in self.stands.items() if stood == "closed"]
        pairs = [(number, fresh[house]) for number in closed
                 if (house := self.case(self.county, number)["household"]) in fresh]
        self.assertGreaterEqual(len(pairs), 4)
        on = "2025-10-09"
        ways = (("accepted", "raised"), ("accepted", "dispatched"), ("dispatched", "verified"),
                ("dispatched", "handling"))
        for (old, new), (frm, to) in zip(pairs, ways, strict=False):
            self.moved(self.county, old, "reopen", on, reason="又有新情况")
            of, into = (old, new) if frm == "accepted" else (new, old)
            if "dispatched" in (frm, to):
                self.moved(self.county, new, "dispatch", on, to_unit="first")
            if to in ("verified", "handling"):
                level = self.case(self.town, into)["level"]
                self.moved(self.town, into, *(("call", on) if level == "green" else ("visit", on)), **(
                    {"outcome": "true_", "note": "x"} if level == "green" else SEEN))
            if to == "handling":
                self.moved(self.town, into, "feed_back", on)
                self.moved(self.county, into, "handle", on, branch="push")
            before = [c for c in self.case(self.county, of, on)["clocks"] if c["id"] == "warning_verification"][-1]
            self.moved(self.county, of, "merge", on, merged_into=int(into))
            self.assertTrue(self.case(self.county, of)["closed"])
            told = self.case(self.county, into, on)
            last = told["events"][-1]
            self.assertEqual((TAKES[to], [of]), (last["move"], last["fields"]["taken_from"]), (frm, to))
            self.assertEqual(to if TAKES[to] == "take_in" else "accepted", told["state"])
            self.assertIn((before["started_on"], before["due_on"]), [
                (c["started_on"], c["due_on"]) for c in told["clocks"] if c["id"] == "warning_verification"])


if __name__ == "__main__":
    main()
