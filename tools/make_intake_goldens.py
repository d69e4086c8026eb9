#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the files of src/intake/testdata/4.6-*/ : one folder for each numbered item of the domain brief's section on
what offices do to files; and of testdata/register/, the register that they are matched against. Every row has a person
and a day of its own who is registered, unless the habit is the repeat or the stranger: so a bucket shows what became
of the habit. Run by hand; the files are committed. Needs Python alone, and LibreOffice (soffice) for the two .xls
files, which are left as they are without it. Nobody in them exists: 441699 is no county. expected.txt and
expected-quality.csv are written by the tests themselves (DOUDI_GOLDENS=write) and read by a person."""
import os, shutil, struct, subprocess, sys, tempfile, zipfile

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "src", "intake", "testdata")
HEAD = ["姓名", "身份证号码", "登记日期", "登记状态", "失业原因"]
HOUSEHOLDS_HEAD = ["户编号", "区划代码", "家庭住址", "户主姓名", "户主身份证号", "对象类别", "纳入日期", "月人均收入（元）"]
MEMBERS_HEAD = ["户编号", "姓名", "身份证号码", "与户主关系", "性别", "联系电话"]


def number(birth, sequence, region="441699"):
    digits = f"{region}{birth}{sequence:03d}"
    weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    return digits + "10X98765432"[sum(int(d) * w for d, w in zip(digits, weights)) % 11]


ID = [
    number("19740612", 979),
    number("19840825", 932),
    number("20090128", 834),
    number("19600812", 943),
    number("19570311", 684),
    number("19910603", 383),
    number("19660806", 317),
    number("19820126", 404),  # ends in X
]
NAMES = ["向观妹", "姜海永", "肖秋", "武涵建", "廖文", "古招娣", "骆水生", "邹月娥"]
PEOPLE = list(zip(NAMES, ID))
# A person for each row of the longer lists.
OTHERS = [
    (surname + "某", number(f"19{50 + i}0{i % 9 + 1}15", 101 + i))
    for i, surname in enumerate("赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔")
]
# As the register has them; what the departments write of some of them.
RARE = [("㛃䶮", number("19790214", 156)), ("张\U00020BB7", number("19850301", 117))]
WRITTEN = [
    ("张三", "张\u3000三"),
    ("李四", " 李四 "),
    ("买买提·吐尔逊", "买买提·吐尔逊"),
    ("阿依古丽·买买提", "阿依古丽•买买提"),
    ("王五", "王五（户主）"),
    ("孙五", "孙五(户主)"),
    ("\u4DAE某", "\uE863某"),
    ("喆某", "?某"),
    ("章三", "Zhang San"),
    ("赵六", "赵六[曾用名赵七]"),
    ("张小三", "张三之子"),
    ("周八", ""),
]
NAMED = [
    (registered, written, number(f"19{60 + i}1{i % 3}20", 301 + i)) for i, (registered, written) in enumerate(WRITTEN)
]


def write(folder, name, data):
    path = os.path.join(ROOT, folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(data)
    return path


def csv_text(rows, end="\r\n", separator=","):
    def cell(text):
        return '"' + text.replace('"', '""') + '"' if any(c in text for c in separator + '"\r\n') else text

    return "".join(separator.join(cell(c) for c in row) + end for row in rows)


def escape(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def column_name(index):
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


class Raw(str):
    """Cell XML as it stands: {r} is the cell's address."""


def sheet_xml(rows, merged=()):
    out = [
        '<?xml version="1.0" encoding="UTF-8"?>\n<worksheet '
        'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    ]
    for r, row in enumerate(rows, 1):
        if row is None:
            continue
        out.append(f'<row r="{r}">')
        for c, value in enumerate(row):
            address = f"{column_name(c)}{r}"
            if isinstance(value, Raw):
                out.append(value.replace("{r}", address))
            elif isinstance(value, (int, float)):
                out.append(f'<c r="{address}"><v>{value!r}</v></c>')
            elif value:
                out.append(
                    f'<c r="{address}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
                )
        out.append("</row>")
    out.append("</sheetData>")
    if merged:
        out.append(
            f'<mergeCells count="{len(merged)}">'
            + "".join(f'<mergeCell ref="{m}"/>' for m in merged)
            + "</mergeCells>"
        )
    return "".join(out) + "</worksheet>"


STYLES = (
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="2">'
    '<numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@"/>'
    '<numFmt numFmtId="177" formatCode="0.00_ "/></numFmts><cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="14"/>'
    '<xf numFmtId="176"/><xf numFmtId="177"/></cellXfs></styleSheet>'
)


def xlsx(sheets, date1904=False, shared=None):
    """sheets: (name, xml, state)."""
    path = tempfile.mktemp()
    ns = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:

        def add(name, text):
            book.writestr(zipfile.ZipInfo(name, (2025, 6, 30, 0, 0, 0)), text, zipfile.ZIP_DEFLATED)

        kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml."
        overrides = [("xl/workbook.xml", "sheet.main"), ("xl/styles.xml", "styles")] + [
            (f"xl/worksheets/page{i}.xml", "worksheet") for i in range(1, len(sheets) + 1)
        ]
        overrides += [("xl/sharedStrings.xml", "sharedStrings")] if shared else []
        add(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            + "".join(f'<Override PartName="/{p}" ContentType="{kinds}{k}+xml"/>' for p, k in overrides)
            + "</Types>",
        )
        add(
            "_rels/.rels",
            f'<Relationships {ns}><Relationship Id="rId1" Type="{office}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
        )
        parts = [(f"rId{i}", "worksheet", f"worksheets/page{i}.xml") for i in range(1, len(sheets) + 1)]
        parts.append(("rIdS", "styles", "styles.xml"))
        if shared:
            parts.append(("rIdT", "sharedStrings", "/xl/sharedStrings.xml"))
            add("xl/sharedStrings.xml", shared)
        add(
            "xl/_rels/workbook.xml.rels",
            f"<Relationships {ns}>"
            + "".join(f'<Relationship Id="{i}" Type="{office}/{t}" Target="{p}"/>' for i, t, p in parts)
            + "</Relationships>",
        )
        tabs = "".join(
            f'<sheet name="{escape(n)}" sheetId="{i}" r:id="rId{i}"{state}/>'
            for i, (n, _, state) in enumerate(sheets, 1)
        )
        add(
            "xl/workbook.xml",
            '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
            f'xmlns:r="{office}"><workbookPr{" date1904=" + chr(34) + "1" + chr(34) if date1904 else ""}/>'
            f"<sheets>{tabs}</sheets></workbook>",
        )
        add("xl/styles.xml", STYLES)
        for i, (_, text, _) in enumerate(sheets, 1):
            add(f"xl/worksheets/page{i}.xml", text)
    with open(path, "rb") as file:
        data = file.read()
    os.remove(path)
    return data


def compound(streams):
    """A compound file (OLE): each stream of at least 4096 bytes, in sectors of 512."""
    fat, data, entries = [0xFFFFFFFD, 0xFFFFFFFE], b"", []

    def entry(name, kind, start, size, child=0xFFFFFFFF, right=0xFFFFFFFF):
        raw = name.encode("utf-16-le")
        return (
            raw.ljust(64, b"\0")
            + struct.pack("<HBBIII", len(raw) + 2, kind, 1, 0xFFFFFFFF, right, child)
            + b"\0" * 36
            + struct.pack("<IQ", start, size)
        )

    for i, (name, body) in enumerate(streams):
        body = body.ljust(max(4096, -(-len(body) // 512) * 512), b"\0")
        start, count = len(fat), len(body) // 512
        fat += [start + k + 1 for k in range(count - 1)] + [0xFFFFFFFE]
        data += body
        entries.append(entry(name, 2, start, len(body), right=i + 2 if i + 1 < len(streams) else 0xFFFFFFFF))
    directory = (entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1) + b"".join(entries)).ljust(512, b"\0")
    header = (
        b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"
        + b"\0" * 16
        + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
        + b"\0" * 6
        + struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
        + struct.pack("<I", 0)
        + b"\xFF" * 4 * 108
    )
    table = b"".join(struct.pack("<I", f) for f in fat).ljust(512, b"\xFF")
    return header + table + directory + data


def rows_of(*pairs):
    return [HEAD] + [[name, ident, day, "有效", "合同到期"] for name, ident, day in pairs]


def on_days(people, month="2025-05", first=7):
    """A row a person, each a day later than the one before."""
    return rows_of(*[(name, ident, f"{month}-{first + i:02d}") for i, (name, ident) in enumerate(people)])


PLAIN = on_days(PEOPLE[:3])


def the_register():
    everybody = OTHERS + PEOPLE + RARE + [(registered, ident) for registered, _, ident in NAMED]
    coded = [(f"LC{i}", name, ident) for i, (name, ident) in enumerate(everybody, 1)]
    households = [HOUSEHOLDS_HEAD] + [
        [code, "441699102012", "一组", name, ident, "低保对象", "2022-02-15", "547"] for code, name, ident in coded
    ]
    members = [MEMBERS_HEAD] + [
        [code, name, ident, "户主", "男", f"1380013{8000 + i}"] for i, (code, name, ident) in enumerate(coded)
    ]
    write("register", "households.csv", csv_text(households).encode())
    write("register", "members.csv", csv_text(members).encode())


def item_01():
    f = "4.6-01-encodings"
    text = csv_text(PLAIN)
    write(f, "a-utf8.csv", text.encode())
    write(f, "b-utf8-bom.csv", b"\xEF\xBB\xBF" + text.encode())
    write(f, "c-gb18030.csv", csv_text(on_days(RARE)).encode("gb18030"))
    write(f, "d-utf16le-bom.csv", b"\xFF\xFE" + csv_text(PLAIN, separator="\t").encode("utf-16-le"))
    write(f, "e-utf16be-bom.csv", b"\xFE\xFF" + text.encode("utf-16-be"))
    write(f, "f-utf16le-no-bom.csv", text.encode("utf-16-le"))
    lines = text.encode().split(b"\r\n")
    lines[2] = lines[2].decode().encode("gb18030")
    lines[3] = lines[3].replace("肖".encode(), b"\xFF\x81")
    write(f, "g-mixed-lines.csv", b"\r\n".join(lines))


def item_02():
    f = "4.6-02-formats"
    text = csv_text(PLAIN)
    write(f, "a-tabs.csv", csv_text(PLAIN, separator="\t").encode("gb18030"))
    write(f, "b-semicolons.txt", csv_text(PLAIN, separator=";").encode())
    cells = ["<tr>" + "".join(f"<td>{escape(c)}</td>" for c in row) + "</tr>" for row in PLAIN]
    title = "<tr><td colspan=5>失业登记名册</td></tr>"
    write(
        f,
        "c-html.xls",
        (
            "<html><head><meta charset=gb2312></head><body><table border=1>"
            + title
            + "\n".join(cells)
            + "</table></body></html>"
        ).encode("gb18030"),
    )
    body = "".join(
        "<Row>" + "".join(f'<Cell><Data ss:Type="String">{escape(c)}</Data></Cell>' for c in row) + "</Row>"
        for row in PLAIN
    )
    body += (
        f'<Row ss:Index="7"><Cell><Data ss:Type="String">{NAMES[3]}</Data></Cell>'
        f'<Cell><Data ss:Type="String">{ID[3]}</Data></Cell>'
        '<Cell><Data ss:Type="DateTime">2025-05-10T00:00:00.000</Data></Cell>'
        '<Cell><Data ss:Type="String">注销</Data></Cell></Row>'
    )
    write(
        f,
        "d-xml-2003.xls",
        (
            '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook '
            'xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
            'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
            f'<Worksheet ss:Name="名册"><Table>{body}</Table></Worksheet></Workbook>'
        ).encode(),
    )
    runs = '<si><r><t>向</t></r><r><t>观妹</t></r><rPh sb="0" eb="1"><t>xiang</t></rPh></si><si><t>合同_x000D_到期</t></si>'
    rows = [
        ["失业登记名册"],
        HEAD,
        [
            Raw('<c r="{r}" t="s"><v>0</v></c>'),
            ID[0],
            Raw('<c r="{r}" s="2"><v>45784</v></c>'),
            "有效",
            Raw('<c r="{r}" t="s"><v>1</v></c>'),
        ],
        [
            "姜海永",
            Raw(f'<c r="{{r}}" t="str"><f>A1</f><v>{ID[1]}</v></c>'),
            Raw('<c r="{r}" t="d"><v>2025-05-08T00:00:00</v></c>'),
            "有效",
        ],
    ]
    write(
        f,
        "e-shared-strings.xlsx",
        xlsx(
            [("名册", sheet_xml(rows, ["A1:E1"]), "")],
            shared=f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{runs}</sst>',
        ),
    )
    path = tempfile.mktemp()
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(zipfile.ZipInfo("x.csv", (2025, 6, 30, 0, 0, 0)), text)
    with open(path, "rb") as file:
        data = file.read().replace(b"x.csv", "登a".encode("gb18030") + b"bc")
    os.remove(path)
    write(f, "f-archive-of-files.zip", data)
    write(
        f,
        "g-password.xlsx",
        compound([("EncryptedPackage", b"\x10" * 5000), ("EncryptionInfo", b"\x04" * 5000)]),
    )
    write(f, "h-picture.xls", b"\x89PNG\r\n\x1a\n" + b"\0" * 64)
    soffice(
        f,
        "i-old.xls",
        xlsx(
            [
                (
                    "名册",
                    sheet_xml(
                        [["失业登记名册"]]
                        + PLAIN
                        + [
                            ["武涵建", ID[3], Raw('<c r="{r}" s="1"><v>45787</v></c>'), "注销"],
                            ["合计", None, None, None, 4],
                        ],
                        ["A1:E1"],
                    ),
                    "",
                )
            ]
        ),
    )
    soffice(f, "j-wps.et", xlsx([("名册", sheet_xml(PLAIN), "")]))


def soffice(folder, name, book):
    program = shutil.which("soffice")
    if not program:
        print("no soffice: kept", name, file=sys.stderr)
        return
    with tempfile.TemporaryDirectory() as work:
        source = os.path.join(work, "in.xlsx")
        with open(source, "wb") as file:
            file.write(book)
        subprocess.run(
            [
                program,
                "--headless",
                f"-env:UserInstallation=file://{work}/profile",
                "--convert-to",
                "xls:MS Excel 97",
                "--outdir",
                work,
                source,
            ],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        with open(os.path.join(work, "in.xls"), "rb") as file:
            write(folder, name, file.read())


def item_03():
    f = "4.6-03-layout"
    town = lambda name, first: sheet_xml(
        [
            [f"{name}失业登记名册"],
            ["填报单位：人社局", None, None, None, "填报日期：2025年6月30日 单位：人"],
            None,
            ["序号", "人员", None, None, "登记", None, "备注"],
            [None, "姓名", "身份证\n号码", None, "登记日期*", "登记状态（必填）", None],
            [1, NAMES[first], ID[first], None, "2025-05-07", "有效"],
            [2, NAMES[first + 1], ID[first + 1], None, "2025-05-08", "有效"],
            ["小计", None, None, None, None, 2],
            ["序号", "姓名", "身份证号码", None, "登记日期", "登记状态", "备注"],
            [3],
            [4, NAMES[first + 2], ID[first + 2], None, "2025-05-09", "注销", "已就业"],
            [f"{name}合计", None, None, None, None, 3],
            ["制表人：李某", None, "审核人：王某"],
            ["注：1.本表按季报送。"],
        ],
        ["A1:G1", "A4:A5", "B4:D4", "E4:F4", "G4:G5"],
    )
    write(
        f,
        "a-townships.xlsx",
        xlsx(
            [
                ("义都镇", town("义都镇", 0), ""),
                ("佗城镇", town("佗城镇", 3), ""),
                ("说明", sheet_xml([["本表由人社局填报"]]), ""),
                ("旧数据", town("旧数据", 1), ' state="hidden"'),
            ]
        ),
    )
    members = [
        MEMBERS_HEAD,
        ["LC1", NAMES[0], ID[0], "户主", "男", "138 0013 8000"],
        [None, NAMES[1], ID[1], "配偶", "女", 13800138001],
        [None, NAMES[2], ID[2], "子", "男"],
        ["LC2", NAMES[3], ID[3], "户主", "女", "0762-1234567/13800138002"],
    ]
    write(f, "b-register-members.xlsx", xlsx([("成员", sheet_xml(members, ["A2:A4"]), "")]))
    write(
        f,
        "c-two-row-headings.csv",
        csv_text(
            [
                ["登记类型", "男方", "", "女方", "", "登记日期"],
                ["", "姓名", "身份证号", "姓名", "身份证号", ""],
                ["结婚", NAMES[0], ID[0], NAMES[1], ID[1], "2025-05-01"],
            ]
        ).encode("gb18030"),
    )
    hidden = [[row[0], note, *row[1:]] for row, note in zip(on_days(PEOPLE[:4]), ["备注"] + ["内部"] * 4)]
    xml = sheet_xml(hidden).replace(
        "<sheetData>", '<cols><col min="2" max="3" width="0" hidden="1" customWidth="1"/></cols><sheetData>'
    )
    for row in (3, 4):
        xml = xml.replace(f'<row r="{row}">', f'<row r="{row}" hidden="1">')
    write(f, "d-hidden-rows-and-columns.xlsx", xlsx([("名册", xml, "")]))


def item_04():
    f = "4.6-04-identity-numbers"
    wide = str.maketrans({c: ord(c) + 0xFEE0 for c in "0123456789X"})
    x = ID[7]
    wrong = ID[1][:-1] + ("1" if ID[1][-1] != "1" else "2")
    # Whose number it is and how it is written; each row has a day of its own.
    forms = [
        (0, ID[0]),
        (0, "'" + ID[0]),
        (0, "\t" + ID[0]),
        (0, f'="{ID[0]}"'),
        (0, ID[0].translate(wide)),
        (0, f"{ID[0][:6]} {ID[0][6:14]} {ID[0][14:]}"),
        (0, ID[0][:6] + ID[0][8:17]),
        (7, x.lower()),
        (7, x),
        (7, x.translate(wide)),
        (7, x[:17]),
        (1, wrong),  # the person's own name: whose number it is can be told
        (0, wrong),
        (0, "4.41699E+17"),
        (0, "441699197406129000.00"),
        (0, ID[0][:6] + "********" + ID[0][14:]),
        (0, ""),
        (0, "无"),
        (0, f"{ID[0]}、{ID[1]}"),
        (0, ID[0] + "23"),
        (0, ID[0][:17]),
        (0, "44169919740612979O"),
        (0, number("20260101", 1)),
        (0, number("19740631", 1)),
        (0, "#N/A"),
    ]
    rows = [HEAD] + [
        [NAMES[whose], form, f"2025-05-{i:02d}", "有效", f"{i}"] for i, (whose, form) in enumerate(forms, 1)
    ]
    body = "".join(",".join(row) + "\r\n" for row in rows)
    write(f, "a-forms.csv", body.encode("gb18030"))
    cells = [
        HEAD,
        [NAMES[0], int(ID[0][:15]) * 1000, "2025-05-07", "有效"],
        [NAMES[0], Raw('<c r="{r}"><v>4.4169919740612979E+17</v></c>'), "2025-05-08", "有效"],
        [NAMES[0], int(ID[0][:6] + ID[0][8:17]), "2025-05-09", "有效"],
        [NAMES[3], Raw('<c r="{r}" t="e"><v>#REF!</v></c>'), "2025-05-10", "有效"],
    ]
    write(f, "b-numbers.xlsx", xlsx([("名册", sheet_xml(cells), "")]))
    births = [
        ["出生证编号", "母亲姓名", "母亲身份证号", "父亲姓名", "父亲身份证号", "出生日期"],
        ["Y1", NAMES[0], ID[0], NAMES[1], ID[1], "2025-05-01"],
        ["Y2", NAMES[0], "4.41699E+17", NAMES[1], ID[1], "2025-05-02"],
        ["Y3", NAMES[0], ID[0], "", "", "2025-05-03"],
        ["Y4", NAMES[0], "", NAMES[1], "441699**********34", "2025-05-04"],
    ]
    write(f, "c-two-persons.csv", csv_text(births).encode())
    phone = lambda who: f"1380013{8000 + len(OTHERS) + who}"  # as the register has it
    visits = [
        ["信访人姓名", "身份证号", "联系电话", "来访日期"],
        [NAMES[0], ID[0], f"{phone(0)[:3]}-{phone(0)[3:7]}-{phone(0)[7:]}", "2025-05-01"],
        [NAMES[1], "", f"+86 {phone(1)}", "2025-05-02"],
        [NAMES[1], "", phone(2), "2025-05-03"],
        [NAMES[2], "4.41699E+17", phone(2), "2025-05-04"],
    ]
    write(f, "d-name-and-phone.csv", csv_text(visits).encode())


def item_05():
    f = "4.6-05-names"
    rows = on_days([(written, ident) for _, written, ident in NAMED])
    write(f, "a-names.csv", csv_text(rows).encode("gb18030"))


def item_06():
    f = "4.6-06-dates"
    texts = [
        "20240101",
        "2024-1-1",
        "2024/1/1",
        "2024.1.1",
        "2024.01",
        "202401",
        "2024年1月1日",
        "二〇二四年一月",
        "二〇二四年十二月三十一日",
        "45292",
        "长期",
        "至今",
        "99991231",
        "24.01",
        "2024-01-01 00:00:00",
        "2024/1/1 8:30",
        "２０２４－０１－０２",
        "2024年1月",
        "2024-02-30",
        "01/02/2024",
        "2024-13-01",
        "",
        "待定",
        "2024.1",
        "20240101120000",
    ]
    rows = [HEAD] + [[*OTHERS[i], t, "有效", f"{i + 1}"] for i, t in enumerate(texts)]
    write(f, "a-texts.csv", csv_text(rows).encode("gb18030"))
    serials = [HEAD] + [
        [*OTHERS[i], v, "有效", f"{i + 1}"]
        for i, v in enumerate(
            [
                Raw('<c r="{r}" s="1"><v>45292</v></c>'),
                Raw('<c r="{r}" s="2"><v>45292.75</v></c>'),
                45292,
                20240101,
                202401,
                2024.1,
                Raw('<c r="{r}" s="1"><v>59</v></c>'),
                Raw('<c r="{r}" s="1"><v>61</v></c>'),
                Raw('<c r="{r}" s="3"><v>45292</v></c>'),
            ]
        )
    ]
    write(f, "b-serials-1900.xlsx", xlsx([("名册", sheet_xml(serials), "")]))
    mac = [HEAD] + [
        [*OTHERS[i], v, "有效", f"{i + 1}"]
        for i, v in enumerate([Raw('<c r="{r}" s="1"><v>43830</v></c>'), 43830])
    ]
    write(f, "c-serials-1904.xlsx", xlsx([("名册", sheet_xml(mac), "")], date1904=True))


def register(name, rows):
    write(name, "register-households.csv", csv_text([HOUSEHOLDS_HEAD] + rows).encode("gb18030"))


def item_07():
    amounts = [
        "1,234.50",
        "￥1234",
        "1234元",
        "0.5万",
        "－",
        "",
        "１２３４",
        "1234元/月",
        "14808元/年",
        "-50",
        "(50)",
        "547.3333",
        "免",
        "1.2.3",
        "0",
    ]
    register(
        "4.6-07-amounts",
        [
            [f"LC{i + 1}", "441622102201", "1组", *OTHERS[i], "低保对象", "2022-02-15", a]
            for i, a in enumerate(amounts)
        ],
    )


def item_08():
    words = ["有效", " 有效 ", "一级", "壹级", "Ⅰ级", "√", "是", "农低", "肢体二级", "低保(城)", ""]
    rows = [HEAD] + [[*OTHERS[i], f"2025-05-{i + 7:02d}", w, "合同到期"] for i, w in enumerate(words)]
    write("4.6-08-categories", "a-words.csv", csv_text(rows).encode("gb18030"))


def item_09():
    regions = ["441622102201", "４４１６２２１０２２０１", "441622102201 ", "龙川县义都镇", "XX县XX镇XX村委会3组", ""]
    register(
        "4.6-09-regions",
        [
            [f"LC{i + 1}", r, "3组", *OTHERS[i], "低保对象", "2022-02-15", "547"]
            for i, r in enumerate(regions)
        ],
    )


def item_10():
    f = "4.6-10-delivery"
    rows = PLAIN + [
        PLAIN[1],
        HEAD,
        PLAIN[2],
        ["外县人", number("19800101", 1, "110105"), "2019-01-01", "注销", ""],
    ]
    write(f, "a-repeats-and-others.csv", csv_text(rows).encode("gb18030"))


def item_11():
    f = "4.6-11-lines-and-formulas"
    row = lambda i, end, quote="": ",".join(
        quote + cell + quote for cell in (NAMES[i], ID[i], f"2025-05-0{i + 1}", "有效", "合同到期")
    ) + end
    head = ",".join(HEAD)
    write(f, "a-return-only.csv", (head + "\r" + row(0, "\r") + row(1, "\r")).encode("gb18030"))
    write(f, "b-line-feed-no-last.csv", (head + "\n" + row(0, "\n") + row(1, "")).encode("gb18030"))
    write(
        f,
        "c-breaks-in-cells.csv",
        (
            '姓名,"身份证\n号码",登记日期,登记状态,失业原因,,\r\n'
            + f'"{NAMES[0][0]}\r\n{NAMES[0][1:]}",{ID[0]},2025-05-01,有效,"他说""不干了"",走了",,\r\n'
            + ",,,,,,\r\n\r\n"
            + f"{NAMES[1]},{ID[1]},2025-05-02,有效\r\n"
            + f"{NAMES[2]},{ID[2]}\r\n"
        ).encode("gb18030"),
    )
    rows = [
        HEAD,
        [Raw('<c r="{r}" t="e"><v>#N/A</v></c>'), ID[0], "2025-05-01", "有效"],
        [NAMES[1], Raw('<c r="{r}"><f>B9</f></c>'), "2025-05-02", "有效"],
        [NAMES[2], ID[2], Raw('<c r="{r}" t="e"><v>#VALUE!</v></c>'), "有效"],
        [NAMES[3], ID[3], "2025-05-04", Raw('<c r="{r}" t="e"><v>#REF!</v></c>')],
        ["=cmd|' /C calc'!A0", ID[4], "2025-05-05", "有效"],
        [NAMES[5], ID[5], "2025-05-06", Raw('<c r="{r}" t="b"><v>1</v></c>')],
    ]
    write(f, "d-formulas.xlsx", xlsx([("名册", sheet_xml(rows), "")]))
    write(f, "e-mixed-line-ends.csv", (head + "\r\n" + row(0, "\r") + row(1, "\r\n") + row(2, "\r\n")).encode())
    zeros = (head + "\r\n" + row(0, "\r\n") + row(1, "\r\n") + row(2, "\r\n")).replace(
        ID[0], ID[0][:16] + "\0" + ID[0][16:]
    )
    write(f, "f-zero-bytes.csv", zeros.replace("2025-05-02", "2025\0-05-02").encode())
    write(f, "g-quotes-and-returns.csv", (head + "\n" + row(0, "\r", '"') + row(1, "\r", '"') + row(2, "")).encode())


def item_12():
    f = "4.6-12-exports"
    rows = [
        ["姓名", "身份证号码", "=登记日期", "登记日期", "登记状态"],
        [NAMES[0], '=HYPERLINK("x")', "", "2025-05-01", "有效"],
        [NAMES[1], "4.41699E+17", "", "@SUM(1)", "有效"],
        [NAMES[0], ID[0], "", "2025-05-03", "有效"],
    ]
    write(f, "a-refused.csv", csv_text(rows).encode("gb18030"))


def main():
    for make in [
        the_register,
        item_01,
        item_02,
        item_03,
        item_04,
        item_05,
        item_06,
        item_07,
        item_08,
        item_09,
        item_10,
        item_11,
        item_12,
    ]:
        make()


if __name__ == "__main__":
    main()
