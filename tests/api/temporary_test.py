# SPDX-License-Identifier: Apache-2.0
"""Temporary assistance by the general procedure: applied for, surveyed, reviewed, posted, approved by the county or a
small sum by the township, paid and served; its clocks by this file's own calendar, its papers, what speaks against a
step. Every move of the machine is made here."""
from case_files_test import words_of
from cases_test import main
from year_office import CALENDAR, FORM, HOME, WHY, YearOffice

AID = {"aid_cause": "illness", "need": "住院自付三万元，全家积蓄用尽"}
SIGNED = {"unsigned_because": "absent"}
DAYS = {"temporary_procedure_days": 10, "temporary_payment_days": 3}
TIMES = 2  # in a year
FIGURES = {"temporary_aid_cap": "8000.00", "temporary_small_sum": "2000.00", "temporary_times_year": str(TIMES),
           **{figure: str(days) for figure, days in DAYS.items()}}
PAYS = {"amount": 150000, "paid_how": "fund"}


class Temporary(YearOffice):
    residents = 4000  # every application has a home of its own: help for the same cause again is a matter of one test
    every = frozenset((
        "register", "ask_papers", "complete", "accept", "decline", "withdraw", "to_emergency", "ask_check",
        "report_check", "attempt", "survey", "review", "post", "skip_notice", "object", "appraise", "end_notice",
        "approve", "approve_small", "record", "discuss", "approve_discussed", "refuse", "pay", "serve"))

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for figure, value in FIGURES.items():
            cls.set_figure(figure, "441699", value)

    def applied(self, on="2025-03-03", household=None, **more):
        household = household or next(self.homes)
        if household not in self.have_signed:
            self.sign(self.town, household)
            self.have_signed.add(household)
        return self.opened(self.town, "temporary", on, household=household, **{**FORM, **AID, **more})

    def to_approve(self, amount=150000, on="2025-03-04", **more):
        """Surveyed, reviewed and, as it could not wait, not posted: another than who surveyed says so."""
        number = self.applied("2025-03-03", **more)
        self.go(number, (self.town, "accept", "2025-03-03", {}, "accepted"),
                (self.town, "survey", on, HOME, "surveyed"),
                (self.town, "review", on, {"opinion": "grant", "aid_amount": amount}, "reviewed"),
                (self.third, "skip_notice", on, {"no_notice": "urgent", "reason": "成员住院，等待救助"}, "to_approve"))
        return number


class Procedure(Temporary):
    def test_10_it_is_applied_for_surveyed_posted_approved_paid_and_served(self):
        number = self.applied()
        self.go(number, (self.town, "ask_papers", "2025-03-03", {"missing": ["诊断证明"]}, "correcting"))
        self.clock(number, "papers_due", "2025-03-04", CALENDAR.term("2025-03-03", 30), "running")
        self.go(number, (self.town, "complete", "2025-03-04", {}, "completed"),
                (self.town, "accept", "2025-03-05", {}, "accepted"))
        self.clock(number, "temporary_procedure", "2025-03-06",
                   CALENDAR.working("2025-03-05", DAYS["temporary_procedure_days"]), "running")
        self.go(number, (self.town, "ask_check", "2025-03-06", {}, "accepted"))
        self.clock(number, "temporary_procedure", "2025-03-10", None, "paused")
        self.go(number, (self.clerk, "report_check", "2025-03-10", {"check_result": "within"}, "accepted"),
                (self.town, "attempt", "2025-03-10", {"attempt": "hospital", "officers": ["town", "colleague"]},
                 "accepted"),
                (self.town, "survey", "2025-03-11", HOME, "surveyed"),
                (self.town, "review", "2025-03-11", {"opinion": "grant", "aid_amount": 500000}, "reviewed"),
                (self.village, "post", "2025-03-11", {"attachments": ["公示照片"]}, "noticed"))
        notice = CALENDAR.term("2025-03-11", 7)
        self.clock(number, "temporary_notice", "2025-03-12", notice, "running")
        self.assertEqual([("/on", "move_too_early")], self.codes(self.move(self.town, number, "end_notice", notice)))
        self.go(number, (self.town, "object", "2025-03-12", {"reason": "邻居反映有车"}, "objected"),
                (self.third, "appraise", "2025-03-13", {"officers": ["third", "fourth"], "note": "民主评议"}, "surveyed"),
                (self.town, "review", "2025-03-13", {"opinion": "grant", "aid_amount": 500000}, "reviewed"),
                (self.town, "post", "2025-03-13", {"attachments": ["再次公示照片"]}, "noticed"))
        end = CALENDAR.natural(CALENDAR.term("2025-03-13", 7), 1)
        self.go(number, (self.town, "end_notice", end, {}, "to_approve"),
                (self.county, "approve", end, {"aid_amount": 500000}, "approved"))
        due = CALENDAR.working(end, DAYS["temporary_payment_days"])
        self.clock(number, "temporary_payment", CALENDAR.natural(end, 1), due, "running")
        # Nothing else is paid than was approved, and not out of the reserve for what cannot wait.
        self.assertEqual([("/fields/amount", "not_as_found")], self.codes(
            self.move(self.second, number, "pay", end, amount=510000, paid_how="fund")))
        self.assertEqual([("/move", "move_same_person")], self.codes(  # who approved does not pay
            self.move(self.county, number, "pay", end, paid_how="fund")))
        self.assertEqual([("/fields/paid_how", "move_condition")], self.codes(
            self.move(self.second, number, "pay", end, paid_how="reserve")))
        self.go(number, (self.second, "pay", end, {"paid_how": "fund"}, "paid"),
                (self.town, "serve", end, {"served_how": "in_person"}, "closed"))
        self.assertEqual(["500000"], self.case(self.county, number)["events"][-2]["fields"]["amount"])
        self.clock(number, "temporary_payment", end, due, "met")
        self.clock(number, "reconsideration_term", end, CALENDAR.term(end, 60), "running")

    def test_11_a_small_sum_is_the_townships_by_another_than_who_surveyed_and_goes_on_the_countys_record(self):
        number = self.to_approve()
        for who in (self.town, self.colleague, self.third):  # surveyed and reviewed, went along, left the notice out
            self.assertIn(("/move", "move_same_person"), self.codes(
                self.move(who, number, "approve_small", "2025-03-05", aid_amount=150000, **WHY)))
        self.assertEqual([("/fields/aid_amount", "field_too_much")], self.codes(
            self.move(self.fourth, number, "approve_small", "2025-03-05", aid_amount=200001, **WHY)))
        self.go(number, (self.fourth, "approve_small", "2025-03-05", {"aid_amount": 150000, **WHY}, "approved"),
                (self.county, "record", "2025-03-06", {"note": "已备案"}, "approved"),
                (self.county, "pay", "2025-03-06", PAYS, "paid"),
                (self.town, "serve", "2025-03-06", {"served_how": "in_person"}, "closed"))

    def test_12_more_than_the_cap_is_for_a_conference(self):
        number = self.to_approve(900000)
        self.assertEqual([("/fields/aid_amount", "field_too_much")], self.codes(
            self.move(self.county, number, "approve", "2025-03-05", aid_amount=900000, **WHY)))
        self.go(number, (self.county, "discuss", "2025-03-05", {"reason": "重大疾病，超过单次限额"}, "discussed"))
        meeting = self.opened(self.county, "conference", "2025-03-05", parent=int(number), reason="临时救助一事一议")
        self.assertIn(("/fields/differs_because", "below_open"), self.codes(self.move(
            self.county, number, "approve_discussed", "2025-03-06", aid_amount=900000, note="按会议决定")))
        self.go(meeting, (self.county, "convene", "2025-03-05", {
            "conference_kind": "case_conference", "agenda": "救助金额", "due_on": "2025-03-07"}, "convened"),
                (self.county, "hold", "2025-03-06", {"attended": ["民政", "医保"], "minutes": "同意", "decision": ["救助九千元"]},
                 "held"),
                (self.county, "close", "2025-03-06", {"left_because": "由申请件办理"}, "closed"))
        self.go(number, (self.county, "approve_discussed", "2025-03-06", {"aid_amount": 900000, "note": "按会议决定"},
                         "approved"))

    def test_13_who_is_refused_is_told_in_writing_and_may_object(self):
        number = self.to_approve()
        self.assertEqual([("/fields/differs_because", "differs_from_found")], self.codes(
            self.move(self.county, number, "refuse", "2025-03-05", reason="支出已由保险赔付")))
        self.go(number, (self.county, "refuse", "2025-03-05", {"reason": "支出已由保险赔付", **WHY}, "refused"))
        objection = self.served_and_objected(number)
        self.assertIn(("/move", "move_same_person"), self.codes(self.move(
            self.county, objection, "uphold", "2025-03-07", reason="维持", served_how="in_person")))

    def noticed(self, household):
        number = self.applied("2025-03-03", household)
        return self.go(number, (self.town, "accept", "2025-03-03", {}, "accepted"),
                       (self.town, "survey", "2025-03-04", {**HOME, "note": "户主患重病，电话13800138000"}, "surveyed"),
                       (self.third, "review", "2025-03-04", {"opinion": "grant", "aid_amount": 654300, "persons": 1},
                        "reviewed"),
                       (self.town, "post", "2025-03-05", {"attachments": ["公示照片"]}, "noticed"))

    def test_17_its_notice_says_who_asks_and_neither_cause_nor_sum_and_of_a_child_there_is_none(self):
        words = None
        for household in self.homes:
            number = self.noticed(household)
            (paper,) = [one for one in self.county.get(f"/api/v1/cases/{number}/papers").json["items"]
                        if one["paper"] == "public_notice"]
            if paper["state"] == "ready":
                words = words_of(self.fits("getCasePaper", self.county.get(paper["href"])).body)
                break
            self.refused(self.county.get(f"/api/v1/cases/{number}/papers/5/public_notice"), 409, "paper_withheld")
        told = self.county.get(f"/api/v1/households/{household}").json
        for word in (told["head_name"], "临时救助", "拟确认对象公示", "2025年3月5日", "2025年3月12日"):
            self.assertIn(word, words)
        for secret in ("重病", "因病", "住院", "自付", "6543", "6,543", "13800138000", "********"):
            self.assertNotIn(secret, words)
        for member in told["members"]:
            if member["name"] != told["head_name"]:
                self.assertNotIn(member["name"], words)

    def served_and_objected(self, number):
        self.go(number, (self.town, "serve", "2025-03-06", {"served_how": "in_person"}, "closed"))
        objection = self.opened(self.town, "objection", "2025-03-06", parent=int(number), reason="赔付没有到账")
        self.moved(self.second, objection, "accept", "2025-03-06")
        self.clock(objection, "recheck", "2025-03-07", CALENDAR.working("2025-03-06", 10), "running")
        return objection

    def test_14_it_may_be_declined_withdrawn_or_go_on_where_nothing_waits(self):
        self.go(self.applied(), (self.town, "decline", "2025-03-03", {"reason": "同一事由已获救助"}, "declined"))
        self.go(self.applied(), (self.town, "withdraw", "2025-03-03", {"reason": "本人撤回"}, "withdrawn"))
        number = self.applied()
        self.go(number, (self.town, "to_emergency", "2025-03-03", {"reason": "病危", "need": "突发重病",
                                                              "found_by": "applied"}, "withdrawn"))
        self.assertEqual([("emergency", "reported")], [(row["machine"], row["state"]) for row in self.case(
            self.county, number)["below"]])

    def test_15_the_same_cause_again_takes_a_reason_and_nobody_is_helped_oftener_than_the_place_allows(self):
        household = next(self.homes)
        first = self.to_approve(household=household)
        self.assertNotIn("helped_before", self.case(self.fourth, first))
        self.go(first, (self.fourth, "approve_small", "2025-03-05", {"aid_amount": 150000, **WHY}, "approved"))
        # Of the same cause.
        second = self.to_approve(household=household)
        self.assertEqual([("/fields/again_because", "helped_before")], self.codes(
            self.move(self.fourth, second, "approve_small", "2025-03-05", aid_amount=50000, **WHY)))
        # A small sum in two parts is one sum: what is more than the township may give is the county's.
        again = {"again_because": "病情反复，再次住院", **WHY}
        self.assertEqual([("/fields/aid_amount", "together_too_much")], self.codes(
            self.move(self.fourth, second, "approve_small", "2025-03-05", aid_amount=50001, **again)))
        self.go(second, (self.fourth, "approve_small", "2025-03-05",
                         {"aid_amount": 50000, "again_because": "病情反复，再次住院", **WHY}, "approved"))
        third = self.to_approve(household=household, aid_cause="schooling")
        self.assertEqual([("/move", "helped_too_often")], self.codes(
            self.move(self.county, third, "approve", "2025-03-05", aid_amount=100000, **WHY)))

    def test_16_whoever_decides_an_emergency_is_shown_what_the_household_was_given(self):
        household = next(self.homes)
        given = self.to_approve(household=household)
        self.go(given, (self.fourth, "approve_small", "", {"aid_amount": 150000, **WHY}, "approved"))
        urgent = self.opened(self.town, "emergency", household=household, need="突发急病", found_by="hotline")
        shown = self.case(self.town, urgent)["helped_before"]
        self.assertEqual([(given, 150000)], [(one["case"], one["amount"]) for one in shown])
        self.assertNotIn("helped_before", self.case(self.village, urgent))  # who decides nothing

    def test_90_every_move_of_the_machine_was_made(self):
        machines = self.county.get("/api/v1/procedures").json["machines"]
        stated = {one["id"]: {move["id"] for move in one["moves"]} for one in machines if one["id"] == "temporary"}
        # A household is tied to what a first request began (first_requests_test.py).
        self.assertEqual({"temporary": {*self.every, "tie"}}, stated)
        self.assertEqual(set(self.every), {move for machine, move in self.walked if machine == "temporary"})

    def test_91_its_papers_are_printed(self):
        printed = set()
        for row in self.county.pages("/api/v1/cases?machine=temporary&closed=all", limit=200):
            listed = self.county.get(f"/api/v1/cases/{row['id']}/papers").json["items"]
            for one in listed:
                if one["state"] == "ready" and one["paper"] not in printed:
                    self.assertTrue(self.fits("getCasePaper", self.county.get(one["href"])).body.startswith(b"%PDF"))
                    printed.add(one["paper"])
        self.assertLessEqual({"acceptance_notice", "home_survey", "approval_form", "appraisal_record",
                              "decision_letter", "public_notice",
                              "refusal_letter", "service_receipt", "correction_notice", "check_report"}, printed)


if __name__ == "__main__":
    main()
