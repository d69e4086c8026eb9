# SPDX-License-Identifier: Apache-2.0
"""Terms, holds and proofs over the line: the day's list is proposed, a person has it carried out; roots of the log for
the unit above; uploads that nobody can read while they wait."""
import sqlite3
import time

from office import SOURCE, Case, main, upload, wait_for
from terms import home_with_terms
from schema import Api


class Privacy(Case):
    @classmethod
    def serve(cls):
        cls.program.home = home_with_terms(SOURCE, cls.root / "home", closed_warning=3650, original=3650)
        (cls.root / "handed").mkdir()
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

    def test_2_a_hold_stops_it_and_a_person_lifts_it(self):
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

    def test_3_roots_are_read_by_the_unit_they_are_addressed_to(self):
        with sqlite3.connect(self.root / "office/doudi.sqlite", timeout=20) as database:
            (unit,), = database.execute("select id from unit where code = 'county'")
            database.execute("insert into unit_anchor values ('2026-01-01', ?, 1, 'abc', 0, 1)", (unit,))
        database.close()
        mine = self.told("listAnchors", self.auditor.get("/api/v1/anchors"))["items"]
        self.assertEqual([("2026-01-01", "county", True)], [(one["day"], one["unit"], one["late"]) for one in mine])
        self.assertEqual([], self.told("listAnchors", self.below.get("/api/v1/anchors"))["items"])
        self.assertEqual(403, self.clerk.get("/api/v1/anchors").status)

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
