# SPDX-License-Identifier: Apache-2.0
"""The register kept up on the command line: cases, and a register that comes again."""
import csv
import io
import json
import sys
import unittest

import files
from case import Case, Q2, Q3
from program import DONE, FAILURE, USAGE

HOUSEHOLDS = "户编号,区划代码,家庭住址,户主姓名,户主身份证号,对象类别,纳入日期,月人均收入（元）\n"
MEMBERS = "户编号,姓名,身份证号码,与户主关系,性别,联系电话\n"


class Register(Case):
    def setUp(self):
        super().setUp()
        self.doudi.office("small")
        self.put("first", [("LZ1", "一组", "张建国"), ("LZ2", "二组", "李秀英"), ("LZ3", "三组", "王某")],
                 [("LZ1", "张建国", files.number("19600101", 11)), ("LZ2", "李秀英", files.number("19650202", 12)),
                  ("LZ3", "王某", ""), ("LZ1", "张小", "")])
        self.doudi.must("import", "--data", "small", "--as-of", Q2, "first")

    def put(self, folder, households, members):
        (self.folder / folder).mkdir(exist_ok=True)
        (self.folder / folder / "户.csv").write_text(HOUSEHOLDS + "".join(
            f"{code},441699100001,{address},{head},,低保对象,2021-02-14,500\n" for code, address, head in households),
            encoding="utf-8")
        (self.folder / folder / "人.csv").write_text(MEMBERS + "".join(
            f"{code},{name},{number},户主,男,\n" for code, name, number in members), encoding="utf-8")

    def listed(self, *arguments):
        run = self.doudi.must("register", *arguments[:1], "--data", "small", "--format", "csv", *arguments[1:])
        return list(csv.DictReader(io.StringIO(run.out.lstrip("\ufeff"))))

    def wish(self, name, **wish):
        (self.folder / name).write_text(json.dumps(wish), encoding="utf-8")
        return name

    def names(self, code, *day):
        return [row["name"] for row in self.listed("household", code, *day)]

    def second_register(self):
        """One address changed, one new household with its member, LZ3 left out."""
        self.put("second", [("LZ1", "新址", "张建国"), ("LZ2", "二组", "李秀英"), ("LZ4", "四组", "赵某")],
                 [("LZ1", "张建国", files.number("19600101", 11)), ("LZ1", "张小", ""),
                  ("LZ2", "李秀英", files.number("19650202", 12)), ("LZ4", "赵某", files.number("19700303", 13))])

    def test_a_register_that_comes_again_changes_nothing_until_it_is_accepted(self):
        self.second_register()
        run = self.doudi.must("import", "--data", "small", "--as-of", Q3, "second")
        self.says(run, DONE, "a register stands", "register accept", "1 household is left out", "nobody is taken off")
        self.assertEqual([], self.names("LZ3")[1:])
        self.says(self.doudi("register", "household", "--data", "small", "LZ4"), FAILURE, "no household 'LZ4'")
        (proposal,) = self.listed("proposals")
        self.assertEqual(("1", "1", "1", "0", "3"), tuple(proposal[key] for key in (
            "new_households", "changed_households", "new_members", "changed_members", "open")))
        number = proposal["proposal"]
        rows = self.listed("show", number)
        self.assertIn(("change household", "LZ1", "address", "一组", "新址"),
                      [(r["kind"], r["household"], r["field"], r["before"], r["after"]) for r in rows])
        again = self.doudi.must("import", "--data", "small", "--as-of", Q3, "second")
        self.says(again, DONE, f"proposal {number} of the register")
        self.says(self.doudi("register", "accept", "--data", "small", number), DONE, "2 households, 1 member")
        self.assertEqual(["赵某"], self.names("LZ4"))
        self.assertEqual(["王某"], self.names("LZ3"))
        self.says(self.doudi("register", "accept", "--data", "small", number), FAILURE, "still open")
        self.assertEqual({"accepted"}, {row["outcome"] for row in self.listed("show", number)})

    def test_accepted_in_parts_and_refused(self):
        self.second_register()
        self.doudi.must("import", "--data", "small", "--as-of", Q3, "second")
        number = self.listed("proposals")[0]["proposal"]
        self.says(self.doudi("register", "accept", "--data", "small", number, "--household", "LZ4"), DONE,
                  "1 household, 1 member")
        self.says(self.doudi("register", "refuse", "--data", "small", number, "--reason", "核实中"), DONE,
                  "refused: 1 household, 0 members")
        self.assertEqual({("LZ1", "refused"), ("LZ4", "accepted")},
                         {(row["household"], row["outcome"]) for row in self.listed("show", number)})
        # What was refused may come again.
        self.says(self.doudi("import", "--data", "small", "--as-of", Q3, "second"), DONE, "a register stands")

    def test_import_and_accept_in_one_step(self):
        self.second_register()
        run = self.doudi.must("import", "--accept", "--data", "small", "--as-of", Q3, "second")
        self.assertNotIn("a register stands", run.out)
        self.assertEqual(["赵某"], self.names("LZ4"))
        self.assertEqual("0", self.listed("proposals")[0]["open"])
        self.assertEqual(["LZ3"], [case["households"] for case in self.listed("cases", "--kind", "absent")])

    def test_the_same_register_again_proposes_nothing(self):
        run = self.doudi.must("import", "--data", "small", "--as-of", Q3, "first")
        self.says(run, DONE, "the files say what the register says already", "no proposal")
        self.assertNotIn("a register stands", run.out)
        self.assertEqual([], self.listed("cases"))
        self.assertEqual([], self.listed("proposals"))
        run = self.doudi.must("import", "--accept", "--data", "small", "--as-of", "2025-10-31", "first")
        self.says(run, DONE, "the files say what the register says already")
        self.assertEqual([], self.listed("proposals"))

    def test_a_member_whom_the_file_leaves_out_is_asked_about_and_stays(self):
        self.put("second", [("LZ1", "一组", "张建国"), ("LZ2", "二组", "李秀英"), ("LZ3", "三组", "王某")],
                 [("LZ1", "张建国", files.number("19600101", 11)), ("LZ2", "李秀英", files.number("19650202", 12)),
                  ("LZ3", "王某", "")])
        run = self.doudi.must("import", "--data", "small", "--as-of", Q3, "second")
        self.says(run, DONE, "no proposal", "1 member is left out", "absent_member", "nobody is taken off")
        (case,) = self.listed("cases", "--kind", "absent_member")
        self.assertTrue(case["member"].endswith("张小"))
        self.assertEqual(["张建国", "张小"], self.names("LZ1"))
        member = case["member"].split()[0]
        self.wish("death.json", kind="death", effective_on="2025-07-05", paper="死亡证明 2",
                  persons=[{"id": member, "leaves": True}])
        self.says(self.doudi("register", "answer", "--data", "small", case["case"], "--answer", "dead"), FAILURE,
                  "the change that comes with it")
        self.says(self.doudi("register", "answer", "--data", "small", case["case"], "--answer", "dead", "--change",
                             "death.json"), DONE, "another person")
        self.assertEqual(["张建国", "张小"], self.names("LZ1"))
        # Asked about once: the next file asks anew only where the question was answered.
        again = self.doudi.must("import", "--data", "small", "--as-of", "2025-10-31", "second")
        self.says(again, DONE, "1 of them newly asked about")

    def test_who_left_and_what_ended_is_told_with_its_case(self):
        member = self.listed("household", "LZ2")[0]["member"]
        self.wish("merge.json", kind="merge", effective_on="2025-07-05", paper="并户申请",
                  households=[{"code": "LZ2", "ends": True, "successor": "LZ1"}],
                  persons=[{"id": member, "household": "LZ1"}])
        merge = self.case_in_force("merge.json")
        run = self.doudi("register", "household", "--data", "small", "LZ2")
        self.says(run, DONE, f"ended on 2025-07-05 (case {merge}) and refers on to LZ1",
                  f"李秀英 went to LZ1 on 2025-07-05 (case {merge})")

    def test_what_a_case_changed_is_not_overwritten_by_a_file(self):
        self.second_register()
        self.doudi.must("import", "--data", "small", "--as-of", Q3, "second")
        number = self.listed("proposals")[0]["proposal"]
        self.wish("fix.json", kind="correction", effective_on="2025-09-01",
                  households=[{"code": "LZ1", "fields": {"address": "另一处"}}])
        self.case_in_force("fix.json")
        self.says(self.doudi("register", "accept", "--data", "small", number), DONE, "1 overtaken")
        outcomes = {(row["household"], row["outcome"]) for row in self.listed("show", number)}
        self.assertIn(("LZ1", "overtaken"), outcomes)

    def case_in_force(self, file):
        run = self.doudi.must("register", "propose", "--data", "small", file)
        number = run.out.split("case ")[1].split(":")[0]
        own = self.doudi("register", "confirm", "--data", "small", number)
        self.says(own, USAGE, "nobody confirms their own")
        # Another person of the office: on the command line, another system user. As if that one had proposed it.
        self.sql(f"update change_case set proposed_name = 'other' where id = {number}")
        self.sql(f"update change_step set by_name = 'other' where change_case = {number} and n = 1")
        self.says(self.doudi("register", "confirm", "--data", "small", number), DONE, f"case {number} is confirmed")
        return number

    def sql(self, statement):
        import sqlite3
        with sqlite3.connect(self.folder / "small" / "doudi.sqlite") as database:
            database.execute(statement)
        database.close()

    def test_birth_death_and_undo(self):
        self.wish("birth.json", kind="birth", effective_on="2025-07-01", paper="出生证 1",
                  persons=[{"household": "LZ2", "fields": {"name": "李宝", "relation": "之女"}}])
        birth = self.case_in_force("birth.json")
        self.assertEqual(["李秀英", "李宝"], self.names("LZ2"))
        self.assertEqual(["李秀英"], self.names("LZ2", "--day", "2025-06-30"))
        self.says(self.doudi("register", "case", "--data", "small", birth), DONE, "in force", "出生证 1", "李宝")
        member = self.listed("household", "LZ2")[0]["member"]
        self.wish("death.json", kind="death", effective_on="2025-07-05", paper="死亡证明 2",
                  persons=[{"id": member, "leaves": True}])
        self.case_in_force("death.json")
        self.assertEqual(["李宝"], self.names("LZ2"))
        self.says(self.doudi("register", "undo", "--data", "small", birth), DONE, "another person")
        self.doudi.must("monitor", "--data", "small", "--as-of", Q3)

    def test_what_is_wrong_is_told_with_its_place(self):
        for text, words in (("{", ["bad.json"]), ('{"kind": "birth"}', ["effective_on"]),
                            ('{"kind": "birth", "effective_on": "2025-07-01", "persons": [{"fields": {"age": "3"}}]}',
                             ["/persons/0/fields/age"]),
                            ('{"kind": "correction", "effective_on": "2025-07-01", "households": [{"code": "LZ9"}]}',
                             ["no household 'LZ9'"])):
            (self.folder / "bad.json").write_text(text, encoding="utf-8")
            self.says(self.doudi("register", "propose", "--data", "small", "bad.json"), FAILURE, *words)
        self.says(self.doudi("register", "confirm", "--data", "small", "99"), FAILURE, "no case 99")
        self.says(self.doudi("register", "accept", "--data", "small", "99"), FAILURE, "no proposal 99")
        self.says(self.doudi("register", "propose", "--data", "small", "nosuch.json"), FAILURE, "nosuch.json")


if __name__ == "__main__":
    Case.binary = sys.argv.pop(1)
    unittest.main()
