# SPDX-License-Identifier: Apache-2.0
"""Files as an office finds them in its mail: what is no table, and the plainest table there is."""
import random
import shutil
import struct
import zipfile
from pathlib import Path

# What each is, and the words of the refusal in the two languages.
NO_TABLES = {
    "照片.xls": ("picture", "图片"),
    "截断.xlsx": ("damaged or cut off", "损坏"),
    "加密.xlsx": ("password", "密码"),
    "空文件.csv": ("empty", "空"),
    "通知.csv": ("PDF", "PDF"),
    "打包.xlsx": ("archive", "压缩包"),
    "别的表.csv": ("heading", "表头"),
    "乱码.xls": ("not a table", "不是表格文件"),
    "一长行.csv": ("no row ends", "没有完整的一行"),
}


def locked_workbook():
    """The smallest compound file that a password leaves: a directory with the stream EncryptedPackage."""
    free, end, fat = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    header = struct.pack("<8s16xHHHHH6xIII4xIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6,
                         0, 1, 1, 0x1000,
                         end, 0, end, 0)
    header += struct.pack("<I", 0) + struct.pack("<I", free) * 108
    table = struct.pack("<II", fat, end) + struct.pack("<I", free) * 126

    def entry(name, kind, child, right):
        text = (name + "\0").encode("utf-16-le")
        return struct.pack("<64sHBBIII16xI16xIQ", text, len(text), kind, 1, free, right, child, 0, end, 0)

    directory = entry("Root Entry", 5, 1, free) + entry("EncryptedPackage", 2, free,
                                                        2) + entry("EncryptionInfo", 2, free, free)
    return header + table + directory + bytes(128)


def put_no_tables(folder: Path, workbook: Path):
    """All of NO_TABLES; `workbook` is a sound one, to be cut off."""
    (folder / "照片.xls").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    (folder / "截断.xlsx").write_bytes(workbook.read_bytes()[:1500])
    (folder / "加密.xlsx").write_bytes(locked_workbook())
    (folder / "空文件.csv").write_bytes(b"")
    (folder / "通知.csv").write_bytes(b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n" * 20)
    (folder / "乱码.xls").write_bytes(random.Random(7).randbytes(4000))
    (folder / "别的表.csv").write_text("甲,乙,丙\n1,2,3\n", encoding="utf-8")
    (folder / "一长行.csv").write_bytes(b"a" * (6 << 20))
    with zipfile.ZipFile(folder / "打包.xlsx", "w") as archive:
        archive.writestr("读我.txt", "什么也没有")


def put_law_that_asks(source: Path, home: Path, when: str):
    """The law in `source` as `home`, but for the unemployment roll: it has a sum that is not kept with its rows
    (severance), and `when` may ask for it."""
    for part in ("packs", "datasets", "calendar"):
        shutil.copytree(source / part, home / part)
    for name, old, new in (("datasets/hr.unemployment_roll.yaml", "persons:",
                            "  severance: {type: money, headings: [补偿金]}\npersons:"),
                           ("packs/guangdong-2021/indicators.yaml", 'when: row.status == "有效"', f"when: {when}")):
        text = (home / name).read_text("utf-8")
        assert text.count(old) == 1, f"{name} no longer has one {old!r}"
        (home / name).write_text(text.replace(old, new), "utf-8")


def check_character(seventeen):
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return "10X98765432"[sum(int(d) * w for d, w in zip(seventeen, weights)) % 11]


def number(birth, order):
    """An identity number of the county that does not exist."""
    seventeen = f"441699{birth}{order:03d}"
    return seventeen + check_character(seventeen)


def workbook_of(sheets):
    """A workbook as an office suite of 2003 saves it in XML: the rows of each sheet by its name."""
    def row(cells):
        return "<Row>" + "".join(f'<Cell><Data ss:Type="String">{cell}</Data></Cell>' for cell in cells) + "</Row>"
    body = "".join(f'<Worksheet ss:Name="{name}"><Table>{"".join(map(row, rows))}</Table></Worksheet>'
                   for name, rows in sheets.items())
    return ('<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
            '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
            f'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">{body}</Workbook>')
