#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Papers as a reader of PDF has them: words that can be searched and copied, fonts embedded, the same bytes each time,
and what the program says of what was left blank."""
import csv
import io
import json
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from program import DONE, FAILURE, SOURCE, USAGE, Program

FIELDS = SOURCE / "src" / "print" / "testdata" / "fields"


def words_of(pdf):
    """The text as it is copied out of the sheet, without blanks."""
    told = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], stdout=subprocess.PIPE, check=True).stdout
    return "".join(told.decode("utf-8").split())


class Papers(unittest.TestCase):
    binary = ""

    def setUp(self):
        self.made = tempfile.TemporaryDirectory(prefix="doudi-paper-")
        self.folder = Path(self.made.name)
        self.doudi = Program(self.binary, self.folder)

    def tearDown(self):
        self.assertEqual([], [str(run) for run in self.doudi.leaks], "an identity number was printed")
        self.made.cleanup()

    def says(self, run, code, *words):
        self.assertEqual(code, run.code, str(run))
        for word in words:
            self.assertIn(word, run.out + run.err, str(run))

    def put(self, name, fields, date="2025-06-30"):
        path = self.folder / name
        path.write_text(json.dumps({"date": date, "fields": fields}, ensure_ascii=False), encoding="utf-8")
        return path

    def print(self, paper, fields, *more, output="a.pdf", **how):
        return self.doudi("paper", "print", paper, "--fields", fields, "--output", output, *more, **how)

    def test_every_paper_is_listed_and_printed_twice_to_the_same_bytes(self):
        listed = self.doudi.must("paper", "list", "--format", "csv").out
        rows = list(csv.DictReader(io.StringIO(listed)))
        self.assertEqual(sorted(row["paper"] for row in rows), sorted({p.name.split(".")[0] for p in FIELDS.iterdir()}))
        for row in rows:
            fields = FIELDS / f"{row['paper']}.json"
            self.says(self.print(row["paper"], fields), DONE, "a.pdf", "page")
            elsewhere = {"TZ": "Asia/Shanghai", "LC_ALL": "C"}
            self.says(self.print(row["paper"], fields, output="b.pdf", env=elsewhere), DONE)
            first = (self.folder / "a.pdf").read_bytes()
            self.assertEqual(first, (self.folder / "b.pdf").read_bytes(), row["paper"])
            self.assertIn(b"20250630", first)

    def test_words_can_be_copied_out_rare_ones_too_and_every_font_is_embedded(self):
        fields = json.loads((FIELDS / "decision_letter.json").read_text(encoding="utf-8"))["fields"]
        fields["applicant"] = "㛃𠮷𫝀·买买提"
        self.says(self.print("decision_letter", self.put("f.json", fields)), DONE)
        words = words_of(self.folder / "a.pdf")
        for word in ("㛃𠮷𫝀·买买提：", "龙泽民救〔2025〕118号", "人民币壹仟贰佰元整", "2025年6月30日", "行政复议"):
            self.assertIn(word, words)
        run = subprocess.run(["pdffonts", str(self.folder / "a.pdf")], stdout=subprocess.PIPE, check=True)
        told = run.stdout.decode()
        fonts = told.splitlines()[2:]
        self.assertGreaterEqual(len(fonts), 2, told)
        for font in fonts:
            self.assertRegex(font, r"^[A-Z]{6}\+.*\byes yes yes\b", told)
        self.assertLess((self.folder / "a.pdf").stat().st_size, 200_000)

    def test_what_was_left_blank_and_what_no_font_has_is_said(self):
        run = self.print("taper_notice", self.put("f.json", {"applicant": "བ", "taper_months": 6}))
        self.says(run, DONE, "left to be written: document_number", "U+0F56 (applicant)")
        self.says(self.print("taper_notice", self.folder / "f.json", lang="zh"), DONE, "留空待填", "请手写", "1 页")

    def test_children_are_withheld_from_what_is_posted(self):
        self.says(self.print("public_notice", FIELDS / "public_notice.json"), DONE, "1 rows of children")
        words = words_of(self.folder / "a.pdf")
        self.assertIn("周长顺", words)
        self.assertNotIn("林小宝", words)
        fields = json.loads((FIELDS / "public_notice.json").read_text(encoding="utf-8"))["fields"]
        fields["posted"] = [person for person in fields["posted"] if not person["adult"]]
        self.says(self.print("public_notice", self.put("f.json", fields), output="none.pdf"), FAILURE, "nobody to post")
        self.assertFalse((self.folder / "none.pdf").exists())

    def test_fields_and_files_that_are_wrong(self):
        self.says(self.print("decision", self.put("f.json", {})), FAILURE, "there is no paper 'decision'")
        self.says(self.print("decision_letter", "nosuch.json"), FAILURE, "nosuch.json")
        self.says(self.print("decision_letter", self.put("f.json", {"aplicant": "x", "persons": "two"})), FAILURE,
                  "f.json:1:35", "did you mean 'applicant'?", "f.json:1:")
        self.says(self.print("decision_letter", self.put("f.json", {"aplicant": "x"}), lang="zh"), FAILURE, "是否应为")
        self.says(self.print("decision_letter", self.put("f.json", {}), output="no/such/a.pdf"), FAILURE, "no/such")
        self.says(self.doudi("paper", "print", "decision_letter"), USAGE, "--fields")
        self.says(self.doudi("paper"), USAGE, "doudi paper --help")

    def test_fields_of_a_paper_are_listed_with_their_words(self):
        self.says(self.doudi("paper", "fields", "public_notice"), DONE, "posted.adult", "stage", "proposed=拟确认")
        self.says(self.doudi("paper", "fields", "notice"), FAILURE, "no paper")

    def test_a_pack_words_a_paper_otherwise_and_its_faults_are_named(self):
        law = self.folder / "law"
        for part in ("papers", "calendar", "datasets"):
            shutil.copytree(SOURCE / part, law / part)
        shutil.copytree(SOURCE / "packs" / "national", law / "packs" / "national")
        own = law / "packs" / "national" / "papers"
        own.mkdir()
        (own / "pledge_form.yaml").write_text(
            "title: {zh: 承诺, en: Pledge}\nlayout: letter\nblocks:\n  - title: 本县承诺书\n", encoding="utf-8")
        fields = self.put("f.json", {})
        more = ("--policy", "national", "--root", "law")
        self.says(self.print("pledge_form", fields, *more), DONE)
        self.assertIn("本县承诺书", words_of(self.folder / "a.pdf"))
        with (own / "pledge_form.yaml").open("a", encoding="utf-8") as file:
            file.write("  - body: \"{nobody}\"\n")
        self.says(self.print("pledge_form", fields, *more), FAILURE, "packs/national/papers/pledge_form.yaml:5:13",
                  "there is no field 'nobody'")


if __name__ == "__main__":
    Papers.binary = sys.argv.pop(1)
    unittest.main(verbosity=1)
