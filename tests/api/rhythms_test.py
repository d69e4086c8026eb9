# SPDX-License-Identifier: Apache-2.0
"""Who is due by rhythm, over HTTP: listed by the night for each office, the day before, on the day and after; opened by
a person, chosen rows at once and each once; and what an office must do by rhythm, with when it last did."""
import calendar
import csv
import datetime
import io

from cases_test import Office
from office import Case, civil_day, eventually, main

MARGIN, GUARANTEE, POVERTY = "mlg_marginal_household", "minimum_living_guarantee", "extreme_poverty"
HOME = {"officers": ["town", "colleague"], "note": "入户"}
LIST = "/api/v1/rhythms/due"


def later(iso, months):
    """So many months on; the last day of a month that is shorter."""
    day = datetime.date.fromisoformat(iso)
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return datetime.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def shift(day, days):
    return (day + datetime.timedelta(days=days)).isoformat()


class ByNight(Case):
    def test_the_server_makes_the_list_by_itself_and_says_which_day_it_is_as_of(self):
        """Nobody raised anything: the first look of the daily rounds makes it."""
        county = self.account("county", "county_caseworker")
        self.assertTrue(eventually(lambda: county.get(LIST).json["items"]))
        marks = self.sql("select count(*) from daily_round where task = 'rhythms'")
        self.assertNotEqual([("0",)], marks)


class Due(Office):
    residents = 6000

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.monitor = cls.account("monitor", "city_monitor_officer")
        cls.register = {one["code"]: one for one in cls.county.pages("/api/v1/households", limit=200)}

    def of(self, category, within=True):
        """Households of that category in the town, elsewhere in the county, or anywhere (None)."""
        inside = set(self.inside)
        return [code for code, one in self.register.items()
                if one["category"] == category and within in (None, code in inside) and one["enrolled_on"]]

    def line(self, code, day="", who=None):
        query = f"{LIST}?due=all&household={code}" + (f"&day={day}" if day else "")
        found = self.fits("listDueByRhythm", (who or self.county).get(query)).json["items"]
        self.assertLessEqual(len(found), 1, found)
        return found[0] if found else None

    def open(self, who, *codes, category=MARGIN, **more):
        lines = [{"household": code, "category": category, "machine": "review"} for code in codes]
        answer = self.fits("openDueByRhythm", who("POST", LIST, {"lines": lines, **more}))
        return answer.json["items"]

    def test_01_a_household_is_due_by_its_category_not_the_day_before_and_overdue_the_day_after(self):
        for category, months, rhythm in ((MARGIN, 12, "marginal_review"), (POVERTY, 12, "extreme_poverty_review"),
                                         ("rigid_expenditure_household", 12, "end_of_validity")):
            for code in self.of(category, within=None)[:3]:
                due = later(self.register[code]["enrolled_on"], months)
                for day, part in ((shift(due, -40), "later"), (shift(due, -1), None), (shift(due, 0), "month"),
                                  (shift(due, 1), "overdue")):
                    line = self.line(code, day)
                    self.assertEqual((rhythm, due.isoformat(), due.isoformat()),
                                     (line["rhythm"], line["due_on"], line["sure_on"]))
                    before = "month" if shift(due, -1)[:7] == shift(due, 0)[:7] else "later"
                    self.assertEqual(part or before, line["due"], (code, day))
                self.assertEqual("overdue by 1 day", line["standing"]["en"])
                self.assertEqual("已超期 1 天", line["standing"]["zh"])
                self.assertIn("民发〔2021〕", line["clause"])

    def test_02_which_rhythm_of_the_guarantee_holds_is_unknown_until_somebody_says(self):
        code = self.of(GUARANTEE)[0]
        half, whole = (later(self.register[code]["enrolled_on"], months) for months in (6, 12))
        for day, part in ((shift(half, 0), "perhaps"), (shift(whole, -1), "perhaps"), (shift(whole, 0), "month"),
                          (shift(whole, 1), "overdue")):
            line = self.line(code, day)
            self.assertEqual((part, half.isoformat(), whole.isoformat()),
                             (line["due"], line["due_on"], line["sure_on"]), day)
        self.assertIn(whole.isoformat(), self.line(code, shift(half, 1))["standing"]["zh"])
        opened = self.open(self.town, code, category=GUARANTEE)[0]
        self.moved(self.town, opened["case"], "survey", **HOME, stability="unstable")
        self.moved(self.county, opened["case"], "keep", reason="不变")
        today = civil_day()
        line = self.line(code)
        self.assertEqual(("unstable_review", later(today.isoformat(), 6).isoformat(), ""),
                         (line["rhythm"], line["sure_on"], line["waits_for"]))
        self.assertEqual((today.isoformat(), opened["case"]), (line["last_on"], line["last_case"]))

    def test_03_each_office_sees_its_own_and_a_department_nothing(self):
        inside = set(self.inside)
        town = [one["household"] for one in self.town.pages(f"{LIST}?due=all", limit=7)]
        county = [one["household"] for one in self.county.pages(f"{LIST}?due=all", limit=7)]
        self.assertTrue(set(town) <= inside and set(county) - inside)
        self.assertEqual(sorted(set(county) & inside), sorted(set(town)))
        below = [one["household"] for one in self.county.pages(f"{LIST}?due=all&unit=first", limit=7)]
        self.assertEqual(town, below)
        beyond = self.of(MARGIN, within=False)[0]
        self.assertIsNone(self.line(beyond, who=self.town))
        self.assertEqual("not_there", self.open(self.town, beyond)[0]["outcome"])
        self.refused(self.hr.get(LIST), 403, "not_allowed")
        self.refused(self.hr("POST", LIST, {"lines": [{"household": beyond, "machine": "review"}]}), 403, "not_allowed")
        self.refused(self.county.get(f"{LIST}?due=soon"), 400, "fields")
        told = self.refused(self.county.get(f"{LIST}?due=all&category=nobody"), 400, "fields")  # it would find nobody
        self.assertIn(MARGIN, str(told))
        margin = self.county.get(f"{LIST}?due=all&category={MARGIN}").json["items"]
        self.assertEqual({MARGIN}, {one["category"] for one in margin})

    def test_04_the_list_leaves_as_a_spreadsheet_of_the_same_rows(self):
        items = self.county.pages(LIST, limit=50)
        told = self.county.get(f"{LIST}?format=csv")
        rows = list(csv.DictReader(io.StringIO(told.body.decode("utf-8-sig"))))
        self.assertEqual([one["household"] for one in items], [row["household"] for row in rows])
        self.assertEqual([one["clause"] for one in items], [row["clause"] for row in rows])
        self.assertTrue(all(row["taken_by"].startswith("county") for row in rows))
        self.assertEqual(b"PK", self.county.get(f"{LIST}?format=xlsx").body[:2])
        self.assertEqual(b"PK", self.county.get("/api/v1/rhythms?format=xlsx").body[:2])

    def test_05_chosen_rows_are_opened_at_once_each_with_its_reason_and_none_twice(self):
        codes = self.of(MARGIN)[:2] + self.of(MARGIN, within=False)[:1]
        counts = self.counts("overdue")
        opened = self.open(self.county, *codes, "LZ999999")
        self.assertEqual(["made"] * 3 + ["not_there"], [one["outcome"] for one in opened])
        case = self.case(self.county, opened[0]["case"])
        told = case["events"][0]["fields"]
        due = later(self.register[codes[0]]["enrolled_on"], 12)
        self.assertEqual((["rhythm"], [MARGIN], [due.isoformat()]), (told["cause"], told["category"], told["due_on"]))
        for part in (self.register[codes[0]]["enrolled_on"], due.isoformat(), "民发〔2021〕57号"):
            self.assertIn(part, told["note"][0])
        self.assertEqual("第一镇", case["unit"])  # the household's own office has it to do
        self.assertEqual(opened[0]["case"], self.case(self.town, opened[0]["case"])["id"])
        # It is being done: not proposed again, not opened again.
        self.assertIsNone(self.line(codes[0]))
        self.assertEqual(["not_there"] * 3, [one["outcome"] for one in self.open(self.county, *codes)])
        self.assertEqual(counts - 3, self.counts("overdue"))
        # Survey and kept: the next is due a year on, and nothing opens it before its month.
        self.moved(self.town, opened[0]["case"], "survey", **HOME)
        self.moved(self.county, opened[0]["case"], "keep", reason="不变")
        today = civil_day().isoformat()
        self.assertEqual(later(today, 12).isoformat(), self.line(codes[0])["sure_on"])
        self.assertEqual("not_due", self.open(self.county, codes[0])[0]["outcome"])

    def counts(self, part):
        for row in self.fits("getOverview", self.county.get("/api/v1/overview")).json["rhythms"]:
            if row["machine"] == "review":
                return row[part]["count"]
        return None

    def test_06_who_has_no_right_opens_nothing(self):
        code = self.of(MARGIN)[-1]
        refused = self.open(self.clerk, code)[0]
        self.assertEqual(("refused", None), (refused["outcome"], refused["case"]))
        self.assertIn("move_role", [fault["code"] for fault in refused["faults"]])
        self.assertIsNotNone(self.line(code))
        for body, pointer in (({"lines": []}, "/lines"), ({"lines": [{"household": code}]}, "/lines/0/machine"),
                              ({"lines": [{"household": code, "machine": "review", "on": "x"}]}, "/lines/0/on")):
            told = self.refused(self.county("POST", LIST, body), 422, "fields")
            self.assertIn(pointer, [fault["pointer"] for fault in told["errors"]])

    def test_07_a_review_by_an_event_counts_and_a_household_that_left_is_not_due(self):
        kept, left = self.of(MARGIN)[2:4]
        category = self.register[kept]["category"]
        by_event = self.opened(self.town, "review", "", household=kept, cause="report")
        self.assertIsNone(self.line(kept))  # whatever opened it
        self.moved(self.town, by_event, "survey", **HOME)
        self.moved(self.county, by_event, "keep", reason="不变")
        self.assertEqual((category, civil_day().isoformat()),
                         tuple(self.line(kept)[key] for key in ("category", "last_on")))
        self.assertIsNotNone(self.line(left))
        self.sql(f"update household set ended_on = '2025-06-01' where code = '{left}'")
        self.assertIsNone(self.line(left))

    def test_08_every_number_opens_as_many_rows(self):
        for row in self.county.get("/api/v1/overview").json["rhythms"]:
            for part in ("overdue", "month", "perhaps", "unknown", "later", "all", "seen"):
                items = self.county.pages(row[part]["list"], limit=100)
                self.assertEqual(row[part]["count"], len(items), row[part])
        for row in self.fits("listRhythms", self.county.get("/api/v1/rhythms?unit=first")).json["items"]:
            for counted in (row["households"] or {}).values():
                self.assertEqual(counted["count"], len(self.county.pages(counted["list"], limit=100)), counted)

    def rhythm(self, name, who=None):
        items = self.fits("listRhythms", (who or self.county).get("/api/v1/rhythms")).json["items"]
        return next(one for one in items if one["rhythm"] == name)

    def test_09_the_yearly_survey_is_never_done_until_it_is_and_due_a_year_on(self):
        """GD-4.1b: a concentrated survey every year."""
        survey = self.rhythm("concentrated_survey")
        self.assertEqual(("office", 12, "never", None), tuple(survey[key] for key in
                                                             ("of", "every_months", "state", "last_on")))
        self.assertEqual("尚无开展记录", survey["standing"]["zh"])
        self.assertIn("四(一)", survey["clause"])
        today = civil_day()
        for on, state in ((later(shift(today, -1), -12), "overdue"), (later(today.isoformat(), -12), "due"),
                          (today, "later")):
            on = on.isoformat()
            of = self.opened(self.county, "campaign", on, instruction="年度集中排查", due_on=today.isoformat())
            self.moved(self.county, of, "start", on, due_on=today.isoformat())
            self.moved(self.county, of, "sum", on)
            survey = self.rhythm("concentrated_survey")
            self.assertEqual((state, on, of, later(on, 12).isoformat()),
                             tuple(survey[key] for key in ("state", "last_on", "last_case", "due_on")))

    def test_13_a_list_is_drawn_by_category_and_office_and_nobody_stands_on_it_twice(self):
        of = self.opened(self.county, "campaign", "", instruction="复核", due_on="2126-10-31", survey_form="card_holders")
        path = f"/api/v1/cases/{of}/listed"
        self.refused(self.county("POST", path, {"category": MARGIN}), 422, "move_refused")  # it did not start
        self.moved(self.county, of, "start", due_on="2126-10-31")
        inside = len(self.of(MARGIN))
        drawn = self.fits("drawList", self.county("POST", path, {"category": MARGIN, "unit": "first"})).json
        listed = self.case(self.county, of)["below"]
        self.assertEqual((drawn["made"], drawn["matched"], 0), (len(listed), drawn["made"], drawn["already_there"]))
        self.assertLessEqual(drawn["made"], inside)
        again = self.fits("drawList", self.county("POST", path, {"category": MARGIN})).json
        self.assertEqual(drawn["made"], again["already_there"])
        self.assertEqual(again["matched"], again["made"] + again["already_there"])
        told = self.case(self.county, listed[0]["id"])["events"][0]["fields"]
        self.assertEqual((["card_holders"], ["2126-10-31"]), (told["survey_form"], told["due_on"]))
        self.refused(self.county("POST", path, {"category": "nobody"}), 422, "fields")
        self.refused(self.town("POST", path, {"category": MARGIN}), 404, "no_such_case")

    def test_10_two_officers_who_open_the_same_row_open_one_case(self):
        code = self.of(POVERTY, within=None)[-1]
        answers = [self.open(who, code, category=POVERTY)[0] for who in (self.second, self.county)]
        self.assertEqual(["made", "not_there"], [one["outcome"] for one in answers])


class ByCity(Office):
    """Jinan: the comparison is due every quarter (JN-05b), visits by a rhythm that the county sets (JN-05e)."""
    policy = "jinan-2024"

    def rhythm(self, name):
        items = self.fits("listRhythms", self.county.get("/api/v1/rhythms")).json["items"]
        return next(one for one in items if one["rhythm"] == name)

    def test_11_the_quarterly_comparison_is_overdue_by_so_many_days_since_its_last_run(self):
        comparison = self.rhythm("online_comparison")
        today = civil_day()
        days = (today - datetime.date(2025, 9, 30)).days
        self.assertEqual((3, "2025-06-30", "2025-09-30", "overdue", f"已超期 {days} 天"),
                         tuple(comparison[key] for key in ("every_months", "last_on", "due_on", "state"))
                         + (comparison["standing"]["zh"],))
        self.assertIn("5", comparison["clause"])

    def test_12_visits_wait_for_their_figure_then_each_household_falls_due_and_the_share_is_told(self):
        visits = self.rhythm("field_visits")
        self.assertEqual(("households", "unset"), (visits["of"], visits["state"]))
        self.assertIn("区县民政部门", visits["standing"]["zh"])
        everybody = visits["households"]["all"]["count"]
        self.assertEqual([everybody, 0], [visits["households"][part]["count"] for part in ("unknown", "seen")])
        self.assertGreater(everybody, 50)
        code = self.inside[0]
        of = self.opened(self.town, "visit", "2025-06-20", household=code)
        self.moved(self.town, of, "met", "2025-06-20", **HOME)
        self.assertEqual(1, self.rhythm("field_visits")["households"]["seen"]["count"])
        self.monitor = self.account("monitor", "city_monitor_officer")
        type(self).monitor = self.monitor
        self.set_figure("field_visit_months", "441699", "3")
        self.raise_cases()  # each cycle makes the list anew, as each night does
        visits = self.rhythm("field_visits")
        self.assertEqual((3, "overdue", 1), (visits["every_months"], visits["state"],
                                             visits["households"]["overdue"]["count"]))
        line, = self.county.get(visits["households"]["overdue"]["list"]).json["items"]
        self.assertEqual((code, "2025-06-20", "2025-09-20", "visit"),
                         tuple(line[key] for key in ("household", "last_on", "due_on", "machine")))
        opened = self.fits("openDueByRhythm", self.county("POST", LIST, {"lines": [
            {"household": code, "machine": "visit"}, {"household": self.inside[1], "machine": "visit"}],
            "due_on": "2126-01-31"})).json["items"]
        self.assertEqual(["made", "made"], [one["outcome"] for one in opened])  # one was never visited
        days = [self.case(self.town, one["case"])["events"][0]["fields"]["due_on"] for one in opened]
        self.assertEqual([["2025-09-20"], ["2126-01-31"]], days)


if __name__ == "__main__":
    main()
