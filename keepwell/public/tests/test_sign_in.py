from __future__ import annotations

import re
import time
from email import message_from_bytes, policy
from typing import Any

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.test import Client
from django.urls import reverse

from keepwell.journal.models import Entry
from keepwell.outbox.models import Outgoing, Purpose
from keepwell.people.actors import System
from keepwell.people.models import Role, User
from keepwell.people.verbs.adding import add_person
from keepwell.people.verbs.deactivating import deactivate, reactivate
from keepwell.people.verbs.erasing import erase_person

pytestmark = pytest.mark.django_db
TEST = System("test")
PASSWORD = "quiet lanterns over water"
UNKNOWN = "nobody@elsewhere.example"


@pytest.fixture
def maria() -> User:
    return add_person(
        name="Maria Petersen",
        email="Maria@Vendor.example",
        roles=[Role.SPECIALIST],
        password=PASSWORD,
        by=TEST,
    )


@pytest.fixture
def ada() -> User:
    return add_person(
        name="Ada Okafor", email="ada@vendor.example", roles=[Role.ADMINISTRATOR], password=PASSWORD, by=TEST
    )


@pytest.fixture
def dana() -> User:
    return add_person(name="Dana Kim", email="dana@elm-falls.example", roles=[Role.CUSTOMER_USER], by=TEST)


def with_password(client: Client, email: str, password: str = PASSWORD) -> Any:
    return client.post(reverse("account_login"), {"login": email, "password": password})


def ask_for_code(client: Client, email: str) -> Any:
    return client.post(reverse("account_request_login_code"), {"email": email})


def enter_code(client: Client, code: str) -> Any:
    return client.post(reverse("account_confirm_login_code"), {"code": code})


def text_of(mail: Outgoing) -> str:
    body = message_from_bytes(bytes(mail.raw), policy=policy.default).get_body(("plain",))
    assert body
    return str(body.get_content())


def code_sent_to(email: str) -> str:
    mail = Outgoing.objects.filter(to_address=email, purpose=Purpose.CODE).latest("pk")
    found = re.search(r"^[A-Z]{4}-[A-Z]{4}\r?$", text_of(mail), re.MULTILINE)
    assert found, text_of(mail)
    return found.group().strip()


def is_signed_in(client: Client) -> bool:
    return client.get(reverse("home")).headers.get("Location") in {"/desk/", "/portal/"}


def how_people_came_in() -> list[str]:
    return [entry.facts["method"] for entry in Entry.objects.filter(kind="person.signed_in").order_by("pk")]


def totp_now(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def test_staff_come_in_with_their_password_and_are_taken_to_the_desk(client: Client, maria: User):
    answer = with_password(client, "maria@vendor.EXAMPLE")
    assert answer.headers["Location"] == "/home/"
    assert client.get("/home/").headers["Location"] == "/desk/"
    assert how_people_came_in() == ["password"]
    entry = Entry.objects.get(kind="person.signed_in")
    assert entry.actor_ref == ("person", maria.pk)


def test_customers_come_in_with_a_code_sent_by_mail(client: Client, dana: User):
    answer = ask_for_code(client, "Dana@elm-falls.example")
    assert answer.headers["Location"] == reverse("account_confirm_login_code")
    enter_code(client, code_sent_to("dana@elm-falls.example"))
    assert client.get("/home/").headers["Location"] == "/portal/"
    assert how_people_came_in() == ["code"]


def test_a_code_may_be_typed_in_small_letters_and_without_its_dash(client: Client, dana: User):
    ask_for_code(client, dana.email)
    enter_code(client, f" {code_sent_to(dana.email).lower().replace('-', ' ')} ")
    assert is_signed_in(client)


def test_a_code_works_once_and_only_in_the_browser_that_asked_for_it(client: Client, dana: User):
    ask_for_code(client, dana.email)
    code = code_sent_to(dana.email)
    other = Client()
    enter_code(other, code)
    assert not is_signed_in(other)
    enter_code(client, code)
    client.post(reverse("account_logout"))
    enter_code(client, code)
    assert not is_signed_in(client)


def test_a_code_is_of_no_use_after_ten_minutes(client: Client, dana: User, monkeypatch: pytest.MonkeyPatch):
    ask_for_code(client, dana.email)
    code, now = code_sent_to(dana.email), time.time()
    monkeypatch.setattr(time, "time", lambda: now + 601)
    enter_code(client, code)
    assert not is_signed_in(client)


def test_after_three_wrong_codes_the_right_one_comes_too_late(client: Client, dana: User):
    ask_for_code(client, dana.email)
    code = code_sent_to(dana.email)
    for wrong in ("AAAA-AAAA", "BBBB-BBBB", "CCCC-CCCC"):
        enter_code(client, wrong)
    enter_code(client, code)
    assert not is_signed_in(client)


def test_another_code_can_be_asked_for_and_the_old_one_is_void(client: Client, dana: User):
    ask_for_code(client, dana.email)
    old = code_sent_to(dana.email)
    client.post(reverse("account_confirm_login_code"), {"action": "resend"})
    new = code_sent_to(dana.email)
    assert new != old
    enter_code(client, old)
    assert not is_signed_in(client)
    enter_code(client, new)
    assert is_signed_in(client)


def seen(ask: Any, email: str) -> list[tuple[int, str, str]]:
    """All that a browser sees after asking in somebody's name, with the address itself taken out."""
    client = Client()
    answers = [ask(client, email)]
    answers.append(client.get(answers[0].headers["Location"]))
    answers.append(client.get(reverse("account_confirm_login_code")))
    answers.append(enter_code(client, "WRON-GONE"))
    hidden = re.compile(
        rf"{re.escape(email)}|csrf\w*|value=\"\w{{64}}\"|X-CSRFToken[^}}]+|data-now=\S+|nonce=\S+"
    )
    return [
        (answer.status_code, answer.headers.get("Location", ""), hidden.sub("", answer.content.decode()))
        for answer in answers
    ]


def ask_for_reset(client: Client, email: str) -> Any:
    return client.post(reverse("account_reset_password"), {"email": email})


@pytest.mark.parametrize("ask", [ask_for_code, ask_for_reset])
def test_nobody_learns_from_us_who_is_known_here(maria: User, dana: User, ask: Any):
    closed = add_person(name="C", email="closed@elm-falls.example", roles=[Role.CUSTOMER_USER], by=TEST)
    deactivate(closed, by=TEST)
    known = [seen(ask, email) for email in (dana.email, maria.email, closed.email)]
    stranger = seen(ask, UNKNOWN)
    assert known == [stranger] * 3
    assert not Outgoing.objects.filter(to_address__in=[UNKNOWN, closed.email]).exists()


def test_a_wrong_password_is_answered_like_an_unknown_address(maria: User):
    wrong = with_password(Client(), maria.email, "not her password")
    unknown = with_password(Client(), UNKNOWN, "not her password")
    words = "This address and this password do not belong together."
    assert words in wrong.content.decode()
    assert words in unknown.content.decode()


def test_no_code_is_ever_sent_to_somebody_of_the_staff(client: Client, maria: User):
    ask_for_code(client, maria.email)
    ask_for_reset(client, maria.email)
    assert [mail.subject for mail in Outgoing.objects.all()] == ["A new password"]
    both = add_person(name="B", email="both@x.example", roles=[Role.CUSTOMER_USER, Role.LEAD], by=TEST)
    ask_for_code(client, both.email)
    assert not Outgoing.objects.filter(to_address=both.email).exists()


def test_a_second_factor_is_asked_for_and_no_code_by_mail_goes_around_it(client: Client, maria: User):
    secret = generate_totp_secret()
    TOTP.activate(maria, secret)
    answer = with_password(client, maria.email)
    assert answer.headers["Location"] == reverse("mfa_authenticate")
    assert not is_signed_in(client)
    other = Client()
    ask_for_code(other, maria.email)
    enter_code(other, "AAAA-AAAA")
    assert not is_signed_in(other)
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert not is_signed_in(client)
    client.post(reverse("mfa_authenticate"), {"code": totp_now(secret)})
    assert is_signed_in(client)
    assert how_people_came_in() == ["password+totp"]


def test_a_new_password_does_not_lead_around_the_second_factor(client: Client, maria: User):
    secret = generate_totp_secret()
    TOTP.activate(maria, secret)
    follow_reset(client, maria, "another set of words")
    with_password(client, maria.email, "another set of words")
    assert not is_signed_in(client)


def test_a_recovery_code_works_once(client: Client, maria: User):
    TOTP.activate(maria, generate_totp_secret())
    code = RecoveryCodes.activate(maria).get_unused_codes()[0]
    with_password(client, maria.email)
    client.post(reverse("mfa_authenticate"), {"code": code})
    assert is_signed_in(client)
    other = Client()
    with_password(other, maria.email)
    other.post(reverse("mfa_authenticate"), {"code": code})
    assert not is_signed_in(other)


def follow_reset(client: Client, user: User, password: str) -> None:
    ask_for_reset(client, user.email)
    mail = Outgoing.objects.filter(to_address=user.email).latest("pk")
    link = re.search(r"http://\S+/accounts/password/reset/key/\S+", text_of(mail))
    assert link
    form = client.get("/" + link.group().split("/", 3)[3])
    client.post(form.headers["Location"], {"password1": password, "password2": password})


def test_a_new_password_ends_the_sessions_elsewhere(client: Client, maria: User):
    elsewhere = Client()
    with_password(elsewhere, maria.email)
    assert is_signed_in(elsewhere)
    follow_reset(client, maria, "another set of words")
    assert not is_signed_in(elsewhere)
    with_password(client, maria.email, "another set of words")
    assert is_signed_in(client)
    assert Entry.objects.filter(kind="person.password_changed").count() == 1


def test_a_customer_who_wants_a_new_password_gets_a_code_and_comes_in_with_it(client: Client, dana: User):
    ask_for_reset(client, dana.email)
    enter_code(client, code_sent_to(dana.email))
    assert is_signed_in(client)


def test_somebody_who_changes_his_password_stays_in_here_and_is_out_elsewhere(client: Client, maria: User):
    elsewhere = Client()
    with_password(client, maria.email)
    with_password(elsewhere, maria.email)
    new = "another set of words"
    words = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    client.post(reverse("account_change_password"), words)
    assert is_signed_in(client)
    assert not is_signed_in(elsewhere)
    assert Outgoing.objects.get(to_address=maria.email).subject == "Your password was changed"


def test_whoever_is_closed_out_is_out_at_once_and_old_sessions_stay_dead(client: Client, maria: User):
    with_password(client, maria.email)
    deactivate(maria, by=TEST)
    assert not is_signed_in(client)
    assert (
        "This sign-in is closed"
        in with_password(Client(), maria.email).client.get("/accounts/inactive/").content.decode()
    )
    reactivate(maria, by=TEST)
    assert not is_signed_in(client)
    with_password(client, maria.email)
    assert is_signed_in(client)


def test_an_erased_person_is_out_and_can_ask_for_nothing(client: Client, dana: User):
    ask_for_code(client, dana.email)
    enter_code(client, code_sent_to(dana.email))
    erase_person(dana, by=TEST)
    assert not is_signed_in(client)
    ask_for_code(client, "dana@elm-falls.example")
    assert not Outgoing.objects.filter(to_address="dana@elm-falls.example").exists()


def test_after_five_wrong_passwords_the_right_one_is_not_tried_either(maria: User):
    for number in range(5):
        with_password(Client(REMOTE_ADDR=f"192.0.2.{number}"), maria.email, "guess")
    right = Client(REMOTE_ADDR="192.0.2.99")
    assert "tried too often" in with_password(right, maria.email).content.decode()
    assert not is_signed_in(right)


def test_tries_are_counted_in_the_database_for_all_processes_and_many_of_them(maria: User):
    assert isinstance(caches["default"], DatabaseCache)
    with_password(Client(), maria.email, "guess")
    counts = DatabaseCache("keepwell_cache", settings.CACHES["default"])
    for number in range(400):
        counts.set(f"filler-{number}", number)
    for _number in range(4):
        with_password(Client(REMOTE_ADDR="192.0.2.7"), maria.email, "guess")
    assert "tried too often" in with_password(Client(), maria.email).content.decode()


def test_more_than_three_codes_a_minute_are_not_sent_to_one_address(dana: User):
    for number in range(6):
        ask_for_code(Client(REMOTE_ADDR=f"192.0.2.{number}"), dana.email)
    assert Outgoing.objects.filter(to_address=dana.email).count() == 3


@pytest.mark.parametrize(
    "door", ["signup/", "email/", "confirm-email/", "confirm-email/abc/", "password/set/"]
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_makes_a_sign_in_for_himself(client: Client, dana: User, door: str, method: str):
    client.force_login(dana)
    assert getattr(client, method)(f"/accounts/{door}").status_code == 404


def test_somebody_without_a_role_is_told_so(client: Client):
    client.force_login(add_person(name="New", email="new@x.example", roles=[], by=TEST))
    answer = client.get("/home/")
    assert answer.status_code == 403
    assert "nobody has given you a role" in answer.content.decode()


def test_strangers_are_asked_to_sign_in_and_come_back_where_they_wanted(client: Client, maria: User):
    assert client.get("/home/").headers["Location"] == "/accounts/login/?next=/home/"
    url = "/accounts/login/?next=/desk/cases/7/"
    answer = client.post(url, {"login": maria.email, "password": PASSWORD, "next": "/desk/cases/7/"})
    assert answer.headers["Location"] == "/desk/cases/7/"
    evil = {"login": maria.email, "password": PASSWORD, "next": "https://evil.example/"}
    assert Client().post("/accounts/login/", evil).headers["Location"] == "/home/"


INLINE = re.compile(r"\son\w+\s*=|javascript:|<style", re.IGNORECASE)
SCRIPT = re.compile(r"<script(?![^>]*type=\"application/json\")(?![^>]*nonce=)[^>]*>")


@pytest.mark.parametrize(
    "name",
    [
        "account_login",
        "account_request_login_code",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key_done",
        "account_inactive",
        "account_logout",
        "account_reauthenticate",
        "account_change_password",
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_list_webauthn",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_deactivate_totp",
        "mfa_reauthenticate",
    ],
)
def test_every_door_is_ours_to_look_at_and_holds_nothing_inline(client: Client, maria: User, name: str):
    is_public = name in {
        "account_login",
        "account_request_login_code",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key_done",
        "account_inactive",
    }
    if not is_public:
        with_password(client, maria.email)
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
        if name not in {"mfa_activate_totp"}:
            TOTP.activate(maria, generate_totp_secret())
        if name != "mfa_generate_recovery_codes":
            RecoveryCodes.activate(maria)
    answer = client.get(reverse(name))
    assert answer.status_code == 200, answer.headers.get("Location")
    page = answer.content.decode()
    assert 'id="main"' in page
    assert not INLINE.search(page), INLINE.search(page)
    assert not SCRIPT.search(page), SCRIPT.search(page)
    assert "Keepwell" in page
