# SPDX-License-Identifier: Apache-2.0
"""The doors: codes of a window, tokens of departments, accounts and who may change them, demo accounts, and that
whatever happens at a door stands in the log of looks."""
import datetime
import re
import subprocess
import tempfile
import unittest
from pathlib import Path

from office import ADMIN, PASSWORD, SOURCE, Case, Client, Machine, Program, Served, enter, main, totp
from schema import Api

FIRST = "for the first 1 day"


def day(offset):
    """Today in China, and so many days later."""
    now = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=8, days=offset)
    return now.date().isoformat()


class Doors(Case):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.api = Api(cls.admin.get("/api/v1/openapi.json").json)

    def fits(self, operation, answer, status=200):
        self.assertEqual(status, answer.status, str(answer))
        self.assertEqual([], self.api.faults_of(operation, answer))
        return answer

    def refused(self, answer, status, code):
        self.assertEqual((status, code), (answer.status, answer.json["code"]), str(answer))
        return answer

    def faults(self, answer):
        self.refused(answer, 422, "fields")
        return [(error["pointer"], error["code"]) for error in answer.json["errors"]]

    @classmethod
    def add(cls, name, role="township_officer", unit="first", department="", by=None):
        return (by or cls.admin)("POST", "/api/v1/accounts",
                                 {"name": name, "full_name": name, "roles": [role], "unit": unit,
                                  "department": department, "first_password": FIRST})


class Tokens(Doors):
    def issue(self, department="hr", by=None, **more):
        return (by or self.admin)("POST", "/api/v1/tokens",
                                  {"title": f"machine of {department}", "role": "department_machine", "unit": "county",
                                   "department": department, "until": day(30), **more})

    def machine(self, department="hr", **more):
        made = self.fits("issueToken", self.issue(department, **more), 201)
        return Machine(self.served.port, made.json["token"]), made.json["id"]

    def test_a_departments_machine_reads_its_own_and_nothing_of_anothers(self):
        worker = self.account("worker", "county_caseworker")
        told = {item["id"]: item["dataset"].split(".")[0] for item in worker.pages("/api/v1/arrivals")}
        hr, _ = self.machine("hr")
        health, _ = self.machine("health")
        for machine, own in ((hr, "hr"), (health, "health")):
            mine = {item["id"] for item in machine.pages("/api/v1/arrivals")}
            self.assertTrue(mine)
            self.assertEqual({key for key, department in told.items() if department == own}, mine)
        for ident, department in told.items():
            for machine, own in ((hr, "hr"), (health, "health")):
                answer = machine.get(f"/api/v1/arrivals/{ident}/refusals")
                self.assertEqual(200 if department == own else 404, answer.status, f"{own} {ident} {answer}")
        for path in ("/api/v1/households", "/api/v1/warnings", "/api/v1/accounts", "/api/v1/tokens", "/api/v1/audit"):
            self.refused(hr.get(path), 403, "not_allowed")

    def test_what_a_machine_sends_is_not_anothers_to_see_or_to_end(self):
        hr, _ = self.machine("hr")
        health, _ = self.machine("health")
        begun = hr("POST", "/api/v1/uploads", {"file": "a.csv", "bytes": 3})
        self.assertEqual(201, begun.status, str(begun))
        path = begun.headers["Location"]
        self.assertEqual(200, hr.get(path).status)
        self.refused(health.get(path), 404, "no_such_upload")
        self.refused(health("DELETE", path), 404, "no_such_upload")
        self.refused(health("PATCH", path, raw=b"abc", headers={
            "Content-Type": "application/offset+octet-stream", "Upload-Offset": "0"}), 404, "no_such_upload")
        self.assertEqual(204, hr("DELETE", path).status)

    def test_a_token_holds_from_its_first_day_until_its_last_and_not_on_it(self):
        for first, until, status, state in ((0, 1, 200, "active"), (-5, 0, 401, "ended"), (1, 5, 401, "not_yet")):
            machine, ident = self.machine(**{"from": day(first), "until": day(until)})
            self.assertEqual(status, machine.get("/api/v1/arrivals").status, (first, until))
            listed = {one["id"]: one for one in self.admin.get("/api/v1/tokens").json["items"]}
            self.assertEqual(state, listed[ident]["state"])
        self.refused(self.issue(until=day(0)), 422, "token_days")
        self.refused(self.issue(until=day(400)), 422, "token_days")

    def test_a_revoked_token_is_dead_at_once(self):
        machine, ident = self.machine()
        self.assertEqual(200, machine.get("/api/v1/arrivals").status)
        self.assertEqual(204, self.admin("DELETE", f"/api/v1/tokens/{ident}").status)
        self.refused(machine.get("/api/v1/arrivals"), 401, "sign_in_refused")
        self.assertEqual(404, self.admin("DELETE", f"/api/v1/tokens/{ident}").status)
        for made_up in ("0", "x", "-1", "99999999999999999999999"):
            self.assertEqual(404, self.admin("DELETE", f"/api/v1/tokens/{made_up}").status)

    def test_a_token_is_shown_once_and_stands_in_the_log_without_itself(self):
        made = self.issue()
        secret = made.json["token"]
        listed = self.fits("listTokens", self.admin.get("/api/v1/tokens"))
        self.assertNotIn(secret.encode(), listed.body)
        self.assertEqual("no-store", made.headers["Cache-Control"])
        auditor = self.account("auditor", "auditor")
        self.admin("DELETE", f"/api/v1/tokens/{made.json['id']}")
        looks = auditor.get("/api/v1/audit?limit=20")
        self.assertNotIn(secret.encode(), looks.body)
        said = [look["what"].split(" ")[0] for look in looks.json["items"] if look["user"] == ADMIN]
        self.assertEqual(["token.revoke", "token.issue"], [word for word in said if word.startswith("token")][:2])
        revoked = next(look["what"] for look in looks.json["items"] if look["what"].startswith("token.revoke"))
        self.assertEqual(made.json["id"], revoked.removeprefix("token.revoke ").replace("-", ""))

    def test_who_may_not_issues_none_and_nobody_beyond_their_unit_department_or_rights(self):
        worker = self.account("worker2", "county_caseworker")
        self.refused(self.issue(by=worker), 403, "not_allowed")
        self.refused(worker.get("/api/v1/tokens"), 403, "not_allowed")
        _, of_county = self.machine()
        below = self.account("below", "administrator", unit="first")
        self.assertEqual([("/unit", "no_such_unit")], self.faults(self.issue(by=below)))
        self.assertEqual([], below.get("/api/v1/tokens").json["items"])
        self.refused(below("DELETE", f"/api/v1/tokens/{of_county}"), 404, "no_such_token")
        of_hr = self.account("of-hr", "administrator", unit="hr", department="hr")
        self.assertEqual([("/department", "other_department")],
                         self.faults(self.issue("health", by=of_hr, unit="hr")))
        self.assertEqual(201, self.issue("hr", by=of_hr, unit="hr").status)
        self.refused(self.issue(role="auditor"), 422, "role_unknown")
        self.assertEqual([("/role", "beyond_own_rights")], self.faults(self.issue(role="citizen")))
        self.assertEqual([("/department", "missing")], self.faults(
            self.admin("POST", "/api/v1/tokens", {"title": "t", "role": "department_machine", "unit": "county",
                                                  "until": day(3)})))


class Windows(Doors):
    def setUp(self):
        if not hasattr(type(self), "town"):
            type(self).town = self.account("town", "township_officer", unit="first")
            self.account("mate", "township_officer", unit="first")
            type(self).worker = self.account("worker", "county_caseworker")
        self.code = self.town.get("/api/v1/households?limit=5").json["items"][3]["code"]
        self.member = self.town.get(f"/api/v1/households/{self.code}").json["members"][0]["id"]

    def issue(self, person, paper="resident card", by=None):
        return (by or self.town)("POST", f"/api/v1/persons/{person}/window-codes", {"paper_seen": paper})

    def entered(self):
        code = self.fits("issueWindowCode", self.issue(self.member), 201).json["code"]
        citizen = self.client()
        return citizen, citizen.take(citizen("POST", "/api/v1/session/window-code", {"code": code})), code

    def test_a_citizen_enters_by_the_code_once_and_sees_their_own_alone(self):
        citizen, answer, code = self.entered()
        self.fits("redeemWindowCode", answer)
        self.assertEqual("citizen", answer.json["kind"])
        self.refused(self.client()("POST", "/api/v1/session/window-code", {"code": code}), 401, "sign_in_refused")
        self.assertEqual([self.code], [item["code"] for item in citizen.pages("/api/v1/households")])
        own = self.fits("getHousehold", citizen.get(f"/api/v1/households/{self.code}")).json
        for member in own["members"]:
            self.assertTrue(member["name"])
            if member["id"] != self.member:
                self.assertEqual((None, None), (member["phone"], member["identity_number"]), member["id"])
            elif member["identity_number"]:
                self.assertIn("***", member["identity_number"])
        for item in self.worker.pages("/api/v1/households", limit=200)[:40]:
            if item["code"] != self.code:
                self.assertEqual(404, citizen.get(f"/api/v1/households/{item['code']}").status)
        for path in ("/api/v1/warnings", f"/api/v1/households/{self.code}/why", "/api/v1/accounts", "/api/v1/units",
                     "/api/v1/exits", "/api/v1/arrivals", "/api/v1/tokens"):
            self.refused(citizen.get(path), 403, "not_allowed")
        self.assertEqual(403, self.issue(self.member, by=citizen).status)
        self.assertEqual([], citizen.get("/api/v1/jobs").json["items"])

    def proposed(self, until):
        """A review of the household whose proposal is withheld until a day."""
        number = self.town("POST", "/api/v1/cases", {
            "machine": "review", "household": self.code, "on": "2025-02-10",
            "fields": {"cause": "rhythm", "category": "minimum_living_guarantee"}}).json["case"]
        for move, on, fields in (
                ("survey", "2025-02-11", {"officers": ["town", "mate"], "note": "已入户"}),
                ("propose", "2025-02-12", {"proposal": "exit", "reason": "收入提高", "differs_because": "已就业",
                                           "withheld_until": until})):
            at = f"/api/v1/cases/{number}"
            moved = self.town("POST", at + "/moves", {"move": move, "on": on, "fields": fields},
                              headers={"If-Match": self.town.get(at).headers["ETag"]})
            self.assertEqual(200, moved.status, str(moved))
        return number

    def test_what_is_withheld_until_a_day_is_told_from_that_day_on(self):
        for until, told in (("2999-01-01", False), ("2025-03-01", True)):
            self.proposed(until)
            citizen, _, _ = self.entered()
            days = [item["on"] for item in citizen.get("/api/v1/my/chain").json["items"]]
            self.assertEqual(told, "2025-02-12" in days, until)

    def test_a_citizen_sees_which_office_looked_and_no_name(self):
        self.town.get(f"/api/v1/households/{self.code}", headers={"X-Purpose": "visit", "X-Case": "visit-9"})
        citizen, _, _ = self.entered()
        answer = self.fits("listMyLooks", citizen.get("/api/v1/my/looks"))
        looks = answer.json["items"]
        self.assertEqual(("create", "session", ""), tuple(looks[0][key] for key in ("verb", "thing", "unit")))
        self.assertEqual(("issue", "person"), (looks[1]["verb"], looks[1]["thing"]))
        self.assertIn("第一镇", looks[1]["unit"])
        self.assertIn("Home visit", [look["purpose"]["en"] for look in looks])
        for word in (b"town", b"visit-9", b"127.0.0.1"):
            self.assertNotIn(word, answer.body.replace(b"township", b""))
        self.refused(self.town.get("/api/v1/my/looks"), 403, "not_allowed")

    def told_of(self, citizen):
        """The newest of the looks that a citizen is told of."""
        return self.fits("listMyLooks", citizen.get("/api/v1/my/looks?limit=1")).json["items"][0]

    def test_a_citizen_is_told_of_lists_files_and_cases_of_their_household(self):
        citizen, _, _ = self.entered()
        for who, path, verb, thing in (
                (self.town, f"/api/v1/households?code={self.code}", "read", "household"),
                (self.town, "/api/v1/households?limit=200", "read", "household"),
                (self.town, "/api/v1/households?format=csv", "export", "household")):
            before = self.told_of(citizen)["seq"]
            self.assertEqual(200, who.get(path).status)
            seen = self.told_of(citizen)
            self.assertGreater(seen["seq"], before, path)
            self.assertEqual((verb, thing), (seen["verb"], seen["thing"]), path)
            self.assertIn("第一镇", seen["unit"])
        opened = self.town("POST", "/api/v1/cases", {"machine": "application", "household": self.code, "fields": {
            "channel": "window", "pledge": True, "authorised": True}})
        self.assertEqual(201, opened.status, str(opened))
        seen = self.told_of(citizen)
        self.assertEqual("create", seen["verb"])
        # What names another of the household is that one's alone.
        others = [one["id"] for one in self.town.get(f"/api/v1/households/{self.code}").json["members"]
                  if one["id"] != self.member]
        before = self.told_of(citizen)["seq"]
        if others:
            self.assertEqual(201, self.issue(others[0]).status)
            self.assertEqual(before, self.told_of(citizen)["seq"])

    def test_all_looks_are_there_page_by_page(self):
        citizen, _, _ = self.entered()
        for _ in range(60):
            self.town.get(f"/api/v1/households/{self.code}")
        first = self.fits("listMyLooks", citizen.get("/api/v1/my/looks")).json
        self.assertEqual(50, len(first["items"]))
        numbers = [look["seq"] for look in citizen.pages("/api/v1/my/looks", 7)]
        self.assertGreater(len(numbers), 60)
        self.assertEqual(sorted(set(numbers), reverse=True), numbers)
        self.refused(citizen.get("/api/v1/my/looks?before=9"), 400, "fields")

    def test_a_citizen_reads_a_sentence_also_where_no_purpose_was_stated(self):
        citizen, _, _ = self.entered()
        for headers, said in (({"X-Purpose": ""}, "Daily work"), ({"X-Purpose": "review"}, "Periodic review")):
            self.town.get(f"/api/v1/households/{self.code}", headers=headers)
            self.assertEqual(said, self.told_of(citizen)["purpose"]["en"])
        self.town.get(f"/api/v1/households/{self.code}/authorisations", headers={"X-Purpose": ""})
        self.assertEqual("Check of means", self.told_of(citizen)["purpose"]["en"])
        every = citizen.pages("/api/v1/my/looks", 200)
        self.assertTrue(all(look["purpose"]["zh"] and look["purpose"]["en"] for look in every))

    def test_the_paper_must_have_been_seen_and_the_person_be_of_the_unit(self):
        for paper in ("", "   "):
            self.assertEqual(422, self.issue(self.member, paper).status)
        self.assertEqual([("/paper_seen", "missing")], self.faults(
            self.town("POST", f"/api/v1/persons/{self.member}/window-codes", {})))
        elsewhere = next(item["code"] for item in self.worker.pages("/api/v1/households", limit=200)
                         if not item["region"].startswith("441699101"))
        stranger = self.worker.get(f"/api/v1/households/{elsewhere}").json["members"][0]["id"]
        for person in (stranger, "0", "4294967295", "99999999999", "x", "-1"):
            self.refused(self.issue(person), 404, "out_of_scope")
        self.refused(self.issue(self.member, by=self.worker), 403, "not_allowed")
        village = self.account("village", "village_worker", unit="first")
        self.refused(self.issue(self.member, by=village), 403, "not_allowed")

    def test_a_newer_code_ends_the_one_before_and_none_is_kept(self):
        earlier = self.issue(self.member).json["code"]
        later = self.issue(self.member).json["code"]
        self.refused(self.client()("POST", "/api/v1/session/window-code", {"code": earlier}), 401, "sign_in_refused")
        auditor = self.account("auditor", "auditor")
        looks = auditor.get("/api/v1/audit?limit=20")
        self.assertIn(b"window code; resident card", looks.body)
        self.assertNotIn(later.encode(), looks.body)
        citizen = self.client()
        self.assertEqual(200, citizen("POST", "/api/v1/session/window-code", {"code": later.lower()}).status)


class Accounts(Doors):
    def tag(self, name):
        return {"If-Match": self.admin.get(f"/api/v1/accounts/{name}").headers["ETag"]}

    def change(self, name, by=None, **more):
        body = {"roles": ["township_officer"], "unit": "first", **more}
        return (by or self.admin)("PUT", f"/api/v1/accounts/{name}", body, headers=self.tag(name))

    def test_a_list_in_pages_is_the_whole_list_by_name(self):
        for n in range(9):
            self.add(f"page{n}", unit="first" if n % 2 else "county")
        names = [item["name"] for item in self.admin.pages("/api/v1/accounts", limit=2)]
        self.assertEqual(sorted(names), names)
        self.assertTrue({f"page{n}" for n in range(9)} <= set(names))
        self.assertEqual(names, [item["name"] for item in self.admin.pages("/api/v1/accounts", limit=200)])
        below = self.account("pager", "administrator", unit="first")
        mine = [item["name"] for item in below.pages("/api/v1/accounts", limit=2)]
        self.assertEqual([name for name in names if name in ("page1", "page3", "page5", "page7")],
                         [name for name in mine if name.startswith("page") and name != "pager"])
        self.fits("listAccounts", below.get("/api/v1/accounts"))

    def test_locked_an_account_is_out_at_once_and_unlocked_it_may_enter(self):
        client = self.account("li", "township_officer", unit="first")
        other = self.client()
        other.sign_in("li", PASSWORD)
        self.fits("changeAccount", self.change("li", active=False, full_name="Li"))
        self.assertEqual("Li", self.admin.get("/api/v1/accounts/li").json["full_name"])
        self.refused(client.get("/api/v1/households"), 401, "session_ended")
        self.refused(self.client().sign_in("li", PASSWORD), 401, "sign_in_refused")
        self.fits("changeAccount", self.change("li"))  # what is not said stays
        self.refused(self.client().sign_in("li", PASSWORD), 401, "sign_in_refused")
        self.fits("changeAccount", self.change("li", active=True))
        self.assertEqual(200, self.client().sign_in("li", PASSWORD).status)
        self.refused(other.get("/api/v1/households"), 401, "session_ended")

    def test_sessions_are_ended_and_the_account_stays(self):
        client = self.account("wang", "township_officer", unit="first")
        other = self.client()
        other.sign_in("wang", PASSWORD)
        ended = self.fits("endSessions", self.admin("DELETE", "/api/v1/accounts/wang/sessions"))
        self.assertGreaterEqual(ended.json["ended"], 2)
        for one in (client, other):
            self.refused(one.get("/api/v1/households"), 401, "session_ended")
        self.assertEqual(200, self.client().sign_in("wang", PASSWORD).status)

    def test_of_two_changes_of_one_version_the_second_is_refused(self):
        self.add("two")
        tag = self.tag("two")
        body = {"roles": ["village_worker"], "unit": "first"}
        self.assertEqual(200, self.admin("PUT", "/api/v1/accounts/two", body, headers=tag).status)
        self.refused(self.admin("PUT", "/api/v1/accounts/two", body, headers=tag), 412, "changed_since")
        self.refused(self.admin("PUT", "/api/v1/accounts/two", body), 428, "if_match")
        packed = {"If-Match": self.tag("two")["If-Match"][:-1] + '-gzip"'}
        self.assertEqual(200, self.admin("PUT", "/api/v1/accounts/two", {**body, "full_name": "Two"},
                                         headers=packed).status)

    def test_nobody_changes_their_own_account(self):
        tries = [("PUT", "/api/v1/accounts/first", {"roles": ["auditor"], "unit": "county"}),
                 ("POST", "/api/v1/accounts/first/reset", {"first_password": FIRST}),
                 ("DELETE", "/api/v1/accounts/first/sessions", None),
                 ("POST", "/api/v1/accounts/first/invitations", None)]
        for method, path, body in tries:
            self.refused(self.admin(method, path, body, headers=self.tag("first")), 403, "own_account")
        self.assertEqual(200, self.admin.get("/api/v1/accounts").status)

    def test_an_administrator_gives_nothing_beyond_their_own_units_and_department(self):
        below = self.account("below", "administrator", unit="first")
        self.add("above", unit="county")
        self.assertEqual([("/unit", "no_such_unit")], self.faults(self.add("x", unit="county", by=below)))
        for method, path, body in (("GET", "", None), ("PUT", "", {"roles": ["auditor"], "unit": "first"}),
                                   ("POST", "/reset", {"first_password": FIRST}), ("DELETE", "/sessions", None),
                                   ("POST", "/invitations", None), ("GET", "/outside", None)):
            self.refused(below(method, f"/api/v1/accounts/above{path}", body, headers={"If-Match": "*"}), 404,
                         "no_such_account")
        self.add("inside", unit="first")
        self.assertEqual([("/unit", "no_such_unit")], self.faults(self.change("inside", by=below, unit="county")))
        of_hr = self.account("of-hr", "administrator", unit="hr", department="hr")
        for department in ("", "health"):
            self.assertEqual([("/department", "other_department")], self.faults(
                self.add("y", "partner_department", "hr", department, by=of_hr)))
        self.assertEqual(201, self.add("z", "partner_department", "hr", "hr", by=of_hr).status)
        self.add("of-health", "partner_department", "hr", "health")
        self.refused(of_hr.get("/api/v1/accounts/of-health"), 404, "no_such_account")
        self.assertEqual(["of-hr", "z"], [item["name"] for item in of_hr.pages("/api/v1/accounts", limit=1)])


class Limited(Doors):
    """An office whose roles know one that may make village workers, and no others."""
    with_county = False

    @classmethod
    def serve(cls):
        home = cls.root / "home"
        home.mkdir()
        for name in ("packs", "datasets", "calendar"):
            (home / name).symlink_to(SOURCE / name)
        (home / "access").mkdir()
        for file in (SOURCE / "access").iterdir():
            text = file.read_text(encoding="utf-8")
            if file.name == "roles.yaml":
                text += ("\n  - id: front_desk\n    title: {zh: 前台, en: Front desk}\n    grants: [village_worker]\n"
                         "    rights:\n      - {may: [administer, issue, read], things: [account]}\n")
                text = text.replace("auditor, administrator, department_machine]",
                                    "auditor, administrator, department_machine, front_desk]")
            (home / "access" / file.name).write_text(text, encoding="utf-8")
        cls.program.home = home
        super().serve()

    def test_nobody_gives_more_than_their_role_lets_them_or_takes_over_who_has_more(self):
        desk = self.account("desk", "front_desk")
        self.assertEqual(201, self.add("v", "village_worker", by=desk).status)
        for role in ("township_officer", "administrator", "front_desk"):
            self.assertEqual([("/roles", "beyond_own_rights")], self.faults(self.add("w", role, by=desk)))
        tag = {"If-Match": desk.get("/api/v1/accounts/v").headers["ETag"]}
        self.assertEqual([("/roles", "beyond_own_rights")], self.faults(
            desk("PUT", "/api/v1/accounts/v", {"roles": ["village_worker", "auditor"], "unit": "first"},
                   headers=tag)))
        for method, path, body in (("PUT", "", {"roles": ["village_worker"], "unit": "first"}),
                                   ("POST", "/reset", {"first_password": FIRST}), ("DELETE", "/sessions", None),
                                   ("POST", "/invitations", None)):
            self.refused(desk(method, f"/api/v1/accounts/{ADMIN}{path}", body, headers={"If-Match": "*"}), 403,
                         "beyond_own_rights")
        self.assertEqual([("/role", "beyond_own_rights")], self.faults(desk("POST", "/api/v1/tokens", {
            "title": "t", "role": "department_machine", "unit": "first", "department": "hr", "until": day(3)})))
        self.assertEqual(200, self.admin.get("/api/v1/accounts").status)


class Log(Doors):
    with_county = False

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.auditor = cls.account("auditor", "auditor")

    def said(self, user=None):
        """What the log says of doors, the newest first."""
        items = self.auditor.get("/api/v1/audit?limit=200").json["items"]
        return [look for look in items if look["thing"] == "session" and (user is None or look["user"] == user)]

    def words(self, user):
        return [look["what"].split(";")[0] for look in reversed(self.said(user))]

    def test_each_way_in_and_out_is_in_the_log_in_its_order(self):
        self.add("boss", "auditor", "county")
        client = self.client()
        client.sign_in("boss", FIRST)
        client.take(client("PUT", "/api/v1/session/password", {"old": FIRST, "new": PASSWORD}))
        secret = client("POST", "/api/v1/session/second-factor/offer").json["secret"]
        client("POST", "/api/v1/session/second-factor/confirm", {"code": "000000"})
        recovery = client("POST", "/api/v1/session/second-factor/confirm",
                          {"code": totp(secret)}).json["recovery_codes"]
        self.assertEqual(204, client("DELETE", "/api/v1/session").status)
        client.csrf = client.cookie = None
        client.sign_in("boss", PASSWORD)
        client("POST", "/api/v1/session/second-factor", {"code": "111111"})
        client.take(client("POST", "/api/v1/session/second-factor", {"code": recovery[0]}))
        client("PUT", "/api/v1/session/password", {"old": "wrong", "new": "another long 1 one"})
        self.assertEqual(
            ["signed in by password", "password changed", "refused: confirming a second factor",
             "second factor confirmed", "signed out", "signed in by password", "refused: second factor",
             "recovery code used", "refused: change of password"], self.words("boss"))
        for look in self.said("boss"):
            self.assertEqual(("127.0.0.1", [], []), (look["from"], look["persons"], look["households"]))
        whole = self.auditor.get("/api/v1/audit?limit=200").body.decode()
        for secret_word in (PASSWORD, FIRST, recovery[0], secret, "another long 1 one", "111111"):
            self.assertNotIn(secret_word, whole)

    def test_who_is_refused_is_told_alike_and_the_log_knows_more(self):
        self.account("li", "township_officer", unit="first")
        known, unknown = (self.client().sign_in(name, "a wrong 1 one") for name in ("li", "my-own-password"))
        self.assertEqual((401, known.json["detail"]), (unknown.status, unknown.json["detail"]))
        newest = self.said()[:2]
        self.assertEqual(["", "li"], [look["user"] for look in newest])
        for look in newest:
            self.assertRegex(look["what"], r"^refused: password; name [0-9a-f]{8}-[0-9a-f]{8}$")
        self.assertNotIn(b"my-own-password", self.auditor.get("/api/v1/audit?limit=200").body)
        self.client().sign_in("MY-own-password", "b wrong 1 one")
        again = self.said()[0]["what"]
        self.assertEqual(newest[0]["what"], again, "the same name has the same mark")
        citizen = self.client()
        self.assertEqual(401, citizen("POST", "/api/v1/session/window-code", {"code": "AAAA-BBBB-CCCC"}).status)
        self.assertEqual("refused: code of a window", self.said()[0]["what"])

    def test_that_someone_must_wait_is_flagged_once(self):
        self.account("zhao", "township_officer", unit="first")
        for _ in range(8):
            last = self.client().sign_in("zhao", "a wrong 1 one")
        self.refused(last, 429, "sign_in_wait")
        flags = [look["flag"] for look in self.said("zhao") if look["what"].startswith("refused")]
        self.assertEqual(["must_wait", "", "", "", ""], flags)
        flagged = self.auditor.get("/api/v1/audit?limit=50&flagged=true").json["items"]
        self.assertIn("zhao", [look["user"] for look in flagged])

    def test_what_administrators_do_is_in_the_log(self):
        self.add("qian")
        tag = {"If-Match": self.admin.get("/api/v1/accounts/qian").headers["ETag"]}
        self.admin("PUT", "/api/v1/accounts/qian", {"roles": ["village_worker"], "unit": "first", "active": False},
                   headers=tag)
        self.admin("POST", "/api/v1/accounts/qian/reset", {"first_password": FIRST})
        self.admin("DELETE", "/api/v1/accounts/qian/sessions")
        self.admin("POST", "/api/v1/accounts/qian/invitations")
        looks = self.auditor.get("/api/v1/audit?limit=50").json["items"]
        said = [look["what"] for look in reversed(looks) if "qian" in look["what"]]
        self.assertEqual(["account.add qian: township_officer", "account.change qian: village_worker; locked",
                          "account.reset qian", "account.end_sessions qian", "account.invite qian"], said)

    def test_who_sits_below_is_not_told_of_doors_elsewhere(self):
        self.client().sign_in("nobody-at-all", "a wrong 1 one")
        below = self.account("below", "auditor", unit="first")
        users = {look["user"] for look in below.get("/api/v1/audit?limit=200").json["items"]}
        self.assertNotIn("", users)
        self.assertNotIn(ADMIN, users)
        self.assertIn("below", users)

    def test_the_chain_is_sound_with_all_of_it(self):
        self.assertTrue(self.said())
        run = self.program.must("audit", "verify", "--data", "office")
        self.assertRegex(run.out, r"[1-9][0-9]* records? (is|are) sound")


class Demo(unittest.TestCase):
    def setUp(self):
        self.made = tempfile.TemporaryDirectory(prefix="doudi-demo-")
        self.root = Path(self.made.name)
        self.program = Program(Case.binary, self.root)
        if Case.cluster:
            name = f"demo_{self._testMethodName[5:30]}"
            Case.cluster.psql(f"create database {name}")
            self.program.database = Case.cluster.url(name)
        self.program.office("office")
        (self.root / "units.yaml").write_text(
            "- {code: city, title: 市, kind: city, from: 2020-01-01}\n"
            "- {code: county, title: 县, kind: county, parent: city, from: 2020-01-01}\n"
            "- {code: town, title: 镇, kind: township, parent: county, from: 2020-01-01}\n"
            "- {code: village, title: 村, kind: village, parent: town, from: 2020-01-01}\n"
            "- {code: hr, title: 人社, kind: department, parent: county, department: hr, from: 2020-01-01}\n",
            encoding="utf-8")
        self.program.must("units", "load", "--data", "office", "units.yaml")

    def tearDown(self):
        self.made.cleanup()

    def demo(self):
        """Name → unit and password; none where it was there already."""
        out = self.program.must("user", "demo", "--data", "office").out
        found = re.findall(r"^\s+(demo-\S+)\s+(\S+)\s+(.*)$", out, re.M)
        return {name: (unit, word if re.fullmatch(r"\w{4}(-\w{4}){3}", word) else None) for name, unit, word in found}

    def refused(self, *arguments):
        run = self.program("serve", "--data", "office", *arguments)
        self.assertEqual((2, True), (run.code, "user demo --remove" in run.err), str(run))

    def test_each_role_has_an_account_at_a_fitting_office_that_enters_from_here(self):
        made = self.demo()
        roles = (SOURCE / "access" / "roles.yaml").read_text(encoding="utf-8")
        staff = [role for role in re.findall(r"^  - id: (\w+)\n    title", roles, re.M)
                 if role not in ("citizen", "department_machine")]
        self.assertEqual({"demo-" + role.replace("_", "-") for role in staff}, set(made))
        seats = {name: unit for name, (unit, _) in made.items()}
        expected = {"city-monitor-officer": "city", "county-caseworker": "county", "township-officer": "town",
                    "village-worker": "village", "partner-department": "hr", "agriculture-officer": "county"}
        self.assertEqual(expected, {role: seats["demo-" + role] for role in expected})
        served = Served(self.program, "office")
        try:
            for name, (_, password) in made.items():
                answer = Client(served.port).sign_in(name, password)
                self.assertEqual((200, "full"), (answer.status, answer.json["stage"]), name)
        finally:
            self.assertEqual(0, served.stop())

    def test_made_again_they_are_as_they_were(self):
        first = self.demo()
        self.assertNotIn(None, [password for _, password in first.values()])
        again = self.demo()
        self.assertEqual({name: (unit, None) for name, (unit, _) in first.items()}, again)
        served = Served(self.program, "office")
        try:
            answer = Client(served.port).sign_in("demo-auditor", first["demo-auditor"][1])
            self.assertEqual(200, answer.status, str(answer))
        finally:
            self.assertEqual(0, served.stop())

    def test_with_them_nobody_beyond_this_machine_is_served(self):
        made = self.demo()
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                        "-keyout", "key.pem", "-out", "cert.pem", "-days", "2", "-subj", "/CN=localhost"],
                       cwd=self.root, check=True, capture_output=True)
        tls = ("--tls-cert", "cert.pem", "--tls-key", "key.pem")
        self.refused("--listen", "0.0.0.0:0", *tls)
        self.refused("--listen", "[::]:0", *tls)
        self.refused("--listen", "127.0.0.1:0", "--behind-proxy")
        ended = self.program.must("user", "demo", "--data", "office", "--remove")
        self.assertIn(f"{len(made)} demo accounts ended", ended.out)
        served = Served(self.program, "office", "--behind-proxy")
        self.assertEqual(0, served.stop())

    def test_once_ended_they_enter_no_more_and_nobody_wakes_them_but_the_command(self):
        made = self.demo()
        password = made["demo-administrator"][1]
        self.program.must("user", "demo", "--data", "office", "--remove")
        run = self.program("user", "lock", "demo-auditor", "--undo", "--data", "office")
        self.assertEqual((1, True), (run.code, "user demo" in run.err), str(run))
        served = Served(self.program, "office", "--first-administrator", "boss")
        try:
            self.assertEqual(401, Client(served.port).sign_in("demo-administrator", password).status)
        finally:
            self.assertEqual(0, served.stop())
        self.program.must("user", "add", "real", "--role", "administrator", "--unit", "county", "--data", "office")
        woken = self.demo()
        self.assertNotIn(None, [word for _, word in woken.values()])
        self.assertNotEqual(password, woken["demo-administrator"][1])
        served = Served(self.program, "office")
        try:
            self.assertEqual(401, Client(served.port).sign_in("demo-administrator", password).status)
            admin = Client(served.port)
            admin.sign_in("demo-administrator", woken["demo-administrator"][1])
            self.assertTrue(admin.get("/api/v1/accounts/demo-fund-clerk").json["demo"])
            self.assertFalse(admin.get("/api/v1/accounts/real").json["demo"])
        finally:
            self.assertEqual(0, served.stop())

    def test_a_name_that_another_has_is_not_taken(self):
        self.program.must("user", "add", "demo-auditor", "--role", "auditor", "--unit", "city", "--data", "office")
        run = self.program("user", "demo", "--data", "office")
        self.assertEqual((1, True), (run.code, "demo-auditor" in run.err), str(run))


if __name__ == "__main__":
    main()
