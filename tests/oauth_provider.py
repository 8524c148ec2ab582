"""A real provider of sign-ins of this test alone: where one consents, and what is given for it.

It speaks what RFC 6749, 7636 and 7662 ask of one, over HTTP on this machine; Dovecot asks it who a token is.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

CLIENT, SECRET = "keepwell-for-tests", "a-client-secret-for-tests-only"


@dataclass
class OAuthProvider:
    """`user` is who consents. With `refuses` or `answers` it says that instead of giving tokens."""

    user: str = ""
    good_for: int = 3600
    rotates: bool = True
    refuses: str = ""
    answers: bytes = b""
    asked: list[dict[str, str]] = field(default_factory=list)
    _codes: dict[str, dict[str, str]] = field(default_factory=dict)
    _access: dict[str, str] = field(default_factory=dict)
    _refresh: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}"

    def serve(self) -> None:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def consented(self, address: str) -> str:
        """As a browser that was sent to `address` and whose person says yes: where it is led back to."""
        asked = dict(parse_qsl(urlsplit(address).query))
        assert asked["client_id"] == CLIENT
        assert asked["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe()
        self._codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def take_back(self) -> None:
        """Whoever had consented does so no more."""
        self._refresh.clear()
        self._access.clear()

    def end_access(self) -> None:
        self._access.clear()

    def given(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        self.asked.append(form)
        if self.refuses:
            return 400, {"error": self.refuses, "error_description": "Not today."}
        if (form.get("client_id"), form.get("client_secret")) != (CLIENT, SECRET):
            return 401, {"error": "invalid_client"}
        if form["grant_type"] == "refresh_token":
            user = self._refresh.get(form["refresh_token"])
            if user is None:
                return 400, {"error": "invalid_grant"}
            if self.rotates:
                del self._refresh[form["refresh_token"]]
            return 200, self._tokens(user, with_refresh=self.rotates)
        asked = self._codes.pop(form["code"], None)
        if asked is None or not _proves(form, asked) or asked["redirect_uri"] != form["redirect_uri"]:
            return 400, {"error": "invalid_grant"}
        return 200, self._tokens(self.user, with_refresh=True)

    def known(self, token: str) -> dict[str, Any]:
        user = self._access.get(token)
        return {"active": True, "username": user} if user else {"active": False}

    def _tokens(self, user: str, *, with_refresh: bool) -> dict[str, Any]:
        access = secrets.token_urlsafe()
        self._access[access] = user
        tokens = {"access_token": access, "token_type": "Bearer", "expires_in": self.good_for}
        if with_refresh:
            refresh = secrets.token_urlsafe()
            self._refresh[refresh] = user
            tokens["refresh_token"] = refresh
        return tokens


def _proves(form: dict[str, str], asked: dict[str, str]) -> bool:
    digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == asked["code_challenge"]


def _handler(provider: OAuthProvider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            """The page where one consents."""
            if not self.path.startswith("/consent"):
                self._say(204, "text/plain", b"")
                return
            back = provider.consented(self.path)
            page = f'<!doctype html><title>Consent</title><main><a href="{back}">Allow</a></main>'
            self._say(200, "text/html", page.replace("&", "&amp;").encode())

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = dict(parse_qsl(body))
            if self.path.endswith("/introspect"):
                self._say(200, "application/json", json.dumps(provider.known(form["token"])).encode())
            elif provider.answers:
                self._say(200, "text/html", provider.answers)
            else:
                status, found = provider.given(form)
                self._say(status, "application/json", json.dumps(found).encode())

        def _say(self, status: int, kind: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_what: Any) -> None:
            """Nothing: pytest shows what a test needs."""

    return Handler


@contextmanager
def serving() -> Iterator[OAuthProvider]:
    provider = OAuthProvider()
    provider.serve()
    try:
        yield provider
    finally:
        provider.close()
