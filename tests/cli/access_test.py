# SPDX-License-Identifier: Apache-2.0
"""Units, accounts and the log of looks on the command line.      access_test.py DOUDI"""
import csv
import io
import json
import re
import sqlite3
import sys
import unittest
import zipfile

from case import Q2, REGISTER_ROWS, Case
from program import DONE, FAILURE, SOURCE, USAGE

UNITS = """- {code: city, title: 市, kind: city, from: 2020-01-01}
- {code: town, title: 镇, kind: township, parent: city, region: "441699102", from: 2020-01-01}
"""


class Access(Case):
    def setUp(self):
        super().setUp()
        self.units = self.folder / "units.yaml"
        self.units.write_text(UNITS, encoding="utf-8")

    def rows(self, *arguments):
        return list(csv.DictReader(io.StringIO(self.doudi.must(*arguments, "--format", "csv").out)))

    def sql(self, text, data="office"):
        with sqlite3.connect(self.folder / data / "doudi.sqlite") as database:
            return database.execute(text).fetchall()

    def test_units_are_loaded_again_and_moved(self):
        self.says(self.doudi("units", "load", "--data", "office", "units.yaml"), DONE, "2 units added")
        self.says(self.doudi("units", "load", "--data", "office", "units.yaml"), DONE, "0 units added", "2 as before")
        (self.folder / "more.csv").write_text(
            "title,code,kind,parent,from\n县,county,county,city,2020-01-01\n镇,town,township,county,2026-01-01\n",
            encoding="utf-8")
        self.says(self.doudi("units", "load", "--data", "office", "more.csv"), DONE, "1 unit added", "1 moved")
        for day, path in (("2025-12-31", "市 / 镇"), ("2026-01-01", "市 / 县 / 镇")):
            found = {row["code"]: row["path"] for row in self.rows("units", "list", "--data", "office", "--day", day)}
            self.assertEqual(path, found["town"])

    def test_what_no_paper_covers_is_listed_with_whose_it_is_masked_in_every_format(self):
        self.small_office()
        code, name, number = REGISTER_ROWS[0]
        (self.folder / "houses.csv").write_text(
            "户主姓名,户主身份证号,危房等级,鉴定日期,是否唯一住房,授权日期,改造状态\n"
            f"{name},{number},D级,2025-06-01,是,2025-05-20,未改造\n", encoding="utf-8")
        self.doudi.must("import", "--data", "small", "--as-of", Q2, "houses.csv")
        kept = ("kept-apart", "--data", "small", "--as-of", Q2)
        self.says(self.doudi(*kept), DONE, "houses.csv", "It is the only dwelling", code, "张**",
                  "no authorisation was signed")
        self.says(self.doudi(*kept, lang="zh"), DONE, "姓名", "为唯一住房", "张**", "没有签署授权书")
        (row,) = self.rows(*kept)
        self.assertEqual({"file": "houses.csv", "row": "2", "dataset": "housing.renovation", "fact": "sole_dwelling",
                          "household_id": code, "name_masked": "张**", "told_on": "2025-06-01", "reason": "none"}, row)
        (told,) = json.loads(self.doudi.must(*kept, "--format", "json").out)
        self.assertEqual({**row, "row": 2}, told)
        self.doudi.must(*kept, "-o", "kept.xlsx")
        with zipfile.ZipFile(self.folder / "kept.xlsx") as book:
            text = "".join(book.read(part).decode() for part in book.namelist() if part.endswith(".xml"))
        self.assertIn("张**", text)
        for form in ("table", "csv", "json"):
            self.assertNotIn(name, self.doudi.must(*kept, "--format", form).out)
        self.assertNotIn(name, text)
        # Nobody who reads the list has to guess what an empty one means.
        self.says(self.doudi("kept-apart", "--data", "small", "--as-of", "2025-05-31"), DONE,
                  "no row waits for a paper")

    def test_a_file_of_units_that_is_wrong_changes_nothing_and_says_where(self):
        for text, words in ((UNITS + "- {code: x, title: X, kind: county, parrent: city, from: 2020-01-01}\n",
                             ("units.yaml:3:37", "parent")),
                            (UNITS + "- {code: x, title: X, kind: kingdom, parent: city, from: 2020-01-01}\n",
                             ("units.yaml:3:3", "kingdom")),
                            ("code: city\n", ("units.yaml:1:1", "a list"))):
            with self.subTest(words):
                self.units.write_text(text, encoding="utf-8")
                self.says(self.doudi("units", "load", "--data", "office", "units.yaml"), FAILURE, *words)
        (self.folder / "bad.csv").write_text("code,title,kind,parent,form\n", encoding="utf-8")
        self.says(self.doudi("units", "load", "--data", "office", "bad.csv"), FAILURE, "bad.csv:1", "'form'")
        self.says(self.doudi("units", "list", "--data", "office"), DONE, "no units")

    def test_imported_households_belong_to_the_unit_of_their_region_or_the_one_named(self):
        self.doudi.office("small")
        self.doudi.must("units", "load", "--data", "small", "units.yaml")
        head = "户编号,区划代码,家庭住址,户主姓名,户主身份证号,对象类别,纳入日期,月人均收入（元）\n"
        (self.folder / "户.csv").write_text(head + "LZ1,441699102012,龙泽县,张,,低保对象,2023-02-20,600\n"
                                           "LZ2,不详,龙泽县,李,,低保对象,2023-02-20,600\n", encoding="utf-8")
        (self.folder / "人.csv").write_text("户编号,姓名,身份证号码,与户主关系,性别,联系电话\nLZ1,张,,户主,男,\n"
                                           "LZ2,李,,户主,男,\n", encoding="utf-8")
        run = self.doudi.must("import", "--data", "small", "--as-of", Q2, "户.csv", "人.csv", "--for", "nowhere",
                              code=FAILURE)
        self.says(run, FAILURE, "'nowhere'", "units list")
        self.says(self.doudi("import", "--data", "small", "--as-of", Q2, "户.csv", "人.csv"), DONE,
                  "1 household by region, 1 by the unit that sent the file")
        self.assertEqual([("LZ1", "town", Q2, "9999-12-31"), ("LZ2", "city", Q2, "9999-12-31")], self.sql(
            "select distinct h.code, u.code, p.from_on, p.until_on from household h join household_unit p"
            " on p.household = h.id join unit u on u.id = p.unit order by h.code", "small"))

    def test_the_sample_county_has_a_unit_for_every_household(self):
        self.doudi.office("sample")
        county = SOURCE / "samples" / "longchuan"
        self.says(self.doudi("units", "load", "--data", "sample", county / "units.yaml"), DONE, "units added")
        self.says(self.doudi("import", "--data", "sample", "--as-of", Q2, county / "registry"), DONE,
                  "800 households by region, 0 by")

    def test_an_account_is_added_locked_and_reset_and_its_first_password_is_shown_once(self):
        self.doudi.must("units", "load", "--data", "office", "units.yaml")
        added = self.doudi.must("user", "add", "wang", "--data", "office", "--role", "township_officer", "--unit",
                                "town")
        password = re.search(r"[0-9a-z]{4}(-[0-9a-z]{4}){3}", added.out)[0]
        self.assertNotIn(password, str(self.sql("select * from account")))
        self.says(self.doudi("user", "add", "WANG", "--data", "office", "--role", "auditor", "--unit", "town"), FAILURE,
                  "taken")
        self.says(self.doudi("user", "add", "li", "--data", "office", "--role", "king", "--unit", "town"), FAILURE,
                  "'king'")
        self.says(self.doudi("user", "add", "li", "--data", "office", "--role", "auditor", "--unit", "x"), FAILURE,
                  "'x'")
        self.says(self.doudi("user", "add", "li", "--data", "office", "--unit", "town"), USAGE, "--role")
        self.assertEqual(["yes"], [row["active"] for row in self.rows("user", "list", "--data", "office")])
        self.says(self.doudi("user", "lock", "wang", "--data", "office"), DONE, "locked")
        self.assertEqual(["no"], [row["active"] for row in self.rows("user", "list", "--data", "office")])
        self.says(self.doudi("user", "lock", "wang", "--data", "office", "--undo"), DONE)
        again = self.doudi.must("user", "reset", "wang", "--data", "office")
        self.assertNotIn(password, again.out)
        self.says(self.doudi("user", "reset", "nobody", "--data", "office"), FAILURE, "no such account")
        self.says(self.doudi("user", "lock", "nobody", "--data", "office", lang="zh"), FAILURE, "没有这个账号")
        log = self.rows("audit", "show", "--data", "office")
        self.assertEqual(["user reset wang", "user unlock wang", "user lock wang"], [row["what"] for row in log][:3])
        self.assertNotIn(password, str(log))

    def test_the_log_verifies_until_a_byte_of_it_is_another(self):
        self.says(self.doudi("audit", "verify", "--data", "office"), DONE, "0 records")
        self.says(self.doudi("audit", "anchor", "--data", "office"), FAILURE, "no record yet")
        self.doudi.must("units", "load", "--data", "office", "units.yaml")
        self.doudi.must("user", "add", "wang", "--data", "office", "--role", "township_officer", "--unit", "town")
        self.doudi.must("user", "lock", "wang", "--data", "office")
        self.says(self.doudi("audit", "anchor", "--data", "office", "--output", "anchors.txt"), DONE, "3 2")
        self.says(self.doudi("audit", "verify", "--data", "office", "--anchors", "anchors.txt"), DONE,
                  "3 records are sound", "2 anchors")
        # It agrees with the database's own anchors, and says what it cannot see without those kept elsewhere.
        self.says(self.doudi("audit", "verify", "--data", "office"), DONE, "1 anchor", "without --anchors")
        self.assertNotIn("without --anchors", self.doudi("audit", "verify", "--data", "office", "--anchors",
                                                         "anchors.txt").err)
        self.sql("update audit_record set what = 'user lock zhao' where seq = 3")
        self.says(self.doudi("audit", "verify", "--data", "office"), FAILURE, "record 3 was edited")
        self.says(self.doudi("audit", "verify", "--data", "office", lang="zh"), FAILURE, "第 3 条记录被改动")
        # Someone thorough cuts the tail and mends all that the database says of it.
        self.sql("delete from audit_record where seq = 3")
        self.sql("delete from audit_anchor")
        self.sql("delete from audit_subject where seq = 3")
        self.sql("update audit_head set seq = 2, indexed = 2, hash = (select hash from audit_record where seq = 2)")
        self.says(self.doudi("audit", "verify", "--data", "office"), DONE, "2 records")
        self.says(self.doudi("audit", "verify", "--data", "office", "--anchors", "anchors.txt"), FAILURE,
                  "record 3 was there")
        (self.folder / "anchors.txt").write_text("3 2026-01-01 00 00\n", encoding="utf-8")
        self.says(self.doudi("audit", "verify", "--data", "office", "--anchors", "anchors.txt"), FAILURE,
                  "anchors.txt:1")
        self.sql("delete from audit_head")
        self.says(self.doudi("audit", "verify", "--data", "office"), FAILURE, "the head of the log is gone")
        self.says(self.doudi("user", "lock", "wang", "--undo", "--data", "office"), FAILURE,
                  "the head of the log is gone")

    def test_terms_are_shown_and_what_is_due_goes_with_a_proof(self):
        terms = {row["class"]: row for row in self.rows("retention", "list", "--data", "office")}
        self.assertEqual("0", terms["sign_in_failure"]["due"])
        # Of the class alone: the sample's own rows grow older than their terms as the years go.
        run = ("retention", "run", "--data", "office", "--class", "sign_in_failure")
        self.says(self.doudi(*run), DONE, "nothing is due")
        self.sql("insert into sign_in_failure values ('name:x', 1, 0, 0)")
        self.says(self.doudi(*run), DONE, "removed sign_in_failure: 1 (")
        self.assertEqual([(0,)], self.sql("select count(*) from sign_in_failure"))
        self.assertIn("sign_in_failure", self.rows("audit", "show", "--data", "office")[0]["what"])
        self.says(self.doudi("audit", "verify", "--data", "office"), DONE, "1 record is sound")

    def test_roles_that_are_misspelt_stop_every_command_with_their_place(self):
        home = self.folder / "home"
        for name in ("packs", "datasets", "calendar"):
            home.mkdir(exist_ok=True)
            (home / name).symlink_to(SOURCE / name)
        (home / "access").mkdir()
        for file in (SOURCE / "access").iterdir():
            text = file.read_text(encoding="utf-8")
            (home / "access" / file.name).write_text(
                text.replace("may: [propose]", "may: [propse]") if file.name == "roles.yaml" else text,
                encoding="utf-8")
        self.doudi.home = home
        self.says(self.doudi("user", "list", "--data", "office"), FAILURE, "access/roles.yaml:", "propse", "propose")


if __name__ == "__main__":
    Case.binary = sys.argv.pop(1)
    unittest.main()
