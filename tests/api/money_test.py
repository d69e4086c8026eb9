# SPDX-License-Identifier: Apache-2.0
"""What is paid has a decision behind it, is that sum and no other, and is paid once; a death is a question to a person,
told by whoever told it. What was refused here once went through."""
from cases_test import Office
from office import main
from year_office import FIGURES, FORM, HOME, UNITS, WHY

GUARANTEE, SINGLE, POOR = "minimum_living_guarantee", "single_member_guarantee", "extreme_poverty"
EARLIER = {"basis": "earlier", "decided_on": "2024-11-01", "decision_number": "样民确〔2024〕8号",
           "decision_of_many": True}
DAY = "2025-06-03"
PAID = {"amount": 100000, "paid_how": "fund"}
PAPER = {"earlier_paper": "2024年12月至2025年3月发放清册"}  # of what was due before it was begun here
CONFIRM = {"category": GUARANTEE, "amount": 42000, **WHY}


class Money(Office):
    units = UNITS
    residents = 12000  # a household of its own for each test

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.monitor = cls.account("monitor", "city_monitor_officer")
        cls.third = cls.account("third", "township_officer", unit="first")
        cls.fourth = cls.account("fourth", "township_officer", unit="first")
        cls.far = cls.account("far", "township_officer", unit="second")
        for parameter, (region, value) in FIGURES.items():
            cls.set_figure(parameter, region, value)

    def go(self, number, *steps):
        for who, move, on, fields in steps:
            self.moved(who, number, move, on, **fields)
        return number

    def asked(self, who, machine, household="", **more):
        """An opening as it comes, also where it is refused."""
        body = {"machine": machine, "on": more.pop("on", DAY), "fields": more.pop("fields", {}), **more}
        return who("POST", "/api/v1/cases", {**body, **({"household": household} if household else {})})

    def to_confirm(self, household, category=GUARANTEE, posted=False):
        self.sign(self.town, household)
        number = self.opened(self.town, "application", "2025-03-03", household=household, **FORM)
        self.go(number, (self.town, "accept", "2025-03-03", {"relatives_of_staff": False}),
                (self.town, "survey", "2025-03-03", HOME),
                (self.town, "review", "2025-03-03", {"category": category, "opinion": "grant"}))
        if not posted:
            return self.go(number, (self.fourth, "skip_notice", "2025-03-04", {
                "no_notice": "urgent", "reason": "成员住院，等待救助"}))
        return self.go(number, (self.town, "post", "2025-03-04", {"attachments": [self.photo(self.town, number)]}),
                       (self.town, "end_notice", "2025-03-12", {}))

    def confirmed(self, household, **more):
        number = self.to_confirm(household, **more)
        self.moved(self.third, number, "confirm", "2025-03-13", **CONFIRM)
        return number

    def paying(self, household, fen=42000, category=GUARANTEE):
        return self.carried(household, fen, "2025-04-01", "2025-04-02", category)

    def ends(self, *numbers):
        """Where each stands and by which step, with the sum that it was told."""
        told = []
        for number in numbers:
            case = self.case(self.county, number)
            last = case["events"][-1]
            told.append((case["state"], last["move"], last["fields"].get("amount")))
        return told

    # --- what is paid needs a decision

    def test_nobody_puts_a_household_on_the_roll_by_hand(self):
        home = self.unpaid()[0]
        of = {"category": GUARANTEE, "amount": 42000}
        for who in (self.town, self.county, self.fund):
            answer = self.asked(who, "allowance", home, move="open", fields=of)
            self.assertIn(("/move", "move_role"), self.codes(answer))
        self.assertNotIn(home, [row["household"] for row in self.county.pages("/api/v1/cases?machine=allowance")])

    def test_what_was_decided_before_is_told_by_one_person_and_admitted_by_another(self):
        home = self.unpaid()[0]
        told = {"category": GUARANTEE, "amount": 42000, **EARLIER}
        self.assertIn(("/move", "move_role"), self.codes(self.asked(self.town, "allowance", home, fields=told)))
        self.assertEqual([("/fields/decision_number", "field_missing")], self.codes(self.asked(
            self.county, "allowance", home, fields={key: told[key] for key in told if key != "decision_number"})))
        self.assertEqual([("/fields/decided_on", "field_future")], self.codes(self.asked(
            self.county, "allowance", home, fields={**told, "decided_on": "2025-06-04"})))
        number = self.opened(self.county, "allowance", DAY, household=home, **told)
        # It is not started at all; nor has a confirmation begun the days of this one.
        self.assertEqual([("/fields/basis", "move_condition"), ("/on", "move_no_clock")], self.codes(
            self.move(self.fund, number, "start", "2025-07-01", amount=42000)))
        self.assertEqual([("/move", "move_same_person")], self.codes(self.move(self.county, number, "admit", DAY)))
        self.assertEqual([("/fields/amount", "not_as_found")], self.codes(
            self.move(self.second, number, "admit", DAY, amount=42001)))
        self.go(number, (self.second, "admit", DAY, {}))
        self.assertEqual([("paying", "admit", ["42000"])], self.ends(number))

    def test_of_a_kind_one_payment_of_a_household_is_open(self):
        home = self.unpaid()[0]
        number = self.paying(home)
        told = {"amount": 42000, **EARLIER}
        for category in (GUARANTEE, POOR):  # one of the two at most
            self.assertEqual([("/fields/category", "case_not_alone")], self.codes(
                self.asked(self.county, "allowance", home, fields={"category": category, **told})))
        other = self.to_confirm(home)
        self.assertEqual([("/fields/category", "case_not_alone")], self.codes(
            self.move(self.third, other, "confirm", "2025-03-13", **CONFIRM)))
        self.assertEqual("to_confirm", self.case(self.county, other)["state"])
        self.paying(home, category=SINGLE)  # of one member beside it
        self.ended(number, DAY)  # paid no more: it stands in nobody's way
        self.moved(self.third, other, "confirm", "2025-03-13", **CONFIRM)

    # --- a month is paid by one case

    def waiting(self, home, number):
        """Told of, and not begun."""
        told = {**EARLIER, "decision_number": number, "category": GUARANTEE, "amount": 42000}
        return self.opened(self.county, "allowance", DAY, household=home, **told)

    def paid_by(self, home, month):
        """Which of its cases the list of a month pays, and how many lines of the list are paid twice."""
        lines = self.fund.pages(f"/api/v1/payrolls/lines?month={month}&part=all")
        parts = self.fund.get(f"/api/v1/payrolls/month?month={month}").json["parts"]
        paid = [row["payment"] for row in lines if row["household"] == home and row["standing"] == "paid"]
        return paid, parts["twice"]

    def test_what_begins_waits_for_the_first_month_that_the_payment_before_it_does_not_pay(self):
        home = self.unpaid()[0]
        paid = self.granted(home)
        far = self.move(self.county, paid, "propose_end", DAY, end_proposed="2035-01-01", reason="迁出本县")
        self.assertEqual([("/fields/end_proposed", "field_far")], self.codes(far))
        self.ended(paid, DAY, from_on="2025-08-01")
        self.assertEqual([("/on", "still_paid")], self.codes(self.move(self.fund, paid, "settle", DAY)))
        number = self.waiting(home, "样民确〔2024〕81号")
        for on in (DAY, "2025-07-31"):
            early = self.move(self.second, number, "admit", on)
            self.assertEqual([("/on", "paid_beside")], self.codes(early))
            self.assertIn("2025-08-01", early.json["errors"][0]["detail"])
        self.moved(self.second, number, "admit", "2025-08-01")
        for month, case in (("2025-06", paid), ("2025-07", paid), ("2025-08", number)):
            self.assertEqual(([case], 0), self.paid_by(home, month))

    def test_a_month_that_was_paid_here_is_paid_back_by_no_decision_of_before(self):
        home = self.unpaid()[0]
        paid = self.granted(home)  # April, May and June
        self.ended(paid, DAY, from_on="2025-07-01")
        number = self.waiting(home, "样民确〔2024〕82号")
        self.moved(self.second, number, "admit", "2025-07-01")
        back = {"reason": "少发", **PAPER}
        answer = self.move(self.fund, number, "propose_back_pay", "2025-07-01", back_proposed=168001, **back)
        self.assertEqual([("/fields/back_proposed", "field_too_much")], self.codes(answer))
        self.assertIn(f"case {paid} was paid", answer.json["errors"][0]["detail"])
        self.moved(self.fund, number, "propose_back_pay", "2025-07-01", back_proposed=168000, **back)
        self.moved(self.county, number, "admit_back_pay", "2025-07-01")

    def test_a_decision_of_before_is_taken_over_once_and_is_none_of_a_time_without_one(self):
        home = self.unpaid()[0]
        self.ended(self.paying(home), DAY)
        told = {"category": GUARANTEE, "amount": 42000, **EARLIER}
        for number in ("样民确〔2024〕8号", "样民确[2024] 8号"):
            again = self.asked(self.county, "allowance", home, fields={**told, "decision_number": number})
            self.assertEqual([("/fields/decision_number", "decision_served")], self.codes(again))
        self.assertEqual(201, self.asked(self.county, "allowance", home, fields={**told, "category": SINGLE}).status)
        # The number of another household is checked, or it is said that the paper names several.
        home = self.unpaid()[0]
        slip = self.asked(self.county, "allowance", home, fields={**told, "decision_of_many": False})
        self.assertEqual([("/fields/decision_of_many", "decision_shared")], self.codes(slip))
        self.assertEqual(201, self.asked(self.county, "allowance", home, fields=told).status)
        old = self.asked(self.county, "allowance", self.unpaid()[0], fields={**told, "decided_on": "1900-01-01"})
        self.assertEqual([("/fields/decided_on", "field_early")], self.codes(old))

    # --- and is what was decided

    def test_payment_begins_with_what_was_confirmed_and_with_nothing_else(self):
        home = self.unpaid()[0]
        number = self.to_confirm(home)
        self.assertEqual([("/fields/amount", "field_missing")], self.codes(
            self.move(self.third, number, "confirm", "2025-03-13", category=GUARANTEE, **WHY)))
        self.moved(self.third, number, "confirm", "2025-03-13", **CONFIRM)
        paid = self.case(self.county, number)["below"][0]["id"]
        for fen in (41999, 42001, 9999900):
            self.assertEqual([("/fields/amount", "not_as_found")], self.codes(
                self.move(self.fund, paid, "start", "2025-04-01", amount=fen)))
        self.go(paid, (self.fund, "start", "2025-04-01", {}))
        self.assertEqual([("paying", "start", ["42000"])], self.ends(paid))
        for move, who in (("change", self.county), ("taper", self.county), ("back_pay", self.fund),
                          ("back_pay", self.county), ("ask_back", self.county), ("end", self.county),
                          ("hold_decided", self.county)):
            self.assertIn(("/move", "move_role"), self.codes(
                self.move(who, paid, move, "2025-04-02", amount=9999900)))

    def test_another_amount_by_the_standard_takes_two_people(self):
        number = self.paying(self.unpaid()[0])
        self.assertIn(("/move", "move_after"), self.codes(self.move(self.second, number, "adjust", DAY, amount=45000)))
        self.moved(self.county, number, "propose", DAY, proposed_amount=45000, reason="标准提高")
        self.assertEqual([("/move", "move_same_person")], self.codes(self.move(self.county, number, "adjust", DAY)))
        self.assertEqual([("/fields/amount", "not_as_found")], self.codes(
            self.move(self.second, number, "adjust", DAY, amount=45001)))
        self.moved(self.second, number, "adjust", DAY)
        self.assertEqual([("2025-04-02", 42000), (DAY, 45000)],
                         [(one["from"], one["amount"]) for one in self.case(self.county, number)["pays"]])

    def test_what_one_person_proposes_by_hand_another_admits_or_turns_down(self):
        number = self.paying(self.unpaid()[0])
        for propose, admit, told, other in (
                ("propose_back_pay", "admit_back_pay", {"back_proposed": 42000, **PAPER}, {"amount": 41999}),
                ("propose_end", "admit_end", {"end_proposed": "2025-07-01"}, {"from_on": "2025-06-01"})):
            (field,) = other
            self.assertIn(("/move", "move_after"), self.codes(self.move(self.second, number, admit, DAY)))
            self.moved(self.fund, number, propose, DAY, **told, reason="迁出本县")
            self.moved(self.county, number, "turn_down", DAY, reason="尚未查清")
            self.assertIn(("/move", "move_after"), self.codes(self.move(self.second, number, admit, DAY)))
            self.moved(self.county, number, propose, DAY, **told, reason="已经查清")
            self.assertEqual([("/move", "move_same_person")], self.codes(self.move(self.county, number, admit, DAY)))
            self.assertEqual([(f"/fields/{field}", "not_as_found")], self.codes(
                self.move(self.second, number, admit, DAY, **other)))
            self.moved(self.second, number, admit, DAY)
            # Once: a second time it would be done twice.
            self.assertIn(("/move", "move_after"), self.codes(self.move(self.second, number, admit, DAY)))
        self.assertEqual([("ended", "admit_end", None)], self.ends(number))
        self.assertEqual([("2025-04-02", 42000), ("2025-07-01", None)],
                         [(one["from"], one["amount"]) for one in self.case(self.county, number)["pays"]])

    def granted(self, home):
        """Confirmed in March, and paid from the first of April."""
        number = self.to_confirm(home)
        self.moved(self.third, number, "confirm", "2025-03-13", **CONFIRM)
        paid = self.case(self.county, number)["below"][0]["id"]
        self.moved(self.fund, paid, "start", "2025-04-01")
        return paid

    def test_what_is_paid_back_is_no_more_than_was_owed_and_what_is_asked_back_than_was_paid(self):
        number = self.granted(self.unpaid()[0])
        owed = {"reason": "暂停期间应发"}
        self.assertEqual([("/fields/back_proposed", "field_too_much")], self.codes(
            self.move(self.fund, number, "propose_back_pay", "2025-05-06", back_proposed=1, **owed)))
        self.moved(self.fund, number, "hold", "2025-05-06", hold_cause="unclear")
        # Gone on with by its last day, May would be paid by its list: until it is over nothing is owed of it.
        self.assertEqual([("/fields/back_proposed", "field_too_much")], self.codes(
            self.move(self.fund, number, "propose_back_pay", "2025-05-31", back_proposed=1, **owed)))
        # May stood still, and June may be paid yet: 420 yuan are owed, and not a fen more.
        self.assertEqual([("/fields/back_proposed", "field_too_much")], self.codes(
            self.move(self.fund, number, "propose_back_pay", "2025-06-10", back_proposed=42001, **owed)))
        self.moved(self.fund, number, "propose_back_pay", "2025-06-10", back_proposed=42000, **owed)
        self.moved(self.county, number, "admit_back_pay", "2025-06-10")
        self.assertEqual([("/fields/back_proposed", "field_too_much")], self.codes(
            self.move(self.fund, number, "propose_back_pay", "2025-06-11", back_proposed=1, **owed)))
        # April was paid, May until the sixth may have been, and what was paid back.
        asked = {"reason": "多发", "claim_due": "2025-07-10"}
        self.assertEqual([("/fields/claim_proposed", "field_too_much")], self.codes(
            self.move(self.fund, number, "propose_ask_back", "2025-06-12", claim_proposed=126001, **asked)))
        self.moved(self.fund, number, "propose_ask_back", "2025-06-12", claim_proposed=126000, **asked)
        self.moved(self.county, number, "admit_ask_back", "2025-06-12")
        case = self.case(self.county, number, "2025-06-13")
        self.assertEqual(("recovering", ["2025-07-10"]), (case["state"], [
            clock["due_on"] for clock in case["clocks"] if clock["id"] == "recovery_day"]))

    def test_of_what_was_decided_before_no_more_is_moved_than_is_known_here_or_than_a_paper_shows(self):
        number = self.paying(self.unpaid()[0])  # decided in November 2024, begun here on the second of April
        self.moved(self.fund, number, "hold", "2025-05-05", hold_cause="unclear")

        def proposed(fen, **more):
            return self.move(self.fund, number, "propose_back_pay", "2025-06-10", back_proposed=fen, reason="少发",
                             **more)
        # May is owed. Of the time before nothing is known here: that is said, with what has to be shown and the most.
        unknown = proposed(42001)
        self.assertEqual([("/fields/earlier_paper", "before_unknown")], self.codes(unknown))
        for said in ("2025-04-02", "420.00", "not known here", "On which paper it stands", "2100.00", "2024-11-01"):
            self.assertIn(said, unknown.json["errors"][0]["detail"])
        for told in ({}, PAPER):  # December to March and May: a list pays April; no paper shows more
            self.assertEqual([("/fields/back_proposed", "field_too_much")], self.codes(proposed(99999900, **told)))
        self.assertEqual([("/fields/back_proposed", "field_too_much")], self.codes(proposed(210001, **PAPER)))
        self.fits("moveCase", proposed(210000, **PAPER))
        self.moved(self.county, number, "admit_back_pay", "2025-06-10")
        self.assertEqual([("/fields/back_proposed", "field_too_much")], self.codes(proposed(1, **PAPER)))
        # Asked back: April, May until it was held, what was paid back here; what was paid before by its paper.
        claim = {"reason": "多发", "claim_due": "2025-07-10"}
        self.assertEqual([("/fields/earlier_paper", "before_unknown")], self.codes(
            self.move(self.fund, number, "propose_ask_back", "2025-06-12", claim_proposed=294001, **claim)))
        self.assertEqual([("/fields/claim_proposed", "field_too_much")], self.codes(
            self.move(self.fund, number, "propose_ask_back", "2025-06-12", claim_proposed=462001, **claim, **PAPER)))
        self.moved(self.fund, number, "propose_ask_back", "2025-06-12", claim_proposed=462000, **claim, **PAPER)
        self.moved(self.county, number, "admit_ask_back", "2025-06-12")

    def test_an_objection_pays_back_by_a_paper_what_was_due_before_a_payment_was_begun_here(self):
        home = self.unpaid()[0]
        number = self.paying(home)
        objection = self.objected(self.county, home, number)
        self.moved(self.clerk, objection, "accept", "2025-06-11")
        right = {"reason": "启用前少发", "payment_effect": "back_paid", "amount": 42000}
        # Whoever admitted what was carried over judges nothing that is brought against it; who carried it filed it.
        for who in (self.second, self.county):
            for move, told in (("correct", {**right, **PAPER}), ("uphold", {"reason": "无误", "served_how": "post"}),
                               ("decline", {"reason": "已核准"})):
                self.assertIn(("/move", "move_same_person"), self.codes(
                    self.move(who, objection, move, "2025-06-11", **told)))
        self.assertEqual([("/fields/earlier_paper", "before_unknown")], self.codes(
            self.move(self.clerk, objection, "correct", "2025-06-11", **right)))
        self.moved(self.clerk, objection, "correct", "2025-06-11", **right, **PAPER)
        told = self.case(self.county, number)["events"][-1]
        self.assertEqual(("back_pay", ["42000"], [PAPER["earlier_paper"]]), (
            told["move"], told["fields"]["amount"], told["fields"]["earlier_paper"]))

    def test_a_payment_ends_no_earlier_than_it_begins_nor_in_a_month_that_was_paid(self):
        number = self.granted(self.unpaid()[0])  # from the first of April

        def proposed(on, end):
            return self.move(self.fund, number, "propose_end", on, end_proposed=end, reason="迁出本县")
        for on, end, first in (("2025-04-10", "2025-03-31", "2025-04-01"), ("2025-06-03", "2025-03-31", "2025-06-01"),
                               ("2025-06-03", "2025-05-31", "2025-06-01")):  # May is over, and was paid
            early = proposed(on, end)
            self.assertEqual([("/fields/end_proposed", "before_unpaid")], self.codes(early))
            self.assertIn(first, early.json["errors"][0]["detail"])
        self.fits("moveCase", proposed("2025-06-03", "2025-06-01"))
        # Admitted in July it would end in a month that was paid since: it is turned down and proposed anew.
        self.assertEqual([("/fields/from_on", "before_unpaid")], self.codes(
            self.move(self.county, number, "admit_end", "2025-07-01")))
        self.moved(self.county, number, "turn_down", "2025-07-01", reason="六月已发放")
        self.fits("moveCase", proposed("2025-07-01", "2025-07-01"))
        self.moved(self.county, number, "admit_end", "2025-07-01")
        self.assertEqual([("2025-04-01", 42000), ("2025-07-01", None)],
                         [(one["from"], one["amount"]) for one in self.case(self.county, number)["pays"]])
        waiting = self.confirmed(self.unpaid()[0])  # in March: on the roll, and not begun
        waiting = self.case(self.county, waiting)["below"][0]["id"]
        for end, codes in (("2025-03-31", [("/fields/end_proposed", "before_unpaid")]), ("2025-04-01", None)):
            answer = self.move(self.fund, waiting, "propose_end", "2025-03-20", end_proposed=end, reason="迁出本县")
            self.assertEqual(codes, None if answer.status == 200 else self.codes(answer))

    # --- what an objection may move

    def objected(self, who, home, decision=None, **told):
        """To a decision, or to none."""
        below = {"parent": int(decision)} if decision else {"household": home}
        return self.opened(who, "objection", "2025-06-10", **below, **{"reason": "停发有误", **told})

    def declined(self, home):
        """What was decided of it and served."""
        number = self.opened(self.town, "application", "2025-06-10", household=home, **FORM)
        return self.go(number, (self.town, "decline", "2025-06-10", {"reason": "不属本辖区"}),
                       (self.town, "serve", "2025-06-10", {"served_how": "post"}))

    def test_an_objection_pays_back_no_more_than_is_owed_by_a_decision_and_not_by_whoever_filed_it(self):
        home = self.unpaid()[0]
        paid = self.granted(home)
        self.moved(self.fund, paid, "hold", "2025-05-06", hold_cause="objection")
        right = {"reason": "数据有误", "payment_effect": "back_paid", "amount": 42000}

        def corrected(number, who=self.second, **more):
            return self.move(who, number, "correct", "2025-06-11", **{**right, **more})
        # Nothing was decided in the case: filed by one of the county and accepted by a clerk, it moves no money.
        bare = self.objected(self.county, home)
        self.moved(self.clerk, bare, "accept", "2025-06-11")
        self.assertEqual([("/move", "move_same_person"), ("/fields/payment_effect", "not_under_decision")],
                         self.codes(corrected(bare, self.county)))
        for effect in ("back_paid", "reinstated", "recovered"):
            answer = corrected(bare, payment_effect=effect, due_on="2025-07-10")
            self.assertEqual([("/fields/payment_effect", "not_under_decision")], self.codes(answer))
            self.assertIn("须针对已作出的决定", answer.json["errors"][0]["detail"])
        self.fits("moveCase", corrected(bare, payment_effect="back_paid_outside"))  # this platform pays nothing of it
        self.assertEqual([("held", "hold", None)], self.ends(paid))
        # To a decision with which the payment has nothing to do: it is said which it is, and where that is brought.
        other = self.objected(self.county, home, self.declined(home))
        self.moved(self.clerk, other, "accept", "2025-06-11")
        for effect in ("back_paid", "reinstated", "recovered"):
            answer = corrected(other, payment_effect=effect, due_on="2025-07-10")
            self.assertEqual([("/fields/payment_effect", "paid_by_other_decision")], self.codes(answer))
            self.assertIn(f"an objection to that payment is filed below case {paid}",
                          answer.json["errors"][0]["detail"])
        self.assertEqual([("held", "hold", None)], self.ends(paid))
        # To the payment: by another than who filed it, what is owed of May, and once.
        number = self.objected(self.county, home, paid)
        self.assertEqual([("/move", "case_not_alone")], self.codes(self.county("POST", "/api/v1/cases", {
            "machine": "objection", "move": "file", "on": "2025-06-10", "parent": int(paid),
            "fields": {"reason": "再次不服"}})))
        self.moved(self.clerk, number, "accept", "2025-06-11")
        self.assertEqual([("/move", "move_same_person")], self.codes(corrected(number, self.county)))
        self.assertEqual([("/fields/amount", "field_too_much")], self.codes(corrected(number, amount=42001)))
        self.fits("moveCase", corrected(number))
        self.assertEqual([("paying", "back_pay", ["42000"])], self.ends(paid))
        again = self.objected(self.county, home, paid, reason="还是少")
        self.moved(self.clerk, again, "accept", "2025-06-11")
        self.assertEqual([("/fields/amount", "field_too_much")], self.codes(corrected(again, amount=1)))

    def test_whoever_held_a_payment_does_not_let_it_go_on_by_an_objection_of_another(self):
        home = self.unpaid()[0]
        paid = self.granted(home)
        self.moved(self.second, paid, "hold", "2025-05-06", hold_cause="unclear")
        number = self.objected(self.town, home)
        self.moved(self.second, number, "accept", "2025-06-11")
        right = {"reason": "查清", "payment_effect": "goes_on"}
        for move, told in (("correct", right), ("uphold", {"reason": "无误", "served_how": "post"})):
            self.assertEqual([("/move", "move_same_person")], self.codes(
                self.move(self.second, number, move, "2025-06-11", **told)))
        self.assertEqual([("held", "hold", None)], self.ends(paid))
        self.moved(self.county, number, "correct", "2025-06-11", **right)
        self.assertEqual([("paying", "resume", None)], self.ends(paid))

    def test_two_officers_end_an_objection_and_it_asks_back_no_more_than_was_paid(self):
        home = self.unpaid()[0]
        paid = self.granted(home)
        self.moved(self.fund, paid, "hold", "2025-05-06", hold_cause="objection")
        wrong = {"reason": "多发", "payment_effect": "recovered", "amount": 84000, "due_on": "2025-07-10"}

        def corrected(number, who, **more):
            return self.move(who, number, "correct", "2025-06-11", **{**wrong, **more})
        alone = self.objected(self.county, home)
        self.moved(self.county, alone, "accept", "2025-06-11")
        self.assertEqual([("/move", "move_same_person")], self.codes(
            corrected(alone, self.county, payment_effect="none")))
        number = self.objected(self.county, home, paid)
        self.moved(self.second, number, "accept", "2025-06-11")  # to accept judges nothing
        self.assertEqual([("/move", "move_same_person")], self.codes(corrected(number, self.county)))
        # April and May were paid, as far as the steps of the payment tell.
        refused = corrected(number, self.second, amount=84001)
        self.assertEqual([("/fields/amount", "field_too_much")], self.codes(refused))
        self.assertIn("840.00", refused.json["errors"][0]["detail"])
        self.assertEqual([("held", "hold", None)], self.ends(paid))
        self.fits("moveCase", corrected(number, self.second))
        self.assertEqual([("recovering", "ask_back", ["84000"])], self.ends(paid))

    def test_the_decision_is_served_after_what_was_confirmed_was_posted(self):
        number = self.confirmed(self.unpaid()[0], posted=True)
        self.assertEqual([("/move", "move_after")], self.codes(
            self.move(self.town, number, "serve", "2025-03-14", served_how="in_person")))
        photo = self.photo(self.town, number)
        self.go(number, (self.town, "post_confirmed", "2025-03-14", {"attachments": [photo]}),
                (self.town, "serve", "2025-03-14", {"served_how": "in_person"}))
        quiet = self.confirmed(self.unpaid()[0])  # an emergency is not posted, and waits for nothing
        self.go(quiet, (self.town, "serve", "2025-03-14", {"served_how": "in_person"}))

    # --- and is paid once

    def test_of_two_payments_money_goes_to_the_one_that_is_objected_to(self):
        home = self.unpaid()[0]
        first, second = self.paying(home), self.paying(home, 30000, SINGLE)
        for number in (first, second):
            self.go(number, (self.fund, "hold", "2025-05-05", {"hold_cause": "objection"}))
        objection = self.objected(self.town, home, self.declined(home))
        against = self.objected(self.county, home, second)  # what the county carried over lies at the county
        for number in (objection, against):
            self.moved(self.clerk, number, "accept", "2025-06-10")
        right = {"reason": "数据有误", "payment_effect": "back_paid", "amount": 30000}
        # What is ordered is of the payment that is objected to, whichever is named; that one goes on orders nothing.
        for number, more in ((objection, {}), (against, {"paid_case": int(first)})):
            self.assertEqual([("/fields/payment_effect", "paid_by_other_decision")], self.codes(
                self.move(self.clerk, number, "correct", "2025-06-11", **right, **more)))
        on = {"reason": "数据有误", "payment_effect": "goes_on"}
        self.refused(self.move(self.second, objection, "correct", "2025-06-11", **on), 422, "also_several")
        self.refused(self.move(self.second, objection, "correct", "2025-06-11", **on, paid_case=999999), 422,
                     "also_other")
        self.assertEqual([("held", "hold", None)] * 2, self.ends(first, second))
        self.moved(self.clerk, against, "correct", "2025-06-11", **right)
        self.assertEqual([("held", "hold", None), ("paying", "back_pay", ["30000"])], self.ends(first, second))
        self.moved(self.second, objection, "correct", "2025-06-11", **on, paid_case=int(first))
        self.assertEqual([("paying", "resume", None), ("paying", "back_pay", ["30000"])], self.ends(first, second))

    def test_what_was_paid_after_a_death_is_asked_back_of_one_payment(self):
        home, person = self.living(1)
        first, second = self.paying(home), self.paying(home, 30000, SINGLE)
        number = self.told_dead(home, person)
        self.go(number, (self.third, "confirm", DAY, {"death_proof": "visit"}), (self.county, "hold", DAY, {}))
        back = {"amount": 66000, "reason": "多发", "due_on": "2025-07-09"}
        self.refused(self.move(self.county, number, "ask_back", DAY, **back), 422, "also_several")
        self.moved(self.county, number, "ask_back", DAY, **back, paid_case=int(first))
        self.assertEqual([("recovering", "ask_back", ["66000"]), ("held", "hold_decided", None)],
                         self.ends(first, second))

    def test_what_is_recovered_is_what_was_asked_back_and_the_rest_is_waived_by_another(self):
        home = self.unpaid()[0]
        number = self.paying(home)
        self.ended(number, DAY, from_on="2025-07-01")
        claim = {"claim_proposed": 42000, "reason": "多发", "claim_due": "2025-07-10"}
        self.go(number, (self.fund, "propose_ask_back", DAY, claim), (self.county, "admit_ask_back", DAY, {}))
        for amount in (1, 41999, 42001, 100000000):
            self.assertEqual([("/fields/amount", "not_as_found")], self.codes(
                self.move(self.fund, number, "recovered", "2025-06-10", amount=amount)))
        told = self.moved(self.fund, number, "recovered", "2025-06-10")
        self.assertEqual((True, ["42000"]), (told["closed"], told["events"][-1]["fields"]["amount"]))
        self.waiting(home, "样民确〔2024〕85号")  # no other test takes this home for one of which nothing was decided

    def test_a_township_has_one_ledger_and_what_it_pays_falls_from_it_once(self):
        ledger = self.opened(self.county, "reserve", DAY, to_unit="first", amount=100000)
        self.assertEqual([("/move", "case_not_alone")], self.codes(
            self.asked(self.county, "reserve", fields={"to_unit": "first", "amount": 100000})))
        self.opened(self.county, "reserve", DAY, to_unit="second", amount=100000)
        urgent = self.emergency()
        self.go(urgent, (self.town, "pay_first", DAY, {"amount": 50000, "paid_how": "reserve"}))
        self.assertEqual(["50000"], self.case(self.county, ledger)["events"][-1]["fields"]["balance"])
        # The reserve is the township's: the county pays from its own.
        self.assertEqual([("/fields/paid_how", "move_condition")], self.codes(
            self.move(self.county, self.emergency(self.county), "pay", DAY, amount=50000, paid_how="reserve")))

    # --- the emergency lane

    def emergency(self, who=None):
        return self.opened(who or self.town, "emergency", DAY, need="突发急病", found_by="hotline",
                           person_shown="无证件男子")

    def test_a_case_is_paid_first_once_and_explained_wherever_it_went(self):
        number = self.emergency()
        self.go(number, (self.town, "pay_first", DAY, PAID),
                (self.town, "hand_over", "2025-06-04", {"reason": "转救助站", "to_unit": "second"}))
        for move, more in (("take_over", {}), ("send_back", {"reason": "有家可归", "to_unit": "first"})):
            self.assertEqual([("/fields/paid_how", "move_condition")], self.codes(
                self.move(self.far, number, move, "2025-06-05", **more)))
        self.go(number, (self.far, "send_back_paid", "2025-06-05", {"reason": "有家可归", "to_unit": "first"}))
        self.assertEqual({"move_not_open", "move_once", "together_too_much"}, {code for _, code in self.codes(
            self.move(self.town, number, "pay_first", "2025-06-05", **PAID))})
        self.go(number, (self.town, "hand_over", "2025-06-06", {"reason": "再转", "to_unit": "second"}),
                (self.far, "take_over_paid", "2025-06-06", {}))
        told = self.case(self.county, number, "2025-06-06")
        self.assertEqual(["running"], [c["state"] for c in told["clocks"] if c["id"] == "explanation"])
        self.assertFalse(told["closed"])
        self.go(number, (self.far, "explain", "2025-06-09", {"note": "补充材料"}), (self.county, "close", "2025-06-10", {}))

    # --- a death

    def living(self, least=0):
        """Somebody of whom no department has told that they died."""
        told = {self.case(self.county, row["id"])["person"]
                for row in self.county.pages("/api/v1/cases?machine=death&closed=all", limit=200)}
        for home in reversed(self.unpaid()):
            people = [one["id"] for one in self.county.get(f"/api/v1/households/{home}").json["members"]]
            if len(people) > least and not told & set(people):
                return home, people[0]
        raise AssertionError("no such household")

    def told_dead(self, home, person, who=None, **more):
        return self.opened(who or self.town, "death", DAY, household=home, person=person, died_on="2025-06-01",
                           death_match="by_person", **{"death_source": ["邻居"], **more})

    def test_two_departments_are_those_that_told_and_another_person_confirms(self):
        number = self.told_dead(*self.living(), source_departments=["health"])

        def confirm(who, *departments):
            return self.move(who, number, "confirm_by_sources", DAY, two_sources=list(departments))
        self.assertEqual([("/fields/two_sources", "field_never_told")] * 2,
                         self.codes(confirm(self.third, "housing", "education")))
        self.assertEqual([("/fields/two_sources", "field_never_told")],
                         self.codes(confirm(self.third, "health", "police")))
        self.go(number, (self.county, "add_source", DAY, {
            "death_source": ["户籍注销"], "death_match": "exact", "source_departments": ["police"]}))
        for who in (self.town, self.county):
            self.assertEqual([("/move", "move_same_person")], self.codes(confirm(who, "health", "police")))
        self.fits("moveCase", confirm(self.third, "health", "police"))

    def test_a_death_is_of_a_person_of_a_day_gone_by_and_has_one_case(self):
        home, person = self.living()
        told = {"death_source": ["邻居"], "died_on": DAY, "death_match": "by_person"}
        self.assertEqual([("/person", "person_missing")], self.codes(self.asked(self.town, "death", home, fields=told)))
        for on in ("2025-06-04", "2099-01-01"):
            self.assertEqual([("/fields/died_on", "field_future")], self.codes(
                self.asked(self.town, "death", home, person=person, fields={**told, "died_on": on})))
        number = self.opened(self.town, "death", DAY, household=home, person=person, **told)
        self.assertEqual([("/move", "case_not_alone")], self.codes(
            self.asked(self.county, "death", home, person=person, fields=told)))
        self.go(number, (self.town, "deny", DAY, {"reason": "本人健在"}))
        self.opened(self.town, "death", DAY, household=home, person=person, **told)

    def test_what_a_department_told_exactly_is_a_question_and_stops_nothing(self):
        rows = self.county.pages("/api/v1/cases?machine=death&closed=all", limit=200)
        cases = [case for case in (self.case(self.county, row["id"]) for row in rows)
                 if case["events"][0]["by"] is None]
        self.assertEqual(self.raised["deaths"], len(cases))
        self.assertEqual((0, 0), (self.raised["nowhere"], self.raised["deaths_nowhere"]))  # each has an office
        self.assertGreater(len(cases), 0)
        persons = [case["person"] for case in cases]
        self.assertEqual(len(persons), len(set(persons)))
        for case in cases:
            fields = case["events"][0]["fields"]
            self.assertEqual(("told", ["exact"]), (case["state"], fields["death_match"]))
            self.assertLessEqual(set(fields["source_departments"]), {"health", "police", "civil"})
            self.assertEqual([], case["below"])
        self.assertEqual(0, self.raise_cases()["deaths"])  # each is asked once
        # A person says that it is not so, and is not asked again by the same word.
        denied = cases[0]
        self.moved(self.county, denied["id"], "deny", reason="本人健在")
        self.assertEqual(0, self.raise_cases()["deaths"])


if __name__ == "__main__":
    main()
