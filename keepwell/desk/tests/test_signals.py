"""Signals at the desk: the list and its budget, one of them, an account's tab, Today, rules and playbooks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from keepwell.customers.details import DeploymentDetails
from keepwell.customers.models import Account, Lifecycle
from keepwell.customers.verbs.deploying import add_deployment
from keepwell.customers.verbs.opening import open_account
from keepwell.customers.verbs.stewarding import appoint_steward
from keepwell.desk.tests.people import BY_TEST, queries_of, signed_in
from keepwell.success.signals.grammar import Scope, parse
from keepwell.success.signals.models import Playbook, Signal, SignalRule, Task
from keepwell.success.signals.steps import EngagementStep, TaskStep
from keepwell.success.signals.terms import Severity, Terms
from keepwell.success.signals.verbs.looking import look_at
from keepwell.success.signals.verbs.playbooks import NewPlaybook, add_playbook
from keepwell.success.signals.verbs.publishing import add_rule
from keepwell.success.signals.verbs.tasks import NewTask, add_task
from tests import cast

pytestmark = pytest.mark.django_db
TEN = datetime(2026, 6, 10, 15, tzinfo=UTC)
LIVE = {"reading": "life.days_live", "is": "at_least", "number": "100", "unit": "days"}


@pytest.fixture(autouse=True)
def ten_in_the_morning(clock_at) -> None:
    clock_at(TEN)


@pytest.fixture
def sam():
    return signed_in(cast.sam_the_success_manager())


@pytest.fixture
def lea():
    return signed_in(cast.lea_the_lead())


@pytest.fixture
def rule() -> SignalRule:
    """It holds for whoever is live for a hundred days; a playbook asks."""
    terms = Terms(scope=Scope.ACCOUNT, severity=Severity.HIGH, when=parse(LIVE), cooldown_days=0)
    rule = add_rule("Long live", terms, by=BY_TEST).rule
    SignalRule.objects.exclude(pk=rule.pk).update(switched_off_at=TEN)
    steps = (TaskStep(words="Congratulate them"), EngagementStep(kind="check_in"))
    add_playbook(NewPlaybook(name="Celebrate", rule=rule, steps=steps), by=BY_TEST)
    return rule


def live(*names: str) -> list[int]:
    accounts = []
    for name in names:
        account = open_account(name, lifecycle=Lifecycle.LIVE, by=BY_TEST)
        add_deployment(account, cast.roadworks(), DeploymentDetails(live_on=date(2025, 1, 7)), by=BY_TEST)
        appoint_steward(account, cast.sam_the_success_manager(), "success", by=BY_TEST)
        accounts.append(account.pk)
    look_at(accounts, as_of=TEN, at=TEN)
    return accounts


def test_a_signal_says_what_was_found_and_is_dealt_with(sam, rule):
    [account] = live("Elm Grove")
    signal = Signal.objects.get()
    for address in (f"/desk/signals/{signal.pk}/", f"/desk/accounts/{account}/signals/"):
        page = sam.get(address).content.decode()
        assert "Live for: 519 days" in page
        assert "Celebrate" in page
    assert "Live for: 100 days or more" in sam.get(f"/desk/signals/{signal.pk}/").content.decode()
    sam.post(f"/desk/signals/{signal.pk}/playbooks/{Playbook.objects.get(name='Celebrate').pk}/run/")
    page = sam.get(f"/desk/signals/{signal.pk}/").content.decode()
    assert "Congratulate them" in page
    assert "Check-in" in page
    answer = sam.post(f"/desk/signals/{signal.pk}/resolving/", follow=True)
    assert f"/desk/signals/{signal.pk}/reopening/" in answer.content.decode()
    sam.post(f"/desk/signals/{signal.pk}/reopening/")
    assert Signal.objects.get().is_open


def test_it_is_put_off_dismissed_and_given_by_forms_that_say_what_is_wrong(sam, rule):
    live("Elm Grove")
    address = f"/desk/signals/{Signal.objects.get().pk}/"
    assert sam.post(f"{address}snoozing/", {"until": "2026-06-01"}).status_code == 422
    assert sam.post(f"{address}snoozing/", {"until": "2026-06-20"}).status_code == 302
    assert "Put off until" in sam.get(address).content.decode()
    assert sam.post(f"{address}dismissal/", {"reason": "bored"}).status_code == 422
    sam.post(f"{address}owner/", {"to": ""})
    assert "Elm Grove" in sam.get("/desk/signals/?show=nobodys").content.decode()
    sam.post(f"{address}dismissal/", {"reason": "known", "words": "Says Dana"})
    assert "Says Dana" in sam.get(address).content.decode()
    assert "Elm Grove" in sam.get("/desk/signals/?show=ended").content.decode()


def test_the_list_shows_the_budget_counts_the_rest_and_costs_the_same(sam, rule, settings):
    settings.KEEPWELL_SIGNALS_SHOWN = 2
    live("Elm Grove", "Elm Ridge", "Elm Dale")
    assert "1 more waits" in sam.get("/desk/signals/").content.decode()
    assert "Elm Grove" in sam.get("/desk/signals/?show=mine&whole=1&severity=3").content.decode()
    assert "No signals here" in sam.get("/desk/signals/?show=all&severity=1").content.decode()
    assert sam.get("/desk/signals/?show=all&severity=x&rule=²").status_code == 200
    few = queries_of(sam, "/desk/signals/?show=all")
    live("Oak Grove", "Oak Ridge", "Oak Dale")
    assert queries_of(sam, "/desk/signals/?show=all") == few


def test_an_accounts_tab_costs_the_same_for_two_signals_as_for_one(sam, rule):
    [account] = live("Elm Grove")
    address = f"/desk/accounts/{account}/signals/"
    one = queries_of(sam, address)
    terms = Terms(scope=Scope.ACCOUNT, severity=Severity.LOW, when=parse(LIVE))
    add_rule("Again", terms, by=BY_TEST)
    look_at([account], as_of=TEN + timedelta(1), at=TEN)
    assert Signal.objects.count() == 2
    assert queries_of(sam, address) == one


def test_today_has_signals_tasks_and_what_is_nobodys(sam, rule):
    [account] = live("Elm Grove")
    sam.post(
        f"/desk/accounts/{account}/tasks/new/",
        {"words": "Ring them", "due_on": "2026-06-12", "to": cast.sam_the_success_manager().pk},
    )
    page = sam.get("/desk/today/").content.decode()
    assert "Long live" in page
    assert "Ring them" in page
    sam.post(f"/desk/tasks/{Task.objects.get().pk}/finishing/")
    Signal.objects.update(owner=None)
    page = sam.get("/desk/today/").content.decode()
    assert "Ring them" not in page
    assert "1 signal is nobody" in page
    assert (
        "Signals of your customers"
        not in signed_in(cast.maria_the_specialist()).get("/desk/today/").content.decode()
    )


def test_a_rule_is_read_in_plain_words_edited_as_a_version_and_switched_off(lea, rule):
    address = f"/desk/settings/signal-rules/{rule.pk}/"
    page = lea.get("/desk/settings/signal-rules/").content.decode()
    assert "Live for: 100 days or more" in page
    assert "too few: 0" in page
    form = {
        "name": "Long live",
        "severity": "low",
        "join": "any",
        "when-0-reading": "cases.opened",
        "when-0-within_days": "30",
        "when-0-is": "more_than",
        "when-0-number": "2",
        "when-1-reading": "health.band",
        "when-1-is": "at_most",
        "when-1-number": "red",
        "clears-0-reading": "cases.opened",
        "clears-0-within_days": "30",
        "clears-0-is": "equals",
        "clears-0-number": "0",
        "cooldown_days": "3",
        "from_days": "10",
    }
    assert lea.post(address, form).status_code == 302
    page = lea.get(address).content.decode()
    assert "Cases opened in 30 days: more than 2 or Health: red or worse" in page
    assert rule.versions.count() == 2
    impossible = lea.post(address, {**form, "when-0-number": "-4"})
    assert impossible.status_code == 422
    assert "-4 is impossible" in impossible.content.decode()
    nested = (
        '{"any": [{"all": [{"reading": "cases.high_open", "is": "at_least", "number": 1, "unit": "times"}]}]}'
    )
    assert lea.post(address, {**form, "written": nested}).status_code == 302
    assert "&quot;any&quot;" in lea.get(address).content.decode()
    assert "no JSON" in lea.post(address, {**form, "written": "{"}).content.decode()
    lea.post(f"{address}off/")
    assert "switched off" in lea.get(address).content.decode()


def test_a_playbook_is_written_in_rows(lea, rule):
    form = {"name": "Call", "rule": rule.pk, "mode": "automatic", "0-does": "task", "0-words": "Call them"}
    form |= {"1-does": "training", "1-minutes": "90", "1-days": "12"}
    assert lea.post("/desk/settings/playbooks/new/", form).status_code == 302
    made = Playbook.objects.get(name="Call")
    assert made.all_steps == (
        TaskStep(words="Call them", days=5),
        EngagementStep(kind="training", minutes=90, days=12),
    )
    address = f"/desk/settings/playbooks/{made.pk}/"
    assert "Call them" in lea.get(address).content.decode()
    refused = lea.post(address, {**form, "0-words": " "})
    assert refused.status_code == 422
    lea.post(f"{address}off/")
    assert not Playbook.objects.get(pk=made.pk).is_on


def test_a_tasks_words_are_removed_by_who_may(sam, lea, rule):
    [account] = live("Elm Grove")
    due_on = date(2026, 6, 12)
    task = add_task(Account.objects.get(pk=account), NewTask(words="Dana is ill", due_on=due_on), by=BY_TEST)
    assert sam.post(f"/desk/tasks/{task.pk}/redaction/").status_code == 403
    lea.post(f"/desk/tasks/{task.pk}/redaction/")
    assert "Dana is ill" not in sam.get(f"/desk/accounts/{account}/signals/").content.decode()
