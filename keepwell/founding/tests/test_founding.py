"""From an empty database to an installation that can take its first case."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from keepwell.calendars.models import CalendarVersion, WorkingCalendar
from keepwell.calendars.verbs.publishing import CalendarError
from keepwell.calendars.working_time import WorkingTime
from keepwell.founding import first_run_key
from keepwell.founding.opening_hours import HoursRefused
from keepwell.founding.terms import Terms
from keepwell.founding.verbs.founding import AlreadyFounded, found
from keepwell.journal.models import Entry
from keepwell.operate import command
from keepwell.operate.refusals import WordRefused
from keepwell.operate.words import init
from keepwell.outbox.queries import brand
from keepwell.people.actors import System
from keepwell.people.models import User
from keepwell.service_levels.models import Policy

pytestmark = pytest.mark.django_db

BY = System("test")
TERMS = Terms(
    vendor="Causeway Works",
    sender="support@causeway.example",
    zone="Europe/Berlin",
    hours="mon-fri 08:00-18:00",
    country="DE",
    subdivision="BY",
    administrator_name="Ada Vance",
    administrator_email="Ada@causeway.example",
    password="several long words",
)


@pytest.fixture(autouse=True)
def var(settings: object, tmp_path: Path) -> Path:
    settings.VAR = tmp_path
    return tmp_path


def nothing_was_set_up() -> bool:
    return not (User.objects.exists() or WorkingCalendar.objects.exists() or Entry.objects.exists())


def test_after_founding_the_vendor_has_name_hours_promises_and_an_administrator() -> None:
    administrator = found(TERMS, by=BY)
    assert administrator.roles == {"administrator"}
    assert administrator.check_password("several long words")
    assert brand().name == "Causeway Works"
    assert Policy.objects.get(is_default=True)
    hours = WorkingTime.parse(CalendarVersion.objects.get(calendar__is_default=True).mapping)
    assert hours.is_open(hours.next_opening(administrator.created_at))
    assert Entry.objects.filter(kind="installation.founded").count() == 1


def test_public_holidays_of_the_place_are_closed(clock_at: object) -> None:
    clock_at("2026-02-01T12:00:00Z")
    found(TERMS, by=BY)
    closed = CalendarVersion.objects.get().mapping["exceptions"]
    assert closed["2026-12-25"] == []
    assert closed["2026-01-06"] == [], "Epiphany is a holiday in Bavaria and not in all of Germany"
    assert closed["2028-12-25"] == []
    assert closed["2016-12-26"] == [], "what another desk did before is measured by these hours"


def test_it_is_founded_once() -> None:
    found(TERMS, by=BY)
    with pytest.raises(AlreadyFounded, match="Nothing was changed"):
        found(replace(TERMS, vendor="Somebody else"), by=BY)
    assert brand().name == "Causeway Works"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("vendor", "  "),
        ("vendor", "Causeway " * 12),
        ("administrator_name", "Ada " * 60),
        ("administrator_email", f"{'a' * 60}@{'long.' * 50}example"),
        ("sender", "support"),
        ("zone", "Berlin"),
        ("administrator_name", ""),
        ("administrator_email", "ada@"),
        ("password", "short"),
        ("password", "password1234"),
    ],
)
def test_what_is_wrong_is_said_by_field_and_nothing_is_set_up(field: str, value: str) -> None:
    with pytest.raises(ValidationError) as refused:
        found(replace(TERMS, **{field: value}), by=BY)
    assert list(refused.value.message_dict) == [field]
    assert nothing_was_set_up()


@pytest.mark.parametrize(
    ("change", "error"),
    [({"hours": "whenever"}, HoursRefused), ({"hours": "mon 18:00-08:00"}, CalendarError)],
)
def test_hours_that_cannot_be_used_set_nothing_up(change: dict[str, str], error: type[Exception]) -> None:
    with pytest.raises(error):
        found(replace(TERMS, **change), by=BY)
    assert nothing_was_set_up()


def options(*given: str) -> object:
    return command._options("init", "", init, list(given))


GIVEN = (
    "--vendor=Causeway Works",
    "--sender=support@causeway.example",
    "--zone=Europe/Berlin",
    "--administrator-name=Ada Vance",
    "--administrator-email=ada@causeway.example",
)


def test_the_word_sets_up_and_prints_the_made_password_once(capsys: pytest.CaptureFixture[str]) -> None:
    init.run(options(*GIVEN, "--make-password"))
    told = capsys.readouterr().out
    password = told.split("with the password ")[1].split()[0]
    assert User.objects.get().check_password(password)


def test_the_word_names_what_is_missing_without_a_terminal() -> None:
    with pytest.raises(WordRefused, match="--zone is missing"):
        init.run(options("--vendor=Causeway Works", "--sender=support@causeway.example"))
    assert nothing_was_set_up()


def test_the_word_says_by_option_what_is_wrong() -> None:
    with pytest.raises(WordRefused, match=r"--sender: .*Nothing was set up"):
        init.run(options(*GIVEN, "--sender=support", "--make-password"))


def test_the_word_says_which_hours_cannot_be_used() -> None:
    with pytest.raises(WordRefused, match="closes at 08:00"):
        init.run(options(*GIVEN, "--hours=mon 18:00-08:00", "--make-password"))
    assert nothing_was_set_up()


def test_the_word_refuses_a_second_time() -> None:
    found(TERMS, by=BY)
    with pytest.raises(WordRefused, match="set up already"):
        init.run(options(*GIVEN, "--make-password"))


ANSWERS = dict(vars(TERMS))


def test_the_first_run_page_is_not_there_for_whoever_has_no_key(client: Client) -> None:
    assert client.get("/first-run/").status_code == 404
    first_run_key.first_run_key()
    assert client.get("/first-run/").status_code == 404
    assert client.get("/first-run/?key=guessed").status_code == 404
    assert client.post("/first-run/", {**ANSWERS, "key": "guessed"}).status_code == 404
    assert nothing_was_set_up()


def test_the_first_run_page_sets_up_and_is_gone(client: Client) -> None:
    key = first_run_key.first_run_key()
    assert client.get(f"/first-run/?key={key}").status_code == 200
    answer = client.post("/first-run/", {**ANSWERS, "key": key})
    assert (answer.status_code, answer.url) == (302, "/accounts/login/")
    assert brand().name == "Causeway Works"
    assert client.get(f"/first-run/?key={key}").status_code == 404
    assert not (first_run_key.settings.VAR / first_run_key.FILE).exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"hours": "whenever"},
        {"hours": "mon 18:00-08:00"},
        {"password": "short"},
        {"vendor": "Causeway Works " * 12},
        {"administrator_email": f"{'a' * 60}@{'long.' * 50}example"},
    ],
)
def test_a_wrong_answer_is_shown_beside_its_field_and_the_others_are_kept(
    client: Client, wrong: dict[str, str]
) -> None:
    key = first_run_key.first_run_key()
    answer = client.post("/first-run/", {**ANSWERS, **wrong, "key": key})
    assert answer.status_code == 422
    assert answer.context["form"].errors
    assert "Causeway Works" in answer.content.decode()
    assert nothing_was_set_up()
