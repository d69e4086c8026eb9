# SPDX-License-Identifier: Apache-2.0
"""A photograph that an opening named arrives late, and the server is ended at every place of its arrival, as by kill -9
and as by a power cut. Afterwards the case has it or waits for it, and nothing else has changed; its sender, who heard
nothing, sends it again, and then it is there exactly once, whole, and the log of looks is sound."""
import argparse
import contextlib
import hashlib
import http.client
import os
import shutil
import sys
import tempfile
from pathlib import Path
from types import SimpleNamespace

sys.path[:0] = [str(Path(__file__).resolve().parent.parent / part) for part in ("api", "cli")]
from office import ADMIN, UNITS, Client, Served, enter  # noqa: E402
from stores import PostgresStore, SqliteStore  # noqa: E402

KILLED = 137
PHOTO = b"\xff\xd8\xff\xe0 a photograph of a door" * 2000
NAME = hashlib.sha256(PHOTO).hexdigest()
SEEN = {
    "attachments": "select case_id, hash, type, bytes from casework_attachment order by 1, 2",
    "cases": "select id, state, events from casework_case order by 1",
    "events": "select case_id, number, move, body from casework_event order by 1, 2",
}


class Door:
    """The office's server over a state of it, with the village worker at the other end of the line."""

    def __init__(self, doudi, data, failpoint=None, *arguments):
        environment = doudi.environment()
        if hasattr(doudi, "cluster"):
            environment["DOUDI_DATABASE"] = doudi.cluster.url(Path(data).name)
        if failpoint:
            environment["DOUDI_FAILPOINT"] = failpoint
        folder = doudi.folder / f"{Path(data).name}.log"
        folder.mkdir(exist_ok=True)
        self.program = SimpleNamespace(binary=doudi.binary, folder=folder, environment=lambda: environment)
        self.served = Served(self.program, doudi.folder / data, *arguments)

    def client(self, like):
        client = Client(self.served.port)
        client.cookie, client.csrf, client.purpose = like.cookie, like.csrf, "visit"
        return client

    def send(self, like, case):
        """None: the line broke before there was an answer."""
        with contextlib.suppress(OSError, http.client.HTTPException):
            return self.client(like)("POST", f"/api/v1/cases/{case}/attachments", raw=PHOTO,
                                     headers={"Content-Type": "application/octet-stream"}, timeout=40)
        return None

    def stop(self):
        return self.served.stop()

    def places(self):
        """How many it passed, told at its end."""
        log = self.program.folder / "server.log"
        return int(log.read_text(encoding="utf-8").rsplit("failpoints: ", 1)[1])


BESIDE_THE_START = 8  # places at most that may come before or after the first answer


class Arrivals:
    def __init__(self, doudi):
        self.doudi = doudi
        self.faults, self.died, self.states = [], 0, {"before": 0, "after": 0}
        doudi.office("office")
        (doudi.folder / "units.yaml").write_text(UNITS, encoding="utf-8")
        door = Door(doudi, "office", None, "--first-administrator", ADMIN, "--units", doudi.folder / "units.yaml")
        admin = enter(Client(door.served.port), ADMIN, door.served.next_line().strip().rsplit(": ", 1)[1])
        made = admin("POST", "/api/v1/accounts", {
            "name": "village", "full_name": "village", "first_password": "for the first 1 day",
            "roles": ["village_worker"], "unit": "first", "department": ""})
        assert made.status == 201, str(made)
        self.worker = enter(Client(door.served.port), "village", "for the first 1 day")
        opened = self.worker("POST", "/api/v1/cases", {"machine": "emergency", "fields": {
            "need": "突发急病", "found_by": "discovered", "person_shown": "无证件男子", "attachments": [NAME]}})
        assert opened.status == 201, str(opened)
        self.case = opened.json["case"]
        assert door.stop() == 0
        self.seen_before = self.seen("office")

    def seen(self, data):
        return {name: self.doudi.rows(data, sql) for name, sql in SEEN.items()}

    def fault(self, where, what):
        self.faults.append(f"at {where}: {what}")

    def passed(self, work):
        """Places that a server passes from its start to its end, with that work in between."""
        with self.doudi.trial("office") as data:
            door = Door(self.doudi, data, "count")
            work(door)
            assert door.stop() == 0
            self.seen_after = self.seen(data)
            return door.places()

    def serves_after(self, place):
        """Whether the server stands before it passes that place."""
        with self.doudi.trial("office") as data:
            try:
                Door(self.doudi, data, str(place)).stop()
            except AssertionError:  # it was ended while it started
                return False
        return True

    def places(self):
        idle = self.passed(lambda _: None)
        places = self.passed(lambda door: door.send(self.worker, self.case)) - idle
        assert places > 1, f"an attachment passes {places} places"
        low, high = 0, idle + 1  # the server does not stand at `low`, it does at `high`
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if self.serves_after(middle) else (middle, high)
        return range(high, high + places)

    def judge(self, where, data):
        with self.doudi.looked_at(data) as looked_at:
            if not self.doudi.is_whole(looked_at):
                self.fault(where, "the database is not sound")
            now = self.seen(looked_at)
        for state, wanted in (("before", self.seen_before), ("after", self.seen_after)):
            if now == wanted:
                self.states[state] += 1
                return
        self.fault(where, f"neither the state before nor the state after: {now['attachments']}")

    def send_again(self, where, data):
        door = Door(self.doudi, data)
        try:
            told = door.client(self.worker).get(f"/api/v1/cases/{self.case}").json
            there = self.seen(data)["attachments"]
            if [one["hash"] for one in told["awaited"]] != ([] if there else [NAME]):
                self.fault(where, f"it is {'there' if there else 'not there'} and the case says {told['awaited']}")
            again = door.send(self.worker, self.case)
            if again is None or again.status != 201:
                self.fault(where, f"sent again: {again}")
            told = door.client(self.worker).get(f"/api/v1/cases/{self.case}").json
            kept = door.client(self.worker).get(f"/api/v1/cases/{self.case}/attachments/{NAME}")
            if told["awaited"] or kept.body != PHOTO:
                self.fault(where, f"sent again, it is still awaited or not whole: {kept.status}")
        finally:
            door.stop()
        if self.seen(data) != self.seen_after:
            self.fault(where, "sent again, it is not what an unbroken arrival leaves")
        self.doudi.must("audit", "verify", "--data", data)

    def end_at(self, place, mode, may_live=False):
        where = f"{place}{mode}"
        with self.doudi.trial("office") as data:
            answer = None
            try:
                door = Door(self.doudi, data, where)
                answer = door.send(self.worker, self.case)
                code = door.stop()
                if code not in (KILLED, -9) and not may_live:
                    self.fault(where, f"the server was not killed there: {code}, {answer}")
            except AssertionError:
                pass  # what a server does beside its start came earlier this time: it was ended before it stood
            self.died += 1
            self.judge(where, data)
            if answer is not None and self.seen(data) != self.seen_after:
                self.fault(where, f"it was answered {answer.status} and is not there")
            self.send_again(where, data)


def main(binary, every, store):
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="doudi-attachment-", dir=memory) as name, \
            contextlib.closing(store(binary, Path(name))) as doudi:
        arrivals = Arrivals(doudi)
        all_places = arrivals.places()
        # The last place always: only past the last write is the state after seen for sure. What a server does beside
        # its start may move it by a few.
        for place in sorted({*all_places[::every], all_places[-1]}):
            for mode in ("", ":lose"):
                arrivals.end_at(place, mode)
        for place in range(all_places[-1] + 1, all_places[-1] + 1 + BESIDE_THE_START):
            if arrivals.states["after"] == 0:
                arrivals.end_at(place, "", may_live=True)
        for state, seen in arrivals.states.items():
            if seen == 0:
                arrivals.fault("all", f"never the state {state}")
        faults = arrivals.faults + [f"an identity number was printed: {run}" for run in doudi.leaks]
        shutil.rmtree(Path(name) / "office.log", ignore_errors=True)
    for fault in faults:
        print(f"FAULT {fault}")
    print(f"{len(all_places)} places, {arrivals.died} deaths: {arrivals.states}, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    parser = argparse.ArgumentParser()
    parser.add_argument("binary")
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--postgres", action="store_true")
    given = parser.parse_args()
    sys.exit(main(given.binary, given.every, PostgresStore if given.postgres else SqliteStore))
