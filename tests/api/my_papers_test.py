# SPDX-License-Identifier: Apache-2.0
"""Papers as a household fetches them: what is addressed to it, by who may see the step, nothing that offices write for
themselves; the numbers that documents bear; where the file of a case stands; a campaign's sum; who is told at once."""
import json

from case_files_test import BESIDE, FORM, HOME, words_of
from cases_test import Office
from events import Events
from office import Client, main, wait_for

WORD = {"document_word": ("441699101", "样一"), "office_phone": ("441699101", "0799-0000101"),
        "court": ("441699", "样例县人民法院"), "reconsideration_office": ("441699", "样例县人民政府")}


class Papers(Office):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.monitor = cls.account("monitor", "city_monitor_officer")
        cls.auditor = cls.account("auditor", "auditor")
        cls.third = cls.account("third", "township_officer", unit="first")

    def people(self, household):
        return self.county.get(f"/api/v1/households/{household}").json["members"]

    def citizen(self, person):
        code = self.fits("issueWindowCode", self.town("POST", f"/api/v1/persons/{person}/window-codes",
                                                      {"paper_seen": "resident card"}), 201).json["code"]
        client = Client(self.served.port)
        client.take(client("POST", "/api/v1/session/window-code", {"code": code}))
        client.purpose = "own"
        return client

    def member(self, among=None):
        """(household, person): one of age, as the register tells by their birthday."""
        for household in among or self.inside:
            for one in self.county.get(f"/api/v1/households/{household}/authorisations").json["members"]:
                if one["signs_as"] == "self":
                    return household, one["person"]
        raise AssertionError("nobody is of age")

    def newborn(self, household):
        """A child that comes to the household."""
        before = {one["id"] for one in self.people(household)}
        asked = self.town("POST", "/api/v1/register/cases", {
            "kind": "birth", "effective_on": "2025-06-30", "paper": "出生医学证明",
            "persons": [{"household": household, "fields": {"name": "新生", "relation": "之子"}}]})
        case = self.fits("proposeChange", asked, 201).json["case"]
        wait_for(self.county("POST", f"/api/v1/register/cases/{case}/confirm").json["job"], self.county)
        return next(one["id"] for one in self.people(household) if one["id"] not in before)

    def decided(self, household):
        """An application that was asked for papers, and confirmed by the county with an amount."""
        number = self.opened(self.town, "application", "2025-07-01", household=household, **FORM)
        self.moved(self.town, number, "ask_papers", "2025-07-01", missing=["户口簿", "银行流水"])
        self.moved(self.town, number, "complete", "2025-07-02")
        self.moved(self.town, number, "accept", "2025-07-02", relatives_of_staff=False, **BESIDE)
        self.moved(self.town, number, "survey", "2025-07-03", **HOME)
        self.moved(self.town, number, "review", "2025-07-04", category="minimum_living_guarantee", opinion="grant")
        self.moved(self.third, number, "skip_notice", "2025-07-04", no_notice="urgent", reason="成员住院，等待救助")
        self.moved(self.county, number, "confirm", "2025-07-07", category="minimum_living_guarantee", amount=93600,
                   persons=2, differs_because="按入户核实", unsigned_because="urgent")
        self.moved(self.town, number, "serve", "2025-07-08", served_how="in_person")
        # What it began to pay ends, so that the household may be decided about again.
        self.ended(self.case(self.county, number)["below"][0]["id"], "2025-07-09", from_on="2025-08-01")
        return number

    def mine(self, who):
        return self.fits("listMyPapers", who.get("/api/v1/my/papers")).json["items"]

    def set_figures(self):
        asked = self.county("POST", "/api/v1/proposals", {
            "kind": "figures", "reason": "发文用", "figures": [
                {"parameter": id, "region": region, "from": "2025-01-01", "value": value, "sample": True,
                 "source": "虚构数据"} for id, (region, value) in WORD.items()]})
        proposal = self.fits("propose", asked, 201).json
        for answer in (self.monitor("POST", f"/api/v1/proposals/{proposal['id']}/decision",
                                    {"approved": True, "payload_hash": proposal["payload_hash"]}),
                       self.county("POST", f"/api/v1/proposals/{proposal['id']}/execution")):
            self.assertIn(answer.status, (200, 201, 204), str(answer))


class Household(Papers):
    def test_a_household_fetches_what_is_addressed_to_it_and_nothing_else(self):
        household, person = self.member()
        number = self.decided(household)
        citizen = self.citizen(person)
        mine = [one for one in self.mine(citizen) if one["case"] == number]
        self.assertEqual([(2, "correction_notice"), (4, "acceptance_notice"), (8, "decision_letter"),
                          (9, "service_receipt")], [(one["event"], one["paper"]) for one in mine])
        for one in mine:
            told = self.fits("getMyPaper", citizen.get(one["href"]))
            words = words_of(told.body)
            self.assertEqual(told.body, citizen.get(one["href"]).body)
            for officer in ("town", "colleague", "county"):
                self.assertNotIn(officer, words)
        self.assertIn("户口簿", words_of(citizen.get(mine[0]["href"]).body))
        self.assertIn("936", words_of(citizen.get(mine[2]["href"]).body))
        # What offices write for themselves is not there for them, though its step is.
        every = self.county.get(f"/api/v1/cases/{number}/papers").json["items"]
        internal = {(one["event"], one["paper"]) for one in every} - {(one["event"], one["paper"]) for one in mine}
        self.assertGreaterEqual({paper for _, paper in internal}, {"home_survey", "neighbour_visit", "approval_form"})
        for event, paper in internal | {("x", "decision_letter"), ("99", "decision_letter"), ("8", "no_such_paper")}:
            self.refused(citizen.get(f"/api/v1/my/papers/{number}/{event}/{paper}"), 404, "paper_unknown")

    def test_a_citizen_applies_online_is_told_what_is_missing_completes_it_and_fetches_the_notices(self):
        household, person = self.member()
        citizen = self.citizen(person)
        number = self.fits("openCase", citizen("POST", "/api/v1/cases", {
            "machine": "application", "household": household,
            "fields": {"channel": "online", "pledge": True, "authorised": True}}), 201).json["case"]
        self.assertIn(number, [row["id"] for row in self.town.pages("/api/v1/cases?machine=application", limit=200)])
        self.moved(self.town, number, "ask_papers", missing=["户口簿"])
        notice = next(one for one in self.mine(citizen) if one["case"] == number)
        self.assertEqual("correction_notice", notice["paper"])
        self.assertIn("户口簿", words_of(self.fits("getMyPaper", citizen.get(notice["href"])).body))
        self.moved(citizen, number, "complete", note="已补")
        self.moved(self.town, number, "accept", relatives_of_staff=False, **BESIDE)
        self.assertEqual(["correction_notice", "acceptance_notice"],
                         [one["paper"] for one in self.mine(citizen) if one["case"] == number])
        # What an office decides no citizen makes.
        self.assertEqual([("/move", "move_role")],
                         self.codes(self.move(citizen, number, "survey", **HOME)))

    def test_another_household_and_the_offices_fetch_nothing_here(self):
        number = self.decided(self.inside[0])
        stranger = self.citizen(self.member(among=self.inside[1:])[1])
        self.assertEqual([], [one for one in self.mine(stranger) if one["case"] == number])
        self.refused(stranger.get(f"/api/v1/my/papers/{number}/8/decision_letter"), 404, "paper_unknown")
        for who in (self.town, self.county, self.hr, self.village):
            for path in ("/api/v1/my/papers", f"/api/v1/my/papers/{number}/8/decision_letter"):
                self.refused(who.get(path), 403, "not_a_citizen")
        self.assertEqual(401, Client(self.served.port).get("/api/v1/my/papers").status)

    def test_the_look_is_told_and_what_is_withheld_until_a_day_is_not(self):
        household, person = self.member()
        citizen = self.citizen(person)
        for until, told in (("2999-01-01", False), ("2025-03-01", True)):
            number = self.opened(self.town, "review", "2025-02-10", household=household, cause="rhythm",
                                 category="minimum_living_guarantee")
            self.moved(self.town, number, "survey", "2025-02-11", **HOME)
            self.moved(self.town, number, "propose", "2025-02-12", proposal="exit", reason="收入提高",
                       differs_because="已就业")
            self.moved(self.town, number, "serve_letter", "2025-02-13", served_how="in_person")
            self.moved(self.town, number, "reply", "2025-02-14", reply="无异议")
            self.moved(self.county, number, "decide", "2025-02-24", decision_kind="exit", reason="不再符合",
                       withheld_until=until)
            here = [one["paper"] for one in self.mine(citizen) if one["case"] == number]
            self.assertEqual(["suspension_letter"] if told else [], here, until)
            path = f"/api/v1/my/papers/{number}/6/suspension_letter"
            self.assertEqual(200 if told else 404, citizen.get(path).status)
        looks = self.auditor.get("/api/v1/audit?limit=50").json["items"]
        self.assertTrue([look for look in looks if look["what"].startswith("my.paper suspension_letter of event 6")])

    def test_who_is_not_known_to_be_of_age_fetches_none(self):
        household = self.inside[0]
        young = self.newborn(household)
        number = self.decided(household)
        self.assertEqual([], [one for one in self.mine(self.citizen(young)) if one["case"] == number])
        self.refused(self.citizen(young).get(f"/api/v1/my/papers/{number}/8/decision_letter"), 404, "paper_unknown")


class Numbers(Papers):
    def test_documents_have_numbers_once_the_office_has_a_word_and_who_supplies_the_rest_is_told(self):
        household = self.inside[0]
        before = self.decided(household)
        told = {one["paper"]: one for one in
                self.fits("listCasePapers", self.county.get(f"/api/v1/cases/{before}/papers")).json["items"]}
        letter = told["decision_letter"]
        self.assertEqual("", letter["number"])
        by = {one["field"]: one["by"]["en"] for one in letter["supplied_by"]}
        self.assertEqual(set(letter["blanks"]), set(by))
        self.assertIn("set by the office itself", by["document_number"])
        self.assertIn("civil affairs department", by["court"])
        self.set_figures()
        numbers = []
        for _ in range(2):
            number = self.decided(household)
            events = self.case(self.town, number)["events"]
            numbers.append(events[1]["numbers"]["correction_notice"])
            listed = self.county.get(f"/api/v1/cases/{number}/papers").json["items"]
            notice = next(one for one in listed if one["paper"] == "correction_notice")
            self.assertEqual(numbers[-1], notice["number"])
            words = words_of(self.town.get(notice["href"]).body)
            self.assertIn(numbers[-1], words)
            self.assertIn("0799-0000101", words)
            letter = next(one for one in listed if one["paper"] == "decision_letter")
            self.assertEqual("", letter["number"])  # the county has no word of its own
            words = words_of(self.county.get(letter["href"]).body)
            for said in ("样例县人民法院", "样例县人民政府", "936元", "保障人数2人"):
                self.assertIn(said, words)
        self.assertEqual(["样一补〔2025〕1号", "样一补〔2025〕2号"], numbers)


class Standing(Papers):
    def test_a_closed_case_says_that_its_file_is_not_sealed_yet_and_then_that_it_is(self):
        number = self.opened(self.town, "application", "2025-07-01", household=self.inside[0], **FORM)
        self.assertEqual({"state": "open", "number": 0, "sealed_at": None}, self.case(self.town, number)["file"])
        now = self.moved(self.town, number, "withdraw", "2025-07-02", reason="本人撤回")
        self.assertEqual("unsealed", now["file"]["state"])
        self.assertEqual("unsealed", self.case(self.county, number)["file"]["state"])
        self.fits("sealCaseFile", self.town("POST", f"/api/v1/cases/{number}/file"))
        told = self.case(self.county, number)["file"]
        self.assertEqual(("sealed", 1), (told["state"], told["number"]))
        self.assertTrue(told["sealed_at"])
        citizen = self.citizen(self.people(self.inside[0])[0]["id"])
        self.assertIsNone(self.fits("getCase", citizen.get(f"/api/v1/cases/{number}")).json["file"])

    def test_who_applied_is_told_until_when_and_not_to_whom_it_is_late(self):
        household, person = self.member(self.inside[2:])
        number = self.opened(self.town, "application", "2025-07-01", household=household, **FORM)
        self.moved(self.town, number, "ask_papers", "2025-07-01", missing=["户口簿"])
        self.assertEqual(["papers_due", "acceptance_target"],
                         [clock["id"] for clock in self.case(self.town, number)["clocks"]])
        told = self.fits("getCase", self.citizen(person).get(f"/api/v1/cases/{number}")).json["clocks"]
        self.assertEqual([], told)  # what offices set themselves
        self.moved(self.town, number, "complete", "2025-07-02")
        self.moved(self.town, number, "accept", "2025-07-02", relatives_of_staff=False, **BESIDE)
        office = [clock for clock in self.case(self.town, number)["clocks"] if not clock["internal"]]
        self.assertTrue(office)
        mine = self.citizen(person)
        told = self.fits("getCase", mine.get(f"/api/v1/cases/{number}")).json
        (longest,) = told["clocks"]  # which category it will be nobody knows: one day, the longest that can hold
        self.assertEqual((True, "2025-07-02", ""), (longest["by_category"], longest["started_on"], longest["told_to"]))
        (row,) = [row for row in self.fits("listCases", mine.get("/api/v1/cases?machine=application")).json["items"]
                  if row["id"] == number]
        for one in (row, told):
            self.assertEqual((True, longest["due_on"], None, False),
                             (one["due_by_category"], one["due_on"], one["due_clock"], one["due_internal"]))
        last = {}
        for category in ("mlg_marginal_household", "rigid_expenditure_household", "relapse_monitored", "other_hardship",
                         "minimum_living_guarantee", "single_member_guarantee", "extreme_poverty"):
            self.moved(self.town, number, "switch", "2025-07-02", category=category, reason="按此类别办理")
            office = [clock for clock in self.case(self.town, number)["clocks"] if not clock["internal"]]
            told = self.fits("getCase", mine.get(f"/api/v1/cases/{number}")).json
            self.assertEqual([{**clock, "told_to": ""} for clock in office], told["clocks"], category)  # its own days
            self.assertNotIn("due_by_category", told)
            last[category] = max(clock["due_on"] or "" for clock in office)
        self.assertEqual(max(last.values()), longest["due_on"])
        self.assertLess(last["extreme_poverty"], longest["due_on"])  # it was told no day of another category as its own

    def test_a_campaign_is_summed_by_office_state_and_result_down_to_the_case(self):
        number = self.opened(self.county, "campaign", "2025-09-01", instruction="年度集中排查", due_on="2025-10-31")
        self.moved(self.county, number, "start", "2025-09-02", due_on="2025-10-31")
        homes = [self.opened(self.county, "survey", "2025-09-02", parent=int(number), household=code,
                             due_on="2025-09-30", **({"to_unit": "first"} if n < 3 else {}))
                 for n, code in enumerate(self.inside[:4])]
        for home, result in zip(homes, ("worse", "worse")):
            self.moved(self.town, home, "fill", "2025-09-04", survey_result=result, note="入户了解")
        self.moved(self.colleague, homes[0], "close", "2025-09-09")

        def summed(who):
            told = self.fits("getCaseRollUp", who.get(f"/api/v1/cases/{number}/roll-up")).json
            self.assertEqual(told["count"], sum(one["count"] for one in told["items"]))
            return {(one["unit"], one["state"], one["results"][0]["word"]): (one["cases"], one["closed"])
                    for one in told["items"]}
        self.assertEqual({("first", "closed", "worse"): ([homes[0]], 1), ("first", "filled", "worse"): ([homes[1]], 0),
                          ("first", "listed", None): ([homes[2]], 0), ("county", "listed", None): ([homes[3]], 0)},
                         summed(self.county))
        told = self.county.get(f"/api/v1/cases/{number}/roll-up").json["items"]
        self.assertEqual({"zh": "困难加重", "en": "Worse"},
                         next(one for one in told if one["state"] == "closed")["results"][0]["word_title"])
        # A case without any below sums to nothing; who does not reach it is told of none.
        alone = self.fits("getCaseRollUp", self.county.get(f"/api/v1/cases/{homes[3]}/roll-up")).json
        self.assertEqual((0, []), (alone["count"], alone["items"]))
        self.refused(self.town.get(f"/api/v1/cases/{number}/roll-up"), 404, "no_such_case")
        self.refused(self.hr.get(f"/api/v1/cases/{number}/roll-up"), 404, "no_such_case")

    def test_an_office_is_told_at_once_of_a_case_that_a_move_starts_below_another(self):
        watchers = {"county": Events(self.county, "/api/v1/events"), "hr": Events(self.hr, "/api/v1/events")}
        number = self.opened(self.town, "application", "2025-07-01", household=self.inside[0],
                             matters=["employment_assistance"], need="失业", **FORM)
        below = self.case(self.county, number)["below"][0]["id"]
        told = []
        for event in watchers["county"]:
            if event.get("event") == "case":
                told.append(json.loads(event["data"])["case"])
            if below in told:
                break
        self.assertEqual([number, below], told)
        # The department whose matter it is hears of its own case alone.
        heard = next(event for event in watchers["hr"] if event.get("event") == "case")
        self.assertEqual((below, "referral", "hr"), tuple(json.loads(heard["data"])[key] for key in
                                                         ("case", "machine", "department")))
        for watcher in watchers.values():
            watcher.close()
        self.refused(self.hr.get(f"/api/v1/cases/{below}/roll-up"), 403, "not_allowed")  # a sum is for offices


if __name__ == "__main__":
    main()
