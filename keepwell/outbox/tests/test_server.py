from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from keepwell.outbox.checks import mail_url
from keepwell.outbox.models import Outcome
from keepwell.outbox.tests.postbox import Postbox, Server
from keepwell.outbox.transports.answers import Envelope
from keepwell.outbox.transports.server import MailServer, MailUrlRefused, Secured
from keepwell.outbox.transports.smtp import SmtpSession

ENVELOPE = Envelope(sender="help@vendor.example", recipient="dana@elm-falls.example", name="1")


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://localhost", MailServer(host="localhost", port=25, secured=Secured.NEVER)),
        ("smtp://mail.example", MailServer(host="mail.example", port=587)),
        ("smtps://mail.example", MailServer(host="mail.example", port=465, secured=Secured.AT_ONCE)),
        ("smtp://relay.lan:2525?tls=plain", MailServer(host="relay.lan", port=2525, secured=Secured.NEVER)),
        ("smtp://localhost:1?tls=starttls", MailServer(host="localhost", port=1)),
        (
            "smtp://me%40x.example:p%3Aw@mail.example",
            MailServer(host="mail.example", port=587, user="me@x.example", password="p:w"),
        ),
    ],
)
def test_a_mail_url_says_which_server_and_how_safely(url: str, server: MailServer):
    assert MailServer.parse(url) == server


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("mail.example", "is written smtp://"),
        ("http://mail.example", "is written smtp://"),
        ("smtp://", "is written smtp://"),
        ("smtp://mail.example:many", "no port"),
        ("smtp://mail.example?tls=maybe", "plain or starttls"),
        ("smtp://me:secret@mail.example?tls=plain", "never sent without encryption"),
    ],
)
def test_a_mail_url_that_cannot_be_used_is_refused_at_the_start(settings: Any, url: str, words: str):
    with pytest.raises(MailUrlRefused, match=words):
        MailServer.parse(url)
    settings.KEEPWELL_MAIL_URL = url
    assert [error.id for error in mail_url()] == ["keepwell.E001"]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ssl.SSLContext]:
    """A certificate for localhost that nobody but this test trusts: its file, and the server's side."""
    folder = tmp_path_factory.mktemp("certificate")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    public, private = folder / "certificate.pem", folder / "key.pem"
    public.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(public, private)
    return public, context


def delivered(box: Postbox, context: ssl.SSLContext | None, host: str = "localhost") -> tuple[str, str]:
    server = Server(box, context)
    server.start()
    try:
        with SmtpSession(MailServer(host=host, port=box.port)) as session:
            answer = session.deliver(b"Subject: Hi\r\n\r\nText\r\n", ENVELOPE)
    finally:
        server.stop()
    return answer.outcome, answer.reply


def test_a_certificate_that_is_trusted_lets_the_mail_pass(
    certificate: tuple[Path, ssl.SSLContext], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    box = Postbox()
    assert delivered(box, certificate[1])[0] == Outcome.ACCEPTED
    assert len(box.arrived) == 1


def test_a_certificate_nobody_trusts_stops_the_mail(certificate: tuple[Path, ssl.SSLContext]):
    box = Postbox()
    outcome, reply = delivered(box, certificate[1])
    assert outcome == Outcome.UNREACHABLE
    assert "CERTIFICATE_VERIFY_FAILED" in reply
    assert not box.arrived


def test_a_certificate_for_another_name_stops_the_mail(
    certificate: tuple[Path, ssl.SSLContext], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    box = Postbox()
    assert delivered(box, certificate[1], host=str(ip_address("127.0.0.1")))[0] == Outcome.UNREACHABLE
    assert not box.arrived


def test_a_server_without_encryption_gets_no_mail_that_asks_for_it():
    box = Postbox()
    outcome, reply = delivered(box, None)
    assert outcome == Outcome.UNREACHABLE
    assert "STARTTLS" in reply
    assert not box.arrived
