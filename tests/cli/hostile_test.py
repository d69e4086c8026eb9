#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What nobody should send: cases and packs that are wrong in every way we could think of. Each gets a clear refusal
with its line and column, in both languages, or is read as it should be. hostile.expected holds what is said; to accept
new wording, run with DOUDI_WRITE_GOLDEN=1 and read the difference."""
import json
import os
import shutil
import sys
import time
import unittest

try:
    import jsonschema
    import yaml as pyyaml
except ImportError:  # not on every machine; the schema is held to the reader in C++ besides
    jsonschema = pyyaml = None

from case import Case
from program import DONE, FAILURE, SOURCE, USAGE

GOLDEN = SOURCE / "tests" / "cli" / "hostile.expected"
WHOLE = {"region": "441622102201", "as_of": "2025-06-30", "members": [{"name": "甲"}]}
HEAD = 'region: "441622102201"\nas_of: 2025-06-30\nmembers: [{name: 甲}]\n'
NUMBER = "441699" + "19600101" + "0011"  # of a county that does not exist
SLOW = 20.0  # seconds: far more than any of them takes


def case(**changes):
    return json.dumps({**WHOLE, **changes}, ensure_ascii=False).encode()


def household(fact, value):
    return case(household={fact: value})


def person(**facts):
    return case(members=[{"name": "甲", **facts}])


def in_yaml(text):
    return (HEAD + text).encode()


def bomb(levels):
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, levels)]
    return "\n".join(lines).encode()


# A name says the form: .json or .yaml.
CASES = {
    # --- no text, or not the text of a case
    "empty.json": b"",
    "blank.json": b" \n\n",
    "nul.json": b'{"region": "44\x00"}',
    "only-nul.json": b"\0" * 50,
    "latin1.json": b'{"region": "441622102201",\n "case": "caf\xe9"}',
    "overlong.json": b'{"region": "\xc0\xaf"}',
    "gb18030.json": case().decode().encode("gb18030"),
    "utf16.json": case().decode().encode("utf-16"),
    "bell.yaml": in_yaml('household: {income_month: "\x07"}\n'),
    "list.json": b"[1, 2]",
    "text.json": b'"hello"',
    "number.json": b"42",
    "null.json": b"null",
    "cut-off.json": case()[:-4],
    "brace-too-many.json": case() + b"}",
    "two-cases.json": case() + b"\n" + case(),
    "two-documents.yaml": in_yaml("---\na: 1\n"),
    "comma-twice.json": b'{"region": "441622102201",,\n "as_of": "2025-06-30"}',
    "comment.json": b'{"region": "441622102201", // here\n "as_of": "2025-06-30"}',
    "no-quote.yaml": in_yaml('household: {income_month: "1\n'),
    "tab.yaml": b'region: "441622102201"\n\tas_of: 2025-06-30\n',
    "indent.yaml": in_yaml("household:\n income_month: 1\n  relapse_confirmed: true\n"),
    "no-anchor.yaml": in_yaml("household: {income_month: *nobody}\n"),
    "lone-surrogate.json": case(case="x").replace(b'"x"', b'"\\uD842"'),
    "escape.json": case(case="x").replace(b'"x"', b'"\\q"'),
    # --- deep and wide
    "deep-lists.json": b"[" * 100_000 + b"]" * 100_000,
    "deep-objects.json": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    "deep-fact.json": household("income_month", 0).replace(b": 0}", b": " + b"[" * 5_000 + b"]" * 5_000 + b"}"),
    "deep-blocks.yaml": b"".join(b" " * depth + b"a:\n" for depth in range(2_000)),
    "alias-bomb.yaml": bomb(9),
    "merge.yaml": in_yaml("household:\n  <<: *nobody\n"),
    "tag.yaml": in_yaml("household: {income_month: !!python/object:os.system 1}\n"),
    "members-1001.json": case(members=[{"name": f"m{i}"} for i in range(1_001)]),
    "long-name.json": person(name="甲" * 100_000),
    "long-key.yaml": in_yaml("k" * 900 + ": 1\n"),
    # --- keys
    "key-twice.json": b'{"region": "441622102201",\n "as_of": "2025-06-30",\n "as_of": "2025-06-29"}',
    "fact-twice.json": case(household={}).replace(b"{}", b'{"income_month": "1", "income_month": "2"}'),
    "member-fact-twice.json": case().replace(
        b'"name"', b'"birth_date": "2000-01-01", "birth_date": "2001-01-01", "name"'),
    "unknown-key.json": case(houshold={}),
    "unknown-fact.json": household("incom_month", "1"),
    "fact-of-a-person.json": household("birth_date", "2000-01-01"),
    "fact-of-the-household.json": person(income_month="1"),
    "derived-fact.json": household("household_size", 3),
    "key-is-a-list.yaml": in_yaml("? [a, b]\n: 1\n"),
    "key-is-null.yaml": in_yaml("~: 2\n"),
    # --- types
    "money-is-an-object.json": household("income_month", {"a": 1}),
    "money-is-a-list.json": household("income_month", [1]),
    "money-is-true.json": household("income_month", True),
    "money-is-empty.json": household("income_month", ""),
    "money-is-none.json": household("income_month", None),
    "money-is-negative.json": household("income_month", -5),
    "money-text-is-negative.json": household("income_month", "-5.00"),
    "money-of-400-digits.json": household("income_month", "9" * 400),
    "money-with-exponent.json": household("income_month", 0).replace(b": 0}", b": 1e999}"),
    "money-is-nan.json": household("income_month", 0).replace(b": 0}", b": NaN}"),
    "money-of-a-tenth-of-a-fen.json": household("income_month", "1.005"),
    "money-in-wide-digits.json": household("income_month", "１２３"),
    "money-with-thousands.json": household("income_month", "1,894.00"),
    "money-with-a-unit.json": household("income_month", "1894元"),
    "bool-is-a-word.json": household("property_within_limits", "maybe"),
    "bool-is-a-number.json": household("property_within_limits", 1),
    "word-misspelt.json": household("residence_kind", "urbn"),
    "word-is-a-number.json": household("residence_kind", 3),
    "number-of-40-digits.json": person(disability_level=10**40),
    "number-is-negative.json": person(disability_level=-1),
    "number-is-a-fraction.json": person(disability_level=1.5),
    # --- days
    "day-of-29-february.json": person(birth_date="2025-02-29"),
    "day-with-slashes.json": person(birth_date="2000/1/1"),
    "day-of-year-0.json": person(birth_date="0000-01-01"),
    "day-of-year-99999.json": person(birth_date="99999-01-01"),
    "day-is-a-number.json": case(as_of=20250630),
    "day-of-month-13.json": case(as_of="2025-13-01"),
    "no-day.json": case().replace(b'"as_of": "2025-06-30", ', b""),
    "born-later.json": person(birth_date="2025-07-01"),
    "born-in-1700.json": person(birth_date="1700-01-01"),
    "told-later.json": household("income_month", {"value": "1", "as_of": "2026-01-01"}),
    "left-later.json": case(application={"leaving": "minimum_living_guarantee", "left_on": "2026-01-01"}),
    "left-nothing.json": case(application={"left_on": "2025-01-01"}),
    "refused-nothing.json": case(application={"refused_on": "2025-01-01"}),
    "authorised-later.json": case(application={"authorised_on": "2025-07-01"}),
    # --- members, region, application, parameters, sources
    "no-members.json": case(members=[]),
    "members-are-an-object.json": case(members={}),
    "member-is-a-number.json": case(members=[3]),
    "member-is-null.json": case(members=[None]),
    "member-without-name.json": case(members=[{}]),
    "name-is-empty.json": person(name=""),
    "name-of-two.json": case(members=[{"name": "甲"}, {"name": "甲"}]),
    "name-of-two-lines.json": person(name="a\nb"),
    "name-with-an-escape.json": person(name="a\u001b[31mred"),
    "name-from-right-to-left.json": person(name="a\u202eb"),
    "name-is-a-number.json": person(name=NUMBER),
    "case-is-a-number.json": case(case=NUMBER),
    "case-is-an-object.json": case(case={"a": 1}),
    "source-is-a-number.json": household("income_month", {"value": "1", "source": NUMBER}),
    "region-is-short.json": case(region="4"),
    "region-in-wide-digits.json": case(region="４４1622102201"),
    "region-is-a-list.json": case(region=[]),
    "region-is-an-identity-number.json": case(region=NUMBER),
    "leaving-unknown.json": case(application={"leaving": "nobody"}),
    "refused-is-a-number.json": case(application={"refused": 3}),
    "consent-is-a-word.json": case(application={"consents_to_transfer": "ja"}),
    "parameter-unknown.json": case(parameters={"mlg_standard_mont": "1"}),
    "parameter-negative.json": case(parameters={"mlg_standard_month": "-1"}),
    "parameter-by-town.json": case(parameters={"mlg_standard_month": {"town": "1"}}),
    "parameters-are-a-list.json": case(parameters=[1]),
    "no-sources.json": household("income_month", {"values": []}),
    "source-without-value.json": household("income_month", {"source": "x"}),
    "source-says-more.json": household("income_month", {"value": "1", "by": "x"}),
    "unknown-without-reason.json": household("income_month", {"unknown": ""}),
    "unknown-and-known.json": household("income_month", {"unknown": "x", "value": "1"}),
}

# In place of packs/shanxi-county/categories.yaml; {} stands for the file as it is.
PACKS = {
    "empty": b"",
    "nul": b"# a\n- id: \x00\n",
    "not-utf8": b"# \xff\n",
    "mapping": b"a: 1\n",
    "scalar": b"hello\n",
    "two-documents": b"- {id: a}\n---\n- {id: b}\n",
    "tab": b"- id: a\n\ttitle: x\n",
    "deep-lists": b"- id: x\n  when: " + b"[" * 3_000 + b"]" * 3_000 + b"\n",
    "deep-blocks": b"".join(b" " * depth + b"-\n" for depth in range(1_500)),
    "alias-bomb": b"- &a0 [x]\n" + b"".join(
        f"- &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]\n".encode()
        for i in range(1, 9)) + b"- {id: x, title: *a8, cite: z}\n",
    "contains-itself": b"- &a {id: x, title: *a, cite: z}\n",
    "key-twice": b"- {id: a, id: b, title: {zh: a, en: b}, cite: x}\n",
    "escape-in-a-name": b'- {id: "a\\u001b[31m", title: {zh: a, en: b}, cite: x}\n',
    "number-of-20-digits": b"- {id: a, title: {zh: a, en: b}, cite: x, valid_months: 99999999999999999999}\n",
    "negative-months": b"- {id: a, title: {zh: a, en: b}, cite: x, valid_months: -1}\n",
    "condition-of-400-brackets": b'- {id: a, title: {zh: a, en: b}, subject: household, cite: x, when: "' + b"(" * 400 +
                                 b"true" + b")" * 400 + b'"}\n',
    "condition-of-20000-parts": b'- {id: a, title: {zh: a, en: b}, subject: household, cite: x, when: "' +
                                b" && ".join([b"true"] * 20_000) + b'"}\n',
    "long-word": b"- {id: " + b"k" * 5_000 + b", inherit: true, cite: x}\n",
}


# What the schema leaves to the reader: which facts there are, their types and words, and what only two values tell.
LEFT_TO_THE_READER = {
    "unknown-fact.json", "fact-of-a-person.json", "fact-of-the-household.json", "derived-fact.json",
    "money-is-true.json",
    "money-is-empty.json", "money-is-none.json", "money-is-negative.json", "money-text-is-negative.json",
    "money-of-400-digits.json", "money-with-exponent.json", "money-is-nan.json", "money-of-a-tenth-of-a-fen.json",
    "money-in-wide-digits.json", "money-with-thousands.json", "money-with-a-unit.json", "bool-is-a-word.json",
    "bool-is-a-number.json", "word-misspelt.json", "word-is-a-number.json", "number-of-40-digits.json",
    "number-is-negative.json", "number-is-a-fraction.json", "day-of-29-february.json", "day-with-slashes.json",
    "day-of-year-0.json", "day-of-year-99999.json", "born-later.json", "born-in-1700.json", "told-later.json",
    "left-later.json", "left-nothing.json", "refused-nothing.json", "authorised-later.json", "name-of-two.json",
    "name-from-right-to-left.json", "leaving-unknown.json", "parameter-unknown.json", "parameter-negative.json",
    "parameter-by-town.json", "fact-twice.json", "member-fact-twice.json", "lone-surrogate.json",
}


class Hostile(Case):
    maxDiff = None

    def setUp(self):
        super().setUp()
        self.said = []

    def refuse(self, kind, name, codes, *command):
        for lang in ("en", "zh"):
            begun = time.monotonic()
            run = self.doudi(*command, lang=lang)
            self.assertLess(time.monotonic() - begun, SLOW, name)
            self.assertIn(run.code, codes, str(run))
            self.assertNotRegex(run.err.replace("\n", ""), r"[\x00-\x08\x0b-\x1f\x7f]", name)
            self.assertLess(len(run.err), 5_000, name)
            self.said.append((f"{kind} {name} {lang}", run.err))

    def compare(self, kind):
        old = GOLDEN.read_text(encoding="utf-8") if GOLDEN.exists() else ""
        blocks = {block.split("\n", 1)[0]: block for block in old.split("\n## ") if block}
        blocks = {title.removeprefix("## "): block.removeprefix("## ") for title, block in blocks.items()}
        if os.environ.get("DOUDI_WRITE_GOLDEN"):
            kept = {title: block for title, block in blocks.items() if not title.startswith(kind + " ")}
            new = {title: f"{title}\n{err}".rstrip("\n") for title, err in self.said}
            text = "".join(f"## {block.rstrip()}\n" for _, block in sorted({**kept, **new}.items()))
            GOLDEN.write_text(text, encoding="utf-8")
            return
        for title, err in self.said:
            with self.subTest(title):
                self.assertEqual(blocks.get(title, "nothing").rstrip("\n"), f"{title}\n{err}".rstrip("\n"))

    def test_every_hostile_case_is_refused_with_its_place(self):
        for name, content in CASES.items():
            (self.folder / name).write_bytes(content)
            self.refuse("case", name, {FAILURE}, "determine", "--policy", "guangdong-2021", name)
            self.assertIn(name, self.said[-1][1])
        (self.folder / "folder.json").mkdir()
        self.refuse("case", "folder.json", {USAGE}, "determine", "--policy", "guangdong-2021", "folder.json")
        self.refuse("case", "none.json", {FAILURE}, "determine", "--policy", "guangdong-2021", "none.json")
        self.compare("case")

    def test_every_hostile_pack_is_refused_with_its_place(self):
        for part in ("datasets", "packs", "calendar"):
            shutil.copytree(SOURCE / part, self.folder / "law" / part)
        file = self.folder / "law/packs/shanxi-county/categories.yaml"
        check = ("packs", "check", "--root", "law", "shanxi-county")
        for name, content in PACKS.items():
            file.write_bytes(content)
            self.refuse("pack", name, {FAILURE}, *check)
            self.assertIn("packs/shanxi-county/categories.yaml", self.said[-1][1])
        file.unlink()
        file.mkdir()
        self.refuse("pack", "folder", {FAILURE}, *check)
        self.compare("pack")

    def test_many_members_and_a_byte_order_mark_are_read(self):
        (self.folder / "mark.json").write_bytes(b"\xef\xbb\xbf" + case())
        self.doudi.must("determine", "--policy", "guangdong-2021", "mark.json", code=DONE)
        (self.folder / "many.json").write_bytes(case(members=[{"name": f"m{i}"} for i in range(60)]))
        begun = time.monotonic()
        self.doudi.must("determine", "--policy", "guangdong-2021", "many.json", code=DONE)
        self.assertLess(time.monotonic() - begun, 60.0)

    @unittest.skipUnless(jsonschema, "python3-jsonschema and python3-yaml are not here")
    def test_the_schema_takes_every_golden_case_and_refuses_the_hostile_ones(self):
        schema = json.loads((SOURCE / "docs/formats/case.schema.json").read_text(encoding="utf-8"))
        check = jsonschema.Draft202012Validator(schema)
        golden = list(golden_cases())
        self.assertGreater(len(golden), 500)
        for where, told in golden:
            self.assertEqual([], [error.message for error in check.iter_errors(told)], where)
        for path in (SOURCE / "samples/longchuan/cases").glob("*.json"):
            self.assertTrue(check.is_valid(json.loads(path.read_text(encoding="utf-8"))), path)
        for name, content in CASES.items():
            try:
                told = json.loads(content.decode("utf-8"))
            except (ValueError, RecursionError):
                continue
            self.assertEqual(name in LEFT_TO_THE_READER, check.is_valid(told), name)


def set_path(told, path, value):
    """As golden cases set: "members.0.birth_date"; null takes away."""
    *way, last = path.split(".")
    if way == ["members"]:
        told["members"] += [None] * (int(last) + 1 - len(told["members"]))
    for step in way:
        told = told[int(step)] if isinstance(told, list) else told.setdefault(step, {})
    key = int(last) if isinstance(told, list) else last
    if value is None and isinstance(told, dict):
        told.pop(key, None)
    else:
        told[key] = value


def golden_cases():
    """Every case of the packs as `doudi determine` would take it."""

    class Loader(pyyaml.SafeLoader):
        """Days stay text."""

    Loader.yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in pairs if tag != "tag:yaml.org,2002:timestamp"]
        for first, pairs in pyyaml.SafeLoader.yaml_implicit_resolvers.items()}
    for path in sorted(SOURCE.glob("packs/*/cases/*.yaml")):
        file = pyyaml.load(path.read_text(encoding="utf-8"), Loader)
        for one in file["cases"]:
            told = json.loads(json.dumps(file["base"]))
            for key, value in (one.get("set") or {}).items():
                set_path(told, key, value)
            told["members"] = [member for member in told["members"] if member is not None]
            yield f"{path} {one['id']}", told


if __name__ == "__main__":
    Case.binary = sys.argv.pop(1)
    unittest.main(verbosity=1)
