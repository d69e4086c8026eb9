# SPDX-License-Identifier: Apache-2.0
"""What deletes for good, ended at places all over it, as by kill -9 and as by a power cut: removal by terms, forgetting
a household, sealing a plain folder where it lies. Each time the folder opens, monitors and tells why as before; the
same command once more completes it; and no file is left that no row names.

    kill/privacy_kill_test.py DOUDI [--places N] [--postgres]
        N: of each command and way to die (12)"""
import argparse
import concurrent.futures
import contextlib
import os
import shutil
import sys
import tempfile
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent.parent / name) for name in ("cli", "sealed")]
from program import DONE, SOURCE  # noqa: E402
from small_county import CLOSED_ON, Q2, Q3, make_small_county  # noqa: E402
from stores import PostgresStore, SqliteStore  # noqa: E402
from terms import home_with_terms  # noqa: E402

KILLED = 137
NAMED = (("segments", "arrival", "segment", None), ("segments", "arrival", "findings", None),
         ("originals", "arrival", "sha256", "original_removal"), ("segments", "cycle_memory", "segment", None),
         ("segments", "roster", "segment", None), ("segments", "register_keys", "segment", None))


def named_files(doudi, data):
    found = set()
    for shelf, table, column, removal in NAMED:
        kept = f" and {removal} is null" if removal else ""
        found |= {(shelf, name) for (name,) in
                  doudi.rows(data, f"select {column} from {table} where {column} <> ''{kept}")}
    return found


def lying_files(data):
    return {(shelf, path.name) for shelf in ("segments", "originals") for path in (data / shelf).iterdir()}


class Killed:
    """A command that is ended at places of it."""

    def __init__(self, doudi, folder, before, name, arguments, keys=True):
        self.doudi, self.folder, self.before, self.name = doudi, folder, before, name
        self.arguments, self.keys, self.faults, self.died = arguments, keys, [], 0

    def run(self, data, failpoint=None):
        return self.doudi(*self.arguments[:2], "--data", data, *self.arguments[2:], failpoint=failpoint)

    def seen(self, data):
        """What an office sees, and the reasons of two warnings, without the proofs that a removal adds to them."""
        shown = self.doudi.lists(data)
        for line in shown.splitlines()[1:3]:
            told = self.doudi.must("warning", "--data", data, line.split(",")[0]).out
            shown += "\n".join(line for line in told.splitlines() if "(proof " not in line)
        return shown

    def fault(self, where, what):
        self.faults.append(f"{self.name} at {where}: {what}")

    def check_whole(self, where, data, done):
        if not self.doudi.is_whole(data):
            self.fault(where, "the database is not sound")
        missing = named_files(self.doudi, data) - lying_files(data)
        if missing:
            self.fault(where, f"a row names files that are gone: {missing}")
        left = lying_files(data) - named_files(self.doudi, data)
        if done and left:
            self.fault(where, f"files are left: {left}")

    def end_at(self, place, mode):
        where = f"{place}{mode}"
        with self.doudi.trial(self.before, self.keys) as data:
            run = self.run(data, where)
            self.died += run.code == KILLED
            if run.code not in (DONE, KILLED):
                self.fault(where, str(run))
            with self.doudi.looked_at(data) as looked_at:
                self.check_whole(where, looked_at, done=False)
            if self.seen(data) not in (self.seen_before, self.seen_after):
                self.fault(where, "an office sees something else")
            again = self.run(data)
            if again.code != DONE and "sealed already" not in again.err:
                self.fault(where, f"run again: {again}")
            self.doudi.must("monitor", "--data", data, "--as-of", Q3)  # also sweeps
            self.check_whole(where, data, done=True)
            self.doudi.must("audit", "verify", "--data", data)
            self.check_after(where, data)

    def check_after(self, where, data):
        """What this command is for."""

    def visit(self, pool, places):
        with self.doudi.trial(self.before, self.keys) as data:
            self.seen_before = self.seen(data)
            counted = self.run(data, "count")
            assert counted.code == DONE, str(counted)
            total = int(counted.err.rsplit("failpoints: ", 1)[1])
            self.seen_after = self.seen(data)
            self.doudi.must("monitor", "--data", data, "--as-of", Q3)
            self.check_after("its end", data)
        step = max(1, total // places)
        trials = [(place, mode) for place in range(1 + step // 2, total + 1, step) for mode in ("", ":lose")]
        for outcome in pool.map(lambda trial: self.end_at(*trial), trials):
            assert outcome is None
        print(f"{self.name}: {total} places, {len(trials)} trials, {self.died} died", flush=True)
        if self.died < len(trials) // 2:
            self.fault("all", "it hardly ever died")


class Terms(Killed):
    def check_after(self, where, data):
        due = self.doudi.must("retention", "run", "--dry-run", "--data", data).out
        if "nothing is due" not in due:
            self.fault(where, f"something is left: {due}")
        proofs = self.doudi.rows(data, "select count(*) from removal where state = 'done'")
        if proofs == [(0,)] or lying_files(data) == set():
            self.fault(where, "no proof, or nothing is left")


class Forgotten(Killed):
    def check_after(self, where, data):
        if self.doudi.rows(data, "select count(*) from member m join household h on h.id = m.household where h.code = "
                      f"'{self.arguments[3]}' and (m.sealed is not null or m.id_number is not null)") != [(0,)]:
            self.fault(where, "something of them is left")


class SealedInPlace(Killed):
    def check_after(self, where, data):
        if self.doudi.rows(data, "select count(*) from setting where name = 'cipher'") != [(1,)] or \
                self.doudi.rows(data, "select count(*) from member where sealed is null or name <> ''") != [(0,)]:
            self.fault(where, "it is not sealed")
        plain = [path for shelf in ("segments", "originals") for path in (data / shelf).iterdir()
                 if path.read_bytes()[:8] not in (b"DOUDISEG", b"DOUDISEA")]
        if plain:
            self.fault(where, f"plain files are left: {plain}")


def make_state(doudi, name, to_close, cipher):
    doudi.office(name, cipher=cipher)
    for day, quarter, registry in ((Q2, "small/2025Q2", "small/registry"),
                                   (Q3, "small/2025Q3", "small/registry-2025Q3")):
        doudi.must("import", "--data", name, "--as-of", day, registry, quarter)
        doudi.must("monitor", "--data", name, "--as-of", day)
        if day == Q2:
            doudi.must("close", "--data", name, "--as-of", CLOSED_ON, *to_close)
    return doudi.folder / name


def main(binary, places, store):
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="doudi-privacy-", dir=memory) as folder, \
            concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool, contextlib.ExitStack() as stack:
        folder = Path(folder)
        doudi = stack.enter_context(contextlib.closing(store(binary, folder)))
        to_close = make_small_county(doudi, SOURCE)
        home_with_terms(SOURCE, doudi.home / "terms", closed_warning=3650)
        for name in ("access",):
            shutil.copytree(doudi.home / "terms" / name, doudi.home / name, dirs_exist_ok=True)
        sealed = make_state(doudi, "sealed", to_close, "aes-256-gcm")
        plain = make_state(doudi, "plain", to_close, "none")
        household = doudi.rows(sealed, "select min(code) from household")[0][0]
        tests = [Terms(doudi, folder, sealed, "removal by terms", ["retention", "run"]),
                 Forgotten(doudi, folder, sealed, "forgetting",
                           ["retention", "forget", "--household", household, "--reason", "test"]),
                 SealedInPlace(doudi, folder, plain, "sealing", ["keys", "seal"], keys=False)]
        for test in tests:
            test.visit(pool, places)
        faults = [fault for test in tests for fault in test.faults]
        faults += [f"an identity number was printed: {run}" for run in doudi.leaks]
    for fault in faults:
        print(f"FAULT {fault}")
    print(f"{len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    parser = argparse.ArgumentParser()
    parser.add_argument("binary")
    parser.add_argument("--places", type=int, default=12)
    parser.add_argument("--postgres", action="store_true")
    given = parser.parse_args()
    sys.exit(main(given.binary, given.places, PostgresStore if given.postgres else SqliteStore))
