"""Health as it is kept: every night, on demand, again after late data, with what people say beside it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from django.db import DatabaseError, connection, transaction

from keepwell.cases.tests.elm_falls import NINE, answer, open_for
from keepwell.customers.models import Lifecycle
from keepwell.customers.verbs.stewarding import appoint_steward
from keepwell.journal.models import Entry
from keepwell.people.actors import System
from keepwell.people.permits import NotPermitted
from keepwell.success.health import measures
from keepwell.success.health.cards import Band, CardRefused
from keepwell.success.health.changes import Cause
from keepwell.success.health.measures import MeasureKind, promises_met
from keepwell.success.health.models import HealthSnapshot, Scorecard, ScorecardVersion
from keepwell.success.health.queries import override_of, roll_up_of, sentiments_of, visible_entries
from keepwell.success.health.rolling_up import Way
from keepwell.success.health.scoring import Reading
from keepwell.success.health.usual import BREADTH, ESTABLISHED, PROMISES
from keepwell.success.health.verbs.feeling import SentimentRefused, say_sentiment
from keepwell.success.health.verbs.overriding import OverrideRefused, override_band, take_back_override
from keepwell.success.health.verbs.publishing import ScorecardRefused, add_scorecard, publish
from keepwell.success.health.verbs.rolling_up import declare_roll_up
from keepwell.success.health.verbs.snapshotting import NotLookedAt, take_again, take_snapshot, take_snapshots
from keepwell.success.health.writing import card_from, card_to
from tests import cast

pytestmark = pytest.mark.django_db
BY = System("test")
MIDNIGHT = datetime(2026, 6, 10, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def nine_in_the_morning(clock_at) -> None:
    clock_at(NINE)


@pytest.fixture
def elm_falls():
    """Live for more than a year."""
    account = cast.elm_falls()
    account.lifecycle = Lifecycle.LIVE
    account.save()
    account.deployments.create(product=cast.roadworks(), live_on=date(2025, 1, 7), added_at=NINE)
    return account


@pytest.fixture
def read(monkeypatch):
    """What is read of every account: `read[key] = value`; all of the card unless a test says otherwise."""
    values: dict[str, Fraction | None] = {key: one.anchors.full for key, one in ESTABLISHED.measures.items()}

    def reader(key: str):
        def of(accounts, as_of):
            return {
                account: Reading(value=values[key], read_at=as_of) for account in accounts if key in values
            }

        return of

    kinds = {key: MeasureKind(words=key, written="share", read=reader(key)) for key in ESTABLISHED.measures}
    monkeypatch.setattr(measures, "MEASURES", {**measures.MEASURES, **kinds})
    return values


def test_a_night_looks_at_every_live_account_once_by_the_usual_card(elm_falls, read):
    [taken] = take_snapshots(as_of=MIDNIGHT, by=BY)
    assert (taken.account, taken.band, taken.score, taken.points) == (elm_falls, Band.GREEN, "100", 100)
    assert taken.version.card == ESTABLISHED
    assert take_snapshots(as_of=MIDNIGHT, by=BY) == []
    assert Scorecard.objects.count() == 2


def test_whoever_was_looked_at_since_is_not_looked_at_as_of_before(elm_falls, read):
    take_snapshots(as_of=NINE - 2 * DAY, by=BY)
    read[BREADTH] = Fraction(0)
    take_snapshot(elm_falls, by=BY)
    assert take_snapshots(as_of=NINE - DAY, by=BY) == []
    assert sum(one.why.whole for one in HealthSnapshot.objects.filter(change__isnull=False)) == -15


def test_an_account_that_is_not_live_has_no_health(elm_falls, read):
    elm_falls.lifecycle = Lifecycle.LEFT
    elm_falls.save()
    assert take_snapshots(as_of=MIDNIGHT, by=BY) == []
    with pytest.raises(NotLookedAt):
        take_snapshot(elm_falls, by=BY)


def test_a_young_account_is_seen_by_a_card_without_a_season(elm_falls, read):
    elm_falls.deployments.update(live_on=date(2026, 6, 5))
    [taken] = take_snapshots(as_of=MIDNIGHT, by=BY)
    assert "trend" not in taken.version.card.measures


def test_what_moved_the_score_is_kept_and_adds_up(elm_falls, read):
    take_snapshots(as_of=MIDNIGHT, by=BY)
    read[BREADTH] = Fraction(2, 5)
    read[PROMISES] = None
    [after] = take_snapshots(as_of=MIDNIGHT + DAY, by=BY)
    kept = HealthSnapshot.objects.get(pk=after.pk)
    assert kept.why.whole == Fraction(kept.score) - 100
    assert kept.why.measures[BREADTH] == kept.found.shares[BREADTH] * -50
    assert kept.why.became_unknown == {PROMISES}
    assert kept.found.contributions.keys() == kept.found.known


def test_a_band_that_moves_is_recorded_with_its_own_cause(elm_falls, read):
    take_snapshots(as_of=MIDNIGHT, by=BY)
    for key in read:
        read[key] = ESTABLISHED.measures[key].anchors.zero
    [after] = take_snapshots(as_of=MIDNIGHT + DAY, by=BY)
    entry = Entry.objects.get(kind="health.band_changed")
    assert entry.facts == {"snapshot": after.pk, "from_band": "green", "to_band": "red", "cause": "score"}
    assert entry.about == (("account", elm_falls.pk),)


def test_the_same_readings_give_the_same_snapshot(elm_falls, read):
    take_snapshots(as_of=MIDNIGHT, by=BY)
    [old] = HealthSnapshot.objects.all()
    assert take_again(elm_falls, since=MIDNIGHT, by=BY) == 1
    new = old.replaced_by
    for name in ("readings", "score", "coverage", "band", "remembered", "change", "cause", "as_of"):
        assert getattr(new, name) == getattr(old, name), name


def test_late_data_work_out_again_what_was_seen_since_and_keep_what_was_seen_then(elm_falls, read):
    for day in range(3):
        take_snapshots(as_of=MIDNIGHT + day * DAY, by=BY)
    read[BREADTH] = Fraction(0)
    assert take_again(elm_falls, since=MIDNIGHT + DAY, by=BY) == 2
    standing = HealthSnapshot.objects.standing().order_by("as_of")
    assert [one.points for one in standing] == [100, 85, 85]
    assert HealthSnapshot.objects.count() == 5
    first, second, third = standing
    assert second.before == first
    assert third.before == second
    assert second.why.measures[BREADTH] == -15


def test_a_snapshot_is_written_once(elm_falls, read):
    [taken] = take_snapshots(as_of=MIDNIGHT, by=BY)
    for change in (
        "UPDATE keepwell_health_healthsnapshot SET band = 'red'",
        "DELETE FROM keepwell_health_healthsnapshot",
    ):
        with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
            connection.cursor().execute(change)
    assert HealthSnapshot.objects.get().band == taken.band


def test_what_a_person_says_moves_the_band_and_never_the_score_until_it_expires(elm_falls, read, clock_at):
    lea = cast.lea_the_lead()
    take_snapshots(as_of=MIDNIGHT, by=BY)
    override_band(
        elm_falls, Band.RED, reason="Their sponsor left.", expires_at=NINE + 7 * DAY, by=lea, at=MIDNIGHT
    )
    [said] = take_snapshots(as_of=MIDNIGHT + DAY, by=BY)
    assert (said.band, said.score, said.moved_by) == (Band.RED, "100", Cause.OVERRIDE_SET)
    [after] = take_snapshots(as_of=MIDNIGHT + 9 * DAY, by=BY)
    assert (after.band, after.moved_by) == (Band.GREEN, Cause.OVERRIDE_EXPIRED)


def test_an_override_is_taken_back_and_another_takes_its_place(elm_falls):
    lea = cast.lea_the_lead()
    first = override_band(elm_falls, Band.RED, reason="One", expires_at=NINE + DAY, by=lea)
    second = override_band(elm_falls, Band.AMBER, reason="Two", expires_at=NINE + DAY, by=lea)
    first.refresh_from_db()
    assert first.ended_at == NINE
    assert override_of(elm_falls, at=NINE) == second
    take_back_override(elm_falls, by=lea)
    assert override_of(elm_falls, at=NINE) is None


@pytest.mark.parametrize(
    ("band", "reason", "days"),
    [("insufficient", "So", 1), ("red", "  ", 1), ("red", "So", 0), ("red", "So", 181), ("blue", "So", 1)],
)
def test_what_cannot_be_said_is_refused(elm_falls, band, reason, days):
    with pytest.raises(OverrideRefused):
        override_band(elm_falls, band, reason=reason, expires_at=NINE + days * DAY, by=cast.lea_the_lead())


def test_a_specialist_does_not_judge(elm_falls):
    with pytest.raises(NotPermitted):
        override_band(elm_falls, Band.RED, reason="So", expires_at=NINE + DAY, by=cast.maria_the_specialist())


def test_how_it_stands_is_said_by_who_looks_after_the_account_and_ends_with_that(elm_falls, clock_at):
    sam, lea = cast.sam_the_success_manager(), cast.lea_the_lead()
    with pytest.raises(SentimentRefused):
        say_sentiment(elm_falls, 4, by=lea)
    appoint_steward(elm_falls, sam, "success", by=BY, at=NINE)
    said = say_sentiment(elm_falls, 4, note="They like it.", by=sam)
    assert sentiments_of([elm_falls.pk], lea) == {elm_falls.pk: said}
    assert sentiments_of([elm_falls.pk], cast.dana_at_elm_falls()) == {}
    clock_at(NINE + DAY)
    appoint_steward(elm_falls, lea, "success", by=BY)
    assert sentiments_of([elm_falls.pk], lea) == {}


def test_customers_see_nothing_of_it(elm_falls, read):
    take_snapshots(as_of=MIDNIGHT, by=BY)
    dana = cast.dana_at_elm_falls()
    assert not HealthSnapshot.objects.visible_to(dana).exists()
    assert not visible_entries(dana).exists()
    assert HealthSnapshot.objects.visible_to(cast.maria_the_specialist()).exists()


def test_a_card_comes_back_as_it_was_written():
    assert card_from(card_to(ESTABLISHED)) == ESTABLISHED


def test_an_edit_is_the_next_version_and_the_same_card_is_none(elm_falls, read):
    take_snapshots(as_of=MIDNIGHT, by=BY)
    scorecard = Scorecard.objects.get(from_days__gt=0)
    assert publish(scorecard, ESTABLISHED, by=BY).number == 1
    changed = card_from({**card_to(ESTABLISHED), "amber_below": "80"})
    assert publish(scorecard, changed, by=BY).number == 2
    [after] = take_snapshots(as_of=MIDNIGHT + DAY, by=BY)
    assert after.version.card.amber_below == 80
    assert after.why.version == 0


def test_a_segment_has_a_card_of_its_own(elm_falls, read):
    add_scorecard("Large ones", ESTABLISHED, segment="Large", by=BY)
    with pytest.raises(ScorecardRefused):
        add_scorecard("Again", ESTABLISHED, segment="Large", by=BY)
    elm_falls.segment = "Large"
    elm_falls.save()
    [taken] = take_snapshots(as_of=MIDNIGHT, by=BY)
    assert taken.version == ScorecardVersion.objects.get(scorecard__segment="Large")


def test_a_card_that_no_score_can_be_worked_out_by_is_refused():
    with pytest.raises(CardRefused):
        card_from({**card_to(ESTABLISHED), "amber_below": "20"})


def test_promises_kept_are_counted_of_those_that_were_decided(elm_falls, clock_at):
    cast.the_guidelines()
    dana, maria = cast.dana_at_elm_falls(), cast.maria_the_specialist()
    assert promises_met.read([elm_falls.pk], NINE) == {elm_falls.pk: Reading(applies=False)}
    case = open_for(dana, at=NINE)
    answer(case, maria, NINE + timedelta(minutes=5))
    later = NINE + timedelta(hours=1)
    assert promises_met.read([elm_falls.pk], later)[elm_falls.pk].value == 1
    assert promises_met.read([elm_falls.pk], later + 91 * DAY)[elm_falls.pk].applies is False


def test_an_account_is_told_together_with_those_below_it_in_the_way_declared(elm_falls, read):
    sam, water = cast.sam_the_success_manager(), cast.pia_at_elm_falls_water().contact.account
    assert roll_up_of(elm_falls, sam, on=MIDNIGHT.date()) is None
    water.lifecycle = Lifecycle.LIVE
    water.save()
    water.deployments.create(product=cast.roadworks(), live_on=date(2025, 1, 7), added_at=NINE)
    take_snapshots(as_of=MIDNIGHT, by=BY)
    together = roll_up_of(elm_falls, sam, on=MIDNIGHT.date())
    assert (together.way, together.band, together.missing) == (Way.WORST, Band.GREEN, ())
    declare_roll_up(elm_falls, "seats", by=sam)
    declare_roll_up(elm_falls, "seats", by=sam)
    assert Entry.objects.filter(kind="health.roll_up_declared").count() == 1
    together = roll_up_of(elm_falls, sam, on=MIDNIGHT.date())
    assert (together.band, set(together.missing)) == (Band.INSUFFICIENT, {elm_falls.pk, water.pk})
    with pytest.raises(NotPermitted):
        declare_roll_up(elm_falls, "worst", by=cast.dana_at_elm_falls())
