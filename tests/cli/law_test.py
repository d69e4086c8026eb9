#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The commands for those who work on the law: conditions, packs, determination, what if."""
import csv
import io
import json
import re
import shutil
import subprocess
import sys
import unittest

from case import Q2, Case
from program import DONE, FAILURE, SOURCE, USAGE


class Expressions(Case):
    CEL = SOURCE / "tests" / "cel"

    def answers(self, *lines, stdin=True):
        """What `expr eval` says of each line, and the run."""
        text = "".join(line + "\n" for line in lines)
        if stdin:
            run = self.doudi("expr", "eval", "--jsonl", "-", stdin=text.encode())
        else:
            (self.folder / "cases.jsonl").write_text(text, encoding="utf-8")
            run = self.doudi("expr", "eval", "--jsonl", "cases.jsonl")
        return [json.loads(line) for line in run.out.splitlines()], run

    def test_each_line_gets_its_answer_in_the_notation_of_the_tests(self):
        for stdin in (True, False):
            told, run = self.answers('{"expr": "x + 1", "bindings": {"x": {"int": "2"}}}',
                                     '{"expr": "[1u, \'有效\', b\'\\\\x00\', null, 1.5]"}', "", '{"expr": "1 / 0"}\r',
                                     '{"expr": "{\'k\': true}"}', stdin=stdin)
            self.assertEqual(DONE, run.code, str(run))
            self.assertEqual([
                {"value": {"int": "3"}},
                {"value": {"list": [{"uint": "1"}, {"string": "有效"}, {"bytes_hex": "00"}, {"null": None},
                                    {"double": "1.5"}]}},
                {"error": "divide by zero"}, {"value": {"map": [[{"string": "k"}, {"bool": True}]]}}], told)

    def test_a_line_that_is_no_case_is_named_and_the_rest_goes_on(self):
        told, run = self.answers('{"expr": "1"}', '{"expr": ', "", '{"expr": "x", "bindings": {"x": {"int": "one"}}}',
                                 '{"expr": "2"}')
        self.says(run, FAILURE, "2 lines were no case")
        self.assertEqual([None, 2, 4, None], [answer.get("line") for answer in told])
        self.assertTrue(told[1]["error"].startswith("line 2: "), told)
        self.assertIn("int", told[2]["error"])
        self.assertEqual({"value": {"int": "2"}}, told[3])

    def test_a_text_that_is_no_expression_is_shown_with_a_caret_and_is_no_bad_line(self):
        told, run = self.answers('{"expr": "1 = 2"}')
        self.assertEqual(DONE, run.code, str(run))
        self.assertRegex(told[0]["error"], r"^1:3: .*\n1 = 2\n  \^$")

    def test_cases_that_cannot_be_read(self):
        self.says(self.doudi("expr", "eval", "--jsonl", "nosuch.jsonl"), FAILURE, "nosuch.jsonl")
        self.says(self.doudi("expr", "eval", "--jsonl", "."), FAILURE, "cannot be read")
        self.says(self.doudi("expr", "eval"), USAGE, "--jsonl", "doudi expr eval --help")
        self.says(self.doudi("expr", lang="zh"), USAGE, "请给出命令", "doudi expr --help")
        self.says(self.doudi("expr", "eval", lang="zh"), USAGE, "缺少必需的参数：--jsonl")
        self.assertIn("用法:", self.doudi.must("expr", "eval", "--help", lang="zh").out)

    def test_the_specification_passes_by_the_command_and_line_by_line(self):
        for lang in ("en", "zh"):
            run = self.doudi("expr", "test", self.CEL, lang=lang)
            self.assertEqual((DONE, "670 passed, 0 failed"), (run.code, run.out.splitlines()[-1]), str(run))
        tests = [test for path in sorted(self.CEL.glob("*.json"))
                 for test in json.loads(path.read_text(encoding="utf-8"))["tests"]]
        told, _ = self.answers(*(json.dumps(test) for test in tests))
        self.doudi.leaks.clear()  # numbers of the specification's own, as long as an identity number
        self.assertEqual(len(tests), len(told))
        for test, answer in zip(tests, told):
            self.assertEqual("value" in test, "value" in answer, (test, answer))

    def test_a_test_that_fails_is_named_and_so_is_a_file_that_is_none(self):
        tests = self.folder / "tests"
        tests.mkdir()
        (tests / "a.json").write_text(json.dumps({"file": "a", "tests": [
            {"section": "s", "name": "right", "expr": "1 + 1", "value": {"int": "2"}},
            {"section": "s", "name": "wrong", "expr": "1 + 1", "value": {"int": "3"}},
            {"section": "s", "name": "typo", "expr": "1 +", "value": {"int": "3"}}]}), encoding="utf-8")
        (tests / "b.json").write_text("{", encoding="utf-8")
        run = self.doudi("expr", "test", "tests")
        self.says(run, FAILURE, "failed: a/s/wrong: 1 + 1", "gave 2 and not 3", "failed: a/s/typo", "failed: b.json")
        self.assertEqual("1 passed, 3 failed", run.out.splitlines()[-1])
        (self.folder / "none").mkdir()
        self.says(self.doudi("expr", "test", "none"), FAILURE, "no .json files", "none")
        self.says(self.doudi("expr", "test", "nosuch"), FAILURE, "nosuch")

    def test_a_condition_is_checked_as_packs_do(self):
        self.says(self.doudi("expr", "check", "1 < 2"), DONE, "bool")
        self.says(self.doudi("expr", "check", "1.0 + 1"), FAILURE, "1:")
        row = ("expr", "check", "--dataset", "hr.unemployment_roll")
        self.says(self.doudi(*row, 'row.status == "有效"'), DONE, "bool")
        wrong = self.doudi(*row, 'row.status == "有效" && row.staus == "x"')
        self.says(wrong, FAILURE, "1:27: ", "did you mean 'status'?")
        shown, caret = wrong.err.splitlines()[-2:]
        self.assertEqual('row.status == "有效" && row.staus == "x"', shown)
        # A wide character takes two cells.
        self.assertEqual(len('row.status == "有效" && row.'.encode("gbk")), len(caret) - 1, str(wrong))
        self.says(self.doudi(*row, "row.status"), FAILURE, "bool")
        self.says(self.doudi(*row, "--value", "row.status"), DONE, "string")
        members = "household.members.filter(m, m.age < 16).size() >= 2"
        self.says(self.doudi("expr", "check", "--household", members), DONE)
        self.says(self.doudi("expr", "check", members), FAILURE, "no name may stand")
        pack = ("expr", "check", "--policy", "national")
        self.says(self.doudi(*pack, "income_per_head_month < 1.5 * param.mlg_standard_month"), DONE, "bool")
        self.says(self.doudi(*pack, "income_per_head_mont < yuan(1)"), FAILURE, "did you mean 'income_per_head_month'?")
        self.says(self.doudi(*pack, "--household", "household.size > 3 && param.mlg_standard_month > yuan(1)"), DONE)
        self.says(self.doudi(*pack, "--household", "param.nosuch > 1"), FAILURE, "nosuch")
        self.says(self.doudi("expr", "check", "--dataset", "hr.unemploy_roll", "true"), USAGE,
                  "did you mean 'hr.unemployment_roll'?")
        self.says(self.doudi("expr", "check", "--dataset", "x", "--household", "true", lang="zh"), USAGE, "不能同时")

    def case(self, name="case.json", **changes):
        told = {"case": "LC-1", "region": "441622102201", "as_of": Q2,
                "parameters": {"mlg_standard_month": "632.00"},
                "household": {"residence_kind": "rural", "property_within_limits": True,
                              "income_month": {"value": "1894.00", "source": "check", "as_of": "2025-06-20"}},
                "members": [{"name": who, "absence": None, "statutory_supporter": True,
                             "supporter_unable_because": None} for who in ("甲", "乙", "丙")],
                "application": {"authorised_on": "2025-06-18"}, **changes}
        (self.folder / name).write_text(json.dumps(told), encoding="utf-8")
        return name

    def test_an_application_is_determined_as_text_in_two_languages_and_as_json(self):
        determine = ("determine", "--policy", "guangdong-2021", self.case())
        self.says(self.doudi(*determine), DONE, "[sample figures]", "2.00 yuan a month", "replay key: 2025-06-30")
        self.says(self.doudi(*determine, lang="zh"), DONE, "〔含样例数字〕", "每月 2.00 元", "复算标识")
        self.says(self.doudi(*determine, "--details"), DONE, "yes [sample figures]", "facts: ")
        self.says(self.doudi(*determine, "--details", lang="zh"), DONE, "是〔含样例数字〕", "依据的事实：")
        answer = json.loads(self.doudi.must(*determine, "--format", "json").out)
        verdicts = {one["id"]: one["verdict"] for one in answer["categories"] if one["member"] is None}
        self.assertEqual("yes", verdicts["minimum_living_guarantee"])
        self.assertEqual("no", verdicts["mlg_marginal_household"])
        self.assertTrue(answer["sample"])
        self.assertEqual("guangdong-2021", answer["replay"]["pack"])

    def test_the_applications_of_the_sample_county_come_out_as_its_readme_says(self):
        county = SOURCE / "samples" / "longchuan"

        def answer(name):
            run = self.doudi.must("determine", "--policy", "guangdong-2021", "--parameters", county / "parameters.yaml",
                                  "--format", "json", county / "cases" / name)
            return json.loads(run.out)

        amounts = {one["id"]: one["amount"] for one in answer("top-up.json")["benefits"]}
        self.assertEqual("2.00", amounts["minimum_living_guarantee_allowance"])
        sets = {one["name"]: one["categories"] for one in answer("one-member.json")["members"]}
        margin = ["mlg_marginal_household"]
        self.assertEqual({"甲": margin, "乙": ["minimum_living_guarantee"], "丙": margin}, sets)
        names = answer("names-only.json")
        self.assertEqual({"unknown"}, {one["verdict"] for one in names["categories"]})
        self.assertTrue(names["ask_first"])

    def test_the_law_may_lie_in_another_folder(self):
        nowhere = {"DOUDI_HOME": str(self.folder)}
        determine = ("determine", "--policy", "guangdong-2021", self.case())
        self.says(self.doudi(*determine, env=nowhere), FAILURE, "DOUDI_HOME")
        self.says(self.doudi(*determine, "--root", SOURCE, env=nowhere), DONE, "2.00 yuan a month")
        self.says(self.doudi(*determine, "--root", "nosuch"), USAGE, "nosuch", "datasets")

    def test_by_an_offices_law_the_day_of_signing_is_the_files_own_word_and_it_says_so(self):
        determine = ("determine", "--data", "office", self.case())
        self.says(self.doudi(*determine), DONE, "not held against the papers")
        self.says(self.doudi(*determine, lang="zh"), DONE, "未与该单位登记的授权书核对")
        unsigned = self.doudi("determine", "--data", "office", self.case("unsigned.json", application={}))
        self.assertNotIn("not held against", unsigned.err)
        self.assertNotIn("not held against", self.doudi("determine", "--policy", "guangdong-2021", self.case()).err)

    def test_a_case_comes_from_standard_input(self):
        text = (self.folder / self.case()).read_bytes()
        command = [str(self.doudi.binary), "--lang", "en", "determine", "--policy", "guangdong-2021", "-"]
        done = subprocess.run(command, input=text, env=self.doudi.environment(), cwd=self.folder, capture_output=True,
                              check=False)
        self.assertEqual(DONE, done.returncode, done.stderr.decode())
        self.assertIn("Case LC-1", done.stdout.decode())

    def test_a_case_that_is_wrong_names_every_fault_with_its_place(self):
        name = self.case(household={"incom_month": "1", "income_month": "-1"})
        run = self.doudi("determine", "--policy", "guangdong-2021", name)
        self.says(run, FAILURE, "case.json:1:", "did you mean 'income_month'?", "money cannot be negative")
        self.assertEqual("", run.out)
        self.says(self.doudi("determine", "--policy", "guangdong-2021", "nosuch.json"), FAILURE, "nosuch.json")
        self.says(self.doudi("determine", "--policy", "guangdong-2022", name), FAILURE,
                  "did you mean 'guangdong-2021'?")
        self.says(self.doudi("determine", name), USAGE, "--policy")

    def test_a_case_from_elsewhere_or_before_the_notice_is_answered_with_a_word(self):
        name = self.case(region="370199001001", as_of="2020-01-31", household={}, application={})
        self.says(self.doudi("determine", "--policy", "guangdong-2021", name), DONE, "lies outside", "not in force")

    def test_the_golden_cases_of_the_packs_pass_and_a_wrong_one_is_told(self):
        run = self.doudi("packs", "test", "shanxi-county", "national")
        self.says(run, DONE, " passed, 0 failed")
        for folder in ("packs", "datasets", "calendar"):
            shutil.copytree(SOURCE / folder, self.folder / "law" / folder)
        wrong = self.folder / "law/packs/national/cases/wrong.yaml"
        wrong.write_text("base: {region: '441699001001', as_of: 2025-06-30, members: [{name: a}]}\n"
                         "cases: [{id: wrong, says: {zh: x, en: nobody knows}, cite: x, expect: {categories: "
                         "{minimum_living_guarantee: yes}}}]\n", encoding="utf-8")
        run = self.doudi("packs", "test", "--root", "law", "national")
        self.says(run, FAILURE, "nobody knows", "minimum_living_guarantee: wanted yes, got unknown", "wrong.yaml:2:9")
        self.assertTrue(run.out.splitlines()[-1].endswith(" passed, 1 failed"), run.out)


class Packs(Case):
    """The law as its authors work on it, in a copy of the project's own."""

    def setUp(self):
        super().setUp()
        self.law = self.folder / "law"
        for part in ("datasets", "packs", "calendar"):
            shutil.copytree(SOURCE / part, self.law / part)

    def packs(self, *arguments, **how):
        return self.doudi("packs", *arguments, "--root", "law", **how)

    def change(self, file, old, new):
        path = self.law / file
        text = path.read_text(encoding="utf-8")
        self.assertEqual(1, text.count(old), f"{old} in {file}")
        path.write_text(text.replace(old, new), encoding="utf-8")

    def test_the_packs_that_ship_have_no_fault(self):
        count = len([*(SOURCE / "packs").glob("*/pack.yaml"), *(SOURCE / "packs").glob("profiles/*/pack.yaml")])
        self.says(self.doudi("packs", "check"), DONE, f"{count} packs, 0 faults")
        self.says(self.packs("check", "national", lang="zh"), DONE, "1 个政策包，0 处错误")

    def test_a_fault_is_said_once_with_its_place_whichever_packs_extend_it(self):
        self.change("packs/national/determination.yaml", "exclusive_order:", "exclusiv_order:")
        run = self.packs("check")
        self.says(run, FAILURE, "packs/national/determination.yaml:", "did you mean 'exclusive_order'?", "1 fault")
        self.assertEqual(1, run.err.count("exclusiv_order"), str(run))

    def test_a_dataset_that_tells_what_a_fact_cannot_be_is_named_with_its_place(self):
        self.change("datasets/agriculture.relapse_roll.yaml", 'value: "true", by:', 'value: "maybe", by:')
        self.says(self.packs("check", "national"), FAILURE,
                  "datasets/agriculture.relapse_roll.yaml:21:5: 'maybe' is no value of the fact 'relapse_confirmed'")

    def test_two_rules_without_an_order_come_with_a_case_that_determine_confirms(self):
        file = "packs/changsha-2025/benefits.yaml"
        text = (self.law / file).read_text(encoding="utf-8")
        subsidy = text[text.index("- id: premium_subsidy"):]
        order = next(line for line in subsidy.splitlines(True) if "grants_in_order" in line)
        rest = next(line for line in subsidy.splitlines(True) if '- {if: "true"' in line)
        relapse = rest.replace('"true"', "relapse_monitored").replace('"0.5"', '"0.6"')
        self.change(file, rest + order, relapse + rest)
        run = self.packs("check", "changsha-2025", "--witness", "cases")
        self.says(run, FAILURE, "三(二)1", "1 pack, 1 fault")
        places = re.findall(r"packs/changsha-2025/benefits.yaml:([0-9]+):([0-9]+)", run.err)
        self.assertEqual(2, len(places), run.err)  # both grants
        lines = (self.law / file).read_text(encoding="utf-8").splitlines()
        for line, column in places:
            self.assertEqual("{if:", lines[int(line) - 1][int(column) - 1:][:4], (line, column))
        names = [path.name for path in (self.folder / "cases").iterdir()]
        self.assertEqual(["changsha-2025-two-grants-premium_subsidy-1-2.json"], names)
        answer = json.loads(self.doudi.must("determine", "--policy", "changsha-2025", f"cases/{names[0]}", "--format",
                                            "json").out)
        had = {id for member in answer["members"] for id in member["categories"]}
        self.assertIn("relapse_monitored", had)
        self.assertTrue(had & {"extreme_poverty", "minimum_living_guarantee"}, had)
        shown = self.packs("check", "changsha-2025", lang="zh")
        self.says(shown, FAILURE, "可同时适用而给付不同", "例证（changsha-2025）：two-grants-premium_subsidy-1-2",
                  '"region": "430100000000"')

    def test_a_pack_that_is_not_there_and_a_folder_that_holds_no_law(self):
        self.says(self.packs("check", "nationl"), FAILURE, "did you mean 'national'?", "1 pack, 1 fault")
        self.says(self.doudi("packs", "check", "--root", "county"), USAGE, "datasets")
        self.says(self.doudi("packs", lang="zh"), USAGE, "请给出命令")

    def test_a_clause_without_an_answer_is_a_fault(self):
        self.change("packs/clauses.tsv", "JN-00\tjinan-2024", "JN-0X\tjinan-2024")
        self.says(self.packs("check", "jinan-2024"), FAILURE, "JN-00", "JN-0X", "2 faults")

    def test_every_clause_is_listed_with_what_serves_it(self):
        table = list(csv.DictReader(io.StringIO(self.packs("coverage", "--format", "csv").out)))
        with (SOURCE / "packs" / "clauses.tsv").open(encoding="utf-8") as file:
            clauses = {line["id"]: line["pack"] for line in csv.DictReader(file, delimiter="\t")}
        self.assertEqual(clauses, {line["clause"]: line["pack"] for line in table})
        self.assertEqual(["clause", "pack", "status", "served_by", "test"], list(table[0]))
        for line in table:
            self.assertIn(line["status"], ("element", "program", "planned", "people"), line)
            self.assertTrue(line["served_by"], line)
        one = self.packs("coverage", "jinan-2024", "--format", "table")
        self.says(one, DONE, "served by", "JN-02b")
        self.assertNotIn("CQ-", one.out)

    def test_a_sixth_city_is_a_folder_and_nothing_else(self):
        made = ("packs", "new", "xiyang-2026", "--region", "449901", "--from", "2026-01-01", "--root", "law")
        self.says(self.doudi(*made), DONE, "packs/xiyang-2026", "doudi packs check xiyang-2026")
        self.says(self.packs("check", "xiyang-2026"), DONE, "1 pack, 0 faults")
        self.says(self.packs("test", "xiyang-2026"), DONE, "5 passed, 0 failed")
        # Its author writes a line of its own: 1.6 times the standard, where the others have 1.5.
        (self.law / "packs/xiyang-2026/categories.yaml").write_text(
            "- id: mlg_marginal_household\n  inherit: true\n  when:\n"
            "    - {if: income_per_head_month < 1.6 * param.mlg_standard_month, cite: 第一条}\n"
            "    - {if: property_within_limits, cite: 第一条}\n  cite: 第一条\n", encoding="utf-8")
        self.says(self.packs("test", "xiyang-2026"), FAILURE, "marginal-at-the-line", "4 passed, 1 failed")
        case = {"region": "449901001001", "as_of": "2026-06-30", "parameters": {"mlg_standard_month": "700.00"},
                "application": {"authorised_on": "2026-06-01"},
                "household": {"residence_kind": "urban", "income_month": "1100.00", "property_within_limits": True},
                "members": [{"name": "甲", "birth_date": "1980-01-01", "absence": None, "disability_level": None}]}
        (self.folder / "case.json").write_text(json.dumps(case), encoding="utf-8")
        self.doudi.home = self.law
        said = {}
        for pack in ("xiyang-2026", "national"):
            run = self.doudi("determine", "--policy", pack, "case.json", "--format", "json")
            self.assertEqual(DONE, run.code, str(run))
            said[pack] = {one["id"]: one["verdict"] for one in json.loads(run.out)["categories"]}
        self.assertEqual("yes", said["xiyang-2026"]["mlg_marginal_household"])
        self.assertEqual("no", said["national"]["mlg_marginal_household"])

    def test_a_new_pack_needs_a_sound_name_a_region_and_a_day_and_never_overwrites(self):
        new = ("packs", "new", "--root", "law")
        self.says(self.doudi(*new, "Bad Name", "--region", "44", "--from", "2026-01-01"), USAGE, "small letters")
        self.says(self.doudi(*new, "x", "--region", "44", "--from", "soon"), USAGE, "--from")
        self.says(self.doudi(*new, "x", "--region", "4", "--from", "2026-01-01"), USAGE, "--region")
        self.says(self.doudi(*new, "national", "--region", "44", "--from", "2026-01-01"), FAILURE, "already")

    def test_what_two_packs_state_differently_is_listed_with_both_clauses(self):
        said = self.packs("diff", "jinan-2024", "chongqing-2024", "--format", "csv").out
        rows = list(csv.DictReader(io.StringIO(said)))
        by_place = {(row["section"], row["id"], row["key"]): row for row in rows}
        consent = [row for (section, _, key), row in by_place.items() if section == "transfers" and key == "consent"]
        self.assertTrue(consent)
        self.assertTrue(all(row["clause_before"] or row["clause_after"] for row in consent), consent)
        lines = [row for row in rows if row["section"] == "categories" and row["key"].startswith("when.")]
        self.assertTrue(any(".if" in row["key"] and row["before"] != row["after"] for row in lines), lines[:3])
        self.says(self.packs("diff", "national", "national"), DONE, "state the same")
        self.says(self.packs("diff", "national", "nationl"), FAILURE, "did you mean 'national'?")


class WhatIf(Case):
    """The sample county under other figures."""

    def setUp(self):
        super().setUp()
        county = SOURCE / "samples" / "longchuan"
        self.doudi.must("init", "--data", "sample", "--policy", "guangdong-2021", "--baseline", "2025-03-31")
        self.doudi.must("import", "--data", "sample", "--as-of", "2025-06-30", county / "registry", county / "means",
                        county / "2025Q2")
        self.figures = ("--parameters", county / "parameters.yaml")

    def whatif(self, *arguments, **how):
        return self.doudi("whatif", "--data", "sample", *self.figures, *arguments, **how)

    def test_who_enters_and_leaves_is_told_and_every_number_opens_down_to_its_rows(self):
        change = ("--set", "mlg_standard_month=+5%")
        self.says(self.whatif(*change), DONE, "a person decides", "invented sample figures")
        self.says(self.whatif(*change, lang="zh"), DONE, "由人决定", "虚构")
        totals = {row["category"]: row for row in self.rows(*change, "--list", "categories")}
        moves = self.rows(*change, "--list", "moves")
        for category, total in totals.items():
            for step in ("entered", "left"):
                listed = sum(row["category"] == category and row["step"] == step for row in moves)
                self.assertEqual(int(total[step]), listed, (category, step))
        self.assertGreater(int(totals["minimum_living_guarantee"]["entered"]), 0)
        townships = self.rows(*change, "--list", "townships")
        self.assertEqual(len(moves), sum(int(row["members"]) for row in townships))
        one = townships[0]["township"]
        of_one = self.rows(*change, "--list", "moves", "--township", one)
        self.assertEqual([row for row in moves if row["township"] == one], of_one)

    def rows(self, *arguments):
        return list(csv.DictReader(io.StringIO(self.whatif(*arguments, "--format", "csv").out)))

    def test_another_pack_and_what_cannot_be_asked(self):
        self.says(self.whatif("--against", "shanxi-county"), DONE, "household")
        nowhere = {"DOUDI_HOME": str(self.folder)}
        self.says(self.whatif("--against", "shanxi-county", "--root", SOURCE, env=nowhere), DONE, "household")
        self.says(self.whatif("--against", "shanxi-county", env=nowhere), FAILURE, "DOUDI_HOME")
        self.says(self.whatif(), USAGE, "--set", "--against")
        self.says(self.whatif("--set", "mlg_standard_month"), USAGE, "mlg_standard_month=+5%")
        self.says(self.whatif("--set", "nosuch=+5%"), USAGE, "no parameter 'nosuch'")
        self.says(self.whatif("--against", "nosuch"), FAILURE, "nosuch")
        bare = self.doudi("whatif", "--data", "sample", "--set", "mlg_standard_month=+5%")
        self.says(bare, USAGE, "is not set", "--parameters")



if __name__ == "__main__":
    Case.binary = sys.argv.pop(1)
    unittest.main(verbosity=1)
