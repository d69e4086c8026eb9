# SPDX-License-Identifier: Apache-2.0
"""A served office for tests: the real program, a made-up county, accounts for each role, and a client that speaks
HTTP by hand where a test wants to be wrong."""
import base64
import datetime
import hashlib
import hmac
import http.client
import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import struct
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

SOURCE = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(SOURCE / "tests" / "cli"), str(SOURCE / "tests" / "postgres")]
from cluster import Cluster  # noqa: E402
from program import NUMBER, Program  # noqa: E402
from schema import Api  # noqa: E402

Q2 = "2025-06-30"
ADMIN, PASSWORD = "first", "a long enough 1 password"


# A county of the made-up people, with one of its townships.
UNITS = """# SPDX-License-Identifier: Apache-2.0
- {code: county, title: 样例县, kind: county, region: "441699", from: 2020-01-01}
- {code: first, title: 第一镇, kind: township, parent: county, region: "441699101", from: 2020-01-01}
- {code: hr, title: 人社部门, kind: department, parent: county, department: hr, from: 2020-01-01}
"""


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def json(self):
        return json.loads(self.body)

    def __str__(self):
        return f"{self.status} {dict(self.headers)} {self.body[:600]!r}"


class Client:
    """One person at a browser: a cookie, the mark for changes, a language."""

    def __init__(self, port, lang="en", tls=None):
        self.port, self.lang, self.tls = port, lang, tls
        self.cookie = self.csrf = None
        self.purpose, self.case = "routine", ""

    def connect(self, timeout=60):
        if self.tls:
            return http.client.HTTPSConnection("127.0.0.1", self.port, timeout=timeout, context=self.tls)
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)

    def headers(self, more=None):
        headers = {"Accept-Language": self.lang, "X-Purpose": self.purpose}
        if self.case:
            headers["X-Case"] = self.case
        if self.cookie:
            headers["Cookie"] = f"doudi_session={self.cookie}"
        if self.csrf:
            headers["X-CSRF-Token"] = self.csrf
        return {**headers, **(more or {})}

    def __call__(self, method, path, body=None, headers=None, raw=None, timeout=60):
        sent = self.headers(headers)
        data = raw
        if body is not None:
            data = json.dumps(body).encode()
            sent.setdefault("Content-Type", "application/json")
        connection = self.connect(timeout)
        try:
            connection.request(method, path, body=data, headers=sent)
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())
        finally:
            connection.close()

    def get(self, path, **how):
        return self("GET", path, **how)

    def take(self, answer):
        """Keeps what signing in gave."""
        self.cookie = re.match(r"doudi_session=([^;]+)", answer.headers["Set-Cookie"])[1]
        self.csrf = answer.json["csrf"]
        return answer

    def sign_in(self, name, password):
        answer = self("POST", "/api/v1/session", {"name": name, "password": password})
        return self.take(answer) if answer.status == 200 else answer

    def pages(self, path, limit=7):
        """All items of a list, page by page."""
        items, cursor = [], None
        while True:
            mark = f"&cursor={cursor}" if cursor else ""
            page = self.get(f"{path}{'&' if '?' in path else '?'}limit={limit}{mark}").json
            items += page["items"]
            cursor = page["next"]
            if cursor is None:
                return items


class Machine(Client):
    """A department's machine, with its token."""

    def __init__(self, port, token):
        super().__init__(port)
        self.token = token

    def headers(self, more=None):
        return {**super().headers(more), "Authorization": f"Bearer {self.token}"}


def civil_day():
    """The day at the offices, whatever zone the machine keeps."""
    return datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=8))).date()


def totp(secret, at=None):
    """RFC 6238 with SHA-1, six digits, thirty seconds."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(at or time.time()) // 30), "sha1").digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start:start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


def enter(client, name, password, new_password=PASSWORD):
    """Signs in for the first time and does what is owed: another password, a second factor."""
    answer = client.sign_in(name, password)
    for _ in range(4):
        if answer.status != 200:
            raise AssertionError(str(answer))
        stage = answer.json["stage"]
        if stage == "full":
            return client
        if stage == "needs_new_password":
            answer = client.take(client("PUT", "/api/v1/session/password", {"old": password, "new": new_password}))
        else:
            offer = client("POST", "/api/v1/session/second-factor/offer").json
            codes = client("POST", "/api/v1/session/second-factor/confirm", {"code": totp(offer["secret"])})
            if codes.status != 200:
                raise AssertionError(str(codes))
            answer = client.get("/api/v1/session")
    raise AssertionError(f"{name} cannot enter: {answer}")


class Served:
    """doudi serve on a port of its own."""

    def __init__(self, program, data, *arguments):
        self.program = program
        log = open(program.folder / "server.log", "ab")
        self.run = subprocess.Popen(
            [str(program.binary), "--lang", "en", "serve", "--data", str(data), "--listen", "127.0.0.1:0",
             *([] if "--rate" in arguments else ["--rate", "100000"]), *map(str, arguments)],
            cwd=program.folder, env=program.environment(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=log)
        log.close()
        line = self.run.stdout.readline().decode()
        found = re.search(r"serving at https?://[^:]+:(\d+)", line)
        if not found:
            raise AssertionError(f"it does not serve: {line!r} {self.log()[-2000:]}")
        self.port = int(found[1])

    def log(self):
        return (self.program.folder / "server.log").read_text(encoding="utf-8")

    def next_line(self):
        return self.run.stdout.readline().decode()

    def stop(self, how=signal.SIGTERM):
        if self.run.poll() is None:
            self.run.send_signal(how)
        try:
            return self.run.wait(40)
        finally:
            self.run.stdout.close()


def held(job, client):
    """The answer about a job, whatever its kind: what it was asked and what came of it have a shape of their own."""
    answer = client.get(f"/api/v1/jobs/{job}")
    if answer.status != 200:
        raise AssertionError(f"job {job}: {answer}")
    if Case.description is None:
        Case.description = client.get("/api/v1/openapi.json").json
    over = answer.json["state"] not in ("queued", "running")
    if over and (faults := Api(Case.description).faults_of("getJob", answer)):
        raise AssertionError(f"job {job}: {faults} {answer.json}")
    return answer.json


def wait_for(job, client, states=("done",), timeout=120):
    end = time.monotonic() + timeout
    while time.monotonic() < end:
        found = held(job, client)
        if found["state"] in states:
            return found
        if found["state"] in ("failed", "cancelled", "interrupted", "done"):
            raise AssertionError(f"job {job}: {found}")
        time.sleep(0.05)
    raise AssertionError(f"job {job} does not end: {found}")


def eventually(holds, timeout=60):
    """What the server does right after its answer is true soon, not at once."""
    end = time.monotonic() + timeout
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def upload(client, path, piece=1 << 20, name=None):
    """A file in pieces; gives the id of the upload."""
    data = Path(path).read_bytes()
    begun = client("POST", "/api/v1/uploads", {"file": name or Path(path).name, "bytes": len(data),
                                               "sha256": hashlib.sha256(data).hexdigest()}).json
    for at in range(0, len(data), piece):
        sent = client("PATCH", f"/api/v1/uploads/{begun['id']}", raw=data[at:at + piece],
                      headers={"Content-Type": "application/offset+octet-stream", "Upload-Offset": str(at)})
        assert sent.status == 200, str(sent)
    done = client("POST", f"/api/v1/uploads/{begun['id']}/complete")
    assert done.json["state"] == "complete", str(done)
    return begun["id"]


class Case(unittest.TestCase):
    """One office for a class of tests: a county whose first quarter has been run, and a person of each role."""
    binary = ""
    cluster = None  # a PostgreSQL for all classes; none: each on the folder's own database
    arguments = ()
    with_county = True
    units = UNITS
    policy = "guangdong-2021"
    residents = 2000
    style = ()
    description = None  # of the API, once some answer was held to it

    @classmethod
    def moved_county(cls):
        """For an office that lies elsewhere: what was written of the county may be moved there before it is read."""

    @classmethod
    def setUpClass(cls):
        cls.made = tempfile.TemporaryDirectory(prefix="doudi-api-")
        cls.root = Path(cls.made.name)
        cls.program = Program(cls.binary, cls.root)
        if cls.cluster:
            name = f"office_{cls.__name__.lower()}"
            cls.cluster.psql(f"create database {name}")
            cls.program.database = cls.cluster.url(name)
        cls.program.must("synth", "--residents", str(cls.residents), "--seed", "3", *cls.style, "county")
        cls.moved_county()
        cls.program.office("office", policy=cls.policy)
        if cls.with_county:
            cls.program.must("import", "--data", "office", "--as-of", Q2, "county/registry")
            cls.program.must("import", "--data", "office", "--as-of", Q2, "county/2025Q2")
            cls.program.must("monitor", "--data", "office", "--as-of", Q2)
        cls.serve()

    @classmethod
    def serve(cls):
        units = cls.root / "units.yaml"
        units.write_text(cls.units, encoding="utf-8")
        cls.served = Served(cls.program, "office", "--first-administrator", ADMIN, "--units", units, *cls.arguments)
        first = re.search(r": (\w+)$", cls.served.next_line().strip())[1]
        cls.admin = enter(Client(cls.served.port), ADMIN, first)

    @classmethod
    def sql(cls, *statements):
        """Behind the program's back, on either store; gives the rows of the last statement, as texts."""
        if cls.cluster:
            said = cls.cluster.psql("; ".join(statements), f"office_{cls.__name__.lower()}")
            return [tuple(line.split("|")) for line in said.splitlines()]
        with sqlite3.connect(cls.root / "office" / "doudi.sqlite", timeout=30) as database:
            rows = [database.execute(statement).fetchall() for statement in statements][-1]
        database.close()
        return [tuple(map(str, row)) for row in rows]

    @classmethod
    def account(cls, name, role, unit="county", department="", lang="en", full_name=""):
        """A person of that role, who has entered."""
        made = cls.admin("POST", "/api/v1/accounts",
                         {"name": name, "full_name": full_name or name, "first_password": "for the first 1 day",
                          "roles": [role], "unit": unit, "department": department})
        if made.status != 201:
            raise AssertionError(str(made))
        return enter(Client(cls.served.port, lang), name, "for the first 1 day")

    @classmethod
    def tearDownClass(cls):
        code = cls.served.stop()
        log = cls.served.log()
        cls.made.cleanup()
        if code != 0:
            raise AssertionError(f"the server ended with {code}: {log[-3000:]}")
        if NUMBER.search(log):
            raise AssertionError("an identity number stands in the log")

    def client(self, lang="en"):
        return Client(self.served.port, lang)


class Staffed(Case):
    """An office with its people: every answer is held to its schema, every refusal to its status and code."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.api = Api(cls.admin.get("/api/v1/openapi.json").json)
        cls.worker = cls.account("worker", "county_caseworker")
        cls.monitor = cls.account("monitor", "city_monitor_officer")
        cls.township = cls.account("town", "township_officer", unit="first")
        cls.village = cls.account("village", "village_worker", unit="first")

    def fits(self, operation, answer, status=200):
        self.assertEqual(status, answer.status, str(answer))
        self.assertEqual([], self.api.faults_of(operation, answer))
        return answer

    def refused(self, answer, status, code):
        self.assertEqual((status, code), (answer.status, answer.json["code"]), str(answer))
        return answer.json


def main():
    """office-test BINARY [postgres] [test…]"""
    Case.binary = sys.argv.pop(1)
    if sys.argv[1:2] == ["postgres"]:
        sys.argv.pop(1)
        Case.cluster = Cluster()
        Case.cluster.make()
    try:
        unittest.main(module="__main__")
    finally:
        if Case.cluster:
            Case.cluster.remove()


def free_bytes(port, data, timeout=15, quiet=None):
    """Sends bytes as they are and reads until the other side closes or `timeout` has passed; once something has come,
    until nothing more does for `quiet`."""
    with socket.create_connection(("127.0.0.1", port), timeout=timeout) as line:
        line.sendall(data)
        answer = b""
        try:
            while True:
                block = line.recv(65536)
                if not block:
                    return answer
                answer += block
                line.settimeout(quiet or timeout)
        except (TimeoutError, ConnectionResetError):
            return answer


__all__ = ["ADMIN", "Answer", "Case", "Client", "Machine", "PASSWORD", "Q2", "SOURCE", "Served", "Staffed", "civil_day",
           "enter", "free_bytes", "main", "os", "shutil", "totp", "upload", "wait_for"]
