# SPDX-License-Identifier: Apache-2.0
"""The database server is killed while the office serves: a clear answer meanwhile, and all goes on once it is back."""
from office import Case, Q2, main, wait_for


class Killed(Case):
    def test_without_its_database_the_office_says_so_and_goes_on_once_it_is_back(self):
        worker = self.account("worker", "county_caseworker")
        before = worker.get("/api/v1/warnings/counts").json
        code = worker.get("/api/v1/warnings?limit=1").json["items"][0]["household"]
        self.cluster.crash()
        # Counts at hand are told as of the last cycle; whatever shows a person has to be logged, and is not told.
        answers = [worker.get("/api/v1/warnings?limit=1") for _ in range(3)]
        ready = worker.get("/readyz")
        self.assertEqual(200, worker.get("/healthz").status)
        self.cluster.start()
        for answer in (*answers, ready):
            self.assertEqual(503, answer.status, str(answer))
            self.assertIn("Retry-After", answer.headers)
            self.assertEqual("application/problem+json; charset=utf-8", answer.headers["Content-Type"])
            self.assertNotIn(b"postgres", answer.body)
        for _ in range(40):
            if worker.get("/readyz").status == 200 and worker.get("/api/v1/warnings?limit=1").status == 200:
                break
        self.assertEqual(before, worker.get("/api/v1/warnings/counts").json)
        job = worker("POST", "/api/v1/closings", {"as_of": Q2, "households": [code]}).json["job"]
        self.assertEqual([code], wait_for(job, worker)["result"]["closed"])


if __name__ == "__main__":
    main()
