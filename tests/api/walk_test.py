# SPDX-License-Identifier: Apache-2.0
"""Every route that reads × every role × unit: what belongs to people elsewhere (household's code, number, phone) stands
in no byte of an answer; whole numbers stand in none at all; and no right that the role has is missing."""
import csv
import re

from office import Case, Client, Q2, main, wait_for
from schema import Api

STAFF = {
    "city_monitor_officer": "", "county_caseworker": "", "verification_clerk": "", "township_officer": "",
    "village_worker": "",
    "partner_department": "hr", "agriculture_officer": "agriculture", "service_provider": "", "social_worker": "",
    "fund_clerk": "", "auditor": "", "administrator": "",
}
# What reading a route asks of access/roles.yaml: thing, or none where being signed in is enough.
RIGHTS = {
    "listHouseholds": "read:household", "getHousehold": "read:household", "getHouseholdWhy": "read:warning",
    "listWarnings": "read:warning", "countWarnings": "read:warning", "listExits": "read:warning",
    "listDoubts": "read:warning", "listArrivals": "read:feed", "listRefusals": "read:feed", "getUpload": "create:feed",
    "listAccounts": "administer:account", "getAccount": "administer:account", "listUnits": "read:unit",
    "listTokens": "read:account", "listOutsideLinks": "administer:account",
    "listLooks": "read:audit", "listMyLooks": "read:audit", "listPackElements": "read:pack",
    "listPackCoverage": "read:pack", "diffPacks": "read:pack",
    "getUnitHistory": "read:unit", "listEnactments": "read:parameter", "listFigures": "read:parameter",
    "listAuthorisations": "read:authorisation", "listKeptApart": "read:fact", "listAssignments": "assign:task",
    "listProtections": "decide:person",
    "getHouseholdVisibility": "read:household", "listMyChain": "read:household",
    "listChangeKinds": "read:household", "listChanges": "read:household", "getChange": "read:household",
    "listChangesNear": "read:household", "listMembersOn": "read:household", "listRegisterProposals": "read:household",
    "getRegisterProposal": "read:household", "listProposedRows": "read:household",
    "getRetention": "read:retention", "listProofs": "read:retention", "listHolds": "read:retention",
    "listAnchors": "read:audit",
    "listPeers": "read:feed", "listSentMessages": "read:feed", "listReceivedMessages": "read:feed",
    "listDifferences": "read:household",
}
# Cases are read by whoever may read one kind of them.
CASES = "|".join(f"read:{thing}" for thing in (
    "warning", "application", "referral", "order", "conference", "task", "visit", "objection", "person"))
RIGHTS |= {name: CASES for name in ("listCases", "countCases", "getCase", "getAttachment")}
SIGNED_IN = {"listProcedures", "listProposals", "getProposal", "getVisibility", "getSession", "listJobs", "getJob",
        "listJobRows",
             "listPacks", "getPack", "getOpenApi", "listOutside"}
STREAMS = {"watchJob", "watchEvents"}
# What opens a door or closes one, and what it asks for. Nothing is named that is there: with the right, it is missing.
DOORS = {
    "issueToken": "issue:account", "revokeToken": "issue:account", "issueWindowCode": "issue:person",
    "endSessions": "administer:account", "inviteAccount": "administer:account", "linkOutside": "administer:account",
    "unlinkOutside": "administer:account", "addAccount": "administer:account", "changeAccount": "administer:account",
    "resetAccount": "administer:account",
    "retryMessage": "change:feed", "settleDifference": "change:household",
}
WITHOUT_BODY = {"inviteAccount", "retryMessage", "settleDifference"}
WORD = re.compile(r"[0-9A-Za-z]{6,}")


def canaries(county):
    """What only one household has, with its region."""
    region_of, found = {}, {}
    for path in sorted((county / "registry").iterdir()):
        if path.suffix != ".csv":
            raise AssertionError(f"{path} is no CSV")
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        for row in rows:
            code = row["户编号"]
            region_of.setdefault(code, row.get("区划代码", ""))
            values = {code, *(value for key, value in row.items() if key and ("号" in key or "电话" in key) and value)}
            for value in values:
                for word in WORD.findall(value):
                    found.setdefault(word, set()).add(code)
    return {word: region_of[next(iter(codes))] for word, codes in found.items() if len(codes) == 1}, region_of


class Walk(Case):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.program.must("synth", "--residents", "2000", "--seed", "3", "--style", "csv", "plain")
        cls.canary, cls.region_of = canaries(cls.root / "plain")
        cls.api = Api(cls.admin.get("/api/v1/openapi.json").json)
        cls.people = {}
        for role, department in STAFF.items():
            for unit in ("county", "first"):
                cls.people[role, unit] = cls.account(f"{role}-{unit}", role, unit, department)
        asked = cls.people["county_caseworker", "county"]("POST", "/api/v1/raisings", {"as_of": Q2})
        wait_for(asked.json["job"], cls.people["county_caseworker", "county"])
        inside = [code for code, region in sorted(cls.region_of.items()) if region.startswith("441699101")]
        outside = [code for code, region in sorted(cls.region_of.items()) if not region.startswith("441699101")]
        warned = [line.split(",")[0] for line in cls.program.must(
            "warnings", "--data", "office", "--format", "csv").out.splitlines()[1:]]
        cls.codes = inside[:2] + outside[:2] + [code for code in warned if code in outside][:2] + \
            [code for code in warned if code in inside][:2]

    def paths(self, name):
        path = self.api.operations[name][1]
        if "{code}" in path:
            return [path.replace("{code}", code) for code in self.codes]
        if "/packs/" in path:
            return [path.replace("{id}", "guangdong-2021").replace("{other}", "jinan-2024")]
        if "{unit}" in path:
            return [path.replace("{unit}", unit) for unit in ("county", "first", "hr")]
        if "{name}" in path:
            return [path.replace("{name}", "auditor-county")]
        if "{peer}" in path:
            return [path.replace("{peer}", "nobody")]
        if "{id}" in path:
            return [path.replace("{id}", "1")]
        parameters = self.api.operations[name][2].get("parameters", [])
        query = [parameter["$ref"].rsplit("/", 1)[1] for parameter in parameters]
        return [f"{path}?limit=200", f"{path}?format=csv"] if "format" in query else [path]

    def leaks(self, answer, unit):
        words = set(WORD.findall(answer.body.decode("utf-8", "replace")))
        if unit == "county":
            return set()
        return {word for word in words & self.canary.keys() if not self.canary[word].startswith("441699101")}

    def test_the_canaries_sing_where_they_may(self):
        told = self.people["county_caseworker", "county"].get("/api/v1/households?limit=200")
        self.assertTrue(self.leaks(told, "as if of the town"))

    def test_nothing_of_elsewhere_is_told_and_no_right_is_missing(self):
        reads = [name for name, (method, _, _) in self.api.operations.items()
                 if method == "GET" and name not in STREAMS]
        self.assertEqual(set(reads), set(RIGHTS) | SIGNED_IN)
        for (role, unit), client in self.people.items():
            rights = set(client.get("/api/v1/session").json["rights"])
            for name in reads:
                for path in self.paths(name):
                    answer = client.get(path)
                    told = f"{role} of {unit}: GET {path}: {answer}"
                    self.assertEqual(set(), self.leaks(answer, unit), told)
                    self.assertIsNone(re.search(rb"(?<![0-9a-f])\d{17}[\dXx](?![0-9a-f])", answer.body), told)
                    if RIGHTS.get(name) and not rights & set(RIGHTS[name].split("|")):
                        self.assertEqual(403, answer.status, told)
                    elif name not in ("listMyLooks", "listMyChain") and "format=csv" not in path:
                        self.assertIn(answer.status, (200, 404), told)

    def test_who_may_read_the_register_of_a_town_sees_all_of_it(self):
        mine = sorted(code for code, region in self.region_of.items() if region.startswith("441699101"))
        for (role, unit), client in self.people.items():
            if unit != "first" or role in ("social_worker", "partner_department", "agriculture_officer"):
                continue
            if "read:household" in client.get("/api/v1/session").json["rights"]:
                self.assertEqual(mine, [item["code"] for item in client.pages("/api/v1/households", 200)], role)

    def test_who_works_by_assignment_sees_nothing_before_it(self):
        for unit in ("county", "first"):
            self.assertEqual([], self.people["social_worker", unit].pages("/api/v1/households", 200))

    def test_doors_are_opened_by_those_who_have_the_right_and_by_nobody_else(self):
        for (role, unit), client in self.people.items():
            rights = set(client.get("/api/v1/session").json["rights"])
            for name, right in DOORS.items():
                method, path, _ = self.api.operations[name]
                path = re.sub(r"\{\w+\}", "nothing", path)
                answer = client(method, path, None if method == "DELETE" or name in WITHOUT_BODY else {},
                                headers={"If-Match": "*"})
                told = f"{role} of {unit}: {name}: {answer}"
                if right in rights:
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
