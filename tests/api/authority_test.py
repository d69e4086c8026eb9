# SPDX-License-Identifier: Apache-2.0
"""Who confirms: where a notice is silent two people say it for the place, and until then nobody does; where the power
was handed down the township alone confirms and refuses, the county rechecks at random or takes the power back."""
from decided_test import GUARANTEE, HOME, MARGIN, PAID, UNPOSTED, WHY, Desk
from office import main

OTHER = "other_hardship"
NAMED = "other_hardship_authority"
UNSET, DELEGATED, ELSEWHERE = (("/fields/category", "authority_unset"), ("/move", "move_delegated"),
                               ("/move", "move_authority"))
ON, LATER = "2025-03-06", "2025-03-07"
REFUSE = {"reason": "收入超过标准", **WHY}


class Authority(Desk):
    def outer(self, category):
        """Of the second township, which was given nothing: to be confirmed."""
        code = next(row["code"] for row in self.far.pages("/api/v1/households", limit=200) if row["code"] not in
                    self.used)
        self.used.add(code)
        self.sign(self.far, code)
        number = self.opened(self.far, "application", "2025-03-03", household=code, channel="window", pledge=True,
                             authorised=True)
        return self.go(number, (self.far, "accept", "2025-03-03", {"relatives_of_staff": False}),
                       (self.far, "survey", "2025-03-03", {**HOME, "officers": ["far", "away"]}),
                       (self.far, "review", "2025-03-03", {"category": category, "opinion": "grant"}),
                       (self.yonder, "skip_notice", "2025-03-03", UNPOSTED))

    def told_in(self, lang, number, body):
        tag = self.county.get(f"/api/v1/cases/{number}").headers["ETag"]
        answer = self.county("POST", f"/api/v1/cases/{number}/moves", body,
                             headers={"If-Match": tag, "Accept-Language": lang})
        return answer.json["errors"][0]["detail"]

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.yonder = cls.account("yonder", "township_officer", unit="second")
        cls.used = set()

    def test_a_category_of_which_the_notice_names_no_authority_waits_for_the_place_to_name_one(self):
        number = self.to_confirm(OTHER)
        confirm = {"category": OTHER, **WHY}
        for who in (self.county, self.third):
            for move, told in (("confirm", confirm), ("refuse", REFUSE)):
                self.assertEqual({UNSET}, self.against(who, number, move, ON, **told))
        for lang, words in (("zh-CN", ("其他低收入人口", "地级以上市人民政府", "另一人核准")),
                            ("en", ("other low-income people", "prefecture city", "second person"))):
            told = self.told_in(lang, number, {"move": "confirm", "on": ON, "fields": confirm})
            for word in words:
                self.assertIn(word, told)
        unset = {one["parameter"]: one for one in self.county.get("/api/v1/figures").json["unset"]}
        self.assertEqual("地级以上市人民政府", unset[NAMED]["set_by"]["zh"])
        choices = self.fits("listFigures", self.county.get("/api/v1/figures")).json["choices"]
        self.assertEqual([(NAMED, ["county_or_delegated_township", "county_civil_affairs", "township"])],
                         [(one["parameter"], [word["id"] for word in one["words"]]) for one in choices])
        # It is one of the authorities of the law, asked for by one person and approved by another.
        asked = {"kind": "figures", "reason": "市人民政府文件", "figures": [
            {"parameter": NAMED, "region": "441699", "from": "2025-01-01", "value": "mayor", "sample": True,
             "source": "虚构数据"}]}
        told = self.refused(self.county("POST", "/api/v1/proposals", asked), 422, "fields")["errors"]
        self.assertEqual(["unknown_word"], [one["code"] for one in told])
        self.set_figure(NAMED, "441699", "county_civil_affairs")
        self.assertEqual({ELSEWHERE}, self.against(self.third, number, "confirm", ON, **confirm))
        self.go(number, (self.county, "confirm", ON, confirm))
        # What the place names anew holds for what is decided from then on.
        number = self.to_confirm(OTHER)
        self.set_figure(NAMED, "441699", "township")
        self.assertEqual({ELSEWHERE}, self.against(self.county, number, "confirm", ON, **confirm))
        self.go(number, (self.third, "confirm", ON, confirm))
        number = self.to_confirm(OTHER)
        self.set_figure(NAMED, "441699", "county_or_delegated_township")
        self.assertEqual({DELEGATED}, self.against(self.county, number, "refuse", ON, **REFUSE))
        self.go(number, (self.third, "refuse", ON, REFUSE))

    def test_where_the_power_was_handed_down_the_county_neither_confirms_nor_refuses_but_rechecks(self):
        number = self.to_confirm(MARGIN)
        confirm = {"category": MARGIN, **WHY}
        self.assertEqual({DELEGATED}, self.against(self.county, number, "confirm", ON, **confirm))
        self.assertEqual({DELEGATED}, self.against(self.county, number, "refuse", ON, **REFUSE))
        offered = {move["id"] for move in self.case(self.county, number)["open_moves"]}
        self.assertEqual(set(), offered & {"confirm", "refuse"})
        self.assertIn("confirm", {move["id"] for move in self.case(self.third, number)["open_moves"]})
        self.go(number, (self.third, "confirm", ON, confirm),
                (self.county, "recheck", LATER, {"recheck_result": "upheld", "note": "随机抽查"}))
        # A township that was given nothing: the county confirms, and it does not.
        number = self.outer(MARGIN)
        self.assertIn(ELSEWHERE, self.against(self.away, number, "confirm", ON, **confirm))
        self.go(number, (self.county, "confirm", ON, confirm))

    def test_it_is_the_household_that_counts_also_once_the_case_lies_with_the_county(self):
        number = self.go(self.reviewed(GUARANTEE), (self.third, "skip_notice", "2025-03-03", {
            **UNPOSTED, "to_unit": "county"}))
        self.assertEqual("样例县", self.case(self.county, number)["unit"])
        self.assertEqual({DELEGATED}, self.against(self.county, number, "confirm", ON, **PAID, **WHY))
        # The power is taken back: now the county confirms, and the township does not.
        self.addCleanup(self.set_figure, "confirmation_delegated", "441699101", "true")
        self.set_figure("confirmation_delegated", "441699101", "false")
        self.go(number, (self.county, "confirm", ON, {**PAID, **WHY}))
        number = self.to_confirm(GUARANTEE)
        self.assertEqual({ELSEWHERE}, self.against(self.third, number, "confirm", ON, **PAID, **WHY))


if __name__ == "__main__":
    main()
