# SPDX-License-Identifier: Apache-2.0
"""What cannot wait, in the scripted year: emergencies, of nobody known and of whom papers show afterwards, and help
after a disaster; what one officer pays at once, and what takes another."""
from year_office import CALENDAR, FORM

DAY = "2025-06-03"
SUM = {"sum_proposed": 60000, "reason": "按标准"}


class Lanes:
    def test_37_the_emergency_lane_pays_first_within_the_cap_and_explains_afterwards(self):
        def reported(who=None):
            return self.opened(who or self.town, "emergency", "2025-06-03", need="突发急病", found_by="hotline",
                               person_shown="无证件男子", place="车站")

        def pay(number, amount, how="reserve"):
            answer = self.move(self.town, number, "pay_first", "2025-06-03", amount=amount, paid_how=how)
            if answer.status == 422:
                return {code for _, code in self.codes(answer)}
            self.fits("moveCase", answer)
            self.walked.add(("emergency", "pay_first"))
            return set()
        # Of no household and no person it is told who it is; a form asks for it.
        nobody = {"machine": "emergency", "on": "2025-06-03", "fields": {"need": "突发急病", "found_by": "hotline"}}
        self.assertEqual([("/fields/person_shown", "field_missing")], self.codes(
            self.town("POST", "/api/v1/cases", nobody)))
        report = next(move for machine in self.county.get("/api/v1/procedures").json["machines"]
                      if machine["id"] == "emergency" for move in machine["moves"] if move["id"] == "report")
        self.assertEqual([{"needs": ["person_shown"], "only_if": [], "told": [], "of_nobody": True}],
                         report["needs_if"])
        number = reported()
        self.assertEqual({"also_none"}, pay(number, 80000))  # the township has no ledger yet
        ledger = self.opened(self.county, "reserve", "2025-06-03", to_unit="first", amount=100000)
        self.assertEqual({"field_too_much"}, pay(number, 80001))  # the county's cap at once
        self.assertEqual({"field_too_much"}, pay(number, 100001, "goods"))  # the cap of small sums first
        self.assertEqual(set(), pay(number, 80000))
        self.walked.add(("reserve", "spend"))
        self.assertEqual(["20000"], self.case(self.county, ledger)["events"][-1]["fields"]["balance"])
        self.assertEqual({"balance_short"}, pay(reported(), 20001))
        self.go(ledger, (self.county, "top_up", "2025-06-04", {"amount": 30000}, "open"),
                (self.town, "give_back", "2025-06-05", {"amount": 10000, "reason": "余款退回"}, "open"))
        # No more comes back than was spent and has not come back yet.
        self.assertEqual([("/fields/amount", "field_too_much")], self.codes(
            self.move(self.town, ledger, "give_back", "2025-06-05", amount=70001, reason="余款退回")))
        self.assertEqual(["60000"], self.case(self.county, ledger)["events"][-1]["fields"]["balance"])
        self.go(ledger, (self.county, "close", "2025-12-31", {"note": "年终结账"}, "closed"))
        due = CALENDAR.working("2025-06-03", 10)
        self.clock(number, "explanation", due, due, "due")
        self.go(number, (self.town, "explain", "2025-06-10", {"note": "补充材料"}, "explained"),
                (self.county, "close", "2025-06-11", {}, "closed"))
        over = reported(self.county)
        # More than one officer may pay: another pays what one proposed.
        self.assertEqual([("/fields/amount", "field_too_much")], self.codes(
            self.move(self.county, over, "pay", "2025-06-03", amount=500000, paid_how="fund")))
        self.go(over, (self.second, "propose", "2025-06-03", {"sum_proposed": 600000, "reason": "住院"}, "reported"),
                (self.county, "turn_down", "2025-06-03", {"reason": "先由医保支付"}, "reported"),
                (self.second, "propose", "2025-06-03", {"sum_proposed": 500000, "reason": "住院"}, "reported"),
                (self.county, "pay_agreed", "2025-06-03", {"amount": 500000, "paid_how": "fund"}, "paid"),
                (self.county, "hand_over", "2025-06-04", {"reason": "转救助站", "to_unit": "second"}, "handed_over"))
        self.clock(over, "handover_day", "2025-06-05", "2025-06-05", "due")
        self.go(over, (self.far, "send_back_paid", "2025-06-05", {"reason": "有家可归", "to_unit": "county"}, "paid"))
        self.go(over, (self.county, "hand_over", "2025-06-06", {"reason": "再转", "to_unit": "second"}, "handed_over"),
                (self.far, "take_over_paid", "2025-06-06", {}, "paid"))
        self.clock(over, "explanation", due, due, "due")  # whoever has the person now
        self.go(over, (self.far, "explain", "2025-06-09", {"note": "补充说明"}, "explained"))
        self.go(over, (self.second, "close", "2025-06-10", {}, "closed"))
        self.go(reported(self.county), (
            self.county, "pay", "2025-06-03", {"amount": 100000, "paid_how": "fund"}, "paid"))
        away = reported()
        self.go(away, (self.town, "hand_over", "2025-06-04", {"reason": "转救助站", "to_unit": "second"}, "handed_over"),
                (self.far, "send_back", "2025-06-05", {"reason": "有家可归", "to_unit": "first"}, "reported"),
                (self.town, "hand_over", "2025-06-06", {"reason": "再转", "to_unit": "second"}, "handed_over"),
                (self.far, "take_over", "2025-06-06", {}, "closed"))
        self.go(reported(), (self.town, "decline", "2025-06-04", {"reason": "不属急难"}, "declined"),
                (self.town, "serve", "2025-06-05", {"served_how": "in_person"}, "closed"))

    def test_39_help_after_a_disaster_goes_by_stages_and_on_to_regular_help(self):
        hit = {"household": self.inside[0], "hit_on": "2025-06-01", "need": "房屋倒塌"}
        # Reported as a house that collapsed: that a member died is shown by a paper.
        comfort = {"sum_for": "comfort", "sum_proposed": 2000000, "reason": "一名成员遇难",
                   "bereaved_shown": "死亡医学证明样2025-01号"}
        number = self.opened(self.town, "disaster", "2025-06-02", loss="collapsed", **hit)
        self.go(number, (self.county, "send", "2025-06-02", {"to_department": "emergency", "to_unit": "county"},
                         "reported"),
                (self.county, "help", "2025-06-02", {"relief": "shelter"}, "emergency"),
                (self.town, "propose_sum", "2025-06-03", comfort, "emergency"),
                (self.county, "comfort", "2025-06-03", {"amount": 2000000}, "emergency"),
                (self.town, "propose_sum", "2025-06-04", comfort, "emergency"))
        self.assertEqual([("/move", "move_once")], self.codes(
            self.move(self.county, number, "comfort", "2025-06-04", amount=2000000)))
        self.go(number, (self.county, "refuse_sum", "2025-06-04", {"reason": "已发放"}, "emergency"))
        self.go(number, (self.county, "to_transition", "2025-06-20", {"reason": "无房可住", "due_on": "2025-09-20"},
                         "transition"))
        self.clock(number, "stage_day", "2025-09-19", "2025-09-20", "nearly_due")
        self.go(number, (self.county, "to_rebuilding", "2025-09-15", {"reason": "重建", "due_on": "2025-12-01"},
                         "rebuilding"),
                (self.county, "to_winter", "2025-12-01", {"reason": "冬令救助"}, "winter"),
                (self.town, "onward", "2026-03-02", {"reason": "仍有困难"}, "onward"))
        onward = self.opened(self.town, "application", "2026-03-02", parent=int(number), **FORM)
        self.assertEqual(number, self.case(self.county, onward)["parent"])
        other = self.opened(self.town, "disaster", "2025-06-02", loss="other", **hit)
        self.go(other, (self.county, "help", "2025-06-02", {"relief": "goods"}, "emergency"))
        self.assertEqual([("/fields/loss", "move_condition")], self.codes(
            self.move(self.county, other, "to_rebuilding", "2025-06-10", reason="重建")))
        done = {"reason": "已恢复"}  # by another than who helped
        self.assertEqual([("/move", "move_same_person")], self.codes(
            self.move(self.county, other, "close", "2025-06-10", **done)))
        self.go(other, (self.second, "close", "2025-06-10", done, "closed"))

    def test_78_after_a_small_sum_the_rest_is_proposed_and_paid_or_turned_down_wherever_the_emergency_stands(self):
        pay = (self.town, "pay_first", "paid", {"amount": 50000, "paid_how": "goods"})
        explain = (self.town, "explain", "explained", {"note": "补充材料"})
        for nth, (state, steps) in enumerate({"paid": (pay,), "explained": (pay, explain)}.items()):
            number = self.opened(self.town, "emergency", DAY, household=self.inside[nth + 6], need="突发急病",
                                 found_by="hotline")
            self.at(number, DAY, *steps, (self.town, "propose", state, SUM))
            self.assertEqual([("/move", "move_after")], self.codes(self.move(
                self.second, number, *(("close", DAY) if state == "explained" else ("propose", DAY)),
                **({} if state == "explained" else SUM))))
            # The township takes back what it proposed; what is proposed again the county pays.
            self.at(number, DAY, (self.town, "turn_down", state, {"reason": "误提"}), (self.town, "propose", state, SUM),
                    (self.county, "pay_agreed", "paid", {"amount": 60000, "paid_how": "fund"}), explain)
            self.assertEqual([("/move", "move_same_person")], self.codes(self.move(self.county, number, "close", DAY)))
            self.at(number, DAY, (self.second, "close", "closed"))

    def test_77_an_emergency_goes_to_the_household_that_papers_show_wherever_it_stands_and_out_again(self):
        shown = iter(("id_card", "household_book", "police", "other_paper", "id_card", "police"))
        pay = (self.town, "pay_first", "paid", {"amount": 50000, "paid_how": "goods"})
        explain = (self.town, "explain", "explained", {"note": "补充材料"})
        out = (self.town, "hand_over", "handed_over", {"reason": "转救助站", "to_unit": "second"})
        ways = {"reported": (), "paid": (pay,), "explained": (pay, explain), "handed_over": (out,),
                "declined": ((self.town, "decline", "declined", {"reason": "不属急难"}),),
                "closed": (pay, explain, (self.county, "close", "closed"))}
        for nth, (state, steps) in enumerate(ways.items()):
            number = self.opened(self.town, "emergency", DAY, need="突发急病", found_by="hotline",
                                 person_shown=f"无证件男子，第{nth + 1}人")
            self.at(number, DAY, *steps)
            # Two of the county: where the case was handed on, the township has it no more.
            self.at(number, DAY, (self.county, "tie", state, {
                "tied_to": self.inside[nth], "shown_by": next(shown), "tied_because": "核对了证件"}))
            self.assertEqual(self.inside[nth], self.case(self.county, number)["household"])
            self.at(number, DAY, (self.second, "untie", state, {"untied_because": "同名，不是此人"}))
            self.assertEqual("", self.case(self.county, number)["household"])

    def test_78_every_sum_after_a_disaster_is_proposed_by_one_and_paid_or_turned_down_by_another(self):
        stages = {"reported": (), "emergency": ("help",), "transition": ("help", "to_transition"),
                  "winter": ("help", "to_winter"), "rebuilding": ("help", "to_rebuilding")}
        leads = {"help": "emergency", "to_transition": "transition", "to_winter": "winter",
                 "to_rebuilding": "rebuilding"}
        purposes = {"reported": "relief", "emergency": "relief", "transition": "transition", "winter": "winter",
                    "rebuilding": "rebuilding"}
        for stage, moves in stages.items():
            number = self.opened(self.town, "disaster", DAY, household=self.inside[0], hit_on="2025-06-01",
                                 need="房屋受损", loss="collapsed")
            for move in moves:
                told = {"relief": "goods"} if move == "help" else {"reason": "仍需救助"}
                self.at(number, DAY, (self.county, move, leads[move], told))
            asked = {"sum_for": purposes[stage], **SUM}
            self.at(number, DAY, (self.county, "propose_sum", stage, asked),
                    (self.second, "refuse_sum", stage, {"reason": "标准有误"}),
                    (self.county, "propose_sum", stage, asked))
            self.assertEqual([("/move", "move_same_person")], self.codes(
                self.move(self.county, number, "pay_sum", DAY, amount=60000)))
            self.at(number, DAY, (self.second, "pay_sum", stage, {"amount": 60000}))
