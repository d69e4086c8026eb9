# SPDX-License-Identifier: Apache-2.0
"""What the law has and what the scripted year saw of it, held against each other at its end."""
import law
from office import SOURCE
from year_office import YearOffice

# Steps that nobody at a desk of one county makes: monitoring, a platform above, or two warnings of one household; and
# those of a case that began without a household. Of which machine, by which move; the file that makes it.
ELSEWHERE = {
    "exchange_test.py": {("warning", "report"), ("warning", "end_with_above")},
    "knock_test.py": {("warning", "merge")},
    "joined_test.py": {("warning", move) for move in (
        "add_event", "push_event", "push_again", "take_in", "take_in_again", "tell_gone", "take_back")},
    "upkeep_test.py": {("warning", move) for move in ("follow", "stand_again")},
    "decided_test.py": {("application", "take_on"), ("application", "carry_on")},
    "first_requests_test.py": {(machine, "tie") for machine in ("application", "temporary", "objection")},
    "../../src/casework/ties/merging_test.cpp": {("warning", "tell_level")},
    "../../src/exchange/help_test.cpp": {("assistance", "pass_down")}}
# What another platform makes of a question for help, and tells of a warning; exchange_test.py holds them to what comes
# of them. The last two machines are what a platform below tells of its own: nobody here moves them.
BY_PEERS = {("assistance", "take"), ("assistance", "report"), ("assistance", "take_back"), ("warning", "tell_above"),
            ("warning", "tell_below")}
TOLD_ALONE = {"warning_below", "referral_below"}
# A warning that is accepted goes back to where it is dispatched only by monitoring's own step (stand_again).
NO_WAY = {("warning", "help_answered", "dispatched"): "the other place is asked from the accepted warning alone",
          ("allowance", "back_pay", "held"): "what is held goes on first, in the same step (objection.correct)",
          ("allowance", "back_pay", "ended"): "what has ended begins again first, in the same step (objection.correct)"}
# Words that only those steps tell.
NO_WORD = {("warning", "gone"): "monitoring tells it (tell_gone, take_back)",
           ("warning", "above_did"): "the platform above tells it (tell_above)",
           ("warning", "below_did"): "the platform below tells it (tell_below)",
           ("application", "channel", "transfer"): "the program tells it (take_on)",
           ("temporary", "channel", "transfer"): "nothing goes on from a review to temporary assistance",
           ("temporary", "paid_how", "reserve"): "the law refuses it: the reserve is for what cannot wait"}


class Closing:
    def test_93_every_clock_of_the_law_ran_in_the_year_and_was_held_against_the_calendar(self):
        clocks = law.clocks(YearOffice.policy)
        categories = {one["id"] for one in self.county.get("/api/v1/titles").json["categories"]}
        every = {(machine, name, category) for name, clock in clocks.items() for machine in clock["machines"]
                 for category in clock.get("of", [""]) if not category or category in categories}
        held = self.held | {(machine, name, "") for machine, name, _ in self.held}
        self.assertEqual(set(), every - held)
        # No case ran a clock that the law does not have, or in a machine for which it has none.
        ran = {(row["machine"], clock["id"]) for row in self.all_cases() for clock in row["clocks"]}
        self.assertEqual(set(), ran - {(machine, name) for machine, name, _ in every})

    def test_90_every_move_of_every_machine_was_made(self):
        machines = self.fits("listProcedures", self.county.get("/api/v1/procedures")).json["machines"]
        every = {(machine["id"], move["id"]) for machine in machines for move in machine["moves"]
                 if machine["id"] not in TOLD_ALONE}
        made = {(case["machine"], event["move"]) for case in self.all_cases() for event in case["events"]}
        self.assertEqual(set(), self.walked - made)  # no step is only said to have been made
        self.assertEqual(every, made | self.elsewhere())
        for name, moves in ELSEWHERE.items():
            told = (SOURCE / "tests" / "api" / name).read_text(encoding="utf-8")
            self.assertEqual([], [move for _, move in moves if f'"{move}"' not in told], name)

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

    def test_94_every_move_was_made_from_every_state_in_which_the_law_opens_it(self):
        machines = {machine["id"]: machine for machine in self.county.get("/api/v1/procedures").json["machines"]
                    if machine["id"] not in TOLD_ALONE}
        every = {(machine, move["id"], state) for machine, told in machines.items() for move in told["moves"]
                 for state in move["from"] or [""]}
        made, stood = set(), set()
        for case in self.all_cases():
            leads = {move["id"]: move["to"] for move in machines[case["machine"]]["moves"]}
            state = ""
            for event in case["events"]:
                made.add((case["machine"], event["move"], state))
                state = leads[event["move"]] or state
                stood.add((case["machine"], state))
            self.assertEqual(state, case["state"])
        elsewhere = self.elsewhere()
        self.assertEqual(set(NO_WAY), {one for one in every - made if one[:2] not in elsewhere})
        self.assertEqual(set(), made - every)
        states = {(machine, state["id"]) for machine, told in machines.items() for state in told["states"]}
        self.assertEqual(states, stood)

    def test_95_every_word_that_a_form_may_be_told_was_told_and_every_category_was_reviewed(self):
        told = self.county.get("/api/v1/procedures").json
        words = {field["id"]: {word["id"] for word in field["words"]} for field in told["fields"]
                 if field["type"] in ("word", "branch")}
        flags = {field["id"]: {"true", "false"} for field in told["fields"] if field["type"] == "flag"}
        categories = {"category": {one["id"] for one in self.county.get("/api/v1/titles").json["categories"]}}
        told["machines"] = [machine for machine in told["machines"] if machine["id"] not in TOLD_ALONE]
        every = {(machine["id"], field, word) for machine in told["machines"] for move in machine["moves"]
                 for field in move["needs"] + move["may"] for word in words.get(field, ())}
        every |= {("application", field, word) for field, kept in (*categories.items(), *flags.items())
                  for word in kept if field in ("category", "pledge", "authorised", "relatives_of_staff")}
        found_at_doors = {field["id"] for field in told["fields"] if field["fact"] and field["type"] == "flag"}
        every |= {(machine["id"], field, word) for machine in told["machines"] for move in machine["moves"]
                  for field in found_at_doors & set(move["may"]) for word in ("true", "false")}
        said = {(case["machine"], field, word) for case in self.all_cases() for event in case["events"]
                for field, kept in event["fields"].items() for word in kept}
        # The kind that is asked for, by each step of an application that may name it.
        names = {move["id"] for machine in told["machines"] if machine["id"] == "application"
                 for move in machine["moves"] if "category" in move["needs"] + move["may"]}
        self.assertLessEqual({"accept", "review", "confirm"}, names)
        named = {event["move"] for case in self.all_cases() if case["machine"] == "application"
                 for event in case["events"] if "category" in event["fields"]}
        self.assertEqual(set(), {move for move in names - named if ("application", move) not in self.elsewhere()})
        missing = {one for one in every - said if one[:2] not in NO_WORD}
        self.assertEqual({one for one in NO_WORD if one in every}, missing)
        # Nobody told a word that the law does not have; what a determination found is the program's own word.
        found = {field["id"] for field in told["fields"] if field["id"].startswith("found_")}
        self.assertEqual(set(), {one for one in said if one[1] in words and one[1] not in found} - every)

    def test_96_every_paper_of_the_law_was_printed_from_every_move_that_names_it(self):
        told = self.county.get("/api/v1/procedures").json
        every = {(machine["id"], move["id"], paper) for machine in told["machines"] for move in machine["moves"]
                 for paper in move["papers"]}
        made = {(case["machine"], event["move"], paper) for case in self.all_cases() for event in case["events"]
                for paper in event["papers"]}
        self.assertEqual(every, made)
        # What no move names is the catalogue, which every file that was closed has.
        self.assertEqual({"catalogue"}, {paper["id"] for paper in told["papers"]} - {paper for _, _, paper in every})

    def test_97_every_case_is_what_its_events_say_as_it_stands_in_the_lists(self):
        """A case that is opened is folded from its events; a list shows what was kept when the last of them came."""
        rows = {row["id"]: row for row in self.county.pages("/api/v1/cases?closed=all", limit=200)}
        self.assertEqual(str(len(rows)), str(self.sql("select count(*) from casework_case")[0][0]))
        machines = {machine["id"]: machine for machine in self.county.get("/api/v1/procedures").json["machines"]}
        seen = set()
        for number, row in rows.items():
            case = self.case(self.county, number)
            for name in ("machine", "household", "person", "unit", "department", "parent", "state", "track", "level",
                         "opened_on", "due_on", "overdue", "told_to", "closed", "closed_on"):
                self.assertEqual(case[name], row[name], (number, name))
            self.assertEqual(self.rebuilt(case, machines[case["machine"]]),
                             (case["state"], case["closed"], case["seen"]), number)
            seen.add(case["machine"])
            if case["closed"]:  # nobody has anything to do by a day any more
                self.assertEqual((None, False, ""), (case["due_on"], case["overdue"], case["told_to"]), number)
                live = {clock["id"] for clock in case["clocks"]
                        if clock["state"] in ("nearly_due", "due", "overdue", "paused")}
                self.assertEqual(set(), live, number)
        self.assertEqual(set(machines) - TOLD_ALONE, seen)

    def rebuilt(self, case, machine):
        """From the events alone, by this test's own reading."""
        leads = {move["id"]: move["to"] for move in machine["moves"]}
        final = {state["id"] for state in machine["states"] if state["kind"] == "final"}
        state = ""
        for nth, event in enumerate(case["events"], 1):
            self.assertEqual(nth, event["number"])
            state = leads[event["move"]] or state
        return state, state in final, len(case["events"])

    @staticmethod
    def elsewhere():
        return BY_PEERS.union(*ELSEWHERE.values())

    def all_cases(self):
        """Every case of the year as it stands; of the warnings those that somebody worked on."""
        if "everything" not in self.__class__.__dict__:
            self.__class__.everything = [
                self.case(self.county, row["id"]) for row in self.county.pages("/api/v1/cases?closed=all", limit=200)
                if row["machine"] != "warning" or row["id"] in self.kinds]
        return self.everything
