# SPDX-License-Identifier: Apache-2.0
"""The real program in a throw-away folder, as a person at a terminal has it: arguments in, exit code and words out.
Every word that any run prints is looked through for an identity number; tests ask `leaks()` at their end."""
import os
import re
import signal
import subprocess
import time
from pathlib import Path

SOURCE = Path(__file__).resolve().parent.parent.parent
DONE, FAILURE, USAGE, FILE_REFUSED = 0, 1, 2, 3
# 17 digits in a row, or a 15-digit number of old: nothing that the program says may hold one.
NUMBER = re.compile(r"(?<![0-9a-fA-F])[0-9]{15}(?:[0-9]{2}[0-9Xx]?)?(?![0-9a-fA-F])")


class Run:
    def __init__(self, arguments, done):
        self.arguments = [str(a) for a in arguments]
        self.code = done.returncode
        self.out = (done.stdout or b"").decode("utf-8")
        self.err = (done.stderr or b"").decode("utf-8")

    def __str__(self):
        said = f"out: {self.out[:1500]}\n  err: {self.err[:1500]}"
        return f"doudi {' '.join(self.arguments)}\n  exit {self.code}\n  {said}"


class Program:
    """One binary and one folder to work in; the language is said with every run, so the machine's own has no say."""

    def __init__(self, binary, folder):
        self.binary = Path(binary).resolve()
        self.folder = Path(folder)
        self.home = SOURCE  # where packs, datasets and calendar lie
        self.database = None  # a PostgreSQL that all commands work on, as DOUDI_DATABASE names it
        self.leaks = []

    def environment(self):
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("DOUDI_", "LC_", "LANG"))}
        database = {"DOUDI_DATABASE": self.database} if self.database else {}
        return {**kept, **database, "DOUDI_HOME": str(self.home)}

    def start(self, *arguments, lang="en"):
        """Runs beside the test, which may send it a signal."""
        return subprocess.Popen([str(self.binary), "--lang", lang, *map(str, arguments)], cwd=self.folder,
                                env=self.environment(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE)

    @staticmethod
    def wait_until_it_catches_interrupts(run):
        caught = 1 << (signal.SIGINT - 1)
        for _ in range(10_000):
            status = Path(f"/proc/{run.pid}/status").read_text(encoding="utf-8")
            if int(re.search(r"SigCgt:\s*(\w+)", status)[1], 16) & caught:
                return
            time.sleep(0.001)
        raise AssertionError("the program does not catch SIGINT")

    def __call__(self, *arguments, lang="en", failpoint=None, stdout=subprocess.PIPE, env=None, stdin=None):
        environment = self.environment()
        if failpoint:
            environment["DOUDI_FAILPOINT"] = failpoint
        environment.update(env or {})
        said = ["--lang", lang, *arguments] if lang else list(arguments)
        given = {"stdin": subprocess.DEVNULL} if stdin is None else {"input": stdin}
        done = subprocess.run([str(self.binary), *map(str, said)], cwd=self.folder, env=environment,
                              **given, stdout=stdout, stderr=subprocess.PIPE, check=False,
                              timeout=120)
        run = Run(said, done)
        if NUMBER.search(run.out) or NUMBER.search(run.err):
            self.leaks.append(run)
        return run

    def must(self, *arguments, code=DONE, **how):
        run = self(*arguments, **how)
        if run.code != code:
            raise AssertionError(f"exit {code} expected: {run}")
        return run

    def office(self, data, baseline="2025-03-31", cipher="aes-256-gcm", pack="guangdong-2021"):
        """A fresh data folder."""
        self.must("init", "--data", data, "--policy", pack, "--baseline", baseline, "--cipher", cipher)
        return data

    def lists(self, data, *days):
        """All that the office can see, as CSV."""
        shown = [self.must(name, "--data", data, "--format", "csv").out for name in ("warnings", "exits")]
        shown += [self.must("quality", "--data", data, "--as-of", day, "--format", "csv").out for day in days]
        return "\n".join(shown)
