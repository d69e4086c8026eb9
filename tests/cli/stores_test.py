# SPDX-License-Identifier: Apache-2.0
"""The program on PostgreSQL and on SQLite: the same lists; what is said when the server is away, refuses, or dies in
the middle; backups from one to the other.      stores_test.py DOUDI"""
import contextlib
import os
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent
sys.path.append(str(TESTS / "postgres"))
from cluster import Cluster  # noqa: E402  (the folder beside this one)
from program import DONE, FAILURE, USAGE, Program  # noqa: E402

Q2, Q3, CLOSED_ON = "2025-06-30", "2025-09-30", "2025-07-15"
SECRET = "Geheim-42"


class Stores(unittest.TestCase):
    binary = None

    @classmethod
    def setUpClass(cls):
        cls.rooms = contextlib.ExitStack()
        folder = cls.rooms.enter_context(tempfile.TemporaryDirectory(prefix="doudi-stores-"))
        cls.folder = Path(folder)
        cls.doudi = Program(cls.binary, folder)
        cls.cluster = Cluster()
        cls.rooms.callback(cls.cluster.remove)
        cls.cluster.make()
        cls.doudi.must("synth", "--residents", "2000", "--seed", "3", "county")
        cls.quarter("lite")

    @classmethod
    def tearDownClass(cls):
        cls.rooms.close()
        assert not cls.doudi.leaks, "an identity number was printed"

    @classmethod
    def url(cls, name):
        return {"DOUDI_DATABASE": cls.cluster.url(name)}

    @classmethod
    def office(cls, name):
        cls.cluster.psql(f"create database {name}")
        cls.doudi.must("init", "--data", name, "--policy", "guangdong-2021", "--baseline", "2025-03-31",
                       env=cls.url(name))
        return cls.url(name)

    @classmethod
    def quarter(cls, name, env=None):
        if env is None:
            cls.doudi.office(name)
        cls.doudi.must("import", "--data", name, "--as-of", Q2, "county/registry", "county/2025Q2", env=env)
        cls.doudi.must("monitor", "--data", name, "--as-of", Q2, env=env)

    def lists(self, name, env=None):
        shown = [self.doudi.must(*what, "--data", name, "--format", "csv", env=env).out
                 for what in (("warnings",), ("exits",), ("doubts",), ("quality", "--as-of", Q2))]
        return "\n".join(shown)

    def says(self, run, code, *words):
        self.assertEqual(run.code, code, run)
        for word in words:
            self.assertIn(word, run.err, run)
        self.assertNotIn(SECRET, run.out + run.err)

    def test_the_same_lists_on_both(self):
        env = self.office("same")
        self.quarter("same", env)
        self.assertEqual(self.lists("same", env), self.lists("lite"))
        household = self.lists("lite").split("\n")[1].split(",")[0]
        for command in (["warning", household], ["refusals", "--as-of", Q2, "公安_意外事故.csv"]):
            self.assertEqual(self.doudi(command[0], "--data", "same", *command[1:], env=env).out,
                             self.doudi(command[0], "--data", "lite", *command[1:]).out)
        closed = [("close", "--as-of", CLOSED_ON, "--list", "county/close-2025Q2.csv"),
                  ("import", "--as-of", Q3, "county/2025Q3"), ("monitor", "--as-of", Q3)]
        self.doudi.must("backup", "--data", "lite", "--to", "lite-before")
        self.doudi.must("restore", "--data", "lite-later", "--from", "lite-before")
        for command in closed:
            self.doudi.must(command[0], "--data", "same", *command[1:], env=env)
            self.doudi.must(command[0], "--data", "lite-later", *command[1:])
        self.assertEqual(self.lists("same", env), self.lists("lite-later"))

    def test_a_backup_goes_from_one_to_the_other_and_back(self):
        self.cluster.psql("create database moved")
        self.doudi.must("backup", "--data", "lite", "--to", "b1")
        self.doudi.must("restore", "--data", "moved", "--from", "b1", env=self.url("moved"))
        self.assertEqual(self.lists("moved", self.url("moved")), self.lists("lite"))
        self.doudi.must("backup", "--data", "moved", "--to", "b2", env=self.url("moved"))
        self.doudi.must("restore", "--data", "back", "--from", "b2")
        self.assertEqual(self.lists("back"), self.lists("lite"))
        self.says(self.doudi("backup", "--data", "lite", "--to", "b1"), FAILURE, "b1", "there already")
        self.says(self.doudi("restore", "--data", "lite", "--from", "b1"), FAILURE, "not empty")
        self.says(self.doudi("restore", "--data", "new", "--from", "county/registry/低收入人口_家庭.csv"), FAILURE,
                  "damaged")
        run = self.doudi.must("migrate", "--data", "moved", env=self.url("moved"))
        self.assertIn("newest schema", run.out)

    def test_what_does_not_belong_together_is_refused(self):
        env = self.office("mine")
        self.says(self.doudi("warnings", "--data", "mine"), USAGE, "--database")
        self.says(self.doudi("warnings", "--data", "lite", env=env), USAGE, "DOUDI_DATABASE")
        other = self.office("yours")
        self.says(self.doudi("warnings", "--data", "mine", env=other), FAILURE, "belong together")
        self.says(self.doudi("warnings", "--data", "mine", lang="zh", env=other), FAILURE, "不是同一套")

    def test_the_password_is_in_nothing_that_is_said_or_seen(self):
        host = f"host={self.cluster.folder}"
        url = f"postgresql://locked:{SECRET}@/postgres?{host}"
        for command in (["init", "--data", "new", "--policy", "guangdong-2021", "--baseline", "2025-03-31"],
                        ["warnings", "--data", "lite"], ["warnings"], ["warnings", "--data", "x", "--format", "pdf"]):
            run = self.doudi(*command, "--database", url)
            self.assertNotEqual(run.code, DONE)
            self.says(run, run.code)
        self.says(self.doudi("warnings", "--data", "x", "--databse", url), USAGE, "***")
        self.says(self.doudi("init", "--data", "new", "--policy", "guangdong-2021", "--baseline", "2025-03-31",
                             "--database", url), FAILURE, "PGPASSWORD")
        self.says(self.doudi("warnings", "--data", "x", "--database", f"postgresql://u:{SECRET}%zz@h/d"), USAGE,
                  "not understood")

    def test_a_process_does_not_show_the_password(self):
        env = self.office("shown")
        url = self.cluster.url("shown").replace("doudi@", f"doudi:{SECRET}@")
        with self.held_up("shown", "arrival"):
            run = self.doudi.start("import", "--data", "shown", "--as-of", Q2, "county/registry", "--database", url)
            self.wait_for_lock("shown")
            seen = Path(f"/proc/{run.pid}/cmdline").read_bytes().decode()
            run.kill()
            run.communicate()
        self.assertIn("***", seen)
        self.assertNotIn(SECRET, seen)
        self.quarter("shown", env)

    def test_libpq_finds_a_password_where_it_looks(self):
        self.cluster.psql("create database keyed owner locked")
        url = f"postgresql://locked@/keyed?host={self.cluster.folder}"
        command = ["init", "--data", "keyed", "--policy", "guangdong-2021", "--baseline", "2025-03-31",
                   "--database", url]
        passfile = self.folder / "passfile"
        passfile.write_text("*:*:*:locked:open sesame\n", encoding="utf-8")
        passfile.chmod(0o600)
        self.says(self.doudi(*command, env={"PGPASSWORD": SECRET}), FAILURE, "login")
        self.says(self.doudi(*command, env={"PGPASSFILE": "/nowhere"}), FAILURE, "login")
        self.doudi.must(*command, env={"PGPASSFILE": str(passfile)})
        self.says(self.doudi("exits", "--data", "keyed", "--database", url, env={"PGPASSWORD": "open sesame"}), DONE)

    def test_a_server_that_is_away_and_a_database_that_is_not_there(self):
        init = ["init", "--data", "away", "--policy", "guangdong-2021", "--baseline", "2025-03-31", "--database"]
        self.says(self.doudi(*init, "postgresql://doudi@/x?host=/nowhere"), FAILURE, "cannot be reached")
        self.says(self.doudi(*init, "postgresql://127.0.0.1:1/x", lang="zh"), FAILURE, "连接不上")
        self.says(self.doudi(*init, self.cluster.url("nothing")), FAILURE, "no database of this name")
        self.says(self.doudi(*init, "nonsense"), USAGE, "postgresql://user@host")
        self.says(self.doudi("warnings", "--data", "away"), USAGE, "--database")

    @contextlib.contextmanager
    def held_up(self, database, table):
        """Whoever writes to the table waits."""
        holder = subprocess.Popen([str(self.cluster.bin / "psql"), "-h", str(self.cluster.folder), "-U", "doudi", "-d",
                                   database, "-X", "-q", "-c", f"begin; lock table {table} in share mode; "
                                   "select pg_sleep(60)"], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                  stderr=subprocess.DEVNULL)
        self.wait_until(database, f"select count(*) from pg_locks where relation = '{table}'::regclass and granted and "
                                  "mode = 'ShareLock'")
        try:
            yield
        finally:
            holder.kill()
            holder.wait()
            with contextlib.suppress(RuntimeError):
                self.cluster.psql("select pg_terminate_backend(pid) from pg_stat_activity where query like "
                                  "'%pg_sleep(60)' and pid <> pg_backend_pid()", database)

    def wait_until(self, database, count):
        for _ in range(600):
            if self.cluster.psql(count, database).strip() != "0":
                return
            time.sleep(0.05)
        raise AssertionError("it never came to this: " + count)

    def wait_for_lock(self, database):
        self.wait_until(database, "select count(*) from pg_stat_activity where application_name like 'doudi %' and "
                                  "wait_event_type = 'Lock'")

    def test_a_server_that_dies_in_the_middle_loses_and_doubles_nothing(self):
        env = self.office("dying")
        self.doudi.must("import", "--data", "dying", "--as-of", Q2, "county/registry", env=env)
        steps = [("arrival", "import", "--as-of", Q2, "county/2025Q2"), ("warning", "monitor", "--as-of", Q2)]
        for table, name, *rest in steps:
            before = self.lists("dying", env)
            with self.held_up("dying", table):
                run = subprocess.Popen([str(self.doudi.binary), "--lang", "en", name, "--data", "dying", *rest],
                                       cwd=self.folder, env={**self.doudi.environment(), **env},
                                       stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
                self.wait_for_lock("dying")
                self.cluster.crash()
                said = run.communicate(timeout=60)[1].decode()
            self.assertEqual(run.returncode, FAILURE, said)
            self.assertIn("connection", said)
            self.assertIn("was lost", said)
            self.says(self.doudi("warnings", "--data", "dying", env=env), FAILURE, "cannot be reached")
            self.cluster.start()
            self.assertEqual(self.lists("dying", env), before)
            self.doudi.must(name, "--data", "dying", *rest, env=env)
        self.assertEqual(self.lists("dying", env), self.lists("lite"))

    def test_a_second_writer_is_told_who_writes(self):
        env = self.office("busy")
        with self.held_up("busy", "arrival"):
            run = self.doudi.start("import", "--data", "busy", "--as-of", Q2, "county/registry",
                                   "--database", env["DOUDI_DATABASE"])
            self.wait_for_lock("busy")
            self.says(self.doudi("import", "--data", "busy", "--as-of", Q2, "county/registry", env=env), FAILURE,
                      str(run.pid))
            shown = self.doudi.must("warnings", "--data", "busy", "--format", "csv", env=env)
            self.assertEqual(shown.out.count("\n"), 1)
        out, err = run.communicate(timeout=60)
        self.assertEqual(run.returncode, DONE, (out + err).decode())


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    Stores.binary = os.path.abspath(sys.argv.pop(1))
    unittest.main(verbosity=2)
