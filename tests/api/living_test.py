# SPDX-License-Identifier: Apache-2.0
"""The county that `./dev run` opens on: a person of each role may enter, some case stands in every state of every
machine, something is overdue, due today and near, and no number of anybody is shown on the way."""
import collections
import datetime
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from office import SOURCE, Case, Client, Served, main
from program import NUMBER, Program
from schema import Api


class Living(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.made = tempfile.TemporaryDirectory(prefix="doudi-living-")
        cls.data = Path(cls.made.name) / "county"
        command = [sys.executable, "-B", str(SOURCE / "tools/living_county"), Case.binary, str(cls.data)]
        cls.run_ = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
        if cls.run_.returncode != 0:
            raise AssertionError(cls.run_.stdout + cls.run_.stderr)
        people = (cls.data.parent / "county.people").read_text(encoding="utf-8")
        cls.passwords = dict(re.findall(r"^ +(demo-\S+) +\S+ +(\S+)$", people, re.M))
        cls.program = Program(Case.binary, cls.made.name)
        cls.served = Served(cls.program, "county", "--peers", cls.data.parent / "county.peers" / "peers.yaml")
        cls.county = cls.person("demo-county-caseworker")

    @classmethod
    def tearDownClass(cls):
        code = cls.served.stop()
        log = cls.served.log()
        cls.made.cleanup()
        if code != 0 or NUMBER.search(log + cls.run_.stdout + cls.run_.stderr):
            raise AssertionError(f"{code}: {log[-2000:]}")

    @classmethod
    def person(cls, name):
        client = Client(cls.served.port)
        assert client.sign_in(name, cls.passwords[name]).status == 200, name
        return client

    def test_a_person_of_each_role_of_staff_enters_and_owes_nothing(self):
        roles = self.person("demo-administrator").get("/api/v1/roles").json["items"]
        staff = {"demo-" + role["id"].replace("_", "-") for role in roles if role["holder"] == "staff"}
        self.assertEqual(staff, set(self.passwords))
        for name in staff:
            self.assertEqual("full", self.person(name).get("/api/v1/session").json["stage"], name)

    def test_some_case_stands_in_every_state_of_every_machine(self):
        machines = self.county.get("/api/v1/procedures").json["machines"]
        # What another platform tells of its own cases stands where that platform is, not in a county alone.
        every = {(machine["id"], state["id"]) for machine in machines for state in machine["states"]
                 if not machine["id"].endswith("_below")}
        rows = self.county.pages("/api/v1/cases?closed=all", 200)
        # What the city raised and has not dispatched stands at the city's desk alone.
        raised = self.person("demo-city-monitor-officer").pages("/api/v1/cases?machine=warning&state=raised", 200)
        self.assertEqual(set(), {row["id"] for row in raised} & {row["id"] for row in rows})
        self.assertEqual(set(), every - {(row["machine"], row["state"]) for row in rows + raised})
        self.assertGreater(len({row["opened_on"][:7] for row in rows}), 4)

    def test_last_months_payroll_is_closed_and_first_requests_wait(self):
        fund = self.person("demo-fund-clerk")
        (closed,) = fund.get("/api/v1/payrolls").json["items"]
        self.assertGreater(closed["lines"], 0)
        now = fund.get("/api/v1/payrolls/month").json
        self.assertEqual(closed, now["before_closed"])
        self.assertGreater(now["parts"]["differences"], 0)
        waiting = self.person("demo-township-officer").get("/api/v1/first-requests").json["items"]
        self.assertEqual(2, len(waiting))

    def test_the_auditor_finds_some_of_each_rule_and_has_said_of_one_that_it_was_no_fault(self):
        auditor = self.person("demo-auditor")
        counts = auditor.get("/api/v1/rule-hits/counts").json["rules"]
        self.assertEqual({"dead_paid", "paid_twice", "relative_unlisted", "same_account"},
                         {one["rule"] for one in counts})
        for one in counts:
            self.assertEqual((2, 1), (one["count"], one["open"]), one)
            hits = auditor.get(f"/api/v1/rule-hits?rule={one['rule']}").json["items"]
            self.assertEqual([False, True], sorted(hit["look"] is None for hit in hits))
            self.assertTrue(all(hit["name"] and hit["sources"] for hit in hits), hits)
            (said,) = [hit["look"]["reason"] for hit in hits if hit["look"]]
            self.assertTrue(said.startswith("误报："), said)
            table = auditor.get(f"/api/v1/rule-hits?rule={one['rule']}&format=csv").body.decode("utf-8-sig")
            self.assertIn(said, table)
            # Each step of a finding opens, and is what the finding says.
            for source in (source for hit in hits for source in hit["sources"]):
                case = auditor.get(f"/api/v1/cases/{source['case']}").json
                self.assertIn(source["event"], [event["number"] for event in case["events"]])

    def test_it_is_a_county_that_is_well_run(self):
        counts = self.county.get("/api/v1/cases/counts").json
        self.assertLess(counts["overdue"], counts["open"] / 6)
        self.assertTrue(all(counts["told_to"].values()), counts["told_to"])
        flow = self.county.get("/api/v1/overview").json["flow"]
        warned, closed = (sum(month[name]["count"] for month in flow) for name in ("warnings", "closed"))
        self.assertGreater(closed, 0.8 * warned)
        late = self.county.pages("/api/v1/overdue", 50)
        self.assertGreater(len({row["unit"] for row in late}), 3)  # nowhere in a heap

    def test_the_cockpit_has_something_everywhere_and_fits_its_schema(self):
        answer = self.county.get("/api/v1/overview")
        self.assertEqual([], Api(self.county.get("/api/v1/openapi.json").json).faults_of("getOverview", answer))
        told = answer.json
        for name in ("overdue", "due_today", "near"):
            self.assertGreater(sum(row[name]["count"] for row in told["due"]), 0, name)
        self.assertGreater(sum(month["warnings"]["count"] > 0 for month in told["flow"]), 4)
        self.assertGreater(sum(month["closed"]["count"] > 0 for month in told["flow"]), 3)
        self.assertGreater(sum(month["granted"]["count"] for month in told["flow"]), 0)
        self.assertTrue(all(level["open"]["count"] for level in told["levels"]))
        self.assertTrue(self.county.get("/api/v1/matches").json["items"])
        self.assertTrue(self.county.get("/api/v1/overdue").json["items"])

    def test_what_it_knows_is_of_this_year_and_counts(self):
        """Facts are fresh, no event lies a year behind its warning, reviews are due by the yearly rhythm."""
        codes = [row["code"] for row in self.county.pages("/api/v1/households", 200)]
        standings = collections.Counter(fact["standing"] for code in codes[::80]
                                        for fact in self.county.get(f"/api/v1/households/{code}/facts").json["facts"])
        self.assertGreater(standings["counts"], 9 * (standings.total() - standings["counts"]))
        warned = self.county.get("/api/v1/warnings?limit=20").json["items"]
        for row in warned[:5]:
            why = self.county.get(f"/api/v1/households/{row['household']}/why").json["warnings"][0]
            latest = max((event["date"] for event in why["events"]), default=why["issued_on"])
            gap = datetime.date.fromisoformat(why["issued_on"]) - datetime.date.fromisoformat(latest)
            self.assertLess(gap.days, 200, why["issued_on"])
        (review,) = [one for one in self.county.get("/api/v1/overview").json["rhythms"] if one["machine"] == "review"]
        self.assertGreater(review["later"]["count"], 0)
        self.assertLess(review["overdue"]["count"], review["all"]["count"] / 5)

    def test_no_desk_is_empty(self):
        city, town = self.person("demo-city-monitor-officer"), self.person("demo-township-officer")
        village, social = self.person("demo-village-worker"), self.person("demo-social-worker")
        office = datetime.timezone(datetime.timedelta(hours=8))
        today = datetime.datetime.now(office).date().isoformat()
        for who in (village, social):
            visits = who.get("/api/v1/cases?machine=visit&limit=200").json["items"]
            self.assertTrue([one for one in visits if one["due_on"] == today], visits)
        changes = self.county.pages("/api/v1/register/cases", 200)
        self.assertLessEqual({"proposed", "confirmed", "refused", "withdrawn"}, {one["state"] for one in changes})
        self.assertIn("absent", {one["kind"] for one in changes})
        for path in ("/api/v1/reminders", "/api/v1/register/proposals", "/api/v1/exchange/peers"):
            self.assertTrue(self.county.get(path).json["items"], path)
        self.assertTrue([one for one in city.get("/api/v1/proposals").json["items"] if one["state"] == "open"])
        books = [one for name in ("demo-township-officer",) for one in
                 self.person(name).get("/api/v1/workbooks").json["items"]]
        self.assertTrue(books or self.county.get("/api/v1/workbooks").json["items"])
        self.assertTrue(town.get("/api/v1/warnings/counts").json["total"])
        compared = self.person("demo-agriculture-officer").get("/api/v1/arrivals?limit=50").json["items"]
        self.assertTrue(compared)


if __name__ == "__main__":
    main()
