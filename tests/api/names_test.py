# SPDX-License-Identifier: Apache-2.0
"""Names and days as people know them: officers beside their logins, heads in lists, working days left, offices in words
for roles that do not read the list of them; a household by a whole name; views of one's own; what rules find."""
import datetime
import json

from cases_test import Office
from office import Q2, civil_day, main, wait_for
from year_office import CALENDAR, FORM

TODAY = civil_day()


def working_days(due):
    """From today to a day, counted here; negative past it."""
    first, last = sorted((TODAY, datetime.date.fromisoformat(due)))
    days = sum(CALENDAR.works(first + datetime.timedelta(days=n)) for n in range(1, (last - first).days + 1))
    return days if first == TODAY else -days


class Names(Office):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.worker = cls.county
        cls.auditor = cls.account("auditor", "auditor", full_name="周审")
        cls.chen = cls.account("chen", "township_officer", unit="first", full_name="陈立")

    def looks(self, **only):
        found = self.fits("listLooks", self.auditor.get("/api/v1/audit?limit=200")).json["items"]
        return [look for look in found if all(look[key] == value for key, value in only.items())]

    # --- people by name

    def test_whoever_acted_is_told_by_name_beside_the_login(self):
        self.assertEqual(("chen", "陈立"), tuple(self.chen.get("/api/v1/session").json[key]
                                                 for key in ("user", "full_name")))
        case = self.opened(self.chen, "application", household=self.inside[0], **FORM)
        told = self.case(self.worker, case)
        self.assertEqual(("chen", "陈立"), (told["events"][0]["by"], told["events"][0]["by_name"]))
        look = self.looks(user="chen")[0]
        self.assertEqual(("陈立", "第一镇"), (look["user_name"], look["unit_title"]))
        sent = self.worker("POST", "/api/v1/reminders", {"case": case, "text": "请尽快办理"})
        told = self.fits("sendReminder", sent, 201).json
        self.assertEqual(told["by"], told["by_name"])  # whose full name is what they sign in with
        overdue = self.fits("listReminders", self.auditor.get("/api/v1/reminders")).json["items"]
        self.assertIn((told["by"], told["by_name"]), [(one["by"], one["by_name"]) for one in overdue])

    def test_a_department_is_told_of_no_officer(self):
        case = self.opened(self.worker, "referral", household=self.inside[1], kind="job", need="就业")
        self.moved(self.worker, case, "send", to_department="hr", to_unit="hr")
        told = self.case(self.hr, case)
        self.assertEqual({(None, None)}, {(event["by"], event["by_name"]) for event in told["events"]})
        self.assertEqual([], told["people"])
        rows = self.fits("listCases", self.hr.get("/api/v1/cases?with=need")).json["items"]
        row = next(one for one in rows if one["id"] == case)
        self.assertEqual("hr", row["department"])
        plain = self.fits("listCases", self.hr.get("/api/v1/cases")).json["items"]
        self.assertTrue(all("need" not in one for one in plain))
        board = self.fits("listCases", self.worker.get("/api/v1/cases?machine=referral&with=need")).json["items"]
        mine = next(one for one in board if one["id"] == case)
        self.assertEqual(["就业"], mine["need"])
        home = self.worker.get(f"/api/v1/households/{self.inside[1]}").json
        self.assertEqual((home["head_name"], home["category"]), (mine["name"], mine["category"]))

    # --- lists

    def test_rows_of_warnings_name_the_head_and_are_cut_by_indicator_category_and_officer(self):
        rows = self.worker.pages("/api/v1/warnings", 200)
        homes = {row["code"]: row for row in self.worker.pages("/api/v1/households", 200)}
        for row in rows[:20]:
            home = homes[row["household"]]
            self.assertEqual((home["head_name"], home["category"]), (row["head_name"], row["category"]))
        for name in ("indicator", "category"):
            of = (lambda row: [row["category"]]) if name == "category" else (lambda row: row["indicators"])
            seen = {value for row in rows for value in of(row)} - {"***"}
            self.assertTrue(seen)
            for value in sorted(seen)[:3]:
                cut = self.worker.pages(f"/api/v1/warnings?{name}={value}", 200)
                self.assertEqual({row["id"] for row in rows if value in of(row)}, {row["id"] for row in cut}, value)
                counts = self.fits("countWarnings", self.worker.get(f"/api/v1/warnings/counts?{name}={value}")).json
                self.assertEqual(len(cut), counts["total"])
        self.refused(self.worker.get("/api/v1/warnings?indicator=no_such_sign"), 400, "fields")
        case = next(row["case"]["id"] for row in rows if row["case"] and row["household"] in self.inside
                    and row["case"]["state"] == "raised")
        for who, move, fields in ((self.worker, "dispatch", {"to_unit": "first"}), (self.chen, "accept", {})):
            told = who("POST", "/api/v1/moves", {"cases": [case], "move": move, "on": Q2, "fields": fields,
                                                 "client_key": f"{move}-{case}"}).json
            self.assertEqual("made", told["items"][0]["outcome"], told)
        mine = self.fits("listWarnings", self.worker.get("/api/v1/warnings?officer=chen")).json["items"]
        self.assertEqual([case], [row["case"]["id"] for row in mine])
        untaken = self.worker.pages("/api/v1/warnings?untaken=true", 200)
        self.assertNotIn(case, [row["case"]["id"] for row in untaken if row["case"]])

    def test_days_left_are_those_that_the_clock_counts(self):
        rows = self.worker.pages("/api/v1/warnings", 200)
        self.assertTrue(any(row["due_on"] for row in rows))
        for row in rows:
            left = working_days(row["due_on"]) if row["due_on"] else None
            self.assertEqual(left, row["working_days_left"], row)
        taken = self.accepted()
        cases = self.worker.pages("/api/v1/cases", 200)
        counted = [row for row in cases if row["working_days_left"] is not None]
        self.assertIn(taken, [row["id"] for row in counted])
        for row in counted:
            self.assertEqual(working_days(row["due_on"]), row["working_days_left"], row)

    # --- offices in words

    def test_whoever_does_not_read_the_list_of_offices_is_told_where_things_are(self):
        self.assertEqual([], self.fits("listTitles", self.worker.get("/api/v1/titles")).json["offices"])
        self.assertEqual(403, self.fund.get("/api/v1/units").status)
        told = {unit["code"]: unit for unit in self.fits("listTitles", self.fund.get("/api/v1/titles")).json["offices"]}
        self.assertEqual("第一镇", told["first"]["title"])
        self.assertTrue(told["first"]["within"])
        villager = self.account("villager", "village_worker", unit="first")
        village = {unit["code"]: unit["within"]
                   for unit in self.fits("listTitles", villager.get("/api/v1/titles")).json["offices"]}
        self.assertIn("county", village)  # above: told, and not within
        self.assertFalse(village["county"])
        codes = [unit["code"] for unit in self.fits("listTitles", self.hr.get("/api/v1/titles")).json["offices"]]
        self.assertIn("first", codes)  # what is addressed to it lies beside it

    # --- by name

    def test_a_household_is_found_by_a_whole_name_within_reach_and_every_search_is_a_look(self):
        code = self.inside[2]
        member = self.worker.get(f"/api/v1/households/{code}").json["members"][0]
        found = self.fits("findHouseholdsByName",
                          self.worker("POST", "/api/v1/household-searches", {"name": member["name"]})).json
        self.assertIn(code, [item["code"] for item in found["items"]])
        row = next(item for item in found["items"] if item["code"] == code)
        self.assertIn((member["id"], member["name"]), [(one["id"], one["name"]) for one in row["named"]])
        self.assertTrue(all(one["name"] == member["name"] for item in found["items"] for one in item["named"]))
        look = self.looks(what="households.by_name")[0]
        self.assertEqual("households.by_name", look["what"])
        self.assertIn(member["id"], look["persons"])
        self.assertNotIn(member["name"], json.dumps(look, ensure_ascii=False))
        spaced = self.fits("findHouseholdsByName", self.worker(
            "POST", "/api/v1/household-searches", {"name": f" {member['name'][0]} {member['name'][1:]}（户主）"})).json
        self.assertEqual([item["code"] for item in found["items"]], [item["code"] for item in spaced["items"]])
        for other in (member["name"][:1], member["name"] + "甲", "无此人"):
            answer = self.worker("POST", "/api/v1/household-searches", {"name": other})
            self.assertNotIn(code, [item["code"] for item in self.fits("findHouseholdsByName", answer).json["items"]])
        many = len(self.looks(what="households.by_name"))
        self.worker("POST", "/api/v1/household-searches", {"name": "无此人"})
        self.assertEqual(many + 1, len(self.looks(what="households.by_name")))  # nobody was found: a look too
        beyond = next(row for row in self.worker.pages("/api/v1/households", 200) if row["code"] not in self.inside)
        member = self.worker.get(f"/api/v1/households/{beyond['code']}").json["members"][0]
        for who, found in ((self.worker, True), (self.chen, False)):
            told = self.fits("findHouseholdsByName",
                             who("POST", "/api/v1/household-searches", {"name": member["name"]})).json["items"]
            self.assertEqual(found, beyond["code"] in [item["code"] for item in told])

    def test_a_name_that_was_changed_is_found_and_the_old_one_is_not(self):
        code = self.inside[3]
        member = self.worker.get(f"/api/v1/households/{code}").json["members"][0]
        self.worker("POST", "/api/v1/household-searches", {"name": member["name"]})  # all are known by now
        wish = {"kind": "correction", "effective_on": TODAY.isoformat(),
                "persons": [{"id": member["id"], "fields": {"name": "欧阳新名"}}]}
        case = self.fits("proposeChange", self.worker("POST", "/api/v1/register/cases", wish), 201).json["case"]
        other = self.account("confirms", "county_caseworker")
        asked = self.fits("confirmChange", other("POST", f"/api/v1/register/cases/{case}/confirm"), 202)
        wait_for(asked.json["job"], other)

        def codes(name):
            told = self.worker("POST", "/api/v1/household-searches", {"name": name})
            return [item["code"] for item in self.fits("findHouseholdsByName", told).json["items"]]
        self.assertEqual([code], codes("欧阳新名"))
        self.assertNotIn(code, codes(member["name"]))

    # --- views

    def test_views_are_the_accounts_own(self):
        path = "/api/v1/saved-views/warnings"
        views = {"items": [{"name": "本县红色超期", "query": "level=red&overdue=yes"}]}
        self.assertEqual({"items": []}, self.fits("listSavedViews", self.worker.get(path)).json)
        self.assertEqual(views, self.fits("putSavedViews", self.worker("PUT", path, views)).json)
        self.assertEqual(views, self.worker.get(path).json)
        self.assertEqual({"items": []}, self.chen.get(path).json)
        twice = {"items": views["items"] * 2}
        self.refused(self.worker("PUT", path, twice), 422, "fields")
        self.refused(self.worker("PUT", path, {"items": [{"name": str(n), "query": "a=b"} for n in range(21)]}),
                     422, "fields")
        self.refused(self.worker.get("/api/v1/saved-views/cases"), 404, "no_such_list")
        self.assertEqual(views, self.worker.get(path).json)

    # --- what rules find

    def test_a_relative_who_was_never_listed_is_found_and_looked_at_once(self):
        case = self.opened(self.chen, "application", household=self.inside[4], **FORM)
        self.moved(self.chen, case, "accept", relatives_of_staff=True)
        path = "/api/v1/rule-hits"
        hits = self.fits("listRuleHits", self.auditor.get(f"{path}?rule=relative_unlisted")).json["items"]
        hit = next(one for one in hits if one["case"] == case)
        self.assertEqual((self.inside[4], "第一镇", None), (hit["household"], hit["unit"], hit["look"]))
        self.assertEqual([(case, 2)], [(one["case"], one["event"]) for one in hit["sources"]])
        counts = self.fits("countRuleHits", self.auditor.get(f"{path}/counts")).json["rules"]
        self.assertEqual({"dead_paid", "paid_twice", "relative_unlisted", "same_account"},
                         {one["rule"] for one in counts})
        self.assertEqual(403, self.worker.get(path).status)
        self.assertEqual(403, self.chen("POST", f"{path}/looks", {"key": hit["key"], "reason": "已核实属实"}).status)
        self.refused(self.auditor("POST", f"{path}/looks", {"key": hit["key"], "reason": "看"}), 422, "fields")
        self.refused(self.auditor("POST", f"{path}/looks", {"key": "dead_paid/0/0/0", "reason": "已核实属实"}),
                     404, "no_such_hit")
        said = {"key": hit["key"], "reason": "已核实，补登记"}
        self.fits("lookAtRuleHit", self.auditor("POST", f"{path}/looks", said), 201)
        self.refused(self.auditor("POST", f"{path}/looks", said), 409, "hit_looked_at")
        again = self.fits("listRuleHits", self.auditor.get(f"{path}?looked_at=true")).json["items"]
        look = next(one["look"] for one in again if one["key"] == hit["key"])
        self.assertEqual(("auditor", "周审", "已核实，补登记"), (look["by"], look["by_name"], look["reason"]))
        left = self.fits("listRuleHits", self.auditor.get(f"{path}?looked_at=false")).json["items"]
        self.assertNotIn(hit["key"], [one["key"] for one in left])
        table = self.auditor.get(f"{path}?format=csv").body.decode("utf-8-sig")
        self.assertIn("source_case", table.splitlines()[0])
        self.assertIn("已核实，补登记", table)


if __name__ == "__main__":
    main()
