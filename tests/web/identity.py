"""A provider of identities (OpenID Connect, code flow with PKCE) on this machine: what a real one does and refuses."""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "bailiwick", "a secret of the provider"


@dataclass
class Provider:
    """Whoever comes is signed in there already and is `claims`. `refuses`: an error instead of a code."""

    claims: dict[str, Any] = field(default_factory=dict)
    refuses: str = ""
    url: str = ""
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    key: rsa.RSAPrivateKey = field(default_factory=lambda: rsa.generate_private_key(65537, 2048))

    def configuration(self) -> dict[str, Any]:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "userinfo_endpoint": f"{self.url}/userinfo",
            "jwks_uri": f"{self.url}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
        }

    def authorize(self, asked: dict[str, str]) -> str:
        """Where the browser is sent back to."""
        assert asked["client_id"] == CLIENT
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        assert {"openid", "email"} <= set(asked["scope"].split())
        told = {"state": asked["state"]} | ({"error": self.refuses} if self.refuses else {"code": secrets.token_urlsafe()})
        if "code" in told:
            self.codes[told["code"]] = asked
        return f"{asked['redirect_uri']}?{urlencode(told)}"

    def token(self, asked: dict[str, str], credentials: str) -> tuple[int, dict[str, Any]]:
        given = self.codes.pop(asked.get("code", ""), None)
        if given is None or base64.b64decode(credentials.removeprefix("Basic ")).decode() != f"{CLIENT}:{SECRET}":
            return 400, {"error": "invalid_grant"}
        digest = hashlib.sha256(asked.get("code_verifier", "").encode()).digest()
        if base64.urlsafe_b64encode(digest).decode().rstrip("=") != given["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        claims = {"iss": self.url, "aud": CLIENT, "iat": now, "exp": now + 60, "sub": self.claims["sub"]}
        return 200, {
            "access_token": "an access token",
            "token_type": "Bearer",
            "id_token": jwt.encode(claims, self.key, "RS256", headers={"kid": "1"}),
        }


@contextmanager
def provider(**claims: Any) -> Iterator[Provider]:
    """It answers on loopback until the block ends."""
    one = Provider(claims)

    class Handler(BaseHTTPRequestHandler):
        def _tell(self, status: int, said: dict[str, Any], **headers: str) -> None:
            body = json.dumps(said).encode()
            self.send_response(status)
            for name, value in {"Content-Type": "application/json", "Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self) -> None:
            where = urlsplit(self.path)
            if where.path == "/authorize":
                back = one.authorize({name: found[0] for name, found in parse_qs(where.query).items()})
                self._tell(302, {}, Location=back)
            elif where.path == "/userinfo":
                self._tell(200, one.claims)
            else:
                self._tell(200, one.configuration() if where.path.startswith("/.well-known/") else {"keys": []})

        def do_POST(self) -> None:
            text = self.rfile.read(int(self.headers["Content-Length"])).decode()
            asked = {name: found[0] for name, found in parse_qs(text).items()}
            self._tell(*one.token(asked, self.headers.get("Authorization", "")))

        def log_message(self, *said: Any) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    one.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield one
    finally:
        server.shutdown()
        server.server_close()
