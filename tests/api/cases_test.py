# SPDX-License-Identifier: Apache-2.0
"""Cases over HTTP: warnings that become cases, go down to the township and come back; applications with their clocks;
two officers at once, a form sent twice, a form that comes too late; every answer held to its schema."""
import csv
import hashlib
import itertools
import json

from events import Events
from office import Case, Q2, main, upload, wait_for
from schema import Api

def other_number(number):
    """Of the same day and place, with its check character."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    digits = f"{int(number[:17]) + 222:017d}"
    return digits + "10X98765432"[sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % 11]


PHOTO = b"\xff\xd8\xff\xe0 a photograph"
SEEN = {"outcome": "true_", "officers": ["town", "colleague"], "note": "户主住院，医疗支出大"}


class Office(Case):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.api = Api(cls.admin.get("/api/v1/openapi.json").json)
        cls.county = cls.account("county", "county_caseworker")
        cls.second = cls.account("second", "county_caseworker")
        cls.town = cls.account("town", "township_officer", unit="first")
        cls.colleague = cls.account("colleague", "township_officer", unit="first")
        cls.village = cls.account("village", "village_worker", unit="first")
        cls.clerk = cls.account("clerk", "verification_clerk")
        cls.hr = cls.account("hr", "partner_department", unit="hr", department="hr")
        cls.fund = cls.account("fund", "fund_clerk")
        cls.keys = (f"phone-{n}" for n in itertools.count())
        cls.inside = [row["code"] for row in cls.town.pages("/api/v1/households", limit=200)]
        cls.raised = cls.raise_cases()

    @classmethod
    def raise_cases(cls, day=Q2):
        asked = cls.county("POST", "/api/v1/raisings", {"as_of": day})
        if asked.status != 202:
            raise AssertionError(str(asked))
        return wait_for(asked.json["job"], cls.county)["result"]

    @classmethod
    def set_figure(cls, parameter, region, value, **more):
        """Asked for by the county, approved by cls.monitor."""
        asked = cls.county("POST", "/api/v1/proposals", {
            "kind": "figures", "reason": "脚本", "figures": [
                {"parameter": parameter, "region": region, "from": "2025-01-01", "value": value, "sample": True,
                 "source": "虚构数据", **more}]})
        if asked.status != 201:
            raise AssertionError(str(asked))
        proposal = asked.json
        for answer in (cls.monitor("POST", f"/api/v1/proposals/{proposal['id']}/decision",
                                   {"approved": True, "payload_hash": proposal["payload_hash"]}),
                       cls.county("POST", f"/api/v1/proposals/{proposal['id']}/execution")):
            if answer.status not in (200, 201, 204):
                raise AssertionError(str(answer))

    def fits(self, operation, answer, status=200):
        self.assertEqual(status, answer.status, str(answer))
        self.assertEqual([], self.api.faults_of(operation, answer))
        return answer

    def refused(self, answer, status, code):
        self.assertEqual((status, code), (answer.status, answer.json["code"]), str(answer))
        return answer.json

    def codes(self, answer):
        """What speaks against a move, by field."""
        told = self.refused(answer, 422, "move_refused")
        return [(fault["pointer"], fault["code"]) for fault in told["errors"]]

    def case(self, who, number, day=""):
        return self.fits("getCase", who.get(f"/api/v1/cases/{number}{'?day=' + day if day else ''}")).json

    def move(self, who, number, move, on="", **fields):
        seen = who.get(f"/api/v1/cases/{number}")
        body = {"move": move, "fields": fields, **({"on": on} if on else {})}
        return who("POST", f"/api/v1/cases/{number}/moves", body, headers={"If-Match": seen.headers["ETag"] or '"0"'})

    def moved(self, who, number, move, on="", **fields):
        return self.fits("moveCase", self.move(who, number, move, on, **fields)).json["now"]

    def opened(self, who, machine, on="", parent=None, household="", person="", move="", **fields):
        body = {"machine": machine, "fields": fields}
        for name, value in (("on", on), ("parent", parent), ("household", household), ("person", person), ("move",
                move)):
            if value:
                body[name] = value
        made = self.fits("openCase", who("POST", "/api/v1/cases", body), 201).json
        self.assertEqual("made", made["outcome"])
        return made["case"]

    def sign(self, who, code, on="2025-01-01", until="2027-12-31"):
        """Everybody of a household signs, a guardian for a minor; gives their numbers."""
        path = f"/api/v1/households/{code}/authorisations"
        people = who.get(path).json["members"]
        for one in people:
            how = {"guardian": {"signed_as": "guardian", "paper": "户口簿", "signer_name": "祖母甲"},
                   "self": {"signed_as": "self"},
                   None: {"signed_as": "self", "born_on": "1980-01-01", "paper": "户口簿"}}[one["signs_as"]]
            made = who("POST", path, {"person": one["person"], "signed_on": on, "until": until, **how})
            self.assertEqual(201, made.status, str(made))
        return [one["person"] for one in people]

    def unpaid(self):
        """Households to which nothing is paid."""
        paid = {row["household"] for row in self.county.pages("/api/v1/cases?machine=allowance", limit=200)}
        return [household for household in self.inside if household not in paid]

    def carried(self, household, fen, on, paid_from, category="minimum_living_guarantee"):
        """What was decided before this platform is told by one person and admitted by another."""
        number = self.opened(self.county, "allowance", on, household=household, category=category, amount=fen,
                             basis="earlier", decided_on="2024-11-01", decision_number="样民确〔2024〕8号",
                             decision_of_many=True)
        self.moved(self.second, number, "admit", paid_from)
        return number

    def ended(self, number, on, reason="收入提高", from_on=""):
        """By hand: one person proposes that a payment ends, another admits it."""
        self.moved(self.county, number, "propose_end", on, end_proposed=from_on or on, reason=reason)
        self.moved(self.second, number, "admit_end", on)

    @classmethod
    def someone(cls):
        """Of the register, as a file in plain text tells them."""
        members = cls.root / "plain/registry/低收入人口_成员.csv"
        if not members.exists():
            cls.program.must("synth", "--residents", "2000", "--seed", "3", "--style", "csv", "plain")
        with members.open(encoding="utf-8-sig", newline="") as file:
            return next(row for row in csv.DictReader(file) if len(row["身份证号码"]) == 18)

    def photo(self, who, number, content=PHOTO):
        """Sent to the case; gives its name."""
        sent = who("POST", f"/api/v1/cases/{number}/attachments", raw=content,
                   headers={"Content-Type": "application/octet-stream"})
        return self.fits("addAttachment", sent, 201).json["hash"]

    def warning(self):
        """A warning that nobody has dispatched yet, and that takes a visit."""
        rows = self.county.pages("/api/v1/cases?machine=warning&state=raised", limit=200)
        return next(row for row in rows if self.level(row["id"]) != "green")

    def level(self, number):
        return self.case(self.county, number)["events"][0]["fields"]["level"][0]

    def accepted(self, on=Q2):
        number = self.warning()["id"]
        self.moved(self.county, number, "dispatch", on, to_unit="first")
        self.moved(self.town, number, "accept", on)
        return number


class Warnings(Office):
    def test_every_open_warning_is_a_case_and_only_once(self):
        open_warnings = self.county.get("/api/v1/warnings/counts").json["total"]
        self.assertEqual(open_warnings, self.raised["opened"])
        again = self.raise_cases()
        self.assertEqual((0, 0), (again["opened"], again["joined"]))
        counts = self.fits("countCases", self.county.get("/api/v1/cases/counts?machine=warning")).json
        self.assertEqual(open_warnings, counts["open"])

    def test_the_township_sees_it_once_it_is_dispatched_and_the_county_all_along(self):
        number = self.warning()["id"]
        self.refused(self.town.get(f"/api/v1/cases/{number}"), 404, "no_such_case")
        self.moved(self.county, number, "dispatch", Q2, to_unit="first")
        told = self.case(self.town, number)
        self.assertEqual("dispatched", told["state"])
        self.assertEqual("dispatched", self.case(self.county, number)["state"])
        self.assertEqual(["accept", "return"], sorted(m["id"] for m in told["open_moves"] if m["id"] != "pass_down"))

    def test_the_office_to_which_it_comes_is_told_at_once_and_nobody_else_is(self):
        watchers = {name: Events(client, "/api/v1/events") for name, client in
                    (("town", self.town), ("county", self.county), ("hr", self.hr), ("fund", self.fund))}
        number = self.warning()["id"]
        self.moved(self.county, number, "dispatch", Q2, to_unit="first")
        for name in ("town", "county"):
            told = next(event for event in watchers[name] if event.get("event") == "case")
            news = json.loads(told["data"])
            self.assertEqual({"case": number, "machine": "warning", "thing": "warning", "state": "dispatched",
                              "unit": "first", "department": ""}, news)
        # Who has been told of nothing by the time that a later event of a job comes was told of nothing.
        self.raise_cases()
        for name in ("hr", "fund"):
            first = next(event for event in watchers[name] if event.get("event") in ("case", "raised"))
            self.assertEqual("raised", first["event"])
        for watcher in watchers.values():
            watcher.close()

    def test_the_chain_tells_each_step_by_its_name_with_office_case_and_level(self):
        number = self.accepted()
        case = self.case(self.county, number)
        path = f"/api/v1/households/{case['household']}/visibility"
        chain = self.fits("getHouseholdVisibility", self.county.get(path)).json["items"]
        steps = [item for item in chain if item["step"] and item["step"]["case"] == number]
        self.assertEqual(sorted((event["title"]["zh"], event["unit"]) for event in case["events"]),
                         sorted((item["step"]["title"]["zh"], item["step"]["unit"]) for item in steps))
        self.assertEqual({case["title"]["zh"]}, {item["step"]["machine"]["zh"] for item in steps})
        self.assertEqual({self.level(number)}, {item["level"] for item in steps})  # each tells how it stood then

    def test_it_goes_to_the_door_and_back_and_is_acknowledged(self):
        number = self.accepted()
        household = self.case(self.county, number)["household"]
        self.moved(self.town, number, "visit", "2025-07-02", **SEEN)
        self.moved(self.town, number, "feed_back", "2025-07-02")
        self.moved(self.county, number, "handle", "2025-07-03", branch="push")
        referral = self.opened(self.county, "referral", "2025-07-03", parent=int(number), kind="aid", need="医疗支出大")
        refused = self.move(self.county, number, "close", "2025-07-15", reason="已转医保部门")
        self.assertEqual([("/fields/undone_because", "below_open")], self.codes(refused))
        self.moved(self.second, number, "close", "2025-07-15", reason="已转医保部门", undone_because="elsewhere")
        told = self.case(self.county, number)
        self.assertTrue(told["closed"])
        self.assertEqual([referral], [below["id"] for below in told["below"]])
        clock = next(c for c in told["clocks"] if c["id"] == "warning_verification")
        self.assertEqual("met", clock["state"])
        self.assertEqual(1, self.raise_cases("2025-07-15")["settled"])
        left = [row["household"] for row in self.county.pages("/api/v1/warnings", limit=200)]
        self.assertNotIn(household, left)

    def test_each_officer_does_their_own(self):
        number = self.accepted()
        self.assertEqual([("/move", "move_role")], self.codes(self.move(
            self.county, number, "visit", "", **SEEN, entered_because="两人入户后由县里代填")))
        self.assertEqual([("/fields/officers", "field_few"), ("/fields/outcome", "field_word")],
                         sorted(self.codes(self.move(self.town, number, "visit", "", outcome="maybe",
                                                     officers=["town"], note="x"))))
        self.assertEqual([("/fields/officers", "no_such_account")], [
            (e["pointer"], e["code"]) for e in self.move(
                self.town, number, "visit", "", **{**SEEN, "officers": ["town", "nobody"]}).json["errors"]])
        self.refused(self.hr.get(f"/api/v1/cases/{number}"), 404, "no_such_case")

    def test_two_officers_on_one_case(self):
        number = self.accepted()
        seen = self.town.get(f"/api/v1/cases/{number}").headers["ETag"]
        body = {"move": "visit", "on": "2025-07-01", "fields": SEEN}
        first = self.town("POST", f"/api/v1/cases/{number}/moves", body, headers={"If-Match": seen})
        self.fits("moveCase", first)
        self.assertEqual(412, self.colleague("POST", f"/api/v1/cases/{number}/moves", body,
                                             headers={"If-Match": seen}).status)
        self.assertEqual(428, self.colleague("POST", f"/api/v1/cases/{number}/moves", body).status)

    def test_a_form_written_without_a_net_is_taken_once_and_a_late_one_decides_nothing(self):
        number = self.accepted()
        key = next(self.keys)
        knock = {"client_key": key, "on": "2025-07-02", "answers": [{"case": number, "move": "visit", "fields": SEEN}]}
        made = self.fits("takeKnock", self.town("POST", "/api/v1/knocks", knock)).json["items"]
        self.assertEqual(["made"], [one["outcome"] for one in made])
        again = self.fits("takeKnock", self.town("POST", "/api/v1/knocks", knock)).json["items"]
        self.assertEqual([("already_there", made[0]["event"])], [(one["outcome"], one["event"]) for one in again])
        late = {**knock, "client_key": next(self.keys),
                "answers": [{"case": number, "move": "visit", "fields": {**SEEN, "outcome": "false_"}}]}
        kept = self.fits("takeKnock", self.colleague("POST", "/api/v1/knocks", late)).json["items"]
        self.assertEqual(["kept_late"], [one["outcome"] for one in kept])
        told = self.case(self.town, number)
        self.assertEqual(["true_"], told["events"][-1]["fields"]["outcome"])
        self.assertEqual(["false_"], told["late"][0]["fields"]["outcome"])
        form = told["late"][0]["id"]
        self.assertEqual(204, self.town("POST", f"/api/v1/cases/{number}/late/{form}/settled", {}).status)
        self.refused(self.town("POST", f"/api/v1/cases/{number}/late/{form}/settled", {}), 404, "late_unknown")
        self.assertEqual([], self.case(self.town, number)["late"])

    def test_a_photograph_is_taken_by_what_it_is_and_told_by_its_hash(self):
        number = self.accepted()
        name = self.photo(self.town, number)
        self.assertEqual(hashlib.sha256(PHOTO).hexdigest(), name)
        self.assertEqual(name, self.photo(self.colleague, number))
        told = self.county.get(f"/api/v1/cases/{number}/attachments/{name}")
        self.assertEqual((200, PHOTO, "image/jpeg"), (told.status, told.body, told.headers["Content-Type"]))
        path = f"/api/v1/cases/{number}/attachments"
        kind = {"Content-Type": "application/octet-stream"}
        self.refused(self.town("POST", path, raw=b"MZ a program named photo.jpg", headers=kind), 422, "attachment_type")
        large = {**kind, "Content-Length": str(5 << 20)}
        self.assertEqual(413, self.town("POST", path, raw=PHOTO, headers=large).status)
        self.refused(self.clerk("POST", path, raw=PHOTO, headers=kind), 404, "no_such_case")
        self.refused(self.town.get(f"{path}/{'0' * 64}"), 404, "attachment_unknown")
        self.assertEqual([("/fields/attachments", "no_such_attachment")], [
            (e["pointer"], e["code"]) for e in self.move(
                self.town, number, "visit", Q2, **{**SEEN, "attachments": ["0" * 64]}).json["errors"]])
        self.moved(self.town, number, "visit", Q2, **{**SEEN, "attachments": [name]})
        self.assertEqual([name], self.case(self.town, number)["events"][-1]["fields"]["attachments"])

    def test_a_batch_is_dispatched_each_case_with_its_answer(self):
        rows = [row["id"] for row in self.county.get(
            "/api/v1/cases?machine=warning&state=raised&limit=3").json["items"]]
        body = {"cases": rows + ["999999"], "move": "dispatch", "on": Q2, "client_key": next(self.keys),
                "fields": {"to_unit": "first"}}
        told = self.fits("moveCases", self.county("POST", "/api/v1/moves", body)).json["items"]
        self.assertEqual(["made"] * len(rows) + ["not_there"], [one["outcome"] for one in told])
        told = self.fits("moveCases", self.county("POST", "/api/v1/moves", body)).json["items"]
        self.assertEqual(["already_there"] * len(rows) + ["not_there"], [one["outcome"] for one in told])

    def test_the_list_is_by_due_day_and_leaves_as_a_spreadsheet(self):
        self.accepted()
        rows = self.county.pages("/api/v1/cases?closed=all", limit=7)
        keys = [(row["due_on"] or "9999-12-31", int(row["id"])) for row in rows]
        self.assertEqual(sorted(keys), keys)
        self.assertEqual(len(set(keys)), len(keys))
        self.fits("listCases", self.county.get("/api/v1/cases?limit=5"))
        csv = self.county.get("/api/v1/cases?closed=all&format=csv")
        lines = csv.body.decode("utf-8-sig").splitlines()
        self.assertEqual(len(rows) + 1, len(lines))
        self.assertIn("due_on,due_clock,due_internal,closed", lines[0])
        self.refused(self.admin.get("/api/v1/cases"), 403, "not_allowed")
        self.assertEqual(422, self.county("POST", "/api/v1/cases", {"machine": "wedding"}).status)

    def test_overdue_climbs_and_lists_and_counts_say_how_far(self):
        number = self.accepted()  # a visit that was due years ago: the city is told
        row = next(one for one in self.county.pages("/api/v1/cases?told_to=city", limit=200) if one["id"] == number)
        self.assertEqual((True, "city"), (row["overdue"], row["told_to"]))
        self.assertNotIn(number, [one["id"] for one in self.county.pages("/api/v1/cases?told_to=township", limit=200)])
        counts = self.fits("countCases", self.county.get("/api/v1/cases/counts")).json
        self.assertEqual(counts["overdue"], sum(counts["told_to"].values()))
        self.assertGreaterEqual(counts["told_to"]["city"], 1)
        self.assertEqual(400, self.county.get("/api/v1/cases?told_to=moon").status)

    def test_whom_a_form_names_is_of_the_household_and_where_it_goes_within_reach(self):
        mine, other = self.inside[:2]
        stranger = self.county.get(f"/api/v1/households/{other}").json["members"][0]["id"]
        own = self.county.get(f"/api/v1/households/{mine}").json["members"][0]["id"]

        def applied(applicant):
            return self.town("POST", "/api/v1/cases", {
                "machine": "application", "household": mine, "on": Q2,
                "fields": {"channel": "window", "pledge": True, "authorised": True, "applicant": applicant}})
        self.assertEqual([("/fields/applicant", "no_such_member")], [
            (fault["pointer"], fault["code"]) for fault in applied(stranger).json["errors"]])
        self.fits("openCase", applied(own), 201)
        number = self.warning()["id"]
        self.moved(self.county, number, "dispatch", Q2, to_unit="first")
        self.assertEqual([("/fields/to_unit", "unit_out_of_reach")],
                         self.codes(self.move(self.town, number, "pass_down", Q2, to_unit="county")))

    def test_the_procedures_are_the_packs(self):
        told = self.fits("listProcedures", self.village.get("/api/v1/procedures")).json
        self.assertEqual("guangdong-2021", told["pack"])
        self.assertLessEqual({"warning", "application", "referral", "order", "charity", "conference", "campaign",
                              "review", "objection", "death", "emergency"}, {m["id"] for m in told["machines"]})


class Others(Office):
    def test_a_department_answers_what_was_sent_to_it_and_sees_no_more(self):
        household = self.inside[0]
        number = self.opened(self.town, "referral", "2025-07-01", household=household, kind="job",
                             job_intention="wants_job", need="家中一人失业")
        other = self.opened(self.town, "referral", "2025-07-01", household=household, kind="aid", need="住房")
        self.refused(self.hr.get(f"/api/v1/cases/{number}"), 404, "no_such_case")
        self.moved(self.town, number, "send", "2025-07-01", to_department="hr", to_unit="hr", due_on="2025-07-10")
        self.assertEqual([number], [row["id"] for row in self.hr.pages("/api/v1/cases")])
        self.refused(self.hr.get(f"/api/v1/cases/{other}"), 404, "no_such_case")
        self.moved(self.hr, number, "receive", "2025-07-02")
        self.moved(self.hr, number, "accept", "2025-07-02")
        # Whom it is about: the name, the number masked; where they live is no business of theirs.
        head = self.county.get(f"/api/v1/households/{household}").json
        subject = self.case(self.hr, number)["subject"]
        self.assertEqual((head["head_name"], None), (subject["name"], subject["address"]))
        self.assertRegex(subject["identity_number"], r"^\d{6}\*+\w{4}$")
        self.assertIn("***", subject["phone"])
        self.assertIsNone(self.case(self.county, number)["subject"])  # who opens the household itself
        done = self.moved(self.hr, number, "finish", "2025-07-08", result="helped", amount=120000)
        self.assertEqual("done", done["state"])
        told = self.case(self.county, number)
        self.assertEqual(["120000"], told["events"][-1]["fields"]["amount"])
        self.assertEqual("met", next(c for c in told["clocks"] if c["id"] == "referral_day")["state"])
        self.moved(self.county, number, "close", "2025-07-09")

    def sent_to_hr(self, household, **fields):
        number = self.opened(self.town, "referral", "2025-07-01", household=household, kind="job", **fields)
        self.moved(self.town, number, "send", "2025-07-01", to_department="hr", to_unit="hr", due_on="2025-07-10")
        return number

    def test_a_department_reads_the_hardship_that_it_acts_on_and_no_other_does(self):
        told = {"need": "丧失主要收入，盼介绍工作", "note": "下午在家"}
        number = self.sent_to_hr(self.inside[1], **told)
        first = self.case(self.hr, number)["events"][0]["fields"]
        self.assertEqual({name: [text] for name, text in told.items()}, {name: first.get(name) for name in told})
        other = self.account("health", "partner_department", department="health")
        self.refused(other.get(f"/api/v1/cases/{number}"), 404, "no_such_case")
        self.moved(self.hr, number, "receive", "2025-07-02")
        self.moved(self.hr, number, "accept", "2025-07-02")
        self.moved(self.hr, number, "finish", "2025-07-08", result="helped", note="已介绍到园区")
        self.assertEqual(["已介绍到园区"], self.case(self.hr, number)["events"][-1]["fields"]["note"])
        # The same field of a case whose moves say nothing of departments stays with the offices.
        number = self.opened(self.county, "conference", "2025-07-01", household=self.inside[1], reason="情形复杂")
        self.moved(self.county, number, "convene", "2025-07-01", conference_kind="joint_meeting", agenda="住房",
                   due_on="2025-07-09", to_department="hr")
        self.refused(self.hr.get(f"/api/v1/cases/{number}"), 404, "no_such_case")

    def test_a_department_sees_a_number_whole_for_a_case_at_hand_and_a_reason(self):
        household = next(code for code in self.inside[2:] if all(
            m["phone"] for m in self.county.get(f"/api/v1/households/{code}").json["members"]))
        number, another = self.sent_to_hr(household, need="失业"), self.sent_to_hr(household, need="培训")
        path = f"/api/v1/cases/{number}/reveals"
        asked = {"field": "identity_number", "reason": "核对社保缴费"}
        subject = self.case(self.hr, number)["subject"]
        self.assertEqual(["identity_number", "phone"], subject["revealable"])
        self.assertIn("*", subject["identity_number"])
        self.assertEqual("reveal_without_reason", self.hr("POST", path, {**asked, "reason": "看"}).json["code"])
        self.assertEqual(422, self.hr("POST", path, {**asked, "field": "illness"}).status)
        for who, status in ((self.county, 403), (self.town, 403), (self.fund, 404)):
            self.assertEqual(status, who("POST", path, asked).status, who)
        other = self.account("emergency", "partner_department", department="emergency")
        self.refused(other("POST", path, asked), 404, "no_such_case")
        self.fits("revealSubject", self.hr("POST", path, asked), 201)
        whole = self.case(self.hr, number)["subject"]
        self.assertRegex(whole["identity_number"], r"^\d{17}[\dX]$")
        self.assertIn("***", whole["phone"])  # the other class was not asked for
        self.assertIn("*", self.case(self.hr, another)["subject"]["identity_number"])
        again = self.account("hr-colleague", "partner_department", unit="hr", department="hr")
        self.assertIn("*", self.case(again, number)["subject"]["identity_number"])
        looks = self.account("reader", "auditor").get("/api/v1/audit?user=hr&limit=50").json["items"]
        told = next(look for look in looks if look["verb"] == "reveal")
        self.assertEqual(("referral", "identity_number", number, asked["reason"], ""),
                         (told["thing"], told["what"], told["case"], told["reason"], told["flag"]))
        self.assertIn("case identity_number=whole", [look["what"] for look in looks])
        self.moved(self.hr, number, "return", "2025-07-03", reason="不在本区")
        back = self.case(self.hr, number)["subject"]
        self.assertEqual([], back["revealable"])
        self.assertIn("*", back["identity_number"])
        self.refused(self.hr("POST", path, asked), 409, "case_not_at_hand")

    def test_a_department_asks_about_one_person_by_name_and_number_with_a_reason(self):
        someone = self.someone()
        asked = {"name": someone["姓名"], "identity_number": someone["身份证号码"], "reason": "培训补贴资格"}

        def ask(who=self.hr, **change):
            return who("POST", "/api/v1/category-queries", {**asked, **change})
        told = self.fits("askCategory", ask()).json
        self.assertTrue(told["low_income"])
        self.assertEqual({"zh", "en"}, set(told["category"]["title"]))
        self.assertEqual(told["asked_today"] + 1, ask().json["asked_today"])
        # A wrong name is answered like a number that nobody has.
        nobody = ask(identity_number=other_number(asked["identity_number"])).json
        wrong = ask(name="旁人").json
        self.assertEqual((False, None), (nobody["low_income"], nobody["category"]))
        self.assertEqual((False, None), (wrong["low_income"], wrong["category"]))
        self.assertEqual(422, ask(reason="x").status)
        self.assertEqual(422, ask(identity_number="441699").status)
        self.refused(ask(self.town), 403, "not_allowed")

    def test_a_provider_learns_at_whose_door_to_knock_and_a_protected_one_stays_hidden(self):
        provider = self.account("provider", "service_provider", unit="first")
        household = self.inside[1]
        given = self.town("POST", "/api/v1/assignments", {
            "account": "provider", "households": [household], "case": "order", "from": Q2})
        self.assertIn(given.status, (200, 201, 204), str(given))
        number = self.opened(self.town, "order", "2025-07-01", household=household, need="上门助浴", consent=True)
        self.moved(self.town, number, "order", "2025-07-01", service="助浴", times=1, amount=8000, to_unit="first")
        home = self.town.get(f"/api/v1/households/{household}").json
        head = next(one for one in home["members"] if one["name"] == home["head_name"])
        subject = self.case(provider, number)["subject"]
        self.assertEqual((home["head_name"], home["address"], head["phone"], None),
                         (subject["name"], subject["address"], subject["phone"], subject["identity_number"]))
        marked = self.county("POST", f"/api/v1/households/{household}/protections",
                             {"person": head["id"], "reason": "人身安全保护令"})
        self.assertEqual(201, marked.status, str(marked))
        subject = self.case(provider, number)["subject"]
        self.assertEqual((home["head_name"], None, None), (subject["name"], subject["address"], subject["phone"]))

    def test_a_department_is_told_of_the_form_of_its_files_and_not_whom_the_register_knows(self):
        known = self.someone()
        # Of its form in order but for the check character: what becomes of it is the register's to know.
        wrong = known["身份证号码"][:-1] + ("1" if known["身份证号码"][-1] != "1" else "2")
        sent = self.root / "社保停缴_补报.csv"
        sent.write_text("姓名,社会保障号码,险种,停缴年月,缴费状态\n"
                        f"{known['姓名']},{known['身份证号码']},失业保险,202506,终止缴费\n"
                        f"{known['姓名']},{wrong},失业保险,202506,终止缴费\n"
                        "某甲,12345,失业保险,202506,终止缴费\n", encoding="utf-8")
        asked = self.hr("POST", "/api/v1/imports", {"as_of": Q2, "uploads": [upload(self.hr, sent)], "accept": False})
        (file,) = wait_for(asked.json["job"], self.hr)["result"]["files"]
        self.assertEqual((3, 1, False), (file["rows"], file["rejected"], "buckets" in file))
        mine = self.fits("listArrivals", self.hr.get("/api/v1/arrivals")).json["items"]
        self.assertEqual({None}, {one["buckets"] for one in mine})
        self.assertIn((3, 1), {(one["rows"], one["rejected"]) for one in mine})
        theirs = self.fits("listArrivals", self.county.get("/api/v1/arrivals")).json["items"]
        self.assertEqual([1], [one["buckets"]["exact"] for one in theirs if one["file"] == sent.name])

    def send(self, who, number, content=PHOTO):
        return who("POST", f"/api/v1/cases/{number}/attachments", raw=content,
                   headers={"Content-Type": "application/octet-stream"})

    def awaited(self, who, number):
        return [(one["hash"], one["event"], one["by"], one["unit"]) for one in self.case(who, number)["awaited"]]

    def test_a_case_says_which_attachment_of_its_opening_has_not_come_and_who_was_to_send_it(self):
        names = [hashlib.sha256(photo).hexdigest() for photo in (PHOTO, PHOTO + b" of the room")]
        number = self.opened(self.village, "emergency", "2025-07-01", need="突发急病", found_by="discovered",
                             person_shown="无证件男子", attachments=names)
        for who in (self.village, self.town, self.county):
            self.assertEqual([(name, 1, "village", "第一镇") for name in names], self.awaited(who, number))
        told = self.program.must("case", "--data", "office", number).out
        for name in names:
            self.assertIn(f"attachment {name[:12]}… that event 1 names has not come; village (第一镇) was to send it",
                          told)
        self.assertEqual(names[0], self.fits("addAttachment", self.send(self.village, number), 201).json["hash"])
        self.assertEqual([(names[1], 1, "village", "第一镇")], self.awaited(self.town, number))
        # Sent once more, as the answer was lost: nothing is doubled and nothing else is missing.
        self.fits("addAttachment", self.send(self.village, number), 201)
        self.assertEqual([(names[1], 1, "village", "第一镇")], self.awaited(self.town, number))
        self.fits("addAttachment", self.send(self.village, number, PHOTO + b" of the room"), 201)
        self.assertEqual([], self.awaited(self.town, number))
        self.assertEqual([("2",)], self.sql(f"select count(*) from casework_attachment where case_id = {number}"))

    def test_a_late_attachment_comes_to_a_closed_case_if_it_was_named_until_its_file_is_sealed(self):
        names = [hashlib.sha256(photo).hexdigest() for photo in (PHOTO, PHOTO + b" of the room")]
        number = self.opened(self.village, "emergency", "2025-07-01", need="突发急病", found_by="discovered",
                             person_shown="无证件男子", attachments=names)
        self.moved(self.town, number, "decline", "2025-07-01", reason="另有救助")
        self.moved(self.town, number, "serve", "2025-07-01", served_how="post")
        self.refused(self.send(self.village, number, PHOTO + b" that nobody named"), 403, "not_allowed")
        self.refused(self.send(self.colleague, number), 403, "not_allowed")
        self.fits("addAttachment", self.send(self.village, number), 201)
        self.assertEqual([names[1]], [one[0] for one in self.awaited(self.town, number)])
        self.assertEqual(200, self.county("POST", f"/api/v1/cases/{number}/file").status)
        self.refused(self.send(self.village, number, PHOTO + b" of the room"), 409, "file_sealed")
        self.fits("addAttachment", self.send(self.village, number), 201)  # what is there is there

    def test_who_opened_a_case_adds_to_it_and_another_worker_does_not(self):
        other = self.account("othervillage", "village_worker", unit="first")
        number = self.opened(self.village, "emergency", "2025-07-01", need="突发急病", found_by="discovered",
                             person_shown="无证件男子")
        self.assertEqual([], self.case(self.village, number)["open_moves"])
        self.fits("addAttachment", self.send(self.village, number), 201)
        self.assertEqual(200, other.get(f"/api/v1/cases/{number}").status)
        self.refused(self.send(other, number, PHOTO + b" of a neighbour"), 403, "not_allowed")
        self.refused(self.send(other, number), 403, "not_allowed")

    def test_an_application_is_registered_with_its_papers(self):
        for who, channel in ((self.town, "window"), (self.village, "village")):
            scan = b"%PDF-1.4 the signed form, " + channel.encode()
            name = hashlib.sha256(scan).hexdigest()
            number = self.opened(who, "application", "2025-07-01", household=self.inside[0], channel=channel,
                                 pledge=True, authorised=True, attachments=[name])
            self.assertEqual([name], [one["hash"] for one in self.case(self.county, number)["awaited"]])
            self.fits("addAttachment", self.send(who, number, scan), 201)
            told = self.case(self.county, number)
            self.assertEqual(([], [name]), (told["awaited"], told["events"][0]["fields"]["attachments"]))
        wrong = self.town("POST", "/api/v1/cases", {
            "machine": "application", "household": self.inside[0], "fields": {
                "channel": "window", "pledge": True, "authorised": True, "attachments": ["form.pdf"]}})
        self.assertEqual([("/fields/attachments", "field_hash")], self.codes(wrong))

    def test_an_emergency_is_paid_first_only_within_a_cap_that_is_set(self):
        number = self.opened(self.village, "emergency", "2025-07-01", need="外来人员突发急病", found_by="discovered",
                             person_shown="无证件男子，约五十岁")
        self.assertEqual([("/fields/amount", "bound_unset")],
                         self.codes(self.move(self.town, number, "pay_first", "2025-07-01", amount=100000,
                                              paid_how="reserve")))
        # Nor does one officer of the county pay it: one proposes, another pays.
        self.assertEqual([("/fields/amount", "bound_unset")],
                         self.codes(self.move(self.county, number, "pay", "2025-07-01", amount=100000,
                                              paid_how="fund")))
        self.moved(self.county, number, "propose", "2025-07-01", sum_proposed=100000, reason="急救费用")
        self.moved(self.second, number, "pay_agreed", "2025-07-01", amount=100000, paid_how="fund")
        told = self.case(self.county, number, "2025-07-15")
        self.assertEqual(("2025-07-15", "due"), next((c["due_on"], c["state"]) for c in told["clocks"]
                                                     if c["id"] == "explanation"))
        self.assertEqual("overdue", next(c["state"] for c in self.case(self.county, number, "2025-07-16")["clocks"]))


if __name__ == "__main__":
    main()
