#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes samples/longchuan/means: two lists of facts (checks of means, home surveys) of the invented county.

Everything is drawn from a fixed seed; run again, it writes the same bytes. Nobody in these files exists."""
import csv
import io
import random
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

COUNTY = Path(__file__).resolve().parent.parent / "samples" / "longchuan"
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
CHECKED_ON, AUTHORISED_ON = "2025-06-16", "2025-06-09"


def households():
    text = (COUNTY / "registry" / "低收入人口_家庭.csv").read_text("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def sheet_rows(path):
    book = zipfile.ZipFile(path)
    shared = []
    if "xl/sharedStrings.xml" in book.namelist():
        for item in ElementTree.fromstring(book.read("xl/sharedStrings.xml")):
            shared.append("".join(part.text or "" for part in item.iter(SHEET + "t")))
    for row in ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml")).iter(SHEET + "row"):
        cells = {}
        for cell in row.iter(SHEET + "c"):
            column = re.match(r"[A-Z]+", cell.get("r")).group()
            value = cell.find(SHEET + "v")
            if cell.get("t") == "inlineStr":
                cells[column] = "".join(part.text or "" for part in cell.iter(SHEET + "t"))
            elif value is not None:
                cells[column] = shared[int(value.text)] if cell.get("t") == "s" else value.text
        yield cells


def members():
    rows = list(sheet_rows(COUNTY / "registry" / "低收入人口_成员.xlsx"))
    at = next(i for i, row in enumerate(rows) if "户编号" in row.values())
    columns = {heading: column for column, heading in rows[at].items()}
    for row in rows[at + 1:]:
        if str(row.get(columns["户编号"], "")).startswith("LC"):
            yield {heading: row.get(column, "") for heading, column in columns.items()}


def write(name, encoding, headings, rows):
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows(rows)
    path = COUNTY / "means" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(out.getvalue().encode(encoding))


def main():
    dice = random.Random(441699)
    of_household = {}
    for member in members():
        of_household.setdefault(member["户编号"], []).append(member)
    id_column = next(h for h in next(members()) if "证" in h and "号" in h)
    checks, surveys = [], []
    for home in households():
        people = of_household.get(home["户编号"], [])
        if not people or dice.random() < 0.06:  # not everyone has been checked yet
            continue
        per_head = float(home["月人均收入（元）"] or 0)
        income = round(per_head * len(people) * dice.uniform(0.97, 1.04))
        ill = dice.random() < 0.3
        checks.append([home["户主姓名"], home["户主身份证号"], CHECKED_ON, "" if dice.random() < 0.02 else AUTHORISED_ON,
                       "城镇" if dice.random() < 0.3 else "农村", income, income * 12,
                       "不符合" if dice.random() < 0.03 else "符合",
                       dice.randrange(8_000, 60_000) if ill else dice.randrange(200, 3_000),
                       dice.choice([0, 0, 0, 4_500, 9_800])])
        for person in people:
            birth = int(person[id_column][6:10]) if len(person[id_column]) == 18 else 1980
            age = 2025 - birth
            own = 0 if age < 18 else round(per_head * dice.uniform(0.4, 1.6))
            alone = home["对象类别"] == "特困人员"
            name = person["姓名"] if "姓名" in person else person["成员姓名"]
            surveys.append([name, person[id_column], CHECKED_ON, AUTHORISED_ON,
                            0 if alone else own, "符合", "无" if alone else "有", "" if alone else "有能力",
                            "无劳动能力" if age >= 60 or age < 16 else dice.choice(["有劳动能力", "有劳动能力", "部分丧失劳动能力"]),
                            dice.choice(["全自理", "全自理", "全自理", "半护理"]) if age >= 60 else "全自理"])
    write("民政_家庭经济状况核对.csv", "gb18030",
          ["申请人姓名", "申请人身份证号", "核对日期", "授权日期", "城乡类别", "家庭月收入（元）",
           "家庭年收入（元）", "财产状况", "医疗自付支出（元）", "教育支出（元）"], checks)
    write("民政_成员入户调查.csv", "utf-8-sig",
          ["成员姓名", "成员身份证号", "调查日期", "授权日期", "本人月收入（元）", "本人财产状况",
           "有无法定义务人", "义务人有无履行能力", "劳动能力", "生活自理能力"],
          surveys)


if __name__ == "__main__":
    main()
