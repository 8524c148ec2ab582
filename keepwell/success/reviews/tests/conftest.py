"""Elm Falls with what a review looks at: what runs, rules, facts, a contract, a road map; Sam writes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest

from keepwell.contracts.terms import Span
from keepwell.customers.details import DeploymentDetails
from keepwell.customers.lifetimes import Lifetime
from keepwell.customers.models import Account, Deployment
from keepwell.customers.verbs.deploying import add_deployment
from keepwell.customers.verbs.versions import add_version
from keepwell.people.models import User
from keepwell.success.reviews.models import Review
from keepwell.success.reviews.verbs.assembling import assemble
from keepwell.success.reviews.verbs.delivering import deliver, hand_in
from keepwell.success.reviews.verbs.ruling import RuleWords, add_rule
from keepwell.success.reviews.verbs.writing import write_summary
from keepwell.usage.models import GroupFact, MetricDay
from keepwell.usage.verbs.sources import NewSource, add_source
from tests import cast
from tests.fixtures.clock import SetClock

NINE = datetime(2026, 6, 9, 14, 0, tzinfo=UTC)
YESTERDAY = date(2026, 6, 8)
SPAN = Span(first=date(2026, 1, 1), last=YESTERDAY)
BACKUP = RuleWords(
    title="Nightly backup",
    fact="configuration.backup",
    expects="one_of",
    values=("daily", "hourly"),
    severity="high",
    advice="Switch the nightly backup on.",
)


@pytest.fixture(autouse=True)
def nine_in_the_morning(clock_at: SetClock) -> None:
    clock_at(NINE)


@pytest.fixture
def sam(db: None) -> User:
    return cast.sam_the_success_manager()


@pytest.fixture
def carl(db: None) -> User:
    return cast.carl_the_administrator_of_elm_falls()


@pytest.fixture
def town(db: None) -> Account:
    return cast.elm_falls()


@pytest.fixture
def deployment(town: Account) -> Deployment:
    """Runs 7.3.12, of which 7.3 has days; its software said that it is backed up once a week."""
    product = cast.roadworks()
    add_version(product, "7.3", Lifetime(support_ends_on=date(2026, 9, 30)), by=cast.CAST)
    details = DeploymentDetails(version="7.3.12", live_on=date(2025, 1, 7), external_key="elm-falls")
    source = add_source(NewSource(name="App", kind="segment", product=product), by=cast.CAST)[0]
    for name, value in (("configuration.backup", "weekly"), ("configuration.crews", "many")):
        GroupFact.objects.create(
            source=source, group_key="elm-falls", name=name, day=YESTERDAY, told_s=1, value=value
        )
    return add_deployment(town, product, details, by=cast.CAST)


@pytest.fixture
def rules(deployment: Deployment) -> None:
    add_rule(deployment.product, BACKUP, by=cast.CAST)
    for fact in ("configuration.crews", "configuration.sign_in"):
        wanted = RuleWords(title=fact, fact=fact, expects="at_least", values=("3",), advice="Look at it.")
        add_rule(deployment.product, wanted, by=cast.CAST)


Measured = Callable[..., None]


@pytest.fixture
def measured(db: None) -> Measured:
    """Writes what a metric was on a day, as the night does."""

    def write(account: Account, metric: str, value: Fraction | None, day: date = YESTERDAY) -> None:
        MetricDay.objects.create(
            account=account,
            metric=metric,
            day=day,
            state="known" if value is not None else "missing",
            numerator=value.numerator if value is not None else None,
            denominator=value.denominator if value is not None else None,
        )

    return write


@pytest.fixture
def used(town: Account, measured: Measured) -> None:
    """Twelve weeks of people, and shares at both ends of them."""
    for week in range(12):
        measured(town, "active_28", Fraction(20 + week), YESTERDAY - timedelta(days=7 * week))
    for metric in ("breadth", "frequency"):
        measured(town, metric, Fraction(1, 2))
        measured(town, metric, Fraction(1, 4), YESTERDAY - timedelta(days=77))


@pytest.fixture
def review(town: Account, rules: None, used: None, sam: User) -> Review:
    return assemble(town, SPAN, by=sam)


def delivered(review: Review, by: User, *, at: datetime | None = None) -> Review:
    write_summary(review, "You are on your way.", "Dana is about to leave.", by=by)
    hand_in(review, by=by)
    deliver(review, by=by, at=at)
    return review
