"""Addresses for everybody, for whoever is signed in, and for nobody."""

from __future__ import annotations

import re
import time
from email import message_from_bytes, policy
from typing import Any
from unittest import mock

from django.core import signing

from keepwell.public.forms import SALT
from keepwell.success.engagements.verbs.booking import token_of
from keepwell.success.engagements.verbs.feeding import address_of
from keepwell.success.letters.letter import way_to_end
from tests.access.rows import Door, Given, Row, always, nothing
from tests.access.scene import Scene


def public(name: str, *, method: str = "GET", gets: int = 200, **more: Any) -> Row:
    return Row(name=name, door=Door.PUBLIC, who="anonymous", method=method, gets=gets, **more)


def signed_in(name: str, *, method: str = "GET", gets: int = 200, **more: Any) -> Row:
    return Row(name=name, door=Door.SIGNED_IN, who="maria", method=method, gets=gets, **more)


def closed(name: str, of: Given = nothing) -> tuple[Row, Row]:
    asked: dict[str, Any] = {"name": name, "door": Door.CLOSED, "who": "maria", "gets": 404, "of": of}
    return Row(**asked), Row(method="POST", **asked)


def submitted(scene: Scene) -> dict[str, Any]:
    return {"number": scene.submission.case.number}


def code_of(scene: Scene) -> dict[str, Any]:
    """The code as it stands in the mail to the stranger."""
    mail = message_from_bytes(bytes(scene.mail.raw), policy=policy.default)
    found = re.search(r"\*\*(.+)\*\*", _text(mail))
    assert found, _text(mail)
    return {"code": found[1]}


def _link(scene: Scene) -> dict[str, Any]:
    return {"token": token_of(scene.link)}


def _chosen(scene: Scene) -> dict[str, Any]:
    return {"starts_at": scene.engagement.offered.earliest("starts_at").starts_at.isoformat()}


def _no_more(scene: Scene) -> dict[str, Any]:
    return {"token": way_to_end(scene.dana.contact).rstrip("/").rpartition("/")[2]}


def _calendar(scene: Scene) -> dict[str, Any]:
    return {"token": address_of(scene.feed).rpartition("/")[2].removesuffix(".ics")}


def _text(mail: Any) -> str:
    return str(mail.get_body(("plain",)).get_content())


def _a_form(scene: Scene) -> dict[str, Any]:
    """Opened a minute ago: faster than that no person writes."""
    with mock.patch("django.core.signing.time") as then:
        then.time.return_value = time.time() - 60
        opened = signing.dumps("opened", salt=SALT)
    words = {"severity": "low", "subject": "Dark lamp", "body": "At the corner.", "name": "Mo"}
    return {**words, "email": "mo@unknown.example", "opened": opened}


KEY = always(key="0123")

BOTH = ("GET", "POST")
# 302: asked for the password once more first; 404: there is no second factor yet.
OF_ONESELF = {
    "account_reauthenticate": 200,
    "account_change_password": 200,
    "mfa_reauthenticate": 302,
    "mfa_activate_totp": 302,
    "mfa_deactivate_totp": 404,
    "mfa_generate_recovery_codes": 302,
    "mfa_add_webauthn": 302,
    "mfa_reauthenticate_webauthn": 302,
}
LOOKED_AT = {
    "mfa_index": 200,
    "mfa_view_recovery_codes": 404,
    "mfa_download_recovery_codes": 404,
    "mfa_list_webauthn": 200,
}

ROWS = (
    public("healthz"),
    public("readyz"),
    public("kit:scheme", method="POST", gets=302, sends=always(scheme="dark")),
    public("public:landing"),
    public("public:robots"),
    public("public:csp_report", method="POST", gets=204),
    # What its provider gets is in keepwell/channels/email/hooks/tests.
    public("public:mail_hook", method="POST", gets=404, of=always(key="guessed")),
    public("public:mail_hook_mime", method="POST", gets=404, of=always(key="guessed")),
    public("public:book", of=_link),
    public("public:book", method="POST", of=_link, sends=_chosen),
    public("public:no_more_letters", of=_no_more),
    public("public:no_more_letters", method="POST", of=_no_more),
    public("public:calendar", of=_calendar),
    public("public:ask"),
    public("public:ask", method="POST", gets=302, sends=_a_form, as_shown=True),
    Row(
        name="public:receipt",
        door=Door.SENDER,
        who="sender",
        of=lambda s: {"key": s.submission.key},
    ),
    public("public:follow", of=submitted),
    public("public:follow", method="POST", gets=302, of=submitted, sends=code_of),
    public(
        "public:new_code", method="POST", gets=302, of=submitted, sends=always(email="lee@unknown.example")
    ),
    # Who may set up a new installation is in test_first_run.py: here there is one already.
    *closed("first_run"),
    signed_in("home", gets=302),
    *closed("account_signup"),
    *closed("account_email"),
    *closed("account_email_verification_sent"),
    *closed("account_confirm_email", of=KEY),
    *closed("account_set_password"),
    public("account_login"),
    public(
        "account_login",
        method="POST",
        gets=302,
        sends=always(login="maria@vendor.example", password="a password for tests only"),
    ),
    public("account_inactive"),
    public("account_reset_password"),
    public("account_reset_password", method="POST", gets=302, sends=always(email="maria@vendor.example")),
    public("account_reset_password_done"),
    public("account_reset_password_from_key_done"),
    public("account_reset_password_from_key", of=always(uidb36="1", key="no-key")),
    public("account_reset_password_from_key", method="POST", of=always(uidb36="1", key="no-key")),
    public("account_request_login_code"),
    public("account_request_login_code", method="POST", gets=302, sends=always(email="maria@vendor.example")),
    public("account_confirm_login_code", gets=302),
    public("account_confirm_login_code", method="POST", gets=302),
    public("mfa_authenticate", gets=302),
    public("mfa_authenticate", method="POST", gets=302),
    public("mfa_login_webauthn", gets=302),
    public("mfa_login_webauthn", method="POST", gets=302),
    public("account_logout", gets=302),
    public("account_logout", method="POST", gets=302),
    *(signed_in(name, method=method, gets=gets) for name, gets in OF_ONESELF.items() for method in BOTH),
    *(signed_in(name, gets=gets) for name, gets in LOOKED_AT.items()),
    *(
        signed_in(name, method=method, gets=302, of=always(pk=1))
        for name in ("mfa_remove_webauthn", "mfa_edit_webauthn")
        for method in BOTH
    ),
)
