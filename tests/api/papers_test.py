# SPDX-License-Identifier: Apache-2.0
"""What needs a second person, signed papers, units that move, who sees which event, persons under protection: through
the running server."""
import csv
import datetime
import hashlib
import io
import json
import re

from office import Case, Client, civil_day, main, upload, wait_for
from schema import Api

TODAY = civil_day()
WHOLE = re.compile(r"(?<!\d)\d{17}[\dX](?!\d)")


def day(offset):
    return (TODAY + datetime.timedelta(days=offset)).isoformat()


class Office(Case):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.api = Api(cls.admin.get("/api/v1/openapi.json").json)
        cls.worker = cls.account("worker", "county_caseworker")
        cls.other = cls.account("other", "county_caseworker")
        cls.monitor = cls.account("monitor", "city_monitor_officer")
        cls.second = cls.account("second", "city_monitor_officer")
        cls.town_monitor = cls.account("townmonitor", "city_monitor_officer", unit="first")
        cls.township = cls.account("town", "township_officer", unit="first")
        cls.auditor = cls.account("auditor", "auditor")
        cls.had = set()
        for who in (cls.worker, cls.other, cls.township):
            who.case = "case-1"

    def fits(self, operation, answer, status=200):
        self.assertEqual(status, answer.status, str(answer))
        self.assertEqual([], self.api.faults_of(operation, answer))
        return answer

    def refused(self, answer, status, code):
        self.assertEqual((status, code), (answer.status, answer.json["code"]), str(answer))
        return answer.json

    def households(self, many=1, who=None):
        return [item["code"] for item in (who or self.worker).get(f"/api/v1/households?limit={many}").json["items"]]

    def household(self, code, who=None):
        return self.fits("getHousehold", (who or self.worker).get(f"/api/v1/households/{code}")).json

    def citizen(self, person):
        """Signed in by a code as a window would have issued it."""
        locator, secret = hashlib.sha256(person.encode()).hexdigest()[:4].upper().replace("O", "0"), "ABCD2345"
        digest = hashlib.new("sm3", (locator + secret).encode()).hexdigest()
        now = int(datetime.datetime.now(datetime.timezone.utc).timestamp() * 1_000_000)
        self.sql(f"insert into window_code values ('{locator}', '{digest}', {int(person)}, 1, {now}, "
                 f"{now + 600_000_000}, 5, null)")
        client = Client(self.served.port)
        client.take(self.fits("redeemWindowCode", client("POST", "/api/v1/session/window-code",
                                                         {"code": f"{locator}-{secret}"})))
        client.purpose = "own"
        return client

    def looks(self, **only):
        found = self.fits("listLooks", self.auditor.get("/api/v1/audit?limit=200")).json["items"]
        return [look for look in found if all(look[key] == value for key, value in only.items())]


def figure(value, first, region="441699", **more):
    return {"parameter": "mlg_standard_month", "region": region, "residence": "rural", "from": first,
            "value": value, "sample": True, "source": "虚构数据", **more}


class SecondPerson(Office):
    def propose(self, who, **body):
        return self.fits("propose", who("POST", "/api/v1/proposals", {"reason": "新年度标准核对", **body}), 201).json

    def decide(self, who, proposal, approved=True, **more):
        return who("POST", f"/api/v1/proposals/{proposal['id']}/decision",
                   {"approved": approved, "payload_hash": proposal["payload_hash"], **more})

    def execute(self, who, proposal):
        return who("POST", f"/api/v1/proposals/{proposal['id']}/execution")

    def determined(self, **more):
        case = json.loads((self.program.home / "samples/longchuan/cases/top-up.json").read_text(encoding="utf-8"))
        case["region"] = "441699101001"
        return self.fits("determine", self.worker("POST", "/api/v1/determinations", {"case": case, **more})).json

    def test_a_figure_holds_once_another_person_approved_it_and_an_old_answer_is_given_again(self):
        before = self.determined()
        known = before["replay"].get("enactment", 0)
        proposal = self.propose(self.worker, kind="figures", figures=[figure("632.00", "2025-01-01")])
        self.assertRegex(proposal["changes"][0]["zh"], "632.00.*虚构数据")
        self.assertEqual(before, self.determined())
        self.refused(self.execute(self.worker, proposal), 422, "proposal_open")
        self.refused(self.decide(self.worker, proposal), 403, "not_allowed")
        self.refused(self.decide(self.town_monitor, proposal), 404, "no_such_proposal")
        self.assertIn(proposal["id"], [p["id"] for p in self.monitor.get("/api/v1/proposals").json["items"]])
        self.assertEqual([], self.town_monitor.get("/api/v1/proposals").json["items"])
        seen = self.fits("getProposal", self.monitor.get(f"/api/v1/proposals/{proposal['id']}")).json
        self.assertTrue(seen["may_decide"] and not seen["mine"])
        self.refused(self.decide(self.monitor, {**proposal, "payload_hash": "0" * 64}), 409, "proposal_differs")
        self.fits("decideProposal", self.decide(self.monitor, proposal))
        self.refused(self.decide(self.second, proposal), 409, "proposal_gone")
        number = self.fits("executeProposal", self.execute(self.worker, proposal), 201).json["enactment"]
        self.refused(self.execute(self.worker, proposal), 409, "proposal_gone")
        after = self.determined()
        self.assertEqual(number, after["replay"]["enactment"])
        self.assertNotEqual(before["replay"]["parameters_hash"], after["replay"]["parameters_hash"])
        self.assertNotEqual(before["categories"], after["categories"])
        again = self.determined(enactment=known)
        self.assertEqual(before, again)
        listed = self.fits("listFigures", self.monitor.get("/api/v1/figures")).json
        self.assertIn("632.00", [item["value"] for item in listed["items"]])
        self.fits("listEnactments", self.monitor.get("/api/v1/enactments"))
        told = self.program.must("law", "figures", "--data", "office", "--format", "csv").out
        self.assertIn("mlg_standard_month", told)
        case = json.loads((self.program.home / "samples/longchuan/cases/top-up.json").read_text(encoding="utf-8"))
        case["region"] = "441699101001"
        (self.root / "case.json").write_text(json.dumps(case), encoding="utf-8")
        by_hand = json.loads(self.program.must("determine", "--data", "office", "--format", "json", "case.json").out)
        self.assertEqual(after["categories"], by_hand["categories"])
        for what in ("propose", "approve", "change"):
            self.assertTrue(self.looks(verb=what, thing="parameter"), what)

    def test_nobody_approves_their_own(self):
        proposal = self.propose(self.monitor, kind="pack", pack="guangdong-2021", **{"from": "2030-01-01"})
        self.refused(self.decide(self.monitor, proposal), 422, "proposal_own")
        self.refused(self.decide(self.second, proposal, False), 422, "refusal_without_reason")
        told = self.fits("decideProposal", self.decide(self.second, proposal, False, reason="先核对附件")).json
        self.assertEqual(("refused", "先核对附件", "second"), (told["state"], told["answer"], told["decided_by"]))
        self.refused(self.execute(self.monitor, proposal), 409, "proposal_gone")

    def test_a_pack_is_put_into_force_from_a_day(self):
        body = self.refused(self.monitor("POST", "/api/v1/proposals", {
            "kind": "pack", "reason": "r", "pack": "profiles/scored-draft", "from": "2031-01-01"}), 422, "fields")
        self.assertEqual("no_such_pack", body["errors"][0]["code"])
        proposal = self.propose(self.monitor, kind="pack", pack="guangdong-2021", **{"from": day(0)})
        self.assertRegex(proposal["changes"][0]["en"], "gives way to guangdong-2021@1")
        self.fits("decideProposal", self.decide(self.second, proposal))
        self.fits("executeProposal", self.execute(self.monitor, proposal), 201)
        told = self.program.must("law", "list", "--data", "office", "--format", "csv").out
        self.assertRegex(told, f"pack,guangdong-2021,1,{day(0)}")
        levels = self.worker.get("/api/v1/warnings/counts").json["levels"]  # by the law that was put into force
        self.assertEqual([level["level"] for level in levels],
                         [level["id"] for level in self.monitor.get("/api/v1/packs/guangdong-2021").json["levels"]])

    def test_a_pack_that_only_determines_says_by_what_the_office_goes_on_monitoring(self):
        proposal = self.propose(self.monitor, kind="pack", pack="national", **{"from": "2031-01-01"})
        said = [change["en"] for change in proposal["changes"][:2]]
        self.assertRegex(said[1], r"^national has no indicators .* determination alone; .* stay with guangdong-2021@1$")
        self.fits("decideProposal", self.decide(self.second, proposal, False, reason="只作演示"))

    def test_a_pack_that_monitors_by_a_profile_says_so_to_the_one_who_approves(self):
        proposal = self.propose(self.monitor, kind="pack", pack="jinan-2024", **{"from": "2031-01-01"})
        said = proposal["changes"][1]["en"]
        self.assertIn("profiles/scored-draft@1", said)
        self.assertIn("is not what the notice says", said)
        self.fits("decideProposal", self.decide(self.second, proposal, False, reason="只作演示"))
        pack = self.fits("getPack", self.monitor.get("/api/v1/packs/jinan-2024")).json
        self.assertTrue(pack["can_monitor"])
        self.assertEqual("profiles/scored-draft", pack["profile"]["id"])
        self.assertTrue(all("profiles/scored-draft@" in level["clause"] for level in pack["levels"]))
        self.assertEqual([None] * 5, [level["working_days"] for level in pack["levels"]])
        self.assertEqual("red_visit_target_days", pack["levels"][0]["target"]["parameter"])
        self.assertFalse(pack["levels"][0]["target"]["is_set"])
        own = self.fits("getPack", self.monitor.get("/api/v1/packs/guangdong-2021")).json
        self.assertIsNone(own["profile"])
        self.assertIsNone(own["levels"][0]["target"])

    def test_what_is_wrong_with_a_proposal_is_said_by_field(self):
        for wrong, pointer in ((figure("632.00", "2025-01-01", region="4401"), "/figures/0/region"),
                               (figure("632.00", "2025-01-01", parameter="none_such"), "/figures/0"),
                               (figure("632.00", "2025-01-01", source=""), "/figures/0/source"),
                               (figure("many", "2025-01-01"), "/figures"),
                               (figure("632.00", "2025-13-01"), "/figures/0/from"),
                               (figure("632.00\n- id: x", "2025-01-01"), "/figures/0/value")):
            body = self.refused(self.worker("POST", "/api/v1/proposals", {
                "kind": "figures", "reason": "r", "figures": [wrong]}), 422, "fields")
            self.assertEqual(pointer, body["errors"][0]["pointer"], body)
        self.refused(self.township("POST", "/api/v1/proposals", {"kind": "figures", "reason": "r"}), 403, "not_allowed")
        self.refused(self.worker("POST", "/api/v1/proposals", {"kind": "pack", "reason": "r"}), 403, "not_allowed")
        self.refused(self.monitor("POST", "/api/v1/proposals", {
            "kind": "pack", "reason": "r", "pack": "../..", "from": "2030-01-01"}), 422, "fields")
        self.refused(self.worker.get("/api/v1/proposals/999"), 404, "no_such_proposal")

    def test_whole_numbers_of_a_list_leave_once_with_the_readers_name_and_one_record(self):
        codes = self.households(3)
        proposal = self.propose(self.worker, kind="reveal", field="identity_number", purpose="payment",
                                case="pay-2026-1", households=codes)
        self.assertEqual(codes, proposal["households"])
        path = f"/api/v1/proposals/{proposal['id']}/file"
        self.refused(self.worker("POST", path, {"format": "csv"}), 422, "proposal_open")
        self.fits("decideProposal", self.decide(self.other, proposal))
        self.refused(self.other("POST", path, {"format": "csv"}), 422, "proposal_of_another")
        self.refused(self.execute(self.worker, proposal), 409, "proposal_kind")
        taken = self.fits("takeProposalFile", self.worker("POST", path, {"format": "csv"}))
        self.assertIn("worker", taken.headers["Content-Disposition"])
        rows = list(csv.DictReader(io.StringIO(taken.body.decode("utf-8-sig"))))
        members = sum(len(self.household(code)["members"]) for code in codes)
        self.assertEqual(members, len(rows))
        self.assertTrue(any(WHOLE.fullmatch(row["identity_number"]) for row in rows))
        self.assertTrue(all(row["taken_by"].startswith("worker ") for row in rows))
        self.refused(self.worker("POST", path, {"format": "csv"}), 409, "proposal_gone")
        looks = [look for look in self.looks(case="pay-2026-1", user="worker") if "many" in look["what"]]
        self.assertEqual(1, len(looks))
        self.assertEqual((members, len(codes)), (len(looks[0]["persons"]), len(looks[0]["households"])))
        self.assertEqual("新年度标准核对", looks[0]["reason"])
        self.assertIsNone(WHOLE.search(self.worker.get(f"/api/v1/households/{codes[0]}").body.decode()))

    def test_a_list_of_elsewhere_cannot_be_proposed(self):
        outside = next(item["code"] for item in self.worker.pages("/api/v1/households", 200)
                       if not item["region"].startswith("441699101"))
        town = self.account("towncase", "county_caseworker", unit="first")
        body = self.refused(town("POST", "/api/v1/proposals", {
            "kind": "reveal", "reason": "year's check", "field": "phone", "purpose": "visit", "case": "c",
            "households": [outside]}), 422, "fields")
        self.assertEqual(["/households/0"], [error["pointer"] for error in body["errors"]])
        short = self.refused(self.worker("POST", "/api/v1/proposals", {
            "kind": "reveal", "reason": "r", "field": "phone", "purpose": "visit", "case": "c",
            "households": self.households(1)}), 422, "fields")
        self.assertEqual("/reason", short["errors"][0]["pointer"])


class Signing(Office):
    def family(self):
        """A household of several that no other test has had, and its people's ids."""
        for code in self.households(200):
            persons = [member["person"] for member in self.papers(code)["members"]]
            if len(persons) > 1 and code not in self.had:
                self.had.add(code)
                return code, persons
        return self.fail("no household of several is left")

    def sign(self, code, person, **more):
        if more.get("signed_as") == "guardian" and "signer" not in more:
            more = {"signer_name": "祖母甲", **more}
        return self.worker("POST", f"/api/v1/households/{code}/authorisations",
                           {"person": person, "signed_as": "self", "signed_on": day(-30), "until": day(30), **more})

    def papers(self, code, on=None):
        path = f"/api/v1/households/{code}/authorisations" + (f"?day={on}" if on else "")
        return self.fits("listAuthorisations", self.worker.get(path)).json

    def sign_all(self, code, **more):
        """Each adult signs, a guardian for each minor; gives the papers."""
        made = []
        for member in self.papers(code)["members"]:
            how = {"guardian": {"signed_as": "guardian", "paper": "户口簿"}, "self": {},
                   None: {"born_on": "1980-01-01", "paper": "户口簿"}}[member["signs_as"]]
            made.append(self.fits("recordAuthorisation",
                                  self.sign(code, member["person"], **{**how, **more}), 201).json)
        return made

    def newborn(self, code):
        """Somebody without a number comes to the household; gives the person."""
        before = {member["person"] for member in self.papers(code)["members"]}
        wish = {"kind": "birth", "effective_on": day(-3), "paper": "出生证 1",
                "persons": [{"household": code, "fields": {"name": "新生", "relation": "之子"}}]}
        case = self.worker("POST", "/api/v1/register/cases", wish).json["case"]
        job = self.other("POST", f"/api/v1/register/cases/{case}/confirm").json["job"]
        wait_for(job, self.other)
        return next(member for member in self.papers(code)["members"] if member["person"] not in before)


class Papers(Signing):
    def test_who_still_has_to_sign_and_a_revocation_from_its_day(self):
        code = self.households(1)[0]
        listed = self.papers(code)
        self.assertEqual(len(listed["members"]), listed["missing"])
        self.assertTrue(all(member["answer"] == "none" for member in listed["members"]))
        made = self.sign_all(code)
        self.assertEqual(0, self.papers(code)["missing"])
        self.assertEqual(0, self.papers(code, day(-30))["missing"])
        self.assertEqual(len(made), self.papers(code, day(-31))["missing"])
        self.assertEqual(0, self.papers(code, day(29))["missing"])
        self.assertEqual(len(made), self.papers(code, day(30))["missing"])
        path = f"/api/v1/households/{code}/authorisations/{made[0]['id']}/revocation"
        self.refused(self.worker("POST", path, {"on": day(-31)}), 422, "fields")
        self.fits("revokeAuthorisation", self.worker("POST", path, {"on": day(0), "reason": "本人书面撤回"}))
        found = self.auditor.get("/api/v1/audit?limit=200").json["items"]
        self.assertEqual(["本人书面撤回"], [look["reason"] for look in found if look["what"].endswith(" revoked")][:1])
        self.assertEqual(0, self.papers(code, day(-1))["missing"])
        self.assertEqual(1, self.papers(code, day(0))["missing"])
        self.refused(self.worker("POST", path, {"on": day(5)}), 404, "authorisation_unknown")
        other = self.households(2)[1]
        self.refused(self.worker("POST", path.replace(code, other), {"on": day(0)}), 404, "no_such_authorisation")

    def test_a_paper_is_of_the_household_and_of_no_day_to_come(self):
        code, other = self.households(5)[2:4]
        mine = self.papers(code)["members"][0]["person"]
        theirs = self.papers(other)["members"][0]["person"]
        for body, pointer in (({"person": theirs}, "/person"), ({"signed_on": day(2)}, "/signed_on"),
                              ({"scope": "everything"}, "/scope")):
            told = self.refused(self.sign(code, **{"person": mine, **body}), 422, "fields")
            self.assertEqual(pointer, told["errors"][0]["pointer"])
        self.refused(self.sign(code, mine, until=day(-30)), 422, "authorisation_days")
        village = self.account("papervillage", "village_worker", unit="first")
        self.refused(village.get(f"/api/v1/households/{code}/authorisations"), 403, "not_allowed")

    def test_who_signs_for_somebody_without_a_birthday_is_not_known_and_it_says_how_to_get_it(self):
        code = self.households(15)[14]
        known = next(member for member in self.papers(code)["members"] if member["signs_as"] == "self")
        self.assertIsNone(known["how"])
        member = self.newborn(code)
        self.assertEqual((None, "none"), (member["signs_as"], member["answer"]))
        self.assertIn("birth certificate", member["how"]["en"])
        self.assertIn("出生医学证明", member["how"]["zh"])
        person = member["person"]
        said = self.refused(self.sign(code, person), 422, "authorisation_birthday_unknown")
        self.assertIn("birth certificate", said["detail"])
        self.refused(self.sign(code, person, born_on="1990-01-01"), 422, "authorisation_birthday_paper")
        self.refused(self.sign(code, person, born_on=day(-40), paper="出生证 1"), 422, "authorisation_minor")
        for whose, born_on, why in ((person, day(1), "date_in_future"),
                                    (known["person"], "1990-01-01", "known_already")):
            told = self.refused(self.sign(code, whose, born_on=born_on, paper="p"), 422, "fields")
            self.assertEqual([("/born_on", why)], [(error["pointer"], error["code"]) for error in told["errors"]])
        self.fits("recordAuthorisation",
                  self.sign(code, person, signed_as="guardian", paper="出生证 1"), 201)
        again = next(one for one in self.papers(code)["members"] if one["person"] == person)
        self.assertEqual((None, "covered"), (again["signs_as"], again["answer"]))
        grown = self.newborn(self.households(16)[15])  # a number may come later, whoever it is
        self.fits("recordAuthorisation", self.sign(self.households(16)[15], grown["person"],
                                                   born_on="1990-01-01", paper="户口簿 3 页"), 201)
        self.assertTrue([look for look in self.looks(verb="create", thing="authorisation")
                         if look["what"].endswith("birthday by paper")])

    def test_who_signs_is_named_and_signs_for_whom_the_law_lets(self):
        code, persons = self.family()
        members = self.papers(code)["members"]
        adult = next(member["person"] for member in members if member["signs_as"] == "self")
        other = next(person for person in persons if person != adult)
        before = self.papers(code)["missing"]
        self.refused(self.sign(code, adult, signed_as="supporter"), 422, "authorisation_signer_name")
        self.refused(self.sign(code, adult, signed_as="guardian", signer_name="", paper="p"), 422,
                     "authorisation_signer_name")
        self.refused(self.sign(code, adult, signed_as="guardian", paper="监护证明"), 422, "authorisation_ward_paper")
        told = self.refused(self.sign(code, adult, signed_as="supporter", signer=other, signer_name="乙"), 422, "fields")
        self.assertEqual([("/signer_name", "signer_twice")],
                         [(error["pointer"], error["code"]) for error in told["errors"]])
        said = self.refused(self.sign(code, adult, until="2099-01-01"), 422, "authorisation_term")
        self.assertIn("36 months", said["detail"])
        self.assertIn("[I]", said["detail"])
        # A supporter signs for their own means: of whom they support nothing is covered by it.
        paper = self.fits("recordAuthorisation",
                          self.sign(code, adult, signed_as="supporter", signer_name="长女丙"), 201).json
        self.assertEqual((None, "长女丙"), (paper["signer"], paper["signer_name"]))
        self.assertEqual(before, self.papers(code)["missing"])
        ward = self.fits("recordAuthorisation", self.sign(
            code, adult, signed_as="guardian", paper="监护证明", ward_paper="法院判决 3 号"), 201).json
        self.assertEqual(("祖母甲", "法院判决 3 号"), (ward["signer_name"], ward["ward_paper"]))
        self.assertEqual(before - 1, self.papers(code)["missing"])
        listed = next(one for one in self.papers(code)["members"] if one["person"] == adult)
        self.assertEqual(["长女丙", "祖母甲"], [one["signer_name"] for one in listed["papers"]])
        if not self.cluster:  # a sealed folder: the name lies under the person's key
            data = b"".join(path.read_bytes() for path in (self.root / "office").glob("doudi.sqlite*"))
            self.assertNotIn("长女丙".encode(), data)

    def test_means_are_shown_whole_under_everybodys_paper_alone(self):
        code = next(code for code in self.households(60)[20:] if self.household(code)["income_per_head_month"])
        path = f"/api/v1/households/{code}/reveals"
        body = {"field": "means", "reason": "复核收入"}
        self.refused(self.worker("POST", path, body), 422, "not_authorised")
        made = self.sign_all(code)
        self.fits("revealField", self.worker("POST", path, body), 201)
        shown = self.household(code)["income_per_head_month"]
        self.assertRegex(shown or "", r"^\d+\.\d\d$")
        self.fits("revokeAuthorisation", self.worker(
            "POST", f"/api/v1/households/{code}/authorisations/{made[0]['id']}/revocation", {"on": day(0)}))
        self.assertIsNone(self.household(code)["income_per_head_month"])

    def test_a_row_about_means_is_kept_apart_until_the_paper_comes(self):
        self.program.must("synth", "--residents", "2000", "--seed", "3", "--style", "csv", "plain")
        people = {}
        for path in sorted((self.root / "plain" / "registry").iterdir()):
            with path.open(encoding="utf-8-sig", newline="") as file:
                for row in csv.DictReader(file):
                    number = next((value for value in row.values() if WHOLE.fullmatch(value or "")), None)
                    name = next((value for key, value in row.items() if key and "姓名" in key), None)
                    if number and name and row.get("户编号"):
                        people.setdefault(row["户编号"], (name, number))
        code = next(code for code in self.households(40)[10:] if code in people)
        name, number = people[code]
        sheet = ("户主姓名,户主身份证号,危房等级,鉴定日期,是否唯一住房,授权日期,改造状态\n"
                 f"{name},{number},D级,{day(-10)},是,{day(-20)},未改造\n")
        (self.root / "houses.csv").write_text(sheet, encoding="utf-8")
        sent = upload(self.monitor, self.root / "houses.csv")
        job = self.monitor("POST", "/api/v1/imports", {"as_of": day(0), "uploads": [sent]}).json["job"]
        report = wait_for(job, self.monitor)["result"]
        self.assertFalse(report["any_refused"], report)

        def waiting(on=day(0)):
            listed = self.fits("listKeptApart", self.worker.get(f"/api/v1/kept-apart?limit=200&day={on}")).json
            return [item for item in listed["items"] if item["file"] == "houses.csv"]
        self.assertEqual([(code, "sole_dwelling", "none")],
                         [(item["household"], item["fact"], item["answer"]) for item in waiting()])
        self.assertEqual(2, waiting()[0]["row"])
        members = {member["name"] for member in self.worker.get(f"/api/v1/households/{code}").json["members"]}
        self.assertIn(waiting()[0]["name"], members)
        sheet = self.worker.get(f"/api/v1/kept-apart?format=csv&day={day(0)}")
        self.assertIn("houses.csv", sheet.body.decode("utf-8-sig"))
        told = self.program.must("kept-apart", "--data", "office", "--as-of", day(0), "--format", "csv").out
        self.assertIn(f"houses.csv,2,housing.renovation,sole_dwelling,{code}", told)
        # A paper of the day after the survey is too late for it; one of the day itself lets it in.
        self.sign_all(code, signed_on=day(-9))
        self.assertEqual(["not_begun"], [item["answer"] for item in waiting()])
        self.sign_all(code, signed_on=day(-10), until=day(20))
        self.assertEqual([], waiting())
        self.assertEqual([], self.town_monitor.get("/api/v1/kept-apart").json.get("items", []))


class CasesOfTheRegister(Signing):
    """What a case says of asset facts of people on the register is nobody's word: the recorded papers decide."""
    def case_of(self, names, fact_on=-5, **application):
        means = {"source": "核对报告", "as_of": day(fact_on)}
        return {"case": "c", "region": "441699101001", "as_of": day(0),
                "household": {"residence_kind": "rural", "relapse_confirmed": False,
                              "income_month": {"value": "1894.37", **means},
                              "property_within_limits": {"value": True, **means}},
                "members": [{"name": name, "birth_date": "1980-01-01", "absence": None, "disability_level": None}
                            for name in names],
                "application": {"authorised_on": day(-40), **application}}

    def asked(self, case, register=None, who=None):
        body = {"case": case, **({"register": register} if register else {})}
        return (who or self.worker)("POST", "/api/v1/determinations", body)

    def determined(self, case, register=None):
        return self.fits("determine", self.asked(case, register)).json

    def left_out(self, answer):
        return sorted((item["fact"], item["person"], item["answer"]) for item in answer["papers"]["left_out"])

    def incomes(self, answer):
        """What conditions saw of the income, and why not."""
        return {(json.dumps(fact["value"]), fact.get("unknown_because"))
                for fact in answer["used_facts"] if fact["fact"] == "income_month"}

    def test_a_fact_that_a_case_brings_in_stays_out_until_everybody_has_signed(self):
        code, persons = self.family()
        case = self.case_of([f"成员{n}" for n in range(len(persons))])
        register = {"household": code, "members": persons}
        both = {"income_month", "property_within_limits"}
        answer = self.determined(case, register)
        self.assertEqual({(fact, persons[0], "none") for fact in both}, set(self.left_out(answer)))
        self.assertEqual({('{"unknown": true}', "not_authorised")}, self.incomes(answer))
        self.assertNotIn("1894.37", json.dumps(answer))
        self.assertEqual(("register", None), (answer["papers"]["by"], answer["papers"]["authorised_on"]))
        self.assertEqual({("register", "none")}, {(m["by"], m["answer"]) for m in answer["papers"]["members"]})
        for item in answer["papers"]["left_out"]:
            self.assertIn("record the paper", item["how"]["en"])
            self.assertIn("签署授权书", item["how"]["zh"])
        look = self.looks(what="determination")[0]
        self.assertEqual((1, len(persons)), (len(look["households"]), len(look["persons"])))
        # All but the last sign: the last one's paper is what is missing.
        made = self.sign_all(code)
        path = f"/api/v1/households/{code}/authorisations/{made[-1]['id']}/revocation"
        self.fits("revokeAuthorisation", self.worker("POST", path, {"on": day(0)}))
        answer = self.determined(case, register)
        self.assertEqual({(fact, made[-1]["person"], "revoked") for fact in both}, set(self.left_out(answer)))
        # Who is on the register in that household has to have signed, whether the case names them or not.
        some = self.determined(self.case_of(["甲"]), {"household": code, "members": persons[:1]})
        self.assertEqual({made[-1]["person"]}, {person for _, person, _ in self.left_out(some)})
        self.sign_all(code)
        answer = self.determined(case, register)
        self.assertEqual([], self.left_out(answer))
        self.assertEqual(day(-30), answer["papers"]["authorised_on"])
        self.assertEqual({('"1894.37"', None)}, self.incomes(answer))

    def test_what_was_found_out_before_the_paper_was_signed_has_to_be_found_out_anew(self):
        code, persons = self.family()
        self.sign_all(code)  # thirty days ago
        names = [f"成员{n}" for n in range(len(persons))]
        register = {"household": code, "members": persons}
        for fact_on, answer in ((-31, "not_begun"), (-30, None)):
            found = self.determined(self.case_of(names, fact_on), register)
            self.assertEqual({answer} - {None}, {item[2] for item in self.left_out(found)}, fact_on)
        early = self.determined(self.case_of(names, -31), register)
        self.assertTrue(all("anew" in item["how"]["en"] for item in early["papers"]["left_out"]))

    def test_a_case_is_believed_of_those_alone_who_are_not_on_the_register(self):
        alone = self.determined(self.case_of(["甲"]))
        self.assertEqual(("case", day(-40), []), (alone["papers"]["by"], alone["papers"]["authorised_on"],
                                                  self.left_out(alone)))
        self.assertEqual([("甲", None, "case", None)], [
            (m["member"], m["person"], m["by"], m["answer"]) for m in alone["papers"]["members"]])
        self.assertEqual({('"1894.37"', None)}, self.incomes(alone))
        silent = self.case_of(["甲"])
        del silent["application"]["authorised_on"]
        found = self.determined(silent)
        self.assertEqual([("income_month", None, "none"), ("property_within_limits", None, "none")],
                         self.left_out(found))
        self.assertTrue(all(item["by"] == "case" and "authorised_on" in item["how"]["en"]
                            for item in found["papers"]["left_out"]))
        # Beside people of the register, of whom all signed, the case's word is asked of the one who is none of them.
        code, persons = self.family()
        self.sign_all(code)
        names = [f"成员{n}" for n in range(len(persons))] + ["新人"]
        register = {"household": code, "members": [*persons, None]}
        self.assertEqual([], self.left_out(self.determined(self.case_of(names), register)))
        silent = self.case_of(names)
        del silent["application"]["authorised_on"]
        self.assertEqual({"case"}, {item["by"] for item in self.determined(silent, register)["papers"]["left_out"]})

    def test_who_is_named_is_within_reach_once_and_nobodys_namesake_is_a_stranger(self):
        code, persons = self.family()
        real = self.household(code)["members"][0]["name"]

        def fault(case, register, who=None):
            body = self.refused(self.asked(case, register, who), 422, "fields")
            return [(error["pointer"], error["code"]) for error in body["errors"]]
        at = "/register/members"
        self.assertEqual([(at + "/0", "is_on_register")],
                         fault(self.case_of([real]), {"household": code, "members": [None]}))
        self.assertEqual([(at, "not_one_each")], fault(self.case_of(["甲", "乙"]), {"members": persons[:1]}))
        self.assertEqual([(at + "/1", "named_twice")],
                         fault(self.case_of(["甲", "乙"]), {"members": [persons[0], persons[0]]}))
        for wrong in ("999999", "x", 7, "", "0"):
            self.assertEqual([(at + "/0", "no_such_member")], fault(self.case_of(["甲"]), {"members": [wrong]}), wrong)
        self.assertEqual([("/register/household", "no_such_household")],
                         fault(self.case_of(["甲"]), {"household": "XX", "members": [None]}))
        outside = next(item["code"] for item in self.worker.pages("/api/v1/households", 200)
                       if not item["region"].startswith("441699101"))
        stranger = self.papers(outside)["members"][0]["person"]
        self.assertEqual([("/register/household", "no_such_household"), (at + "/0", "no_such_member")],
                         fault(self.case_of(["甲"]), {"household": outside, "members": [stranger]}, self.township))
        # A person of another household than the named one is held to their own papers.
        found = self.determined(self.case_of(["甲"]), {"members": [stranger]})
        self.assertEqual({stranger}, {person for _, person, _ in self.left_out(found)})


class Forgetting(Signing):
    """That a person is forgotten cannot be undone: one proposes it, another approves it."""
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.boss = cls.account("boss", "administrator")
        cls.town_boss = cls.account("townboss", "administrator", unit="first")

    def propose(self, who, code, **more):
        return who("POST", "/api/v1/proposals", {"kind": "forgetting", "reason": "本人申请删除", "households": [code],
                                                 **more})

    def decide(self, who, proposal, approved=True, **more):
        return who("POST", f"/api/v1/proposals/{proposal['id']}/decision",
                   {"approved": approved, "payload_hash": proposal["payload_hash"], **more})

    def execute(self, who, proposal):
        return who("POST", f"/api/v1/proposals/{proposal['id']}/execution")

    def approved(self, code, **more):
        proposal = self.fits("propose", self.propose(self.worker, code, **more), 201).json
        self.fits("decideProposal", self.decide(self.boss, proposal))
        return proposal

    def done(self, proposal):
        job = self.fits("executeProposal", self.execute(self.worker, proposal), 202).json["job"]
        return wait_for(job, self.worker)["result"]

    def test_one_proposes_that_a_person_is_forgotten_another_approves_and_it_is_done_once(self):
        code = self.family()[0]
        members = self.household(code)["members"]
        whom = members[0]["id"]
        proposal = self.fits("propose", self.propose(self.worker, code, person=whom), 201).json
        self.assertEqual([code], proposal["households"])
        name = members[0]["name"]
        self.assertIn(f"members {name} of {code} (one person)", proposal["changes"][0]["en"])
        self.assertIn(f"{code} 户（一人）成员{name}的密钥", proposal["changes"][0]["zh"])
        # An administrator, who sees nobody's data, is told of which household and how many.
        seen = self.boss.get(f"/api/v1/proposals/{proposal['id']}").json["changes"][0]
        self.assertIn(f"{code} 户（一人）成员 1 人的密钥", seen["zh"])
        self.assertIn(f"the keys of 1 member (not named to you) of {code} (one person)", seen["en"])
        self.assertNotIn(name, seen["zh"] + seen["en"])
        self.refused(self.execute(self.worker, proposal), 422, "proposal_open")
        self.refused(self.decide(self.worker, proposal), 403, "not_allowed")
        self.refused(self.decide(self.town_boss, proposal), 404, "no_such_proposal")
        self.refused(self.decide(self.boss, {**proposal, "payload_hash": "0" * 64}), 409, "proposal_differs")
        self.assertEqual(members, self.household(code)["members"])  # nothing has happened yet
        self.fits("decideProposal", self.decide(self.boss, proposal))
        result = self.done(proposal)
        self.assertEqual((1, None), (result["people"], result["already"]))
        self.assertTrue(result["originals_until"])
        left = {member["id"]: member for member in self.household(code)["members"]}
        self.assertFalse(left[whom]["name"] or left[whom]["identity_number"] or left[whom]["phone"])
        self.assertEqual(members[1:], [left[member["id"]] for member in members[1:]])
        proof = next(one for one in self.admin.get("/api/v1/retention/proofs").json["items"]
                     if one["proof"] == result["proof"])
        self.assertEqual({"class": "forgotten", "removed": 1, "done": True, "by": "worker"},
                         {key: proof[key] for key in ("class", "removed", "done", "by")})
        self.refused(self.execute(self.worker, proposal), 409, "proposal_gone")
        gone = self.worker.get(f"/api/v1/proposals/{proposal['id']}").json["changes"][0]["zh"]
        self.assertIn("成员 1 人的密钥", gone)
        self.assertNotIn(name, gone)
        for verb in ("propose", "approve", "change"):
            self.assertTrue(self.looks(verb=verb, thing="retention"), verb)
        carried = self.looks(verb="change", thing="retention", user="worker")[0]
        self.assertEqual(([whom], "本人申请删除"), (carried["persons"], carried["reason"]))

    def test_a_whole_household_is_forgotten_with_those_alone_who_were_approved(self):
        code = self.family()[0]
        proposal = self.approved(code)
        self.assertIn("the household", proposal["changes"][0]["en"])
        self.newborn(code)
        self.refused(self.execute(self.worker, proposal), 409, "household_changed")
        people = len(self.household(code)["members"])
        result = self.done(self.approved(code))
        self.assertEqual(people, result["people"])
        self.assertFalse(any(member["name"] for member in self.household(code)["members"]))
        self.assertFalse(self.household(code)["address"])
        # Of whom nothing has come since nothing goes, and the answer says so: no second proof is made.
        first = next(one for one in self.admin.get("/api/v1/retention/proofs").json["items"]
                     if one["proof"] == result["proof"])
        again = self.done(self.approved(code))
        self.assertEqual((None, result["proof"], people), (result["already"], again["proof"], again["people"]))
        there = datetime.timezone(datetime.timedelta(hours=8))
        on = datetime.datetime.fromisoformat(first["at"]).astimezone(there).date()
        self.assertEqual(on.isoformat(), again["already"])
        self.assertIsNone(again["originals_until"])

    def test_a_hold_stops_it_whenever_it_comes(self):
        code = self.family()[0]
        proposal = self.approved(code)
        hold = self.admin("POST", "/api/v1/holds", {"household": code, "reason": "诉讼 7 号"}).json["id"]
        said = self.refused(self.execute(self.worker, proposal), 409, "held")
        self.assertIn("诉讼 7 号", said["detail"])
        self.refused(self.propose(self.worker, code), 409, "held")
        seen = self.boss.get(f"/api/v1/proposals/{proposal['id']}").json["changes"]
        self.assertTrue(any("诉讼 7 号" in change["zh"] for change in seen))
        self.assertEqual("approved", self.worker.get(f"/api/v1/proposals/{proposal['id']}").json["state"])
        self.admin("POST", f"/api/v1/holds/{hold}/lift", {"reason": "结案"})
        self.done(proposal)

    def test_who_may_propose_and_nobody_approves_their_own(self):
        code = self.family()[0]
        own = self.fits("propose", self.propose(self.boss, code), 201).json
        self.refused(self.decide(self.boss, own), 422, "proposal_own")
        self.fits("decideProposal", self.decide(self.admin, own, False, reason="材料不全"))
        self.refused(self.execute(self.boss, own), 409, "proposal_gone")
        for who in (self.township, self.monitor, self.auditor):
            self.refused(self.propose(who, code), 403, "not_allowed")
        outside = next(item["code"] for item in self.worker.pages("/api/v1/households", 200)
                       if not item["region"].startswith("441699101"))
        for body, pointer in ((self.propose(self.town_boss, outside), "/households/0"),
                              (self.propose(self.boss, code, person="999999"), "/person"),
                              (self.propose(self.boss, "XX"), "/households/0")):
            self.assertEqual(pointer, self.refused(body, 422, "fields")["errors"][0]["pointer"])
        self.refused(self.boss("POST", "/api/v1/proposals", {"kind": "forgetting", "reason": "r"}), 422, "fields")


class Units(Office):
    def load(self, rows, who=None, **more):
        who = who or self.admin
        tag = who.get("/api/v1/units").headers["ETag"]
        return who("PUT", "/api/v1/units", {"units": rows, **more}, headers={"If-Match": tag})

    def test_a_unit_that_moves_takes_its_households_along_on_the_day(self):
        zones = [{"code": f"zone-{n}", "title": f"片区{n}", "kind": "county", "parent": "county", "from": "2020-01-01"}
                 for n in "ab"]
        self.refused(self.admin("PUT", "/api/v1/units", {"units": zones}), 428, "if_match")
        tried = self.fits("loadUnits", self.load(zones, dry_run=True)).json
        self.assertEqual((True, 2), (tried["dry_run"], tried["added"]))
        self.assertNotIn("zone-a", [unit["code"] for unit in self.admin.get("/api/v1/units").json["items"]])
        self.fits("loadUnits", self.load(zones))
        zone = {n: self.account(f"zone{n}", "county_caseworker", unit=f"zone-{n}") for n in "ab"}
        first = {"code": "first", "title": "第一镇", "kind": "township", "region": "441699101"}

        def seen(n):
            return len(zone[n].pages("/api/v1/households", 200))
        all_of_town = len(self.township.pages("/api/v1/households", 200))
        self.assertEqual((0, 0), (seen("a"), seen("b")))
        moved = self.fits("loadUnits", self.load([{**first, "parent": "zone-a", "from": day(0)}])).json
        self.assertEqual([("first", "parent", "county", "zone-a", day(0))],
                         [(c["unit"], c["what"], c["before"], c["after"], c["on"]) for c in moved["changes"]])
        self.assertEqual((all_of_town, 0), (seen("a"), seen("b")))  # the day of
        self.fits("loadUnits", self.load([{**first, "parent": "zone-b", "from": day(1)}]))
        self.assertEqual((all_of_town, 0), (seen("a"), seen("b")))  # the day before
        history = self.fits("getUnitHistory", self.admin.get("/api/v1/units/first/history")).json
        self.assertEqual([("county", day(0)), ("zone-a", day(1)), ("zone-b", None)],
                         [(place["parent"], place["until"]) for place in history["places"]])
        self.fits("getUnitHistory", zone["a"].get("/api/v1/units/first/history"))
        self.refused(zone["a"].get("/api/v1/units/county/history"), 404, "no_such_unit")

    def test_what_is_wrong_is_said_by_row_and_nothing_is_done(self):
        good = {"code": "third", "title": "三", "kind": "township", "parent": "county", "from": "2020-01-01"}
        for wrong in ({"kind": "moon"}, {"parent": "nowhere"}, {"from": "2020-13-01"}, {"color": "red"}):
            answer = self.load([good, {**good, "code": "fourth", **wrong}])
            body = self.refused(answer, 422, "fields")
            self.assertTrue(body["errors"][0]["pointer"].startswith("/units/1"), body)
        self.assertNotIn("third", [unit["code"] for unit in self.admin.get("/api/v1/units").json["items"]])
        tag = {"If-Match": '"0"'}
        self.refused(self.admin("PUT", "/api/v1/units", {"units": [good]}, headers=tag), 412, "changed_since")
        self.refused(self.load([good], self.worker), 403, "not_allowed")

    def test_who_is_not_at_the_root_changes_only_what_is_below_them(self):
        local = self.account("localadmin", "administrator", unit="first")
        village = {"code": "v1", "title": "一村", "kind": "village", "parent": "first", "from": "2020-01-01"}
        self.fits("loadUnits", self.load([village], local))
        for row in ({**village, "code": "v2", "parent": "county"}, {**village, "code": "v3", "parent": ""},
                    {"code": "first", "title": "我的镇", "kind": "township", "parent": "county", "from": "2020-01-01"},
                    {"code": "hr", "title": "x", "kind": "department", "department": "hr", "parent": "first",
                     "from": "2020-01-01"}):
            body = self.refused(self.load([row], local), 422, "fields")
            self.assertEqual("unit_out_of_reach", body["errors"][0]["code"])


class Visibility(Office):
    def previews(self):
        """Of each warned household: its chain as the worker sees it."""
        for item in self.worker.pages("/api/v1/warnings", 200):
            path = f"/api/v1/households/{item['household']}/visibility"
            yield item["household"], self.fits("getHouseholdVisibility", self.worker.get(path)).json["items"]

    def reveal_masked(self, who, code):
        """Sees whole what of the household's events is masked, and gives the classes of fields."""
        masked = self.fits("getHouseholdWhy", who.get(f"/api/v1/households/{code}/why")).json["masked"]
        for field in masked:
            self.fits("revealField", who("POST", f"/api/v1/households/{code}/reveals",
                                         {"field": field, "reason": "核对原件"}), 201)
        return masked

    def test_the_preview_says_who_sees_what(self):
        listed = {row["kind"]: row["seen"] for row in
                  self.fits("getVisibility", self.worker.get("/api/v1/visibility")).json["items"]}
        self.assertEqual({"person": True, "adult": False, "minor": False, "village": False, "department": False,
                          "internal": True, "auditor": True, "other_citizen": False}, listed["health.illness"])
        for kind in ("petition.lead", "warning.score", "integrity.check", "investigation.opened"):
            self.assertFalse(any(listed[kind][who] for who in ("person", "adult", "minor", "other_citizen")), kind)
        guarded = {row["kind"]: row["seen"] for row in
                   self.worker.get("/api/v1/visibility?protected=true").json["items"]}
        self.assertTrue(listed["address.changed"]["adult"] and not guarded["address.changed"]["adult"])
        self.refused(self.worker.get("/api/v1/visibility?protected=maybe"), 400, "fields")

    def test_a_petition_is_a_lead_and_not_for_everybody(self):
        officer = self.account("countytown", "township_officer")
        officer.case = "case-1"
        lead = next(code for code, items in self.previews() if any(i["kind"] == "petition.lead" for i in items))
        for who in (self.worker, officer):  # what is masked is not in question here
            self.reveal_masked(who, lead)

        def told(who):
            why = self.fits("getHouseholdWhy", who.get(f"/api/v1/households/{lead}/why")).json
            listed = next(i for i in who.pages("/api/v1/warnings", 200) if i["household"] == lead)
            return (sum(len(w["events"]) for w in why["warnings"]), sum(w["withheld"] for w in why["warnings"]),
                    len(listed["indicators"]))
        whole, cut = told(self.worker), told(officer)
        self.assertEqual(0, whole[1])
        self.assertTrue(cut[1] >= 1 and cut[0] + cut[1] == whole[0], (whole, cut))
        self.assertLess(cut[2], whole[2])
        kinds = {item["kind"] for item in officer.get(f"/api/v1/households/{lead}/visibility").json["items"]}
        self.assertNotIn("petition.lead", kinds)

    def test_one_adult_does_not_read_anothers_illness_and_no_citizen_a_score(self):
        for code, items in self.previews():
            self.assertNotIn("health.illness", [item["kind"] for item in items])  # masked, for staff too
            if "illness" not in self.reveal_masked(self.worker, code):
                continue
            items = self.worker.get(f"/api/v1/households/{code}/visibility").json["items"]
            ill = next((item["person"] for item in items if item["kind"] == "health.illness"), None)
            adults = [member["person"] for member in
                      self.worker.get(f"/api/v1/households/{code}/authorisations").json["members"]
                      if member["signs_as"] == "self" and member["identity_number"]]
            if ill in adults and len(adults) > 1:
                break
        else:
            self.fail("no household of two adults with an illness")
        other = next(person for person in adults if person != ill)
        own, theirs = self.citizen(ill), self.citizen(other)
        kinds = {}
        for who, name in ((own, "own"), (theirs, "theirs")):
            listed = self.fits("listMyChain", who.get("/api/v1/my/chain")).json["items"]
            kinds[name] = [item["kind"] for item in listed]
            self.assertFalse([k for k in kinds[name] if k.startswith(("warning.", "petition.", "integrity."))])
            self.assertNotIn("", kinds[name])
            self.assertIsNone(WHOLE.search(json.dumps(listed)))
            self.refused(who.get(f"/api/v1/households/{code}/why"), 403, "not_allowed")
            self.assertEqual(403, who.get(f"/api/v1/households/{code}/visibility").status)
            self.assertEqual(403, who.get("/api/v1/visibility").status)
        self.assertIn("health.illness", kinds["own"])
        self.assertNotIn("health.illness", kinds["theirs"])
        self.assertIn("category.decided", kinds["theirs"])
        # Under protection one's own number of a phone is shown to oneself alone.
        phone = {m["id"]: m["phone"] for m in own.get(f"/api/v1/households/{code}").json["members"]}
        self.fits("protectPerson", self.worker("POST", f"/api/v1/households/{code}/protections",
                                               {"person": ill, "reason": "告诫书"}), 201)
        again = {m["id"]: m["phone"] for m in own.get(f"/api/v1/households/{code}").json["members"]}
        self.assertEqual(phone[ill], again[ill])
        self.assertIsNone({m["id"]: m["phone"] for m in
                           theirs.get(f"/api/v1/households/{code}").json["members"]}[ill])


if __name__ == "__main__":
    main()
