# SPDX-License-Identifier: Apache-2.0
"""What a warning's branch begins, that a household was told of policies, and the office's own targets where no law sets
a day."""
from cases_test import PHOTO
from office import civil_day
from year_office import CALENDAR, FORM, HOME, LOUD
from year_words import ATTEMPTS

ON = "2025-07-01"
HR = {"to_department": "hr", "to_unit": "hr"}
TOLD = {"policy_told": ["temporary_assistance", "employment_assistance"]}
NOT_DONE = [("/fields/undone_because", "below_undone")]
OPEN = [("/fields/undone_because", "below_open")]


class Branches:
    def handled(self, branch, number=None):
        """A warning that is true, for which the county chose the branch."""
        if number is None:
            number = self.warned("green", *LOUD)
            self.at(number, ON, (self.county, "dispatch", "dispatched", {"to_unit": "first"}),
                    (self.town, "accept", "accepted"))
        return self.at(number, ON, (self.town, "visit", "verified", {**HOME, "outcome": "true_"}),
                       (self.town, "feed_back", "fed_back"),
                       (self.county, "handle", "handling", {"branch": branch}))

    def closed(self, number, who=None, **more):
        """The codes by which it is not closed; none: it is."""
        answer = self.move(who or self.county, number, "close", ON, reason="已办", **more)
        return self.codes(answer) if answer.status == 422 else []

    def referred(self, number):
        return self.opened(self.county, "referral", ON, parent=int(number), kind="job", need="失业")

    def test_86_a_warning_is_closed_when_what_its_branch_says_was_done_below_it(self):
        push = self.handled("push")
        self.assertEqual(NOT_DONE, self.closed(push))
        below = self.referred(push)
        answer = self.move(self.county, push, "close", ON, reason="已办")
        self.assertEqual(OPEN, self.codes(answer))
        self.assertIn(f" {below}", answer.body.decode())  # it says which case is open
        self.at(below, ON, (self.county, "send", "sent", HR))
        self.assertEqual([], self.closed(push))

        deliver = self.handled("deliver")
        self.assertEqual(NOT_DONE, self.closed(deliver))
        below = self.referred(deliver)
        self.at(below, ON, (self.county, "send", "sent", HR), (self.hr, "receive", "received"),
                (self.hr, "accept", "accepted"), (self.hr, "finish", "done", {"result": "helped"}))
        self.assertEqual(OPEN, self.closed(deliver))
        self.at(below, ON, (self.county, "close", "closed"))
        self.assertEqual([], self.closed(deliver))

        complex_ = self.handled("conference")
        self.assertEqual(NOT_DONE, self.closed(complex_))
        below = self.opened(self.county, "conference", ON, parent=int(complex_), reason="情形复杂")
        self.at(below, ON, (self.county, "convene", "convened", {
            "conference_kind": "case_conference", "agenda": "一户一策", "due_on": "2025-07-04"}),
                (self.county, "hold", "held", {"attended": ["民政"], "minutes": "纪要", "decision": ["临时救助"]}))
        self.assertEqual(OPEN, self.closed(complex_))
        self.at(below, ON, (self.county, "close", "closed", {"left_because": "当场落实"}))
        self.assertEqual([], self.closed(complex_))

        enrol = self.handled("enrol")
        self.assertEqual(NOT_DONE, self.closed(enrol))
        below = self.opened(self.town, "application", ON, parent=int(enrol), **FORM)
        self.at(below, ON, (self.town, "decline", "declined", {"reason": "本人放弃"}))
        self.assertEqual(OPEN, self.closed(enrol))  # its letter is to be served yet
        self.at(below, ON, (self.town, "serve", "served", {"served_how": "in_person"}))
        self.assertEqual(NOT_DONE, self.closed(enrol))  # nobody decided whether they are taken in
        self.assertEqual([], self.closed(enrol, self.second, undone_because="declined"))

    def test_87_why_it_was_not_done_is_said_by_another_than_who_chose_it(self):
        number = None
        for word in ("declined", "elsewhere", "not_entitled", "no_need", "gone"):
            number = self.handled("enrol", number)
            self.assertEqual([("/fields/undone_because", "unless_same_person")],
                             self.closed(number, undone_because=word))
            self.at(number, ON, (self.second, "close", "closed", {"reason": "已核实", "undone_because": word}),
                    (self.county, "reopen", "accepted", {"reason": "又有新情况"}))

    def test_88_that_a_household_was_told_of_policies_is_a_step_that_adults_of_it_may_see(self):
        number = self.warned("green", *LOUD)
        household = self.case(self.county, number)["household"]
        self.at(number, ON, (self.county, "dispatch", "dispatched", {"to_unit": "first"}),
                (self.town, "accept", "accepted"))
        self.assertEqual([("/fields/told_how", "field_missing")],
                         self.codes(self.move(self.town, number, "tell_policy", ON, **TOLD)))
        told = [{**TOLD, "told_how": how} for how in ("face", "phone", "paper")]
        self.at(number, ON, (self.town, "tell_policy", "accepted", told[0]),
                (self.town, "visit", "verified", {**HOME, "outcome": "true_", **told[0]}),
                (self.town, "tell_policy", "verified", told[1]), (self.town, "feed_back", "fed_back"),
                (self.county, "tell_policy", "fed_back", told[2]),
                (self.county, "handle", "handling", {"branch": "push"}),
                (self.county, "tell_policy", "handling", {**told[1], "note": "电话告知申办渠道"}))
        chain = self.fits("getHouseholdVisibility", self.county.get(
            f"/api/v1/households/{household}/visibility")).json["items"]
        kinds = [item["kind"] for item in chain if item["step"] and item["step"]["case"] == number]
        self.assertEqual(4, kinds.count("policy.told"))
        for how in ("face", "phone", "paper"):
            home = {"household": self.inside[0]}
            visit = self.opened(self.village, "visit", ON, **home)
            seen = {"officers": ["village", "town"], "note": "入户", **TOLD}
            self.assertEqual([("/fields/told_how", "field_missing")],
                             self.codes(self.move(self.village, visit, "met", ON, **seen)))
            self.at(visit, ON, (self.village, "met", "closed", {**seen, "told_how": how}))
            watch = self.opened(self.town, "watch", ON, watch_cause="risk", **home)
            self.at(watch, ON, (self.town, "look", "watching", {"note": "回访", **TOLD, "told_how": how}))
        for form, homes in (("yearly", self.inside[:3]), ("card_holders", self.inside[3:6])):
            campaign = self.opened(self.county, "campaign", ON, instruction="排查", due_on="2025-10-31",
                                   survey_form=form)
            self.at(campaign, ON, (self.county, "start", "running", {"due_on": "2025-10-31"}))
            for home, how in zip(homes, ("face", "phone", "paper"), strict=True):
                listed = self.opened(self.county, "survey", ON, parent=int(campaign), household=home, to_unit="first")
                more = {} if form == "yearly" else {"single_member_holds": "holds"}
                self.at(listed, ON, (self.town, "fill_card_holder" if more else "fill", "filled", {
                    "survey_result": "not_covered", "note": "入户", **more, **TOLD, "told_how": how}))

    def test_89_where_no_law_sets_a_day_the_offices_own_target_runs_and_is_said_to_be_internal(self):
        on = "2025-09-26"  # before the national days, and a Sunday that works
        household = self.unpaid_beyond(0)
        person = self.county.get(f"/api/v1/households/{household}").json["members"][0]["id"]

        def target(number, clock, days, from_=on):
            self.aims(number, clock, days, from_)
        death = self.opened(self.far, "death", on, household=household, person=person, died_on="2025-09-20",
                            death_source=["村委会报告"], death_match="by_person")
        target(death, "death_told_target", 3)
        self.at(death, "2025-09-28", (self.county, "deny", "closed", {"reason": "同名"}))
        self.clock(death, "death_told_target", "2025-09-28", CALENDAR.working(on, 3), "met")

        paid = self.carried(household, 42000, "2025-04-01", "2025-05-01")
        self.kinds[paid] = "allowance"
        self.at(paid, on, (self.second, "hold", "held", {"hold_cause": "unclear"}))
        target(paid, "hold_target", 10)
        self.at(paid, "2025-10-20", (self.county, "resume", "paying", {"reason": "已查清"}))
        self.clock(paid, "hold_target", "2025-10-20", CALENDAR.working(on, 10), "missed")

        asked = self.opened(self.county, "conference", on, household=self.inside[0], reason="复杂")
        target(asked, "conference_target", 8)
        self.at(asked, "2025-09-28", (self.county, "convene", "convened", {
            "conference_kind": "case_conference", "agenda": "个案", "due_on": "2025-09-30"}),
                (self.county, "hold", "held", {"attended": ["民政"], "minutes": "纪要", "decision": ["救助"]}))
        self.clock(asked, "conference_target", "2025-09-28", CALENDAR.working(on, 8), "met")

        need = self.opened(self.town, "charity", on, household=self.inside[0], need="助学", consent=True)
        target(need, "charity_target", 20)
        offer = {"donor": "样例基金会", "offer": "助学金"}
        self.at(need, "2025-09-28", (self.county, "offer", "offered", offer),
                (self.county, "unmatch", "need", {"reason": "条件不符"}))
        target(need, "charity_target", 20)  # undone, it goes on: nobody wins a day
        self.at(need, "2025-09-28", (self.county, "offer", "offered", offer),
                (self.county, "match", "matched", {"donor": offer["donor"]}),
                (self.county, "unmatch", "need", {"reason": "捐助方改变主意"}))
        target(need, "charity_target", 20)
        self.at(need, "2025-09-28", (self.county, "offer", "offered", offer),
                (self.second, "match", "matched", {"donor": offer["donor"]}),
                (self.county, "unmatch", "need", {"reason": "捐助方改变主意"}))
        target(need, "charity_target", 20, "2025-09-28")  # another's match: it begins anew
        # Unless it was theirs who had told the need: it goes on, whoever undoes the match.
        own = self.opened(self.county, "charity", on, household=self.inside[0], need="助学", consent=True)
        self.at(own, "2025-09-28", (self.county, "offer", "offered", offer),
                (self.county, "match", "matched", {"donor": offer["donor"]}),
                (self.second, "unmatch", "need", {"reason": "捐助方改变主意"}))
        target(own, "charity_target", 20)

        review = self.opened(self.town, "review", on, household=next(self.homes), cause="report",
                             category="minimum_living_guarantee")
        target(review, "review_survey_target", 10)
        target(review, "review_decision_target", 30)
        self.at(review, "2025-09-28", (self.town, "survey", "surveyed", HOME))
        self.clock(review, "review_survey_target", "2025-09-28", CALENDAR.working(on, 10), "met")
        by_rhythm = self.opened(self.town, "review", on, household=next(self.homes), move="open_due", cause="rhythm",
                                category="minimum_living_guarantee", due_on="2025-10-31")
        self.assertEqual(["task_day"], [clock["id"] for clock in self.case(self.county, by_rhythm, on)["clocks"]])

        referral = self.opened(self.town, "referral", on, household=self.inside[0], kind="job", need="求职")
        self.at(referral, on, (self.town, "send", "sent", HR))
        target(referral, "referral_day", 15)
        # Whether the day was told or is the office's own, lists say by how many working days it is past.
        told = self.opened(self.town, "referral", on, household=self.inside[0], kind="job", need="求职")
        self.at(told, on, (self.town, "send", "sent", {**HR, "due_on": "2025-10-31"}))
        for number in (referral, told):
            seen = self.case(self.county, number)
            row, = [one for one in self.county.pages("/api/v1/cases?machine=referral&state=sent", limit=200)
                    if one["id"] == number]
            self.assertLess(seen["working_days_left"], 0)
            self.assertEqual(seen["working_days_left"], row["working_days_left"])
            self.assertEqual((True, True), (row["overdue"], row["due_internal"]))
            self.at(number, on, (self.town, "recall", "closed", {"reason": "重复"}))

    def unpaid_beyond(self, nth):
        """A home of the second township, of which nobody died and to which nothing is paid."""
        told = {row["household"] for row in self.county.pages("/api/v1/cases?machine=death&closed=all", limit=200)}
        return [home for home in reversed(self.beyond) if home not in told][nth]

    def aims(self, number, clock, days, on):
        told = self.runs(number, clock, CALENDAR.working(on, days), CALENDAR.natural(on, 1))
        self.assertTrue(told["internal"], clock)

    def test_89_what_waits_for_its_first_step_is_timed_by_the_offices_own_targets(self):
        on, then, later = "2025-09-26", "2025-09-28", "2025-10-20"
        papers = {"missing": ["户口簿"]}
        for number, accepts in ((self.opened(self.town, "application", on, household=next(self.homes), **FORM),
                                 {"relatives_of_staff": False}), (self.aid("registered", on), {})):
            self.aims(number, "acceptance_target", 5, on)
            self.at(number, then, (self.town, "ask_papers", "correcting", papers))
            self.clock(number, "acceptance_target", then, CALENDAR.working(on, 5), "met")
            self.at(number, then, (self.town, "complete", "completed"))
            self.aims(number, "completed_target", 5, then)
            self.at(number, later, (self.town, "accept", "accepted", accepts))
            self.clock(number, "completed_target", later, CALENDAR.working(then, 5), "missed")

        urgent = self.opened(self.town, "emergency", on, household=self.inside[0], need="突发急病", found_by="hotline")
        self.aims(urgent, "emergency_target", 2, on)
        self.at(urgent, then, (self.town, "hand_over", "handed_over", {"reason": "转救助站", "to_unit": "second"}))
        self.clock(urgent, "emergency_target", then, CALENDAR.working(on, 2), "met")
        self.at(urgent, "2025-09-29", (self.far, "send_back", "reported", {"reason": "有家可归", "to_unit": "first"}))
        self.aims(urgent, "emergency_target", 2, "2025-09-29")  # it waits anew
        self.at(urgent, later, (self.town, "decline", "declined", {"reason": "不属急难"}),
                (self.town, "serve", "closed", {"served_how": "in_person"}))
        self.clock(urgent, "emergency_target", later, CALENDAR.working("2025-09-29", 2), "missed")

        hit = self.opened(self.town, "disaster", on, household=self.inside[0], hit_on="2025-09-25", need="房屋受损",
                          loss="other")
        self.aims(hit, "disaster_target", 3, on)
        self.at(hit, then, (self.county, "help", "emergency", {"relief": "goods"}))
        self.clock(hit, "disaster_target", then, CALENDAR.working(on, 3), "met")

    def test_89_a_proposed_end_of_payment_waits_for_a_second_person_by_a_target(self):
        on, later = "2025-09-26", "2025-10-20"
        paid = self.carried(self.unpaid_beyond(1), 42000, "2025-04-01", "2025-05-01")
        ends = {"end_proposed": "2025-12-01", "reason": "迁出本县"}
        self.at(paid, on, (self.fund, "propose_end", "paying", ends))
        self.aims(paid, "end_target", 4, on)
        for again in (CALENDAR.working(on, 3), CALENDAR.working(on, 4)):  # proposed anew it counts from the first day
            self.at(paid, again, (self.fund, "propose_end", "paying", ends))
            self.aims(paid, "end_target", 4, on)
        self.at(paid, later, (self.county, "turn_down", "paying", {"reason": "尚未查清"}))
        self.clock(paid, "end_target", later, CALENDAR.working(on, 4), "missed")
        self.at(paid, later, (self.fund, "propose_end", "paying", ends))
        self.aims(paid, "end_target", 4, later)
        self.at(paid, later, (self.county, "admit_end", "ended"))
        self.clock(paid, "end_target", later, CALENDAR.working(later, 4), "met")

    def test_89_whoever_takes_a_proposal_back_and_makes_it_again_wins_no_day(self):
        on, last = "2025-09-26", CALENDAR.working("2025-09-26", 4)
        paid = self.carried(self.unpaid_beyond(2), 42000, "2025-04-01", "2025-05-01")
        propose = (self.county, "propose_end", "paying", {"end_proposed": "2025-12-01", "reason": "迁出本县"})
        back = (self.county, "turn_down", "paying", {"reason": "日期有误"})
        self.at(paid, on, propose)
        self.at(paid, "2025-09-28", back)  # a Sunday that works
        self.clock(paid, "end_target", "2025-09-28", last, "met")
        self.at(paid, "2025-09-29", propose)
        self.aims(paid, "end_target", 4, on)
        self.at(paid, "2025-09-29", back)
        self.at(paid, "2025-10-13", propose)
        due = CALENDAR.working("2025-10-12", 2)  # two of its four days were left; those between did not count
        self.clock(paid, "end_target", due, due, "due")
        self.clock(paid, "end_target", CALENDAR.natural(due, 1), due, "overdue")
        self.assertEqual(1, len([one for one in self.case(self.county, paid)["clocks"] if one["id"] == "end_target"]))
        self.at(paid, due, (self.second, "admit_end", "ended"))
        self.clock(paid, "end_target", due, due, "met")

    def test_89_a_verified_warning_is_fed_back_and_closed_by_targets_that_hide_no_term_of_the_law(self):
        on, then = "2025-09-26", "2025-09-28"
        number = self.warned("green", *LOUD)
        self.at(number, on, (self.county, "dispatch", "dispatched", {"to_unit": "first"}),
                (self.town, "accept", "accepted"), (self.town, "visit", "verified", {**HOME, "outcome": "true_"}))
        self.aims(number, "warning_feedback_target", 2, on)
        self.at(number, then, (self.town, "feed_back", "fed_back"))
        self.clock(number, "warning_feedback_target", then, CALENDAR.working(on, 2), "met")
        self.aims(number, "warning_handling_target", 20, then)
        past = self.case(self.county, number)
        self.assertEqual((True, True), (past["overdue"], past["due_internal"]))  # the law was kept
        self.at(number, "2025-10-09", (self.county, "handle", "handling", {"branch": "push"}))
        below = self.opened(self.county, "referral", "2025-10-09", parent=int(number), kind="job", need="失业")
        self.at(below, "2025-10-09", (self.county, "send", "sent", HR))
        self.at(number, "2025-10-20", (self.county, "close", "closed", {"reason": "已转办"}))
        self.clock(number, "warning_handling_target", "2025-10-20", CALENDAR.working(then, 20), "met")

        # One that nobody accepted is past the office's day of acceptance, and past the law's days of verification.
        late = self.warned(*LOUD)
        self.at(late, on, (self.county, "dispatch", "dispatched", {"to_unit": "first"}))
        late_row = self.case(self.county, late)
        self.assertEqual((True, False), (late_row["overdue"], late_row["due_internal"]))
        self.assertEqual("预警核查", late_row["due_clock"]["zh"])

        def ids(query):
            return {row["id"] for row in self.county.pages(f"/api/v1/cases?due=overdue{query}", limit=200)}
        by_law, past_target = ids("&due_by=law"), ids("&due_by=target")
        self.assertIn(late, by_law)
        self.assertEqual(set(), by_law & past_target)
        self.assertEqual(ids(""), by_law | past_target)
        counts = self.fits("countCases", self.county.get("/api/v1/cases/counts")).json
        self.assertEqual((len(by_law), len(past_target)), (counts["overdue_by_law"], counts["past_target"]))
        self.assertEqual(counts["overdue"], counts["overdue_by_law"] + counts["past_target"])
        self.refused(self.county.get("/api/v1/cases?due_by=nobody"), 400, "fields")

    def test_85_a_service_is_to_be_ordered_taken_and_finished_by_the_offices_own_targets(self):
        on, later = "2025-06-03", "2025-06-09"
        household = self.inside[0]
        assigned = self.town("POST", "/api/v1/assignments", {
            "account": "provider", "households": [household], "case": "order", "from": civil_day().isoformat()})
        self.assertIn(assigned.status, (200, 201, 204), str(assigned))
        number = self.opened(self.town, "order", on, household=household, need="失能", consent=True)
        order = {"service": "护理", "times": 1, "amount": 20000, "to_unit": "first"}
        self.runs(number, "order_target", CALENDAR.working(on, 3), CALENDAR.natural(on, 1))
        self.at(number, on, (self.town, "order", "ordered", order))
        self.runs(number, "order_take_target", CALENDAR.working(on, 2), CALENDAR.natural(on, 1))
        self.at(number, on, (self.provider, "decline", "needed", {"reason": "人手不足"}))
        self.runs(number, "order_target", CALENDAR.working(on, 3), CALENDAR.natural(on, 1))  # needed anew
        self.at(number, on, (self.town, "order", "ordered", order), (self.provider, "take", "serving"))
        self.clock(number, "order_take_target", on, CALENDAR.working(on, 2), "met")
        told = self.runs(number, "order_finish_target", CALENDAR.working(on, 15), CALENDAR.natural(on, 1))
        self.assertTrue(told["internal"])
        self.at(number, on, (self.provider, "serve", "serving", {"attachments": ["签到照片"], "hours": 2}),
                (self.provider, "finish", "finished"))
        self.at(number, later, (self.town, "again", "serving", {"reason": "次数不足"}))
        self.runs(number, "order_finish_target", CALENDAR.working(later, 15), CALENDAR.natural(later, 1))

    def test_87_each_visit_of_a_service_is_signed_by_a_photograph_of_its_own_and_an_attempt_is_none(self):
        on, household = "2025-06-03", self.inside[0]
        assigned = self.town("POST", "/api/v1/assignments", {
            "account": "provider", "households": [household], "case": "order", "from": civil_day().isoformat()})
        self.assertIn(assigned.status, (200, 201, 204), str(assigned))

        def ordered(times, fen):
            number = self.opened(self.town, "order", on, household=household, need="失能", consent=True)
            self.at(number, on, (self.town, "order", "ordered", {
                "service": "护理", "times": times, "amount": fen, "to_unit": "first"}),
                    (self.provider, "take", "serving"))
            return number

        def served(number, shot, hours=2):
            return self.codes(self.move(self.provider, number, "serve", on, attachments=[shot], hours=hours))
        needed = self.opened(self.town, "order", on, household=household, need="失能", consent=True)
        self.assertEqual([("/fields/times", "field_range")], self.codes(self.move(
            self.town, needed, "order", on, service="护理", times=0, amount=1, to_unit="first")))
        number, other = ordered(3, 60000), ordered(1, 20000)
        shot = self.photo(self.provider, number, PHOTO + b" of one visit")
        for hours in (0, 25):
            self.assertEqual([("/fields/hours", "field_range")], served(number, shot, hours))
        self.moved(self.provider, number, "serve", on, attachments=[shot], hours=1)
        for _ in range(2):
            self.assertEqual([("/fields/attachments", "used_before")], served(number, shot))
        # Nor does it sign a visit of another order.
        self.assertEqual(shot, self.photo(self.provider, other, PHOTO + b" of one visit"))
        self.assertEqual([("/fields/attachments", "used_before")], served(other, shot))
        # In the words of whoever stands at the door with a phone.
        answer = self.provider("POST", f"/api/v1/cases/{other}/moves", {
            "move": "serve", "on": on, "client_key": next(self.keys), "fields": {"attachments": [shot], "hours": 2}},
            headers={"Accept-Language": "zh-CN"})
        self.assertIn("已在另一办件中使用过", answer.json["errors"][0]["detail"])
        for word in ATTEMPTS:
            self.at(number, on, (self.provider, "attempt", "serving", {"attempt": word}))
        (asked,) = self.case(self.county, number)["below"]  # a death is for a person to look into
        self.assertEqual(("task", "assigned"), (asked["machine"], asked["state"]))
        self.kinds[asked["id"]] = "task"
        self.at(number, on, (self.provider, "serve", "serving", {"attachments": ["第二次"], "hours": 24}))
        self.assertEqual([("/fields/fewer_because", "fewer_than_told")], self.codes(
            self.move(self.provider, number, "finish", on)))
        self.at(number, on, (self.provider, "finish", "finished", {"fewer_because": "老人住院"}))
        self.assertEqual(["2"], self.case(self.county, number)["events"][-1]["fields"]["served_times"])
        self.at(number, on, (self.town, "accept", "accepted", {"satisfied": True}))
        self.assertEqual([("/fields/amount_because", "fewer_than_told")], self.codes(
            self.move(self.second, number, "settle", on, amount=60000)))
        self.at(number, on, (self.second, "settle", "settled", {"amount": 40000, "amount_because": "按两次结算"}))
