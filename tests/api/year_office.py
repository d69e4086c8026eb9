# SPDX-License-Identifier: Apache-2.0
"""The office of the scripted year: two townships, of which one confirms by itself, figures, people, a calendar of this
file's own."""
import datetime
import itertools
import re

from cases_test import PHOTO, Office
from office import SOURCE

UNITS = """# SPDX-License-Identifier: Apache-2.0
- {code: county, title: 样例县, kind: county, region: "441699", from: 2020-01-01}
- {code: first, title: 第一镇, kind: township, parent: county, region: "441699101", from: 2020-01-01}
- {code: second, title: 第二镇, kind: township, parent: county, region: "441699102", from: 2020-01-01}
- {code: hr, title: 人社部门, kind: department, parent: county, department: hr, from: 2020-01-01}
- {code: agri, title: 农业农村部门, kind: department, parent: county, department: agriculture, from: 2020-01-01}
- {code: civil, title: 民政部门, kind: department, parent: county, department: civil, from: 2020-01-01}
"""
FIGURES = {"confirmation_delegated": ("441699101", "true"), "fast_aid_cap": ("441699", "1000.00"),
           "disaster_fast_cap": ("441699", "1000.00"),
           "exit_reply_days": ("441699", "5"), "phase_out_months": ("441699", "6"),
           "exit_watch_months": ("441699", "12"), "reserve_fund_case_cap": ("441699", "800.00"),
           "recheck_share": ("441699", "0.5"),
           # The office's own targets where no law sets a day.
           **{f"{what}_target_days": ("441699", days) for what, days in (
               ("death_confirm", "3"), ("payment_hold", "10"), ("conference", "8"), ("order", "3"), ("order_take", "2"),
               ("order_finish", "15"), ("charity", "20"), ("review_survey", "10"), ("review_decision", "30"),
               ("referral", "15"), ("acceptance", "5"), ("emergency", "2"), ("disaster", "3"), ("payment_end", "4"),
               ("warning_feedback", "2"), ("warning_handling", "20"))}}


class Calendar:
    """Days off and make-up days, read here and counted here."""

    def __init__(self):
        self.off, self.work = set(), set()
        for path in sorted((SOURCE / "calendar").glob("*.yaml")):
            kept = self.off
            for line in path.read_text(encoding="utf-8").splitlines():
                if line.startswith("holidays:"):
                    kept = self.off
                elif re.match(r"\w", line):
                    kept = self.work
                if found := re.search(r"date: (\d{4}-\d\d-\d\d)", line):
                    kept.add(datetime.date.fromisoformat(found[1]))

    def works(self, day):
        return day in self.work or (day.weekday() < 5 and day not in self.off)

    def working(self, day, count):
        """The last of so many working days, from the day after."""
        at = datetime.date.fromisoformat(day)
        while count:
            at += datetime.timedelta(days=1)
            count -= self.works(at)
        return at.isoformat()

    @staticmethod
    def natural(day, count):
        return (datetime.date.fromisoformat(day) + datetime.timedelta(days=count)).isoformat()

    def term(self, day, count):
        """A term of natural days that ends on a day off ends on the next working day."""
        at = datetime.date.fromisoformat(self.natural(day, count))
        while not self.works(at):
            at += datetime.timedelta(days=1)
        return at.isoformat()

    def months(self, day, count):
        """The same day so many months on, or the last of a shorter month; on a day off the next working day."""
        at = datetime.date.fromisoformat(day)
        year, month = at.year + (at.month - 1 + count) // 12, (at.month - 1 + count) % 12 + 1
        last = (datetime.date(year + month // 12, month % 12 + 1, 1) - datetime.timedelta(days=1)).day
        return self.term(datetime.date(year, month, min(at.day, last)).isoformat(), 0)

    def left(self, day, due):
        """Working days after the one until the other, that one among them."""
        first, last = (datetime.date.fromisoformat(one) for one in (day, due))
        return sum(self.works(first + datetime.timedelta(days=n)) for n in range(1, (last - first).days + 1))

    @staticmethod
    def month_after(day):
        """The first of the month after."""
        at = datetime.date.fromisoformat(day)
        return datetime.date(at.year + at.month // 12, at.month % 12 + 1, 1).isoformat()


CALENDAR = Calendar()
LOUD = {"red": 3, "orange": 5, "yellow": 7, "blue": 10}  # working days
FORM = {"channel": "window", "pledge": True, "authorised": True}
HOME = {"officers": ["town", "colleague"], "note": "入户了解情况"}
UNPOSTED = {"no_notice": "urgent", "reason": "成员住院，等待救助"}  # by another than who surveyed
PROXY = {"channel": "proxy", "proxy": "何某", "proxy_relation": "村干部"}
WHY = {"differs_because": "按入户核实的情况"}  # nothing is found of a household of which nothing is known


class YearOffice(Office):
    units = UNITS
    residents = 9000  # homes enough that what one of them is paid meets no other step of the year

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.monitor = cls.account("monitor", "city_monitor_officer")
        cls.third = cls.account("third", "township_officer", unit="first")
        cls.fourth = cls.account("fourth", "township_officer", unit="first")
        cls.far = cls.account("far", "township_officer", unit="second")
        cls.away = cls.account("away", "township_officer", unit="second")
        cls.outer = cls.account("outer", "township_officer", unit="second")
        cls.agri = cls.account("agri", "agriculture_officer", unit="agri", department="agriculture")
        cls.civil = cls.account("civil", "partner_department", unit="civil", department="civil")
        cls.provider = cls.account("provider", "service_provider", unit="first")
        cls.beyond = [row["code"] for row in cls.far.pages("/api/v1/households", limit=200)]
        cls.walked = set()
        cls.homes = itertools.cycle(cls.inside)
        for parameter, (region, value) in FIGURES.items():
            cls.set_figure(parameter, region, value)
        # What was raised before a figure was set is due by it from the next cycle on, in lists too.
        if not cls.raise_cases()["renewed"]:
            raise AssertionError("no due day was renewed")

    def moved(self, who, number, move, on="", **fields):
        if self.kinds[number] == "application" and move in ("accept", "review", "switch", "switch_reviewed"):
            fields.setdefault("beside_because", "分户后另一家庭的申请")  # homes are few, and asked for often
        now = super().moved(who, number, move, on, **fields)
        self.walked.add((self.kinds[number], move))
        return now

    def opened(self, who, machine, on="", **more):
        number = super().opened(who, machine, on, **more)
        self.kinds[number] = machine
        self.walked.add((machine, self.case(who, number)["events"][0]["move"]))
        return number

    kinds = {}
    have_signed = set()
    held = set()  # (machine, clock, category): whose due day was held against the calendar

    def go(self, number, *steps):
        """(who, move, day, fields, state): each step, and where it leads. Photographs are sent beforehand."""
        for who, move, on, fields, state in steps:
            if "attachments" in fields:
                # Each step has a photograph of its own.
                fields = {**fields, "attachments": [self.photo(who, number, PHOTO + next(self.keys).encode())]}
            now = self.moved(who, number, move, on, **fields)
            if "state" in now:
                self.assertEqual(state, now["state"], (number, move))
        return number

    def clock(self, number, clock, day, due, state, who=None):
        """The last running of a clock, as of a day."""
        seen = self.case(who or self.county, number, day)
        told = [c for c in seen["clocks"] if c["id"] == clock][-1]
        self.assertEqual((due, state), (told["due_on"], told["state"]), (clock, day, told))
        if due:
            self.held.add((seen["machine"], clock, seen["track"]))
        return told

    def warned(self, *levels):
        rows = self.county.pages("/api/v1/cases?machine=warning&state=raised", limit=200)
        number = next(row["id"] for row in rows if self.level(row["id"]) in levels)
        self.kinds[number] = "warning"
        return number
