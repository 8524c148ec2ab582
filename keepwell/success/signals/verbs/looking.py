"""Looking at every account, person and source by every rule: what opens, and what has recovered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Max

from keepwell.customers.models import Account, Lifecycle
from keepwell.journal.recording import Actor, caused_by
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock_key
from keepwell.people.actors import System
from keepwell.success.health.queries import live_accounts
from keepwell.success.signals.about import tell
from keepwell.success.signals.deciding import Past, clears, opens
from keepwell.success.signals.evidence import evidence_to
from keepwell.success.signals.grammar import READINGS, Asked, Scope
from keepwell.success.signals.holding import Reading
from keepwell.success.signals.models import Look, Signal, SignalRuleVersion
from keepwell.success.signals.owning import Owners
from keepwell.success.signals.queries import rules_in_force
from keepwell.success.signals.readings import read_accounts, read_people, read_sources
from keepwell.success.signals.terms import Terms
from keepwell.success.signals.verbs.handling import ALONE, clear, wake_snoozed
from keepwell.success.signals.verbs.publishing import publish_usual_rules
from keepwell.success.signals.verbs.running import begin_runs

BY = System("signals")
# So many accounts are read at once, and changed in one transaction.
BATCH = 500


@dataclass(frozen=True)
class Subject:
    """Whom a signal is about: an account, a person there, or a source."""

    account: int | None = None
    contact: int | None = None
    source: int | None = None

    @property
    def words(self) -> str:
        parts = {"account": self.account, "contact": self.contact, "source": self.source}
        return ":".join(f"{noun}-{pk}" for noun, pk in parts.items() if pk is not None)


@dataclass(frozen=True, kw_only=True)
class _Rule:
    version: SignalRuleVersion
    terms: Terms

    def key_of(self, subject: Subject) -> str:
        return f"{self.terms.dedupe or self.version.rule_id}:{subject.words}"


Readings = Mapping[Subject, Mapping[Asked, Reading]]


@dataclass(frozen=True, kw_only=True)
class _Seen:
    """All that is known of a batch: readings by subject, when accounts went live, whose they are."""

    readings: Readings
    live_days: Mapping[int, int] = field(default_factory=dict)
    owners: Owners = field(default_factory=lambda: Owners([]))


def look_at_all(*, as_of: datetime, at: datetime | None = None) -> int:
    """Every live account and every source, as of an instant; gives how many accounts. Once done it is done.

    Stopped half way, the next run does the rest. Effects: signal.opened, signal.cleared, signal.woken, and
    what playbooks do; signal_rule.published the first time.
    """
    at = clock.instant(at)
    wake_snoozed(at=at)
    if Look.objects.filter(as_of=as_of).exists():
        return 0
    publish_usual_rules(by=BY, at=at)
    accounts: list[int] = list(live_accounts(as_of.date()).order_by("pk").values_list("pk", flat=True))
    for first in range(0, len(accounts), BATCH):
        look_at(accounts[first : first + BATCH], as_of=as_of, at=at)
    look_at_sources(as_of=as_of, at=at)
    end_of_those_who_left(at=at)
    Look.objects.get_or_create(as_of=as_of, defaults={"made_at": at, "accounts": len(accounts)})
    return len(accounts)


@all_or_nothing()
def look_at(accounts: Sequence[int], *, as_of: datetime, at: datetime | None = None) -> None:
    """These accounts and the people there. Effects: signal.opened, signal.cleared, and those of playbooks."""
    at = clock.instant(at)
    lock_key(ALONE)
    rules = [one for one in _rules() if one.terms.scope is not Scope.SOURCE]
    standing = _standing(Signal.objects.still_open().filter(account__in=accounts))
    seen = _seen(accounts, as_of, _asked(rules, standing), standing)
    _judge(rules, standing, seen, as_of=as_of, at=at)


@all_or_nothing()
def look_at_sources(*, as_of: datetime, at: datetime | None = None) -> None:
    """Every source of usage data. Effects: signal.opened, signal.cleared."""
    at = clock.instant(at)
    lock_key(ALONE)
    rules = [one for one in _rules() if one.terms.scope is Scope.SOURCE]
    standing = _standing(Signal.objects.still_open().filter(source__isnull=False))
    read = read_sources(as_of, _asked(rules, standing))
    seen = _Seen(readings={Subject(source=pk): readings for pk, readings in read.items()})
    _judge(rules, standing, seen, as_of=as_of, at=at)


@all_or_nothing()
def end_of_those_who_left(*, at: datetime) -> None:
    """Nothing is to be done any more about somebody who is no customer. Effects: signal.cleared."""
    lock_key(ALONE)
    gone = Signal.objects.still_open().filter(account__lifecycle=Lifecycle.LEFT)
    with caused_by():
        for signal in gone.order_by("pk"):
            clear(signal, at=at)


def _rules() -> list[_Rule]:
    return [_Rule(version=version, terms=version.terms) for version in rules_in_force()]


def _standing(rows: Any) -> dict[Subject, list[Signal]]:
    """What is open, by whom it is about."""
    found: dict[Subject, list[Signal]] = defaultdict(list)
    for signal in rows.select_related("version", "rule").order_by("pk"):
        found[_subject_of(signal)].append(signal)
    return found


def _subject_of(signal: Signal) -> Subject:
    return Subject(account=signal.account_id, contact=signal.contact_id, source=signal.source_id)


def _asked(rules: Iterable[_Rule], standing: Mapping[Subject, list[Signal]]) -> set[Asked]:
    """Also by versions that are not in force any more: what they opened is judged by them."""
    asked = {one for rule in rules for one in rule.terms.asks}
    return asked | {
        one for signals in standing.values() for signal in signals for one in signal.version.terms.asks
    }


def _seen(
    accounts: Sequence[int], as_of: datetime, asked: Collection[Asked], standing: Iterable[Subject]
) -> _Seen:
    read = read_accounts(accounts, as_of, asked)
    readings: dict[Subject, Mapping[Asked, Reading]] = {
        Subject(account=account): found for account, found in read.items()
    }
    of_people = [one for one in asked if READINGS[one.reading].scope is Scope.PERSON]
    if of_people:
        known = [(one.account, one.contact) for one in standing if one.account and one.contact]
        people = read_people(accounts, as_of, of_people, known)
        for (account, contact), found in people.items():
            readings[Subject(account=account, contact=contact)] = {**read[account], **found}
    live: Any = live_accounts(as_of.date()).filter(pk__in=accounts)
    live_days = {account: (as_of.date() - on).days for account, on in live.values_list("pk", "live_on")}
    return _Seen(readings=readings, live_days=live_days, owners=Owners(accounts))


def _judge(
    rules: Sequence[_Rule],
    standing: Mapping[Subject, list[Signal]],
    seen: _Seen,
    *,
    as_of: datetime,
    at: datetime,
) -> None:
    with caused_by():
        for subject, signals in standing.items():
            for signal in signals:
                _clear(signal, seen.readings.get(subject, {}), as_of=as_of, at=at)
        taken = _taken(standing)
        candidates = [one for one in _candidates(rules, seen) if not taken & _marks(*one)]
        ended = _ended(rule.key_of(subject) for rule, subject in candidates)
        for rule, subject in candidates:
            past = Past(
                live_days=seen.live_days.get(subject.account) if subject.account else None,
                ended_at=ended.get(rule.key_of(subject)),
            )
            readings = seen.readings[subject]
            if not taken & _marks(rule, subject) and opens(rule.terms, readings, past, as_of):
                taken |= _marks(rule, subject)
                _open(rule, subject, seen, as_of=as_of, at=at)


def _clear(signal: Signal, readings: Mapping[Asked, Reading], *, as_of: datetime, at: datetime) -> None:
    if clears(signal.version.terms, readings, opened_as_of=signal.as_of, as_of=as_of):
        clear(signal, at=at)


def _taken(standing: Mapping[Subject, list[Signal]]) -> set[str]:
    """What is open under a key, or of a rule: neither gets a second one. Just cleared is open no more."""
    signals = [one for of_one in standing.values() for one in of_one if one.is_open]
    return {one.key for one in signals} | {_of_rule(one.rule_id, _subject_of(one)) for one in signals}


def _marks(rule: _Rule, subject: Subject) -> set[str]:
    return {rule.key_of(subject), _of_rule(rule.version.rule_id, subject)}


def _of_rule(rule: int, subject: Subject) -> str:
    return f"rule {rule} {subject.words}"


def _candidates(rules: Sequence[_Rule], seen: _Seen) -> Iterator[tuple[_Rule, Subject]]:
    """Each rule with each subject of its scope, in an order that never differs."""
    subjects = sorted(seen.readings, key=lambda one: (one.account or 0, one.contact or 0, one.source or 0))
    for rule in rules:
        for subject in subjects:
            if _scope_of(subject) is rule.terms.scope and (
                not subject.account or subject.account in seen.live_days
            ):
                yield rule, subject


def _scope_of(subject: Subject) -> Scope:
    if subject.source is not None:
        return Scope.SOURCE
    return Scope.PERSON if subject.contact is not None else Scope.ACCOUNT


def _ended(keys: Iterable[str]) -> dict[str, datetime]:
    rows = Signal.objects.filter(key__in=list(keys), ended_at__isnull=False)
    return dict(rows.order_by().values_list("key").annotate(Max("ended_at")))


def _open(rule: _Rule, subject: Subject, seen: _Seen, *, as_of: datetime, at: datetime) -> None:
    signal = Signal.objects.create(
        rule=rule.version.rule,
        version=rule.version,
        account_id=subject.account,
        contact_id=subject.contact,
        source_id=subject.source,
        key=rule.key_of(subject),
        severity=rule.terms.severity.value,
        owner=seen.owners.of(subject.account),
        evidence=evidence_to(rule.terms.when, seen.readings[subject]),
        as_of=as_of,
        opened_at=at,
    )
    facts = {"version": rule.version.number, "severity": signal.severity, "owner": signal.owner_id}
    tell("signal.opened", signal, by=BY, at=at, **facts)
    begin_runs(signal, at=at)


def look_at_account(account: Account, *, by: Actor, at: datetime | None = None) -> None:
    """The account is looked at now, out of turn. Effects: those of a look."""
    at = clock.instant(at)
    publish_usual_rules(by=by, at=at)
    if live_accounts(at.date()).filter(pk=account.pk).exists():
        look_at([account.pk], as_of=at, at=at)
