"""Scores, bands and why they moved: by tables, and by a thousand histories that nobody chose."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keepwell.success.health.bands import Override, banded
from keepwell.success.health.cards import Anchors, Band, Card, CardRefused, Measure
from keepwell.success.health.changes import Cause, cause_of, change_of, looked
from keepwell.success.health.scoring import Reading, Standing, evaluate
from keepwell.success.health.telling import whole_parts
from keepwell.success.health.usual import ACTIVE_SEATS, ESTABLISHED, FIRST_VALUE, TREND, YOUNG, usual_card

NOON = datetime(2026, 6, 9, 12, tzinfo=UTC)
WEEK = timedelta(days=7)
RED, AMBER, GREEN, INSUFFICIENT = Band


def measure(weight: int = 1, zero: int = 0, half: int = 50, full: int = 100, **other: object) -> Measure:
    anchors = Anchors(zero=Fraction(zero), half=Fraction(half), full=Fraction(full))
    return Measure(weight=Fraction(weight), anchors=anchors, good_for=WEEK, **other)


def read(value: int | Fraction, *, days_ago: int = 0) -> Reading:
    return Reading(value=Fraction(value), read_at=NOON - timedelta(days=days_ago))


def score(card: Card, **values: int) -> Fraction | None:
    return evaluate(card, {key: read(value) for key, value in values.items()}, as_of=NOON).score


TWO = Card(measures={"use": measure(3), "care": measure(1)})


@pytest.mark.parametrize(
    ("anchors", "value", "points"),
    [
        ((10, 40, 80), 5, 0),
        ((10, 40, 80), 10, 0),
        ((10, 40, 80), 25, 25),
        ((10, 40, 80), 40, 50),
        ((10, 40, 80), 60, 75),
        ((10, 40, 80), 80, 100),
        ((10, 40, 80), 120, 100),
        ((180, 90, 30), 200, 0),
        ((180, 90, 30), 135, 25),
        ((180, 90, 30), 90, 50),
        ((180, 90, 30), 60, 75),
        ((180, 90, 30), 0, 100),
        ((-40, -20, 0), -30, 25),
    ],
)
def test_points_lie_on_straight_lines_between_the_anchors_and_go_no_further(anchors, value, points):
    zero, half, full = map(Fraction, anchors)
    assert Anchors(zero=zero, half=half, full=full).points(Fraction(value)) == points


def test_a_score_is_weighed_and_exact():
    assert score(TWO, use=100, care=0) == 75
    assert score(TWO, use=33, care=67) == Fraction(3 * 33 + 67, 4)


def test_what_is_missing_stale_or_says_nothing_is_left_out_and_told_apart():
    found = evaluate(TWO, {"use": read(80), "care": read(10, days_ago=8)}, as_of=NOON)
    assert (found.score, found.coverage) == (80, Fraction(3, 4))
    assert found.measures["care"].standing is Standing.STALE
    missing = evaluate(TWO, {"use": read(80)}, as_of=NOON)
    assert (missing.measures["care"].standing, missing.coverage) == (Standing.MISSING, Fraction(3, 4))
    unlimited = evaluate(TWO, {"use": read(80), "care": Reading(applies=False)}, as_of=NOON)
    assert (unlimited.measures["care"].standing, unlimited.coverage) == (Standing.NOT_APPLICABLE, 1)


def test_a_reading_is_good_to_the_end_of_its_time():
    for_a_week = {"use": Reading(value=Fraction(50), read_at=NOON)}
    card = Card(measures={"use": measure()})
    assert evaluate(card, for_a_week, as_of=NOON + WEEK).score == 50
    assert evaluate(card, for_a_week, as_of=NOON + WEEK + timedelta(microseconds=1)).score is None


def test_nothing_known_gives_no_score_and_is_not_zero():
    found = evaluate(TWO, {}, as_of=NOON)
    assert (found.score, found.coverage, found.shares) == (None, 0, {})
    assert banded(found, before=None, at=NOON).band is INSUFFICIENT


def test_contributions_add_up_to_the_score():
    found = evaluate(TWO, {"use": read(33), "care": read(67)}, as_of=NOON)
    assert sum(found.contributions.values()) == found.score


@pytest.mark.parametrize(
    ("before", "points", "band"),
    [
        (None, 39, RED),
        (None, 40, AMBER),
        (None, 69, AMBER),
        (None, 70, GREEN),
        (GREEN, 69, AMBER),
        (GREEN, 39, RED),
        (AMBER, 39, RED),
        (RED, 44, RED),
        (RED, 45, AMBER),
        (AMBER, 74, AMBER),
        (AMBER, 75, GREEN),
        (RED, 74, AMBER),
        (RED, 75, GREEN),
    ],
)
def test_worse_comes_at_once_and_better_once_it_is_clear(before, points, band):
    found = evaluate(Card(measures={"use": measure()}), {"use": read(points)}, as_of=NOON)
    assert banded(found, before=before, at=NOON).band is band


def test_a_critical_measure_that_is_red_holds_the_band_down_and_leaves_the_score():
    card = Card(measures={"seats": measure(1, caps_at=AMBER), "rest": measure(9)})
    found = evaluate(card, {"seats": read(0), "rest": read(100)}, as_of=NOON)
    seen = banded(found, before=None, at=NOON)
    assert (found.score, seen.plain, seen.band, seen.capped_by) == (90, GREEN, AMBER, {"seats"})
    assert seen.remembered is GREEN, "a cap is not remembered: lifted, the band is what the score says"
    assert (
        banded(evaluate(card, {"seats": read(40), "rest": read(100)}, as_of=NOON), before=GREEN, at=NOON).band
        is GREEN
    )


def test_a_critical_measure_that_is_not_known_caps_nothing():
    card = Card(measures={"seats": measure(1, caps_at=RED), "rest": measure(9)})
    found = evaluate(card, {"rest": read(100)}, as_of=NOON)
    assert banded(found, before=None, at=NOON).band is GREEN


@pytest.mark.parametrize(("weight", "band"), [(6, GREEN), (5, INSUFFICIENT)])
def test_below_the_least_coverage_nothing_is_said(weight, band):
    card = Card(measures={"use": measure(weight), "care": measure(10 - weight)})
    assert banded(evaluate(card, {"use": read(100)}, as_of=NOON), before=None, at=NOON).band is band


def test_what_was_remembered_outlasts_a_time_without_knowledge():
    card = Card(measures={"use": measure()})
    dark = banded(evaluate(card, {}, as_of=NOON), before=RED, at=NOON)
    assert (dark.band, dark.remembered) == (INSUFFICIENT, RED)
    again = banded(evaluate(card, {"use": read(42)}, as_of=NOON), before=dark.remembered, at=NOON)
    assert again.band is RED


def test_an_override_moves_the_band_until_it_expires_and_never_the_score():
    found = evaluate(TWO, {"use": read(100), "care": read(100)}, as_of=NOON)
    said = Override(band=RED, reason="The sponsor left", expires_at=NOON + WEEK)
    assert banded(found, before=None, override=said, at=NOON).band is RED
    assert banded(found, before=None, override=said, at=NOON + WEEK).band is GREEN
    assert found.score == 100


def test_the_cause_of_a_band_that_moved_is_named():
    card = Card(measures={"seats": measure(1, caps_at=AMBER), "rest": measure(9)})
    said = Override(band=RED, reason="The sponsor left", expires_at=NOON + WEEK)

    def seen(
        seats: int | None, rest: int | None, before: Band | None = None, override: Override | None = None
    ):
        values = {"seats": seats, "rest": rest}
        readings = {key: read(value) for key, value in values.items() if value is not None}
        return banded(evaluate(card, readings, as_of=NOON), before=before, override=override, at=NOON)

    good = seen(100, 100)
    assert cause_of(good, good) is None
    assert cause_of(good, seen(50, 50)) is Cause.SCORE
    assert cause_of(good, seen(0, 100)) is Cause.CRITICAL_CAP
    assert cause_of(seen(0, 100), good) is Cause.CRITICAL_CAP
    assert cause_of(good, seen(100, None)) is Cause.COVERAGE
    assert cause_of(seen(100, None), good) is Cause.COVERAGE
    assert cause_of(good, seen(100, 100, override=said)) is Cause.OVERRIDE_SET
    assert cause_of(seen(100, 100, override=said), good) is Cause.OVERRIDE_EXPIRED
    held = seen(42, 42, before=RED)
    assert (held.plain, held.band) == (AMBER, RED)
    assert cause_of(held, seen(45, 45, before=RED)) is Cause.HYSTERESIS


def test_a_measure_that_goes_dark_can_raise_the_score_and_is_told_as_coverage():
    before = {"use": read(80), "care": read(0)}
    after = {"use": read(80)}
    moved = change_of(_looked(TWO, before), _looked(TWO, after))
    assert moved is not None
    assert (moved.whole, moved.version, moved.coverage, moved.measures) == (20, 0, 20, {"use": 0})
    assert moved.became_unknown == {"care"}


def test_another_version_moves_the_score_without_anything_having_happened():
    readings = {"use": read(80), "care": read(40)}
    equal = Card(measures={"use": measure(1), "care": measure(1)})
    moved = change_of(_looked(TWO, readings), _looked(equal, readings))
    assert moved is not None
    assert (moved.version, moved.coverage, sum(moved.measures.values())) == (-10, 0, 0)


def test_a_reading_that_moved_counts_with_the_share_it_has_now():
    moved = change_of(
        _looked(TWO, {"use": read(80), "care": read(40)}), _looked(TWO, {"use": read(60), "care": read(80)})
    )
    assert moved is not None
    assert moved.measures == {"use": -15, "care": 10}


def test_a_score_that_begins_or_ends_has_no_parts():
    known, dark = _looked(TWO, {"use": read(80)}), _looked(TWO, {})
    assert change_of(dark, known) is None
    assert change_of(known, dark) is None


def test_a_card_about_other_things_altogether_is_told_as_coverage():
    other = Card(measures={"love": measure()})
    moved = change_of(_looked(TWO, {"use": read(80)}), _looked(other, {"love": read(30)}))
    assert moved is not None
    assert (moved.version, moved.coverage, moved.measures) == (0, -50, {})


def _looked(card: Card, readings, at: datetime = NOON):
    return looked(readings, evaluate(card, readings, as_of=at), at=at)


KEYS = ("a", "b", "c", "d", "e")


def some_card(chance: Random) -> Card:
    """A card that nobody would make."""
    chosen = chance.sample(KEYS, chance.randint(1, len(KEYS)))
    return Card(measures={key: some_measure(chance) for key in chosen})


def some_measure(chance: Random) -> Measure:
    zero, half, full = sorted(chance.sample(range(-2000, 2000), 3), reverse=chance.random() < 0.5)
    return Measure(
        anchors=Anchors(zero=Fraction(zero, 7), half=Fraction(half, 7), full=Fraction(full, 7)),
        weight=Fraction(chance.randint(1, 250), chance.randint(1, 50)),
        good_for=timedelta(days=chance.randint(1, 60)),
        caps_at=chance.choice([None, RED, AMBER]),
    )


def some_readings(chance: Random) -> dict[str, Reading]:
    found = chance.sample(KEYS, chance.randint(0, len(KEYS)))
    return {
        key: replace(
            read(Fraction(chance.randint(-3000, 3000), 11), days_ago=chance.randint(0, 90)),
            applies=chance.random() < 0.8,
        )
        for key in found
    }


@settings(max_examples=1000, deadline=None)
@given(st.integers(0, 2**64))
def test_the_parts_of_a_change_add_up_to_it_exactly(seed):
    chance = Random(seed)
    before = _looked(some_card(chance), some_readings(chance))
    new = before.found.card if chance.random() < 0.5 else some_card(chance)
    after = _looked(new, some_readings(chance), NOON + timedelta(days=chance.randint(0, 90)))
    moved = change_of(before, after)
    if before.found.score is None or after.found.score is None:
        assert moved is None
    else:
        assert moved is not None
        assert moved.whole == after.found.score - before.found.score
        assert change_of(before, before).whole == 0


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 2**64))
def test_a_score_is_between_0_and_100_and_the_same_inputs_give_the_same_answer(seed):
    chance = Random(seed)
    card, found = some_card(chance), some_readings(chance)
    before = chance.choice([None, RED, AMBER, GREEN])
    seen = evaluate(card, found, as_of=NOON)
    assert seen == evaluate(card, dict(reversed(found.items())), as_of=NOON)
    assert seen.score is None or 0 <= seen.score <= 100
    assert sum(seen.contributions.values()) == (seen.score or 0)
    assert banded(seen, before=before, at=NOON) == banded(seen, before=before, at=NOON)


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"measures": {}}, "one thing at least"),
        ({"measures": {"use": measure(0)}}, "more than nothing"),
        ({"measures": {"use": measure(zero=50, half=50)}}, "rise or fall"),
        ({"measures": {"use": measure(zero=10, half=90, full=50)}}, "rise or fall"),
        ({"measures": {"use": measure(caps_at=GREEN)}}, "red or amber"),
        ({"measures": {"use": measure()}, "red_below": Fraction(80)}, "Red ends below amber"),
        ({"measures": {"use": measure()}, "hysteresis": Fraction(-1)}, "Hysteresis"),
        ({"measures": {"use": measure()}, "hysteresis": Fraction(31)}, "by 100 at the latest"),
        ({"measures": {"use": measure()}, "least_coverage": Fraction(2)}, "Coverage"),
    ],
)
def test_a_card_by_which_nothing_can_be_said_is_refused(wrong, why):
    with pytest.raises(CardRefused, match=why):
        Card(**wrong)


def test_the_usual_cards_weigh_one_and_say_what_they_are_meant_to():
    for card in (ESTABLISHED, YOUNG):
        assert sum(one.weight for one in card.measures.values()) == 1
    assert ESTABLISHED.measures[ACTIVE_SEATS].anchors.points(Fraction(40, 100)) == 50
    assert TREND not in YOUNG.measures
    assert FIRST_VALUE in YOUNG.measures
    assert usual_card(timedelta(days=90)) is YOUNG
    assert usual_card(timedelta(days=91)) is ESTABLISHED


def test_of_an_unlimited_licence_no_seats_are_counted():
    of_all = {key: read(one.anchors.full) for key, one in ESTABLISHED.measures.items()}
    found = evaluate(ESTABLISHED, {**of_all, ACTIVE_SEATS: Reading(applies=False)}, as_of=NOON)
    assert (found.score, found.coverage) == (100, 1)


@given(st.dictionaries(st.text(max_size=3), st.fractions(-40, 40), max_size=8))
def test_parts_that_are_shown_add_up_to_the_whole_that_is_shown(parts):
    shown = whole_parts(parts)
    assert sum(shown.values()) == round(sum(parts.values(), Fraction(0)))
    assert all(abs(shown[key] - part) <= 1 for key, part in parts.items())
