# SPDX-License-Identifier: Apache-2.0
"""How often a department may ask whether a person is low-income: below, at and above the alarm and the quota of
access/security.yaml; counted for the office, whichever of its accounts asks."""
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


if __name__ == "__main__":
    main()
