# SPDX-License-Identifier: Apache-2.0
"""What an office keeps of headings for files to come takes two people; a file of which some fields were not read is
read again from its kept original: first to be looked at, then as it was seen, and back."""
import csv

from office import Q2, Staffed, main, upload, wait_for

Q3 = "2025-09-30"
ROLL = "hr.unemployment_roll"
ROWS = "姓名,公民证号,登记日期,登记状态\n王某,441699198001010012,2025-07-{day},有效\n"
KEPT = {"dataset": ROLL, "columns": [{"heading": "公民证号", "field": "id_number"}]}
NAMED = {"dataset": ROLL, "columns": [{"heading": "人员", "field": "name"}]}
UNITS = """# SPDX-License-Identifier: Apache-2.0
- {code: city, title: 样例市, kind: city, region: "4416", from: 2020-01-01}
- {code: county, title: 样例县, kind: county, parent: city, region: "441699", from: 2020-01-01}
- {code: beside, title: 邻县, kind: county, parent: city, region: "441698", from: 2020-01-01}
- {code: first, title: 第一镇, kind: township, parent: county, region: "441699101", from: 2020-01-01}
- {code: hr, title: 人社部门, kind: department, parent: county, department: hr, from: 2020-01-01}
"""


class Readings(Staffed):
    units = UNITS

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.second = cls.account("second", "city_monitor_officer")
        cls.beside = cls.account("beside", "city_monitor_officer", unit="beside")
        cls.hr = cls.account("hr", "partner_department", unit="hr", department="hr")
        cls.program.must("synth", "--residents", str(cls.residents), "--seed", "3", "--style", "csv", "plain")
        told = "".join(path.read_text(encoding="utf-8-sig") for path in (cls.root / "plain/2025Q2").glob("*.csv"))
        with open(cls.root / "plain/registry/低收入人口_成员.csv", encoding="utf-8-sig", newline="") as file:
            people = [row for row in csv.DictReader(file) if len(row.get("身份证号码", "")) == 18]
        # Nobody has told anything of them yet; one of each household.
        cls.people = iter({row["户编号"]: row for row in people if row["身份证号码"] not in told}.values())
        cls.days = iter(range(10, 28))

    # --- a file and what became of it

    def sent(self, text, name, who=None):
        path = self.root / name
        path.write_text(text, encoding="utf-8")
        return upload(who or self.monitor, path)

    def run_import(self, text, name, who=None, **more):
        who = who or self.monitor
        asked = who("POST", "/api/v1/imports", {"as_of": Q3, "uploads": [self.sent(text, name, who)], **more})
        self.assertEqual(202, asked.status, str(asked))
        return wait_for(asked.json["job"], who)["result"]["files"][0]

    def unknown(self, who=None):
        """Whether a file with the heading is read today."""
        day = next(self.days)
        file = self.run_import(ROWS.format(day=day), f"失业{day}.csv", who)
        if file["refused"] is not None:
            self.assertEqual("unknown_headings", file["refused"]["code"])
            return True
        self.assertTrue(any("按本单位保留的对照" in remark["zh"] for remark in file["remarks"]), file)
        return False

    # --- what an office keeps

    def proposed(self, who, headings=None, status=201, **more):
        answer = who("POST", "/api/v1/proposals", {
            "kind": "headings", "reason": "人社换了新系统，表头固定如此", "headings": headings or KEPT, **more})
        if status == 201:
            return self.fits("propose", answer, 201).json
        return self.refused(answer, status, "fields" if status == 422 else "not_allowed")

    def decided(self, who, proposal, **more):
        return who("POST", f"/api/v1/proposals/{proposal['id']}/decision",
                   {"approved": True, "payload_hash": proposal["payload_hash"], **more})

    def in_force(self, proposal):
        self.fits("decideProposal", self.decided(self.second, proposal))
        self.fits("executeProposal", self.monitor("POST", f"/api/v1/proposals/{proposal['id']}/execution"), 201)

    def kept(self, who=None):
        page = self.fits("listDatasets", (who or self.monitor).get("/api/v1/datasets")).json
        (roll,) = [one for one in page["items"] if one["dataset"] == ROLL]
        return [(column["field"], one["heading"], one["unit"], one["is_own"]) for column in roll["columns"]
                for one in column["kept"]]

    def test_a_heading_is_kept_for_files_to_come_by_two_people_and_ended_by_two(self):
        self.assertTrue(self.unknown())
        self.proposed(self.township, status=403)
        for wrong, code in ((KEPT | {"columns": [{"heading": "身份证号", "field": "id_number"}]}, "heading_known"),
                            (KEPT | {"columns": [{"heading": "公民证号", "field": "none"}]}, "unknown_field"),
                            (KEPT | {"columns": []}, "missing"), (KEPT | {"dataset": "none"}, "no_such_dataset")):
            faults = self.proposed(self.monitor, wrong, 422)["errors"]
            self.assertIn(code, [fault["code"] for fault in faults], faults)
        ended = self.proposed(self.monitor, status=422, keep=False)["errors"]
        self.assertEqual(["heading_not_kept"], [fault["code"] for fault in ended])
        proposal = self.proposed(self.monitor)
        self.assertIn("公民证号", proposal["changes"][0]["zh"])
        self.refused(self.decided(self.monitor, proposal), 422, "proposal_own")
        self.refused(self.decided(self.beside, proposal), 404, "no_such_proposal")
        self.refused(self.monitor("POST", f"/api/v1/proposals/{proposal['id']}/execution"), 422, "proposal_open")
        self.assertTrue(self.unknown())  # one person alone
        twin = self.proposed(self.monitor)
        self.in_force(proposal)
        self.assertEqual([("id_number", "公民证号", "样例县", True)], self.kept())
        self.assertEqual([("id_number", "公民证号", "样例县", False)], self.kept(self.hr))
        self.assertEqual([], self.kept(self.beside))
        self.assertFalse(self.unknown())
        self.assertFalse(self.unknown(self.hr))  # an office below
        self.assertTrue(self.unknown(self.beside))  # no business of theirs
        # What would mean the same twice is not put into force.
        self.fits("decideProposal", self.decided(self.second, twin))
        self.refused(self.monitor("POST", f"/api/v1/proposals/{twin['id']}/execution"), 409, "headings_changed")
        kept = self.proposed(self.monitor, status=422)["errors"]
        self.assertEqual(["heading_kept"], [fault["code"] for fault in kept])
        self.in_force(self.proposed(self.monitor, keep=False))
        self.assertEqual([], self.kept())
        self.assertTrue(self.unknown())

    def test_a_department_says_what_its_own_headings_mean_and_its_office_decides_of_later_files(self):
        mine = {"dataset": ROLL, "columns": [{"heading": "登记人证号", "field": "id_number"}]}
        def text():
            return ROWS.format(day=next(self.days)).replace("公民证号", "登记人证号")
        # One file is one person's: its sender reads it so, and is told of its form alone.
        first = self.run_import(text(), "失业_人社.csv", self.hr)
        self.assertEqual(("unknown_headings", ["登记人证号"]),
                         (first["refused"]["code"], first["headings"]["unknown"]))
        asked = self.hr("POST", "/api/v1/imports", {"as_of": Q3, "uploads": [first["upload"]], "headings": mine})
        read = wait_for(asked.json["job"], self.hr)["result"]["files"][0]
        self.assertEqual((None, False), (read["refused"], "buckets" in read))
        # Nor is it told how many of its rows matched: of a file of one row that would be who is on the register.
        for who, is_told in ((self.hr, False), (self.monitor, True)):
            page = self.fits("listDatasets", who.get("/api/v1/datasets")).json
            (roll,) = [one for one in page["items"] if one["dataset"] == ROLL]
            self.assertEqual(is_told, roll["last"]["matched"] is not None)
        # Later files are the office's: it refuses, with a reason that the department reads and no name beside it.
        wrong = self.proposed(self.hr, mine | {"dataset": "civil.marriages"}, 422)["errors"]
        self.assertIn("no_such_dataset", [fault["code"] for fault in wrong])
        proposal = self.proposed(self.hr, mine)
        self.assertIn("样例县", proposal["changes"][0]["zh"])  # the office above keeps it
        self.assertEqual(403, self.decided(self.hr, proposal).status)
        self.refused(self.decided(self.beside, proposal), 404, "no_such_proposal")
        (waiting,) = [one for one in self.monitor.get("/api/v1/proposals").json["items"] if one["id"] == proposal["id"]]
        self.assertEqual((True, "hr"), (waiting["may_decide"], waiting["unit"]))
        told = self.decided(self.monitor, proposal, approved=False, reason="请先改用统一表头")
        self.assertEqual("refused", self.fits("decideProposal", told).json["state"])
        self.assertEqual([], self.hr.get("/api/v1/proposals").json["items"])
        (refused,) = self.fits("listProposals", self.hr.get("/api/v1/proposals?state=refused")).json["items"]
        self.assertEqual(("请先改用统一表头", "", None),
                         (refused["answer"], refused["decided_by"], refused["decided_by_name"]))
        # It approves and carries it out: the department's next file is read by itself.
        proposal = self.proposed(self.hr, mine)
        self.fits("decideProposal", self.decided(self.monitor, proposal))
        self.fits("executeProposal", self.monitor("POST", f"/api/v1/proposals/{proposal['id']}/execution"), 201)
        self.assertIn(("id_number", "登记人证号", "样例县", True), self.kept())
        self.assertIsNone(self.run_import(text(), "失业_人社2.csv", self.hr)["refused"])
        self.in_force(self.proposed(self.monitor, mine, keep=False))
        self.assertNotIn("登记人证号", [heading for _, heading, _, _ in self.kept()])

    # --- an original that is read again

    def half_read(self, who=None):
        """A file of one person of the register, whose name stands in a column that nobody knows: who it is a person
        must say."""
        person = next(self.people)
        name, number = person["姓名"], person["身份证号码"]
        text = f"人员,身份证号,登记日期,登记状态\n{name},{number},2025-07-{next(self.days)},有效\n"
        file = self.run_import(text, f"失业_{person['户编号']}.csv", who)
        self.assertIsNone(file["upload"])
        self.assertEqual(["人员"], file["headings"]["unknown"])
        self.assertIsNone(next(one for one in file["headings"]["fields"] if one["field"] == "name")["heading"])
        return file["arrival"], person["户编号"]

    def reading(self, arrival, who=None, **body):
        return (who or self.monitor)("POST", f"/api/v1/arrivals/{arrival}/readings", body)

    def read(self, arrival, who=None, **body):
        asked = self.fits("readArrivalAgain", self.reading(arrival, who, **body), 202).json["job"]
        return asked, wait_for(asked, who or self.monitor)["result"]

    def arrival(self, number, readings="all"):
        path = f"/api/v1/arrivals?as_of={Q3}&readings={readings}"
        self.fits("listArrivals", self.monitor.get(path + "&limit=5"))
        return next((one for one in self.monitor.pages(path, 200) if one["id"] == number), None)

    def waiting(self, household):
        return [row for row in self.monitor.pages("/api/v1/matches", 200) if row["candidate"]["household"] == household]

    def cycle(self):
        asked = self.monitor("POST", "/api/v1/cycles", {"as_of": Q3})
        return wait_for(asked.json["job"], self.monitor)["result"]["events_scored"]

    def test_it_is_seen_before_it_counts_and_goes_back(self):
        first, household = self.half_read()
        before = self.arrival(first)
        self.assertEqual((1, None, None), (before["buckets"]["review"], before["headings"], before["replaced_by"]))
        self.cycle()
        shown, result = self.read(first, headings=NAMED)
        self.assertFalse(result["counts"])
        self.assertEqual((0, 1), (result["before"]["buckets"]["exact"], result["before"]["buckets"]["review"]))
        file = result["file"]
        self.assertEqual((1, 0, None), (file["buckets"]["exact"], file["buckets"]["review"], file["arrival"]))
        self.assertTrue(any("人员" in remark["zh"] for remark in file["remarks"]), file)
        self.assertEqual((before, 1), (self.arrival(first), len(self.waiting(household))))  # nothing has changed
        self.assertEqual(0, self.cycle())
        # The numbers open to the row behind them: where it would fall, beside where it stands.
        path = f"/api/v1/arrivals/{first}/rows"
        for who in (self.monitor, self.second):
            page = self.fits("listArrivalRows", who.get(f"{path}?reading={shown}")).json
            self.assertEqual([(2, "exact", "review")], [(row["row"], row["bucket"], row["before"])
                                                        for row in page["items"]])
            self.assertEqual((1, 0), (page["counts"]["exact"], page["counts"]["review"]))
        self.assertEqual([], self.monitor.get(f"{path}?reading={shown}&buckets=review").json["items"])
        (row,) = self.fits("listArrivalRows", self.monitor.get(path)).json["items"]
        self.assertEqual(("review", False), (row["bucket"], "before" in row))
        self.assertIn("bucket_before", self.monitor.get(f"{path}?reading={shown}&format=csv").body.decode())
        for wrong in ("0", "x", str(int(shown) + 999)):
            self.assertEqual(400, self.monitor.get(f"{path}?reading={wrong}").status)
        self.refused(self.monitor.get(f"/api/v1/jobs/{shown}/rows"), 404, "no_rows")
        # It counts as it was seen, by whoever saw it.
        for wrong in ({"seen": "0"}, {"seen": shown, "headings": NAMED}, {},
                      {"headings": NAMED | {"dataset": "hr.none"}}):
            self.refused(self.reading(first, **wrong), 422, "fields")
        self.refused(self.reading(first, self.second, seen=shown), 422, "fields")
        counted, result = self.read(first, seen=shown)
        self.assertTrue(result["counts"])
        self.assertEqual(400, self.monitor.get(f"{path}?reading={counted}").status)
        again = result["file"]["arrival"]
        old, new = self.arrival(first), self.arrival(again)
        self.assertEqual((again, first, NAMED), (old["replaced_by"], new["replaces"], new["headings"]))
        self.assertEqual((old["sha256"], 1), (new["sha256"], new["buckets"]["exact"]))
        self.assertIsNone(self.arrival(first, "standing"))
        self.assertEqual([], self.waiting(household))
        self.refused(self.reading(first, headings=NAMED), 409, "arrival_replaced")
        self.assertEqual((1, 0), (self.cycle(), self.cycle()))  # the next cycle tells the event, once
        # Back: as the dataset reads it by itself. The row waits again; what has scored stays scored.
        shown, result = self.read(again, headings=NAMED | {"columns": []})
        self.assertEqual(1, result["file"]["buckets"]["review"])
        _, result = self.read(again, seen=shown)
        self.assertEqual((1, 1), (result["file"]["buckets"]["review"], len(self.waiting(household))))
        self.assertEqual(0, self.cycle())
        (roll,) = [one for one in self.monitor.get("/api/v1/datasets").json["items"] if one["dataset"] == ROLL]
        standing = self.monitor.pages(f"/api/v1/arrivals?as_of={Q3}&dataset={ROLL}", 200)
        self.assertEqual(len(standing), roll["last"]["files"]["count"])

    def test_who_is_told_of_the_form_alone_learns_nothing_by_it_and_a_register_is_none_of_it(self):
        mine, _ = self.half_read(self.hr)
        tried, result = self.read(mine, self.hr, headings=NAMED)
        self.refused(self.hr.get(f"/api/v1/arrivals/{mine}/rows?reading={tried}"), 403, "not_allowed")
        # Of what was told of the form alone nothing was kept for others either, and that is said: none are no zeros.
        path = f"/api/v1/arrivals/{mine}/rows?reading="
        for asked in (tried, f"{tried}&format=csv"):
            self.refused(self.monitor.get(path + asked), 409, "rows_not_kept")
        own, _ = self.read(mine, headings=NAMED)
        self.assertEqual(["exact"], [row["bucket"] for row in self.monitor.get(path + own).json["items"]])
        self.assertNotIn("buckets", result["before"])
        self.assertNotIn("buckets", result["file"])
        self.refused(self.reading("999999", headings=NAMED), 404, "no_such_arrival")
        township = self.township
        self.assertEqual(403, self.reading(mine, township, headings=NAMED).status)
        register = next(one for one in self.monitor.pages(f"/api/v1/arrivals?as_of={Q2}", 200)
                        if one["dataset"] == "register.households")
        said = {"dataset": "register.households", "columns": []}
        self.refused(self.reading(register["id"], headings=said), 409, "not_a_feed")


if __name__ == "__main__":
    main()
