"""A mailbox whose provider takes no passwords: over a real Dovecot that asks a provider of ours."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from keepwell.channels.email.fetching.connecting import NotReached
from keepwell.channels.email.fetching.session import fetch_once
from keepwell.channels.email.fetching.trying import try_it
from keepwell.channels.email.signing_in.asking import SignInRefused, consent_to
from keepwell.channels.email.signing_in.providers import PROVIDERS
from keepwell.channels.email.verbs.mailboxes import AccountRefused, Server, add_mailbox, fetch_from
from keepwell.channels.email.verbs.signing_in import (
    Registration,
    accept_consent,
    access_token,
    sign_in_at,
)
from keepwell.channels.models import ImapAccount, InboundMail, MailSignIn, Secured
from keepwell.journal.models import Entry
from keepwell.people.permits import NotPermitted
from tests import cast
from tests.dovecot import PASSWORD, Dovecot, running, why_not
from tests.oauth_provider import CLIENT, SECRET, OAuthProvider, serving

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
BACK = "http://localhost/desk/settings/mailboxes/signed-in/"
RAW = b"From: a@elm.example\r\nSubject: The pump\r\nMessage-ID: <1@elm.example>\r\n\r\nIt stands.\r\n"
NUMBERS = count(1)


@pytest.fixture(scope="module")
def provider_and_dovecot() -> Iterator[tuple[OAuthProvider, Dovecot]]:
    if why := why_not():
        pytest.skip(why)
    with serving() as provider, tempfile.TemporaryDirectory(prefix="keepwell-dovecot-") as name:
        Path(name).chmod(0o755)
        with running(Path(name), tokens_known_at=provider.address) as server:
            yield provider, server


@pytest.fixture
def dovecot(provider_and_dovecot) -> Dovecot:
    return provider_and_dovecot[1]


@pytest.fixture
def provider(provider_and_dovecot, monkeypatch: pytest.MonkeyPatch, clock_at) -> OAuthProvider:
    """In the place of Google, with nothing left of the last test."""
    clock_at(NOW)
    provider, server = provider_and_dovecot
    provider.take_back()
    provider.refuses, provider.answers, provider.rotates, provider.good_for = "", b"", True, 3600
    provider.user = f"help{next(NUMBERS)}@keepwell.example"
    provider.asked.clear()
    ours = replace(
        PROVIDERS["google"],
        server="127.0.0.1",
        port=server.imap,
        secured=Secured.NEVER,
        consent=f"{provider.address}/consent",
        token=f"{provider.address}/token",
    )
    monkeypatch.setitem(PROVIDERS, "google", ours)
    return provider


def registered(there: OAuthProvider, **other: str) -> MailSignIn:
    mailbox = add_mailbox(there.user, by=cast.CAST)
    told = {"provider": "google", "user": there.user, "client_id": CLIENT, "secret": SECRET, **other}
    return sign_in_at(mailbox, Registration(**told), by=cast.CAST)


def signed_in(provider: OAuthProvider) -> MailSignIn:
    sign_in = registered(provider)
    asked = consent_to(sign_in, back_to=BACK)
    back = parse_qs(urlsplit(provider.consented(asked.address)).query)
    assert back["state"] == [asked.state]
    accept_consent(sign_in, back["code"][0], verifier=asked.verifier, back_to=BACK, by=cast.CAST)
    return sign_in


def account_of(sign_in: MailSignIn) -> ImapAccount:
    return ImapAccount.objects.select_related("mailbox").get(pk=sign_in.account_id)


def test_mail_is_fetched_by_what_the_provider_gives_for_a_consent(provider, dovecot):
    sign_in = signed_in(provider)
    dovecot.put(RAW, user=provider.user)
    ImapAccount.objects.update(takes_from=None)
    assert fetch_once(account_of(sign_in)) == 1
    assert InboundMail.objects.count() == 1
    assert try_it(account_of(sign_in)).is_well


def test_who_signed_in_where_is_recorded(provider):
    sign_in = signed_in(provider)
    [entry] = Entry.objects.filter(kind="mailbox.signed_in")
    assert entry.facts == {"provider": "google"}
    assert sign_in.consented_at == NOW


def test_before_somebody_consented_it_is_said_that_nobody_did(provider):
    tried = try_it(account_of(registered(provider)))
    assert not tried.is_well
    assert "Nobody has signed in at Google yet" in tried.words


def test_what_is_still_good_is_not_asked_for_again(provider):
    sign_in = signed_in(provider)
    assert access_token(sign_in) == access_token(sign_in)
    assert len(provider.asked) == 1


def test_what_has_ended_is_asked_for_anew_with_the_newest_the_provider_gave(provider, clock_at):
    sign_in = signed_in(provider)
    first = access_token(sign_in)
    clock_at(NOW + timedelta(minutes=59))
    second = access_token(sign_in)
    clock_at(NOW + timedelta(hours=2))
    third = access_token(sign_in)
    assert len({first, second, third}) == 3
    assert [form["grant_type"] for form in provider.asked[1:]] == ["refresh_token"] * 2
    assert provider.asked[1]["refresh_token"] != provider.asked[2]["refresh_token"]


def test_a_provider_that_gives_the_refreshing_one_only_once_is_not_forgotten(provider, clock_at):
    sign_in = signed_in(provider)
    provider.rotates = False
    for hours in (2, 4):
        clock_at(NOW + timedelta(hours=hours))
        assert access_token(sign_in)


def test_a_consent_that_was_taken_back_is_said_with_what_to_do(provider, clock_at):
    sign_in = signed_in(provider)
    provider.take_back()
    clock_at(NOW + timedelta(hours=2))
    with pytest.raises(NotReached, match="does not let us in any more.*Sign in there again"):
        fetch_once(account_of(sign_in))


def test_a_mail_server_that_does_not_take_it_is_said_and_the_next_time_shown_another(provider):
    sign_in = signed_in(provider)
    provider.end_access()
    with pytest.raises(NotReached, match="does not let this user in"):
        fetch_once(account_of(sign_in))
    assert try_it(account_of(sign_in)).is_well


def test_an_answer_that_is_none_of_a_provider_breaks_nothing(provider, clock_at):
    sign_in = signed_in(provider)
    clock_at(NOW + timedelta(hours=2))
    provider.answers = b"<h1>Back soon</h1>"
    with pytest.raises(SignInRefused, match="does not let us in any more"):
        access_token(sign_in)
    provider.answers = b""
    assert access_token(sign_in)


def test_a_provider_that_is_away_is_asked_again_by_itself(provider, monkeypatch, clock_at):
    sign_in = signed_in(provider)
    clock_at(NOW + timedelta(hours=2))
    nowhere = replace(PROVIDERS["google"], token="http://127.0.0.1:9/token")
    with monkeypatch.context() as patched:
        patched.setitem(PROVIDERS, "google", nowhere)
        with pytest.raises(NotReached, match="does not answer"):
            fetch_once(account_of(sign_in))
    assert try_it(account_of(sign_in)).is_well


def test_a_code_that_another_browser_got_is_worth_nothing(provider):
    sign_in = registered(provider)
    asked = consent_to(sign_in, back_to=BACK)
    [code] = parse_qs(urlsplit(provider.consented(asked.address)).query)["code"]
    with pytest.raises(SignInRefused):
        accept_consent(sign_in, code, verifier="x" * 50, back_to=BACK, by=cast.CAST)
    sign_in.refresh_from_db()
    assert (sign_in.sealed_refresh, sign_in.consented_at) == ("", None)


def test_the_consent_is_asked_for_with_what_makes_it_last(provider):
    asked = parse_qs(urlsplit(consent_to(registered(provider), back_to=BACK).address).query)
    assert asked["access_type"] == ["offline"]
    assert asked["redirect_uri"] == [BACK]
    assert asked["login_hint"] == [provider.user]
    assert asked["scope"] == ["https://mail.google.com/"]


@pytest.mark.parametrize(("tenant", "directory"), [("", "common"), ("contoso.example", "contoso.example")])
def test_at_microsoft_the_directory_is_asked(provider, tenant, directory):
    sign_in = registered(provider, provider="microsoft", tenant=tenant)
    address = consent_to(sign_in, back_to=BACK).address
    assert address.startswith(f"https://login.microsoftonline.com/{directory}/oauth2/v2.0/authorize?")
    assert account_of(sign_in).server == "outlook.office365.com"


def test_no_secret_stands_anywhere_as_it_is(provider):
    sign_in = signed_in(provider)
    token = access_token(sign_in)
    row = MailSignIn.objects.filter(pk=sign_in.pk).values().get()
    kept = " ".join(map(str, row.values()))
    assert SECRET not in kept
    assert token not in kept


def test_another_user_or_client_has_to_consent_anew_and_the_same_one_does_not(provider):
    signed_in(provider)
    assert registered(provider, secret="").sealed_refresh
    assert not registered(provider, client_id="another").sealed_refresh
    signed = signed_in(provider)
    assert signed.sealed_refresh
    assert not registered(provider, user="other@keepwell.example").sealed_refresh


def test_a_password_ends_the_sign_in_and_a_sign_in_the_password(provider, dovecot):
    mailbox = signed_in(provider).account.mailbox
    there = Server(
        server="127.0.0.1",
        port=dovecot.imap,
        user=provider.user,
        secured=Secured.NEVER,
        password=PASSWORD,
    )
    account = fetch_from(mailbox, there, by=cast.CAST)
    assert not MailSignIn.objects.exists()
    assert try_it(account).is_well
    assert account_of(signed_in(provider)).sealed_password == ""


def test_the_folder_can_be_changed_without_signing_in_again_but_not_the_server(provider, dovecot):
    sign_in = signed_in(provider)
    there = Server(server="127.0.0.1", port=dovecot.imap, user=provider.user, secured=Secured.NEVER)
    account = fetch_from(sign_in.account.mailbox, replace(there, moves_to="Kept"), by=cast.CAST)
    assert account.moves_to == "Kept"
    assert try_it(account).is_well
    with pytest.raises(AccountRefused, match="Enter the password"):
        fetch_from(sign_in.account.mailbox, replace(there, server="localhost"), by=cast.CAST)


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"provider": "aol"}, "Choose one of the providers"),
        ({"secret": ""}, "Enter the secret"),
        ({"tenant": "a/../b"}, "The directory is"),
    ],
)
def test_what_cannot_be_signed_in_at_is_refused_and_nothing_is_kept(provider, told, why):
    with pytest.raises(AccountRefused, match=why):
        registered(provider, **told)
    assert not ImapAccount.objects.exists()


def test_only_who_may_set_mailboxes_up_signs_in(provider):
    mailbox = add_mailbox(provider.user, by=cast.CAST)
    wanted = Registration(provider="google", user=provider.user, client_id=CLIENT, secret=SECRET)
    maria = cast.maria_the_specialist()
    with pytest.raises(NotPermitted):
        sign_in_at(mailbox, wanted, by=maria)
    sign_in = sign_in_at(mailbox, wanted, by=cast.CAST)
    with pytest.raises(NotPermitted):
        accept_consent(sign_in, "code", verifier="v", back_to=BACK, by=maria)
