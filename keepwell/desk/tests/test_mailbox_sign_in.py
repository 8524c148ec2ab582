"""An administrator signs a mailbox in at its provider, and comes back to the page that he left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from keepwell.channels.email.signing_in.providers import PROVIDERS
from keepwell.channels.email.verbs.mailboxes import add_mailbox
from keepwell.channels.models import MailSignIn
from keepwell.desk.tests.in_a_browser import LOOKS, OpenAs, keeps_nobody_out
from keepwell.desk.tests.people import BY_TEST, person, signed_in
from keepwell.people.models import Role
from tests import cast
from tests.oauth_provider import CLIENT, SECRET, OAuthProvider, serving

ADDRESS = "help@keepwell.example"


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> Iterator[OAuthProvider]:
    with serving() as provider:
        provider.user = ADDRESS
        ours = {"consent": f"{provider.address}/consent", "token": f"{provider.address}/token"}
        monkeypatch.setitem(PROVIDERS, "google", replace(PROVIDERS["google"], **ours))
        yield provider


@pytest.fixture
def ada(db: None):
    return signed_in(person(Role.ADMINISTRATOR))


def registered(ada, **other: str) -> int:
    mailbox = add_mailbox(ADDRESS, by=BY_TEST).pk
    told = {"provider": "google", "user": ADDRESS, "client_id": CLIENT, "secret": SECRET, **other}
    answer = ada.post(address(mailbox, "sign-in/"), {f"at-{name}": value for name, value in told.items()})
    assert answer.status_code == 302, answer.content.decode()
    return mailbox


def address(mailbox: int, part: str = "") -> str:
    return f"/desk/settings/mailboxes/{mailbox}/{part}"


def back_from(provider: OAuthProvider, ada, mailbox: int) -> str:
    sent_to = ada.get(address(mailbox, "consent/"))["Location"]
    parts = urlsplit(provider.consented(sent_to))
    return f"{parts.path}?{parts.query}"


def test_the_secret_is_on_no_page(ada):
    shown = ada.get(address(registered(ada))).content.decode()
    assert SECRET not in shown
    assert MailSignIn.objects.get().sealed_secret not in shown
    assert "Somebody who may read the mailbox has to sign in there once" in shown


def test_what_is_missing_is_said_beside_the_form(ada):
    mailbox = add_mailbox(ADDRESS, by=BY_TEST).pk
    wanted = {"at-provider": "google", "at-user": ADDRESS, "at-client_id": CLIENT}
    answer = ada.post(address(mailbox, "sign-in/"), wanted)
    assert answer.status_code == 422
    assert "Enter the secret" in answer.content.decode()


def test_whoever_comes_back_from_there_is_signed_in_once(ada, provider):
    mailbox = registered(ada)
    back = back_from(provider, ada, mailbox)
    assert ada.get(back)["Location"] == address(mailbox)
    assert "Signed in at Google" in ada.get(address(mailbox)).content.decode()
    assert ada.get(back)["Location"] == address(0).removesuffix("0/"), "the answer counts once"


def test_an_answer_that_nobody_was_sent_for_changes_nothing(ada, provider):
    mailbox = registered(ada)
    back = back_from(provider, ada, mailbox)
    ada.get(back.replace("state=", "state=ü"))
    assert MailSignIn.objects.get().consented_at is None
    assert ada.get(back)["Location"] == address(0).removesuffix("0/")
    assert MailSignIn.objects.get().consented_at is None


def test_who_says_no_there_comes_back_to_a_sentence(ada, provider):
    mailbox = registered(ada)
    ada.get(address(mailbox, "consent/"))
    state = ada.session["mailbox_consent"]["state"]
    refused = {"state": state, "error": "access_denied", "error_description": "<b>Not today</b>"}
    page = ada.get("/desk/settings/mailboxes/signed-in/", refused, follow=True).content.decode()
    assert "Google did not let us in: &lt;b&gt;Not today" in page


def test_a_provider_that_gives_nothing_is_said(ada, provider):
    mailbox = registered(ada)
    back = back_from(provider, ada, mailbox)
    provider.refuses = "server_error"
    page = ada.get(back, follow=True).content.decode()
    assert "Google does not let us in any more" in page


@pytest.mark.journey
@pytest.mark.parametrize(("scheme", "size"), LOOKS[:1])
def test_an_administrator_goes_there_and_comes_back(
    open_as: OpenAs, transactional_db: None, provider, settings, site_url, scheme, size
):
    settings.KEEPWELL_URL = site_url
    mailbox = add_mailbox(ADDRESS, by=BY_TEST).pk
    page = open_as(cast.ada_the_administrator(), viewport=size, color_scheme=scheme)
    page.goto(address(mailbox))
    page.get_by_text("Sign in there instead of with a password").click()
    page.get_by_label("Provider").select_option("google")
    page.get_by_label("Client id").fill(CLIENT)
    page.get_by_label("Client secret").fill(SECRET)
    keeps_nobody_out(page)
    page.locator("#sign-in").locator("..").get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Sign in at Google").click()
    page.get_by_role("link", name="Allow").click()
    expect(page.get_by_text("Signed in at Google as")).to_be_visible()
    keeps_nobody_out(page)
