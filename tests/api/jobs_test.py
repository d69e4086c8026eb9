# SPDX-License-Identifier: Apache-2.0
"""Files in pieces and long work: over broken lines, twice, cancelled, through a server that is killed in the middle.
Nothing is lost, nothing is done twice."""
import hashlib
import json
import signal
import socket
import sqlite3
import threading
import time

from pathlib import Path

from events import Events
from office import Case, Q2, Served, main, upload, wait_for
from schema import Api

PIECES = {"Content-Type": "application/offset+octet-stream"}


class Board(Case):
    with_county = False

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.monitor = cls.account("monitor", "city_monitor_officer")
        cls.api = Api(cls.admin.get("/api/v1/openapi.json").json)

    @classmethod
    def kill_and_serve(cls, how=signal.SIGKILL):
        cls.served.run.send_signal(how)
        cls.served.run.wait()
        cls.served.run.stdout.close()
        cls.served = Served(cls.program, "office", *cls.arguments)
        for client in (cls.admin, cls.monitor):
            client.port = cls.served.port

    def fits(self, operation, answer, status=200):
        self.assertEqual(status, answer.status, str(answer))
        self.assertEqual([], self.api.faults_of(operation, answer))
        return answer.json

    def refused(self, answer, status, code):
        self.assertEqual((status, code), (answer.status, answer.json["code"]), str(answer))


class Headings(Board):
    ROWS = "姓名,公民证号,登记日期,登记状态\n王某,441699198001010012,2025-06-01,有效\n"

    def run_import(self, sent, **more):
        asked = self.monitor("POST", "/api/v1/imports", {"as_of": Q2, "uploads": sent, **more})
        self.assertEqual(202, asked.status, str(asked))
        return wait_for(asked.json["job"], self.monitor)

    def sent(self, text, name):
        path = self.root / name
        path.write_text(text, encoding="utf-8")
        return upload(self.monitor, path)

    def test_a_person_says_what_an_unknown_heading_means_for_this_file_alone(self):
        one = self.sent(self.ROWS, "失业.csv")
        file = self.run_import([one])["result"]["files"][0]
        self.assertEqual("unknown_headings", file["refused"]["code"])
        seen = file["headings"]
        self.assertEqual(["公民证号"], seen["unknown"])
        lacking = [field["field"] for field in seen["fields"] if field["required"] and field["heading"] is None]
        self.assertEqual(1, len(lacking), seen)
        self.assertNotIn("王某", json.dumps(file, ensure_ascii=False))
        self.assertEqual(one, file["upload"])  # it waits
        said = {"dataset": seen["dataset"], "columns": [{"heading": "公民证号", "field": lacking[0]}]}
        for wrong, pointer in (({**said, "dataset": "none"}, "/headings/dataset"),
                               ({**said, "columns": []}, "/headings/columns"),
                               ({**said, "columns": [{"heading": "公民证号", "field": "none"}]},
                                "/headings/columns/0/field"),
                               ({**said, "columns": [{"heading": "441699198001010012", "field": lacking[0]}]},
                                "/headings/columns/0/heading")):
            answer = self.monitor("POST", "/api/v1/imports", {"as_of": Q2, "uploads": [one], "headings": wrong})
            self.assertIn(pointer, [fault["pointer"] for fault in answer.json["errors"]], str(answer))
        job = self.run_import([one], headings=said)
        read = job["result"]["files"][0]
        self.assertEqual((None, seen["dataset"], 1), (read["refused"], read["dataset"], read["rows"]))
        self.assertIsNone(read["upload"])
        self.assertTrue(any("公民证号" in remark["zh"] for remark in read["remarks"]))
        self.assertEqual(said, job["parameters"]["headings"])
        again = self.sent(self.ROWS.replace("06-01", "06-02"), "失业2.csv")  # nobody says it of the next one
        self.assertEqual("unknown_headings", self.run_import([again])["result"]["files"][0]["refused"]["code"])


class Pieces(Board):
    def begin(self, data, **more):
        return self.fits("beginUpload", self.monitor("POST", "/api/v1/uploads", {
            "file": "名单.csv", "bytes": len(data), **more}), 201)

    def send(self, begun, at, piece):
        return self.monitor("PATCH", f"/api/v1/uploads/{begun['id']}", raw=piece,
                            headers={**PIECES, "Upload-Offset": str(at)})

    def test_pieces_come_at_the_offset_that_is_reached(self):
        begun = self.begin(b"abcdefgh")
        self.assertEqual(3, self.fits("appendToUpload", self.send(begun, 0, b"abc"))["received"])
        self.refused(self.send(begun, 0, b"abc"), 409, "upload_offset")
        self.refused(self.send(begun, 5, b"fgh"), 409, "upload_offset")
        self.refused(self.send(begun, 3, b"defghi"), 413, "upload_too_long")
        self.refused(self.monitor("POST", f"/api/v1/uploads/{begun['id']}/complete"), 409, "upload_incomplete")
        self.send(begun, 3, b"defgh")
        done = self.monitor("POST", f"/api/v1/uploads/{begun['id']}/complete")
        self.assertEqual("complete", self.fits("completeUpload", done)["state"])
        self.refused(self.send(begun, 8, b""), 409, "upload_complete")

    def test_what_is_not_what_it_was_said_to_be_is_dropped(self):
        begun = self.begin(b"abc", sha256=hashlib.sha256(b"abc").hexdigest())
        self.send(begun, 0, b"abd")
        self.refused(self.monitor("POST", f"/api/v1/uploads/{begun['id']}/complete"), 422, "upload_hash")
        self.assertEqual(0, self.fits("getUpload", self.monitor.get(f"/api/v1/uploads/{begun['id']}"))["received"])

    def test_names_with_folders_and_sizes_beyond_all_measure_are_refused(self):
        for name in ("../x.csv", "a/b.csv", ".hidden", "a\u0007b", "x" * 201, ""):
            answer = self.monitor("POST", "/api/v1/uploads", {"file": name, "bytes": 1})
            self.refused(answer, 422, "fields")
            self.assertEqual("/file", answer.json["errors"][0]["pointer"], name)
        self.refused(self.monitor("POST", "/api/v1/uploads", {"file": "a.csv", "bytes": 1 << 60}), 422, "fields")

    def test_an_upload_is_its_senders_alone(self):
        begun = self.begin(b"abc")
        other = self.account("another", "city_monitor_officer")
        self.refused(other.get(f"/api/v1/uploads/{begun['id']}"), 404, "no_such_upload")
        self.refused(other("POST", "/api/v1/imports", {"as_of": Q2, "uploads": [begun["id"]]}), 422, "fields")

    def test_a_line_that_breaks_in_the_middle_of_a_piece_leaves_what_was_there(self):
        begun = self.begin(b"x" * 100_000)
        self.send(begun, 0, b"x" * 1000)
        with socket.create_connection(("127.0.0.1", self.served.port)) as line:
            head = "".join(f"{name}: {value}\r\n" for name, value in
                           self.monitor.headers({**PIECES, "Upload-Offset": "1000", "Content-Length": "99000"}).items())
            line.sendall(f"PATCH /api/v1/uploads/{begun['id']} HTTP/1.1\r\nHost: a\r\n{head}\r\n".encode() + b"x" * 500)
        self.assertEqual(1000, self.monitor.get(f"/api/v1/uploads/{begun['id']}").json["received"])
        self.assertEqual(200, self.send(begun, 1000, b"x" * 99_000).status)

    def test_it_goes_on_where_it_was_after_the_server_was_killed(self):
        data = bytes(range(256)) * 4000
        begun = self.begin(data, sha256=hashlib.sha256(data).hexdigest())
        self.send(begun, 0, data[:300_000])
        sender = threading.Thread(target=self.try_to_send, args=(begun, 300_000, data[300_000:900_000]))
        sender.start()
        time.sleep(0.002)
        self.kill_and_serve()
        sender.join()
        at = self.monitor.get(f"/api/v1/uploads/{begun['id']}").json["received"]
        self.assertIn(at, range(300_000, 900_001))
        self.send(begun, at, data[at:])
        done = self.monitor("POST", f"/api/v1/uploads/{begun['id']}/complete")
        self.assertEqual("complete", done.json["state"], str(done))

    def try_to_send(self, begun, at, piece):
        try:
            self.send(begun, at, piece)
        except OSError:
            pass

    def test_one_that_is_given_up_is_gone(self):
        begun = self.begin(b"abc")
        self.assertEqual(204, self.monitor("DELETE", f"/api/v1/uploads/{begun['id']}").status)
        self.refused(self.monitor.get(f"/api/v1/uploads/{begun['id']}"), 404, "no_such_upload")
        self.assertNotIn(begun["id"], str(list((self.root / "office" / "uploads").iterdir())))


class Keys(Board):
    def test_the_same_key_gets_the_same_answer_and_makes_one_thing(self):
        body = {"file": "a.csv", "bytes": 3}
        key = {"Idempotency-Key": "key-1"}
        first = self.monitor("POST", "/api/v1/uploads", body, headers=key)
        again = self.monitor("POST", "/api/v1/uploads", body, headers=key)
        self.assertEqual((201, first.body), (again.status, again.body))
        self.assertEqual(first.headers["Location"], again.headers["Location"])
        self.assertEqual("true", again.headers["Idempotency-Replayed"])
        other = self.monitor("POST", "/api/v1/uploads", {"file": "b.csv", "bytes": 3}, headers=key)
        self.refused(other, 422, "key_reused")
        self.assertEqual(201, self.admin_like().status)

    def admin_like(self):
        """Another account's key of the same name is another key."""
        other = self.account("other", "city_monitor_officer")
        return other("POST", "/api/v1/uploads", {"file": "b.csv", "bytes": 3}, headers={"Idempotency-Key": "key-1"})

    def test_many_at_once_with_one_key_make_one_job(self):
        answers = []
        threads = [threading.Thread(target=lambda: answers.append(self.monitor(
            "POST", "/api/v1/whatifs", {"set": ["mlg_standard_month=+5%"]}, headers={"Idempotency-Key": "one"})))
            for _ in range(12)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual({202}, {answer.status for answer in answers})
        self.assertEqual(1, len({answer.json["job"] for answer in answers}))
        self.kill_and_serve()
        again = self.monitor("POST", "/api/v1/whatifs", {"set": ["mlg_standard_month=+5%"]},
                             headers={"Idempotency-Key": "one"})
        self.assertEqual(answers[0].json, again.json)


class Busy(Board):
    def test_how_a_job_stands_is_told_while_others_wait_to_write(self):
        """One program writes for long, more ask to write: whoever only asks is answered all the same."""
        if self.cluster:
            self.skipTest("on a server of many they do not wait for one another")
        job = self.monitor("POST", "/api/v1/whatifs", {"set": ["mlg_standard_month=+5%"]}).json["job"]
        wait_for(job, self.monitor, ("done", "failed"))
        held = sqlite3.connect(self.root / "office/doudi.sqlite", timeout=30, isolation_level=None,
                               check_same_thread=False)
        # Everybody was seen long ago: the next request is to note that they are here.
        held.execute("update access_session set seen_at = seen_at - 120000000")
        time.sleep(2.5)  # sessions are known for two seconds
        held.execute("begin immediate")
        asked = []

        def ask():
            asked.append(self.monitor("POST", "/api/v1/uploads", {"file": "a.csv", "bytes": 3}).status)
        waiting = [threading.Thread(target=ask) for _ in range(3)]
        try:
            for thread in waiting:
                thread.start()
            answers = [self.monitor.get(f"/api/v1/jobs/{job}").status for _ in range(20)]
            told = list(asked)
        finally:
            held.execute("commit")
            held.close()
            for thread in waiting:
                thread.join()
        self.assertEqual([200] * 20, answers)
        self.assertEqual([201] * 3, asked)
        self.assertEqual([], told)  # none of them had given up: the store was held all the while


class Work(Board):
    """One after the other: the register, the files, a cycle, a closing."""

    def ask(self, path, body, client=None):
        operation = {"imports": "importUploads", "cycles": "runCycle", "closings": "closeWarnings",
                     "whatifs": "askWhatIf"}[path]
        return self.fits(operation, (client or self.monitor)("POST", f"/api/v1/{path}", body), 202)["job"]

    def test_1_uploaded_files_become_the_register_and_the_feeds(self):
        county = self.root / "county"
        files = sorted((county / "registry").iterdir())
        register = [upload(self.monitor, path, piece=1 << 16) for path in files]
        job = self.ask("imports", {"as_of": Q2, "uploads": register})
        done = wait_for(job, self.monitor)
        self.assertEqual([], self.api.faults_of("getJob", self.monitor.get(f"/api/v1/jobs/{job}")))
        self.assertFalse(done["result"]["any_refused"], done)
        self.assertGreater(done["result"]["households_placed"], 0)
        feeds = [upload(self.monitor, path) for path in sorted((county / "2025Q2").iterdir())]
        wait_for(self.ask("imports", {"as_of": Q2, "uploads": feeds}), self.monitor)
        self.assertEqual([], [p for p in (self.root / "office" / "uploads").iterdir()
                              if p.stem in register + feeds])

    def test_2_a_cycle_warns_as_the_command_line_would(self):
        job = self.ask("cycles", {"as_of": Q2})
        result = wait_for(job, self.monitor)["result"]
        counts = self.monitor.get("/api/v1/warnings/counts").json
        self.assertEqual(result["warnings_open"], counts["total"])
        self.assertGreater(counts["total"], 0)
        self.assertEqual({level["level"]: level["open"] for level in result["levels"]},
                         {level["level"]: level["count"] for level in counts["levels"]})
        again = wait_for(self.ask("cycles", {"as_of": Q2}), self.monitor)["result"]
        self.assertTrue(again["happened_before"])

    def test_3_a_closing_closes_what_is_in_reach(self):
        worker = self.account("worker", "county_caseworker")
        code = worker.get("/api/v1/warnings?limit=1").json["items"][0]["household"]
        before = worker.get("/api/v1/warnings/counts").json["total"]
        self.refused(worker("POST", "/api/v1/closings", {"as_of": Q2, "households": [code, "LCnobody"]}), 422, "fields")
        job = self.ask("closings", {"as_of": Q2, "households": [code]}, worker)
        self.assertEqual([code], wait_for(job, worker)["result"]["closed"])
        self.assertEqual(before - 1, worker.get("/api/v1/warnings/counts").json["total"])
        town = self.account("town", "township_officer", unit="first")
        self.refused(town.get(f"/api/v1/jobs/{job}"), 404, "no_such_job")

    def test_4_a_what_if_opens_down_to_its_rows(self):
        figures = (self.program.home / "samples/longchuan/parameters.yaml").read_text(encoding="utf-8")
        job = self.ask("whatifs", {"set": ["mlg_standard_month=+20%"], "parameters": figures, "as_of": Q2})
        result = wait_for(job, self.monitor)["result"]
        self.fits("listJobRows", self.monitor.get(f"/api/v1/jobs/{job}/rows"))
        rows = self.monitor.pages(f"/api/v1/jobs/{job}/rows", limit=100)
        self.assertEqual(result["moves"], len(rows))
        for category in result["categories"]:
            self.assertEqual(category["entered"], sum(
                1 for row in rows if row["category"] == category["id"] and row["step"] == "entered"))
        self.refused(self.monitor("POST", "/api/v1/whatifs", {}), 422, "fields")
        failed = wait_for(self.ask("whatifs", {"set": ["no_such=+1%"]}), self.monitor, ("failed",))
        self.assertTrue(failed["fault"]["code"])
        self.refused(self.monitor("POST", f"/api/v1/jobs/{job}/run-again"), 409, "job_state")

    def test_5_events_tell_a_job_to_its_end_and_go_on_where_they_were_left(self):
        fresh = Events(self.monitor, "/api/v1/events")
        job = self.ask("cycles", {"as_of": Q2})
        stream = Events(self.monitor, f"/api/v1/jobs/{job}/events")
        events = list(stream)
        self.assertEqual("end", events[-1]["event"])
        self.assertEqual("done", json.loads(events[-1]["data"])["state"])
        ids = [int(event["id"]) for event in events]
        self.assertEqual(sorted(set(ids)), ids)
        self.assertEqual([], list(Events(self.monitor, f"/api/v1/jobs/{job}/events", last=ids[-1])))
        self.assertEqual("end", list(Events(self.monitor, f"/api/v1/jobs/{job}/events", last=ids[0] - 1))[-1]["event"])
        told = next(event for event in fresh if event.get("event") == "monitored")
        fresh.close()
        self.assertEqual({"job": job}, json.loads(told["data"]))
        later = Events(self.monitor, "/api/v1/events", last=int(told["id"]) - 1)
        self.assertEqual(told["id"], next(event for event in later if "id" in event)["id"])
        later.close()
        self.assertEqual(400, Events(self.monitor, "/api/v1/events", last="x").status)

    def test_6_jobs_are_listed_the_newest_first(self):
        jobs = self.monitor.pages("/api/v1/jobs", limit=3)
        self.fits("listJobs", self.monitor.get("/api/v1/jobs"))
        ids = [int(job["id"]) for job in jobs]
        self.assertEqual(sorted(ids, reverse=True), ids)
        self.assertGreater(len(ids), 5)


class Killed(Board):
    """A county large enough that its import takes a while."""

    def setUp(self):
        if not (self.root / "large").exists():
            self.program.must("synth", "--residents", "150000", "--seed", "5", "large")
        self.files = sorted((self.root / "large" / "registry").iterdir())

    def begin(self):
        uploads = [upload(self.monitor, path, piece=1 << 22) for path in self.files]
        job = self.monitor("POST", "/api/v1/imports", {"as_of": Q2, "uploads": uploads}).json["job"]
        end = time.monotonic() + 60
        while self.monitor.get(f"/api/v1/jobs/{job}").json["state"] == "queued" and time.monotonic() < end:
            time.sleep(0.005)
        return job

    def test_1_a_killed_import_is_interrupted_and_can_be_run_again(self):
        job = self.begin()
        time.sleep(0.1)
        self.kill_and_serve()
        found = self.monitor.get(f"/api/v1/jobs/{job}").json
        self.assertEqual("interrupted", found["state"], found)
        self.assertEqual(200, self.monitor("POST", f"/api/v1/jobs/{job}/run-again").status)
        done = wait_for(job, self.monitor)
        self.assertEqual(2, done["attempts"])
        files = done["result"]["files"]
        rows = sum(1 for path in self.files if path.suffix == ".csv" for _ in path.open(encoding="utf-8-sig")) - 1
        self.assertIn(rows, [sum(file[k] for k in ("added", "changed", "unchanged")) for file in files])

    def test_2_a_server_that_is_told_to_stop_leaves_work_that_can_be_run_again(self):
        job = self.monitor("POST", "/api/v1/cycles", {"as_of": Q2}).json["job"]
        self.served.run.send_signal(signal.SIGTERM)
        self.assertEqual(0, self.served.run.wait(60))
        self.served.run.stdout.close()
        type(self).served = Served(self.program, "office")
        self.admin.port = self.monitor.port = self.served.port
        found = self.monitor.get(f"/api/v1/jobs/{job}").json
        self.assertIn(found["state"], ("interrupted", "queued", "running", "done"))
        if found["state"] == "interrupted":
            self.monitor("POST", f"/api/v1/jobs/{job}/run-again")
        wait_for(job, self.monitor)

    def test_3_a_job_that_waits_is_cancelled_at_once_and_one_that_runs_when_it_can(self):
        jobs = [self.monitor("POST", "/api/v1/cycles", {"as_of": Q2}).json["job"] for _ in range(3)]
        answer = self.monitor("POST", f"/api/v1/jobs/{jobs[2]}/cancel")
        self.assertIn(answer.status, (200, 409))
        if answer.status == 200:
            wait_for(jobs[2], self.monitor, ("cancelled", "done"))
        for job in jobs[:2]:
            wait_for(job, self.monitor)

    def test_4_a_second_server_of_the_same_folder_is_refused(self):
        run = self.program("serve", "--data", "office", "--listen", "127.0.0.1:0")
        self.assertEqual(1, run.code, str(run))


if __name__ == "__main__":
    main()
