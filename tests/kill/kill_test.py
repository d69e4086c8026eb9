# SPDX-License-Identifier: Apache-2.0
"""The program with all its threads, killed: every command that writes is ended at some of its numbered failpoints
(DOUDI_FAILPOINT; every_place_test.py beside this one goes to all of them, with one thread and fewer rows), as by kill
-9, as by a power cut that loses what was not synced, and against a disk that is full from there on. Afterwards an
office sees the state before or the state after, to the byte; and the same command once more makes it the state after,
with nothing left lying about.

    kill_test.py DOUDI [--postgres]     folders are temporary ones; on PostgreSQL fewer places are
                                        visited"""
import contextlib
import os
import sys
import tempfile

from stores import PostgresStore, SqliteStore  # it also shows the way to the next one
from program import DONE, FAILURE

Q2, Q3, CLOSED_ON = "2025-06-30", "2025-09-30", "2025-07-15"
KILLED = 137
ALL_LISTS_EVERY = 10   # trials; the others compare only the lists that the command changes


class Step:
    """One command that writes; `shows` tell its before from its after; at most `most` places are visited."""

    def __init__(self, name, arguments, shows, said_when_done, most):
        self.name, self.arguments, self.shows = name, arguments, shows
        self.said_when_done, self.most = said_when_done, most
        self.before = self.after = ""  # folders


STEPS = [
    Step("import register", ["import", "--as-of", Q2, "county/registry"], [], "for this day before", 8),
    Step("import quarter", ["import", "--as-of", Q2, "county/2025Q2"], [["quality", "--as-of", Q2]],
         "for this day before", 24),
    Step("monitor", ["monitor", "--as-of", Q2], [["warnings"]], "nothing changed", 12),
    Step("close", ["close", "--as-of", CLOSED_ON, "--list", "county/close-2025Q2.csv"], [["warnings"]],
         "left as they are", 10),
    Step("import next quarter", ["import", "--as-of", Q3, "county/2025Q3"], [["quality", "--as-of", Q3]],
         "for this day before", 8),
    Step("monitor next quarter", ["monitor", "--as-of", Q3], [["exits"]], "nothing changed", 8),
]


def kept_files(data):
    """The names of all kept files: by content, so equal names are equal files."""
    return sorted(str(p.relative_to(data)) for shelf in ("originals", "segments") for p in (data / shelf).iterdir())


def spread(total, most):
    """All of 1..total, or the first and last few and every k-th between."""
    if total <= most:
        return list(range(1, total + 1))
    ends = most // 4
    stride = -(-(total - 2 * ends) // (most - 2 * ends))
    return sorted({*range(1, ends + 1), *range(ends + 1, total - ends, stride), *range(total - ends + 1, total + 1)})


class Killing:
    def __init__(self, doudi, share):
        self.doudi, self.share = doudi, share  # of the places that each step says
        self.folder, self.trial = doudi.folder, doudi.folder / "trial"
        self.faults, self.trials = [], 0
        self.killed = self.refused = self.stood_before = self.stood_after = 0

    def run(self, step, data, failpoint=None):
        return self.doudi(step.arguments[0], "--data", data, *step.arguments[1:], failpoint=failpoint)

    def undisturbed(self):
        self.doudi.must("synth", "--residents", "2000", "--seed", "3", "county")
        self.doudi.office("state0")
        for number, step in enumerate(STEPS):
            step.before, step.after = f"state{number}", f"state{number + 1}"
            self.doudi.copy(step.before, step.after)
            made = self.run(step, step.after)
            assert made.code == DONE, str(made)

    def seen(self, step, data, everything):
        if everything:
            return self.doudi.lists(data, Q2, Q3)
        return [self.doudi.must(*show[:1], "--data", data, *show[1:], "--format", "csv").out for show in step.shows]

    def fault(self, step, place, what):
        self.faults.append(f"{step.name} at {place}: {what}")

    def fresh(self, step):
        self.doudi.copy(step.before, "trial")

    def judge_death(self, step, place, run):
        full = place.endswith(":full")
        if run.code not in (DONE, FAILURE if full else KILLED):
            self.fault(step, place, f"ended otherwise: {run}")
        if full and run.code == FAILURE and "full" not in run.err:
            self.fault(step, place, f"the full disk is not said: {run}")
        self.refused += full and run.code == FAILURE
        self.killed += not full and run.code == KILLED

    def judge_state(self, step, place, run, states, everything):
        seen = self.seen(step, "trial", everything)
        before, after = states[everything]
        self.stood_before += before != after and seen == before
        self.stood_after += before != after and seen == after
        if seen not in (before, after):
            self.fault(step, place, "neither the state before nor the state after")
        if run.code == DONE and seen != after:
            self.fault(step, place, "it said that it was done, and it was not")

    def judge_again(self, step, place, states, everything):
        """The command once more: the state after, no orphan, a sound database; a third time nothing is to do."""
        again = self.run(step, "trial")
        if again.code != DONE:
            return self.fault(step, place, f"run again: {again}")
        if self.seen(step, "trial", everything) != states[everything][1]:
            self.fault(step, place, "run again, the lists are not those of the undisturbed run")
        if kept_files(self.trial) != kept_files(self.folder / step.after):
            self.fault(step, place, "run again, files are missing or left over")
        if not self.doudi.is_sound("trial"):
            self.fault(step, place, "the database is not sound")
        if everything:
            third = self.run(step, "trial")
            if third.code != DONE or step.said_when_done not in third.out + third.err:
                self.fault(step, place, f"a third time, it does not say that nothing is to do: {third}")

    def end_at(self, step, place, states):
        self.fresh(step)
        everything = self.trials % ALL_LISTS_EVERY == 0
        self.trials += 1
        run = self.run(step, "trial", failpoint=place)
        self.judge_death(step, place, run)
        self.judge_state(step, place, run, states, everything)
        self.judge_again(step, place, states, everything)

    def kill(self, step):
        states = [(self.seen(step, step.before, everything),
                   self.seen(step, step.after, everything)) for everything in (False, True)]
        self.fresh(step)
        total = int(self.run(step, "trial", failpoint="count").err.rsplit("failpoints: ", 1)[1])
        chosen = spread(total, max(4, step.most // self.share))
        for number, place in enumerate(chosen):
            self.end_at(step, f"{place}", states)
            self.end_at(step, f"{place}:lose", states)
            if number % 5 == 0:
                self.end_at(step, f"{place}:full", states)
        print(f"{step.name}: {total} failpoints, {len(chosen)} of them visited")


def main(binary, on_postgres):
    # Memory where there is some: thousands of fsyncs on a busy disk only make the test wait.
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="doudi-kill-", dir=memory) as folder, \
            contextlib.closing((PostgresStore if on_postgres else SqliteStore)(binary, folder)) as doudi:
        share = 3 if on_postgres else 1
        killing = Killing(doudi, share)
        killing.undisturbed()
        for step in STEPS:
            killing.kill(step)
    enough = (killing.killed >= 100 // share, killing.refused >= 8 // share, killing.stood_before >= 50 // share,
              killing.stood_after >= 10 // share)
    if not all(enough):
        killing.faults.append("too few deaths to say anything")
    killing.faults += [f"an identity number was printed: {run}" for run in killing.doudi.leaks]
    for fault in killing.faults:
        print(f"FAULT {fault}")
    print(f"{killing.killed} kills and {killing.refused} full disks: the state before {killing.stood_before} times, "
          f"after {killing.stood_after} times; {len(killing.faults)} faults")
    return 1 if killing.faults else 0


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(main(sys.argv[1], sys.argv[2:] == ["--postgres"]))
