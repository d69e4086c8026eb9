# SPDX-License-Identifier: Apache-2.0
"""Fifteen households and a handful of files that make every kind of row and of file: CSV, XLSX and old XLS; exact,
probable, off the roster, for review, held, refused, said twice; a natural exit; a register that changes; a law that
leaves an event in doubt."""
import csv
import shutil
from pathlib import Path

import files  # of tests/cli

Q2, Q3, CLOSED_ON = "2025-06-30", "2025-09-30", "2025-07-15"
KEPT = {"2025Q2": ("公安_意外事故.csv", "公安_死亡注销.csv", "民政_火化登记.xlsx"),
        "2025Q3": ("卫健_死亡医学证明.csv", "应急_受灾家庭.xlsx")}
OLD_WORKBOOK = "src/intake/testdata/4.6-02-formats/i-old.xls"
HOUSEHOLDS = "低收入人口_家庭.csv"
BUCKETS = ("exact", "probable", "off_roster", "review", "held", "rejected", "duplicate")


def written_anew(path, change):
    lines = path.read_text(encoding="utf-8").split("\n")
    change(lines)
    path.write_text("\n".join(lines), encoding="utf-8")


def one_more_file(registry, path):
    """Of an office that knows five heads of households: under another name, twice, in the future, and as they are."""
    with open(registry / HOUSEHOLDS, encoding="utf-8-sig", newline="") as file:
        heads = [(row["户主姓名"], row["户主身份证号"]) for row in csv.DictReader(file)][:5]
    rows = [("欧阳无此", heads[0][1], "2025-05-02"), (*heads[1], "2025-05-03"), (*heads[1], "2025-05-03"),
            (*heads[2], "2025-07-20"), (*heads[3], "2025-05-04"), (*heads[4], "2025-05-05")]
    reasons = ["合同到期"] * 5 + ["辞职"]   # the last is the one that the law of this county cannot settle
    text = "姓名,身份证号,登记日期,状态,失业原因\n" + "".join(
        f"{name},{number},{day},有效,{reason}\n" for (name, number, day), reason in zip(rows, reasons, strict=True))
    path.write_text(text, encoding="utf-8")


def make_small_county(doudi, source: Path):
    """Makes `small` and a law of its own in the program's folder, shows that they hold what they must, and returns
    households to close."""
    folder, doudi.home = doudi.folder, doudi.folder / "home"
    files.put_law_that_asks(source, doudi.home, 'row.status == "有效" && has(row.reason) && '
                            '(row.reason == "合同到期" || has(row.severance))')
    doudi.must("synth", "--residents", "600", "--seed", "2", "county")
    (folder / "small").mkdir()
    for quarter, names in KEPT.items():
        (folder / "small" / quarter).mkdir()
        for name in names:
            shutil.copy(folder / "county" / quarter / name, folder / "small" / quarter)
    for registry in ("registry", "registry-2025Q3"):
        shutil.copytree(folder / "county/registry", folder / "small" / registry)
    shutil.copy(source / OLD_WORKBOOK, folder / "small/2025Q2/人社_失业登记_旧.xls")
    one_more_file(folder / "small/registry", folder / "small/2025Q2/人社_失业登记.csv")

    def move_one_household(lines):
        lines[3] = lines[3].replace("号,", "号之二,", 1)
    written_anew(folder / "small/registry-2025Q3" / HOUSEHOLDS, move_one_household)
    return look_at_it(doudi)


def look_at_it(doudi):
    data = doudi.office("looked-at")
    doudi.must("import", "--data", data, "--as-of", Q2, "small/registry", "small/2025Q2")
    doudi.must("monitor", "--data", data, "--as-of", Q2)

    def listed(*command):
        return list(csv.DictReader(doudi.must(*command, "--data", data, "--format", "csv").out.splitlines()))
    quality, warnings = listed("quality", "--as-of", Q2), listed("warnings")
    empty = [bucket for bucket in BUCKETS if not sum(int(row[bucket]) for row in quality)]
    assert not empty, f"the small county has no row that is {empty}"
    assert listed("doubts"), "the small county leaves no event in doubt"
    assert len(warnings) >= 4 and listed("exits"), "the small county has too few warnings or no natural exit"
    return [row["household_id"] for row in warnings[:2]]
