# SPDX-License-Identifier: Apache-2.0
"""The difference of two lists, row by row: agriculture opens each number of its roll down to the rows behind it, told
of its own words and of who is on the register within reach; nobody else is."""
import csv
import io

from cases_test import other_number
from office import Staffed, main, upload, wait_for
from schema import Api

DAY = "2025-07-15"
UNITS = """# SPDX-License-Identifier: Apache-2.0
- {code: city, title: 样例市, kind: city, region: "4416", from: 2020-01-01}
- {code: county, title: 一县, kind: county, parent: city, region: "441699101", from: 2020-01-01}
- {code: second, title: 二县, kind: county, parent: city, region: "441699102", from: 2020-01-01}
- {code: first, title: 一镇, kind: township, parent: county, region: "441699101001", from: 2020-01-01}
- {code: agriculture, title: 一县农业农村局, kind: department, parent: county, department: agriculture, from: 2020-01-01}
- {code: agriculture-2, title: 二县农业农村局, kind: department, parent: second, department: agriculture, from: 2020-01-01}
- {code: hr, title: 人社部门, kind: department, parent: county, department: hr, from: 2020-01-01}
"""
HEADINGS = ("户主姓名", "户主身份证号码", "监测对象类别", "识别时间", "风险是否消除")
BUCKETS = ("exact", "probable", "off_roster", "review", "held", "rejected", "duplicate")


def misspelt(number):
    """The same with another check character."""
    return number[:-1] + ("1" if number[-1] != "1" else "2")


class Difference(Staffed):
    units = UNITS

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.api = Api(cls.admin.get("/api/v1/openapi.json").json)
        cls.auditor = cls.account("auditor", "auditor", unit="city")
        cls.monitor_of_city = cls.account("monitor-city", "city_monitor_officer", unit="city")
        cls.agriculture = cls.account("agri", "agriculture_officer", unit="agriculture", department="agriculture")
        cls.other = cls.account("agri-2", "agriculture_officer", unit="agriculture-2", department="agriculture")
        cls.hr = cls.account("hr", "partner_department", unit="hr", department="hr")
        cls.program.must("synth", "--residents", "2000", "--seed", "3", "--style", "csv", "plain")
        here, there = cls.people("441699101"), cls.people("441699102")
        here.sort(key=lambda one: one[1][14:17])  # the first leaves room for another number of its day and place
        (name, number), (name_2, number_2), (name_3, number_3) = here[:3]
        far_name, far_number = there[0]
        rows = [(name, number, "2025-03-01"), (name_2, number_2, "2025-03-01"), (name, number, "2025-03-01"),
                (far_name, far_number, "2025-03-01"), ("某无名", other_number(number), "2025-03-01"),
                ("某异名", number_3, "2025-03-02"), (name, misspelt(number), "2025-03-03"),
                ("某无名", misspelt(other_number(number)), "2025-03-01"), ("某缺号", "44", "2025-03-01"),
                (far_name, misspelt(far_number), "2025-03-04")]
        cls.expected = ("exact", "exact", "duplicate", "off_roster", "off_roster", "review", "probable", "rejected",
                        "rejected", "rejected")
        cls.names = [row[0] for row in rows]
        cls.named = [number, number_2, number_3, far_number]
        cls.whole = {row[1] for row in rows if len(row[1]) == 18}
        path = cls.root / "防返贫.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            out = csv.writer(file)
            out.writerow(HEADINGS)
            out.writerows((who, ident, "边缘易致贫户", day, "否") for who, ident, day in rows)
        asked = cls.agriculture("POST", "/api/v1/imports", {"as_of": DAY, "uploads": [upload(cls.agriculture, path)]})
        wait_for(asked.json["job"], cls.agriculture)
        cls.arrival = next(one for one in cls.agriculture.pages("/api/v1/arrivals")
                           if one["dataset"] == "agriculture.relapse_roll")
        cls.path = f"/api/v1/arrivals/{cls.arrival['id']}/rows"

    @classmethod
    def people(cls, region):
        """Names and numbers of people of the register whose household stands there."""
        regions, found = {}, []
        for path in sorted((cls.root / "plain/registry").glob("*.csv"), key=lambda p: "成员" in p.name):
            with path.open(encoding="utf-8-sig", newline="") as file:
                for row in csv.DictReader(file):
                    regions.setdefault(row["户编号"], row.get("区划代码"))
                    if regions[row["户编号"]].startswith(region) and len(row.get("身份证号码", "")) == 18:
                        found.append((row["姓名"], row["身份证号码"]))
        return found

    def kept_as_relapse(self, region, named=()):
        """Codes of the register's own households of that category there, but for those of whom a row tells."""
        homes, of_number = {}, {}
        for path in sorted((self.root / "plain/registry").glob("*.csv")):
            with path.open(encoding="utf-8-sig", newline="") as file:
                for row in csv.DictReader(file):
                    if "对象类别" in row:
                        homes[row["户编号"]] = (row["区划代码"], row["对象类别"])
                    of_number[row.get("身份证号码")] = row["户编号"]
        on_it = {of_number[number] for number in named}
        return sorted(code for code, (where, category) in homes.items()
                      if category == "防止返贫监测对象" and where.startswith(region) and code not in on_it)

    def rows(self, who=None, buckets=""):
        path = self.path + (f"?buckets={buckets}" if buckets else "")
        return {row["row"]: row for row in (who or self.agriculture).pages(path, 3)}

    def test_each_number_opens_the_rows_behind_it(self):
        page = self.fits("listArrivalRows", self.agriculture.get(self.path)).json
        self.assertEqual(10, len(page["items"]))
        told = self.rows()
        self.assertEqual(self.expected, tuple(told[n]["bucket"] for n in range(2, 12)))
        self.assertEqual({bucket: self.expected.count(bucket) for bucket in BUCKETS}, page["counts"])
        self.assertEqual(0, page["removed"])
        for bucket in BUCKETS:
            self.assertEqual({n for n, row in told.items() if row["bucket"] == bucket}, set(self.rows(buckets=bucket)))
        self.assertEqual({2, 3, 8}, set(self.rows(buckets="exact,probable")))
        # Of the whole file, wherever its people are.
        whole = {"exact": 3, "probable": 2, "off_roster": 1, "review": 1, "held": 0, "rejected": 2, "duplicate": 1}
        self.assertEqual(whole, self.arrival["buckets"])

    def test_a_row_tells_what_was_sent_masked_and_nothing_of_the_register(self):
        answer = self.agriculture.get(self.path)
        text = answer.body.decode()
        self.assertFalse([number for number in self.whole if number in text])
        rows = {row["row"]: row for row in answer.json["items"]}
        self.assertEqual([None if n == 10 else name for n, name in zip(range(2, 12), self.names)],
                         [rows[n]["persons"][0]["name"] if rows[n]["persons"] else None for n in range(2, 12)])
        self.assertRegex(rows[2]["persons"][0]["identity_number"], r"^\d{6}\*{8}\w{4}$")
        self.assertEqual(["id_check"], [one["code"] for one in rows[9]["reasons"]])
        self.assertEqual(["id_shape"], [one["code"] for one in rows[10]["reasons"]])
        self.assertEqual({"sheet", "row", "bucket", "event_date", "persons", "reasons"}, set(rows[2]))

    def test_whoever_is_out_of_reach_is_told_of_like_nobody(self):
        there = self.rows(self.other)
        self.assertEqual({4: "off_roster", 2: "off_roster", 5: "exact", 11: "probable", 8: "rejected", 7: "off_roster"},
                         {n: there[n]["bucket"] for n in (4, 2, 5, 11, 8, 7)})
        # An out-of-reach row and one of nobody differ in nothing.
        mine = self.rows()
        self.assertEqual((mine[6]["bucket"], mine[6]["reasons"]), (mine[5]["bucket"], mine[5]["reasons"]))
        self.assertEqual((mine[9]["bucket"], mine[9]["reasons"]), (mine[11]["bucket"], mine[11]["reasons"]))

    def test_an_office_opens_each_bucket_to_its_own_people_and_those_of_nobody(self):
        page = self.fits("listArrivalRows", self.monitor_of_city.get(self.path)).json
        rows = {row["row"]: row for row in page["items"]}
        whole = dict(zip(range(2, 12), self.expected)) | {5: "exact", 11: "probable"}
        self.assertEqual(whole, {n: row["bucket"] for n, row in rows.items()})
        self.assertEqual((0, 0), (page["elsewhere"], page["removed"]))
        self.assertEqual({bucket: list(whole.values()).count(bucket) for bucket in BUCKETS}, page["counts"])
        # Who is nobody of the register is masked, who is on it as the role sees them; no number is whole.
        self.assertEqual("某**", rows[6]["persons"][0]["name"])
        self.assertEqual(self.names[0], rows[2]["persons"][0]["name"])
        text = self.monitor_of_city.get(self.path).body.decode()
        self.assertFalse([number for number in self.whole if number in text])
        # A county is told how many rows are about people elsewhere, and of none of them which.
        page = self.fits("listArrivalRows", self.worker.get(self.path)).json
        self.assertEqual({n for n in whole if n not in (5, 11)}, {row["row"] for row in page["items"]})
        self.assertEqual(2, page["elsewhere"])
        self.assertNotIn(self.names[3], self.worker.get(self.path).body.decode())
        self.assertEqual({6}, {row["row"] for row in self.worker.pages(self.path + "?buckets=off_roster", 3)})
        roll = next(one for one in self.worker.pages("/api/v1/arrivals") if one["dataset"].startswith("register."))
        self.refused(self.worker.get(f"/api/v1/arrivals/{roll['id']}/rows"), 409, "not_a_feed")

    def test_whom_the_register_keeps_so_and_the_roll_does_not_name_is_counted_and_listed(self):
        path = f"/api/v1/arrivals/{self.arrival['id']}/lacking"
        expected = self.kept_as_relapse("441699102", self.named)
        self.assertTrue(expected)
        page = self.fits("listLackingHouseholds", self.other.get(path)).json
        self.assertEqual(expected, [row["household"] for row in page["items"]])
        self.assertEqual((len(expected), 0, 2), (page["count"], page["not_told"], page["unread"]))
        self.assertEqual(expected, [row["household"] for row in self.other.pages(path, 1)])
        # A number, a name as the role sees it, the office that keeps it; nothing else is known of it here.
        first = page["items"][0]
        self.assertEqual({"household", "head_name", "office", "enrolled_on"}, set(first))
        self.assertEqual("二县", first["office"])
        self.assertNotRegex(self.other.get(path).body.decode(), r"\d{17}[\dX]")
        looks = [look for look in self.auditor.get("/api/v1/audit?user=agri-2&limit=200").json["items"]
                 if look["what"] == f"arrival {self.arrival['id']} lacking"]
        self.assertIn(len(expected), {len(look["households"]) for look in looks})
        # The county beside it is told of its own alone, and the office above both of both.
        here = self.kept_as_relapse("441699101", self.named)
        own = self.fits("listLackingHouseholds", self.agriculture.get(path)).json
        self.assertEqual((here, 0), ([row["household"] for row in own["items"]], own["not_told"]))
        above = self.fits("listLackingHouseholds", self.monitor_of_city.get(path)).json
        self.assertLessEqual({*here, *expected}, {row["household"] for row in above["items"]})

    def test_the_households_that_lack_leave_as_a_file_of_the_same(self):
        path = f"/api/v1/arrivals/{self.arrival['id']}/lacking"
        told = self.other.get(path).json["items"]
        answer = self.other.get(path + "?format=csv")
        rows = list(csv.DictReader(io.StringIO(answer.body.decode("utf-8-sig"))))
        self.assertEqual([(one["household"], one["head_name"] or "", one["office"] or "") for one in told],
                         [(row["household"], row["head_name"], row["office"]) for row in rows])
        self.assertTrue(rows and all(row["taken_by"].startswith("agri-2 ") for row in rows))
        self.assertEqual(b"PK", self.other.get(path + "?format=xlsx").body[:2])

    def test_where_rows_of_the_roll_are_kept_no_longer_it_is_not_known_who_lacks(self):
        path, removed = f"/api/v1/arrivals/{self.arrival['id']}/lacking", "update arrival set segment_removal = {}"
        self.sql(removed.format(f"1 where id = {self.arrival['id']}"))
        try:
            page = self.fits("listLackingHouseholds", self.other.get(path)).json
            self.assertEqual(([], None, None), (page["items"], page["count"], page["not_told"]))
            for kind in ("csv", "xlsx"):  # a file without a row would say that nobody lacks
                self.refused(self.other.get(f"{path}?format={kind}"), 409, "arrival_rows_deleted")
        finally:
            self.sql(removed.format(f"null where id = {self.arrival['id']}"))

    def test_where_the_roll_names_nobody_of_a_place_nobody_is_said_to_lack(self):
        path = self.root / "防返贫-一县.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            out = csv.writer(file)
            out.writerow(HEADINGS)
            out.writerow((self.names[1], self.named[1], "边缘易致贫户", "2025-03-01", "否"))
        asked = self.agriculture("POST", "/api/v1/imports",
                                 {"as_of": "2025-07-01", "uploads": [upload(self.agriculture, path)]})
        wait_for(asked.json["job"], self.agriculture)
        arrival = next(one for one in self.agriculture.pages("/api/v1/arrivals") if one["as_of"] == "2025-07-01")
        path = f"/api/v1/arrivals/{arrival['id']}/lacking"
        here = self.kept_as_relapse("441699101", self.named[1:2])
        self.assertTrue(here)
        self.assertEqual(here, [row["household"] for row in self.agriculture.get(path).json["items"]])
        there = self.kept_as_relapse("441699102")
        page = self.fits("listLackingHouseholds", self.other.get(path)).json
        self.assertEqual((0, len(there), []), (page["count"], page["not_told"], page["items"]))

    def test_only_a_roll_of_a_category_has_households_that_lack(self):
        roll = next(one for one in self.worker.pages("/api/v1/arrivals") if one["dataset"].startswith("register."))
        self.refused(self.worker.get(f"/api/v1/arrivals/{roll['id']}/lacking"), 409, "not_a_feed")
        feed = next(one for one in self.worker.pages("/api/v1/arrivals") if one["dataset"].startswith("hr."))
        self.refused(self.worker.get(f"/api/v1/arrivals/{feed['id']}/lacking"), 409, "no_roll_of_a_category")
        self.refused(self.agriculture.get(f"/api/v1/arrivals/{feed['id']}/lacking"), 404, "no_such_arrival")

    def test_nobody_else_is_told_of_rows(self):
        for who in (self.hr, self.township, self.admin):
            self.refused(who.get(self.path), 403, "not_allowed")
            self.refused(who.get(self.path.replace("/rows", "/lacking")), 403, "not_allowed")
        own = next(one for one in self.hr.pages("/api/v1/arrivals"))
        self.refused(self.hr.get(f"/api/v1/arrivals/{own['id']}/rows"), 403, "not_allowed")
        self.refused(self.agriculture.get(f"/api/v1/arrivals/{own['id']}/rows"), 404, "no_such_arrival")
        self.assertEqual(400, self.agriculture.get(self.path + "?buckets=exact,some").status)

    def test_a_look_at_rows_is_a_look_at_the_people_of_the_register_on_them(self):
        self.agriculture.get(self.path + "?buckets=exact")
        looks = [look for look in self.auditor.get("/api/v1/audit?user=agri&limit=200").json["items"]
                 if look["what"] == f"arrival {self.arrival['id']} rows"]
        self.assertEqual(("read", "category", 2), (looks[0]["verb"], looks[0]["thing"], len(looks[0]["persons"])))
        self.agriculture.get(self.path + "?buckets=off_roster")
        looks = self.auditor.get("/api/v1/audit?user=agri&limit=200").json["items"]
        self.assertEqual([], next(look for look in looks if look["what"].startswith("arrival"))["persons"])

    def test_the_rows_leave_as_files_of_the_same(self):
        told = self.rows(buckets="exact,off_roster")
        answer = self.agriculture.get(self.path + "?buckets=exact,off_roster&format=csv")
        rows = list(csv.DictReader(io.StringIO(answer.body.decode("utf-8-sig"))))
        self.assertEqual([(str(n), row["bucket"], row["persons"][0]["name"], row["persons"][0]["identity_number"])
                          for n, row in told.items()],
                         [(row["row"], row["bucket"], row["name"], row["identity_number"]) for row in rows])
        self.assertTrue(all(row["taken_by"].startswith("agri ") for row in rows))
        self.assertEqual(b"PK", self.agriculture.get(self.path + "?format=xlsx").body[:2])

    def test_what_a_person_says_of_a_row_moves_it(self):
        match = next(one for one in self.worker.pages("/api/v1/matches?grade=review", 50)
                     if one["dataset"] == "agriculture.relapse_roll")
        self.assertEqual(7, match["row"])
        path = f"/api/v1/matches/{match['id']}/verdict"
        self.fits("decideMatch", self.worker("POST", path, {"verdict": "same", "reason": "核对户口簿后认定"}), 201)
        self.expected = (*self.expected[:5], "exact", *self.expected[6:])
        told = self.rows()
        self.assertEqual(self.expected, tuple(told[n]["bucket"] for n in range(2, 12)))
        type(self).expected = self.expected


if __name__ == "__main__":
    main()
