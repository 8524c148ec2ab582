"""A contact that did not pass through the product."""

from __future__ import annotations

from datetime import timedelta

import pytest

from keepwell.cases.models import LoggedContact
from keepwell.cases.refusals import CaseRefused
from keepwell.cases.tests.elm_falls import DAY, HOUR, NINE, facts, now
from keepwell.cases.verbs.contacting import HandEntry, log_contact
from keepwell.journal.models import Entry
from keepwell.people.permits import NotPermitted

SECOND = timedelta(seconds=1)


def called(happened_at=NINE + HOUR, **known) -> HandEntry:
    told = {
        "happened_at": happened_at,
        "enter_until_at": happened_at + DAY,
        "said": "Told Dana to switch it off and on",
        "reason": "Called from the car",
        **known,
    }
    return HandEntry(**told)


def test_it_counts_when_it_happened_and_is_marked_as_entered_later(case, maria):
    log_contact(case, called(), by=maria, at=NINE + 3 * HOUR)
    entry = Entry.objects.about("case", case.pk).get(kind="case.contact_logged")
    assert entry.occurred_at == NINE + HOUR
    assert facts(case, "case.contact_logged") == {
        "contact": LoggedContact.objects.get().pk,
        "live": True,
        "entered_later": True,
        "entered_at": (NINE + 3 * HOUR).isoformat(),
    }
    kept = LoggedContact.objects.get()
    assert (kept.said, kept.reason, kept.entered_by) == (
        "Told Dana to switch it off and on",
        "Called from the car",
        maria,
    )


def test_a_new_case_is_open_from_the_entry_on(case, maria):
    log_contact(case, called(), by=maria, at=NINE + 3 * HOUR)
    assert (now(case).state, now(case).state_changed_at) == ("open", NINE + 3 * HOUR)


def test_the_last_second_of_its_business_day_is_in_time(case, maria):
    log_contact(case, called(), by=maria, at=NINE + HOUR + DAY)
    with pytest.raises(CaseRefused, match="at most one business day"):
        log_contact(case, called(), by=maria, at=NINE + HOUR + DAY + SECOND)


@pytest.mark.parametrize(
    ("contact", "words"),
    [
        (called(NINE + DAY), "lies ahead"),
        (called(NINE - SECOND), "before the case"),
        (called(said="  "), "Say what"),
        (called(reason=""), "Say what"),
    ],
)
def test_what_is_not_credible_is_refused_in_words(case, maria, contact, words):
    with pytest.raises(CaseRefused, match=words):
        log_contact(case, contact, by=maria, at=NINE + 3 * HOUR)
    assert not LoggedContact.objects.exists()
    assert now(case).version == case.version


def test_customers_enter_no_contacts(case, dana):
    with pytest.raises(NotPermitted):
        log_contact(case, called(), by=dana)
