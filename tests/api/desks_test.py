# SPDX-License-Identifier: Apache-2.0
"""The desks: every number of the cockpit opens a list that is as long; feeds that are late; rows that a person judges
and the next cycle heeds; what is overdue, and reminders; boundaries with the number of their approval; roles told in
words."""
import datetime
import re

from office import Q2, SOURCE, Staffed, civil_day, free_bytes, main, upload, wait_for

TODAY = civil_day()
REASON = "核对户口簿后认定"
UNITS = """# SPDX-License-Identifier: Apache-2.0
- {code: county, title: 样例县, kind: county, region: "441699", from: 2020-01-01}
- code: first
  title: 第一镇
  kind: township
  parent: county
  region: "441699101"
  from: 2020-01-01
  tile: {column: 1, row: 2}
- {code: second, title: 第二镇, kind: township, parent: county, region: "441699102", from: 2020-01-01}
- {code: hr, title: 人社部门, kind: department, parent: county, department: hr, from: 2020-01-01}
"""


def day(after):
    return (TODAY + datetime.timedelta(days=after)).isoformat()


def square(code, at=115.0):
    ring = [[at, 24.0], [at + 1, 24.0], [at + 1, 25.0], [at, 25.0], [at, 24.0]]
    return {"type": "Feature", "properties": {"code": code, "name": "x", "secret": "y"},
            "geometry": {"type": "Polygon", "coordinates": [ring]}}


class Desks(Staffed):
    units = UNITS

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hr = cls.account("hr", "partner_department", unit="hr", department="hr")
        cls.auditor = cls.account("auditor", "auditor")
        cls.other = cls.account("other", "township_officer", unit="second")
        cls.set_figure("green_call_target_days", "5")  # no notice sets a day for a call: the office does
        raised = cls.worker("POST", "/api/v1/raisings", {"as_of": Q2})
        wait_for(raised.json["job"], cls.worker)
        rows = cls.worker.pages("/api/v1/cases?machine=warning", 200)
        cls.inside = {row["code"] for row in cls.township.pages("/api/v1/households", 200)}
        mine = [row["id"] for row in rows if row["household"] in cls.inside]
        chen = cls.account("chen", "township_officer", unit="first", full_name="陈立")
        for part, move, who, fields in ((mine[:6], "dispatch", cls.worker, {"to_unit": "first"}),
                                        (mine[:2], "accept", cls.township, {}), (mine[2:3], "accept", chen, {})):
            cls.moved(who, part, move, fields)
        cls.dispatched, cls.accepted = mine[3:6], mine[:3]
        for due in (-3, 0, 1):  # a task is never due on the very day on which it is given
            cls.asked(cls.worker, "/api/v1/cases", {"machine": "visit", "household": sorted(cls.inside)[0],
                                                    "on": day(due - 1), "fields": {"due_on": day(due)}})

    @classmethod
    def moved(cls, who, cases, move, fields, on=Q2):
        told = who("POST", "/api/v1/moves", {"cases": cases, "move": move, "on": on, "fields": fields,
                                             "client_key": f"{move}-{cases[0]}"}).json
        assert {one["outcome"] for one in told["items"]} == {"made"}, told

    @classmethod
    def set_figure(cls, parameter, value):
        """One proposes it, another approves."""
        told = cls.asked(cls.worker, "/api/v1/proposals", {"kind": "figures", "reason": "机关自定", "figures": [
            {"parameter": parameter, "region": "441699", "from": "2025-01-01", "value": value, "sample": True,
             "source": "虚构数据"}]})
        path = f"/api/v1/proposals/{told['id']}"
        cls.asked(cls.monitor, f"{path}/decision", {"approved": True, "payload_hash": told["payload_hash"]}, 200)
        cls.asked(cls.worker, f"{path}/execution", None)

    @classmethod
    def asked(cls, who, path, body, status=201):
        answer = who("POST", path, body)
        assert answer.status == status, str(answer)
        return answer.json

    # --- the cockpit

    def numbers(self, value):
        """Every number with the list that it opens."""
        if isinstance(value, dict):
            if value.keys() >= {"count", "list"}:
                yield value["list"], value["count"]
            for part in value.values():
                yield from self.numbers(part)
        elif isinstance(value, list):
            for part in value:
                yield from self.numbers(part)

    def test_every_number_of_the_cockpit_is_as_large_as_the_list_that_it_opens(self):
        opened = 0
        for who in (self.worker, self.township, self.other, self.monitor, self.auditor, self.hr, self.village):
            cockpit = self.fits("getOverview", who.get("/api/v1/overview")).json
            for path, count in self.numbers(cockpit):
                self.assertEqual(count, len(who.pages(path, 200)), path)
                opened += count
        self.assertGreater(opened, 200)

    def test_what_stands_at_an_office_and_below_it_adds_up(self):
        cockpit = self.worker.get("/api/v1/overview").json
        open_warnings = self.worker.get("/api/v1/warnings/counts").json["total"]
        self.assertEqual(open_warnings, sum(level["open"]["count"] for level in cockpit["levels"]))
        self.assertEqual(open_warnings, sum(unit["warnings"]["open"]["count"] for unit in cockpit["units"]))
        self.assertEqual(["county", "first", "second"], [unit["unit"] for unit in cockpit["units"]])
        self.assertEqual([True, False, False], [unit["own"] for unit in cockpit["units"]])
        first = cockpit["units"][1]
        self.assertEqual(len(self.inside), first["households"]["count"])
        urgent = sum(level["count"] for level in first["warnings"]["levels"][:2])
        self.assertAlmostEqual(1000 * urgent / len(self.inside), first["warnings"]["urgent_per_thousand"])
        self.assertEqual({"column": 1, "row": 2}, first["tile"])
        tiles = {unit["code"]: unit["tile"] for unit in self.admin.get("/api/v1/units").json["items"]}
        self.assertEqual(tiles["second"], cockpit["units"][2]["tile"])
        self.assertEqual((Q2, None), (cockpit["cycle"], cockpit["cycle_before"]))
        for level in cockpit["levels"]:
            self.assertEqual(level["open"]["count"], level["fresh"]["count"])  # the first cycle issued them all
            self.assertIsNone(level["fresh_before"])

    def test_a_level_counts_its_warnings_that_are_late_as_the_list_cut_by_day_does(self):
        late = {}
        for row in self.worker.pages(f"/api/v1/warnings?due_until={day(-1)}", 200):
            self.assertLess(row["due_on"], day(0))
            late[row["level"]] = late.get(row["level"], 0) + 1
        levels = self.fits("getOverview", self.worker.get("/api/v1/overview")).json["levels"]
        self.assertTrue(late)  # the cycle was long ago
        self.assertEqual(late, {level["level"]: level["warnings_overdue"]["count"] for level in levels
                                if level["warnings_overdue"]["count"]})

    def test_what_is_due_is_told_apart_by_day(self):
        cockpit = self.worker.get("/api/v1/overview").json
        visits = next(row for row in cockpit["due"] if (row["machine"], row["state"]) == ("visit", "planned"))
        # Tomorrow is near by the reminder of one working day; a day off before it brings no working day nearer.
        self.assertEqual((1, 1, 1), tuple(visits[name]["count"] for name in ("overdue", "due_today", "near")))
        # The day of a visit is the office's own: past it is no breach of the law.
        self.assertEqual((0, 1), tuple(visits[name]["count"] for name in ("overdue_by_law", "past_target")))
        for sums in cockpit["due"] + [one["cases"] for one in cockpit["levels"] + cockpit["units"]]:
            self.assertEqual(sums["overdue"]["count"], sums["overdue_by_law"]["count"] + sums["past_target"]["count"])
            for name in ("overdue_by_law", "past_target"):
                self.assertEqual(sums[name]["count"], len(self.worker.pages(sums[name]["list"], 200)), sums)
        # Other tests plan visits without a day, which are open and never due.
        every = self.worker.pages("/api/v1/cases?machine=visit&state=planned", 200)
        self.assertEqual((3, len(every)), (sum(row["due_on"] is not None for row in every), visits["open"]["count"]))
        accept = next(row for row in cockpit["due"] if (row["machine"], row["state"]) == ("warning", "dispatched"))
        self.assertEqual(len(self.dispatched), accept["open"]["count"])
        cases = sum(level["cases"]["open"]["count"] for level in cockpit["levels"])
        self.assertEqual(cases, len(self.worker.pages("/api/v1/cases?machine=warning", 200)))

    def test_the_year_is_told_month_by_month(self):
        before = self.worker.get("/api/v1/overview").json["flow"][-1]
        number = self.accepted[0]
        self.moved(self.township, [number], "call" if self.level(number) == "green" else "visit", {
            "outcome": "false_", "note": "已就业",
            **({} if self.level(number) == "green" else {"officers": ["town", "village"]})}, day(-2))
        self.moved(self.township, [number], "feed_back", {}, day(-1))
        self.moved(self.worker, [number], "dismiss", {"reason": "已就业"}, day(0))
        helped = self.asked(self.township, "/api/v1/cases", {"machine": "emergency", "on": day(0), "fields": {
            "need": "突发急病", "found_by": "hotline", "person_shown": "无证件男子"}})["case"]
        self.moved(self.township, [helped], "propose", {"sum_proposed": 1000, "reason": "急救费用"}, day(0))
        self.moved(self.worker, [helped], "pay_agreed", {"amount": 1000, "paid_how": "fund"}, day(0))
        months = self.fits("getOverview", self.worker.get("/api/v1/overview")).json["flow"]
        self.assertEqual(12, len(months))
        self.assertEqual(TODAY.isoformat()[:7], months[-1]["month"])
        for name in ("closed", "granted"):
            self.assertEqual(before[name]["count"] + 1, months[-1][name]["count"], name)
        for month in months:
            for path, count in self.numbers(month):
                self.assertEqual(count, len(self.worker.pages(path, 200)), path)
        closed = self.worker.pages(f"/api/v1/cases?closed=true&closed_from={day(0)}", 200)
        self.assertIn((number, day(0)), [(row["id"], row["closed_on"]) for row in closed])

    def level(self, number):
        return self.worker.get(f"/api/v1/cases/{number}").json["level"]

    def test_a_part_that_one_may_not_read_is_null_and_a_citizen_is_told_nothing(self):
        told = self.hr.get("/api/v1/overview").json
        self.assertEqual((None, None), (told["levels"], told["units"][0]["households"]))
        self.assertEqual({"hr"}, {feed["department"] for feed in told["feeds"]})
        self.assertIsNone(self.village.get("/api/v1/overview").json["feeds"])
        admin = self.admin.get("/api/v1/overview").json
        self.assertEqual((None, None, None), (admin["levels"], admin["due"], admin["feeds"]))
        person = self.worker.get(f"/api/v1/households/{sorted(self.inside)[0]}").json["members"][0]["id"]
        code = self.township("POST", f"/api/v1/persons/{person}/window-codes", {"paper_seen": "resident card"}).json
        citizen = self.client()
        citizen.take(citizen("POST", "/api/v1/session/window-code", {"code": code["code"]}))
        citizen.purpose = "own"
        self.refused(citizen.get("/api/v1/overview"), 403, "not_allowed")

    def test_lists_are_cut_by_office_level_and_day(self):
        every = self.worker.pages("/api/v1/warnings", 200)
        by_unit = [self.worker.pages(f"/api/v1/warnings?unit={unit}", 200) for unit in ("first", "second")]
        at_county = self.worker.pages("/api/v1/warnings?at=county", 200)
        self.assertEqual(len(every), sum(map(len, by_unit)) + len(at_county))
        self.assertEqual(every, self.worker.pages("/api/v1/warnings?unit=county", 200))
        two = self.worker.pages("/api/v1/warnings?level=red,orange", 200)
        self.assertEqual([row for row in every if row["level"] in ("red", "orange")], two)
        self.assertEqual(every, self.worker.pages(f"/api/v1/warnings?issued_from={Q2}&issued_until={Q2}", 200))
        self.assertEqual([], self.worker.pages("/api/v1/warnings?issued_from=2025-07-01", 200))
        self.refused(self.worker.get("/api/v1/warnings?level=red,pink"), 400, "fields")
        self.refused(self.township.get("/api/v1/warnings?unit=second"), 400, "fields")
        self.refused(self.worker.get("/api/v1/cases?at=nowhere"), 400, "fields")
        self.refused(self.worker.get("/api/v1/cases?due=soon"), 400, "fields")

    # --- feeds

    def test_a_dataset_is_late_when_its_facts_have_grown_too_old(self):
        page = self.fits("listDatasets", self.worker.get("/api/v1/datasets")).json
        feeds = {one["dataset"]: one for one in page["items"]}
        roll = feeds["hr.unemployment_roll"]
        self.assertEqual(("late", Q2, "2025-10-28", 120, "whole_roll", "county"), (
            roll["state"], roll["last"]["as_of"], roll["due_by"], roll["max_age_days"], roll["delivery"],
            roll["complete"]))
        # Of which category it is the roll: whom the register keeps so and it does not name can be asked for.
        self.assertEqual({"agriculture.relapse_roll": "relapse_monitored"},
                         {one["dataset"]: one["complete_of"] for one in page["items"] if one["complete_of"]})
        self.assertIn("身份证号", next(c for c in roll["columns"] if c["type"] == "id_number")["headings"])
        self.assertIn("never", {one["state"] for one in page["items"]})
        for department in page["departments"]:
            mine = [one for one in page["items"] if one["department"] == department["department"]]
            self.assertEqual(len(mine), sum(department[state] for state in ("fresh", "late", "never", "no_term")))
        own = self.fits("listDatasets", self.hr.get("/api/v1/datasets")).json
        self.assertEqual({"hr"}, {one["department"] for one in own["items"]})
        self.refused(self.village.get("/api/v1/datasets"), 403, "not_allowed")

    # --- oversight

    def test_what_is_overdue_opens_down_to_its_cases_by_officer(self):
        rows = self.fits("listOverdue", self.worker.get("/api/v1/overdue")).json["items"]
        late = self.worker.pages("/api/v1/cases?due=overdue", 200)
        self.assertEqual(len(late), sum(row["overdue"]["count"] for row in rows))
        for row in rows:
            opened = self.worker.pages(row["overdue"]["list"], 200)
            self.assertEqual(row["overdue"]["count"], len(opened), row)
            self.assertEqual(row["oldest_due_on"], min(one["due_on"] for one in opened))
            self.assertGreater(row["working_days_late"], 0)
            parts = {}
            for part, is_target in (("overdue_by_law", False), ("past_target", True)):
                parts[part] = [one for one in opened if one["due_internal"] == is_target]
                self.assertEqual([one["id"] for one in parts[part]],
                                 [one["id"] for one in self.worker.pages(row[part]["list"], 200)])
                self.assertEqual(row[part]["count"], len(parts[part]))
            by_law = [one["due_on"] for one in parts["overdue_by_law"]]
            self.assertEqual(min(by_law, default=None), row["oldest_due_by_law"])
            self.assertEqual(bool(by_law), row["working_days_late_by_law"] is not None)
        told = {(row["unit"], row["officer"]) for row in rows}
        self.assertIn(("first", None), told)  # dispatched, and nobody there has taken it up
        self.assertIn(("first", "town"), told)
        named = {row["officer"]: row["officer_name"] for row in rows}
        self.assertEqual(("陈立", None), (named["chen"], named[None]))
        below = self.worker.get("/api/v1/overdue?unit=first").json["items"]
        self.assertEqual([row for row in rows if row["unit"] == "first"], below)
        table = self.worker.get("/api/v1/overdue?format=csv").body.decode("utf-8-sig").splitlines()
        self.assertEqual(len(rows) + 1, len(table))
        self.assertIn("overdue,overdue_by_law,past_target,oldest_due_on", table[0])
        self.refused(self.hr.get("/api/v1/overdue"), 403, "not_allowed")
        self.refused(self.hr.get("/api/v1/cases?officer=town"), 403, "not_allowed")

    def test_the_month_is_what_an_office_and_those_below_it_did(self):
        def lines(who, query=""):
            told = self.fits("getMonth", who.get(f"/api/v1/month?month={Q2[:7]}{query}")).json
            self.assertEqual((f"{Q2[:7]}-01", Q2), (told["from"], told["until"]))
            return {(one["machine"], one["move"]): (one["steps"], one["cases"]) for one in told["items"]}
        county, town = lines(self.worker), lines(self.township)
        sent = len(self.dispatched) + len(self.accepted)
        self.assertEqual(((sent, sent), (3, 3)), (county["warning", "dispatch"], county["warning", "accept"]))
        self.assertEqual({("warning", "accept"): (3, 3)}, town)  # the county dispatched
        self.assertEqual([("warning", "dispatch"), ("warning", "accept")],  # the way of the work, not the alphabet's
                         [key for key in county if key[0] == "warning"][:2])
        self.assertEqual(town, lines(self.worker, "&unit=first"))
        self.assertEqual({}, lines(self.other))
        table = self.worker.get(f"/api/v1/month?month={Q2[:7]}&format=csv").body.decode("utf-8-sig").splitlines()
        self.assertEqual(len(county) + 1, len(table))
        for query in ("?month=June", "?month=2025-13", "?unit=first"):
            who = self.other if "unit" in query else self.worker
            self.refused(who.get("/api/v1/month" + query), 400, "fields")
        self.refused(self.hr.get("/api/v1/month"), 403, "not_allowed")

    def test_the_month_sums_what_was_told_in_fields_of_money(self):
        before = self.worker.get("/api/v1/month").json["items"]
        self.assertEqual([], [one for one in before if one["machine"] == "reserve"])
        ledger = self.asked(self.worker, "/api/v1/cases", {"machine": "reserve", "fields": {"to_unit": "first",
                                                                                            "amount": 2000000}})["case"]
        self.moved(self.worker, [ledger], "top_up", {"amount": 75}, day(0))
        told = self.fits("getMonth", self.worker.get("/api/v1/month")).json["items"]
        made = [(one["move"], one["opens"], one["steps"], one["cases"], one["households"], one["fen"])
                for one in told if one["machine"] == "reserve"]
        self.assertEqual([("set_up", True, 1, 1, 0, 2000000), ("top_up", False, 1, 1, 0, 75)], made)
        amounts = next(one["amounts"] for one in told if one["move"] == "top_up")
        self.assertEqual([("amount", 75)], [(one["field"], one["fen"]) for one in amounts])

    def test_a_reminder_is_sent_once_and_stands_in_the_chain_where_the_machine_has_a_move(self):
        asked = {"case": self.dispatched[0], "text": "请今日签收"}
        sent = self.fits("sendReminder", self.worker("POST", "/api/v1/reminders", asked,
                                                     headers={"Idempotency-Key": "r1"}), 201).json
        again = self.worker("POST", "/api/v1/reminders", asked, headers={"Idempotency-Key": "r1"})
        self.assertEqual((sent, "true"), (again.json, again.headers["Idempotency-Replayed"]))
        events = self.worker.get(f"/api/v1/cases/{self.dispatched[0]}").json["events"]
        self.assertEqual(("remind", sent["event"], ["请今日签收"]), (
            events[-1]["move"], events[-1]["number"], events[-1]["fields"]["instruction"]))
        self.assertEqual(("第一镇", "样例县", "worker"), (sent["to"], sent["from"], sent["by"]))
        visit = self.asked(self.township, "/api/v1/cases", {"machine": "visit", "household": sorted(self.inside)[1],
                                                            "fields": {}})["case"]
        beside = self.asked(self.worker, "/api/v1/reminders", {"case": visit, "text": "请安排走访"})
        self.assertIsNone(beside["event"])
        self.assertIsNone(beside["due_internal"])  # it is due on no day
        # It was accepted by nobody and verified by nobody: past the days of the law where its level has any.
        self.assertEqual((sent["case"]["level"] == "green",) * 2, (sent["due_internal"], sent["case"]["due_internal"]))
        self.assertEqual(1, len(self.worker.get(f"/api/v1/cases/{visit}").json["events"]))
        for who in (self.worker, self.township):
            self.assertEqual([beside["id"], sent["id"]], [
                one["id"] for one in self.fits("listReminders", who.get("/api/v1/reminders")).json["items"]])
            self.assertEqual(["请安排走访"], [one["text"] for one in who.pages(f"/api/v1/reminders?case={visit}", 1)])
        self.assertEqual([], self.other.pages("/api/v1/reminders"))

    def test_a_reason_says_something_at_every_door(self):
        home = sorted(self.inside)[0]
        person = self.worker.get(f"/api/v1/households/{home}").json["members"][0]["id"]
        figures = [{"parameter": "order_target_days", "region": "441699", "from": "2025-01-01", "value": "5",
                    "sample": True, "source": "虚构数据"}]
        before = len(self.worker.pages("/api/v1/reminders"))
        for who, path, body, field in (
                (self.worker, f"/api/v1/households/{home}/protections", {"person": person, "from": day(0)}, "reason"),
                (self.worker, f"/api/v1/households/{home}/reveals", {"field": "phone"}, "reason"),
                (self.worker, "/api/v1/proposals", {"kind": "figures", "figures": figures}, "reason"),
                (self.worker, "/api/v1/reminders", {"case": self.dispatched[0]}, "text"),
                (self.hr, "/api/v1/category-queries", {"name": "甲", "identity_number": "441699199001010017"},
                 "reason")):
            for nothing in ("", " ", "　", "。", "……——", "\u200b", "-"):
                answer = who("POST", path, {**body, field: nothing})
                self.assertEqual(422, answer.status, (path, nothing, str(answer)))
                self.assertIn((f"/{field}", "missing"), [
                    (fault["pointer"], fault["code"]) for fault in answer.json["errors"]], (path, nothing))
        self.assertEqual(before, len(self.worker.pages("/api/v1/reminders")))
        self.moved(self.worker, [self.dispatched[1]], "remind", {"instruction": "　请今日签收 "}, day(0))
        last = self.worker.get(f"/api/v1/cases/{self.dispatched[1]}").json["events"][-1]
        self.assertEqual(["请今日签收"], last["fields"]["instruction"])

    def test_a_reminder_goes_down_alone_and_only_of_what_is_open(self):
        def send(who, case, text="请尽快"):
            return who("POST", "/api/v1/reminders", {"case": case, "text": text})
        self.refused(send(self.township, self.accepted[1]), 409, "not_below")
        self.refused(send(self.other, self.accepted[1]), 404, "no_such_case")
        self.refused(send(self.village, self.accepted[1]), 403, "not_allowed")
        self.refused(send(self.worker, self.accepted[1], ""), 422, "fields")
        dropped = self.asked(self.township, "/api/v1/cases", {"machine": "visit", "household": sorted(self.inside)[2],
                                                              "fields": {}})["case"]
        self.moved(self.township, [dropped], "drop", {"reason": "已走访"}, day(0))
        self.refused(send(self.worker, dropped), 409, "case_closed")

    # --- boundaries and tiles

    def pack(self, **change):
        return {"unit": "county", "name": "样例县乡镇界", "source": "县自然资源局", "drawn_on": "2024-05-01",
                "approval_number": "粤S(2024)012号",
                "geojson": {"type": "FeatureCollection", "features": [square("441699101"), square("second", 116.0)]},
                **change}

    def test_boundaries_are_taken_with_the_number_of_their_approval_and_of_all_units_alone(self):
        def put(**change):
            return self.admin("PUT", "/api/v1/boundaries", self.pack(**change))

        def codes(answer):
            return {fault["code"] for fault in self.refused(answer, 422, "fields")["errors"]}

        def drawn(*features):
            return {"type": "FeatureCollection", "features": list(features)}
        self.refused(self.admin.get("/api/v1/boundaries"), 404, "no_boundaries")
        for number in ("", "审图号", "粤S(24)012号", "粤S(2024)号", "(2024)012号"):
            self.assertEqual({"not_a_number" if number else "missing"}, codes(put(approval_number=number)), number)
        without = self.pack()
        del without["approval_number"]
        self.assertEqual({"missing"}, codes(self.admin("PUT", "/api/v1/boundaries", without)))
        self.assertEqual({"units_missing"}, codes(put(geojson=drawn(square("first")))))
        self.assertIn("code_unknown", codes(put(geojson=drawn(square("first"), square("second"), square("441698103")))))
        self.assertIn("code_twice", codes(put(geojson=drawn(square("first"), square("441699101"), square("second")))))
        flat = square("first")
        flat["geometry"]["coordinates"][0] = flat["geometry"]["coordinates"][0][:2]
        self.assertIn("no_outline", codes(put(geojson=drawn(flat, square("second")))))
        far = square("first", 400.0)
        self.assertIn("no_outline", codes(put(geojson=drawn(far, square("second")))))
        self.assertIn("no_such_unit", codes(put(unit="nowhere")))
        self.refused(self.worker("PUT", "/api/v1/boundaries", self.pack()), 403, "not_allowed")
        told = "".join(f"{name}: {value}\r\n" for name, value in self.admin.headers().items())
        large = free_bytes(self.admin.port, f"PUT /api/v1/boundaries HTTP/1.1\r\nHost: 127.0.0.1\r\n{told}"
                           f"Content-Type: application/json\r\nContent-Length: {(4 << 20) + 1}\r\n\r\n".encode())
        self.assertTrue(large.startswith(b"HTTP/1.1 413 "), large[:200])  # before a byte of it is sent
        self.fits("putBoundaries", put(approval_number="GS粤（2024）第 12 号"))
        self.fits("putBoundaries", put())
        for who in (self.admin, self.worker):
            told = self.fits("getBoundaries", who.get("/api/v1/boundaries?unit=county")).json
            self.assertEqual("粤S(2024)012号", told["approval_number"])
            self.assertEqual([{"code": "first", "name": "第一镇"}, {"code": "second", "name": "第二镇"}],
                             [feature["properties"] for feature in told["geojson"]["features"]])
        self.refused(self.township.get("/api/v1/boundaries?unit=county"), 404, "no_such_unit")

    def test_a_tile_is_data_of_the_office(self):
        page = self.fits("listUnits", self.admin.get("/api/v1/units"))
        tiles = {unit["code"]: unit["tile"] for unit in page.json["items"]}
        self.assertEqual(({"column": 1, "row": 2}, None), (tiles["first"], tiles["second"]))
        second = {"code": "second", "title": "第二镇", "kind": "township", "parent": "county", "region": "441699102",
                  "from": "2020-01-01"}
        load = {"units": [{**second, "tile": {"column": 2, "row": 1}}]}
        faulty = {"units": [{**second, "tile": {"column": 0, "row": 1}}]}
        mark = {"If-Match": page.headers["ETag"]}
        self.refused(self.admin("PUT", "/api/v1/units", faulty, headers=mark), 422, "fields")
        self.fits("loadUnits", self.admin("PUT", "/api/v1/units", {**load, "dry_run": True}, headers=mark))
        self.assertEqual(tiles, {unit["code"]: unit["tile"] for unit in self.admin.get("/api/v1/units").json["items"]})
        self.fits("loadUnits", self.admin("PUT", "/api/v1/units", load, headers=mark))
        told = {unit["code"]: unit["tile"] for unit in self.admin.get("/api/v1/units").json["items"]}
        self.assertEqual({"column": 2, "row": 1}, told["second"])
        self.assertEqual({"column": 1, "row": 2}, told["first"])  # what is not named stays
        mark = {"If-Match": self.admin.get("/api/v1/units").headers["ETag"]}
        self.fits("loadUnits", self.admin("PUT", "/api/v1/units", {"units": [{**second, "tile": None}]}, headers=mark))

    # --- roles

    def test_roles_are_told_in_words(self):
        roles = {role["id"]: role for role in self.fits("listRoles", self.admin.get("/api/v1/roles")).json["items"]}
        village = roles["village_worker"]
        self.assertEqual(["village", "township"], [seat["id"] for seat in village["seats"]])
        self.assertEqual({"zh": "查看 家庭、人员、任务（本单位及下级；完整：姓名、住址、电话）",
                          "en": "read: household, person, task (one's unit and all below it; whole: names, addresses, "
                                "phones)"}, village["rights"][0]["words"])
        self.assertTrue(village["may_give"])
        self.assertFalse(roles["citizen"]["may_give"])
        self.assertIn("village_worker", roles["administrator"]["grants"])
        for role in roles.values():
            for right in role["rights"]:
                for word in (*right["may"], *right["things"], *right["whole"], *right["masked"], right["reach"]):
                    self.assertNotEqual(word["id"], word["title"]["zh"], role["id"])
        self.refused(self.worker.get("/api/v1/roles"), 403, "not_allowed")

    def test_why_somebody_looks_and_what_a_fact_is_are_told_in_words(self):
        titles = self.fits("listTitles", self.worker.get("/api/v1/titles")).json
        purposes = {one["id"]: one["title"] for one in titles["purposes"]}
        self.assertEqual({"zh": "入户核查", "en": "Home visit"}, purposes["visit"])
        self.assertTrue(titles["facts"])
        for one in titles["facts"] + titles["verbs"] + titles["things"]:
            self.assertNotEqual(one["id"], one["title"]["zh"])


class Matches(Staffed):
    """Rows that wait for a person: somebody says whose they are, and the next cycle heeds it."""
    with_county = False  # its files are the made-up ones, of which one has other names

    @classmethod
    def serve(cls):
        """A clerk of the police wrote other names beside numbers that are in the register; what is dated the 10th of
        July is held, as the file is of June."""
        path = cls.root / "county/2025Q2/公安_意外事故.csv"
        head, *rows = path.read_bytes().decode("gb18030").splitlines(keepends=True)
        later = [re.sub(r"2025年\d+月\d+日", "2025年7月10日", row) for row in rows if "2025年" in row]
        path.write_bytes("".join([head, *("阿" + row.lstrip() for row in rows + later)]).encode("gb18030"))
        for files in ("registry", "2025Q2"):
            cls.program.must("import", "--data", "office", "--as-of", Q2, f"county/{files}")
        cls.program.must("monitor", "--data", "office", "--as-of", Q2)
        super().serve()

    def waiting(self, who=None, grade=""):
        path = f"/api/v1/matches{f'?grade={grade}' if grade else ''}"
        return (who or self.worker).pages(path, 50)

    def decided(self, match, verdict, who=None, **headers):
        return (who or self.worker)("POST", f"/api/v1/matches/{match}/verdict",
                                    {"verdict": verdict, "reason": REASON}, headers=headers)

    def events(self, household):
        """(file's row, state) of what stands behind a household's warnings."""
        told = self.worker.get(f"/api/v1/households/{household}/why").json
        return {(event["row"], event["state"]) for warning in told["warnings"] for event in warning["events"]}

    def test_1_a_row_stands_beside_who_it_may_be_and_no_number_is_whole(self):
        page = self.fits("listMatches", self.worker.get("/api/v1/matches?limit=200"))
        rows = page.json["items"]
        self.assertEqual({"review", "probable"}, {row["grade"] for row in rows})
        arrivals = {one["file"]: one["buckets"] for one in self.worker.pages("/api/v1/arrivals", 200)}
        self.assertEqual(sum(buckets["review"] for buckets in arrivals.values()),
                         sum(row["grade"] == "review" for row in rows))
        for row in rows:
            self.assertRegex(row["candidate"]["identity_number"] or "441699********0000", r"^\d{6}\*{8}\w{4}$")
            told = row["told"]
            if row["grade"] == "review":
                self.assertEqual(row["candidate"]["identity_number"], told["identity_number"])
                self.assertNotEqual(row["candidate"]["name"], told["name"])
                self.assertEqual((False, []), (row["compared"]["name"], row["compared"]["number_at"]))
            else:
                self.assertEqual(row["candidate"]["name"], told["name"])
                self.assertTrue(row["compared"]["name"])
                # Not exact: the number has another place, or one of the two has none.
                self.assertNotEqual([], row["compared"]["number_at"])
            # What a row of an illness tells is masked: that there is one, not of which dataset.
            self.assertEqual(row["dataset"] is None, row["values"] is None)
        self.assertTrue({None} < {row["dataset"] for row in rows})
        self.assertTrue(any(row["compared"]["number_at"] for row in rows))
        self.assertEqual(rows, self.waiting())
        inside = {row["code"] for row in self.township.pages("/api/v1/households", 200)}
        self.assertEqual([row["id"] for row in rows if row["candidate"]["household"] in inside],
                         [row["id"] for row in self.waiting(self.township)])
        table = self.worker.get("/api/v1/matches?format=csv").body.decode("utf-8-sig")
        self.assertEqual(len(rows) + 1, len(table.splitlines()))
        self.refused(self.account("hr", "partner_department", "hr", "hr").get("/api/v1/matches"), 403, "not_allowed")
        looks = self.account("auditor", "auditor").pages("/api/v1/audit?what=matches", 200)
        self.assertTrue(looks and any(look["persons"] for look in looks))

    def test_1_held_rows_wait_for_a_person_from_the_day_on_which_a_cycle_counts_them(self):
        before = {row["id"] for row in self.waiting()}
        wait_for(self.worker_cycle("2025-07-09"), self.monitor)
        self.assertEqual([], [row for row in self.waiting() if row["event_date"] == "2025-07-10"])
        wait_for(self.worker_cycle("2025-07-10"), self.monitor)
        fresh = [row for row in self.waiting(grade="review") if row["id"] not in before]
        held = [row for row in fresh if row["event_date"] == "2025-07-10"]
        self.assertTrue(held)
        for row in held:
            self.assertTrue(row["told"]["name"].startswith("阿"), row)
        inside = {row["code"] for row in self.township.pages("/api/v1/households", 200)}
        self.assertEqual([row["id"] for row in self.waiting() if row["candidate"]["household"] in inside],
                         [row["id"] for row in self.waiting(self.township)])
        wait_for(self.worker_cycle("2025-07-11"), self.monitor)
        self.assertEqual({row["id"] for row in fresh} | before, {row["id"] for row in self.waiting()})

    def test_2_a_verdict_is_said_once_with_a_reason_by_whom_it_concerns(self):
        row = self.waiting(grade="review")[0]
        self.refused(self.worker("POST", f"/api/v1/matches/{row['id']}/verdict", {"verdict": "same", "reason": ""}),
                     422, "fields")
        self.refused(self.decided(row["id"], "perhaps"), 422, "fields")
        self.refused(self.decided("1.2.3.nobody", "same"), 404, "no_such_match")
        self.refused(self.decided("1.2", "same"), 404, "no_such_match")
        self.refused(self.decided(row["id"], "same", self.monitor), 403, "not_allowed")
        said = self.fits("decideMatch", self.decided(row["id"], "same", **{"Idempotency-Key": "v1"}), 201)
        again = self.decided(row["id"], "same", **{"Idempotency-Key": "v1"})
        self.assertIn(again.status, (201, 404))  # it waits no more: the key answers, or it is not there
        self.assertNotIn(row["id"], [one["id"] for one in self.waiting()])
        self.refused(self.decided(row["id"], "other"), 404, "no_such_match")
        self.assertEqual("same", said.json["verdict"])

    def test_3_the_next_cycle_heeds_what_was_said_and_replays(self):
        reviews = self.waiting(grade="review")
        probables = self.waiting(grade="probable")
        counted = [row for row in probables if (row["row"], "counted") in self.events(row["candidate"]["household"])]
        self.assertTrue(counted, "a probable row that scores")
        denied, kept = counted[0], counted[1] if len(counted) > 1 else None
        before = {row["id"]: self.events(row["candidate"]["household"]) for row in reviews}
        for row in reviews:
            self.fits("decideMatch", self.decided(row["id"], "same"), 201)
        self.fits("decideMatch", self.decided(denied["id"], "other"), 201)
        wait_for(self.worker_cycle("2025-07-31"), self.monitor)
        after = {row["id"]: self.events(row["candidate"]["household"]) for row in reviews}
        gained = [row for row in reviews if after[row["id"]] - before[row["id"]]]
        self.assertTrue(gained, "a row that somebody took for the person's scores from then on")
        for row in gained:
            if row["event_date"] <= Q2:  # what was held tells of the same persons again
                self.assertIn(row["row"], {number for number, _ in after[row["id"]] - before[row["id"]]})
        states = self.events(denied["candidate"]["household"])
        self.assertNotIn((denied["row"], "counted"), states)
        self.assertIn((denied["row"], "taken_back"), states)
        if kept:
            self.assertIn((kept["row"], "counted"), self.events(kept["candidate"]["household"]))
        # A cycle later it still is so, and a cycle of the same day happened once.
        wait_for(self.worker_cycle("2025-08-31"), self.monitor)
        self.assertIn((denied["row"], "taken_back"), self.events(denied["candidate"]["household"]))
        same = wait_for(self.worker_cycle("2025-08-31"), self.monitor)
        self.assertTrue(same["result"]["happened_before"], same)

    def worker_cycle(self, on):
        asked = self.monitor("POST", "/api/v1/cycles", {"as_of": on})
        self.assertEqual(202, asked.status, str(asked))
        return asked.json["job"]

    def test_4_the_same_words_in_a_later_file_are_not_asked_again(self):
        before = {row["id"] for row in self.waiting()}
        self.assertEqual(set(), {row["id"] for row in self.waiting(grade="review")})
        for path in sorted((self.root / "county/2025Q2").iterdir()):
            wait_for(self.monitor("POST", "/api/v1/imports", {
                "as_of": "2025-09-30", "uploads": [upload(self.monitor, path)]}).json["job"], self.monitor)
        told = [row for row in self.waiting(grade="review") if row["id"] not in before]
        # Of those that were held somebody was asked too, once a cycle had counted them.
        self.assertEqual([], told)
        files = {}
        for one in self.worker.pages("/api/v1/arrivals", 200):
            files.setdefault(one["file"], []).append(one["buckets"]["review"])
        self.assertGreater(sum(counts[0] for counts in files.values()), len(told))
        self.assertEqual(len(told), sum(counts[-1] for counts in files.values()))


class Rules(Staffed):
    def test_every_key_that_a_pack_states_has_words_on_the_rule_desk(self):
        told = (SOURCE / "web/src/rooms/rules/elements.ts").read_text(encoding="utf-8")
        sections, keys = (set(re.findall(r"^  (\w+): \{ zh: '[^']+', en: '[^']+' \},$",
                                         told.split(f"const {name}:")[1].split("\n}")[0], re.M))
                          for name in ("SECTIONS", "KEYS"))
        raw, seen = set(), 0
        for pack in self.monitor.get("/api/v1/packs").json["items"]:
            stated = self.monitor.get(f"/api/v1/packs/{pack['id']}/elements").json["items"]
            named = {one["id"] for one in stated}
            for one in stated:
                raw |= {one["section"]} - sections
                for key in one["values"]:
                    parts = [part for part in key.split(".") if part not in ("zh", "en") and not part.isdigit()]
                    shown = parts[:1] if parts[0] == "words" else parts
                    raw |= {part for part in shown if part not in named} - keys - {"id", "inherit"}
                    seen += 1
            titles = {one["dimension"]: one["dimension_title"]["zh"] for one in self.fits(
                "getPack", self.monitor.get(f"/api/v1/packs/{pack['id']}")).json["indicators"]}
            raw |= {dimension for dimension, title in titles.items() if dimension == title}
        self.assertEqual(set(), raw)
        self.assertGreater(seen, 5000)

    def test_what_is_said_in_english_has_no_chinese_in_it(self):
        def english(told, path):
            """What stands under `en`, or under a key that ends in it, wherever it stands."""
            if isinstance(told, list):
                told = dict(enumerate(told))
            if not isinstance(told, dict):
                return
            for key, value in told.items():
                if str(key).split(".")[-1] == "en" and isinstance(value, str):
                    yield f"{path}/{key}", value
                yield from english(value, f"{path}/{key}")

        packs = [f"packs/{one['id']}" for one in self.monitor.get("/api/v1/packs").json["items"]]
        asked = ["packs", "titles", "procedures", "datasets", "figures", *packs,
                 *(f"{pack}/{part}" for pack in packs for part in ("elements", "coverage", "versions"))]
        told = [one for path in asked for one in english(self.monitor.get(f"/api/v1/{path}").json, path)]
        told += english(self.admin.get("/api/v1/roles").json, "roles")
        self.assertGreater(len(told), 5000)
        chinese = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
        self.assertEqual([], [one for one in told if chinese.search(one[1])])


if __name__ == "__main__":
    main()
