# SPDX-License-Identifier: Apache-2.0
"""Where the five notices disagree (C01 to C25 of the project's register of conflicts): the same case is brought to each
of the five offices over the API, and comes out as the notice of that office has it, by its clause."""
import csv
import re

import law
from notices_office import (BESIDE, CALENDAR, CQ, CS, DAY, FORM, GD, GUARANTEE, HOME, JN, MARGIN, OTHER, POOR, RELAPSE,
                            RIGID, SX, UNPOSTED, WHY, Places)
from office import main

# Which of the points decide nothing about a case, and what does show them.
NOT_IN_CASEWORK = {
    "C02": "the order of the tests: a determination answers by it, the case carries the result (packs/*/cases)",
    "C05": "the test of rigid expenditure: a determination answers it (packs/*/cases)",
    "C11": "shares of the premium: what a benefit grants (packs/*/cases)",
    "C14": "whom service at home is for: what a benefit's conditions say (packs/*/cases)",
    "C15": "to whom measures for the disabled are extended: a benefit's conditions (packs/*/cases)",
    "C18": "the base of the margin's line: a determination computes it (packs/*/cases)",
    "C20": "what the levels are called: a case keeps the id and is sorted by its day (packs/*/levels.yaml)",
    "C21": "which schools: a benefit's conditions (packs/*/cases)",
    "C22": "who counts as out of work: a benefit's conditions (packs/*/cases)",
    "C23": "which houses: a benefit's conditions (packs/*/cases)"}
AUTHORITY = ("/move", "move_authority")


class Notices(Places):
    def test_every_point_of_the_register_is_walked_here_or_decides_nothing_about_a_case(self):
        walked = {point.upper() for name in dir(self) if name.startswith("test_c")
                  for point in name.split("_") if re.fullmatch(r"c\d\d", point)}
        self.assertEqual({f"C{n:02d}" for n in range(1, 26)}, walked | set(NOT_IN_CASEWORK))
        self.assertEqual(set(), walked & set(NOT_IN_CASEWORK))

    # --- categories and who confirms them

    def test_c01_relapse_monitoring_is_a_category_of_its_own_that_agriculture_confirms(self):
        for pack, place in self.each():
            number = place.to_confirm(RELAPSE)
            for who in (place.county, place.third):
                self.assertIn(AUTHORITY, place.against(who, number, "confirm", category=RELAPSE, **WHY), pack)
            # Merged with the margin (Guangdong) is how it is reported: as the margin nobody confirms it.
            self.assertIn(("/fields/category", "not_as_found"),
                          place.against(place.agri, number, "confirm", category=MARGIN, **WHY))
            place.at(number, (place.agri, "confirm", "confirmed", {"category": RELAPSE, **WHY}))
            self.assertEqual([], place.below(number))

    def test_c19_the_county_confirms_in_shanxi_the_township_and_in_guangdong_where_it_was_handed_down(self):
        for pack, place in self.each():
            number = place.to_confirm(MARGIN)
            township = pack == SX
            confirm = {"category": MARGIN, **WHY}
            self.assertIn(AUTHORITY, place.against(place.county if township else place.third, number, "confirm",
                                                   **confirm))
            place.at(number, (place.third if township else place.county, "confirm", "confirmed", confirm))
        place = self.places[GD]
        place.set_figure("confirmation_delegated", "441699101", "true")
        try:
            number = place.to_confirm(MARGIN)
            place.at(number, (place.third, "confirm", "confirmed", {"category": MARGIN, **WHY}))
        finally:
            place.set_figure("confirmation_delegated", "441699101", "false")

    def test_c04_a_household_of_one_beside_the_margin_is_chongqings_alone_and_paid_by_the_benefit_for_one(self):
        alone = "single_person_household"
        for pack, place in self.each():
            number = place.opened(place.town, "application", DAY, household=place.home(), **FORM)
            place.at(number, (place.town, "accept", "accepted", {"relatives_of_staff": False, **BESIDE}),
                     (place.town, "survey", "surveyed", HOME))
            review = {"category": alone, "opinion": "grant"}
            if pack != CQ:
                self.assertEqual({("/fields/category", "field_law")},
                                 place.against(place.town, number, "review", **review))
                continue
            place.at(number, (place.town, "review", "reviewed", review),
                     (place.third, "skip_notice", "to_confirm", UNPOSTED),
                     (place.county, "confirm", "confirmed", {"category": alone, "amount": 42000, **WHY}))
            self.assertEqual([("allowance", "to_start")], place.below(number))
            self.assertEqual("chongqing-2024@1 (八)", place.last_clause(number))

    # --- after help has ended

    def test_c03_who_leaves_goes_on_with_consent_or_without_and_only_where_the_notice_leads(self):
        law = {JN: ("2", False, {MARGIN, RIGID}), CS: ("一(三)", True, {MARGIN, RIGID, OTHER}),
               CQ: ("(二十)", True, {MARGIN, RIGID})}
        for pack, (clause, consent, targets) in law.items():
            place = self.places[pack]
            number = place.left(GUARANTEE)
            agreed = {"consent": True} if consent else {}
            for category in {GUARANTEE, RELAPSE, MARGIN, RIGID, OTHER} - targets:
                self.assertEqual({("/fields/category", "route_none")},
                                 place.against(place.town, number, "transfer", category=category, **agreed), pack)
            if consent:
                self.assertEqual({("/fields/consent", "field_missing"), ("/fields/consent", "move_condition")},
                                 place.against(place.town, number, "transfer", category=MARGIN))
                self.assertEqual({("/fields/consent", "move_condition")},
                                 place.against(place.town, number, "transfer", category=MARGIN, consent=False))
            place.at(number, (place.town, "transfer", "watched", {"category": RIGID, **agreed}))
            self.assertEqual(f"{pack}@1 {clause}", place.last_clause(number))
            self.assertEqual([("application", "surveyed")], place.below(number), pack)  # nothing is filed anew
            for target in targets - {RIGID}:
                place.at(place.left(POOR), (place.town, "transfer", "watched", {"category": target, **agreed}))
        for pack in (GD, SX):  # silent: by the national law an application is filed
            place = self.places[pack]
            number = place.at(place.left(GUARANTEE), (place.town, "transfer", "watched", {"category": MARGIN}))
            self.assertEqual([], place.below(number))
            self.assertTrue(place.last_clause(number).startswith("national@"))

    def test_c17_who_left_is_watched_for_24_months_in_chongqing_without_end_in_changsha_else_as_the_place_sets(self):
        for pack, place in self.each():
            number = place.left(GUARANTEE)
            clock = place.clock_of(number, "exit_watch")
            end = {"move": "end_watch", "on": "2026-03-03"}
            if pack == CS:
                self.assertIsNone(clock)
                place.unknown(place.town, number, **end)
                place.at(number, (place.town, "stop_watch", "closed", {"watch_ended": "moved"}))
                continue
            if pack == CQ:
                self.assertEqual(CALENDAR.months(DAY, 24), clock["due_on"])
                self.assertEqual("chongqing-2024@1 (五)", clock["clause"])
            else:
                self.assertEqual((None, "unset"), (clock["due_on"], clock["state"]))
                place.set_here("exit_watch_months", "12")
                self.assertEqual(CALENDAR.months(DAY, 12), place.clock_of(number, "exit_watch")["due_on"])
            self.assertIn("/on", {pointer for pointer, _ in place.against(place.town, number, **end)})

    def test_c17_who_was_refused_is_watched_in_chongqing_and_help_for_extreme_poverty_is_phased_out_in_changsha(self):
        for pack, place in self.each():
            number = place.to_confirm(MARGIN)
            place.at(number, (place.decides(MARGIN), "refuse", "refused", {"reason": "收入超过标准", **WHY}))
            watched = [("watch", "watching")] if pack == CQ else []
            self.assertEqual(watched, place.below(number))
            urgent = place.opened(place.town, "emergency", DAY, need="突发急病", found_by="hotline",
                                  household=place.home())
            place.at(urgent, (place.town, "decline", "declined", {"reason": "不属急难"}))
            self.assertEqual(watched, place.below(urgent))
            refused = [number, urgent]
            # By the general procedure as well as in an emergency.
            aid = place.opened(place.town, "temporary", DAY, household=place.home(), aid_cause="illness", need="住院",
                               **FORM)
            place.at(aid, (place.town, "accept", "accepted"), (place.town, "survey", "surveyed", HOME),
                     (place.town, "review", "reviewed", {"opinion": "refuse"}),
                     (place.third, "skip_notice", "to_approve", UNPOSTED),
                     (place.county, "refuse", "refused", {"reason": "支出已由保险赔付"}))
            self.assertEqual(watched, place.below(aid))
            refused.append(aid)
            if pack == CQ:
                self.assertEqual({"chongqing-2024@1 (五)"}, {place.last_clause(one) for one in refused})
            taper = {"proposal": "taper", "reason": "收入提高", "amount": 30000, **WHY}
            for category in (GUARANTEE, POOR, MARGIN):
                number = place.reviewed(category)
                if category == GUARANTEE or category == POOR and pack == CS:
                    place.at(number, (place.town, "propose", "proposed", taper))
                else:
                    self.assertEqual({("/fields/category", "route_none")},
                                     place.against(place.town, number, "propose", **taper))

    # --- warnings

    def test_c06_a_verified_warning_goes_by_the_branches_of_the_notice_and_by_no_other(self):
        branches = {JN: {"deliver", "push", "conference"}, CS: {"deliver", "push", "conference", "terminate"},
                    CQ: {"deliver", "push", "conference", "terminate"}, GD: {"deliver", "enrol", "push", "conference"},
                    SX: {"push", "conference"}}
        for pack, place in self.each():
            for branch in ("deliver", "enrol", "push", "conference", "terminate"):
                number = place.fed_back("green")
                if branch in branches[pack]:
                    place.at(number, (place.county, "handle", "handling", {"branch": branch}))
                    # What it says is to be done first; three notices want the household told of the policies, too.
                    wants = {"below_undone", *(["told_missing"] if branch == "push" and pack in (JN, CS, CQ) else [])}
                    self.assertEqual({("/fields/undone_because", code) for code in wants},
                                     place.against(place.county, number, "close", reason="已办"), (pack, branch))
                else:
                    self.assertEqual({("/fields/branch", "field_law")},
                                     place.against(place.county, number, "handle", branch=branch), branch)

    def test_c07_departments_are_compared_each_quarter_in_jinan_and_guangdong_surveys_each_year(self):
        stated = {JN: [("online_comparison", 3, "jinan-2024@1 5")],
                  GD: [("concentrated_survey", 12, "guangdong-2021@1 四(一)")]}
        for pack, place in self.each():
            told = place.fits("listRhythms", place.county.get("/api/v1/rhythms")).json["items"]
            rhythms = {one["rhythm"]: (one["every_months"], one["clause"]) for one in told}
            self.assertEqual(stated.get(pack, []), [
                (name, *rhythms[name]) for name in ("online_comparison", "concentrated_survey")
                if rhythms.get(name, (None,))[0]])
            if pack == GD:
                number = place.opened(place.county, "campaign", DAY, instruction="年度集中排查", due_on="2026-10-30")
                self.assertEqual("guangdong-2021@1 四(一)；五(一)2", place.last_clause(number))
            if pack in (CS, CQ):  # regular, and the place says how often
                self.assertEqual((None, f"{pack}@1 {'二(三)' if pack == CS else '(六)'}"), rhythms["online_comparison"])
            if pack == SX:
                self.assertEqual((None, "shanxi-county@1 工作任务(二)"), rhythms["data_comparison"])

    def test_c09_the_days_of_verification_are_the_levels_in_guangdong_a_figure_in_chongqing_a_target_elsewhere(self):
        days = {"red": 3, "orange": 5, "yellow": 7, "blue": 10}
        for pack, place in self.each():
            numbers = {level: place.sent_down(level) for level in (*days, "green")}
            for level, number in numbers.items():
                clock = place.clock_of(number, "warning_verification")
                if pack == GD and level != "green":
                    self.assertEqual((CALENDAR.working(DAY, days[level]), False), (clock["due_on"], clock["internal"]))
                else:
                    self.assertEqual((None, "unset"), (clock["due_on"], clock["state"]), level)
            figures = {CQ: {"warning_verification_days": 8}, GD: {"green_call_target_days": 6}}.get(
                pack, {"red_visit_target_days": 4, "green_call_target_days": 6})
            for figure, value in figures.items():
                place.set_here(figure, str(value))
            levels = {"warning_verification_days": (*days, "green"), "red_visit_target_days": ("red",),
                      "green_call_target_days": ("green",)}
            for figure, value in figures.items():
                for level in levels[figure]:
                    clock = place.clock_of(numbers[level], "warning_verification")
                    self.assertEqual((CALENDAR.working(DAY, value), pack != CQ), (clock["due_on"], clock["internal"]))
            # In Guangdong a telephone call verifies a green warning alone.
            said = {"outcome": "true_", "note": "电话核实"}
            for level in ("blue", "green"):
                place.at(numbers[level], (place.town, "accept", "accepted"))
                if pack == GD and level == "blue":
                    self.assertEqual({("/fields/level", "move_condition")},
                                     place.against(place.town, numbers[level], "call", **said))
                else:
                    place.at(numbers[level], (place.town, "call", "verified", said))
            clause = "chongqing-2024@1 (六)" if pack == CQ else "national@1 国办发〔2023〕39号 [F]"
            self.assertEqual(clause, clock["clause"])

    def test_a_warning_is_raised_at_the_city_in_guangdong_and_goes_down_level_by_level_from_the_citys_day(self):
        for pack, place in self.each():
            number = place.warned("green")
            if pack != GD:
                place.at(number, (place.county, "dispatch", "dispatched", {"to_unit": "first"}))
                continue
            self.refused(place.county.get(f"/api/v1/cases/{number}"), 404, "no_such_case")
            number = place.at(place.warned("blue"), (place.monitor, "dispatch", "dispatched", {"to_unit": "county"}))
            place.at(number, (place.county, "pass_down", "dispatched", {"to_unit": "first"}), on="2026-03-04")
            self.assertEqual("第一镇", place.case(place.monitor, number)["unit"])
            clock = place.clock_of(number, "warning_verification", "2026-03-04")
            self.assertEqual(CALENDAR.working(DAY, 10), clock["due_on"])  # passing it down begins no new days
            place.at(number, (place.town, "accept", "accepted"), (
                place.town, "visit", "verified", {**HOME, "outcome": "true_"}), (
                place.town, "feed_back", "fed_back"), on="2026-03-05")
            self.assertEqual("met", place.clock_of(number, "warning_verification", clock["due_on"])["state"])
            place.at(number, (place.county, "handle", "handling", {"branch": "push"}), on="2026-03-06")

    def refused(self, answer, status, code):
        self.assertEqual((status, code), (answer.status, answer.json["code"]), str(answer))

    # --- conferences, departments

    def test_c08_the_township_convenes_in_shanxi_and_the_county_elsewhere(self):
        for pack, place in self.each():
            number = place.opened(place.county, "conference", DAY, household=place.home(), reason="情形复杂")
            called = place.opened(place.town, "conference", DAY, household=place.home(), reason="情形复杂")
            convene = {"conference_kind": "case_conference", "agenda": "一户一策", "due_on": "2026-03-05"}
            can, cannot = (place.town, place.county) if pack == SX else (place.county, place.town)
            of = {place.county: number, place.town: called}
            self.assertEqual({("/move", "move_level")}, place.against(cannot, called, "convene", **convene))
            # The coordination mechanism and the joint meeting are the county's under every notice.
            for kind in ("mechanism", "joint_meeting"):
                self.assertEqual({("/move", "move_level")}, place.against(
                    place.town, called, "convene", **{**convene, "conference_kind": kind}))
            place.at(of[can], (can, "convene", "convened", convene))

    def test_c12_a_hardship_goes_to_the_departments_that_the_notice_names_and_to_no_other(self):
        own = {JN: "big_data", CS: "justice", CQ: "urban_management", GD: "petition", SX: "court"}
        for pack, place in self.each():
            named = {one["id"] for field in place.county.get("/api/v1/procedures").json["fields"]
                     if field["id"] == "to_department" for one in field["words"]}
            for department in own.values():
                number = place.opened(place.town, "referral", DAY, household=place.home(), kind="verify", need="核实")
                send = {"to_department": department, "to_unit": department}
                if department in named:
                    place.at(number, (place.county, "send", "sent", send))
                else:
                    self.assertEqual({("/fields/to_department", "field_law")},
                                     place.against(place.county, number, "send", **send), department)
            self.assertIn(own[pack], named)
            self.assertEqual({JN: {"justice"}, CS: {"big_data"}}.get(pack, set()) & named, set())

    def test_c16_and_c24_what_one_notice_gives_is_asked_for_there_alone(self):
        own = {"heating_subsidy": JN, "legal_aid": CS, "waste_fee_relief": CQ, "disabled_elderly_care": CQ,
               "judicial_aid": SX, "worker_support": SX, "bereavement_comfort": SX, "township_reserve_aid": GD}
        for pack, place in self.each():
            for benefit, theirs in own.items():
                answer = place.begins(place.county, "referral", place.home(), kind="aid", need="困难", benefit=benefit)
                if pack == theirs:
                    self.assertEqual(201, answer.status, (benefit, str(answer)))
                elif benefit != "township_reserve_aid":
                    self.assertEqual([("/fields/benefit", "field_law")], place.codes(answer), benefit)

    def test_c25_where_a_department_ended_its_help_the_review_opens_by_its_word_in_changsha_by_a_person_elsewhere(self):
        for pack, place in self.each():
            place.program.must("synth", "--residents", str(place.residents), "--seed", "3", "--style", "csv", "plain")
            with (place.root / "plain/registry/低收入人口_成员.csv").open(encoding="utf-8-sig", newline="") as file:
                person = next(row for row in csv.DictReader(file) if len(row["身份证号码"]) == 18)
            place.fits("tellTermination", place.medical("POST", "/api/v1/terminations", {
                "name": person["姓名"], "identity_number": person["身份证号码"], "benefit": "medical_assistance",
                "ended_on": "2026-03-01", "reason": "不再符合"}), 202)
            (row,) = place.county.pages("/api/v1/cases?machine=ended_help", limit=50)
            opened = [("review", "opened")]
            if pack == CS:
                self.assertEqual(opened, place.below(row["id"]))
                self.assertEqual("changsha-2025@1 二(四)", place.last_clause(row["id"]))
                place.unknown(place.county, row["id"], "take_up", "")
                place.at(row["id"], (place.county, "note", "reviewed"), on="")
            else:
                self.assertEqual([], place.below(row["id"]))
                place.at(row["id"], (place.county, "take_up", "reviewed"), on="")
                self.assertEqual(opened, place.below(row["id"]))

    def test_c25_a_department_that_answers_that_it_ended_its_help_opens_the_review_in_changsha_and_in_chongqing(self):
        # Changsha: whatever was asked; Chongqing: if it was asked to verify, also where it found the conditions gone.
        opens = {CS: {("verify", "ended"), ("aid", "ended")}, CQ: {("verify", "ended"), ("verify", "not_eligible")}}
        for pack, place in self.each():
            for kind, result in (("verify", "ended"), ("verify", "not_eligible"), ("aid", "ended"), ("aid", "helped")):
                number = place.opened(place.town, "referral", DAY, household=place.home(), kind=kind, need="核实")
                place.at(number, (place.town, "send", "sent", {"to_department": "hr", "to_unit": "hr"}),
                         (place.hr, "receive", "received"), (place.hr, "accept", "accepted"),
                         (place.hr, "finish", "done", {"result": result}))
                asked = (kind, result) in opens.get(pack, set())
                self.assertEqual([("review", "opened")] if asked else [], place.below(number), (kind, result))
                if asked:
                    self.assertEqual(f"{pack}@1 {'二(四)' if pack == CS else '(七)'}", place.last_clause(number))

    # --- in an emergency, after a disaster

    def test_c10_a_small_sum_first_is_1000_yuan_in_jinan_and_elsewhere_what_the_place_sets(self):
        for pack, place in self.each():
            def urgent():
                return place.opened(place.town, "emergency", DAY, need="突发急病", found_by="hotline",
                                    person_shown="无证件男子")
            pay = {"amount": 100000, "paid_how": "goods"}
            number = urgent()
            if pack == JN:
                self.assertEqual({("/fields/amount", "field_too_much")},
                                 place.against(place.town, number, "pay_first", **{**pay, "amount": 100001}))
            else:
                self.assertEqual({("/fields/amount", "bound_unset")},
                                 place.against(place.town, number, "pay_first", **{**pay, "amount": 1}))
                place.set_here("fast_aid_cap", "1000.00")
            place.at(number, (place.town, "pay_first", "paid", pay))
            # Changsha asks for the papers afterwards, the others for an explanation.
            if pack == CS:
                self.assertEqual({("/fields/attachments", "field_missing")},
                                 place.against(place.town, number, "explain", note="情况说明"))
                place.at(number, (place.town, "explain", "explained", {"note": "材料", "attachments": ["申请材料"]}))
                self.assertEqual("changsha-2025@1 三(三)", place.last_clause(number))
            else:
                place.at(number, (place.town, "explain", "explained", {"note": "情况说明"}))
                self.assertTrue(place.last_clause(number).startswith("national@"))

    def test_c10_who_has_applied_in_jinan_is_helped_with_1000_yuan_while_it_is_pending_and_nowhere_else(self):
        for pack, place in self.each():
            number = place.to_confirm(GUARANTEE)
            advance = {"amount": 100000, "reason": "生活急需"}
            if pack != JN:
                place.unknown(place.town, number, "advance", **advance)
                continue
            self.assertEqual({("/fields/amount", "field_too_much")},
                             place.against(place.town, number, "advance", **{**advance, "amount": 100001}))
            place.at(number, (place.town, "advance", "to_confirm", advance))
            self.assertEqual("jinan-2024@1 7", place.last_clause(number))
            self.assertIn(("/move", "move_once"), place.against(place.town, number, "advance", **advance))
            self.assertEqual({("/fields/category", "move_condition")},
                             place.against(place.town, place.to_confirm(MARGIN), "advance", **advance))

    def test_c10_while_something_is_pending_a_household_has_the_1000_yuan_once_and_who_paid_withdraws_nothing(self):
        self.now, place, home = JN, self.places[JN], self.places[JN].home()
        advance = {"amount": 100000, "reason": "生活急需"}

        def accepted(category):
            number = place.opened(place.town, "application", DAY, household=home, **FORM)
            return place.at(number, (place.town, "accept", "accepted", {
                "relatives_of_staff": False, "category": category, "beside_because": "另一名成员的申请"}))
        first, second, third = accepted(GUARANTEE), accepted(GUARANTEE), accepted(POOR)
        place.at(first, (place.town, "advance", "accepted", advance))
        shown = [{key: one[key] for key in ("case", "machine", "on", "amount")}
                 for one in place.case(place.town, second)["helped_before"]]
        self.assertIn({"case": first, "machine": "application", "on": DAY, "amount": 100000}, shown)
        # Neither of another application, whichever of the two it is for, nor by another officer.
        for who, number in ((place.town, second), (place.third, second), (place.county, third)):
            self.assertEqual({("/move", "move_once")}, place.against(who, number, "advance", **advance))
        # Nor is it had again by taking back what it was paid for; another may, and it is shown still.
        gone = {"reason": "本人撤回"}
        self.assertEqual({("/move", "move_same_person")}, place.against(place.town, first, "withdraw", **gone))
        self.assertEqual({("/move", "move_shut")}, place.against(
            place.third, first, "join", joined_to=int(second), reason="同一事项"))
        place.at(first, (place.third, "withdraw", "withdrawn", gone))
        self.assertIn(first, [one["case"] for one in place.case(place.town, second)["helped_before"]])
        # Nothing for which it was paid is pending now.
        place.at(second, (place.town, "advance", "accepted", advance))
        self.assertEqual({("/move", "move_once")}, place.against(place.third, third, "advance", **advance))
        # What was not paid goes into what was; never the other way.
        place.at(third, (place.town, "join", "joined", {"joined_to": int(second), "reason": "同一事项"}))

    def test_c10_what_the_townships_reserve_gives_at_once_is_bounded_where_the_notice_has_a_reserve(self):
        for pack, place in self.each():
            if pack != JN:
                place.set_here("fast_aid_cap", "1000.00")
            place.opened(place.county, "reserve", DAY, to_unit="first", amount=500000)
            number = place.opened(place.town, "emergency", DAY, need="突发急病", found_by="hotline",
                                  person_shown="无证件男子")
            pay = {"amount": 100000, "paid_how": "reserve"}
            if pack in (GD, SX):
                self.assertEqual({("/fields/amount", "bound_unset")},
                                 place.against(place.town, number, "pay_first", **pay))
                place.set_here("reserve_fund_case_cap", "800.00")
                self.assertEqual({("/fields/amount", "field_too_much")},
                                 place.against(place.town, number, "pay_first", **pay))
                pay["amount"] = 80000
            place.at(number, (place.town, "pay_first", "paid", pay))

    def test_c13_after_a_disaster_changsha_names_three_cases_of_the_transition_and_shanxi_has_no_winter_stage(self):
        why = {"reason": "仍需安置"}
        for pack, place in self.each():
            def hit(loss="collapsed"):
                number = place.opened(place.town, "disaster", DAY, household=place.home(), hit_on="2026-03-01",
                                      loss=loss, need="房屋受损")
                return place.at(number, (place.county, "help", "emergency", {"relief": "shelter"}))
            number = hit()
            if pack == CS:
                self.assertEqual({("/fields/transition_ground", "field_missing")},
                                 place.against(place.county, number, "to_transition", **why))
                for ground in ("house", "secondary_hazard", "no_livelihood"):
                    number = hit()
                    place.at(number, (place.county, "to_transition", "transition", {
                        **why, "transition_ground": ground}))
                    self.assertEqual("changsha-2025@1 三(二)5", place.last_clause(number))
            else:
                place.at(number, (place.county, "to_transition", "transition", why))
            if pack == SX:
                place.unknown(place.county, number, "to_winter", **why)
                mourning = hit("bereaved")
                place.at(mourning, (place.town, "propose_sum", "emergency", {
                    "sum_for": "comfort", "sum_proposed": 2000000, "reason": "按标准"}),
                         (place.county, "comfort", "emergency", {"amount": 2000000}))
                self.assertEqual("shanxi-county@1 工作任务(三)2(5)", place.last_clause(mourning))
                self.the_stages_of_shanxi(place, hit, why)
            else:
                place.at(number, (place.county, "to_winter", "winter", why), (place.town, "onward", "onward", why))
                self.assertEqual(pack == CS, place.last_clause(number) == "changsha-2025@1 三(二)5")

    def the_stages_of_shanxi(self, place, hit, why):
        to = {"to_department": "agriculture", "to_unit": "agriculture"}
        place.at(hit(), (place.county, "send", "emergency", to), (place.county, "to_rebuilding", "rebuilding", why),
                 (place.town, "onward", "onward", why))
        # By another than who helped.
        number = place.at(hit(), (place.deputy, "close", "closed", {"reason": "已恢复"}))
        self.assertEqual("shanxi-county@1 工作任务(三)2(5)", place.last_clause(number))
        asked = (place.town, "propose_sum", "emergency", {
            "sum_for": "relief", "sum_proposed": 500000, "reason": "临时安置"})
        number = place.at(hit(), asked, (place.county, "refuse_sum", "emergency", {"reason": "已由保险赔付"}))
        self.assertEqual("shanxi-county@1 工作任务(三)2(5)", place.last_clause(number))
        place.at(number, asked, (place.county, "pay_sum", "emergency", {"amount": 500000}))
        self.assertEqual("shanxi-county@1 工作任务(三)2(5)", place.last_clause(number))

    # --- everywhere alike

    def test_twice_in_one_category_whoever_confirms_is_shown_that_the_household_is_confirmed_already(self):
        for _, place in self.each():
            home = place.home()
            first, second = place.to_confirm(MARGIN, home), place.to_confirm(MARGIN, home)

            def shown(who, number):
                return [one["case"] for one in place.case(who, number).get("helped_before", [])]
            decides = place.decides(MARGIN)
            self.assertNotIn(first, shown(decides, second))
            place.at(first, (decides, "confirm", "confirmed", {"category": MARGIN, **WHY}))
            self.assertIn(first, shown(decides, second))
            self.assertNotIn(first, shown(decides, first))  # it is none before itself

    # --- at last

    def test_z_every_step_that_a_notice_states_itself_was_made_in_its_office_and_what_it_takes_away_is_not_there(self):
        for pack, place in self.each():
            made = {(row["machine"], event["move"]) for who in (place.county, place.above)
                    for row in who.pages("/api/v1/cases?closed=all", limit=200)
                    for event in place.case(who, row["id"])["events"]}
            stated = law.stated(pack)
            self.assertNotEqual(set(), stated)
            self.assertEqual(set(), stated - made)
            machines = place.law()
            self.assertEqual(set(), {(machine, move) for machine, move in law.stated(pack, withdrawn=True)
                                     if move in machines[machine]})


if __name__ == "__main__":
    main()
