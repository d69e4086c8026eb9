# SPDX-License-Identifier: Apache-2.0
"""How often a department may ask whether a person is low-income: below, at and above the alarm and the quota of
access/security.yaml; counted for the office, whichever of its accounts asks."""
import csv
import re

from cases_test import Office, other_number
from office import SOURCE, main

RULES = (SOURCE / "access" / "security.yaml").read_text(encoding="utf-8")
QUERY = RULES[RULES.index("\nquery:"):]
A_DAY, ALARM = (int(re.search(rf"{word}: (\d+)", QUERY)[1]) for word in ("a_day", "alarm"))


class Quota(Office):
    def test_an_offices_questions_are_marked_beyond_the_alarm_and_refused_beyond_the_quota(self):
        first, second = self.hr, self.account("hr2", "partner_department", unit="hr", department="hr")
        auditor = self.account("auditor", "auditor")
        asked = {"name": "查无", "identity_number": other_number("441699196202063566"), "reason": "培训补贴资格"}

        def ask(who):
            return who("POST", "/api/v1/category-queries", asked)

        def flag():
            looks = auditor.get("/api/v1/audit?limit=50").json["items"]
            return next(look["flag"] for look in looks if look["user"] == "hr2")
        for number in range(1, A_DAY + 1):
            who = second if number in (ALARM, ALARM + 1) or number % 2 == 0 else first
            told = self.fits("askCategory", ask(who)).json
            self.assertEqual((number, A_DAY), (told["asked_today"], told["of"]))
            if number == ALARM:
                self.assertEqual("", flag())
            if number == ALARM + 1:
                self.assertEqual("many_queries", flag())
        for who in (first, second):
            beyond = ask(who)
            self.refused(beyond, 429, "query_quota")
            self.assertGreater(int(beyond.headers["Retry-After"]), 0)
        self.assertEqual("many_queries", flag())  # what was refused is kept, too
        other = self.account("house", "partner_department", unit="county", department="housing")
        self.assertEqual(1, self.fits("askCategory", ask(other)).json["asked_today"])

    def asked(self, people):
        """Of each person: low-income, as which category, and whether a reason tells why it is not known."""
        told = []
        for _, name, number in people:
            asked = {"name": name, "identity_number": number, "reason": "培训补贴资格"}
            answer = self.fits("askCategory", self.school("POST", "/api/v1/category-queries", asked)).json
            told.append((answer["low_income"], (answer["category"] or {}).get("id"), answer["why_unknown"] is not None))
        return told

    def single(self, household, **whose):
        """The single-member guarantee, decided before this platform."""
        case = self.opened(self.county, "allowance", "2025-06-01", household=household, amount=30000, basis="earlier",
                           category="single_member_guarantee", decided_on="2024-11-01",
                           decision_number="样民确〔2024〕9号", decision_of_many=True, **whose)
        self.moved(self.second, case, "admit", "2025-06-01")

    def test_each_person_is_answered_for_as_what_they_are_themselves(self):
        margin, guarantee = "mlg_marginal_household", "minimum_living_guarantee"
        self.school = self.account("school", "partner_department", unit="county", department="education")
        household, people = self.of_category(margin)
        self.assertEqual({(True, margin, False)}, set(self.asked(people)))
        self.single(household, person=people[0][0])
        self.assertEqual([(True, "single_member_guarantee", False)] + [(True, margin, False)] * (len(people) - 1),
                         self.asked(people))
        # Somebody of this house is of it, and nobody wrote down who.
        household, people = self.of_category(guarantee)
        self.single(household)
        self.assertEqual({(True, None, True)}, set(self.asked(people)))

    def of_category(self, category):
        """A household of that category, and of each of its people id, name, number; of more than one."""
        self.someone()
        with (self.root / "plain/registry/低收入人口_成员.csv").open(encoding="utf-8-sig", newline="") as file:
            numbers = {(row["户编号"], row["姓名"]): row["身份证号码"] for row in csv.DictReader(file)}
        for row in self.county.pages("/api/v1/households", limit=200):
            home = self.county.get(f"/api/v1/households/{row['code']}").json
            people = [(one["id"], one["name"], numbers.get((row["code"], one["name"]), ""))
                      for one in home["members"]]
            if home["category"] == category and len(people) > 1 and all(number for _, _, number in people):
                return row["code"], people
        raise AssertionError(f"no household of several is {category}")


if __name__ == "__main__":
    main()
