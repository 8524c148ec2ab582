"""Rules come into force by a version of their own; none is ever changed."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from keepwell.journal.recording import Actor, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock, lock_key
from keepwell.people import permits
from keepwell.success.signals.models import SignalRule, SignalRuleVersion
from keepwell.success.signals.queries import SETS
from keepwell.success.signals.refusals import SignalRefused
from keepwell.success.signals.terms import Terms, terms_from, terms_to
from keepwell.success.signals.usual import PLAYBOOKS, RULES
from keepwell.success.signals.verbs.playbooks import NewPlaybook, make_playbook


@all_or_nothing()
def add_rule(name: str, terms: Terms, *, by: Actor, at: datetime | None = None) -> SignalRuleVersion:
    """From the next look on it opens signals. The usual rules come with the first.

    Effects: signal_rule.published. Errors: SignalRefused, NotPermitted.
    """
    permits.require(by, SETS)
    publish_usual_rules(by=by, at=at)
    rule = SignalRule.objects.create(name=_named(name), added_at=clock.instant(at))
    return _published(rule, terms, number=1, by=by, at=at)


@all_or_nothing()
def publish_rule(
    rule: SignalRule, name: str, terms: Terms, *, by: Actor, at: datetime | None = None
) -> SignalRuleVersion:
    """It says this from the next look on; signals that are open stay under the version that opened them.

    Whose readings it looks at is for good. Effects: signal_rule.published, unless nothing differs.
    Errors: SignalRefused, NotPermitted.
    """
    permits.require(by, SETS)
    lock(rule)
    newest = rule.versions.latest("number")
    if newest.terms.scope is not terms.scope:
        raise SignalRefused(_("Whom a rule is about stays: add another one. Nothing was saved."))
    if (name := _named(name)) != rule.name:
        rule.name = name
        rule.save(update_fields=["name"])
    elif newest.content == terms_to(terms):
        return newest
    return _published(rule, terms, number=newest.number + 1, by=by, at=at)


@all_or_nothing()
def switch_rule_off(rule: SignalRule, *, by: Actor, at: datetime | None = None) -> None:
    """It opens nothing more; what is open clears by its subject's recovery as before.

    Effects: signal_rule.switched_off, the first time.
    """
    permits.require(by, SETS)
    at = clock.instant(at)
    if SignalRule.objects.filter(pk=rule.pk, switched_off_at__isnull=True).update(switched_off_at=at):
        _tell("signal_rule.switched_off", rule, by=by, at=at)


@all_or_nothing()
def switch_rule_on(rule: SignalRule, *, by: Actor, at: datetime | None = None) -> None:
    """It opens signals again from the next look on. Effects: signal_rule.switched_on, if it was off."""
    permits.require(by, SETS)
    if SignalRule.objects.filter(pk=rule.pk, switched_off_at__isnull=False).update(switched_off_at=None):
        _tell("signal_rule.switched_on", rule, by=by, at=at)


@all_or_nothing()
def publish_usual_rules(*, by: Actor, at: datetime | None = None) -> None:
    """The usual rules and playbooks, where there are none. Effects: signal_rule.published for each;
    playbook.published.
    """
    lock_key("signal_rules")
    if SignalRule.objects.exists():
        return
    rules: dict[str, SignalRule] = {}
    for key, usual in RULES.items():
        rule = SignalRule.objects.create(name=str(usual.words), shipped_as=key, added_at=clock.instant(at))
        _published(rule, terms_from(usual.written), number=1, by=by, at=at)
        rules[key] = rule
    for key, usual_one in PLAYBOOKS.items():
        new = NewPlaybook(
            name=str(usual_one.words),
            rule=rules[usual_one.rule],
            mode=usual_one.mode,
            steps=usual_one.steps,
            shipped_as=key,
        )
        make_playbook(new, by=by, at=at)


def _published(
    rule: SignalRule, terms: Terms, *, number: int, by: Actor, at: datetime | None
) -> SignalRuleVersion:
    version = SignalRuleVersion.objects.create(
        rule=rule, number=number, content=terms_to(terms), published_at=clock.instant(at)
    )
    _tell("signal_rule.published", rule, by=by, at=at, version=number)
    return version


def _tell(kind: str, rule: SignalRule, *, by: Actor, at: datetime | None, **facts: int) -> None:
    record(kind, by=by, at=at, subjects=[("signal_rule", rule.pk)], facts={"rule": rule.pk, **facts})


def _named(name: str) -> str:
    name = " ".join(name.replace("\x00", "").split())
    if not 0 < len(name) <= 100:
        raise SignalRefused(_("A name has between 1 and 100 characters. Nothing was saved."))
    return name
