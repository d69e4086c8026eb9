# SPDX-License-Identifier: Apache-2.0
"""A small provider of identities (OpenID Connect) for tests: real keys, real signatures, and every way to be wrong."""
import base64
import hashlib
import hmac
import json
import secrets
import ssl
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

try:
    import cryptography  # noqa: F401
except ModuleNotFoundError:  # another interpreter than Debian's own, for which the package is installed
    sys.path.append("/usr/lib/python3/dist-packages")

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

CLIENT, SECRET = "doudi office", "a secret: with / and %"


def b64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def number(value, size=None):
    return b64(value.to_bytes(size or (value.bit_length() + 7) // 8, "big"))


class Key:
    def __init__(self, kid, algorithm="RS256"):
        self.kid, self.algorithm = kid, algorithm
        self.key = (rsa.generate_private_key(public_exponent=65537, key_size=2048) if algorithm == "RS256"
                    else ec.generate_private_key(ec.SECP256R1()))

    @property
    def public(self):
        told = self.key.public_key().public_numbers()
        if self.algorithm == "RS256":
            return {"kty": "RSA", "kid": self.kid, "use": "sig", "alg": "RS256", "n": number(told.n),
                    "e": number(told.e)}
        return {"kty": "EC", "crv": "P-256", "kid": self.kid, "x": number(told.x, 32), "y": number(told.y, 32)}

    def sign(self, text):
        if self.algorithm == "RS256":
            return self.key.sign(text, padding.PKCS1v15(), hashes.SHA256())
        r, s = decode_dss_signature(self.key.sign(text, ec.ECDSA(hashes.SHA256())))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")

    def pem(self):
        return self.key.public_key().public_bytes(serialization.Encoding.PEM,
                                                  serialization.PublicFormat.SubjectPublicKeyInfo)


def token_of(head, claims, sign):
    text = f"{b64(json.dumps(head).encode())}.{b64(json.dumps(claims).encode())}".encode()
    return text.decode() + "." + b64(sign(text))


class Provider:
    """Answers on a port of its own; `wrong` bends the next token, `slow` and `huge` the answers."""

    def __init__(self, certificate=None):
        self.keys = [Key("first"), Key("curve", "ES256")]
        self.published = list(self.keys)
        self.codes, self.counts = {}, {}
        self.slow, self.huge = 0.0, ""
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                provider.answer(self, None)

            def do_POST(self):
                length = int(self.headers["Content-Length"])
                provider.answer(self, parse_qs(self.rfile.read(length).decode(), strict_parsing=True))

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*certificate)
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.issuer = f"http{'s' if certificate else ''}://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()

    # --- what it answers ---------------------------------------------------------------------------------------------

    def answer(self, handler, form):
        path = urlsplit(handler.path).path
        self.counts[path] = self.counts.get(path, 0) + 1
        time.sleep(self.slow)
        status, body = 404, {}
        if path == "/.well-known/openid-configuration":
            status, body = 200, {"issuer": self.issuer, "authorization_endpoint": self.issuer + "/authorize?tenant=1",
                                 "token_endpoint": self.issuer + "/token", "jwks_uri": self.issuer + "/keys"}
        elif path == "/keys":
            odd = {"kty": "oct", "kid": "odd", "k": "AAAA"}
            status, body = 200, {"keys": [odd, *(key.public for key in self.published)]}
        elif path == "/token" and form is not None:
            status, body = self.exchange(handler, form)
        if self.huge == path:
            body = {**body, "padding": "x" * 5_000_000}
        data = json.dumps(body).encode()
        try:
            handler.send_response(status)
            handler.send_header("Content-Type", "application/json")
            handler.send_header("Content-Length", str(len(data)))
            handler.end_headers()
            handler.wfile.write(data)
        except OSError:
            pass

    def exchange(self, handler, form):
        given = base64.b64decode(handler.headers.get("Authorization", "").removeprefix("Basic ")).decode()
        who = [unquote(part) for part in given.split(":")]
        code = self.codes.pop(form["code"][0], None)
        challenge = b64(hashlib.sha256(form["code_verifier"][0].encode()).digest())
        if who != [CLIENT, SECRET]:
            return 401, {"error": "invalid_client"}
        if code is None or form["redirect_uri"] != code["redirect_uri"] or challenge != code["code_challenge"][0]:
            return 400, {"error": "invalid_grant"}
        return 200, {"access_token": "opaque", "token_type": "Bearer", "id_token": code["token"]}

    # --- what a person does there ------------------------------------------------------------------------------------

    def agree(self, url, subject, key=None, head=None, sign=None, drop=(), **claims):
        """The person signs in there and agrees: code and state, as their browser brings them back. More claims, another
        head or signature: a token that is wrong in that."""
        query = parse_qs(urlsplit(url).query, strict_parsing=True)
        assert query["response_type"] == ["code"] and query["client_id"] == [CLIENT], query
        assert query["code_challenge_method"] == ["S256"] and len(query["code_challenge"][0]) == 43, query
        assert "openid" in query["scope"][0].split(), query
        key = key or self.keys[0]
        now = int(time.time())
        said = {"iss": self.issuer, "sub": subject, "aud": CLIENT, "iat": now, "exp": now + 300,
                "nonce": query["nonce"][0], **claims}
        said = {name: value for name, value in said.items() if name not in drop}
        told = {"alg": key.algorithm, "kid": key.kid, "typ": "JWT", **(head or {})}
        token = token_of({n: v for n, v in told.items() if v is not None}, said, sign or key.sign)
        code = secrets.token_urlsafe(16)
        self.codes[code] = {**query, "token": token}
        return code, query["state"][0]


def hmac_with(secret):
    return lambda text: hmac.new(secret, text, "sha256").digest()
