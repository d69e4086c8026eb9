# SPDX-License-Identifier: Apache-2.0
"""deploy/nginx.conf in front of the server, as an office runs it: TLS at nginx, the reader's own address in the log of
looks, too large a body refused."""
import shutil
import socket
import ssl
import subprocess
import time
import unittest

from events import Events
from office import PASSWORD, SOURCE, Case, Client, main


def free_ports(count):
    """Of this moment; taken one beside the other, so that no two are the same."""
    lines = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [line.getsockname()[1] for line in lines]
    for line in lines:
        line.close()
    return ports


@unittest.skipUnless(shutil.which("nginx"), "nginx is not there")
class Front(Case):
    with_county = False
    arguments = ("--behind-proxy",)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.port, plain = free_ports(2)
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                        "-keyout", "key.pem", "-out", "cert.pem", "-days", "2", "-subj", "/CN=localhost", "-addext",
                        "subjectAltName=IP:127.0.0.1"], cwd=cls.root, check=True, capture_output=True)
        site = (SOURCE / "deploy" / "nginx.conf").read_text(encoding="utf-8")
        site = site.replace("127.0.0.1:8080", f"127.0.0.1:{cls.served.port}").replace("/etc/doudi/tls", str(cls.root))
        site = site.replace("listen 443", f"listen 127.0.0.1:{cls.port}")
        site = site.replace("listen 80;", f"listen 127.0.0.1:{plain};")
        own = f"pid {cls.root}/nginx.pid; error_log {cls.root}/nginx.log; daemon off; user root;\n"
        kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        folders = "".join(f"{kind}_temp_path {cls.root}/{kind};\n" for kind in kinds)
        (cls.root / "nginx.conf").write_text(
            f"{own}events {{}}\nhttp {{\naccess_log off;\n{folders}{site}}}\n", encoding="utf-8")
        cls.nginx = subprocess.Popen(["nginx", "-c", str(cls.root / "nginx.conf"), "-p", str(cls.root)],
                                     stderr=subprocess.PIPE)
        cls.tls = ssl.create_default_context(cafile=cls.root / "cert.pem")
        for _ in range(200):
            try:
                Client(cls.port, tls=cls.tls).get("/healthz")
                return
            except OSError:
                time.sleep(0.02)
        raise AssertionError((cls.root / "nginx.log").read_text(encoding="utf-8"))

    @classmethod
    def tearDownClass(cls):
        cls.nginx.terminate()
        cls.nginx.wait(20)
        cls.nginx.stderr.close()
        super().tearDownClass()

    def test_people_come_in_over_tls_and_the_cookie_stays_on_it(self):
        client = Client(self.port, tls=self.tls)
        self.account("town", "township_officer", unit="first")
        answer = client.sign_in("town", PASSWORD)
        self.assertEqual(200, answer.status, str(answer))
        self.assertIn("Secure", answer.headers["Set-Cookie"])
        self.assertIn("max-age", answer.headers["Strict-Transport-Security"])
        self.assertEqual(200, client.get("/api/v1/households").status)

    def test_events_are_passed_on_as_they_come(self):
        self.account("watcher", "township_officer", unit="first")
        client = Client(self.port, tls=self.tls)
        client.sign_in("watcher", PASSWORD)
        events = Events(client, "/api/v1/events")
        self.assertEqual(200, events.status)
        self.assertEqual("2000", next(iter(events))["retry"])  # it is here while the answer goes on
        events.close()

    def test_too_large_a_body_is_refused_and_counters_are_not_shown(self):
        client = Client(self.port, tls=self.tls)
        self.assertEqual(413, client("POST", "/api/v1/session", raw=b"x" * 10_000_000,
                                     headers={"Content-Type": "application/json"}).status)
        self.assertEqual(404, client.get("/metrics").status)

    def test_what_a_client_says_of_its_address_is_not_believed(self):
        self.account("town2", "township_officer", unit="first")
        client = Client(self.port, tls=self.tls)
        client.sign_in("town2", PASSWORD)
        client.get("/api/v1/households", headers={"X-Forwarded-For": "203.0.113.9"})
        auditor = self.account("auditor", "auditor")
        looks = auditor.get("/api/v1/audit?limit=5").json["items"]
        self.assertNotIn("203.0.113.9", [look["from"] for look in looks])
        self.assertIn("127.0.0.1", [look["from"] for look in looks])


if __name__ == "__main__":
    main()
