"""From what is told to what is counted: days, modules, people, and whose it is."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from keepwell.customers.details import AccountDetails, DeploymentDetails
from keepwell.customers.verbs.adding import add_contact
from keepwell.customers.verbs.deploying import change_deployment
from keepwell.customers.verbs.editing import change_account
from keepwell.customers.verbs.erasing import erase_contact
from keepwell.journal.models import Entry
from keepwell.usage.facts import facts_of
from keepwell.usage.models import (
    Apart,
    Conflict,
    DayFile,
    GroupFact,
    Landed,
    NameCount,
    PersonKey,
    RolledDay,
    Sort,
    UsageDay,
)
from keepwell.usage.queries import unknown_names
from keepwell.usage.tests.told import NOW, count, group, tell, track
from keepwell.usage.verbs.compacting import compact
from keepwell.usage.verbs.erasing import erase_user_ids
from keepwell.usage.verbs.forgetting import forget_old_events
from tests import cast
from tests.canary import places_holding

pytestmark = pytest.mark.django_db

# Elm Falls is in Chicago: its 9 June ends at 5 in the morning of the 10th by UTC.
NINTH, TENTH = date(2026, 6, 9), date(2026, 6, 10)


def used(**wanted) -> list[tuple]:
    rows = UsageDay.objects.filter(**wanted).order_by("day", "deployment", "events")
    return list(rows.values_list("deployment", "day", "events", "core_events"))


@pytest.fixture(autouse=True)
def in_chicago(town):
    change_account(town.account, town.account.name, AccountDetails(time_zone="America/Chicago"), by=cast.CAST)


def test_events_are_counted_on_the_customers_own_day_and_by_module(source, town, snow):
    tell(
        source,
        [
            track("m-1", "Plow sent", "2026-06-09 15"),
            track("m-2", "Looked", "2026-06-09 15"),
            track("m-3", "Plow sent", "2026-06-10 04"),
            track("m-4", "Plow sent", "2026-06-10 05"),
        ],
    )
    count()
    assert Landed.objects.count() == 0
    assert used(module=snow) == [(town.pk, NINTH, 2, 2), (town.pk, TENTH, 1, 1)]
    assert used(module=None) == [(town.pk, NINTH, 1, 0)]
    assert unknown_names(source, Sort.EVENT, NOW.date()) == [{"name": "Looked", "events": 1}]


def test_an_event_that_names_its_module_belongs_there(source, town, snow):
    message = {**track("m-1", "Looked", "2026-06-09 15"), "properties": {"module": "SNOW"}}
    tell(source, [message])
    count()
    assert used(module=snow) == [(town.pk, NINTH, 1, 0)]


def test_who_one_is_and_where_is_no_use(source, town):
    identify = {
        "type": "identify",
        "userId": "u-1",
        "traits": {"name": "Zanzibara"},
        "context": {"groupId": "elm-falls"},
    }
    tell(source, [identify, group("g-1", "2026-06-09")])
    count()
    assert used() == []


def test_a_person_in_two_accounts_counts_where_the_event_happened(source, town, other_town):
    tell(
        source,
        [
            track("m-1", "Plow sent", "2026-06-09 15"),
            track("m-2", "Plow sent", "2026-06-09 16", group="another-town"),
        ],
    )
    count()
    assert [row[0] for row in used()] == sorted([town.pk, other_town.pk])
    assert PersonKey.objects.count() == 1


def test_an_event_that_does_not_say_where_counts_where_the_person_was_said_to_be(source, town, other_town):
    tell(
        source,
        [
            track("m-1", "Looked", "2026-06-09 15", group=""),
            track("m-2", "Looked", "2026-06-10 15", group=""),
        ],
    )
    count()
    assert used() == []
    tell(source, [group("g-1", "2026-06-10 12", key="another-town")])
    count()
    assert [row[:2] for row in used()] == [(other_town.pk, TENTH)]
    tell(source, [group("g-2", "2026-06-08 12")])  # late, and earlier
    count()
    assert [row[:2] for row in used()] == [(town.pk, NINTH), (other_town.pk, TENTH)]


def test_nobody_in_particular_is_counted_and_is_no_person(source, town):
    tell(source, [track("m-1", "Looked", "2026-06-09 15", user="")])
    count()
    assert list(UsageDay.objects.values_list("person_key", "events")) == [(None, 1)]


def test_a_key_that_is_entered_later_brings_what_came_before(source, town):
    tell(source, [track("m-1", "Looked", "2026-06-09 15", group="hall")])
    count()
    assert unknown_names(source, Sort.GROUP, NOW.date()) == [{"name": "hall", "events": 1}]
    change_deployment(town, DeploymentDetails(external_key="hall"), by=cast.CAST)
    count()
    assert [row[:2] for row in used()] == [(town.pk, NINTH)]


def test_of_one_id_with_two_contents_the_smaller_hash_counts_and_it_is_told(source, town):
    one = track("m-1", "Plow sent", "2026-06-09 15")
    other = track("m-1", "Plow sent", "2026-06-20 15")
    seen = []
    for messages in ([one, other], [other, one]):
        for message in messages:
            tell(source, [message])
            count()
        seen.append((used(), Conflict.objects.count(), DayFile.objects.filter(events__gt=0).count()))
        DayFile.objects.all().delete()
        Conflict.objects.all().delete()
        RolledDay.objects.all().delete()
        UsageDay.objects.all().delete()
    assert seen[0] == seen[1]
    assert len(seen[0][0]) == 1
    assert seen[0][1:] == (1, 1)


def test_a_clock_ten_years_ahead_is_kept_apart(source, town):
    ahead = track("m-1", "Plow sent", "2036-06-09 15")
    tell(source, [ahead, ahead])
    count()
    assert used() == []
    assert list(Apart.objects.values_list("why", "event", "group_key")) == [
        ("ahead", "Plow sent", "elm-falls")
    ]


def test_what_a_group_is_said_to_be_is_kept_by_day_whatever_came_first(source, town):
    said = [
        group("g-1", "2026-06-09 10", version="12.4", configuration={"backup": False}),
        group("g-2", "2026-06-09 12", version="12.5"),
        group("g-3", "2026-06-20 12", version="13"),
    ]
    for messages in (said, said[::-1]):
        GroupFact.objects.all().delete()
        for message in messages:
            tell(source, [message])
            compact(at=NOW)
        assert facts_of(town, date(2026, 6, 10)) == {"version": "12.5", "configuration.backup": False}
        assert facts_of(town, date(2026, 6, 30))["version"] == "13"
        assert facts_of(town, date(2026, 6, 1)) == {}


def test_no_name_address_or_trait_is_in_any_file_or_row(source, town, files_folder):
    tell(
        source,
        [
            {
                "type": "identify",
                "userId": "u-1",
                "traits": {"name": "Zanzibara", "email": "z@zanzibara.example"},
            },
            {
                **track("m-1", "Plow sent", "2026-06-09"),
                "properties": {"by": "Zanzibara"},
                "context": {"groupId": "elm-falls", "ip": "Zanzibara"},
            },
            group("g-1", "2026-06-09", user="Zanzibara", name="Zanzibara", email="Zanzibara"),
        ],
    )
    count()
    assert set(places_holding("Zanzibara")) == {"keepwell_usage_personkey"}
    kept = b"".join(path.read_bytes() for path in files_folder.rglob("*.parquet"))
    assert kept
    assert b"Zanzibara" not in kept
    assert b"u-1" not in kept


def test_who_is_erased_is_forgotten_and_stays_counted(source, town):
    contact = add_contact("Dana", email="dana.h@elmfalls.example", account=town.account, by=cast.CAST)
    tell(
        source,
        [
            track("m-1", "Looked", "2026-06-09", user="Dana.H@elmfalls.example"),
            track("m-2", "Looked", "2026-06-09", user="u-9"),
        ],
    )
    count()
    erase_contact(contact, by=cast.CAST)
    assert list(PersonKey.objects.values_list("user_id", flat=True)) == ["u-9"]
    assert erase_user_ids(["U-9", "nobody"], by=cast.CAST) == 1
    assert len(used()) == 2
    told = Entry.objects.about("source", source.pk).values_list("kind", flat=True)
    assert list(told).count("source.person_erased") == 2


def test_old_events_are_removed_and_what_was_counted_of_them_stays(source, town, settings):
    tell(source, [track("m-1", "Plow sent", "2026-06-09"), track("m-2", "Plow sent", "2026-06-20")])
    count()
    settings.KEEPWELL_USAGE_EVENT_DAYS = 15
    forget_old_events(at=NOW)
    assert DayFile.objects.get(day=NINTH).place == ""
    assert DayFile.objects.get(day=date(2026, 6, 20)).place
    assert not NameCount.objects.filter(day=NINTH).exists()
    tell(source, [track("m-3", "Plow sent", "2026-06-09")])  # later than anything is kept
    count()
    assert [row[1:3] for row in used()] == [(NINTH, 1), (date(2026, 6, 20), 1)]


def test_files_that_nothing_names_any_more_are_removed_after_a_day(source, town, files_folder):
    tell(source, [track("m-1", "Plow sent", "2026-06-09")])
    count()
    tell(source, [track("m-2", "Plow sent", "2026-06-09")])
    count()
    # The clock of the disk is the machine's own.
    forget_old_events(at=datetime.now(UTC))
    many = len(list(files_folder.rglob("*.parquet")))
    forget_old_events(at=datetime.now(UTC) + timedelta(days=2))
    left = {path.name for path in files_folder.rglob("*.parquet")}
    named = {
        *DayFile.objects.values_list("place", flat=True),
        *RolledDay.objects.values_list("place", flat=True),
    }
    assert left == {place.rpartition("/")[2] for place in named if place}
    assert len(left) < many
