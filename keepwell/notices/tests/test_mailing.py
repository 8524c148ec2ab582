"""What leaves the house: together, when it may, once; by controlled clocks."""

from __future__ import annotations

import email
from dataclasses import replace
from datetime import time, timedelta
from email import policy

import pytest

from keepwell.cases.severities import Severity
from keepwell.cases.verbs.assigning import Assignment, assign
from keepwell.journal.models import Entry
from keepwell.notices.happenings import BELL, BOTH, DEFAULTS, Happening, Way
from keepwell.notices.leaving import Digest
from keepwell.notices.models import Dispatch, Notice
from keepwell.notices.tests.elm_falls import NINE, open_for, wall, write_again
from keepwell.notices.verbs.choosing import Chosen, NeverQuiet, choose_notices
from keepwell.notices.verbs.forgetting import forget_old_notices
from keepwell.notices.verbs.leaving import tell_what_is_due
from keepwell.notices.verbs.reading import read_notices_of
from keepwell.outbox.models import Outgoing
from keepwell.people.models import Role
from keepwell.people.verbs.granting import grant, withdraw
from tests import cast

pytestmark = pytest.mark.django_db

USUAL = Chosen(
    ways=DEFAULTS, digest=Digest.HOURLY, daily_at=time(8), quiet_from=time(20), quiet_until=time(7)
)


def mails() -> list[Outgoing]:
    return list(Outgoing.objects.filter(purpose="notice").order_by("pk"))


def words_of(mail: Outgoing) -> str:
    message = email.message_from_bytes(bytes(mail.raw), policy=policy.default)
    return message.get_body(("plain",)).get_content()


@pytest.fixture
def given_three(dana, maria, lea):
    """Maria is given three cases by Lea within the hour."""
    cases = [open_for(dana, subject=f"Printer {number}") for number in (1, 2, 3)]
    for case in cases:
        assign(case, Assignment(to=maria), by=lea)
    return cases


def test_what_gathers_within_the_hour_is_one_mail_and_leaves_once(given_three, maria):
    assert tell_what_is_due(at=NINE + timedelta(minutes=59)) == 0
    assert tell_what_is_due(at=NINE + timedelta(minutes=60)) == 3
    assert tell_what_is_due(at=NINE + timedelta(minutes=60)) == 0
    [mail] = mails()
    assert (mail.to_address, mail.subject) == (maria.email, "3 notices")
    for case in given_three:
        assert f"#{case.number} {case.subject}" in words_of(mail)
        assert f"/desk/cases/{case.number}/" in words_of(mail)
    assert "/desk/me/notices/" in words_of(mail)


def test_one_alone_says_in_its_subject_what_it_is(marias, dana, maria):
    choose_notices(replace(USUAL, ways={**DEFAULTS, Happening.ANSWERED: BOTH}, digest=Digest.NONE), by=maria)
    write_again(marias, dana)
    assert tell_what_is_due(at=NINE) == 1
    assert mails()[0].subject == f"The customer wrote: #{marias.number} The printer is silent"


def test_what_was_read_at_the_desk_is_not_mailed(given_three, maria):
    read_notices_of(given_three[0], by=maria)
    assert tell_what_is_due(at=NINE + timedelta(hours=2)) == 2
    assert "Printer 1" not in words_of(mails()[0])


def test_a_worker_that_was_away_until_the_night_tells_in_the_morning(given_three):
    assert tell_what_is_due(at=wall("9 22:00")) == 0
    assert tell_what_is_due(at=wall("10 06:59")) == 0
    assert mails() == []
    assert tell_what_is_due(at=wall("10 07:00")) == 3
    assert len(mails()) == 1


def test_a_case_of_high_waits_for_no_gathering_but_for_the_morning(dana, maria, clock_at):
    choose_notices(replace(USUAL, digest=Digest.DAILY), by=maria)
    open_for(dana, severity=Severity.HIGH)
    assert tell_what_is_due(at=NINE) == 1
    clock_at(wall("9 23:00"))
    open_for(dana, severity=Severity.HIGH, subject="At night")
    assert tell_what_is_due(at=wall("9 23:00")) == 0
    assert tell_what_is_due(at=wall("10 07:00")) == 1


def test_once_a_day_comes_at_the_hour_that_one_chose(dana, maria, lea):
    choose_notices(replace(USUAL, digest=Digest.DAILY, daily_at=time(16, 30)), by=maria)
    assign(open_for(dana), Assignment(to=maria), by=lea)
    assert tell_what_is_due(at=wall("9 16:29")) == 0
    assert tell_what_is_due(at=wall("9 16:30")) == 1


def test_who_wants_no_bell_has_no_line_and_who_wants_nothing_has_no_notice(marias, dana, maria):
    choose_notices(
        replace(USUAL, ways={**DEFAULTS, Happening.ANSWERED: frozenset({Way.MAIL})}, digest=Digest.NONE),
        by=maria,
    )
    write_again(marias, dana)
    assert Notice.objects.get().rings is False
    choose_notices(replace(USUAL, ways={**DEFAULTS, Happening.ANSWERED: frozenset()}), by=maria)
    write_again(marias, dana)
    assert Notice.objects.count() == 1


def test_who_may_not_see_cases_any_more_is_mailed_nothing(given_three, maria):
    ada = cast.ada_the_administrator()
    grant(maria, Role.CUSTOMER_USER, by=ada)
    withdraw(maria, Role.SPECIALIST, by=ada)
    assert tell_what_is_due(at=NINE + timedelta(hours=2)) == 0
    assert mails() == []
    assert set(Dispatch.objects.values_list("was_told", flat=True)) == {False}


def test_choosing_is_recorded_once_and_the_same_again_is_no_news(maria):
    chosen = replace(USUAL, ways={**DEFAULTS, Happening.ASSIGNED: BELL})
    choose_notices(chosen, by=maria)
    choose_notices(chosen, by=maria)
    [entry] = Entry.objects.filter(kind="notices.chosen")
    assert entry.facts == {"changed": 1}
    assert maria.notice_wishes.ways[Happening.ASSIGNED] == BELL
    assert maria.notice_wishes.ways[Happening.MISSED] == BOTH


def test_quiet_hours_that_end_when_they_begin_are_refused(maria):
    with pytest.raises(NeverQuiet):
        choose_notices(replace(USUAL, quiet_until=time(20)), by=maria)


def test_old_notices_go_and_the_journal_stays(given_three):
    entries = Entry.objects.count()
    assert forget_old_notices(at=NINE + timedelta(days=90)) == 0
    assert forget_old_notices(at=NINE + timedelta(days=91)) == 3
    assert (Notice.objects.count(), Entry.objects.count()) == (0, entries)
