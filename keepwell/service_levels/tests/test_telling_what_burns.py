"""What burns is told once, to those whom it concerns, and calms by itself."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from keepwell.cases.models import Case
from keepwell.cases.verbs.spam import mark_spam
from keepwell.journal.models import Entry
from keepwell.outbox.models import Outgoing
from keepwell.people.models import Role
from keepwell.people.verbs.adding import add_person
from keepwell.people.verbs.deactivating import deactivate
from keepwell.service_levels.burn_facts import spending_of
from keepwell.service_levels.burn_readers import burning_for
from keepwell.service_levels.burn_words import burn_words
from keepwell.service_levels.models import BurnAlert
from keepwell.service_levels.passing import fire_what_is_due
from keepwell.service_levels.tests.conftest import INIT, LONG_AGO, at
from keepwell.service_levels.verbs.burning import tell_what_burns
from keepwell.service_levels.verbs.guidelines import (
    Watched,
    change_guideline,
    create_guideline,
    end_guideline,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def lea():
    return add_person(name="Lea Novak", email="lea@vendor.example", roles=[Role.LEAD], by=INIT)


@pytest.fixture
def first_contact(guidelines, lea):
    """First contact within 6 hours, promised for every case: the second miss burns."""
    watched = Watched(policy=guidelines, metric="initial_contact", severity="high")
    return create_guideline("First contact, High", watched, by=INIT, at=LONG_AGO)


@pytest.fixture
def resolution(guidelines, lea):
    """85 % within 24 hours."""
    watched = Watched(policy=guidelines, metric="resolution", severity="high")
    return create_guideline("Resolution, High", watched, by=INIT, at=LONG_AGO)


def told(kind):
    return Entry.objects.filter(kind=kind).count()


def test_one_miss_alone_tells_nobody_and_the_second_does(first_contact, opened):
    opened("high", "9 12:00")
    assert tell_what_burns(at=at("9 18:10")) == 0
    opened("high", "9 13:00")
    assert tell_what_burns(at=at("9 19:10")) == 1
    alert = BurnAlert.objects.get()
    assert (alert.pace, alert.began_at, alert.told_at) == ("fast", at("9 19:10"), at("9 19:10"))
    assert burn_words(alert.facts) == (
        "2 missed in the last 3 days, and it is promised for every case. Of these 2 in the last day."
    )


def test_it_is_told_once_however_often_it_is_asked(first_contact, opened):
    for hour in (12, 13, 14):
        opened("high", f"9 {hour}:00")
    tell_what_burns(at=at("9 20:10"))
    opened("high", "9 15:00")
    assert tell_what_burns(at=at("9 20:20")) == tell_what_burns(at=at("9 21:10")) == 0
    assert (BurnAlert.objects.count(), told("guideline.burning"), Outgoing.objects.count()) == (1, 1, 1)
    assert BurnAlert.objects.get().facts["missed"] == 4


def test_it_does_not_wait_until_the_misses_themselves_were_told(first_contact, opened):
    opened("high", "9 12:00")
    opened("high", "9 12:00")
    assert tell_what_burns(at=at("9 18:01")) == 1
    fire_what_is_due(at=at("9 18:02"))
    assert tell_what_burns(at=at("9 18:10")) == 0


def test_three_days_without_a_miss_are_calm_and_no_mail_is_written_of_it(first_contact, opened, lea):
    opened("high", "9 12:00")
    opened("high", "10 12:00")
    tell_what_burns(at=at("10 18:10"))
    assert tell_what_burns(at=at("13 17:50")) == 0
    assert tell_what_burns(at=at("13 18:10")) == 1
    assert (told("guideline.calmed"), Outgoing.objects.count()) == (1, 1)
    [calm] = burning_for(lea, at=at("14 18:00"))
    assert calm.ended_at == at("13 18:10")
    assert burning_for(lea, at=at("14 18:20")) == []


def test_it_may_burn_again_and_is_told_again(first_contact, opened, lea):
    for when in ("1 12:00", "1 13:00", "9 12:00", "9 13:00"):
        opened("high", when)
    tell_what_burns(at=at("1 19:10"))
    tell_what_burns(at=at("5 12:00"))
    tell_what_burns(at=at("9 19:10"))
    assert BurnAlert.objects.filter(ended_at=None).count() == 1
    assert (told("guideline.burning"), Outgoing.objects.count()) == (2, 2)


def test_after_an_outage_the_present_state_is_told_once(first_contact, opened):
    """What burned and calmed while nobody asked is past; what burns now is news."""
    for when in ("1 12:00", "1 13:00", "15 12:00", "16 12:00"):
        opened("high", when)
    assert tell_what_burns(at=at("10 12:00")) == 0
    assert tell_what_burns(at=at("16 20:00")) == 1
    assert BurnAlert.objects.get().facts["missed"] == 2


def test_a_share_burns_by_what_it_may_miss(resolution, opened, answered):
    for day in range(1, 9):
        answered(opened("high", f"{day} 15:00"), f"{day} 16:00", intention="resolve")
    for hour in (12, 13, 14, 15):
        opened("high", f"9 {hour}:00")
    assert tell_what_burns(at=at("10 14:30")) == 0  # three are missed
    assert tell_what_burns(at=at("10 15:10")) == 1
    facts = BurnAlert.objects.get().facts
    # Five that started in three days, and one a day or so before: of these 15 % may be missed.
    assert facts["allowed"] == pytest.approx(0.8, abs=0.1)
    assert facts["burn"] >= 4
    assert not facts["in_business_time"]


def test_where_more_start_than_ever_more_may_be_missed(resolution, opened):
    for hour in range(12, 22):
        opened("high", f"9 {hour}:00")
    version = resolution.versions.get()
    tell_what_burns(at=at("9 12:30"))
    found = spending_of(version, at=at("9 22:00")).stretches
    # The year behind, kept this morning, knew of one a week.
    assert found[1].allowed == pytest.approx(10 * 0.15)


def test_spam_and_what_another_desk_missed_burn_nothing(first_contact, opened, maria):
    mark_spam(opened("high", "9 12:00"), by=maria, at=at("9 18:30"))
    imported = opened("high", "9 12:00")
    Case.objects.filter(pk=imported.pk).update(is_imported=True)
    opened("high", "9 12:00")
    assert tell_what_burns(at=at("9 19:00")) == 0


def test_over_a_weekend_a_promise_in_business_time_goes_on_burning(guidelines, opened, lea):
    watched = Watched(policy=guidelines, metric="initial_contact", severity="normal")
    create_guideline("First contact, Normal", watched, by=INIT, at=LONG_AGO)
    for hour in (15, 16):
        opened("normal", f"10 {hour}:00")  # a Wednesday; due on Thursday at the same time
    assert tell_what_burns(at=at("11 16:10")) == 1
    assert tell_what_burns(at=at("14 20:00")) == 0  # Sunday
    assert tell_what_burns(at=at("15 16:00")) == 0
    assert tell_what_burns(at=at("16 16:10")) == 1  # the third business day
    assert "business days" in burn_words(BurnAlert.objects.get().facts)


def test_whoever_is_named_is_told_and_the_leads_only_where_nobody_is(guidelines, opened, lea, maria):
    watched = Watched(policy=guidelines, metric="initial_contact", severity="high", told=(maria.pk,))
    guideline = create_guideline("First contact, High", watched, by=INIT, at=LONG_AGO)
    opened("high", "9 12:00")
    opened("high", "9 12:00")
    tell_what_burns(at=at("9 18:10"))
    assert [mail.to_address for mail in Outgoing.objects.all()] == [maria.email]
    # A lead sees it all the same.
    assert len(burning_for(lea, at=at("9 18:10"))) == len(burning_for(maria, at=at("9 18:10"))) == 1
    change_guideline(
        guideline,
        Watched(policy=guidelines, metric="initial_contact", severity="high", told=(lea.pk,)),
        by=INIT,
        at=at("9 18:20"),
    )
    assert burning_for(maria, at=at("9 18:20")) == []


def test_where_the_named_one_has_left_the_leads_are_told(guidelines, opened, lea, maria):
    watched = Watched(policy=guidelines, metric="initial_contact", severity="high", told=(maria.pk,))
    create_guideline("First contact, High", watched, by=INIT, at=LONG_AGO)
    opened("high", "9 12:00")
    opened("high", "9 12:00")
    deactivate(maria, by=INIT)
    tell_what_burns(at=at("9 18:10"))
    assert [mail.to_address for mail in Outgoing.objects.all()] == [lea.email]


def test_without_anybody_to_tell_it_stands_and_says_that_nobody_was_told(guidelines, opened):
    watched = Watched(policy=guidelines, metric="initial_contact", severity="high")
    create_guideline("First contact, High", watched, by=INIT, at=LONG_AGO)
    opened("high", "9 12:00")
    opened("high", "9 12:00")
    assert tell_what_burns(at=at("9 18:10")) == 1
    assert BurnAlert.objects.get().told_at is None


def test_the_mail_says_what_burns_and_nothing_of_the_cases(first_contact, opened):
    opened("high", "9 12:00")
    opened("high", "9 12:00")
    tell_what_burns(at=at("9 18:10"))
    mail = Outgoing.objects.get()
    assert mail.subject == "First contact, High burns fast"
    text = bytes(mail.raw).decode().replace("=\r\n", "")
    assert "2 missed in the last 3 days" in text
    assert "within 6 hours" in text
    assert f"/desk/insight/guidelines/{first_contact.pk}/cases/missed/" in text
    assert "saved" not in text


def test_an_ended_guideline_burns_no_longer(first_contact, opened, lea):
    opened("high", "9 12:00")
    opened("high", "9 12:00")
    tell_what_burns(at=at("9 18:10"))
    end_guideline(first_contact, by=INIT, at=at("9 18:20"))
    assert burning_for(lea, at=at("9 18:20")) == []
    assert tell_what_burns(at=at("9 18:30")) == 0
    assert not BurnAlert.objects.filter(ended_at=None).exists()


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_tell_it_once(first_contact, opened):
    opened("high", "9 12:00")
    opened("high", "9 12:00")

    def work(_number):
        try:
            return tell_what_burns(at=at("9 18:10"))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(work, range(2))) == 1
    assert (BurnAlert.objects.count(), Outgoing.objects.count()) == (1, 1)
