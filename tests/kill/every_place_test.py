# SPDX-License-Identifier: Apache-2.0
"""The program, ended at EVERY numbered place of import, monitor and close on a county small enough for that: as by
kill -9, as by a power cut that loses what was not synced, and against a disk that is full from there on. Each time the
published rows and the bytes of the files that they name must be those before or those after, and the same command once
more must leave, row for row and byte for byte, what an unbroken run leaves. What an import on a full disk says that it
left behind must be what is there.

    kill/every_place_test.py DOUDI [--every K] [--cipher CIPHER]
        K: only each K-th place (for lanes whose program is slow); it is said.  CIPHER: of the data folder (doudi init)

One thread reads, so that place N is the same place in every run; kill_test.py beside this one runs with all of
them."""
import argparse
import collections
import concurrent.futures
import hashlib
import os
import re
import shutil
import sqlite3
import struct
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "cli"))
from program import DONE, FAILURE, SOURCE, Program  # noqa: E402  (the folder beside this one)
from small_county import CLOSED_ON, Q2, Q3, make_small_county  # noqa: E402

KILLED = 137
MODES = ("", ":lose", ":full")
# What a full disk is said to have left behind, by the state that must then be there.
SAID_OF = {"before": "nothing of this import was kept", "between": "the register was imported and stays"}
LOOKED_AT_BY_THE_PROGRAM_EVERY = 16   # places; the others are looked at by SQL only
PUBLISHED_ABOVE = {"publication": "id"}   # the other tables say `publish`
NAMED_FILES = (("segments", "arrival", "segment"), ("segments", "arrival", "findings"),
               ("originals", "arrival", "sha256"), ("segments", "cycle_memory", "segment"),
               ("segments", "roster", "segment"), ("segments", "register_keys", "segment"))


class Step:
    def __init__(self, name, *arguments, between=None):
        self.name, self.arguments = name, arguments
        self.between = between   # what an import publishes first, for it publishes twice: the register, the feeds
        self.states = []         # what an office may see: before, after, and between them
        self.total = 0


def tables(database):
    return [name for (name,) in database.execute("select name from sqlite_master where type = 'table' order by name")]


def rows_of(database, table, current):
    names = [column[1] for column in database.execute(f"pragma table_info({table})")]
    key = PUBLISHED_ABOVE.get(table, "publish" if "publish" in names else None)
    where = f" where {key} <= {current}" if key and current is not None else ""
    return [table, names, sorted(map(repr, database.execute(f"select * from {table}{where}")))]


def rows_in(data, published_only):
    """Every row of every table, or those alone that readers see."""
    with sqlite3.connect(data / "doudi.sqlite") as database:
        (current,), = database.execute("select id from current_publication")
        rows = [rows_of(database, table, current if published_only else None) for table in tables(database)]
        sound = database.execute("pragma integrity_check").fetchall() == [("ok",)]
    database.close()
    return rows, sound


def is_whole(path):
    """Does the name say what is in it? A sealed segment is named by its header, footer and trailer; any other sealed
    file by a keyed hash: whether it is whole is for the program to say, here it must have its end."""
    content = path.read_bytes()
    if content[:8] == b"DOUDISEA":
        return content[-8:] == b"AESIDUOD"
    if content[:8] == b"DOUDISEG" and content[12] != 0:
        offset, size = struct.unpack("<QQ", content[-32:-16])
        content = content[:4096] + content[offset:offset + size] + content[-32:]
    return hashlib.sha256(content).hexdigest() == path.name


def missing_files(data):
    """Files that a published row names and that are not there or hold other bytes than their name says."""
    with sqlite3.connect(data / "doudi.sqlite") as database:
        (current,), = database.execute("select id from current_publication")
        named = [(shelf, name) for shelf, table, column in NAMED_FILES for (name,) in database.execute(
            f"select distinct {column} from {table} where publish <= {current} and {column} <> ''")]
    database.close()
    return [name for shelf, name in named if not (data / shelf / name).is_file()
            or not is_whole(data / shelf / name)]


def all_files(data):
    """Every file but the database and the lock, with its bytes; by their hash they are few to compare."""
    left_out = {"doudi.sqlite", "lock"}
    return {str(p.relative_to(data)): hashlib.sha256(p.read_bytes()).hexdigest()
            for p in data.rglob("*") if p.is_file() and p.name not in left_out}


class Ending:
    """What one death showed."""

    def __init__(self, mode, place):
        self.mode, self.place = mode, place
        self.where, self.state, self.faults, self.died = "", "", [], False
        self.said = ""   # a state of SAID_OF


class EveryPlace:
    def __init__(self, binary, folder, every):
        self.doudi, self.folder, self.every = Program(binary, folder), Path(folder), every
        self.faults, self.counts, self.kinds = [], collections.Counter(), collections.Counter()

    def run(self, step, data, failpoint=None):
        threads = [] if step.arguments[0] == "close" else ["--threads", "1"]
        return self.doudi(step.arguments[0], "--data", data, *threads, *step.arguments[1:], failpoint=failpoint)

    def must_run(self, step, data, failpoint=None):
        run = self.run(step, data, failpoint)
        assert run.code == DONE, str(run)
        return run

    def unbroken(self, number, step, before):
        """Runs it once, counted, in a folder of its own; returns that folder."""
        after = self.folder / f"state{number}"
        shutil.copytree(before, after)
        counted = self.must_run(step, after, "count")
        step.total = int(counted.err.rsplit("failpoints: ", 1)[1])
        step.before, step.after = before, after
        step.states = [("before", rows_in(before, True)[0]), ("after", rows_in(after, True)[0])]
        if step.between:
            halfway = self.folder / f"between{number}"
            shutil.copytree(before, halfway)
            self.must_run(step.between, halfway)
            step.states.append(("between", rows_in(halfway, True)[0]))
        assert len({repr(rows) for _, rows in step.states}) == len(step.states), f"{step.name} changes nothing"
        step.rows_after, step.files_after = rows_in(after, False)[0], all_files(after)
        step.lists_after = self.doudi.lists(after, Q2, Q3)
        return after

    def end_at(self, step, place, mode):
        """Ends a run there, looks, runs again, looks again."""
        ending = Ending(mode, place)
        with tempfile.TemporaryDirectory(dir=self.folder, prefix="trial") as scratch:
            trial, copy = Path(scratch) / "data", Path(scratch) / "looked-at"
            shutil.copytree(step.before, trial)
            run = self.run(step, trial, f"{place}{mode}")
            self.judge_death(ending, run)
            # A copy: opening the database would do the recovery that the program must do itself.
            shutil.copytree(trial, copy)
            self.judge_state(ending, step, copy, run)
            if place % LOOKED_AT_BY_THE_PROGRAM_EVERY == 0:
                self.doudi.must("warnings", "--data", trial, "--format", "csv")
            self.judge_again(ending, step, trial)
        return ending

    @staticmethod
    def judge_death(ending, run):
        full = ending.mode == ":full"
        told = re.search(r"^failpoint (\d+): (.*)$", run.err, re.M)
        ending.died = run.code == (FAILURE if full else KILLED)
        if full:
            if run.code not in (DONE, FAILURE) or (run.code == FAILURE and "full" not in run.err):
                ending.faults.append(f"a full disk is not said: {run}")
        elif run.code != KILLED or not told or int(told[1]) != ending.place:
            ending.faults.append(f"it was not killed there: {run}")
        ending.where = told[2] if told else ""

    @staticmethod
    def judge_state(ending, step, copy, run):
        seen, sound = rows_in(copy, True)
        ending.state = next((name for name, rows in step.states if rows == seen), "")
        if not ending.state:
            ending.faults.append("what is published is neither the state before nor the state after")
        if run.code == DONE and ending.state != "after":
            ending.faults.append("it said that it was done, and it was not")
        said = [state for state, words in SAID_OF.items() if words in run.err]
        ending.said = "".join(said)
        # A disk that is full before the import begins, or behind it, is said alone.
        must_say = ending.mode == ":full" and ending.state == "between"
        if said != [ending.state] and (said or must_say):
            ending.faults.append(f"it said that the state was {said}, and it is {ending.state}: {run}")
        if not sound:
            ending.faults.append("the database is not sound")
        ending.faults += [f"a published file is not whole: {name}" for name in missing_files(copy)]

    def judge_again(self, ending, step, trial):
        again = self.run(step, trial)
        if again.code != DONE:
            ending.faults.append(f"run again: {again}")
            return
        rows, sound = rows_in(trial, False)
        if rows != step.rows_after or not sound:
            ending.faults.append("run again, the rows are not those of an unbroken run")
        if all_files(trial) != step.files_after:
            ending.faults.append("run again, the files are not those of an unbroken run")
        if ending.place % LOOKED_AT_BY_THE_PROGRAM_EVERY == 0:
            if self.doudi.lists(trial, Q2, Q3) != step.lists_after:
                ending.faults.append("run again, the lists are not those of an unbroken run")

    def judge_the_end(self, step):
        """One place further than the last there is nothing to be killed at: the count is the whole."""
        with tempfile.TemporaryDirectory(dir=self.folder, prefix="trial") as scratch:
            shutil.copytree(step.before, Path(scratch) / "data")
            run = self.run(step, Path(scratch) / "data", str(step.total + 1))
            if run.code != DONE:
                self.faults.append(f"{step.name} has more places than were counted: {run}")

    def visit(self, pool, step, places):
        trials = [(place, mode) for place in places for mode in MODES]
        endings = list(pool.map(lambda trial: self.end_at(step, *trial), trials))
        where = collections.defaultdict(dict)
        for ending in endings:
            self.faults += [f"{step.name} at {ending.place}{ending.mode}: {what}" for what in ending.faults]
            if ending.mode != ":full":
                where[ending.place][ending.mode] = ending.where
            self.counts[f"{ending.mode or ':kill'} died"] += ending.died
            self.counts[f"{ending.mode or ':kill'} {ending.state}"] += 1
            if ending.said:
                self.counts[f"{ending.mode} said {ending.said}"] += 1
        self.kinds.update(at[""] for at in where.values())
        if set(where) != set(places) or any(at.get("") != at.get(":lose") or not at[""] for at in where.values()):
            self.faults.append(f"{step.name}: a place was another one under the two modes, or was not come to")
        by_mode = [sum(e.died for e in endings if e.mode == mode) for mode in MODES]
        print(f"{step.name}: {step.total} places, {len(places)} visited: {by_mode[0]} kills, {by_mode[1]} power cuts, "
              f"{by_mode[2]} times refused for want of space", flush=True)

    def visit_all(self, pool, step):
        self.judge_the_end(step)
        self.visit(pool, step, range(self.every, step.total + 1, self.every))

    def visit_recovery(self, pool, step):
        """The run after a killed one sweeps first: killed there too, the next goes on. Killed at its last place before
        the flip, so that as much as can be lies about."""
        broken = self.folder / "broken"
        shutil.copytree(step.before, broken)
        flip = next(place for place in range(step.total, 0, -1) if self.breaks_before_the_flip(step, broken, place))
        swept = Step(f"{step.name}, after one killed at {flip}", *step.arguments)  # the register is published
        self.unbroken("-recovered", swept, broken)
        if swept.rows_after != step.rows_after or swept.files_after != step.files_after:
            self.faults.append(f"{swept.name}: not what an unbroken run leaves")
        assert swept.total > step.total, "there was nothing to sweep"
        self.visit(pool, swept, range(self.every, swept.total - step.total + 1, self.every))

    def breaks_before_the_flip(self, step, broken, place):
        shutil.rmtree(broken)
        shutil.copytree(step.before, broken)
        self.run(step, broken, str(place))
        with tempfile.TemporaryDirectory(dir=self.folder, prefix="trial") as scratch:
            shutil.copytree(broken, Path(scratch) / "copy")
            return rows_in(Path(scratch) / "copy", True)[0] != step.states[1][1]

    def too_little_seen(self):
        return [f"{what}: only {self.counts[what]}" for what in (
            ":kill before", ":kill between", ":kill after", ":lose before", ":lose between", ":lose after",
            ":full died", ":full said before", ":full said between") if self.counts[what] < 5]


def steps(to_close):
    registry = ["import", "--as-of", Q2, "small/registry"]
    registry_later = ["import", "--accept", "--as-of", Q3, "small/registry-2025Q3"]
    return [Step("import", *registry, "small/2025Q2", between=Step("register", *registry)),
            Step("monitor", "monitor", "--as-of", Q2),
            Step("close", "close", "--as-of", CLOSED_ON, *to_close),
            Step("import of the next quarter", *registry_later, "small/2025Q3",
                 between=Step("register", *registry_later)),
            Step("monitor of the next quarter", "monitor", "--as-of", Q3)]


def main(binary, every, cipher):
    # Memory where there is some: thousands of fsyncs on a busy disk only make the test wait.
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="doudi-every-", dir=memory) as folder, \
            concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        test = EveryPlace(binary, folder, every)
        to_close = make_small_county(test.doudi, SOURCE)
        test.doudi.office("state0", cipher=cipher)
        before, planned = Path(folder) / "state0", steps(to_close)
        for number, step in enumerate(planned, 1):
            before = test.unbroken(number, step, before)
        for step in planned:
            test.visit_all(pool, step)
        test.visit_recovery(pool, planned[0])
    test.faults += test.too_little_seen() if every == 1 else []
    test.faults += [f"an identity number was printed: {run}" for run in test.doudi.leaks]
    for fault in test.faults:
        print(f"FAULT {fault}")
    print("killed at: " + ", ".join(f"{where} {times}" for where, times in test.kinds.most_common()))
    print("states: " + ", ".join(f"{what} {times}" for what, times in sorted(test.counts.items())))
    print(f"{'every place' if every == 1 else f'only each {every}th place'}; {len(test.faults)} faults")
    return 1 if test.faults else 0


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    parser = argparse.ArgumentParser()
    parser.add_argument("binary")
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--cipher", default="aes-256-gcm")
    given = parser.parse_args()
    sys.exit(main(given.binary, given.every, given.cipher))
