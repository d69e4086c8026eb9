# SPDX-License-Identifier: Apache-2.0
"""A year of two townships, of which one confirms by itself: every move of every machine is made by whom it is for,
and every clock that runs is held against a calendar of this file's own."""
import csv
import hashlib

from cases_test import other_number
from office import civil_day, main
from year_branches import Branches
from year_clocks import Clocks
from year_closing import Closing
from year_lanes import Lanes
from year_office import CALENDAR, FORM, HOME, LOUD, UNPOSTED, WHY, YearOffice
from year_remedies import Remedies
from year_temporary import Temporary
from year_ways import Ways
from year_words import Words


class Year(Clocks, Branches, Lanes, Ways, Words, Temporary, Remedies, Closing, YearOffice):
    # --- warnings

    def test_01_a_warning_is_passed_down_visited_handled_and_reopened(self):
        number = self.warned(*LOUD)
        days = LOUD[self.level(number)]
        self.go(number, (self.county, "dispatch", "2025-07-01", {"to_unit": "first"}, "dispatched"),
                (self.town, "return", "2025-07-01", {"reason": "人在第二镇"}, "raised"))
        self.go(number, (self.county, "dispatch", "2025-07-02", {"to_unit": "first"}, "dispatched"),
                (self.county, "pass_down", "2025-07-02", {"to_unit": "first"}, "dispatched"),
                (self.county, "remind", "2025-07-02", {"instruction": "请抓紧"}, "dispatched"),
                (self.town, "accept", "2025-07-03", {}, "accepted"),
                (self.town, "attempt", "2025-07-03", {"attempt": "not_at_home", "officers": ["town", "colleague"]},
                 "accepted"),
                (self.town, "help_asked", "2025-07-03", {"reason": "在第二镇暂住"}, "accepted"))
        due = CALENDAR.working("2025-07-02", days)
        self.clock(number, "warning_verification", "2025-07-02", due, "running")
        self.clock(number, "warning_verification", due, due, "due")
        self.clock(number, "warning_verification", CALENDAR.natural(due, 1), due, "overdue")
        self.clock(number, "warning_acceptance", "2025-07-03", "2025-07-03", "met")
        refused = self.opened(self.town, "assistance", "2025-07-03", parent=int(number), to_unit="second", need="请核实")
        self.go(refused, (self.far, "refuse", "2025-07-04", {"reason": "查无此人"}, "refused"))
        asked = self.opened(self.town, "assistance", "2025-07-03", parent=int(number), to_unit="second", need="请核实现住址",
                            due_on="2025-07-09")
        self.clock(asked, "task_day", "2025-07-08", "2025-07-09", "nearly_due")
        self.go(asked, (self.far, "answer", "2025-07-04", {"outcome": "true_", "officers": ["far", "away"],
                "note": "属实"},
                        "answered"))
        self.go(number, (self.town, "visit", "2025-07-04", {**HOME, "outcome": "partly"}, "verified"),
                (self.town, "feed_back", "2025-07-04", {}, "fed_back"),
                (self.county, "handle", "2025-07-07", {"branch": "push"}, "handling"))
        below = self.opened(self.county, "referral", "2025-07-07", parent=int(number), kind="job", need="失业")
        self.go(below, (self.county, "send", "2025-07-07", {"to_department": "hr", "to_unit": "hr"}, "sent"))
        self.go(number, (self.county, "close", "2025-07-08", {"reason": "已转办"}, "closed"),
                (self.county, "reopen", "2025-07-09", {"reason": "又有新情况"}, "accepted"),
                (self.town, "take_answer", "2025-07-10", {"outcome": "false_", "note": "依据协查结果"}, "verified"),
                (self.town, "feed_back", "2025-07-10", {}, "fed_back"),
                (self.county, "dismiss", "2025-07-11", {"reason": "已就业"}, "closed"))

    def test_02_a_green_warning_is_a_telephone_call_and_another_one_is_not(self):
        number = self.warned("green")
        self.go(number, (self.county, "dispatch", "2025-07-01", {"to_unit": "first"}, "dispatched"),
                (self.town, "accept", "2025-07-01", {}, "accepted"),
                (self.town, "call", "2025-07-02", {"outcome": "true_", "note": "电话告知政策"}, "verified"))
        self.clock(number, "warning_verification", "2025-07-03", None, "unset")
        loud = self.warned(*LOUD)
        self.go(loud, (self.county, "dispatch", "2025-07-01", {"to_unit": "first"}, "dispatched"),
                (self.town, "accept", "2025-07-01", {}, "accepted"))
        self.assertIn(("/fields/level", "move_condition"), self.codes(
            self.move(self.town, loud, "call", "2025-07-02", outcome="true_", note="只打了电话")))

    # --- applications

    def applied(self, who, on, household=None, **more):
        household = household or (next(self.homes) if who is not self.far else self.beyond[0])
        if household not in self.have_signed:
            self.sign(self.far if who is self.far else self.town, household)
            self.have_signed.add(household)
        return self.opened(who, "application", on, household=household, **{**FORM, **more})

    def surveyed(self, number, on="2025-03-03", who=None, officers=("town", "colleague")):
        who = who or self.town
        self.go(number, (who, "accept", on, {"relatives_of_staff": False}, "accepted"),
                (who, "survey", on, {"officers": list(officers), "note": "入户调查"}, "surveyed"))

    def test_10_an_application_waits_for_papers_and_the_check_and_no_day_of_it_counts(self):
        number = self.applied(self.town, "2025-03-03")
        self.go(number, (self.town, "ask_papers", "2025-03-03", {"missing": ["户口簿", "银行流水"]}, "correcting"),
                (self.town, "complete", "2025-03-05", {}, "completed"),
                (self.town, "accept", "2025-03-06", {"relatives_of_staff": False}, "accepted"))
        # No kind is told yet: the days that are common run from acceptance, what hangs on another kind waits for it.
        common = {"survey_start": CALENDAR.working("2025-03-06", 3),
                  "whole_procedure": CALENDAR.working("2025-03-06", 30)}
        for clock, due in common.items():
            self.runs(number, clock, due, "2025-03-07")
        row = next(r for r in self.county.pages("/api/v1/cases?machine=application", 200) if r["id"] == number)
        self.assertEqual(common["survey_start"], row["due_on"])
        waiting = {c["id"]: c for c in self.case(self.county, number, "2025-03-06")["clocks"]}
        self.assertEqual(("unset", "category"), (waiting["extreme_poverty_survey"]["state"],
                                                 waiting["extreme_poverty_survey"]["waits_for"]["id"]))
        # Told a day later, and told again: each time the days of that kind, from the same acceptance, in their place.
        for category, days in (("minimum_living_guarantee", common),
                               ("extreme_poverty", {"extreme_poverty_survey": CALENDAR.working("2025-03-06", 15)}),
                               ("rigid_expenditure_household", {"survey_by_analogy": common["survey_start"],
                                                                "procedure_by_analogy": common["whole_procedure"]}),
                               ("minimum_living_guarantee", common)):
            self.go(number, (self.town, "switch", "2025-03-07", {"category": category, "reason": "按所求办理"}, "accepted"))
            told = self.case(self.county, number, "2025-03-07")["clocks"]
            self.assertEqual(days, {c["id"]: c["due_on"] for c in told if c["started_on"] == "2025-03-06"})
        self.clock(number, "survey_start", "2025-03-07", CALENDAR.working("2025-03-06", 3), "running")
        self.clock(number, "whole_procedure", "2025-03-07", CALENDAR.working("2025-03-06", 30), "running")
        self.go(number, (self.town, "ask_check", "2025-03-10", {}, "accepted"))
        self.clock(number, "survey_start", "2025-03-10", CALENDAR.working("2025-03-06", 3), "met")
        self.clock(number, "whole_procedure", "2025-03-14", None, "paused")
        # In lists it stands by the last day on which it can be due: the check may take twenty working days.
        latest = CALENDAR.working(CALENDAR.working("2025-03-10", 20), 29)
        told = [c for c in self.case(self.county, number, "2025-03-14")["clocks"] if c["id"] == "whole_procedure"]
        self.assertEqual(latest, told[-1]["latest_on"])
        self.go(number, (self.clerk, "report_check", "2025-03-20", {"check_result": "within"}, "accepted"),
                (self.town, "attempt", "2025-03-20", {"attempt": "hospital", "officers": ["town", "colleague"]},
                 "accepted"),
                (self.town, "survey", "2025-03-21", HOME, "surveyed"))
        left = 30 - 1  # the 7th of March is the one working day before the pause
        self.clock(number, "whole_procedure", "2025-03-21", CALENDAR.working("2025-03-20", left), "running")
        self.go(number, (self.town, "review", "2025-03-24", {"category": "minimum_living_guarantee",
                "opinion": "grant"},
                         "reviewed"),
                (self.village, "post", "2025-03-25", {"attachments": ["公示照片"]}, "noticed"))
        notice = CALENDAR.term("2025-03-25", 7)
        self.clock(number, "public_notice", "2025-03-26", notice, "running")
        self.assertEqual([("/on", "move_too_early")], self.codes(self.move(self.town, number, "end_notice", notice)))
        self.go(number, (self.town, "object", "2025-03-28", {"reason": "邻居反映有车"}, "objected"),
                (self.third, "appraise", "2025-04-01", {"officers": ["third", "colleague"], "note": "民主评议"},
                 "surveyed"),
                (self.town, "review", "2025-04-02", {"category": "minimum_living_guarantee", "opinion": "grant"},
                 "reviewed"),
                (self.town, "post", "2025-04-02", {"attachments": ["再次公示照片"]}, "noticed"))
        notice = CALENDAR.term("2025-04-02", 7)
        self.go(number, (self.town, "end_notice", CALENDAR.natural(notice, 1), {}, "to_confirm"))
        self.clock(number, "confirmation", CALENDAR.natural(notice, 2), CALENDAR.working(CALENDAR.natural(notice,
                1), 10),
                   "running")
        self.determined(number, "2025-04-10")
        # The township confirms, by another than who surveyed, went along, appraised and reviewed.
        for who in (self.town, self.colleague, self.third):
            self.assertIn(("/move", "move_same_person"), self.codes(
                self.move(who, number, "confirm", "2025-04-11", category="minimum_living_guarantee", **WHY)))
        self.assertEqual([("/fields/differs_because", "differs_from_found")], self.codes(
            self.move(self.fourth, number, "confirm", "2025-04-14", category="minimum_living_guarantee",
                      amount=42000)))
        self.go(number, (self.fourth, "confirm", "2025-04-14",
                         {"category": "minimum_living_guarantee", "amount": 42000, **WHY}, "confirmed"))
        self.clock(number, "payment_start", "2025-04-14", "2025-05-01", "running")
        self.go(number, (self.county, "recheck", "2025-04-15", {"recheck_result": "upheld", "note": "随机抽查"},
                "confirmed"),
                (self.village, "post_confirmed", "2025-04-15", {"attachments": ["确认公布照片"]}, "confirmed"),
                (self.town, "serve", "2025-04-16", {"served_how": "in_person"}, "served"))
        self.clock(number, "reconsideration_term", "2025-04-17", CALENDAR.term("2025-04-16", 60), "running")
        self.clock(number, "litigation_term", "2025-04-17", "2025-10-16", "running")

    def test_11_where_the_power_was_not_handed_down_the_county_confirms(self):
        number = self.applied(self.far, "2025-03-03")
        self.surveyed(number, who=self.far, officers=("far", "away"))
        self.go(number, (self.far, "review", "2025-03-04", {"category": "minimum_living_guarantee",
                "opinion": "refuse"},
                         "reviewed"),
                (self.outer, "skip_notice", "2025-03-05", UNPOSTED, "to_confirm"))
        # Who went along and who left the notice out lack the power and are barred besides.
        confirm = {"category": "minimum_living_guarantee", "amount": 42000, **WHY}
        for who in (self.away, self.outer):
            self.assertEqual({("/move", "move_authority"), ("/move", "move_same_person")}, set(self.codes(
                self.move(who, number, "confirm", "2025-03-06", **confirm))))
        self.go(number, (self.county, "refuse", "2025-03-06", {"reason": "收入超过标准", **WHY}, "refused"))
        self.clock(number, "refusal_notice", "2025-03-06", CALENDAR.working("2025-03-06", 3), "running")
        self.go(number, (self.far, "serve", "2025-03-07", {"served_how": "post"}, "served"))

    def test_12_agriculture_confirms_its_own_category(self):
        number = self.applied(self.town, "2025-03-03")
        self.surveyed(number)
        self.go(number, (self.town, "review", "2025-03-04", {"category": "relapse_monitored", "opinion": "grant"},
                "reviewed"),
                (self.third, "skip_notice", "2025-03-05",
                 {**UNPOSTED, "to_department": "agriculture", "to_unit": "agri"}, "to_confirm"))
        self.assertIn(("/move", "move_authority"), self.codes(
            self.move(self.county, number, "confirm", "2025-03-06", category="relapse_monitored")))
        self.go(number, (self.agri, "confirm", "2025-03-06", {"category": "relapse_monitored", **WHY}, "confirmed"))

    def test_13_an_application_is_not_accepted_or_is_withdrawn(self):
        self.go(self.applied(self.town, "2025-03-03"), (self.town, "decline", "2025-03-04", {"reason": "不属本辖区"},
                "declined"), (self.town, "serve", "2025-03-05", {"served_how": "post"}, "served"))
        self.go(self.applied(self.village, "2025-03-03", channel="village"),
                (self.town, "withdraw", "2025-03-04", {"reason": "本人撤回"}, "withdrawn"))
        self.assertEqual([("/fields/authorised", "move_condition")], self.codes(self.move(
            self.town, self.accepted_without(), "ask_check", "2025-03-04")))

    def accepted_without(self):
        number = self.applied(self.town, "2025-03-03", authorised=False)
        self.go(number, (self.town, "accept", "2025-03-03", {"relatives_of_staff": True}, "accepted"))
        return number

    def test_15_a_relative_of_staff_is_registered_apart_and_visited_by_the_county(self):
        number = self.applied(self.town, "2025-03-03")
        relation = {"staff_relation": "village", "relative_of": "村委会委员之弟"}
        self.go(number, (self.town, "accept", "2025-03-03", {"relatives_of_staff": True}, "accepted"),
                (self.town, "survey", "2025-03-03", HOME, "surveyed"),
                (self.town, "declare_relatives", "2025-03-03", {"relatives_of_staff": True}, "surveyed"),
                (self.town, "review", "2025-03-04", {"category": "mlg_marginal_household", "opinion": "grant"},
                 "reviewed"),
                (self.town, "switch_reviewed", "2025-03-05", {"category": "minimum_living_guarantee", "reason": "收入更低"},
                 "surveyed"),
                (self.town, "review", "2025-03-05", {"category": "minimum_living_guarantee", "opinion": "grant"},
                 "reviewed"),
                (self.fourth, "skip_notice", "2025-03-05", UNPOSTED, "to_confirm"))
        confirm = {"category": "minimum_living_guarantee", "amount": 42000, **WHY}
        self.assertEqual({("/fields/staff_relation", "not_as_found"), ("/fields/relatives_view", "not_as_found")},
                         set(self.codes(self.move(self.third, number, "confirm", "2025-03-06", **confirm))))
        self.go(number, (self.town, "list_relatives", "2025-03-06", relation, "to_confirm"))
        self.assertIn(number, [row["id"] for row in self.county.pages("/api/v1/cases?relatives=true")])
        self.refused(self.hr.get("/api/v1/cases?relatives=true"), 403, "not_allowed")
        visit = {"officers": ["county", "second"], "relatives_view": "agrees", "note": "入户核查属实"}
        self.go(number, (self.county, "visit_relatives", "2025-03-07", visit, "to_confirm"),
                (self.third, "confirm", "2025-03-10", confirm, "confirmed"))

    def test_14_objections_recheck_reconsideration_and_court(self):
        def filed():
            return self.opened(self.town, "objection", "2025-05-06", household=self.inside[0], reason="核对结果有误")
        number = filed()
        self.clock(number, "recheck", "2025-05-07", CALENDAR.working("2025-05-06", 10), "running")
        self.go(number, (self.clerk, "accept", "2025-05-07", {}, "accepted"),
                (self.county, "uphold", "2025-05-12", {"reason": "核对无误", "served_how": "in_person"}, "upheld"))
        self.clock(number, "reconsideration_term", "2025-05-13", CALENDAR.term("2025-05-12", 60), "running")
        self.go(number, (self.county, "reconsider", "2025-06-03", {"note": "向上一级申请"}, "reconsidering"),
                (self.county, "sue", "2025-07-01", {"note": "不服复议"}, "litigating"),
                (self.second, "lost", "2025-09-01", {"note": "驳回", "payment_effect": "none"}, "closed"))
        self.clock(number, "reconsideration_term", "2025-09-01", CALENDAR.term("2025-05-12", 60), "met")
        self.go(filed(), (self.county, "decline", "2025-05-07", {"reason": "同一事项已复核"}, "declined"),
                (self.clerk, "serve", "2025-05-08", {"served_how": "post"}, "closed"))
        self.go(filed(), (self.clerk, "accept", "2025-05-07", {}, "accepted"),
                (self.county, "correct", "2025-05-08", {"reason": "数据有误", "payment_effect": "none"}, "corrected"))
        late = filed()
        self.go(late, (self.clerk, "accept", "2025-05-07", {}, "accepted"),
                (self.county, "uphold", "2025-05-12", {"reason": "核对无误", "served_how": "post"}, "upheld"))
        self.assertEqual({("/on", "move_too_early")}, set(self.codes(self.move(self.county, late, "close",
                "2025-11-12"))))
        self.go(late, (self.county, "close", "2025-11-13", {}, "closed"))

    # --- review, phase-out, exit

    def determined(self, number, as_of="2025-02-11"):
        """Nothing is known of the household: nothing is found, and what is missing is said (review_test.py)."""
        tag = self.town.get(f"/api/v1/cases/{number}").headers["ETag"]
        case = {"case": "review", "region": "441699101001", "as_of": as_of, "household": {}, "application": {},
                "members": [{"name": "成员"}]}
        told = self.fits("determineReview", self.town("POST", f"/api/v1/cases/{number}/determination", {"case": case},
                                                      headers={"If-Match": tag})).json
        self.assertEqual("unknown", told["review"]["kind"])
        self.walked.add((self.kinds[number], "determine"))

    def reviewed(self, proposal, household=None):
        number = self.opened(self.town, "review", "2025-02-10", household=household or next(self.homes),
                             cause="rhythm", category="minimum_living_guarantee")
        self.go(number, (self.town, "attempt", "2025-02-10", {"attempt": "refused", "officers": ["town", "colleague"]},
                         "opened"),
                (self.town, "survey", "2025-02-11", HOME, "surveyed"))
        self.determined(number)
        self.go(number,
                (self.town, "propose", "2025-02-12", {
                    "proposal": proposal, "reason": "收入提高", "amount": 42000,
                    "differs_because": "就业单位出具证明"}, "proposed"),
                (self.town, "serve_letter", "2025-02-13", {"served_how": "in_person"}, "letter_served"))
        return number

    def test_20_help_ends_after_a_letter_the_days_for_a_reply_and_another_persons_decision(self):
        number = self.reviewed("exit")
        due = CALENDAR.working("2025-02-13", 5)
        self.clock(number, "reply_days", "2025-02-14", due, "running")
        self.assertEqual([("/on", "move_too_early")], self.codes(self.move(self.town, number, "no_reply", due)))
        self.go(number, (self.town, "no_reply", CALENDAR.natural(due, 1), {}, "to_decide"))
        self.assertIn(("/move", "move_same_person"), self.codes(
            self.move(self.town, number, "decide", "2025-02-24", decision_kind="exit", reason="r")))
        self.go(number, (self.third, "decide", "2025-02-24", {"decision_kind": "exit", "reason": "不再符合"}, "decided"),
                (self.town, "serve_exit", "2025-02-25", {"served_how": "left"}, "watched"),
                (self.town, "transfer", "2025-02-26", {"category": "mlg_marginal_household"}, "watched"))
        onward = self.opened(self.town, "application", "2025-02-26", parent=int(number), **FORM)
        self.assertEqual(number, self.case(self.town, onward)["parent"])
        self.clock(number, "exit_watch", "2025-12-31", "2026-02-25", "running")
        self.assertEqual([("/on", "move_too_early")], self.codes(self.move(self.town, number, "end_watch",
                "2026-02-25")))
        self.go(number, (self.town, "end_watch", "2026-02-26", {}, "closed"))

    def test_21_a_phase_out_runs_its_months_or_is_stopped(self):
        number = self.reviewed("taper")
        paid = self.allowance(self.case(self.county, number)["household"], "2025-01-10")
        self.go(paid, (self.fund, "propose", "2025-02-05", {"proposed_amount": 50000, "reason": "标准提高"}, "paying"),
                (self.county, "adjust", "2025-02-05", {}, "paying"))
        self.go(number, (self.county, "reply", "2025-02-17", {"reply": "家中又有人患病"}, "to_decide"),
                (self.third, "decide", "2025-02-18", {"decision_kind": "taper", "reason": "渐退"}, "decided"),
                (self.town, "start_taper", "2025-02-19", {"served_how": "in_person"}, "tapering"))
        self.clock(number, "taper", "2025-08-18", "2025-08-19", "nearly_due")
        self.assertEqual("tapering", self.case(self.county, paid)["state"])
        worse = {"reason": "困难加重"}
        self.go(number, (self.town, "propose_stop", "2025-03-31", worse, "tapering"),
                (self.fourth, "keep_taper", "2025-03-31", {"reason": "未见病历"}, "tapering"),
                (self.town, "propose_stop", "2025-04-01", worse, "tapering"))
        for who in (self.town, self.third):  # who proposed it, and who decided the phase-out
            self.assertEqual([("/move", "move_same_person")], self.codes(
                self.move(who, number, "stop_taper", "2025-04-01", **worse)))
        self.go(number, (self.fourth, "stop_taper", "2025-04-01", worse, "opened"))
        # From the month after on it is what it was before.
        told = self.case(self.county, paid)
        self.assertEqual(("paying", ["taper", "change", "stop_taper"]),
                         (told["state"], [event["move"] for event in told["events"]][-3:]))
        self.assertEqual([(["42000"], ["2025-03-01"]), (["50000"], ["2025-05-01"])], [
            (event["fields"]["amount"], event["fields"]["from_on"]) for event in told["events"][-3:-1]])
        self.walked.add(("allowance", "stop_taper"))
        self.go(number,
                (self.third, "survey", "2025-04-02", {"officers": ["third", "colleague"], "note": "复查"}, "surveyed"),
                (self.town, "keep", "2025-04-03", {"reason": "维持"}, "closed"))
        # By rhythm: to be surveyed by the day on which it was due.
        number = self.opened(self.town, "review", "2025-04-07", household=next(self.homes), move="open_due",
                             cause="validity", due_on="2025-04-30")
        self.clock(number, "task_day", "2025-04-30", "2025-04-30", "due")
        self.go(number, (self.town, "survey", "2025-05-01", {**HOME, "stability": "stable"}, "surveyed"))
        self.clock(number, "task_day", "2025-05-01", "2025-04-30", "missed")
        other = self.reviewed("taper")
        self.go(other, (self.county, "reply", "2025-02-17", {"reply": "无异议"}, "to_decide"),
                (self.third, "decide", "2025-02-18", {"decision_kind": "taper", "reason": "渐退"}, "decided"),
                (self.town, "start_taper", "2025-02-19", {"served_how": "in_person"}, "tapering"),
                (self.town, "end_taper", "2025-08-20", {}, "watched"))
        changed = self.reviewed("change")
        self.go(changed, (self.county, "reply", "2025-02-17", {"reply": "同意"}, "to_decide"),
                (self.third, "decide", "2025-02-18", {"decision_kind": "change", "reason": "减员", "amount": 42000},
                 "decided"),
                (self.town, "serve", "2025-02-19", {"served_how": "in_person"}, "closed"))

    # --- what others do

    def test_30_a_referral_is_returned_sent_again_answered_asked_for_more_and_recalled(self):
        number = self.opened(self.town, "referral", "2025-06-03", household=self.inside[0], kind="verify", need="核实就业")
        send = {"to_department": "hr", "to_unit": "hr", "due_on": "2025-06-20"}
        self.go(number, (self.town, "send", "2025-06-03", send, "sent"))
        self.go(number, (self.hr, "return", "2025-06-04", {"reason": "材料不全"}, "returned"))
        self.go(number, (self.county, "send", "2025-06-05", send, "sent"), (self.hr, "receive", "2025-06-06", {},
                "received"),
                (self.county, "urge", "2025-06-09", {"instruction": "请尽快"}, "received"),
                (self.hr, "accept", "2025-06-09", {}, "accepted"))
        self.clock(number, "referral_day", "2025-06-19", "2025-06-20", "nearly_due")
        self.clock(number, "referral_day", "2025-06-23", "2025-06-20", "overdue")
        self.go(number, (self.hr, "finish", "2025-06-24", {"result": "eligible"}, "done"),
                (self.county, "reopen", "2025-06-25", {"reason": "请补充时间"}, "accepted"),
                (self.hr, "finish", "2025-06-26", {"result": "ended", "paid_on": "2025-06-01"}, "done"),
                (self.county, "close", "2025-06-27", {}, "closed"))
        self.go(self.opened(self.town, "referral", "2025-06-03", household=self.inside[0], kind="aid", need="x"),
                (self.town, "recall", "2025-06-04", {"reason": "重复"}, "closed"))

    def test_31_a_service_is_ordered_served_accepted_and_settled_by_another(self):
        household = self.inside[0]
        assigned = self.town("POST", "/api/v1/assignments", {"account": "provider", "households": [household],
                "case": "order",
                                                             "from": civil_day().isoformat()})
        self.assertIn(assigned.status, (200, 201, 204), str(assigned))
        number = self.opened(self.town, "order", "2025-06-03", household=household, need="失能，需上门护理", consent=True)
        order = {"service": "上门护理", "times": 4, "amount": 80000, "to_unit": "first"}
        self.go(number, (self.town, "order", "2025-06-03", order, "ordered"),
                (self.provider, "decline", "2025-06-04", {"reason": "人手不足"}, "needed"),
                (self.town, "order", "2025-06-05", order, "ordered"), (self.provider, "take", "2025-06-06", {},
                 "serving"),
                (self.provider, "attempt", "2025-06-06", {"attempt": "not_at_home", "note": "敲门无人应"}, "serving"),
                (self.provider, "serve", "2025-06-09", {"attachments": ["签到照片"], "hours": 2}, "serving"))
        # Signed visits are counted; fewer than were ordered take a reason.
        self.assertEqual([("/fields/fewer_because", "fewer_than_told")], self.codes(
            self.move(self.provider, number, "finish", "2025-06-10")))
        self.go(number, (self.provider, "finish", "2025-06-10", {"fewer_because": "老人短期住院"}, "finished"),
                (self.town, "again", "2025-06-11", {"reason": "次数不足"}, "serving"),
                *((self.provider, "serve", "2025-06-12", {"attachments": [f"第{nth}次签到"], "hours": 2}, "serving")
                  for nth in range(2, 6)),
                (self.provider, "finish", "2025-06-12", {}, "finished"))
        self.assertEqual(["5"], self.case(self.town, number)["events"][-1]["fields"]["served_times"])  # more is told
        self.assertEqual([("/fields/satisfied", "move_condition")], self.codes(
            self.move(self.town, number, "accept", "2025-06-13", satisfied=False)))
        self.go(number, (self.county, "accept", "2025-06-13", {"satisfied": True}, "accepted"))
        self.assertEqual([("/move", "move_same_person")], self.codes(
            self.move(self.county, number, "settle", "2025-06-16", amount=80000)))
        # More than was ordered is not paid, whatever the reason; less says why.
        self.assertEqual([("/fields/amount", "more_than_told")], self.codes(self.move(
            self.second, number, "settle", "2025-06-16", amount=80001, amount_because="加送一次")))
        self.assertEqual([("/fields/amount_because", "differs_from_found")], self.codes(self.move(
            self.second, number, "settle", "2025-06-16", amount=79999)))
        self.go(number, (self.second, "settle", "2025-06-16", {"amount": 80000}, "settled"))
        refused = {"machine": "order", "household": household, "on": "2025-06-03",
                   "fields": {"need": "y", "consent": False}}
        self.assertEqual([("/fields/consent", "move_condition")], self.codes(
            self.town("POST", "/api/v1/cases", refused)))
        self.go(self.opened(self.town, "order", "2025-06-03", household=household, need="y", consent=True),
                (self.town, "cancel", "2025-06-04", {"reason": "住院"}, "cancelled"))

    def test_32_charity_needs_consent_and_reports_what_was_given(self):
        refused = self.town("POST", "/api/v1/cases", {"machine": "charity", "household": self.inside[0],
                "on": "2025-06-03",
                                                      "fields": {"need": "助学", "consent": False}})
        self.assertEqual([("/fields/consent", "move_condition")], self.codes(refused))
        number = self.opened(self.town, "charity", "2025-06-03", household=self.inside[0], need="助学", consent=True)
        offer = {"donor": "样例基金会", "offer": "助学金"}
        self.go(number, (self.county, "offer", "2025-06-04", offer, "offered"),
                (self.county, "unmatch", "2025-06-05", {"reason": "条件不符"}, "need"),
                (self.county, "offer", "2025-06-06", offer, "offered"),
                (self.county, "match", "2025-06-09", {"donor": "样例基金会"}, "matched"))
        self.assertEqual([("/fields/consent", "move_condition")], self.codes(
            self.move(self.county, number, "deliver", "2025-06-10", amount=300000, consent=False)))
        self.go(number, (self.county, "deliver", "2025-06-10", {"amount": 300000, "consent": True}, "delivered"),
                (self.county, "report", "2025-06-11", {"note": "已发放"}, "closed"))
        self.go(self.opened(self.town, "charity", "2025-06-03", household=self.inside[0], need="z", consent=True),
                (self.town, "withdraw", "2025-06-04", {"reason": "本人撤回"}, "closed"))

    def test_33_a_conference_decides_and_its_decision_is_a_task_with_a_day(self):
        number = self.opened(self.town, "conference", "2025-06-03", household=self.inside[0], reason="情形复杂")
        for kind in ("case_conference", "mechanism", "joint_meeting"):
            self.assertEqual([("/move", "move_level")], self.codes(self.move(
                self.town, number, "convene", "2025-06-03", conference_kind=kind, agenda="一户一策",
                due_on="2025-06-06")))
        county = self.opened(self.county, "conference", "2025-06-03", household=self.inside[0], reason="情形复杂")
        self.assertEqual([("/fields/conference_kind", "field_missing")], self.codes(self.move(
            self.county, county, "convene", "2025-06-04", agenda="一户一策", due_on="2025-06-10")))
        self.go(county, (self.county, "convene", "2025-06-04", {
            "conference_kind": "joint_meeting", "agenda": "一户一策", "due_on": "2025-06-10",
            "to_department": "agriculture", "to_unit": "agri"}, "convened"),
                (self.agri, "opine", "2025-06-05", {"department_word": "同意衔接帮扶"}, "convened"))
        # It stays with whoever convened it: it is due there, and the department only has it to look at.
        held_by = {who: next(row["unit"] for row in who.pages("/api/v1/cases?machine=conference", 200)
                             if row["id"] == county) for who in (self.county, self.agri)}
        self.assertEqual({self.case(self.county, county)["unit"]}, set(held_by.values()))
        self.assertNotIn(county, [row["id"] for row in self.county.pages(
            "/api/v1/cases?machine=conference&at=agri", 200)])
        # The department reads what it was asked and what it said itself, and neither why nor the minutes.
        self.assertEqual(["convene", "opine"], [event["move"] for event in self.case(self.agri, county)["events"]])
        self.clock(county, "conference_day", "2025-06-10", "2025-06-10", "due")
        self.go(county, (self.county, "hold", "2025-06-10", {"attended": ["民政", "医保"], "minutes": "会议纪要",
                                                             "decision": ["给予临时救助"]}, "held"))
        self.assertEqual([("/fields/left_because", "below_missing")],
                         self.codes(self.move(self.county, county, "close", "2025-06-10")))
        task = self.opened(self.county, "task", "2025-06-10", parent=int(county), to_unit="first", instruction="落实临时救助",
                           due_on="2025-06-17")
        self.assertEqual([("/fields/left_because", "below_open")],
                         self.codes(self.move(self.county, county, "close", "2025-06-10")))
        self.go(task, (self.town, "report", "2025-06-16", {"note": "已发放"}, "done"),
                (self.county, "again", "2025-06-17", {"reason": "缺凭证", "due_on": "2025-06-19"}, "assigned"),
                (self.town, "report", "2025-06-18", {"note": "已补凭证"}, "done"),
                (self.county, "close", "2025-06-19", {}, "closed"))
        self.clock(task, "task_day", "2025-06-19", "2025-06-19", "met")
        self.go(county, (self.county, "close", "2025-06-20", {}, "closed"))
        self.go(self.opened(self.county, "conference", "2025-06-03", household=self.inside[0], reason="x"),
                (self.county, "drop", "2025-06-05", {"reason": "不必召集"}, "closed"))

    def test_34_the_yearly_survey_is_a_campaign_with_a_household_each(self):
        number = self.opened(self.county, "campaign", "2025-09-01", instruction="年度集中排查", due_on="2025-10-31")
        self.go(number, (self.county, "start", "2025-09-02", {"due_on": "2025-10-31"}, "running"))
        home = self.opened(self.county, "survey", "2025-09-02", parent=int(number), household=self.inside[0],
                           due_on="2025-09-30", to_unit="first")
        self.assertIn("listed_twice", [code for _, code in self.codes(self.county("POST", "/api/v1/cases", {
            "machine": "survey", "parent": int(number), "household": self.inside[0], "on": "2025-09-02",
            "fields": {"due_on": "2025-09-30"}}))])
        self.assertEqual([("/fields/left_because", "below_open")],
                         self.codes(self.move(self.county, number, "sum", "2025-09-02")))
        self.go(home, (self.village, "attempt", "2025-09-03", {"attempt": "moved", "officers": ["village", "town"]},
                "listed"),
                (self.town, "fill", "2025-09-04", {"survey_result": "worse", "note": "困难加重"}, "filled"),
                (self.colleague, "again", "2025-09-05", {"reason": "缺收入", "due_on": "2025-09-12"}, "listed"),
                (self.town, "fill", "2025-09-08", {"survey_result": "worse", "note": "已补"}, "filled"),
                (self.colleague, "close", "2025-09-09", {}, "closed"))
        self.clock(number, "task_day", "2025-10-30", "2025-10-31", "nearly_due")
        self.go(number, (self.county, "sum", "2025-10-31", {}, "summed"),
                (self.county, "go_on", "2025-11-03", {"reason": "两村未完成", "due_on": "2025-11-14"}, "running"),
                (self.county, "sum", "2025-11-14", {}, "summed"), (self.county, "close", "2025-11-17",
                 {"note": "完成"}, "closed"))
        self.go(self.opened(self.county, "campaign", "2025-09-01", instruction="x", due_on="2025-10-31"),
                (self.county, "drop", "2025-09-02", {"reason": "合并"}, "closed"))
        # Its form is the campaign's; open ones are left with a reason.
        cards = self.opened(self.county, "campaign", "2025-09-01", instruction="原建档立卡对象复核", due_on="2025-10-31",
                            survey_form="card_holders")
        self.go(cards, (self.county, "start", "2025-09-02", {"due_on": "2025-10-31"}, "running"))
        home, left = (self.opened(self.county, "survey", "2025-09-02", parent=int(cards), household=code,
                                  to_unit="first") for code in self.inside[:2])
        self.assertIn(("/fields/survey_form", "move_condition"), self.codes(
            self.move(self.town, home, "fill", "2025-09-04", survey_result="worse", note="x")))
        self.go(home, (self.town, "fill_card_holder", "2025-09-04", {
            "survey_result": "no_change", "single_member_holds": "holds", "note": "仍重残"}, "filled"))
        self.assertEqual("listed", self.case(self.county, left)["state"])
        self.go(cards, (self.county, "sum", "2025-10-31", {"left_because": "一户外出未归"}, "summed"))

    def test_35_a_visit_that_met_nobody_is_no_ground_and_one_that_did_is_kept(self):
        number = self.opened(self.village, "visit", "2025-06-03", household=self.inside[0], due_on="2025-06-06")
        self.go(number, (self.village, "attempt", "2025-06-04", {"attempt": "hospital", "officers": ["village",
                "town"]},
                         "planned"),
                (self.village, "met", "2025-06-05", {"officers": ["village", "town"], "note": "见到本人",
                                                     "findings": ["需要护理"]}, "closed"))
        self.clock(number, "task_day", "2025-06-05", "2025-06-06", "met", who=self.town)
        self.go(self.opened(self.town, "visit", "2025-06-03", household=self.inside[0]),
                (self.town, "drop", "2025-06-04", {"reason": "已由他人走访"}, "closed"))

    def test_36_a_death_is_confirmed_by_a_person_and_the_survivors_are_looked_after(self):
        household, person, other = self.two_of_one_home()
        told = {"death_source": ["卫健死亡登记"], "died_on": "2025-06-01", "death_match": "exact"}
        paid = self.allowance(household, "2025-04-07")
        # What is heard at the door is a question to a person, and the death that is told of stands below it.
        visit = self.opened(self.village, "visit", "2025-06-02", household=household)
        self.go(visit, (self.village, "attempt", "2025-06-03", {"attempt": "dead", "officers": ["village", "town"]},
                        "planned"))
        (asked,) = self.case(self.county, visit)["below"]
        self.assertEqual(("task", "assigned"), (asked["machine"], asked["state"]))
        self.kinds[asked["id"]] = "task"
        self.walked.add(("task", "ask"))
        number = self.opened(self.town, "death", "2025-06-03", parent=int(asked["id"]), household=household,
                             person=person, **told)
        self.go(asked["id"], (self.town, "report", "2025-06-03", {"note": "已登记死亡信息"}, "done"))
        self.go(number, (self.town, "add_source", "2025-06-03", {"death_source": ["公安户籍注销"], "death_match": "exact"},
                         "told"))
        for proof in ("visit", "certificate"):  # whoever told it does not confirm it, by whatever word
            self.assertEqual([("/move", "move_same_person")] * 2, self.codes(
                self.move(self.town, number, "confirm", "2025-06-04", death_proof=proof)))
        self.go(number,
                (self.third, "confirm", "2025-06-04", {"death_proof": "visit"}, "confirmed"))
        self.assertEqual("paying", self.case(self.county, paid)["state"])
        self.go(number, (self.county, "hold", "2025-06-05", {}, "held"))
        self.assertEqual("held", self.case(self.county, paid)["state"])
        self.go(number, (self.county, "change_payee", "2025-06-05", {"successor": "长子"}, "held"),
                (self.county, "settle", "2025-06-06", {"survivors": "orphan"}, "handled"))
        below = {row["machine"]: row["state"] for row in self.case(self.county, number)["below"]}
        self.assertEqual({"review": "opened", "referral": "drafted"}, below)
        orphan = self.opened(self.county, "referral", "2025-06-06", parent=int(number), kind="aid", need="孤儿保障")
        self.assertEqual(number, self.case(self.county, orphan)["parent"])
        self.go(number, (self.county, "ask_back", "2025-06-09",
                         {"amount": 66000, "reason": "死亡后多发一个月", "due_on": "2025-07-09"}, "handled"))
        self.assertEqual("recovering", self.case(self.county, paid)["state"])
        self.clock(paid, "recovery_day", "2025-07-09", "2025-07-09", "due")
        self.go(paid, (self.fund, "recovered", "2025-07-08", {"amount": 66000}, "closed"))
        self.go(number, (self.county, "close", "2025-07-09", {"note": "已追回"}, "closed"))
        by_two = self.opened(self.town, "death", "2025-06-03", household=household, person=person, **told,
                             source_departments=["health"])
        self.go(by_two, (self.county, "add_source", "2025-06-03", {
            "death_source": ["公安户籍注销"], "death_match": "exact", "source_departments": ["police"]}, "told"))
        self.assertEqual([("/fields/two_sources", "field_few")], self.codes(
            self.move(self.third, by_two, "confirm_by_sources", "2025-06-04", two_sources=["health"])))
        self.go(by_two, (self.third, "confirm_by_sources", "2025-06-04", {"two_sources": ["health", "police"]},
                         "confirmed"))
        self.go(self.opened(self.town, "death", "2025-06-03", household=household, person=other, **told),
                (self.town, "deny", "2025-06-04", {"reason": "本人健在"}, "closed"))

    def two_of_one_home(self):
        """Of whom no department has told that they died, and whose payment, if any, is being paid."""
        told = {self.case(self.county, row["id"])["person"] for row in self.county.pages(
            "/api/v1/cases?machine=death", limit=200)}
        other = {row["household"] for row in self.county.pages("/api/v1/cases?machine=allowance", limit=200)
                 if row["state"] != "paying"}
        for household in reversed(self.inside[:-1]):
            people = [one["id"] for one in self.county.get(f"/api/v1/households/{household}").json["members"]]
            if len(people) > 1 and household not in other and not told & set(people):
                return household, people[0], people[1]
        raise AssertionError("no such household")

    def granted(self, household, on):
        """On the roll by a confirmation of that day, to be paid from the month after; gives that first day too."""
        applied = self.applied(self.town, on, household)
        self.surveyed(applied, on)
        self.go(applied, (self.town, "review", on, {"category": "minimum_living_guarantee", "opinion": "grant"},
                          "reviewed"),
                (self.fourth, "skip_notice", on, UNPOSTED, "to_confirm"),
                (self.third, "confirm", on, {"category": "minimum_living_guarantee", "amount": 42000, **WHY},
                 "confirmed"))
        number = self.case(self.county, applied)["below"][0]["id"]
        self.kinds[number] = "allowance"
        self.walked.add(("allowance", "open"))
        first = CALENDAR.month_after(on)
        self.clock(number, "allowance_start", on, first, "running")
        return number, first

    def allowance(self, household, on):
        """Granted on that day, and paid from the month after."""
        number, first = self.granted(household, on)
        early = self.move(self.fund, number, "start", CALENDAR.natural(first, -1), amount=42000)
        self.assertEqual([("/on", "move_too_early")], self.codes(early))
        return self.go(number, (self.fund, "start", first, {"amount": 42000}, "paying"))

    def test_38_what_is_paid_is_held_goes_on_is_paid_back_phased_out_ended_and_settled(self):
        household = self.inside[-1]
        number = self.allowance(household, "2025-01-06")
        changed = self.reviewed("change", household)
        self.go(changed, (self.county, "reply", "2025-02-17", {"reply": "同意"}, "to_decide"),
                (self.third, "decide", "2025-02-18", {"decision_kind": "change", "reason": "减员"}, "decided"),
                (self.town, "serve", "2025-02-19", {"served_how": "in_person"}, "closed"))
        taper = self.reviewed("taper", household)
        self.go(taper, (self.county, "reply", "2025-02-17", {"reply": "同意"}, "to_decide"),
                (self.third, "decide", "2025-02-18", {"decision_kind": "taper", "reason": "就业"}, "decided"),
                (self.town, "start_taper", "2025-02-19", {"served_how": "in_person"}, "tapering"))
        self.assertEqual(["change", "taper"], [e["move"] for e in self.case(self.county, number)["events"][-2:]])
        self.walked |= {("allowance", "change"), ("allowance", "taper")}
        self.go(number, (self.second, "hold", "2025-03-31", {"hold_cause": "objection"}, "held"))
        self.assertEqual([("/move", "move_same_person")], self.codes(
            self.move(self.second, number, "resume", "2025-04-02", reason="查清")))
        self.go(number, (self.county, "resume", "2025-04-02", {"reason": "查清"}, "paying"))
        back = {"back_proposed": 42000, "reason": "暂停期间应发"}  # March; April's list is still to come
        self.assertEqual([("/fields/back_proposed", "field_too_much")], self.codes(
            self.move(self.fund, number, "propose_back_pay", "2025-04-02", **{**back, "back_proposed": 42001})))
        self.go(number, (self.fund, "propose_back_pay", "2025-04-02", back, "paying"))
        self.assertEqual([("/move", "move_same_person")], self.codes(  # whoever resumed it does not pay it back
            self.move(self.county, number, "admit_back_pay", "2025-04-02")))
        end = {"end_proposed": "2025-06-03", "reason": "迁出本县"}
        payee = {"payee_proposed": "配偶", "reason": "本人住院", "account": "6217990000000000121", "account_of": "own"}
        self.go(number, (self.second, "admit_back_pay", "2025-04-02", {}, "paying"),
                (self.fund, "propose", "2025-04-03", {"proposed_amount": 45000, "reason": "标准提高"}, "paying"),
                (self.county, "adjust", "2025-04-03", {}, "paying"),
                (self.fund, "propose_payee", "2025-04-03", payee, "paying"),
                (self.county, "admit_payee", "2025-04-03", {}, "paying"),
                (self.fund, "propose_end", "2025-06-03", end, "paying"),
                (self.county, "admit_end", "2025-06-03", {}, "ended"),
                (self.fund, "settle", "2025-06-04", {}, "closed"))
        other = self.carried(household, 42000, "2025-02-10", "2025-03-01", "single_member_guarantee")
        claim = {"claim_proposed": 42000, "reason": "多发", "claim_due": "2025-07-04"}
        self.go(other, (self.county, "propose_end", "2025-06-03", end, "paying"),
                (self.second, "admit_end", "2025-06-03", {}, "ended"),
                (self.fund, "propose_ask_back", "2025-06-04", claim, "ended"))
        self.go(other, (self.county, "admit_ask_back", "2025-06-04", {}, "recovering"),
                (self.second, "waive", "2025-07-07", {"reason": "家庭困难"}, "closed"))

    def test_40_one_form_opens_parallel_matters_at_their_departments(self):
        number = self.applied(self.town, "2025-03-03", matters=["employment_assistance", "education_assistance"],
                              need="失业并有子女上学")
        below = [self.case(self.county, row["id"]) for row in self.case(self.county, number)["below"]]
        self.assertEqual([("hr", "sent", "employment_assistance"), ("education", "sent", "education_assistance")],
                         [(one["department"], one["state"], one["track"]) for one in below])
        self.assertEqual([below[0]["id"]], [row["id"] for row in self.hr.pages("/api/v1/cases?machine=referral")
                                            if row["id"] in {one["id"] for one in below}])
        self.assertEqual(below[0]["route"]["department"], "hr")

    def test_41_a_watch_is_ended_by_its_term_or_by_a_reason(self):
        number = self.opened(self.town, "watch", "2025-02-10", household=self.inside[0], watch_cause="refused")
        self.go(number, (self.town, "look", "2025-05-06", {"note": "无变化"}, "watching"))
        self.clock(number, "watch_term", "2025-05-06", "2026-02-10", "running")
        self.assertEqual([("/on", "move_too_early")], self.codes(self.move(self.town, number, "end", "2026-02-10")))
        self.go(number, (self.town, "end", "2026-02-11", {}, "closed"))
        self.go(self.opened(self.county, "watch", "2025-02-10", household=self.inside[0], watch_cause="left"),
                (self.county, "stop", "2025-03-03", {"watch_ended": "taken_in"}, "closed"))
        exit_ = self.reviewed("exit")
        self.go(exit_, (self.county, "reply", "2025-02-17", {"reply": "无异议"}, "to_decide"),
                (self.third, "decide", "2025-02-18", {"decision_kind": "exit", "reason": "不再符合"}, "decided"),
                (self.town, "serve_exit", "2025-02-19", {"served_how": "left"}, "watched"),
                (self.town, "stop_watch", "2025-06-03", {"watch_ended": "moved"}, "closed"))

    def test_42_the_county_rechecks_what_the_township_confirmed_by_a_drawing_that_anybody_can_repeat(self):
        confirmed = []
        for _ in range(4):
            number = self.applied(self.town, "2025-10-13", self.unpaid()[0])
            self.surveyed(number, "2025-10-14")
            self.go(number, (self.colleague, "review", "2025-10-15",
                             {"category": "minimum_living_guarantee", "opinion": "grant"}, "reviewed"),
                    (self.fourth, "skip_notice", "2025-10-15", UNPOSTED, "to_confirm"),
                    (self.third, "confirm", "2025-10-16",
                     {"category": "minimum_living_guarantee", "amount": 42000, **WHY}, "confirmed"))
            confirmed.append(number)
        asked = {"drawn_from": "2025-10-01", "drawn_until": "2025-10-31", "due_on": "2025-11-28", "seed": "2025-10"}
        number = self.opened(self.county, "drawing", "2025-11-03", **asked)
        drawn = self.case(self.county, number)["events"][0]["fields"]
        self.assertEqual((confirmed, ["2025-10"]), (drawn["population"], drawn["seed"]))
        ranked = sorted(confirmed, key=lambda one: hashlib.sha256(f"2025-10:{one}".encode()).hexdigest())
        self.assertEqual(sorted(ranked[:2], key=int), drawn["sample"])
        again = self.case(self.county, self.opened(self.county, "drawing", "2025-11-03", **asked))
        self.assertEqual(drawn["sample"], again["events"][0]["fields"]["sample"])
        below = [row["id"] for row in self.case(self.county, number)["below"]]
        self.assertEqual(2, len(below))
        for one in below:
            self.kinds[one] = "recheck"
            self.walked.add(("recheck", "list"))
        self.clock(below[0], "task_day", "2025-11-03", "2025-11-28", "running")
        visit = {"officers": ["county", "second"], "note": "入户抽查"}
        self.go(below[0], (self.county, "check", "2025-11-10", {**visit, "recheck_result": "upheld"}, "checked"),
                (self.county, "uphold", "2025-11-11", {}, "closed"))
        self.go(below[1], (self.county, "check", "2025-11-10", {**visit, "recheck_result": "wrong"}, "checked"),
                (self.county, "correct", "2025-11-11", {"reason": "收入超过标准"}, "closed"))
        self.assertEqual([("review", "opened")], [(row["machine"], row["state"]) for row in self.case(
            self.county, below[1])["below"]])
        self.go(number, (self.county, "close", "2025-11-12", {"note": "抽查完成"}, "closed"))

    def test_43_a_department_tells_that_its_help_has_ended_and_learns_nothing_by_it(self):
        self.program.must("synth", "--residents", str(self.residents), "--seed", "3", "--style", "csv", "plain")
        with (self.root / "plain/registry/低收入人口_成员.csv").open(encoding="utf-8-sig", newline="") as file:
            people = [row for row in csv.DictReader(file) if len(row["身份证号码"]) == 18]

        def tell(row, who=None, **change):
            body = {"name": row["姓名"], "identity_number": row["身份证号码"], "benefit": "employment_assistance",
                    "ended_on": "2025-06-01", "reason": "已稳定就业", **change}
            return (who or self.hr)("POST", "/api/v1/terminations", body)
        known = [self.fits("tellTermination", tell(row), 202).body for row in people[:2]]
        wrong = self.fits("tellTermination", tell(people[2], name="旁人"), 202).body
        nobody = self.fits("tellTermination", tell({**people[3], "身份证号码": other_number(people[3]["身份证号码"])}),
                           202).body
        self.assertEqual(1, len({*known, wrong, nobody}))
        self.assertEqual(202, tell(people[0]).status)  # sent again
        rows = self.county.pages("/api/v1/cases?machine=ended_help", limit=50)
        self.assertEqual(2, len(rows))
        for row in rows:
            self.kinds[row["id"]] = "ended_help"
            self.walked.add(("ended_help", "tell"))
        self.go(rows[0]["id"], (self.county, "take_up", "", {}, "reviewed"))
        self.assertEqual([("review", "opened")], [(row["machine"], row["state"]) for row in self.case(
            self.county, rows[0]["id"])["below"]])
        self.go(rows[1]["id"], (self.county, "note", "", {"reason": "已在复核中"}, "noted"))
        self.assertEqual(422, tell(people[0], benefit="moon").status)
        self.assertEqual(422, tell(people[0], ended_on="2999-01-01").status)
        self.refused(tell(people[0], who=self.town), 403, "not_allowed")


if __name__ == "__main__":
    main()
