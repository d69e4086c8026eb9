# SPDX-License-Identifier: Apache-2.0
"""What a citizen lets offices check: signed at a screen, seen, revoked by whoever signed it. Through the running
server."""
import datetime

from office import main
from papers_test import Signing, day


class MyAuthorisations(Signing):
    def grown_ups(self):
        """A household of several with two adults and papers of nobody."""
        while True:
            code, _ = self.family()
            adults = [one["person"] for one in self.papers(code)["members"] if one["signs_as"] == "self"]
            if len(adults) > 1 and self.papers(code)["missing"] == len(self.papers(code)["members"]):
                return code, adults

    def mine(self, citizen):
        return self.fits("listMyAuthorisations", citizen.get("/api/v1/my/authorisations")).json

    def sign_mine(self, citizen, **body):
        return citizen("POST", "/api/v1/my/authorisations", body)

    def test_a_citizen_signs_at_a_screen_for_themselves_and_revokes_it(self):
        code, (one, other, *_) = self.grown_ups()
        missing = self.papers(code)["missing"]
        citizen = self.citizen(one)
        before = self.mine(citizen)
        self.assertEqual(("self", "none", []), (before["signs_as"], before["answer"], before["items"]))
        for body, pointer in (({"until": day(30)}, "/agrees"), ({"until": day(30), "agrees": False}, "/agrees"),
                              ({"agrees": True}, "/until")):
            told = self.refused(self.sign_mine(citizen, **body), 422, "fields")
            self.assertEqual([pointer], [error["pointer"] for error in told["errors"]])
        self.refused(self.sign_mine(citizen, until=day(0), agrees=True), 422, "authorisation_days")
        last = datetime.date.fromisoformat(before["until_at_most"])
        beyond = (last + datetime.timedelta(days=1)).isoformat()
        self.refused(self.sign_mine(citizen, until=beyond, agrees=True), 422, "authorisation_term")
        made = self.fits("signMyAuthorisation", self.sign_mine(citizen, until=last.isoformat(), agrees=True), 201).json
        self.assertEqual(("me", "self", True, True, True),
                         tuple(made[key] for key in ("of", "signed_as", "by_me", "online", "revocable")))
        self.assertEqual("covered", self.mine(citizen)["answer"])
        self.assertEqual(missing - 1, self.papers(code)["missing"])
        paper = next(member for member in self.papers(code)["members"] if member["person"] == one)["papers"][0]
        self.assertEqual((made["id"], one, "online"), (paper["id"], paper["signer"], paper["paper"]))
        # Another adult of the home neither sees it nor revokes it.
        theirs = self.citizen(other)
        self.assertEqual([], self.mine(theirs)["items"])
        path = f"/api/v1/my/authorisations/{made['id']}/revocation"
        self.refused(theirs("POST", path), 404, "authorisation_unknown")
        revoked = self.fits("revokeMyAuthorisation", citizen("POST", path)).json
        self.assertEqual((day(0), False), (revoked["revoked_on"], revoked["revocable"]))
        self.assertEqual("revoked", self.mine(citizen)["answer"])
        self.assertEqual(missing, self.papers(code)["missing"])
        self.refused(citizen("POST", path), 409, "authorisation_not_revocable")
        self.fits("signMyAuthorisation", self.sign_mine(citizen, until=day(30), agrees=True), 201)
        self.assertEqual("covered", self.mine(citizen)["answer"])

    def test_who_signed_for_another_revokes_it_and_nobody_else(self):
        code, (one, other, *_) = self.grown_ups()
        made = self.fits("recordAuthorisation", self.sign(
            code, one, signed_as="guardian", signer=other, paper="监护证明", ward_paper="法院判决 4 号"), 201).json
        ward, guardian = self.citizen(one), self.citizen(other)
        path = f"/api/v1/my/authorisations/{made['id']}/revocation"
        self.assertEqual([("me", False, False)],
                         [(item["of"], item["by_me"], item["revocable"]) for item in self.mine(ward)["items"]])
        self.refused(ward("POST", path), 409, "authorisation_not_revocable")
        self.assertEqual([("another", True, True)],
                         [(item["of"], item["by_me"], item["revocable"]) for item in self.mine(guardian)["items"]])
        self.assertEqual("none", self.mine(guardian)["answer"])  # of their own means nothing was signed
        self.fits("revokeMyAuthorisation", guardian("POST", path))
        self.assertEqual("revoked", self.mine(ward)["answer"])

    def test_nobody_but_a_citizen_has_papers_of_their_own(self):
        self.refused(self.worker.get("/api/v1/my/authorisations"), 403, "not_a_citizen")
        self.refused(self.sign_mine(self.worker, until=day(30), agrees=True), 403, "not_a_citizen")
        self.refused(self.auditor("POST", "/api/v1/my/authorisations/1/revocation"), 403, "not_allowed")


if __name__ == "__main__":
    main()
