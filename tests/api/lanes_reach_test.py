# SPDX-License-Identifier: Apache-2.0
"""An emergency of nobody that the county tied to a household of another township, over the API: the township that
reported it goes on with its own steps, learns which office has the household, and nothing of the household by any
route; the home township, the county and the auditor read what they read anyway, and every look is in the log."""
import json

from case_files_test import words_of
from cases_test import PHOTO
from lanes_test import AID, SHOWN, Lanes
from office import civil_day, main, wait_for
from xlsx import Book, written
from year_office import FORM

BEYOND = "household_out_of_reach"
HOME, HERE = "第二镇", "第一镇"


class Tied(Lanes):
    on = civil_day().isoformat()

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.auditor = cls.account("auditor", "auditor")
        theirs = [cls.far.get(f"/api/v1/households/{row['code']}").json
                  for row in cls.far.pages("/api/v1/households", 200)]
        home = max((one for one in theirs if one["address"]), key=lambda one: len(one["members"]))
        cls.beyond = home["code"]
        cls.another = next(one["code"] for one in theirs if one is not home)
        cls.names = [member["name"] for member in home["members"]]
        cls.secrets = [cls.beyond, home["address"], *cls.names,
                       *(member["phone"] for member in home["members"] if member["phone"])]

    def tied(self, to="", who=None):
        """Paid first by the township, with a photograph of its own, and tied by the county."""
        number = self.emergency()
        own = self.photo(self.town, number)
        return self.go(number, (self.town, "pay_first", self.on, {
            "amount": 80000, "paid_how": "goods", "attachments": [own]}), (
                who or self.county, "tie", self.on, {"tied_to": to or self.beyond, **SHOWN}))

    def closed(self):
        return self.go(self.tied(), (self.town, "explain", self.on, {"note": "补充说明"}),
                       (self.county, "close", self.on, {}))

    def tells_nothing(self, answer, *more):
        text = answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False)
        self.assertEqual([], [secret for secret in (*self.secrets, *more) if secret in text])

    def steps(self, who, number):
        return [event["move"] for event in self.case(who, number)["events"]]


class BeyondReach(Tied):
    def test_the_case_has_its_own_steps_and_which_office_has_the_household(self):
        number = self.tied()
        self.moved(self.county, number, "explain", self.on, note="已与户主联系")
        told = self.case(self.town, number)
        self.assertEqual(["report", "pay_first"], [event["move"] for event in told["events"]])
        self.assertEqual(("", None, None, HOME), tuple(
            told[key] for key in ("household", "person", "subject", "household_at")))
        self.tells_nothing(told, "已与户主联系", "核对了本人身份证和户口簿")
        self.assertEqual([], told["below"])
        for apart in ("helped_before", "running_beside", "accounts"):
            self.assertNotIn(apart, told)
        for who in (self.county, self.auditor):
            told = self.case(who, number)
            self.assertEqual((self.beyond, ["report", "pay_first", "tie", "explain"]), (
                told["household"], [event["move"] for event in told["events"]]))
            self.assertNotIn("household_at", told)
        # The office at home is told of it with its household, and the case stays where it happened.
        self.refused(self.far.get(f"/api/v1/cases/{number}"), 404, "no_such_case")
        theirs = self.emergency(self.far, household=self.beyond)
        self.assertIn(number, [one["case"] for one in self.case(self.far, theirs)["helped_before"]])

    def test_it_goes_on_by_the_steps_of_the_office_where_it_happened_and_is_taken_from_no_household(self):
        number = self.tied()
        open_moves = {move["id"] for move in self.case(self.town, number)["open_moves"]}
        self.assertIn("explain", open_moves)
        self.assertFalse({"tie", "untie"} & open_moves)
        ours = next(self.homes)
        told = {"tie": {"tied_to": ours, **SHOWN}, "untie": {"untied_because": "不是这一户"}}
        for move, fields in told.items():
            answer = self.refused(self.move(self.third, number, move, self.on, **fields), 403, BEYOND)
            self.assertIn(HOME, answer["detail"])
        self.assertEqual(self.beyond, self.case(self.county, number)["household"])
        now = self.moved(self.town, number, "explain", self.on, note="补充说明")
        self.assertEqual(("explained", ""), (now["state"], now["household"]))
        self.tells_nothing(now)

    def test_its_papers_say_what_they_said_of_nobody(self):
        number = self.tied()
        listed = self.fits("listCasePapers", self.town.get(f"/api/v1/cases/{number}/papers")).json["items"]
        form = next(one for one in listed if one["paper"] == "approval_form")
        self.assertFalse({"members", "applicant_number", "applicant_phone", "residence_address"} & set(form["filled"]))
        path = f"/api/v1/cases/{number}/papers/{form['event']}/approval_form"
        printed = self.town.get(path)
        self.assertEqual(200, printed.status, str(printed))
        self.tells_nothing(words_of(printed.body))
        whole = words_of(self.county.get(path).body)
        self.assertEqual([], [name for name in self.names if name not in whole])

    def test_of_its_attachments_those_that_its_own_steps_name(self):
        number = self.tied()
        own = self.case(self.town, number)["events"][1]["fields"]["attachments"][0]
        theirs = self.photo(self.county, number, PHOTO + b" of the household book")
        self.moved(self.county, number, "explain", self.on, note="见户口簿", attachments=[theirs])
        path = f"/api/v1/cases/{number}/attachments"
        self.assertEqual(PHOTO, self.town.get(f"{path}/{own}").body)
        self.refused(self.town.get(f"{path}/{theirs}"), 403, BEYOND)
        for who in (self.county, self.auditor):
            self.assertEqual(200, who.get(f"{path}/{theirs}").status)

    def test_of_its_late_forms_it_settles_those_that_it_is_told_of(self):
        number = self.closed()
        late = {"client_key": f"late-{number}", "on": self.on,
                "answers": [{"case": number, "move": "explain", "fields": {"note": "见过本人"}}]}
        kept = self.fits("takeKnock", self.county("POST", "/api/v1/knocks", late)).json["items"]
        self.assertEqual(["kept_late"], [one["outcome"] for one in kept])
        self.assertEqual([], self.case(self.town, number)["late"])
        form = self.case(self.county, number)["late"][0]["id"]
        path = f"/api/v1/cases/{number}/late/{form}/settled"
        self.refused(self.town("POST", path, {}), 404, "late_unknown")
        self.assertEqual(204, self.county("POST", path, {}).status)

    def test_its_file_is_whole_or_is_not_given(self):
        number = self.closed()
        for path in ("file", "file/verification", "archive"):
            self.refused(self.town.get(f"/api/v1/cases/{number}/{path}"), 403, BEYOND)
        self.refused(self.town("POST", f"/api/v1/cases/{number}/file"), 403, BEYOND)
        self.assertEqual(200, self.county.get(f"/api/v1/cases/{number}/file").status)
        self.assertEqual(200, self.auditor.get(f"/api/v1/cases/{number}/file").status)

    def test_lists_and_what_leaves_of_them_name_nobody(self):
        number = self.tied()
        path = "/api/v1/cases?machine=emergency&closed=all&with=need"
        row = next(row for row in self.town.pages(path, limit=200) if row["id"] == number)
        self.assertEqual(("", None, None, None), tuple(row[key] for key in ("household", "person", "name", "category")))
        self.tells_nothing(row)
        for who in (self.county, self.auditor):
            row = next(row for row in who.pages(path, limit=200) if row["id"] == number)
            self.assertEqual((self.beyond, True), (row["household"], row["name"] in self.names))
        self.tells_nothing(self.town.get(f"{path}&format=csv").body.decode("utf-8-sig"))
        self.assertIn(self.beyond, self.county.get(f"{path}&format=csv").body.decode("utf-8-sig"))
        self.assertEqual([], self.town.pages(f"/api/v1/cases?household={self.beyond}&closed=all", limit=200))

        def sent(who):
            book = Book(who.get("/api/v1/cases/workbook?machine=emergency&closed=all").body)
            return json.dumps([book.rows(sheet) for sheet in book.sheets], ensure_ascii=False)

        self.assertIn(number, sent(self.town))
        self.tells_nothing(sent(self.town))
        self.assertIn(self.beyond, sent(self.county))

    def test_a_row_that_came_back_is_held_against_what_its_own_steps_told(self):
        number, sheet = self.tied(), "急难救助"
        rows = Book(self.town.get("/api/v1/cases/workbook?machine=emergency&closed=all").body).rows(sheet)
        row = next(row for row in rows if row[rows[0].index("办件号")] == number)
        for heading, text in {"办理事项": "补充说明或材料", "办理日期": self.on, "情况记录": "补充票据"}.items():
            row[rows[0].index(heading)] = text
        book = self.fits("takeWorkbook", self.town(
            "POST", "/api/v1/workbooks?machine=emergency&file=list.xlsx", raw=written(rows, sheet),
            headers={"Content-Type": "application/octet-stream"}), 201).json
        self.moved(self.county, number, "explain", self.on, note="已与户主联系")
        (told,) = self.fits("listWorkbookRows", self.town.get(f"/api/v1/workbooks/{book['id']}/rows")).json["items"]
        self.assertEqual([("note", [], ["补充票据"])], [
            (one["field"], one["before"], one["after"]) for one in told["changes"]])
        self.tells_nothing(told, "已与户主联系")

    def test_what_stands_against_its_steps_says_neither_how_much_nor_in_which_case(self):
        home = self.another
        theirs = self.go(self.emergency(self.far, household=home), (
            self.far, "pay_first", self.on, {"amount": 80000, "paid_how": "goods"}))
        number = self.go(self.emergency(), (self.county, "tie", self.on, {"tied_to": home, **SHOWN}))
        pay = {"amount": 30000, "paid_how": "goods"}
        refused = self.move(self.town, number, "pay_first", self.on, **pay)
        self.assertEqual([("/fields/amount", "together_too_much")], self.codes(refused))
        said = ("800.00", "200.00", f"第 {theirs} 号", f"case {theirs}")
        self.tells_nothing(refused.json, *said)
        asked = self.town("POST", "/api/v1/batches", {"what": "move", "subjects": [number], "told": {
            "move": "pay_first", "on": self.on, "fields": pay}})
        job = self.fits("askBatch", asked, 202).json["job"]
        wait_for(job, self.town)
        (row,) = self.town.pages(f"/api/v1/batches/{job}/rows", limit=7)
        self.assertEqual("refused", row["outcome"])
        self.tells_nothing(row, *said)
        # Whoever reaches the household is told both, and what is left goes at once.
        whole = json.dumps(self.move(self.county, number, "pay", self.on, amount=30000, paid_how="fund").json)
        self.assertEqual([], [text for text in ("800.00", "200.00", f"case {theirs}") if text not in whole])
        self.moved(self.town, number, "pay_first", self.on, amount=20000, paid_how="goods")

    def test_many_at_once_name_it_neither(self):
        number = self.tied()
        asked = self.town("POST", "/api/v1/batches", {"what": "move", "subjects": [number], "told": {
            "move": "explain", "on": self.on, "fields": {"note": "补充说明"}}})
        job = self.fits("askBatch", asked, 202).json["job"]
        wait_for(job, self.town)
        rows = self.town.pages(f"/api/v1/batches/{job}/rows", limit=7)
        self.assertEqual(["made"], [row["outcome"] for row in rows])
        self.tells_nothing(rows)

    def test_nothing_of_it_is_revealed_and_nothing_determined(self):
        number = self.tied()
        asked = {"field": "phone", "reason": "联系当事人核实情况"}
        for field in ("phone", "identity_number", "account"):
            self.refused(self.town("POST", f"/api/v1/cases/{number}/reveals", {**asked, "field": field}), 409,
                         "case_not_at_hand")
        self.refused(self.town.get(f"/api/v1/cases/{number}/determinations"), 403, BEYOND)
        self.refused(self.town.get(f"/api/v1/cases/{number}/determinations/2"), 403, BEYOND)
        self.refused(self.town("POST", f"/api/v1/cases/{number}/determination", {"case": {}}), 403, BEYOND)

    def test_every_look_is_logged_with_the_household(self):
        number = self.closed()
        for path in ("", "/papers", "/file"):
            self.town.get(f"/api/v1/cases/{number}{path}")
        self.town.pages("/api/v1/cases?machine=emergency&closed=all", limit=200)
        looks = self.auditor.get(f"/api/v1/audit?household={self.beyond}&user=town&limit=200").json["items"]
        self.assertLessEqual({"case", "case.papers", "case.file refused", "cases"}, {look["what"] for look in looks})

    def test_once_it_is_untied_neither_the_household_nor_what_was_done_meanwhile_is_told(self):
        number = self.tied()
        self.moved(self.county, number, "explain", self.on, note="已与户主联系")
        self.moved(self.second, number, "untie", self.on, untied_because="同名，户主另有其人")
        told = self.case(self.town, number)
        self.assertEqual(["report", "pay_first"], [event["move"] for event in told["events"]])
        self.assertNotIn("household_at", told)
        self.tells_nothing(told, "已与户主联系", "户主另有其人")
        self.assertEqual([self.beyond], self.case(self.county, number)["events"][-1]["fields"]["tied_from"])

    def test_what_comes_from_there_to_a_household_of_its_own_is_told_without_whence(self):
        number, ours = self.tied(), next(self.homes)
        self.moved(self.county, number, "tie", self.on, tied_to=ours, **SHOWN)
        told = self.case(self.town, number)
        last = told["events"][-1]
        self.assertEqual((ours, "tie", [ours]), (told["household"], last["move"], last["fields"]["tied_to"]))
        self.assertEqual(3, len(told["events"]))  # the tie to the other one is not theirs
        self.tells_nothing(told)
        self.assertEqual([self.beyond], self.case(self.county, number)["events"][-1]["fields"]["tied_from"])
        self.go(number, (self.town, "explain", self.on, {"note": "补充说明"}), (self.second, "close", self.on, {}))
        self.refused(self.town.get(f"/api/v1/cases/{number}/file"), 403, BEYOND)

    def test_whoever_it_is_handed_to_reads_what_was_of_nobody_and_why_it_came(self):
        ours = next(self.homes)
        name = self.county.get(f"/api/v1/households/{ours}").json["head_name"]
        number = self.tied(ours, self.town)
        self.moved(self.town, number, "hand_over", self.on, reason="转救助站", to_unit="second")
        told = self.case(self.far, number)
        self.assertEqual(("", None, HERE, ["report", "pay_first", "hand_over"]), (
            told["household"], told["subject"], told["household_at"], [event["move"] for event in told["events"]]))
        self.tells_nothing(told, ours, name)
        self.refused(self.move(self.far, number, "untie", self.on, untied_because="不是"), 403, BEYOND)
        self.moved(self.far, number, "take_over_paid", self.on)
        self.assertEqual(["report", "pay_first", "hand_over", "take_over_paid"], self.steps(self.far, number))
        # Of one that was about a household from its beginning they are told whom, as of everything that is handed on.
        known = self.emergency(household=ours)
        self.moved(self.town, known, "hand_over", self.on, reason="转救助站", to_unit="second")
        self.assertEqual((ours, name), (lambda one: (one["household"], one["subject"]["name"]))(
            self.case(self.far, known)))


class OpenedBelow(Tied):
    """What is opened below such a case is the office's that has the household."""

    def asked(self, who, machine="application", fields=None, **more):
        return who("POST", "/api/v1/cases", {
            "machine": machine, "on": self.on, "fields": FORM if fields is None else fields, **more})

    def at(self, answer):
        told = self.refused(answer, 422, "fields")
        return [(fault["pointer"], fault["code"]) for fault in told["errors"]]

    def test_below_it_nothing_is_opened_by_who_does_not_reach_the_household(self):
        number = self.closed()
        below = {"parent": int(number)}
        for more in ({}, {"client_key": "phone-of-the-road"}, {"household": next(self.homes)}):
            self.assertEqual([("/parent", BEYOND)], self.at(self.asked(self.town, **below, **more)))
        self.assertIn(HOME, self.asked(self.town, **below).json["errors"][0]["detail"])
        job = {"kind": "job", "need": "失业"}
        self.assertEqual([("/parent", BEYOND)], self.at(self.asked(self.town, "referral", job, **below)))
        self.assertEqual([], self.case(self.county, number)["below"])
        made = self.fits("openCase", self.asked(self.county, "referral", job, **below), 201).json["case"]
        self.assertEqual(self.beyond, self.case(self.county, made)["household"])
        self.assertEqual([], self.case(self.town, number)["below"])
        self.refused(self.town.get(f"/api/v1/cases/{made}"), 404, "no_such_case")

    def moves_away(self, household, on):
        """To the second township, as a cycle that reads a new register leaves it."""
        home = f"(select id from household where code = '{household}')"
        self.sql(f"update household_unit set from_on = '2020-01-01', until_on = '{on}' where household = {home}",
                 "insert into household_unit (household, unit, from_on, until_on, why) values "
                 f"({home}, (select id from unit where code = 'second'), '{on}', '9999-12-31', 'moved')")

    def test_nor_by_the_office_that_the_household_had_left_when_it_was_tied(self):
        ours, then = next(self.homes), "2025-03-03"
        tied = self.opened(self.town, "emergency", then, need="突发急病", found_by="hotline", person_shown="约七十岁男子")
        self.moves_away(ours, "2025-04-01")
        self.moved(self.county, tied, "tie", self.on, tied_to=ours, **SHOWN)
        for machine, fields in (("application", FORM), ("referral", {"kind": "job", "need": "失业"}),
                                ("objection", {"reason": "金额有误"})):
            self.assertEqual([("/parent", BEYOND)], self.at(self.asked(self.town, machine, fields, parent=int(tied))))

    def test_nor_for_the_household_itself_one_by_one_many_at_once_or_by_what_falls_due(self):
        for machine, fields in (("application", FORM), ("temporary", AID),
                                ("emergency", {"need": "突发急病", "found_by": "hotline"})):
            self.assertEqual([("/household", "no_such_household")], self.at(
                self.asked(self.town, machine, fields, household=self.beyond)))
        asked = self.town("POST", "/api/v1/batches", {"what": "open", "subjects": [self.beyond], "told": {
            "machine": "visit", "on": self.on, "fields": {}}})
        job = self.fits("askBatch", asked, 202).json["job"]
        wait_for(job, self.town)
        self.assertEqual(["refused"], [row["outcome"] for row in self.town.pages(
            f"/api/v1/batches/{job}/rows", limit=7)])
        mine = {row["household"] for row in self.town.pages("/api/v1/rhythms/due", limit=200)}
        self.assertNotIn(self.beyond, mine)

    def test_the_home_township_opens_it_for_its_household_and_decides(self):
        self.tied(self.another)
        made = self.fits("openCase", self.asked(self.far, household=self.another), 201).json["case"]
        self.moved(self.far, made, "accept", self.on, relatives_of_staff=False)
        self.assertEqual(HOME, self.case(self.county, made)["unit"])
        self.refused(self.town.get(f"/api/v1/cases/{made}"), 404, "no_such_case")


if __name__ == "__main__":
    main()
