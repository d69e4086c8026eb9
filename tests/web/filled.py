# SPDX-License-Identifier: Apache-2.0
"""Fills cells of a workbook that left, as a person without a net would:
    python3 filled.py TAKEN.xlsx FILLED.xlsx SHEET ROW HEADING=TEXT …
ROW: the number of the case; of the household, or the receipt, where the list is no list of cases."""
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "cli"))
from xlsx import Book, written  # noqa: E402


def main(taken, filled, sheet, named, *cells):
    rows = Book(Path(taken).read_bytes()).rows(sheet)
    heads = rows[0]
    by = next(heads.index(one) for one in ("办件号", "户编号", "回执号") if one in heads)
    row = next(row for row in rows if row[by] == named)
    for heading, text in (cell.split("=", 1) for cell in cells):
        row[heads.index(heading)] = text
    Path(filled).write_bytes(written(rows, sheet))


if __name__ == "__main__":
    main(*sys.argv[1:])
