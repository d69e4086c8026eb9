# SPDX-License-Identifier: Apache-2.0
"""What the scripted year does about days that are too short, money that two persons decide on, and decisions that a
household does not accept."""
from year_office import CALENDAR

DAY = "2025-06-03"
GUARANTEE, MARGIN = "minimum_living_guarantee", "mlg_marginal_household"


class Remedies:
    def test_83_the_days_of_an_application_are_extended_from_wherever_it_stands(self):
        because = {"extended_because": "需跨省核对"}
        for state in ("accepted", "surveyed", "reviewed", "to_confirm"):
            number = self.brought(state)
            if self.case(self.town, number)["track"] != MARGIN:
                self.at(number, DAY, (self.town, "switch", state, {"category": MARGIN, "reason": "按边缘办理"}))
            self.at(number, DAY, (self.third, "extend", state, because))
        number = self.brought("reviewed")
        self.at(number, DAY, (self.village, "post", "noticed", {"attachments": ["公示照片"]}),
                (self.third, "extend", "noticed", because))
        number = self.brought("reviewed")
        self.at(number, DAY, (self.village, "post", "noticed", {"attachments": ["公示照片"]}),
                (self.town, "object", "objected", {"reason": "邻居反映有车"}),
                (self.third, "extend", "objected", because))
        # Of which kind it is handled is not known: neither who may extend nor what.
        number = self.brought("accepted")
        self.assertEqual({("/fields/category", "authority_unknown"), ("/fields/category", "move_clock_unset")},
                         set(self.codes(self.move(self.third, number, "extend", DAY, **because))))
        # Where the power was not handed down it is the county's.
        number = self.applied(self.far, DAY)
        self.surveyed(number, DAY, self.far, ("far", "away"))
        self.at(number, DAY, (self.far, "switch", "surveyed", {"category": GUARANTEE, "reason": "按低保办理"}))
        self.assertEqual([("/move", "move_authority")], self.codes(
            self.move(self.far, number, "extend", DAY, **because)))
        self.at(number, DAY, (self.county, "extend", "surveyed", because))

    def test_84_a_hold_is_one_persons_at_once_and_another_confirms_it_within_its_days(self):
        number, on = self.allowance(self.unpaid()[0], "2025-01-06"), "2025-04-01"
        self.at(number, on, (self.second, "hold", "held", {"hold_cause": "unclear"}))
        due = CALENDAR.working(on, 5)
        self.runs(number, "hold_confirmation", due, CALENDAR.natural(on, 1))
        why = {"reason": "已核实，情况不清"}
        self.assertEqual([("/move", "move_same_person")], self.codes(
            self.move(self.second, number, "confirm_hold", due, **why)))
        self.at(number, due, (self.county, "confirm_hold", "held", why))
        self.clock(number, "hold_confirmation", due, due, "met")
        self.assertEqual([("/move", "move_after")], self.codes(
            self.move(self.county, number, "confirm_hold", due, **why)))
        # No more is asked back than was paid: February and March. It was held on the first of April.
        claim = {"claim_due": "2025-07-04", "reason": "多发"}
        self.assertEqual([("/fields/claim_proposed", "field_too_much")], self.codes(
            self.move(self.fund, number, "propose_ask_back", due, claim_proposed=84001, **claim)))
        propose = (self.fund, "propose_ask_back", "held", {"claim_proposed": 84000, **claim})
        self.at(number, due, propose, (self.county, "turn_down", "held", {"reason": "再核"}), propose)
        self.assertEqual([("/fields/amount", "not_as_found")], self.codes(
            self.move(self.county, number, "admit_ask_back", due, amount=83999)))
        self.at(number, due, (self.county, "admit_ask_back", "recovering"))
        self.clock(number, "recovery_day", "2025-07-04", "2025-07-04", "due")

    def test_85_what_was_proposed_is_turned_down_wherever_the_payment_stands(self):
        on, why = "2025-03-03", {"reason": "尚未查清"}
        ends = {"end_proposed": "2025-04-01", "reason": "迁出本县"}
        number, first = self.granted(self.unpaid()[0], "2025-02-05")
        self.at(number, "2025-02-06", (self.fund, "propose_end", "to_start", ends),
                (self.fund, "turn_down", "to_start", why))  # who proposed it takes it back
        self.at(number, "2025-02-06", (self.second, "propose_end", "to_start", ends))
        self.assertEqual([("/move", "move_role")], self.codes(  # and nothing of another's
            self.move(self.fund, number, "turn_down", "2025-02-06", **why)))
        self.at(number, "2025-02-06", (self.county, "turn_down", "to_start", why))
        self.at(number, first, (self.fund, "start", "paying"))
        self.at(number, on, (self.fund, "propose", "paying", {"proposed_amount": 45000, "reason": "标准提高"}),
                (self.county, "turn_down", "paying", why))
        self.assertEqual([("/move", "move_after")], self.codes(self.move(self.second, number, "adjust", on)))
        home = self.case(self.county, number)["household"]
        self.at(self.decided(home, "taper", on, 30000), on,
                (self.town, "start_taper", "tapering", {"served_how": "left"}))
        self.at(number, on, (self.fund, "propose_end", "tapering", ends), (self.county, "turn_down", "tapering", why),
                (self.fund, "propose_end", "tapering", ends), (self.county, "admit_end", "ended"))
        claim = {"claim_proposed": 100, "claim_due": "2025-07-04", "reason": "多发"}
        self.at(number, on, (self.fund, "propose_ask_back", "ended", claim), (self.county, "turn_down", "ended", why))

    def test_86_what_others_decided_moves_a_payment_from_wherever_it_stands(self):
        day = "2025-03-03"

        def standing(state, granted="2025-02-05"):
            home = self.unpaid()[0]
            number, _ = self.granted(home, granted)
            if state != "to_start":
                self.at(number, "2025-03-01", (self.fund, "start", "paying"))
            if state == "tapering":
                self.at(self.decided(home, "taper", day, 30000), day,
                        (self.town, "start_taper", "tapering", {"served_how": "left"}))
            return home, number
        for state in ("to_start", "paying", "tapering"):
            home, number = standing(state)
            self.at(self.decided(home, "exit", day), day,
                    (self.town, "serve_exit", "watched", {"served_how": "in_person"}))
            told = self.case(self.county, number)
            self.assertEqual(("ended", "end", ["2025-04-01"]), (
                told["state"], told["events"][-1]["move"], told["events"][-1]["fields"]["from_on"]))
        objection = self.opened(self.town, "objection", day, parent=int(number), reason="多发")
        self.at(objection, day, (self.clerk, "accept", "accepted"), (self.county, "correct", "corrected", {
            "reason": "渐退金额有误", "payment_effect": "recovered", "amount": 12000, "due_on": "2025-04-04"}))
        self.assertEqual("recovering", self.case(self.county, number)["state"])
        for state in ("to_start", "tapering"):
            home, number = standing(state, "2025-01-06")  # granted for February, begun in March
            if state == "tapering":
                objection = self.opened(self.town, "objection", day, parent=int(number), reason="少发")
                right = {"reason": "二月应发未发", "payment_effect": "back_paid", "amount": 42000}
                self.at(objection, day, (self.clerk, "accept", "accepted"))
                self.assertEqual([("/fields/amount", "field_too_much")], self.codes(
                    self.move(self.county, objection, "correct", day, **{**right, "amount": 42001})))
                self.at(objection, day, (self.county, "correct", "corrected", right))
                told = self.case(self.county, number)
                self.assertEqual(("tapering", "back_pay"), (told["state"], told["events"][-1]["move"]))
            person = self.county.get(f"/api/v1/households/{home}").json["members"][0]["id"]
            death = self.opened(self.town, "death", day, household=home, person=person, died_on="2025-03-01",
                                death_source=["村委会报告"], death_match="by_person")
            self.at(death, day, (self.third, "confirm", "confirmed", {"death_proof": "visit"}),
                    (self.county, "hold", "held"))
            self.assertEqual(("held", "hold_decided"), (self.case(self.county, number)["state"],
                                                        self.case(self.county, number)["events"][-1]["move"]))

    def test_87_who_is_not_accepted_or_not_helped_has_it_in_writing_and_may_object(self):
        why = {"reason": "不属本辖区"}
        asked = {"need": "求助路费", "found_by": "applied", "place": "车站"}
        shown = {**asked, "person_shown": "无证件男子"}  # of no household and no person
        for number, served, how in (
                (self.brought("registered"), "served", "left"),
                (self.aid("registered", DAY), "closed", "electronic"),
                (self.opened(self.town, "emergency", DAY, **shown), "closed", "left"),
                (self.opened(self.town, "emergency", DAY, household=self.inside[0], **asked), "closed", "post"),
                (self.opened(self.village, "emergency", DAY, **shown), "closed", "electronic")):
            self.at(number, DAY, (self.town, "decline", "declined", why))
            self.assertEqual(["refusal_letter"], self.case(self.town, number)["events"][-1]["papers"])
            due = CALENDAR.working(DAY, 3)
            told = self.runs(number, "decline_notice", due, CALENDAR.natural(DAY, 1))
            self.assertTrue(told["internal"])
            self.assertEqual(["decline_notice"], [clock["id"] for clock in self.case(self.town, number)["clocks"]
                                                  if clock["state"] in ("running", "nearly_due", "due", "overdue")])
            self.at(number, due, (self.town, "serve", served, {"served_how": how}))
            self.clock(number, "decline_notice", due, due, "met")
            self.terms_run(number, due)
            objection = self.opened(self.town, "objection", due, parent=int(number), reason="不服")
            # Not by whoever declined it.
            self.at(objection, due, (self.clerk, "accept", "accepted"), (self.county, "correct", "corrected", {
                "reason": "属本辖区，应予办理", "payment_effect": "none"}))
        # An objection that is not heard is served with its remedies too, below a decision and below none.
        for below in ({"household": self.inside[0]}, {"parent": int(self.decided_of(self.inside[0], DAY))}):
            number = self.opened(self.town, "objection", DAY, reason="不服", **below)
            self.at(number, DAY, (self.clerk, "decline", "declined", {"reason": "同一事项已复核"}))
            self.assertEqual(["refusal_letter"], self.case(self.town, number)["events"][-1]["papers"])
            due = CALENDAR.working(DAY, 3)
            self.runs(number, "decline_notice", due, CALENDAR.natural(DAY, 1))
            self.at(number, due, (self.town, "serve", "closed", {"served_how": "post"}))
            self.clock(number, "decline_notice", due, due, "met")
            self.terms_run(number, due)
            again = self.opened(self.town, "objection", due, parent=int(number), reason="应予受理")
            self.at(again, due, (self.county, "accept", "accepted"))
            told = {"reason": "应予受理", "payment_effect": "none"}
            self.assertEqual([("/move", "move_same_person")], self.codes(
                self.move(self.clerk, again, "correct", due, **told)))
            self.at(again, due, (self.county, "correct", "corrected", told))
        number = self.at(self.aid("to_approve", DAY), DAY, (self.county, "refuse", "refused", {
            "reason": "支出已由保险赔付", "differs_because": "按核实情况"}))
        due = CALENDAR.working(DAY, 3)
        self.runs(number, "temporary_refusal", due, CALENDAR.natural(DAY, 1))
        late = CALENDAR.natural(due, 1)
        self.at(number, late, (self.town, "serve", "closed", {"served_how": "post"}))
        self.clock(number, "temporary_refusal", late, due, "missed")

    def test_88_a_decision_goes_to_reconsideration_or_to_court_without_an_objection_first(self):
        note = {"note": "收到申请书副本"}
        number = self.at(self.brought("registered"), DAY, (self.town, "decline", "declined", {"reason": "不属本辖区"}))

        def asked(**below):
            return self.county("POST", "/api/v1/cases", {"machine": "objection", "move": "reconsider_decision",
                                                         "on": DAY, "fields": note, **below})
        self.assertEqual([("/parent", "parent_missing")], self.codes(asked(household=self.inside[0])))
        self.assertEqual([("/parent", "parent_opens_none")], self.codes(asked(parent=int(number))))  # not served yet
        self.at(number, DAY, (self.town, "serve", "served", {"served_how": "post"}))
        objection = self.opened(self.county, "objection", DAY, parent=int(number), move="reconsider_decision", **note)
        due = CALENDAR.term(DAY, 10)
        self.runs(objection, "reconsideration_reply", due, CALENDAR.natural(DAY, 1))
        self.at(objection, due, (self.county, "answer_outside", "reconsidering", {"note": "已提交答复和证据"}))
        self.clock(objection, "reconsideration_reply", due, due, "met")
        self.at(objection, due, (self.county, "sue", "litigating", {"note": "不服复议决定"}))
        last = CALENDAR.term(due, 15)
        self.runs(objection, "litigation_reply", last, CALENDAR.natural(due, 1))
        late = CALENDAR.natural(last, 1)
        self.at(objection, late, (self.county, "answer_outside", "litigating", {"note": "已提交答辩状"}))
        self.clock(objection, "litigation_reply", late, last, "missed")
        lost = {"note": "驳回", "payment_effect": "none"}
        self.assertEqual([("/move", "move_same_person")] * 2, self.codes(  # whoever wrote it down moves no money by it
            self.move(self.county, objection, "lost", late, **lost)))
        # While it is in court nothing else is brought beside it, to the same decision.
        self.assertEqual([("/move", "case_not_alone")], self.codes(asked(parent=int(number))))
        self.at(objection, late, (self.second, "lost", "closed", lost))

    def test_89_a_suit_that_is_won_undoes_the_end_of_a_payment(self):
        home = self.unpaid()[0]
        paid, first = self.granted(home, "2025-03-03")
        self.at(paid, first, (self.fund, "start", "paying"))
        review = self.at(self.decided(home, "exit", "2025-04-07"), "2025-04-07",
                         (self.town, "serve_exit", "watched", {"served_how": "in_person"}))
        suit = self.opened(self.town, "objection", DAY, parent=int(review), move="sue_decision", note="收到起诉状副本")
        won = {"reason": "判决撤销停发决定", "payment_effect": "reinstated", "amount": 84000}
        self.assertIn(("/move", "move_role"), self.codes(self.move(self.third, suit, "correct", DAY, **won)))
        upheld = {"note": "驳回", "payment_effect": "reinstated"}  # what was upheld undoes no end
        self.assertIn(("/fields/payment_effect", "move_condition"), self.codes(
            self.move(self.second, suit, "lost", DAY, **upheld)))
        # May and June are owed; July is on a list to come.
        self.assertEqual([("/fields/amount", "field_too_much")], self.codes(
            self.move(self.second, suit, "correct", "2025-07-01", **{**won, "amount": 84001})))
        self.at(suit, "2025-07-01", (self.second, "correct", "corrected", won))
        told = self.case(self.county, paid)
        self.assertEqual(("paying", ["end", "reinstate", "back_pay"]), (
            told["state"], [event["move"] for event in told["events"]][-3:]))
        self.assertEqual([("2025-04-01", 42000), ("2025-05-01", None), ("2025-07-01", 42000)],
                         [(one["from"], one["amount"]) for one in told["pays"]])

    def test_89_an_objection_moves_no_more_money_than_a_decision_leaves_owed(self):
        # An objection that is right moves the payment in the same step.
        household = self.unpaid()[0]
        held = self.allowance(household, "2025-02-10")
        self.go(held, (self.second, "hold", "2025-04-01", {"hold_cause": "objection"}, "held"),
                (self.fund, "propose_back_pay", "2025-05-05", {"back_proposed": 2000, "reason": "四月应发"}, "held"),
                (self.county, "admit_back_pay", "2025-05-05", {}, "held"))
        right = {"reason": "数据有误", "payment_effect": "back_paid", "amount": 40000}
        # One that stands below no decision, or below one on which the payment does not hang, moves no money; against
        # the payment no more than is owed: what is left of April.
        bare = self.opened(self.town, "objection", "2025-05-06", household=household, reason="停发有误")
        other, objection = (self.opened(self.town, "objection", "2025-05-06", parent=int(below), reason="停发有误")
                            for below in (self.decided_of(household, "2025-05-06"), held))
        for number in (bare, other):
            self.go(number, (self.clerk, "accept", "2025-05-07", {}, "accepted"))
        self.assertEqual([("/fields/payment_effect", "paid_by_other_decision")], self.codes(
            self.move(self.county, other, "correct", "2025-05-08", **right)))
        self.assertEqual([("/fields/payment_effect", "not_under_decision")], self.codes(
            self.move(self.county, bare, "correct", "2025-05-08", **right)))
        self.go(bare, (self.county, "correct", "2025-05-08", {"reason": "数据有误", "payment_effect": "none"}, "corrected"))
        self.go(objection, (self.clerk, "accept", "2025-05-07", {}, "accepted"))
        # By none of the two who held it and who admitted what was paid back.
        for who in (self.second, self.county):
            self.assertIn(("/move", "move_same_person"), self.codes(
                self.move(who, objection, "correct", "2025-05-08", **right)))
        self.assertEqual([("/fields/amount", "field_too_much")], self.codes(
            self.move(self.clerk, objection, "correct", "2025-05-08", **{**right, "amount": 40001})))
        self.assertEqual("held", self.case(self.county, held)["state"])
        self.go(objection, (self.clerk, "correct", "2025-05-08", right, "corrected"))
        self.assertEqual(("paying", "back_pay"), (self.case(self.county, held)["state"],
                                                  self.case(self.county, held)["events"][-1]["move"]))
