# SPDX-License-Identifier: Apache-2.0
"""The states of an office that a killing test goes to and fro between: folders, and for PostgreSQL a database of the
same name beside each."""
import shutil
import sqlite3
import sys
import time
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(TESTS / "cli"), str(TESTS / "postgres")]
from cluster import Cluster  # noqa: E402  (the folder beside this one)
from program import Program  # noqa: E402


class SqliteStore(Program):
    def copy(self, state, to):
        shutil.rmtree(self.folder / to, ignore_errors=True)
        shutil.copytree(self.folder / state, self.folder / to)

    def is_sound(self, state):
        with sqlite3.connect(self.folder / state / "doudi.sqlite") as database:
            return database.execute("pragma integrity_check").fetchone() == ("ok",)

    def close(self):
        pass


class PostgresStore(Program):
    """Each run finds its database by the name of its data folder."""

    def __init__(self, binary, folder):
        super().__init__(binary, folder)
        self.cluster = Cluster()
        self.cluster.make()

    def __call__(self, *arguments, env=None, **how):
        said = list(map(str, arguments))
        env = dict(env or {})
        if "--data" in said:
            env["DOUDI_DATABASE"] = self.cluster.url(Path(said[said.index("--data") + 1]).name)
        return super().__call__(*arguments, env=env, **how)

    def office(self, data, baseline="2025-03-31"):
        self.cluster.psql(f"create database {data}")
        return super().office(data, baseline)

    def copy(self, state, to):
        shutil.rmtree(self.folder / to, ignore_errors=True)
        shutil.copytree(self.folder / state, self.folder / to)
        for attempt in range(50):  # a session of a program that was just killed takes a moment to go
            try:
                self.cluster.psql(f"drop database if exists {to} with (force)")
                return self.cluster.psql(f"create database {to} template {state}")
            except RuntimeError:
                if attempt == 49:
                    raise
                time.sleep(0.1)

    def is_sound(self, state):
        """No row of a run that did not publish."""
        above = self.cluster.psql("select count(*) from publication, current_publication c where "
                                  "publication.id > c.id", state)
        return above.strip() == "0"

    def close(self):
        self.cluster.remove()
