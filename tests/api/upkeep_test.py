# SPDX-License-Identifier: Apache-2.0
"""The register kept up over HTTP: cases proposed by one and confirmed by another, within reach and masked; a register
that comes again as a proposal; every answer held to its schema."""
import csv
import datetime
import io
import itertools

from office import Q2, Staffed, civil_day, main, upload, wait_for

DAY = "2025-07-15"


class Kept(Staffed):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.second = cls.account("second", "county_caseworker")
        cls.program.must("synth", "--residents", "2000", "--seed", "3", "--style", "csv", "plain")
        everyone = [row["code"] for row in cls.worker.pages("/api/v1/households", limit=200)]
        cls.inside = [row["code"] for row in cls.township.pages("/api/v1/households", limit=200)]
        cls.outside = [code for code in everyone if code not in cls.inside]
        cls.large = next(code for code in cls.inside if len(
            cls.worker.get(f"/api/v1/households/{code}/members").json["members"]) > 1)
        cls.moving = next(code for code in cls.inside if code != cls.large)
        cls.used = itertools.cycle(code for code in cls.inside if code not in (cls.large, cls.moving))

    def members(self, client, code, day=""):
        query = f"?day={day}" if day else ""
        return self.fits("listMembersOn", client.get(f"/api/v1/households/{code}/members{query}")).json

    def birth(self, code, name="新生"):
        return {"kind": "birth", "effective_on": DAY, "paper": "出生证 1",
                "persons": [{"household": code, "fields": {"name": name, "relation": "之子"}}]}

    def proposed(self, client, wish):
        return self.fits("proposeChange", client("POST", "/api/v1/register/cases", wish), 201).json["case"]

    def confirmed(self, client, case):
        asked = self.fits("confirmChange", client("POST", f"/api/v1/register/cases/{case}/confirm"), 202)
        return wait_for(asked.json["job"], client)["result"]


class Cases(Kept):
    def test_kinds_say_what_the_session_may(self):
        told = {kind["id"]: kind for kind in
                self.fits("listChangeKinds", self.township.get("/api/v1/register/kinds")).json["items"]}
        self.assertTrue(told["birth"]["may_propose"])
        self.assertFalse(told["birth"]["may_confirm"])
        self.assertTrue(told["move"]["from_month"])
        self.assertEqual(["death"], {a["id"]: a for a in told["absent"]["answers"]}["dead"]["then"])

    def test_a_birth_is_proposed_by_the_township_and_confirmed_by_the_county(self):
        code = next(self.used)
        before = self.members(self.township, code)["members"]
        case = self.proposed(self.township, self.birth(code, "丁小宝"))
        self.refused(self.township("POST", f"/api/v1/register/cases/{case}/confirm"), 403, "change_role")
        self.assertEqual([case], self.confirmed(self.worker, case)["in_force"])
        self.refused(self.worker("POST", f"/api/v1/register/cases/{case}/confirm"), 409, "change_decided")
        after = self.members(self.township, code)["members"]
        self.assertEqual(len(before) + 1, len(after))
        child = [one for one in after if one["name"] == "丁小宝"][0]
        self.assertIsNone(child["identity_number"])
        self.assertEqual(before, self.members(self.township, code, "2025-07-14")["members"])
        self.assertEqual(after, self.members(self.township, code, DAY)["members"])
        whole = self.fits("getChange", self.worker.get(f"/api/v1/register/cases/{case}")).json
        self.assertTrue(whole["in_force"])
        self.assertEqual(["town", "worker"], [step["name"] for step in whole["steps"]])
        self.assertIn(("name", "丁小宝"), [(one["field"], one["after"]) for one in whole["changes"]])
        household = self.fits("getHousehold", self.worker.get(f"/api/v1/households/{code}")).json
        self.assertIn("丁小宝", [one["name"] for one in household["members"]])

    def test_nobody_confirms_their_own_and_who_may_not_change_does_not(self):
        code = next(self.used)
        case = self.proposed(self.worker, self.birth(code))
        self.refused(self.worker("POST", f"/api/v1/register/cases/{case}/confirm"), 403, "change_own")
        self.refused(self.village("POST", "/api/v1/register/cases", self.birth(code)), 403, "not_allowed")
        self.refused(self.monitor("POST", f"/api/v1/register/cases/{case}/confirm"), 403, "not_allowed")
        refuse = self.second("POST", f"/api/v1/register/cases/{case}/refuse", {"reason": "材料不全"})
        self.fits("refuseChange", refuse, 204)
        self.refused(self.second("POST", f"/api/v1/register/cases/{case}/confirm"), 409, "change_decided")
        other = self.proposed(self.worker, self.birth(code))
        self.refused(self.second("POST", f"/api/v1/register/cases/{other}/withdraw"), 403, "change_not_own")
        self.fits("withdrawChange", self.worker("POST", f"/api/v1/register/cases/{other}/withdraw"), 204)
        third = self.proposed(self.worker, self.birth(code))
        path = f"/api/v1/register/cases/{third}"
        self.fits("withdrawChange", self.worker("POST", f"{path}/withdraw", {"reason": "日期填错"}), 204)
        last = self.fits("getChange", self.worker.get(path)).json["steps"][-1]
        self.assertEqual(("withdrawn", "日期填错"), (last["state"], last["reason"]))

    def test_what_is_out_of_reach_is_not_there(self):
        far = self.outside[0]
        self.refused(self.township("POST", "/api/v1/register/cases", self.birth(far)), 404, "household_unknown")
        case = self.proposed(self.worker, self.birth(far))
        for method, path, operation in (("GET", "", "getChange"), ("POST", "/withdraw", "withdrawChange")):
            answer = self.township(method, f"/api/v1/register/cases/{case}{path}")
            self.refused(answer, 404, "change_unknown")
            self.assertEqual(answer.json["detail"], self.township.get("/api/v1/register/cases/99999").json["detail"])
        self.assertNotIn(case, [one["id"] for one in self.township.pages("/api/v1/register/cases")])
        self.assertIn(case, [one["id"] for one in self.worker.pages("/api/v1/register/cases")])
        self.assertEqual(404, self.township.get(f"/api/v1/households/{far}/members").status)

    def test_a_number_is_masked_in_a_case_as_it_is_in_the_household(self):
        code = next(self.used)
        member = self.members(self.worker, code)["members"][0]
        case = self.proposed(self.worker, {"kind": "correction", "effective_on": DAY, "persons": [
            {"id": member["id"], "fields": {"id_number": "441699197406129795", "phone": "13900001111"}}]})
        told = {one["field"]: one["after"] for one in
                self.fits("getChange", self.worker.get(f"/api/v1/register/cases/{case}")).json["changes"]}
        self.assertNotIn("19740612", told["id_number"])
        self.assertNotEqual("13900001111", told["phone"])
        town = {one["field"]: one["after"] for one in
                self.township.get(f"/api/v1/register/cases/{case}").json["changes"]}
        self.assertEqual("13900001111", town["phone"])

    def test_a_split_is_told_near_an_application_and_undone(self):
        code = self.large
        member = self.members(self.worker, code)["members"][-1]["id"]
        new = f"N{code}"
        case = self.proposed(self.township, {
            "kind": "split", "effective_on": DAY, "paper": "分户证明", "persons": [{"id": member, "household": new}],
            "households": [{"code": new, "opens": True, "fields": {"region": "441699101001", "head_name": "某"}}]})
        self.confirmed(self.worker, case)
        self.assertEqual([member], [one["id"] for one in self.members(self.township, new)["members"]])
        near = self.fits("listChangesNear", self.township.get(f"/api/v1/register/near?household={new}&day=2025-08-01"))
        self.assertEqual([case], [one["id"] for one in near.json["items"]])
        county = self.worker.get("/api/v1/register/near?day=2025-08-01").json["items"]
        self.assertIn(case, [one["id"] for one in county])
        early = self.township.get(f"/api/v1/register/near?household={code}&day=2025-07-14").json["items"]
        self.assertEqual([], early)
        undone = self.township("POST", f"/api/v1/register/cases/{case}/undo", {"note": "误"})
        undo = self.fits("undoChange", undone, 201)
        self.confirmed(self.worker, undo.json["case"])
        told = self.members(self.township, new)
        self.assertEqual(([], False, DAY), (told["members"], told["stands"], told["ended_on"]))
        self.assertIn(member, [one["id"] for one in self.members(self.township, code)["members"]])
        self.assertNotIn(new, [row["code"] for row in self.worker.pages("/api/v1/households", limit=200)])

    def test_a_household_moves_to_another_office_with_a_month(self):
        code = self.moving
        month = (civil_day() + datetime.timedelta(days=40)).replace(day=1)
        move = {"kind": "move", "effective_on": month.isoformat(), "paper": "迁移证",
                "households": [{"code": code, "unit": "county"}]}
        case = self.proposed(self.worker, move)
        self.assertEqual([case], self.confirmed(self.second, case)["in_force"])
        # Until then the township is responsible; both see the case.
        self.assertEqual("first", self.township.get(f"/api/v1/households/{code}").json["unit"])
        for client in (self.township, self.worker):
            told = self.fits("getChange", client.get(f"/api/v1/register/cases/{case}")).json
            self.assertEqual(([code], "county"), (told["households"], told["to_unit"]))
        late = {**move, "effective_on": month.replace(day=2).isoformat()}
        self.refused(self.worker("POST", "/api/v1/register/cases", late), 422, "not_month_start")

    def test_the_same_key_makes_one_case(self):
        code = next(self.used)
        key = {"Idempotency-Key": "one birth"}
        made = [self.worker("POST", "/api/v1/register/cases", self.birth(code), headers=key) for _ in range(2)]
        self.assertEqual(made[0].json, made[1].json)
        self.assertEqual("true", made[1].headers["Idempotency-Replayed"])

    def test_every_fault_of_a_wish_is_told_with_its_place(self):
        wrong = {"kind": "birth", "effective_on": "2025-13-40", "source": "rumour", "nosuch": 1,
                 "persons": [{"id": "x", "leaves": True, "household": "A", "fields": {"age": "3", "name": 7}}],
                 "households": [{"opens": True, "ends": True}]}
        told = self.refused(self.worker("POST", "/api/v1/register/cases", wrong), 422, "fields")
        places = {fault["pointer"] for fault in told["errors"]}
        for place in ("/effective_on", "/source", "/nosuch", "/persons/0/id", "/persons/0/leaves",
                      "/persons/0/fields/age", "/persons/0/fields/name", "/households/0/code", "/households/0/ends"):
            self.assertIn(place, places)

    def test_what_was_done_stands_in_the_log_of_looks(self):
        code = next(self.used)
        case = self.proposed(self.township, self.birth(code))
        self.confirmed(self.worker, case)
        looks = self.account("auditor", "auditor").get("/api/v1/audit?limit=50").json["items"]
        done = [(look["user"], look["what"]) for look in looks]
        self.assertIn(("town", "register.propose"), done)
        self.assertIn(("worker", "register.confirm"), done)


class Merging(Kept):
    """Households of which some have an open warning."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.warned = [row["household"] for row in cls.township.pages("/api/v1/warnings")]
        cls.calm = iter([code for code in cls.inside if code not in cls.warned])

    def open_at(self, client=None):
        return [row["household"] for row in (client or self.township).pages("/api/v1/warnings")]

    def merged(self, code, into):
        people = [{"id": one["id"], "household": into} for one in self.members(self.worker, code)["members"]]
        return self.proposed(self.township, {
            "kind": "merge", "effective_on": DAY, "paper": "并户申请", "persons": people,
            "households": [{"code": code, "ends": True, "successor": into}]})

    def confirm(self, case, **word):
        return self.worker("POST", f"/api/v1/register/cases/{case}/confirm", word or None)

    def in_force(self, case, **word):
        asked = self.fits("confirmChange", self.confirm(case, **word), 202)
        self.assertEqual([case], wait_for(asked.json["job"], self.worker)["result"]["in_force"])


class AtTheDoor(Merging):
    """The warning of a household that ends, as its case at the door."""

    def raise_cases(self):
        asked = self.worker("POST", "/api/v1/raisings", {"as_of": Q2})
        return wait_for(asked.json["job"], self.worker)["result"]

    def door_case(self, code):
        """The warning of a household as it is handled at the door; nothing: it has none."""
        found = self.worker.get(f"/api/v1/cases?machine=warning&closed=all&household={code}").json["items"]
        return self.worker.get(f"/api/v1/cases/{found[0]['id']}").json if found else None

    def clocks(self, case):
        return [(clock["id"], clock["started_on"], clock["due_on"]) for clock in case["clocks"]]

    def test_the_case_at_the_door_follows_the_people_and_comes_back(self):
        code, into = self.warned[0], next(self.calm)
        self.raise_cases()
        before = self.door_case(code)
        note = {"move": "dispatch", "fields": {"to_unit": "first", "instruction": "请入户核查"}}
        at = f"/api/v1/cases/{before['id']}"
        seen = self.worker.get(at).headers["ETag"]
        self.fits("moveCase", self.worker("POST", at + "/moves", note, headers={"If-Match": seen}))
        before = self.door_case(code)
        self.in_force(self.merged(code, into), warnings="carry")
        self.assertEqual(0, self.raise_cases()["followed"])  # it has gone with the change itself
        self.assertIsNone(self.door_case(code))
        after = self.door_case(into)
        self.assertEqual((before["id"], before["state"], self.clocks(before)),
                         (after["id"], after["state"], self.clocks(after)))
        last = after["events"][-1]
        self.assertEqual(("follow", [code]), (last["move"], last["fields"]["followed_from"]))
        self.assertEqual(["请入户核查"], after["events"][1]["fields"]["instruction"])

    def test_a_case_that_monitoring_closed_waits_again_when_its_reason_is_taken_back(self):
        code, into = self.warned[1], self.warned[3]
        self.raise_cases()
        change = self.merged(code, into)
        self.in_force(change, warnings="close", reason="误报")
        closed = self.door_case(code)
        self.assertEqual(("closed", "take_back"), (closed["state"], closed["events"][-1]["move"]))
        self.in_force(self.township("POST", f"/api/v1/register/cases/{change}/undo", {"note": "误"}).json["case"])
        again = self.door_case(code)
        self.assertEqual((closed["id"], "raised", "stand_again"),
                         (again["id"], again["state"], again["events"][-1]["move"]))
        self.assertIn(code, self.open_at())


class Ends(Merging):
    """Households that end with an open warning, and who left."""

    def test_its_warning_goes_on_with_the_household_to_which_it_goes_and_comes_back(self):
        code, into = self.warned[0], next(self.calm)
        case = self.merged(code, into)
        whole = self.fits("getChange", self.worker.get(f"/api/v1/register/cases/{case}")).json
        (stake,) = whole["warnings"]
        self.assertEqual((code, into, True, False),
                         (stake["household"], stake["heir"], stake["may_carry"], stake["heir_has_one"]))
        # Who reads no warnings is not told of one.
        fund = self.account("fund", "fund_clerk")
        self.assertEqual([], fund.get(f"/api/v1/register/cases/{case}").json["warnings"])
        self.refused(self.confirm(case), 409, "warning_open")
        self.refused(self.confirm(case, warnings="close"), 422, "reason_missing")
        self.refused(self.confirm(case, warnings="forget"), 422, "fields")
        self.in_force(case, warnings="carry")
        self.assertIn(into, self.open_at())
        self.assertNotIn(code, self.open_at())
        told = self.fits("getHousehold", self.worker.get(f"/api/v1/households/{code}")).json
        self.assertEqual((DAY, into, case, "merge"), (told["ended"]["on"], told["ended"]["refers_to"],
                                                      told["ended"]["why"]["case"], told["ended"]["why"]["kind"]))
        self.assertEqual([], told["members"])
        self.assertEqual({(DAY, into, case)}, {(one["on"], one["to"], one["why"]["case"]) for one in told["left"]})
        whole = self.fits("getChange", self.worker.get(f"/api/v1/register/cases/{case}")).json
        self.assertEqual(([], "carry"), (whole["warnings"], whole["steps"][-1]["warnings"]))
        undo = self.township("POST", f"/api/v1/register/cases/{case}/undo", {"note": "误"}).json["case"]
        self.in_force(undo)
        self.assertIn(code, self.open_at())
        self.assertNotIn(into, self.open_at())
        told = self.fits("getHousehold", self.worker.get(f"/api/v1/households/{code}")).json
        self.assertEqual((None, []), (told["ended"], told["left"]))

    def test_its_warning_is_closed_with_a_reason(self):
        code, into = self.warned[1], self.warned[4]
        case = self.merged(code, into)
        self.in_force(case, warnings="close", reason="已入户核实")
        self.assertNotIn(code, self.open_at())
        steps = self.worker.get(f"/api/v1/register/cases/{case}").json["steps"]
        self.assertEqual(("close", "已入户核实"), (steps[-1]["warnings"], steps[-1]["reason"]))
        why = self.worker.get(f"/api/v1/households/{code}/why").json
        self.assertEqual(["merged"], [one["closed_why"] for one in why["warnings"]])

    def test_two_warnings_become_one_that_is_due_no_later(self):
        due = {row["household"]: row["due_on"] for row in self.township.pages("/api/v1/warnings")}
        code, into = self.warned[2], self.warned[3]
        case = self.merged(code, into)
        (stake,) = self.worker.get(f"/api/v1/register/cases/{case}").json["warnings"]
        self.assertTrue(stake["heir_has_one"])
        self.in_force(case, warnings="carry")
        now = {row["household"]: row["due_on"] for row in self.township.pages("/api/v1/warnings")}
        self.assertNotIn(code, now)
        days = [day for day in (due[code], due[into]) if day]
        self.assertEqual(min(days) if days else None, now[into])

    def test_of_a_case_that_ends_no_household_nothing_is_said_about_warnings(self):
        case = self.proposed(self.second, self.birth(self.outside[2]))
        self.refused(self.confirm(case, warnings="carry"), 422, "no_household_ends")
        self.in_force(case)

    def test_who_died_is_told_of_the_household_with_day_and_case(self):
        code = self.outside[1]
        member = self.members(self.worker, code)["members"][-1]
        death = self.proposed(self.second, {"kind": "death", "effective_on": DAY, "paper": "死亡证明",
                                              "persons": [{"id": member["id"], "leaves": True}]})
        self.in_force(death)
        (left,) = self.fits("getHousehold", self.worker.get(f"/api/v1/households/{code}")).json["left"]
        self.assertEqual((member["id"], member["name"], DAY, None, death), (
            left["id"], left["name"], left["on"], left["to"], left["why"]["case"]))


class Again(Kept):
    """A register that comes again."""

    def register_files(self, name, change):
        """The county's register in files of its own, each as `change` leaves its headings and rows."""
        folder = self.root / name
        folder.mkdir()
        files = []
        for path in sorted((self.root / "plain" / "registry").glob("*.csv")):
            with path.open(encoding="utf-8-sig", newline="") as file:
                head, *body = list(csv.reader(file))
            out = io.StringIO()
            csv.writer(out).writerows([head, *change(head, body)])
            (folder / path.name).write_text(out.getvalue(), encoding="utf-8")
            files.append(folder / path.name)
        return files

    def second_register(self, name, address="一个新的地方"):
        """The register without its last household, one address changed, one household new."""
        told = {}

        def change(head, body):
            at = head.index("户编号")
            codes = sorted({row[at] for row in body})
            told["absent"], told["changed"] = codes[-1], codes[0]
            body = [row for row in body if row[at] != codes[-1]]
            new = list(body[0])
            new[at] = "NEW" + name
            for column, title in enumerate(head):
                if "号" in title and column != at:
                    new[column] = ""
                if "地址" in title or "住址" in title:
                    body[0][column] = address
            return [*body, new]
        files = self.register_files(name, change)
        return files, told["absent"], told["changed"]

    def imported(self, client, files, **more):
        uploads = [upload(client, path) for path in files]
        asked = client("POST", "/api/v1/imports", {"as_of": "2025-09-30", "uploads": uploads, **more})
        self.fits("importUploads", asked, 202)
        return wait_for(asked.json["job"], client)["result"]

    def test_a_file_that_says_what_the_register_says_leaves_no_proposal(self):
        before = self.worker.get("/api/v1/register/proposals").json["items"]
        result = self.imported(self.monitor, self.register_files("same", lambda head, body: body))
        self.assertIsNone(result["proposal"])
        self.assertTrue(result["register_unchanged"])
        self.assertEqual((0, 0), (result["households_asked_about"], result["members_asked_about"]))
        self.assertEqual(before, self.worker.get("/api/v1/register/proposals").json["items"])

    def test_a_file_without_one_member_asks_about_that_member(self):
        code, told = self.large, {}
        member = self.members(self.worker, code)["members"][-1]

        def change(head, body):
            if "与户主关系" not in head:
                return body
            rows = [row for row in body if row[head.index("户编号")] == code]
            told["name"] = rows[-1][head.index("姓名")]
            return [row for row in body if row is not rows[-1]]
        result = self.imported(self.monitor, self.register_files("without", change))
        self.assertEqual((0, 1), (result["households_asked_about"], result["members_asked_about"]))
        self.assertIsNone(result["proposal"])
        (asked,) = self.fits("listChanges", self.township.get(
            "/api/v1/register/cases?kind=absent_member&state=proposed")).json["items"]
        self.assertEqual([code], asked["households"])
        self.assertEqual((member["id"], told["name"]), (asked["asked_about"]["id"], asked["asked_about"]["name"]))
        self.fits("getChange", self.township.get(f"/api/v1/register/cases/{asked['id']}"))
        answer = f"/api/v1/register/cases/{asked['id']}/answer"
        other = self.members(self.worker, code)["members"][0]["id"]
        death = {"kind": "death", "effective_on": DAY, "paper": "死亡证明", "persons": [{"id": other, "leaves": True}]}
        self.refused(self.township("POST", answer, {"answer": "dead", "change": death}), 422, "answer_about_another")
        self.refused(self.township("POST", answer, {"answer": "gone"}), 422, "answer_unknown")
        # They are still in the household, and stay there.
        self.fits("answerQuestion", self.township("POST", answer, {"answer": "here"}))
        self.assertIn(member["id"], [one["id"] for one in self.members(self.worker, code)["members"]])
        again = self.fits("getChange", self.township.get(f"/api/v1/register/cases/{asked['id']}")).json
        self.assertEqual(("answered", "here"), (again["state"], again["steps"][-1]["reason"]))

    def test_it_is_a_proposal_that_is_looked_at_and_decided(self):
        files, absent, _ = self.second_register("again")
        result = self.imported(self.monitor, files)
        self.assertFalse(result["proposal"]["accepted"])
        self.assertEqual(1, result["households_asked_about"])
        number = result["proposal"]["id"]
        self.assertEqual(404, self.worker.get("/api/v1/households/NEWagain").status)
        told = self.fits("getRegisterProposal", self.worker.get(f"/api/v1/register/proposals/{number}")).json
        self.assertEqual((1, 1), (told["new_households"]["open"], told["changed_households"]["open"]))
        self.assertIn(number, [one["id"] for one in self.fits(
            "listRegisterProposals", self.worker.get("/api/v1/register/proposals")).json["items"]])
        rows = self.worker.pages(f"/api/v1/register/proposals/{number}/rows", limit=1)
        self.fits("listProposedRows", self.worker.get(f"/api/v1/register/proposals/{number}/rows"))
        self.assertEqual(told["open"], len(rows))
        self.assertIn("一个新的地方", [one["after"] for row in rows for one in row["changes"]])
        listed = self.worker.get(f"/api/v1/register/proposals/{number}/rows?format=csv")
        self.assertIn("一个新的地方", listed.body.decode("utf-8-sig"))
        self.refused(self.township.get(f"/api/v1/register/proposals/{number}"), 404, "proposal_unknown")
        decide = f"/api/v1/register/proposals/{number}/decisions"
        self.refused(self.monitor("POST", decide, {"verdict": "accept", "part": "all"}), 403, "not_allowed")
        self.refused(self.worker("POST", decide, {"verdict": "accept", "part": "households"}), 422, "fields")
        asked = self.fits("decideRegisterProposal", self.worker("POST", decide, {
            "verdict": "accept", "part": "households", "households": ["NEWagain"]}), 202)
        self.assertEqual(1, wait_for(asked.json["job"], self.worker)["result"]["households"])
        self.assertEqual(200, self.worker.get("/api/v1/households/NEWagain/members").status)
        rest = self.worker("POST", decide, {"verdict": "refuse", "part": "all", "reason": "待核"})
        wait_for(rest.json["job"], self.worker)
        told = self.worker.get(f"/api/v1/register/proposals/{number}").json
        self.assertEqual(["accept", "refuse"], [one["verdict"] for one in told["decisions"]])
        again = self.worker("POST", decide, {"verdict": "accept", "part": "all"})
        self.assertEqual("proposal_settled", wait_for(again.json["job"], self.worker, ("failed",))["fault"]["code"])
        self.answer_about(absent)

    def answer_about(self, absent):
        asked = self.worker.get(f"/api/v1/register/cases?kind=absent&state=proposed&household={absent}").json["items"]
        self.assertEqual([[absent]], [case["households"] for case in asked])
        self.assertEqual(200, self.worker.get(f"/api/v1/households/{absent}").status)
        answer = f"/api/v1/register/cases/{asked[0]['id']}/answer"
        self.refused(self.worker("POST", answer, {"answer": "dead"}), 422, "answer_needs_change")
        told = self.fits("answerQuestion", self.worker("POST", answer, {"answer": "here"}))
        self.assertIsNone(told.json["case"])
        self.refused(self.worker("POST", answer, {"answer": "here"}), 409, "change_decided")

    def test_accepting_at_once_is_for_those_who_decide(self):
        files, _, changed = self.second_register("once", "再一个地方")
        uploads = [upload(self.monitor, path) for path in files]
        self.refused(self.monitor("POST", "/api/v1/imports", {"as_of": Q2, "uploads": uploads, "accept": True}), 422,
                     "fields")


if __name__ == "__main__":
    main()
