# SPDX-License-Identifier: Apache-2.0
"""What is typed wrong at the commands of an office's upkeep: each says what is wrong in the user's language, with the
exit code of its kind, changes nothing and never breaks off.      wrong_input_test.py DOUDI"""
import re
import sys
import unittest

from case import Q2, REGISTER_ROWS, Case
from program import DONE, FAILURE, USAGE

HAN = re.compile("[一-鿿]")
BROKE_OFF = ("程序出错", "Traceback", "terminate called", "what():")
FORGET = ("retention", "forget", "--data", "small")
REKEY = ("rekey", "--data", "small", "--output", "t.xlsx")
TAKE = ("workbook", "take", "--data", "small", "--by", "nobody", "--machine", "warning")


class WrongInput(Case):
    def setUp(self):
        super().setUp()
        self.small_office()
        (self.folder / "a-file").write_text("x", encoding="utf-8")
        (self.folder / "a-folder").mkdir()
        (self.folder / "half.json").write_text('{"kind":', encoding="utf-8")
        (self.folder / "empty.xlsx").write_bytes(b"")

    def answers(self, arguments, code, english, chinese):
        """Both languages, each in its own words alone: what was typed aside."""
        for lang, word in (("en", english), ("zh", chinese)):
            with self.subTest(arguments=arguments, lang=lang):
                run = self.doudi(*arguments, lang=lang)
                self.says(run, code, word)
                self.assertFalse([sign for sign in BROKE_OFF if sign in run.out + run.err], str(run))
                said = run.err
                for typed in arguments:
                    said = said.replace(str(typed), "")
                self.assertEqual(lang == "zh", bool(HAN.search(said)), str(run))

    def test_what_no_paper_covers(self):
        day = ("--as-of", Q2)
        for arguments, code, english, chinese in (
                (("--data", "nowhere", *day), FAILURE, "there is no data folder here", "这里没有数据目录"),
                (("--data", "a-file", *day), FAILURE, "there is no data folder here", "这里没有数据目录"),
                (("--data", "a-folder", *day), FAILURE, "there is no data folder here", "这里没有数据目录"),
                (("--data", "small", "--as-of", "2025-13-01"), USAGE, "there is no day", "历法上没有"),
                (("--data", "small", "--as-of", "30.6.2025"), USAGE, "takes a date", "这样的日期"),
                (("--data", "small", "--as-of", "2099-01-01"), USAGE, "in the future", "不能晚于今天"),
                (("--data", "small"), USAGE, "--as-of is required", "缺少必需的参数"),
                (("--data", "small", *day, "--format", "pdf"), USAGE, "takes one of", "之一"),
                (("--data", "small", *day, "--format", "xlsx"), USAGE, "needs --output", "--output"),
                (("--data", "small", *day, "-o", "a-folder"), FAILURE, "it is a folder", "这是一个目录"),
                (("--data", "small", *day, "-o", "nowhere/x.csv"), FAILURE, "no such folder", "目录不存在"),
                (("--data", "small", *day, "-o", "a-file/x.csv"), FAILURE, "no folder", "不是目录"),
                (("--data", "small", *day, "--format", "csv", "-o", "/dev/full"), FAILURE, "disk is full", "磁盘已满")):
            self.answers(("kept-apart", *arguments), code, english, chinese)

    def test_nobody_is_forgotten_without_a_reason_that_says_something(self):
        code, name, _ = REGISTER_ROWS[0]
        for reason in ("", " ", ".", "——"):
            self.answers((*FORGET, "--household", code, "--reason", reason), USAGE, "says why", "须写明事由")
        self.answers((*FORGET, "--household", code), USAGE, "--reason is required", "缺少必需的参数")
        self.answers((*FORGET, "--household", "LZ9", "--reason", "本人申请"), FAILURE, "no household 'LZ9'", "没有户“LZ9”")
        self.answers((*FORGET, "--household", "", "--reason", "本人申请"), FAILURE, "no household ''", "没有户“”")
        self.answers((*FORGET, "--household", code, "--person", "999", "--reason", "本人申请"), FAILURE,
                     "no member 999", "没有成员 999")
        self.answers((*FORGET, "--household", code, "--person", "one", "--reason", "本人申请"), USAGE,
                     "--person", "无法识别")
        self.assertIn(name, self.doudi.must("register", "household", "--data", "small", code).out)
        self.says(self.doudi("retention", "proofs", "--data", "small"), DONE, "nothing was removed")
        hold = ("retention", "hold", "--data", "small")
        self.answers((*hold, "--class", "nothing", "--reason", "诉讼"), USAGE, "there is no class", "没有数据类别")
        self.answers((*hold, "--household", "LZ9", "--reason", "诉讼"), FAILURE, "no household 'LZ9'", "没有户“LZ9”")
        self.answers((*hold, "--reason", "."), USAGE, "needs a reason", "须写明事由")
        self.answers(("retention", "lift", "--data", "small", "7", "--reason", "结案"), FAILURE,
                     "no such hold", "没有这项停删决定")
        self.answers(("retention", "lift", "--data", "small", "7", "--reason", "。"), USAGE, "says why", "须写明事由")

    def test_the_log_of_looks(self):
        anchor = ("audit", "anchor", "--data", "small", "--output")
        self.doudi.must("retention", "hold", "--data", "small", "--class", "job", "--reason", "a record of the log")
        self.answers((*anchor, "a-folder"), FAILURE, "cannot write a-folder: it is a folder", "这是一个目录")
        self.answers((*anchor, "nowhere/anchors"), FAILURE, "no such folder", "目录不存在")
        self.answers((*anchor, "a-file/anchors"), FAILURE, "no folder", "不是目录")
        self.answers((*anchor, "/dev/full"), FAILURE, "disk is full", "磁盘已满")
        verify = ("audit", "verify", "--data", "small", "--anchors")
        self.answers((*verify, "nowhere"), FAILURE, "cannot be opened", "打不开")
        self.answers((*verify, "a-file"), FAILURE, "this line is no anchor", "这一行不是存证")
        show = ("audit", "show", "--data", "small")
        self.answers((*show, "--user", "nobody"), FAILURE, "no such account", "没有这个账号")
        self.answers((*show, "--most", "0"), USAGE, "a whole number in 1-1000", "之间的整数")
        self.answers((*show, "-o", "a-folder"), FAILURE, "it is a folder", "这是一个目录")

    def test_a_provinces_export(self):
        self.answers((*REKEY, "nowhere.csv"), FAILURE, "there is no nowhere.csv", "找不到")
        self.answers((*REKEY, "a-folder"), USAGE, "a-folder is a folder", "是一个文件夹")
        self.answers((*REKEY, "a-file"), FAILURE, "no known heading", "没有认识的表头")
        self.answers((*REKEY, "empty.xlsx"), FAILURE, "the file is empty", "文件是空的")
        self.answers((*REKEY, "--province", "nowhere", "户.csv"), USAGE, "there are: province", "有：")
        self.answers((*REKEY, "--template", "a-folder", "户.csv"), FAILURE, "this is a folder", "却是一个文件夹")
        self.answers((*REKEY, "--template", "nowhere.yaml", "户.csv"), FAILURE, "cannot be read", "无法读取")
        for reason in ("", "."):
            self.answers((*REKEY, "--whole-numbers", "--reason", reason, "户.csv"), USAGE, "takes a --reason", "说明事由")
        self.answers(("rekey", "--data", "small", "-o", "nowhere/t.xlsx", "户.csv"), FAILURE, "no such folder", "目录不存在")
        self.answers(("rekey", "--data", "small", "-o", "t.csv", "户.csv"), USAGE, "ends in .xlsx", "应为")
        self.assertFalse((self.folder / "t.xlsx").exists())

    def test_workbooks_and_lists_of_cases(self):
        self.answers((*TAKE, "nowhere.xlsx"), FAILURE, "there is no nowhere.xlsx", "找不到")
        self.answers((*TAKE, "a-folder"), USAGE, "a-folder is a folder", "是一个文件夹")
        cases = ("cases", "--data", "small")
        self.answers((*cases, "--machine", "nothing"), USAGE, "no kind of case", "没有办件种类")
        self.answers((*cases, "--state", "nothing"), USAGE, "there is no state 'nothing'", "没有状态“nothing”")
        self.answers((*cases, "--machine", "warning", "--state", "paying"), USAGE, "raised", "没有状态“paying”")
        self.answers((*cases, "--unit", "nowhere"), FAILURE, "no unit", "没有单位")
        self.answers((*cases, "--due", "31.12."), USAGE, "is no day", "的日期")
        self.answers((*cases, "--household", "LZ9"), FAILURE, "no household 'LZ9'", "没有户“LZ9”")
        self.answers(("case", "--data", "small", "9"), FAILURE, "no case 9", "没有第 9 号办件")
        self.says(self.doudi(*cases, "--state", "paying"), DONE, "no such cases")

    def test_changes_of_the_register(self):
        small = ("--data", "small")
        self.answers(("register", "cases", *small, "--kind", "nothing"), USAGE, "no kind of change", "没有变动类别")
        self.says(self.doudi("register", "cases", *small, "--kind", "absent"), DONE)
        self.answers(("register", "household", *small, "LZ9"), FAILURE, "no household 'LZ9'", "没有户“LZ9”")
        self.answers(("register", "household", *small, "LZ1", "--day", "2025-02-30"), USAGE, "is no day", "的日期")
        self.answers(("register", "propose", *small, "nowhere.json"), FAILURE, "there is no nowhere.json", "找不到")
        self.answers(("register", "propose", *small, "a-folder"), USAGE, "a-folder is a folder", "是一个文件夹")
        self.answers(("register", "propose", *small, "half.json"), FAILURE, "is no JSON", "不是有效的 JSON")
        for verb in ("confirm", "withdraw", "undo"):
            self.answers(("register", verb, *small, "9"), FAILURE, "no case 9", "没有第 9 号变动")
        for verb in ("accept", "refuse", "show"):
            self.answers(("register", verb, *small, "9"), FAILURE, "no proposal 9", "没有第 9 号名册提请")


if __name__ == "__main__":
    Case.binary = sys.argv.pop(1)
    unittest.main()
