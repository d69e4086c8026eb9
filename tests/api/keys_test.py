# SPDX-License-Identifier: Apache-2.0
"""A server whose key file lies elsewhere: people enter with their second factor after a rotation too, and the log of
looks is keyed, so that who can write to the database alone cannot make a chain of their own."""
import re
import sqlite3
import tempfile
import time
import unittest
from pathlib import Path

from office import ADMIN, PASSWORD, Case, Client, Program, Served, main, totp


class KeysElsewhere(Case):
    def setUp(self):
        self.made = tempfile.TemporaryDirectory(prefix="doudi-api-keys-")
        self.root = Path(self.made.name)
        self.program = Program(self.binary, self.root)
        self.at("office")
        (self.root / "safe").mkdir()
        self.keys = ("--keys", self.root / "safe" / "office.keys")
        self.program.must(*map(str, self.keys), "init", "--data", "office", "--policy", "guangdong-2021",
                          "--baseline", "2025-03-31")

    def tearDown(self):
        self.made.cleanup()

    def at(self, data):
        """On PostgreSQL each office of each test has a database of its own."""
        if not self.cluster:
            return
        name = f"{data}_{self.id().rsplit('.', 1)[1]}"[:60]
        if not self.cluster.psql(f"select 1 from pg_database where datname = '{name}'"):
            self.cluster.psql(f"create database {name}")
        self.program.database, self.database = self.cluster.url(name), name

    def forge(self):
        """The log of `other` in place of the office's own."""
        if self.cluster:
            chain = self.cluster.folder / "chain"
            self.cluster.psql(f"copy audit_record to '{chain}'", self.database)
            self.at("office")
            self.cluster.psql(f"delete from audit_record; copy audit_record from '{chain}'", self.database)
            return
        with sqlite3.connect(self.root / "office" / "doudi.sqlite") as database:
            database.execute("attach ? as other", (str(self.root / "other" / "doudi.sqlite"),))
            columns = [row[1] for row in database.execute("pragma table_info(audit_record)")]
            names = ", ".join(columns)
            database.execute("delete from audit_record")
            database.execute(f"insert into audit_record ({names}) select {names} from other.audit_record")

    @classmethod
    def setUpClass(cls):
        """Each test has an office of its own."""

    @classmethod
    def tearDownClass(cls):
        """Each test ends its own server."""

    def served_with_an_administrator(self, data="office", keys=None):
        """The server, and the secret of the administrator's second factor, who has made an account."""
        served = Served(self.program, data, "--first-administrator", ADMIN, *(keys or self.keys))
        first = re.search(r": (\w+)$", served.next_line().strip())[1]
        client = Client(served.port)
        client.sign_in(ADMIN, first)
        client.take(client("PUT", "/api/v1/session/password", {"old": first, "new": PASSWORD}))
        secret = client("POST", "/api/v1/session/second-factor/offer").json["secret"]
        at = time.time()
        confirmed = client("POST", "/api/v1/session/second-factor/confirm", {"code": totp(secret, at)})
        self.assertEqual(200, confirmed.status, str(confirmed))
        client.get("/api/v1/session")
        made = client("POST", "/api/v1/accounts",
                      {"name": "clerk", "full_name": "clerk", "first_password": "for the first 1 day",
                       "roles": ["auditor"], "unit": "office", "department": ""})
        self.assertEqual(201, made.status, str(made))
        return served, secret, at

    def entered(self, served, secret, at):
        client = Client(served.port)
        self.assertEqual("needs_second_factor", client.sign_in(ADMIN, PASSWORD).json["stage"])
        return client("POST", "/api/v1/session/second-factor", {"code": totp(secret, at)})

    def test_a_second_factor_opens_after_both_kinds_of_keys_were_rotated(self):
        served, secret, at = self.served_with_an_administrator()
        self.assertEqual(0, served.stop())
        self.program.must("keys", "rotate", "--data", "office", "--data-key", *map(str, self.keys))
        served = Served(self.program, "office", *self.keys)
        try:
            answer = self.entered(served, secret, at + 30)
            self.assertEqual(200, answer.status, str(answer))
            self.assertEqual("full", answer.json["stage"])
        finally:
            self.assertEqual(0, served.stop())

    def test_the_log_is_sound_with_the_keys_and_a_chain_made_without_them_is_not(self):
        served, _, _ = self.served_with_an_administrator()
        self.assertEqual(0, served.stop())
        verify = ("audit", "verify", "--data", "office", *map(str, self.keys))
        self.assertRegex(self.program.must(*verify).out, "[1-9][0-9]* records? (is|are) sound")
        # What one who knows the program, and not the key, would write: the same database under another office's keys.
        self.at("other")
        other = ("--keys", str(self.root / "other.keys"))
        self.program.must(*other, "init", "--data", "other", "--policy", "guangdong-2021", "--baseline", "2025-03-31")
        forged, _, _ = self.served_with_an_administrator("other", other)
        self.assertEqual(0, forged.stop())
        self.assertRegex(self.program.must("audit", "verify", "--data", "other", *other).out, "[1-9][0-9]* record")
        self.forge()
        run = self.program(*verify)
        self.assertEqual(1, run.code, str(run))
        self.assertIn("the log is not sound", run.err)

    def test_without_the_keys_it_does_not_serve(self):
        (self.root / "safe" / "office.keys").rename(self.root / "safe" / "gone.keys")
        run = self.program("serve", "--data", "office", "--listen", "127.0.0.1:0")
        self.assertEqual(1, run.code, str(run))
        self.assertIn("key", run.err)
        served = Served(self.program, "office", "--keys", self.root / "safe" / "gone.keys")
        self.assertEqual(0, served.stop())


if __name__ == "__main__":
    main()
