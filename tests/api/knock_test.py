# SPDX-License-Identifier: Apache-2.0
"""A warning on its way and at the door: down from the city, joined by what comes later, merged with another of its
house; one knock for each task, answered late, elsewhere or in vain; targets where the law sets no day."""

from cases_test import SEEN, Office
from office import Client, civil_day, enter, main, upload, wait_for
from year_office import CALENDAR, FORM, HOME, LOUD

UNITS = """# SPDX-License-Identifier: Apache-2.0
- {code: province, title: 样例省, kind: province, region: "44", from: 2020-01-01}
- {code: city, title: 样例市, kind: city, parent: province, region: "4416", from: 2020-01-01}
- {code: county, title: 样例县, kind: county, parent: city, region: "441699", from: 2020-01-01}
- {code: first, title: 第一镇, kind: township, parent: county, region: "441699101", from: 2020-01-01}
- {code: second, title: 第二镇, kind: township, parent: county, region: "441699102", from: 2020-01-01}
- {code: hr, title: 人社部门, kind: department, parent: county, department: hr, from: 2020-01-01}
"""
VAIN = {"officers": ["village", "colleague"]}


class Offices(Office):
    units = UNITS
    residents = 3000  # of whom more than one household of the first township is warned of aloud

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.monitor = cls.account("monitor", "city_monitor_officer")
        cls.province = cls.account("province", "city_monitor_officer", unit="province")
        cls.city = cls.account("city", "city_monitor_officer", unit="city")
        cls.far = cls.account("far", "township_officer", unit="second")
        cls.away = cls.account("away", "township_officer", unit="second")

    def warned(self, *levels, at_home=False):
        """One that the city has not dispatched yet, of a household of the first township or, where there is one, of
        another: those of the first are few."""
        rows = self.city.pages("/api/v1/cases?machine=warning&state=raised", limit=200)
        for row in sorted(rows, key=lambda row: (row["household"] in self.inside) != at_home):
            if at_home and row["household"] not in self.inside:
                break
            if self.case(self.city, row["id"])["events"][0]["fields"]["level"][0] in levels:
                return row["id"]
        raise AssertionError(f"no warning of {levels}")

    def accepted(self, on="2025-07-01", at_home=False):
        number = self.warned(*LOUD, at_home=at_home)
        self.moved(self.city, number, "dispatch", on, to_unit="first")
        self.moved(self.town, number, "accept", on)
        return number

    def clock(self, who, number, day, clock="warning_verification"):
        return [(c["about"], c["due_on"], c["state"], c["told_to"]) for c in self.case(who, number, day)["clocks"]
                if c["id"] == clock]

    def outcomes(self, who, knock):
        told = self.fits("takeKnock", who("POST", "/api/v1/knocks", knock)).json["items"]
        return [(one["outcome"], [fault["code"] for fault in one["faults"]]) for one in told]


class Door(Offices):
    # --- down the units

    def test_from_the_city_to_the_county_to_the_township_and_back_up(self):
        number = self.warned(*LOUD)
        level = self.case(self.city, number)["level"]
        for who in (self.county, self.town):
            self.refused(who.get(f"/api/v1/cases/{number}"), 404, "no_such_case")
        self.moved(self.city, number, "dispatch", "2025-07-01", to_unit="county")
        self.assertEqual("dispatched", self.case(self.county, number)["state"])
        self.refused(self.town.get(f"/api/v1/cases/{number}"), 404, "no_such_case")
        self.assertEqual([("/fields/to_unit", "unit_out_of_reach")],
                         self.codes(self.move(self.county, number, "pass_down", "2025-07-02", to_unit="city")))
        # A department's office would not see it.
        self.assertEqual([("/fields/to_unit", "unit_of_department")],
                         self.codes(self.move(self.county, number, "pass_down", "2025-07-02", to_unit="hr")))
        self.moved(self.county, number, "pass_down", "2025-07-02", to_unit="first")
        # Passing it down begins no day anew: it is due by the day on which the city dispatched it.
        due = CALENDAR.working("2025-07-01", LOUD[level])
        self.assertEqual([("", due, "due", "")], self.clock(self.town, number, due))
        after = [CALENDAR.working(due, late) for late in (1, 2, 5)]
        for day, told in zip(after, ("township", "county", "city"), strict=True):
            self.assertEqual([("", due, "overdue", told)], self.clock(self.city, number, day))
        self.moved(self.town, number, "accept", "2025-07-02")
        self.refused(self.far.get(f"/api/v1/cases/{number}"), 404, "no_such_case")
        self.moved(self.town, number, "visit", due, **SEEN)
        self.assertEqual([("", due, "met", "")], self.clock(self.city, number, after[0]))
        self.moved(self.town, number, "feed_back", due)
        self.moved(self.county, number, "handle", due, branch="push")
        referral = self.opened(self.county, "referral", due, parent=int(number), kind="job", need="失业")
        self.moved(self.county, referral, "send", due, to_department="hr", to_unit="hr")
        self.moved(self.county, number, "close", due, reason="已转办")
        for who in (self.city, self.county, self.town):
            self.assertTrue(self.case(who, number)["closed"])

    def test_from_the_province_to_the_city_to_the_county_to_the_township_to_the_door(self):
        row = self.province.pages("/api/v1/cases?machine=warning&state=raised", limit=200)[0]
        number, level = row["id"], self.case(self.province, row["id"])["level"]
        self.moved(self.province, number, "dispatch", "2025-07-01", to_unit="city")
        self.assertEqual([("/fields/to_unit", "unit_out_of_reach")],
                         self.codes(self.move(self.city, number, "pass_down", "2025-07-01", to_unit="province")))
        self.refused(self.county.get(f"/api/v1/cases/{number}"), 404, "no_such_case")
        self.moved(self.city, number, "pass_down", "2025-07-01", to_unit="county")
        self.moved(self.county, number, "pass_down", "2025-07-02", to_unit="first")
        if level in LOUD:  # due by the day on which the province dispatched it
            due = CALENDAR.working("2025-07-01", LOUD[level])
            self.assertEqual([("", due, "due", "")], self.clock(self.town, number, due))
        self.moved(self.town, number, "accept", "2025-07-02")
        self.moved(self.town, number, "visit", "2025-07-02", **SEEN)
        self.assertEqual("verified", self.case(self.province, number)["state"])

    def test_what_stands_at_the_city_is_merged_there_and_by_nobody_below(self):
        number = self.warned(*LOUD)
        self.refused(self.move(self.county, number, "merge", merged_into=int(number)), 404, "no_such_case")
        self.assertEqual([("/fields/merged_into", "into_itself")],
                         self.codes(self.move(self.city, number, "merge", merged_into=int(number))))
        mine = self.accepted()  # the first that the city has: another one stands there now
        number = self.warned(*LOUD)
        self.assertEqual([("/fields/merged_into", "into_unknown")],
                         self.codes(self.move(self.county, mine, "merge", merged_into=int(number))))
        self.assertEqual([("/fields/merged_into", "into_unknown")],
                         self.codes(self.move(self.county, mine, "merge", merged_into=999999)))
        self.assertEqual([("/fields/merged_into", "into_other")],
                         self.codes(self.move(self.county, self.accepted(), "merge", merged_into=int(mine))))

    def test_a_green_call_has_the_offices_own_target(self):
        number = self.warned("green")
        self.moved(self.city, number, "dispatch", "2025-07-01", to_unit="first")

        def told(day):
            (clock,) = (c for c in self.case(self.town, number, day)["clocks"] if c["id"] == "warning_verification")
            return clock["state"], clock["due_on"], clock["internal"], (clock["waits_for"] or {}).get("id")
        self.assertEqual(("unset", None, True, "param.green_call_target_days"), told("2025-07-02"))
        self.set_figure("green_call_target_days", "441699", "4")
        due = CALENDAR.working("2025-07-01", 4)
        self.assertEqual(("nearly_due", due, True, None), told(CALENDAR.working("2025-07-01", 3)))
        self.assertEqual(("due", due, True, None), told(due))
        self.assertEqual(("overdue", due, True, None), told(CALENDAR.natural(due, 1)))
        loud = self.accepted()
        self.assertEqual([False], [c["internal"] for c in self.case(self.town, loud)["clocks"]
                                   if c["id"] == "warning_verification"])
        self.assertEqual([True, False], [self.case(self.county, one)["due_internal"] for one in (number, loud)])

    # --- at the door

    def test_one_knock_answers_each_case_once(self):
        number = self.accepted()
        visit, back = ({"case": number, "move": "visit", "fields": SEEN}, {"case": number, "move": "feed_back",
                                                                          "fields": {}})
        both = {"client_key": next(self.keys), "on": "2025-07-02", "answers": [visit, back]}
        self.assertEqual([("made", []), ("refused", ["key_reused"])], self.outcomes(self.town, both))
        self.assertEqual("verified", self.case(self.town, number)["state"])
        self.assertEqual([("already_there", []), ("refused", ["key_reused"])], self.outcomes(self.town, both))
        again = self.town("POST", f"/api/v1/cases/{number}/moves",
                          {"move": "feed_back", "on": "2025-07-02", "client_key": both["client_key"]})
        self.assertEqual([("/move", "key_reused")], self.codes(again))
        self.assertEqual([("made", [])], self.outcomes(self.town, {**both, "client_key": next(self.keys),
                                                                   "answers": [back]}))

    def test_one_form_answers_every_open_task_of_the_house(self):
        household = self.inside[2]
        visit = self.opened(self.town, "visit", "2025-07-01", household=household)
        review = self.opened(self.town, "review", "2025-07-01", household=household, cause="rhythm")
        survey = self.opened(self.county, "survey", "2025-07-01", household=household, due_on="2025-07-09",
                             to_unit="first")
        knock = {"client_key": next(self.keys), "on": "2025-07-03", "answers": [
            {"case": visit, "move": "met", "fields": HOME}, {"case": review, "move": "survey", "fields": HOME},
            {"case": survey, "move": "fill", "fields": {"survey_result": "worse", "note": "x"}}]}
        self.assertEqual([("made", [])] * 3, self.outcomes(self.town, knock))
        self.assertEqual([("already_there", [])] * 3, self.outcomes(self.town, knock))
        self.assertEqual(["closed", "surveyed", "filled"],
                         [self.case(self.county, number)["state"] for number in (visit, review, survey)])

    def test_one_form_answers_a_warning_a_visit_a_review_a_survey_a_service_and_a_campaign_of_one_house(self):
        made = self.admin("POST", "/api/v1/accounts", {
            "name": "both", "full_name": "both", "first_password": "for the first 1 day", "unit": "first",
            "roles": ["township_officer", "service_provider"], "department": ""})
        self.assertEqual(201, made.status, str(made))
        both = enter(Client(self.served.port, "en"), "both", "for the first 1 day")
        warning = self.accepted(at_home=True)
        home = {"household": self.case(self.town, warning)["household"]}
        visit = self.opened(self.town, "visit", "2025-07-01", **home)
        review = self.opened(self.town, "review", "2025-07-01", cause="warning", **home)
        survey = self.opened(self.county, "survey", "2025-07-01", due_on="2025-07-09", to_unit="first", **home)
        campaign = self.opened(self.county, "campaign", "2025-07-01", instruction="年度集中排查", due_on="2025-09-30",
                               survey_form="card_holders")
        self.moved(self.county, campaign, "start", "2025-07-01", due_on="2025-09-30")
        listed = self.opened(self.county, "survey", "2025-07-01", parent=int(campaign), to_unit="first", **home)
        order = self.opened(self.town, "order", "2025-07-01", need="失能，需上门护理", consent=True, **home)
        assigned = self.town("POST", "/api/v1/assignments", {
            "account": "both", "households": [home["household"]], "case": "order", "from": civil_day().isoformat()})
        self.assertIn(assigned.status, (200, 201, 204), str(assigned))
        self.moved(self.town, order, "order", "2025-07-01", service="上门护理", times=1, amount=20000, to_unit="first")
        self.moved(both, order, "take", "2025-07-01")
        seen = {"officers": ["both", "colleague"], "note": "入户了解情况"}
        told = {"policy_told": ["temporary_assistance"], "told_how": "face"}
        form = (("warning", warning, "visit", {**seen, **told, "outcome": "true_"}), ("visit", visit, "met",
                                                                                     {**seen, **told}),
                ("review", review, "survey", seen),
                ("survey", survey, "fill", {"survey_result": "worse", "note": "入户", **told}),
                ("survey", listed, "fill_card_holder", {"survey_result": "worse", "single_member_holds": "holds",
                                                        "note": "入户", **told}),
                ("order", order, "serve", {"attachments": [self.photo(both, order)], "hours": 2}))
        knock = {"client_key": next(self.keys), "on": "2025-07-02", "answers": [
            {"case": number, "move": move, "fields": fields} for _, number, move, fields in form]}
        self.assertEqual([("made", [])] * 6, self.outcomes(both, knock))
        stands = [(self.case(self.county, number)["state"], len(self.case(self.county, number)["events"]))
                  for _, number, _, _ in form]
        self.assertEqual(["verified", "closed", "surveyed", "filled", "filled", "serving"],
                         [state for state, _ in stands])
        # The answer was lost and the phone sends it again: each was made once.
        self.assertEqual([("already_there", [])] * 6, self.outcomes(both, knock))
        self.assertEqual(stands, [(self.case(self.county, number)["state"],
                                   len(self.case(self.county, number)["events"])) for _, number, _, _ in form])
        for machine, number, move, _ in form[:2]:
            event = next(one for one in self.case(self.county, number)["events"] if one["move"] == move)
            self.assertEqual((["temporary_assistance"], ["face"]),
                             (event["fields"]["policy_told"], event["fields"]["told_how"]), machine)

    def test_a_target_that_nobody_has_set_is_told_and_makes_nobody_late(self):
        number = self.opened(self.town, "charity", "2025-07-01", household=self.inside[0], need="助学", consent=True)

        def told(day):
            (clock,) = (c for c in self.case(self.county, number, day)["clocks"] if c["id"] == "charity_target")
            return clock["state"], clock["due_on"], clock["internal"], (clock["waits_for"] or {}).get("id")
        self.assertEqual(("unset", None, True, "param.charity_target_days"), told("2025-12-31"))
        row = next(row for row in self.county.pages("/api/v1/cases?machine=charity", 200) if row["id"] == number)
        self.assertEqual((None, False, ""), (row["due_on"], row["overdue"], row["told_to"]))
        self.set_figure("charity_target_days", "441699", "5")
        due = CALENDAR.working("2025-07-01", 5)
        now = self.case(self.county, number)
        self.assertEqual((due, True, "慈善对接目标"), (now["due_on"], now["due_internal"], now["due_clock"]["zh"]))
        self.assertEqual([("nearly_due", due, True, None), ("due", due, True, None), ("overdue", due, True, None)],
                         [told(day) for day in (CALENDAR.working("2025-07-01", 4), due, CALENDAR.natural(due, 1))])

    def test_an_opening_of_a_phone_is_one_case_long_after_its_answer_is_forgotten(self):
        body = {"machine": "emergency", "on": "2025-07-01", "client_key": next(self.keys),
                "fields": {"need": "突发急病", "found_by": "hotline", "person_shown": "无证件男子"}}
        first = self.fits("openCase", self.village("POST", "/api/v1/cases", body), 201).json
        # No Idempotency-Key was told, and none would be kept by then.
        again = self.fits("openCase", self.village("POST", "/api/v1/cases", body)).json
        self.assertEqual(("already_there", first["case"], 1), (again["outcome"], again["case"], again["event"]))
        other = self.village("POST", "/api/v1/cases", {**body, "machine": "visit", "fields": {}})
        self.assertEqual([("/move", "key_reused")], self.codes(other))
        by_another = self.fits("openCase", self.town("POST", "/api/v1/cases", body), 201).json
        self.assertNotEqual(first["case"], by_another["case"])
        self.assertEqual(2, len(self.county.pages("/api/v1/cases?machine=emergency")))

    def applied(self):
        number = self.opened(self.town, "application", "2025-07-01", household=self.inside[3], **FORM)
        self.moved(self.town, number, "accept", "2025-07-10", relatives_of_staff=False, beside_because="另一名成员的申请")
        return number

    def test_a_survey_may_be_written_down_late_and_not_before_the_acceptance(self):
        number = self.applied()
        self.sign(self.town, self.inside[3])
        self.moved(self.town, number, "ask_check", "2025-07-14")
        survey = {"officers": ["town", "colleague"], "note": "入户"}
        self.assertEqual([("/on", "on_before_mark")],
                         self.codes(self.move(self.town, number, "survey", "2025-07-09", **survey)))
        early = {"client_key": next(self.keys), "on": "2025-07-09",
                 "answers": [{"case": number, "move": "survey", "fields": survey}]}
        self.assertEqual([("kept_late", ["on_before_mark"])], self.outcomes(self.town, early))
        self.assertEqual([("/on", "on_before_last")],
                         self.codes(self.move(self.town, number, "withdraw", "2025-07-11", reason="x")))
        self.moved(self.town, number, "survey", "2025-07-11", **survey)
        events = [(e["move"], e["entered_late"]) for e in self.case(self.county, number)["events"]]
        self.assertEqual([("register", False), ("accept", False), ("ask_check", False), ("survey", True)], events)
        review = {"category": "minimum_living_guarantee", "opinion": "grant"}
        self.assertEqual([("/on", "on_before_last")],
                         self.codes(self.move(self.town, number, "review", "2025-07-13", **review)))
        self.moved(self.town, number, "review", "2025-07-14", **review)
        self.assertFalse(self.case(self.county, number)["events"][-1]["entered_late"])

    def test_in_vain_at_the_door_of_a_survey_decides_nothing_and_a_death_is_asked_about(self):
        review = self.opened(self.town, "review", "2025-07-01", household=self.inside[3], cause="rhythm")
        for nth, (number, state) in enumerate(((self.applied(), "accepted"), (review, "opened"))):
            for vain in ("not_at_home", "refused", "moved", "hospital", "prison", "missing"):
                self.moved(self.village, number, "attempt", "2025-07-11", attempt=vain, **VAIN)
            told = self.case(self.county, number)
            self.assertEqual((state, []), (told["state"], told["below"]))
            self.moved(self.town, number, "attempt", "2025-07-12", attempt="dead", officers=SEEN["officers"])
            told = self.case(self.county, number)
            self.assertEqual((state, ["task"]), (told["state"], [below["machine"] for below in told["below"]]))
            task = told["below"][0]["id"]
            person = self.county.get(f"/api/v1/households/{told['household']}").json["members"][nth]["id"]
            death = self.opened(self.town, "death", "2025-07-12", parent=int(task), household=told["household"],
                                person=person, death_source=["入户得知"], died_on="2025-07-08", death_match="by_person")
            self.assertEqual(task, self.case(self.county, death)["parent"])
            self.moved(self.town, task, "report", "2025-07-12", note="已登记")

    def test_the_other_place_knows_whom_to_visit_and_the_one_that_asked_gets_the_answer(self):
        number = self.accepted(at_home=True)
        household = self.case(self.town, number)["household"]
        home = self.town.get(f"/api/v1/households/{household}").json
        self.moved(self.town, number, "help_asked", "2025-07-02", reason="在第二镇暂住")
        ask = {"parent": int(number), "to_unit": "second", "need": "请核实现住址"}
        number_of = self.opened(self.town, "assistance", "2025-07-02", **ask)
        self.refused(self.far.get(f"/api/v1/households/{household}"), 404, "no_such_household")
        told = self.case(self.far, number_of)
        self.assertEqual((home["head_name"], home["address"]), (told["subject"]["name"], told["subject"]["address"]))
        self.assertIsNone(self.case(self.town, number)["subject"])  # who reaches the household opens it
        found = {"outcome": "true_", "note": "依据协查结果"}
        self.assertEqual([("/fields/help_outcome", "move_condition")],
                         self.codes(self.move(self.town, number, "take_answer", "2025-07-03", **found)))
        self.moved(self.far, number_of, "answer", "2025-07-03", outcome="partly", officers=["far", "away"],
                   note="在此租住")
        event = self.case(self.town, number)["events"][-1]
        self.assertEqual(("help_answered", "accepted", ["partly"], ["在此租住"]),
                         (event["move"], event["to"], event["fields"]["help_outcome"], event["fields"]["note"]))
        self.assertEqual(["far", "away"], event["fields"]["officers"])
        self.moved(self.town, number, "take_answer", "2025-07-03", **found)
        self.assertEqual("verified", self.case(self.town, number)["state"])


class Village(Office):
    """A worker who sits in a village has no desk there: what the township handles of the village's households is
    theirs to see while it waits for a step of their role, and no longer."""
    units = UNITS + """\
- {code: sixth, title: 第六村, kind: village, parent: first, region: "441699101006", from: 2020-01-01}
- {code: fifth, title: 第五村, kind: village, parent: first, region: "441699101005", from: 2020-01-01}
"""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.worker = cls.account("worker", "village_worker", unit="sixth")
        cls.next_door = cls.account("nextdoor", "village_worker", unit="fifth")

    def reached(self, number):
        """What is open to the worker there; None: they do not reach it. The next village's never does."""
        self.refused(self.next_door.get(f"/api/v1/cases/{number}"), 404, "no_such_case")
        listed = [row for row in self.worker.pages("/api/v1/cases?closed=all", limit=200) if row["id"] == number]
        answer = self.worker.get(f"/api/v1/cases/{number}")
        self.assertEqual(bool(listed), answer.status == 200)
        if not listed:
            self.refused(answer, 404, "no_such_case")
            return None
        self.assertEqual(self.heads[answer.json["household"]], listed[0]["name"])
        return [move["id"] for move in answer.json["open_moves"]]

    def test_the_workers_steps_of_an_application_are_made_from_the_village(self):
        homes = self.worker.pages("/api/v1/households", limit=10)
        self.heads = {home["code"]: home["head_name"] for home in homes}
        number = self.opened(self.town, "application", "2025-07-01", household=homes[0]["code"], **FORM)
        self.assertIsNone(self.reached(number))
        self.moved(self.town, number, "ask_papers", "2025-07-01", missing=["户口簿"])
        self.assertEqual(["complete"], self.reached(number))
        self.assertEqual("made", self.move(self.worker, number, "complete", "2025-07-02").json["outcome"])
        self.assertIsNone(self.reached(number))
        self.moved(self.town, number, "accept", "2025-07-02", relatives_of_staff=False, beside_because="另一名成员的申请")
        self.assertEqual(["attempt"], self.reached(number))
        # No step of another role's comes with it.
        self.assertEqual([("/move", "move_role")], self.codes(
            self.move(self.worker, number, "survey", "2025-07-03", **{**HOME, "entered_because": "代填"})))
        self.moved(self.town, number, "survey", "2025-07-03", **HOME)
        self.assertIsNone(self.reached(number))
        self.moved(self.town, number, "review", "2025-07-03", opinion="grant", category="minimum_living_guarantee")
        self.assertEqual(["post"], self.reached(number))
        posted = self.photo(self.worker, number)
        self.assertEqual("made", self.move(self.worker, number, "post", "2025-07-04", attachments=[posted])
                         .json["outcome"])
        self.assertIsNone(self.reached(number))
        self.assertEqual("noticed", self.case(self.town, number)["state"])

    def test_other_households_and_a_desk_further_up_are_not_the_workers(self):
        own = {home["code"]: home["head_name"] for home in self.worker.pages("/api/v1/households", limit=10)}
        self.heads = own
        other = next(code for code in self.inside if code not in own)
        inside = next(iter(own))
        plans = [self.opened(who, "visit", "2025-07-01", household=home)
                 for who, home in ((self.town, inside), (self.town, other), (self.county, inside))]
        self.assertEqual([["attempt", "met"], None, None], [self.reached(number) for number in plans])


class Later(Offices):
    """A second cycle finds more: of houses that were visited, and of houses whose warning was closed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        rows = [row["id"] for row in cls.city.pages("/api/v1/cases?machine=warning&state=raised", limit=200)]
        cls.closed, cls.visited = rows[::2], rows[1::2]

        def batch(who, cases, move, on, **fields):
            asked = who("POST", "/api/v1/moves", {"cases": cases, "move": move, "on": on, "client_key": f"{move}-{on}",
                                                  "fields": fields})
            assert {one["outcome"] for one in asked.json["items"]} == {"made"}, str(asked)
        batch(cls.city, rows, "dispatch", "2025-07-01", to_unit="first")
        batch(cls.town, rows, "accept", "2025-07-01")
        loud = [row for row in rows if cls.county.get(f"/api/v1/cases/{row}").json["level"] != "green"]
        batch(cls.town, loud, "visit", "2025-07-02", **SEEN)
        batch(cls.town, [row for row in rows if row not in loud], "call", "2025-07-02", outcome="true_", note="x")
        batch(cls.town, rows, "feed_back", "2025-07-02")
        batch(cls.county, cls.closed, "handle", "2025-07-03", branch="push")
        batch(cls.second, cls.closed, "close", "2025-07-04", reason="已转办", undone_because="elsewhere")
        cls.raise_cases("2025-07-15")
        for path in sorted((cls.root / "county/2025Q3").iterdir()):
            wait_for(cls.monitor("POST", "/api/v1/imports", {
                "as_of": "2025-09-30", "uploads": [upload(cls.monitor, path)]}).json["job"], cls.monitor)
        asked = cls.monitor("POST", "/api/v1/cycles", {"as_of": "2025-09-30"})
        cls.joined = wait_for(asked.json["job"], cls.monitor)["result"]["cases"]  # a cycle makes its cases itself

    def test_what_comes_after_the_visit_is_verified_by_another_one(self):
        self.assertGreater(self.joined["joined"], 0)
        again = [number for number in self.visited if self.case(self.county, number)["state"] == "accepted"]
        self.assertTrue(again, "a second cycle finds something of a house that was visited")
        number = again[0]
        pushed = self.case(self.county, number)["events"][-1]
        self.assertEqual(("push_again", "accepted"), (pushed["move"], pushed["to"]))
        about = ";".join(pushed["fields"]["event"])
        clocks = {c["about"]: c for c in self.case(self.county, number)["clocks"] if c["id"] == "warning_verification"}
        self.assertEqual({"", about}, set(clocks))
        self.assertIsNone(clocks[about]["ended_on"])
        level = self.case(self.county, number)["level"]
        if level in LOUD:
            self.assertEqual(CALENDAR.working(pushed["on"], LOUD[level]), clocks[about]["due_on"])
        # A form of the visit that was before it is kept for a person.
        late = {"client_key": next(self.keys), "on": "2025-07-03",
                "answers": [{"case": number, "move": "visit", "fields": SEEN}]}
        self.assertEqual([("kept_late", ["on_before_mark"])], self.outcomes(self.town, late))
        self.moved(self.town, number, "visit", **SEEN)
        ended = [c["ended_on"] for c in self.case(self.county, number)["clocks"] if c["id"] == "warning_verification"]
        self.assertNotIn(None, ended)

    def test_a_warning_goes_into_the_reopened_one_of_its_house_with_its_days(self):
        fresh = {row["household"]: row for row in self.city.pages("/api/v1/cases?machine=warning&state=raised", 200)}
        old = next((number for number in self.closed if self.case(self.county, number)["household"] in fresh), None)
        self.assertIsNotNone(old, "a house whose warning was closed is warned of anew")
        new = fresh[self.case(self.county, old)["household"]]["id"]
        self.moved(self.city, new, "dispatch", "2025-10-09", to_unit="first")
        self.moved(self.town, new, "accept", "2025-10-09")
        self.assertEqual([("/fields/merged_into", "into_closed")],
                         self.codes(self.move(self.county, new, "merge", "2025-10-10", merged_into=int(old))))
        self.moved(self.county, old, "reopen", "2025-10-10", reason="又有新情况")
        before = self.clock(self.county, new, "2025-10-10")
        events = self.case(self.county, new)["events"][0]["fields"]["event"]
        self.moved(self.county, new, "merge", "2025-10-10", merged_into=int(old))
        self.assertTrue(self.case(self.county, new)["closed"])
        told = self.case(self.county, old, "2025-10-10")
        last = told["events"][-1]
        self.assertEqual(("take_in_again", events, [new]),
                         (last["move"], last["fields"]["event"], last["fields"]["taken_from"]))
        (taken,) = (c for c in told["clocks"] if c["about"] == ";".join(events) and c["id"] == "warning_verification")
        self.assertEqual(("2025-10-09", before[0][1]), (taken["started_on"], taken["due_on"]))
        # Nobody has looked yet: monitoring goes on with it, and is told once somebody has.
        again = self.raise_cases("2025-10-10")
        self.assertEqual((0, 0, 0), (again["opened"], again["joined"], again["settled"]))
        level = self.case(self.county, old)["level"]
        if level == "green":
            self.moved(self.town, old, "call", outcome="false_", note="x")
        else:
            self.moved(self.town, old, "visit", **{**SEEN, "outcome": "false_"})
        self.moved(self.town, old, "feed_back")
        self.moved(self.county, old, "dismiss", reason="不属实")
        self.assertEqual(1, self.raise_cases("2025-10-10")["settled"])


class Targets(Office):
    """Jinan's notice sets no day for any level: the office does."""
    policy = "jinan-2024"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.monitor = cls.account("monitor", "city_monitor_officer")

    def test_a_target_is_a_clock_of_the_case_and_is_said_to_be_internal(self):
        rows = self.county.pages("/api/v1/cases?machine=warning&state=raised", limit=200)
        by_level = {}
        for row in rows:
            by_level.setdefault(self.level(row["id"]), row["id"])
        self.assertIn("green", by_level)
        self.assertGreater(len(by_level), 1)
        for days, (level, number) in enumerate(sorted(by_level.items()), 2):
            self.moved(self.county, number, "dispatch", "2025-07-01", to_unit="first")
            figure = f"{level}_{'call' if level == 'green' else 'visit'}_target_days"

            def told(day, number=number):
                return [(c["state"], c["due_on"], c["internal"], (c["waits_for"] or {}).get("id"))
                        for c in self.case(self.county, number, day)["clocks"] if c["id"] == "warning_verification"]
            self.assertEqual([("unset", None, True, f"param.{figure}")], told("2025-07-01"))
            self.set_figure(figure, "441699", str(days))
            due = CALENDAR.working("2025-07-01", days)
            self.assertEqual([("due", due, True, None)], told(due))
            self.assertEqual([("overdue", due, True, None)], told(CALENDAR.natural(due, 1)))


if __name__ == "__main__":
    main()
