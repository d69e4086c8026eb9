# SPDX-License-Identifier: Apache-2.0
"""What the API answers to people: sessions, the register and warnings within their reach, masks, the log of looks,
pages, versions, keys; every answer held to its schema, every route to wrong input."""
import io
import json
import random
import re
import unittest
import zipfile

from office import PASSWORD, SOURCE, Client, Q2, Staffed, enter, eventually, main

GARBAGE = [None, True, -1, 1e300, "", "x" * 300, "\u0000", "'; drop table job; --", "../../etc", [], {}, [[]],
           {"a": {}}, "2025-13-40", 2 ** 63, ["\ud7ff"], "%00", "９９"]
PLACES = ["1", "0", "-1", "guangdong-2021", "%E5%85%9C", "%00", "a%2Fb", "x" * 500, "99999999999999999999"]


class Office(Staffed):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.auditor = cls.account("auditor", "auditor")
        cls.partner = cls.account("partner", "partner_department", unit="hr", department="hr")


class Sessions(Office):
    def test_a_wrong_name_and_a_wrong_password_are_told_alike(self):
        wrong = [Client(self.served.port)("POST", "/api/v1/session", {"name": name, "password": "a wrong 1 one"})
                 for name in ("worker", "nobody")]
        for answer in wrong:
            self.fits("signIn", answer, 401)
        self.assertEqual(wrong[0].json["detail"], wrong[1].json["detail"])

    def test_the_cookie_is_not_for_scripts_nor_for_other_sites(self):
        answer = Client(self.served.port).sign_in("town", PASSWORD)
        self.fits("signIn", answer)
        for word in ("HttpOnly", "SameSite=Strict", "Path=/"):
            self.assertIn(word, answer.headers["Set-Cookie"])

    def test_who_has_not_done_what_is_owed_may_do_nothing_else(self):
        self.admin("POST", "/api/v1/accounts", {"name": "late", "full_name": "late", "roles": ["township_officer"],
                                                "unit": "first", "first_password": "for the first 1 day"})
        late = Client(self.served.port)
        self.assertEqual("needs_new_password", late.sign_in("late", "for the first 1 day").json["stage"])
        self.refused(late.get("/api/v1/households"), 403, "new_password")
        self.fits("getSession", late.get("/api/v1/session"))
        enter(Client(self.served.port), "late", "for the first 1 day")

    def test_a_change_wants_the_mark_that_another_site_cannot_know(self):
        other = Client(self.served.port)
        other.cookie = self.township.cookie
        self.refused(other("DELETE", "/api/v1/session"), 403, "csrf")
        other.csrf = "0" * 64
        self.refused(other("DELETE", "/api/v1/session"), 403, "csrf")
        self.fits("getSession", self.township.get("/api/v1/session"))

    def test_who_signs_out_is_out(self):
        guest = Client(self.served.port)
        guest.sign_in("town", PASSWORD)
        self.assertEqual(204, guest("DELETE", "/api/v1/session").status)
        self.refused(guest.get("/api/v1/session"), 401, "session_ended")

    def test_a_right_that_the_role_has_not_is_no_right(self):
        self.refused(self.township.get("/api/v1/accounts"), 403, "not_allowed")
        self.refused(self.village.get("/api/v1/warnings"), 403, "not_allowed")
        self.refused(self.partner.get("/api/v1/households"), 403, "not_allowed")
        self.refused(self.township("POST", "/api/v1/cycles", {"as_of": Q2}), 403, "not_allowed")

    def test_a_purpose_that_is_none_is_refused(self):
        self.refused(self.worker.get("/api/v1/households", headers={"X-Purpose": "curiosity"}), 400, "purpose")


class Accounts(Office):
    def test_a_change_names_the_version_that_it_changes(self):
        made = self.admin("POST", "/api/v1/accounts",
                          {"name": "mover", "full_name": "mover", "roles": ["village_worker"], "unit": "first",
                           "first_password": "for the first 1 day"})
        self.fits("addAccount", made, 201)
        read = self.fits("getAccount", self.admin.get(made.headers["Location"]))
        change = {"roles": ["township_officer"], "unit": "first"}
        self.refused(self.admin("PUT", "/api/v1/accounts/mover", change), 428, "if_match")
        tag = {"If-Match": read.headers["ETag"]}
        self.fits("changeAccount", self.admin("PUT", "/api/v1/accounts/mover", change, headers=tag))
        self.refused(self.admin("PUT", "/api/v1/accounts/mover", change, headers=tag), 412, "changed_since")
        self.assertEqual(["township_officer"], self.admin.get("/api/v1/accounts/mover").json["roles"])

    def test_a_role_or_a_unit_that_is_not_there_is_named(self):
        body = self.refused(self.admin("POST", "/api/v1/accounts",
                                       {"name": "n", "full_name": "n", "roles": ["emperor"], "unit": "moon",
                                        "first_password": "for the first 1 day"}), 422, "fields")
        self.assertEqual(["/roles", "/unit"], [error["pointer"] for error in body["errors"]])

    def test_nobody_raises_themselves(self):
        tag = self.admin.get("/api/v1/accounts/first").headers["ETag"]
        self.refused(self.admin("PUT", "/api/v1/accounts/first", {"roles": ["auditor"], "unit": "county"},
                                headers={"If-Match": tag}), 403, "own_account")

    def test_lists_fit_their_schemas(self):
        self.fits("listAccounts", self.admin.get("/api/v1/accounts"))
        self.fits("listUnits", self.admin.get("/api/v1/units"))


class Register(Office):
    def test_the_list_is_cut_to_the_unit_and_pages_are_the_whole_of_it(self):
        mine = self.township.pages("/api/v1/households")
        everyones = self.worker.pages("/api/v1/households", limit=200)
        self.assertTrue(mine)
        self.assertTrue(all(item["region"].startswith("441699101") for item in mine))
        self.assertEqual([item["code"] for item in everyones if item["region"].startswith("441699101")],
                         [item["code"] for item in mine])
        self.assertEqual(sorted({item["code"] for item in everyones}), [item["code"] for item in everyones])
        self.fits("listHouseholds", self.worker.get("/api/v1/households?limit=5"))

    def test_a_household_of_elsewhere_is_not_there(self):
        other = next(item for item in self.worker.pages("/api/v1/households", limit=200)
                     if not item["region"].startswith("441699101"))
        for path in ("", "/why"):
            answer = self.township.get(f"/api/v1/households/{other['code']}{path}")
            self.refused(answer, 404, "no_such_household")
            self.assertEqual(self.township.get(f"/api/v1/households/LCnobody{path}").json["detail"],
                             answer.json["detail"])

    def test_numbers_and_phones_are_masked(self):
        code = self.worker.get("/api/v1/households?limit=2").json["items"][1]["code"]
        answer = self.fits("getHousehold", self.worker.get(f"/api/v1/households/{code}"))
        self.assertTrue(answer.json["members"])
        for member in answer.json["members"]:
            if member["identity_number"]:
                self.assertIn("***", member["identity_number"])
        self.assertIsNone(re.search(rb"\d{17}[\dXx]", answer.body))

    def test_a_field_is_seen_whole_for_a_case_and_a_reason_only(self):
        code = self.worker.get("/api/v1/households?limit=1").json["items"][0]["code"]
        path = f"/api/v1/households/{code}/reveals"
        self.assertEqual(422, self.worker("POST", path, {"field": "identity_number", "reason": ""}).status)
        why = {"X-Case": "visit-7", "X-Purpose": "visit"}
        given = self.worker("POST", path, {"field": "identity_number", "reason": "number on the paper is smudged"},
                            headers=why)
        self.fits("revealField", given, 201)
        members = self.worker.get(f"/api/v1/households/{code}", headers=why).json["members"]
        self.assertTrue(any(re.fullmatch(r"\d{17}[\dX]", m["identity_number"] or "") for m in members))
        again = self.monitor.get(f"/api/v1/households/{code}")
        self.assertIsNone(re.search(rb"\d{17}[\dXx]", again.body))

    def test_every_look_is_in_the_log_before_the_answer(self):
        code = self.worker.get("/api/v1/households?limit=1").json["items"][0]["code"]
        self.worker.get(f"/api/v1/households/{code}", headers={"X-Case": "case-of-this-test"})
        looks = self.fits("listLooks", self.auditor.get("/api/v1/audit?limit=50")).json["items"]
        mine = [look for look in looks if look["case"] == "case-of-this-test"]
        self.assertEqual([("worker", "read", "household")], [(m["user"], m["verb"], m["what"]) for m in mine])
        self.assertTrue(mine[0]["persons"] and mine[0]["households"])
        # An auditor reads whose by the number that the office knows; who reads no households how many alone.
        self.assertEqual(([code], 1), (mine[0]["homes"], mine[0]["homes_total"]))
        admins = self.fits("listLooks", self.admin.get("/api/v1/audit?limit=50")).json["items"]
        (same,) = [look for look in admins if look["seq"] == mine[0]["seq"]]
        self.assertEqual((None, 1), (same["homes"], same["homes_total"]))
        self.worker.get("/api/v1/households?limit=200")
        listed = self.auditor.get("/api/v1/audit?what=households&limit=1").json["items"][0]
        self.assertGreater(listed["homes_total"], 2)
        self.assertEqual(min(50, listed["homes_total"]), len(listed["homes"]))
        self.assertEqual(len(set(listed["households"])), listed["homes_total"])

    def test_a_list_leaves_as_a_spreadsheet_with_the_readers_name(self):
        self.refused(self.village.get("/api/v1/households?format=csv"), 403, "not_allowed")
        csv = self.worker.get("/api/v1/households?format=csv")
        self.assertEqual(200, csv.status)
        self.assertIn("worker", csv.headers["Content-Disposition"])
        rows = csv.body.decode("utf-8-sig").splitlines()
        self.assertEqual(len(self.worker.pages("/api/v1/households", limit=200)) + 1, len(rows))
        xlsx = self.worker.get("/api/v1/warnings?format=xlsx")
        self.assertIn("xl/workbook.xml", zipfile.ZipFile(io.BytesIO(xlsx.body)).namelist())
        # The file of an answer goes once it is sent, which its reader may see a moment earlier.
        self.assertTrue(eventually(lambda: not list((self.root / "office" / "answers").iterdir())))


class Warnings(Office):
    def test_counts_are_the_lengths_of_their_lists(self):
        for who in (self.worker, self.township):
            counts = self.fits("countWarnings", who.get("/api/v1/warnings/counts")).json
            self.assertEqual(counts["total"], len(who.pages("/api/v1/warnings")))
            for level in counts["levels"]:
                self.assertEqual(level["count"], len(who.pages(f"/api/v1/warnings?level={level['level']}")), level)
        self.assertGreater(counts["total"], 0)

    def test_they_are_the_command_lines(self):
        listed = self.program.must("warnings", "--data", "office", "--format", "csv").out.splitlines()[1:]
        self.assertEqual(sorted(line.split(",")[0] for line in listed),
                         sorted(item["household"] for item in self.worker.pages("/api/v1/warnings", limit=50)))

    def test_they_come_by_their_day_and_filters_cut_both_ways(self):
        items = self.worker.pages("/api/v1/warnings")
        days = [item["due_on"] or "9999" for item in items]
        self.assertEqual(sorted(days), days)
        day = next(item["due_on"] for item in items if item["due_on"])
        until = self.worker.pages(f"/api/v1/warnings?due_until={day}")
        after = self.worker.pages(f"/api/v1/warnings?due_from={day}")
        self.assertTrue(all(item["due_on"] <= day for item in until))
        self.assertTrue(all(item["due_on"] >= day for item in after))
        self.assertEqual(sum(1 for item in items if item["due_on"]),
                         len(until) + len(after) - sum(1 for item in items if item["due_on"] == day))

    def test_one_opens_down_to_the_rows_and_clauses(self):
        item = self.worker.get("/api/v1/warnings?limit=1").json["items"][0]
        household, case = f"/api/v1/households/{item['household']}", {"X-Case": "visit-8"}
        masked = self.fits("getHouseholdWhy", self.worker.get(household + "/why", headers=case)).json["masked"]
        for field in masked:
            self.worker("POST", household + "/reveals", {"field": field, "reason": "核对原件"}, headers=case)
        why = self.fits("getHouseholdWhy", self.worker.get(household + "/why", headers=case)).json
        self.assertEqual([], why["masked"])
        warning = next(w for w in why["warnings"] if w["id"] == item["id"])
        self.assertEqual(item["score"], warning["score"])
        self.assertEqual(warning["score"], sum(e["points"] for e in warning["events"] if e["state"] == "counted"))
        for event in warning["events"]:
            self.assertTrue(event["clause"] and event["file"] and event["row"])
            row = self.fits("getEventRow", self.worker.get(f"{household}/events/{event['id']}", headers=case)).json
            self.assertEqual((event["file"], event["row"]), (row["file"], row["row"]))
            self.assertEqual(event["identity_number"], row["told"]["identity_number"])
            self.assertNotRegex(json.dumps(row), r"\d{17}[\dX]")
        other = self.worker.get("/api/v1/warnings?limit=2").json["items"][1]["household"]
        strange = self.worker.get(f"/api/v1/households/{other}/events/{warning['events'][0]['id']}", headers=case)
        self.assertEqual((404, "no_such_event"), (strange.status, strange.json["code"]))

    def test_the_other_lists_fit_their_schemas(self):
        for listed in (self.fits("listWarnings", self.worker.get("/api/v1/warnings")),
                       self.fits("listExits", self.worker.get("/api/v1/exits"))):
            self.assertTrue(listed.json["items"])
            for item in listed.json["items"]:  # no verdict without its clause
                self.assertRegex(item["clause"], "^guangdong-2021@1 附件3")
        self.fits("listDoubts", self.worker.get("/api/v1/doubts"))

    def test_a_natural_exit_names_the_head_and_whose_end_of_life_it_stands_on(self):
        told = self.fits("listExits", self.worker.get("/api/v1/exits")).json["items"]
        self.assertTrue([exit for exit in told if exit["events"]])
        for exit in told:
            household = self.worker.get(f"/api/v1/households/{exit['household']}").json
            why = self.worker.get(f"/api/v1/households/{exit['household']}/why").json["exit_events"]
            self.assertEqual(len(why), len(exit["events"]))
            self.assertTrue(exit["head_name"])
            members = [member["relation"] for member in household["members"]]
            for one, known in zip(exit["events"], why, strict=True):
                self.assertEqual((known["indicator"], known["date"], known["clause"], known["relation"]),
                                 (one["indicator"], one["date"], one["clause"], one["relation"]))
                self.assertTrue(one["name"] and one["dataset_title"]["zh"])
                self.assertIn(one["relation"], members)
        file = self.worker.get("/api/v1/exits?format=csv").body.decode("utf-8-sig").splitlines()
        self.assertTrue(file[0].startswith("household_id,head_name,member_name,relation,indicator,event_date,dataset"))
        self.assertEqual(1 + sum(max(1, len(exit["events"])) for exit in told), len(file))

    def test_what_departments_sent_fits_its_schemas(self):
        arrivals = self.fits("listArrivals", self.worker.get("/api/v1/arrivals")).json["items"]
        self.assertTrue(arrivals)
        told = next(a for a in arrivals if a["has_findings"])
        self.fits("listRefusals", self.worker.get(f"/api/v1/arrivals/{told['id']}/refusals"))
        sheet = self.worker.get(f"/api/v1/arrivals/{told['id']}/refusals?format=xlsx")
        self.assertTrue(zipfile.is_zipfile(io.BytesIO(sheet.body)))
        mine = self.partner.pages("/api/v1/arrivals")
        self.assertTrue(0 < len(mine) < len(arrivals))

    def test_a_cursor_is_of_its_list_alone(self):
        page = self.worker.get("/api/v1/warnings?limit=1").json
        for path in ("/api/v1/exits?cursor=", "/api/v1/warnings?region=4&cursor="):
            self.refused(self.worker.get(path + page["next"]), 400, "bad_cursor")
        for made_up in ("0", "zz" * 40, page["next"][:-2] + "00", "a" * 5000):
            self.assertEqual(400, self.worker.get(f"/api/v1/warnings?cursor={made_up}").status, made_up)

    def test_a_parameter_that_is_wrong_or_unknown_is_named(self):
        body = self.refused(self.worker.get("/api/v1/warnings?limit=0&due_from=yesterday&levle=red&level=mauve"), 400,
                            "fields")
        self.assertEqual({("query", "/limit"), ("query", "/due_from"), ("query", "/levle"), ("query", "/level")},
                         {(e["in"], e["pointer"]) for e in body["errors"]})


class Law(Office):
    def test_no_schema_of_the_description_stands_twice(self):
        told = (SOURCE / "api/openapi.yaml").read_text(encoding="utf-8").split("\n  schemas:\n")[1]
        names = re.findall(r"^    (\w+):$", told, re.M)
        self.assertGreater(len(names), 100)
        self.assertEqual([], sorted({name for name in names if names.count(name) > 1}))

    def test_packs_elements_coverage_and_differences(self):
        packs = self.fits("listPacks", self.worker.get("/api/v1/packs")).json["items"]
        self.assertIn("guangdong-2021", [pack["id"] for pack in packs])
        private = self.fits("getPack", self.worker.get("/api/v1/packs/guangdong-2021")).json
        weighed = self.fits("getPack", self.monitor.get("/api/v1/packs/guangdong-2021")).json
        self.assertTrue(all(i["points"] is None for i in private["indicators"]))
        self.assertTrue(all(i["points"] for i in weighed["indicators"]))
        stated = self.fits("listPackElements", self.monitor.get("/api/v1/packs/guangdong-2021/elements")).json["items"]
        figures = self.fits("listPackElements",
                            self.monitor.get("/api/v1/packs/guangdong-2021/elements?section=parameters")).json["items"]
        self.assertEqual([one for one in stated if one["section"] == "parameters"], figures)
        self.assertTrue(figures)
        self.assertEqual([], self.monitor.get("/api/v1/packs/guangdong-2021/elements?section=none").json["items"])
        self.fits("listPackCoverage", self.monitor.get("/api/v1/packs/guangdong-2021/coverage"))
        differences = self.fits("diffPacks", self.monitor.get("/api/v1/packs/guangdong-2021/diff/jinan-2024"))
        self.assertTrue(differences.json["items"])
        self.refused(self.monitor.get("/api/v1/packs/..%2Fx"), 404, "no_such_pack")
        self.refused(self.worker.get("/api/v1/packs/guangdong-2021/elements"), 403, "not_allowed")

    def test_which_version_of_a_pack_held_when_and_what_it_changed(self):
        path = "/api/v1/packs/national"
        spans = self.fits("listPackVersions", self.monitor.get(path + "/versions")).json["items"]
        self.assertEqual([("2024-10-24", None, "1"), ("2023-10-19", "2024-10-23", "2023-10-19"),
                          ("2021-06-11", "2023-10-18", "2021-06-11")],
                         [(one["from"], one["until"], one["version"]) for one in spans])
        self.assertIsNone(spans[-1]["changes"])
        newer, older = spans[0], spans[1]
        between = self.fits("diffPacks", self.monitor.get(
            f"{path}/diff/national?day={older['from']}&other_day={newer['from']}")).json["items"]
        self.assertEqual(newer["changes"], len(between))
        self.assertGreater(newer["changes"], 0)
        self.assertEqual([], self.monitor.get(f"{path}/diff/national").json["items"])
        # A city's pack reads otherwise on the day on which what it extends does.
        own = self.monitor.get("/api/v1/packs/guangdong-2021/versions").json["items"]
        self.assertEqual([(one["from"], one["until"]) for one in spans[:2]], [(o["from"], o["until"]) for o in own[:2]])
        self.assertEqual(["national 1"], own[0]["extends"])
        self.refused(self.monitor.get(f"{path}/diff/national?day=soon"), 400, "fields")
        self.refused(self.monitor.get("/api/v1/packs/nowhere/versions"), 404, "no_such_pack")

    def test_the_papers_of_any_pack_are_seen_with_samples_before_there_is_a_case(self):
        for pack in ("guangdong-2021", "jinan-2024"):
            papers = self.fits("listPackPapers", self.monitor.get(f"/api/v1/packs/{pack}/papers")).json["items"]
            self.assertGreater(len(papers), 10)
            for one in papers:
                sheet = self.fits("getPackPaper", self.monitor.get(one["href"])).body
                self.assertEqual(b"%PDF", sheet[:4], one["paper"])
        self.refused(self.monitor.get("/api/v1/packs/jinan-2024/papers/nothing"), 404, "no_such_paper")
        self.refused(self.worker.get("/api/v1/packs/jinan-2024/papers"), 403, "not_allowed")

    def test_a_case_is_determined_as_on_the_command_line(self):
        case = json.loads((self.program.home / "samples/longchuan/cases/top-up.json").read_text(encoding="utf-8"))
        answer = self.fits("determine", self.worker("POST", "/api/v1/determinations", {"case": case}))
        self.assertTrue(answer.json)
        nowhere = self.worker("POST", "/api/v1/determinations", {"case": {}, "pack": "nowhere"})
        self.refused(nowhere, 404, "no_such_pack")

    def faults_of(self, case):
        body = self.refused(self.worker("POST", "/api/v1/determinations", {"case": case}), 422, "fields")
        return {(fault["pointer"], fault["code"]) for fault in body["errors"]}

    def test_each_fault_of_a_case_is_told_at_its_field(self):
        case = json.loads((self.program.home / "samples/longchuan/cases/top-up.json").read_text(encoding="utf-8"))
        case["household"]["no_such_fact"] = 1
        case["members"].append({"birth_date": case["as_of"], "a/b~c": True})
        case["members"][0]["name"] = ["two", "names"]
        last = len(case["members"]) - 1
        self.assertEqual({("/case/household/no_such_fact", "case_unknown_fact"),
                          (f"/case/members/{last}/a~1b~0c", "case_unknown_fact"),
                          (f"/case/members/{last}/name", "case_no_name"),
                          ("/case/members/0/name", "yaml_wrong_type")}, self.faults_of(case))
        self.assertEqual({("/case/as_of", "case_no_day"), ("/case/region", "case_no_region")}, self.faults_of({}))
        self.assertEqual({("/case/as_of", "yaml_wrong_type"), ("/case/region", "case_no_region")},
                         self.faults_of({"as_of": "the first"}))
        told = {"as_of": "2025-06-30", "region": "somewhere", "members": []}
        self.assertEqual({("/case/region", "case_region"), ("/case/members", "case_no_members")}, self.faults_of(told))


class Description(unittest.TestCase):
    def test_no_shape_of_the_description_is_given_twice(self):
        text = (SOURCE / "api" / "openapi.yaml").read_text(encoding="utf-8")
        names = re.findall(r"^    (\w+):$", text[text.index("\n  schemas:"):], re.MULTILINE)
        self.assertEqual([], sorted({name for name in names if names.count(name) > 1}))


class Fuzz(Office):
    def test_no_input_makes_the_server_fail(self):
        dice = random.Random(7)
        clients = [self.admin, self.worker, self.monitor, self.partner, Client(self.served.port)]
        skipped = {"signOut", "watchJob", "watchEvents", "resetAccount", "changePassword"}
        for name, (method, path, operation) in self.api.operations.items():
            if name in skipped:
                continue
            for turn in range(14):
                client = clients[turn % len(clients)]
                where = re.sub(r"\{\w+\}", lambda _: dice.choice(PLACES), path)
                query = dice.choice(["", "?limit=1", "?limit=-1", "?a=%", "?cursor=%FF", "?region='&code=%25",
                                     "?as_of=2025-02-30", "?person=-5", "?level=&level=", "?limit=1&limit=2"])
                body = None
                if "requestBody" in operation:
                    schema = next(iter(operation["requestBody"]["content"].values()))["schema"]
                    name_of = schema.get("$ref", "/").rsplit("/", 1)[1]
                    target = self.api.description["components"]["schemas"].get(name_of, {})
                    filled = {key: dice.choice(GARBAGE) for key in target.get("properties", {})}
                    body = dice.choice([dice.choice(GARBAGE), filled])
                sent = {} if body is None else {"headers": {"Content-Type": "application/json"},
                                                "raw": json.dumps(body).encode("utf-8", "replace")}
                if name == "appendToUpload":
                    sent = {"headers": {"Content-Type": "application/offset+octet-stream",
                                        "Upload-Offset": dice.choice(["", "-1", "x", "0", "9" * 30])}, "raw": b"abc"}
                answer = client(method, where + query, **sent)
                told = f"{method} {where}{query} {body!r}: {answer}"
                self.assertLess(answer.status, 500, told)
                self.assertEqual([], self.api.faults_of(name, answer) if answer.status not in (404, 405) else [], told)


if __name__ == "__main__":
    main()
