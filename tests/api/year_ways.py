# SPDX-License-Identifier: Apache-2.0
"""Each move of the scripted year from each state in which the law opens it: what nothing else in the year came to."""
import itertools

from office import civil_day
from year_office import CALENDAR, HOME, LOUD, UNPOSTED, WHY

DAY = "2025-06-03"
GUARANTEE, MARGIN = "minimum_living_guarantee", "mlg_marginal_household"
TWO = {"officers": ["town", "colleague"]}
# How an application comes to stand in each state: (state, move, what is told).
TO = (("correcting", "ask_papers", {"missing": ["户口簿"]}), ("completed", "complete", {}),
      ("accepted", "accept", {"relatives_of_staff": True}), ("surveyed", "survey", HOME),
      ("reviewed", "review", {"category": MARGIN, "opinion": "grant"}),
      ("to_confirm", "skip_notice", UNPOSTED))
RELATION = {"staff_relation": "other", "relative_of": "经办人之妹"}


class Ways:
    def at(self, number, on, *steps):
        """(who, move, state, fields) on one day."""
        return self.go(number, *((who, move, on, told[0] if told else {}, state)
                                 for who, move, state, *told in steps))

    def brought(self, state, on=DAY, **more):
        """An application that came to that state."""
        number = self.applied(self.town, on, **more)
        for to, move, told in TO:
            if self.case(self.town, number)["state"] == state:
                break
            self.at(number, on, (self.fourth if move == "skip_notice" else self.town, move, to, told))
        return number

    def decided(self, household, kind, on, amount=42000):
        """A review of that day, to be served; it was replied to."""
        number = self.opened(self.town, "review", on, household=household, cause="report", category=GUARANTEE)
        self.at(number, on, (self.town, "survey", "surveyed", HOME))
        self.determined(number, on)
        told = {} if kind == "exit" else {"amount": amount}
        return self.at(number, on, (self.town, "propose", "proposed", {
            "proposal": kind, "reason": "收入变化", **told, **WHY}),
                       (self.town, "serve_letter", "letter_served", {"served_how": "in_person"}),
                       (self.county, "reply", "to_decide", {"reply": "同意"}),
                       (self.third, "decide", "decided", {"decision_kind": kind, "reason": "按核实情况", **told}))

    def decided_of(self, household, on=DAY):
        """What was decided of it and served: an objection that is to move money stands below a decision."""
        return self.at(self.applied(self.town, on, household), on,
                       (self.town, "decline", "declined", {"reason": "不属本辖区"}),
                       (self.town, "serve", "served", {"served_how": "post"}))

    def steps_of(self, machine):
        told = self.county.get("/api/v1/procedures").json["machines"]
        return {move["id"] for one in told if one["id"] == machine for move in one["moves"]}

    def test_60_what_is_granted_held_or_phased_out_is_changed_and_ended_from_where_it_stands(self):
        home = self.unpaid()[0]
        number, _ = self.granted(home, "2025-02-05")
        def payee(word):
            return {"payee_proposed": "配偶", "reason": "原领款人外出务工", "account": "6217990000000000121",
                    "account_of": word, "account_paper": "共用账户协议〔2025〕1号"}
        self.at(number, "2025-02-06", (self.county, "propose_payee", "to_start", payee("joint")))
        self.assertEqual([("/move", "move_same_person")], self.codes(  # money goes elsewhere by two
            self.move(self.county, number, "admit_payee", "2025-02-06")))
        self.at(number, "2025-02-06", (self.second, "admit_payee", "to_start"))
        self.at(self.decided(home, "change", "2025-02-07", 41000), "2025-02-07",
                (self.town, "serve", "closed", {"served_how": "electronic"}))
        ends = {"end_proposed": "2025-03-01", "reason": "迁出本县"}  # the first day on which it would be paid
        propose = (self.fund, "propose", "held", {"proposed_amount": 43000, "reason": "标准提高"})
        self.at(number, "2025-02-08", (self.second, "hold", "held", {"hold_cause": "bank"}), propose,
                (self.county, "adjust", "held"),
                (self.fund, "propose_payee", "held", payee("guardian")), (self.county, "admit_payee", "held"))
        self.at(self.decided(home, "change", "2025-02-09", 44000), "2025-02-09",
                (self.town, "serve", "closed", {"served_how": "post"}))
        self.at(self.decided(home, "taper", "2025-02-10", 30000), "2025-02-10",
                (self.town, "start_taper", "tapering", {"served_how": "left"}))
        self.at(number, "2025-02-11", (self.fund, "propose", "tapering", {
            "proposed_amount": 31000, "reason": "标准提高"}), (self.county, "adjust", "tapering"),
                (self.fund, "propose_payee", "tapering", payee("institution")),
                (self.county, "admit_payee", "tapering", {"successor": "配偶"}),
                (self.fund, "propose_end", "tapering", ends), (self.county, "admit_end", "ended"))
        told = self.case(self.county, number)["events"]
        self.assertEqual(["open", "propose_payee", "admit_payee", "change", "hold", "propose", "adjust",
                          "propose_payee", "admit_payee", "change", "taper", "propose", "adjust", "propose_payee",
                          "admit_payee", "propose_end", "admit_end"],
                         [e["move"] for e in told])
        self.assertEqual([["配偶"]] * 3, [e["fields"]["successor"] for e in told if e["move"] == "admit_payee"])
        self.assertEqual([["****0121"]] * 3, [e["fields"]["account"] for e in told if e["move"] == "propose_payee"])
        # What each step set is what is paid from its own day on.
        self.assertEqual([["41000"], ["43000"], ["44000"], ["30000"], ["31000"]], [
            e["fields"]["amount"] for e in told if e["move"] in ("change", "adjust", "taper")])
        self.at(self.granted(self.unpaid()[0], "2025-02-05")[0], "2025-02-06",
                (self.fund, "propose_end", "to_start", ends), (self.county, "admit_end", "ended"))
        held, _ = self.granted(self.unpaid()[0], "2025-02-05")
        self.at(held, "2025-02-06", (self.second, "hold", "held", {"hold_cause": "review"}),
                (self.fund, "propose_end", "held", ends), (self.county, "admit_end", "ended"))
        tapered = self.unpaid()[0]
        number = self.carried(tapered, 42000, "2025-02-05", "2025-02-06")
        self.kinds[number] = "allowance"
        self.at(self.decided(tapered, "taper", "2025-02-10", 30000), "2025-02-10",
                (self.town, "start_taper", "tapering", {"served_how": "left"}))
        self.at(number, "2025-02-11", (self.second, "hold", "held", {"hold_cause": "unclear"}))

    def test_61_an_application_is_withdrawn_declined_or_taken_another_way_from_where_it_stands(self):
        for state in ("registered", "correcting", "completed", "accepted", "surveyed", "reviewed"):
            self.at(self.brought(state), DAY, (self.town, "withdraw", "withdrawn", {"reason": "本人撤回"}))
        for state in ("registered", "correcting", "completed"):
            self.at(self.brought(state), DAY, (self.town, "decline", "declined", {"reason": "不属本辖区"}))
        for state in ("accepted", "surveyed", "reviewed", "to_confirm"):
            self.at(self.brought(state), DAY, (self.town, "list_relatives", state, RELATION))
        for state in ("accepted", "surveyed"):
            number = self.brought(state)
            self.at(number, DAY, (self.clerk, "report_check", state, {"check_result": "unclear", "note": "待补"}),
                    (self.clerk, "report_check", state, {"check_result": "beyond"}),
                    (self.county, "switch", state, {"category": MARGIN, "reason": "按边缘办理"}))
        for state in ("surveyed", "to_confirm"):
            self.determined(self.brought(state), DAY)
        for state in ("reviewed", "to_confirm"):
            number = self.brought(state)
            self.at(number, DAY, (self.county, "switch_reviewed", "surveyed", {
                "category": "rigid_expenditure_household", "reason": "按支出型办理"}))
            self.assertEqual("rigid_expenditure_household", self.case(self.town, number)["track"])

    def test_61_an_application_goes_into_the_one_under_way_from_wherever_either_stands(self):
        posted = (self.village, "post", "noticed", {"attachments": ["公示照片"]})
        objected = (self.town, "object", "objected", {"reason": "邻居反映有车"})
        under_way = [self.brought(state) for state in (
            "registered", "correcting", "completed", "accepted", "surveyed", "reviewed", "to_confirm")]
        under_way += [self.at(self.brought("reviewed"), DAY, *steps) for steps in ((posted,), (posted, objected))]
        states = itertools.cycle(("registered", "correcting", "completed", "accepted", "surveyed"))
        for first, state in zip(under_way, states):
            again = self.brought(state, household=self.case(self.town, first)["household"])
            self.at(again, DAY, (self.town, "join", "joined", {"joined_to": int(first), "reason": "同一事项"}))
            last = self.case(self.town, first)["events"][-1]
            self.assertEqual(("take_in", [again]), (last["move"], last["fields"]["taken_from"]))

    def test_62_what_was_offered_ordered_sent_or_convened_is_called_off_from_where_it_stands(self):
        need = {"household": self.inside[0], "need": "助学", "consent": True}
        offer = {"donor": "样例基金会", "offer": "助学金"}
        number = self.opened(self.town, "charity", DAY, **need)
        self.at(number, DAY, (self.county, "offer", "offered", offer), (self.county, "offer", "offered", offer),
                (self.county, "match", "matched", {"donor": "样例基金会"}),
                (self.county, "unmatch", "need", {"reason": "撤资"}), (self.county, "offer", "offered", offer),
                (self.town, "withdraw", "closed", {"reason": "本人撤回"}))
        number = self.opened(self.county, "conference", DAY, household=self.inside[0], reason="复杂")
        convene = {"conference_kind": "case_conference", "agenda": "个案", "due_on": "2025-06-10"}
        self.at(number, DAY, (self.county, "convene", "convened", convene),
                (self.county, "hold", "held", {"attended": ["民政"], "minutes": "未达成一致", "decision": ["再议"]}),
                (self.county, "convene", "convened", {**convene, "conference_kind": "mechanism"}),
                (self.county, "drop", "closed", {"reason": "已解决"}))
        assigned = self.town("POST", "/api/v1/assignments", {
            "account": "provider", "households": [self.inside[1]], "case": "order",
            "from": civil_day().isoformat()})
        self.assertIn(assigned.status, (200, 201, 204), str(assigned))
        order = {"service": "上门护理", "times": 4, "amount": 40000, "to_unit": "first"}
        for taken in (False, True):
            number = self.opened(self.town, "order", DAY, household=self.inside[1], need="护理", consent=True)
            self.at(number, DAY, (self.town, "order", "ordered", order))
            if taken:
                self.at(number, DAY, (self.provider, "take", "serving"))
            self.at(number, DAY, (self.county, "cancel", "cancelled", {"reason": "住院"}))
        send = {"to_department": "hr", "to_unit": "hr"}
        for returned in (False, True):
            number = self.opened(self.town, "referral", DAY, household=self.inside[0], kind="aid", need="就业")
            self.at(number, DAY, (self.town, "send", "sent", send), (self.county, "urge", "sent"))
            if returned:
                self.at(number, DAY, (self.hr, "receive", "received"),
                        (self.hr, "return", "returned", {"reason": "不属本部门"}))
            self.at(number, DAY, (self.town, "recall", "closed", {"reason": "重复"}))
        number = self.opened(self.town, "referral", DAY, household=self.inside[0], kind="aid", need="就业")
        self.at(number, DAY, (self.town, "send", "sent", send), (self.hr, "receive", "received"),
                (self.hr, "accept", "accepted"), (self.county, "urge", "accepted", {"instruction": "请尽快"}))

    def test_63_help_after_a_disaster_goes_from_each_stage_to_each_that_the_law_opens(self):
        to = {"to_department": "emergency", "to_unit": "county"}
        why = {"reason": "仍需救助"}
        stages = {"reported": (), "emergency": ("help",), "transition": ("help", "to_transition"),
                  "winter": ("help", "to_winter"), "rebuilding": ("help", "to_rebuilding")}
        leads = {"help": "emergency", "to_transition": "transition", "to_winter": "winter",
                 "to_rebuilding": "rebuilding", "onward": "onward", "close": "closed"}
        opens = {"reported": ("close",),
                 "emergency": ("to_transition", "to_winter", "to_rebuilding", "onward", "close"),
                 "transition": ("to_winter", "to_rebuilding", "onward", "close"),
                 "winter": ("to_rebuilding", "onward", "close"), "rebuilding": ("to_winter", "onward", "close")}
        losses = ("collapsed", "badly_damaged")
        for nth, (stage, moves) in enumerate((stage, move) for stage, moves in opens.items() for move in moves):
            number = self.opened(self.town, "disaster", DAY, household=self.inside[0], hit_on="2025-06-01",
                                 need="房屋受损", loss=losses[nth % 2])
            for move in stages[stage]:
                self.at(number, DAY, (self.county, move, leads[move], {"relief": "goods"} if move == "help" else why))
            self.at(number, DAY, (self.county, "send", stage, to),
                    (self.town, "propose_sum", stage, {
                        "sum_for": "comfort", "sum_proposed": 2000000, "reason": "一名成员遇难",
                        "bereaved_shown": "死亡医学证明样2025-02号"}),
                    (self.county, "comfort", stage, {"amount": 2000000}),
                    (self.second if moves in ("close", "onward") else self.county, moves, leads[moves], why))

    def test_64_an_objection_ends_by_each_way_out_of_reconsideration_and_of_court(self):
        def upheld():
            number = self.opened(self.town, "objection", DAY, household=self.inside[0], reason="核对有误")
            return self.at(number, DAY, (self.clerk, "accept", "accepted"), (
                self.county, "uphold", "upheld", {"reason": "无误", "served_how": "in_person"}))
        reconsider = (self.county, "reconsider", "reconsidering", {"note": "申请复议"})
        sue = (self.county, "sue", "litigating", {"note": "起诉"})
        none = {"payment_effect": "none"}
        # Whoever wrote down that it was brought does not say how it ended.
        lost = (self.second, "lost", "closed", {"note": "驳回", **none})
        correct = (self.second, "correct", "corrected", {"reason": "撤销原决定", **none})
        for steps in ((reconsider, lost), (reconsider, correct), (sue, correct), (sue, lost), (reconsider, sue, lost)):
            number = self.at(upheld(), DAY, *steps)
            # The other term that had begun ends with the case.
            states = {c["id"]: c["state"] for c in self.case(self.county, number)["clocks"]}
            self.assertEqual("met", states["reconsideration_term"], (steps, states))
        # The household need not wait for the recheck: what it brings outside goes on in the case that it filed.
        for accepted in ((), ((self.clerk, "accept", "accepted"),)):
            for outside in (reconsider, sue):
                number = self.opened(self.town, "objection", DAY, household=self.inside[0], reason="核对有误")
                self.at(number, DAY, *accepted, outside)
                due = CALENDAR.working(DAY, 10)
                self.clock(number, "recheck", due, due, "met")
                self.assertEqual([("/move", "move_same_person")], self.codes(
                    self.move(self.county, number, "lost", DAY, note="驳回", **none)))
                self.at(number, DAY, lost)

    def test_65_a_review_is_determined_and_proposed_anew_and_leads_on_while_help_is_phased_out(self):
        number = self.reviewed("exit")
        self.at(number, "2025-02-17", (self.county, "reply", "to_decide", {"reply": "家中又有人失业"}))
        self.determined(number, "2025-02-17")
        again = {"proposal": "taper", "reason": "改为渐退", "amount": 30000, **WHY}
        self.at(number, "2025-02-18", (self.town, "propose", "proposed", again),
                (self.town, "serve_letter", "letter_served", {"served_how": "in_person"}),
                (self.county, "reply", "to_decide", {"reply": "同意"}),
                (self.third, "decide", "decided", {"decision_kind": "taper", "reason": "渐退", "amount": 30000}),
                (self.town, "start_taper", "tapering", {"served_how": "in_person"}),
                (self.town, "transfer", "tapering", {"category": MARGIN}))

    def test_66_what_was_paid_after_a_death_is_asked_back_before_and_another_is_paid_after_the_survivors(self):
        told = {"death_source": ["卫健死亡登记"], "died_on": "2025-06-01", "death_match": "by_person"}
        for nth in range(2):
            household, person, _ = self.two_of_one_home()
            paid = self.paying(household)
            number = self.opened(self.town, "death", DAY, household=household, person=person, **told)
            self.at(number, DAY, (self.third, "confirm", "confirmed", {"death_proof": "certificate"}),
                    (self.county, "hold", "held"))
            if nth:
                self.at(number, DAY, (self.county, "ask_back", "held", {
                    "amount": 42000, "reason": "多发", "due_on": "2025-07-04"}))
                self.assertEqual("recovering", self.case(self.county, paid)["state"])
            else:
                self.at(number, DAY, (self.county, "settle", "handled", {"survivors": "redetermine"}),
                        (self.county, "change_payee", "handled", {"successor": "长女"}))
                self.assertEqual(["长女"], self.case(self.county, paid)["events"][-1]["fields"]["successor"])
                self.at(paid, DAY, (self.second, "resume", "paying", {"reason": "由长女承领"}))
                self.at(number, DAY, (self.county, "change_payee", "handled", {"successor": "配偶"}))
                now = self.case(self.county, paid)
                self.assertEqual(("paying", "change_payee"), (now["state"], now["events"][-1]["move"]))

    def paying(self, household):
        """What is paid to it: as it was decided earlier, if nothing is."""
        for row in self.county.pages("/api/v1/cases?machine=allowance", limit=200):
            if row["household"] == household:
                self.kinds[row["id"]] = "allowance"  # a confirmation may have opened it
                return row["id"]
        number = self.carried(household, 42000, "2025-04-01", "2025-05-01")
        self.kinds[number] = "allowance"
        return number

    def test_67_who_was_asked_elsewhere_answers_wherever_the_warning_stands_by_then(self):
        words = {"verified": "true_", "fed_back": "partly", "handling": "false_"}
        for state, word in words.items():
            number = self.warned(*LOUD)
            self.at(number, "2025-07-01", (self.county, "dispatch", "dispatched", {"to_unit": "first"}),
                    (self.county, "remind", "dispatched"), (self.town, "accept", "accepted"),
                    (self.county, "remind", "accepted"), (self.town, "help_asked", "accepted", {"reason": "人在外地"}))
            asked = self.opened(self.town, "assistance", "2025-07-01", parent=int(number), to_unit="second", need="核实")
            self.at(asked, "2025-07-01", (self.county, "pass_down", "asked", {"to_unit": "second"}))
            self.at(number, "2025-07-02", (self.town, "visit", "verified", {**HOME, "outcome": "true_"}))
            if state != "verified":
                self.at(number, "2025-07-02", (self.county, "remind", "verified"),
                        (self.town, "feed_back", "fed_back"))
            if state == "handling":
                self.at(number, "2025-07-02", (self.county, "remind", "fed_back"),
                        (self.county, "handle", "handling", {"branch": "push"}), (self.county, "remind", "handling"))
            self.at(asked, "2025-07-02", (self.far, "answer", "answered", {
                "outcome": word, "officers": ["far", "away"], "note": "当地核实"}))
            told = self.case(self.county, number)
            self.assertEqual((state, "help_answered", [word]), (
                told["state"], told["events"][-1]["move"], told["events"][-1]["fields"]["help_outcome"]))
