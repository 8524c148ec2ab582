"""Every night: what opens, once, what clears by recovery, and what missing data do not do."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from keepwell.cases.tests.elm_falls import open_for
from keepwell.customers.models import Contact, Lifecycle
from keepwell.customers.verbs.editing import change_lifecycle
from keepwell.customers.verbs.erasing import erase_contact
from keepwell.customers.verbs.giving_roles import end_role, give_role
from keepwell.customers.verbs.opening import open_account
from keepwell.customers.verbs.stewarding import appoint_steward, relieve_steward
from keepwell.journal.models import Entry
from keepwell.people.verbs.deactivating import deactivate
from keepwell.success.signals.models import Look, Signal, SignalRule, SignalState
from keepwell.success.signals.queries import visible_entries
from keepwell.success.signals.tests.conftest import DAY, MIDNIGHT, NINE, made_live, seats_unused, used
from keepwell.success.signals.verbs.handling import dismiss, resolve
from keepwell.success.signals.verbs.looking import look_at, look_at_account, look_at_all
from keepwell.success.signals.verbs.publishing import (
    add_rule,
    publish_rule,
    publish_usual_rules,
    switch_rule_off,
)
from keepwell.usage.models import Source
from tests import cast

pytestmark = pytest.mark.django_db


def of_rule(key: str) -> Signal | None:
    return Signal.objects.filter(rule__shipped_as=key).first()


def test_a_night_opens_one_signal_with_evidence_for_whoever_looks_after_the_account(
    account, rule, sam, night
):
    used(account, 20)
    assert night() == 1
    [signal] = Signal.objects.all()
    assert (signal.account, signal.owner, signal.state, signal.as_of) == (account, sam, "open", MIDNIGHT)
    assert signal.evidence == [{"reading": "usage.seats_used", "within_days": None, "value": "20", "ids": []}]
    entry = Entry.objects.get(kind="signal.opened")
    assert entry.facts["severity"] == 2
    assert ("account", account.pk) in entry.about
    assert visible_entries(sam).filter(pk=entry.pk).exists()
    assert not visible_entries(cast.carl_the_administrator_of_elm_falls()).exists()
    assert not Signal.objects.visible_to(cast.carl_the_administrator_of_elm_falls()).exists()


def test_the_same_night_twice_and_the_next_ones_change_nothing_while_it_holds(account, rule, night):
    used(account, 20)
    night()
    before = Entry.objects.count()
    assert night() == 0
    Look.objects.all().delete()
    assert night() == 1
    used(account, 25, days=1)
    night(1)
    assert Entry.objects.count() == before
    assert Signal.objects.count() == 1


def test_it_clears_by_recovery_and_opens_again_after_the_cooldown(account, rule, night):
    for day, percent in enumerate([20, 60, 20, 20, 20, 20, 20, 20, 20, 20]):
        used(account, percent, days=day)
        night(day)
    first, second = Signal.objects.order_by("pk")
    assert (first.state, first.ended_at) == (SignalState.CLEARED, NINE + DAY)
    # Seven days quiet after an end at nine: the midnight after that.
    assert second.as_of == MIDNIGHT + 9 * DAY


def test_downtime_is_caught_up_by_one_night_and_an_older_one_clears_nothing(account, rule, night):
    used(account, 60, days=0)
    used(account, 20, days=5)
    night(5)
    assert Signal.objects.get().as_of == MIDNIGHT + 5 * DAY
    night(0)
    assert Signal.objects.get().is_open


def test_data_that_go_missing_and_a_rule_that_changes_clear_nothing(account, rule, night):
    used(account, 20)
    night()
    used(account, None, days=1)
    night(1)
    night(30)
    publish_rule(rule, rule.name, seats_unused(when=seats_unused_below(5)), by=cast.CAST)
    used(account, 20, days=31)
    night(31)
    switch_rule_off(rule, by=cast.CAST)
    night(32)
    assert Signal.objects.get().is_open
    used(account, 50, days=33)
    night(33)
    assert Signal.objects.get().state == SignalState.CLEARED


def seats_unused_below(number: int):
    return replace(seats_unused().when, number=Fraction(number))


def test_a_silent_feed_opens_its_own_signal_and_no_rule_about_use(account, sam):
    publish_usual_rules(by=cast.CAST)
    product = cast.roadworks()
    Source.objects.create(
        name="Roadworks Cloud",
        kind="segment",
        product=product,
        salt="s",
        added_at=NINE - 200 * DAY,
        heard_at=NINE - 20 * DAY,
        silent_since=NINE - 17 * DAY,
    )
    used(account, None)
    used(account, None, metric="active_1")
    look_at_all(as_of=MIDNIGHT, at=NINE)
    signal = of_rule("feed_silent")
    assert (signal.account, signal.owner, str(signal.subject)) == (None, None, "Roadworks Cloud")
    assert of_rule("nobody_uses_it") is None
    assert of_rule("licences_unused") is None
    Source.objects.update(heard_at=NINE, silent_since=None)
    look_at_all(as_of=MIDNIGHT + DAY, at=NINE + DAY)
    assert of_rule("feed_silent").state == SignalState.CLEARED


def test_nobody_using_it_is_counted_to_the_last_day_that_is_known(account):
    publish_usual_rules(by=cast.CAST)
    used(account, 100, days=-20, metric="active_1")
    used(account, None, days=0, metric="active_1", state="known", numerator=0)
    look_at_all(as_of=MIDNIGHT, at=NINE)
    assert of_rule("nobody_uses_it").evidence[0]["value"] == "20"


def test_an_account_of_five_days_and_one_with_nothing_known_get_no_signal(account, rule, sam, night):
    used(account, 20)
    account.deployments.update(live_on=(MIDNIGHT - 5 * DAY).date())
    night()
    assert not Signal.objects.exists()


def test_with_all_readings_missing_nothing_opens(account):
    publish_usual_rules(by=cast.CAST)
    account.deployments.update(live_on=(MIDNIGHT - 100 * DAY).date())
    assert look_at_all(as_of=MIDNIGHT, at=NINE) == 1
    assert not Signal.objects.exists()


def test_three_high_cases_are_a_signal_with_their_ids(account):
    cast.the_guidelines()
    publish_usual_rules(by=cast.CAST)
    dana = cast.dana_at_elm_falls()
    cases = [open_for(dana, at=NINE - number * DAY, severity="high") for number in (1, 2, 3)]
    look_at_account(account, by=cast.CAST)
    signal = of_rule("high_cases")
    assert signal.evidence[0]["ids"] == [case.pk for case in reversed(cases)]


def test_a_champion_who_left_is_a_signal_until_there_is_a_successor(account):
    publish_usual_rules(by=cast.CAST)
    dana = Contact.objects.get(user=cast.dana_at_elm_falls())
    give_role(dana, "champion", by=cast.CAST, at=NINE - 90 * DAY)
    end_role(dana, "champion", by=cast.CAST, at=NINE - 3 * DAY)
    look_at_all(as_of=MIDNIGHT, at=NINE)
    signal = of_rule("champion_gone")
    assert (signal.account, signal.contact, signal.evidence[0]["value"]) == (account, dana, "3")
    look_at_all(as_of=MIDNIGHT + DAY, at=NINE + DAY)
    assert Signal.objects.filter(rule=signal.rule).count() == 1
    carl = Contact.objects.get(user=cast.carl_the_administrator_of_elm_falls())
    give_role(carl, "champion", by=cast.CAST, at=NINE + DAY)
    look_at_all(as_of=MIDNIGHT + 2 * DAY, at=NINE + 2 * DAY)
    assert of_rule("champion_gone").state == SignalState.CLEARED


def test_a_sponsor_who_is_erased_is_one_who_left(account):
    publish_usual_rules(by=cast.CAST)
    dana = Contact.objects.get(user=cast.dana_at_elm_falls())
    give_role(dana, "executive_sponsor", by=cast.CAST, at=NINE - 90 * DAY)
    erase_contact(dana, by=cast.CAST, at=NINE - 2 * DAY)
    look_at_all(as_of=MIDNIGHT, at=NINE)
    assert str(of_rule("sponsor_gone").subject) == "Erased person"


def test_postgresql_holds_that_one_is_open_for_a_rule_and_a_subject(account, rule, night):
    used(account, 20)
    night()
    signal = Signal.objects.get()
    for key in (signal.key, "another key"):
        signal.pk, signal.key = None, key
        with pytest.raises(IntegrityError), transaction.atomic():
            signal.save(force_insert=True)


def test_rules_that_share_a_key_open_one_signal_between_them(account, rule, night):
    shared = seats_unused(dedupe="seats")
    publish_rule(rule, rule.name, shared, by=cast.CAST)
    add_rule("The same again", shared, by=cast.CAST)
    SignalRule.objects.exclude(name__in=[rule.name, "The same again"]).update(switched_off_at=NINE)
    used(account, 20)
    night()
    assert Signal.objects.get().rule == rule


def test_who_leaves_owns_nothing_more(account, rule, sam, night):
    used(account, 20)
    night()
    alma = cast.alma_the_account_manager()
    appoint_steward(account, alma, "account", by=cast.CAST)
    assert Signal.objects.get().owner == sam
    deactivate(sam, by=cast.CAST)
    assert Signal.objects.get().owner == alma
    relieve_steward(account, "account", by=cast.CAST)
    assert Signal.objects.get().owner is None
    lea = cast.lea_the_lead()
    appoint_steward(account, lea, "success", by=cast.CAST)
    assert Signal.objects.get().owner == lea


def test_what_was_ended_by_hand_is_quiet_for_the_cooldown(account, rule, sam, night):
    used(account, 20)
    night()
    resolve(Signal.objects.get(), by=sam)
    Look.objects.all().delete()
    night()
    used(account, 20, days=3)
    night(3)
    assert Signal.objects.count() == 1
    used(account, 20, days=8)
    night(8)
    assert Signal.objects.count() == 2
    dismiss(Signal.objects.latest("pk"), "not_true", by=sam, at=NINE + 8 * DAY)


def test_what_is_open_about_somebody_who_left_us_asks_for_nothing_any_more(account, rule, night):
    used(account, 20)
    night()
    assert Signal.objects.get().is_open
    change_lifecycle(account, Lifecycle.LEAVING, by=cast.CAST)
    night(1)
    assert Signal.objects.get().is_open
    change_lifecycle(account, Lifecycle.LEFT, by=cast.CAST)
    night(2)
    assert Signal.objects.get().state == SignalState.CLEARED


def test_a_look_costs_as_many_queries_for_four_accounts_as_for_two(account, sam):
    publish_usual_rules(by=cast.CAST)
    accounts = [account.pk]
    costs = []
    for many in (2, 4):
        while len(accounts) < many:
            accounts.append(made_live(open_account(f"Town {len(accounts)}", by=cast.CAST)).pk)
        # What opens costs its own; what is looked at again opens nothing.
        look_at(accounts, as_of=MIDNIGHT, at=NINE)
        with CaptureQueriesContext(connection) as asked:
            look_at(accounts, as_of=MIDNIGHT + DAY, at=NINE + DAY)
        costs.append(len(asked))
    assert costs[0] == costs[1] <= 40


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_open_one_signal():
    account = made_live(cast.elm_falls(), cast.sam_the_success_manager())
    made = add_rule("Seats unused", seats_unused(), by=cast.CAST).rule
    SignalRule.objects.exclude(pk=made.pk).update(switched_off_at=NINE)
    used(account, 20)
    start = threading.Barrier(2, timeout=30)
    failed: list[BaseException] = []

    def work() -> None:
        try:
            start.wait()
            look_at([account.pk], as_of=MIDNIGHT, at=NINE + timedelta(minutes=1))
        except BaseException as error:
            failed.append(error)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _worker in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(timeout=60)
    assert failed == []
    assert Signal.objects.count() == Entry.objects.filter(kind="signal.opened").count() == 1
