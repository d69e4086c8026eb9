# SPDX-License-Identifier: Apache-2.0
"""The log of looks as an auditor reads it: page by page, by filters, as a file; cut to the auditor's own offices."""
import csv
import datetime
import io

from office import Case, Client, civil_day, main
from schema import Api

TODAY = civil_day()


def day(offset):
    return (TODAY + datetime.timedelta(days=offset)).isoformat()


class Log(Case):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.api = Api(cls.admin.get("/api/v1/openapi.json").json)
        cls.worker = cls.account("worker", "county_caseworker")
        cls.township = cls.account("town", "township_officer", unit="first")
        cls.auditor = cls.account("auditor", "auditor")
        cls.town_auditor = cls.account("townauditor", "auditor", unit="first")
        cls.codes = [item["code"] for item in cls.worker.get("/api/v1/households?limit=30").json["items"]]
        cls.inside = [item["code"] for item in cls.township.get("/api/v1/households?limit=30").json["items"]]
        for code in cls.codes:
            cls.worker.get(f"/api/v1/households/{code}")
        for code in cls.inside:
            cls.township.get(f"/api/v1/households/{code}")

    def looks(self, query="", who=None, limit=200):
        page = (who or self.auditor).get(f"/api/v1/audit?limit={limit}{query}")
        self.assertEqual(200, page.status, str(page))
        self.assertEqual([], self.api.faults_of("listLooks", page))
        return page.json["items"]

    def refused(self, query, pointer):
        answer = self.auditor.get(f"/api/v1/audit?{query}")
        self.assertEqual((400, "fields"), (answer.status, answer.json["code"]), str(answer))
        self.assertEqual([pointer], [error["pointer"] for error in answer.json["errors"]])

    def test_pages_hold_each_record_once_also_while_others_come(self):
        read, cursor = [], ""
        while True:
            page = self.auditor.get(f"/api/v1/audit?user=worker&limit=7{cursor}").json
            read += [item["seq"] for item in page["items"]]
            self.worker.get(f"/api/v1/households/{self.codes[0]}")  # newer than the page that is read
            if page["next"] is None:
                break
            self.assertEqual(7, len(page["items"]))
            cursor = f"&cursor={page['next']}"
        self.assertEqual(sorted(set(read), reverse=True), read)
        first = read[0]
        self.assertEqual([item["seq"] for item in self.looks("&user=worker") if item["seq"] <= first], read)
        self.assertGreater(len(read), len(self.codes))
        next_page = self.auditor.get("/api/v1/audit?user=worker&limit=7").json["next"]
        self.assertEqual(400, self.auditor.get(f"/api/v1/audit?user=town&limit=7&cursor={next_page}").status)

    def test_it_is_asked_by_what_was_done_whose_data_where_and_when(self):
        code = self.codes[3]
        household = self.worker.get(f"/api/v1/households/{code}").json
        found = self.looks(f"&household={code}&user=worker&what=household&verb=read")
        self.assertTrue(found)
        persons = {member["id"] for member in household["members"]}
        self.assertTrue(any(set(look["persons"]) == persons for look in found))
        self.assertTrue(all(look["what"].startswith("household") and look["verb"] == "read" for look in found))
        one = min(persons)
        self.assertTrue(all(one in look["persons"] for look in self.looks(f"&person={one}")))
        self.assertTrue(self.looks(f"&person={one}&user=worker"))
        doors = self.looks("&doors=true")
        self.assertEqual({"session"}, {look["thing"] for look in doors})
        self.assertIn("worker", {look["user"] for look in doors})
        self.assertNotIn("session", {look["thing"] for look in self.looks("&doors=false")})
        self.assertEqual(["first"], sorted({look["unit"] for look in self.looks("&unit=first")}))
        self.assertLess({"first", "county"}, {look["unit"] for look in self.looks()} | {"hr"})
        self.assertTrue(self.looks(f"&from={day(-1)}&until={day(1)}"))
        self.assertEqual([], self.looks(f"&until={day(-2)}"))
        self.assertEqual([], self.looks(f"&from={day(2)}"))
        self.assertEqual([], self.looks("&household=none"))
        self.assertEqual([], self.looks("&user=nobody-of-that-name"))
        self.assertEqual([], self.looks("&what=%25"))
        for query, pointer in (("unit=nowhere", "/unit"), ("verb=stare", "/verb"), ("doors=maybe", "/doors"),
                               ("from=2025-13-01", "/from"), ("before=3", "/before"), ("person=-1", "/person")):
            self.refused(query, pointer)

    def test_an_auditor_reads_the_records_of_their_own_offices_in_whole_pages(self):
        mine = self.town_auditor.pages("/api/v1/audit", 5)
        self.assertEqual({"first"}, {look["unit"] for look in mine})
        self.assertGreaterEqual(len([look for look in mine if look["user"] == "town"]), len(self.inside))
        self.assertEqual(5, len(self.looks(who=self.town_auditor, limit=5)))
        self.assertNotIn("worker", {look["user"] for look in mine})
        above = self.town_auditor.get("/api/v1/audit?unit=county")
        self.assertEqual((400, "no_such_unit"), (above.status, above.json["errors"][0]["code"]))
        nobody = Client(self.served.port)
        nobody.sign_in("no such name", "and no such password")
        self.assertIn(None, {look["unit"] for look in self.looks("&doors=true")})  # at the root
        self.assertNotIn(None, {look["unit"] for look in self.looks("&doors=true", self.town_auditor)})
        for who in (self.worker, self.township):
            self.assertEqual(403, who.get("/api/v1/audit").status)

    def test_the_office_that_keeps_a_household_reads_the_looks_of_its_own_people(self):
        code = self.inside[0]
        path = f"/api/v1/households/{code}/looks"
        self.worker.get(f"/api/v1/households/{code}/facts")
        page = self.worker.get(path)
        self.assertEqual([], self.api.faults_of("listHouseholdLooks", page))
        self.assertEqual({"worker"}, {look["user"] for look in page.json["items"]})
        self.assertIn("household.facts", {look["what"] for look in page.json["items"]})
        other = self.account("colleague", "county_caseworker")
        other.get(f"/api/v1/households/{code}")
        users = {look["user"] for look in self.worker.pages(path, 1)}
        self.assertEqual({"worker", "colleague"}, users)  # the township's looks are not its own
        whole = {look["user"] for look in self.looks(f"&household={code}")}
        self.assertLess(users, whole)
        self.assertIn("town", whole)
        self.assertIn("household.looks", {look["what"] for look in self.looks(f"&household={code}&user=worker")})
        for who in (self.auditor, self.admin):  # who keeps no household asks the log itself
            self.assertEqual(403, who.get(path).status)

    def test_it_leaves_as_a_file_with_the_readers_name_and_a_record_of_that(self):
        listed = self.looks("&user=town")
        sheet = self.auditor.get("/api/v1/audit?format=csv&user=town")
        self.assertEqual([], self.api.faults_of("listLooks", sheet))
        self.assertIn("auditor", sheet.headers["Content-Disposition"])
        rows = list(csv.DictReader(io.StringIO(sheet.body.decode("utf-8-sig"))))
        self.assertEqual([str(look["seq"]) for look in listed], [row["seq"] for row in rows])
        self.assertEqual([look["hash"] for look in listed], [row["hash"] for row in rows])
        # Who and whose are told as the page tells them; the program's own ids tell nobody anything.
        self.assertEqual([(";".join(look["homes"] or []), look["homes_total"] or "", look["user_name"] or "")
                          for look in listed],
                         [(row["homes"], int(row["homes_total"] or 0) or "", row["user_name"]) for row in rows])
        self.assertTrue({code for row in rows for code in row["homes"].split(";")} & set(self.inside))
        self.assertFalse({"persons", "households"} & set(rows[0]))
        book = self.auditor.get("/api/v1/audit?format=xlsx&doors=true")
        self.assertEqual(b"PK", book.body[:2])
        self.assertEqual(2, len(self.looks("&user=auditor&verb=export")))
        taken = self.admin.get("/api/v1/audit?format=csv")
        self.assertEqual((403, "not_allowed"), (taken.status, taken.json["code"]))


if __name__ == "__main__":
    main()
