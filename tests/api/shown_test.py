# SPDX-License-Identifier: Apache-2.0
"""What people are shown: changes of the register, persons under protection, illnesses and marriages, fields that were
revealed, households that were assigned, files that were taken away."""
import csv
import datetime
import io
import json
import re
import zipfile

from case_files_test import words_of
from office import Client, Staffed, main, upload, wait_for

DAY = "2025-07-15"


def day(offset):
    """Today in China, and so many days later."""
    now = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=8, days=offset)
    return now.date().isoformat()


TODAY = day(0)
PAPER, NOTE = "庇护所接收单", "进入庇护所"
ILL = {"medical.illness_roll", "disabled.certificates", "health.illness", "health.disability",
       "chronic_or_major_illness", "disability_change"}
WED = {"civil.marriages", "family.marital_change", "marriage_change"}


class Shown(Staffed):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.auditor = cls.account("auditor", "auditor")
        cls.fund = cls.account("fund", "fund_clerk")
        cls.clerk = cls.account("clerk", "verification_clerk")
        for who in (cls.worker, cls.township, cls.auditor, cls.monitor):
            who.case = "case-9"
        cls.inside = [row["code"] for row in cls.township.pages("/api/v1/households", 200)]
        cls.large = [code for code in cls.inside if len(cls.household_of(code)["members"]) > 1]

    @classmethod
    def household_of(cls, code, who=None):
        return (who or cls.worker).get(f"/api/v1/households/{code}").json

    def citizen(self, person):
        """Somebody who came to the window with their paper."""
        issued = self.fits("issueWindowCode", self.township(
            "POST", f"/api/v1/persons/{person}/window-codes", {"paper_seen": "resident card"}), 201)
        client = Client(self.served.port)
        client.take(client("POST", "/api/v1/session/window-code", {"code": issued.json["code"]}))
        client.purpose = "own"
        return client

    def proposed(self, wish):
        asked = self.township("POST", "/api/v1/register/cases", {"effective_on": DAY, "paper": PAPER, **wish})
        return self.fits("proposeChange", asked, 201).json["case"]

    def protect(self, code, person):
        self.fits("protectPerson", self.worker("POST", f"/api/v1/households/{code}/protections",
                                               {"person": person, "reason": "告诫书"}), 201)


class Changes(Shown):
    def test_no_citizen_and_no_village_reads_that_another_left_or_divorced(self):
        code = self.large[0]
        own, other = self.household_of(code)["members"][:2]
        leaves = self.proposed({"kind": "departure", "note": NOTE, "persons": [{"id": other["id"], "leaves": True}]})
        weds = self.proposed({"kind": "marriage", "persons": [{"id": other["id"], "leaves": True}]})
        citizen = self.citizen(own["id"])
        for case in (leaves, weds):
            whole = self.fits("getChange", self.worker.get(f"/api/v1/register/cases/{case}")).json
            self.assertEqual((PAPER, "town"), (whole["paper"], whole["proposed_by"]))
        for who in (citizen, self.village):
            for path in (f"/register/cases/{leaves}", f"/register/cases/{weds}", "/register/cases", "/register/kinds",
                         "/register/near", "/register/proposals", f"/households/{code}/members"):
                answer = who.get("/api/v1" + path)
                self.refused(answer, 403, "not_allowed")
                self.assertNotIn("town", str(answer.body))
        self.assertEqual(200, citizen.get(f"/api/v1/households/{code}").status)
        # And once they have left, the page of the household does not say why.
        asked = self.worker("POST", f"/api/v1/register/cases/{leaves}/confirm")
        wait_for(asked.json["job"], self.worker)
        self.assertEqual("departure", self.household_of(code)["left"][0]["why"]["kind"])
        for who in (citizen, self.village):
            self.assertEqual([], self.fits("getHousehold", who.get(f"/api/v1/households/{code}")).json["left"])


class Protection(Shown):
    def test_where_a_protected_person_lives_is_withheld(self):
        code = next(item["code"] for item in self.township.get("/api/v1/households?limit=200").json["items"]
                    if item["address"])
        member = next(m for m in self.household_of(code, self.township)["members"] if m["phone"])
        path = f"/api/v1/households/{code}/protections"
        self.refused(self.township("POST", path, {"person": member["id"], "reason": "r"}), 403, "not_allowed")
        self.refused(self.worker("POST", path, {"person": member["id"], "reason": ""}), 422, "fields")
        self.refused(self.worker("POST", path, {"person": "999999", "reason": "r"}), 404, "no_such_member")
        # From tomorrow: today nothing is withheld.
        self.fits("protectPerson", self.worker("POST", path, {
            "person": member["id"], "reason": "告诫书 3 号", "from": day(1), "until": day(9)}), 201)
        self.assertTrue(self.household_of(code, self.township)["address"])
        self.fits("protectPerson", self.worker("POST", path, {
            "person": member["id"], "reason": "告诫书 3 号", "from": day(0), "until": day(1)}), 201)

        def shown(who):
            body = self.household_of(code, who)
            one = next(m for m in body["members"] if m["id"] == member["id"])
            listed = next(i for i in who.get(f"/api/v1/households?code={code}").json["items"] if i["code"] == code)
            return bool(body["address"]), bool(listed["address"]), bool(one["phone"]), one["protected"]
        self.assertEqual((False, False, False, True), shown(self.township))
        self.assertEqual((True, True), shown(self.worker)[:2])
        marks = self.fits("listProtections", self.worker.get(path)).json["items"]
        self.assertEqual(["告诫书 3 号"], [mark["reason"] for mark in marks])
        looks = self.auditor.get("/api/v1/audit?what=protect&limit=200").json["items"]
        self.assertIn(("protect", "告诫书 3 号"), [(look["what"], look["reason"]) for look in looks])
        self.fits("endProtection", self.worker("POST", path + "/end", {
            "person": member["id"], "on": day(0), "reason": "撤销"}), 204)
        self.assertEqual((True, True, True, False), shown(self.township))

    def test_the_mark_is_told_to_oneself_and_to_staff_alone(self):
        code = self.large[0]
        marked = {member["id"]: member["protected"] for member in self.household_of(code)["members"]}
        own, other = sorted(marked, key=marked.get, reverse=True)[:2]  # who is marked by another test comes first
        if not marked[own]:
            self.protect(code, own)

        def marks(who):
            told = self.fits("getHousehold", who.get(f"/api/v1/households/{code}")).json["members"]
            return {member["id"]: member["protected"] for member in told if member["id"] in (own, other)}
        self.assertEqual({own: True, other: False}, marks(self.township))
        self.assertEqual({own: True, other: None}, marks(self.citizen(own)))
        self.assertEqual({own: None, other: False}, marks(self.citizen(other)))

    def test_a_case_hides_where_a_protected_person_is_as_the_household_does(self):
        code, member = next((code, one) for code in self.inside if code != self.large[0]
                            for one in self.household_of(code, self.township)["members"] if one["phone"])
        secret = ("隐蔽路 1 号", "13911112222")
        case = self.proposed({"kind": "correction", "note": NOTE,
                              "persons": [{"id": member["id"], "fields": {"phone": secret[1]}}],
                              "households": [{"code": code, "fields": {"address": secret[0]}}]})
        path = f"/api/v1/register/cases/{case}"
        self.assertTrue(all(one in self.township.get(path).body.decode() for one in (*secret, NOTE)))
        old = {member["phone"], self.household_of(code, self.township)["address"]}
        self.protect(code, member["id"])
        for who in (self.township, self.auditor, self.monitor, self.fund, self.clerk):
            answer = self.fits("getChange", who.get(path))
            for one in (*secret, *old, PAPER, NOTE):
                self.assertNotIn(one, answer.body.decode())
        whole = self.fits("getChange", self.worker.get(path)).json
        self.assertEqual((PAPER, NOTE), (whole["paper"], whole["note"]))
        self.assertIn(secret[0], [one["after"] for one in whole["changes"]])

    def test_a_paper_that_a_household_fetches_tells_nothing_of_who_is_protected_in_it(self):
        for code in self.large:
            told = self.worker.get(f"/api/v1/households/{code}/authorisations").json["members"]
            adults = [one["person"] for one in told if one["signs_as"] == "self"]
            phones = {one["id"]: one["phone"] for one in self.household_of(code, self.township)["members"]}
            hidden = next((one for one in adults if phones.get(one)), None)
            if hidden and len(adults) > 1:
                break
        else:
            self.fail("no household of two adults, one with a telephone")
        reader = self.citizen(next(one for one in adults if one != hidden))
        made = self.township("POST", "/api/v1/cases", {"machine": "application", "household": code, "fields": {
            "channel": "window", "pledge": True, "authorised": True, "applicant": hidden}})
        number = self.fits("openCase", made, 201).json["case"]
        case = f"/api/v1/cases/{number}"
        self.fits("moveCase", self.township("POST", case + "/moves", {
            "move": "ask_papers", "fields": {"missing": ["户口簿"]}},
            headers={"If-Match": self.township.get(case).headers["ETag"]}))
        secret = (phones[hidden], "".join(self.household_of(code)["address"].split()))
        self.protect(code, hidden)
        listed = self.fits("listMyPapers", reader.get("/api/v1/my/papers"))
        mine = [one for one in listed.json["items"] if one["case"] == number]
        self.assertEqual(["correction_notice"], [one["paper"] for one in mine])
        words = words_of(self.fits("getMyPaper", reader.get(mine[0]["href"])).body)
        for one in (*secret, *(name for name in ("town", "worker"))):
            self.assertNotIn(one, words)
            self.assertNotIn(one, listed.body.decode())
        # The form, which says where they live, is the offices'.
        self.refused(reader.get(f"/api/v1/my/papers/{number}/1/application_form"), 404, "paper_unknown")
        self.fits("endProtection", self.worker("POST", f"/api/v1/households/{code}/protections/end", {
            "person": hidden, "on": day(0), "reason": "撤销"}), 204)

    def test_rows_that_a_file_proposes_hide_it_too(self):
        code = self.inside[-1]
        member = self.household_of(code)["members"][0]["id"]
        self.program.must("synth", "--residents", "2000", "--seed", "3", "--style", "csv", "plain")
        folder = self.root / "moved"
        folder.mkdir()
        for path in sorted((self.root / "plain/registry").glob("*.csv")):
            with path.open(encoding="utf-8-sig", newline="") as file:
                rows = list(csv.reader(file))
            for row in rows[1:]:
                if row[rows[0].index("户编号")] == code and "家庭住址" in rows[0]:
                    row[rows[0].index("家庭住址")] = "新的隐蔽路 2 号"
            with (folder / path.name).open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows(rows)
        asked = self.monitor("POST", "/api/v1/imports", {"as_of": "2025-09-30", "uploads": [
            upload(self.monitor, path) for path in sorted(folder.iterdir())]})
        number = wait_for(asked.json["job"], self.monitor)["result"]["proposal"]["id"]
        path = f"/api/v1/register/proposals/{number}/rows"
        self.assertIn("新的隐蔽路 2 号", self.auditor.get(path).body.decode())
        self.protect(code, member)
        self.assertIn("新的隐蔽路 2 号", self.worker.get(path).body.decode())
        for way in ("", "?format=csv"):
            told = self.auditor.get(path + way)
            self.assertEqual(200, told.status)
            self.assertNotIn("隐蔽", told.body.decode("utf-8-sig"))


class Illness(Shown):
    def told(self, who, code):
        """All words of what staff read about a household's events."""
        answers = [who.get(f"/api/v1/households/{code}/{page}") for page in ("why", "visibility", "facts")]
        answers += [who.get(f"/api/v1/{page}?limit=200{way}") for page in ("warnings", "doubts")
                    for way in ("", "&format=csv")]
        words = set()
        for answer in answers:
            if answer.status == 200 and answer.headers["Content-Type"].startswith("application/json"):
                items = answer.json.get("items", [answer.json])
                items = [item for item in items if item.get("household", code) == code]
                words |= set(re.findall(r'"([\w.]+)"', json.dumps(items)))
            elif answer.status == 200:
                rows = csv.DictReader(io.StringIO(answer.body.decode("utf-8-sig")))
                words |= {word for row in rows if row["household_id"] == code
                          for cell in row.values() for word in cell.split(";")}
        return words

    def households_of(self, field):
        warned = {item["household"] for item in self.worker.pages("/api/v1/warnings", 200)}
        return [code for code in sorted(warned) if field in self.fits(
            "getHouseholdWhy", self.worker.get(f"/api/v1/households/{code}/why")).json["masked"]]

    def reveal(self, who, code, field, status=201):
        answer = who("POST", f"/api/v1/households/{code}/reveals", {"field": field, "reason": "核对病历"})
        self.assertEqual(status, answer.status, str(answer))
        return answer

    def test_an_illness_is_masked_until_it_is_revealed(self):
        code, another = [code for code in self.households_of("illness") if code in self.inside][:2]
        for who in (self.monitor, self.worker, self.township, self.auditor, self.fund, self.clerk, self.village):
            self.assertEqual(set(), self.told(who, code) & ILL)
        listed = {item["household"]: item["indicators"] for item in self.township.pages("/api/v1/warnings", 200)}
        self.assertIn("***", listed[code])
        self.fits("revealField", self.reveal(self.township, code, "illness"), 201)
        self.assertTrue(self.told(self.township, code) & ILL)
        self.assertEqual(set(), self.told(self.township, another) & ILL)
        self.assertEqual(set(), self.told(self.worker, code) & ILL)
        told = self.township.get(f"/api/v1/households/{code}/why").json
        self.assertNotIn("illness", told["masked"])
        looks = self.auditor.get("/api/v1/audit?user=town&limit=200").json["items"]
        self.assertIn("household.why illness=whole", [look["what"] for look in looks])
        self.township.case = "another"
        self.assertEqual(set(), self.told(self.township, code) & ILL)
        self.township.case = "case-9"

    def test_a_change_of_marriage_is_masked_until_it_is_revealed(self):
        code = self.households_of("marriage")[0]
        for who in (self.monitor, self.worker, self.township, self.auditor, self.fund, self.clerk, self.village):
            self.assertEqual(set(), self.told(who, code) & WED)
        self.reveal(self.worker, code, "marriage")
        self.assertTrue(self.told(self.worker, code) & WED)

    def test_what_no_answer_holds_cannot_be_revealed_and_costs_nothing(self):
        for field in ("account", "name"):
            self.assertEqual("fields", self.reveal(self.worker, self.inside[0], field, 422).json["code"])
        self.reveal(self.fund, self.inside[0], "illness", 404)


class Reveals(Shown):
    def test_a_reveal_is_for_one_case_and_each_look_that_it_opens_says_so(self):
        code = next(code for code in self.inside if any(m["phone"] for m in self.household_of(code)["members"]))
        path = f"/api/v1/households/{code}"
        asked = {"field": "phone", "reason": "约定走访"}
        self.fits("revealField", self.worker("POST", path + "/reveals", asked), 201)

        def is_whole(case):
            self.worker.case = case
            phones = [member["phone"] for member in self.worker.get(path).json["members"] if member["phone"]]
            return any(re.fullmatch(r"\d{11}", phone) for phone in phones)
        self.assertTrue(is_whole("case-9"))
        self.assertFalse(is_whole("another-made-up"))
        self.assertFalse(is_whole(""))
        self.worker.case = "case-9"
        looks = [look for look in self.auditor.get("/api/v1/audit?user=worker&limit=20").json["items"]
                 if look["what"].startswith("household")]
        self.assertEqual([("household", ""), ("household", "another-made-up"), ("household phone=whole", "case-9")],
                         [(look["what"], look["case"]) for look in looks[:3]])


class Assigned(Shown):
    def test_who_works_by_assignment_sees_of_it_what_the_role_grants(self):
        social = self.account("social", "social_worker", unit="first")
        code, another = self.inside[:2]
        self.fits("assignHouseholds", self.worker("POST", "/api/v1/assignments", {
            "account": "social", "households": [code], "case": "个案 1", "from": TODAY}), 201)
        whole = self.household_of(code, self.township)
        self.assertTrue(whole["head_name"] and whole["address"])
        listed = self.fits("listHouseholds", social.get("/api/v1/households")).json["items"]
        page = self.fits("getHousehold", social.get(f"/api/v1/households/{code}")).json
        for one in (*listed, page):
            self.assertEqual((code, whole["head_name"], whole["address"]),
                             (one["code"], one["head_name"], one["address"]))
        names = [member["name"] for member in whole["members"]]
        there = self.fits("listMembersOn", social.get(f"/api/v1/households/{code}/members")).json["members"]
        self.assertEqual(sorted(names), sorted(member["name"] for member in there))
        self.assertEqual(404, social.get(f"/api/v1/households/{another}").status)
        case = self.proposed({"kind": "birth", "persons": [
            {"household": code, "fields": {"name": "新生", "relation": "之子"}}]})
        seen = self.fits("getChange", social.get(f"/api/v1/register/cases/{case}")).json
        self.assertEqual([code], seen["households"])
        self.assertIn("新生", [one["after"] for one in seen["changes"]])


class Files(Shown):
    def test_each_row_that_leaves_carries_who_took_it(self):
        for path in ("households?", "warnings?", "doubts?", "exits?", "cases?", "audit?user=worker&"):
            who = self.auditor
            told = list(csv.reader(io.StringIO(who.get(f"/api/v1/{path}format=csv").body.decode("utf-8-sig"))))
            self.assertEqual("taken_by", told[0][-1], path)
            self.assertEqual({f"auditor {TODAY}"} if told[1:] else set(), {row[-1] for row in told[1:]}, path)
            book = zipfile.ZipFile(io.BytesIO(who.get(f"/api/v1/{path}format=xlsx").body))
            words = book.read("xl/worksheets/sheet1.xml").decode()
            self.assertEqual((1, len(told) - 1), (words.count(">taken_by<"), words.count(f">auditor {TODAY}<")), path)


if __name__ == "__main__":
    main()
