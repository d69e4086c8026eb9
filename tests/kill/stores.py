# SPDX-License-Identifier: Apache-2.0
"""The states of an office that a killing test goes to and fro between: folders, and for PostgreSQL a database of the
same name beside each."""
import contextlib
import itertools
import json
import shutil
import sqlite3
import sys
import time
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(TESTS / "cli"), str(TESTS / "postgres")]
from cluster import Cluster  # noqa: E402  (the folder beside this one)
from program import Program  # noqa: E402


class Trials(Program):
    """A state may be a path too, of a folder whose name no other one has."""
    trials = itertools.count(1)  # several threads take from it

    def trial(self, state, keys=True):
        """A copy of it that goes with the block."""
        return Trial(self, state, self.folder / f"trial{next(Trials.trials)}", keys)

    def drop(self, state):
        shutil.rmtree(self.folder / state, ignore_errors=True)
        Path(f"{self.folder / state}.keys").unlink(missing_ok=True)


class Trial:
    def __init__(self, store, state, to, keys):
        self.store, self.state, self.to, self.keys = store, state, to, keys

    def __enter__(self):
        self.store.copy(self.state, self.to)
        if self.keys:
            shutil.copy(f"{self.store.folder / self.state}.keys", f"{self.to}.keys")
        return self.to

    def __exit__(self, *_):
        self.store.drop(self.to)


class SqliteStore(Trials):
    def copy(self, state, to):
        shutil.rmtree(self.folder / to, ignore_errors=True)
        shutil.copytree(self.folder / state, self.folder / to)

    def looked_at(self, state):
        """As another program finds it: opening would do the recovery that the program must do itself."""
        return self.trial(state, keys=False)

    def rows(self, state, sql):
        with sqlite3.connect(self.folder / state / "doudi.sqlite") as database:
            found = database.execute(sql).fetchall()
        database.close()
        return found

    def change(self, state, sql):
        with sqlite3.connect(self.folder / state / "doudi.sqlite") as database:
            database.execute(sql)
        database.close()

    def is_whole(self, state):
        return self.rows(state, "pragma integrity_check") == [("ok",)]

    is_sound = is_whole

    def close(self):
        pass


class PostgresStore(Trials):
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

    def office(self, data, baseline="2025-03-31", cipher="aes-256-gcm"):
        self.cluster.psql(f'create database "{data}"')
        return super().office(data, baseline, cipher)

    def drop(self, state):
        super().drop(state)
        self.cluster.psql(f'drop database if exists "{Path(state).name}" with (force)')

    def looked_at(self, state):
        """The server recovers it by itself."""
        return contextlib.nullcontext(state)

    def rows(self, state, sql):
        said = self.cluster.psql(f"select row_to_json(one) from ({sql}) one", Path(state).name)
        return [tuple(value for _, value in json.loads(line, object_pairs_hook=list)) for line in said.splitlines()]

    def copy(self, state, to):
        shutil.rmtree(self.folder / to, ignore_errors=True)
        shutil.copytree(self.folder / state, self.folder / to)
        state, to = Path(state).name, Path(to).name
        for attempt in range(50):  # a session of a program that was just killed takes a moment to go
            try:
                self.cluster.psql(f'drop database if exists "{to}" with (force)')
                return self.cluster.psql(f'create database "{to}" template "{state}"')
            except RuntimeError:
                if attempt == 49:
                    raise
                time.sleep(0.1)

    def change(self, state, sql):
        self.cluster.psql(sql, Path(state).name)

    def is_whole(self, _):
        return True  # PostgreSQL's own matter

    def is_sound(self, state):
        """No row of a run that did not publish."""
        above = self.cluster.psql("select count(*) from publication, current_publication c where "
                                  "publication.id > c.id", state)
        return above.strip() == "0"

    def close(self):
        self.cluster.remove()
