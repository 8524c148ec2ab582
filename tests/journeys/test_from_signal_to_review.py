"""Success from end to end: a signal finds that modules are hardly used, its playbook proposes
a consultation, what comes of that stands on the road map, the customer does his part, use moves the goal, the
customer says what it was worth, and the review that he gets tells all of it.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pypdfium2
import pytest

from keepwell.customers.models import Account, Lifecycle
from keepwell.customers.verbs.stewarding import appoint_steward
from keepwell.desk.tests.people import signed_in
from keepwell.success.engagements.models import Engagement, State
from keepwell.success.engagements.tests.elm_falls import DAY, NINE, event_in, mails_to
from keepwell.success.engagements.verbs.attending import add_contact
from keepwell.success.engagements.verbs.holding import close, hold
from keepwell.success.engagements.verbs.scheduling import schedule
from keepwell.success.reviews.models import Review
from keepwell.success.reviews.verbs.assembling import assemble
from keepwell.success.reviews.verbs.delivering import deliver, hand_in
from keepwell.success.reviews.verbs.writing import write_summary
from keepwell.success.road_maps.models import ActionItem, Goal, Measure, ValueClaim
from keepwell.success.road_maps.progress import is_reached
from keepwell.success.road_maps.queries import latest_readings
from keepwell.success.road_maps.telemetry import read_from_usage, value_in_usage
from keepwell.success.road_maps.verbs.opening import open_road_map
from keepwell.success.road_maps.verbs.planning_actions import add_action
from keepwell.success.road_maps.verbs.setting_goals import add_goal, move_goal, set_measure
from keepwell.success.road_maps.verbs.sharing import share
from keepwell.success.road_maps.verbs.valuing import claim_value
from keepwell.success.road_maps.wanted import ActionWords, GoalWords, MeasureWords, Worth
from keepwell.success.signals.grammar import Scope, parse
from keepwell.success.signals.models import Signal, SignalState
from keepwell.success.signals.steps import EngagementStep
from keepwell.success.signals.terms import Severity, Terms
from keepwell.success.signals.verbs.looking import look_at_account
from keepwell.success.signals.verbs.playbooks import NewPlaybook, add_playbook
from keepwell.success.signals.verbs.publishing import add_rule
from keepwell.usage.models import MetricDay
from tests import cast

HALF_USED = {"reading": "usage.breadth", "is": "at_most", "number": "50", "unit": "percent"}
NEXT_WEEK, IN_AUGUST = NINE + 7 * DAY, NINE + 60 * DAY


@pytest.fixture
def town(db, clock_at) -> Account:
    clock_at(NINE)
    cast.the_guidelines()
    town = cast.elm_falls()
    town.lifecycle = Lifecycle.LIVE
    town.save()
    town.deployments.create(product=cast.roadworks(), live_on=date(2025, 1, 7), added_at=NINE)
    appoint_steward(town, cast.sam_the_success_manager(), "success", by=cast.CAST)
    return town


def breadth(town: Account, on: date, share: Fraction) -> None:
    """As the night works it out: this part of the modules was used in the four weeks before."""
    known = {"numerator": share.numerator, "denominator": share.denominator}
    MetricDay.objects.create(account=town, metric="breadth", day=on, state="known", **known)


def test_from_a_signal_to_the_review_that_tells_what_came_of_it(town, clock_at):
    sam, carl = cast.sam_the_success_manager(), cast.carl_the_administrator_of_elm_falls()
    at_the_desk, in_the_portal = signed_in(sam), signed_in(carl)

    # A signal: half of the modules are hardly used. Its playbook waits for a yes.
    terms = Terms(scope=Scope.ACCOUNT, severity=Severity.HIGH, when=parse(HALF_USED), from_days=0)
    rule = add_rule("Few modules are used", terms, by=cast.CAST).rule
    steps = (EngagementStep(kind="consultation", minutes=60, days=10),)
    playbook = add_playbook(NewPlaybook(name="Talk about it", rule=rule, steps=steps), by=cast.CAST)
    breadth(town, NINE.date() - DAY, Fraction(1, 4))
    look_at_account(town, by=sam)
    signal = Signal.objects.get(rule=rule)
    assert signal.owner == sam
    at_the_desk.post(f"/desk/signals/{signal.pk}/playbooks/{playbook.pk}/run/")
    proposed = Engagement.objects.get(account=town)
    assert (proposed.kind, proposed.host) == ("consultation", sam)

    # Scheduled: the customer's invitation is read by a calendar. Held, with what came of it.
    add_contact(proposed, carl.contact, by=sam)
    schedule(proposed, NEXT_WEEK, by=sam)
    event = event_in(mails_to(carl.email)[-1])
    assert (event["DTSTART"].dt, event["UID"]) == (NEXT_WEEK, f"{proposed.uid}@localhost")
    clock_at(NEXT_WEEK + timedelta(hours=2))
    hold(proposed, by=sam)
    close(proposed, "reached", is_nothing_next=True, by=sam)
    proposed.refresh_from_db()
    assert proposed.state == State.CLOSED

    # What was agreed stands on the road map, shared with the customer, who does his part.
    road_map = open_road_map(town, date(2027, 6, 30), by=sam)
    words = GoalWords(
        statement="Every crew plans its week in Roadworks",
        vendor_owner=sam,
        customer_owner=carl.contact,
        is_shared=True,
    )
    goal = add_goal(road_map, words, by=sam)
    used = MeasureWords(
        name="Modules used",
        unit="%",
        baseline=Decimal(25),
        baseline_on=NINE.date(),
        target=Decimal(75),
        target_on=date(2026, 12, 31),
        metric="breadth",
    )
    set_measure(goal, used, by=sam)
    theirs = ActionWords(
        title="Name a planner in each crew", side="customer", owner=carl.contact, goal=goal, is_shared=True
    )
    action = add_action(road_map, theirs, by=sam)
    move_goal(goal, "active", by=sam)
    share(road_map, by=sam)
    in_the_portal.post(f"/portal/road-map/{road_map.pk}/actions/{action.pk}/", {"to": "done"})
    assert ActionItem.objects.get(pk=action.pk).state == "done"

    # Use moves the goal, and the signal clears by that alone.
    clock_at(IN_AUGUST)
    yesterday = IN_AUGUST.date() - DAY
    breadth(town, yesterday, Fraction(4, 5))
    assert read_from_usage(value_in_usage, yesterday) == 1
    measure = Measure.objects.get(goal=goal)
    assert is_reached(measure.way, latest_readings([measure])[measure.pk].value)
    move_goal(goal, "achieved", by=sam)
    look_at_account(town, by=sam)
    signal.refresh_from_db()
    assert signal.state == SignalState.CLEARED

    # The customer says that it was worth what we claim.
    worth = Worth(
        first_on=date(2026, 7, 1),
        last_on=yesterday,
        amount_cents=1_250_000,
        currency="USD",
        method="Forty hours of planning a week at the usual rate",
    )
    claim = claim_value(Goal.objects.get(pk=goal.pk), worth, by=sam)
    in_the_portal.post(f"/portal/road-map/{road_map.pk}/claims/{claim.pk}/", {"is": "right"})
    assert ValueClaim.objects.get(pk=claim.pk).state == "confirmed"

    # The review tells all of it, on paper too.
    review = assemble(town, by=sam)
    write_summary(review, "Your crews plan in one place now.", "", by=sam)
    hand_in(review, by=sam)
    deliver(Review.objects.get(pk=review.pk), by=sam)
    paper = in_the_portal.get(f"/portal/reviews/{review.pk}/paper/")
    with pypdfium2.PdfDocument(paper.content) as document:
        said = " ".join(page.get_textpage().get_text_bounded() for page in document)
    for told in ("Your crews plan in one place now.", "Every crew plans its week in Roadworks", "12,500.00"):
        assert told in " ".join(said.split()), told
    other = signed_in(cast.nora_of_another_town())
    assert other.get(f"/portal/reviews/{review.pk}/paper/").status_code == 404
