# SPDX-License-Identifier: Apache-2.0
"""Each word that a form of the scripted year may be told, told once, and what the law lets follow from it."""
from year_office import CALENDAR, FORM, HOME, PROXY, UNPOSTED, WHY
from year_temporary import AID

DAY = "2025-06-03"
GUARANTEE, MARGIN = "minimum_living_guarantee", "mlg_marginal_household"
POOR = "extreme_poverty"
TWO = {"officers": ["town", "colleague"]}
ATTEMPTS = ("not_at_home", "refused", "moved", "hospital", "prison", "missing", "dead")


class Words:
    def test_69_what_is_found_at_a_door_is_told_by_each_visit_that_takes_it(self):
        told = self.county.get("/api/v1/procedures").json
        facts = {field["id"]: field["type"] for field in told["fields"] if field["fact"]}
        self.assertEqual({"flag", "money", "people"}, set(facts.values()))
        takes = {(machine["id"], move["id"]) for machine in told["machines"] for move in machine["moves"]
                 if set(facts) <= set(move["may"])}
        made = set()
        for word in (True, False):
            def seen(number, on, who, move, state, word=word, **fields):
                now = self.case(self.county, number)
                one = self.county.get(f"/api/v1/households/{now['household']}/authorisations").json["members"][0]
                says = {"flag": word, "money": 120000, "people": [one["person"]]}
                self.at(number, on, (who, move, state, {
                    **fields, **{field: says[kind] for field, kind in facts.items() if kind == "flag" or word}}))
                made.add((now["machine"], move))
            seen(self.brought("accepted"), DAY, self.town, "survey", "surveyed", **HOME)
            seen(self.aid("accepted"), DAY, self.town, "survey", "surveyed", **HOME)
            home = {"household": next(self.homes)}
            number = self.opened(self.town, "review", DAY, cause="report", category=GUARANTEE, **home)
            seen(number, DAY, self.town, "survey", "surveyed", **HOME)
            seen(self.opened(self.village, "visit", DAY, **home), DAY, self.village, "met", "closed",
                 officers=["village", "town"], note="入户")
            for move, form in (("fill", {}), ("fill_card_holder", {"single_member_holds": "unclear"})):
                campaign = self.opened(self.county, "campaign", DAY, instruction="排查", due_on="2025-10-31",
                                       survey_form="card_holders" if form else "yearly")
                self.at(campaign, DAY, (self.county, "start", "running", {"due_on": "2025-10-31"}))
                number = self.opened(self.county, "survey", DAY, parent=int(campaign), to_unit="first", **home)
                seen(number, DAY, self.town, move, "filled", survey_result="worse", note="入户", **form)
            number = self.warned("green", "blue")
            self.at(number, "2025-07-01", (self.county, "dispatch", "dispatched", {"to_unit": "first"}),
                    (self.town, "accept", "accepted"))
            seen(number, "2025-07-01", self.town, "visit", "verified", outcome="true_", **HOME)
        self.assertEqual(takes, made)

    def test_68_an_acceptance_that_names_the_kind_starts_its_days_at_once(self):
        number = self.applied(self.town, DAY)
        self.at(number, DAY, (self.town, "accept", "accepted", {"relatives_of_staff": False, "category": GUARANTEE}))
        self.assertEqual(GUARANTEE, self.case(self.town, number)["track"])
        self.clock(number, "whole_procedure", DAY, CALENDAR.working(DAY, 30), "running")

    def test_70_whatever_was_met_at_the_door_is_told_in_every_machine_and_a_death_is_a_question(self):
        home = {"household": self.inside[0]}
        warning = self.warned("green", "blue")
        self.at(warning, DAY.replace("06-03", "07-01"), (self.county, "dispatch", "dispatched", {"to_unit": "first"}),
                (self.town, "accept", "accepted"))
        campaign = self.opened(self.county, "campaign", DAY, instruction="排查", due_on="2025-10-31",
                               survey_form="yearly")
        self.at(campaign, DAY, (self.county, "start", "running", {"due_on": "2025-10-31"}))
        listed = self.opened(self.county, "survey", DAY, parent=int(campaign), to_unit="first", **home)
        self.assertEqual(["yearly"], self.case(self.county, listed)["events"][0]["fields"]["survey_form"])
        doors = {warning: "accepted", self.brought("accepted"): "accepted", listed: "listed",
                 self.opened(self.town, "review", DAY, cause="warning", category=GUARANTEE, **home): "opened",
                 self.opened(self.village, "visit", DAY, **home): "planned"}
        for number, state in doors.items():
            on = "2025-07-01" if number == warning else DAY
            for word in ATTEMPTS:
                self.at(number, on, (self.town, "attempt", state, {"attempt": word, **TWO}))
            below = [row for row in self.case(self.county, number)["below"] if row["machine"] == "task"]
            self.assertEqual([("task", "assigned")], [(row["machine"], row["state"]) for row in below])
            self.kinds[below[0]["id"]] = "task"

    def test_71_an_application_by_each_channel_is_confirmed_with_what_lacks_named(self):
        unnamed = {"machine": "application", "on": DAY, "household": self.inside[0],
                   "fields": {**FORM, "channel": "proxy", "proxy_number": "441699197001011234"}}
        self.assertEqual([("/fields/proxy", "field_missing"), ("/fields/proxy_relation", "field_missing")],
                         self.codes(self.town("POST", "/api/v1/cases", unnamed)))
        channels = iter(("proxy", "village", "online", "discovered"))
        for word in ("ward", "absent", "urgent", "other_duty"):
            channel = next(channels)
            by = PROXY if channel == "proxy" else {"channel": channel}
            number = self.brought("to_confirm", **by, pledge=False, authorised=False)
            self.at(number, DAY, (self.town, "list_relatives", "to_confirm", {
                "staff_relation": "office", "relative_of": "民政所工作人员之父"}),
                    (self.county, "visit_relatives", "to_confirm", {
                        "officers": ["county", "second"], "relatives_view": "doubts", "note": "收入与申报不符"}))
            confirm = {"category": MARGIN, "stability": "stable" if word == "ward" else "unstable", **WHY}
            self.assertEqual({("/fields/unsigned_because", "differs_from_found")}, set(self.codes(
                self.move(self.third, number, "confirm", DAY, **confirm))))
            self.at(number, DAY, (self.third, "confirm", "confirmed", {**confirm, "unsigned_because": word}))
            how = {"ward": "electronic", "absent": "left", "urgent": "in_person", "other_duty": "post"}[word]
            self.at(number, DAY, (self.county, "recheck", "confirmed", {
                "recheck_result": "wrong" if word == "ward" else "upheld", "note": "抽查"}),
                    (self.town, "serve", "served", {"served_how": how}))
        # What the county saw otherwise is confirmed only with a reason.
        number = self.brought("to_confirm")
        self.at(number, DAY, (self.town, "list_relatives", "to_confirm", {
            "staff_relation": "village", "relative_of": "村委会主任之兄"}),
                (self.county, "visit_relatives", "to_confirm", {
                    "officers": ["county", "second"], "relatives_view": "doubts", "note": "不符"}))
        self.assertIn(("/fields/differs_because", "differs_from_found"), self.codes(
            self.move(self.third, number, "confirm", DAY, category=MARGIN)))

    def test_71_children_alone_are_not_posted_where_nobody_is_known_to_be_of_age(self):
        told = {**UNPOSTED, "no_notice": "children"}
        known = (("application", {"category": POOR}, "to_confirm", {}), ("temporary", {}, "to_approve", AID))
        for machine, category, to, aid in known:
            relatives = {"relatives_of_staff": False} if machine == "application" else {}
            steps = ((self.town, "accept", "accepted", relatives), (self.town, "survey", "surveyed", HOME),
                     (self.town, "review", "reviewed", {"opinion": "grant", **category}))
            # Of a household of the register with somebody of age, whatever is said of the others.
            number = self.at(self.opened(self.town, machine, DAY, household=self.inside[0], **FORM, **aid), DAY, *steps)
            self.assertEqual([("/fields/no_notice", "somebody_aged")], self.codes(
                self.move(self.third, number, "skip_notice", DAY, **told, ages_because="听说")))
            # Of nobody on the register no age is known: a person says how it was found.
            number = self.at(self.opened(self.town, machine, DAY, **FORM, **aid), DAY, *steps)
            self.assertEqual([("/fields/ages_because", "ages_unknown")], self.codes(
                self.move(self.third, number, "skip_notice", DAY, **told)))
            self.assertEqual([("/fields/reason", "field_missing")], self.codes(
                self.move(self.third, number, "skip_notice", DAY, no_notice="urgent")))
            for who in (self.town, self.colleague):
                self.assertEqual([("/move", "move_same_person")], self.codes(
                    self.move(who, number, "skip_notice", DAY, **UNPOSTED)))
            self.at(number, DAY, (self.third, "skip_notice", to, {**told, "ages_because": "核对了出生医学证明"}))

    def test_72_a_department_answers_each_kind_of_referral_with_each_result(self):
        ways = [({"kind": "job", "job_intention": word}, result) for word, result in zip(
            ("wants_job", "unclear", "needs_placement", "own_business"),
            ("helped", "declined", "not_eligible", "ended"), strict=True)]
        ways += [({"kind": "disaster", "disaster_stage": word}, "helped") for word in (
            "emergency", "transition", "winter", "rebuilding", "application")]
        ways += [({"kind": "verify"}, "eligible")]
        for told, result in ways:
            number = self.opened(self.town, "referral", DAY, household=self.inside[0], need="核实", **told)
            self.at(number, DAY, (self.town, "send", "sent", {"to_department": "hr", "to_unit": "hr"}),
                    (self.hr, "receive", "received"), (self.hr, "accept", "accepted"),
                    (self.hr, "finish", "done", {"result": result}), (self.town, "close", "closed"))
            # Here nothing opens by the department's word alone.
            self.assertEqual([], self.case(self.county, number)["below"])

    def test_73_each_cause_holds_a_payment_and_an_objection_moves_it_as_it_was_decided(self):
        household = self.unpaid()[0]
        paid = self.paying(household)
        day = "2025-06-03"
        for word in ("bank", "review", "unclear"):
            self.at(paid, day, (self.second, "hold", "held", {"hold_cause": word}),
                    (self.county, "resume", "paying", {"reason": "查清"}))
        for effect, outcome, how in (("none", ("held", "hold"), "electronic"),
                                     ("goes_on", ("paying", "resume"), "left"),
                                     ("back_paid_outside", ("paying", "resume"), "post"),
                                     ("recovered_outside", ("held", "hold"), "post"),
                                     ("recovered", ("recovering", "ask_back"), "post")):
            if self.case(self.county, paid)["state"] != "held" and effect != "back_paid_outside":
                self.at(paid, day, (self.fund, "hold", "held", {"hold_cause": "objection"}))
            # What the county carried over lies at the county, which files there; another judges it than admitted it.
            number = self.opened(self.county, "objection", day, parent=int(paid), reason="发放有误")
            back = {"amount": 42000, "due_on": "2025-07-04"} if effect.startswith("recovered") else (
                {"amount": 42000} if effect == "back_paid_outside" else {})
            self.at(number, day, (self.clerk, "accept", "accepted"), (self.clerk, "uphold", "upheld", {
                "reason": "无误", "served_how": how}), (self.county, "reconsider", "reconsidering", {"note": "复议"}),
                    (self.second, "lost", "closed", {"note": "复议决定", "payment_effect": effect,
                                                    "reason": "复议决定", **back}))
            told = self.case(self.county, paid)
            self.assertEqual(outcome, (told["state"], told["events"][-1]["move"]))
        # What is being recovered takes no back pay: that is said, and told as paid by other means.
        number = self.opened(self.county, "objection", day, parent=int(paid), reason="少发")
        right = {"reason": "少发", "payment_effect": "back_paid", "amount": 42000}
        self.at(number, day, (self.clerk, "accept", "accepted"))
        self.assertEqual(["also_none"], [code for _, code in self.codes(
            self.move(self.clerk, number, "correct", day, **right))])
        self.at(number, day, (self.clerk, "correct", "corrected", {**right, "payment_effect": "back_paid_outside"}))

    def test_74_a_death_leaves_nobody_and_what_was_paid_ends(self):
        household, person, _ = self.two_of_one_home()
        paid = self.paying(household)
        number = self.opened(self.town, "death", DAY, household=household, person=person, died_on="2025-06-01",
                             death_source=["村委会报告"], death_match="by_person")
        self.at(number, DAY, (self.third, "confirm", "confirmed", {"death_proof": "certificate"}),
                (self.county, "hold", "held"), (self.county, "settle", "handled", {"survivors": "none"}))
        self.assertEqual("ended", self.case(self.county, paid)["state"])
        self.assertEqual([("/fields/survivors", "move_condition")], self.codes(
            self.move(self.county, number, "change_payee", DAY, successor="旁人")))

    def test_75_whoever_found_it_and_whatever_was_lost_the_first_help_is_told(self):
        for word in ("applied", "discovered", "department", "hotline"):
            number = self.opened(self.town, "emergency", DAY, need="突发急病", found_by=word, place="车站",
                                 person_shown="男，约五十岁，无证件")
            self.at(number, DAY, (self.town, "pay_first", "paid", {"amount": 50000, "paid_how": "goods"}),
                    (self.town, "explain", "explained", {"note": "补充说明"}), (self.county, "close", "closed"))
        losses = ("collapsed", "badly_damaged", "displaced", "livelihood", "bereaved", "other")
        reliefs = ("goods", "shelter", "medical", "cash")
        for nth, loss in enumerate(losses):
            number = self.opened(self.town, "disaster", DAY, household=self.inside[0], hit_on="2025-06-01", need="受灾",
                                 loss=loss)
            given = {"relief": reliefs[nth % 4], **({"amount": 100000} if reliefs[nth % 4] == "cash" else {})}
            self.at(number, DAY, (self.county, "help", "emergency", given))
            answer = self.move(self.county, number, "to_rebuilding", DAY, reason="重建")
            if loss in ("collapsed", "badly_damaged"):
                self.assertEqual("rebuilding", self.fits("moveCase", answer).json["now"]["state"])
            else:
                self.assertEqual([("/fields/loss", "move_condition")], self.codes(answer))

    def test_76_a_review_of_each_cause_is_kept_and_a_watch_ends_by_each_reason(self):
        for cause, result in (("report", "within"), ("warning", "beyond"), ("department", "unclear")):
            number = self.opened(self.town, "review", DAY, household=next(self.homes), cause=cause, category=GUARANTEE)
            self.at(number, DAY, (self.town, "survey", "surveyed", {
                **HOME, "check_result": result, "stability": "unstable"}),
                    (self.third, "keep", "closed", {"reason": "维持", "stability": "stable"}))
        number = self.decided_to_keep()
        self.at(number, DAY, (self.town, "serve", "closed", {"served_how": "electronic"}))
        for word, how in (("taken_in", "electronic"), ("moved", "post"), ("died", "left")):
            number = self.decided(next(self.homes), "exit", DAY)
            self.at(number, DAY, (self.town, "serve_exit", "watched", {"served_how": how}),
                    (self.town, "stop_watch", "closed", {"watch_ended": word}))
            watch = self.opened(self.town, "watch", DAY, household=self.inside[0], watch_cause="risk")
            self.at(watch, DAY, (self.county, "stop", "closed", {"watch_ended": word}))

    def decided_to_keep(self):
        """Proposed to end, and decided otherwise with a reason."""
        number = self.opened(self.town, "review", DAY, household=next(self.homes), cause="report", category=GUARANTEE)
        self.at(number, DAY, (self.town, "survey", "surveyed", HOME))
        self.determined(number, DAY)
        return self.at(number, DAY, (self.town, "propose", "proposed", {
            "proposal": "exit", "reason": "收入提高", **WHY}),
                       (self.town, "serve_letter", "letter_served", {"served_how": "in_person"}),
                       (self.county, "reply", "to_decide", {"reply": "收入已下降"}),
                       (self.third, "decide", "decided", {"decision_kind": "keep", "reason": "维持", **WHY}))

    def test_77_a_survey_finds_each_result_and_a_former_card_holder_each_answer(self):
        for form, words in (("yearly", ("no_change", "worse", "better", "not_covered")),
                            ("card_holders", ("holds", "not_met", "unclear"))):
            campaign = self.opened(self.county, "campaign", DAY, instruction="排查", due_on="2025-10-31",
                                   survey_form=form)
            self.at(campaign, DAY, (self.county, "start", "running", {"due_on": "2025-10-31"}))
            for household, word in zip(self.inside, words, strict=False):
                number = self.opened(self.county, "survey", DAY, parent=int(campaign), household=household,
                                     to_unit="first")
                told = {"survey_result": word} if form == "yearly" else {
                    "survey_result": "no_change", "single_member_holds": word}
                self.at(number, DAY, (self.village, "fill" if form == "yearly" else "fill_card_holder", "filled", {
                    **told, "note": "入户"}), (self.town, "close", "closed"))
            self.at(campaign, DAY, (self.county, "sum", "summed"), (self.county, "close", "closed", {"note": "完成"}))

    def test_78_each_answer_from_elsewhere_lets_the_asking_office_find_and_one_that_could_not_does_not(self):
        warning = self.warned("green", "blue")
        on = "2025-07-01"
        self.at(warning, on, (self.county, "dispatch", "dispatched", {"to_unit": "first"}),
                (self.town, "accept", "accepted"), (self.town, "help_asked", "accepted", {"reason": "在外"}))
        for word in ("cannot", "withdrawn", "false_", "partly", "true_"):
            asked = self.opened(self.town, "assistance", on, parent=int(warning), to_unit="second", need="核实")
            if word in ("cannot", "withdrawn"):
                self.at(asked, on, (self.far, "refuse", "refused", {"reason": "查无此人"}) if word == "cannot" else
                        (self.town, "withdraw", "withdrawn", {"reason": "本人已返回"}))
                self.assertEqual(word, self.case(self.town, warning)["events"][-1]["fields"]["help_outcome"][0])
                self.assertEqual([("/fields/help_outcome", "move_condition")], self.codes(self.move(
                    self.town, warning, "take_answer", on, outcome="true_", note="x")))
            else:
                self.at(asked, on, (self.far, "answer", "answered", {
                    "outcome": word, "officers": ["far", "away"], "note": "核实"}))
        self.at(warning, on, (self.town, "take_answer", "verified", {"outcome": "partly", "note": "依据协查"}))

    def test_79_a_verified_warning_goes_by_each_branch_of_the_law_and_by_no_other(self):
        branches = [word["id"] for field in self.county.get("/api/v1/procedures").json["fields"]
                    if field["id"] == "branch" for word in field["words"]]
        self.assertEqual({"deliver", "enrol", "push", "conference"}, set(branches))
        for nth, branch in enumerate(branches):
            number = self.warned("green", "blue")
            on = "2025-07-01"
            self.at(number, on, (self.county, "dispatch", "dispatched", {"to_unit": "first"}),
                    (self.town, "accept", "accepted"),
                    (self.town, "visit", "verified", {**HOME, "outcome": ("true_", "partly")[nth % 2]}),
                    (self.town, "feed_back", "fed_back"))
            self.assertEqual([("/fields/branch", "field_law")], self.codes(
                self.move(self.county, number, "handle", on, branch="terminate")))
            self.at(number, on, (self.county, "handle", "handling", {"branch": branch}),
                    (self.second, "close", "closed", {"reason": "已办", "undone_because": "elsewhere"}))
