# SPDX-License-Identifier: Apache-2.0
"""Every list leaves as a file for who may export, as its pages show it and with a record of that; pages that the server
keeps at hand show what the store does, and what changes shows in them at once."""
import csv
import datetime
import io
import json
import zipfile

from office import Q2, Staffed, civil_day, main, wait_for

# Whose list it is, and what of an item is no cell of the file.
LISTS = {
    "accounts": ("admin", set()), "tokens": ("admin", set()), "units": ("admin", {"tile"}),
    "proposals": ("worker", {"mine", "may_decide"}), "enactments": ("admin", set()), "figures": ("admin", set()),
    "assignments": ("worker", set()), "jobs": ("monitor", {"parameters", "result", "fault"}),
    "register/cases": ("worker", set()), "register/proposals": ("worker", None), "workbooks": ("worker", None),
    "retention/proofs": ("admin", set()), "holds": ("admin", set()), "anchors": ("auditor", set()),
    "exchange/differences": ("worker", None), "packs": ("monitor", {"profile"}), "datasets": ("monitor", None),
    "visibility": ("worker", None),
}
WITHOUT_FILES = {  # of one thing, of oneself, or of the program
    "listOutside", "listOutsideLinks", "listMyLooks", "listMyChain", "listMyAuthorisations", "listProcedures",
    "listCasePapers", "listHouseholdLooks", "listAuthorisations", "listProtections", "listChangeKinds",
    "listChangesNear", "listMembersOn", "listPeers", "listTitles", "listRoles", "listMyPapers", "listDeterminations",
    "listSavedViews"}


def cell(value):
    if value is None:
        return ""
    if isinstance(value, dict):
        return value["en"]
    if isinstance(value, list):
        return ";".join(map(cell, value))
    return value if isinstance(value, str) else json.dumps(value)


class Lists(Staffed):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.auditor = cls.account("auditor", "auditor")
        cls.code, held = (item["code"] for item in cls.township.get("/api/v1/households?limit=2").json["items"])
        until = (civil_day() + datetime.timedelta(days=9)).isoformat()
        for who, path, body in (
                (cls.admin, "tokens", {"title": "人社", "role": "department_machine", "unit": "county",
                                       "department": "hr", "until": until}),
                (cls.admin, "holds", {"household": held, "reason": "a lawsuit"}),
                (cls.worker, "proposals", {"kind": "forgetting", "reason": "本人申请删除", "households": [cls.code]}),
                (cls.township, "register/cases", {
                    "kind": "birth", "effective_on": "2025-07-15", "paper": "出生证 1",
                    "persons": [{"household": cls.code, "fields": {"name": "新生", "relation": "之子"}}]})):
            made = who("POST", f"/api/v1/{path}", body)
            assert made.status in (200, 201), str(made)
        wait_for(cls.monitor("POST", "/api/v1/cycles", {"as_of": Q2}).json["job"], cls.monitor)

    def rows(self, who, path):
        sheet = who.get(f"/api/v1/{path}")
        self.assertEqual(200, sheet.status, str(sheet))
        return list(csv.DictReader(io.StringIO(sheet.body.decode("utf-8-sig"))))

    def test_a_file_holds_what_the_pages_show_and_who_took_it(self):
        for path, (name, hidden) in LISTS.items():
            who = getattr(self, name)
            page = who.get(f"/api/v1/{path}").json
            rows = self.rows(who, f"{path}?format=csv")
            self.assertEqual(len(page["items"]), len(rows), path)
            user = "first" if name == "admin" else name
            for item, row in zip(page["items"], rows):
                self.assertTrue(row.pop("taken_by").startswith(f"{user} "), path)
                if hidden is not None:
                    self.assertEqual(set(item) - hidden, set(row), path)
                for column in row.keys() & item.keys():
                    self.assertEqual(cell(item[column]), row[column], (path, column))
            book = who.get(f"/api/v1/{path}?format=xlsx")
            self.assertIn("xl/workbook.xml", zipfile.ZipFile(io.BytesIO(book.body)).namelist(), path)
        for path in ("accounts", "tokens", "holds", "proposals", "register/cases", "jobs"):
            self.assertTrue(getattr(self, LISTS[path][0]).get(f"/api/v1/{path}").json["items"], path)

    def test_a_pack_leaves_as_lines_of_what_it_states_what_serves_it_and_what_another_states_otherwise(self):
        path = "packs/guangdong-2021"
        stated = self.monitor.get(f"/api/v1/{path}/elements").json["items"]
        rows = self.rows(self.monitor, f"{path}/elements?format=csv")
        self.assertEqual([(one["section"], one["id"], key, value, one["clause"])
                          for one in stated for key, value in one["values"].items()],
                         [tuple(row[name] for name in ("section", "id", "key", "value", "clause")) for row in rows])
        levels = self.rows(self.monitor, f"{path}/elements?section=levels&format=csv")
        self.assertEqual([row for row in rows if row["section"] == "levels"],
                         [{**row, "taken_by": rows[0]["taken_by"]} for row in levels])
        served = self.monitor.get(f"/api/v1/{path}/coverage").json["items"]
        rows = self.rows(self.monitor, f"{path}/coverage?format=csv")
        self.assertEqual([(one["clause"], one["cited"], ";".join(f"{by['kind']} {by['id']}" for by in one["served_by"]))
                          for one in served], [(row["clause"], row["cited"], row["served_by"]) for row in rows])
        self.assertIn(("GD-2.1", "二(一)"), [(one["clause"], one["cited"]) for one in served])
        changes = self.monitor.get(f"/api/v1/{path}/diff/jinan-2024").json["items"]
        rows = self.rows(self.monitor, f"{path}/diff/jinan-2024?format=csv")
        self.assertEqual([(one["key"], (one["before"] or {"value": ""})["value"],
                           (one["after"] or {"clause": ""})["clause"]) for one in changes],
                         [(row["key"], row["before"], row["after_clause"]) for row in rows])
        self.assertGreater(len(changes), 10)

    def test_no_list_is_without_a_file_but_those_of_one_thing_or_of_oneself(self):
        lists = {name: operation for name, (method, path, operation) in self.api.operations.items()
                 if method == "GET" and name.startswith("list")}
        without = {name for name, operation in lists.items()
                   if not any(one.get("$ref", "").endswith("/format") for one in operation.get("parameters", []))}
        self.assertEqual(WITHOUT_FILES, without)

    def test_a_file_takes_the_right_to_export_and_stands_in_the_log(self):
        for path in ("units", "assignments", "jobs", "proposals", "register/cases"):
            answer = self.village.get(f"/api/v1/{path}?format=csv")
            self.assertEqual(403, answer.status, (path, str(answer)))
        self.rows(self.worker, "register/cases?format=csv")
        self.rows(self.admin, "accounts?format=csv")
        taken = {(look["user"], look["what"]): look for look in
                 self.auditor.get("/api/v1/audit?verb=export&limit=200").json["items"]}
        self.assertTrue(taken["worker", "register.cases.export"]["households"])
        self.assertIn(("first", "accounts.export"), taken)

    def test_a_list_that_is_told_whole_has_no_pages_and_no_other_form(self):
        self.assertEqual(400, self.worker.get("/api/v1/units?format=doc").status)
        self.assertEqual(400, self.worker.get("/api/v1/units?limit=5").status)

    # --- pages that are kept at hand

    def filters(self):
        households = self.worker.pages("/api/v1/households", 200)
        front = households[40]["code"][:6]
        yield from ("region=", "unit=first", "at=first", "region=441699101", "region=4416991", "region=9",
                    "code=ZZ", f"code={front}")
        yield from (f"category={one}" for one in {item["category"] for item in households})
        yield f"region=441699101&code={households[0]['code'][:5]}&category={households[0]['category']}"

    def test_pages_of_households_are_what_the_store_lists(self):
        for who in (self.worker, self.township):
            for wanted in (*self.filters(), *(["at=county"] if who is self.worker else [])):
                pages = [item["code"] for item in who.pages(f"/api/v1/households?{wanted}", 7)]
                stored = [row["household_id"] for row in self.rows(who, f"households?{wanted}&format=csv")]
                self.assertEqual(stored, pages, wanted)

    def test_pages_and_counts_of_warnings_are_what_the_store_lists(self):
        warnings = self.worker.pages("/api/v1/warnings", 200)
        self.assertGreater(len(warnings), 3)
        days = sorted({item["due_on"] for item in warnings if item["due_on"]})
        wanted = ["region=", "region=441699101", "region=9",
                  *(f"level={one}" for one in {item["level"] for item in warnings}),
                  "unit=first", "at=first", f"issued_until={Q2}", f"issued_from={Q2}", "closed=all", "closed=true",
                  f"due_from={days[0]}", f"due_until={days[0]}", f"due_from={days[-1]}&due_until={days[-1]}",
                  "due_until=2020-01-01", f"level={warnings[0]['level']}&region=441699102&due_from={days[0]}"]
        for one in wanted:
            pages = [(item["household"], item["level"]) for item in self.worker.pages(f"/api/v1/warnings?{one}", 3)]
            stored = [(row["household_id"], row["level"])
                      for row in self.rows(self.worker, f"warnings?{one}&format=csv")]
            self.assertEqual(stored, pages, one)
            counts = self.worker.get(f"/api/v1/warnings/counts?{one}").json
            self.assertEqual(len(stored), counts["total"], one)
            self.assertEqual(counts["total"], sum(level["count"] for level in counts["levels"]), one)

    def test_z_what_is_published_shows_at_once(self):
        warning = self.worker.pages("/api/v1/warnings", 200)[0]["household"]
        before = self.worker.get("/api/v1/warnings/counts").json["total"]
        closed = self.worker("POST", "/api/v1/closings", {"as_of": Q2, "households": [warning]})
        self.assertEqual(202, closed.status, str(closed))
        wait_for(closed.json["job"], self.worker)
        self.assertEqual(before - 1, self.worker.get("/api/v1/warnings/counts").json["total"])
        self.assertNotIn(warning, [item["household"] for item in self.worker.pages("/api/v1/warnings", 200)])

    def load(self, *units):
        tag = self.admin.get("/api/v1/units").headers["ETag"]
        self.fits("loadUnits", self.admin("PUT", "/api/v1/units", {"units": units}, headers={"If-Match": tag}))

    def test_z_an_office_that_moves_takes_its_lists_along_at_once(self):
        self.load({"code": "zone", "title": "片区", "kind": "county", "parent": "county", "from": "2020-01-01"})
        zone = self.account("zone", "county_caseworker", unit="zone")

        def seen(who):
            return {path: [item["id" if path == "warnings" else "code"] for item in who.pages(f"/api/v1/{path}", 200)]
                    for path in ("households", "warnings")}
        town, county = seen(self.township), seen(self.worker)
        self.assertLess(len(town["households"]), len(county["households"]))
        self.assertEqual({"households": [], "warnings": []}, seen(zone))
        self.load({"code": "first", "title": "第一镇", "kind": "township", "region": "441699101", "parent": "zone",
                   "from": civil_day().isoformat()})
        self.assertEqual(town, seen(zone))
        self.assertEqual((town, county), (seen(self.township), seen(self.worker)))


if __name__ == "__main__":
    main()
