#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Files on their way in: the golden folders of intake through the whole program, a dataset more through two quarters,
and what an office is told of its files.      intake_test.py DOUDI
DOUDI_GOLDENS=write writes the expected-quality.csv of each golden folder anew, to be read by a person."""
import csv
import io
import os
import shutil
import socket
import sys
import unittest

import files
from case import Q2, Q3, REGISTER_ROWS, Case
from program import DONE, FAILURE, FILE_REFUSED, SOURCE

GOLDENS = SOURCE / "src" / "intake" / "testdata"
HOUSEHOLDS = "户编号,区划代码,家庭住址,户主姓名,户主身份证号,对象类别,纳入日期,月人均收入（元）\n"
MEMBERS = "户编号,姓名,身份证号码,与户主关系,性别,联系电话\n"
ROLL = "姓名,身份证号码,登记日期,登记状态,失业原因"

MUTUAL_AID = """id: union.mutual_aid
title: {zh: 职工互助保障会员, en: Members of the mutual aid of workers}
department: {id: union, title: {zh: 工会, en: Trade unions}}
delivery: whole_roll
columns:
  name: {type: name, headings: ["{name}", "职工{name}"]}
  id_number: {type: id_number, required: true, headings: ["职工{id_number}", "{id_number}"]}
  file_number: {type: code, required: true, headings: [互助会员号]}
  kind: {type: category, headings: [互助类别]}
  state: {type: category, headings: [会员状态]}
  filed_on: {type: date, required: true, headings: [入会日期]}
persons:
  - {role: worker, id: id_number, name: name}
event_date: filed_on
key: [file_number]
status: {column: state, counts: [在档, 复核通过], takes_back: [销档]}
future_dated: hold
freshness: {max_age_days: 120}
tells: [mutual_aid]
"""
TRIAL = ("{id: trial, version: '2', title: {zh: 试, en: Trial}, source: 试验, extends: guangdong-2021, "
         "effective: {from: 2025-01-01}, public: true}\n")
INDICATOR = """- id: mutual_aid
  title: {zh: 互助会员, en: Member of the mutual aid}
  dimension: other_factors
  points: 6
  on: union.mutual_aid
  when: row.kind == "重点"
  count: once_per_household
  cite: 试验
"""


def rows_of(text):
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


class Goldens(Case):
    def office_of(self, folder):
        self.doudi.office(folder)
        register = GOLDENS / "register"  # whom the golden files name
        self.doudi.must("import", "--data", folder, "--as-of", "2025-06-29", register / "households.csv",
                        register / "members.csv")

    def test_each_golden_folder_imported_has_the_buckets_that_it_says(self):
        folders = sorted(path for path in GOLDENS.iterdir() if path.name.startswith("4.6-"))
        self.assertEqual(12, len(folders))
        for folder in folders:
            with self.subTest(folder.name):
                self.office_of(folder.name)
                given = sorted(path for path in folder.iterdir() if not path.name.startswith("expected"))
                run = self.doudi("import", "--data", folder.name, "--as-of", Q2, *given)
                quality = self.doudi.must("quality", "--data", folder.name, "--as-of", Q2, "--format", "csv").out
                refused = sum(line.startswith("refused: ") for line in run.err.splitlines())
                self.assertEqual(FILE_REFUSED if refused else DONE, run.code, str(run))
                listed = rows_of(quality)
                for row in listed:
                    buckets = sum(int(count) for name, count in row.items() if name not in ("file", "rows"))
                    self.assertEqual(int(row["rows"]), buckets, row)
                registers = {path.name for path in given if "register" in path.name}  # nothing in them is matched
                self.assertFalse(registers & {row["file"] for row in listed})
                self.assertEqual(len(given), len(listed) + refused + len(registers), str(run))
                golden = folder / "expected-quality.csv"
                if os.environ.get("DOUDI_GOLDENS") == "write":
                    golden.write_text(quality, encoding="utf-8", newline="")
                self.assertEqual(golden.read_bytes().decode("utf-8"), quality)

    def test_a_register_is_no_row_of_quality_be_it_the_first_or_laid_over_one_that_stands(self):
        def listed(day):
            quality = self.doudi.must("quality", "--data", "small", "--as-of", day, "--format", "csv").out
            return [row["file"] for row in rows_of(quality)]

        _, name, number = REGISTER_ROWS[0]

        def household(income):
            row = f"LZ1,441699102012,龙泽县,{name},{number},低保对象,2023-02-20,{income}\n"
            (self.folder / "户.csv").write_text(HOUSEHOLDS + row, encoding="utf-8")

        self.small_office()
        self.assertEqual([], listed(Q2))
        household(700)
        (self.folder / "失业.csv").write_text(f"{ROLL}\n{name},{number},2025-05-01,有效,\n", "utf-8")
        self.doudi.must("import", "--data", "small", "--as-of", Q3, "户.csv", "失业.csv")
        self.assertEqual(["失业.csv"], listed(Q3))
        proposals = rows_of(self.doudi.must("register", "proposals", "--data", "small", "--format", "csv").out)
        self.assertEqual(["1"], [row["open"] for row in proposals])  # it was laid over the one that stands
        self.doudi.must("register", "accept", "--data", "small", proposals[0]["proposal"])
        self.assertEqual(["失业.csv"], listed(Q3))
        household(800)
        self.doudi.must("import", "--data", "small", "--as-of", "2025-12-31", "--accept", "户.csv")
        self.assertEqual([], listed("2025-12-31"))


class DatasetMore(Case):
    """A dataset that the program has never heard of: a file of data, an indicator on it, and two quarters."""

    def law(self, dataset=MUTUAL_AID):
        home = self.folder / "home"
        for part in ("packs", "datasets", "calendar"):
            shutil.copytree(SOURCE / part, home / part)
        (home / "datasets" / "union.mutual_aid.yaml").write_text(dataset, encoding="utf-8")
        (home / "packs" / "trial").mkdir()
        (home / "packs" / "trial" / "pack.yaml").write_text(TRIAL, encoding="utf-8")
        (home / "packs" / "trial" / "indicators.yaml").write_text(INDICATOR, encoding="utf-8")
        self.doudi.home = home
        self.small_office()  # its files
        self.doudi.must("init", "--data", "trial", "--policy", "trial", "--baseline", "2025-03-31")
        self.doudi.must("import", "--data", "trial", "--as-of", Q2, "户.csv", "人.csv")

    def send(self, day, name, *rows):
        text = "职工姓名,职工身份证号,互助会员号,互助类别,会员状态,入会日期\n" + "".join(f"{row}\n" for row in rows)
        (self.folder / name).write_text(text, encoding="utf-8")
        return self.doudi.must("import", "--data", "trial", "--as-of", day, name)

    def buckets(self, day):
        return self.doudi.must("quality", "--data", "trial", "--as-of", day, "--format", "csv").out.splitlines()[1:]

    def open(self):
        return [(row["household_id"], row["score"], row["indicators"]) for row in
                rows_of(self.doudi.must("warnings", "--data", "trial", "--format", "csv").out)]

    def test_it_goes_through_two_quarters_with_its_own_status_its_takebacks_and_its_hold(self):
        self.law()
        (_, zhang, zhang_id), (_, li, li_id) = REGISTER_ROWS
        stranger = files.number("19700303", 77)
        self.send(Q2, "互助.csv", f"{zhang},{zhang_id},A1,重点,在档,2025-05-06",
                  f"{li},{li_id},A2,重点,复核通过,2025-07-15",  # after the day of import: held
                  f"{li},{li_id},A3,重点,待审,2025-05-07",  # a status that does not count
                  f"王小明,{stranger},A4,重点,在档,2025-05-08", f"{zhang},{zhang_id},A1,重点,在档,2025-05-06")
        self.assertEqual(["互助.csv,5,2,0,1,0,1,0,1"], self.buckets(Q2))
        self.says(self.doudi("monitor", "--data", "trial", "--as-of", Q2), DONE, "1 file with 5 rows compared; 1 event")
        self.assertEqual([("LZ1", "6", "mutual_aid")], self.open())

        self.send(Q3, "互助.csv", f"{zhang},{zhang_id},A1,重点,销档,2025-05-06",
                  f"{zhang},{zhang_id},A5,普通,在档,2025-08-01")  # a kind that the indicator does not ask for
        self.assertEqual(["互助.csv,2,2,0,0,0,0,0,0"], self.buckets(Q3))
        run = self.doudi.must("monitor", "--data", "trial", "--as-of", Q3)
        self.says(run, DONE, "2 files with", "1 event scored, 1 taken back; 1 warning opened, 1 closed",
                  "1 file of an earlier cycle is among them, for the rows that were held until their day")
        self.assertEqual([("LZ2", "6", "mutual_aid")], self.open())

    def test_where_it_refuses_what_is_to_come_the_sender_is_told_the_row_and_the_column(self):
        self.law(MUTUAL_AID.replace("future_dated: hold", "future_dated: reject"))
        (_, zhang, zhang_id), (_, li, li_id) = REGISTER_ROWS
        run = self.send(Q2, "互助.csv", f"{zhang},{zhang_id},A1,重点,在档,{Q2}",  # the day of import itself
                        f"{li},{li_id},A2,重点,在档,2025-07-01")
        self.assertEqual(["互助.csv,2,1,0,0,0,0,1,0"], self.buckets(Q2))
        self.says(run, DONE, "1 finding in 1 file", "1 row rejected",
                  f"doudi refusals --data trial --as-of {Q2} 互助.csv")
        self.doudi.must("refusals", "--data", "trial", "--as-of", Q2, "互助.csv", "-o", "核对.csv")
        told = list(csv.reader(io.StringIO((self.folder / "核对.csv").read_text(encoding="utf-8-sig"))))[1:]
        self.assertEqual([("3", "入会日期", "date_in_future")], [(row[2], row[3], row[8]) for row in told])


class WhatIsSaid(Case):
    def roll(self, name, *rows, end="\n"):
        (self.folder / name).write_bytes("".join(row + end for row in (ROLL, *rows)).encode())

    def test_a_table_without_a_row_is_said_to_have_none(self):
        self.small_office()
        self.roll("空.csv")
        english = self.doudi.must("import", "--data", "small", "--as-of", Q2, "空.csv")
        self.says(english, DONE, "no rows", "空.csv: its headings are those of", "no row of data stands below them")
        self.roll("也空.csv", "")
        self.says(self.doudi("import", "--data", "small", "--as-of", Q2, "也空.csv", lang="zh"), DONE, "没有数据行",
                  "表头下面没有数据行")
        (self.folder / "空户.csv").write_text(HOUSEHOLDS, encoding="utf-8")
        self.says(self.doudi("import", "--data", "small", "--as-of", Q2, "空户.csv"), DONE, "no row of data stands below")
        _, name, number = REGISTER_ROWS[0]
        self.roll("不空.csv", f"{name},{number},2025-05-01,有效,")
        self.assertNotIn("no row", str(self.doudi.must("import", "--data", "small", "--as-of", Q2, "不空.csv")))

    def test_rows_that_end_with_returns_alone_are_all_there_and_a_register_too(self):
        self.doudi.office("mac")
        for name in ("户", "人"):
            self.small_office_files(name)
        self.doudi.must("import", "--data", "mac", "--as-of", Q2, "户.csv", "人.csv")
        self.roll("失业.csv", *(f"{name},{number},2025-05-01,有效," for _, name, number in REGISTER_ROWS), end="\r")
        self.doudi.must("import", "--data", "mac", "--as-of", Q2, "失业.csv")
        quality = self.doudi.must("quality", "--data", "mac", "--as-of", Q2, "--format", "csv").out
        self.assertEqual(["失业.csv,2,2,0,0,0,0,0,0"], quality.splitlines()[1:])

    def small_office_files(self, name):
        if name == "户":
            rows = [HOUSEHOLDS] + [f"{code},441699102012,龙泽县,{who},{number},低保对象,2023-02-20,600\n"
                                   for code, who, number in REGISTER_ROWS]
        else:
            rows = [MEMBERS] + [f"{code},{who},{number},户主,男,\n" for code, who, number in REGISTER_ROWS]
        (self.folder / f"{name}.csv").write_bytes("".join(rows).replace("\n", "\r").encode())

    def test_a_number_in_a_files_name_is_shown_nowhere_and_the_name_shown_is_enough(self):
        self.small_office()
        number = REGISTER_ROWS[0][2]
        name, shown = f"名单_{number}.csv", f"名单_{number[:6]}********{number[14:]}.csv"
        self.roll(name, "钱无号,,2025-05-06,有效,")
        self.says(self.doudi("import", "--data", "small", "--as-of", Q2, name), DONE, shown,
                  f"doudi refusals --data small --as-of {Q2} {shown}")
        for asked in (name, shown):
            run = self.doudi.must("refusals", "--data", "small", "--as-of", Q2, asked)
            self.says(run, DONE, shown, "id_empty")
            self.says(self.doudi("refusals", "--data", "small", "--as-of", Q2, asked, "-o", "核对.csv"), DONE, shown)
            written = (self.folder / "核对.csv").read_text(encoding="utf-8-sig")
            self.assertIn(shown, written)
            self.assertNotIn(number, written)
        self.says(self.doudi("refusals", "--data", "small", "--as-of", Q2, f"别的_{number}.csv"), FAILURE, "别的_441699***")

    def test_what_windows_and_office_suites_leave_in_a_folder_is_nobodys(self):
        self.small_office()
        mail = self.folder / "来信"
        mail.mkdir()
        _, name, number = REGISTER_ROWS[0]
        self.roll("来信/失业.csv", f"{name},{number},2025-05-01,有效,")
        for left in ("Thumbs.db", "thumbs.db", "ehthumbs.db", "desktop.ini", "Desktop.ini", "~$失业.xlsx",
                     ".~lock.失业.xlsx#", ".DS_Store"):
            (mail / left).write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
        run = self.doudi("import", "--data", "small", "--as-of", Q2, "来信")
        self.says(run, DONE, "失业.csv")
        self.assertNotRegex(run.out + run.err, "(?i)thumbs|desktop|lock|DS_Store|~")
        # As a shell names them for *.
        named = self.doudi("import", "--data", "small", "--as-of", Q3, *sorted(mail.glob("[!.]*")))
        self.says(named, DONE)
        (mail / "thumbs.csv").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
        self.says(self.doudi("import", "--data", "small", "--as-of", Q3, "来信"), FILE_REFUSED, "thumbs.csv")

    def test_headings_of_no_dataset_are_told_with_their_row_and_what_the_nearest_lacks(self):
        mail = self.folder / "信"
        mail.mkdir()
        (mail / "一.csv").write_text("名单\n姓名,身份证号码,登记日期\n王某,1,2025-01-01\n", encoding="utf-8")
        (mail / "几.csv").write_text("姓名,死亡日期,备注\n王某,2025-01-01,无\n", encoding="utf-8")
        (mail / "远.csv").write_text("姓名,备注,座次\n王某,无,2\n", encoding="utf-8")
        english = self.doudi("import", "--data", "office", "--as-of", Q3, "信")
        self.says(english, FILE_REFUSED,
                  "一.csv: the headings in row 2 are not those of a known dataset; the nearest is “",
                  "which lacks the heading: 登记状态\n", "which lacks the headings: 身份证号, 死因\n",
                  "远.csv: not a known dataset: no dataset has more than one heading in common with it\n")
        chinese = self.doudi("import", "--data", "office", "--as-of", Q3, "信", lang="zh")
        self.says(chinese, FILE_REFUSED, "一.csv: 第 2 行的表头不是已登记的数据集；最接近的是“失业登记名册”",
                  "缺少表头：登记状态\n", "缺少表头：身份证号、死因\n", "远.csv: 不是已登记的数据集：")
        for run in (english, chinese):
            (far,) = [line for line in run.err.splitlines() if "远.csv" in line]
            self.assertNotRegex(far, "nearest|最接近|broadcasting")

    def test_a_link_that_leads_nowhere_is_skipped_and_said(self):
        mail = self.folder / "信"
        mail.mkdir()
        (mail / "死.csv").symlink_to("不在.csv")
        (mail / "圈.csv").symlink_to("圈.csv")
        run = self.doudi("import", "--data", "office", "--as-of", Q3, "信")
        self.says(run, FAILURE, "the link 信/死.csv was skipped: the file that it points to is not there",
                  "the link 信/圈.csv was skipped", "there are no files to import")
        (mail / "活.csv").symlink_to(self.root / "county/2025Q3/公安_意外事故.csv")
        run = self.doudi("import", "--data", "office", "--as-of", Q3, "信", lang="zh")
        self.says(run, DONE, "跳过了链接 信/死.csv：它所指的文件不存在", "活.csv")
        self.assertNotIn("跳过了链接 信/活.csv", run.err)

    def test_a_pipe_or_a_socket_is_not_imported_and_said(self):
        mail = self.folder / "信"
        mail.mkdir()
        os.mkfifo(mail / "管.csv")
        with socket.socket(socket.AF_UNIX) as ear:
            here = os.getcwd()
            os.chdir(mail)  # the whole path would be too long for a socket's name
            ear.bind("耳.csv")
            os.chdir(here)
            run = self.doudi("import", "--data", "office", "--as-of", Q3, "信")
            self.says(run, FAILURE, "信/管.csv is a pipe, a device or a socket and no file: it was not imported",
                      "信/耳.csv is a pipe", "there are no files to import")
            shutil.copy(self.root / "county/2025Q3/公安_意外事故.csv", mail / "事故.csv")
            run = self.doudi("import", "--data", "office", "--as-of", Q3, "信", lang="zh")
            self.says(run, DONE, "信/管.csv 是管道、设备或套接字，不是文件，没有导入", "信/耳.csv 是管道", "事故.csv")
        run = self.doudi("import", "--data", "office", "--as-of", Q3, "信/管.csv")
        self.says(run, FAILURE, "信/管.csv is a pipe, a device or a socket and no file")
        run = self.doudi("import", "--data", "office", "--as-of", Q3, "信/管.csv", "信/事故.csv")
        self.says(run, FILE_REFUSED, "refused: 管.csv: 信/管.csv is a pipe")

    def test_no_word_of_refusals_where_there_is_none(self):
        self.small_office()
        _, name, number = REGISTER_ROWS[0]
        self.roll("失业.csv", f"{name},{number},2025-05-01,有效,")
        self.assertNotIn("refusals", str(self.doudi.must("import", "--data", "small", "--as-of", Q2, "失业.csv")))
        self.roll("再 (1).csv", "孙无号,,2025-05-06,有效,")
        self.says(self.doudi("import", "--data", "small", "--as-of", Q2, "再 (1).csv"), DONE,
                  f'doudi refusals --data small --as-of {Q2} "再 (1).csv"')
        self.roll("又.csv", f"{name},{number},2025-05-01,有效,", "钱无号,,2025-05-06,有效,")
        self.says(self.doudi("import", "--data", "small", "--as-of", Q2, "又.csv", lang="zh"), DONE,
                  "1 个文件有 1 条需要报送单位核对（退回 1 行）", f"doudi refusals --data small --as-of {Q2} 又.csv")

    def test_a_county_that_cannot_be_written_leaves_nothing(self):
        (self.folder / "file").write_text("x", encoding="utf-8")
        self.says(self.doudi("synth", "file/county"), FAILURE, "cannot be written")
        self.assertEqual("x", (self.folder / "file").read_text(encoding="utf-8"))


if __name__ == "__main__":
    Case.binary = sys.argv.pop(1)
    unittest.main(verbosity=1)
