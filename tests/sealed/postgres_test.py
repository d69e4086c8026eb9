# SPDX-License-Identifier: Apache-2.0
"""Sealing a plain folder in place and forgetting people where the rows are in a PostgreSQL database.

    postgres_test.py DOUDI"""
import csv
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

for folder in ("cli", "postgres"):
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent / folder))
from cluster import Cluster  # noqa: E402
from privacy_test import register_of, traces_of_household  # noqa: E402
from program import DONE, FAILURE, Program  # noqa: E402
from sealed_test import Q2, Q3, all_bytes, canaries  # noqa: E402


KILLED = 137


class OnPostgres(unittest.TestCase):
    binary = ""

    @classmethod
    def setUpClass(cls):
        cls.made = tempfile.TemporaryDirectory(prefix="doudi-privacy-pg-")
        cls.root = Path(cls.made.name)
        cls.cluster = Cluster()
        cls.cluster.make()
        cls.doudi = Program(cls.binary, cls.root)
        cls.doudi.must("synth", "--residents", "1500", "--seed", "7", "--style", "csv", "county")

    @classmethod
    def tearDownClass(cls):
        cls.cluster.remove()
        cls.made.cleanup()

    def tearDown(self):
        self.assertEqual([], [str(run) for run in self.doudi.leaks], "an identity number was printed")

    def must(self, *arguments, **how):
        return self.doudi.must(*arguments, **how)

    def office(self, name, cipher):
        """Rows in a database of their own, files in a folder of that name."""
        self.cluster.psql(f"create database {name}")
        self.doudi.database = self.cluster.url(name)
        self.doudi.office(name, cipher=cipher)
        self.must("import", "--data", name, "--as-of", Q2, "county/registry", "county/2025Q2")
        self.must("monitor", "--data", name, "--as-of", Q2)
        return self.root / name

    def told(self, data):
        """Every byte that a copy of the office has: its files, and its rows as a dump writes them."""
        dump = subprocess.run([self.cluster.bin / "pg_dump", "-h", self.cluster.folder, "-U", "doudi", "-d", data.name],
                              capture_output=True, check=True).stdout
        return all_bytes(data) + dump

    def found(self, traces, data):
        told = self.told(data)
        return [trace for trace in traces if trace in told or trace.hex().encode() in told]

    def warned(self, data):
        return [row["household_id"] for row in csv.DictReader(
            self.must("warnings", "--data", data, "--format", "csv").out.splitlines())]

    def test_a_plain_office_is_sealed_where_it_lies(self):
        twin = self.office("twin", "sm4-ctr-hmac-sm3")
        plain = self.office("plain", "none")
        lists = self.doudi.lists(plain, Q2)
        self.must("retention", "hold", "--data", plain, "--class", "job", "--reason", "makes a record of the log")
        traces = canaries(self.root / "county/registry")
        for kind, those in traces.items():
            self.assertTrue(self.found(those, plain), kind)  # the search finds something
        done = self.must("keys", "seal", "--data", plain, "--cipher", "sm4-ctr-hmac-sm3")
        self.assertIn(str(self.root / "plain.keys"), done.out)
        for kind, those in traces.items():
            self.assertEqual([], self.found(those, plain), kind)
        self.assertEqual(lists, self.doudi.lists(plain, Q2))
        self.must("audit", "verify", "--data", plain)
        self.must("keys", "seal", "--data", plain, code=FAILURE)
        self.must("keys", "rotate", "--data", plain, "--data-key")
        self.assertEqual(lists, self.doudi.lists(plain, Q2))
        # What comes is judged as in an office that was sealed from the first day.
        warned = []
        for data in (plain, twin):
            self.doudi.database = self.cluster.url(data.name)
            self.must("import", "--data", data, "--as-of", Q3, "county/2025Q3")
            self.must("monitor", "--data", data, "--as-of", Q3)
            warned.append(self.warned(data))
        self.assertEqual(*warned)
        self.assertTrue(warned[0])

    def test_a_household_is_forgotten_and_an_older_backup_opens_nothing_of_it(self):
        data = self.office("sealed", "sm4-ctr-hmac-sm3")
        code = self.warned(data)[0]
        traces = traces_of_household(register_of(self.root / "county"), code)
        self.assertGreater(len(traces), 8)
        old = self.root / "old.backup"
        self.must("backup", "--data", data, "--to", old)
        others = [line for line in self.doudi.lists(data).splitlines() if code not in line]
        told = self.must("retention", "forget", "--data", data, "--household", code, "--reason", "left long ago")
        self.assertIn("originals that came up to", told.err)
        self.assertEqual([], self.found(traces, data))
        rows = self.cluster.psql("select count(*), count(m.sealed), max(m.name) from member m join household h on"
                                 f" h.id = m.household where h.code = '{code}'", data.name).strip().split("|")
        self.assertGreater(int(rows[0]), 0)
        self.assertEqual(["0", ""], rows[1:])
        self.assertEqual(others, [line for line in self.doudi.lists(data).splitlines() if code not in line])
        self.must("audit", "verify", "--data", data)
        self.must("monitor", "--data", data, "--as-of", "2025-12-31")
        self.assertIn(code, self.must("warning", "--data", data, code).out)
        self.must("keys", "forget", "--data", data, "m1", code=FAILURE)  # in use
        self.must("keys", "rotate", "--data", data)
        self.must("keys", "forget", "--data", data, "m1")
        self.must("warnings", "--data", data)
        self.cluster.psql("create database restored")
        self.doudi.database = self.cluster.url("restored")
        restored = self.doudi("restore", "--data", self.root / "restored", "--from", old)
        self.assertEqual(DONE, restored.code, str(restored))
        refused = self.must("warnings", "--data", self.root / "restored", "--keys", self.root / "sealed.keys",
                            code=FAILURE)
        self.assertIn("m1", refused.err)

    def test_sealing_that_was_broken_off_goes_on(self):
        data = self.office("broken", "none")
        lists = self.doudi.lists(data, Q2)
        seal = ["keys", "seal", "--data", data, "--cipher", "sm4-ctr-hmac-sm3"]
        stopped = self.doudi(*seal, failpoint="8")  # as by kill -9, among the files
        self.assertEqual(KILLED, stopped.code, str(stopped))
        self.assertEqual(lists, self.doudi.lists(data, Q2))  # plain, and in use as before
        self.must(*seal)
        self.assertEqual(lists, self.doudi.lists(data, Q2))
        for kind, those in canaries(self.root / "county/registry").items():
            self.assertEqual([], self.found(those, data), kind)
        shutil.rmtree(data)  # its database alone says nothing that opens
        self.assertIn(str(data), self.must("warnings", "--data", data, code=FAILURE).err)


if __name__ == "__main__":
    OnPostgres.binary = sys.argv.pop(1)
    unittest.main()
