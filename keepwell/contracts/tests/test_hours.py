"""Prepaid hours: granted, used, taken back."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from keepwell.contracts.models import HoursEntry
from keepwell.contracts.new_contract import Cause, Use
from keepwell.contracts.queries import hours_of
from keepwell.contracts.refusals import HoursGone, HoursRefused
from keepwell.contracts.verbs.granting_hours import grant_hours
from keepwell.contracts.verbs.redacting import redact_reason
from keepwell.contracts.verbs.using_hours import reverse_hours, use_hours
from keepwell.people.permits import NotPermitted
from tests import cast

pytestmark = pytest.mark.django_db
JUNE = date(2026, 6, 9)


def use(minutes, **more):
    return Use(**{"minutes": minutes, "on": JUNE, **more})


def test_a_use_names_its_cause_and_is_gone_from_the_year_of_its_day(contract):
    sam = cast.sam_the_success_manager()
    entry = use_hours(contract, use(90, cause=Cause(kind="engagement", id=12)), by=sam)
    assert (entry.cause_kind, entry.cause_id, entry.year_starts_on) == ("engagement", 12, date(2026, 1, 1))
    assert hours_of(contract, JUNE).left == 510
    assert hours_of(contract, date(2027, 6, 9)).granted == 0


def test_more_than_is_left_takes_a_reason_and_somebody_who_may_change_contracts(contract, alma):
    sam = cast.sam_the_success_manager()
    use_hours(contract, use(600), by=sam)
    with pytest.raises(HoursGone):
        use_hours(contract, use(1), by=alma)
    with pytest.raises(NotPermitted):
        use_hours(contract, use(60, beyond_because="Promised at the user conference"), by=sam)
    entry = use_hours(contract, use(60, beyond_because="Promised at the user conference"), by=alma)
    assert entry.is_beyond
    assert hours_of(contract, JUNE).left == -60


def test_what_is_taken_back_is_left_again_once(contract, alma):
    entry = use_hours(contract, use(120), by=alma)
    reverse_hours(entry, by=alma)
    assert hours_of(contract, JUNE).left == 600
    for again in (entry, HoursEntry.objects.latest("pk")):
        with pytest.raises(HoursRefused):
            reverse_hours(again, by=alma)


def test_a_grant_that_is_used_is_not_taken_back(contract, alma):
    more = grant_hours(contract, 300, JUNE, reason="A present", by=alma)
    use_hours(contract, use(700), by=alma)
    with pytest.raises(HoursRefused):
        reverse_hours(more, by=alma)


def test_nothing_is_booked_before_the_contract_or_for_no_time(contract, alma):
    for wrong in (use(0), use(5, on=date(2025, 12, 31))):
        with pytest.raises(HoursRefused):
            use_hours(contract, wrong, by=alma)


def test_lines_are_added_only(contract, alma):
    entry = use_hours(contract, use(60, reason="Zanzibara called"), by=alma)
    for change in (
        lambda: HoursEntry.objects.filter(pk=entry.pk).update(minutes=1),
        lambda: HoursEntry.objects.filter(pk=entry.pk).update(reason="Something else"),
        lambda: HoursEntry.objects.filter(pk=entry.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    redact_reason(entry, by=cast.lea_the_lead())
    entry.refresh_from_db()
    assert (entry.minutes, entry.reason) == (60, "")
