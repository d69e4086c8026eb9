# SPDX-License-Identifier: Apache-2.0
"""A campaign's list by a fact or a condition: tried on the register as a job, with its count; those of whom it is not
known are listed apart, and a person says who is on the list, which is then opened as a batch."""
import csv
import io
import json

from cases_test import Office
from office import main, upload, wait_for

FORMER = "members.exists(m, m.former_card_holder)"
VAGRANT = "members.exists(m, m.vagrant_without_means)"
ROLL = "农业农村_原建档立卡脱贫人口名册.csv"
TOLD = "members.exists(m, m.age >= 60)"


class Drafts(Office):
    def campaign(self):
        of = self.opened(self.county, "campaign", "", instruction="原建档立卡对象复核", due_on="2126-10-31",
                         survey_form="card_holders")
        self.moved(self.county, of, "start", due_on="2126-10-31")
        return of

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.homes = {one["code"] for one in cls.county.pages("/api/v1/households", limit=200)}

    def ask(self, of, who=None, **asked):
        return (who or self.county)("POST", f"/api/v1/cases/{of}/list-drafts", asked)

    def done(self, of, **asked):
        job = self.fits("askListDraft", self.ask(of, **asked), 202).json["job"]
        done = wait_for(job, self.county)
        self.fits("getJob", self.county.get(f"/api/v1/jobs/{job}"))
        self.assertEqual("done", done["state"], done)
        return done

    def rows(self, job, answer, who=None):
        path = f"/api/v1/list-drafts/{job['id']}/rows?answer={answer}"
        self.fits("listListDraftRows", (who or self.county).get(f"{path}&limit=1"))
        return (who or self.county).pages(path, limit=50)

    def test_who_holds_a_condition_who_does_not_and_who_is_unknown_are_all_of_them(self):
        of = self.campaign()
        job = self.done(of, condition=TOLD)
        result = job["result"]
        self.assertEqual((TOLD, len(self.homes)), (result["condition"], result["households"]))
        self.assertEqual(result["households"], result["yes"] + result["no"] + result["unknown"])
        self.assertGreater(result["yes"], 0)
        self.assertTrue(result["words"]["zh"])
        held, unknown = ({row["household"] for row in self.rows(job, answer)} for answer in ("yes", "unknown"))
        self.assertEqual((result["yes"], result["unknown"]), (len(held), len(unknown)))
        self.assertEqual(set(), held & unknown)
        self.assertLessEqual(held | unknown, self.homes)
        # The other way round the same households answer no; what is unknown stays unknown.
        other = self.done(of, condition=f"!({TOLD})")
        self.assertEqual((result["no"], result["yes"], result["unknown"]),
                         tuple(other["result"][name] for name in ("yes", "no", "unknown")))
        self.assertEqual(set(), held & {row["household"] for row in self.rows(other, "yes")})

    def test_what_nothing_tells_is_unknown_of_all_and_neither_in_nor_out(self):
        of = self.campaign()
        choices = self.fits("getListChoices", self.county.get(f"/api/v1/cases/{of}/list-drafts")).json["facts"]
        told = {one["id"]: (one["of"], one["told"], one["condition"]) for one in choices}
        self.assertEqual(("person", True, FORMER), told["former_card_holder"])
        self.assertEqual(("person", False, VAGRANT), told["vagrant_without_means"])
        for fact, condition in (("vagrant_without_means", VAGRANT), ("former_card_holder", FORMER)):
            job = self.done(of, fact=fact)  # of the second the roll has not come yet
            self.assertEqual((condition, 0, 0, len(self.homes)),
                             tuple(job["result"][name] for name in ("condition", "yes", "no", "unknown")))
        self.assertEqual([], self.rows(job, "yes"))
        self.assertEqual([], self.case(self.county, of)["below"])  # nothing is listed by it

    def test_a_person_says_who_is_on_it_and_opens_it_as_a_batch(self):
        of = self.campaign()
        job = self.done(of, condition=TOLD, unit="first")
        held = [row["household"] for row in self.rows(job, "yes")]
        self.assertLessEqual(set(held), set(self.inside))
        chosen = held[:3]
        told = {"machine": "survey", "parent": int(of), "fields": {}}
        body = {"what": "open", "subjects": chosen, "told": told}
        asked = self.fits("askBatch", self.county("POST", "/api/v1/batches", body), 202).json["job"]
        batch = wait_for(asked, self.county)
        self.assertEqual(len(chosen), batch["result"]["made"])
        below = self.case(self.county, of)["below"]
        self.assertEqual(len(chosen), len(below))
        first = self.case(self.county, below[0]["id"])["events"][0]["fields"]
        self.assertEqual(["card_holders"], first["survey_form"])

    def test_the_rows_are_for_whoever_asked_with_names_as_they_may_see_them_and_leave_as_a_file(self):
        of = self.campaign()
        job = self.done(of, condition=TOLD)
        path = f"/api/v1/list-drafts/{job['id']}/rows"
        self.refused(self.second.get(path), 404, "no_such_job")
        self.refused(self.county.get(f"/api/v1/jobs/{job['id']}/rows"), 404, "no_rows")
        self.refused(self.county.get("/api/v1/list-drafts/0/rows"), 404, "no_such_job")
        rows = self.rows(job, "yes")
        file = self.county.get(f"{path}?answer=yes&format=csv")
        told = list(csv.DictReader(io.StringIO(file.body.decode("utf-8-sig"))))
        self.assertEqual([row["household"] for row in rows], [row["household"] for row in told])
        self.assertFalse(any(row["household"] in json.dumps(job) for row in rows))
        seen = self.county.get(f"/api/v1/households/{rows[0]['household']}").json
        self.assertEqual(seen["head_name"], rows[0]["head_name"])

    def test_what_cannot_be_asked_is_refused_by_field_and_only_whoever_draws_lists_asks(self):
        of = self.campaign()
        for asked, pointer, code in (
                ({}, "/condition", "one_of_two"),
                ({"condition": TOLD, "fact": "former_card_holder"}, "/condition", "one_of_two"),
                ({"fact": "no_such_fact"}, "/fact", "unknown_fact"),
                ({"condition": "members.exists(m, m.former_card_holders)"}, "/condition", None),
                ({"condition": "person.former_card_holder"}, "/condition", "person_of_household"),
                ({"condition": "members.exists(m,"}, "/condition", None),
                ({"condition": "size(members)"}, "/condition", None),
                ({"condition": TOLD, "unit": "nowhere"}, "/unit", "no_such_unit"),
                ({"condition": TOLD, "more": 1}, "/more", None)):
            told = self.refused(self.ask(of, **asked), 422, "fields")
            found = {fault["pointer"]: fault["code"] for fault in told["errors"]}
            self.assertIn(pointer, found, (asked, told))
            if code:
                self.assertEqual(code, found[pointer], asked)
            self.assertTrue(all(fault["detail"]["zh"] and fault["detail"]["en"] for fault in told["errors"]
                                if isinstance(fault["detail"], dict)))
        self.refused(self.ask(of, self.hr, condition=TOLD), 403, "not_allowed")
        self.refused(self.ask(of, self.town, condition=TOLD), 404, "no_such_case")
        auditor = self.account("auditor", "auditor")
        self.refused(self.ask(of, auditor, condition=TOLD), 403, "not_allowed")
        visit = self.opened(self.town, "visit", "", household=self.inside[0])
        self.refused(self.ask(visit, condition=TOLD), 422, "lists_nobody")
        # What was asked of everybody stands in the log.
        self.done(of, condition=TOLD)
        looks = self.fits("listLooks", auditor.get("/api/v1/audit?limit=200&user=county")).json["items"]
        self.assertIn(TOLD, [look["reason"] for look in looks])

    def test_z_the_roll_of_former_card_holders_says_who_is_to_be_rechecked(self):
        """GD 五(一)2: the county's whole roll came, so that whoever is not on it is none."""
        self.program.must("synth", "--residents", str(self.residents), "--seed", "3", "--style", "csv", "plain")
        with open(self.root / "plain/registry/低收入人口_成员.csv", encoding="utf-8-sig", newline="") as file:
            members = [row for row in csv.DictReader(file) if len(row["身份证号码"]) == 18]
        inside = set(self.inside)
        holders = [next(row for row in members if row["户编号"] == code)
                   for code in sorted({row["户编号"] for row in members} & inside)[:3]]
        roll = self.root / ROLL
        with roll.open("w", encoding="utf-8", newline="") as file:
            out = csv.writer(file)
            out.writerow(["姓名", "身份证号码", "原贫困户属性", "脱贫日期"])
            out.writerows([row["姓名"], row["身份证号码"], "一般贫困户", "2019-12-31"] for row in holders)
        monitor = self.account("monitor", "city_monitor_officer")
        asked = monitor("POST", "/api/v1/imports", {"as_of": "2025-09-30", "uploads": [upload(monitor, roll)]})
        self.assertEqual(202, asked.status, str(asked))
        came = wait_for(asked.json["job"], monitor)["result"]["files"][0]
        self.assertEqual(("agriculture.former_card_holders", None), (came["dataset"], came["refused"]))
        of = self.campaign()
        job = self.done(of, fact="former_card_holder", as_of="2025-09-30")
        self.assertEqual("2025-09-30", job["result"]["as_of"])
        self.assertEqual({row["户编号"] for row in holders}, {row["household"] for row in self.rows(job, "yes")})
        self.assertEqual(len(self.homes) - len(holders), job["result"]["no"] + job["result"]["unknown"])
        self.assertGreater(job["result"]["no"], 0)


if __name__ == "__main__":
    main()
