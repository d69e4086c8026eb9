# SPDX-License-Identifier: Apache-2.0
"""Terms, holds and proofs over the line: the day's list is proposed, a person has it carried out; roots of the log for
the unit above; uploads that nobody can read while they wait."""
import datetime
import os
import time

from office import SOURCE, Case, main, upload, wait_for
from terms import home_with_terms
from schema import Api


class Privacy(Case):
    @classmethod
    def serve(cls):
        cls.program.home = home_with_terms(SOURCE, cls.root / "home", closed_warning=3650, original=3650)
        (cls.root / "handed").mkdir()
        # What was done yesterday, before a server ran here.
        yesterday = {"LD_PRELOAD": os.environ["OTHER_DAY"], "OTHER_DAY_SECONDS": "-86400"}
        cls.program.must("retention", "hold", "--data", "office", "--class", "job", "--reason", "x", env=yesterday)
        cls.program.must("retention", "lift", "--data", "office", "1", "--reason", "x", env=yesterday)
        cls.arguments = ("--anchors", cls.root / "handed")
        super().serve()
        cls.auditor = cls.account("auditor", "auditor")
        cls.below = cls.account("below", "auditor", "first")
        cls.clerk = cls.account("clerk", "county_caseworker")
        cls.officer = cls.account("officer", "city_monitor_officer")
        cls.api = Api(cls.admin.get("/api/v1/openapi.json").json)

    def told(self, name, answer, status=200):
        self.assertEqual(status, answer.status, str(answer))
        self.assertEqual([], self.api.faults_of(name, answer))
        return answer.json

    def proposal(self):
        end = time.monotonic() + 60
        while time.monotonic() < end:
            found = self.told("getRetention", self.admin.get("/api/v1/retention"))
            if found["proposal"]:
                return found["proposal"]
            time.sleep(0.2)
        raise AssertionError("nothing was proposed")

    def test_1_the_days_list_is_proposed_and_nothing_goes_by_itself(self):
        proposal = self.proposal()
        due = {item["class"]: item["due"] for item in proposal["items"]}
        self.assertGreater(due["off_register_row"], 0)
        self.assertEqual([], self.told("listProofs", self.admin.get("/api/v1/retention/proofs"))["items"])
        for other in (self.auditor, self.clerk):
            self.assertEqual(403, other("POST", "/api/v1/retention/runs", {"proposal": proposal["id"]}).status)
        refused = self.admin("POST", "/api/v1/retention/runs", {"proposal": "999"})
        self.assertEqual(422, refused.status, str(refused))

    def test_2_holds_on_households_are_seen_set_and_lifted_where_these_belong(self):
        town = self.account("townboss", "administrator", "first")
        inside, outside = ([item["code"] for item in self.clerk.pages("/api/v1/households", 200)
                            if item["unit"] == unit][0] for unit in ("first", "county"))
        def held(who):
            return sorted(hold["household"] for hold in self.told("listHolds", who.get("/api/v1/holds"))["items"])
        placed = {code: self.told("placeHold", self.admin("POST", "/api/v1/holds",
                                                          {"household": code, "reason": code}), 201)
                  for code in (inside, outside)}
        self.assertEqual(sorted([inside, outside]), held(self.admin))
        self.assertEqual([inside], held(town))
        refused = town("POST", "/api/v1/holds", {"household": outside, "reason": "x"})
        self.assertEqual((422, "/household"), (refused.status, refused.json["errors"][0]["pointer"]))
        lift = {code: f"/api/v1/holds/{hold['id']}/lift" for code, hold in placed.items()}
        self.assertEqual(404, town("POST", lift[outside], {"reason": "x"}).status)
        self.assertEqual(204, town("POST", lift[inside], {"reason": "x"}).status)
        self.assertEqual(204, self.admin("POST", lift[outside], {"reason": "x"}).status)

    def test_2_on_all_a_hold_stops_it_and_a_person_lifts_it(self):
        wrong = self.admin("POST", "/api/v1/holds", {"class": "nothing", "household": "none", "reason": "x"})
        self.assertEqual(422, wrong.status, str(wrong))
        self.assertEqual(403, self.clerk("POST", "/api/v1/holds", {"reason": "x"}).status)
        placed = self.told("placeHold", self.admin("POST", "/api/v1/holds", {"reason": "case 7"}), 201)
        held = self.told("listHolds", self.admin.get("/api/v1/holds"))["items"]
        self.assertEqual(["case 7"], [hold["reason"] for hold in held])
        run = self.admin("POST", "/api/v1/retention/runs", {"proposal": self.proposal()["id"]})
        self.told("runRetention", run, 202)
        done = wait_for(run.json["job"], self.admin)
        self.assertEqual(0, sum(one["removed"] for one in done["result"]["classes"]))
        lifted = self.admin("POST", f"/api/v1/holds/{placed['id']}/lift", {"reason": "closed"})
        self.assertEqual(204, lifted.status, str(lifted))
        self.assertEqual(404, self.admin("POST", f"/api/v1/holds/{placed['id']}/lift", {"reason": "x"}).status)
        looks = self.auditor.get("/api/v1/audit?limit=200").json["items"]
        self.assertIn("case 7", [look["reason"] for look in looks])

    def anchors(self, who, query=""):
        return self.told("listAnchors", who.get(f"/api/v1/anchors{query}"))

    def test_3_the_server_makes_the_root_of_a_day_that_is_over_and_hands_it_to_the_unit_above(self):
        end = time.monotonic() + 60
        while not self.anchors(self.auditor)["items"] and time.monotonic() < end:
            time.sleep(0.2)
        root, = self.anchors(self.auditor)["items"]
        today = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=8))).date()
        self.assertIn(root["day"], [(today - datetime.timedelta(days=back)).isoformat() for back in (1, 2)])
        # Record 1 is that there was a hold, 2 that it was lifted.
        self.assertEqual(("county", 2, False), (root["unit"], root["seq"], root["late"]))
        look, = [look for look in self.auditor.get("/api/v1/audit?until=" + root["day"]).json["items"]
                 if look["seq"] == root["seq"]]
        self.assertEqual(look["hash"], root["hash"])
        handed = (self.root / "handed" / f"anchor-{root['day']}.txt").read_text(encoding="utf-8")
        self.assertEqual(root["line"] + "\n", handed)
        verified = self.program.must("audit", "verify", "--data", "office", "--anchors", "handed")
        self.assertNotIn("without --anchors", verified.err)
        self.assertEqual([], self.anchors(self.below)["items"])
        self.assertEqual(403, self.clerk.get("/api/v1/anchors").status)

    def test_5_roots_and_proofs_go_on_from_page_to_page(self):
        days = [f"2020-{month:02}-{day:02}" for month in (3, 2, 1) for day in range(28, 0, -1)]
        for unit in ("county", "first"):
            (whom,), = self.sql(f"select id from unit where code = '{unit}'")
            self.sql(*(f"insert into unit_anchor values ('{day}', {whom}, 1, 'abc', 0, 1)" for day in days))
        (last,), = self.sql("select coalesce(max(id), 0) from removal")
        last = int(last)
        self.sql(*(f"insert into removal values ({last + number}, 'job', '2020-01-01', 1, 'a-b', 'done', 0, 0, 'me')"
                   for number in range(1, 31)))
        mine = [(one["day"], one["unit"]) for one in self.auditor.pages("/api/v1/anchors", 50)]
        self.assertEqual({(day, whom) for day in days for whom in ("county", "first")},
                         {one for one in mine if one[0] < "2021"})
        self.assertEqual(len(mine), len(set(mine)))
        self.assertEqual(days, [one["day"] for one in self.below.pages("/api/v1/anchors", 10)])
        self.assertEqual(50, len(self.anchors(self.auditor)["items"]))
        numbers = [one["proof"] for one in self.admin.pages("/api/v1/retention/proofs", 7)]
        self.assertEqual(list(range(last + 30, 0, -1)), numbers)
        self.told("listProofs", self.admin.get("/api/v1/retention/proofs?limit=7"))
        self.assertEqual(400, self.admin.get("/api/v1/retention/proofs?cursor=x").status)

    def test_4_a_waiting_upload_can_be_read_by_nobody_and_imports_all_the_same(self):
        path = next(path for path in sorted((self.root / "county/2025Q3").iterdir()) if path.suffix == ".csv")
        sent = upload(self.officer, path, piece=3000)
        pieces = (self.root / "office/uploads" / f"{sent}.part").read_bytes()
        content = path.read_bytes()
        self.assertGreater(len(pieces), len(content))
        self.assertFalse(any(content[at:at + 24] in pieces for at in range(0, len(content) - 24, 100)))
        job = self.officer("POST", "/api/v1/imports", {"as_of": "2025-09-30", "uploads": [sent]})
        self.assertEqual(202, job.status, str(job))
        done = wait_for(job.json["job"], self.officer)
        self.assertFalse(done["result"]["any_refused"], str(done))
        self.assertFalse((self.root / "office/uploads" / f"{sent}.part").exists())


if __name__ == "__main__":
    main()
