# SPDX-License-Identifier: Apache-2.0
"""XLSX as tests read and write it: texts of cells, sheet by sheet, and which columns are hidden or protected."""
import io
import re
import zipfile
from xml.etree import ElementTree
from xml.sax.saxutils import escape

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def column_of(place):
    """"AB12": 27."""
    number = 0
    for letter in re.match(r"[A-Z]+", place)[0]:
        number = number * 26 + ord(letter) - 64
    return number - 1


def texts_of(root):
    return ["".join(t.text or "" for t in item.iter(f"{{{NS['m']}}}t")) for item in root.findall("m:si", NS)]


class Book:
    def __init__(self, content):
        self.archive = zipfile.ZipFile(io.BytesIO(content))
        names = self.archive.namelist()
        self.shared = texts_of(self.part("xl/sharedStrings.xml")) if "xl/sharedStrings.xml" in names else []
        targets = {r.get("Id"): r.get("Target") for r in self.part("xl/_rels/workbook.xml.rels")}
        self.sheets = {s.get("name"): self.part(self.place_of(targets[s.get(REL)]))
                       for s in self.part("xl/workbook.xml").find("m:sheets", NS)}

    @staticmethod
    def place_of(target):
        """Some writers say where a sheet lies from the book's own folder, others from the top."""
        return target[1:] if target.startswith("/") else "xl/" + target

    def part(self, name):
        return ElementTree.fromstring(self.archive.read(name))

    def cell_text(self, cell):
        if cell.get("t") == "s":
            return self.shared[int(cell.find("m:v", NS).text)]
        if cell.get("t") == "inlineStr":
            return "".join(t.text or "" for t in cell.iter(f"{{{NS['m']}}}t"))
        value = cell.find("m:v", NS)
        return "" if value is None else value.text

    def rows(self, sheet):
        """Rows of texts, as long as the first one."""
        rows = []
        for row in self.sheets[sheet].iter(f"{{{NS['m']}}}row"):
            cells = {column_of(c.get("r")): self.cell_text(c) for c in row.findall("m:c", NS)}
            width = len(rows[0]) if rows else max(cells, default=-1) + 1
            rows.append([cells.get(at, "") for at in range(width)])
        return rows

    def is_protected(self, sheet):
        return self.sheets[sheet].find("m:sheetProtection", NS) is not None

    def hidden_columns(self, sheet):
        return [int(c.get("min")) - 1 for c in self.sheets[sheet].iter(f"{{{NS['m']}}}col") if c.get("hidden") == "1"]

    def choices(self, sheet):
        """Where there is a drop-down, and on which cells its words stand."""
        return {v.get("sqref"): v.find("m:formula1", NS).text
                for v in self.sheets[sheet].iter(f"{{{NS['m']}}}dataValidation")}


def letters(column):
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def written(rows, sheet="Sheet1"):
    """A workbook of one sheet, as another program than ours writes it: texts in the cells themselves."""
    def cell(at, n, text):
        return f'<c r="{letters(at)}{n}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'
    body = "".join(f'<row r="{n}">{"".join(cell(at, n, text) for at, text in enumerate(row) if text)}</row>'
                   for n, row in enumerate(rows, 1))
    kind = "application/vnd.openxmlformats-officedocument"
    package = "http://schemas.openxmlformats.org/package/2006"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    parts = {
        "[Content_Types].xml":
            f'<Types xmlns="{package}/content-types"><Default Extension="rels" '
            f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.spreadsheetml.sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.spreadsheetml.worksheet+xml"/>'
            f'</Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{office}'
                       f'/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{NS["m"]}" xmlns:r="{office}"><sheets><sheet name="{escape(sheet)}" '
                           f'sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels":
            f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{office}/worksheet" '
            f'Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{NS["m"]}"><sheetData>{body}</sheetData></worksheet>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            # Of one moment: what is written twice is the same bytes.
            archive.writestr(zipfile.ZipInfo(name), f'<?xml version="1.0" encoding="UTF-8"?>{text}',
                             compress_type=zipfile.ZIP_DEFLATED)
    return out.getvalue()
