# SPDX-License-Identifier: Apache-2.0
"""What a well-run county does with its warnings: each cycle's go down to the townships, are verified within their days
and closed; some wait for a department's answer until the cycle after. Of the last cycle, a week old, each step has its
share, and of every level some stand open."""
from living_cases import CITY, COUNTY, FIRST, HOME, HR, LOOKED, SECOND, TOWN, ZHANG

# Who sees to the warnings of each township, and who goes along.
OFFICERS = {FIRST: (TOWN, ["demo-township-officer", ZHANG]), SECOND: ("chen", ["chen", "lin"]),
            "longchuan-103": ("zhou", ["zhou", "wu"]), "longchuan-104": ("xu", ["xu", "sun"]),
            "longchuan-105": ("he", ["he", "gao"])}
# The steps of a warning and how many days after its cycle each is. The city raises it and dispatches it to the county,
# which passes it down; the shortest term is three working days from then.
STEPS = (("dispatch", 1), ("pass_down", 1), ("accept", 2), ("visit", 4), ("feed_back", 5), ("handle", 6), ("close", 8))
TO_CLOSE, TO_BRANCH, TO_FEED_BACK, TO_VERIFY, TO_ACCEPT, TO_TOWN, TO_COUNTY = range(len(STEPS), 0, -1)
FIELDS = {"visit": {"outcome": "true_", "note": LOOKED["note"]}, "call": {"outcome": "true_", "note": "电话了解并告知政策"},
          "handle": {"branch": "push"}, "close": {"reason": "部门已救助，已回访"}}
# What is pushed is a referral below the warning, and what the department made of it before the warning is closed.
REFERRED = {"kind": "aid", "need": "预警核查属实，请按职责给予救助"}
SENT = {"to_department": "hr", "to_unit": "longchuan-hr"}
ANSWERED = ((HR, "receive", {}), (HR, "accept", {}), (HR, "finish", {"result": "helped"}), (COUNTY, "close", {}))
# Of each level so many wait for a department's answer when a cycle's work is done, by how far they have come.
WAITING = (TO_BRANCH, TO_FEED_BACK)
# How many steps were made of what stands there.
MADE = {"accepted": TO_ACCEPT, "verified": TO_VERIFY, "fed_back": TO_FEED_BACK, "handling": TO_BRANCH}
# Of the last cycle, warning by warning: most are verified within their days, every seventh waits to be.
LAST = (TO_CLOSE, TO_BRANCH, TO_VERIFY, TO_ACCEPT, TO_FEED_BACK, TO_CLOSE, TO_BRANCH, TO_TOWN, TO_CLOSE, TO_VERIFY,
        TO_FEED_BACK, TO_BRANCH, TO_CLOSE, TO_COUNTY)
AT_THE_CITY = 3  # raised by the last cycle, to be dispatched today


class Warnings:
    """The open warnings of the county's folder, from cycle to cycle."""

    def __init__(self, county):
        self.county = county
        self.waiting = []  # rows
        self.referrals = {}  # by the warning

    def walk(self, before, is_last):
        raised = self.county.people[CITY].pages("/api/v1/cases?machine=warning&state=raised", limit=200)
        self.finish(before)
        if is_last:
            raised = raised[AT_THE_CITY:]
            plan = [(row, LAST[n % len(LAST)]) for n, row in enumerate(sorted(raised, key=lambda row: row["level"]))]
        else:
            plan = self.of_an_earlier_cycle(raised)
        self.make(before, plan)

    def of_an_earlier_cycle(self, raised):
        """All are closed, but a few of each level."""
        plan, left = [], {}
        for row in raised:
            taken = left.setdefault(row["level"], list(WAITING))
            steps = taken.pop() if taken else TO_CLOSE
            plan.append((row, steps))
            if steps != TO_CLOSE:
                self.waiting.append(row)
        return plan

    def finish(self, before):
        """What waited since the cycle before is closed, but for the newest of each level: it waits still. What a
        later cycle told another event of is verified anew first, by the level that it has now."""
        now = {row["id"]: row for row in self.county.people[COUNTY].pages("/api/v1/cases?machine=warning", limit=200)}
        kept, seen, done = [], set(), []
        for row in reversed([now[one["id"]] for one in self.waiting]):
            (done if row["level"] in seen else kept).append(row)
            seen.add(row["level"])
        self.make(before, [(row, TO_CLOSE) for row in done], {row["id"]: MADE[row["state"]] for row in done})
        self.waiting = kept

    def make(self, before, plan, made=None):
        """The steps of each warning up to the one that is planned, by office and step: one move of many cases."""
        for at, (move, after) in enumerate(STEPS):
            due = [row for row, steps in plan if (made or {}).get(row["id"], 0) <= at < steps]
            for unit, (who, officers) in OFFICERS.items():
                here = [row for row in due if row["household"] in self.county.homes_of[unit]]
                by = CITY if move == "dispatch" else COUNTY if move in ("pass_down", "handle", "close") else who
                told = {"dispatch": {"to_unit": HOME}, "pass_down": {"to_unit": unit}}.get(move, FIELDS.get(move, {}))
                if move == "close":
                    self.answer(here, before - after + 1)
                if move != "visit":
                    self.moved(by, here, move, before - after, told)
                if move == "handle":
                    self.refer(here, before - after)
                if move != "visit":
                    continue
                called = [row for row in here if row["level"] == "green"]
                self.moved(by, [row for row in here if row not in called], "visit", before - after,
                           {**told, "officers": officers})
                self.moved(by, called, "call", before - after, FIELDS["call"])

    def refer(self, rows, before):
        """What was pushed: below each warning a referral, sent the same day."""
        for row in rows:
            self.referrals[row["id"]] = self.county.opened(COUNTY, "referral", before, REFERRED, parent=row["id"])
        self.county.moved_all(COUNTY, [self.referrals[row["id"]] for row in rows], "send", before, SENT)

    def answer(self, rows, before):
        """What the department answers, and the office takes note of."""
        for who, move, told in ANSWERED:
            self.county.moved_all(who, [self.referrals[row["id"]] for row in rows], move, before, told)

    def moved(self, by, rows, move, before, fields):
        self.county.moved_all(by, [row["id"] for row in rows], move, before, fields)
