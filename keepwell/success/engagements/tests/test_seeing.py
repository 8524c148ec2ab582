"""Who sees what of engagements: a customer nothing that is ours, nor anything of another customer."""

from __future__ import annotations

import pytest

from keepwell.customers.verbs.adding import add_contact
from keepwell.customers.verbs.erasing import erase_contact
from keepwell.customers.verbs.merging import merge_contacts
from keepwell.journal.models import Entry
from keepwell.outbox.models import Outgoing
from keepwell.success.engagements.models import Action, BookingLink, Engagement, InternalNote, Touch
from keepwell.success.engagements.proposing import proposal
from keepwell.success.engagements.queries import visible_entries
from keepwell.success.engagements.tests.elm_falls import HOUR, NEXT_WEEK, NINE, proposed, scheduled
from keepwell.success.engagements.tests.test_life import FRIDAY
from keepwell.success.engagements.verbs.acting import NewAction, add_action
from keepwell.success.engagements.verbs.booking import offer_times
from keepwell.success.engagements.verbs.holding import hold
from keepwell.success.engagements.verbs.logging import Logged, log
from keepwell.success.engagements.verbs.rating import rate
from keepwell.success.engagements.verbs.writing import note_for_us
from tests import cast


@pytest.fixture
def others(db):
    return [cast.nora_of_another_town(), cast.pia_at_elm_falls_water()]


def test_it_is_ours_alone_until_the_customer_is_told(engagement, sam, dana, others):
    carl = cast.carl_the_administrator_of_elm_falls()
    everybody = [dana, carl, *others]
    assert not any(Engagement.objects.visible_to(one).exists() for one in everybody)
    offer_times(engagement, proposal(engagement, now=NINE), [dana.contact], by=sam)
    see_it = [one for one in everybody if Engagement.objects.visible_to(one).exists()]
    assert see_it == [dana, carl]


def test_a_user_sees_his_own_and_an_administrator_all_of_his_accounts(account, sam, dana, others):
    carl = cast.carl_the_administrator_of_elm_falls()
    scheduled(account, sam, carl)
    assert not Engagement.objects.visible_to(dana).exists()
    assert Engagement.objects.visible_to(carl).exists()
    below = proposed(cast.elm_falls_water(), sam, others[1])
    offer_times(below, proposal(below, now=NINE), [others[1].contact], by=sam)
    assert Engagement.objects.visible_to(carl).count() == 2
    assert Engagement.objects.visible_to(others[0]).count() == 0


def test_notes_of_ours_and_what_was_logged_are_for_no_customer(engagement, account, sam, dana, others):
    note_for_us(engagement, "He is about to leave.", by=sam)
    log(account, Logged(way="note", words="Careful."), by=sam)
    for one in (dana, dana.contact, *others):
        assert not InternalNote.objects.visible_to(one).exists()
        assert not Touch.objects.visible_to(one).exists()
    assert InternalNote.objects.visible_to(cast.maria_the_specialist()).exists()


def test_of_the_journal_a_customer_reads_what_is_of_his_and_nothing_of_ours(account, sam, dana, nora):
    engagement = scheduled(account, sam, dana)
    note_for_us(engagement, "He is about to leave.", by=sam)
    log(account, Logged(way="note", words="Careful."), by=sam)
    kinds = set(visible_entries(dana).values_list("kind", flat=True))
    assert kinds == {"engagement.scheduled", "attendee.added"}
    assert not visible_entries(nora).exists()
    assert {"engagement.noted", "touch.logged"} <= set(visible_entries(sam).values_list("kind", flat=True))
    assert set(visible_entries(sam, account)) <= set(Entry.objects.about("account", account.pk))


def test_lists_cost_the_same_for_many_as_for_few(account, sam, dana, django_assert_num_queries):
    for _each in range(3):
        proposed(account, sam, dana)
    with django_assert_num_queries(1):
        assert (
            len([(one.account.name, one.host) for one in Engagement.objects.visible_to(sam).for_list()]) == 3
        )


def test_of_somebody_erased_no_word_is_left(account, sam, dana, clock_at):
    engagement = scheduled(account, sam, dana)
    offered = proposed(account, sam, dana)
    offer_times(offered, proposal(offered, now=NINE), [dana.contact], by=sam)
    action = NewAction(what="Name a date", due_on=FRIDAY, side="theirs", contact=dana.contact)
    add_action(engagement, action, by=sam)
    clock_at(NEXT_WEEK + HOUR)
    hold(engagement, by=sam)
    rate(engagement, 4, "Zanzibara said so.", by=dana)
    erase_contact(dana.contact, by=cast.ada_the_administrator())
    engagement.refresh_from_db()
    assert (engagement.rating, engagement.rating_words) == (4, "")
    assert str(engagement.attendees.get()) == "Erased person"
    assert BookingLink.objects.get().revoked_at is not None
    assert not Outgoing.objects.naming("dana@elmfalls.example").exists()
    assert all(b"Dana" not in bytes(mail.raw) for mail in Outgoing.objects.all())


def test_of_two_contacts_who_are_one_the_other_takes_part_once(account, sam, dana):
    twin = add_contact("Dana H.", email="dh@elmfalls.example", account=account, by=cast.CAST)
    engagement = proposed(account, sam, dana, contacts=(dana.contact, twin))
    offer_times(engagement, proposal(engagement, now=NINE), [dana.contact, twin], by=sam)
    add_action(engagement, NewAction(what="x", due_on=FRIDAY, side="theirs", contact=twin), by=sam)
    merge_contacts(twin, dana.contact, by=cast.ada_the_administrator())
    assert [one.contact for one in engagement.attendees.all()] == [dana.contact]
    assert Action.objects.get().contact == dana.contact
    assert BookingLink.objects.get(used_at=None, revoked_at=None).contact == dana.contact
