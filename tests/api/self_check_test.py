# SPDX-License-Identifier: Apache-2.0
"""What can I get, without signing in: a question at a time, nothing kept, nothing logged; never a decision."""
import json
import time

from office import Case, Client, eventually, main

CHECK = "/api/v1/self-checks"
# Answers of an old person alone in a village, by the fact that is asked for; whatever else is asked is not known.
ALONE = {
    "residence_kind": "rural", "birth_date": "1950-03-01", "absence": None, "disability_level": None,
    "income_month": "100.00", "own_income_month": "100.00", "property_within_limits": True,
    "own_property_within_limits": True, "statutory_supporter": False, "relapse_confirmed": False,
}
FIGURES = [{"parameter": "mlg_standard_month", "residence": kind, "from": "2025-01-01", "value": "700.00",
            "source": "测试", "region": "441699", "sample": True} for kind in ("urban", "rural")]


class SelfCheck(Case):
    with_county = False

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stranger = Client(cls.served.port)

    def check(self, answers, status=200):
        answer = self.stranger("POST", CHECK, answers)
        while answer.status == 429:  # as it says: in a moment
            time.sleep(int(answer.headers["Retry-After"]))
            answer = self.stranger("POST", CHECK, answers)
        self.assertEqual(status, answer.status, str(answer))
        return answer.json

    def walk(self, told, people=1):
        """Answers every question and gives the facts in the order in which they were asked, and the end."""
        answers = {"region": "441699101", "people": people, "household": {}, "members": [{} for _ in range(people)],
                   "application": {}}
        asked = []
        for _ in range(60):
            said = self.check(answers)
            question = said["question"]
            if question is None:
                return asked, said
            self.assertNotIn(question["fact"], asked)
            asked.append(question["fact"])
            value = told.get(question["fact"], {"unknown": True})
            if question["of"] == "person":
                self.assertTrue(question["members"])
                for place in question["members"]:
                    answers["members"][place][question["fact"]] = value
            else:
                answers[question["of"]][question["fact"]] = value
        raise AssertionError(f"it never ends: {asked}")

    def category(self, said, name):
        return [one for one in said["categories"] if one["id"] == name]

    def test_01_it_begins_with_where_and_how_many(self):
        first = self.check({})
        self.assertEqual(("region", "place"), (first["question"]["fact"], first["question"]["of"]))
        self.assertEqual(["441699101"], [one["id"] for one in first["question"]["words"]])
        second = self.check({"region": "441699101"})
        self.assertEqual("people", second["question"]["fact"])
        self.assertEqual([], second["categories"])

    def test_02_each_question_comes_once_in_plain_words(self):
        said = self.check({"region": "441699101", "people": 1})
        question = said["question"]
        self.assertNotEqual(question["title"], question["ask"])
        self.assertGreater(said["left"], 1)
        asked, end = self.walk(ALONE)
        self.assertEqual(len(asked), len(set(asked)))
        self.assertEqual(0, end["left"])

    def test_03_who_knows_nothing_is_told_that_nothing_is_known_and_whom_to_call(self):
        asked, end = self.walk({})
        self.assertTrue(asked)
        self.assertNotIn("may", {one["verdict"] for one in end["categories"]})
        guarantee = self.category(end, "minimum_living_guarantee")[0]
        self.assertEqual("unknown", guarantee["verdict"])
        self.assertTrue(guarantee["missing"])
        asked = [one["ask"]["zh"] for one in guarantee["missing"] if not one["is_unset"]]
        self.assertTrue(any(ask.endswith("？") or "？（" in ask for ask in asked), asked)
        # A clause stands by the pack whose name the rules are told by.
        self.assertTrue(guarantee["clause"].startswith(end["pack"] + "@"), guarantee["clause"])
        self.assertTrue(guarantee["clause"])
        self.assertTrue(end["window"]["phone"])

    def test_04_a_figure_that_nobody_has_set_is_named_as_such(self):
        _, end = self.walk(ALONE)
        missing = self.category(end, "minimum_living_guarantee")[0]["missing"]
        self.assertEqual([True], [one["is_unset"] for one in missing])

    def test_05_with_the_offices_figures_it_says_may_with_clause_and_what_to_bring(self):
        worker = self.account("worker", "county_caseworker")
        officer = self.account("officer", "city_monitor_officer")
        asked = worker("POST", "/api/v1/proposals", {"kind": "figures", "reason": "试用", "figures": FIGURES})
        self.assertEqual(201, asked.status, str(asked))
        one = officer.get(f"/api/v1/proposals/{asked.json['id']}").json
        decided = officer("POST", f"/api/v1/proposals/{one['id']}/decision",
                          {"approved": True, "payload_hash": one["payload_hash"]})
        self.assertEqual(200, decided.status, str(decided))
        self.assertEqual(201, worker("POST", f"/api/v1/proposals/{one['id']}/execution").status)
        _, end = self.walk(ALONE)
        found = self.category(end, "extreme_poverty")[0]
        self.assertEqual("may", found["verdict"])
        self.assertEqual(0, found["member"])
        self.assertEqual({"met"}, {line["verdict"] for line in found["lines"]})
        self.assertTrue(all(line["clause"] for line in found["lines"]))
        self.assertTrue(found["bring"])
        self.assertTrue(found["checks"])
        self.assertTrue(end["sample"])

    def test_06_a_supporter_who_is_able_makes_it_no(self):
        _, end = self.walk({**ALONE, "statutory_supporter": True, "supporter_unable_because": None})
        self.assertEqual("no", self.category(end, "extreme_poverty")[0]["verdict"])

    def test_07_of_two_people_each_is_asked_and_told_apart(self):
        answers = {"region": "441699101", "people": 2, "members": [{"birth_date": "1950-03-01"}, {}]}
        said = self.check(answers)
        self.assertEqual({0, 1}, {one["member"] for one in self.category(said, "extreme_poverty")})

    def test_08_no_name_no_free_words_no_other_field_comes_in(self):
        base = {"region": "441699101", "people": 1}
        for wrong in ({"name": "甲"}, {**base, "members": [{"name": "甲"}]}, {**base, "household": {"note": "x"}},
                      {**base, "household": {"residence_kind": "长" * 41}},
                      {**base, "household": {"residence_kind": {"unknown": "等待医院证明"}}},
                      {**base, "household": {"income_month": ["1", "2"]}},
                      {**base, "household": {"income_per_head_month": "1.00"}},
                      {**base, "household": {"income_month": "-1"}},
                      {**base, "application": {"authorised_on": "2020-01-01"}},
                      {**base, "members": [{}, {}]}, {**base, "people": 13}, {**base, "people": 0},
                      {"region": "龙川", "people": 1}):
            self.check(wrong, 422)

    def test_09_nothing_of_it_is_kept_or_logged(self):
        mark = "77123.45"
        self.check({"region": "441699101", "people": 1, "household": {"income_month": mark}})
        auditor = self.account("auditor", "auditor")
        looks = auditor.get("/api/v1/audit?limit=200").json["items"]
        self.assertFalse([look for look in looks if "self" in json.dumps(look)])
        self.assertNotIn(mark, self.served.log())
        for file in (self.root / "office").rglob("*"):
            if file.is_file():
                self.assertNotIn(mark.encode(), file.read_bytes(), file)

    def test_10_who_asks_without_end_must_wait(self):
        self.assertTrue(eventually(lambda: self.stranger("POST", CHECK, {"people": "x"}).status == 429))
        answer = self.stranger("POST", CHECK, {"people": "x"})
        if answer.status == 429:
            self.assertTrue(answer.headers["Retry-After"])


if __name__ == "__main__":
    main()
