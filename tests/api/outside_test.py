# SPDX-License-Identifier: Apache-2.0
"""Signing in by an identity that others vouch for, against a small provider: staff by a link or an invitation, citizens
by the number that the provider tells; and everything that such a sign-in must refuse."""
import csv
import re
import subprocess
import tempfile
import threading
import time
import unittest
from pathlib import Path

from office import Case, Client, Program, Served, enter, main
from provider import CLIENT, SECRET, Key, Provider, hmac_with
from schema import Api

PATH = "/api/v1/session/outside"
LIMITS = "{seconds: 4, bytes: 262144, skew: 60, fresh: 3600, fresh_keys: 1, at_once: 2}"


def provider_yaml(ident, issuer, who="[staff, citizen]", more=""):
    return f"""  - id: {ident}
    title: {{zh: 省统一身份认证, en: Provincial identity}}
    issuer: {issuer}
    client_id: {CLIENT}
    client_secret_file: client.secret
    return_to: https://office.example/sign-in/return
    scopes: [openid, profile]
    for: {who}
    number_claim: id_card
    limits: {LIMITS}
{more}"""


def write_secret(folder):
    secret = folder / "client.secret"
    secret.write_text(SECRET + "\n", encoding="utf-8")
    secret.chmod(0o600)


class Guest(Client):
    """A browser that goes to a provider and comes back."""
    way_cookie = None

    def begin(self, provider="province", **body):
        answer = self("POST", f"{PATH}/{provider}", body)
        if answer.status == 200:
            self.way_cookie = re.match(r"doudi_outside=([^;]+)", answer.headers["Set-Cookie"])[1]
            self.set_cookie = answer.headers["Set-Cookie"]
        return answer

    def come_back(self, code, state, **more):
        sent = {"Cookie": f"doudi_outside={self.way_cookie}"} if self.way_cookie else {}
        answer = self("POST", PATH, {"code": code, "state": state, **more}, headers=sent)
        if answer.status == 200:
            self.cookie = re.search(r"doudi_session=([^;]+)", str(answer.headers))[1]
            self.csrf = answer.json["csrf"]
        return answer


class Outside(Case):
    @classmethod
    def setUpClass(cls):
        cls.provider, cls.crowd = Provider(), Provider()
        super().setUpClass()
        cls.api = Api(cls.admin.get("/api/v1/openapi.json").json)
        cls.program.must("synth", "--residents", "2000", "--seed", "3", "--style", "csv", "plain")
        cls.people = []
        for path in sorted((cls.root / "plain" / "registry").iterdir()):
            with path.open(encoding="utf-8-sig", newline="") as file:
                for row in csv.DictReader(file):
                    if re.fullmatch(r"\d{17}[\dX]", row.get("身份证号码") or ""):
                        cls.people.append((row["户编号"], row["身份证号码"]))
        cls.auditor = cls.account("auditor", "auditor")

    @classmethod
    def serve(cls):
        write_secret(cls.root)
        (cls.root / "oidc.yaml").write_text(
            "# SPDX-License-Identifier: Apache-2.0\nproviders:\n" + provider_yaml("province", cls.provider.issuer) +
            provider_yaml("crowd", cls.crowd.issuer, "[citizen]"), encoding="utf-8")
        cls.arguments = ("--oidc", cls.root / "oidc.yaml", "--workers", "3")
        super().serve()

    @classmethod
    def tearDownClass(cls):
        super().tearDownClass()
        cls.provider.stop()
        cls.crowd.stop()

    def setUp(self):
        self.provider.slow, self.provider.huge = 0.0, ""

    def guest(self):
        return Guest(self.served.port)

    def fits(self, operation, answer, status=200):
        self.assertEqual(status, answer.status, str(answer))
        self.assertEqual([], self.api.faults_of(operation, answer))
        return answer

    def refused(self, answer, status, code):
        self.assertEqual((status, code), (answer.status, answer.json["code"]), str(answer))
        return answer

    def person(self, name, role="township_officer"):
        """A person of staff whose identity is linked."""
        self.admin("POST", "/api/v1/accounts", {"name": name, "full_name": name, "roles": [role], "unit": "first",
                                                "first_password": "for the first 1 day"})
        return self.fits("linkOutside", self.admin("PUT", f"/api/v1/accounts/{name}/outside/province",
                                                   {"subject": f"sub-of-{name}"}))

    def signed_in(self, subject, **wrong):
        guest = self.guest()
        url = guest.begin().json["url"]
        return guest, guest.come_back(*self.provider.agree(url, subject, **wrong))

    def doors(self):
        looks = self.auditor.get("/api/v1/audit?limit=200").json["items"]
        return [look for look in looks if look["thing"] == "session"]


class People(Outside):
    def test_the_providers_are_told_to_whoever_stands_at_the_door(self):
        listed = self.fits("listOutside", self.guest().get(PATH)).json["items"]
        self.assertEqual([("province", ["staff", "citizen"]), ("crowd", ["citizen"])],
                         [(one["id"], one["for"]) for one in listed])
        self.refused(self.guest().begin("nowhere"), 404, "no_such_provider")

    def test_staff_enter_by_an_identity_that_an_administrator_linked(self):
        self.person("li")
        guest = self.guest()
        self.fits("beginOutside", guest.begin())
        for word in ("HttpOnly", "SameSite=Strict", "Path=/api/v1/session/outside"):
            self.assertIn(word, guest.set_cookie)
        guest, answer = self.signed_in("sub-of-li")
        self.fits("signInOutside", answer)
        self.assertEqual(("staff", "li", "full"), tuple(answer.json[k] for k in ("kind", "user", "stage")))
        self.assertEqual(200, guest.get("/api/v1/households").status)
        guest, answer = self.signed_in("sub-of-li", key=self.provider.keys[1])
        self.assertEqual(200, answer.status, "a key on a curve does as well")
        self.assertEqual(["signed in by outside identity; " + self.provider.issuer] * 2,
                         [look["what"] for look in self.doors() if look["user"] == "li"])

    def test_a_role_with_a_second_factor_owes_it_here_too(self):
        self.person("boss", "county_caseworker")
        _, answer = self.signed_in("sub-of-boss")
        self.assertEqual("needs_second_factor", answer.json["stage"])

    def test_who_is_unlinked_or_locked_enters_no_more_and_is_out_at_once(self):
        self.person("zhao")
        guest, _ = self.signed_in("sub-of-zhao")
        links = self.fits("listOutsideLinks", self.admin.get("/api/v1/accounts/zhao/outside")).json["items"]
        self.assertEqual([("province", "sub-of-zhao")], [(one["provider"], one["subject"]) for one in links])
        self.assertEqual(204, self.admin("DELETE", "/api/v1/accounts/zhao/outside/province").status)
        self.refused(guest.get("/api/v1/households"), 401, "session_ended")
        self.refused(self.signed_in("sub-of-zhao")[1], 403, "outside_not_linked")
        self.refused(self.admin("DELETE", "/api/v1/accounts/zhao/outside/province"), 404, "no_such_link")
        self.person("qian")
        tag = self.admin.get("/api/v1/accounts/qian").headers["ETag"]
        self.admin("PUT", "/api/v1/accounts/qian", {"roles": ["township_officer"], "unit": "first", "active": False},
                   headers={"If-Match": tag})
        locked, unknown = (self.signed_in(subject)[1] for subject in ("sub-of-qian", "sub-of-nobody"))
        self.refused(locked, 403, "outside_not_linked")
        self.assertEqual(locked.json["detail"], unknown.json["detail"])

    def test_an_identity_is_of_one_account_and_no_link_is_taken_from_another(self):
        self.person("sun")
        self.person("wu")
        self.refused(self.admin("PUT", "/api/v1/accounts/wu/outside/province", {"subject": "sub-of-sun"}), 409,
                     "subject_linked")
        self.assertEqual("sun", self.signed_in("sub-of-sun")[1].json["user"])
        self.refused(self.admin("PUT", "/api/v1/accounts/first/outside/province", {"subject": "x"}), 403,
                     "own_account")
        body = self.admin("PUT", "/api/v1/accounts/wu/outside/crowd", {"subject": "x"})
        self.assertEqual((422, "not_for_staff"), (body.status, body.json["errors"][0]["code"]))

    def test_an_invitation_links_whoever_comes_back_with_it_once(self):
        self.admin("POST", "/api/v1/accounts", {"name": "zhou", "full_name": "z", "roles": ["village_worker"],
                                                "unit": "first", "first_password": "for the first 1 day"})
        earlier = self.admin("POST", "/api/v1/accounts/zhou/invitations").json["code"]
        made = self.fits("inviteAccount", self.admin("POST", "/api/v1/accounts/zhou/invitations"), 201)
        code = made.json["code"]

        def by(invitation, subject, provider=self.provider, ident="province"):
            guest = self.guest()
            url = guest.begin(ident, invitation=invitation).json["url"]
            return guest.come_back(*provider.agree(url, subject))

        self.refused(by(earlier, "sub-of-zhou"), 401, "invitation_refused")  # a newer one was made
        self.refused(by(code, "sub-of-zhou", self.crowd, "crowd"), 403, "outside_not_linked")
        self.assertEqual("zhou", by(code.lower().replace("-", " "), "sub-of-zhou").json["user"])
        self.refused(by(code, "another"), 401, "invitation_refused")
        self.assertEqual("zhou", self.signed_in("sub-of-zhou")[1].json["user"])
        said = [look["what"] for look in self.doors() if look["user"] == "zhou"]
        self.assertIn("outside identity linked by invitation; " + self.provider.issuer, said)

    def test_a_citizen_enters_by_the_number_that_the_provider_tells_and_sees_their_own(self):
        household, number = self.people[10]
        guest, answer = self.signed_in("citizen-1", id_card=number)
        self.fits("signInOutside", answer)
        self.assertEqual(("citizen", "full"), (answer.json["kind"], answer.json["stage"]))
        self.assertEqual([household], [item["code"] for item in guest.pages("/api/v1/households")])
        other = next(code for code, _ in self.people if code != household)
        self.refused(guest.get(f"/api/v1/households/{other}"), 404, "no_such_household")
        self.assertEqual(200, guest.get("/api/v1/my/looks").status)
        for claims in ({}, {"id_card": ""}, {"id_card": "441699190001010000"}, {"id_card": 7}, {"name": "someone"}):
            self.refused(self.signed_in("citizen-2", **claims)[1], 403, "outside_not_linked")
        # What the provider says today counts, not what it said once.
        self.refused(self.signed_in("citizen-1")[1], 403, "outside_not_linked")
        household, number = self.people[30]
        guest, _ = self.signed_in("citizen-1", id_card=number)
        self.assertEqual([household], [item["code"] for item in guest.pages("/api/v1/households")])
        self.assertNotIn(number, self.served.log())
        self.assertNotIn(number.encode(), self.auditor.get("/api/v1/audit?limit=200").body)

    def test_a_provider_for_citizens_lets_no_staff_in(self):
        self.person("zheng")
        guest = self.guest()
        url = guest.begin("crowd").json["url"]
        self.refused(guest.come_back(*self.crowd.agree(url, "sub-of-zheng")), 403, "outside_not_linked")


class Refusals(Outside):
    def test_a_token_that_fails_any_check_proves_nothing(self):
        self.person("li")
        first, curve = self.provider.keys
        stranger = Key("first")
        now = int(time.time())
        none = {"head": {"alg": "none"}, "sign": lambda text: b""}
        wrong = {
            "nonce": [{"nonce": "another"}, {"drop": ["nonce"]}, {"nonce": ["a"]}],
            "exp": [{"exp": now - 61}, {"drop": ["exp"]}, {"exp": "tomorrow"}],
            "iat": [{"iat": now + 120}, {"drop": ["iat"]}],
            "nbf": [{"nbf": now + 120}],
            "iss": [{"iss": "https://another.example"}, {"iss": self.provider.issuer + "/"}, {"drop": ["iss"]}],
            "aud": [{"aud": "another"}, {"aud": []}, {"aud": [CLIENT, "another"]}, {"drop": ["aud"]}],
            "azp": [{"azp": "another"}, {"aud": [CLIENT, "another"], "azp": "another"}],
            "sub": [{"sub": ""}, {"sub": 7}, {"sub": "x" * 256}],
            "alg": [none, {"head": {"alg": "None"}, "sign": lambda text: b""},
                    {"head": {"alg": "HS256"}, "sign": hmac_with(first.pem())},
                    {"head": {"alg": "HS256"}, "sign": hmac_with(SECRET.encode())},
                    {"head": {"alg": "RS512"}}, {"head": {"alg": None}}],
            "kid": [{"head": {"kid": "curve"}}, {"head": {"kid": "odd"}}, {"head": {"kid": "nobody's"}}],
            "crit": [{"head": {"crit": ["exp"]}}],
            "signature": [{"key": stranger}, {"sign": lambda text: b""}, {"sign": lambda text: first.sign(text + b" ")},
                          {"sign": lambda text: first.sign(text)[:-1]},
                          {"key": curve, "sign": lambda text: bytes(64)},
                          {"key": curve, "sign": lambda text: curve.sign(text)[::-1]}],
        }
        for check, ways in wrong.items():
            for way in ways:
                with self.subTest(check, way=str(way)[:80]):
                    guest, answer = self.signed_in("sub-of-li", **way)
                    self.refused(answer, 401, "outside_refused")
                    self.assertNotIn(check, answer.json["detail"].split())  # what failed is for the log alone
                    self.assertEqual(f"refused: outside identity province; outside_token {check}",
                                     self.doors()[0]["what"])
                    self.refused(guest.get("/api/v1/session"), 401, "sign_in")
        self.assertEqual(200, self.signed_in("sub-of-li", aud=[CLIENT, "b"], azp=CLIENT)[1].status)
        self.assertEqual(200, self.signed_in("sub-of-li", exp=now - 30)[1].status, "clocks may lie a little apart")

    def test_what_comes_back_is_taken_once_and_from_the_browser_that_went(self):
        self.person("li")
        guest = self.guest()
        code, state = self.provider.agree(guest.begin().json["url"], "sub-of-li")
        other = self.guest()
        other.begin()
        self.refused(other.come_back(code, state), 401, "outside_state")
        nobody = self.guest()
        self.refused(nobody.come_back(code, state), 401, "outside_state")
        self.assertEqual(200, guest.come_back(code, state).status)
        self.refused(guest.come_back(code, state), 401, "outside_state")
        self.refused(guest.come_back(code, "made up"), 401, "outside_state")
        # A code of someone else's sign-in does not fit the verifier of this browser.
        victim, thief = self.guest(), self.guest()
        stolen, _ = self.provider.agree(victim.begin().json["url"], "sub-of-li")
        _, own = self.provider.agree(thief.begin().json["url"], "thief")
        self.refused(thief.come_back(stolen, own), 401, "outside_refused")
        self.assertEqual("refused: outside identity province; outside_code code", self.doors()[0]["what"])

    def test_another_issuer_does_not_answer_for_the_one_that_was_asked(self):
        self.person("li")
        for issuer, status in (("https://another.example", 401), (self.provider.issuer, 200)):
            guest = self.guest()
            code, state = self.provider.agree(guest.begin().json["url"], "sub-of-li")
            self.assertEqual(status, guest.come_back(code, state, iss=issuer).status)

    def test_new_keys_are_fetched_and_made_up_ones_not_again_and_again(self):
        self.person("li")
        self.assertEqual(200, self.signed_in("sub-of-li")[1].status)
        fresh = Key("second")
        self.provider.published = [fresh]
        time.sleep(1.1)  # fresh_keys of the file
        self.assertEqual(200, self.signed_in("sub-of-li", key=fresh)[1].status)
        self.refused(self.signed_in("sub-of-li", key=Key("first"))[1], 401, "outside_refused")
        asked, begun = self.provider.counts["/keys"], time.monotonic()
        for _ in range(5):
            self.refused(self.signed_in("sub-of-li", head={"kid": "made up"})[1], 401, "outside_refused")
        self.assertLessEqual(self.provider.counts["/keys"] - asked, time.monotonic() - begun + 1)
        self.provider.published = list(self.provider.keys)
        time.sleep(1.1)
        self.assertEqual(200, self.signed_in("sub-of-li")[1].status)

    def test_a_provider_that_is_slow_holds_up_nobody_else(self):
        self.person("li")
        guests = [self.guest() for _ in range(6)]
        came = [(guest, *self.provider.agree(guest.begin().json["url"], "sub-of-li")) for guest in guests]
        self.provider.slow = 30
        answers = []

        def come(guest, code, state):
            begun = time.monotonic()
            answers.append((guest.come_back(code, state), time.monotonic() - begun))

        threads = [threading.Thread(target=come, args=one) for one in came]
        for thread in threads:
            thread.start()
        time.sleep(0.3)
        begun = time.monotonic()
        for _ in range(5):
            self.assertEqual(200, self.auditor.get("/api/v1/households?limit=1").status)
        self.assertLess(time.monotonic() - begun, 3)
        for thread in threads:
            thread.join()
        codes = sorted(answer.json["code"] for answer, _ in answers)
        self.assertEqual(["busy"] * 4 + ["outside_unreachable"] * 2, codes)  # at_once of the file
        for answer, took in answers:
            self.assertEqual(503, answer.status)
            self.assertIn("Retry-After", answer.headers)
            self.assertLess(took, 12)
        self.provider.slow = 0.0
        self.assertEqual(200, self.signed_in("sub-of-li")[1].status)

    def test_an_answer_without_end_is_not_read_to_its_end(self):
        self.person("li")
        guest = self.guest()
        code, state = self.provider.agree(guest.begin().json["url"], "sub-of-li")
        self.provider.huge = "/token"
        self.refused(guest.come_back(code, state), 503, "outside_answer")
        self.provider.huge = ""
        self.assertEqual(200, self.signed_in("sub-of-li")[1].status)


class Alone(unittest.TestCase):
    """Offices of their own: a provider that is down, one behind TLS, files that are wrong."""

    def setUp(self):
        self.made = tempfile.TemporaryDirectory(prefix="doudi-outside-")
        self.root = Path(self.made.name)
        self.program = Program(Case.binary, self.root)
        self.program.office("office")
        write_secret(self.root)

    def tearDown(self):
        self.made.cleanup()

    def write(self, *providers):
        (self.root / "oidc.yaml").write_text("providers:\n" + "".join(providers), encoding="utf-8")

    def served(self, *arguments):
        served = Served(self.program, "office", "--oidc", self.root / "oidc.yaml", *arguments)
        self.addCleanup(served.stop)
        return served

    def test_a_provider_that_is_down_keeps_nobody_else_out(self):
        provider = Provider()
        issuer = provider.issuer
        provider.stop()
        self.write(provider_yaml("province", issuer))
        served = self.served("--first-administrator", "first")
        first = re.search(r": (\w+)$", served.next_line().strip())[1]
        answer = Guest(served.port).begin()
        self.assertEqual((503, "outside_unreachable"), (answer.status, answer.json["code"]))
        self.assertNotIn("127.0.0.1", answer.json["detail"])
        self.assertIn("Retry-After", answer.headers)
        enter(Client(served.port), "first", first)

    def test_a_certificate_is_checked(self):
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                        "-keyout", "key.pem", "-out", "cert.pem", "-days", "2", "-subj", "/CN=localhost", "-addext",
                        "subjectAltName=IP:127.0.0.1"], cwd=self.root, check=True, capture_output=True)
        provider = Provider((self.root / "cert.pem", self.root / "key.pem"))
        self.addCleanup(provider.stop)
        self.write(provider_yaml("province", provider.issuer, more="    ca_file: cert.pem\n"))
        self.assertEqual(200, Guest(self.served().port).begin().status)

    def test_a_certificate_that_nobody_vouches_for_is_none(self):
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                        "-keyout", "key.pem", "-out", "cert.pem", "-days", "2", "-subj", "/CN=localhost", "-addext",
                        "subjectAltName=IP:127.0.0.1"], cwd=self.root, check=True, capture_output=True)
        provider = Provider((self.root / "cert.pem", self.root / "key.pem"))
        self.addCleanup(provider.stop)
        self.write(provider_yaml("province", provider.issuer))
        answer = Guest(self.served().port).begin()
        self.assertEqual((503, "outside_unreachable"), (answer.status, answer.json["code"]))

    def test_a_file_that_is_wrong_keeps_the_office_shut_and_says_where(self):
        good = provider_yaml("province", "https://id.example")
        wrong = [
            (good + "    ca_fil: x.pem\n", "oidc.yaml:12:5", "ca_file"),
            (good.replace("    client_id: " + CLIENT + "\n", ""), "oidc.yaml:2:5", "client_id"),
            (good.replace("https://id.example", "http://id.example"), "oidc.yaml:4:13", "https"),
            (good.replace("https://id.example", "https://a:b@id.example"), "oidc.yaml:4:13", "https"),
            (good.replace("[openid, profile]", "[profile]"), "oidc.yaml:8:13", "openid"),
            (good.replace("[staff, citizen]", "[staff, king]"), "oidc.yaml:9:18", "king"),
            (good.replace("    number_claim: id_card\n", ""), "oidc.yaml:9:10", "number_claim"),
            (good.replace("client.secret", "gone.secret"), "oidc.yaml:6:25", "not there"),
            (good.replace("at_once: 2", "at_once: 0"), "oidc.yaml:11:", "between 1 and 64"),
            (good + good, "oidc.yaml:12:5", "twice"),
        ]
        for text, place, word in wrong:
            with self.subTest(place + word):
                self.write(text)
                run = self.program("serve", "--data", "office", "--listen", "127.0.0.1:0", "--oidc", "oidc.yaml")
                self.assertEqual(1, run.code, str(run))
                self.assertIn(place, run.err)
                self.assertIn(word, run.err)
                self.assertNotIn(SECRET, run.err)
        self.write(good)
        (self.root / "client.secret").chmod(0o640)
        run = self.program("serve", "--data", "office", "--listen", "127.0.0.1:0", "--oidc", "oidc.yaml")
        self.assertEqual((1, True, True), (run.code, "oidc.yaml:6:25" in run.err, "chmod 600" in run.err), str(run))


if __name__ == "__main__":
    main()
