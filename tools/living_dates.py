# SPDX-License-Identifier: Apache-2.0
"""The sample county's files as if they had been written this year: every date in a column of dates goes on by the same
days and stays in its own spelling; all else of a file, its encoding, its title and its faults, is left as it was."""
import datetime
import html
import io
import re
import zipfile

A_DATE_COLUMN = re.compile(r"日期|年月")
EPOCH = datetime.date(1899, 12, 30)  # of a spreadsheet's day numbers
# Each spelling of the sample: how it is read, and how it is written again.
SPELLINGS = [(re.compile(pattern), shape) for pattern, shape in (
    (r"(\d{4})-(\d\d)-(\d\d)", "{0:%Y-%m-%d}"), (r"(\d{4})/(\d+)/(\d+)", "{0.year}/{0.month}/{0.day}"),
    (r"(\d{4})年(\d+)月(\d+)日", "{0.year}年{0.month}月{0.day}日"), (r"(\d{4})(\d\d)(\d\d)", "{0:%Y%m%d}"),
    (r"(\d{4})(\d\d)", "{0:%Y%m}"))]
CELL = re.compile(r'<c r="([A-Z]+)(\d+)"([^>]*)>(.*?)</c>', re.S)


def read_date(text):
    """The day and how it was spelt; (None, ""): that is no date."""
    for pattern, shape in SPELLINGS:
        found = pattern.fullmatch(text)
        if found:
            try:
                return datetime.date(*map(int, found.groups()), *(1,) * (3 - len(found.groups()))), shape
            except ValueError:
                return None, ""
    if re.fullmatch(r"\d{5}", text):
        return EPOCH + datetime.timedelta(days=int(text)), "serial"
    return None, ""


def spelt(day, shape):
    return str((day - EPOCH).days) if shape == "serial" else shape.format(day)


def decoded(content):
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding), encoding if content.startswith(b"\xef\xbb\xbf") else \
                encoding.removesuffix("-sig")
        except UnicodeDecodeError:
            continue
    raise ValueError("neither UTF-8 nor GB18030")


class Moved:
    """Files of the sample whose dates go on by so many days."""

    def __init__(self, days):
        self.days = datetime.timedelta(days=days)

    def day(self, on):
        return on + self.days

    def file(self, path, is_sent=lambda _: True, day_of=None):
        """What the file is when its dates have gone on: of its rows those whose first date is sent (a row without one
        is asked about with None). Nothing: no row is left. `day_of` says what a date becomes, if not by the days."""
        change = day_of or self.day
        content = path.read_bytes()
        return self.book(content, is_sent, change) if path.suffix == ".xlsx" else self.table(content, is_sent, change)

    @staticmethod
    def row_moved(cells, columns, change):
        """The row's first date as it will stand, and the cells."""
        first = None
        for at in columns:
            if at < len(cells):
                day, shape = read_date(cells[at])
                if day:
                    day = change(day)
                    first = first or day
                    cells[at] = spelt(day, shape)
        return first, cells

    def table(self, content, is_sent, change):
        text, encoding = decoded(content)
        ends = "\r\n" if "\r\n" in text else "\n"
        lines = text.split(ends)
        heads = lines[0].split(",")
        columns = [at for at, head in enumerate(heads) if A_DATE_COLUMN.search(head)]
        kept = []
        for line in lines[1:]:
            first, cells = self.row_moved(line.split(","), columns, change)
            if line and is_sent(first):
                kept.append(",".join(cells))
        return ends.join([lines[0], *kept, ""]).encode(encoding) if kept else b""

    def book(self, content, is_sent, change):
        old, out, is_any = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO(), False
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            for name in old.namelist():
                part = old.read(name)
                if name.startswith("xl/worksheets/sheet"):
                    moved, is_any = self.sheet(part.decode(), is_sent, change)
                    part = moved.encode()
                new.writestr(name, part)
        return out.getvalue() if is_any else b""

    def sheet(self, xml, is_sent, change):
        columns, sent = None, 0

        def cell(match):
            column, row, how, value = match.groups()
            text = html.unescape(re.sub(r"<[^>]+>", "", value))
            day, shape = read_date(text) if column in columns else (None, "")
            if not day:
                return match[0]
            found.append(change(day))
            told = spelt(found[-1], shape)
            value = f"<v>{told}</v>" if "<v>" in value else f"<is><t>{told}</t></is>"
            return f'<c r="{column}{row}"{how}>{value}</c>'

        def row(match):
            nonlocal columns, sent
            if columns is None:
                texts = [(c[1], html.unescape(re.sub(r"<[^>]+>", "", c[4]))) for c in CELL.finditer(match[0])]
                columns = {column for column, text in texts if A_DATE_COLUMN.search(text)} or None
                return match[0]
            found.clear()
            moved = CELL.sub(cell, match[0])
            if not is_sent(found[0] if found else None):
                return ""
            sent += bool(found)
            return moved

        found = []
        return re.sub(r"<row .*?</row>", row, xml, flags=re.S), columns is None or sent > 0
