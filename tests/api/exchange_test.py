# SPDX-License-Identifier: Apache-2.0
"""Two served offices, a city and its county, over a line that loses, doubles, reorders and cuts, either of them
killed on the way: at the end both hold the same, each message once. And a peer of another make, which signs by its own
code."""
import contextlib
import hashlib
import http.client
import json
import secrets
import tempfile
import time
import unittest
from pathlib import Path

from office import NUMBER, Program, Q2, main, wait_for
from office import Case as Settings
from peering import CITY, COUNTY, COUNTY_BELOW, Line, Site, Stranger, home_with, write_peers
from schema import faults


class Pair(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.made = tempfile.TemporaryDirectory(prefix="doudi-exchange-")
        cls.root = Path(cls.made.name)
        Program(Settings.binary, cls.root).must("synth", "--residents", "1500", "--seed", "3", "made")
        cls.down, cls.up = Line(1), Line(2)
        cls.city, cls.county = Site(cls, "city", CITY, True), Site(cls, "county", COUNTY_BELOW, False)
        key = secrets.token_hex(32)
        at = "url: http://127.0.0.1:{}/api/v1/exchange/{}/inbox"
        write_peers(cls.city.root, "city", [{"id": "county", "channel": "doudi", "arrives_at": "city", "key": key,
                                             "stands_for": "stands_for: county",
                                             "url": at.format(cls.down.port, "city")}])
        write_peers(cls.county.root, "county", [{"id": "city", "channel": "doudi", "arrives_at": "county",
                                                 "stands_for": "stands_for: city", "key": key,
                                                 "url": at.format(cls.up.port, "county")}])
        for site, line, peer in ((cls.city, cls.down, "county"), (cls.county, cls.up, "city")):
            site.serve()
            site.first()
            site.admin_peer = peer
            site.reader = site.account("reader", "city_monitor_officer", site.program.folder.name)
            site.worker = site.account("worker", "county_caseworker", site.program.folder.name)
            site.second = site.account("second", "county_caseworker", site.program.folder.name)
        cls.town = cls.county.account("town", "township_officer", "first")
        cls.colleague = cls.county.account("colleague", "township_officer", "first")
        cls.aim()

    @classmethod
    def aim(cls):
        cls.down.target, cls.up.target = cls.county.served.port, cls.city.served.port

    @classmethod
    def tearDownClass(cls):
        logs = ""
        for site in (cls.city, cls.county):
            code = site.served.stop()
            logs += site.served.log()
            assert code == 0, f"ended with {code}: {logs[-3000:]}"
        for line in (cls.down, cls.up):
            line.stop()
        cls.made.cleanup()
        assert not NUMBER.search(logs), "an identity number stands in the log"

    # --- helpers

    def restart(self, site):
        """Killed where it stands, and served again."""
        site.kill()
        self.aim()

    @contextlib.contextmanager
    def apart(self):
        """What is done in it each side does before it hears of the other."""
        self.down.cut = self.up.cut = True
        yield
        time.sleep(2.5)  # both write what they have to say
        self.down.cut = self.up.cut = False

    def rounds(self):
        for site in (self.city, self.county):
            site.reader("POST", "/api/v1/exchange/rounds")

    def until(self, holds, timeout=240):
        """Rounds until it holds; what the line spoils is called again."""
        end = time.monotonic() + timeout
        while not holds():
            self.assertLess(time.monotonic(), end, self.standing())
            self.rounds()
            time.sleep(0.2)

    def standing(self):
        return json.dumps([site.reader.get("/api/v1/exchange/peers").json for site in (self.city, self.county)])

    def is_quiet(self):
        """Nothing waits on either side."""
        for site in (self.city, self.county):
            told = site.reader.get("/api/v1/exchange/peers").json["items"][0]
            waits = (told["out"]["queued"], told["out"]["sent"], told["out"]["given_up"], told["in"]["kept"])
            if any(waits) or told["missing"]:
                return False
        return True

    def settle(self):
        # What was done last is told within a round or two: quiet must last.
        for _ in range(3):
            self.until(self.is_quiet)
            self.rounds()
            time.sleep(1.2)
        self.until(self.is_quiet)

    def fits(self, site, operation, answer, status=200):
        self.assertEqual(status, answer.status, str(answer))
        self.assertEqual([], site.api.faults_of(operation, answer))
        return answer

    def addresses(self, site):
        codes = [row["code"] for row in site.worker.pages("/api/v1/households", 200)]
        return {code: site.worker.get(f"/api/v1/households/{code}").json["address"] for code in codes}

    def correct(self, site, code, address):
        wish = {"kind": "correction", "effective_on": "2025-07-15",
                "households": [{"code": code, "fields": {"address": address}}]}
        case = site.worker("POST", "/api/v1/register/cases", wish)
        self.assertEqual(201, case.status, str(case))
        asked = site.second("POST", f"/api/v1/register/cases/{case.json['case']}/confirm")
        self.assertEqual(202, asked.status, str(asked))
        self.assertEqual([case.json["case"]], wait_for(asked.json["job"], site.second)["result"]["in_force"])

    def decide(self, site, proposal, verdict):
        asked = site.worker("POST", f"/api/v1/register/proposals/{proposal}/decisions",
                            {"verdict": verdict, "part": "all"})
        self.assertEqual(202, asked.status, str(asked))
        wait_for(asked.json["job"], site.worker)

    def differences(self, site):
        return self.fits(site, "listDifferences", site.worker.get("/api/v1/exchange/differences")).json["items"]

    # --- the story, in its order

    def test_1_the_registers_are_told_both_ways_and_say_the_same(self):
        households = len(self.addresses(self.city))
        self.assertGreater(households, 20)
        self.until(lambda: len(self.city.pages("in")) == households)
        self.restart(self.city)
        self.until(lambda: len(self.county.pages("in")) == households)
        self.settle()
        self.assertEqual({"same"}, {row["outcome"] for row in self.city.pages("in") + self.county.pages("in")})
        self.assertEqual([], self.differences(self.city) + self.differences(self.county))

    def test_2_warnings_go_down_and_results_come_up(self):
        asked = self.city.worker("POST", "/api/v1/raisings", {"as_of": Q2})
        wait_for(asked.json["job"], self.city.worker)
        cases = [row["id"] for row in self.city.worker.pages("/api/v1/cases?machine=warning&state=raised", 50)][:6]
        self.assertEqual(6, len(cases))
        for number in cases:
            self.city.move(self.city.worker, number, "dispatch", to_unit="county")
        opened = {}

        def all_came():
            for row in self.county.worker.pages("/api/v1/cases?machine=warning", 50):
                opened.setdefault(row["id"], row["household"])
            return len(opened) >= len(cases)
        self.until(all_came)
        self.restart(self.county)
        for number in opened:
            self.county.move(self.county.worker, number, "dispatch", to_unit="first")
            self.county.move(self.town, number, "accept")
            self.county.move(self.town, number, "visit", outcome="true_", officers=["town", "colleague"], note="住院")
        self.restart(self.city)
        for number in opened:
            self.county.move(self.town, number, "feed_back")
        self.until(lambda: all(self.city.worker.get(f"/api/v1/cases/{number}").json["state"] == "fed_back"
                               for number in cases))
        self.settle()
        self.assertEqual(len(cases), len(self.county.worker.pages("/api/v1/cases?machine=warning", 50)))
        for number in cases:
            told = self.city.worker.get(f"/api/v1/cases/{number}").json
            self.assertEqual(["raise", "dispatch", "accept", "report"], [event["move"] for event in told["events"]])
            self.assertIn("handle", [move["id"] for move in told["open_moves"]])
        said = self.city.results("exchange")
        self.assertTrue(said)
        shape = {"$ref": "#/components/schemas/ExchangeResult"}
        self.assertEqual([], [fault for one in said for fault in faults(one, shape, self.city.api.description)])

    def test_2b_a_county_asks_its_city_for_help_and_the_answer_lands_on_what_it_asked_for(self):
        warning, asked, there = self.asks("人在市区租住，请核实", lambda: self.restart(self.county))
        self.restart(self.city)
        told = self.case(self.city, there)
        self.assertEqual(["人在市区租住，请核实"], told["events"][0]["fields"]["need"])
        self.assertTrue(told["household"])
        self.city.move(self.city.worker, there, "answer", outcome="true_", officers=["worker", "second"], note="在此租住")
        self.restart(self.county)
        self.until(lambda: self.case(self.county, asked)["state"] == "answered")
        self.settle()
        self.assertEqual([1, 1], [len(self.all_of(site, "assistance")) for site in (self.city, self.county)])
        last = self.case(self.county, warning)["events"][-1]
        self.assertEqual(("help_answered", ["true_"], ["在此租住"]),
                         (last["move"], last["fields"]["help_outcome"], last["fields"]["note"]))

    def asks(self, need, meanwhile=None):
        """What the county asks its city for, and the city's case of it once it came."""
        warning = self.accepted_below()
        before = self.all_of(self.city, "assistance")
        opened = self.town("POST", "/api/v1/cases", {
            "machine": "assistance", "parent": warning, "fields": {"to_unit": "city", "need": need}})
        self.assertEqual(201, opened.status, str(opened))
        if meanwhile:
            meanwhile()
        self.until(lambda: self.all_of(self.city, "assistance") - before)
        (there,) = self.all_of(self.city, "assistance") - before
        return warning, opened.json["case"], there

    @staticmethod
    def rows_of(site, machine):
        """Cases of a machine, the closed ones too."""
        return site.worker.pages(f"/api/v1/cases?machine={machine}&closed=all", 50)

    def all_of(self, site, machine):
        return {row["id"] for row in self.rows_of(site, machine)}

    def case(self, site, number):
        return site.worker.get(f"/api/v1/cases/{number}").json

    def steps(self, site, number):
        return [event["move"] for event in self.case(site, number)["events"]]

    def test_2c_what_a_county_withdraws_is_withdrawn_above_and_what_was_answered_first_is_shown_on_both_sides(self):
        warning, asked, there = self.asks("人在市区租住，请核实")
        self.county.move(self.town, asked, "withdraw", reason="本人已返回")
        self.restart(self.county)
        self.until(lambda: self.case(self.city, there)["state"] == "withdrawn")
        self.restart(self.city)
        self.settle()
        told = self.case(self.city, there)
        self.assertEqual(["take", "take_back"], self.steps(self.city, there))
        self.assertEqual((True, ["本人已返回"]), (told["closed"], told["events"][-1]["fields"]["reason"]))
        last = self.case(self.county, warning)["events"][-1]
        self.assertEqual(("help_answered", ["withdrawn"]), (last["move"], last["fields"]["help_outcome"]))
        _, asked, there = self.asks("再次请求核实")
        self.settle()
        with self.apart():
            self.city.move(self.city.worker, there, "answer", outcome="true_", officers=["worker", "second"],
                           note="在此租住")
            self.county.move(self.town, asked, "withdraw", reason="本人已返回")
        self.until(lambda: self.case(self.city, there)["late"] and self.case(self.county, asked)["late"])
        self.settle()
        for site, number, state, late in ((self.city, there, "answered", "take_back"),
                                          (self.county, asked, "withdrawn", "report")):
            told = self.case(site, number)
            self.assertEqual((state, [late]), (told["state"], [form["move"] for form in told["late"]]))
            settled = site.worker("POST", f"/api/v1/cases/{number}/late/{told['late'][0]['id']}/settled", {})
            self.assertEqual(204, settled.status, str(settled))
            self.assertEqual([], self.case(site, number)["late"])

    def test_2d_what_was_opened_and_closed_between_two_rounds_is_told_once_with_its_end(self):
        warning = self.accepted_below()
        self.settle()
        before = {machine: self.all_of(self.city, machine) for machine in ("assistance", "referral_below")}
        self.assertEqual(0, self.county.served.stop())
        self.county.serve(peers=False)  # no round runs
        household = self.case(self.county, warning)["household"]
        for who, machine, fields, end in (
                (self.town, "assistance", {"to_unit": "city", "need": "请核实"}, "withdraw"),
                (self.county.worker, "referral", {"kind": "aid", "need": "住院自付多"}, "recall")):
            body = {"machine": machine, "fields": fields}
            body |= {"parent": warning} if machine == "assistance" else {"household": household}
            opened = who("POST", "/api/v1/cases", body)
            self.assertEqual(201, opened.status, str(opened))
            self.county.move(who, opened.json["case"], end, reason="不再需要")
        self.assertEqual(0, self.county.served.stop())
        self.county.serve()
        self.aim()

        self.until(lambda: all(self.all_of(self.city, machine) - kept for machine, kept in before.items()))
        self.settle()
        for machine, steps in (("assistance", ["take", "take_back"]), ("referral_below", ["take", "end"])):
            (there,) = self.all_of(self.city, machine) - before[machine]
            told = self.case(self.city, there)
            self.assertEqual((steps, True, household),
                             (self.steps(self.city, there), told["closed"], told["household"]))
            self.assertEqual(["不再需要"], told["events"][-1]["fields"]["reason"])

    def test_2e_what_the_county_finds_itself_is_told_above_step_by_step_and_opens_no_work_there(self):
        self.assertEqual(0, self.county.served.stop())
        made = self.root / "made" / "2025Q2"
        self.county.program.must("import", "--data", "office", "--as-of", Q2, made)
        self.county.program.must("monitor", "--data", "office", "--as-of", Q2)
        self.county.serve()
        self.aim()
        # The pack has warnings raised at the city: whoever looks after them here sits at that office of the tree.
        desk = self.county.account("desk", "city_monitor_officer", "city")
        asked = self.county.worker("POST", "/api/v1/raisings", {"as_of": Q2})
        opened = wait_for(asked.json["job"], self.county.worker)["result"]["opened"]
        self.assertGreater(opened, 5)
        self.until(lambda: len(self.rows_of(self.city, "warning_below")) == opened)
        own = next(row["id"] for row in desk.pages("/api/v1/cases?machine=warning&state=raised", 50))
        self.county.move(desk, own, "dispatch", to_unit="first")
        self.county.move(self.town, own, "accept")
        self.county.move(self.town, own, "visit", outcome="false_", officers=["town", "colleague"], note="已就业")
        self.restart(self.county)
        self.county.move(self.town, own, "feed_back")
        self.county.move(self.county.worker, own, "dismiss", reason="不属实")
        self.until(lambda: any(row["closed"] for row in self.rows_of(self.city, "warning_below")))
        self.restart(self.city)
        self.settle()
        (there,) = [row["id"] for row in self.rows_of(self.city, "warning_below") if row["closed"]]
        told = self.case(self.city, there)
        self.assertEqual(["take"] + ["follow"] * 4 + ["end"], self.steps(self.city, there))
        self.assertEqual(self.case(self.county, own)["household"], told["household"])
        shown = {}
        for event in told["events"]:
            shown |= event["fields"]
        self.assertEqual((["closed"], ["false_"], ["已就业"], ["不属实"]),
                         tuple(shown[field] for field in ("warning_state", "outcome", "note", "reason")))
        self.assertEqual(([], []), (told["clocks"], told["open_moves"]))
        # Nothing of the city's goes to the county so, and a repeated round changes nothing.
        self.assertEqual([], self.rows_of(self.county, "warning_below"))

        def seen():
            states = {row["id"]: row["state"] for row in self.rows_of(self.city, "warning_below")}
            return len(self.county.pages("out")), states
        before = seen()
        self.rounds()
        self.settle()
        self.assertEqual(before, seen())

    def test_2f_what_becomes_of_a_dispatched_warning_above_is_told_below_and_a_person_closes_it_there(self):
        number = self.city.worker.pages("/api/v1/cases?machine=warning&state=fed_back", 50)[0]["id"]
        household = self.case(self.city, number)["household"]
        (below,) = [row["id"] for row in self.county.worker.pages("/api/v1/cases?machine=warning&state=fed_back", 50)
                    if row["household"] == household]
        self.city.move(self.city.worker, number, "handle", branch="push")
        self.city.move(self.city.second, number, "close", reason="已转办", undone_because="elsewhere")
        self.until(lambda: self.steps(self.county, below)[-1] == "tell_above")
        told = self.case(self.county, below)
        self.assertEqual("fed_back", told["state"])
        self.assertEqual({"above_did": ["closed"], "other_reason": ["已转办"]}, told["events"][-1]["fields"])
        self.county.move(self.county.worker, below, "end_with_above", reason="上级已办结")
        self.until(lambda: self.steps(self.city, number)[-1] == "tell_below")
        self.settle()
        told = self.case(self.city, number)
        self.assertEqual(("closed", {"below_did": ["closed"], "other_reason": ["上级已办结"]}),
                         (told["state"], told["events"][-1]["fields"]))
        self.assertEqual(1, self.steps(self.city, number).count("tell_below"))
        self.assertEqual(1, self.steps(self.county, below).count("tell_above"))

    def accepted_below(self):
        """A warning of the city's that a township of the county has accepted, and asks for help with."""
        number = self.city.worker.pages("/api/v1/cases?machine=warning&state=raised", 50)[0]["id"]
        before = self.all_of(self.county, "warning")
        self.city.move(self.city.worker, number, "dispatch", to_unit="county")
        self.until(lambda: self.all_of(self.county, "warning") - before)
        (below,) = self.all_of(self.county, "warning") - before
        self.county.move(self.county.worker, below, "dispatch", to_unit="first")
        self.county.move(self.town, below, "accept")
        self.county.move(self.town, below, "help_asked", reason="人不在本地")
        return int(below)

    def test_3_what_one_side_changed_is_a_proposal_and_what_both_changed_a_conflict(self):
        one, other = sorted(self.addresses(self.city))[:2]
        self.correct(self.county, one, "搬到新街一号")
        self.until(lambda: self.differences(self.city))
        found = self.differences(self.city)[0]
        self.assertEqual((one, "changed"), (found["household"], found["kind"]))
        self.assertNotEqual("搬到新街一号", self.addresses(self.city)[one])
        self.decide(self.city, found["proposal"], "accept")
        self.settle()
        self.assertEqual([], self.differences(self.city) + self.differences(self.county))
        self.assertEqual("搬到新街一号", self.addresses(self.city)[one])
        with self.apart():
            self.correct(self.county, other, "县里改的")
            self.correct(self.city, other, "市里改的")
        self.until(lambda: self.differences(self.city) and self.differences(self.county))
        self.settle()
        for site in (self.city, self.county):
            self.assertEqual([(other, "conflict")], [(d["household"], d["kind"]) for d in self.differences(site)])
        self.assertEqual("市里改的", self.addresses(self.city)[other])
        self.assertEqual("县里改的", self.addresses(self.county)[other])
        number = self.differences(self.city)[0]["number"]
        settled = self.city.worker("POST", f"/api/v1/exchange/peers/county/differences/{number}/settle")
        self.fits(self.city, "settleDifference", settled, 204)
        self.assertEqual([], self.differences(self.city))
        self.decide(self.county, self.differences(self.county)[0]["proposal"], "accept")
        self.settle()
        self.assertEqual([], self.differences(self.county))

    def test_4_at_the_end_both_hold_the_same_and_each_message_was_taken_once(self):
        self.settle()
        self.assertEqual(self.addresses(self.city), self.addresses(self.county))
        for one, other in ((self.city, self.county), (self.county, self.city)):
            sent, came = one.pages("out"), other.pages("in")
            self.assertEqual({"receipted"}, {row["state"] for row in sent})
            self.assertEqual({"taken"}, {row["state"] for row in came})
            self.assertEqual(list(range(len(sent), 0, -1)), [row["number"] for row in sent])
            self.assertEqual([row["number"] for row in sent], [row["number"] for row in came])
        self.assertGreater(self.down.spoiled + self.up.spoiled, 20)

    def test_5_every_answer_fits_and_who_has_no_right_sees_nothing(self):
        for site, peer in ((self.city, "county"), (self.county, "city")):
            self.fits(site, "listPeers", site.reader.get("/api/v1/exchange/peers"))
            self.fits(site, "listSentMessages", site.reader.get(f"/api/v1/exchange/peers/{peer}/out?state=receipted"))
            self.fits(site, "listReceivedMessages", site.reader.get(f"/api/v1/exchange/peers/{peer}/in?state=taken"))
            self.fits(site, "beginRound", site.reader("POST", "/api/v1/exchange/rounds"), 202)
            nobody = site.reader("POST", f"/api/v1/exchange/peers/{peer}/out/99999/retry")
            self.assertEqual((404, "message_unknown"), (nobody.status, nobody.json["code"]))
            settled = site.reader("POST", f"/api/v1/exchange/peers/{peer}/out/1/retry")
            self.assertEqual((409, "message_settled"), (settled.status, settled.json["code"]))
            self.assertEqual(400, site.reader.get(f"/api/v1/exchange/peers/{peer}/out?state=lost").status)
        self.assertEqual(403, self.town.get("/api/v1/exchange/peers").status)
        self.assertEqual(404, self.county.reader.get("/api/v1/exchange/peers/nobody/out").status)
        for what in ("exchange.sent city", "exchange.taken city"):
            looks = self.county.admin.get(f"/api/v1/audit?what={what.replace(' ', '%20')}").json["items"]
            self.assertTrue(looks, what)


# --- a peer of another make -----------------------------------------------------------------------------------------

HARBOUR = """# SPDX-License-Identifier: Apache-2.0
id: harbour
title: {zh: 港务平台, en: Harbour platform}
codes:
  - {id: sex, standard: GB/T 2261.1, pairs: {男: "1", 女: "2"}}
sends:
  - id: person
    title: {zh: 户, en: Household}
    about: household
    fields:
      - {ours: code, theirs: no, required: true}
      - {ours: enrolled_on, theirs: since, as: day}
    members:
      theirs: people
      fields: [{ours: name, theirs: n, required: true}, {ours: sex, theirs: g, code: sex}]
takes:
  - id: alarm
    title: {zh: 告警, en: Alarm}
    about: case
    machine: warning
    opens: raise
    fields:
      - {ours: case.asked, theirs: ref, required: true}
      - {ours: case.household, theirs: no, required: true}
      - {ours: case.move, theirs: what, required: true}
      - {ours: case.on, theirs: day, as: day, required: true}
      - {ours: event, theirs: signs, many: true}
      - {ours: level, theirs: level}
receipts: {kept: [HAVE], taken: [OK], refused: [NO]}
retry: {after_seconds: [1], give_up_after: 100}
"""


class AnotherMake(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.made = tempfile.TemporaryDirectory(prefix="doudi-harbour-")
        cls.root = Path(cls.made.name)
        Program(Settings.binary, cls.root).must("synth", "--residents", "800", "--seed", "5", "made")
        home = home_with(cls.root, "harbour", HARBOUR)
        cls.site = Site(cls, "county", COUNTY, False)
        cls.site.program.home = home
        key = secrets.token_hex(32)
        write_peers(cls.site.root, "county", [{"id": "harbour", "channel": "harbour", "arrives_at": "county",
                                               "stands_for": "", "url": "", "key": key}])
        cls.site.serve()
        cls.site.first()
        cls.site.admin_peer = "harbour"
        cls.site.reader = cls.site.account("reader", "city_monitor_officer", "county")
        cls.site.worker = cls.site.account("worker", "county_caseworker", "county")
        cls.codes = sorted(row["code"] for row in cls.site.worker.pages("/api/v1/households", 200))
        cls.stranger = Stranger(key, cls.site.served.port)

    @classmethod
    def tearDownClass(cls):
        code = cls.site.served.stop()
        log = cls.site.served.log()
        cls.made.cleanup()
        assert code == 0, log[-3000:]

    def receipts(self, numbers, settled=("OK", "NO")):
        end = time.monotonic() + 60
        while True:
            told = {one["number"]: one for one in self.stranger.say(asks=numbers)["receipts"]}
            if all(told[number]["state"] in settled for number in numbers):
                return [told[number] for number in numbers]
            self.assertLess(time.monotonic(), end, told)
            time.sleep(0.1)

    def test_1_it_pulls_the_register_in_its_own_words_until_it_has_all(self):
        end = time.monotonic() + 60
        while len(self.stranger.got) < len(self.codes):
            self.assertLess(time.monotonic(), end)
            self.stranger.say()
        self.assertEqual(list(range(1, len(self.codes) + 1)), sorted(self.stranger.got))
        self.assertEqual(self.codes, sorted(message["body"]["no"] for message in self.stranger.got.values()))
        for message in self.stranger.got.values():
            self.assertLessEqual(set(message["body"]), {"no", "since", "people"})
            for person in message["body"]["people"]:
                self.assertIn(person["g"], ("1", "2"))
        self.stranger.say(receipts=[{"number": number, "state": "OK"} for number in sorted(self.stranger.got)[1:]] + [
            {"number": 1, "state": "NO", "field": "since", "reason": {"zh": "日期不符", "en": "another day"}}])
        refused = self.site.pages("out", "refused")
        self.assertEqual([1], [row["number"] for row in refused])
        self.assertEqual("another day", refused[0]["why"]["reason"]["en"])
        self.assertEqual(len(self.codes) - 1, len(self.site.pages("out", "receipted")))
        # A person sends it once more, under a new number.
        again = self.site.reader("POST", f"/api/v1/exchange/peers/harbour/out/{refused[0]['id']}/retry")
        self.assertEqual(204, again.status, str(again))
        self.stranger.say()
        self.assertIn(len(self.codes) + 1, self.stranger.got)

    def test_2_what_comes_out_of_order_waits_and_what_comes_twice_is_one(self):
        second, third = (self.stranger.alarm(n, f"r{n}", self.codes[n]) for n in (2, 3))
        heard = self.stranger.say(messages=[third, second])
        self.assertEqual([1], heard["missing"])
        self.assertEqual(["HAVE", "HAVE"], [one["state"] for one in heard["receipts"]])
        self.assertEqual([], self.site.worker.pages("/api/v1/cases?machine=warning", 50))
        self.assertEqual([1], self.site.reader.get("/api/v1/exchange/peers").json["items"][0]["missing"])
        self.stranger.say(messages=[self.stranger.alarm(1, "r1", self.codes[1]), second])
        self.stranger.say(messages=[third])
        self.assertEqual(["OK"] * 3, [one["state"] for one in self.receipts([1, 2, 3])])
        cases = self.site.worker.pages("/api/v1/cases?machine=warning", 50)
        self.assertEqual(sorted(self.codes[1:4]), sorted(row["household"] for row in cases))
        self.assertEqual({"raised"}, {row["state"] for row in cases})

    def test_3_what_it_says_wrongly_is_refused_with_field_and_reason(self):
        wrong = [(4, {"no": "NOBODY"}, "no"), (5, {"what": "close"}, "what"), (6, {"day": "2025-06-30"}, "day"),
                 (7, {"shoe": "1"}, "shoe"), (8, {"signs": "烟"}, "signs"), (9, {"signs": []}, "signs")]
        self.stranger.say(messages=[{**self.stranger.alarm(n, f"r{n}", self.codes[5], **more)} for n, more, _ in wrong])
        told = self.receipts([n for n, _, _ in wrong])
        self.assertEqual([(n, "NO", field) for n, _, field in wrong],
                         [(one["number"], one["state"], one["field"]) for one in told])
        for one in told:
            self.assertTrue(one["reason"]["zh"] and one["reason"]["en"], one)
        self.stranger.say(messages=[{**self.stranger.alarm(10, "r10", self.codes[5]), "kind": "gossip"}])
        self.assertEqual("kind", self.receipts([10])[0]["field"])
        self.assertEqual("unknown", self.stranger.say(asks=[99])["receipts"][0]["state"])

    def test_4_who_has_not_the_key_is_told_nothing(self):
        frame = self.stranger.frame()
        for sign in ("hmac-sm3 " + "0" * 64, "", "hmac-sha256 " + "0" * 64):
            status, told = self.stranger.post(frame, sign or " ")
            self.assertEqual((401, "exchange_sign"), (status, told["code"]))
        status, _ = self.stranger.post(frame)
        self.assertEqual(200, status)
        status, told = self.stranger.post(frame)
        self.assertEqual((409, "exchange_replayed"), (status, told["code"]))
        for wrong, code in (({"at": 1}, "exchange_hour"), ({"from": "county"}, "exchange_other"),
                            ({"to": "city"}, "exchange_other"), ({"arrived": "1"}, "exchange_frame")):
            status, told = self.stranger.post({**self.stranger.frame(), **wrong})
            self.assertEqual(code, told["code"], told)
            self.assertGreaterEqual(status, 400)
        connection = http.client.HTTPConnection("127.0.0.1", self.site.served.port, timeout=20)
        connection.request("POST", "/api/v1/exchange/nobody/inbox", body=b"{}",
                           headers={"Content-Type": "application/json"})
        answer = connection.getresponse()
        self.assertEqual((401, "exchange_sign"), (answer.status, json.loads(answer.read())["code"]))
        connection.close()
        self.assertEqual(hashlib.new("sm3", b"abc").hexdigest()[:8], "66c7f0f4")


if __name__ == "__main__":
    main()
