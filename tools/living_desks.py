# SPDX-License-Identifier: Apache-2.0
"""What else lies on the desks of the living county: the rounds of village and social workers, reminders, changes of the
register, a register that came again with its questions, figures that wait for a second person, a workbook that came
back, another office to exchange with, and a citizen's code."""
import csv
import io
import re
import secrets
import tempfile
import zipfile
from pathlib import Path
from urllib.parse import quote

from living_cases import CHEN, COUNTY, FIRST, SECOND, TOWN, VILLAGE, WANG
from living_warnings import OFFICERS
from office import wait_for
from xlsx import Book, written

SHEET = "预警核查处置"
FILLED = {"办理事项": "入户核查", "核查结果": "属实", "情况记录": "户主住院，医疗支出大"}
# The city's bureau below which the county works. It calls us; nothing is called from here.
PEERS = """own: county-441622
every_seconds: 30
peers:
  - id: city-4416
    title: {{zh: 河源市民政局, en: The city's bureau}}
    channel: doudi
    key_files: [{key}]
    arrives_at: longchuan
    limits: {{seconds: 10, bytes: 1048576, messages: 100, skew: 300}}
"""


def write_peers(people):
    """The file of peers and its key, in a folder beside the data: what the county exchanges with its city."""
    folder = people.with_suffix(".peers")
    folder.mkdir(exist_ok=True)
    key = folder / "city.key"
    key.touch(mode=0o600)
    key.write_text(secrets.token_hex(32) + "\n")
    (folder / "peers.yaml").write_text(PEERS.format(key=key.name), encoding="utf-8")
    return folder / "peers.yaml"


def fill_desks(county):
    give_rounds(county)
    change_register(county)
    propose_figures(county)
    send_workbook(county)
    remind(county)


def give_rounds(county):
    """A village worker's houses of today and of the days around it, and a social worker's."""
    def visit(who, household, due, note):
        return county.opened(who, "visit", 3, {"due_on": county.day(-due), "note": note}, household)
    for due in (-1, 0, 0, 0, 2):
        visit(VILLAGE, next(county.homes["village"]), due, "看看过冬的被褥和取暖")
    cared_for = sorted(county.homes_of[FIRST])[-6:]
    county.asked(COUNTY, "/api/v1/assignments", {
        "account": "demo-social-worker", "households": cared_for, "case": "visit", "from": county.day(60)})
    for due, household in zip((-2, 0, 0, 0, 3, 6), cared_for):
        visit(TOWN, household, due, "独居老人，陪伴并看用药情况")


def change_register(county):
    """Births and a split as a township tells them: one in force, one refused, one taken back, two to be confirmed."""
    def birth(who, household, before):
        return county.asked(who, "/api/v1/register/cases", {
            "kind": "birth", "effective_on": county.day(before), "paper": "出生医学证明",
            "persons": [{"household": household, "fields": {"name": "新生", "relation": "之子"}}]})["case"]
    homes = sorted(county.homes_of[FIRST])
    taken, refused, withdrawn = (birth(TOWN, homes[n], 20 + n) for n in range(3))
    path = "/api/v1/register/cases"
    wait_for(county.asked(COUNTY, f"{path}/{taken}/confirm")["job"], county.people[COUNTY])
    county.asked(COUNTY, f"{path}/{refused}/refuse", {"reason": "出生证明不清晰，请重新上传"})
    county.asked(TOWN, f"{path}/{withdrawn}/withdraw", {"reason": "日期填错"})
    birth(TOWN, homes[3], 4)
    birth(CHEN, sorted(county.homes_of[SECOND])[0], 2)


def send_register_again(county):
    """The county's register comes once more: one household is lacking in it, three earn otherwise. What differs waits
    as a proposal for the county, who is lacking is asked about. While nobody is served: the folder has one writer."""
    with tempfile.TemporaryDirectory(prefix="doudi-living-") as made:
        households, members = county.register_files(Path(made))
        gone = with_other_rows(households)
        without_rows(members, gone)
        county.program.must("import", "--data", county.data, "--as-of", county.day(2), "--for", "longchuan", households,
                            members)


def with_other_rows(path):
    """Leaves out the last household, changes the income of three; gives the number of whom it left out."""
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    income, *_, = [at for at, head in enumerate(rows[0]) if "收入" in head]
    for row in rows[10:40:10]:
        row[income] = str(int(row[income]) + 120)
    out = io.StringIO()
    csv.writer(out).writerows(rows[:-1])
    path.write_text(out.getvalue(), encoding="utf-8-sig")
    return rows[-1][0]


def without_rows(path, code):
    """A workbook without the rows of one household."""
    old, out = zipfile.ZipFile(path), io.BytesIO()
    with old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name.startswith("xl/worksheets/sheet"):
                part = re.sub(rf"<row [^>]*>(?:(?!</row>).)*<t>{code}</t>.*?</row>", "", part.decode()).encode()
            new.writestr(name, part)
    path.write_bytes(out.getvalue())


def propose_figures(county):
    """Next year's rural standard waits for a second person; another proposal was refused."""
    def proposed(value, reason):
        return county.asked(COUNTY, "/api/v1/proposals", {"kind": "figures", "reason": reason, "figures": [{
            "parameter": "mlg_standard_month", "region": "441622", "residence": "rural", "from": county.day(-40),
            "value": value, "sample": True, "source": "虚构数据"}]})
    refused = proposed("699.00", "按原方案提高农村低保标准")
    county.asked("city_monitor_officer", f"/api/v1/proposals/{refused['id']}/decision", {
        "approved": False, "payload_hash": refused["payload_hash"], "reason": "以市里公布的数为准"})
    proposed("668.00", "下年度农村低保标准")


def send_workbook(county):
    """Warnings that a township filled in without a net: the workbook has come back and waits to be looked through."""
    who, officers = next((who, officers) for who, officers in OFFICERS.values() if county.people[who].get(
        "/api/v1/cases?machine=warning&state=accepted&limit=1").json["items"])
    sent = county.people[who].get("/api/v1/cases/workbook?machine=warning&state=accepted")
    rows = Book(sent.body).rows(SHEET)
    heads = rows[0]
    cells = {**FILLED, "办理日期": county.day(0), "入户人员（多项用；分隔）": "；".join(officers)}
    for row in rows[1:3]:
        for heading, text in cells.items():
            row[heads.index(heading)] = text
    taken = county.people[who]("POST", f"/api/v1/workbooks?machine=warning&file={quote('预警核查_回传.xlsx')}",
                               raw=written(rows, SHEET), headers={"Content-Type": "application/octet-stream"})
    if taken.status != 201:
        raise SystemExit(f"{who}: a workbook: {taken}")


def remind(county):
    """The county reminds of what is latest at the townships."""
    below = {unit["title"] for unit in county.people[COUNTY].get("/api/v1/units").json["items"]
             if unit["kind"] == "township"}
    late = [row for row in county.people[COUNTY].get("/api/v1/cases?due=overdue&limit=100").json["items"]
            if row["unit"] in below]
    for row, text in zip(late, ("请今日办结并说明超期原因", "请安排人员尽快入户", "请今日反馈办理情况")):
        county.asked(WANG, "/api/v1/reminders", {"case": row["id"], "text": text})


def citizen_code(county):
    """A window's one-time code of somebody, and until when it is good."""
    household = next(county.homes["town"])
    person = county.people[TOWN].get(f"/api/v1/households/{household}").json["members"][0]["id"]
    told = county.asked(TOWN, f"/api/v1/persons/{person}/window-codes", {"paper_seen": "居民身份证"})
    return household, told["code"], told["expires_at"]
