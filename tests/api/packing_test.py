# SPDX-License-Identifier: Apache-2.0
"""Answers made smaller on their way: which, for whom, with which tag; and which never are."""
import gzip
import os
import socket

from office import Case, main

GZIP = {"Accept-Encoding": "gzip"}


class Packing(Case):
    @classmethod
    def serve(cls):
        web = cls.root / "web"
        web.mkdir()
        for name, text in (("app-BsC3d9xA.js", "export const all = 1;\n" * 200), ("plain.css", "a{}\n" * 500),
                           ("old.js", "new"), ("index.html", "<!doctype html>")):
            (web / name).write_text(text, encoding="utf-8")
        (web / "app-BsC3d9xA.js.br").write_bytes(b"as if brotli")
        (web / "app-BsC3d9xA.js.gz").write_bytes(gzip.compress((web / "app-BsC3d9xA.js").read_bytes()))
        (web / "plain.css.gz").write_bytes(gzip.compress((web / "plain.css").read_bytes()))
        (web / "old.js.gz").write_bytes(gzip.compress(b"old"))
        os.utime(web / "old.js.gz", (1_000_000_000, 1_000_000_000))
        (cls.root / "outside.gz").write_bytes(b"outside")
        (web / "index.html.gz").symlink_to(cls.root / "outside.gz")
        cls.arguments = ("--web", web)
        super().serve()
        cls.worker = cls.account("worker", "county_caseworker")

    LIST = "/api/v1/households?limit=100"

    def test_a_long_answer_is_packed_for_who_takes_it_and_is_the_same(self):
        plain = self.worker.get(self.LIST)
        packed = self.worker.get(self.LIST, headers=GZIP)
        self.assertEqual((None, "gzip"), (plain.headers["Content-Encoding"], packed.headers["Content-Encoding"]))
        self.assertEqual(plain.body, gzip.decompress(packed.body))
        self.assertEqual(str(len(packed.body)), packed.headers["Content-Length"])
        self.assertLess(len(packed.body), len(plain.body) / 3)
        for answer in (plain, packed):
            self.assertEqual("Accept-Encoding", answer.headers["Vary"])
        for asked, coding in (("br, gzip;q=0.5", "gzip"), ("*", "gzip"), ("GZIP", "gzip"), ("br", None), ("", None),
                              ("gzip;q=0", None), ("*, gzip;q=0", None), ("identity, *;q=0", None), (";;,", None)):
            answer = self.worker.get(self.LIST, headers={"Accept-Encoding": asked})
            self.assertEqual(coding, answer.headers["Content-Encoding"], asked)
        head = self.worker("HEAD", self.LIST, headers=GZIP)
        self.assertEqual((b"", packed.headers["Content-Length"]), (head.body, head.headers["Content-Length"]))

    def test_each_coding_has_a_tag_of_its_own(self):
        plain = self.worker.get(self.LIST).headers["ETag"]
        packed = self.worker.get(self.LIST, headers=GZIP).headers["ETag"]
        self.assertNotEqual(plain, packed)
        for tag, asked, status in ((plain, {}, 304), (packed, GZIP, 304), (plain, GZIP, 200), (packed, {}, 200)):
            answer = self.worker.get(self.LIST, headers={**asked, "If-None-Match": tag})
            self.assertEqual(status, answer.status, (tag, asked))
            self.assertEqual("Accept-Encoding", answer.headers["Vary"])
            if status == 304:
                self.assertEqual((b"", None), (answer.body, answer.headers["Content-Encoding"]))

    def test_what_holds_a_key_to_a_door_is_never_packed(self):
        mine = self.worker.get("/api/v1/session", headers=GZIP)
        self.assertIn("csrf", mine.json)
        self.assertGreater(len(mine.body), 1024)  # long enough
        self.assertEqual((None, None), (mine.headers["Content-Encoding"], mine.headers["Vary"]))

    def test_short_answers_problems_files_and_streams_are_as_they_are(self):
        for path in ("/api/v1/households?limit=1&category=nothing", "/api/v1/households/nobody",
                     "/api/v1/households?format=csv", "/healthz"):
            answer = self.worker.get(path, headers=GZIP)
            self.assertIsNone(answer.headers["Content-Encoding"], path)
        with socket.create_connection(("127.0.0.1", self.served.port), timeout=10) as line:
            line.sendall(f"GET /api/v1/events HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\nCookie: "
                         f"doudi_session={self.worker.cookie}\r\n\r\n".encode())
            head = line.recv(4000)
        self.assertIn(b"text/event-stream", head)
        self.assertNotIn(b"Content-Encoding", head)

    def test_files_of_the_app_go_out_as_they_lie_packed_beside(self):
        path = "/app-BsC3d9xA.js"
        for asked, coding in (("gzip, br", "br"), ("br", "br"), ("gzip", "gzip"), ("br;q=0, gzip", "gzip"),
                              ("zstd", None), ("", None)):
            answer = self.client().get(path, headers={"Accept-Encoding": asked})
            self.assertEqual((200, coding), (answer.status, answer.headers["Content-Encoding"]), asked)
            self.assertEqual("text/javascript; charset=utf-8", answer.headers["Content-Type"])
            self.assertEqual("Accept-Encoding", answer.headers["Vary"])
            self.assertIn("immutable", answer.headers["Cache-Control"])
            unchanged = self.client().get(path, headers={"Accept-Encoding": asked,
                                                         "If-None-Match": answer.headers["ETag"]})
            self.assertEqual(304, unchanged.status)
        tags = {self.client().get(path, headers={"Accept-Encoding": a}).headers["ETag"] for a in ("br", "gzip", "")}
        self.assertEqual(3, len(tags))
        css = self.client().get("/plain.css", headers={"Accept-Encoding": "br, gzip"})
        self.assertEqual(("gzip", "no-cache"), (css.headers["Content-Encoding"], css.headers["Cache-Control"]))

    def test_a_packed_file_that_is_older_or_lies_elsewhere_is_not_taken(self):
        old = self.client().get("/old.js", headers=GZIP)
        self.assertEqual((b"new", None, None), (old.body, old.headers["Content-Encoding"], old.headers["Vary"]))
        page = self.client().get("/", headers=GZIP)
        self.assertEqual((b"<!doctype html>", None), (page.body, page.headers["Content-Encoding"]))


if __name__ == "__main__":
    main()
