# SPDX-License-Identifier: Apache-2.0
"""The server against what comes over a line: broken requests, too large ones, slow and idle ones, other languages,
files of the web app. Whatever comes, an answer goes out or the line is closed in its time, and the next is served."""
import json
import re
import resource
import socket
import ssl
import subprocess
import tempfile
import threading
import time
import unittest
from pathlib import Path

import office
from office import Case, Client, free_bytes, main

PROBLEM = "application/problem+json; charset=utf-8"


class Protocol(Case):
    with_county = False

    @classmethod
    def serve(cls):
        web = cls.root / "web"
        (web / "assets").mkdir(parents=True)
        (web / "index.html").write_text("<!doctype html><title>app</title>", encoding="utf-8")
        (web / "assets" / "index-BsC3d9xA.js").write_text("export {}", encoding="utf-8")
        (web / "plain.css").write_text("a{}", encoding="utf-8")
        (web / ".secret").write_text("hidden", encoding="utf-8")
        (cls.root / "outside.txt").write_text("outside", encoding="utf-8")
        (web / "link.txt").symlink_to(cls.root / "outside.txt")
        cls.arguments = ("--web", web)
        super().serve()

    def problem(self, answer, status, code):
        self.assertEqual(status, answer.status, str(answer))
        self.assertEqual(PROBLEM, answer.headers["Content-Type"])
        body = answer.json
        self.assertEqual(code, body["code"], str(answer))
        self.assertEqual(status, body["status"])
        self.assertEqual(answer.headers["X-Request-Id"], body["request_id"])
        return body

    # --- answers of every kind -----------------------------------------------------------------------------------

    def test_what_is_not_there_is_told_in_the_readers_language(self):
        zh = self.problem(self.client("zh-CN,zh;q=0.9,en;q=0.8").get("/api/v1/nothing"), 404, "no_such_path")
        self.assertEqual(("没有找到", "没有这个地址"), (zh["title"], zh["detail"]))
        en = self.problem(self.client("en-GB,zh;q=0.4").get("/api/v1/nothing"), 404, "no_such_path")
        self.assertEqual("Not Found", en["title"])

    def test_a_method_that_the_address_does_not_take_names_those_it_does(self):
        answer = self.client()("DELETE", "/api/v1/warnings")
        self.problem(answer, 405, "method")
        self.assertEqual("GET, HEAD, OPTIONS", answer.headers["Allow"])
        options = self.client()("OPTIONS", "/api/v1/session")
        self.assertEqual((204, b""), (options.status, options.body))
        self.assertIn("POST", options.headers["Allow"])

    def test_nobody_is_let_in_without_a_session(self):
        self.problem(self.client().get("/api/v1/households"), 401, "sign_in")

    def test_an_answer_that_the_reader_cannot_take_is_refused(self):
        self.problem(self.client().get("/api/v1/openapi.json", headers={"Accept": "image/png"}), 406, "not_acceptable")
        for accept in ("*/*", "application/*;q=0.1", "text/html, application/json"):
            self.assertEqual(200, self.client().get("/api/v1/openapi.json", headers={"Accept": accept}).status)

    def test_a_body_of_another_type_or_without_length_is_refused(self):
        self.problem(self.client()("POST", "/api/v1/session", raw=b"name=a", headers={"Content-Type": "text/plain"}),
                     415, "content_type")
        self.problem(self.client()("POST", "/api/v1/session", raw=b"x", headers={
            "Content-Type": "application/json", "Content-Encoding": "gzip"}), 415, "content_encoding")
        answer = free_bytes(self.served.port, b"POST /api/v1/session HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                                              b"Content-Type: application/json\r\n\r\n")
        self.assertTrue(answer.startswith(b"HTTP/1.1 411 "), answer[:200])

    def test_a_body_that_is_larger_than_may_come_is_refused_before_it_is_read(self):
        head = (b"POST /api/v1/session HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                b"Content-Length: 99999999999\r\n\r\n")
        answer = free_bytes(self.served.port, head)
        self.assertTrue(answer.startswith(b"HTTP/1.1 413 "), answer[:200])
        self.assertIn(b"body_too_large", answer)
        chunked = (b"POST /api/v1/session HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                   b"Transfer-Encoding: chunked\r\n\r\n" + b"4000\r\n" + b"x" * 0x4000 + b"\r\n0\r\n\r\n")
        answer = free_bytes(self.served.port, chunked)
        self.assertTrue(answer.startswith(b"HTTP/1.1 413 "), answer[:200])

    def test_heads_and_targets_have_a_limit(self):
        answer = free_bytes(self.served.port, b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\nHost: a\r\n\r\n")
        self.assertTrue(answer.startswith(b"HTTP/1.1 414 "), answer[:200])
        answer = free_bytes(self.served.port, b"GET /" + b"a" * 70000 + b" HTTP/1.1\r\nHost: a\r\n\r\n")
        self.assertTrue(answer.startswith(b"HTTP/1.1 414 "), answer[:200])
        answer = free_bytes(self.served.port, b"GET / HTTP/1.1\r\nHost: a\r\n" + b"X-A: b\r\n" * 8000 + b"\r\n")
        self.assertTrue(answer.startswith(b"HTTP/1.1 431 "), answer[:200])

    def test_what_is_no_http_gets_an_answer_and_the_line_is_closed(self):
        for bytes_ in (b"hello\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n",
                       b"GET / HTTP/1.1\r\nHost a\r\n\r\n",
                       b"POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"):
            answer = free_bytes(self.served.port, bytes_)
            self.assertTrue(answer.startswith(b"HTTP/1.1 400 "), f"{bytes_!r}: {answer[:200]!r}")
        self.assertEqual(200, self.client().get("/healthz").status)

    def test_who_waits_for_a_sign_to_send_the_body_gets_it(self):
        body = json.dumps({"name": "nobody", "password": "nothing"}).encode()
        with socket.create_connection(("127.0.0.1", self.served.port), timeout=10) as line:
            line.sendall(b"POST /api/v1/session HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nExpect: "
                         b"100-continue\r\nContent-Length: %d\r\n\r\n" % len(body))
            self.assertTrue(line.recv(100).startswith(b"HTTP/1.1 100 Continue\r\n\r\n"))
            line.sendall(body)
            self.assertTrue(line.recv(100).startswith(b"HTTP/1.1 401 "))

    def test_requests_in_a_row_on_one_line_are_answered_in_their_order(self):
        one = b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"
        last = b"GET /api/v1/nothing HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
        answer = free_bytes(self.served.port, one * 3 + last)
        self.assertEqual(["200", "200", "200", "404"], re.findall(r"HTTP/1\.1 (\d+) ", answer.decode()))

    def test_a_head_alone_is_answered_without_a_body(self):
        got = self.client().get("/api/v1/openapi.json")
        head = self.client()("HEAD", "/api/v1/openapi.json")
        self.assertEqual((200, b""), (head.status, head.body))
        self.assertEqual(str(len(got.body)), head.headers["Content-Length"])

    def test_json_that_is_none_is_told_and_every_field_is_named(self):
        def sent(raw):
            return self.client()("POST", "/api/v1/session", raw=raw, headers={"Content-Type": "application/json"})

        for raw in (b"", b"{", b"[" * 5000, b'{"name": "\xff"}', b'{"name": 1e}'):
            self.problem(sent(raw), 400, "not_json")
        body = self.problem(sent(b'{"name": 5, "pass word": "x"}'), 422, "fields")
        self.assertEqual([("/name", "not_a_text"), ("/password", "missing"), ("?", "unknown")],
                         [(e["pointer"].replace("/?", "?"), e["code"]) for e in body["errors"]])
        body = self.problem(sent(b"[]"), 422, "fields")
        self.assertEqual("not_an_object", body["errors"][0]["code"])
        body = self.problem(sent(b'{"name": "a\\u0000b", "password": "c"}'), 422, "fields")
        self.assertEqual("/name", body["errors"][0]["pointer"])

    def test_what_was_read_before_need_not_be_sent_again(self):
        first = self.client().get("/api/v1/openapi.json")
        again = self.client().get("/api/v1/openapi.json", headers={"If-None-Match": first.headers["ETag"]})
        self.assertEqual((304, b""), (again.status, again.body))

    # --- files ---------------------------------------------------------------------------------------------------

    def test_the_apps_files_are_kept_by_browsers_as_long_as_they_may(self):
        hashed = self.client().get("/assets/index-BsC3d9xA.js")
        self.assertEqual("public, max-age=31536000, immutable", hashed.headers["Cache-Control"])
        self.assertEqual("text/javascript; charset=utf-8", hashed.headers["Content-Type"])
        for path in ("/", "/index.html", "/plain.css"):
            answer = self.client().get(path)
            self.assertEqual((200, "no-cache"), (answer.status, answer.headers["Cache-Control"]), path)
            unchanged = self.client().get(path, headers={"If-None-Match": answer.headers["ETag"]})
            self.assertEqual(304, unchanged.status)

    def test_a_page_of_the_app_is_the_app_and_a_missing_file_is_missing(self):
        self.assertIn(b"<title>app</title>", self.client().get("/warnings/LC000001").body)
        self.assertEqual(404, self.client().get("/assets/gone-AAAAAAA1.js").status)

    def test_nothing_outside_of_the_apps_folder_is_served(self):
        for path in ("/../outside.txt", "/%2e%2e/outside.txt", "/assets/..%2f..%2foutside.txt", "/.secret", "/link.txt",
                     "/..%5coutside.txt", "//outside.txt", "/assets/%00index.html", "/%c0%ae%c0%ae/outside.txt"):
            answer = free_bytes(self.served.port, f"GET {path} HTTP/1.0\r\n\r\n".encode())
            self.assertNotIn(b"hidden", answer, path)
            self.assertFalse(answer.endswith(b"outside"), path)

    def test_every_answer_says_what_browsers_must_not_do_with_it(self):
        for path in ("/", "/api/v1/nothing", "/healthz", "/api/v1/openapi.json"):
            headers = self.client().get(path).headers
            self.assertEqual("nosniff", headers["X-Content-Type-Options"], path)
            self.assertIn("default-src 'self'", headers["Content-Security-Policy"])
            self.assertNotIn("unsafe", headers["Content-Security-Policy"])
            self.assertEqual("no-referrer", headers["Referrer-Policy"])
            self.assertNotIn("Server", headers)

    # --- what strangers may make slow or many -----------------------------------------------------------------------

    def test_probes_are_answered_while_two_thousand_lines_are_idle_and_others_drip(self):
        hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
        idle = [socket.create_connection(("127.0.0.1", self.served.port)) for _ in range(2000)]
        drips = [socket.create_connection(("127.0.0.1", self.served.port)) for _ in range(200)]
        begun = time.monotonic()
        for line in drips:
            line.sendall(b"GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ")
        slowest = 0.0
        for _ in range(40):
            for line in drips:
                try:
                    line.sendall(b"a")
                except OSError:
                    pass
            for path in ("/healthz", "/readyz"):
                asked = time.monotonic()
                self.assertEqual(200, self.client().get(path).status)
                slowest = max(slowest, time.monotonic() - asked)
            time.sleep(0.05)
        self.assertLess(slowest, 3.0)
        # A head has ten seconds, however it drips.
        drips[0].settimeout(max(1.0, 25 - (time.monotonic() - begun)))
        try:
            self.assertEqual(b"", drips[0].recv(10))
        except ConnectionResetError:
            pass
        for line in idle + drips:
            line.close()

    def test_counters_and_log_tell_operations_and_no_addresses_of_people(self):
        self.client().get("/api/v1/households/LC000001")
        metrics = self.client().get("/metrics").body.decode()
        self.assertIn('doudi_http_requests_total{operation="getHousehold",status="401"}', metrics)
        log = self.served.log()
        self.assertIn('"operation":"getHousehold"', log)
        self.assertNotIn("LC000001", log)
        for line in log.splitlines():
            json.loads(line)


class Limits(Case):
    """Few workers, a short queue, a low rate."""
    with_county = False
    arguments = ("--workers", "1", "--queue", "2")

    def test_past_its_limit_it_says_so_and_recovers(self):
        answers = []

        def ask():
            answer = self.client()("POST", "/api/v1/session", {"name": "nobody", "password": "a wrong 1 one"})
            answers.append((answer.status, answer.headers.get("Retry-After")))

        threads = [threading.Thread(target=ask) for _ in range(40)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        refused = [retry for status, retry in answers if status == 503]
        self.assertTrue(refused, answers)
        self.assertNotIn(None, refused)
        self.assertEqual({401, 429, 503}, {status for status, _ in answers} | {401, 429})
        self.assertEqual(200, self.client().get("/readyz").status)


class Rate(Case):
    with_county = False
    arguments = ("--rate", "5")

    def test_who_asks_too_often_is_told_to_wait(self):
        answers = [self.client().get("/api/v1/nothing") for _ in range(60)]
        refused = [answer for answer in answers if answer.status == 429]
        self.assertTrue(refused)
        self.assertEqual("1", refused[0].headers["Retry-After"])
        self.assertEqual("too_many_requests", refused[0].json["code"])
        time.sleep(1.2)
        self.assertEqual(404, self.client().get("/api/v1/nothing").status)


class Tls(unittest.TestCase):
    """TLS of our own, and the rules of where to listen."""

    @classmethod
    def setUpClass(cls):
        cls.made = tempfile.TemporaryDirectory(prefix="doudi-tls-")
        cls.root = Path(cls.made.name)
        cls.program = office.Program(Case.binary, cls.root)
        cls.program.office("office")
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                        "-keyout", "key.pem", "-out", "cert.pem", "-days", "2", "-subj", "/CN=localhost", "-addext",
                        "subjectAltName=IP:127.0.0.1"], cwd=cls.root, check=True, capture_output=True)

    @classmethod
    def tearDownClass(cls):
        cls.made.cleanup()

    def test_it_speaks_tls_and_nothing_older(self):
        served = office.Served(self.program, "office", "--tls-cert", "cert.pem", "--tls-key", "key.pem")
        try:
            trusted = ssl.create_default_context(cafile=self.root / "cert.pem")
            answer = Client(served.port, tls=trusted).get("/api/v1/nothing")
            self.assertEqual(404, answer.status)
            self.assertIn("max-age", answer.headers["Strict-Transport-Security"])
            self.assertNotIn(b"HTTP/", free_bytes(served.port, b"GET / HTTP/1.1\r\nHost: a\r\n\r\n", 5))
            old = ssl.create_default_context(cafile=self.root / "cert.pem")
            old.maximum_version = ssl.TLSVersion.TLSv1_1
            with self.assertRaises(OSError):
                Client(served.port, tls=old).get("/healthz")
            self.assertEqual(200, Client(served.port, tls=trusted).get("/healthz").status)
        finally:
            self.assertEqual(0, served.stop())

    def test_people_are_not_served_in_the_clear_beyond_this_machine(self):
        run = self.program("serve", "--data", "office", "--listen", "0.0.0.0:0")
        self.assertEqual((2, True), (run.code, "without TLS" in run.err), str(run))
        run = self.program("serve", "--data", "office", "--tls-cert", "cert.pem")
        self.assertEqual(2, run.code, str(run))
        run = self.program("serve", "--data", "office", "--tls-cert", "cert.pem", "--tls-key", "cert.pem")
        self.assertEqual(1, run.code, str(run))
        run = self.program("serve", "--data", "office", "--listen", "nowhere")
        self.assertEqual(2, run.code, str(run))

    def test_the_first_start_tells_how_the_first_administrator_is_made(self):
        served = office.Served(self.program, "office")
        try:
            self.assertIn("--first-administrator", served.next_line())
        finally:
            self.assertEqual(0, served.stop())


if __name__ == "__main__":
    main()
