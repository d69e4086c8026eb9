# SPDX-License-Identifier: Apache-2.0
"""Offices that exchange, and whom they exchange with: a served office that can be killed and started again, a line that
loses, doubles, reorders and cuts, and a platform of another make that signs by its own code."""
import hmac
import http.client
import json
import os
import random
import re
import secrets
import shutil
import signal
import sqlite3
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from office import ADMIN, SOURCE, Client, Program, Q2, Served, enter
from office import Case as Settings
from schema import Api

CITY = """# SPDX-License-Identifier: Apache-2.0
- {code: city, title: 样例市, kind: city, region: "4416", from: 2020-01-01}
- {code: county, title: 样例县, kind: county, parent: city, region: "441699", from: 2020-01-01}
- {code: first, title: 第一镇, kind: township, parent: county, region: "441699101", from: 2020-01-01}
"""
COUNTY = """# SPDX-License-Identifier: Apache-2.0
- {code: county, title: 样例县, kind: county, region: "441699", from: 2020-01-01}
- {code: first, title: 第一镇, kind: township, parent: county, region: "441699101", from: 2020-01-01}
"""
# The same with the city above it, to which it hands what it asks.
COUNTY_BELOW = CITY
PEER = """  - id: {id}
    title: {{zh: 对方, en: The other side}}
    channel: {channel}
    {url}
    key_files: [{id}.key]
    arrives_at: {arrives_at}
    {stands_for}
    limits: {{seconds: 3, bytes: 262144, messages: 20, skew: 300}}
"""


class Line:
    """A proxy on a port of its own. While it is `bad` it loses calls and answers, sends calls twice, plays old ones
    again and cuts answers in two; while it is `cut` nothing passes."""

    def __init__(self, seed):
        self.random, self.lock = random.Random(seed), threading.Lock()
        self.target, self.bad, self.cut, self.spoiled, self.old = None, True, False, 0, []
        line = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                line.carry(self, body)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()

    def chance(self, share):
        with self.lock:
            hit = self.bad and self.random.random() < share
            self.spoiled += hit
            return hit

    def deliver(self, path, body):
        connection = http.client.HTTPConnection("127.0.0.1", self.target, timeout=20)
        try:
            connection.request("POST", path, body=body, headers={"Content-Type": "application/json"})
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def carry(self, handler, body):
        try:
            if self.cut or self.chance(0.2):
                if not self.cut:
                    self.old.append((handler.path, body))
                handler.connection.close()
                return
            if self.old and self.chance(0.3):
                self.deliver(*self.old.pop(0))
            status, answer = self.deliver(handler.path, body)
            if self.chance(0.2):
                self.deliver(handler.path, body)
            if self.chance(0.2):
                handler.connection.close()
                return
            handler.send_response(status)
            handler.send_header("Content-Type", "application/json")
            handler.send_header("Content-Length", str(len(answer)))
            handler.end_headers()
            handler.wfile.write(answer[:len(answer) // 2] if self.chance(0.1) else answer)
        except (OSError, http.client.HTTPException):
            handler.close_connection = True


def write_peers(folder, own, peers):
    for peer in peers:
        key = folder / f"{peer['id']}.key"
        key.write_text(peer.pop("key") + "\n", encoding="utf-8")
        os.chmod(key, 0o600)
    text = f"own: {own}\nevery_seconds: 1\npeers:\n" + "".join(PEER.format(**peer) for peer in peers)
    (folder / "peers.yaml").write_text(text, encoding="utf-8")


def home_with(root, channel, text):
    """A new platform is a new file and nothing else: the law lies where it lies, beside one folder more."""
    home = root / "home"
    home.mkdir()
    for name in ("packs", "datasets", "calendar", "access", "papers"):
        (home / name).symlink_to(SOURCE / name)
    shutil.copytree(SOURCE / "exchange", home / "exchange")
    (home / "exchange" / f"{channel}.yaml").write_text(text, encoding="utf-8")
    return home


class Site:
    """One served office with its accounts, that can be killed and started again."""

    def __init__(self, test, name, units, feeds):
        self.root = test.root / name
        self.root.mkdir()
        self.program = Program(Settings.binary, self.root)
        self.database = f"{test.__name__.lower()}_{name}"
        if Settings.cluster:
            Settings.cluster.psql(f"create database {self.database}")
            self.program.database = Settings.cluster.url(self.database)
        self.program.office("office")
        self.program.must("import", "--data", "office", "--as-of", Q2, test.root / "made" / "registry")
        if feeds:
            self.program.must("import", "--data", "office", "--as-of", Q2, test.root / "made" / "2025Q2")
            self.program.must("monitor", "--data", "office", "--as-of", Q2)
        (self.root / "units.yaml").write_text(units, encoding="utf-8")
        self.people = []

    def serve(self, peers=True):
        self.served = Served(self.program, "office", "--first-administrator", ADMIN, "--units",
                             self.root / "units.yaml", *(("--peers", self.root / "peers.yaml") if peers else ()))
        for person in self.people:
            person.port = self.served.port

    def first(self):
        word = re.search(r": (\w+)$", self.served.next_line().strip())[1]
        self.admin = enter(Client(self.served.port), ADMIN, word)
        self.people.append(self.admin)
        self.api = Api(self.admin.get("/api/v1/openapi.json").json)

    def account(self, name, role, unit):
        made = self.admin("POST", "/api/v1/accounts", {"name": name, "full_name": name, "roles": [role], "unit": unit,
                                                       "first_password": "for the first 1 day", "department": ""})
        assert made.status == 201, str(made)
        person = enter(Client(self.served.port), name, "for the first 1 day")
        self.people.append(person)
        return person

    def kill(self):
        self.served.stop(signal.SIGKILL)
        self.serve()

    def move(self, who, number, move, **fields):
        seen = who.get(f"/api/v1/cases/{number}")
        answer = who("POST", f"/api/v1/cases/{number}/moves", {"move": move, "fields": fields},
                     headers={"If-Match": seen.headers["ETag"] or '"0"'})
        assert answer.status == 200, f"{move}: {answer}"

    def results(self, kind):
        """What jobs of a kind said: those that the program asks for itself are shown to nobody."""
        statement = f"select result from job where kind = '{kind}' and state = 'done'"
        if Settings.cluster:
            return [json.loads(line) for line in Settings.cluster.psql(statement, self.database).splitlines()]
        with sqlite3.connect(self.root / "office" / "doudi.sqlite", timeout=30) as database:
            rows = database.execute(statement).fetchall()
        database.close()
        return [json.loads(text) for (text,) in rows]

    def pages(self, way, state=""):
        peer = self.admin_peer
        return self.reader.pages(f"/api/v1/exchange/peers/{peer}/{way}" + (f"?state={state}" if state else ""), 50)


FORMAT = "doudi-exchange/1"


class Stranger:
    """A platform that speaks the frames by its own code; it calls, and is called by nobody."""

    def __init__(self, key, port, name="harbour"):
        self.key, self.port, self.name, self.counter, self.got = bytes.fromhex(key), port, name, 0, {}

    def sign(self, text):
        return "hmac-sm3 " + hmac.new(self.key, f"{FORMAT}\n{text}".encode(), "sm3").hexdigest()

    def frame(self, **more):
        self.counter += 1
        return {"format": FORMAT, "from": self.name, "to": "county", "at": int(time.time() * 1_000_000),
                "nonce": f"n-{self.counter}-{secrets.token_hex(4)}", "arrived": self.arrived(), **more}

    def arrived(self):
        count = 0
        while count + 1 in self.got:
            count += 1
        return count

    def post(self, frame, sign=None):
        text = json.dumps(frame, ensure_ascii=False)
        body = json.dumps({"frame": text, "sign": sign or self.sign(text)})
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request("POST", f"/api/v1/exchange/{self.name}/inbox", body=body.encode(),
                               headers={"Content-Type": "application/json"})
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read())
        finally:
            connection.close()

    def say(self, **more):
        """Says it and hears the answer, whose signature must hold."""
        frame = self.frame(**more)
        status, answer = self.post(frame)
        assert status == 200, (status, answer)
        assert answer["sign"] == self.sign(answer["frame"])
        heard = json.loads(answer["frame"])
        assert (heard["from"], heard["to"], heard["answers"]) == ("county", self.name, frame["nonce"])
        for message in heard["messages"]:
            known = self.got.setdefault(message["number"], message)
            assert known == message, "a message that changed"
        return heard

    @staticmethod
    def alarm(number, ref, household, **more):
        body = {"ref": ref, "no": household, "what": "raise", "day": "20250630", "signs": ["烟"], "level": "red", **more}
        return {"number": number, "id": f"alarm-{number}", "kind": "alarm", "made_at": 1, "body": body}
