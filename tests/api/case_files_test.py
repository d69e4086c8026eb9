# SPDX-License-Identifier: Apache-2.0
"""Papers of cases and the files of closed ones, as an office asks for them: who may, what is logged, what is masked,
what is never posted; a closed case's file is sealed, held against what lies there, taken away whole, and read by this
script alone."""
import hashlib
import io
import json
import subprocess
import zipfile

from cases_test import PHOTO, SEEN, Office
from office import main

FORM = {"channel": "window", "pledge": True, "authorised": True}
BESIDE = {"beside_because": "另一名成员的申请"}  # of a household that has others under way
HOME = {"officers": ["town", "colleague"], "note": "成员患重病，联系电话13800138000"}


def words_of(pdf):
    """What a reader of the PDF sees, without the breaks of lines."""
    told = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return "".join(told.stdout.decode("utf-8").split())


class Files(Office):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.auditor = cls.account("auditor", "auditor")
        cls.monitor = cls.account("monitor", "city_monitor_officer")

    def declined(self, household=None):
        number = self.opened(self.town, "application", "2025-07-01", household=household or self.inside[0], **FORM)
        self.moved(self.town, number, "ask_papers", "2025-07-01", missing=["户口簿", "银行流水"])
        self.moved(self.town, number, "complete", "2025-07-03", attachments=[self.photo(self.town, number)])
        self.moved(self.town, number, "decline", "2025-07-04", reason="不属本辖区")
        return number

    def told_in_writing(self):
        """Not accepted, told so in writing, and closed."""
        number = self.declined()
        self.moved(self.town, number, "serve", "2025-07-04", served_how="in_person")
        return number

    def noticed(self, household, category="minimum_living_guarantee", applicant=None):
        more = {"applicant": applicant} if applicant else {}
        number = self.opened(self.town, "application", "2025-07-01", household=household, **FORM, **more)
        self.moved(self.town, number, "accept", "2025-07-02", relatives_of_staff=False, **BESIDE)
        self.moved(self.town, number, "survey", "2025-07-03", **HOME)
        self.moved(self.town, number, "review", "2025-07-04", category=category, opinion="grant")
        self.moved(self.town, number, "post", "2025-07-07", attachments=[self.photo(self.town, number)])
        return number

    def paper(self, number, name, who=None):
        """As the list of the case tells it."""
        listed = self.fits("listCasePapers", (who or self.county).get(f"/api/v1/cases/{number}/papers")).json["items"]
        return next(one for one in reversed(listed) if one["paper"] == name)

    def posted(self, number):
        told = self.paper(number, "public_notice")
        if told["state"] != "ready":
            self.assertIsNone(told["href"])
            event = told["event"]
            self.refused(self.county.get(f"/api/v1/cases/{number}/papers/{event}/public_notice"), 409, "paper_withheld")
            return None
        return words_of(self.fits("getCasePaper", self.county.get(told["href"])).body)

    def people(self, household):
        return self.county.get(f"/api/v1/households/{household}").json

    def a_household_that_is_posted(self, least=1):
        """Of so many members at least, whose head is known to be of age."""
        for household in self.inside:
            if len(self.people(household)["members"]) < least:
                continue
            number = self.noticed(household)
            words = self.posted(number)
            if words:
                return household, number, words
        raise AssertionError("nobody can be posted")

    def test_a_paper_is_told_by_its_event_and_printed_as_it_stood(self):
        number = self.declined()
        listed = self.fits("listCasePapers", self.town.get(f"/api/v1/cases/{number}/papers")).json["items"]
        self.assertEqual([(1, "application_form"), (1, "authorisation_form"), (1, "pledge_form"),
                          (2, "correction_notice"), (4, "refusal_letter")],
                         [(one["event"], one["paper"]) for one in listed])
        self.assertEqual({"2025-07-01", "2025-07-04"}, {one["on"] for one in listed})
        notice = next(one for one in listed if one["paper"] == "correction_notice")
        self.assertIn("document_number", notice["blanks"])
        self.assertIn("papers_missing", notice["filled"])
        first = self.fits("getCasePaper", self.town.get(notice["href"]))
        words = words_of(first.body)
        for said in ("社会救助申请材料补正通知书", "户口簿", "银行流水", "第一镇", self.people(self.inside[0])["head_name"]):
            self.assertIn(said, words)
        self.assertIn("document_number", first.headers["X-Blank-Fields"].split(", "))
        self.assertEqual(first.body, self.town.get(notice["href"]).body)
        refusal = words_of(self.town.get(listed[-1]["href"]).body)
        self.assertIn("不予受理决定书", refusal)
        self.assertIn("不属本辖区", refusal)

    def test_the_application_says_what_is_declared_and_the_acceptance_what_the_category_will_settle(self):
        number = self.opened(self.town, "application", "2025-07-01", household=self.inside[1], **FORM,
                             declared_wage=120000, declared_home="自建平房", declared_on="2025-07-01")
        form = words_of(self.town.get(self.paper(number, "application_form")["href"]).body)
        for said in ("每月1200元", "自建平房", "2025年7月1日（以上由申请人申报"):
            self.assertIn(said, form)
        self.moved(self.town, number, "accept", "2025-07-02", relatives_of_staff=False, **BESIDE)
        notice = words_of(self.town.get(self.paper(number, "acceptance_notice")["href"]).body)
        self.assertIn("办结期限按类别另定", notice)
        self.assertIn("30个工作日", notice)

    def test_a_notice_is_seen_before_it_hangs_as_it_will_hang(self):
        household, _, _ = self.a_household_that_is_posted()
        number = self.opened(self.town, "application", "2025-07-01", household=household, **FORM)
        path = f"/api/v1/cases/{number}/notice"
        self.refused(self.town.get(path), 409, "no_notice_next")
        self.moved(self.town, number, "accept", "2025-07-02", relatives_of_staff=False, **BESIDE)
        self.moved(self.town, number, "survey", "2025-07-03", **HOME)
        self.moved(self.town, number, "review", "2025-07-04", category="minimum_living_guarantee", opinion="grant")
        told = self.fits("previewNotice", self.town.get(path)).json
        head = self.people(household)["head_name"]
        self.assertEqual(("post", "public_notice", "ready"), (told["move"], told["paper"], told["state"]))
        self.assertEqual([head], [one["text"] for row in told["rows"] for one in row if one["field"] == "name"])
        said = {one["text"] for one in told["said"]} | {one["text"] for row in told["rows"] for one in row}
        sheet = words_of(self.fits("printNoticePreview", self.town.get(told["href"])).body)
        for text in said:
            self.assertIn("".join(text.split()), sheet)
        self.assertTrue(all(one["title"]["zh"] and one["why"]["zh"] for one in told["left_out"]))
        hidden = {one["title"]["zh"] for one in told["left_out"]}
        self.assertLessEqual({"申请人证件号码", "联系电话", "入户人员"}, hidden)
        for member in self.people(household)["members"]:
            if member["name"] != head:
                self.assertNotIn(member["name"], str(told))
        seen = self.town.get(f"/api/v1/cases/{number}").json
        self.assertEqual("reviewed", seen["state"])
        self.assertNotIn("post", [event["move"] for event in seen["events"]])
        self.refused(self.hr.get(path), 404, "no_such_case")
        self.refused(self.admin.get(path), 403, "not_allowed")
        look = next(one for one in self.auditor.get("/api/v1/audit?limit=50").json["items"]
                    if one["what"] == "case.notice_preview")
        self.assertEqual("town", look["user"])

    def test_numbers_are_masked_and_the_look_is_in_the_log_before_the_paper_leaves(self):
        number = self.declined()
        form = self.paper(number, "application_form")
        words = words_of(self.town.get(form["href"]).body)
        self.assertIn("********", words)
        self.assertNotRegex(words, r"\d{17}[\dXx]")
        looks = self.auditor.get("/api/v1/audit?limit=50").json["items"]
        look = next(one for one in looks if one["what"].startswith("case.paper application_form"))
        self.assertEqual("town", look["user"])
        self.assertTrue(look["persons"])

    def test_a_paper_is_for_the_offices_in_whose_reach_the_case_is(self):
        number = self.declined()
        href = self.paper(number, "application_form")["href"]
        self.refused(self.hr.get(href), 404, "no_such_case")
        self.refused(self.admin.get(href), 403, "not_allowed")
        self.refused(self.county.get(f"/api/v1/cases/{number}/papers/2/application_form"), 404, "paper_unknown")
        self.refused(self.county.get(f"/api/v1/cases/{number}/papers/x/application_form"), 404, "paper_unknown")
        self.refused(self.county.get(f"/api/v1/cases/{number}/papers/1/%2e%2e"), 404, "paper_unknown")
        address = self.people(self.inside[0])["address"]
        self.assertIn("".join(address.split()), words_of(self.county.get(href).body))
        # Who checks the means sees the name, and not where they live.
        clerks = words_of(self.fits("getCasePaper", self.clerk.get(href)).body)
        self.assertNotIn("".join(address.split()), clerks)

    def test_a_referral_leaves_a_department_without_papers_and_files(self):
        number = self.opened(self.town, "referral", "2025-07-01", household=self.inside[0], kind="aid", need="x")
        self.moved(self.town, number, "send", "2025-07-01", to_department="hr", to_unit="hr", due_on="2025-07-10")
        for path in ("papers", "file", "file/verification", "archive"):
            self.refused(self.hr.get(f"/api/v1/cases/{number}/{path}"), 403, "not_allowed")

    def test_a_notice_names_the_head_and_nothing_else_of_the_household(self):
        household, _, words = self.a_household_that_is_posted(least=2)
        told = self.people(household)
        self.assertIn(told["head_name"], words)
        for member in told["members"]:
            if member["name"] != told["head_name"]:
                self.assertNotIn(member["name"], words)
        for secret in ("重病", "13800138000", "138****", "********", "".join(told["address"].split())):
            self.assertNotIn(secret, words)
        self.assertIn("2025年7月14日", words)  # seven natural days

    def test_children_emergencies_and_other_categories_are_not_posted_and_one_members_guarantee_not_told(self):
        household, _, words = self.a_household_that_is_posted(least=2)
        self.assertIsNone(self.posted(self.noticed(household, "relapse_monitored")))
        self.assertIsNone(self.posted(self.noticed(household, "other_hardship")))
        single = self.posted(self.noticed(household, "single_member_guarantee"))
        self.assertEqual(words, single)  # to the letter
        quiet = self.opened(self.town, "application", "2025-07-01", household=household, **FORM)
        self.moved(self.town, quiet, "accept", "2025-07-02", relatives_of_staff=False, **BESIDE)
        self.moved(self.town, quiet, "survey", "2025-07-03", **HOME)
        self.moved(self.town, quiet, "review", "2025-07-04", category="minimum_living_guarantee", opinion="grant")
        told = {"no_notice": "children", "reason": "只为儿童申请"}
        third = self.account("third", "township_officer", unit="first")
        self.assertEqual([("/fields/no_notice", "somebody_aged")], self.codes(
            self.move(third, quiet, "skip_notice", "2025-07-04", ages_because="听说年纪小", **told)))
        self.moved(third, quiet, "skip_notice", "2025-07-04", **{**told, "no_notice": "urgent"})
        self.moved(self.county, quiet, "confirm", "2025-07-07", category="minimum_living_guarantee", amount=93600,
                   differs_because="按入户核实", unsigned_because="urgent")
        self.assertIsNone(self.posted(quiet))
        urgent = self.opened(self.village, "emergency", "2025-07-01", need="突发急病", found_by="discovered",
                             person_shown="约七十岁男子")
        self.moved(self.town, urgent, "propose", "2025-07-01", sum_proposed=100000, reason="急救费用")
        self.moved(self.county, urgent, "pay_agreed", "2025-07-01", amount=100000, paid_how="fund")
        listed = self.county.get(f"/api/v1/cases/{urgent}/papers").json["items"]
        self.assertEqual(["approval_form"], [one["paper"] for one in listed])

    # --- files

    def file(self, number, who=None):
        return self.fits("getCaseFile", (who or self.county).get(f"/api/v1/cases/{number}/file")).json

    def verified(self, number):
        return self.fits("verifyCaseFile", self.county.get(f"/api/v1/cases/{number}/file/verification")).json

    def test_a_case_has_its_file_once_it_is_closed(self):
        number = self.opened(self.town, "application", "2025-07-01", household=self.inside[0], **FORM)
        self.refused(self.county.get(f"/api/v1/cases/{number}/file"), 404, "archive_unsealed")
        self.refused(self.county.get(f"/api/v1/cases/{number}/archive"), 404, "archive_unsealed")
        self.refused(self.town("POST", f"/api/v1/cases/{number}/file"), 409, "case_open")
        self.moved(self.town, number, "withdraw", "2025-07-02", reason="本人撤回")
        told = self.file(number)
        self.assertEqual(("2025-07-02", 2, 1), (told["closed_on"], told["events"], told["number"]))
        self.assertEqual(told, self.fits("sealCaseFile", self.town("POST", f"/api/v1/cases/{number}/file")).json)
        self.refused(self.auditor("POST", f"/api/v1/cases/{number}/file"), 403, "not_allowed")

    def test_the_whole_file_is_read_by_a_script_that_knows_nothing_of_the_program(self):
        number = self.told_in_writing()
        told = self.fits("exportCaseFile", self.county.get(f"/api/v1/cases/{number}/archive"))
        self.assertIn("by-county.zip", told.headers["Content-Disposition"])
        self.assertEqual(told.body, self.county.get(f"/api/v1/cases/{number}/archive").body)
        with zipfile.ZipFile(io.BytesIO(told.body)) as whole:
            self.assertIsNone(whole.testzip())
            manifest = json.loads(whole.read("manifest.json"))
            self.assertEqual([item["name"] for item in manifest["items"]] + ["manifest.json"], whole.namelist())
            page = 1
            for item in manifest["items"]:
                content = whole.read(item["name"])
                self.assertEqual((item["bytes"], item["sha256"]), (len(content), hashlib.sha256(content).hexdigest()))
                if "sm3" in hashlib.algorithms_available:
                    self.assertEqual(item["sm3"], hashlib.new("sm3", content).hexdigest())
                if item["first_page"]:
                    self.assertEqual(page, item["first_page"])
                    page += item["pages"]
            self.assertEqual(manifest["pages"], page - 1)
            catalogue = words_of(whole.read("catalogue.pdf"))
            for said in ("社会救助申请书", "申请材料补正通", "附件1", "办理过程记录", "10年", f"{number}-1"):
                self.assertIn(said, catalogue)
            photo = next(item for item in manifest["items"] if item["kind"] == "attachment")
            self.assertEqual(PHOTO, whole.read(photo["name"]))
            events = json.loads(whole.read("events.json"))["events"]
            self.assertEqual(["register", "ask_papers", "complete", "decline", "serve"],
                             [event["move"] for event in events])
            self.assertEqual(["户口簿", "银行流水"], events[1]["fields"]["missing"])
            manifest_text = whole.read("manifest.json")
        self.assertEqual(self.file(number)["sha256"], hashlib.sha256(manifest_text).hexdigest())
        self.assertNotIn(self.people(self.inside[0])["head_name"], manifest_text.decode())

    def test_the_file_leaves_with_who_may_take_it_and_see_all_of_it(self):
        number = self.told_in_writing()
        path = f"/api/v1/cases/{number}/archive"
        self.refused(self.clerk.get(path), 403, "not_allowed")  # exports nothing
        self.fits("exportCaseFile", self.town.get(path))
        self.fits("exportCaseFile", self.auditor.get(path))
        warning = self.accepted("2025-07-01")
        self.moved(self.town, warning, "visit", "2025-07-02", outcome="false_", officers=["town", "colleague"],
                   note="不属实")
        self.moved(self.town, warning, "feed_back", "2025-07-02")
        self.moved(self.county, warning, "dismiss", "2025-07-02", reason="不属实")
        self.refused(self.monitor.get(f"/api/v1/cases/{warning}/archive"), 403, "not_allowed")  # sees no address whole
        looks = self.auditor.get("/api/v1/audit?limit=50").json["items"]
        self.assertTrue([one for one in looks if one["what"].startswith(f"case.file {number}-1 sm3 ")
                         and one["verb"] == "export" and one["user"] == "town"])

    def test_what_was_changed_behind_the_programs_back_is_noticed_and_does_not_leave(self):
        number = self.told_in_writing()
        self.assertTrue(self.verified(number)["sound"])
        self.sql(f"update casework_event set on_day = '2025-06-01' where case_id = {number} and number = 2")
        told = self.verified(number)
        self.assertEqual((False, False, True), (told["sound"], told["events_whole"], told["manifest_whole"]))
        self.sql(f"update casework_event set on_day = '2025-07-01' where case_id = {number} and number = 2")
        self.assertTrue(self.verified(number)["sound"])
        manifest = "update archive_file set manifest = replace(manifest, '{}', '{}') where case_id = " + number
        self.sql(manifest.format("2025-07-04", "2025-07-05"))
        self.assertFalse(self.verified(number)["manifest_whole"])
        self.sql(manifest.format("2025-07-05", "2025-07-04"))
        self.sql(f"update archive_item set content = (select content from archive_item where case_id = {number}"
                    f" and number = 1 and place = 3) where case_id = {number} and number = 1 and place = 2")
        told = self.verified(number)
        self.assertEqual("changed", told["items"][1]["check"])
        self.assertFalse(told["sound"])
        self.refused(self.county.get(f"/api/v1/cases/{number}/archive"), 409, "archive_damaged")
        self.sql(f"delete from casework_attachment where case_id = {number}")
        self.assertIn("missing", {item["check"] for item in self.verified(number)["items"]})

    def test_a_case_that_is_reopened_and_closed_again_has_a_second_file(self):
        number = self.accepted()
        self.moved(self.town, number, "visit", "2025-07-02", **{**SEEN, "outcome": "false_"})
        self.moved(self.town, number, "feed_back", "2025-07-02")
        self.moved(self.county, number, "dismiss", "2025-07-03", reason="不属实")
        self.assertEqual(1, self.file(number)["number"])
        self.moved(self.county, number, "reopen", "2025-07-04", reason="又有新情况")
        told = self.verified(number)
        self.assertEqual((True, 1), (told["sound"], told["events_since"]))
        self.refused(self.county("POST", f"/api/v1/cases/{number}/file"), 409, "case_open")
        self.moved(self.town, number, "visit", "2025-07-07", **{**SEEN, "outcome": "false_"})
        self.moved(self.town, number, "feed_back", "2025-07-07")
        self.moved(self.county, number, "dismiss", "2025-07-08", reason="不属实")
        self.assertEqual(2, self.file(number)["number"])
        self.assertTrue(self.verified(number)["sound"])


if __name__ == "__main__":
    main()
