#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What an import costs in memory, whatever the file is: bombs are refused with a sentence, long files come in whole,
and the program's peak stays below a bound either way.      bounded_test.py DOUDI
Not for builds with a sanitiser: what they hold themselves hides what the program holds."""
import os
import random
import struct
import subprocess
import sys
import threading
import unittest
import zipfile
import zlib

import files
from case import Q2, REGISTER_ROWS, Case
from program import DONE, FILE_REFUSED, Run

MIB = 1 << 20
MOST = 192 * MIB  # of the whole process, pages of its own program and of the database included
STRINGS_MOST = 256 * MIB  # what a workbook's shared texts may come to (docs/formats/intake.md), kept while it is read
HEAD = ["姓名", "身份证号码", "登记日期", "登记状态"]
SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
SHEET_END = "</sheetData></worksheet>"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def parts(*names):
    """What stands in a workbook besides its large parts, of which these are there."""
    related = "".join(f'<Relationship Id="r{n}" Type="{OFFICE}/{kind}" Target="{target}"/>'
                      for n, (kind, target) in enumerate([("worksheet", "sheet.xml"), *names]))
    return {
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r" Type="{OFFICE}/officeDocument" '
                       'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns:r="{OFFICE}"><sheets><sheet name="名册" sheetId="1" r:id="r0"/></sheets>'
                           "</workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">{related}</Relationships>',
    }


STRINGS = ("sharedStrings", "sharedStrings.xml")
STYLES = ("styles", "styles.xml")


def gathered(pieces):
    """In writes of some size: one for each row would be slow."""
    some, size = [], 0
    for piece in pieces:
        some.append(piece)
        size += len(piece)
        if size > 1 << 18:
            yield "".join(some).encode()
            some, size = [], 0
    yield "".join(some).encode()


def workbook(path, large, *names):
    """The parts in `large` are given piece by piece, so that this program stays small too."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, text in parts(*names).items():
            archive.writestr(name, text)
        for name, pieces in large.items():
            with archive.open(name, "w", force_zip64=True) as entry:
                for piece in gathered(pieces):
                    entry.write(piece)


def packed_again_and_again(head, piece, times):
    """A deflate stream of `head` and `piece` so often over, without the work: a flushed block stands by itself."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    begin = packer.compress(head) + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH)
    return begin + block * times + packer.flush(zlib.Z_FINISH)


def bomb(path, name, head, piece, times):
    """A sound workbook but for one part, which unpacks to `head` and `piece` so often over."""
    stored = {**{n: (0, text.encode(), len(text.encode())) for n, text in parts(STRINGS, STYLES).items()},
              name: (8, packed_again_and_again(head, piece, times), len(head) + len(piece) * times)}
    directory = b""
    with open(path, "wb") as file:
        for entry, (method, packed, size) in stored.items():
            sum_of = zlib.crc32(packed) if method == 0 else 0  # of the bomb nobody gets so far as to ask
            fields = struct.pack("<HHHHHIIIHH", 20, 0, method, 0, 33, sum_of, len(packed), size, len(entry), 0)
            directory += b"PK\x01\x02" + struct.pack("<H", 20) + fields + struct.pack("<HHHII", 0, 0, 0, 0, file.tell())
            directory += entry.encode()
            file.write(b"PK\x03\x04" + fields + entry.encode() + packed)
        at = file.tell()
        file.write(directory + b"PK\x05\x06" +
                   struct.pack("<HHHHIIH", 0, 0, len(stored), len(stored), len(directory), at, 0))


def cell(place, text):
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def row(number, texts):
    cells = "".join(cell(f"{'ABCD'[at]}{number}", text) for at, text in enumerate(texts))
    return f'<row r="{number}">{cells}</row>'


def person(n):
    """Of a county that does not exist, and on no register."""
    return files.number(f"{1940 + n // 336_000}{n // 28_000 % 12 + 1:02d}{n // 1_000 % 28 + 1:02d}", n % 1_000)


class Bounded(Case):
    def setUp(self):
        super().setUp()
        self.small_office()

    def import_measured(self, name, lang="en"):
        """The run, and the most memory that it held at a time, in bytes."""
        process = self.doudi.start("import", "--data", "small", "--as-of", Q2, name, lang=lang)
        watch = threading.Timer(300, process.kill)
        watch.start()
        said = {}
        readers = [threading.Thread(target=lambda s=stream, n=where: said.update({n: s.read()}))
                   for where, stream in (("out", process.stdout), ("err", process.stderr))]
        for reader in readers:
            reader.start()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        watch.cancel()
        for reader in readers:
            reader.join()
        process.stdout.close()
        process.stderr.close()
        done = subprocess.CompletedProcess([], process.returncode, said["out"], said["err"])
        return Run(["import", name], done), used.ru_maxrss * 1024

    def refused(self, name, *words, most=MOST, chinese=()):
        for lang, told in (("en", words), ("zh", chinese)):
            if not told:
                continue
            run, peak = self.import_measured(name, lang)
            self.says(run, FILE_REFUSED, name, *told)
            self.assertLess(peak, most, f"{name}: {peak / MIB:.0f} MiB")
        kept = self.doudi.must("quality", "--data", "small", "--as-of", Q2, "--format", "csv").out
        self.assertEqual(1, len(kept.splitlines()), kept)

    def whole(self, name, rows, most=MOST):
        run, peak = self.import_measured(name)
        self.says(run, DONE)
        self.assertLess(peak, most, f"{name}: {peak / MIB:.0f} MiB")
        kept = self.doudi.must("quality", "--data", "small", "--as-of", Q2, "--format", "csv").out
        self.assertEqual([f"{name},{rows},2,0,{rows - 2},0,0,0,0"], kept.splitlines()[1:])

    def roll(self, rows):
        """So many rows of the roll of unemployment; the first two persons are on the register."""
        for n in range(rows):
            name, number = REGISTER_ROWS[n][1:] if n < 2 else (f"某{n}", person(n))
            yield [name, number, f"2025-05-{n % 28 + 1:02d}", "有效"]

    def test_a_sheet_that_unpacks_to_gigabytes_is_refused(self):
        bomb(self.folder / "炸弹.xlsx", "xl/sheet.xml", b"", b" " * (16 * MIB), 192)
        self.refused("炸弹.xlsx", "it unpacks to an absurd size: reading was stopped", chinese=["解压后的内容大得不正常"])

    def test_shared_texts_that_unpack_to_gigabytes_are_refused(self):
        bomb(self.folder / "炸弹.xlsx", "xl/sharedStrings.xml", b"<sst>", b"<si>" + b" " * (16 * MIB) + b"</si>", 192)
        self.refused("炸弹.xlsx", "it unpacks to an absurd size")

    def test_more_shared_texts_than_a_workbook_may_have_are_refused_at_their_limit(self):
        noise = random.Random(5)

        def texts():
            yield "<sst>"
            for _ in range(300 * 16):
                yield f"<si><t>{noise.randbytes(512).hex()}{'x' * 64_000}</t></si>"
            yield "</sst>"

        workbook(self.folder / "文本.xlsx", {"xl/sheet.xml": [SHEET, SHEET_END], "xl/sharedStrings.xml": texts()},
                 STRINGS)
        self.refused("文本.xlsx", "the shared strings are too large", most=MOST + STRINGS_MOST,
                     chinese=["共享文本过大"])

    def test_a_long_sheet_comes_in_whole(self):
        def sheet():
            yield SHEET + row(1, HEAD)
            for n, texts in enumerate(self.roll(200_000), 2):
                yield row(n, texts)
            yield SHEET_END

        workbook(self.folder / "长表.xlsx", {"xl/sheet.xml": sheet()})
        self.whole("长表.xlsx", 200_000)

    def test_a_long_sheet_of_shared_texts_comes_in_whole(self):
        rows = 100_000

        def texts():
            yield "<sst>" + "".join(f"<si><t>{text}</t></si>" for text in HEAD)
            for texts_of_row in self.roll(rows):
                yield "".join(f"<si><t>{text}</t></si>" for text in texts_of_row)
            yield "</sst>"

        def sheet():
            yield SHEET
            for n in range(rows + 1):
                yield f'<row r="{n + 1}">' + "".join(f'<c r="{"ABCD"[at]}{n + 1}" t="s"><v>{4 * n + at}</v></c>'
                                                     for at in range(4)) + "</row>"
            yield SHEET_END

        workbook(self.folder / "长表.xlsx", {"xl/sheet.xml": sheet(), "xl/sharedStrings.xml": texts()}, STRINGS)
        self.whole("长表.xlsx", rows)

    def test_a_line_of_two_gigabytes_is_refused(self):
        for name, told, chinese, begin in (
                ("长行.csv", "a row is longer than 16 MB (an unpaired quote, or no table)", "有一行超过 16 MB",
                 lambda: (b"a" * MIB for _ in range(64))),  # nobody reads on behind these
                ("空洞.csv", "not a table", "不是表格文件", lambda: ())):
            with open(self.folder / name, "wb") as file:
                file.write((",".join(HEAD) + '\n"').encode())
                for piece in begin():
                    file.write(piece)
                file.truncate(2 << 30)  # the rest is a hole, which takes no room on the disk
            self.refused(name, told, chinese=[chinese])

    def test_a_tree_of_millions_of_branches_is_refused(self):
        workbook(self.folder / "深.xlsx", {"xl/sheet.xml": [SHEET, *["<row>" * 100_000] * 30]})
        self.refused("深.xlsx", "the XML is nested too deeply", chinese=["XML嵌套过深"])
        (self.folder / "深.xls").write_text('<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:'
                                           'spreadsheet">' + "<Row>" * 3_000_000, encoding="utf-8")
        self.refused("深.xls", "the XML is nested too deeply")

    def test_a_tag_without_end_and_names_without_end_are_refused(self):
        workbook(self.folder / "标签.xlsx", {"xl/sheet.xml": [SHEET + "<row r='", *["A" * MIB] * 60]})
        self.refused("标签.xlsx", "the tags of the XML are absurdly large", chinese=["XML的标签大得不正常"])
        workbook(self.folder / "名字.xlsx", {"xl/sheet.xml": [SHEET, *(f"<n{n}/>" for n in range(1_500_000))]})
        self.refused("名字.xlsx", "the tags of the XML are absurdly large")

    def test_styles_without_end_are_refused(self):
        formats = (f'<numFmt numFmtId="{n}" formatCode="0"/>' for n in range(200, 1_000_000))
        workbook(self.folder / "样式.xlsx",
                 {"xl/sheet.xml": [SHEET, SHEET_END], "xl/styles.xml": ["<styleSheet><numFmts>", *formats]}, STYLES)
        self.refused("样式.xlsx", "an absurd number of styles, relations or sheets", chinese=["样式、关系或工作表多得不正常"])

    def test_cells_of_a_megabyte_each_are_refused_before_a_block_of_them_is_full(self):
        numbers = [texts[1] for texts in self.roll(200)]
        rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c>{cell(f"B{n}", number)}'
                       f'{cell(f"C{n}", "2025-05-01")}{cell(f"D{n}", "有效")}</row>'
                       for n, number in enumerate(numbers, 2))
        workbook(self.folder / "长格.xlsx", {"xl/sheet.xml": [SHEET, row(1, HEAD), rows, SHEET_END],
                                            "xl/sharedStrings.xml": [f"<sst><si><t>{'某' * (MIB // 3)}</t></si></sst>"]},
                 STRINGS)
        self.refused("长格.xlsx", "a column holds more than 64 MB of text in 65536 rows",
                     chinese=["一列文字在 65536 行内超过"])

    def test_merged_ranges_one_over_another_are_refused(self):
        rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 2_001))
        merged = "".join(f'<mergeCell ref="A{n}:A1048576"/>' for n in range(1, 2_001))
        workbook(self.folder / "合并.xlsx",
                 {"xl/sheet.xml": [f"{SHEET}{rows}</sheetData><mergeCells>{merged}</mergeCells></worksheet>"],
                  "xl/sharedStrings.xml": [f"<sst><si><t>{'x' * MIB}</t></si></sst>"]}, STRINGS)
        self.refused("合并.xlsx", "the merged ranges over row", "overlap", chinese=["合并单元格相互重叠"])


if __name__ == "__main__":
    Case.binary = sys.argv.pop(1)
    unittest.main(verbosity=1)
