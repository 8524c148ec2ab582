"""Configuration rules: published in versions, retired, resumed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from keepwell.customers.models import Product
from keepwell.journal.recording import Actor, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock
from keepwell.people import permits
from keepwell.success.reviews.expectations import Expectation
from keepwell.success.reviews.models import ConfigurationRule, RuleVersion
from keepwell.success.reviews.refusals import RuleRefused
from keepwell.success.reviews.states import Severity

PERMIT = "settings.products"


@dataclass(frozen=True, kw_only=True)
class RuleWords:
    """A rule as it is to be. `values` as somebody wrote them, none where the fact only has to be there."""

    title: str
    fact: str
    expects: str
    values: tuple[str, ...] = ()
    severity: str = Severity.MEDIUM.value
    advice: str


@all_or_nothing()
def add_rule(
    product: Product, wanted: RuleWords, *, by: Actor, at: datetime | None = None
) -> ConfigurationRule:
    """What runs of the product is held against it, from the next review on.

    Effects: configuration_rule.published. Errors: NotPermitted, RuleRefused.
    """
    permits.require(by, PERMIT)
    columns = _checked(wanted)
    rule = ConfigurationRule.objects.create(product=product)
    _publish(rule, 1, columns, by=by, at=at)
    return rule


@all_or_nothing()
def publish_rule(
    rule: ConfigurationRule, wanted: RuleWords, *, by: Actor, at: datetime | None = None
) -> None:
    """It says this from the next review on; what it said stays with the reviews that were held to it.

    The same is no news. Effects: configuration_rule.published. Errors: NotPermitted, RuleRefused.
    """
    permits.require(by, PERMIT)
    lock(rule)
    columns = _checked(wanted)
    newest = rule.versions.latest("number")
    if any(getattr(newest, name) != value for name, value in columns.items()):
        _publish(rule, newest.number + 1, columns, by=by, at=at)


@all_or_nothing()
def retire_rule(rule: ConfigurationRule, *, by: Actor, at: datetime | None = None) -> None:
    """Nothing is held against it any more. Effects: configuration_rule.retired, the first time."""
    _switch(rule, "configuration_rule.retired", is_active=False, by=by, at=at)


@all_or_nothing()
def resume_rule(rule: ConfigurationRule, *, by: Actor, at: datetime | None = None) -> None:
    """It holds again. Effects: configuration_rule.resumed, the first time."""
    _switch(rule, "configuration_rule.resumed", is_active=True, by=by, at=at)


def _switch(rule: ConfigurationRule, kind: str, *, is_active: bool, by: Actor, at: datetime | None) -> None:
    permits.require(by, PERMIT)
    lock(rule)
    if rule.is_active != is_active:
        rule.is_active = is_active
        rule.save(update_fields=["is_active"])
        _record(kind, rule, rule.versions.latest("number").number, by=by, at=at)


def _publish(
    rule: ConfigurationRule, number: int, columns: dict[str, object], *, by: Actor, at: datetime | None
) -> None:
    at = clock.instant(at)
    RuleVersion.objects.create(rule=rule, number=number, published_at=at, **columns)
    _record("configuration_rule.published", rule, number, by=by, at=at)


def _record(kind: str, rule: ConfigurationRule, number: int, *, by: Actor, at: datetime | None) -> None:
    facts = {"configuration_rule": rule.pk, "version": number}
    subjects = [("configuration_rule", rule.pk), ("product", rule.product_id)]
    record(kind, by=by, at=at, subjects=subjects, facts=facts)


def _checked(wanted: RuleWords) -> dict[str, object]:
    title, fact = " ".join(wanted.title.split()), wanted.fact.strip()
    advice = wanted.advice.strip()
    values = tuple(one.strip() for one in wanted.values)
    if not 0 < len(title) <= 200 or not 0 < len(fact) <= 120 or not 0 < len(advice) <= 2000:
        raise RuleRefused(
            _("A rule says what is checked, which fact, and what is advised. Nothing was saved.")
        )
    try:
        Expectation(fact=fact, expects=wanted.expects, values=values)
    except ValueError:
        raise RuleRefused(
            _(
                "That cannot be expected: at least and at most take a number, a version one like 7.3, one of "
                "takes up to 50 values, one a line, and what is to be there takes none. Nothing was saved."
            )
        ) from None
    return {
        "title": title,
        "fact": fact,
        "expects": wanted.expects,
        "values": list(values),
        "severity": Severity(wanted.severity).value,
        "advice": advice,
    }
