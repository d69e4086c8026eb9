# SPDX-License-Identifier: Apache-2.0
"""The command line, as an office uses it and misuses it: what it says, what it exits with, and that nothing it says
holds an identity number.      cli_test.py DOUDI"""
import contextlib
import csv
import fcntl
import io
import json
import os
import re
import shutil
import signal
import sqlite3
import sys
import time
import unittest
import zipfile

import files
from case import Q2, Q3, REGISTER_ROWS, Case
from program import DONE, FAILURE, FILE_REFUSED, SOURCE, USAGE


class Usage(Case):
    def test_what_is_no_command_line_is_exit_2(self):
        for arguments in ([], ["nosuch"], ["warnings"], ["import", "--data", "office", "--as-of", Q2],
                          ["warnings", "--data", "office", "--format", "pdf"],
                          ["warnings", "--data", "office", "--format", "xlsx"],
                          ["monitor", "--data", "office", "--as-of", Q2, "--threads", "0"],
                          ["close", "--data", "office", "--as-of", Q2]):
            with self.subTest(arguments):
                self.says(self.doudi(*arguments), USAGE)
        self.says(self.doudi("warnings", "--data", "office", lang="fr"), USAGE)

    def test_what_is_wrong_with_the_line_is_said_in_chinese_too(self):
        for arguments, words in (
                ([], "请给出命令"), (["nosuch"], "没有这样的命令或选项：nosuch"),
                (["monitor"], "缺少必需的参数：--data、--as-of"), (["refusals", "--data", "office"], "--as-of、文件名"),
                (["import", "--data", "office", "--as-of", Q2], "缺少必需的参数：文件或文件夹（"),
                (["warning", "--data", "office"], "缺少必需的参数：户编号（"),
                (["synth"], "缺少必需的参数：输出文件夹（"),
                (["warnings", "--data", "office", "--colour"], "不认识的参数：--colour"),
                (["warnings", "--data"], "--data 后面缺少值"),
                (["monitor", "--data", "office", "--as-of", Q2, "--as-of", Q3], "--as-of 只能给出一次"),
                (["warnings", "--data", "office", "--format", "pdf"], "应为 table|csv|json|xlsx 之一，而不是“pdf”"),
                (["monitor", "--data", "office", "--as-of", Q2, "--threads", "many"], "应为 1-64 之间的整数"),
                (["monitor", "--data", "office", "--as-of", Q2, "--threads", "0"], "应为 1-64 之间的整数"),
                (["synth", "new", "--seed", "x"], "而不是“x”"),
                (["synth", "new", "--seed", "-1"], "应为 0-999999999999 之间的整数，而不是“-1”"),
                (["synth", "new", "--feed-rows", "-5"], "应为 0-20000000000 之间的整数，而不是“-5”"),
                (["synth", "new", "--residents", "399"], "应为 400-150000000 之间的整数")):
            with self.subTest(arguments):
                run = self.doudi(*arguments, lang="zh")
                self.says(run, USAGE, words, "--help")
                self.assertNotRegex(run.err, "required|expected|Could|not in")
        self.says(self.doudi("monitor"), USAGE, "error: --data is required")
        self.says(self.doudi("warnings", "--data", "office", files.number("19600101", 11)), USAGE, "not expected")

    def test_of_a_file_that_is_not_there_and_of_a_folder_in_its_place_every_command_says_the_same(self):
        (self.folder / "夹").mkdir()
        (self.folder / "图.xls").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
        restore = ("restore", "--data", "new", "--from")
        for command in (("close", "--data", "office", "--as-of", "2025-07-15", "--list"),
                        ("register", "propose", "--data", "office"), ("units", "load", "--data", "office"), restore):
            with self.subTest(command):
                self.says(self.doudi(*command, "没有.csv"), FAILURE, "there is no 没有.csv")
                self.says(self.doudi(*command, "没有.csv", lang="zh"), FAILURE, "找不到 没有.csv")
                self.says(self.doudi(*command, "夹"), USAGE, "夹 is a folder: name a file")
                self.says(self.doudi(*command, "夹", lang="zh"), USAGE, "夹 是一个文件夹：请写明文件名")
        self.says(self.doudi("units", "load", "--data", "office", "图.xls"), FAILURE, "图.xls: not a table but a picture")
        self.says(self.doudi("backup", "--data", "office", "--to", "没有/a"), FAILURE, "没有/a: there is no such folder")
        new = ("init", "--policy", "guangdong-2021", "--baseline", "2025-03-31", "--data")
        self.says(self.doudi(*new, "图.xls"), FAILURE, "图.xls is a file and no folder: name another")
        self.says(self.doudi(*new, "图.xls", lang="zh"), FAILURE, "图.xls 是一个文件，不是目录")

    def test_help_in_chinese_has_chinese_headings(self):
        for command in ([], ["import"], ["warnings"], ["synth"]):
            said = self.doudi.must(*command, "--help", lang="zh").out
            self.assertIn("用法:", said)
            self.assertNotRegex(said, "Usage|O(PTIONS|ptions)|Positionals|REQUIRED|S(UBCOMMAND|ubcommands)|TEXT|UINT")

    def test_a_date_that_is_none_is_exit_2_and_named(self):
        for command in (["import", "county/2025Q2"], ["monitor"], ["close", "LZ000001"], ["quality"],
                        ["refusals", "x.csv"]):
            for day in ("2025-02-29", "2025-13-01", "20250630", "2025/06/30", "", "heute", "2025-06-30x"):
                with self.subTest(command=command, day=day):
                    run = self.doudi(command[0], "--data", "office", "--as-of", day, *command[1:])
                    self.says(run, USAGE, "--as-of", f'"{day}"')
        self.says(self.doudi("init", "--data", "new", "--policy", "guangdong-2021", "--baseline",
                             "2025-02-29"), USAGE, "--baseline")
        self.assertFalse((self.folder / "new").exists())

    def test_a_day_that_the_calendar_has_not_is_told_from_what_is_no_date(self):
        for day in ("2025-02-30", "2025-13-01", "2025-06-00"):
            for lang, words in (("en", f'--as-of: there is no day "{day}"'), ("zh", f"--as-of：历法上没有“{day}”这一天")):
                self.says(self.doudi("monitor", "--data", "office", "--as-of", day, lang=lang), USAGE, words)
        for day in ("2025-2-30", "2025-02-3x", "2025-02-301"):
            self.says(self.doudi("monitor", "--data", "office", "--as-of", day), USAGE, "takes a date such as")

    def test_a_folder_that_is_not_there_or_no_data_folder_is_exit_1(self):
        (self.folder / "other").mkdir()
        for data in ("nosuch", "other"):
            for command in (["warnings"], ["exits"], ["quality", "--as-of", Q2], ["warning", "LZ000001"],
                            ["monitor", "--as-of", Q2],
                            ["import", "--as-of", Q2, "county/2025Q2"], ["close", "--as-of", Q2, "LZ000001"]):
                with self.subTest(data=data, command=command):
                    self.says(self.doudi(command[0], "--data", data, *command[1:]), FAILURE, data, "doudi init")
                    self.says(self.doudi(command[0], "--data", data, *command[1:], lang="zh"), FAILURE, data,
                              "没有数据目录")
        self.assertFalse((self.folder / "nosuch").exists())
        self.assertEqual([], list((self.folder / "other").iterdir()))

    def test_init_makes_nothing_of_an_unknown_pack_nor_in_a_folder_that_holds_something(self):
        self.says(self.doudi("init", "--data", "new", "--policy", "atlantis-2021", "--baseline", "2025-03-31"),
                  FAILURE, "atlantis-2021")
        self.assertFalse((self.folder / "new").exists())
        (self.folder / "full").mkdir()
        (self.folder / "full" / "letter.txt").write_text("x")
        for data in ("full", "office"):
            self.says(self.doudi("init", "--data", data, "--policy", "guangdong-2021", "--baseline",
                                 "2025-03-31"), FAILURE, data)
        self.assertEqual(["letter.txt"], os.listdir(self.folder / "full"))

    def test_init_makes_nothing_inside_a_data_folder(self):
        (self.folder / "office" / "deep").mkdir()
        (self.folder / "way").symlink_to("office/deep")
        before = sorted(self.folder.rglob("*"))
        for data in ("office/new", "office/deep/new", "office/originals/new", "way/new"):
            for lang, words in (("en", "it lies inside the data folder"), ("zh", "里面")):
                self.says(self.doudi("init", "--data", data, "--policy", "guangdong-2021", "--baseline", "2025-03-31",
                                     lang=lang), FAILURE, words, str(self.folder.resolve() / "office"))
        self.assertEqual(before, sorted(self.folder.rglob("*")))
        self.doudi.office("beside")

    def test_an_empty_path_and_a_folder_below_nothing_are_named(self):
        for command in (["init", "--policy", "guangdong-2021", "--baseline", "2025-03-31"], ["warnings"],
                        ["monitor", "--as-of", Q2], ["import", "--as-of", Q2, "county/2025Q2"]):
            for lang, words in (("en", "path is empty"), ("zh", "路径是空的")):
                with self.subTest(command=command, lang=lang):
                    run = self.doudi(command[0], "--data", "", *command[1:], lang=lang)
                    self.says(run, USAGE, words)
                    self.assertNotIn("filesystem error", run.err)
        for lang, words in (("en", "is not there"), ("zh", "上级目录")):
            self.says(self.doudi("init", "--data", "no/such", "--policy", "guangdong-2021", "--baseline",
                                 "2025-03-31", lang=lang), FAILURE, words, str(self.folder / "no"))
        self.assertFalse((self.folder / "no").exists())

    def test_init_refuses_a_pack_that_cannot_monitor_and_names_those_that_can(self):
        for lang, words in (("en", "cannot monitor"), ("zh", "不能用于监测")):
            self.says(self.doudi("init", "--data", "new", "--policy", "national", "--baseline", "2025-03-31",
                                 lang=lang), FAILURE, words, "national", "guangdong-2021")
        self.assertFalse((self.folder / "new").exists())

    def test_the_language_is_that_of_the_option_then_of_the_machine_then_chinese(self):
        self.says(self.doudi("--help", lang="zh"), DONE, "兜底", "建立一个数据目录")
        self.says(self.doudi("--help", lang="en"), DONE, "make a data folder")
        self.says(self.doudi("--help", lang=None, env={"LC_ALL": "en_GB.UTF-8"}), DONE, "make a data folder")
        self.says(self.doudi("--help", lang=None, env={"LANG": "C"}), DONE, "建立一个数据目录")
        for command in ("init", "import", "monitor", "warnings", "exits", "quality", "close", "warning",
                        "refusals", "synth"):
            chinese = self.doudi.must(command, "--help", lang="zh").out
            self.assertTrue(re.search("[一-鿿]", chinese), command)
            self.assertFalse(re.search("[一-鿿]", self.doudi.must(command, "--help").out), command)


class English(Case):
    def test_one_thing_is_singular_and_several_are_plural(self):
        self.small_office()
        _, name, number = REGISTER_ROWS[0]
        (self.folder / "失业.csv").write_text(f"姓名,身份证号码,登记日期,登记状态\n{name},{number},2025-05-01,有效\n"
                                            "钱无号,,2025-05-06,有效\n", encoding="utf-8")
        self.doudi.must("import", "--data", "small", "--as-of", Q2, "失业.csv")
        self.says(self.doudi("refusals", "--data", "small", "--as-of", Q2, "失业.csv", "-o", "a.csv"), DONE,
                  "1 row to look at")
        self.says(self.doudi("monitor", "--data", "small", "--as-of", Q2), DONE,
                  "1 file with 1 row compared; 1 event scored, 0 taken back; 1 warning opened", "1 warning is open")
        self.says(self.doudi("warnings", "--data", "small"), DONE, "1 warning:")
        self.says(self.doudi("close", "--data", "small", "--as-of", "2025-07-01", "LZ1"), DONE, "1 warning was closed")
        self.says(self.doudi("warnings", "--data", "office"), DONE, " warnings:")


class Lists(Case):
    LISTS = {"warnings": (["warnings"], "household_id,score,level,issued_on,due_on,indicators"),
             "exits": (["exits"], "household_id"),
             "quality": (["quality", "--as-of", Q2],
                         "file,rows,exact,probable,off_roster,review,held,rejected,duplicate")}

    MARK = {"csv": "\ufeff", "json": "", "table": ""}  # of a file

    def list_as(self, name, form, *more, **how):
        command = self.LISTS[name][0]
        return self.doudi.must(command[0], "--data", "office", *command[1:], "--format", form, *more, **how).out

    def test_csv_columns_are_never_translated(self):
        for name, (_, columns) in self.LISTS.items():
            self.assertEqual(columns, self.list_as(name, "csv").splitlines()[0].removeprefix("\ufeff"))
            self.assertEqual(self.list_as(name, "csv", lang="en"), self.list_as(name, "csv", lang="zh"))

    def test_csv_json_table_and_workbook_tell_the_same(self):
        for name in self.LISTS:
            with self.subTest(name):
                rows = list(csv.DictReader(io.StringIO(self.list_as(name, "csv").removeprefix("\ufeff"))))
                self.assertTrue(rows)
                told = [{k: "" if v is None else str(v) for k, v in row.items() if k != "due_provisional"}
                        for row in json.loads(self.list_as(name, "json"))]
                self.assertEqual(rows, told)
                first = next(iter(rows[-1].values()))
                self.assertIn(first, self.list_as(name, "table", lang="zh"))
                self.assertIn(first, self.workbook(name))

    def workbook(self, name, **how):
        self.list_as(name, "xlsx", "--output", f"{name}.xlsx", **how)
        with zipfile.ZipFile(self.folder / f"{name}.xlsx") as book:
            return "".join(book.read(n).decode() for n in book.namelist() if n.endswith(".xml"))

    def test_a_workbook_speaks_the_readers_language(self):
        chinese, english = self.workbook("warnings", lang="zh"), self.workbook("warnings", lang="en")
        for word in ("户编号", "最迟入户日", "蓝色"):
            self.assertIn(word, chinese)
        for word in ("visit by", "Blue"):
            self.assertIn(word, english)
        self.assertNotIn("chronic_or_major_illness", chinese + english)

    def test_a_due_day_behind_the_loaded_years_is_called_provisional_in_every_form(self):
        self.doudi.home = self.folder / "home"
        for part in ("packs", "datasets", "calendar"):
            shutil.copytree(SOURCE / part, self.doudi.home / part)
        for year in ("2025", "2026"):
            (self.doudi.home / f"calendar/{year}.yaml").unlink()
        self.doudi.must("init", "--data", "soon", "--policy", "guangdong-2021", "--baseline", "2025-03-31")
        self.doudi.must("import", "--data", "soon", "--as-of", Q2, "county/registry", "county/2025Q2")
        self.doudi.must("monitor", "--data", "soon", "--as-of", Q2)
        for form in ("csv", "json", "table"):
            self.says(self.doudi("warnings", "--data", "soon", "--format", form), DONE, "provisional")
        told = json.loads(self.doudi("warnings", "--data", "soon", "--format", "json").out)
        self.assertEqual({str(row["due_on"] != "").lower() for row in told},
                         {row["due_provisional"] for row in told})

    def test_output_is_what_would_have_been_printed(self):
        for name in self.LISTS:
            for form in ("csv", "json"):
                printed = self.list_as(name, form)
                self.assertEqual("", self.list_as(name, form, "-o", "名单 一.txt"))
                written = (self.folder / "名单 一.txt").read_text(encoding="utf-8")
                self.assertEqual(self.MARK[form] + printed, written)

    def test_csv_has_its_mark_in_a_file_and_none_where_it_is_printed(self):
        """WPS and Excel take CSV without it for GBK; programs read what is printed."""
        for name in self.LISTS:
            self.assertFalse(self.list_as(name, "csv").startswith("\ufeff"))
            self.list_as(name, "csv", "-o", "r.csv")
            self.assertTrue((self.folder / "r.csv").read_bytes().startswith(b"\xef\xbb\xbf"))

    def test_the_ending_of_the_output_says_the_format(self):
        for name in self.LISTS:
            for ending, form in (("csv", "csv"), ("JSON", "json"), ("txt", "table"), ("dat", "table")):
                with self.subTest(name=name, ending=ending):
                    command = self.LISTS[name][0]
                    run = self.doudi.must(command[0], "--data", "office", *command[1:], "-o", f"r.{ending}")
                    self.assertEqual(self.MARK[form] + self.list_as(name, form),
                                     (self.folder / f"r.{ending}").read_text("utf-8"))
                    self.assertEqual(ending == "dat", "r.dat was written as table" in run.err, str(run))
            self.doudi.must(command[0], "--data", "office", *command[1:], "-o", "r.xlsx")
            self.assertTrue(zipfile.is_zipfile(self.folder / "r.xlsx"))
        run = self.doudi.must("exits", "--data", "office", "--format", "csv", "-o", "r.json")
        self.assertIn("r.json was written as csv", run.err)
        self.says(self.doudi("exits", "--data", "office", "--format", "csv", "-o", "r.txt", lang="zh"), DONE,
                  "r.txt 以 csv 格式写出")

    def test_output_that_cannot_be_written_is_exit_1_and_the_file_named(self):
        for form in ("csv", "json", "table", "xlsx"):
            run = self.doudi("warnings", "--data", "office", "--format", form, "-o", f"no/such/list.{form}")
            self.says(run, FAILURE, f"list.{form}: there is no such folder")
            self.assertNotIn("workbook_close", run.err)
            self.assertEqual("", run.out)  # and no summary
            run = self.doudi("warnings", "--data", "office", "--format", form, "-o", "county")
            self.says(run, FAILURE, "county: it is a folder")
            self.assertEqual("", run.out)
            self.says(self.doudi("warnings", "--data", "office", "--format", form, "-o", "county", lang="zh"), FAILURE,
                      "county：这是一个目录")
            (self.folder / "file").write_text("x")
            self.says(self.doudi("warnings", "--data", "office", "--format", form, "-o", "file/list"), FAILURE,
                      "a part of the path is no folder")
        self.assertFalse((self.folder / "no").exists())

    def test_a_link_and_a_device_are_written_through_and_not_replaced(self):
        (self.folder / "real.csv").write_text("old")
        (self.folder / "link.csv").symlink_to("real.csv")
        self.list_as("warnings", "csv", "-o", "link.csv")
        self.assertTrue((self.folder / "link.csv").is_symlink())
        self.assertEqual(self.list_as("warnings", "csv"), (self.folder / "real.csv").read_text(encoding="utf-8-sig"))
        (self.folder / "null.csv").symlink_to("/dev/null")
        self.list_as("warnings", "csv", "-o", "null.csv")
        self.assertTrue((self.folder / "null.csv").is_symlink())
        (self.folder / "full.csv").symlink_to("/dev/full")
        self.says(self.doudi("warnings", "--data", "office", "--format", "csv", "-o", "full.csv"), FAILURE,
                  "full.csv: the disk is full")

    def test_output_into_a_full_disk_is_exit_1(self):
        for arguments in (["warnings", "--data", "office"],
                          ["quality", "--data", "office", "--as-of", Q2, "--format", "csv"],
                          ["monitor", "--data", "office", "--as-of", Q2], ["--help"]):
            with open("/dev/full", "wb") as full, self.subTest(arguments):
                self.says(self.doudi(*arguments, stdout=full), FAILURE, "No space left")


class Order(Case):
    def test_the_same_again_is_said_and_changes_nothing(self):
        self.unchanged("import", "--data", "office", "--as-of", Q2, "county/2025Q2", code=DONE,
                       words=["imported for this day before"])
        self.unchanged("import", "--data", "office", "--as-of", Q2, "county/registry", code=DONE,
                       words=["imported for this day before"])
        self.unchanged("monitor", "--data", "office", "--as-of", Q2, code=DONE, words=["was run before"])
        self.says(self.doudi("monitor", "--data", "office", "--as-of", Q2, lang="zh"), DONE, "没有改动")

    def test_a_file_under_another_name_is_the_same_file(self):
        shutil.copy(self.root / "county/2025Q2/人社_失业登记.csv", self.folder / "副本.csv")
        self.unchanged("import", "--data", "office", "--as-of", Q2, "副本.csv", code=DONE, words=["副本.csv", "before"])

    def test_no_cycle_goes_back_behind_the_last(self):
        self.unchanged("monitor", "--data", "office", "--as-of", "2025-06-29", code=FAILURE, words=[Q2])

    def test_closing(self):
        household = self.first_open()
        self.unchanged("close", "--data", "office", "--as-of", "2025-07-15", "LZ999999", code=FAILURE,
                       words=["LZ999999"])
        self.unchanged("close", "--data", "office", "--as-of", "2025-06-29", household, code=USAGE,
                       words=[household, Q2])
        self.unchanged("close", "--data", "office", "--as-of", "2025-07-15", "--list", "nosuch.csv",
                       code=FAILURE, words=["there is no nosuch.csv"])
        self.says(self.doudi("close", "--data", "office", "--as-of", "2025-07-15", "--list", "nosuch.csv", lang="zh"),
                  FAILURE, "找不到 nosuch.csv")
        self.says(self.doudi("close", "--data", "office", "--as-of", "2025-07-15", household, "LZ999999"),
                  FAILURE, "LZ999999")
        self.assertNotEqual(household, self.first_open())
        self.unchanged("close", "--data", "office", "--as-of", "2025-07-15", household, code=DONE,
                       words=["1 household without an open warning, left as it is"])

    def test_a_departments_file_is_no_list_of_what_was_settled(self):
        for part in ("registry", "2025Q2"):
            for path in sorted((self.root / "county" / part).iterdir()):
                run = self.doudi("close", "--data", "office", "--as-of", "2025-07-15", "--list", path, lang="zh")
                self.assertNotEqual(DONE, run.code, f"{path}: {run}")
                self.assertNotIn("已办结", run.out, str(path))

    def test_a_list_may_be_our_own_export_in_either_language_and_is_read_as_a_person_types(self):
        household = self.first_open()
        (self.folder / "list.csv").write_text(f"户编号,备注\n \u3000{household} ,已核实\n合计,1\n", encoding="utf-8")
        run = self.doudi("close", "--data", "office", "--as-of", "2025-07-15", "--list", "list.csv")
        self.says(run, DONE, "1 warning was closed")
        for lang, file in (("zh", "中.xlsx"), ("en", "en.xlsx")):
            self.doudi.must("warnings", "--data", "office", "-o", file, lang=lang)
            read = self.doudi("close", "--data", "office", "--as-of", "2025-06-29", "--list", file)
            self.says(read, USAGE, "was issued on")  # read to the end: its households are known

    def scores(self):
        told = self.doudi.must("warnings", "--data", "office", "--format", "csv").out
        return {row["household_id"]: (row["score"], row["issued_on"]) for row in csv.DictReader(io.StringIO(told))}

    def test_nothing_is_closed_as_of_a_day_before_the_warning_became_what_it_is(self):
        before = self.scores()
        self.doudi.must("import", "--data", "office", "--as-of", Q3, "county/2025Q3")
        self.doudi.must("monitor", "--data", "office", "--as-of", Q3)
        changed = [household for household, now in self.scores().items()
                   if household in before and before[household] != now]
        self.assertTrue(changed)
        self.unchanged("close", "--data", "office", "--as-of", "2025-09-29", changed[0], code=USAGE,
                       words=["changed in the cycle of 2025-09-30"])
        self.says(self.doudi("close", "--data", "office", "--as-of", Q3, changed[0]), DONE, "1 warning was closed")

    def test_a_household_that_is_proposed_for_exit_says_by_which_rows(self):
        (household, *_) = self.doudi.must("exits", "--data", "office", "--format", "csv").out.splitlines()[1:]
        told = self.doudi.must("warning", "--data", "office", household, lang="zh")
        self.says(told, DONE, "建议自然减员", "死亡", "附件3", "精确")
        self.assertRegex(told.out, r"\.(csv|xls|xlsx)")

    def test_why_a_household_is_warned_and_that_another_is_unknown(self):
        household = self.first_open()
        self.says(self.doudi("warning", "--data", "office", household), DONE, household, "附件3",
                  "guangdong-2021", "*****")
        self.says(self.doudi("warning", "--data", "office", "LZ999999"), FAILURE, "LZ999999")
        self.says(self.doudi("warning", "--data", "office", "LZ999999", lang="zh"), FAILURE, "LZ999999", "没有")

    def test_feeds_before_the_register_are_kept_and_count_once_it_is_there(self):
        self.doudi.office("late")
        first = self.doudi.must("import", "--data", "late", "--as-of", Q2, "county/2025Q2")
        self.assertIn("no register yet", first.err)
        shutil.copytree(self.folder / "late", self.folder / "nobody")
        self.says(self.doudi("monitor", "--data", "nobody", "--as-of", Q2), DONE, "0 warnings are open")
        self.doudi.must("import", "--data", "late", "--as-of", Q2, "county/registry")
        self.doudi.must("monitor", "--data", "late", "--as-of", Q2)
        self.assertEqual(self.doudi.lists("office"), self.doudi.lists("late"))
        self.assertNotIn("no register", self.doudi("import", "--data", "late", "--as-of", Q3, "county/2025Q3").err)

    def test_days_before_the_baseline_and_a_feed_that_comes_after_its_cycle(self):
        self.doudi.office("early")
        self.doudi.must("import", "--data", "early", "--as-of", "2025-01-01", "county/registry")
        self.doudi.must("import", "--data", "early", "--as-of", "2025-03-01", "county/2025Q2/人社_失业登记.csv")
        self.says(self.doudi("monitor", "--data", "early", "--as-of", "2025-03-01"), DONE, "0 warnings are open")
        self.doudi.must("import", "--data", "early", "--as-of", Q3, "county/2025Q3")
        self.doudi.must("monitor", "--data", "early", "--as-of", Q3)
        self.doudi.must("import", "--data", "early", "--as-of", Q2, "county/2025Q2")
        self.doudi.must("monitor", "--data", "early", "--as-of", Q3)

    def test_a_second_writer_is_told_and_a_reader_is_served(self):
        with open(self.folder / "office" / "lock", "r+b") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            for command in (["monitor", "--as-of", Q3], ["import", "--as-of", Q3, "county/2025Q3"],
                            ["close", "--as-of", Q3, "LZ000001"]):
                self.says(self.doudi(command[0], "--data", "office", *command[1:]), FAILURE, "another process")
            self.says(self.doudi("warnings", "--data", "office"), DONE)


class Files(Case):
    def test_what_is_no_table_is_refused_in_both_languages_and_the_rest_is_imported(self):
        mail = self.folder / "来 信"
        mail.mkdir()
        files.put_no_tables(mail, self.root / "county/2025Q2/残联_残疾人证名册.xlsx")
        shutil.copy(self.root / "county/2025Q3/公安_意外事故.csv", mail / "公安 意外（终稿）.csv")
        english = self.doudi("import", "--data", "office", "--as-of", Q3, "来 信")
        self.says(english, FILE_REFUSED)
        chinese = self.doudi("import", "--data", "office", "--as-of", Q3, "来 信", lang="zh")
        self.says(chinese, FILE_REFUSED)
        for name, (in_english, in_chinese) in files.NO_TABLES.items():
            self.assertRegex(english.err, f"refused: {name}: .*{in_english}")
            self.assertRegex(chinese.err, f"未导入：{name}: .*{in_chinese}")
        self.assertIn("公安 意外（终稿）.csv", english.out)
        quality = self.doudi.must("quality", "--data", "office", "--as-of", Q3, "--format", "csv").out.splitlines()
        self.assertEqual(["公安 意外（终稿）.csv"], [line.split(",")[0] for line in quality[1:]])

    def test_nothing_to_import_is_exit_1(self):
        (self.folder / "empty").mkdir()
        self.says(self.doudi("import", "--data", "office", "--as-of", Q3, "empty"), FAILURE)
        self.unchanged("import", "--data", "office", "--as-of", Q3, "nosuch.csv", code=FAILURE, words=["nosuch.csv"])

    def test_a_folder_that_may_only_be_read_is_said(self):
        if os.geteuid() == 0:
            self.skipTest("root may write anywhere")
        for path in [self.folder / "office", *(self.folder / "office").rglob("*")]:
            path.chmod(0o555 if path.is_dir() else 0o444)
        try:
            self.says(self.doudi("monitor", "--data", "office", "--as-of", Q3), FAILURE, "office")
        finally:
            for path in [self.folder / "office", *(self.folder / "office").rglob("*")]:
                path.chmod(0o755 if path.is_dir() else 0o644)


class Doubts(Case):
    """A law that asks what is not settled: the events are listed and never score."""

    def law(self, when):
        self.doudi.home = self.folder / "home"
        files.put_law_that_asks(SOURCE, self.doudi.home, when)

    def cycle(self):
        self.doudi.office("asked")
        self.small_office()
        rows = "".join(f"{name},{number},2025-05-0{day},有效,,300\n"
                       for day, (_, name, number) in enumerate(REGISTER_ROWS, 1))
        (self.folder / "失业.csv").write_text("姓名,身份证号码,登记日期,登记状态,失业原因,补偿金\n" + rows, "utf-8")
        self.doudi.must("import", "--data", "asked", "--as-of", Q2, "户.csv", "人.csv", "失业.csv")
        return self.doudi.must("monitor", "--data", "asked", "--as-of", Q2)

    def test_what_is_not_known_is_possible_in_the_list_and_with_the_household(self):
        self.law('row.status == "有效" && has(row.severance) && row.severance < yuan("1000")')
        run = self.cycle()
        self.says(run, DONE, "2 events are in doubt (2 possible, 0 to review)", "0 warnings are open")
        listed = list(csv.DictReader(io.StringIO(
            self.doudi.must("doubts", "--data", "asked", "--format", "csv").out)))
        self.assertEqual([("LZ1", "2025-05-01", "unemployment_registration", "possible", "severance", "失业.csv", "2"),
                          ("LZ2", "2025-05-02", "unemployment_registration", "possible", "severance", "失业.csv", "3")],
                         [(r["household_id"], r["event_date"], r["indicator"], r["outcome"], r["reason"], r["file"],
                           r["row"]) for r in listed])
        self.assertEqual([""], self.doudi.must("warnings", "--data", "asked", "--format", "csv").out.split("\n")[1:])
        self.says(self.doudi("warning", "--data", "asked", "LZ1"), DONE, "there is no warning",
                  "events in doubt", "Registered as unemployed", "“补偿金” is not known", "失业.csv")
        self.says(self.doudi("warning", "--data", "asked", "LZ2", lang="zh"), DONE, "存疑的事件", "可能",
                  "“补偿金”未知", "附件3")
        self.doudi.must("doubts", "--data", "asked", "-o", "存疑.xlsx")
        with zipfile.ZipFile(self.folder / "存疑.xlsx") as book:
            self.assertIn("severance", "".join(book.read(n).decode("utf-8") for n in book.namelist()
                                               if n.endswith(".xml")))

    def test_what_fails_goes_to_review_with_its_reason(self):
        self.law("has(row.status) && 10 / (size(row.status) - 2) > 1")
        self.says(self.cycle(), DONE, "2 events are in doubt (0 possible, 2 to review)", "0 warnings are open")
        self.says(self.doudi("doubts", "--data", "asked"), DONE, "to review", "a division by zero", "LZ2")
        self.says(self.doudi("monitor", "--data", "asked", "--as-of", Q2, lang="zh"), DONE,
                  "没有改动", "待核 2 件")

    def test_a_law_that_settles_everything_leaves_none(self):
        self.says(self.doudi("doubts", "--data", "office"), DONE, "no event is in doubt")


class Interrupt(Case):
    """Ctrl-C once the program listens: a feed of many rows, so that it is still reading then."""

    def interrupted(self, *arguments, lang, once=lambda: True):
        run = self.doudi.start(*arguments, lang=lang)
        self.doudi.wait_until_it_catches_interrupts(run)
        while not once() and run.poll() is None:
            time.sleep(0.005)
        run.send_signal(signal.SIGINT)
        _, said = run.communicate(timeout=120)
        return run.returncode, said.decode("utf-8")

    def has_published(self, office, more_than=0):
        database = f"file:{self.folder / office / 'doudi.sqlite'}?mode=ro"
        with contextlib.closing(sqlite3.connect(database, uri=True)) as store:
            return store.execute("select id from current_publication").fetchone()[0] > more_than

    def setUp(self):
        super().setUp()
        line = "王小明,{},2025-05-01,有效\n".format(files.number("19700303", 77))
        (self.folder / "多.csv").write_text("姓名,身份证号码,登记日期,登记状态\n" + line * 1_500_000, encoding="utf-8")

    def test_a_stopped_import_says_that_nothing_was_kept(self):
        before = self.doudi.lists("office", Q3)
        for lang, words in (("en", "nothing of this import was kept"), ("zh", "本次导入没有保留任何内容")):
            code, said = self.interrupted("import", "--data", "office", "--as-of", Q3, "--threads", "1", "多.csv",
                                          lang=lang)
            self.assertEqual(FAILURE, code, said)
            self.assertIn(words, said)
            self.assertEqual(before, self.doudi.lists("office", Q3))

    def test_a_stopped_cycle_says_that_nothing_was_published_and_run_again_it_is_completed(self):
        shutil.copytree(self.folder / "office", self.folder / "many")
        self.doudi.must("import", "--data", "many", "--as-of", Q3, "多.csv")
        shutil.copytree(self.folder / "many", self.folder / "unbroken")
        self.doudi.must("monitor", "--data", "unbroken", "--as-of", Q3)
        before = self.doudi.lists("many", Q3)
        for lang, words in (("en", ("nothing of this cycle was published", "run the same command again")),
                            ("zh", ("本次监测没有发布任何内容", "请重新运行同一命令"))):
            code, said = self.interrupted("monitor", "--data", "many", "--as-of", Q3, "--threads", "1", lang=lang)
            self.assertEqual(FAILURE, code, said)
            for word in words:
                self.assertIn(word, said)
            self.assertEqual(before, self.doudi.lists("many", Q3))
        self.doudi.must("monitor", "--data", "many", "--as-of", Q3)
        self.assertEqual(self.doudi.lists("unbroken", Q3), self.doudi.lists("many", Q3))

    def test_a_register_that_came_in_before_the_stop_stays_and_is_named(self):
        self.doudi.office("new")
        code, said = self.interrupted("import", "--data", "new", "--as-of", Q3, "--threads", "1", "county/registry",
                                      "多.csv", lang="en", once=lambda: self.has_published("new"))
        self.assertEqual(FAILURE, code, said)
        self.assertIn("the register was imported and stays", said)
        self.says(self.doudi("import", "--data", "new", "--as-of", Q3, "county/registry"), DONE,
                  "imported for this day")

    def test_a_register_laid_beside_one_that_stands_is_named_as_the_proposal_that_it_is(self):
        self.small_office()
        self.change_small_register()
        code, said = self.interrupted("import", "--data", "small", "--as-of", Q3, "--threads", "1", "户.csv", "多.csv",
                                      lang="en", once=lambda: self.has_published("small", 1))
        self.assertEqual(FAILURE, code, said)
        self.assertIn("the register's files were kept as proposal 2, which waits for a decision", said)
        kept = self.doudi.must("register", "proposals", "--data", "small").out.splitlines()[-1].split()
        self.assertEqual(["2", Q3, "0", "2"], kept[:4])


class FullDisk(Case):
    """From some place on every write fails: what is said to stay must be what is there."""

    SAID = {0: "nothing of this import was kept", 1: "the register was imported and stays"}

    def publications(self, data):
        with contextlib.closing(sqlite3.connect(self.folder / data / "doudi.sqlite")) as store:
            return store.execute("select id from current_publication").fetchone()[0]

    def test_an_import_says_what_of_it_stays(self):
        self.small_office()
        self.doudi.office("new")
        _, name, number = REGISTER_ROWS[0]
        (self.folder / "失业.csv").write_text(f"姓名,身份证号码,登记日期,登记状态\n{name},{number},2025-05-01,有效\n",
                                            encoding="utf-8")

        def run(data, failpoint, lang="en"):
            shutil.copytree(self.folder / "new", self.folder / data)
            shutil.copy(self.folder / "new.keys", self.folder / f"{data}.keys")
            return self.doudi("import", "--data", data, "--as-of", Q2, "--threads", "1", "户.csv", "人.csv", "失业.csv",
                              failpoint=failpoint, lang=lang)

        places = int(run("counted", "count").err.rsplit("failpoints: ", 1)[1])
        self.assertEqual(2, self.publications("counted"))
        seen = {}
        for place in range(1, places + 1, max(1, places // 30)):
            data = f"at{place}"
            told = run(data, f"{place}:full")
            if told.code == DONE:
                continue
            published = self.publications(data)
            self.says(told, FAILURE, "the disk is full", "free some space and run it again")
            self.assertNotIn("changed nothing", told.err)
            said = [number for number, words in self.SAID.items() if words in told.err]
            self.assertIn(said, ([published], []) if published == 0 else ([published],), str(told))
            if said:
                seen[published] = place
            self.says(self.doudi("import", "--data", data, "--as-of", Q2, "户.csv", "人.csv", "失业.csv"), DONE)
        self.assertEqual({0, 1}, set(seen))
        for published, words in ((0, "本次导入没有保留任何内容"), (1, "名册已导入并保留，部门数据一行也没有保留")):
            self.says(run(f"zh{published}", f"{seen[published]}:full", lang="zh"), FAILURE, "磁盘空间不足", words)


    def test_of_a_register_laid_beside_one_that_stands_the_proposal_is_named(self):
        self.small_office()
        self.change_small_register()

        def run(data, failpoint, lang="en"):
            shutil.copytree(self.folder / "small", self.folder / data)
            shutil.copy(self.folder / "small.keys", self.folder / f"{data}.keys")
            return self.doudi("import", "--data", data, "--as-of", Q3, "--threads", "1", "户.csv", "失业.csv",
                              failpoint=failpoint, lang=lang)

        places = int(run("counted", "count").err.rsplit("failpoints: ", 1)[1])
        self.assertEqual(3, self.publications("counted"))
        kept = 0
        for place in range(1, places + 1, max(1, places // 20)):
            told = run(f"at{place}", f"{place}:full")
            if told.code == DONE or self.publications(f"at{place}") == 1:
                self.assertNotIn("as proposal", told.err)
                continue
            kept = place
            self.says(told, FAILURE, "the disk is full", "the register's files were kept as proposal 2")
            self.assertNotIn("imported and stays", told.err)
        self.assertLess(0, kept)
        self.says(run("zh", f"{kept}:full", lang="zh"), FAILURE, "磁盘空间不足", "名册文件已作为第 2 号提请保留待决")


class Refusals(Case):
    """A sender learns what is wrong with the form of a row, and never whether someone is on the register."""

    @staticmethod
    def with_wrong_check(number):
        return number[:17] + ("1" if number[17] != "1" else "2")

    def test_a_row_is_answered_alike_whether_its_person_is_known_or_not(self):
        self.small_office()
        stranger = files.number("19700303", 77)
        rows = [("张建国", self.with_wrong_check(REGISTER_ROWS[0][2])), ("王小明", self.with_wrong_check(stranger)),
                ("李秀英", REGISTER_ROWS[1][2]), ("王小明", stranger), ("赵大海", REGISTER_ROWS[1][2])]
        text = "姓名,身份证号码,登记日期,登记状态\n" + "".join(f"{n},{i},2025-05-0{d},有效\n" for d,
                                                (n, i) in enumerate(rows, 1)) + "钱无号,,2025-05-06,有效\n"
        (self.folder / "失业.csv").write_text(text, encoding="utf-8")
        self.says(self.doudi("import", "--data", "small", "--as-of", Q2, "失业.csv"), DONE,
                  "失业.csv")  # refused rows are no failure
        quality = self.doudi.must("quality", "--data", "small", "--as-of", Q2, "--format", "csv").out.splitlines()
        self.assertEqual(["失业.csv,6,1,1,1,1,0,2,0"], quality[1:])
        self.doudi.must("refusals", "--data", "small", "--as-of", Q2, "失业.csv", "-o", "核对.csv")
        told = list(csv.reader(io.StringIO((self.folder / "核对.csv").read_text(encoding="utf-8-sig"))))[1:]
        self.assertEqual(["2", "3", "7"], [row[2] for row in told])
        outcome = [row[3:4] + row[5:] for row in told]
        self.assertEqual(outcome[0], outcome[1])
        self.assertNotEqual(outcome[0], outcome[2])
        for number in (number for _, number in rows):
            self.assertNotIn(number[:17], (self.folder / "核对.csv").read_text(encoding="utf-8"))
        self.says(self.doudi("refusals", "--data", "small", "--as-of", Q2, "nosuch.csv"), FAILURE, "nosuch.csv")

    def test_the_answer_takes_the_form_that_its_ending_says(self):
        self.small_office()
        (self.folder / "失业.csv").write_text("姓名,身份证号码,登记日期,登记状态\n钱无号,,2025-05-06,有效\n", "utf-8")
        self.doudi.must("import", "--data", "small", "--as-of", Q2, "失业.csv")
        refusals = ("refusals", "--data", "small", "--as-of", Q2, "失业.csv")
        printed = self.doudi.must(*refusals).out
        self.doudi.must(*refusals, "-o", "r.txt")
        self.assertEqual(printed, (self.folder / "r.txt").read_text("utf-8"))
        self.doudi.must(*refusals, "-o", "r.json")
        self.assertEqual(1, len(json.loads((self.folder / "r.json").read_text("utf-8"))))
        self.assertIn("r.dat was written as csv", self.doudi.must(*refusals, "-o", "r.dat").err)


class RegisterFiles(Case):
    def test_rows_of_the_register_that_could_not_be_taken_leave_as_a_list_for_the_sender(self):
        self.doudi.office("fresh")
        number = files.number("19600101", 11)
        (self.folder / "家庭.csv").write_text(
            "户编号,区划代码,家庭住址,户主姓名,户主身份证号,对象类别,纳入日期,月人均收入（元）\n"
            f"LZ1,441699100001,一组,张建国,{number},低保对象,2021-02-14,约五百\n", encoding="utf-8")
        strangers = "".join(f"LZ{n},王某{n},,户主,男,\n" for n in range(2, 10))
        (self.folder / "成员.csv").write_text(
            f"户编号,姓名,身份证号码,与户主关系,性别,联系电话\nLZ1,张建国,{number},户主,男,\n{strangers}",
            encoding="utf-8")
        run = self.doudi("import", "--data", "fresh", "--as-of", Q2, "家庭.csv", "成员.csv")
        self.says(run, DONE, "8 findings in all", "row 3: the register has no household LZ2")
        self.assertNotIn("LZ9", run.out + run.err)
        self.doudi.must("refusals", "--data", "fresh", "--as-of", Q2, "成员.csv", "-o", "核对.csv")
        told = list(csv.reader(io.StringIO((self.folder / "核对.csv").read_text(encoding="utf-8-sig"))))[1:]
        self.assertEqual([(str(row), f"LZ{row - 1}", "member_of_nobody") for row in range(3, 11)],
                         [(row[2], row[4], row[8]) for row in told])
        amounts = self.doudi.must("refusals", "--data", "fresh", "--as-of", Q2, "家庭.csv").out
        self.assertIn("amount_unreadable", amounts)

    def test_a_row_of_a_workbook_is_named_with_its_sheet(self):
        """Two townships' sheets, rows of the same numbers; what stands may be in the other one or in another file."""
        self.doudi.office("fresh")
        number, other = files.number("19600101", 11), files.number("19610101", 12)
        heading = ("户编号", "姓名", "身份证号码", "与户主关系", "性别", "联系电话")
        (self.folder / "家庭.csv").write_text("户编号,区划代码,家庭住址,户主姓名,户主身份证号,对象类别,纳入日期,月人均收入（元）\n"
                                            "LZ1,441699100001,一组,张建国,,低保对象,2021-02-14,500\n", "utf-8")
        (self.folder / "成员.csv").write_text(",".join(heading) + f"\nLZ1,张建国,{number},户主,男,\n", "utf-8")
        (self.folder / "成员.xls").write_text(files.workbook_of({
            "义都镇": [heading, ("LZ1", "李秀英", other, "配偶", "女", ""), ("LZ8", "王某", "", "户主", "男", "")],
            "说明": [("填表说明", "")],
            "佗城镇": [heading, ("LZ9", "赵某", "", "户主", "男", ""), ("LZ1", "张国建", number, "户主", "男", ""),
                    ("LZ1", "李秀瑛", other, "配偶", "女", "")]}), "utf-8")
        run = self.doudi("import", "--data", "fresh", "--as-of", Q2, "家庭.csv", "成员.csv", "成员.xls")
        self.says(run, DONE, "row 3 of sheet “义都镇”: the register has no household LZ8",
                  "row 2 of sheet “佗城镇”: the register has no household LZ9",
                  "stands in row 2 of the file “成员.csv” with other data",
                  "stands in row 2 of sheet “义都镇” with other data")
        self.doudi.must("refusals", "--data", "fresh", "--as-of", Q2, "成员.xls", "-o", "核对.csv")
        told = list(csv.reader(io.StringIO((self.folder / "核对.csv").read_text(encoding="utf-8-sig"))))[1:]
        self.assertEqual([("义都镇", "3", "member_of_nobody"), ("佗城镇", "2", "member_of_nobody"),
                          ("佗城镇", "3", "member_twice"), ("佗城镇", "4", "member_twice")],
                         [(row[1], row[2], row[8]) for row in told])
        self.assertIn("（见文件“成员.csv”第 2 行 see row 2 of the file “成员.csv”）", told[2][4])
        self.assertIn("（见工作表“义都镇”第 2 行 see row 2 of sheet “义都镇”）", told[3][4])
        printed = self.doudi.must("refusals", "--data", "fresh", "--as-of", Q2, "成员.xls").out
        self.assertIn("佗城镇", printed)

    def test_a_register_file_that_breaks_off_says_nothing_and_the_other_is_taken(self):
        """Its first rows had been read before the one that no reader takes."""
        self.doudi.office("fresh")
        register = self.folder / "名册"
        register.mkdir()
        number = files.number("19600101", 11)
        (register / "家庭.csv").write_text(
            "户编号,区划代码,家庭住址,户主姓名,户主身份证号,对象类别,纳入日期,月人均收入（元）\n"
            f"LZ1,441699100001,一组,张建国,{number},低保对象,2021-02-14,500\n", encoding="utf-8")
        heading = "户编号,姓名,身份证号码,与户主关系,性别,联系电话\n"
        good = f"LZ1,张建国,{number},户主,男,\n"
        (register / "成员.csv").write_text(heading + good + "LZ1," + "长" * (1 << 20) + ",,,,\n", encoding="utf-8")
        run = self.doudi("import", "--data", "fresh", "--as-of", Q2, "名册")
        self.says(run, FILE_REFUSED, "成员.csv", "row 3 is too long")
        (register / "成员.csv").write_text(heading + good, encoding="utf-8")
        again = self.doudi("import", "--data", "fresh", "--as-of", Q2, "名册/成员.csv")
        self.says(again, DONE, "成员.csv", "1 new")


if __name__ == "__main__":
    Case.binary = sys.argv.pop(1)
    unittest.main(verbosity=1)
