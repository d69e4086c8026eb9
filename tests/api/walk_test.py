# SPDX-License-Identifier: Apache-2.0
"""Every route that reads × everybody who may sign in × unit: what belongs to people elsewhere (household's code,
numbers, phones, names, addresses) stands in no answer, nor what the class of a field forbids; and no right that the
role has is missing. As JSON, as CSV, as XLSX, as a stream; of things that are really there."""
import csv
import datetime
import html
import io
import json
import re
import zipfile

from office import Q2, SOURCE, Case, Client, Machine, civil_day, free_bytes, main, upload, wait_for
from schema import Api

DEPARTMENTS = {"partner_department": "hr", "agriculture_officer": "agriculture"}
# Where they sit, and by which regions that reaches households; `far` has none.
SEATS = {"county": "441699", "first": "441699101", "second": "441699102", "far": "-"}
UNITS = """# SPDX-License-Identifier: Apache-2.0
- {code: city, title: 样例市, kind: city, region: "4416", from: 2020-01-01}
- {code: county, title: 样例县, kind: county, parent: city, region: "441699", from: 2020-01-01}
- {code: far, title: 远县, kind: county, parent: city, region: "441698", from: 2020-01-01}
- {code: first, title: 第一镇, kind: township, parent: county, region: "441699101", from: 2020-01-01}
- {code: second, title: 第二镇, kind: township, parent: county, region: "441699102", from: 2020-01-01}
- {code: hr, title: 人社部门, kind: department, parent: county, department: hr, from: 2020-01-01}
- {code: agriculture, title: 农业部门, kind: department, parent: county, department: agriculture, from: 2020-01-01}
"""
# What reading a route asks of access/roles.yaml: thing, or none where being signed in is enough.
RIGHTS = {
    "listHouseholds": "read:household", "getHousehold": "read:household", "getHouseholdWhy": "read:warning",
    "getEventRow": "read:warning", "listHouseholdLooks": "change:household",
    "listWarnings": "read:warning", "countWarnings": "read:warning", "listExits": "read:warning",
    "listDoubts": "read:warning", "listArrivals": "read:feed", "listRefusals": "read:feed", "getUpload": "create:feed",
    "listAccounts": "administer:account", "getAccount": "administer:account", "listUnits": "read:unit",
    "listTokens": "read:account", "listOutsideLinks": "administer:account",
    "listLooks": "read:audit", "listMyLooks": "read:audit", "listPackElements": "read:pack",
    "listPackCoverage": "read:pack", "diffPacks": "read:pack",
    "listPackVersions": "read:pack", "listPackPapers": "read:pack", "getPackPaper": "read:pack",
    "getUnitHistory": "read:unit", "listEnactments": "read:parameter", "listFigures": "read:parameter",
    "listAuthorisations": "read:authorisation", "listMyAuthorisations": "read:authorisation",
    "listKeptApart": "read:fact", "listAssignments": "assign:task",
    "listProtections": "decide:person",
    "getHouseholdVisibility": "read:household", "listMyChain": "read:household",
    "getRetention": "read:retention", "listProofs": "read:retention", "listHolds": "read:retention",
    "listAnchors": "read:audit",
    "listPeers": "read:feed", "listSentMessages": "read:feed", "listReceivedMessages": "read:feed",
    "listDifferences": "read:household",
    "listArrivalRows": "read:category", "listLackingHouseholds": "read:category",
    "getHouseholdFacts": "read:fact", "listDatasets": "read:feed", "getBoundaries": "read:unit",
    "listRoles": "administer:account",
    "listRuleHits": "read:rule_hit", "countRuleHits": "read:rule_hit",
}
# And of an office of civil affairs: what is written of a change is internal.
OFFICE = {name: "read:household" for name in (
    "listChangeKinds", "listChanges", "getChange", "listChangesNear", "listMembersOn", "listRegisterProposals",
    "getRegisterProposal", "listProposedRows")} | {
        "listMatches": "read:person", "listFirstRequests": "read:application",
        "sendFirstWorkbook": "export:list"}  # and to read applications
# What is paid is the offices' too.
OFFICE |= {name: "read:payment" for name in ("listPayrolls", "getPayrollMonth", "listPayrollLines", "listBankReturns")}
# Cases are read by whoever may read one kind of them.
CASES = "|".join(f"read:{thing}" for thing in (
    "warning", "application", "referral", "order", "conference", "task", "visit", "objection", "person", "award"))
RIGHTS |= OFFICE | {name: CASES for name in (
    "listCases", "countCases", "getCase", "getAttachment", "listCasePapers", "getCasePaper", "getCaseFile",
    "previewNotice", "printNoticePreview", "verifyCaseFile", "exportCaseFile", "getCaseRollUp", "listMyPapers",
    "getMyPaper", "listWorkbooks", "getWorkbook", "listWorkbookRows")}
RIGHTS["sendWorkbook"] = "export:list"  # and to read cases of that kind
# Of those, what names colleagues is for the offices, be it of a village.
OVERSIGHT = {"listOverdue", "listReminders", "listColleagues", "getMonth"}
# And so is what was determined in one.
OVERSIGHT |= {"listDeterminations", "replayDetermination"}
RIGHTS |= {name: CASES for name in OVERSIGHT}
# Who is due by rhythm is the offices' work too.
RHYTHMS = {"listRhythms", "listDueByRhythm"}
RIGHTS |= {name: "read:household" for name in RHYTHMS}
OVERSIGHT |= RHYTHMS
RIGHTS["sendDueWorkbook"] = "export:list"  # and to read households
OVERSIGHT |= {"sendDueWorkbook"}
# Lists that are drawn up by a condition: of whoever has one to draw.
RIGHTS |= {name: "read:household" for name in ("getListChoices", "listListDraftRows")}
SIGNED_IN = {"listProcedures", "listTitles", "listProposals", "getProposal", "getVisibility", "getSession", "listJobs",
             "getJob", "listJobRows", "listBatchRows", "listPacks", "getPack", "getOpenApi", "listOutside",
             "getOverview", "listSavedViews"}
STREAMS = {"watchJob", "watchEvents"}
# For citizens, or for staff, alone whatever the rights are.
OWN = {"listMyLooks", "listMyChain", "listMyAuthorisations", "listMyPapers", "getMyPaper"}
STAFF_ONLY = {"getHouseholdVisibility", "listPacks", "getPack", "getOverview", "listSavedViews"}
# What goes back to whose own file was refused in part.
NO_FILES = {"listRefusals"}
# What tells of people; others name indicators and datasets of the law.
OF_PEOPLE = {name for name in RIGHTS if name.startswith("getHousehold") or name in OFFICE} | {
    "listHouseholds", "listWarnings", "listDoubts", "listExits", "listCases", "getCase", "listMyChain", "getAttachment",
    "listMyPapers", "getMyPaper", "getCaseRollUp", "listDueByRhythm", "getEventRow", "sendDueWorkbook",
    "listDeterminations", "replayDetermination"}
# What opens a door or closes one, and what it asks for. Nothing is named that is there: with the right, it is missing.
DOORS = {
    "issueToken": "issue:account", "revokeToken": "issue:account", "issueWindowCode": "issue:person",
    "endSessions": "administer:account", "inviteAccount": "administer:account", "linkOutside": "administer:account",
    "unlinkOutside": "administer:account", "addAccount": "administer:account", "changeAccount": "administer:account",
    "resetAccount": "administer:account",
    "retryMessage": "change:feed", "settleDifference": "change:household",
    "closePayroll": "create:payment", "declineFirstRequest": "change:application",
    "decideMatch": "change:person", "sendReminder": "assign:task", "putBoundaries": "change:unit",
    "lookAtRuleHit": "change:rule_hit", "takeBankList": "reveal:payment",
}
WORD = re.compile(r"[0-9A-Za-z]{6,}")
# Indicators, datasets and kinds of events that tell an illness or a change of marriage: masked for all staff.
MASKED = {"medical.illness_roll", "disabled.certificates", "health.illness", "health.disability",
          "chronic_or_major_illness", "disability_change", "civil.marriages", "family.marital_change",
          "marriage_change"}
COLUMNS = {"户编号": "code", "家庭住址": "address", "户主姓名": "name", "户主身份证号": "identity_number",
           "姓名": "name", "身份证号码": "identity_number", "联系电话": "phone"}
PAPER, NOTE, HIDDEN_PAPER, HIDDEN_NOTE = "离婚证 77 号", "与配偶分居", "庇护所接收单", "进入庇护所"


def roles():
    """access/roles.yaml: of each role its rights, and the classes of fields that it reads whole."""
    rights, whole, role = {}, {}, None
    for line in (SOURCE / "access/roles.yaml").read_text(encoding="utf-8").splitlines():
        if named := re.match(r"  - id: (\w+)", line):
            role = named[1]
            rights[role], whole[role] = set(), {}
        if not line.startswith("      - {may:"):
            continue
        said = {key: re.findall(r"\w+", words) for key, words in re.findall(r"(\w+): \[([^\]]*)\]", line)}
        rights[role] |= {f"{verb}:{thing}" for verb in said["may"] for thing in said["things"]}
        if "read" in said["may"]:
            for thing in said["things"]:
                whole[role].setdefault(thing, set()).update(said.get("fields", []))
    return rights, whole


def register(folder):
    """Of each household its region and rows; of each value that only one household has, whose it is and its class."""
    region_of, rows_of, found = {}, {}, {}
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                code = row["户编号"]
                region_of.setdefault(code, row.get("区划代码"))
                rows_of.setdefault(code, []).append(row)
                for column, kind in COLUMNS.items():
                    if row.get(column):
                        found.setdefault(row[column], set()).add((code, kind))
    alone = {word: next(iter(of)) for word, of in found.items() if len({code for code, _ in of}) == 1}
    return region_of, rows_of, alone


def words_of(answer):
    """The texts of an answer: strings of JSON, cells of a table, data of a stream."""
    kind = answer.headers.get("Content-Type", "")
    if "json" in kind:
        return list(strings(json.loads(answer.body)))
    if "csv" in kind:
        return [cell for row in csv.reader(io.StringIO(answer.body.decode("utf-8-sig"))) for cell in row]
    if "spreadsheet" in kind:
        book = zipfile.ZipFile(io.BytesIO(answer.body))
        texts = book.read("xl/worksheets/sheet1.xml").decode() + book.read("xl/workbook.xml").decode()
        return [html.unescape(text) for text in re.findall(r"<t(?: [^>]*)?>([^<]*)</t>", texts)]
    return [answer.body.decode("utf-8", "replace")]


def strings(value):
    if isinstance(value, str):
        yield value
    for part in (value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()):
        yield from strings(part)


def told_by(answer):
    """What an answer says, be it in a workbook."""
    if not answer.body.startswith(b"PK"):
        return answer.body.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(answer.body)) as book:
        return "\n".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())


class Walk(Case):
    units = UNITS

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.program.must("synth", "--residents", "2000", "--seed", "3", "--style", "csv", "plain")
        cls.region_of, cls.rows_of, cls.canary = register(cls.root / "plain/registry")
        cls.rights, cls.whole = roles()
        cls.api = Api(cls.admin.get("/api/v1/openapi.json").json)
        cls.people, cls.reach = {}, {}
        for role in cls.rights:
            if role in ("citizen", "department_machine"):
                continue
            for unit, region in SEATS.items():
                cls.people[role, unit] = cls.account(f"{role}-{unit}", role, unit, DEPARTMENTS.get(role, ""))
                by_units = "read:household" in cls.rights[role] and role != "social_worker"
                cls.reach[role, unit] = {code for code, of in cls.region_of.items()
                                         if by_units and of.startswith(region)}
        cls.worker = cls.people["county_caseworker", "county"]
        cls.worker.case = "case-9"
        cls.town = cls.people["township_officer", "first"]
        cls.inside = sorted(code for code in cls.region_of if cls.region_of[code].startswith(SEATS["first"]))
        cls.outside = sorted(set(cls.region_of) - set(cls.inside))
        cls.make_things()
        cls.make_people()
        cls.ids = {}

    @classmethod
    def asked(cls, who, path, body, status=(200, 201, 202)):
        answer = who("POST", path, body)
        if answer.status not in status:
            raise AssertionError(f"{path}: {answer}")
        return answer.json

    @classmethod
    def members(cls, code):
        return cls.worker.get(f"/api/v1/households/{code}").json["members"]

    @classmethod
    def make_things(cls):
        """Cases at the door, changes of the register, a file's proposal, somebody under protection, an assignment."""
        wait_for(cls.asked(cls.worker, "/api/v1/raisings", {"as_of": Q2})["job"], cls.worker)
        large = [code for code in cls.inside if len(cls.rows_of[code]) > 2 and any(
            row.get("联系电话") for row in cls.rows_of[code])]
        cls.open, cls.guarded = large[0], large[1]
        cls.calm = next(code for code in reversed(cls.inside) if code not in large)
        cls.own, other = cls.members(cls.open)[:2]
        cls.hidden = next(one for one in cls.members(cls.guarded) if one["phone"])
        for person, paper, note in ((other, PAPER, NOTE), (cls.hidden, HIDDEN_PAPER, HIDDEN_NOTE)):
            cls.asked(cls.town, "/api/v1/register/cases", {
                "kind": "departure", "effective_on": "2025-07-15", "paper": paper, "note": note,
                "persons": [{"id": person["id"], "leaves": True}]})
        cls.asked(cls.town, "/api/v1/register/cases", {
            "kind": "correction", "effective_on": "2025-07-15",
            "households": [{"code": cls.guarded, "fields": {"address": "新住处"}}]})
        cls.asked(cls.worker, f"/api/v1/households/{cls.guarded}/protections",
                  {"person": cls.hidden["id"], "reason": "告诫书"})
        for unit, code in (("county", cls.outside[0]), ("first", cls.calm)):
            cls.asked(cls.worker, "/api/v1/assignments", {"account": f"social_worker-{unit}", "households": [code],
                                                         "case": "个案", "from": "2025-01-01"})
            cls.reach["social_worker", unit] = {code}
        moved = cls.root / "moved"
        moved.mkdir()
        for path in sorted((cls.root / "plain/registry").glob("*.csv")):
            text = path.read_text(encoding="utf-8-sig")
            for code in (cls.guarded, cls.calm, cls.outside[0]):  # what was becomes "before"
                text = text.replace(cls.rows_of[code][0].get("家庭住址", "-"), f"新址{code[-1]}")
            (moved / path.name).write_text(text, encoding="utf-8")
        monitor = cls.people["city_monitor_officer", "county"]
        wait_for(cls.asked(monitor, "/api/v1/imports", {"as_of": "2025-09-30", "uploads": [
            upload(monitor, path) for path in sorted(moved.iterdir())]})["job"], monitor)

    @classmethod
    def make_people(cls):
        """A citizen of a household in which somebody is to leave, and a department's machine."""
        code = cls.asked(cls.town, f"/api/v1/persons/{cls.own['id']}/window-codes", {"paper_seen": "resident card"})
        citizen = Client(cls.served.port)
        citizen.take(citizen("POST", "/api/v1/session/window-code", {"code": code["code"]}))
        citizen.purpose = "own"
        cls.people["citizen", "first"], cls.reach["citizen", "first"] = citizen, {cls.open}
        until = (civil_day() + datetime.timedelta(days=30)).isoformat()
        token = cls.asked(cls.admin, "/api/v1/tokens", {
            "title": "人社接口", "role": "department_machine", "unit": "county", "department": "hr", "until": until})
        machine = "department_machine", "county"
        cls.people[machine], cls.reach[machine] = Machine(cls.served.port, token["token"]), set()

    # --- what is asked for

    def listed(self, path):
        """Ids of what the list that a path begins with holds for anybody."""
        if path not in self.ids:
            found = {}
            for role in ("county_caseworker", "city_monitor_officer", "auditor", "administrator"):
                answer = self.people[role, "county"].get(path)
                if answer.status == 200:
                    found |= {str(item["id"]): 0 for item in answer.json["items"]}
            ids = sorted(found, key=int) if all(one.isdigit() for one in found) else list(found)
            self.ids[path] = ids[:4] + ids[4:][-2:] or ["1"]
        return self.ids[path]

    def paths(self, name):
        path = self.api.operations[name][1]
        parameters = self.api.operations[name][2].get("parameters", [])
        query = [parameter.get("$ref", "").rsplit("/", 1)[-1] for parameter in parameters]
        formats = ["?limit=200" if "limit" in query else ""]
        formats += ["?format=csv", "?format=xlsx"] if "format" in query else []
        if name == "sendWorkbook":
            formats = ["?machine=warning", "?machine=referral"]
        return [one + form for one in self.places(path) for form in formats]

    def places(self, path):
        if "{code}" in path:
            codes = [self.open, self.guarded, self.calm, *self.outside[:2]]
            return [path.replace("{code}", code).replace("{event}", self.event(code)) for code in codes]
        if "/packs/" in path:
            path = path.replace("{other}", "jinan-2024").replace("{paper}", "home_survey")
            return [path.replace("{id}", "guangdong-2021")]
        if "{unit}" in path:
            return [path.replace("{unit}", unit) for unit in ("county", "first", "hr")]
        if "{name}" in path:
            return [path.replace("{name}", "auditor-county")]
        if "{list}" in path:
            return [path.replace("{list}", "warnings")]
        if "{peer}" in path:
            return [path.replace("{peer}", "nobody")]
        if "{id}" in path:
            before = path.split("/{id}")[0].replace("/batches", "/jobs").replace("/list-drafts", "/jobs")
            ids = ["1"] if before.endswith("/uploads") else self.listed(before)
            others = {"{hash}": "0" * 64, "{event}": "1", "{paper}": "home_survey"}
            for name, value in others.items():
                path = path.replace(name, value)
            return [path.replace("{id}", one) for one in ids]
        return [path]

    def event(self, code):
        """The first that the county sees behind a household's warnings."""
        why = self.worker.get(f"/api/v1/households/{code}/why").json
        return next((event["id"] for warning in why["warnings"] for event in warning["events"]), "1.1.1")

    # --- what must not be there

    def faults(self, name, who, answer):
        """Words of an answer that this reader must not have."""
        role, found = who[0], []
        words = words_of(answer)
        plain = {word for text in words for word in WORD.findall(text)}
        whole = set().union(*self.whole[role].values()) | {"code"}
        for word in {*words, *plain} & self.canary.keys():
            code, kind = self.canary[word]
            if code not in self.reach[who]:
                found.append(f"{kind} of {code}, which is elsewhere")
            elif kind not in whole:
                found.append(f"{kind} of {code}, which is masked or hidden")
        text = "\n".join(words)
        if re.search(r"(?<![0-9A-Za-z])4416\d{13}[\dXx](?![0-9A-Za-z])", text):  # ids are long digits too
            found.append("a whole number")
        if role != "citizen" and name in OF_PEOPLE:
            found += [f"masked: {word}" for word in MASKED if word in text]
        if "shelter" not in whole:
            row = next(row for row in self.rows_of[self.guarded] if "家庭住址" in row)
            found += [f"protected: {word}" for word in (row["家庭住址"], "新住处", f"新址{self.guarded[-1]}",
                                                       HIDDEN_PAPER, HIDDEN_NOTE) if word in words]
            found += [f"protected: {self.phone()}"] if self.phone() in text else []
        if role in ("citizen", "village_worker", "department_machine", *DEPARTMENTS):
            found += [word for word in (PAPER, NOTE) if word in text]
        if role == "citizen":
            found += [f"officer {role}-{unit}" for role, unit in self.people if f"{role}-{unit}" in text]
        return found

    @classmethod
    def phone(cls):
        """Of the protected person, as the register has it."""
        return next(row["联系电话"] for row in cls.rows_of[cls.guarded] if row.get("姓名") == cls.hidden["name"])

    def test_the_canaries_sing_where_they_may(self):
        told = {kind for path in ("households", *(f"households/{code}" for code in self.inside[:9])) for word in
                words_of(self.town.get(f"/api/v1/{path}")) if word in self.canary
                for kind in (self.canary[word][1],)}
        self.assertEqual({"code", "name", "address", "phone"}, told)
        everywhere = words_of(self.worker.get("/api/v1/households?limit=200"))
        self.assertTrue({self.canary[word][0] for word in everywhere if word in self.canary} & set(self.outside))
        for path in ("register/cases", "register/proposals", "cases", "warnings", "jobs", "proposals"):
            self.assertIn(self.worker.get(f"/api/v1/{path}").status, (200,), path)
        self.assertNotEqual(["1"], self.listed("/api/v1/register/cases")[1:])
        # A clerk without the class of a field is caught with it, and so is who sits elsewhere.
        page = self.town.get(f"/api/v1/households/{self.open}")
        self.assertTrue(self.faults("getHousehold", ("fund_clerk", "first"), page))
        self.assertTrue(self.faults("getHousehold", ("township_officer", "second"), page))
        self.assertEqual([], self.faults("getHousehold", ("township_officer", "first"), page))
        shown = self.worker.get(f"/api/v1/households/{self.guarded}")
        self.assertTrue(self.faults("getHousehold", ("township_officer", "first"), shown))

    def test_nothing_of_elsewhere_is_told_and_no_right_is_missing(self):
        reads = [name for name, (method, _, _) in self.api.operations.items()
                 if method == "GET" and name not in STREAMS]
        self.assertEqual(set(reads), set(RIGHTS) | SIGNED_IN)
        wrong, asked = [], 0
        for who, client in self.people.items():
            for name in reads:
                for path in self.paths(name):
                    answer = client.get(path)
                    asked += 1
                    wrong += [f"{who}: GET {path}: {fault}" for fault in self.faults(name, who, answer)]
                    if answer.status not in self.statuses(name, who[0], path):
                        wrong.append(f"{who}: GET {path}: {answer.status} {answer.body[:200]}")
        self.assertFalse(wrong, "\n".join(wrong[:20]))
        self.assertGreater(asked, 100 * len(self.people))

    def statuses(self, name, role, path):
        """What may be answered."""
        entitled = name not in RIGHTS or self.rights[role] & set(RIGHTS[name].split("|"))
        if name in OFFICE:
            entitled = entitled and role not in ("citizen", "village_worker", "department_machine", *DEPARTMENTS)
        if name in OVERSIGHT:
            entitled = entitled and role not in ("citizen", "department_machine", *DEPARTMENTS)
        # offices that read feeds; of a department one that may read who is low-income
        if name in ("listArrivalRows", "listLackingHouseholds"):
            entitled = role == "agriculture_officer" or {"read:category", "read:feed"} <= self.rights[role]
        if not entitled:
            return (403,)
        if name in ("listArrivalRows", "listLackingHouseholds"):
            return (200, 404, 409)  # of a register's file, or one that is no category's roll: 409
        if name == "sendWorkbook":
            return (200, 403, 404)  # of a kind of case that one may not read: 403
        if name in ("sendDueWorkbook", "sendFirstWorkbook"):
            return (200, 403)
        if name == "getListChoices":
            return (200, 403, 404, 422)  # of a case that has no list: 422
        if name in ("previewNotice", "printNoticePreview"):
            return (200, 404, 409)  # of what hangs nothing next: 409
        if name in OWN:
            return (403,) if role != "citizen" else (200, 404) if name == "getMyPaper" else (200,)
        if name in STAFF_ONLY and role in ("citizen", "department_machine"):
            return (403,)
        if name == "getVisibility" and role in ("citizen", "department_machine"):
            return (403,)
        if "format=" in path and name not in NO_FILES:
            may = "export:list" in self.rights[role] and (name != "listLooks" or "export:audit" in self.rights[role])
            return (200, 404) if may else (403, 404)
        return (200, 404)

    def test_streams_tell_nothing_of_elsewhere(self):
        for who, client in self.people.items():
            for path in ("/api/v1/events", *self.places("/api/v1/jobs/{id}/events")[:2]):
                lines = [f"GET {path} HTTP/1.1", "Host: x", *(f"{k}: {v}" for k, v in client.headers().items())]
                told = free_bytes(client.port, ("\r\n".join(lines) + "\r\n\r\n").encode(), quiet=0.2)
                head, _, body = told.decode("utf-8", "replace").partition("\r\n\r\n")
                self.assertTrue(head.startswith("HTTP/1.1 "), (who, path, told))
                found = {word for word in WORD.findall(body)} & self.canary.keys()
                self.assertEqual(set(), {word for word in found if self.canary[word][0] not in self.reach[who]},
                                 (who, path))

    def test_who_may_read_the_register_of_a_town_sees_all_of_it(self):
        for who, client in self.people.items():
            if "read:household" in self.rights[who[0]]:
                self.assertEqual(sorted(self.reach[who]),
                                 [item["code"] for item in client.pages("/api/v1/households", 200)], who)

    def test_what_a_role_grants_of_a_household_in_reach_is_shown(self):
        for who, client in self.people.items():
            whole = self.whole[who[0]].get("household", set()), self.whole[who[0]].get("person", set())
            if who[0] == "citizen":
                continue
            listed = {item["code"]: item for item in client.pages("/api/v1/households", 200)} if (
                self.reach[who]) else {}
            self.assertEqual(self.reach[who], set(listed))
            for code in sorted(self.reach[who] & {self.open, self.calm, self.outside[0]}):
                row = next(row for row in self.rows_of[code] if "家庭住址" in row)
                page = client.get(f"/api/v1/households/{code}").json
                for one in (listed[code], page):
                    self.assertEqual(row["户主姓名"] if "name" in whole[0] else None, one["head_name"], who)
                    if "address" in whole[0]:
                        self.assertEqual(row["家庭住址"], one["address"], who)
                names = sorted(row["姓名"] for row in self.rows_of[code] if "姓名" in row)
                if "name" in whole[1]:
                    self.assertEqual(names, sorted(one["name"] for one in page["members"]), who)
                if "phone" in whole[1]:
                    phones = {row["联系电话"] for row in self.rows_of[code] if row.get("联系电话")}
                    self.assertEqual(phones, {one["phone"] for one in page["members"] if one["phone"]}, who)
                if "name" in whole[1] and who[0] != "village_worker":
                    there = client.get(f"/api/v1/households/{code}/members").json["members"]
                    self.assertEqual(names, sorted(one["name"] for one in there), who)

    def test_a_citizen_is_told_of_no_other_who_is_protected(self):
        told = self.people["citizen", "first"].get(f"/api/v1/households/{self.open}").json["members"]
        self.assertEqual({self.own["id"]}, {one["id"] for one in told if one["protected"] is not None})

    def test_doors_are_opened_by_those_who_have_the_right_and_by_nobody_else(self):
        for (role, unit), client in self.people.items():
            for name, right in DOORS.items():
                method, path, operation = self.api.operations[name]
                path = re.sub(r"\{\w+\}", "nothing", path)
                answer = client(method, path, {} if "requestBody" in operation else None,
                                headers={"If-Match": "*"})
                told = f"{role} of {unit}: {name}: {answer}"
                if right in self.rights[role]:
                    self.assertIn(answer.status, (404, 422), told)
                else:
                    self.assertEqual((403, "not_allowed"), (answer.status, answer.json["code"]), told)

    def test_a_stranger_is_told_nothing(self):
        stranger = Client(self.served.port)
        for name in RIGHTS:
            for path in self.paths(name):
                self.assertEqual(401, stranger.get(path).status, path)


if __name__ == "__main__":
    main()
