"""Mail providers post what came for us: each as it does, over HTTP, with mails that no text survives."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from unittest import mock

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from keepwell.channels.email.hooks import taking
from keepwell.channels.email.hooks.posted import POSTED_BYTES
from keepwell.channels.email.verbs.hooks import HookRefused, deliver_by, deliver_no_more
from keepwell.channels.email.verbs.mailboxes import add_mailbox, put_out_of_use
from keepwell.channels.models import InboundMail, MailHook, RawMail
from keepwell.files.content import open_content
from keepwell.journal.models import Entry
from keepwell.people.permits import NotPermitted
from tests import cast

pytestmark = pytest.mark.django_db

HELP = "help@keepwell.example"
# No text: a byte that is no UTF-8, a bare line feed, and what looks like the end of a form's part.
RAW = (
    b"From: dana@elmfalls.example\r\nTo: help@keepwell.example\r\nSubject: Stra\xdfe\r\n"
    b"Message-ID: <1@elmfalls.example>\r\n\r\nIt stands.\n--boundary-of-another\r\n\r\n"
)
SECRET = "user:a-password-for-tests-only"
SIGNING = "a-signing-key-for-tests-only"
KEPT, NOT_THEIRS, NOBODY, UNREADABLE = 200, 403, 406, 422


@pytest.fixture
def mailbox(db: None):
    return add_mailbox(HELP, by=cast.CAST)


def form(boundary: str = "b0undary", **fields: bytes) -> dict[str, object]:
    """A request of a provider that posts a form, as bytes."""
    parts = [
        b'--%s\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
        % (boundary.encode(), name.replace("_", "-").encode(), value)
        for name, value in fields.items()
    ]
    body = b"".join([*parts, b"--%s--\r\n" % boundary.encode()])
    return {"data": body, "content_type": f"multipart/form-data; boundary={boundary}"}


def as_json(said: object) -> dict[str, object]:
    return {"data": json.dumps(said), "content_type": "application/json"}


def signed(key: str = SIGNING) -> dict[str, bytes]:
    digest = hmac.new(key.encode(), b"1700000000token", hashlib.sha256).hexdigest()
    return {"timestamp": b"1700000000", "token": b"token", "signature": digest.encode()}


def password(secret: str = SECRET) -> dict[str, str]:
    return {"authorization": f"Basic {base64.b64encode(secret.encode()).decode()}"}


def by_mailgun(raw: bytes = RAW, to: str = HELP, key: str = SIGNING):
    fields = {"recipient": to.encode(), "sender": b"dana@elmfalls.example", "body_mime": raw}
    return form(**fields, **signed(key))


def by_sendgrid(raw: bytes = RAW, to: str = HELP, secret: str = SECRET):
    envelope = json.dumps({"to": [to], "from": "dana@elmfalls.example"}).encode()
    return {**form(email=raw, envelope=envelope), "headers": password(secret)}


def by_postmark(raw: bytes = RAW, to: str = HELP, secret: str = SECRET):
    said = {"RawEmail": raw.decode("utf-8", "surrogateescape"), "OriginalRecipient": to, "From": "dana"}
    return {**as_json(said), "headers": password(secret)}


def by_sparkpost(raw: bytes = RAW, to: str = HELP, secret: str = SECRET):
    content = {"email_rfc822": base64.b64encode(raw).decode(), "email_rfc822_is_base64": True}
    event = {"msys": {"relay_message": {"content": content, "rcpt_to": to, "msg_from": "dana"}}}
    return {**as_json([event]), "headers": password(secret)}


BY = {"mailgun": by_mailgun, "sendgrid": by_sendgrid, "postmark": by_postmark, "sparkpost": by_sparkpost}


def hook_of(provider: str) -> MailHook:
    return deliver_by(provider, SIGNING if provider == "mailgun" else SECRET, by=cast.CAST)


def posted(hook: MailHook, request: dict[str, object], route: str = "mail_hook"):
    return Client().post(reverse(f"public:{route}", kwargs={"key": hook.key}), **request)


def bytes_of(raw: RawMail) -> bytes:
    if raw.content is not None:
        return bytes(raw.content)
    with open_content(raw.sha256) as kept:
        return kept.read()


@pytest.mark.parametrize("provider", BY)
def test_each_provider_delivers_a_mail_byte_for_byte(mailbox, provider):
    answer = posted(hook_of(provider), BY[provider]())
    assert (answer.status_code, answer.content) == (KEPT, b"Kept.\n")
    raw = RawMail.objects.get()
    assert bytes_of(raw) == RAW
    assert (raw.came_by, raw.mailbox, raw.envelope_recipients) == ("webhook", mailbox, [HELP])
    assert MailHook.objects.get().heard_at is not None


@pytest.mark.parametrize("provider", BY)
def test_the_same_request_again_is_the_same_mail(mailbox, provider):
    hook = hook_of(provider)
    assert [posted(hook, BY[provider]()).status_code for _time in range(2)] == [KEPT, KEPT]
    assert InboundMail.objects.count() == 1


@pytest.mark.parametrize("provider", BY)
def test_who_has_not_the_secret_brings_nothing_in(mailbox, provider):
    forged = by_mailgun(key="another") if provider == "mailgun" else BY[provider](secret="user:guessed")
    assert posted(hook_of(provider), forged).status_code == NOT_THEIRS
    unsigned = {**BY[provider](), "headers": {}}
    if provider == "mailgun":
        unsigned = form(recipient=HELP.encode(), body_mime=RAW)
    assert posted(hook_of(provider), unsigned).status_code == NOT_THEIRS
    assert not RawMail.objects.exists()


@pytest.mark.parametrize(
    "forged", [{"token": "ü".encode()}, {"timestamp": b"\xff"}, {"signature": "ü".encode()}]
)
def test_a_signature_of_other_letters_is_no_signature_and_breaks_nothing(mailbox, forged):
    request = form(recipient=HELP.encode(), body_mime=RAW, **{**signed(), **forged})
    assert posted(hook_of("mailgun"), request).status_code == NOT_THEIRS
    broken = {**by_postmark(), "headers": {"authorization": "Basic ü%%"}}
    assert posted(hook_of("postmark"), broken).status_code == NOT_THEIRS


def test_a_guessed_address_is_not_there(mailbox):
    hook_of("mailgun")
    answer = Client().post(reverse("public:mail_hook", kwargs={"key": "guessed"}), **by_mailgun())
    assert answer.status_code == 404


def test_mailgun_posts_the_whole_mail_to_an_address_that_ends_with_mime(mailbox):
    assert posted(hook_of("mailgun"), by_mailgun(), "mail_hook_mime").status_code == KEPT
    assert reverse("public:mail_hook_mime", kwargs={"key": "k"}).endswith("/mime")


@pytest.mark.parametrize("provider", BY)
def test_what_is_for_nobody_here_goes_back(mailbox, provider):
    answer = posted(hook_of(provider), BY[provider](to="sales@keepwell.example"))
    assert answer.status_code == NOBODY
    put_out_of_use(mailbox, by=cast.CAST)
    assert posted(hook_of(provider), BY[provider]()).status_code == NOBODY
    assert "No mailbox in use" in MailHook.objects.get().said


def test_one_request_for_two_mailboxes_is_in_both(mailbox):
    add_mailbox("sales@keepwell.example", by=cast.CAST)
    request = by_mailgun(to=f"{HELP}, sales@keepwell.example, nobody@keepwell.example")
    assert posted(hook_of("mailgun"), request).status_code == KEPT
    assert InboundMail.objects.count() == 2


def test_what_stands_behind_a_plus_is_for_us_to_read(mailbox):
    assert posted(hook_of("postmark"), by_postmark(to="help+seal@keepwell.example")).status_code == KEPT


@pytest.mark.parametrize(
    ("provider", "broken"),
    [
        ("mailgun", form(recipient=HELP.encode(), **signed())),
        ("mailgun", form(body_mime=RAW, **signed())),
        ("sendgrid", {**form(email=RAW), "headers": password()}),
        ("sendgrid", {**form(email=RAW, envelope=b"[]"), "headers": password()}),
        ("sendgrid", {**form(email=RAW, envelope=b"{"), "headers": password()}),
        ("postmark", {**as_json({"TextBody": "It stands."}), "headers": password()}),
        ("postmark", {**as_json([]), "headers": password()}),
        ("postmark", {**as_json({"RawEmail": 7, "OriginalRecipient": HELP}), "headers": password()}),
        ("sparkpost", {**as_json([{"msys": {}}]), "headers": password()}),
        ("sparkpost", {**as_json([{"msys": {"message_event": {}}}]), "headers": password()}),
        ("sparkpost", {**as_json("x"), "headers": password()}),
    ],
)
def test_a_request_without_the_whole_mail_says_what_has_to_be_switched_on(mailbox, provider, broken):
    answer = posted(hook_of(provider), broken)
    assert answer.status_code == UNREADABLE
    assert answer.content.startswith(b"Not taken: ")
    assert not RawMail.objects.exists()


@pytest.mark.parametrize(
    "broken",
    [
        {"data": b"", "content_type": "application/json"},
        {"data": b"{", "content_type": "application/json"},
        {"data": b"[" * 100_000, "content_type": "application/json"},
        {"data": b"x=1", "content_type": "application/x-www-form-urlencoded"},
        {"data": b"--b\r\nno part", "content_type": "multipart/form-data; boundary=b"},
        {"data": b"--b--", "content_type": "multipart/form-data"},
        {"data": RAW, "content_type": "message/rfc822"},
        {"data": b"x", "content_type": ""},
    ],
)
def test_what_is_no_request_of_a_provider_breaks_nothing(mailbox, broken):
    assert posted(hook_of("postmark"), broken).status_code in {UNREADABLE, NOT_THEIRS}
    assert not RawMail.objects.exists()


def test_a_mail_of_many_megabytes_comes_in_and_one_beyond_the_limit_does_not(mailbox):
    large = RAW + base64.encodebytes(b"x" * 4_000_000).replace(b"\n", b"\r\n")
    hook = hook_of("sendgrid")
    assert posted(hook, by_sendgrid(large)).status_code == KEPT
    assert bytes_of(RawMail.objects.get()) == large
    beyond = {"headers": password(), "CONTENT_LENGTH": str(POSTED_BYTES + 1)}
    assert posted(hook, {**by_sendgrid(), **beyond}).status_code == UNREADABLE


def test_where_nothing_can_be_kept_now_the_provider_keeps_it(mailbox):
    hook = hook_of("mailgun")
    away = mock.patch.object(taking, "receive_mail", side_effect=OperationalError("away"))
    with away:
        client = Client(raise_request_exception=False)
        answer = client.post(reverse("public:mail_hook", kwargs={"key": hook.key}), **by_mailgun())
    assert answer.status_code >= 500
    assert not RawMail.objects.exists()
    assert posted(hook, by_mailgun()).status_code == KEPT


def test_it_is_posted_and_not_looked_at(mailbox):
    assert (
        Client().get(reverse("public:mail_hook", kwargs={"key": hook_of("mailgun").key})).status_code == 405
    )


@pytest.mark.parametrize(("provider", "secret"), [("aol", SECRET), ("postmark", "no colon"), ("mailgun", "")])
def test_a_provider_without_a_secret_is_refused(provider, secret):
    with pytest.raises(HookRefused):
        deliver_by(provider, secret, by=cast.CAST)
    assert not MailHook.objects.exists()


def test_a_new_secret_keeps_the_address_and_removing_ends_it(mailbox):
    hook = hook_of("postmark")
    again = deliver_by("postmark", "user:another", by=cast.CAST)
    assert again.key == hook.key
    assert posted(again, by_postmark()).status_code == NOT_THEIRS
    deliver_no_more(again, by=cast.CAST)
    assert posted(again, by_postmark(secret="user:another")).status_code == 404
    kinds = list(
        Entry.objects.filter(kind__startswith="mail_hook").order_by("pk").values_list("kind", flat=True)
    )
    assert kinds == ["mail_hook.added", "mail_hook.changed", "mail_hook.removed"]
    with pytest.raises(NotPermitted):
        deliver_by("postmark", SECRET, by=cast.maria_the_specialist())


def test_no_secret_stands_anywhere_as_it_is(mailbox):
    assert SECRET not in str(vars(hook_of("postmark")))
