# SPDX-License-Identifier: Apache-2.0
"""What an application is decided on: the category that was reviewed and noticed, its days, papers that everybody has
signed, the determination of its facts; who may decide it, who rechecks an objection, and how one goes on from a review
to another category without filing anew."""
from cases_test import Office
from office import main

UNITS = """# SPDX-License-Identifier: Apache-2.0
- {code: county, title: 样例县, kind: county, region: "441699", from: 2020-01-01}
- {code: first, title: 第一镇, kind: township, parent: county, region: "441699101", from: 2020-01-01}
- {code: second, title: 第二镇, kind: township, parent: county, region: "441699102", from: 2020-01-01}
- {code: hr, title: 人社部门, kind: department, parent: county, department: hr, from: 2020-01-01}
- {code: agri, title: 农业农村部门, kind: department, parent: county, department: agriculture, from: 2020-01-01}
"""
FORM = {"channel": "window", "pledge": True, "authorised": True}
HOME = {"officers": ["town", "colleague"], "note": "入户了解情况"}
UNPOSTED = {"no_notice": "urgent", "reason": "成员住院，等待救助"}  # by another than who surveyed
GUARANTEE, MARGIN, RELAPSE = "minimum_living_guarantee", "mlg_marginal_household", "relapse_monitored"
WHY = {"differs_because": "按入户核实的情况"}
PAID = {"category": GUARANTEE, "amount": 42000}
STANDARD = 63200  # fen a head


class Desk(Office):
    units = UNITS
    residents = 10000  # a household of its own for each case: what is paid or signed for one hinders no other
    delegated = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.monitor = cls.account("monitor", "city_monitor_officer")
        cls.third = cls.account("third", "township_officer", unit="first")
        cls.fourth = cls.account("fourth", "township_officer", unit="first")
        cls.fifth = cls.account("fifth", "township_officer", unit="first")
        cls.far = cls.account("far", "township_officer", unit="second")
        cls.away = cls.account("away", "township_officer", unit="second")
        cls.agri = cls.account("agri", "agriculture_officer", unit="agri", department="agriculture")
        cls.auditor = cls.account("auditor", "auditor")
        if cls.delegated:
            cls.set_figure("confirmation_delegated", "441699101", "true")
        cls.homes = iter(cls.inside)

    def go(self, number, *steps):
        for who, move, on, fields in steps:
            if "attachments" in fields:
                fields = {**fields, "attachments": [self.photo(who, number)]}
            self.moved(who, number, move, on, **fields)
        return number

    def home(self, **signed):
        code = next(self.homes)
        self.people = self.sign(self.town, code, **signed)
        return code

    def surveyed(self, code, on="2025-03-03", relatives=False, **more):
        number = self.opened(self.town, "application", on, household=code, **{**FORM, **more})
        return self.go(number, (self.town, "accept", on, {"relatives_of_staff": relatives}),
                       (self.town, "survey", on, HOME))

    def reviewed(self, category, opinion="grant", code=None, **more):
        number = self.surveyed(code or self.home(), **more)
        return self.go(number, (self.town, "review", "2025-03-03", {"category": category, "opinion": opinion}))

    def to_confirm(self, category, opinion="grant", skip=None, **more):
        skip = {**UNPOSTED, **(skip or {})}
        return self.go(self.reviewed(category, opinion, **more), (self.fourth, "skip_notice", "2025-03-03", skip))

    def against(self, who, number, move, on, **fields):
        return set(self.codes(self.move(who, number, move, on, **fields)))


class Decided(Desk):
    # --- once

    def test_what_is_asked_for_twice_goes_into_the_one_under_way_or_it_is_said_why_both_go_on(self):
        code = self.home()

        def applied():
            return self.opened(self.town, "application", "2025-03-03", household=code, **FORM)

        def accepted(number, **more):
            return self.move(self.town, number, "accept", "2025-03-03", relatives_of_staff=False, category=GUARANTEE,
                             **more)
        first, again, beside = applied(), applied(), applied()
        self.fits("moveCase", accepted(first))
        refused = accepted(again)
        self.assertEqual([("/fields/beside_because", "pending_beside")], self.codes(refused))
        for said in (f"case {first}", "Into the one under way", "Why both applications go on"):
            self.assertIn(said, refused.json["errors"][0]["detail"])
        join = {"joined_to": int(first), "reason": "同一事项"}
        self.assertEqual([("/fields/joined_to", "into_other")], self.codes(self.move(
            self.town, again, "join", "2025-03-03", **{**join, "joined_to": int(self.surveyed(self.home()))})))
        self.moved(self.town, again, "join", "2025-03-03", **join)
        told = self.case(self.town, again)
        self.assertEqual(("joined", True), (told["state"], told["closed"]))
        last = self.case(self.town, first)["events"][-1]
        self.assertEqual(("take_in", [again]), (last["move"], last["fields"]["taken_from"]))
        self.fits("moveCase", accepted(beside, beside_because="分户后另一家庭的申请"))
        # Of which no category is told may be the same; what was for something else is asked when it comes to the same.
        code = self.home()
        one, other, unsaid = self.surveyed(code), applied(), applied()
        self.moved(self.town, one, "review", "2025-03-03", category=GUARANTEE, opinion="grant")
        refused = self.move(self.town, unsaid, "accept", "2025-03-03", relatives_of_staff=False)
        self.assertEqual([("/fields/beside_because", "pending_beside")], self.codes(refused))
        self.assertIn("the category is not told of both", refused.json["errors"][0]["detail"])
        self.go(other, (self.town, "accept", "2025-03-03", {"relatives_of_staff": False, "category": MARGIN}),
                (self.town, "survey", "2025-03-03", HOME))
        self.assertEqual([("/fields/beside_because", "pending_beside")], self.codes(
            self.move(self.town, other, "review", "2025-03-03", category=GUARANTEE, opinion="grant")))
        self.moved(self.town, other, "join", "2025-03-03", joined_to=int(one), reason="同一事项")

    # --- of which category

    def test_what_is_confirmed_is_what_was_reviewed_and_by_its_own_authority(self):
        number = self.to_confirm(GUARANTEE)
        for who, beside in ((self.county, {("/move", "move_delegated")}), (self.third, set())):
            self.assertEqual({("/move", "move_authority"), ("/fields/category", "not_as_found"), *beside},
                             self.against(who, number, "confirm", "2025-03-06", category=RELAPSE, **WHY))
        self.assertEqual({("/fields/category", "not_as_found")},
                         self.against(self.third, number, "confirm", "2025-03-06", category="extreme_poverty",
                                      amount=42000, **WHY))
        self.go(number, (self.third, "confirm", "2025-03-06", {**PAID, **WHY}))
        to = {"to_department": "agriculture", "to_unit": "agri"}
        number = self.to_confirm(RELAPSE, skip=to)
        self.assertIn(("/move", "move_authority"),
                      self.against(self.agri, number, "confirm", "2025-03-06", **PAID, **WHY))
        self.assertEqual([], self.case(self.county, number)["below"])
        self.go(number, (self.agri, "confirm", "2025-03-06", {"category": RELAPSE, **WHY}))

    def test_another_category_is_reviewed_and_noticed_anew(self):
        number = self.reviewed(GUARANTEE)
        photo = {"attachments": True}
        self.go(number, (self.town, "post", "2025-03-03", photo), (self.town, "end_notice", "2025-03-11", {}))
        other = {"category": MARGIN, "reason": "收入高于低保标准"}
        self.assertEqual({("/move", "move_not_open")},
                         self.against(self.town, number, "switch", "2025-03-12", **other))
        now = self.moved(self.town, number, "switch_reviewed", "2025-03-12", **other)
        self.assertEqual(("surveyed", MARGIN), (now["state"], now["track"]))
        ended = [c["state"] for c in now["clocks"] if c["id"] == "confirmation"]
        self.assertNotIn("running", ended)
        self.go(number, (self.town, "review", "2025-03-12", {"category": MARGIN, "opinion": "grant"}),
                (self.town, "post", "2025-03-12", photo))
        self.assertEqual({("/on", "move_too_early")}, self.against(self.town, number, "end_notice", "2025-03-19"))
        self.go(number, (self.town, "end_notice", "2025-03-20", {}),
                (self.third, "confirm", "2025-03-21", {"category": MARGIN, **WHY}))

    def test_a_confirmation_against_the_opinion_says_why(self):
        number = self.to_confirm(GUARANTEE, opinion="refuse")
        self.assertEqual({("/fields/differs_because", "differs_from_found")},
                         self.against(self.third, number, "confirm", "2025-03-06", **PAID))
        self.go(number, (self.third, "confirm", "2025-03-06", {**PAID, **WHY}))

    # --- when

    def test_the_notice_hangs_seven_days_for_every_category(self):
        categories = [one["id"] for one in self.county.get("/api/v1/titles").json["categories"]]
        self.assertIn("other_hardship", categories)
        for category in categories:
            number = self.go(self.reviewed(category), (self.town, "post", "2025-03-03", {"attachments": True}))
            for day in ("2025-03-03", "2025-03-10"):
                self.assertEqual({("/on", "move_too_early")},
                                 self.against(self.town, number, "end_notice", day), (category, day))
            self.go(number, (self.town, "end_notice", "2025-03-11", {}))
            clocks = self.case(self.county, number, "2025-03-12")["clocks"]
            self.assertTrue([c for c in clocks if c["state"] in ("running", "nearly_due") and c["due_on"] in
                             ("2025-03-25", "2025-04-01")], (category, clocks))

    # --- by whom

    def test_who_surveyed_went_along_or_left_the_notice_out_may_not_decide(self):
        code = self.home()
        number = self.opened(self.town, "application", "2025-03-03", household=code, **FORM)
        self.go(number, (self.town, "accept", "2025-03-03", {"relatives_of_staff": False}))
        for officers in (["town", "auditor"], ["town", "fund"], ["town", "hr"], ["town", "far"], ["town", "county"]):
            self.assertEqual({("/fields/officers", "officer_elsewhere")},
                             self.against(self.town, number, "survey", "2025-03-03", officers=officers, note="x"))
        self.assertEqual({("/fields/officers", "maker_missing")}, self.against(
            self.town, number, "survey", "2025-03-03", officers=["colleague", "third"], note="x"))
        told = {"officers": ["colleague", "third"], "note": "入户", "entered_because": "两人在外，由经办代录"}
        self.go(number, (self.town, "survey", "2025-03-03", told),
                (self.town, "review", "2025-03-03", {"category": GUARANTEE, "opinion": "grant"}))
        for who in (self.town, self.colleague, self.third):
            self.assertEqual({("/move", "move_same_person")},
                             self.against(who, number, "skip_notice", "2025-03-03", **UNPOSTED))
        self.go(number, (self.fourth, "skip_notice", "2025-03-03", UNPOSTED))
        # Nor does who left the notice out decide: what nobody could see on a wall is seen by two.
        for who in (self.town, self.colleague, self.third, self.fourth):
            self.assertIn(("/move", "move_same_person"),
                          self.against(who, number, "confirm", "2025-03-06", **PAID, **WHY))
            self.assertIn(("/move", "move_same_person"),
                          self.against(who, number, "refuse", "2025-03-06", reason="r", **WHY))
        self.go(number, (self.fifth, "confirm", "2025-03-06", {**PAID, **WHY}))

    def test_an_objection_is_rechecked_in_ten_days_by_another_than_who_decided(self):
        number = self.to_confirm("extreme_poverty", opinion="refuse")
        refuse = {"reason": "收入超过标准", **WHY}
        self.assertEqual({("/move", "move_delegated")}, self.against(self.county, number, "refuse", "2025-03-06",
                                                                    **refuse))
        self.addCleanup(self.set_figure, "confirmation_delegated", "441699101", "true")
        self.set_figure("confirmation_delegated", "441699101", "false")  # the county takes the power back
        self.assertEqual({("/move", "move_authority")}, self.against(self.third, number, "refuse", "2025-03-06",
                                                                    **refuse))
        self.go(number, (self.county, "refuse", "2025-03-06", refuse),
                (self.town, "serve", "2025-03-07", {"served_how": "in_person"}))
        other = self.opened(self.town, "objection", "2025-05-06", parent=int(number), reason="不服")
        self.assertEqual({("/move", "move_same_person")},
                         self.against(self.county, other, "decline", "2025-05-07", reason="已办"))
        # To one decision one is open at a time, whichever way it was brought.
        for move, told in (("file", {"reason": "再次不服"}), ("reconsider_decision", {"note": "收到申请书副本"}),
                           ("sue_decision", {"note": "收到起诉状副本"})):
            self.assertEqual([("/move", "case_not_alone")], self.codes(self.county("POST", "/api/v1/cases", {
                "machine": "objection", "move": move, "on": "2025-05-07", "parent": int(number), "fields": told})))
        self.go(other, (self.second, "decline", "2025-05-07", {"reason": "同一事项已复核"}),
                (self.town, "serve", "2025-05-07", {"served_how": "post"}))
        objection = self.opened(self.town, "objection", "2025-05-06", parent=int(number), reason="再次不服")
        clock = next(c for c in self.case(self.county, objection, "2025-05-07")["clocks"] if c["id"] == "recheck")
        self.assertEqual(("2025-05-20", "running"), (clock["due_on"], clock["state"]))
        row = next(r for r in self.county.pages("/api/v1/cases?machine=objection", 200) if r["id"] == objection)
        self.assertEqual(("2025-05-20", True), (row["due_on"], row["overdue"]))
        self.go(objection, (self.clerk, "accept", "2025-05-07", {}))
        for move, fields in (("uphold", {"reason": "维持", "served_how": "in_person"}),
                             ("correct", {"reason": "有误", "payment_effect": "none"})):
            self.assertEqual({("/move", "move_same_person")},
                             self.against(self.county, objection, move, "2025-05-12", **fields))
        self.go(objection, (self.second, "uphold", "2025-05-12", {"reason": "维持", "served_how": "in_person"}))

    # --- on what

    def test_nobody_is_checked_or_confirmed_without_a_signed_paper_of_each_adult(self):
        code = next(self.homes)
        number = self.opened(self.town, "application", "2025-03-03", household=code, **FORM)
        self.go(number, (self.town, "accept", "2025-03-03", {"relatives_of_staff": False}))
        self.assertEqual({("/move", "not_signed")}, self.against(self.town, number, "ask_check", "2025-03-04"))
        self.sign(self.town, code, "2025-03-05", "2025-03-20")
        self.assertEqual({("/move", "not_signed")}, self.against(self.town, number, "ask_check", "2025-03-04"))
        self.go(number, (self.town, "ask_check", "2025-03-05", {}),
                (self.clerk, "report_check", "2025-03-06", {"check_result": "within"}),
                (self.town, "survey", "2025-03-06", HOME),
                (self.town, "review", "2025-03-06", {"category": GUARANTEE, "opinion": "grant"}),
                (self.fourth, "skip_notice", "2025-03-06", UNPOSTED))
        confirm = {**PAID, **WHY}
        self.assertEqual({("/fields/unsigned_because", "not_signed")},
                         self.against(self.third, number, "confirm", "2025-03-20", **confirm))
        self.go(number, (self.third, "confirm", "2025-03-19", confirm))

    def test_a_pledge_or_paper_that_lacks_is_excused_by_a_named_reason_alone(self):
        number = self.to_confirm(GUARANTEE, code=next(self.homes), pledge=False, authorised=False)
        self.assertEqual({("/fields/unsigned_because", "not_signed"),
                          ("/fields/unsigned_because", "differs_from_found")},
                         self.against(self.third, number, "confirm", "2025-03-06", **PAID, **WHY))
        self.assertIn(("/fields/unsigned_because", "field_word"), self.against(
            self.third, number, "confirm", "2025-03-06", **PAID, unsigned_because="later", **WHY))
        self.go(number, (self.third, "confirm", "2025-03-06",
                         {**PAID, "unsigned_because": "absent", **WHY}))

    def test_a_relative_of_staff_is_registered_and_visited_before_a_township_confirms(self):
        number = self.to_confirm(GUARANTEE, relatives=True)
        confirm = {**PAID, **WHY}
        self.assertEqual({("/fields/staff_relation", "not_as_found"), ("/fields/relatives_view", "not_as_found")},
                         self.against(self.third, number, "confirm", "2025-03-06", **confirm))
        relation = {"staff_relation": "office", "relative_of": "经办人之妹"}
        self.go(number, (self.town, "list_relatives", "2025-03-06", relation))
        listed = [row["id"] for row in self.county.pages("/api/v1/cases?relatives=true")]
        self.assertEqual([number], listed)
        self.refused(self.hr.get("/api/v1/cases?relatives=true"), 403, "not_allowed")
        self.assertIn(("/move", "move_role"), self.against(
            self.fourth, number, "visit_relatives", "2025-03-06", relatives_view="agrees",
            officers=["fourth", "third"], note="x"))
        visit = {"officers": ["county", "second"], "relatives_view": "doubts", "note": "另有收入"}
        self.go(number, (self.county, "visit_relatives", "2025-03-07", visit))
        self.assertEqual({("/fields/differs_because", "differs_from_found")},
                         self.against(self.third, number, "confirm", "2025-03-10", **PAID))
        self.go(number, (self.third, "confirm", "2025-03-10", confirm))
        plain = self.to_confirm(GUARANTEE)
        self.assertIn(("/fields/relatives_of_staff", "move_condition"),
                      self.against(self.town, plain, "list_relatives", "2025-03-06", **relation))


class Determined(Desk):
    """A household that comes to an amount, or to nothing, by the office's law."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for residence, standard in (("rural", "632.00"), ("urban", "868.00")):
            cls.set_figure("mlg_standard_month", "441699", standard, residence=residence)

    def determine(self, who, number, due, as_of="2025-06-30"):
        by = {"source": "核对报告", "as_of": "2025-06-20"}
        fen = STANDARD * len(self.people) - due
        household = {"residence_kind": "rural", "relapse_confirmed": False,
                     "property_within_limits": {"value": True, **by},
                     "income_month": {"value": f"{fen // 100}.{fen % 100:02}", **by}}
        members = [{"name": f"成员{n}", "birth_date": "1980-01-01", "absence": None, "disability_level": None,
                    "serious_illness": False} for n in range(len(self.people))]
        case = {"case": "application", "region": "441699101001", "as_of": as_of, "household": household,
                "application": {}, "members": members}
        tag = who.get(f"/api/v1/cases/{number}").headers["ETag"]
        return who("POST", f"/api/v1/cases/{number}/determination", {"case": case, "members": self.people},
                   headers={"If-Match": tag})

    def ready(self, due):
        """Checked, surveyed, determined, reviewed as what was found; it is left to be decided."""
        number = self.opened(self.town, "application", "2025-06-20", household=self.home(), **FORM)
        self.go(number, (self.town, "accept", "2025-06-20", {"relatives_of_staff": False}),
                (self.town, "switch", "2025-06-20", {"category": GUARANTEE, "reason": "按低保办理"}),
                (self.town, "ask_check", "2025-06-20", {}),
                (self.clerk, "report_check", "2025-06-24", {"check_result": "within"}),
                (self.town, "survey", "2025-06-25", HOME))
        told = self.fits("determineReview", self.determine(self.town, number, due)).json
        self.go(number, (self.town, "review", "2025-06-30",
                         {"category": GUARANTEE, "opinion": "grant" if due > 0 else "refuse"}),
                (self.fourth, "skip_notice", "2025-06-30", UNPOSTED))
        return number, told

    def test_what_is_due_is_found_and_confirmed_to_the_fen_with_its_replay_key(self):
        number, told = self.ready(20000)
        self.assertEqual(("grant", GUARANTEE, 20000),
                         tuple(told["review"][key] for key in ("kind", "category", "amount")))
        found = told["now"]["events"][-1]["fields"]
        self.assertEqual((["grant"], [GUARANTEE], ["20000"]),
                         (found["found_kind"], found["found_category"], found["found_amount"]))
        for key in ("pack_hash", "parameters_hash", "case_hash", "as_of"):
            self.assertIn(key, found["found_replay"][0])
        self.assertEqual({("/fields/differs_because", "differs_from_found")}, self.against(
            self.third, number, "confirm", "2025-07-01", category=GUARANTEE, amount=20001))
        self.assertEqual({("/fields/differs_because", "differs_from_found")}, self.against(
            self.third, number, "refuse", "2025-07-01", reason="r"))
        now = self.moved(self.third, number, "confirm", "2025-07-01", category=GUARANTEE)
        self.assertEqual(["20000"], now["events"][-1]["fields"]["amount"])

    def test_at_the_line_nothing_is_due_and_a_refusal_follows_it(self):
        number, told = self.ready(0)
        self.assertEqual(("grant", MARGIN), (told["review"]["kind"], told["review"]["category"]))
        self.assertEqual({("/fields/differs_because", "differs_from_found")}, self.against(
            self.third, number, "confirm", "2025-07-01", **PAID))
        self.assertEqual({("/fields/differs_because", "differs_from_found")}, self.against(
            self.third, number, "refuse", "2025-07-01", reason="收入达到标准"))
        self.go(number, (self.town, "switch_reviewed", "2025-07-01", {"category": MARGIN, "reason": "按核算结果"}),
                (self.town, "review", "2025-07-01", {"category": MARGIN, "opinion": "grant"}),
                (self.fourth, "skip_notice", "2025-07-01", UNPOSTED),
                (self.third, "confirm", "2025-07-02", {"category": MARGIN}))
        self.assertEqual([], self.case(self.county, number)["below"])

    def test_nobody_tells_what_was_found_and_a_new_survey_makes_it_void(self):
        number, _ = self.ready(20000)
        self.assertIn(("/move", "determined_only"), self.against(self.town, number, "determine", "2025-07-01"))
        self.go(number, (self.town, "switch_reviewed", "2025-07-01", {"category": GUARANTEE, "reason": "重新公示"}),
                (self.town, "review", "2025-07-01", {"category": GUARANTEE, "opinion": "grant"}),
                (self.town, "post", "2025-07-01", {"attachments": True}),
                (self.town, "object", "2025-07-02", {"reason": "邻居反映有车"}),
                (self.third, "appraise", "2025-07-03", {"officers": ["third", "fourth"], "note": "复查"}),
                (self.town, "review", "2025-07-03", {"category": GUARANTEE, "opinion": "grant"}),
                (self.fifth, "skip_notice", "2025-07-03", UNPOSTED))
        self.assertEqual({("/fields/differs_because", "differs_from_found"), ("/move", "move_delegated")},
                         self.against(self.county, number, "confirm", "2025-07-04", **PAID))


class Onward(Desk):
    """Jinan: who leaves the guarantee goes straight on to the margin or to rigid expenditure."""
    policy = "jinan-2024"
    delegated = False

    def left(self, category=GUARANTEE):
        number = self.opened(self.town, "review", "2025-07-01", household=self.home(), cause="rhythm",
                             category=category)
        self.go(number, (self.town, "survey", "2025-07-02", HOME),
                (self.town, "propose", "2025-07-03", {"proposal": "exit", "reason": "收入提高", **WHY}),
                (self.town, "serve_letter", "2025-07-04", {"served_how": "in_person"}),
                (self.town, "reply", "2025-07-07", {"reply": "无异议"}),
                (self.county, "decide", "2025-07-08", {"decision_kind": "exit", "reason": "不再符合"}))
        return self.go(number, (self.town, "serve_exit", "2025-07-09", {"served_how": "in_person"}))

    def test_one_goes_on_only_where_the_notice_leads_and_files_nothing_anew(self):
        number = self.left()
        for category in (GUARANTEE, "other_hardship", RELAPSE):
            self.assertEqual({("/fields/category", "route_none")},
                             self.against(self.town, number, "transfer", "2025-07-10", category=category))
        self.go(number, (self.town, "transfer", "2025-07-10", {"category": MARGIN}))
        self.assertIn(("/move", "move_once"),
                      self.against(self.town, number, "transfer", "2025-07-10", category=MARGIN))
        below = [row["id"] for row in self.case(self.town, number)["below"] if row["machine"] == "application"]
        self.assertEqual(1, len(below))
        onward = self.case(self.town, below[0])
        self.assertEqual(("surveyed", MARGIN, number), (onward["state"], onward["track"], onward["parent"]))
        self.assertEqual(["take_on", "carry_on"], [event["move"] for event in onward["events"]])
        self.assertIn("whole_procedure", [clock["id"] for clock in onward["clocks"]])
        self.refused(self.town("POST", "/api/v1/cases", {"machine": "application", "move": "take_on", "fields": {
            "category": MARGIN, "channel": "transfer"}}), 422, "move_refused")
        self.go(below[0], (self.town, "declare_relatives", "2025-07-10", {"relatives_of_staff": False}),
                (self.third, "review", "2025-07-10", {"category": MARGIN, "opinion": "grant"}),
                (self.town, "post", "2025-07-10", {"attachments": True}),
                (self.town, "end_notice", "2025-07-18", {}))
        # Who surveyed in the review above does not confirm below it; nobody signs or pledges a second time.
        self.go(below[0], (self.county, "confirm", "2025-07-21", {"category": MARGIN, **WHY}))

    def test_help_is_phased_out_for_whom_the_notice_says(self):
        taper = {"proposal": "taper", "reason": "收入提高", "amount": 10000, **WHY}
        for category, refused in ((GUARANTEE, set()), ("extreme_poverty", {("/fields/category", "route_none")})):
            number = self.opened(self.town, "review", "2025-07-01", household=self.home(), cause="rhythm",
                                 category=category)
            self.go(number, (self.town, "survey", "2025-07-02", HOME))
            if refused:
                self.assertEqual(refused, self.against(self.town, number, "propose", "2025-07-03", **taper))
            else:
                self.go(number, (self.town, "propose", "2025-07-03", taper))


if __name__ == "__main__":
    main()
