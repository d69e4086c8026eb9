# SPDX-License-Identifier: Apache-2.0
"""Whoever is on no register applies or objects for the first time without a session: kept once, sealed, at the township
of the place; no answer tells who is on the register; an officer opens one case of it, or says why not."""
import csv
import re

from cases_test import Office
from office import SOURCE, Client, main

PATH = "/api/v1/first-requests"
FORM = {"channel": "online", "pledge": True, "authorised": True}
RULES = (SOURCE / "access" / "security.yaml").read_text(encoding="utf-8")
RATE = RULES[RULES.index("\nfirst_request:"):]
IN_A_ROW, A_MINUTE = (int(re.search(rf"{word}: (\d+)", RATE)[1]) for word in ("in_a_row", "a_minute"))
SOMEBODY = "110101199003070038"


class FirstRequests(Office):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stranger = Client(cls.served.port)
        cls.program.must("synth", "--residents", str(cls.residents), "--seed", "3", "--style", "csv", "plain")
        cls.on_it = None
        with open(cls.root / "plain/registry/低收入人口_成员.csv", encoding="utf-8-sig", newline="") as file:
            cls.on_it = next((row["姓名"], row["身份证号码"]) for row in csv.DictReader(file)
                             if len(row.get("身份证号码", "")) == 18)

    def asked(self, key, **more):
        body = {"machine": "application", "name": "周样例", "identity_number": SOMEBODY, "phone": "13800000000",
                "region": "441699101", "need": "生病后没有收入", "consent": True, "client_key": key, **more}
        return self.stranger("POST", PATH, {name: value for name, value in body.items() if value is not None})

    def taken(self, key, **more):
        return self.fits("askFirst", self.asked(key, **more), 202).json

    def waiting(self, who=None, state="waiting"):
        page = self.fits("listFirstRequests", (who or self.town).get(f"{PATH}?state={state}"))
        return {one["receipt"]: one for one in page.json["items"]}

    def opened_of(self, request, who=None, **more):
        body = {"machine": request["machine"], "fields": FORM, "first_request": int(request["id"]), **more}
        return (who or self.town)("POST", "/api/v1/cases", body)

    def test_it_is_kept_once_masked_and_becomes_one_case(self):
        told = self.taken("key-1")
        self.assertIn("第一镇", told["office"])
        self.assertEqual(told, self.taken("key-1", need="再写一遍"))
        request = self.waiting()[told["receipt"]]
        self.assertEqual(("周样例", "13800000000", "生病后没有收入"),
                         tuple(request[name] for name in ("name", "phone", "need")))
        self.assertEqual("110101********0038", request["identity_number"])
        self.assertEqual(1, len(self.waiting()))
        self.refused(self.opened_of(request, fields={}), 422, "move_refused")  # and it still waits
        self.assertIn(told["receipt"], self.waiting())
        case = self.fits("openCase", self.opened_of(request), 201).json["case"]
        self.assertEqual(("registered", ""), tuple(self.case(self.town, case)[key] for key in ("state", "household")))
        self.assertEqual({}, self.waiting())
        self.assertEqual(("opened", case), tuple(self.waiting(state="all")[told["receipt"]][key]
                                                 for key in ("state", "case")))
        self.assertEqual(422, self.opened_of(request).status)  # once
        # Sent again by a phone that heard nothing, it is what it was.
        self.assertEqual(told, self.taken("key-1"))
        self.assertEqual({}, self.waiting())
        looks = self.admin.get("/api/v1/audit?what=first_requests&limit=200").json["items"]
        self.assertTrue(looks)

    def test_what_is_answered_says_nothing_of_the_register(self):
        name, number = self.on_it
        known = self.asked("key-2", name=name, identity_number=number)
        unknown = self.asked("key-3")
        self.assertEqual((202, 202), (known.status, unknown.status))
        self.assertEqual({"receipt", "office"}, set(known.json))
        self.assertEqual(known.json["office"], unknown.json["office"])
        for one in self.waiting().values():
            self.assertEqual(204, self.town("POST", f"{PATH}/{one['id']}/decline", {"reason": "重复登记"}).status)

    def test_what_is_wrong_is_told_by_field_and_kept_nowhere(self):
        for wrong, code in ((dict(consent=False), "not_consented"), (dict(identity_number="123"), "not_a_number"),
                            (dict(phone="abc"), "not_a_phone"), (dict(region="990000"), "no_such_place"),
                            (dict(machine="allowance"), "no_such_machine"), (dict(name=None), "missing")):
            answer = self.asked("key-4", **wrong)
            self.assertEqual(422, answer.status, str(answer))
            self.assertIn(code, [fault["code"] for fault in answer.json["errors"]])
        self.assertEqual({}, self.waiting())

    def test_only_the_office_of_the_place_reads_and_settles_it(self):
        told = self.taken("key-5", machine="objection")
        request = self.waiting()[told["receipt"]]
        self.assertIn(told["receipt"], self.waiting(self.county))
        self.assertEqual(401, self.stranger.get(PATH).status)
        for who in (self.fund, self.admin):
            self.refused(who.get(PATH), 403, "not_allowed")
        decline = f"{PATH}/{request['id']}/decline"
        self.assertEqual(422, self.town("POST", decline, {"reason": ""}).status)
        self.assertEqual(404, self.town("POST", f"{PATH}/999999/decline", {"reason": "无"}).status)
        self.assertEqual(204, self.town("POST", decline, {"reason": "请到窗口办"}).status)
        self.refused(self.town("POST", decline, {"reason": "请到窗口办"}), 409, "first_request_settled")
        self.assertEqual("请到窗口办", self.waiting(state="all")[told["receipt"]]["reason"])
        kept = self.sql("select body from casework_first_request")
        self.assertTrue(all(SOMEBODY not in body and "周样例" not in body for (body,) in kept), kept)

    def test_z_so_many_in_a_row_and_no_more(self):
        answers = [self.asked("key-6", consent=False) for _ in range(IN_A_ROW + 1)]
        self.assertEqual(429, answers[-1].status)
        self.assertEqual(-(-60 // A_MINUTE), int(answers[-1].headers["Retry-After"]))


if __name__ == "__main__":
    main()
