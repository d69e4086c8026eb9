# SPDX-License-Identifier: Apache-2.0
"""The confirmation and the undo of a change of the register, ended at EVERY place where they write, as by kill -9 and
as by a power cut that loses what was not synced: a merge whose household has an open warning, a split, a move to
another office; and the import of a register that leaves a member out, who is asked about once. Each time the office
sees the state before or the state after: members, households, their offices, warnings, questions; and the same command
once more leaves what an unbroken run leaves.

    kill/upkeep_kill_test.py DOUDI [--every K] [--postgres]
        K: only each K-th place (for lanes whose program is slow); it is said"""
import argparse
import concurrent.futures
import contextlib
import csv
import json
import os
import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "cli"))
from program import DONE, SOURCE  # noqa: E402
from small_county import Q2, Q3, make_small_county  # noqa: E402
from stores import PostgresStore, SqliteStore  # noqa: E402

KILLED = 137
MONTH = "2025-08-01"
DAY = "2025-07-15"
UNITS = """# SPDX-License-Identifier: Apache-2.0
- {code: county, title: 样例县, kind: county, region: "441699", from: 2020-01-01}
- {code: first, title: 第一镇, kind: township, parent: county, region: "441699101", from: 2020-01-01}
- {code: second, title: 第二镇, kind: township, parent: county, region: "441699102", from: 2020-01-01}
"""
# What an office sees, but for what is sealed anew by each run and for the hour.
SEEN = {
    "steps": "select change_case, n, state, by_name, reason, warnings from change_step order by 1, 2",
    "cases": "select id, kind, effective_on, follows from change_case order by 1",
    "households": "select h.id, h.code, h.ended_on, h.successor, p.as_of from household h join publication p on"
                  " p.id = h.publish join current_publication c on h.publish <= c.id order by 1, h.publish",
    "members": "select m.id, m.household, p.as_of from member m join publication p on p.id = m.publish"
               " join current_publication c on m.publish <= c.id order by 1, m.publish",
    "effects": "select e.change_case from change_effect e join current_publication c on e.publish <= c.id order by 1",
    "subjects": "select s.change_case, s.subject, s.id, s.stand_in from change_subject s join current_publication c on"
                " s.publish <= c.id order by 1, 2, 3",
    "offices": "select * from household_unit order by 1, 2, 3",
    "warnings": "select w.id, w.household, w.state, w.due_on, w.closed_why from warning w join current_publication c on"
                " w.publish <= c.id order by w.id, w.publish",
    "proposals": "select r.publish, r.last_household, r.last_member from register_proposal r join current_publication c"
                 " on r.publish <= c.id order by 1",
    "successions": "select s.warning, s.heir, s.restored from warning_succession s join current_publication c on"
                   " s.publish <= c.id order by s.warning, s.publish",
}


def second_register(registry):
    """One household has another address, one member of a household of several is in the file no more."""
    done = set()
    for path in registry.glob("*.csv"):
        head, *lines = path.read_text(encoding="utf-8-sig").splitlines(keepends=True)
        if "与户主关系" in head:
            households = [line.split(",")[head.split(",").index("户编号")] for line in lines]
            lines.pop(next(at for at in reversed(range(len(lines))) if households.count(households[at]) > 1))
            done.add("member")
        else:
            lines[2] = lines[2].replace("号,", "号之二,", 1)
            done.add("household")
        path.write_text("".join([head, *lines]), encoding="utf-8")
    assert done == {"member", "household"}, done


class Killed:
    """A command that is ended at every place of it."""
    takes_effect = True   # which is a transaction of its own, behind the step

    def __init__(self, doudi, folder, before, name, arguments):
        self.doudi, self.folder, self.before, self.name, self.arguments = doudi, folder, before, name, arguments
        self.faults, self.died, self.states = [], 0, {"before": 0, "confirmed": 0, "after": 0}

    def seen(self, data):
        return {name: self.doudi.rows(data, sql) for name, sql in SEEN.items()}

    def run(self, data, failpoint=None):
        return self.doudi("register", *self.arguments[:1], "--data", data, *self.arguments[1:], failpoint=failpoint)

    def fault(self, where, what):
        self.faults.append(f"{self.name} at {where}: {what}")

    def unbroken(self):
        self.seen_before = self.seen(self.before)
        data = self.doudi.trial(self.before).__enter__()  # it stays: the next command begins with it
        counted = self.run(data, "count")
        assert counted.code == DONE, str(counted)
        self.seen_after = self.seen(data)
        assert self.seen_after != self.seen_before, f"{self.name} changes nothing"
        # A confirmation is one word of a person, and what follows from it another transaction: in between the case is
        # confirmed and waits, as one does whose day is to come.
        self.seen_confirmed = {**self.seen_before, "steps": self.seen_after["steps"]} if self.takes_effect else None
        return data, int(counted.err.rsplit("failpoints: ", 1)[1])

    def judge(self, where, looked_at):
        now = self.seen(looked_at)
        for state, wanted in (("before", self.seen_before), ("after", self.seen_after),
                              ("confirmed", self.seen_confirmed)):
            if now == wanted:
                self.states[state] += 1
                return
        other = [name for name in SEEN if now[name] not in (self.seen_before[name], self.seen_after[name])]
        self.fault(where, f"neither the state before nor the state after: {other or 'a mixture'}")

    def end_at(self, place, mode):
        where = f"{place}{mode}"
        with self.doudi.trial(self.before) as data:
            run = self.run(data, where)
            self.died += run.code == KILLED
            if run.code != KILLED:
                self.fault(where, f"it was not killed there: {run}")
            with self.doudi.looked_at(data) as looked_at:
                if not self.doudi.is_whole(looked_at):
                    self.fault(where, "the database is not sound")
                self.judge(where, looked_at)
                done = self.seen(looked_at) == self.seen_after
            again = self.run(data)
            if again.code != DONE and not (done and self.says_it_is_done(again)):
                self.fault(where, f"run again: {again}")
            if not self.same_after(self.seen(data), done):
                self.fault(where, "run again, it is not what an unbroken run leaves")
            self.doudi.must("audit", "verify", "--data", data)

    def says_it_is_done(self, run):
        return "was decided" in run.err

    def same_after(self, now, done):
        return now == self.seen_after

    def visit(self, pool, every):
        data, total = self.unbroken()
        trials = [(place, mode) for place in range(1, total + 1, every) for mode in ("", ":lose")]
        for outcome in pool.map(lambda trial: self.end_at(*trial), trials):
            assert outcome is None
        print(f"{self.name}: {total} places, {len(trials)} deaths: {self.states}", flush=True)
        for state in ("before", "after"):
            if self.states[state] == 0:
                self.fault("all", f"never the state {state}")
        return data


class Imported(Killed):
    takes_effect = False

    def run(self, data, failpoint=None):
        return self.doudi("import", "--data", data, "--threads", 1, *self.arguments, failpoint=failpoint)


class Proposed(Killed):
    """Proposed again where it was proposed already, an undo is a second case: the first must be whole."""
    takes_effect = False

    def same_after(self, now, done):
        if not done:
            return now == self.seen_after
        return all(now[name][:len(self.seen_after[name])] == self.seen_after[name] for name in ("cases", "steps"))

    def says_it_is_done(self, run):
        return False


class Office:
    def __init__(self, doudi, folder):
        self.doudi, self.folder = doudi, folder
        self.data = folder / "office"
        doudi.office("office")
        (folder / "units.yaml").write_text(UNITS, encoding="utf-8")
        doudi.must("units", "load", "--data", "office", "units.yaml")
        doudi.must("import", "--data", "office", "--as-of", Q2, "small/registry", "small/2025Q2")
        doudi.must("monitor", "--data", "office", "--as-of", Q2)

    def listed(self, data, *command):
        return list(csv.DictReader(self.doudi.must(*command, "--data", data, "--format", "csv").out.splitlines()))

    def proposed(self, data, **wish):
        """Its number; as if another system user had proposed it."""
        path = self.folder / "wish.json"
        path.write_text(json.dumps({"paper": "某证明", **wish}), encoding="utf-8")
        number = self.doudi.must("register", "propose", "--data", data, path).out.split("case ")[1].split(":")[0]
        self.by_another(data, number)
        return number

    def by_another(self, data, number):
        self.doudi.change(data, f"update change_step set by_name = 'other' where change_case = {number} and n = 1")

    def members(self, code):
        return [row["member"] for row in self.listed(self.data, "register", "household", code)]


def main(binary, every, store):
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="doudi-upkeep-", dir=memory) as name, \
            concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool, contextlib.ExitStack() as stack:
        folder = Path(name)
        doudi = stack.enter_context(contextlib.closing(store(binary, folder)))
        make_small_county(doudi, SOURCE)
        shutil.copytree(SOURCE / "access", doudi.home / "access")
        office = Office(doudi, folder)
        warned = office.listed(office.data, "warnings")[0]["household_id"]
        codes = sorted({row[0] for row in doudi.rows(office.data, "select code from household")} - {warned})
        large = next(code for code in codes if len(office.members(code)) > 1)
        heir = next(code for code in codes if code != large)
        merge = office.proposed(
            office.data, kind="merge", effective_on=DAY,
            households=[{"code": warned, "ends": True, "successor": heir}],
            persons=[{"id": one, "household": heir} for one in office.members(warned)])
        split = office.proposed(
            office.data, kind="split", effective_on=DAY,
            persons=[{"id": office.members(large)[-1], "household": "NEW1"}],
            households=[{"code": "NEW1", "opens": True, "fields": {"region": "441699101001"}}])
        move = office.proposed(office.data, kind="move", effective_on=MONTH,
                               households=[{"code": heir, "unit": "second"}])
        tests = []

        def visited(test):
            tests.append(test)
            return test.visit(pool, every)

        merged = visited(Killed(doudi, folder, office.data, "confirm a merge",
                                ["confirm", merge, "--warnings", "carry"]))
        visited(Killed(doudi, folder, office.data, "confirm a split", ["confirm", split]))
        visited(Killed(doudi, folder, office.data, "confirm a move", ["confirm", move]))
        doudi.must("synth", "--residents", "600", "--seed", "2", "--style", "csv", "plain")
        second_register(folder / "plain/registry")
        visited(Imported(doudi, folder, office.data, "import a register", ["--as-of", Q3, "plain/registry"]))
        undone = visited(Proposed(doudi, folder, merged, "propose an undo", ["undo", merge]))
        counter = str(doudi.rows(undone, "select max(id) from change_case")[0][0])
        office.by_another(undone, counter)
        visited(Killed(doudi, folder, undone, "confirm an undo", ["confirm", counter]))
        faults = [fault for test in tests for fault in test.faults]
        faults += [f"an identity number was printed: {run}" for run in doudi.leaks]
    for fault in faults:
        print(f"FAULT {fault}")
    print(f"{sum(test.died for test in tests)} deaths, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    parser = argparse.ArgumentParser()
    parser.add_argument("binary")
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--postgres", action="store_true")
    given = parser.parse_args()
    sys.exit(main(given.binary, given.every, PostgresStore if given.postgres else SqliteStore))
