# SPDX-License-Identifier: Apache-2.0
"""Whatever is made, sent again with its Idempotency-Key, is made once."""

from office import main
from papers_test import Signing, day, figure


class Once(Signing):
    def twice(self, who, path, body, status=201):
        """The same request twice; the second answer is the first one."""
        key = {"Idempotency-Key": f"key of {path}"}
        first, again = (who("POST", path, body, headers=key) for _ in range(2))
        self.assertEqual(status, first.status, str(first))
        self.assertEqual((status, first.body), (again.status, again.body), str(again))
        self.assertEqual((None, "true"), tuple(one.headers["Idempotency-Replayed"] for one in (first, again)))
        other = who("POST", path, {**body, "more": 1}, headers=key)
        self.refused(other, 422, "key_reused")
        return first.json

    def test_papers_proposals_holds_accounts_marks_and_assignments(self):
        code, persons = self.family()
        member = next(one for one in self.papers(code)["members"] if one["signs_as"] == "self")
        self.twice(self.worker, f"/api/v1/households/{code}/authorisations", {
            "person": member["person"], "signed_as": "supporter", "signer_name": "长子丁", "signed_on": day(-30),
            "until": day(30)})
        papers = next(one for one in self.papers(code)["members"] if one["person"] == member["person"])["papers"]
        self.assertEqual(["长子丁"], [paper["signer_name"] for paper in papers])
        made = self.twice(self.worker, "/api/v1/proposals", {
            "kind": "figures", "reason": "新年度标准核对", "figures": [figure("700.00", "2040-01-01")]})
        open_ones = [one["id"] for one in self.worker.get("/api/v1/proposals").json["items"]]
        self.assertEqual([made["id"]], [one for one in open_ones if int(one) >= int(made["id"])])
        self.twice(self.admin, "/api/v1/holds", {"reason": "诉讼 9 号"})
        held = [hold["reason"] for hold in self.admin.get("/api/v1/holds").json["items"]]
        self.assertEqual(1, held.count("诉讼 9 号"))
        self.twice(self.admin, "/api/v1/accounts", {
            "name": "once", "full_name": "once", "first_password": "for the first 1 day", "roles": ["village_worker"],
            "unit": "first", "department": ""})
        self.twice(self.worker, f"/api/v1/households/{code}/protections", {
            "person": persons[0], "reason": "告诫书", "from": day(0)})
        self.twice(self.other, "/api/v1/assignments", {
            "account": "worker", "households": [code], "case": "LC-9", "from": day(0)})
        if not self.cluster:  # the answers that are remembered are sealed as all else is
            data = b"".join(path.read_bytes() for path in (self.root / "office").glob("doudi.sqlite*"))
            self.assertNotIn("长子丁".encode(), data)

    def test_what_is_shown_once_is_not_shown_again_and_not_made_again(self):
        key = {"Idempotency-Key": "a token"}
        body = {"title": "接口", "role": "department_machine", "unit": "hr", "department": "hr", "until": day(30)}
        before = len(self.admin.get("/api/v1/tokens").json["items"])
        first = self.admin("POST", "/api/v1/tokens", body, headers=key)
        self.fits("issueToken", first, 201)
        self.refused(self.admin("POST", "/api/v1/tokens", body, headers=key), 409, "made_already")
        self.assertEqual(before + 1, len(self.admin.get("/api/v1/tokens").json["items"]))

    def test_what_was_refused_may_be_tried_again_with_its_key_and_what_was_interrupted_may_not(self):
        code, persons = self.family()
        path, key = f"/api/v1/households/{code}/protections", {"Idempotency-Key": "a mark"}
        body = {"person": persons[0], "reason": " ", "from": day(0)}
        self.assertEqual(422, self.worker("POST", path, body, headers=key).status)
        body["reason"] = "告诫书"
        self.fits("protectPerson", self.worker("POST", path, body, headers=key), 201)
        self.sql("update stored_answer set status = 0, body = '' where answer_key = 'a mark'")
        self.refused(self.worker("POST", path, body, headers=key), 409, "key_in_use")


if __name__ == "__main__":
    main()
