# SPDX-License-Identifier: Apache-2.0
"""Temporary assistance in the scripted year: its clocks, its ways from each state, its words."""
from year_office import CALENDAR, FORM, HOME, PROXY, UNPOSTED, WHY

DAY = "2025-04-22"
TWO = {"officers": ["town", "colleague"]}
FIGURES = {"temporary_aid_cap": "8000.00", "temporary_small_sum": "2000.00", "temporary_procedure_days": "10",
           "temporary_payment_days": "3"}
AID = {"aid_cause": "illness", "need": "住院自付三万元"}
TO = (("correcting", "ask_papers", {"missing": ["诊断证明"]}), ("completed", "complete", {}),
      ("accepted", "accept", {}), ("surveyed", "survey", HOME),
      ("reviewed", "review", {"opinion": "grant", "aid_amount": 150000}),
      ("to_approve", "skip_notice", UNPOSTED))
APPROVE = {"aid_amount": 150000, "again_because": "病情反复", **WHY}


class Temporary:
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for figure, value in FIGURES.items():
            cls.set_figure(figure, "441699", value)

    def aid(self, state, on=DAY, **more):
        """An application for temporary assistance that came to that state."""
        household = next(self.homes)
        if household not in self.have_signed:
            self.sign(self.town, household)
            self.have_signed.add(household)
        number = self.opened(self.town, "temporary", on, household=household, **{**FORM, **AID, **more})
        for to, move, told in TO:
            if self.case(self.town, number)["state"] == state:
                break
            self.at(number, on, (self.third if move == "skip_notice" else self.town, move, to, told))
        return number

    def test_80_temporary_assistance_runs_its_clocks_from_acceptance_to_payment(self):
        number = self.aid("correcting")
        self.runs(number, "papers_due", CALENDAR.term(DAY, 30), CALENDAR.natural(DAY, 1))
        on = CALENDAR.working(DAY, 2)
        self.at(number, on, (self.town, "complete", "completed"), (self.town, "accept", "accepted"))
        self.runs(number, "temporary_procedure", CALENDAR.working(on, 10), CALENDAR.natural(on, 1))
        asked = CALENDAR.working(on, 3)
        self.at(number, asked, (self.town, "ask_check", "accepted"))
        self.clock(number, "temporary_procedure", CALENDAR.natural(asked, 1), None, "paused")
        came = CALENDAR.working(asked, 4)
        self.at(number, came, (self.clerk, "report_check", "accepted", {"check_result": "within"}))
        # Two of its ten days had run before the pause.
        self.clock(number, "temporary_procedure", came, CALENDAR.working(came, 8), "running")
        self.at(number, came, (self.town, "survey", "surveyed", HOME),
                (self.town, "review", "reviewed", {"opinion": "grant", "aid_amount": 500000}),
                (self.village, "post", "noticed", {"attachments": ["公示照片"]}))
        self.runs(number, "temporary_notice", CALENDAR.term(came, 7), CALENDAR.natural(came, 1))
        objected = CALENDAR.natural(came, 1)
        self.at(number, objected, (self.town, "object", "objected", {"reason": "邻居反映有车"}))
        self.runs(number, "recheck", CALENDAR.working(objected, 10), CALENDAR.natural(objected, 1))
        on = CALENDAR.working(objected, 2)
        self.at(number, on, (self.third, "appraise", "surveyed", {"officers": ["third", "fourth"], "note": "民主评议"}),
                (self.town, "review", "reviewed", {"opinion": "grant", "aid_amount": 500000}),
                (self.town, "post", "noticed", {"attachments": ["再次公示照片"]}))
        last = CALENDAR.term(on, 7)
        self.assertEqual([("/on", "move_too_early")], self.codes(self.move(self.town, number, "end_notice", last)))
        end = CALENDAR.natural(last, 1)
        self.at(number, end, (self.town, "end_notice", "to_approve"),
                (self.county, "approve", "approved", {**APPROVE, "aid_amount": 500000}))
        self.runs(number, "temporary_payment", CALENDAR.working(end, 3), CALENDAR.natural(end, 1))
        paid = CALENDAR.natural(end, 1)
        self.at(number, paid, (self.second, "pay", "paid", {"amount": 500000, "paid_how": "fund"}),
                (self.town, "serve", "closed", {"served_how": "in_person"}))
        self.clock(number, "temporary_payment", paid, CALENDAR.working(end, 3), "met")
        self.terms_run(number, paid)

    def test_81_temporary_assistance_goes_on_from_each_state_to_each_that_the_law_opens(self):
        for state in ("registered", "correcting", "completed"):
            self.at(self.aid(state), DAY, (self.town, "decline", "declined", {"reason": "不属本辖区"}))
        for state in ("registered", "correcting", "completed", "accepted", "surveyed", "reviewed"):
            self.at(self.aid(state), DAY, (self.town, "withdraw", "withdrawn", {"reason": "本人撤回"}))
        found = iter(("applied", "discovered", "hotline", "department", "applied"))
        for state in ("registered", "correcting", "completed", "accepted", "surveyed"):
            number = self.at(self.aid(state), DAY, (self.town, "to_emergency", "withdrawn", {
                "reason": "病危", "need": "突发重病", "found_by": next(found)}))
            (row,) = self.case(self.county, number)["below"]
            self.assertEqual(("emergency", "reported"), (row["machine"], row["state"]))
            self.kinds[row["id"]] = "emergency"
        number = self.opened(self.town, "temporary", DAY, household=self.inside[0], **{**FORM, **AID})
        self.at(number, DAY, (self.town, "accept", "accepted"))  # from the window at once
        number = self.aid("to_approve")
        self.at(number, DAY, (self.fourth, "approve_small", "approved", APPROVE),
                (self.county, "record", "approved", {"note": "已备案"}))
        number = self.aid("to_approve")
        self.at(number, DAY, (self.fourth, "approve_small", "approved", APPROVE),
                (self.second, "pay", "paid", {"amount": 150000, "paid_how": "goods"}), (self.county, "record", "paid"),
                (self.town, "serve", "closed", {"served_how": "left"}))
        discuss = (self.county, "discuss", "discussed", {"reason": "超过单次限额"})
        self.at(self.aid("to_approve"), DAY, discuss,
                (self.county, "approve_discussed", "approved", {**APPROVE, "aid_amount": 900000, "note": "按会议决定"}))
        for how, steps in (("electronic", ()), ("post", (discuss,))):
            number = self.at(self.aid("to_approve"), DAY, *steps, (
                self.county, "refuse", "refused", {"reason": "支出已由保险赔付", **WHY}),
                             (self.town, "serve", "closed", {"served_how": how}))

    def test_82_temporary_assistance_for_each_cause_by_each_channel_with_what_lacks_named(self):
        channels = ("window", "proxy", "village", "online", "discovered", "window")
        lacks = ("ward", "absent", "urgent", "other_duty")
        for nth, cause in enumerate(("illness", "schooling", "disaster", "accident", "job_lost", "other")):
            signed = {} if nth >= len(lacks) else {"pledge": False, "authorised": False}
            by = PROXY if channels[nth] == "proxy" else {"channel": channels[nth]}
            number = self.aid("accepted", aid_cause=cause, **by, **signed)
            for result in ("unclear", "beyond"):
                self.at(number, DAY, (self.clerk, "report_check", "accepted", {"check_result": result}))
            for word in ("not_at_home", "refused", "moved", "hospital", "prison", "missing", "dead")[nth::6]:
                self.at(number, DAY, (self.town, "attempt", "accepted", {"attempt": word, **TWO}))
            self.at(number, DAY, (self.town, "survey", "surveyed", HOME),
                    (self.clerk, "report_check", "surveyed", {"check_result": "beyond"}),
                    (self.town, "review", "reviewed", {"opinion": "refuse" if nth else "grant", "aid_amount": 150000}),
                    (self.third, "skip_notice", "to_approve", UNPOSTED))
            approve = dict(APPROVE)
            if signed:
                self.assertIn(("/fields/unsigned_because", "differs_from_found"), self.codes(
                    self.move(self.county, number, "approve", DAY, **approve)))
                approve["unsigned_because"] = lacks[nth]
            self.at(number, DAY, (self.county, "approve", "approved", approve))
        for row in self.county.pages("/api/v1/cases?machine=task", limit=200):
            self.kinds.setdefault(row["id"], "task")
