# SPDX-License-Identifier: Apache-2.0
"""What a province's platform lacks of the register, as its form filled in: of an invented county, row by row."""
import csv
import shutil
import sys
import unittest

import files
from case import Case, Q2
from program import DONE, FAILURE, SOURCE, USAGE
from xlsx import Book

ZHANG, WIFE, LI, WANG, ZHAO, STRANGER = (files.number(birth, n) for n, birth in enumerate(
    ("19600101", "19620202", "19650303", "19700404", "19750505", "19800606"), 11))
HOUSEHOLDS = "户编号,区划代码,家庭住址,户主姓名,户主身份证号,对象类别,纳入日期,月人均收入（元）\n"
MEMBERS = "户编号,姓名,身份证号码,与户主关系,性别,联系电话\n"
OURS = (HOUSEHOLDS +
        f"LZ1,441699100001,一组1号,张建国,{ZHANG},低保对象,2021-02-14,500\n"
        f"LZ2,441699100001,二组2号,李秀英,{LI},低保对象,2021-03-01,430.5\n"
        f"LZ3,441699100002,三组3号,王某,{WANG},特困人员,2020-05-01,\n"
        f"LZ4,441699100002,四组4号,赵某,{ZHAO},低保对象,2022-01-01,510\n",
        MEMBERS +
        f"LZ1,张建国,{ZHANG},户主,男,13800000001\nLZ1,张妻,{WIFE},配偶,女,\nLZ1,张小,,子女,男,\n"
        f"LZ2,李秀英,{LI},户主,女,13800000002\nLZ3,王某,{WANG},户主,男,\nLZ4,赵某,{ZHAO},户主,男,\n")
# The platform has numbers of its own for LZ2, another address and category, nobody of LZ3 and LZ4's household alone;
# one person whom the register has not, a row without a name, and a number that lost a digit.
THEIRS = ("家庭编号,家庭地址,户主姓名,户主身份证号,救助类别,人均月收入\n"
          f"LZ1,一组1号,张建国,{ZHANG},低保对象,500.00\n"
          f"P-77,二组20号,李秀英,{LI},特困人员,430.50\n"
          f"LZ4,四组4号,赵某,{ZHAO},低保对象,\n"
          f"P-99,九组9号,陈某,{STRANGER},低保对象,100\n",
          "家庭编号,姓名,身份证号码,与户主关系,性别,联系电话\n"
          f"LZ1,张建国,{ZHANG},户主,男,138 0000 0001\nLZ1,张小,,子女,女,\n"
          f"P-77,李 秀 英,{LI},户主,女,13900000009\nP-99,陈某,{STRANGER},户主,男,\nP-77,,,户主,男,\n"
          f"LZ4,赵某,{ZHAO[:16]},户主,男,\n")

# Another province: headings as its tables have them, codes for words, no address, no phone.
HARBOUR = """id: harbour
title: {zh: 另一省平台, en: Another province's platform}
households: [{heading: JTBH, field: code}, {heading: HZXM, field: head_name}, {heading: DXLB, field: category}]
members: [{heading: CYXM, field: name}, {heading: SFZH, field: id_number}, {heading: XB, field: sex}]
export:
  households: [{heading: JTBH, field: code}, {heading: DXLB, field: category}, {heading: HZXM, field: head_name}]
  members:
    - {heading: JTBH, field: code}
    - {heading: CYXM, field: name}
    - {heading: SFZH, field: id_number}
    - {heading: XB, field: sex}
words: {category: {minimum_living_guarantee: "11", extreme_poverty: "12"}, sex: {男: "1", 女: "2"}}
"""
HARBOUR_HOUSEHOLDS = "JTBH,DXLB,HZXM\nLZ1,11,张建国\nLZ2,12,李秀英\n"
HARBOUR_MEMBERS = f"JTBH,CYXM,SFZH,XB\nLZ1,张建国,{ZHANG},1\nLZ1,张小,,1\nLZ2,李秀英,{LI},1\n"


def masked(number):
    return f"{number[:6]}********{number[-4:]}"


class Rekey(Case):
    def setUp(self):
        super().setUp()
        self.doudi.office("small")
        for folder, (households, members) in (("ours", OURS), ("theirs", THEIRS)):
            (self.folder / folder).mkdir(exist_ok=True)
            (self.folder / folder / "户.csv").write_text(households, encoding="utf-8")
            (self.folder / folder / "人.csv").write_text(members, encoding="utf-8")
        self.doudi.must("import", "--data", "small", "--as-of", Q2, "ours")

    def rekey(self, *more, files=("theirs/户.csv", "theirs/人.csv")):
        return self.doudi("rekey", "--data", "small", "--output", "补录.xlsx", *files, *more)

    def book(self, *more):
        run = self.rekey(*more)
        self.assertEqual(DONE, run.code, str(run))
        book = Book((self.folder / "补录.xlsx").read_bytes())
        self.assertEqual(["须新增的户", "须新增的成员", "须修改的项", "平台多出的", "须人工核对的行"], list(book.sheets))
        return {name: book.rows(name) for name in book.sheets}, run

    def test_the_golden_template(self):
        sheets, run = self.book()
        self.assertIn("lacks 1 household and 2 members", run.out)
        self.assertEqual([
            ["户编号", "区划代码", "户主姓名", "户主身份证号", "家庭住址", "对象类别", "认定日期", "家庭月人均收入"],
            ["LZ3", "441699100002", "王某", masked(WANG), "三组3号", "特困人员", "2020-05-01", ""],
        ], sheets["须新增的户"])
        self.assertEqual([
            ["户编号", "姓名", "身份证号码", "与户主关系", "性别", "联系电话"],
            ["LZ1", "张妻", masked(WIFE), "配偶", "女", ""],
            ["LZ3", "王某", masked(WANG), "户主", "男", ""],
        ], sheets["须新增的成员"])
        self.assertEqual([["平台户编号", "姓名", "身份证号码", "项目", "平台现值", "应改为", "说明"]] + [
            ["P-77", "", "", "家庭住址", "二组20号", "二组2号", ""],
            ["P-77", "", "", "对象类别", "特困人员", "低保对象", ""],
            ["LZ4", "", "", "家庭月人均收入", "", "510.00", ""],
            ["LZ1", "张小", "", "性别", "女", "男", ""],
            ["P-77", "李秀英", masked(LI), "联系电话", "13900000009", "13800000002", ""],
            ["LZ4", "赵某", masked(ZHAO), "身份证号码", f"{ZHAO[:5]}*******{ZHAO[12:16]}", masked(ZHAO), ""],
        ], [row[:7] for row in sheets["须修改的项"]])
        self.assertEqual("人.csv 第 3 行", sheets["须修改的项"][4][7])
        self.assertEqual([["类别", "平台户编号", "姓名", "身份证号码"], ["户", "P-99", "陈某", ""],
                          ["成员", "P-99", "陈某", masked(STRANGER)]], [row[:4] for row in sheets["平台多出的"]])
        self.assertEqual(["人.csv 第 6 行", "人.csv 第 7 行"], [row[0] for row in sheets["须人工核对的行"][1:]])

    def test_the_store_is_as_it_was(self):
        def seen():
            return self.doudi.must("register", "proposals", "--data", "small", "--format", "csv").out + \
                self.doudi.must("register", "household", "--data", "small", "LZ1", "--format", "csv").out
        before = seen()
        self.book()
        self.assertEqual(before, seen())

    def test_whole_numbers_take_a_reason_that_the_log_has(self):
        run = self.rekey("--whole-numbers")
        self.says(run, USAGE, "takes a --reason")
        sheets, run = self.book("--whole-numbers", "--reason", "补录省平台")
        self.assertEqual(WANG, sheets["须新增的户"][1][3])
        self.assertEqual(WIFE, sheets["须新增的成员"][1][2])
        log = list(csv.DictReader(
            self.doudi.must("audit", "show", "--data", "small", "--format", "csv").out.lstrip("\ufeff").splitlines()))
        told = [row for row in log if "补录省平台" in str(row)]
        self.assertEqual(1, len(told), log)
        self.assertIn("export", str(told[0]))
        self.doudi.must("audit", "verify", "--data", "small")
        # Masked, nothing is looked at by anyone.
        self.book()
        again = self.doudi.must("audit", "show", "--data", "small", "--format", "csv").out.strip().splitlines()
        self.assertEqual(len(log), len(again) - 1)

    def test_another_platform_is_another_file_of_headings_and_words(self):
        (self.folder / "form.yaml").write_text(
            "id: other\ntitle: {zh: 另一平台, en: Another}\n"
            "households: [{heading: 户号, field: code}, {heading: 类别, field: category}]\n"
            "members: [{heading: 名字, field: name}]\nwords: {category: {extreme_poverty: 特困供养}}\n", encoding="utf-8")
        sheets, _ = self.book("--template", "form.yaml")
        self.assertEqual([["户号", "类别"], ["LZ3", "特困供养"]], sheets["须新增的户"])
        self.assertEqual([["名字"], ["张妻"], ["王某"]], sheets["须新增的成员"])
        (self.folder / "form.yaml").write_text(
            "id: other\ntitle: {zh: 另, en: A}\nhouseholds: [{heading: 户号, field: colour}]\nmembers: []\n",
            encoding="utf-8")
        self.says(self.rekey("--template", "form.yaml"), FAILURE, "form.yaml:3", "colour")

    def test_a_second_province_is_a_file_of_headings_and_codes_and_nothing_else(self):
        home = self.folder / "home"
        home.mkdir()
        for part in SOURCE.iterdir():
            if part.is_dir() and part.name in ("packs", "datasets", "calendar", "access", "papers"):
                (home / part.name).symlink_to(part)
        shutil.copytree(SOURCE / "rekey", home / "rekey")
        (home / "rekey" / "harbour.yaml").write_text(HARBOUR, encoding="utf-8")
        (self.folder / "harbour").mkdir()
        for name, text in (("JT.csv", HARBOUR_HOUSEHOLDS), ("CY.csv", HARBOUR_MEMBERS)):
            (self.folder / "harbour" / name).write_text(text, encoding="utf-8")
        self.doudi.home = home
        theirs = ("harbour/JT.csv", "harbour/CY.csv")
        # By the first province's headings it is no register.
        self.says(self.rekey(files=theirs), FAILURE, "JT.csv")
        run = self.rekey("--province", "harbour", files=theirs)
        self.assertEqual(DONE, run.code, str(run))
        book = Book((self.folder / "补录.xlsx").read_bytes())
        self.assertEqual([["JTBH", "HZXM", "DXLB"], ["LZ3", "王某", "12"], ["LZ4", "赵某", "11"]],
                         book.rows("须新增的户"))
        self.assertEqual([["CYXM", "SFZH", "XB"], ["张妻", masked(WIFE), "2"], ["王某", masked(WANG), "1"],
                          ["赵某", masked(ZHAO), "1"]], book.rows("须新增的成员"))
        # LZ1 says the same in codes: no difference. LZ2 is extreme poverty there; its head is a man there.
        self.assertEqual([["LZ2", "DXLB", "12", "11"], ["LZ2", "XB", "1", "2"]],
                         [[row[0], *row[3:6]] for row in book.rows("须修改的项")[1:]])
        run = self.rekey("--province", "moon", files=theirs)
        self.says(run, USAGE, "there is no platform's form 'moon'; there are: harbour province")
        self.assertEqual(USAGE, self.rekey("--province", "harbour", "--template", "x.yaml", files=theirs).code)
        (home / "rekey" / "harbour.yaml").write_text(HARBOUR.replace("field: head_name}]", "field: colour}]"),
                                                     encoding="utf-8")
        self.says(self.rekey("--province", "harbour", files=theirs), FAILURE, "harbour.yaml:6", "colour")

    def test_what_is_no_export_is_refused(self):
        (self.folder / "别的.csv").write_text("甲,乙\n1,2\n", encoding="utf-8")
        self.says(self.rekey(files=("别的.csv",)), FAILURE, "别的.csv")
        run = self.doudi("rekey", "--data", "small", "--output", "x.csv", "theirs/户.csv")
        self.says(run, USAGE, "ends in .xlsx")


if __name__ == "__main__":
    Case.binary = sys.argv.pop(1)
    unittest.main()
