"""Health at the desk: an account's tab, the portfolio, and the cards it is worked out from."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest

from keepwell.customers.details import AccountDetails, DeploymentDetails
from keepwell.customers.models import Account, Lifecycle
from keepwell.customers.verbs.deploying import add_deployment
from keepwell.customers.verbs.opening import open_account
from keepwell.customers.verbs.stewarding import appoint_steward
from keepwell.desk.tests.people import BY_TEST, queries_of, signed_in
from keepwell.success.health import measures
from keepwell.success.health.measures import MeasureKind
from keepwell.success.health.models import HealthSnapshot, Scorecard
from keepwell.success.health.queries import override_of
from keepwell.success.health.scoring import Reading
from keepwell.success.health.usual import BREADTH, ESTABLISHED
from keepwell.success.health.verbs.snapshotting import take_snapshots
from tests import cast

pytestmark = pytest.mark.django_db
TEN = datetime(2026, 6, 10, 15, tzinfo=UTC)
MIDNIGHT, DAY = datetime(2026, 6, 10, tzinfo=UTC), timedelta(days=1)


@pytest.fixture(autouse=True)
def ten_in_the_morning(clock_at) -> None:
    clock_at(TEN)


@pytest.fixture
def sam():
    return signed_in(cast.sam_the_success_manager())


@pytest.fixture
def read(monkeypatch):
    """`read[account][key]` is what is read of it: the best there is, unless a test says otherwise."""
    best = {key: one.anchors.full for key, one in ESTABLISHED.measures.items()}
    values: dict[int, dict[str, Fraction]] = {}

    def reader(key: str):
        def of(accounts, as_of):
            of_each = {account: values.get(account, {}).get(key, best[key]) for account in accounts}
            return {account: Reading(value=value, read_at=as_of) for account, value in of_each.items()}

        return of

    for key in ESTABLISHED.measures:
        kind = MeasureKind(words=key.replace("_", " ").title(), written="share", read=reader(key))
        monkeypatch.setitem(measures.MEASURES, key, kind)
    return values


def live(name: str, **known) -> Account:
    account = open_account(name, AccountDetails(**known), lifecycle=Lifecycle.LIVE, by=BY_TEST)
    since = DeploymentDetails(live_on=date(2025, 1, 7))
    add_deployment(account, cast.roadworks(), since, by=BY_TEST)
    return account


def test_the_tab_says_how_it_is_what_it_is_made_of_and_what_moved_it(sam, read):
    account = live("Elm Grove")
    take_snapshots(as_of=MIDNIGHT - DAY, by=BY_TEST)
    read[account.pk] = {BREADTH: Fraction(0)}
    take_snapshots(as_of=MIDNIGHT, by=BY_TEST)
    page = sam.get(f"/desk/accounts/{account.pk}/health/").content.decode()
    assert "Green 85" in page
    assert "Breadth −15" in page
    assert "Nobody who looks after the account has said." in page


def test_an_account_that_was_not_looked_at_is_looked_at_at_once(sam, read):
    account = live("Elm Grove")
    address = f"/desk/accounts/{account.pk}/health/"
    assert "Not looked at yet" in sam.get(address).content.decode()
    assert sam.post(f"{address}look/", follow=True).redirect_chain == [(address, 302)]
    assert HealthSnapshot.objects.get().as_of == TEN


def test_a_band_is_said_with_a_reason_and_taken_back(sam, read):
    account = live("Elm Grove")
    address = f"/desk/accounts/{account.pk}/health/"
    said = {"band": "red", "reason": "Their sponsor left.", "until": "2026-07-01"}
    sam.post(f"{address}override/", said)
    page = sam.get(address).content.decode()
    assert "Their sponsor left." in page
    assert "Red 100" in page
    sam.post(f"{address}override/end/")
    assert override_of(account, at=TEN) is None


def test_what_is_said_without_a_reason_or_end_is_refused_and_kept_on_the_page(sam, read):
    account = live("Elm Grove")
    answer = sam.post(
        f"/desk/accounts/{account.pk}/health/override/",
        {"band": "red", "reason": "Because", "until": "2027-07-01"},
    )
    assert answer.status_code == 422
    assert "It ends by itself within 180 days" in answer.content.decode()
    assert "Because" in answer.content.decode()
    assert override_of(account, at=TEN) is None


def test_only_who_looks_after_the_account_says_how_it_feels(sam, read):
    account = live("Elm Grove")
    address = f"/desk/accounts/{account.pk}/health/feeling/"
    assert sam.get(address).status_code == 404
    appoint_steward(account, cast.sam_the_success_manager(), "success", by=BY_TEST)
    said = sam.post(address, {"rating": "2", "note": "They wait for the new version."})
    assert said.status_code == 302
    page = sam.get(f"/desk/accounts/{account.pk}/health/").content.decode()
    assert "2 of 5" in page
    assert "They wait for the new version." in page


def test_the_portfolio_leads_with_the_lowest_and_says_what_moved_in_four_weeks(sam, read):
    low, high = live("Low Town"), live("High Town")
    take_snapshots(as_of=MIDNIGHT - 10 * DAY, by=BY_TEST)
    read[low.pk] = {BREADTH: Fraction(0)}
    take_snapshots(as_of=MIDNIGHT, by=BY_TEST)
    page = sam.get("/desk/portfolio/?order=worst").content.decode()
    assert page.index("Low Town") < page.index("High Town")
    assert "−15" in page
    assert "Green: 2" in page
    assert high.name not in sam.get("/desk/portfolio/?band=red").content.decode()


def test_a_success_manager_is_led_to_his_own_accounts(sam, read):
    live("Elm Grove")
    user = cast.sam_the_success_manager()
    appoint_steward(live("Oak Hill"), user, "success", by=BY_TEST)
    page = sam.get("/desk/portfolio/", follow=True)
    assert page.redirect_chain == [(f"?steward={user.pk}", 302)]
    assert "Oak Hill" in page.content.decode()
    assert "Elm Grove" not in page.content.decode()


@pytest.mark.parametrize("order", ["worst", "fallen", "name"])
def test_the_portfolio_costs_the_same_with_ten_accounts_and_with_twenty(sam, read, order):
    for number in range(10):
        live(f"Town {number}")
    take_snapshots(as_of=MIDNIGHT - DAY, by=BY_TEST)
    take_snapshots(as_of=MIDNIGHT, by=BY_TEST)
    ten = queries_of(sam, f"/desk/portfolio/?order={order}")
    for number in range(10, 20):
        live(f"Town {number}")
    take_snapshots(as_of=MIDNIGHT + DAY, by=BY_TEST)
    assert queries_of(sam, f"/desk/portfolio/?order={order}") == ten


def entered(client, address: str) -> dict[str, str]:
    """The card as its form shows it."""
    form = client.get(address).context["form"]
    return {bound.html_name: bound.value() if bound.value() is not None else "" for bound in form}


def test_a_card_is_edited_and_the_next_version_counts(read):
    lea = signed_in(cast.lea_the_lead())
    take_snapshots(as_of=MIDNIGHT, by=BY_TEST)
    scorecard = Scorecard.objects.get(from_days__gt=0)
    address = f"/desk/settings/scorecards/{scorecard.pk}/"
    as_it_is = entered(lea, address)
    assert lea.post(address, as_it_is).status_code == 302
    assert scorecard.versions.count() == 1
    lea.post(address, {**as_it_is, "amber_below": "80", "breadth-weight": ""})
    newest = scorecard.versions.latest("number").card
    assert (newest.amber_below, BREADTH in newest.measures) == (80, False)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"breadth-zero": "50"}, "Anchors rise or fall throughout."),
        ({"breadth-half": ""}, "Fill in the whole row"),
        ({"amber_below": "30"}, "Red ends below amber"),
    ],
)
def test_a_card_that_cannot_be_is_refused_in_words(read, changed, words):
    lea = signed_in(cast.lea_the_lead())
    take_snapshots(as_of=MIDNIGHT, by=BY_TEST)
    address = f"/desk/settings/scorecards/{Scorecard.objects.get(from_days__gt=0).pk}/"
    answer = lea.post(address, {**entered(lea, address), **changed})
    assert answer.status_code == 422
    assert words in answer.content.decode()
