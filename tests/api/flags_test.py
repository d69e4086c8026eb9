# SPDX-License-Identifier: Apache-2.0
"""Looks outside of one's cases are flagged, however the household was asked for."""
from office import Q2, main, wait_for
from papers_test import Office, day


class Flags(Office):
    def flag(self, who, name, path):
        who.get(path)
        return self.looks(user=name)[0]["flag"]

    def without_case(self, codes):
        return next(code for code in codes
                    if not self.other.get(f"/api/v1/cases?household={code}").json["items"])

    def test_a_look_outside_of_ones_cases_is_flagged_until_the_case_is_ones_own(self):
        code, another = self.households(9)[7:9]
        path = f"/api/v1/households/{code}"
        for one in (path, path + "/why", path + "/authorisations", path + "/visibility",
                    f"/api/v1/households?code={code}", "/api/v1/households?limit=1"):
            self.assertEqual("not_assigned", self.flag(self.worker, "worker", one), one)
        self.assertEqual("", self.flag(self.worker, "worker", "/api/v1/households?limit=2"))
        self.worker.case = ""
        self.assertEqual("no_case", self.flag(self.worker, "worker", path))
        self.worker.case = "case-1"
        body = {"account": "worker", "households": [code], "case": "LC-7", "from": day(1)}
        told = self.refused(self.worker("POST", "/api/v1/assignments", body), 422, "fields")
        self.assertEqual([("/account", "own_assignment")],
                         [(error["pointer"], error["code"]) for error in told["errors"]])
        self.fits("assignHouseholds", self.other("POST", "/api/v1/assignments", body), 201)
        self.assertEqual("not_assigned", self.flag(self.worker, "worker", path))  # from tomorrow
        self.fits("assignHouseholds", self.other("POST", "/api/v1/assignments", {**body, "from": day(0)}), 201)
        self.assertEqual("", self.flag(self.worker, "worker", path))
        self.assertEqual("", self.flag(self.worker, "worker", path + "/why"))
        self.assertEqual("not_assigned", self.flag(self.worker, "worker", f"/api/v1/households/{another}"))
        listed = self.fits("listAssignments", self.worker.get("/api/v1/assignments?account=worker")).json["items"]
        self.assertEqual({(code, "LC-7")}, {(item["household"], item["case"]) for item in listed})
        ended = {"account": "worker", "households": [code], "on": day(0)}
        self.fits("endAssignments", self.worker("POST", "/api/v1/assignments/end", ended))
        self.assertEqual("not_assigned", self.flag(self.worker, "worker", path))
        self.refused(self.worker("POST", "/api/v1/assignments/end", ended), 404, "not_assigned")
        flagged = self.fits("listLooks", self.auditor.get("/api/v1/audit?flagged=true&limit=200")).json["items"]
        self.assertTrue(flagged and all(look["flag"] for look in flagged))

    def test_a_case_that_ones_office_took_up_is_ones_own_and_one_that_nobody_else_did_is_marked(self):
        code = self.households(30, self.township)[-1]
        path = f"/api/v1/households/{code}"
        self.assertEqual("not_assigned", self.flag(self.township, "town", path))
        opened = self.township("POST", "/api/v1/cases", {"machine": "application", "household": code, "fields": {
            "channel": "window", "pledge": True, "authorised": True}})
        self.assertEqual(201, opened.status, str(opened))
        case = opened.json["case"]
        self.assertEqual("own_case", self.looks(user="town")[0]["flag"])
        for one in (path, f"/api/v1/cases/{case}"):
            self.assertEqual("own_case", self.flag(self.township, "town", one))
        colleague = self.account("colleague", "township_officer", unit="first")
        self.assertEqual("", self.flag(colleague, "colleague", path))  # of whose office somebody else opened it
        # A step stands in the chain of the case with who made it: it is no look outside of one's cases.
        self.assertEqual(200, self.township("POST", f"/api/v1/cases/{case}/moves", {
            "move": "ask_papers", "fields": {"missing": ["户口簿"]}, "client_key": "ask for it"}).status)
        step = self.looks(user="town")[0]
        self.assertEqual(("change", ""), (step["verb"], step["flag"]))
        above = self.account("above", "county_caseworker")  # whoever opens a case names it, but it is not theirs
        self.assertEqual("not_assigned", self.flag(above, "above", f"/api/v1/cases/{case}"))
        self.assertEqual(case, self.looks(user="above")[0]["case"])
        self.assertEqual("no_case", self.flag(above, "above", path))

    def test_a_warning_of_ones_office_is_its_work_and_one_of_another_household_is_not(self):
        wait_for(self.fits("raiseCases", self.other("POST", "/api/v1/raisings", {"as_of": Q2}), 202).json["job"],
                 self.other)
        row = self.other.get("/api/v1/cases?machine=warning&state=raised&limit=1").json["items"][0]
        code, case = row["household"], row["id"]
        county = self.account("duty", "county_caseworker")
        path = f"/api/v1/households/{code}"
        self.assertEqual("", self.flag(county, "duty", path))  # it lies there, named or not
        for one in (f"/api/v1/cases/{case}", f"/api/v1/cases?household={code}"):  # the list finds the case: it names it
            self.assertEqual("", self.flag(county, "duty", one), one)
            self.assertEqual(case, self.looks(user="duty")[0]["case"], one)
        county.case = case
        for one in (path, path + "/why", path + "/visibility", f"/api/v1/cases?household={code}"):
            self.assertEqual("", self.flag(county, "duty", one), one)
        free = f"/api/v1/households/{self.without_case(self.households(60))}"
        self.assertEqual("not_assigned", self.flag(county, "duty", free))  # the case is of another household
        county.case = ""
        self.assertEqual("no_case", self.flag(county, "duty", free))
        if code in self.households(200, self.township):
            self.township.case = case  # it was not handed down: not theirs yet
            self.assertEqual("not_assigned", self.flag(self.township, "town", path))

    def test_the_case_of_a_change_and_its_attachments_are_looks_at_the_household(self):
        code = self.without_case(self.households(60)[24:])
        member = self.household(code)["members"][0]["id"]
        wish = {"kind": "correction", "effective_on": day(-1),
                "persons": [{"id": member, "fields": {"phone": "17180000000"}}]}
        case = self.fits("proposeChange", self.other("POST", "/api/v1/register/cases", wish), 201).json["case"]
        self.assertEqual("not_assigned", self.flag(self.worker, "worker", f"/api/v1/register/cases/{case}"))
        self.fits("assignHouseholds", self.other("POST", "/api/v1/assignments", {
            "account": "worker", "households": [code], "case": "LC-8", "from": day(0)}), 201)
        self.assertEqual("", self.flag(self.worker, "worker", f"/api/v1/register/cases/{case}"))

    def test_who_assigns_reaches_the_account_and_the_households(self):
        outside = next(item["code"] for item in self.worker.pages("/api/v1/households", 200)
                       if not item["region"].startswith("441699101"))
        body = {"account": "worker", "households": [outside], "case": "c", "from": day(0)}
        told = self.refused(self.township("POST", "/api/v1/assignments", body), 422, "fields")
        self.assertEqual({"/account", "/households/0"}, {error["pointer"] for error in told["errors"]})
        self.refused(self.monitor("POST", "/api/v1/assignments", body), 403, "not_allowed")


if __name__ == "__main__":
    main()
