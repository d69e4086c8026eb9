# SPDX-License-Identifier: Apache-2.0
"""What is known of a household: facts with who told them, as of when and until when they count; what a paper lets in;
what visits found; what is missing. Colleagues whom a move may name, departments to hand over to, whom a case is about,
and the case that answers a warning."""
import csv
import datetime
import io

from office import Q2, Staffed, civil_day, main, wait_for

TERM = 120  # days, of the roll of unemployment (datasets/hr.unemployment_roll.yaml)


def after(days):
    return (datetime.date.fromisoformat(Q2) + datetime.timedelta(days=days)).isoformat()


class Facts(Staffed):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.program.must("synth", "--residents", "2000", "--seed", "3", "--style", "csv", "plain")
        cls.auditor = cls.account("auditor", "auditor")
        cls.clerk = cls.account("clerk", "verification_clerk")
        cls.inside = [row["code"] for row in cls.township.pages("/api/v1/households", 200)]
        cls.jobless = cls.registered_jobless()

    @classmethod
    def registered_jobless(cls):
        """By household the names of who is on the roll of unemployment with a valid registration."""
        def rows(path):
            with path.open(encoding="utf-8-sig", newline="") as file:
                return list(csv.DictReader(file))
        roll = {row["身份证号码"]: row["姓名"] for row in rows(cls.root / "county/2025Q2/人社_失业登记.csv")
                if row["登记状态"] == "有效"}
        found, doubtful = {}, set()
        for path in sorted((cls.root / "plain/registry").glob("*.csv")):
            for row in rows(path):
                if row.get("身份证号码") not in roll:
                    continue
                if roll[row["身份证号码"]] == row["姓名"]:
                    found.setdefault(row["户编号"], set()).add(row["姓名"])
                else:  # by number alone nobody is named for sure
                    doubtful.add(row["户编号"])
        return {code: names for code, names in found.items() if code not in doubtful}

    def facts(self, code, who=None, day=Q2):
        path = f"/api/v1/households/{code}/facts?day={day}"
        return self.fits("getHouseholdFacts", (who or self.worker).get(path)).json

    def of(self, told, fact):
        return [one for one in told["facts"] if one["fact"] == fact]

    def names(self, code):
        return {one["id"]: one["name"] for one in self.worker.get(f"/api/v1/households/{code}").json["members"]}


class OfFeeds(Facts):
    def test_a_roll_tells_who_is_on_it_and_by_its_silence_who_is_not(self):
        self.assertGreater(len(self.jobless), 2)
        for code, jobless in sorted(self.jobless.items())[:5]:
            told = self.of(self.facts(code), "registered_unemployed")
            names = self.names(code)
            self.assertEqual(sorted(names), sorted(one["person"] for one in told))
            for one in told:
                is_on = names[one["person"]] in jobless
                self.assertEqual({"zh": "是", "en": "yes"} if is_on else {"zh": "否", "en": "no"}, one["value"])
                self.assertEqual(is_on, one["file"] is not None and one["row"] > 0)
                self.assertEqual(("hr.unemployment_roll", "人社", Q2, after(TERM), "counts"),
                                 (one["source"]["dataset"], one["source"]["department"]["zh"], one["as_of"],
                                  one["good_until"], one["standing"]))

    def test_a_fact_counts_to_its_last_day_and_is_stale_on_the_next(self):
        code = sorted(self.jobless)[0]
        for day, standing in ((Q2, "counts"), (after(TERM), "counts"), (after(TERM + 1), "stale")):
            told = self.of(self.facts(code, day=day), "registered_unemployed")
            self.assertEqual({standing}, {one["standing"] for one in told}, day)
            self.assertTrue(all(one["value"] for one in told))  # what it was is still shown

    def test_before_anything_came_nothing_is_known_but_what_the_register_tells(self):
        told = self.facts(self.inside[0], day=after(-1))
        self.assertEqual({"register.members"}, {one["source"]["dataset"] for one in told["facts"]})
        self.assertEqual({"birth_date", "absence"}, {one["fact"] for one in told["facts"]})
        tomorrow = (civil_day() + datetime.timedelta(days=3)).isoformat()
        self.refused(self.worker.get(f"/api/v1/households/{self.inside[0]}/facts?day={tomorrow}"), 400, "fields")

    def test_a_birthday_is_masked_where_the_number_is(self):
        told = self.facts(self.inside[0])
        self.assertEqual({None}, {one["value"] for one in self.of(told, "birth_date")})
        self.assertIn("identity_number", told["masked"])
        self.worker.case = "case-1"
        self.fits("revealField", self.worker("POST", f"/api/v1/households/{self.inside[0]}/reveals", {
            "field": "identity_number", "reason": "核对年龄"}), 201)
        told = self.facts(self.inside[0])
        self.worker.case = ""
        self.assertTrue(all(one["value"] for one in self.of(told, "birth_date")))

    def test_the_register_says_its_own_since_a_day(self):
        told = {one["field"]: one for one in self.facts(self.inside[0])["register"]}
        self.assertEqual({"category", "income_per_head_month"}, set(told))
        self.assertEqual(Q2, told["category"]["since"])
        self.assertTrue(told["category"]["value"]["zh"])
        self.assertIsNone(told["income_per_head_month"]["value"])  # means: masked, and nobody signed

    def test_what_is_missing_is_told_with_how_to_get_it(self):
        told = self.facts(self.inside[0])
        self.assertTrue(told["missing"])
        for one in told["missing"]:
            self.assertTrue(one["title"]["zh"] and one["how"]["zh"], one)
            self.assertNotIn("counts", one["why"])
        ids = set(self.names(self.inside[0]))
        self.assertTrue({one["person"] for one in told["missing"]} <= ids | {None})
        # The same facts, too old by then, are missing as such.
        later = self.facts(self.inside[0], day=after(TERM + 1))
        self.assertLessEqual({one["why"] for one in later["missing"]}, {"never_told", "stale", "not_authorised"})


class WhoSees(Facts):
    def test_it_is_told_within_reach_and_to_who_reads_facts(self):
        code, elsewhere = self.inside[0], next(
            row["code"] for row in self.worker.pages("/api/v1/households", 200) if row["code"] not in self.inside)
        for who in (self.worker, self.township, self.auditor, self.clerk):
            self.facts(code, who)
        self.refused(self.township.get(f"/api/v1/households/{elsewhere}/facts"), 404, "no_such_household")
        for who in (self.monitor, self.village):
            self.refused(who.get(f"/api/v1/households/{code}/facts"), 403, "not_allowed")
        look = self.auditor.get("/api/v1/audit?user=worker&limit=1").json["items"][0]
        self.assertEqual("household.facts", look["what"])

    def test_an_illness_is_left_out_and_said_to_be_masked(self):
        # Who has a certificate is told by a roll that is complete: of everybody something is known.
        told = self.facts(self.inside[0])
        self.assertIn("illness", told["masked"])
        self.assertEqual([], [one for one in told["facts"] if one["fact"].startswith("disability")])
        self.worker.case = "case-2"
        self.fits("revealField", self.worker("POST", f"/api/v1/households/{self.inside[0]}/reveals", {
            "field": "illness", "reason": "核对残疾等级"}), 201)
        told = self.facts(self.inside[0])
        self.worker.case = ""
        self.assertNotIn("illness", told["masked"])
        shown = self.of(told, "disability_level")
        self.assertEqual(sorted(self.names(self.inside[0])), sorted(one["person"] for one in shown))
        self.assertEqual({"disabled.certificates"}, {one["source"]["dataset"] for one in shown})


class Cases(Facts):
    units = """# SPDX-License-Identifier: Apache-2.0
- {code: county, title: 样例县, kind: county, region: "441699", from: 2020-01-01}
- {code: first, title: 第一镇, kind: township, parent: county, region: "441699101", from: 2020-01-01}
- {code: v001, title: 第一村, kind: village, parent: first, region: "441699101001", from: 2020-01-01}
- {code: second, title: 第二镇, kind: township, parent: county, region: "441699102", from: 2020-01-01}
- {code: hr, title: 人社部门, kind: department, parent: county, department: hr, from: 2020-01-01}
- {code: health, title: 卫健部门, kind: department, parent: county, department: health, from: 2020-01-01}
"""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hr = cls.account("hr", "partner_department", unit="hr", department="hr")
        cls.mate = cls.account("mate", "township_officer", unit="first")
        cls.below = cls.account("below", "village_worker", unit="v001")
        cls.account("gone", "township_officer", unit="first")
        cls.far = cls.account("far", "township_officer", unit="second")
        answer = cls.admin.get("/api/v1/accounts/gone")
        body = {**{key: answer.json[key] for key in ("full_name", "roles", "unit", "department")}, "active": False}
        done = cls.admin("PUT", "/api/v1/accounts/gone", body, headers={"If-Match": answer.headers["ETag"]})
        assert done.status == 200, done
        asked = cls.worker("POST", "/api/v1/raisings", {"as_of": Q2})
        wait_for(asked.json["job"], cls.worker)

    def move(self, who, case, move, **fields):
        path = f"/api/v1/cases/{case}"
        answer = who("POST", path + "/moves", {"move": move, "fields": fields},
                     headers={"If-Match": who.get(path).headers["ETag"]})
        self.assertEqual(200, answer.status, str(answer))
        return answer.json

    def opened(self, who, machine, code, **fields):
        body = {"machine": machine, "household": code, "fields": fields}
        return self.fits("openCase", who("POST", "/api/v1/cases", body), 201).json["case"]

    def test_colleagues_are_those_who_sit_at_the_same_office_and_may_enter(self):
        told = self.fits("listColleagues", self.township.get("/api/v1/colleagues")).json["items"]
        self.assertEqual([("below", "第一村", False), ("mate", "第一镇", False), ("town", "第一镇", True),
                          ("village", "第一镇", False)], [(one["name"], one["unit"], one["self"]) for one in told])
        of_village = {one["name"] for one in self.below.get("/api/v1/colleagues").json["items"]}
        self.assertEqual({"below", "mate", "town", "village"}, of_village)
        self.assertEqual([["乡镇（街道）经办"]], [[role["title"]["zh"] for role in one["roles"]]
                                            for one in told if one["name"] == "mate"])
        self.refused(self.hr.get("/api/v1/colleagues"), 403, "not_allowed")
        county = {one["name"] for one in self.worker.get("/api/v1/colleagues").json["items"]}
        self.assertIn("auditor", county)
        self.assertFalse(county & {"town", "far", "gone"})
        # Whoever hands work out chooses among the people of the offices below too; nobody of elsewhere, nobody gone.
        below = self.fits("listColleagues", self.worker.get("/api/v1/colleagues?below=true")).json["items"]
        reached = {one["name"]: one["unit"] for one in below}
        self.assertLessEqual(county | {"town", "below", "mate"}, set(reached))
        self.assertEqual("第一村", reached["below"])
        of_town = next(one for one in below if one["name"] == "town")
        self.assertEqual(["乡镇（街道）经办"], [role["title"]["zh"] for role in of_town["roles"]])
        self.assertFalse(set(reached) & {"gone"})
        inside = {one["name"] for one in self.township.get("/api/v1/colleagues?below=true").json["items"]}
        self.assertEqual({"below", "mate", "town", "village"}, inside)
        self.refused(self.below.get("/api/v1/colleagues?below=true"), 403, "not_allowed")
        self.refused(self.hr.get("/api/v1/colleagues?below=true"), 403, "not_allowed")
        self.assertEqual(400, self.worker.get("/api/v1/colleagues?below=some").status)
        table = self.township.get("/api/v1/colleagues?format=csv").body.decode("utf-8-sig")
        self.assertIn("mate", table)

    def test_a_township_knows_the_departments_of_its_county_and_no_other_office(self):
        told = {one["code"]: one["within"] for one in
                self.fits("listUnits", self.township.get("/api/v1/units")).json["items"]}
        self.assertEqual({"first": True, "v001": True, "hr": False, "health": False}, told)
        county = {one["within"] for one in self.worker.get("/api/v1/units").json["items"]}
        self.assertEqual({True}, county)
        sends = next(move for machine in self.township.get("/api/v1/procedures").json["machines"]
                     if machine["id"] == "referral" for move in machine["moves"] if move["id"] == "send")
        self.assertEqual(["department"], sends["hands_to"])

    def test_a_list_names_whom_its_cases_are_about(self):
        code = self.inside[0]
        whole = self.township.get(f"/api/v1/households/{code}").json
        case = self.opened(self.township, "referral", code, kind="job", need="找工作")
        self.move(self.township, case, "send", to_department="hr", to_unit="hr")
        listed = self.fits("listCases", self.hr.get("/api/v1/cases")).json["items"]
        self.assertEqual([(case, whole["head_name"])], [(one["id"], one["name"]) for one in listed])
        mine = self.township.get("/api/v1/cases?machine=referral").json["items"]
        self.assertEqual([whole["head_name"]], [one["name"] for one in mine])

    def test_a_row_of_warnings_tells_the_case_that_answers_it_as_far_as_it_is_reached(self):
        rows = self.fits("listWarnings", self.worker.get("/api/v1/warnings?limit=200")).json["items"]
        self.assertTrue(all(row["case"] for row in rows))
        mine = next(row for row in rows if row["household"] in self.inside)
        number = mine["case"]["id"]
        state = self.worker.get(f"/api/v1/cases/{number}").json
        self.assertEqual((state["state"], state["unit"], state["due_on"]),
                         (mine["case"]["state"], mine["case"]["unit"], mine["case"]["due_on"]))

        def of_township(way=""):
            items = self.fits("listWarnings", self.township.get(f"/api/v1/warnings?limit=200{way}")).json["items"]
            return {row["id"]: row["case"] for row in items}
        # Before it is handed down it is nobody's below.
        self.assertIsNone(of_township()[mine["id"]])
        self.assertIn(mine["id"], of_township("&case_state=none"))
        self.move(self.worker, number, "dispatch", to_unit="first")
        there = of_township()[mine["id"]]
        self.assertEqual((number, "第一镇", False), (there["id"], there["unit"], there["closed"]))
        self.assertNotIn(mine["id"], of_township("&case_state=none"))
        self.assertEqual({mine["id"]: there}, of_township(f"&case_state={there['state']}"))
        counted = self.fits("countWarnings", self.township.get(
            f"/api/v1/warnings/counts?case_state={there['state']}")).json
        self.assertEqual(1, counted["total"])
        self.refused(self.worker.get("/api/v1/warnings?case_state=nowhere"), 400, "fields")
        table = csv.DictReader(io.StringIO(self.worker.get("/api/v1/warnings?format=csv").body.decode("utf-8-sig")))
        self.assertIn((number, "第一镇", there["due_on"] or ""),
                      [(row["case"], row["case_unit"], row["case_due_on"]) for row in table])

    def test_cases_due_on_no_day_and_cases_that_wait_are_lists_of_their_own(self):
        code = self.inside[1]
        case = self.opened(self.township, "application", code, channel="window", pledge=True, authorised=True,
                           applicant=next(iter(self.names(code))))

        def listed(way):
            rows = self.fits("listCases", self.township.get(f"/api/v1/cases?limit=200&{way}")).json["items"]
            counts = self.township.get(f"/api/v1/cases/counts?{way}").json
            self.assertEqual(len(rows), counts["open"], way)
            return {row["id"]: row["due_on"] for row in rows}
        self.assertNotIn(case, listed("waiting=true"))
        self.move(self.township, case, "ask_papers", missing=["户口簿"])
        self.assertIn(case, listed("waiting=true"))
        self.assertEqual({None}, set(listed("due=none").values()) | {None})
        every = listed("closed=false")
        self.assertEqual({one for one, due in every.items() if due is None}, set(listed("due=none")))

    def test_what_a_visit_found_stands_beside_the_facts(self):
        code = self.inside[2]
        case = self.opened(self.township, "visit", code)
        self.move(self.township, case, "met", officers=["town", "mate"], note="屋顶漏雨", findings=["房屋漏雨"])
        found = self.facts(code, self.township)["findings"]
        self.assertEqual([(case, "第一镇")], [(one["case"], one["unit"]) for one in found])
        texts = {text for told in found[0]["told"] for text in told["texts"]}
        self.assertEqual({"屋顶漏雨", "房屋漏雨"}, texts)
        self.assertEqual([], self.facts(code, self.clerk)["findings"])  # reads no visits

    def sign(self, code):
        path = f"/api/v1/households/{code}/authorisations"
        for one in self.worker.get(path).json["members"]:
            how = {"guardian": {"signed_as": "guardian", "paper": "户口簿", "signer_name": "祖母甲"},
                   "self": {"signed_as": "self"},
                   None: {"signed_as": "self", "born_on": "1980-01-01", "paper": "户口簿"}}[one["signs_as"]]
            made = self.worker("POST", path, {"person": one["person"], "signed_on": "2025-01-01", "until": "2027-12-31",
                                              **how})
            self.assertEqual(201, made.status, str(made))

    def visited(self, code, **found):
        case = self.opened(self.township, "visit", code)
        self.move(self.township, case, "met", officers=["town", "mate"], note="访谈", **found)
        return case

    def found(self, code, who, day=""):
        told = self.facts(code, who, day=day or civil_day().isoformat())
        return {one["fact"]: one for one in told["facts"] if one["visit"]}, told

    def test_what_a_visit_found_is_a_fact_with_its_case_office_and_day(self):
        code = self.inside[3]
        person = next(iter(self.names(code)))
        case = self.visited(code, found_lost_work=[person], heard_income=120000, found_dwelling=True,
                            found_ill=[person])
        today = civil_day().isoformat()
        found, told = self.found(code, self.township)
        # An illness is not even said to be known; an income without a paper has no value.
        self.assertEqual({"employed", "income_month", "dwelling_destroyed"}, set(found))
        self.assertIn("illness", told["masked"])
        lost = found["employed"]
        self.assertEqual((person, {"zh": "否", "en": "no"}, today, "counts", {"case": case}),
                         (lost["person"], lost["value"], lost["as_of"], lost["standing"], lost["visit"]))
        self.assertEqual(("home_visit", "第一镇"), (lost["source"]["dataset"], lost["source"]["department"]["zh"]))
        self.assertEqual(("not_authorised", None), (found["income_month"]["standing"], found["income_month"]["value"]))
        self.assertEqual(None, found["dwelling_destroyed"]["person"])
        self.assertEqual({}, self.found(code, self.township, Q2)[0])  # it was not known then
        self.assertEqual({}, self.found(code, self.clerk)[0])  # who reads no visits

    def test_a_person_of_another_house_and_a_word_that_the_fact_has_not_are_refused(self):
        case = self.opened(self.township, "visit", self.inside[4])
        stranger = next(iter(self.names(self.inside[5])))
        for field, wrong in (("found_lost_work", [stranger]), ("heard_income", "plenty")):
            path = f"/api/v1/cases/{case}"
            answer = self.township("POST", path + "/moves", {
                "move": "met", "fields": {"officers": ["town", "mate"], "note": "访谈", field: wrong}},
                headers={"If-Match": self.township.get(path).headers["ETag"]})
            self.assertEqual(422, answer.status, str(answer))

    def determined(self, who, code, **more):
        names = self.names(code)
        return who("POST", "/api/v1/determinations", {
            "case": {"region": "441699101001", "as_of": civil_day().isoformat(),
                     "household": {"residence_kind": "rural"},
                     "members": [{"name": name} for name in names.values()], **more},
            "register": {"household": code, "members": list(names)}})

    def income_of(self, told):
        """What its answers say of the household's income, and whether they ask for it."""
        return ([(one["value"], one.get("unknown_because"), one["source"]) for one in told["used_facts"]
                 if one["fact"] == "income_month"], any(one["fact"] == "income_month" for one in told["missing_facts"]))

    def test_a_household_is_judged_by_an_income_that_is_shown_after_a_reveal_alone(self):
        code = self.inside[1]
        case = self.visited(code, heard_income=123457)
        source = f"入户走访（第 {case} 号办件，第一镇）"
        # Nobody signed: it does not count, whoever asks.
        told = self.fits("determine", self.determined(self.worker, code)).json
        self.assertFalse(any(source for _, _, source in self.income_of(told)[0]), told["used_facts"])
        self.sign(code)
        hashes = set()
        for who in (self.worker, self.township):
            told = self.fits("determine", self.determined(who, code)).json
            self.assertEqual(([({"masked": True}, "masked", source)], False), self.income_of(told))
            self.assertIn("means", told["masked"])
            self.assertNotIn("1234.57", str(told))
            user = "worker" if who is self.worker else "town"
            look = self.auditor.get(f"/api/v1/audit?user={user}&limit=1").json["items"][0]
            self.assertEqual(("determine", "determination"), (look["verb"], look["what"]))
            hashes.add(told["replay"]["case_hash"])
        self.assertEqual(2, len(hashes))  # by trying one cannot find what it stood on
        self.worker.case = "case-3"
        self.fits("revealField", self.worker("POST", f"/api/v1/households/{code}/reveals", {
            "field": "means", "reason": "核算待遇"}), 201)
        told = self.fits("determine", self.determined(self.worker, code)).json
        self.worker.case = ""
        self.assertEqual(([("1234.57", None, source)], False), self.income_of(told))
        self.assertNotIn("means", told["masked"])

    def test_who_may_not_determine_is_told_nothing_by_it_and_no_figure_of_ones_own_feels_for_it(self):
        code = self.inside[5]
        self.visited(code, heard_income=98765)
        self.sign(code)
        told = self.fits("determine", self.determined(self.village, code)).json
        self.assertEqual(([], []), (told["masked"], told["withheld"]))
        self.assertLessEqual({because for _, because, _ in self.income_of(told)[0]}, {"never_told"})
        self.assertFalse(any("入户走访" in one["source"] for one in told["used_facts"]))
        self.refused(self.determined(self.far, code), 422, "fields")
        self.refused(self.determined(self.hr, code), 403, "not_allowed")
        self.refused(self.determined(self.clerk, code), 403, "not_allowed")
        with_figures = self.fits("determine", self.determined(
            self.worker, code, parameters={"mlg_standard_month": "987.00"})).json
        self.assertIn("means", with_figures["withheld"])
        self.assertLessEqual({because for _, because, _ in self.income_of(with_figures)[0]}, {"never_told"})


class Titles(Facts):
    def test_facts_and_purposes_have_words(self):
        told = self.fits("listTitles", self.township.get("/api/v1/titles")).json
        facts = {one["id"]: one["title"]["zh"] for one in told["facts"]}
        self.assertEqual("已登记失业", facts["registered_unemployed"])
        purposes = {one["id"]: one["title"]["zh"] for one in told["purposes"]}
        self.assertEqual("入户核查", purposes["visit"])


if __name__ == "__main__":
    main()
