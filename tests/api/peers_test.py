# SPDX-License-Identifier: Apache-2.0
"""Every channel that is shipped (exchange/*.yaml) meets its peer: another make that signs, counts and reads by its own
code, loses answers, sends frames twice and old ones again, sends its own messages out of their order, and refuses some
of ours. Each message arrives once, as the channel's file has it; each answer lands on its case."""
import csv
import datetime
import random
import secrets
import tempfile
import time
import unittest
from pathlib import Path

from channels import shipped
from office import Case as Settings
from office import NUMBER, Program, Q2, civil_day, main
from peering import COUNTY, Site, Stranger, write_peers

TODAY = civil_day().isoformat()
SIGNED, UNTIL = ((civil_day() + datetime.timedelta(days)).isoformat() for days in (-30, 300))
FORM = {"channel": "window", "pledge": True, "authorised": True}
ONLINE = {**FORM, "channel": "online"}
SOMEBODY = "110101199003070038"
AID = {"aid_cause": "illness", "need": "住院自付三万元，全家积蓄用尽"}
SEEN = {"outcome": "false_", "officers": ["town", "colleague"], "note": "已见到本人，不属实"}
# Of agriculture's monitoring the national codes know nothing: such a household is held with that reason.
NO_CODE = "防止返贫监测对象"


class Peer(Stranger):
    """The platform behind one channel, over a line that is bad while it is told so."""

    def __init__(self, channel, key, port, seed):
        super().__init__(key, port, channel.id)
        self.channel, self.random, self.bad = channel, random.Random(seed), True
        self.old, self.sent, self.spoiled = [], {}, 0
        self.refused = 1  # the number of ours that it does not take

    def chance(self, share):
        hit = self.bad and self.random.random() < share
        self.spoiled += hit
        return hit

    def say(self, **more):
        if self.old and self.chance(0.3):
            status, told = self.post(self.old.pop(0))
            assert (status, told["code"]) == (409, "exchange_replayed"), told
        if not self.chance(0.3):
            return super().say(**more)
        frame = self.frame(**more)  # it came there, and the answer was lost
        assert self.post(frame)[0] == 200
        self.old.append(frame)
        return None

    def tell(self, kind, **told):
        return self.put(kind, self.channel.write(kind, **told))

    def put(self, kind, body):
        number = len(self.sent) + 1
        self.sent[number] = {"number": number, "id": f"{self.name}-{number}", "kind": kind, "made_at": number,
                             "basis": 0, "body": body}
        return number

    def receipt(self, number):
        word = "refused" if number == self.refused else "taken"
        told = {"number": number, "state": self.channel.receipts[word][0]}
        if word == "refused":
            told |= {"field": "remark", "reason": {"zh": "对方不收", "en": "not taken there"}}
        return told

    def rounds(self, holds, timeout=120):
        """Says what it has to say, in whatever order, hears, and settles, until all that it sent came and it holds."""
        end = time.monotonic() + timeout
        there = 0
        while there < len(self.sent) or not holds():
            assert time.monotonic() < end, (self.name, there, len(self.sent), len(self.got))
            open_ones = [self.sent[n] for n in sorted(self.sent) if n > there]
            self.random.shuffle(open_ones)
            some = [one for one in open_ones[:10] if not self.chance(0.3)]
            heard = self.say(messages=some + some[:1], receipts=[self.receipt(n) for n in sorted(self.got)[-400:]])
            there = there if heard is None else heard["arrived"]
            time.sleep(0.05)

    def became(self, number):
        """What became of a message of its own."""
        end = time.monotonic() + 60
        while True:
            heard = self.say(asks=[number])
            told = {one["number"]: one for one in heard["receipts"]} if heard else {}
            if number in told and told[number]["state"] not in self.channel.receipts["kept"]:
                return told[number]
            assert time.monotonic() < end, told
            time.sleep(0.1)

    def of_kind(self, kind):
        return [self.got[n] for n in sorted(self.got) if self.got[n]["kind"] == kind]


class Peers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.made = tempfile.TemporaryDirectory(prefix="doudi-peers-")
        cls.root = Path(cls.made.name)
        program = Program(Settings.binary, cls.root)
        program.must("synth", "--residents", "3000", "--seed", "5", "made")
        program.must("synth", "--residents", "3000", "--seed", "5", "--style", "csv", "plain")
        cls.site = Site(cls, "county", COUNTY, False)
        cls.members = cls.rows("低收入人口_成员.csv")
        cls.category = {row["户编号"]: row["对象类别"] for row in cls.rows("低收入人口_家庭.csv")}
        cls.channels = {channel.id: channel for channel in shipped()}
        keys = {name: secrets.token_hex(32) for name in cls.channels}
        write_peers(cls.site.root, "county", [{"id": name, "channel": name, "arrives_at": "county", "stands_for": "",
                                               "url": "", "key": keys[name]} for name in cls.channels])
        cls.site.serve()
        cls.site.first()
        for name, role, unit in (("reader", "city_monitor_officer", "county"),
                                 ("worker", "county_caseworker", "county"), ("town", "township_officer", "first"),
                                 ("colleague", "township_officer", "first")):
            setattr(cls, name, cls.site.account(name, role, unit))
        cls.site.reader = cls.reader
        cls.peers = {name: Peer(channel, keys[name], cls.site.served.port, seed)
                     for seed, (name, channel) in enumerate(cls.channels.items())}
        cls.inside = [row["code"] for row in cls.town.pages("/api/v1/households", 200)]
        cls.cases = {}

    @classmethod
    def rows(cls, name):
        with (cls.root / "plain" / "registry" / name).open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    @classmethod
    def tearDownClass(cls):
        code, log = cls.site.served.stop(), cls.site.served.log()
        cls.made.cleanup()
        assert code == 0, log[-3000:]
        assert not NUMBER.search(log), "an identity number stands in the log"

    def messages(self, name, way, state=""):
        self.site.admin_peer = name
        return self.site.pages(way, state)

    def settle(self, peer):
        """Until nothing of ours is on its way, or waits for a receipt."""
        peer.rounds(lambda: not any(self.messages(peer.name, "out", state) for state in ("queued", "sent")))

    def moved(self, who, number, move, **fields):
        self.site.move(who, number, move, **fields)

    # --- the story, in its order

    def test_1_the_register_comes_there_whole_and_once_as_the_channel_writes_it(self):
        of_register = [(peer, rule) for peer in self.peers.values() for rule in peer.channel.sends.values()
                       if rule["about"] == "household"]
        self.assertEqual({"doudi", "province", "national"}, {peer.name for peer, _ in of_register})
        for peer, rule in of_register:
            with self.subTest(channel=peer.name):
                self.check_register(peer, rule)

    def check_register(self, peer, rule):
        parted = [field for field in rule["fields"] if "with" in field]
        unsaid = {code for code, word in self.category.items() if parted and word in (NO_CODE, "低保对象")}
        peer.rounds(lambda: len(peer.of_kind(rule["id"])) == len(self.category) - len(unsaid))
        came = [peer.channel.ours(rule["id"], one["body"])["code"] for one in peer.of_kind(rule["id"])]
        self.assertEqual(sorted(set(self.category) - unsaid), sorted(came))
        held = self.messages(peer.name, "out", "held")
        self.assertEqual(len(unsaid), len(held))
        for field in parted:
            self.assertEqual({peer.channel.theirs(field)} if held else set(), {row["why"]["field"] for row in held})
        for one in peer.of_kind(rule["id"]):
            self.assertEqual([], peer.channel.faults(rule["id"], one["body"]))

    def test_2_what_was_held_for_want_of_town_or_country_goes_out_once_a_roll_tells_it(self):
        peer = self.peers["national"]
        guarantee = {code for code, word in self.category.items() if word == "低保对象"}
        self.assertGreater(len(guarantee), 5)
        kinds = {code: ("城镇", "110") if n % 2 else ("农村", "120") for n, code in enumerate(sorted(guarantee))}
        roll = self.root / "民政_最低生活保障对象名册.csv"
        with roll.open("w", encoding="utf-8", newline="") as file:
            out = csv.writer(file)
            out.writerow(["户编号", "姓名", "身份证号码", "城乡类别", "月保障金额", "享受起始年月"])
            for row in self.members:
                if row["户编号"] in guarantee:
                    out.writerow([row["户编号"], row["姓名"], row["身份证号码"], kinds[row["户编号"]][0], "500",
                                  "2024-01-01"])
        self.assertEqual(0, self.site.served.stop())
        self.site.program.must("import", "--data", "office", "--as-of", TODAY, roll)
        self.site.serve()
        for one in self.peers.values():
            one.port = self.site.served.port
        before = len(peer.got)
        peer.rounds(lambda: len(peer.got) >= before + len(guarantee))
        codes = {}
        for one in peer.of_kind("household"):
            codes.setdefault(one["body"]["hh_no"], []).append(one["body"]["biz_code"])
        self.assertEqual({code: [kind[1]] for code, kind in kinds.items()},
                         {code: codes[code] for code in guarantee})
        without = {code for code, word in self.category.items() if word == NO_CODE}
        self.assertEqual(len(without), len(self.messages("national", "out", "held")))

    def test_3_what_a_peer_dispatches_opens_one_case_each_and_its_answers_come_back_to_it(self):
        homes, beyond = iter(self.inside), iter(sorted(set(self.category) - set(self.inside)))
        # What it says of the register as ours says it is settled by itself.
        mirror = self.peers["doudi"]
        echoed = [mirror.put("household", one["body"]) for one in mirror.of_kind("household")[:3]]
        mirror.rounds(lambda: all(row["state"] != "kept" for row in self.messages("doudi", "in")))
        self.assertEqual(["same"] * len(echoed), [row["outcome"] for row in self.messages("doudi", "in")])
        opening = [(peer, rule) for peer in self.peers.values() for rule in peer.channel.takes.values() if
                   rule.get("opens")]
        self.assertEqual({("doudi", "dispatch"), ("doudi", "help"), ("doudi", "warning"), ("doudi", "referral"),
                          ("province", "warning")}, {(peer.name, rule["id"]) for peer, rule in opening})
        for peer, rule in opening:
            told = {}
            for n in range(4):
                household = next(beyond if rule.get("opens_late") else homes)
                told[f"{peer.name}-{rule['id']}-{n}"] = household
                peer.tell(rule["id"], case_asked=f"{peer.name}-{rule['id']}-{n}", case_household=household,
                          case_move=rule["opens"], case_on=Q2, event=["线索甲", "线索乙"], level="red",
                          need="核实现住址", warning_state="raised", referral_state="drafted")
            peer.rounds(lambda peer=peer: all(row["state"] != "kept" for row in self.messages(peer.name, "in")))
            rows = [row for row in self.messages(peer.name, "in") if row["kind"] == rule["id"]]
            self.assertEqual({"taken"}, {row["state"] for row in rows})
            self.assertEqual(4, len({row["outcome"] for row in rows}))
            cases = [int(row["outcome"].removeprefix("case/")) for row in rows]
            of = {}
            for case in cases:
                seen = self.worker.get(f"/api/v1/cases/{case}").json
                self.assertEqual((rule["machine"], rule["opens"]), (seen["machine"], seen["events"][0]["move"]))
                of[seen["household"]] = case
            self.assertEqual(sorted(told.values()), sorted(of))
            if rule.get("opens_late"):
                self.check_ends(peer, rule, told, of)
                continue
            self.check_answers(peer, rule["machine"], {task: self.answered(rule["machine"], nth, of[household])
                                                       for nth, (task, household) in enumerate(told.items())})

    def answered(self, machine, nth, case):
        """The steps of it that its peer may be told of; of the help that is asked one cannot be given."""
        if machine == "assistance":
            if nth == 0:
                self.moved(self.worker, case, "refuse", reason="查无此人")
                return ["refuse"]
            self.moved(self.worker, case, "answer", **{**SEEN, "officers": ["worker", "town"]})
            return ["answer"]
        self.moved(self.worker, case, "dispatch", to_unit="first")
        self.moved(self.town, case, "accept")
        self.moved(self.town, case, "visit", **SEEN)
        self.moved(self.town, case, "feed_back")
        self.moved(self.worker, case, "dismiss", reason="不属实")
        return ["accept", "feed_back", "dismiss"]

    def check_answers(self, peer, machine, made):
        """Each step that the channel tells of, once and in its order, under the peer's own number of the task."""
        rules = [rule for rule in peer.channel.sends.values()
                 if rule.get("whose") == "asked" and rule["machine"] == machine]
        self.assertTrue(rules)
        for rule in rules:
            self.check_answer(peer, rule, made)

    def check_answer(self, peer, rule, made):
        steps = {task: [move for move in moves if move in rule["moves"]] for task, moves in made.items()}
        steps = {task: moves for task, moves in steps.items() if moves}
        self.assertTrue(steps)
        peer.rounds(lambda: len(peer.of_kind(rule["id"])) == sum(map(len, steps.values())))
        of_task = {}
        for one in peer.of_kind(rule["id"]):
            self.assertEqual([], peer.channel.faults(rule["id"], one["body"]))
            ours = peer.channel.ours(rule["id"], one["body"])
            of_task.setdefault(ours["case.answers"], []).append(ours["case.move"])
        self.assertEqual(steps, of_task)

    def check_ends(self, peer, rule, told, of):
        """What the peer tells of its own: each step once, its end, and one of which nothing had come before."""
        state = "warning_state" if rule["machine"] == "warning_below" else "referral_state"
        for task, household in told.items():
            peer.tell(rule["id"], case_asked=task, case_household=household, case_move="follow", case_on=Q2,
                      **{state: "accepted"})
        (ended, household), *_ = told.items()
        peer.tell(rule["id"], case_asked=ended, case_household=household, case_move="end", case_on=Q2,
                  reason="不属实", **{state: "closed"})
        late = f"{peer.name}-{rule['id']}-late"
        peer.tell(rule["id"], case_asked=late, case_household=household, case_move="end", case_on=Q2,
                  reason="已办", **{state: "closed"})
        peer.rounds(lambda: all(row["state"] != "kept" for row in self.messages(peer.name, "in")))
        rows = self.worker.pages(f"/api/v1/cases?machine={rule['machine']}&closed=all", 50)
        self.assertEqual(len(told) + 1, len(rows))
        for row in rows:
            seen = self.worker.get(f"/api/v1/cases/{row['id']}").json
            steps = [event["move"] for event in seen["events"]]
            is_new = row["id"] not in {str(case) for case in of.values()}
            self.assertEqual(["take", "end"] if is_new else ["take", "follow", "end"] if row["household"] == household
                             else ["take", "follow"], steps)
            self.assertEqual(steps[-1] == "end", seen["closed"])
            self.assertEqual([], seen["open_moves"])

    def test_4_an_application_is_told_step_by_step_and_the_report_of_its_check_lands_on_it(self):
        one_stop, check = self.peers["one-stop"], self.peers["means-check"]
        homes = self.inside[-5:]
        numbers = [self.checked(code) for code in homes[:3]]
        applied = set(numbers)
        numbers += [self.checked(code, "temporary") for code in homes[3:]]
        check.rounds(lambda: len(check.of_kind("request")) == len(numbers))
        asked = {}
        for one in check.of_kind("request"):
            self.assertEqual([], check.channel.faults("request", one["body"]))
            ours = check.channel.ours("request", one["body"])
            self.assertEqual("true", ours["authorised"])
            asked[ours["case.number"]] = (ours["case.household"], {who["name"] for who in one["body"]["persons"]})
        for household, names in asked.values():
            self.assertEqual({row["姓名"] for row in self.members if row["户编号"] == household}, names)
        self.assertEqual(dict(zip(numbers, homes, strict=True)), {number: told[0] for number, told in asked.items()})
        results = {}
        for number in numbers:
            results[check.tell("report", case_number=number, case_move="report_check", case_on=TODAY,
                               check_result="within", note="核对无异常")] = number
        check.rounds(lambda: all(row["state"] != "kept" for row in self.messages("means-check", "in")))
        for message, number in results.items():
            self.assertEqual("done", check.became(message)["state"])
            events = self.town.get(f"/api/v1/cases/{number}").json["events"]
            self.assertEqual(["register", "accept", "ask_check", "report_check"], [one["move"] for one in events])
            self.assertEqual(["within"], events[-1]["fields"]["check_result"])
        # Of a case that it was not asked about it reports nothing.
        stray = check.tell("report", case_number="99999", case_move="report_check", case_on=TODAY,
                           check_result="within")
        self.assertEqual(("rejected", "entrustNo"), tuple(check.became(self.come(check, stray))[key] for key in
                                                          ("state", "field")))
        steps = [move for move in ("register", "accept") if move in one_stop.channel.sends["progress"]["moves"]]
        one_stop.rounds(lambda: len(one_stop.of_kind("progress")) == len(steps) * len(applied))
        shown = {}
        for one in one_stop.of_kind("progress"):
            self.assertEqual([], one_stop.channel.faults("progress", one["body"]))
            ours = one_stop.channel.ours("progress", one["body"])
            shown.setdefault(ours["case.number"], []).append(ours["case.move"])
        self.assertEqual({number: steps for number in applied}, shown)

    @staticmethod
    def come(peer, number):
        peer.rounds(lambda: True)
        return number

    def checked(self, code, machine="application"):
        """An application of the household whose check is asked for; everybody has signed."""
        for one in self.town.get(f"/api/v1/households/{code}/authorisations").json["members"]:
            how = {"guardian": {"signed_as": "guardian", "paper": "户口簿", "signer_name": "祖母甲"},
                   "self": {"signed_as": "self"},
                   None: {"signed_as": "self", "born_on": "1980-01-01", "paper": "户口簿"}}[one["signs_as"]]
            made = self.town("POST", f"/api/v1/households/{code}/authorisations",
                             {"person": one["person"], "signed_on": SIGNED, "until": UNTIL, **how})
            self.assertEqual(201, made.status, str(made))
        fields = {**FORM, **({} if machine == "application" else AID)}
        opened = self.town("POST", "/api/v1/cases", {"machine": machine, "household": code, "fields": fields})
        self.assertEqual(201, opened.status, str(opened))
        number = opened.json["case"]
        self.moved(self.town, number, "accept", **({"relatives_of_staff": False} if machine == "application" else {}))
        self.moved(self.town, number, "ask_check")
        return number

    def test_4b_what_is_filed_on_the_one_stop_platform_waits_once_for_a_person_and_is_told_to_its_end(self):
        peer = self.peers["one-stop"]
        filed = {"machine": "application", "name": "周样例", "identity_number": SOMEBODY, "phone": "13900000000",
                 "region": "441699101", "need": "生病后没有收入"}
        numbers = {peer.tell("filing", case_asked=f"A-{n}", **filed): f"A-{n}" for n in range(3)}
        again = peer.tell("filing", case_asked="A-0", **{**filed, "need": "再报一次"})
        spoilt = (("idCard", {"identity_number": "110101199003070039"}), ("areaCode", {"region": "110101001"}),
                  ("mobile", {"phone": None}))
        wrong = {peer.tell("filing", **{**filed, "case_asked": f"B-{n}", **more}): field
                 for n, (field, more) in enumerate(spoilt)}
        body = peer.channel.write("filing", case_asked="B-9", **filed)
        wrong[peer.put("filing", {**body, "itemCode": "ZZ99"})] = "itemCode"
        peer.rounds(lambda: all(row["state"] != "kept" for row in self.messages("one-stop", "in")))
        outcomes = {row["number"]: row["outcome"] for row in self.messages("one-stop", "in")}
        self.assertEqual(3, len({outcomes[number] for number in numbers}))
        self.assertEqual(outcomes[min(numbers)], outcomes[again])
        for number, field in wrong.items():
            told = peer.became(number)
            self.assertEqual((peer.channel.receipts["refused"][0], field), (told["state"], told["field"]))
        # It waits at the office of the place, masked, and the platform has our number and nothing of the register.
        path = "/api/v1/first-requests"
        waiting = {one["receipt"]: one for one in self.town.get(path).json["items"] if one["peer"] == "one-stop"}
        self.assertEqual(3, len(waiting))
        self.assertEqual({("周样例", "110101********0038", "生病后没有收入")},
                         {(one["name"], one["identity_number"], one["need"]) for one in waiting.values()})
        self.filings(peer, 3)
        first, second, third = (self.standing(peer, f"A-{n}") for n in range(3))
        self.assertEqual({("00",)}, {tuple(status) for status, _ in (first, second, third)})
        self.assertEqual(set(waiting), {last["receiptNo"] for _, last in (first, second, third)})
        # One is opened and declined, one is told that it is not done; the third waits.
        request = waiting[first[1]["receiptNo"]]
        opened = self.town("POST", "/api/v1/cases", {"machine": request["machine"], "fields": ONLINE,
                                                     "first_request": int(request["id"])})
        self.assertEqual(201, opened.status, str(opened))
        case = opened.json["case"]
        self.moved(self.town, case, "decline", reason="不属本地户籍，已告知向户籍地申请")
        no = self.town("POST", f"{path}/{waiting[second[1]['receiptNo']]['id']}/decline", {"reason": "请到窗口办"})
        self.assertEqual(204, no.status, str(no))
        self.filings(peer, 5)
        (opened_as, last), (declined_as, why) = (self.standing(peer, f"A-{n}") for n in range(2))
        self.assertEqual((["00", "01"], case), (opened_as, last["projectNo"]))
        self.assertEqual((["00", "05"], "请到窗口办"), (declined_as, why["opinion"]))
        self.assertNotIn("projectNo", why)
        peer.rounds(lambda: len(self.steps(peer, "A-0")) == 2)
        self.assertEqual([("01", case), ("05", case)], self.steps(peer, "A-0"))
        for one in (*peer.of_kind("filing"), *peer.of_kind("progress")):
            self.assertEqual([], peer.channel.faults(one["kind"], one["body"]))
            self.assertNotIn(SOMEBODY, str(one))
        # Filed once more after all that, it is the case that it became; nobody outside files in the platform's name.
        late = peer.tell("filing", case_asked="A-0", **filed)
        peer.rounds(lambda: all(row["state"] != "kept" for row in self.messages("one-stop", "in")))
        outcomes = {row["number"]: row["outcome"] for row in self.messages("one-stop", "in")}
        self.assertEqual(f"case/{case}", outcomes[late])
        forged = self.town("POST", path, {"machine": "application", "name": "某甲", "identity_number": SOMEBODY,
                                          "phone": "13900000001", "region": "441699101", "consent": True,
                                          "client_key": "exchange/one-stop/A-7"})
        self.assertEqual([422, ["/client_key"]], [forged.status, [one["pointer"] for one in forged.json["errors"]]])

    def test_4c_temporary_assistance_is_filed_there_too_and_what_cannot_wait_goes_to_the_emergency_lane(self):
        peer, path = self.peers["one-stop"], "/api/v1/first-requests"
        filed = {"name": "周样例", "identity_number": SOMEBODY, "phone": "13900000000", "region": "441699101",
                 "need": "突发急病"}
        kinds = {"T-0": "temporary", "T-1": "temporary", "E-0": "emergency"}
        first = {peer.tell("filing", case_asked=name, machine=kind, **filed): name for name, kind in kinds.items()}
        again = {peer.tell("filing", case_asked=name, machine=kind, **filed): name for name, kind in kinds.items()}
        peer.rounds(lambda: all(row["state"] != "kept" for row in self.messages("one-stop", "in")))
        outcomes = {row["number"]: row["outcome"] for row in self.messages("one-stop", "in")}
        self.assertEqual(3, len({outcomes[number] for number in first}))
        self.assertEqual({name: outcomes[number] for number, name in first.items()},
                         {name: outcomes[number] for number, name in again.items()})
        waiting = {one["id"]: one for one in self.town.get(path).json["items"]}
        requests = {name: waiting[outcomes[number].removeprefix("request/")] for number, name in first.items()}
        self.assertEqual(kinds, {name: one["machine"] for name, one in requests.items()})
        shown = {"need": "突发急病", "found_by": "applied", "person_shown": "周样例，身份证件已核对"}
        cases = {}
        for name, kind in kinds.items():
            fields = shown if kind == "emergency" else {**ONLINE, **AID}
            opened = self.town("POST", "/api/v1/cases", {"machine": kind, "fields": fields,
                                                         "first_request": int(requests[name]["id"])})
            self.assertEqual(201, opened.status, str(opened))
            cases[name] = opened.json["case"]
        for name in ("T-0", "E-0"):
            self.moved(self.town, cases[name], "decline", reason="同一事由已获救助")
            self.moved(self.town, cases[name], "serve", served_how="in_person")
        self.moved(self.town, cases["T-1"], "to_emergency", reason="病危", **shown)
        # An emergency that was filed nowhere is nothing that the platform asked for.
        unfiled = self.town("POST", "/api/v1/cases", {"machine": "emergency", "fields": shown})
        self.assertEqual(201, unfiled.status, str(unfiled))
        ends = {"T-0": ["01", "05", "12"], "T-1": ["01", "14"], "E-0": ["01", "05", "12"]}
        told = {name: "emergency_progress" if kind == "emergency" else "aid_progress" for name, kind in kinds.items()}
        peer.rounds(lambda: all(len(self.steps(peer, name, told[name])) == len(steps) for name, steps in ends.items()))
        for name, steps in ends.items():
            self.assertEqual([(step, cases[name]) for step in steps], self.steps(peer, name, told[name]))
            states, last = self.standing(peer, name)
            self.assertEqual((["00", "01"], cases[name]), (states, last["projectNo"]))
        self.assertEqual({cases["E-0"]}, {one["body"]["projectNo"] for one in peer.of_kind("emergency_progress")})
        for kind in ("filing", "aid_progress", "emergency_progress"):
            for one in peer.of_kind(kind):
                self.assertEqual([], peer.channel.faults(kind, one["body"]))
                self.assertNotIn(SOMEBODY, str(one))

    @staticmethod
    def steps(peer, filing, kind="progress"):
        told = [one["body"] for one in peer.of_kind(kind)]
        return [(one["nodeCode"], one["projectNo"]) for one in told if one.get("applyNo") == filing]

    def filings(self, peer, count):
        peer.rounds(lambda: len(peer.of_kind("filing")) == count)

    @staticmethod
    def standing(peer, filing):
        """The states that were told of a filing, in their order, and the last word of them."""
        bodies = [one["body"] for one in peer.of_kind("filing") if one["body"]["applyNo"] == filing]
        return [one["status"] for one in bodies], bodies[-1]

    def test_5_what_a_peer_refuses_is_told_with_its_reason_and_goes_out_again_under_another_number(self):
        for name, peer in self.peers.items():
            with self.subTest(channel=name):
                self.settle(peer)
                refused = self.messages(name, "out", "refused")
                self.assertEqual([(peer.refused, "remark", "not taken there")],
                                 [(row["number"], row["why"]["field"], row["why"]["reason"]["en"]) for row in refused])
                again = self.reader("POST", f"/api/v1/exchange/peers/{name}/out/{refused[0]['id']}/retry")
                self.assertEqual(204, again.status, str(again))
                last = max(peer.got)
                peer.rounds(lambda peer=peer, last=last: len(peer.got) == last + 1)
                first, anew = peer.got[peer.refused], peer.got[last + 1]
                self.assertEqual((first["kind"], first["body"]), (anew["kind"], anew["body"]))
                self.assertNotEqual(first["id"], anew["id"])

    def test_6_at_the_end_each_message_was_taken_once_on_either_side(self):
        for name, peer in self.peers.items():
            with self.subTest(channel=name):
                self.settle(peer)
                numbered = {row["number"]: row["state"] for row in self.messages(name, "out") if row["number"]}
                self.assertEqual(set(peer.got) - {peer.refused}, set(numbered))  # that one went out anew
                self.assertEqual(list(range(1, len(peer.got) + 1)), sorted(peer.got))
                self.assertEqual(len(peer.got), len({one["id"] for one in peer.got.values()}))
                self.assertEqual({"receipted"}, set(numbered.values()))
                self.assertEqual(sorted(peer.sent), sorted(row["number"] for row in self.messages(name, "in")))
                self.assertGreater(peer.spoiled, 0)


if __name__ == "__main__":
    main()
