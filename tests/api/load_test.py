# SPDX-License-Identifier: Apache-2.0
"""Many at once: readers while work publishes see the state before or the state after, never half of it; nobody is told
that the server failed."""
import threading

from office import PASSWORD, Case, Client, Q2, main, wait_for


class Mixed(Case):
    def test_readers_see_whole_states_while_a_closing_publishes(self):
        worker = self.account("worker", "county_caseworker")
        codes = [item["household"] for item in worker.pages("/api/v1/warnings", limit=100)][:6]
        total = worker.get("/api/v1/warnings/counts").json["total"]
        stop = threading.Event()
        seen, wrong = set(), []

        def read():
            client = Client(self.served.port)
            client.cookie, client.csrf = worker.cookie, worker.csrf
            while not stop.is_set():
                answer = client.get("/api/v1/warnings/counts")
                if answer.status != 200:
                    wrong.append(str(answer))
                else:
                    seen.add(answer.json["total"])

        readers = [threading.Thread(target=read) for _ in range(6)]
        for reader in readers:
            reader.start()
        for code in codes:
            job = worker("POST", "/api/v1/closings", {"as_of": Q2, "households": [code]}).json["job"]
            wait_for(job, worker)
        stop.set()
        for reader in readers:
            reader.join()
        self.assertEqual([], wrong)
        self.assertLessEqual(seen, set(range(total - len(codes), total + 1)))
        self.assertEqual(total - len(codes), worker.get("/api/v1/warnings/counts").json["total"])

    def test_sessions_of_one_account_do_not_disturb_each_other(self):
        self.account("town", "township_officer", unit="first")
        statuses = []

        def come_and_go():
            client = Client(self.served.port)
            client.sign_in("town", PASSWORD)
            statuses.append(client.get("/api/v1/session").status)
            statuses.append(client("DELETE", "/api/v1/session").status)

        guests = [threading.Thread(target=come_and_go) for _ in range(6)]
        for guest in guests:
            guest.start()
        for guest in guests:
            guest.join()
        self.assertEqual({200, 204}, set(statuses))


if __name__ == "__main__":
    main()
