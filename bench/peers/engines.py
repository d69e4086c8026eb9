# SPDX-License-Identifier: Apache-2.0
"""Each engine makes what the quarter before leaves behind (not timed), then runs the measured quarter when asked."""
import hashlib
import json
import os
import shutil
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

from . import duck, pg
from .feeds import QUARTERS

HERE = Path(__file__).parent


@dataclass
class Run:
    engine: str
    measure: str             # "match", "arrival" or "read"
    wall: float
    cpu: float
    peak_kib: int            # resident at the most; of PostgreSQL the PSS of all its processes
    duties: dict
    anon_kib: int = 0        # Doudi tells its anonymous part
    warnings: Path | None = None
    md5: str = ""
    notes: dict = field(default_factory=dict)


def empty(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def run_process(command) -> tuple[float, float, int, dict]:
    """Wall and CPU seconds, peak resident KiB, and the line of JSON that it printed."""
    begin = time.perf_counter()
    process = subprocess.Popen([str(part) for part in command], stdout=subprocess.PIPE)
    printed = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise RuntimeError(f"{Path(command[0]).name} {command[1]} ended with {process.returncode}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss, json.loads(printed.splitlines()[-1])


class Engine:
    measure = "match"

    def __init__(self, data: Path, work: Path, threads: int, rounds: int):
        self.data, self.threads, self.rounds = data, threads, rounds
        self.state, self.out = work / f"{self.name}-state", work / f"{self.name}-out"

    def prepare(self):
        empty(self.state), empty(self.out)

    def close(self):
        pass

    def finished(self, wall, cpu, peak, told, keep=None) -> Run:
        run = Run(self.name, self.measure, wall, cpu, peak, told["duties"], told.get("rss_anon_kib", 0))
        run.notes = {key: value for key, value in told.items() if key not in ("duties", "rss_anon_kib")}
        run.warnings = self.out / "warnings.csv"
        if run.warnings.exists():
            run.md5 = hashlib.md5(run.warnings.read_bytes()).hexdigest()
        return run


class Doudi(Engine):
    before, verb = "", ""
    cipher = "aes-256-gcm"   # of the data folder, if it makes one

    def __init__(self, binary: Path, **rest):
        super().__init__(**rest)
        self.binary = binary

    def call(self, verb, state):
        return run_process([self.binary, verb, self.data, state, self.out, self.threads, self.cipher])


class Read(Doudi):
    name, measure = "read", "read"

    def run(self) -> Run:
        _, cpu, peak, told = self.call("read", self.state)
        return self.finished(told["duties"]["read"], cpu, peak, told)


class DoudiMatch(Doudi):
    name = "doudi"

    def prepare(self):
        super().prepare()
        self.call("remember", self.state)

    def run(self) -> Run:
        empty(self.out)
        return self.finished(*self.call("match", self.state))


class DoudiArrive(Doudi):
    """Sealed unless a cipher is named: none, or the other one."""
    measure = "arrival"
    names = {"aes-256-gcm": "doudi-arrival", "sm4-ctr-hmac-sm3": "doudi-arr-sm4", "none": "doudi-arr-plain"}

    def __init__(self, cipher="aes-256-gcm", **rest):
        self.name, self.cipher = self.names[cipher], cipher
        super().__init__(**rest)

    def prepare(self):
        super().prepare()
        self.call("prepare", self.state / "folder")

    def run(self) -> Run:
        empty(self.out)
        folder = self.clone()
        try:
            return self.finished(*self.call("arrive", folder))
        finally:
            shutil.rmtree(folder)

    def clone(self) -> Path:
        """A copy of the data folder; what is never changed (originals, segments) as links."""
        folder = self.state / "clone"
        shutil.rmtree(folder, ignore_errors=True)

        def link_or_copy(source, target):
            fixed = Path(source).parent.name in ("segments",
                "originals") or Path(source).parent.parent.name in ("segments", "originals")
            os.link(source, target) if fixed else shutil.copy2(source, target)
        shutil.copytree(self.state / "folder", folder, copy_function=link_or_copy)
        os.sync()
        return folder


class Duck(Engine):
    """Both measures begin with the same memory, which is made once."""

    def __init__(self, work: Path, **rest):
        super().__init__(work=work, **rest)
        self.state = work / "duckdb-state"

    def steps(self) -> dict:
        raise NotImplementedError

    def run(self) -> Run:
        empty(self.out)
        plan = duck.write(self.steps(), self.state / "steps.json")
        return self.finished(*run_process(["node", HERE / "duckdb.mjs", plan]))

    def prepare(self):
        empty(self.out)
        if (self.state / "steps.json").exists():
            return
        empty(self.state)
        plan = duck.write(duck.remember(self.data, self.state, self.threads), self.state / "steps.json")
        run_process(["node", HERE / "duckdb.mjs", plan])

    def close(self):
        shutil.rmtree(self.state, ignore_errors=True)


class DuckMatch(Duck):
    name = "duckdb"

    def steps(self):
        return duck.match(self.data, self.state, self.out, self.threads, with_quality=False)


class DuckArrive(Duck):
    name, measure = "duckdb-arrival", "arrival"

    def steps(self):
        return duck.arrive(self.data, self.state, self.out, self.threads)


class Postgres(Engine):
    clusters: dict = {}

    def __init__(self, way: str, **rest):
        self.way, self.name = way, f"postgres-{way}"
        super().__init__(**rest)
        self.folder = rest["work"] / "postgres-cluster"

    def prepare(self):
        super().prepare()
        if str(self.folder) not in self.clusters:
            cluster = pg.Cluster(self.folder)
            self.clusters[str(self.folder)] = cluster
            cluster.start()
            pg.once(cluster)
            pg.remember(cluster, self.data, self.state)
        self.cluster = self.clusters[str(self.folder)]

    def run(self) -> Run:
        empty(self.out)
        clients = os.times()
        server = self.cluster.cpu_seconds()
        with pg.MemoryWatch(self.cluster) as watch:
            begin = time.perf_counter()
            duties = pg.cycle(self.cluster, self.data, QUARTERS[1], self.out, self.way)
            wall = time.perf_counter() - begin
        after = os.times()
        cpu = self.cluster.cpu_seconds() - server
        cpu += after.children_user + after.children_system - clients.children_user - clients.children_system
        run = self.finished(wall, cpu, watch.most, {"duties": duties})
        pg.reset(self.cluster)
        return run

    def close(self):
        cluster = self.clusters.pop(str(self.folder), None)
        if cluster:
            cluster.stop()
