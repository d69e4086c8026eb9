# SPDX-License-Identifier: Apache-2.0
"""Five offices side by side, one under each notice: the same people, the same units, the same desks."""
import itertools
import re
import unittest

from cases_test import Office
from year_office import CALENDAR, FORM, WHY

DEPARTMENTS = ("hr", "agriculture", "medical_insurance", "big_data", "justice", "urban_management", "petition", "court")
UNITS = """# SPDX-License-Identifier: Apache-2.0
- {code: city, title: 样例市, kind: city, region: "CITY", from: 2020-01-01}
- {code: county, title: 样例县, kind: county, parent: city, region: "COUNTY", from: 2020-01-01}
- {code: first, title: 第一镇, kind: township, parent: county, region: "COUNTY101", from: 2020-01-01}
- {code: second, title: 第二镇, kind: township, parent: county, region: "COUNTY102", from: 2020-01-01}
""" + "".join(
    f"- {{code: {one}, title: {one}, kind: department, parent: county, department: {one}, from: 2020-01-01}}\n"
    for one in DEPARTMENTS)
JN, CS, CQ, GD, SX = "jinan-2024", "changsha-2025", "chongqing-2024", "guangdong-2021", "shanxi-county"
PLACES = {JN: "370199", CS: "430199", CQ: "500199", GD: "441699", SX: "140799"}  # a county within each notice's reach
DAY = "2026-03-02"  # every notice is in force
GUARANTEE, POOR = "minimum_living_guarantee", "extreme_poverty"
MARGIN, RIGID, OTHER = "mlg_marginal_household", "rigid_expenditure_household", "other_hardship"
RELAPSE = "relapse_monitored"
HOME = {"officers": ["town", "colleague"], "note": "入户了解情况"}
BESIDE = {"beside_because": "另一名成员的申请"}  # homes are few, and have several under way
UNPOSTED = {"no_notice": "urgent", "reason": "成员住院，等待救助"}  # by another than who surveyed


class Place(Office):
    """The desks of one office, and how far a case of it is brought."""
    residents = 4000
    style = ("--style", "csv")

    @classmethod
    def moved_county(cls):
        for path in (cls.root / "county").rglob("*.csv"):
            told = path.read_text(encoding="utf-8-sig")
            path.write_text(re.sub(r",441699(\d{6}),", rf",{cls.region}\1,", told), encoding="utf-8-sig")

    @classmethod
    def set_here(cls, figure, value):
        cls.set_figure(figure, cls.region, value)

    @classmethod
    def setUpClass(cls):
        cls.region = PLACES[cls.policy]
        cls.units = UNITS.replace("COUNTY", cls.region).replace("CITY", cls.region[:4])
        super().setUpClass()
        cls.monitor = cls.account("monitor", "city_monitor_officer", unit="city")
        cls.deputy = cls.account("deputy", "county_caseworker")
        cls.third = cls.account("third", "township_officer", unit="first")
        cls.fourth = cls.account("fourth", "township_officer", unit="first")
        cls.agri = cls.account("agri", "agriculture_officer", unit="agriculture", department="agriculture")
        cls.medical = cls.account("medical", "partner_department", unit="medical_insurance",
                                  department="medical_insurance")
        cls.homes = itertools.cycle(cls.inside)
        cls.have_signed = set()

    def runTest(self):
        """It is asked by the tests of all five, and tests nothing alone."""

    def _formatMessage(self, msg, standardMsg):  # what fails says in which office
        return f"{self.policy}: {super()._formatMessage(msg, standardMsg)}"

    def at(self, number, *steps, on=DAY):
        """(who, move, state, fields): each step of that day, and where it leads."""
        for who, move, state, *told in steps:
            fields = told[0] if told else {}
            if "attachments" in fields:
                fields = {**fields, "attachments": [self.photo(who, number)]}
            self.assertEqual(state, self.moved(who, number, move, on, **fields)["state"], (number, move))
        return number

    def against(self, who, number, move, on=DAY, **fields):
        """What speaks against it; nothing may be made."""
        return set(self.codes(self.move(who, number, move, on, **fields)))

    def unknown(self, who, number, move, on=DAY, **fields):
        """The notice has no such step."""
        self.assertEqual(["move_unknown"], [code for _, code in self.codes(self.move(who, number, move, on, **fields))])

    def begins(self, who, machine, household="", **fields):
        """An opening as it comes, also where it is refused."""
        body = {"machine": machine, "on": DAY, "fields": fields}
        return who("POST", "/api/v1/cases", {**body, **({"household": household} if household else {})})

    def home(self):
        code = next(self.homes)
        if code not in self.have_signed:
            self.sign(self.town, code, "2026-01-01", "2028-12-31")
            self.have_signed.add(code)
        return code

    def to_confirm(self, category, household=""):
        number = self.opened(self.town, "application", DAY, household=household or self.home(), **FORM)
        to = {"to_department": "agriculture", "to_unit": "agriculture"} if category == RELAPSE else {}
        return self.at(number, (self.town, "accept", "accepted", {"relatives_of_staff": False, **BESIDE}),
                       (self.town, "survey", "surveyed", HOME),
                       (self.town, "review", "reviewed", {"category": category, "opinion": "grant"}),
                       (self.fourth, "skip_notice", "to_confirm", {**UNPOSTED, **to}))

    def reviewed(self, category):
        """A review of help of that category, surveyed."""
        number = self.opened(self.town, "review", DAY, household=self.home(), cause="report", category=category)
        return self.at(number, (self.town, "survey", "surveyed", HOME))

    def decides(self, category):
        """Who confirms or decides of a category of civil affairs here (C19)."""
        return self.third if self.policy == SX else self.county

    def left(self, category):
        """Help of that category has ended, and the household is watched."""
        return self.at(self.reviewed(category), (self.town, "propose", "proposed", {
            "proposal": "exit", "reason": "收入提高", **WHY}),
                       (self.town, "serve_letter", "letter_served", {"served_how": "in_person"}),
                       (self.town, "reply", "to_decide", {"reply": "无异议"}),
                       (self.decides(category), "decide", "decided", {"decision_kind": "exit", "reason": "不再符合"}),
                       (self.town, "serve_exit", "watched", {"served_how": "in_person"}))

    def below(self, number):
        return [(row["machine"], row["state"]) for row in self.case(self.county, number)["below"]]

    def clock_of(self, number, clock, day=DAY):
        """(due day, internal) of a clock that runs, None of one that does not."""
        told = [c for c in self.case(self.county, number, day)["clocks"] if c["id"] == clock]
        return told[-1] if told else None

    def last_clause(self, number):
        """Whose notice, and which of its clauses, the last step was made by."""
        return self.case(self.county, number)["events"][-1]["clause"]

    def law(self):
        """Machine by machine, move by move, as the office says it."""
        told = self.fits("listProcedures", self.county.get("/api/v1/procedures")).json
        return {machine["id"]: {move["id"]: move for move in machine["moves"]} for machine in told["machines"]}

    @property
    def above(self):
        """Where warnings are raised: in Guangdong at the city, elsewhere at the county."""
        return self.monitor if self.policy == GD else self.county

    def warned(self, level):
        return next(row["id"] for row in self.above.pages("/api/v1/cases?machine=warning&state=raised", limit=200)
                    if row["level"] == level)

    def sent_down(self, level):
        return self.at(self.warned(level), (self.above, "dispatch", "dispatched", {"to_unit": "first"}))

    def fed_back(self, level="blue"):
        return self.at(self.sent_down(level), (self.town, "accept", "accepted"),
                       (self.town, "visit", "verified", {**HOME, "outcome": "true_"}),
                       (self.town, "feed_back", "fed_back"))


class Places(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.places = {}
        for pack in PLACES:
            of = type("Notices_" + pack.split("-")[0], (Place,), {"policy": pack})
            cls.addClassCleanup(of.tearDownClass)
            of.setUpClass()
            cls.places[pack] = of()

    def each(self):
        for self.now, place in self.places.items():
            yield self.now, place

    now = ""

    def _formatMessage(self, msg, standardMsg):  # what fails says in which office
        return f"{self.now}: {super()._formatMessage(msg, standardMsg)}"


__all__ = ["BESIDE", "CALENDAR", "CQ", "CS", "DAY", "FORM", "GD", "GUARANTEE", "HOME", "JN", "MARGIN", "OTHER",
           "PLACES", "POOR", "RELAPSE", "RIGID", "SX", "WHY", "Place", "Places"]
