# SPDX-License-Identifier: Apache-2.0
"""The clocks of the scripted year that run for one category or one machine alone, each due day counted by the calendar
of the test's own."""
import datetime

from office import civil_day
from year_office import CALENDAR, FORM, HOME, LOUD, WHY

# What a notice of the national law runs: (clock, working days) from acceptance, and where it is extended the ones in
# their place; the days of the public notice, and from its end, from a refusal; payment from the month after.
GUARANTEE = {"accepted": (("survey_start", 3), ("whole_procedure", 30)),
             "extended": ("whole_procedure_extended", 45),
             "posted": "public_notice", "ended": ("confirmation", 10), "refused": ("refusal_notice", 3)}
PAID = {**GUARANTEE, "paid": "payment_start"}
ANALOGY = {"accepted": (("survey_by_analogy", 3), ("procedure_by_analogy", 30)),
           "extended": ("extended_by_analogy", 45),
           "posted": "notice_by_analogy", "ended": ("confirmation_by_analogy", 10),
           "refused": ("refusal_by_analogy", 3)}
EXTREME = {"accepted": (("extreme_poverty_survey", 15),), "posted": "extreme_poverty_notice",
           "ended": ("extreme_poverty_confirmation", 15), "refused": ("extreme_poverty_refusal", 3),
           "paid": "extreme_poverty_payment_start"}
# From days before the spring festival, the May days and the national days, so that days off and make-up days count.
RUNS = (("minimum_living_guarantee", PAID, "2025-01-17"), ("single_member_guarantee", PAID, "2025-01-20"),
        ("mlg_marginal_household", GUARANTEE, "2025-04-18"), ("rigid_expenditure_household", ANALOGY, "2025-04-22"),
        ("relapse_monitored", ANALOGY, "2025-09-18"), ("other_hardship", ANALOGY, "2025-09-22"),
        ("extreme_poverty", EXTREME, "2025-09-24"))
VISIT = {"officers": ["county", "second"], "note": "入户核实"}


class Clocks:
    named = False  # who confirms other hardship

    def runs(self, number, clock, due, day, who=None):
        """Runs, nearly due from the last working day before it, due on its day and overdue after it, as of each day."""
        self.clock(number, clock, day, due, "running" if CALENDAR.left(day, due) > 1 else "nearly_due", who)
        self.clock(number, clock, due, due, "due", who)
        return self.clock(number, clock, CALENDAR.natural(due, 1), due, "overdue", who)

    def passes(self, number, clock, due, day, who=None):
        """Tells a day by which no office has to do anything: nobody is late, and no list shows it."""
        self.clock(number, clock, day, due, "running", who)
        self.clock(number, clock, due, due, "running", who)
        return self.clock(number, clock, CALENDAR.natural(due, 1), due, "passed", who)

    def accepted_as(self, category, law, on):
        """Papers are asked for and come, and it is accepted and handled as that category."""
        number = self.applied(self.town, on)
        self.go(number, (self.town, "ask_papers", on, {"missing": ["收入证明"]}, "correcting"))
        self.runs(number, "papers_due", CALENDAR.term(on, 30), CALENDAR.natural(on, 1))
        on = CALENDAR.working(on, 2)
        self.go(number, (self.town, "complete", on, {}, "completed"),
                (self.town, "accept", on, {"relatives_of_staff": False}, "accepted"),
                (self.town, "switch", on, {"category": category, "reason": "按此类别办理"}, "accepted"))
        self.clock(number, "papers_due", on, CALENDAR.term(self.first_on(number), 30), "met")
        for clock, days in law["accepted"]:
            self.runs(number, clock, CALENDAR.working(on, days), CALENDAR.natural(on, 1))
        return number, on

    def first_on(self, number):
        return self.case(self.county, number)["events"][0]["on"]

    def noticed_as(self, category, law, number, on):
        """Reviewed, objected to and appraised, and posted anew; gives the day on which the notice is over."""
        review = {"category": category, "opinion": "grant"}
        self.go(number, (self.town, "survey", on, HOME, "surveyed"), (self.town, "review", on, review, "reviewed"),
                (self.village, "post", on, {"attachments": ["公示照片"]}, "noticed"))
        self.runs(number, law["posted"], CALENDAR.term(on, 7), CALENDAR.natural(on, 1))
        objected = CALENDAR.natural(on, 1)
        self.go(number, (self.town, "object", objected, {"reason": "收入不实"}, "objected"))
        self.clock(number, law["posted"], objected, CALENDAR.term(on, 7), "met")
        self.runs(number, "recheck", CALENDAR.working(objected, 10), CALENDAR.natural(objected, 1))
        on = CALENDAR.working(objected, 2)
        self.go(number, (self.third, "appraise", on, {"officers": ["third", "colleague"], "note": "复查"}, "surveyed"),
                (self.town, "review", on, review, "reviewed"),
                (self.town, "post", on, {"attachments": ["再次公示照片"]}, "noticed"))
        self.clock(number, "recheck", on, CALENDAR.working(objected, 10), "met")
        last = CALENDAR.term(on, 7)
        self.assertEqual([("/on", "move_too_early")], self.codes(self.move(self.town, number, "end_notice", last)))
        on = CALENDAR.natural(last, 1)
        to = {"to_department": "agriculture", "to_unit": "agri"} if category == "relapse_monitored" else {}
        self.go(number, (self.town, "end_notice", on, to, "to_confirm"))
        clock, days = law["ended"]
        self.runs(number, clock, CALENDAR.working(on, days), CALENDAR.natural(on, 1))
        return on

    def extended_as(self, category, law, number, accepted, on):
        """In a special case, by who may confirm: from that day on the longer days run instead, from acceptance too."""
        extend = {"extended_because": "跨省核对"}
        if "extended" not in law:
            self.assertEqual([("/on", "move_no_clock")], self.codes(
                self.move(self.county, number, "extend", on, **extend)))
            return
        clock, days = law["extended"]
        ordinary, usual = law["accepted"][1]
        due, longer = CALENDAR.working(accepted, usual), CALENDAR.working(accepted, days)
        self.assertNotIn(clock, [one["id"] for one in self.case(self.county, number, on)["clocks"]])
        self.assertEqual([("/on", "move_too_late")], self.codes(
            self.move(self.who_confirms(category), number, "extend", CALENDAR.natural(due, 1), **extend)))
        self.go(number, (self.who_confirms(category), "extend", on, extend, "to_confirm"))
        self.clock(number, ordinary, CALENDAR.natural(due, 1), due, "replaced")
        self.runs(number, clock, longer, on)
        self.assertIn(("/move", "move_once"), self.codes(
            self.move(self.who_confirms(category), number, "extend", on, **extend)))

    def who_confirms(self, category):
        return self.agri if category == "relapse_monitored" else self.fourth

    def place_says_who_decides(self, number, category, on):
        """The law leaves it to the place who confirms other hardship: until it has said so, nobody does."""
        if category != "other_hardship" or self.named:
            return
        for who in (self.fourth, self.county):
            for move, told in (("confirm", {"category": category}), ("refuse", {"reason": "r"})):
                self.assertIn(("/fields/category", "authority_unset"),
                              self.codes(self.move(who, number, move, on, **told, **WHY)))
        self.set_figure("other_hardship_authority", "441699", "county_or_delegated_township")
        type(self).named = True

    def terms_run(self, number, on, who=None):
        """Reconsideration within sixty days, a suit within six months, from the day on which the remedy was told."""
        self.passes(number, "reconsideration_term", CALENDAR.term(on, 60), CALENDAR.natural(on, 1), who)
        self.passes(number, "litigation_term", CALENDAR.months(on, 6), CALENDAR.natural(on, 1), who)

    def test_50_an_application_of_each_category_runs_its_own_clocks_until_it_is_confirmed(self):
        for category, law, on in RUNS:
            with self.subTest(category=category):
                number, on = self.accepted_as(category, law, on)
                accepted = on
                on = self.noticed_as(category, law, number, on)
                decided = CALENDAR.natural(on, 1)
                self.place_says_who_decides(number, category, decided)
                self.extended_as(category, law, number, accepted, decided)
                amount = {"amount": 42000} if "paid" in law else {}
                self.go(number, (self.who_confirms(category), "confirm", decided,
                                 {"category": category, **amount, **WHY}, "confirmed"))
                self.clock(number, law["ended"][0], decided, CALENDAR.working(on, law["ended"][1]), "met")
                clock, days = law["accepted"][0]  # until the survey, or the first review
                self.clock(number, clock, accepted, CALENDAR.working(accepted, days), "met")
                if "extended" in law:
                    clock, days = law["extended"]
                    self.clock(number, clock, decided, CALENDAR.working(accepted, days), "met")
                if "paid" in law:
                    self.passes(number, law["paid"], CALENDAR.month_after(decided), decided)
                self.go(number, (self.village, "post_confirmed", decided, {"attachments": ["确认公布"]}, "confirmed"),
                        (self.town, "serve", decided, {"served_how": "in_person"}, "served"))
                self.terms_run(number, decided)

    def test_51_a_refusal_of_each_category_is_told_within_its_days(self):
        for category, law, on in RUNS:
            with self.subTest(category=category):
                number, on = self.accepted_as(category, law, on)
                refused = CALENDAR.natural(self.noticed_as(category, law, number, on), 1)
                self.place_says_who_decides(number, category, refused)
                self.go(number, (self.who_confirms(category), "refuse", refused,
                                 {"reason": "收入超过标准", **WHY}, "refused"))
                clock, days = law["refused"]
                due = CALENDAR.working(refused, days)
                self.runs(number, clock, due, CALENDAR.natural(refused, 1))
                late = CALENDAR.natural(due, 1)
                self.go(number, (self.town, "serve", late, {"served_how": "post"}, "served"))
                self.clock(number, clock, late, due, "missed")

    def test_52_a_check_that_takes_too_long_stops_the_clock_for_its_twenty_days_and_no_longer(self):
        for category, law in (("minimum_living_guarantee", PAID), ("other_hardship", ANALOGY)):
            number, on = self.accepted_as(category, law, "2025-04-14")
            asked = CALENDAR.working(on, 3)
            self.go(number, (self.town, "ask_check", asked, {}, "accepted"))
            whole = law["accepted"][1:]
            for clock, days in whole:
                told = self.clock(number, clock, CALENDAR.natural(asked, 1), None, "paused")
                self.assertEqual(["check_running"], [one["id"] for one in told["pauses"]])
            stood = CALENDAR.working(asked, 20)
            came = CALENDAR.working(asked, 28)
            self.go(number, (self.clerk, "report_check", came, {"check_result": "within"}, "accepted"))
            for clock, days in whole:  # two of its days had run before the pause
                self.clock(number, clock, came, CALENDAR.working(stood, days - 2), "running")
            self.go(number, (self.town, "extend", came, {"extended_because": "核对超期"}, "accepted"))
            clock, days = law["extended"]  # the days of the pause are no days of the longer ones either
            self.clock(number, clock, came, CALENDAR.working(stood, days - 2), "running")

    def test_53_a_review_is_held_to_its_day_its_decision_to_the_month_after_and_its_end_to_the_watch(self):
        household = next(self.homes)
        number = self.opened(self.town, "review", "2025-04-07", household=household, move="open_due", cause="rhythm",
                             category="minimum_living_guarantee", due_on="2025-04-18")
        self.runs(number, "task_day", "2025-04-18", "2025-04-08")
        self.go(number, (self.town, "survey", "2025-04-14", HOME, "surveyed"))
        self.determined(number, "2025-04-14")
        self.go(number, (self.town, "propose", "2025-04-15", {"proposal": "exit", "reason": "收入提高", **WHY},
                         "proposed"),
                (self.town, "serve_letter", "2025-04-25", {"served_how": "in_person"}, "letter_served"))
        due = CALENDAR.working("2025-04-25", 5)
        self.runs(number, "reply_days", due, "2025-04-26")
        self.go(number, (self.town, "no_reply", CALENDAR.natural(due, 1), {}, "to_decide"),
                (self.third, "decide", "2025-05-30", {"decision_kind": "exit", "reason": "不再符合"}, "decided"))
        self.passes(number, "review_month", "2025-06-01", "2025-05-30")
        self.go(number, (self.town, "serve_exit", "2025-06-03", {"served_how": "post"}, "watched"))
        self.terms_run(number, "2025-06-03")
        self.runs(number, "exit_watch", CALENDAR.months("2025-06-03", 12), "2025-06-04")
        tapered = self.reviewed("taper")
        self.go(tapered, (self.county, "reply", "2025-02-14", {"reply": "同意"}, "to_decide"),
                (self.third, "decide", "2025-02-28", {"decision_kind": "taper", "reason": "就业"}, "decided"))
        self.passes(tapered, "review_month", "2025-03-01", "2025-02-28")
        self.go(tapered, (self.town, "start_taper", "2025-02-28", {"served_how": "electronic"}, "tapering"))
        self.terms_run(tapered, "2025-02-28")
        self.runs(tapered, "taper", CALENDAR.months("2025-02-28", 6), "2025-03-01")
        self.go(tapered, (self.town, "propose_stop", "2025-06-30", {"reason": "患病"}, "tapering"),
                (self.fourth, "stop_taper", "2025-06-30", {"reason": "患病"}, "opened"))
        self.passes(tapered, "after_taper", "2025-07-01", "2025-06-30")
        self.clock(tapered, "taper", "2025-06-30", CALENDAR.months("2025-02-28", 6), "met")

    def test_54_what_is_asked_of_others_by_a_day_is_due_on_it_in_every_machine(self):
        household = self.inside[0]
        campaign = self.opened(self.county, "campaign", "2025-09-01", instruction="专项排查", due_on="2025-10-31")
        self.go(campaign, (self.county, "start", "2025-09-02", {"due_on": "2025-11-14"}, "running"))
        self.runs(campaign, "task_day", "2025-11-14", "2025-09-03")
        home = self.opened(self.county, "survey", "2025-09-02", parent=int(campaign), household=household,
                           due_on="2025-10-15", to_unit="first")
        self.runs(home, "task_day", "2025-10-15", "2025-09-03")
        visit = self.opened(self.village, "visit", "2025-06-03", household=household, due_on="2025-06-20")
        self.runs(visit, "task_day", "2025-06-20", "2025-06-04", self.town)
        task = self.opened(self.county, "task", "2025-06-03", household=household, to_unit="first", instruction="核实",
                           due_on="2025-06-20")
        self.runs(task, "task_day", "2025-06-20", "2025-06-04")
        drawing = self.opened(self.county, "drawing", "2025-11-17", drawn_from="2025-10-01", drawn_until="2025-10-31",
                              due_on="2025-12-05", seed="时限")
        self.runs(drawing, "task_day", "2025-12-05", "2025-11-18")
        for row in self.case(self.county, drawing)["below"]:
            self.kinds[row["id"]] = "recheck"
            self.runs(row["id"], "task_day", "2025-12-05", "2025-11-18")
        conference = self.opened(self.county, "conference", "2025-06-03", household=household, reason="复杂")
        self.go(conference, (self.county, "convene", "2025-06-04", {
            "conference_kind": "case_conference", "agenda": "个案", "due_on": "2025-06-18"}, "convened"))
        self.runs(conference, "conference_day", "2025-06-18", "2025-06-05")
        hit = self.opened(self.town, "disaster", "2025-06-02", household=household, loss="collapsed",
                          hit_on="2025-06-01", need="房屋倒塌")
        self.go(hit, (self.county, "help", "2025-06-02", {"relief": "goods"}, "emergency"),
                (self.county, "to_transition", "2025-06-03", {"reason": "无房", "due_on": "2025-08-01"}, "transition"))
        self.runs(hit, "stage_day", "2025-08-01", "2025-06-04")

    def test_55_an_objection_is_rechecked_in_ten_days_and_then_the_terms_of_the_courts_run(self):
        # Filed before the national days, of which the days off and a make-up day fall within.
        number = self.opened(self.town, "objection", "2025-09-25", household=self.inside[0], reason="核对有误")
        self.runs(number, "recheck", CALENDAR.working("2025-09-25", 10), "2025-09-26")
        self.go(number, (self.clerk, "accept", "2025-09-26", {}, "accepted"),
                (self.county, "uphold", "2025-10-20", {"reason": "无误", "served_how": "post"}, "upheld"))
        self.clock(number, "recheck", "2025-10-20", CALENDAR.working("2025-09-25", 10), "missed")
        self.terms_run(number, "2025-10-20")

    def test_56_a_departments_own_term_runs_beside_the_day_that_was_asked_and_its_last_word_is_handled(self):
        number = self.opened(self.town, "referral", "2025-09-18", household=self.inside[0], kind="aid",
                             benefit="orphan_allowance", need="事实无人抚养")
        self.go(number, (self.town, "send", "2025-09-18", {"to_department": "civil", "to_unit": "civil",
                                                           "due_on": "2025-10-24"}, "sent"),
                (self.civil, "receive", "2025-09-19", {}, "received"))
        self.runs(number, "referral_day", "2025-10-24", "2025-09-19")
        self.go(number, (self.civil, "accept", "2025-09-22", {}, "accepted"))
        self.runs(number, "benefit_term", CALENDAR.working("2025-09-22", 30), "2025-09-23")
        self.go(number, (self.civil, "finish", "2025-10-10", {"result": "helped", "amount": 120000}, "done"))
        self.clock(number, "benefit_term", "2025-10-10", CALENDAR.working("2025-09-22", 30), "met")

        told = self.case(self.county, next(iter(self.of("ended_help"))))
        on = told["events"][0]["on"]
        due = CALENDAR.working(on, 5)
        self.assertEqual((due, True), [(c["due_on"], c["internal"]) for c in told["clocks"]
                                       if c["id"] == "ended_help_day"][0])
        self.clock(told["id"], "ended_help_day", on, due, "met")

    def of(self, machine):
        return [number for number, kind in self.kinds.items() if kind == machine]

    def test_57_a_warning_of_each_level_has_its_own_days_and_a_call_the_offices_own_target(self):
        self.set_figure("green_call_target_days", "441699", "6")
        on = "2025-09-26"
        for level, days in {**LOUD, "green": 6}.items():
            with self.subTest(level=level):
                number = self.warned(level)
                self.go(number, (self.county, "dispatch", on, {"to_unit": "first"}, "dispatched"))
                self.runs(number, "warning_acceptance", CALENDAR.working(on, 1), on)
                told = self.runs(number, "warning_verification", CALENDAR.working(on, days), CALENDAR.natural(on, 1))
                self.assertEqual(level == "green", told["internal"])
                self.go(number, (self.town, "accept", "2025-10-09", {}, "accepted"))
                self.clock(number, "warning_acceptance", "2025-10-09", CALENDAR.working(on, 1), "missed")

    def test_58_who_left_or_was_refused_is_watched_for_the_months_that_the_county_set(self):
        for cause in ("refused", "risk", "left"):
            number = self.opened(self.town, "watch", "2025-02-28", household=self.inside[0], watch_cause=cause)
            self.runs(number, "watch_term", CALENDAR.months("2025-02-28", 12), "2025-03-01")

    def test_59_past_the_last_year_whose_days_off_are_known_a_day_is_provisional(self):
        last = max(CALENDAR.off | CALENDAR.work).year
        on = datetime.date(last, 12, 24).isoformat()
        if on > civil_day().isoformat():  # nothing is dated ahead: until then the terms of a day are asked
            on = civil_day().isoformat()
        number = self.opened(self.town, "application", on, household=self.inside[0], **FORM)
        self.go(number, (self.town, "ask_papers", on, {"missing": ["户口簿"]}, "correcting"))
        told = next(c for c in self.case(self.county, number)["clocks"] if c["id"] == "papers_due")
        self.assertEqual((CALENDAR.term(on, 30), CALENDAR.term(on, 30)[:4] > str(last)),
                         (told["due_on"], told["provisional"]))
