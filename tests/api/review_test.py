# SPDX-License-Identifier: Apache-2.0
"""A review's amount over HTTP: found on the facts by the office's law, proposed by one person, decided by another, paid
from the month after; nothing is proposed of what is not known, and nobody tells what was found. What was determined is
given again from what is kept of it."""
import shutil

from cases_test import Office
from office import ADMIN, SOURCE, Served, main

STANDARD = 63200  # fen a head
HOME = {"officers": ["town", "colleague"], "note": "入户了解收入"}
GUARANTEE = "minimum_living_guarantee"


class Reviewing(Office):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.monitor = cls.account("monitor", "city_monitor_officer")
        for residence, standard in (("rural", "632.00"), ("urban", "868.00")):
            cls.set_figure("mlg_standard_month", "441699", standard, residence=residence)
        cls.homes = iter(cls.inside)

    def signed(self):
        """A household whose people have all signed, and their numbers."""
        code = next(self.homes)
        return code, self.sign(self.town, code, "2025-06-01", "2026-05-31")

    @staticmethod
    def told(members, due=None, region="441699101001", as_of="2025-06-30"):
        """A household to which so many fen are due a month; nothing is told of its income where that is None."""
        by = {"source": "核对报告", "as_of": "2025-06-20"}
        household = {"residence_kind": "rural", "relapse_confirmed": False,
                     "property_within_limits": {"value": True, **by}}
        if due is not None:
            fen = STANDARD * members - due
            household["income_month"] = {"value": f"{fen // 100}.{fen % 100:02}", **by}
        return {"case": "review", "region": region, "as_of": as_of, "household": household, "application": {},
                "members": [{"name": f"成员{n}", "birth_date": "1980-01-01", "absence": None, "disability_level": None,
                             "serious_illness": False} for n in range(members)]}

    def paid(self, code, fen):
        """An allowance that is being paid since June."""
        return self.carried(code, fen, "2025-05-30", "2025-06-01", GUARANTEE)

    def surveyed(self, code):
        of = self.opened(self.town, "review", "2025-06-20", household=code, cause="rhythm", category=GUARANTEE)
        self.moved(self.town, of, "survey", "2025-06-21", **HOME)
        return of

    def determine(self, who, of, case, members, seen=None):
        tag = seen or who.get(f"/api/v1/cases/{of}").headers["ETag"]
        return who("POST", f"/api/v1/cases/{of}/determination", {"case": case, "members": members},
                   headers={"If-Match": tag})

    def found(self, of, people, due):
        answer = self.fits("determineReview", self.determine(self.town, of, self.told(len(people), due), people)).json
        return answer["review"], answer["now"]["events"][-1]

    def decided(self, of, kind, **more):
        self.moved(self.town, of, "serve_letter", "2025-07-01", served_how="in_person")
        self.moved(self.town, of, "reply", "2025-07-03", reply="无异议")
        return self.moved(self.county, of, "decide", "2025-07-04", decision_kind=kind, reason="按复核结果", **more)


class Review(Reviewing):
    def test_more_and_less_by_a_fen_are_found_and_paid_from_the_month_after_the_decision(self):
        for now, due in ((20000, 20001), (20000, 19999)):
            code, people = self.signed()
            allowance, of = self.paid(code, now), self.surveyed(code)
            review, event = self.found(of, people, due)
            self.assertEqual(("change", GUARANTEE, due, allowance, now),
                             tuple(review[key] for key in ("kind", "category", "amount", "paid", "paid_amount")))
            self.assertTrue(any(f"应发 {due // 100}.{due % 100:02} 元" in why["zh"] for why in review["why"]), review)
            self.assertTrue(review["sample"])
            self.assertEqual([str(due)], event["fields"]["found_amount"])
            self.assertIn("case_hash", event["fields"]["found_replay"][0])
            # The income a head, to the nearest fen: letters tell it.
            income, heads = STANDARD * len(people) - due, len(people)
            self.assertEqual([str((2 * income + heads) // (2 * heads))], event["fields"]["found_income"])
            proposed = self.moved(self.town, of, "propose", "2025-06-30", proposal="change", reason="收入变化")
            self.assertEqual([str(due)], proposed["events"][-1]["fields"]["amount"])
            self.assertIn(("/move", "move_same_person"), self.codes(
                self.move(self.town, of, "decide", "2025-06-30", decision_kind="change", reason="r")))
            self.decided(of, "change")
            # Not before it is served.
            self.assertEqual("admit", self.case(self.county, allowance)["events"][-1]["move"])
            self.moved(self.town, of, "serve", "2025-07-05", served_how="in_person")
            paying = self.case(self.county, allowance)
            last = paying["events"][-1]
            self.assertEqual(("change", [str(due)], ["2025-08-01"]),
                             (last["move"], last["fields"]["amount"], last["fields"]["from_on"]))
            self.assertEqual([("2025-06-01", now), ("2025-08-01", due)],
                             [(one["from"], one["amount"]) for one in paying["pays"]])

    def test_the_same_is_kept_and_at_the_line_it_ends(self):
        code, people = self.signed()
        allowance, of = self.paid(code, 20000), self.surveyed(code)
        self.assertEqual("keep", self.found(of, people, 20000)[0]["kind"])
        review, _ = self.found(of, people, 0)
        self.assertEqual(("exit", None, "mlg_marginal_household"),
                         tuple(review[key] for key in ("kind", "amount", "next")))
        proposed = self.moved(self.town, of, "propose", "2025-06-30", proposal="exit", reason="收入提高")
        self.assertEqual(["mlg_marginal_household"], proposed["events"][-1]["fields"]["next_category"])
        self.decided(of, "exit")
        self.moved(self.town, of, "serve_exit", "2025-07-05", served_how="in_person")
        ended = self.case(self.county, allowance)
        self.assertEqual(("ended", ["2025-08-01"]), (ended["state"], ended["events"][-1]["fields"]["from_on"]))

    def test_what_is_not_known_proposes_nothing_and_says_what_is_missing(self):
        code, people = self.signed()
        self.paid(code, 20000)
        of = self.surveyed(code)
        review, event = self.found(of, people, None)
        self.assertEqual(("unknown", "", None, []), tuple(review[key] for key in ("kind", "category", "amount", "why")))
        self.assertTrue(review["missing"])
        self.assertEqual([one["zh"] for one in review["missing"]], event["fields"]["found_missing"])
        self.assertEqual([("/fields/differs_because", "differs_from_found")], self.codes(self.move(
            self.town, of, "propose", "2025-06-30", proposal="change", reason="收入变化", amount=100)))
        # Nobody has signed: what a department found of them stays out, and is what is missing.
        other = next(self.homes)
        unsigned = self.surveyed(other)
        persons = [one["person"] for one in self.town.get(f"/api/v1/households/{other}/authorisations").json["members"]]
        self.assertEqual("unknown", self.found(unsigned, persons, 20000)[0]["kind"])

    def test_who_may_not_and_what_does_not_fit_determines_nothing(self):
        code, people = self.signed()
        allowance, of = self.paid(code, 20000), self.surveyed(code)
        events = self.case(self.town, of)["seen"]
        case = self.told(len(people), 20000)
        self.assertEqual([("/move", "determined_only")],
                         self.codes(self.move(self.town, of, "determine", "2025-06-30")))
        self.assertIn(("/move", "move_role"), self.codes(self.determine(self.clerk, of, case, people)))
        self.refused(self.determine(self.town, of, case, people, seen='"1"'), 412, "changed_since")
        for more, pointer in (({"region": "441698101001"}, "/case/region"), ({"as_of": "2120-01-01"}, "/case/as_of")):
            told = self.refused(self.determine(self.town, of, self.told(len(people), 20000, **more), people), 422,
                                "fields")
            self.assertIn(pointer, [fault["pointer"] for fault in told["errors"]], told)
        self.refused(self.determine(self.county, allowance, case, people), 422, "determines_nothing")
        self.assertEqual(events, self.case(self.town, of)["seen"])


class Replay(Reviewing):
    """On a law of its own, that a test may change."""
    people = []

    @classmethod
    def serve(cls):
        home = cls.root / "home"
        home.mkdir()
        for name in ("datasets", "calendar", "access", "papers", "exchange"):
            (home / name).symlink_to(SOURCE / name)
        shutil.copytree(SOURCE / "packs", home / "packs")
        cls.program.home = home
        super().serve()

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.auditor = cls.account("auditor", "auditor")

    @classmethod
    def account(cls, *which, **how):
        cls.people.append(super().account(*which, **how))
        return cls.people[-1]

    def replayed(self, of, event, who=None):
        return self.fits("replayDetermination",
                         (who or self.auditor).get(f"/api/v1/cases/{of}/determinations/{event}")).json

    def determined(self, due=20001):
        """A review with what was found in it, and the number of the event that tells it."""
        code, people = self.signed()
        self.paid(code, 20000)
        of = self.surveyed(code)
        review, event = self.found(of, people, due)
        return of, event["number"], review

    def test_1_it_is_given_again_from_what_is_kept_whatever_figures_and_papers_came_later(self):
        of, event, review = self.determined()
        listed = self.fits("listDeterminations", self.auditor.get(f"/api/v1/cases/{of}/determinations")).json
        self.assertEqual([(event, "change", "minimum_living_guarantee", True)],
                         [(one["event"], one["kind"], one["category"], one["kept"]) for one in listed["items"]])
        told = self.replayed(of, event)
        self.assertEqual((True, {"same": True, "differs": []}, [], None),
                         tuple(told[key] for key in ("equal", "law", "differences", "why")))
        self.assertEqual(review, told["recorded"]["review"])
        self.assertEqual(told["recorded"], told["replayed"])
        self.assertEqual("yes", next(one["verdict"] for one in told["replayed"]["determination"]["categories"]
                                     if one["id"] == GUARANTEE))
        # Nobody had signed: what kept those facts out is kept, though the paper came afterwards.
        other = next(self.homes)
        unsigned = self.surveyed(other)
        persons = [one["person"] for one in self.town.get(f"/api/v1/households/{other}/authorisations").json["members"]]
        found, at = self.found(unsigned, persons, 20000)
        self.assertEqual("unknown", found["kind"])
        self.sign(self.town, other)
        self.assertEqual((True, "unknown"), (self.replayed(unsigned, at["number"])["equal"],
                                             self.replayed(unsigned, at["number"])["replayed"]["review"]["kind"]))
        self.assertNotEqual("unknown", self.found(unsigned, persons, 20000)[0]["kind"])
        self.set_figure("mlg_standard_month", "441699", "700.00", residence="rural")
        self.assertTrue(self.replayed(of, event)["equal"])
        self.assertEqual(review["amount"], self.replayed(of, event)["replayed"]["review"]["amount"])

    def test_2_who_may_not_sees_nothing_and_each_look_is_logged(self):
        of, event, _ = self.determined()
        path = f"/api/v1/cases/{of}/determinations"
        for where in (path, f"{path}/{event}"):
            self.refused(self.hr.get(where), 403, "not_allowed")
        for wrong in (1, event + 1, "x", 0):
            self.refused(self.auditor.get(f"{path}/{wrong}"), 404, "no_such_determination")
        self.refused(self.auditor.get("/api/v1/cases/99999/determinations"), 404, "no_such_case")
        self.replayed(of, event)
        look = self.auditor.get("/api/v1/audit?what=case.replay").json["items"][0]
        self.assertEqual("auditor", look["user"])
        self.assertTrue(look["persons"])
        # Made before anything was kept of it, or its term is over.
        self.sql(f"delete from casework_determination where case_id = {of}")
        self.refused(self.auditor.get(f"{path}/{event}"), 404, "determination_not_kept")
        self.assertFalse(self.auditor.get(path).json["items"][0]["kept"])

    def test_3_another_law_is_told_with_every_difference(self):
        of, event, _ = self.determined()
        self.assertTrue(self.replayed(of, event)["equal"])
        file = self.program.home / "packs" / "guangdong-2021" / "categories.yaml"
        text = file.read_text(encoding="utf-8")
        self.assertIn("zh: 单人保,", text)
        self.assertEqual(0, self.served.stop())
        file.write_text(text.replace("zh: 单人保,", "zh: 单人保障,"), encoding="utf-8")
        type(self).served = Served(self.program, "office", "--first-administrator", ADMIN, "--units",
                                   self.root / "units.yaml")
        for person in (self.admin, *self.people):
            person.port = self.served.port
        told = self.replayed(of, event)
        self.assertEqual((False, False), (told["equal"], told["law"]["same"]))
        self.assertIn("pack_hash", told["law"]["differs"])
        titles = [(one["recorded"], one["replayed"]) for one in told["differences"] if one["at"].endswith("/title/zh")]
        self.assertIn(("单人保", "单人保障"), titles)
        self.assertEqual(0, told["left_off"])


if __name__ == "__main__":
    main()
