"""A real push service of this test alone, and a browser's half of what it carries.

It takes what RFC 8030 has a push service take, looks at who signed it (RFC 8292), and its devices open what
was sealed for them (RFC 8291).
"""

from __future__ import annotations

import base64
import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid02


def base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


@dataclass
class Browser:
    """A device with keys of its own; `endpoint` is where its push service takes what is for it."""

    endpoint: str
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    secret: bytes = field(default_factory=lambda: os.urandom(16))

    @property
    def p256dh(self) -> str:
        point = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return base64url(point)

    @property
    def auth(self) -> str:
        return base64url(self.secret)

    def opened(self, sealed: bytes) -> dict[str, str]:
        found = http_ece.decrypt(sealed, private_key=self.key, auth_secret=self.secret, version="aes128gcm")
        told: dict[str, str] = json.loads(found)
        return told


@dataclass
class PushService:
    """`status` is what it answers; `taken` what came, with its headers, whatever it answered."""

    status: int = 201
    taken: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._number = 0

    def browser(self) -> Browser:
        self._number += 1
        return Browser(endpoint=f"{self.address}/to/{self._number}")

    def told(self, browser: Browser) -> list[dict[str, str]]:
        """What the browser was told, in the order in which it came."""
        path = browser.endpoint.removeprefix(self.address)
        return [browser.opened(body) for to, _headers, body in self.taken if to == path]

    def is_signed_by(self, public_key: str) -> bool:
        """Whether everything that came was signed with this key, for this service."""
        return all(self._is_signed(headers["authorization"], public_key) for _to, headers, _b in self.taken)

    def _is_signed(self, authorization: str, public_key: str) -> bool:
        kind, _space, parts = authorization.partition(" ")
        given = dict(part.split("=", 1) for part in parts.split(","))
        return kind == "vapid" and given["k"] == public_key and bool(Vapid02.verify(authorization))

    def serve(self) -> None:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def _handler(service: PushService) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            service.taken.append((self.path, headers, body))
            self.send_response(service.status)
            self.send_header("Location", f"{service.address}/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_what: Any) -> None:
            """Nothing: pytest shows what a test needs."""

    return Handler


@contextmanager
def serving() -> Iterator[PushService]:
    service = PushService()
    service.serve()
    try:
        yield service
    finally:
        service.close()
