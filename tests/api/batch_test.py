# SPDX-License-Identifier: Apache-2.0
"""One thing done to many, as a job: each has an answer that is kept for whoever asked, and is done once however often
it is asked for."""
import csv
import io
import json
import signal

from cases_test import Office
from office import Q2, Served, main, wait_for

OUTCOMES = ("made", "already_there", "kept_late", "refused", "not_there", "failed", "not_tried")


class Batches(Office):
    def ask(self, who, what, subjects, told, **headers):
        answer = who("POST", "/api/v1/batches", {"what": what, "subjects": subjects, "told": told}, headers=headers)
        return self.fits("askBatch", answer, 202).json["job"]

    def done(self, who, what, subjects, told):
        """The job when it is over, and its rows."""
        job = wait_for(self.ask(who, what, subjects, told), who)
        return job, self.rows(who, job["id"])

    def rows(self, who, job):
        self.fits("listBatchRows", who.get(f"/api/v1/batches/{job}/rows?limit=1"))
        return who.pages(f"/api/v1/batches/{job}/rows", limit=2)

    def counted(self, job):
        return {name: job["result"][name] for name in OUTCOMES if job["result"][name]}

    def fresh(self, most):
        rows = self.county.pages("/api/v1/cases?machine=warning&state=raised", limit=200)
        return [row["id"] for row in rows if self.level(row["id"]) != "green"][:most]

    def dispatch(self, cases, who=None):
        return self.done(who or self.county, "move", cases, {"move": "dispatch", "on": Q2,
                                                             "fields": {"to_unit": "first"}})

    def test_each_case_has_its_answer_and_the_job_names_nobody(self):
        cases = self.fresh(3)
        job, rows = self.dispatch([*cases, "999999", cases[0]])
        self.assertEqual({"made": 3, "not_there": 1}, self.counted(job))
        self.assertEqual((4, 4, 4), (job["result"]["rows"], job["done"], job["total"]))
        self.assertEqual([*cases, "999999"], [row["subject"] for row in rows])
        self.assertEqual(["made"] * 3 + ["not_there"], [row["outcome"] for row in rows])
        self.assertTrue(all(row["household"] and row["case"] == row["subject"] for row in rows[:3]))
        self.assertEqual((None, None), (rows[3]["household"], rows[3]["case"]))
        self.assertTrue(rows[3]["reason"]["zh"])
        self.assertEqual({"what": "move", "step": "dispatch", "count": 4}, {
            key: value for key, value in job["parameters"].items() if key != "key"})
        self.assertNotIn(rows[0]["household"], json.dumps(job))
        for number in cases:
            self.assertEqual("dispatched", self.case(self.county, number)["state"])

    def test_what_stands_against_one_is_told_with_it_and_the_others_go_on(self):
        fresh, gone = self.fresh(2)
        self.moved(self.county, gone, "dispatch", Q2, to_unit="first")
        job, rows = self.dispatch([gone, fresh])
        self.assertEqual(["kept_late", "made"], [row["outcome"] for row in rows])
        self.assertTrue(rows[0]["reason"]["zh"] and rows[0]["reason"]["en"])
        self.assertEqual({"made": 1, "kept_late": 1}, self.counted(job))

    def test_the_rows_are_for_whoever_asked_and_leave_as_a_file(self):
        job, rows = self.dispatch(self.fresh(2))
        path = f"/api/v1/batches/{job['id']}/rows"
        self.refused(self.second.get(path), 404, "no_such_job")
        self.refused(self.second("POST", f"/api/v1/batches/{job['id']}/rest"), 404, "no_such_job")
        self.refused(self.county.get(f"/api/v1/jobs/{job['id']}/rows"), 404, "no_rows")
        file = self.county.get(f"{path}?format=csv")
        told = list(csv.DictReader(io.StringIO(file.body.decode("utf-8-sig"))))
        self.assertEqual([(row["subject"], row["outcome"]) for row in rows],
                         [(row["subject"], row["outcome"]) for row in told])
        self.assertTrue(all("county" in row["taken_by"] for row in told))
        self.refused(self.county.get("/api/v1/batches/0/rows"), 404, "no_such_job")

    def test_sent_again_it_is_the_same_job_and_the_rest_is_done_once(self):
        first, second = self.fresh(2)
        told = {"move": "dispatch", "on": Q2, "fields": {"to_unit": "first"}}
        jobs = {self.ask(self.county, "move", [first, "999999"], told, **{"Idempotency-Key": "b1"}) for _ in range(2)}
        self.assertEqual(1, len(jobs))
        job = wait_for(jobs.pop(), self.county)
        rest = self.fits("askBatchRest", self.county("POST", f"/api/v1/batches/{job['id']}/rest"), 202).json["job"]
        again = wait_for(rest, self.county)
        self.assertEqual(job["parameters"]["key"], again["parameters"]["key"])
        self.assertEqual(["999999"], [row["subject"] for row in self.rows(self.county, rest)])
        whole, _ = self.dispatch([second])
        self.refused(self.county("POST", f"/api/v1/batches/{whole['id']}/rest"), 409, "nothing_left")
        events = self.case(self.county, first)["events"]
        self.assertEqual(1, sum(event["move"] == "dispatch" for event in events))

    def test_a_case_is_opened_for_each_household_and_a_reminder_sent_of_each_case(self):
        homes = self.unpaid()[:2]
        job, rows = self.done(self.town, "open", [*homes, "LC999999"], {"machine": "visit", "on": Q2, "fields": {}})
        self.assertEqual({"made": 2, "refused": 1}, self.counted(job), rows)
        self.assertEqual("visit", job["parameters"]["step"])
        opened = [row["case"] for row in rows[:2]]
        self.assertEqual(homes, [self.case(self.town, number)["household"] for number in opened])
        text = "请今日走访"
        reminded, _ = self.done(self.county, "remind", opened, {"text": text})
        self.assertEqual({"made": 2}, self.counted(reminded))
        for number in opened:
            sent = self.county.pages(f"/api/v1/reminders?case={number}", 5)
            self.assertEqual([text], [one["text"] for one in sent])
        self.assertNotIn(text, json.dumps(reminded, ensure_ascii=False))
        # From below nobody is reminded.
        up, _ = self.done(self.town, "remind", opened, {"text": text})
        self.assertEqual({"refused": 2}, self.counted(up))

    def test_a_body_that_is_none_is_refused_by_field(self):
        told = {"move": "dispatch", "on": Q2, "fields": {}}
        for body, pointer in (({"what": "drop", "subjects": ["1"], "told": told}, "/what"),
                              ({"what": "move", "subjects": [], "told": told}, "/subjects"),
                              ({"what": "move", "subjects": ["1"], "told": []}, "/told"),
                              ({"what": "move", "subjects": ["1"], "told": {**told, "client_key": "a"}}, "/told"),
                              ({"what": "move", "subjects": ["1"], "told": told, "more": 1}, "/more")):
            answer = self.county("POST", "/api/v1/batches", body)
            self.assertEqual([pointer], [fault["pointer"] for fault in answer.json["errors"]], str(answer))
        self.refused(self.client()("POST", "/api/v1/batches", {"what": "move", "subjects": ["1"], "told": told}), 401,
                     "sign_in")


class Killed(Office):
    def kill(self):
        self.served.run.send_signal(signal.SIGKILL)
        self.served.run.wait()
        self.served.run.stdout.close()

    def serve_again(self):
        type(self).served = Served(self.program, "office", *self.arguments)
        for client in (self.admin, self.county, self.second):
            client.port = self.served.port

    def test_an_account_that_ended_does_nothing_more(self):
        leaver = self.account("leaver", "county_caseworker")
        monitor = self.account("monitor", "city_monitor_officer")
        asked = leaver("POST", "/api/v1/batches", {"what": "move", "subjects": ["999999"], "told": {
            "move": "dispatch", "on": Q2, "fields": {"to_unit": "first"}}})
        job = wait_for(asked.json["job"], leaver)["id"]
        ended = self.admin("PUT", "/api/v1/accounts/leaver", {
            "roles": ["county_caseworker"], "unit": "county", "active": False}, headers={
                "If-Match": self.admin.get("/api/v1/accounts/leaver").headers["ETag"]})
        self.assertLess(ended.status, 300, str(ended))
        self.kill()
        self.sql(f"delete from job_row where job = {job}")  # as if it had waited until now
        self.sql(f"update job set state = 'queued' where id = {job}")
        self.serve_again()
        monitor.port = self.served.port
        result = wait_for(job, monitor)["result"]
        self.assertEqual((1, 0), (result["failed"], result["not_there"]))

    def test_a_batch_that_was_cut_off_goes_on_and_makes_nothing_twice(self):
        cases = [row["id"] for row in self.county.pages("/api/v1/cases?machine=warning&state=raised", limit=200)]
        told = {"move": "dispatch", "on": Q2, "fields": {"to_unit": "first"}}
        asked = self.county("POST", "/api/v1/batches", {"what": "move", "subjects": cases, "told": told})
        job = asked.json["job"]
        self.kill()
        self.serve_again()
        if self.county.get(f"/api/v1/jobs/{job}").json["state"] == "interrupted":
            self.fits("runJobAgain", self.county("POST", f"/api/v1/jobs/{job}/run-again"))
        done = wait_for(job, self.county)["result"]
        self.assertEqual(len(cases), done["rows"])
        self.assertEqual(len(cases), sum(done[name] for name in OUTCOMES))
        self.assertEqual(0, done["failed"] + done["not_tried"] + done["not_there"])
        for number in cases[:20]:
            events = self.case(self.county, number)["events"]
            self.assertLessEqual(sum(event["move"] == "dispatch" for event in events), 1)


if __name__ == "__main__":
    main()
