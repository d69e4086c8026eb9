# SPDX-License-Identifier: Apache-2.0
"""Nothing of casework is lost, doubled or decided by itself: many officers at one case at the same moment, a server
that is killed while forms come in and is asked again, a late form that outlives it, a law that changes mid-case."""
import http.client
import re
import shutil
import signal
import threading

from cases_test import Office, SEEN
from office import SOURCE, Served, eventually, main
from workbook_test import FILLED, SHEET
from xlsx import Book, written

TOGETHER = 6


def at_once(*works):
    """What each gives, all begun at the same moment."""
    gate, answers = threading.Barrier(len(works)), [None] * len(works)

    def run(at, work):
        gate.wait()
        try:
            answers[at] = work()
        except (OSError, http.client.HTTPException) as error:  # a server that was killed says nothing
            answers[at] = error
    threads = [threading.Thread(target=run, args=item) for item in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


class Together(Office):
    def visit(self, **more):
        return {"move": "visit", "on": "2025-07-02", "fields": {**SEEN, **more}}

    def visits(self, number):
        return [e for e in self.case(self.county, number)["events"] if e["move"] == "visit"]

    def test_of_officers_who_move_one_case_at_the_same_moment_one_does(self):
        number = self.accepted()
        seen = self.town.get(f"/api/v1/cases/{number}").headers["ETag"]
        who = [self.town, self.colleague] * (TOGETHER // 2)
        answers = at_once(*(lambda c=client, n=n: c("POST", f"/api/v1/cases/{number}/moves",
                                                    self.visit(note=f"记录{n}"), headers={"If-Match": seen})
                            for n, client in enumerate(who)))
        codes = sorted(answer.status for answer in answers)
        self.assertEqual(200, codes[0], [str(answer) for answer in answers])
        self.assertLessEqual(set(codes[1:]), {409, 412})
        won = next(n for n, answer in enumerate(answers) if answer.status == 200)
        self.assertEqual([[f"记录{won}"]], [e["fields"]["note"] for e in self.visits(number)])

    def test_one_form_that_is_sent_many_times_at_once_is_one_event(self):
        number = self.accepted()
        knock = {"client_key": next(self.keys), "on": "2025-07-02",
                 "answers": [{"case": number, "move": "visit", "fields": SEEN}]}
        answers = at_once(*(lambda: self.town("POST", "/api/v1/knocks", knock) for _ in range(TOGETHER)))
        told = sorted(answer.json["items"][0]["outcome"] for answer in answers)
        self.assertEqual(["already_there"] * (TOGETHER - 1) + ["made"], told)
        self.assertEqual(1, len(self.visits(number)))

    def test_two_forms_of_two_phones_at_once_are_one_event_and_one_for_a_person(self):
        number = self.accepted()
        forms = [{"client_key": next(self.keys), "on": "2025-07-02", "answers": [
            {"case": number, "move": "visit", "fields": {**SEEN, "note": note}}]} for note in ("甲", "乙")]
        answers = at_once(lambda: self.town("POST", "/api/v1/knocks", forms[0]),
                          lambda: self.colleague("POST", "/api/v1/knocks", forms[1]))
        self.assertEqual(["kept_late", "made"], sorted(a.json["items"][0]["outcome"] for a in answers))
        told = self.case(self.county, number)
        notes = [e["fields"]["note"][0] for e in self.visits(number)] + [f["fields"]["note"][0] for f in told["late"]]
        self.assertEqual(["乙", "甲"], sorted(notes))

    def test_two_who_take_one_workbook_at_once_make_each_move_once(self):
        number = self.accepted()
        rows = Book(self.town.get("/api/v1/cases/workbook?machine=warning&state=accepted").body).rows(SHEET)
        row = next(row for row in rows if row[1] == number)
        for heading, text in FILLED.items():
            row[rows[0].index(heading)] = text
        book = self.town("POST", "/api/v1/workbooks?machine=warning", raw=written(rows, SHEET),
                         headers={"Content-Type": "application/octet-stream"}).json
        take = {"verdict": "take", "part": "rows", "rows": [1]}
        answers = at_once(*(lambda c=client: c("POST", f"/api/v1/workbooks/{book['id']}/approval", take)
                            for client in (self.town, self.colleague) * (TOGETHER // 2)))
        self.assertEqual({("made", 4)}, {(a.json["items"][0]["outcome"], a.json["items"][0]["event"]) for a in answers})
        self.assertEqual(1, len(self.visits(number)))


class Killed(Office):
    """The server ends by kill -9 while forms come in; the phones do not know what became of theirs and send again."""

    def again(self):
        type(self).served = Served(self.program, "office", *self.arguments)
        for client in (self.admin, self.county, self.town, self.colleague):
            client.port = self.served.port

    def test_whatever_was_under_way_is_there_once_after_it_was_sent_again(self):
        numbers = [self.accepted() for _ in range(3)]
        knocks = [{"client_key": next(self.keys), "on": "2025-07-02", "answers": [
            {"case": number, "move": "visit", "fields": SEEN}]} for number in numbers]
        late = {"client_key": next(self.keys), "on": "2025-07-02", "answers": [
            {"case": numbers[0], "move": "visit", "fields": {**SEEN, "outcome": "false_"}}]}
        self.town("POST", "/api/v1/knocks", knocks[0])
        self.assertEqual("kept_late", self.colleague("POST", "/api/v1/knocks", late).json["items"][0]["outcome"])

        def send(knock):
            return self.town("POST", "/api/v1/knocks", knock)
        answers = at_once(*(lambda k=knock: send(k) for knock in knocks),
                          lambda: self.served.run.send_signal(signal.SIGKILL))
        acknowledged = [not isinstance(answer, Exception) for answer in answers[:3]]
        self.served.run.wait(40)
        self.served.run.stdout.close()
        self.again()
        for knock, was in zip(knocks, acknowledged, strict=True):
            outcome = send(knock).json["items"][0]["outcome"]
            self.assertIn(outcome, ("already_there",) if was else ("already_there", "made"))
            self.assertEqual("already_there", send(knock).json["items"][0]["outcome"])
        for number in numbers:
            told = self.case(self.county, number)
            self.assertEqual(("verified", 1), (told["state"], sum(e["move"] == "visit" for e in told["events"])))
            self.assertEqual(["true_"], told["events"][-1]["fields"]["outcome"])
        # The late form waits for a person still, and has decided nothing.
        told = self.case(self.county, numbers[0])
        self.assertEqual([["false_"]], [form["fields"]["outcome"] for form in told["late"]])
        self.assertEqual("kept_late", self.colleague("POST", "/api/v1/knocks", late).json["items"][0]["outcome"])
        self.assertEqual(1, len(self.case(self.county, numbers[0])["late"]))


class AnotherLaw(Office):
    """From the 8th of July on the explanation after emergency help is due in five working days, not ten, and whoever
    reports on a task says why."""
    @classmethod
    def serve(cls):
        home = cls.root / "law"
        for part in ("packs", "datasets", "calendar", "access", "papers"):
            shutil.copytree(SOURCE / part, home / part)
        cls.program.home = home
        super().serve()

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.monitor = cls.account("monitor", "city_monitor_officer")
        cls.approver = cls.account("approver", "city_monitor_officer")

    def enact(self, day):
        proposal = self.monitor("POST", "/api/v1/proposals", {"kind": "pack", "reason": "换版", "pack": "guangdong-2021",
                                                              "from": day})
        self.assertEqual(201, proposal.status, str(proposal))
        number = proposal.json["id"]
        for answer in (self.approver("POST", f"/api/v1/proposals/{number}/decision",
                                     {"approved": True, "payload_hash": proposal.json["payload_hash"]}),
                       self.monitor("POST", f"/api/v1/proposals/{number}/execution")):
            self.assertIn(answer.status, (200, 201, 204), str(answer))
        # A law that changed is read anew, which a slow machine may not do within one request.
        for opened_on in ("2025-07-01", "2025-07-08"):
            self.assertTrue(eventually(lambda on=opened_on: self.report(on).status == 201))

    def report(self, day):
        return self.village("POST", "/api/v1/cases", {
            "machine": "emergency", "on": day, "fields": {"need": "外来人员突发急病", "found_by": "discovered",
                                                          "person_shown": "无证件男子，约五十岁"}})

    def change_the_law(self):
        packs = self.program.home / "packs"
        routes = packs / "national/routes.yaml"
        text = routes.read_text(encoding="utf-8")
        changed = re.sub(r"(id: explanation,.*?days: )10", r"\g<1>5", text, count=1)
        self.assertNotEqual(text, changed)
        routes.write_text(changed, encoding="utf-8")
        (packs / "guangdong-2021/procedures/task.yaml").write_text(
            "# SPDX-License-Identifier: Apache-2.0\nmoves:\n"
            "  - {id: task.report, inherit: true, needs: [note, reason], cite: 四(二)}\n", encoding="utf-8")

    def emergency(self, day):
        number = self.fits("openCase", self.report(day), 201).json["case"]
        self.moved(self.town, number, "propose", day, sum_proposed=100000, reason="急救费用")
        self.moved(self.county, number, "pay_agreed", day, amount=100000, paid_how="fund")
        return number

    def explanation_due(self, number):
        return next(c["due_on"] for c in self.case(self.county, number, "2025-07-09")["clocks"]
                    if c["id"] == "explanation")

    def task(self, day):
        return self.opened(self.county, "task", day, household=self.inside[0], to_unit="first",
                           instruction="补充材料", due_on="2025-07-20")

    def test_an_old_case_ends_by_the_old_law_and_a_new_one_by_the_new(self):
        self.enact("2025-01-01")
        old, old_task = self.emergency("2025-07-01"), self.task("2025-07-01")
        self.change_the_law()
        self.enact("2025-07-08")
        new, new_task = self.emergency("2025-07-08"), self.task("2025-07-08")
        self.assertEqual("2025-07-15", self.explanation_due(old))  # ten working days from the 1st
        self.assertEqual("2025-07-15", self.explanation_due(new))  # five from the 8th
        versions = [self.case(self.county, number)["pack_version"] for number in (old, new)]
        self.assertNotEqual(*versions)
        # What the new law asks for, the old one does not take; and the other way round.
        self.assertEqual([("/fields/reason", "field_unknown")],
                         self.codes(self.move(self.town, old_task, "report", "2025-07-09", note="已补", reason="按时")))
        self.assertEqual([("/fields/reason", "field_missing")],
                         self.codes(self.move(self.town, new_task, "report", "2025-07-09", note="已补")))
        self.moved(self.town, old_task, "report", "2025-07-09", note="已补")
        self.moved(self.town, new_task, "report", "2025-07-09", note="已补", reason="按时")
        for number in (old_task, new_task):
            self.assertEqual("closed", self.moved(self.county, number, "close", "2025-07-10")["state"])


if __name__ == "__main__":
    main()
