# SPDX-License-Identifier: Apache-2.0
"""What cannot wait, over the API: an emergency of nobody who was known goes to the household that their papers show;
what one officer pays at once has a cap, in an emergency and after a disaster, and beyond it a second one pays."""
from cases_test import Office
from office import Client, civil_day, main
from year_office import FORM, UNITS

DAY, NEXT = "2025-06-03", "2025-06-04"
CAP = 100000
AID = {**FORM, "aid_cause": "illness", "need": "突发重病"}
SHOWN = {"shown_by": "id_card", "tied_because": "核对了本人身份证和户口簿"}


class Lanes(Office):
    units = UNITS
    on = DAY

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.monitor = cls.account("monitor", "city_monitor_officer")
        cls.third = cls.account("third", "township_officer", unit="first")
        cls.far = cls.account("far", "township_officer", unit="second")
        cls.relief = cls.account("relief", "partner_department", unit="hr", department="hr")
        for parameter in ("fast_aid_cap", "disaster_fast_cap"):
            cls.set_figure(parameter, "441699", "1000.00")
        cls.homes = iter(cls.inside)

    def go(self, number, *steps):
        for who, move, on, fields in steps:
            self.moved(who, number, move, on, **fields)
        return number

    def emergency(self, who=None, household="", **more):
        return self.opened(who or self.town, "emergency", self.on, household=household, need="突发急病", found_by="hotline",
                           **({} if household else {"person_shown": "约七十岁男子，无证件"}), **more)

    def paid(self, household=""):
        return self.go(self.emergency(household=household), (
            self.town, "pay_first", self.on, {"amount": 80000, "paid_how": "goods"}))

    def listed(self, household):
        return {row["id"] for row in self.county.pages(f"/api/v1/cases?household={household}&closed=all", limit=200)}

    def refusals(self, who, number, move, on="", **fields):
        return self.codes(self.move(who, number, move, on or self.on, **fields))


class KnownAfterwards(Lanes):
    on = civil_day().isoformat()  # what was given before is told as of today

    def grown(self):
        """(household, somebody of age in it)"""
        for household in self.homes:
            for one in self.county.get(f"/api/v1/households/{household}/authorisations").json["members"]:
                if one["signs_as"] == "self":
                    return household, one["person"]
        raise AssertionError("nobody is of age")

    def citizen(self, person):
        code = self.fits("issueWindowCode", self.town("POST", f"/api/v1/persons/{person}/window-codes",
                                                      {"paper_seen": "resident card"}), 201).json["code"]
        client = Client(self.served.port)
        client.take(client("POST", "/api/v1/session/window-code", {"code": code}))
        client.purpose = "own"
        return client

    def chain(self, person):
        """What somebody of the household sees of emergencies in their own chain."""
        items = self.fits("listMyChain", self.citizen(person).get("/api/v1/my/chain")).json["items"]
        return sorted(item["kind"] for item in items if item["on"] == self.on)

    def test_it_goes_to_the_household_that_the_papers_show_with_all_its_steps_and_what_was_paid(self):
        household, person = self.grown()
        before = self.chain(person)
        urgent = self.paid()
        self.assertEqual([("/fields/shown_by", "field_missing")], self.refusals(
            self.town, urgent, "tie", tied_to=household, tied_because="核对了户口簿"))
        self.assertNotIn(urgent, self.listed(household))
        again = self.emergency(household=household)
        self.assertNotIn("helped_before", self.case(self.town, again))
        now = self.moved(self.town, urgent, "tie", self.on, tied_to=household, **SHOWN)
        self.assertEqual((household, "paid"), (now["household"], now["state"]))
        self.assertIn(urgent, self.listed(household))
        # Those of age see that it was asked for and paid, and nothing of the tie, which is the offices' own.
        self.assertEqual(sorted([*before, "application.filed", "award.paid", "application.filed"]), self.chain(person))
        # It counts as help that the household had: beside whatever is decided for it next.
        shown = [(one["case"], one["amount"]) for one in self.case(self.town, again)["helped_before"]]
        self.assertEqual([(urgent, 80000)], shown)
        self.go(urgent, (self.town, "explain", self.on, {"note": "补充说明"}), (self.county, "close", self.on, {}))

    def test_papers_that_come_after_the_end_tie_it_still_and_the_county_ties_where_a_township_does_not_reach(self):
        urgent = self.go(self.paid(), (self.town, "explain", self.on, {"note": "补充说明"}),
                         (self.county, "close", self.on, {}))
        far = self.far.pages("/api/v1/households", 200)[0]["code"]
        self.refused(self.move(self.town, urgent, "tie", self.on, tied_to=far, **SHOWN), 422, "fields")
        now = self.moved(self.county, urgent, "tie", self.on, tied_to=far, **SHOWN)
        self.assertEqual((far, "closed"), (now["household"], now["state"]))
        self.assertIn(urgent, self.listed(far))
        # Whoever paid goes on with the case: it is theirs to explain, wherever the household lives. What goes on for it
        # there is told to the county alone.
        theirs = self.emergency(self.far, household=far)
        shown = {one["case"]: one["opens"] for one in self.case(self.far, theirs)["helped_before"]}
        self.assertIs(False, shown[urgent])  # told with their own household, and at an office that they do not reach
        self.refused(self.far.get(f"/api/v1/cases/{urgent}"), 404, "no_such_case")
        other = self.go(self.paid(), (self.county, "tie", self.on, {"tied_to": far, **SHOWN}))
        running = {one["case"]: one["opens"] for one in self.case(self.county, other)["running_beside"]}
        self.assertIs(True, running[theirs])
        found = self.go(self.emergency(self.far), (self.far, "tie", self.on, {"tied_to": far, **SHOWN}))
        running = {one["case"]: one["opens"] for one in self.case(self.far, found)["running_beside"]}
        self.assertEqual((True, False), (running[theirs], running[other]))
        self.assertNotIn("running_beside", self.case(self.town, other))
        self.assertNotIn("helped_before", self.case(self.town, other))
        self.go(other, (self.town, "explain", self.on, {"note": "补充说明"}), (self.second, "close", self.on, {}))

    def test_what_goes_on_for_that_household_already_is_told_and_decides_nothing(self):
        household = next(self.homes)
        aid = self.opened(self.town, "temporary", self.on, household=household, **AID)
        other = self.emergency(household=household)
        over = self.go(self.emergency(household=household, place="车站"), (
            self.town, "decline", self.on, {"reason": "不属急难"}),
                       (self.town, "serve", self.on, {"served_how": "in_person"}))
        urgent = self.paid()
        self.assertNotIn("running_beside", self.case(self.town, urgent))
        now = self.moved(self.town, urgent, "tie", self.on, tied_to=household, **SHOWN)
        told = {(one["case"], one["machine"]) for one in now["running_beside"]}
        self.assertLessEqual({(aid, "temporary"), (other, "emergency")}, told)
        self.assertFalse({urgent, over} & {case for case, _ in told})
        self.assertEqual(["registered", "reported"], [self.case(self.town, one)["state"] for one in (aid, other)])
        self.assertNotIn("running_beside", self.case(self.town, other))  # about the household from its beginning

    def test_it_is_untied_with_a_reason_by_another_than_who_tied_it(self):
        wrong, right = next(self.homes), next(self.homes)
        urgent = self.paid()
        self.assertNotIn("untie", {move["id"] for move in self.case(self.third, urgent)["open_moves"]})
        self.assertEqual([("/move", "not_tied")], self.refusals(self.third, urgent, "untie", untied_because="同名"))
        self.moved(self.town, urgent, "tie", self.on, tied_to=wrong, **SHOWN)
        because = "同名，公安机关复核后不是此人"
        self.assertEqual([("/move", "move_same_person")], self.refusals(
            self.town, urgent, "untie", self.on, untied_because=because))
        self.assertEqual([("/fields/untied_because", "field_missing")], self.refusals(self.third, urgent, "untie"))
        now = self.moved(self.third, urgent, "untie", self.on, untied_because=because)
        self.assertEqual(("", "paid"), (now["household"], now["state"]))
        self.assertNotIn(urgent, self.listed(wrong))
        self.assertNotIn("helped_before", self.case(self.town, self.emergency(household=wrong)))
        # Told sealed under no household's key, it is read as before; the chain has each step.
        told = self.case(self.county, urgent)["events"]
        self.assertEqual(["report", "pay_first", "tie", "untie"], [event["move"] for event in told])
        self.assertEqual((["约七十岁男子，无证件"], [wrong], [because]), (
            told[0]["fields"]["person_shown"], told[-1]["fields"]["tied_from"], told[-1]["fields"]["untied_because"]))
        self.moved(self.third, urgent, "tie", self.on, tied_to=right, **SHOWN)
        self.assertIn(urgent, self.listed(right))

    def test_one_of_a_household_goes_to_no_other(self):
        urgent = self.paid(next(self.homes))
        self.assertFalse({"tie", "untie"} & {move["id"] for move in self.case(self.town, urgent)["open_moves"]})
        self.assertEqual([("/move", "not_to_be_tied")], self.refusals(
            self.town, urgent, "tie", tied_to=next(self.homes), **SHOWN))
        self.assertEqual([("/move", "not_tied")], self.refusals(self.third, urgent, "untie", untied_because="同名"))


class PaidByTwo(Lanes):
    residents = 8000  # a household of its own for each test

    def test_within_the_cap_one_officer_pays_at_once_and_not_a_fen_more(self):
        for who, move in ((self.town, "pay_first"), (self.county, "pay")):
            number = self.emergency(who)
            self.assertEqual([("/fields/amount", "field_too_much")], self.refusals(
                who, number, move, amount=CAP + 1, paid_how="fund"))
            self.go(number, (who, move, DAY, {"amount": CAP, "paid_how": "fund"}))
            self.assertEqual("paid", self.case(self.county, number)["state"])

    def test_beyond_it_another_of_the_county_pays_what_was_proposed(self):
        for proposer in (self.town, self.county):
            number = self.emergency(proposer)
            pay = {"amount": 600000, "paid_how": "fund"}
            self.assertIn(("/move", "move_after"), self.refusals(self.second, number, "pay_agreed", **pay))
            asked = {"sum_proposed": 600000, "reason": "手术押金"}
            self.moved(proposer, number, "propose", DAY, **asked)
            self.assertEqual([("/move", "move_after")], self.refusals(self.second, number, "propose", **asked))
            self.assertEqual([("/fields/amount", "not_as_found")], self.refusals(
                self.second, number, "pay_agreed", amount=600001, paid_how="fund"))
            self.assertEqual([("/fields/paid_how", "move_condition")], self.refusals(
                self.second, number, "pay_agreed", amount=600000, paid_how="reserve"))
            self.assertIn(("/move", "move_same_person" if proposer is self.county else "move_role"),
                          self.refusals(proposer, number, "pay_agreed", **pay))
            self.go(number, (self.second, "pay_agreed", DAY, pay), (proposer, "explain", NEXT, {"note": "票据已补"}))
            self.assertEqual([("/move", "move_same_person")], self.refusals(self.second, number, "close", NEXT))
            self.go(number, (self.county, "close", NEXT, {}))

    def test_what_was_turned_down_may_be_proposed_anew_paid_within_the_cap_or_declined(self):
        for last in ("pay_first", "decline", "propose"):
            number = self.go(self.emergency(), (self.town, "propose", DAY, {"sum_proposed": 900000, "reason": "住院"}))
            # Neither declined nor paid over, nor handed on to whoever closes it: the county answers first.
            for who, move, told in ((self.town, "decline", {"reason": "不属急难"}),
                                    (self.town, "pay_first", {"amount": CAP, "paid_how": "goods"}),
                                    (self.county, "pay", {"amount": CAP, "paid_how": "fund"}),
                                    (self.town, "hand_over", {"reason": "转救助站", "to_unit": "second"})):
                self.assertEqual([("/move", "move_after")], self.refusals(who, number, move, **told))
            self.go(number, (self.county, "turn_down", DAY, {"reason": "先由医疗救助支付"}))
            self.assertIn(("/move", "move_after"), self.refusals(
                self.second, number, "pay_agreed", amount=900000, paid_how="fund"))
            self.go(number, (self.town, last, DAY, {
                "pay_first": {"amount": CAP, "paid_how": "goods"}, "decline": {"reason": "不属急难"},
                "propose": {"sum_proposed": 200000, "reason": "护理"}}[last]))

    def test_one_household_has_the_cap_once_however_many_emergencies_are_opened_for_it(self):
        home = next(self.homes)
        first = self.go(self.emergency(household=home), (
            self.town, "pay_first", DAY, {"amount": 60000, "paid_how": "goods"}))
        again = self.emergency(household=home)
        for who, move in ((self.town, "pay_first"), (self.third, "pay_first"), (self.county, "pay")):
            refused = self.move(who, again, move, DAY, amount=40001, paid_how="fund")
            self.assertEqual([("/fields/amount", "together_too_much")], self.codes(refused))
            for said in ("600.00", "1000.00", "400.00", f"case {first}"):
                self.assertIn(said, refused.json["errors"][0]["detail"])
        # What is left is paid at once, and the rest by two in the same emergency: no help is refused.
        self.go(again, (self.third, "pay_first", DAY, {"amount": 40000, "paid_how": "goods"}),
                (self.town, "propose", DAY, {"sum_proposed": 300000, "reason": "手术押金"}))
        self.assertEqual([("/move", "move_role"), ("/move", "move_level")], self.refusals(
            self.third, again, "turn_down", reason="误提"))
        self.go(again, (self.town, "turn_down", DAY, {"reason": "金额有误"}),
                (self.town, "propose", DAY, {"sum_proposed": 200000, "reason": "手术押金"}),
                (self.county, "pay_agreed", NEXT, {"amount": 200000, "paid_how": "fund"}),
                (self.town, "explain", NEXT, {"note": "票据已补"}), (self.second, "close", NEXT, {}))

    def test_of_whom_nobody_knows_it_is_said_that_what_was_given_before_is_unknown(self):
        for household, hints in (("", ["given_before_unknown"]), (next(self.homes), [])):
            number = self.emergency(household=household)
            self.assertEqual(bool(hints), self.case(self.town, number).get("helped_unknown", False))
            answer = self.fits("moveCase", self.move(self.town, number, "pay_first", DAY, amount=CAP, paid_how="goods"))
            self.assertEqual(hints, [one["code"] for one in answer.json.get("hints", [])])

    def test_disasters_of_one_household_on_one_day_have_the_cap_once_and_who_helped_closes_none(self):
        home = next(self.homes)

        def hit(on):
            return self.opened(self.town, "disaster", DAY, household=home, hit_on=on, loss="livelihood", need="庄稼绝收")
        self.go(hit(DAY), (self.town, "help", DAY, {"relief": "cash", "amount": CAP}))
        for on in (DAY, DAY, "2025-05-20"):
            number = hit(on)
            for who in (self.town, self.county):
                self.assertEqual([("/fields/amount", "together_too_much")], self.refusals(
                    who, number, "help", relief="cash", amount=1))
            self.go(number, (self.county, "help", DAY, {"relief": "goods"}))
            self.assertEqual([("/move", "move_same_person")], self.refusals(self.county, number, "close", reason="已恢复"))
            self.go(number, (self.second, "close", NEXT, {"reason": "已恢复"}))

    def test_comfort_is_for_who_lost_a_member_and_no_sum_is_nothing_or_beyond_any(self):
        asked = {"sum_for": "comfort", "sum_proposed": 2000000, "reason": "按标准"}
        number = self.opened(self.town, "disaster", DAY, household=next(self.homes), hit_on=DAY, loss="other",
                             need="房屋受损")
        self.assertEqual([("/fields/bereaved_shown", "differs_from_found")], self.refusals(
            self.town, number, "propose_sum", **asked))
        shown = {**asked, "bereaved_shown": "死亡医学证明样2025-03号"}
        for fen in (0, 100000001, 10 ** 15):
            refused = self.move(self.town, number, "propose_sum", DAY, **{**shown, "sum_proposed": fen})
            self.assertEqual([("/fields/sum_proposed", "field_range")], self.codes(refused))
            self.assertIn("between 0.01 and 1000000.00 yuan", refused.json["errors"][0]["detail"])
        self.go(number, (self.town, "propose_sum", DAY, shown))
        self.assertEqual([("/move", "move_role")], self.refusals(self.third, number, "refuse_sum", reason="误提"))
        self.go(number, (self.town, "refuse_sum", DAY, {"reason": "误提"}), (self.town, "propose_sum", DAY, shown),
                (self.county, "comfort", DAY, {"amount": 2000000}))
        urgent = self.emergency()
        self.assertEqual([("/fields/amount", "field_range")], self.refusals(
            self.town, urgent, "pay_first", amount=0, paid_how="goods"))
        self.go(urgent, (self.town, "pay_first", DAY, {"amount": 1, "paid_how": "goods"}))

    def test_after_a_disaster_money_at_once_has_a_cap_and_every_other_sum_is_two_peoples(self):
        number = self.opened(self.town, "disaster", DAY, household=next(self.homes), hit_on=DAY, loss="bereaved",
                             need="房屋倒塌")
        self.assertEqual([("/fields/amount", "field_too_much")], self.refusals(
            self.town, number, "help", relief="cash", amount=CAP + 1))
        # Money of which nobody says how much is not within the cap.
        self.assertEqual([("/fields/amount", "field_missing")], self.refusals(self.town, number, "help", relief="cash"))
        self.go(number, (self.town, "help", DAY, {"relief": "cash", "amount": CAP}))
        self.assertIn(("/move", "move_after"), self.refusals(self.county, number, "comfort", amount=2000000))
        self.assertEqual([("/fields/amount", "field_unknown")], self.refusals(
            self.county, number, "to_transition", reason="无房", amount=60000))
        for purpose, move in (("comfort", "comfort"), ("transition", "pay_sum")):
            self.go(number, (self.county, "propose_sum", DAY, {
                "sum_for": purpose, "sum_proposed": 2000000, "reason": "按标准"}))
            self.assertEqual([("/move", "move_same_person")], self.refusals(self.county, number, move, amount=2000000))
            self.assertEqual([("/fields/amount", "not_as_found")], self.refusals(
                self.second, number, move, amount=2000001))
            self.assertIn(("/fields/sum_for", "move_condition"), self.refusals(
                self.second, number, "pay_sum" if move == "comfort" else "comfort", amount=2000000))
            self.assertIn(("/move", "move_after"), self.refusals(self.second, number, "close", reason="已恢复"))
            self.go(number, (self.second, move, DAY, {"amount": 2000000}))
            if move == "comfort":
                self.go(number, (self.town, "to_transition", DAY, {"reason": "无房"}))
        self.go(number, (self.county, "close", NEXT, {"reason": "已恢复"}))

    def test_a_sum_for_a_house_is_for_one_that_was_lost_and_not_paid_by_who_reported_the_loss(self):
        asked = {"sum_proposed": 500000, "reason": "按标准"}
        number = self.opened(self.county, "disaster", DAY, household=next(self.homes), hit_on=DAY, loss="livelihood",
                             need="庄稼绝收")
        self.assertEqual([("/fields/loss", "not_as_found")], self.refusals(
            self.second, number, "propose_sum", sum_for="rebuilding", **asked))
        relief = {"sum_for": "relief", **asked}
        self.go(number, (self.second, "propose_sum", DAY, relief))
        self.assertEqual([("/move", "move_same_person")], self.refusals(self.county, number, "pay_sum", amount=500000))
        self.go(number, (self.county, "refuse_sum", DAY, {"reason": "由未报灾的人核准"}),
                (self.county, "propose_sum", DAY, relief), (self.second, "pay_sum", DAY, {"amount": 500000}))
        lost = self.opened(self.town, "disaster", DAY, household=next(self.homes), hit_on=DAY, loss="badly_damaged",
                           need="房屋严重损坏")
        self.go(lost, (self.town, "propose_sum", DAY, {"sum_for": "rebuilding", **asked}),
                (self.county, "pay_sum", DAY, {"amount": 500000}))

    def test_a_department_pays_what_a_township_proposed_and_may_turn_it_down(self):
        for move, told in (("pay_sum", {"amount": 500000}), ("refuse_sum", {"reason": "已由保险赔付"})):
            number = self.opened(self.town, "disaster", DAY, household=next(self.homes), hit_on=DAY, loss="collapsed",
                                 need="房屋倒塌")
            self.go(number, (self.town, "send", DAY, {"to_department": "hr", "to_unit": "hr"}),
                    (self.town, "propose_sum", DAY, {"sum_for": "relief", "sum_proposed": 500000, "reason": "安置"}),
                    (self.relief, move, DAY, told), (self.county, "close", NEXT, {"reason": "已恢复"}))


if __name__ == "__main__":
    main()
