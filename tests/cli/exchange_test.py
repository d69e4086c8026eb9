# SPDX-License-Identifier: Apache-2.0
"""The exchange by hand: a city that is never served and calls its county's server by `doudi exchange round`, lists what
went and came, shows one message with its receipt, finds a conflict, sends again what was held; and what is said where
the key is missing, the peer unknown, the line cut.      exchange_test.py DOUDI [postgres]"""
import csv
import json
import os
import re
import secrets
import sys
import tempfile
import time
import unittest
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent / "api"))
from office import ADMIN, Case as Settings, Program, Q2, Served, main  # noqa: E402
from peering import home_with  # noqa: E402
from program import DONE, FAILURE, USAGE  # noqa: E402
from xlsx import Book  # noqa: E402

CITY = """# SPDX-License-Identifier: Apache-2.0
- {code: city, title: 样例市, kind: city, region: "4416", from: 2020-01-01}
- {code: county, title: 样例县, kind: county, parent: city, region: "441699", from: 2020-01-01}
"""
COUNTY = """# SPDX-License-Identifier: Apache-2.0
- {code: county, title: 样例县, kind: county, region: "441699", from: 2020-01-01}
"""
PEER = """own: {own}
every_seconds: 1
peers:
  - id: {id}
    title: {{zh: 对方, en: The other side}}
    channel: {channel}
    {url}
    key_files: [{id}.key]
    arrives_at: {own}
    {stands_for}
    limits: {{seconds: 5, bytes: 262144, messages: 50, skew: 300}}
"""
# A platform that knows men alone: what is about a woman it cannot be told.
HARBOUR = """# SPDX-License-Identifier: Apache-2.0
id: harbour
title: {zh: 港务平台, en: Harbour platform}
codes:
  - {id: sex, standard: GB/T 2261.1, pairs: {男: "1"}}
sends:
  - id: person
    title: {zh: 户, en: Household}
    about: household
    fields:
      - {ours: code, theirs: no, required: true}
    members:
      theirs: people
      fields: [{ours: name, theirs: n, required: true}, {ours: id_number, theirs: z}, {ours: sex, theirs: g, code: sex}]
takes: []
receipts: {kept: [HAVE], taken: [OK], refused: [NO]}
retry: {after_seconds: [1], give_up_after: 100}
"""


class Site:
    """An office of its own folder, with a file of peers."""

    def __init__(self, test, name, units, feeds=False, home=None):
        self.root = test.root / name
        self.root.mkdir()
        self.program = Program(Settings.binary, self.root)
        if home:
            self.program.home = home
        if Settings.cluster:
            database = f"{test.__name__.lower()}_{name}"
            Settings.cluster.psql(f"create database {database}")
            self.program.database = Settings.cluster.url(database)
        self.program.office("office")
        (self.root / "units.yaml").write_text(units, encoding="utf-8")
        self.program.must("units", "load", "--data", "office", "units.yaml")
        self.program.must("import", "--data", "office", "--as-of", Q2, test.root / "made" / "registry")
        if feeds:
            self.program.must("import", "--data", "office", "--as-of", Q2, test.root / "made" / "2025Q2")
            self.program.must("monitor", "--data", "office", "--as-of", Q2)
            self.program.must("raise", "--data", "office", "--as-of", Q2)

    def peers(self, own, peer, key, channel="doudi", url="", stands_for=""):
        path = self.root / f"{peer}.key"
        path.write_text(key + "\n", encoding="utf-8")
        os.chmod(path, 0o600)
        (self.root / "peers.yaml").write_text(
            PEER.format(own=own, id=peer, channel=channel, url=f"url: {url}" if url else "",
                        stands_for=f"stands_for: {stands_for}" if stands_for else ""), encoding="utf-8")

    def __call__(self, *arguments, **how):
        return self.program("exchange", arguments[0], "--data", "office", "--peers", "peers.yaml", *arguments[1:],
                            **how)

    def must(self, *arguments, code=DONE, **how):
        run = self(*arguments, **how)
        assert run.code == code, str(run)
        return run

    def rows(self, *arguments):
        text = self.must(*arguments, "--format", "csv").out
        return list(csv.DictReader(text.lstrip("\ufeff").splitlines()))

    def looks(self):
        shown = self.program.must("audit", "show", "--data", "office", "--most", "1000", "--format", "csv").out
        return [row["what"] for row in csv.DictReader(shown.lstrip("\ufeff").splitlines())]

    def households(self):
        """The register as one file, to be read again with an address changed."""
        return next(path for path in sorted((self.root.parent / "made" / "registry").iterdir()) if "家庭" in path.name)

    def rewrites(self, code, address):
        """A file of the register that says another address of one household, taken over at once."""
        lines = self.households().read_text(encoding="utf-8-sig").splitlines()
        heads = lines[0].split(",")
        row = next(line for line in lines if line.split(",")[heads.index("户编号")] == code).split(",")
        row[heads.index("家庭住址")] = address
        (self.root / "again.csv").write_text("\n".join([lines[0], ",".join(row)]) + "\n", encoding="utf-8")
        self.program.must("import", "--accept", "--data", "office", "--as-of", Q2, "again.csv")


class Says(unittest.TestCase):
    def says(self, run, code, *words):
        self.assertEqual(code, run.code, str(run))
        for word in words:
            self.assertIn(word, run.out + run.err, str(run))


class WithACounty(Says):
    @classmethod
    def setUpClass(cls):
        cls.made = tempfile.TemporaryDirectory(prefix="doudi-cli-exchange-")
        cls.root = Path(cls.made.name)
        Program(Settings.binary, cls.root).must("synth", "--residents", "1500", "--seed", "3", "made")
        cls.city = Site(cls, "city", CITY, feeds=True)
        cls.county = Site(cls, "county", COUNTY)
        cls.key = secrets.token_hex(32)
        cls.county.peers("county", "city", cls.key)
        cls.serve()

    @classmethod
    def serve(cls, key=None):
        cls.served = Served(cls.county.program, "office", "--first-administrator", ADMIN, "--peers",
                            cls.county.root / "peers.yaml")
        cls.aim(key or cls.key)

    @classmethod
    def aim(cls, key):
        cls.city.peers("city", "county", key, stands_for="county",
                       url=f"http://127.0.0.1:{cls.served.port}/api/v1/exchange/city/inbox")

    @classmethod
    def tearDownClass(cls):
        cls.served.stop()
        cls.made.cleanup()
        assert not cls.city.program.leaks + cls.county.program.leaks, "an identity number was printed"

    def standing(self):
        (peer,) = self.city.rows("peers")
        return {name: int(peer[name]) for name in peer if name.startswith(("out_", "in_", "settled"))}

    def rounds(self, holds):
        """Rounds by hand, until it holds: the county takes up what came on its own time."""
        end = time.monotonic() + 120
        while not holds():
            self.assertLess(time.monotonic(), end, self.standing())
            self.city.must("round")
            time.sleep(0.3)

    def is_quiet(self):
        now = self.standing()
        return now["out_receipted"] > 0 and now["out_queued"] + now["out_sent"] + now["in_kept"] == 0

    def test_1_a_round_tells_calls_and_takes_up(self):
        (fresh,) = self.city.rows("peers")
        self.assertEqual(("county", "doudi", "city", "true", "0", ""), tuple(
            fresh[name] for name in ("peer", "channel", "unit", "calls", "sent_up_to", "heard_at")))
        self.assertEqual([], self.city.rows("out", "county"))
        (first,) = self.city.rows("round", "--peer", "county")
        self.assertEqual(("county", "done", "0"), (first["peer"], first["call"], first["refused"]))
        self.assertGreater(int(first["told"]), 20)
        self.assertEqual(first["told"], first["sent"])
        self.rounds(self.is_quiet)
        now = self.standing()
        self.assertEqual(int(first["told"]), now["out_receipted"])
        # The county's register came the other way, says the same, and is done with.
        self.rounds(lambda: self.standing()["in_taken"] >= now["out_receipted"])
        self.assertEqual({"same"}, {row["outcome"] for row in self.city.rows("in", "county")})
        self.assertEqual([], self.city.rows("conflicts"))
        # Nothing is left: a round more says and hears nothing.
        (idle,) = self.city.rows("round")
        self.assertEqual(("done", "0", "0", "0", "0"), tuple(
            idle[name] for name in ("call", "told", "sent", "came", "taken")))

    def test_2_messages_are_listed_and_one_is_shown_masked_with_its_receipt(self):
        rows = self.city.rows("out", "county", "--state", "receipted")
        self.assertEqual(rows, self.city.rows("out", "county"))
        self.assertEqual([], self.city.rows("out", "county", "--state", "refused"))
        one = rows[-1]
        self.assertEqual(("1", "1", "household", "receipted"), (one["id"], one["number"], one["kind"], one["state"]))
        shown = self.city.must("message", "county", "out", "1").out
        for words in ("household", "receipted", "members/0/name", "**", "(not shown)", "********"):
            self.assertIn(words, shown)
        names = {line.split(",")[0] for line in self.city.households().read_text(encoding="utf-8-sig").splitlines()[1:]}
        data = json.loads(self.city.must("message", "county", "out", "1", "--format", "json").out)
        said = {row["field"]: row["value"] for row in data if row["part"] == "body"}
        self.assertIn(said["code"], names)
        self.assertRegex(said["members/0/name"], r"^.\*\*$")
        self.assertIn("不显示", self.city.must("message", "county", "out", "1", lang="zh").out)
        self.assertIn("taken", self.city.must("message", "county", "in", "1").out)
        self.city.must("out", "county", "--output", "sent.xlsx")
        self.assertEqual(len(rows) + 1, len(Book((self.city.root / "sent.xlsx").read_bytes()).rows("Sheet1")))

    def test_3_what_both_changed_is_a_conflict_that_a_person_settles(self):
        code = self.city.households().read_text(encoding="utf-8-sig").splitlines()[1].split(",")[0]
        self.served.stop()
        self.county.rewrites(code, "县里改的")
        self.city.rewrites(code, "市里改的")
        self.serve()
        self.rounds(lambda: self.city.rows("conflicts"))
        (found,) = self.city.rows("conflicts", "county", "--kind", "conflict")
        self.assertEqual(("county", code, "conflict"), (found["peer"], found["household"], found["kind"]))
        self.assertEqual([], self.city.rows("conflicts", "--kind", "ended"))
        self.assertIn("changed on both sides", self.city.must("conflicts").out)
        difference = self.city.program.must("register", "show", "--data", "office", found["proposal"]).out
        self.assertIn("县里改的", difference)
        self.says(self.city("settle", "county", "99999"), FAILURE, "there is no such open difference")
        self.says(self.city("settle", "county", found["number"]), DONE, "is settled")
        self.assertEqual([], self.city.rows("conflicts"))
        self.says(self.city("settle", "county", found["number"]), FAILURE, "there is no such open difference")

    def test_4_a_line_that_is_cut_is_said_and_a_round_by_hand_does_not_wait(self):
        self.served.stop()
        for times in (1, 2):  # the pause after the first runs, and a person is not held up by it
            run = self.city("round", "--format", "csv")
            self.says(run, FAILURE, "outside_unreachable")
            (peer,) = self.city.rows("peers")
            self.assertEqual((str(times), "outside_unreachable"), (peer["failures"], peer["failure"]))
        self.serve(key=secrets.token_hex(32))
        self.says(self.city("round"), FAILURE, "in vain: exchange_status")
        self.aim(self.key)
        self.says(self.city("round"), DONE, "done")
        self.assertEqual("0", self.city.rows("peers")[0]["failures"])

    def test_5_beside_a_server_the_standing_is_read_and_the_rest_says_who_holds_it(self):
        shown = self.county.must("peers").out
        self.assertIn("it calls us" if "it calls us" in shown else "city", shown)
        for command in (("round",), ("out", "city"), ("conflicts",), ("resend", "city", "1")):
            self.says(self.county(*command), FAILURE, str(self.served.run.pid))
        self.served.stop()
        (row,) = self.county.rows("round")
        self.assertEqual(("city", "it_calls_us"), (row["peer"], row["call"]))
        self.serve()

    def test_6_each_look_and_each_round_stands_in_the_log(self):
        looks = self.city.looks()
        for what in ("exchange.round", "exchange.sent county", "exchange.taken county", "exchange.messages county out",
                     "exchange.message county out 1", "exchange.differences"):
            self.assertIn(what, looks)
        self.assertTrue([what for what in looks if what.startswith("exchange.settle county ")])
        shown = self.city.program.must("audit", "show", "--data", "office", "--most", "1000", "--format", "json").out
        told = {(row["verb"], row["what"]) for row in json.loads(shown)}
        # What went into a file has left the house.
        self.assertLessEqual({(verb, "exchange.messages county out") for verb in ("read", "export")}, told)
        self.city.program.must("audit", "verify", "--data", "office")

    def test_7_what_is_not_there_is_said(self):
        for arguments, code, words in (
                (("out", "moon"), FAILURE, "there is no peer 'moon'; there are: county"),
                (("round", "--peer", "moon"), FAILURE, "there is no peer 'moon'"),
                (("conflicts", "moon"), FAILURE, "there is no peer 'moon'"),
                (("message", "county", "out", "99999"), FAILURE, "there is no such message"),
                (("message", "county", "aside", "1"), USAGE, "takes one of out|in"),
                (("out", "county", "--state", "lost"), USAGE, "receipted"),
                (("resend", "county", "99999"), FAILURE, "there is no such message"),
                (("resend", "county", "1"), FAILURE, "need not be sent again"),
                (("resend", "county", "one"), USAGE, "takes the id of a message")):
            self.says(self.city(*arguments), code, words)
        self.assertIn("没有交换对方“moon”", self.city("out", "moon", lang="zh").err)
        run = self.city.program("exchange", "peers", "--data", "office")
        self.says(run, USAGE, "--peers")


class WithoutALine(Says):
    """A peer that calls us, whose channel cannot say all."""

    @classmethod
    def setUpClass(cls):
        cls.made = tempfile.TemporaryDirectory(prefix="doudi-cli-harbour-")
        cls.root = Path(cls.made.name)
        Program(Settings.binary, cls.root).must("synth", "--residents", "800", "--seed", "5", "made")
        home = home_with(cls.root, "harbour", HARBOUR)
        cls.channel = home / "exchange" / "harbour.yaml"
        cls.site = Site(cls, "county", COUNTY, home=home)
        cls.site.peers("county", "harbour", secrets.token_hex(32), channel="harbour")

    @classmethod
    def tearDownClass(cls):
        cls.made.cleanup()
        assert not cls.site.program.leaks, "an identity number was printed"

    def test_1_what_the_channel_cannot_say_is_held_until_it_can_and_is_sent_again(self):
        (row,) = self.site.rows("round")
        held = self.site.rows("out", "harbour", "--state", "held")
        self.assertEqual(("it_calls_us", str(len(held))), (row["call"], row["held"]))
        self.assertGreater(len(held), 3)
        self.assertEqual("", held[0]["number"])
        self.assertRegex(held[0]["field"], r"^people/\d+/g$")
        self.assertIn("GB/T 2261.1", held[0]["reason_en"])
        self.says(self.site("message", "harbour", "out", held[0]["id"]), DONE, "cannot say it", "GB/T 2261.1")
        again = [row["id"] for row in held[:2]]
        self.channel.write_text(HARBOUR.replace('男: "1"', '男: "1", 女: "2"'), encoding="utf-8")
        self.says(self.site("resend", "harbour", *again), DONE, "2 messages will be sent again")
        self.assertEqual(len(held) - 2, len(self.site.rows("out", "harbour", "--state", "held")))
        # What was sent again is anew in the list, under a number; the others stay. One that is queued needs nothing.
        queued = self.site.rows("out", "harbour", "--state", "queued")
        self.assertTrue(all(row["number"] for row in queued))
        run = self.site("resend", "harbour", queued[0]["id"], held[2]["id"])
        self.says(run, FAILURE, "1 message will be sent again", "need not be sent again")
        self.assertIn(f"exchange.retry harbour {again[0]}", self.site.looks())

    def test_2_a_message_says_no_number_and_nothing_that_the_channel_has_no_rule_for(self):
        queued = self.site.rows("out", "harbour", "--state", "queued")
        for row in queued[:10]:
            data = json.loads(self.site.must("message", "harbour", "out", row["id"], "--format", "json").out)
            said = {one["field"]: one["value"] for one in data if one["part"] == "body"}
            numbers = [value for field, value in said.items() if re.fullmatch(r"people/\d+/z", field)]
            self.assertTrue(all(re.fullmatch(r"\d{6}\*+.{4}", number) for number in numbers), said)
        self.channel.write_text(HARBOUR.replace("{ours: name, theirs: n, required: true}, ", ""), encoding="utf-8")
        shown = self.site.must("message", "harbour", "out", queued[0]["id"]).out
        self.assertRegex(shown, r"people/0/n +\(not shown\)")
        self.channel.write_text(HARBOUR, encoding="utf-8")

    def test_3_without_a_key_nothing_is_opened(self):
        key = self.site.root / "harbour.key"
        kept = key.read_text(encoding="utf-8")
        os.chmod(key, 0o644)
        self.says(self.site("peers"), FAILURE, "peers.yaml:8", "chmod 600")
        os.chmod(key, 0o600)
        key.write_text(kept[:10], encoding="utf-8")
        self.says(self.site("round"), FAILURE, "peers.yaml:8", "64 hexadecimal digits")
        key.unlink()
        run = self.site("out", "harbour", lang="zh")
        self.says(run, FAILURE, "peers.yaml:8", "密钥文件不存在")
        key.write_text(kept, encoding="utf-8")
        os.chmod(key, 0o600)

    def test_4_a_file_of_peers_that_is_wrong_says_where(self):
        peers = self.site.root / "peers.yaml"
        kept = peers.read_text(encoding="utf-8")
        for change, words in ((("channel: harbour", "channel: lighthouse"), "lighthouse"),
                              (("arrives_at: county", "arrives_at: nowhere"), "there is no office 'nowhere'"),
                              (("limits:", "limit:"), "limit")):
            peers.write_text(kept.replace(*change), encoding="utf-8")
            self.says(self.site("peers"), FAILURE, "peers", words)
        peers.write_text(kept, encoding="utf-8")
        self.assertEqual(["harbour"], [row["peer"] for row in self.site.rows("peers")])


if __name__ == "__main__":
    main()
