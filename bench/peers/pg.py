# SPDX-License-Identifier: Apache-2.0
"""PostgreSQL in a cluster of its own, on a unix socket only, and what it is given to do.

Two ways in: "copy" loads every file with COPY FREEZE into unlogged tables, "fdw" reads the files where they lie. Both
take the first seventeen digits as a bigint and run the same statements, in two sessions at a time with about half of
the bytes each.
"""
import os
import shutil
import subprocess
import tempfile
import threading
import time
from pathlib import Path

from . import match_sql as sql
from .feeds import MEMBER_COLUMNS, MEMBERS, QUARTERS, feeds_of

HERE = Path(__file__).parent
DIALECT = sql.Postgres()
SETTINGS = {
    "listen_addresses": "", "shared_buffers": "2GB", "work_mem": "1GB", "maintenance_work_mem": "1GB",
        "wal_level": "minimal",
    "max_wal_senders": "0", "max_wal_size": "8GB", "checkpoint_timeout": "1h", "autovacuum": "off", "fsync": "on",
    "synchronous_commit": "off", "full_page_writes": "off", "max_parallel_workers": "2",
        "max_parallel_workers_per_gather": "2",
    "max_worker_processes": "4", "jit": "on", "effective_cache_size": "8GB", "random_page_cost": "1.1",
}
# What decides the order of a file's rows must not be spread over workers, and a hash join keeps to that order.
IN_ORDER = ("SET max_parallel_workers_per_gather = 0; SET enable_mergejoin = off; SET enable_nestloop = off; "
            "SET enable_sort = off;\n")


class Cluster:
    def __init__(self, folder: Path):
        self.folder = folder
        self.bin = Path(subprocess.run(["pg_config", "--bindir"], check=True, capture_output=True,
            text=True).stdout.strip())
        self.socket = Path(tempfile.mkdtemp(prefix="doudi-pg-"))
        self.as_postgres = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []

    def start(self):
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        if self.as_postgres:
            shutil.chown(self.folder, "postgres", "postgres")
            shutil.chown(self.socket, "postgres", "postgres")
        self._run("initdb", "-D", self.folder, "-U", "bench", "--auth=trust", "-E", "UTF8", "--locale=C", "--no-sync")
        with open(self.folder / "postgresql.conf", "a", encoding="utf-8") as conf:
            conf.write("".join(f"{name} = '{value}'\n" for name, value in SETTINGS.items()))
            conf.write(f"unix_socket_directories = '{self.socket}'\n")
        self._run("pg_ctl", "-D", self.folder, "-w", "-l", self.folder / "log", "start")
        self.postmaster = int((self.folder / "postmaster.pid").read_text().split()[0])

    def stop(self):
        self._run("pg_ctl", "-D", self.folder, "-w", "-m", "immediate", "stop", check=False)
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.rmtree(self.socket, ignore_errors=True)

    def _run(self, program, *arguments, check=True):
        done = subprocess.run([*self.as_postgres, str(self.bin / program), *map(str, arguments)], cwd="/",
            stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if check and done.returncode != 0:
            raise RuntimeError(f"{program} failed: {done.stdout[-2000:]}")

    def psql(self, script: str, output: Path | None = None):
        command = ["psql", "-h", str(self.socket), "-U", "bench", "-d", "postgres", "-X", "-q", "-At", "-v",
            "ON_ERROR_STOP=1", "-f", "-"]
        with open(output or os.devnull, "wb") as out:
            done = subprocess.run(command, input=script.encode(), stdout=out, stderr=subprocess.PIPE)
            if output:
                os.fsync(out.fileno())
        if done.returncode != 0:
            raise RuntimeError(f"psql failed: {done.stderr.decode()[-3000:]}\nin: {script[:200]}")

    def cpu_seconds(self) -> float:
        """Of the server: the postmaster, its living children and those that it has waited for."""
        ticks = 0
        for process in [*self._children(), self.postmaster]:  # who ends on the way is among those waited for
            try:
                fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
            except OSError:
                continue
            ticks += int(fields[11]) + int(fields[12])
            if process == self.postmaster:
                ticks += int(fields[13]) + int(fields[14])
        return ticks / os.sysconf("SC_CLK_TCK")

    def memory_kib(self) -> int:
        total = 0
        for process in [self.postmaster, *self._children()]:
            try:
                for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
                    if line.startswith("Pss:"):
                        total += int(line.split()[1])
            except OSError:
                pass  # it ended meanwhile
        return total

    def _children(self):
        return Path(f"/proc/{self.postmaster}/task/{self.postmaster}/children").read_text().split()


class MemoryWatch:
    """The most that the server's processes held at a time (PSS, shared buffers counted once)."""

    def __init__(self, cluster: Cluster):
        self.cluster, self.most, self.stopping = cluster, 0, threading.Event()
        self.thread = threading.Thread(target=self._watch)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.stopping.set()
        self.thread.join()

    def _watch(self):
        while not self.stopping.wait(0.5):
            self.most = max(self.most, self.cluster.memory_kib())


def all_at_once(jobs):
    failures = []

    def guarded(job):
        try:
            job()
        except Exception as error:  # handed on below
            failures.append(error)
    threads = [threading.Thread(target=guarded, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]


def halves(data: Path, quarter: str, feeds):
    """Two lists of files with about as many bytes each."""
    lists, sizes = ([], []), [0, 0]
    for feed in sorted(feeds, key=lambda f: -(data / f.path(quarter)).stat().st_size):
        smaller = sizes.index(min(sizes))
        lists[smaller].append(feed)
        sizes[smaller] += (data / feed.path(quarter)).stat().st_size
    return [half for half in lists if half]


def columns_of(columns) -> str:
    return ", ".join(f"{column} TEXT" for column in columns)


def once(cluster: Cluster):
    """Tables that stand before any cycle: every day as it may be written, and an empty memory."""
    tables = "".join(f"CREATE UNLOGGED TABLE mem_{name}({columns});\n"
                     for name, columns in sql.MEMORY.items())
    cluster.psql('CREATE EXTENSION file_fdw; CREATE SERVER files FOREIGN DATA WRAPPER file_fdw;\n'
                 'CREATE UNLOGGED TABLE day_of(written TEXT, day DATE);\n'
                 "INSERT INTO day_of SELECT to_char(d, 'YYYY-MM-DD'), d FROM generate_series(DATE '1900-01-01', "
                     "DATE '2060-12-31', '1 day') AS d;\n"
                 "INSERT INTO day_of SELECT to_char(d, 'YYYYMM'), d FROM generate_series(DATE '1900-01-01', DATE "
                     "'2060-12-01', '1 month') AS d;\n"
                 f"ANALYZE day_of;\n{tables}")


DERIVED = ("roster", "cand_0", "cand_1", "cand2", "probable", "hits", "repeated", "occ", "said", "fresh", "joined",
    "counted",
           "indicator", "level", *(f"next_{name}" for name in sql.MEMORY))


def clear(cluster: Cluster):
    tables = ", ".join(DERIVED)
    cluster.psql(f"DROP TABLE IF EXISTS {tables}; SELECT 1 FROM pg_tables; "
                 "DO $$ DECLARE t record; BEGIN FOR t IN SELECT relname, relkind FROM pg_class WHERE relname LIKE "
                     "'feed\\_%' AND relkind IN ('r', 'f') "
                 "LOOP IF t.relkind = 'f' THEN EXECUTE format('DROP FOREIGN TABLE %I', t.relname); "
                 "ELSE EXECUTE format('DROP TABLE %I', t.relname); END IF; END LOOP; END $$;")


def load(path: Path, table: str, columns, way: str) -> str:
    if way == "fdw":
        return (f"CREATE FOREIGN TABLE {table}({columns_of(columns)}) SERVER files "
                f"OPTIONS (filename {sql.text(str(path))}, format 'csv', header 'true');\n")
    return (f"BEGIN; CREATE UNLOGGED TABLE {table}({columns_of(columns)});\n"
            f"COPY {table} FROM {sql.text(str(path))} WITH (FORMAT csv, HEADER, FREEZE); COMMIT;\n")


def cycle(cluster: Cluster, data: Path, quarter, out: Path, way: str) -> dict:
    """One cycle over the memory in mem_*; warnings.csv and the seconds of each duty."""
    feeds = feeds_of(data, quarter.name)
    duties, begin = {}, time.perf_counter()

    def done(duty):
        nonlocal begin
        now = time.perf_counter()
        duties[duty] = duties.get(duty, 0) + now - begin
        begin = now

    cluster.psql("; ".join(sql.law(DIALECT, quarter)) + ";")
    members = sql.roster(DIALECT, "feed_members", quarter.day)
    cluster.psql(load(data / MEMBERS, "feed_members", MEMBER_COLUMNS, way) + IN_ORDER +
                 f"CREATE UNLOGGED TABLE roster AS {members}; ANALYZE roster;")
    done("roster")

    def session(number, half):
        script = "".join(load(data / feed.path(quarter.name), f"feed_{feed.number}", feed.columns,
            way) for feed in half)
        script += IN_ORDER
        rows = {feed: sql.verified_rows(DIALECT, feed, f"feed_{feed.number}", quarter.day) for feed in half}
        one = " UNION ALL ".join(rows[feed] for feed in half if len(feed.persons) == 1)
        script += (f"CREATE UNLOGGED TABLE cand_{number} AS SELECT row_number() OVER () AS rn, c.* FROM "
                   f"({sql.candidates_of_one(DIALECT, one)}) AS c;\n")
        two = " UNION ALL ".join(rows[feed] for feed in half if len(feed.persons) == 2)
        if two:
            script += (f"INSERT INTO cand2 SELECT row_number() OVER () AS rn, c.* FROM "
                       f"({sql.candidates_of_two(DIALECT, two)}) AS c;\n")
        cluster.psql(script)
    cluster.psql("CREATE UNLOGGED TABLE cand2(rn BIGINT, file INTEGER, day DATE, detail TEXT, say INTEGER, "
                 + ", ".join(f"state{i} INTEGER, k{i} BIGINT, c{i} INTEGER, name{i} TEXT, pid{i} INTEGER, hh{i} TEXT, "
                     f"rname{i} TEXT"
                             for i in (0, 1)) + ");")
    parts = halves(data, quarter.name, feeds)
    all_at_once([lambda n=n, half=half: session(n, half) for n, half in enumerate(parts)])
    done("read and match")

    script = "CREATE VIEW cand AS " + " UNION ALL ".join(f"SELECT * FROM cand_{n}" for n in range(len(parts))) + ";\n"
    script += "".join(f"ANALYZE cand_{n};\n" for n in range(len(parts))) + "ANALYZE cand2;\n"
    for text in sql.hits(DIALECT, quarter.day):
        table = text.split()[3]
        script += f"{text};\nANALYZE {table};\n"
    for text in sql.occurrences(DIALECT, feeds, quarter.day):
        script += f"{text};\nANALYZE {text.split()[3]};\n"
    cluster.psql(script)
    done("hits")
    cluster.psql("".join(f"{text};\nANALYZE {text.split()[3]};\n" for text in sql.score(DIALECT, HERE, quarter)))
    done("score")
    cluster.psql(f"COPY ({sql.WARNINGS}) TO STDOUT WITH (FORMAT csv, HEADER);", out / "warnings.csv")
    done("warnings")
    return duties


def remember(cluster: Cluster, data: Path, out: Path) -> None:
    """The first quarter's cycle and its closing become the memory."""
    quarter = QUARTERS[0]
    cycle(cluster, data, quarter, out, "fdw")
    closed = ", ".join(sql.text(line) for line in (data / f"close-{quarter.name}.csv").read_text().split()[1:]) or "''"
    script = f"DELETE FROM next_open WHERE hh IN ({closed});\n"
    script += f"UPDATE next_event SET live = false WHERE hh IN ({closed});\n"
    for name, columns in sql.MEMORY_COLUMNS.items():
        script += f"INSERT INTO mem_{name} SELECT {columns} FROM next_{name}; ANALYZE mem_{name};\n"
    cluster.psql(script)
    reset(cluster)


def reset(cluster: Cluster) -> None:
    cluster.psql("DROP VIEW IF EXISTS cand;")
    clear(cluster)
