"""What the data of a review suggests to say: findings, before anybody has looked at them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from keepwell.customers.lifetimes import Lifetime, Stage, Standing, standing
from keepwell.success.reviews import sections
from keepwell.success.reviews.expectations import Verdict, Why
from keepwell.success.reviews.states import Area, Severity

SOON_DAYS = 180
FEW_SEATS, OVER_USED = Fraction(1, 2), Fraction(1)
MUCH_LESS = Fraction(-1, 5)
# A promise is not called broken by a handful of cases.
DECIDED_AT_LEAST = 5

Data = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """`key` is the same for the same matter, so that what somebody wrote about it is not proposed again.

    `says` names the sentence, `values` what stands in it.
    """

    key: str
    area: Area
    severity: Severity
    says: str
    values: Mapping[str, Any] = field(default_factory=dict)


def proposals(data: Data, on: date) -> list[Proposal]:
    """In the order of the document. Nothing is proposed of what is not known, but that it is not known."""
    return [one for propose in _PROPOSE for one in propose(data, on)]


def standing_of(deployment: Data, on: date) -> Standing:
    """How the version that runs there stands on a day."""
    names = ("released_on", "support_ends_on", "life_ends_on")
    days = {name: date.fromisoformat(deployment[name]) if deployment[name] else None for name in names}
    return standing(Lifetime(**days), on)


def _usage(data: Data, _on: date) -> Iterator[Proposal]:
    metrics = data[sections.USAGE]["metrics"]
    if not metrics:
        yield Proposal(key="usage:none", area=Area.DATA, severity=Severity.LOW, says="usage_unknown")
        return
    if any(metric["state"] == "stale" for metric in metrics.values()):
        yield Proposal(key="usage:stale", area=Area.DATA, severity=Severity.MEDIUM, says="usage_stale")
        return
    trend = _fraction(metrics.get("trend", {}).get("value"))
    if trend is not None and trend <= MUCH_LESS:
        yield Proposal(
            key="usage:trend",
            area=Area.ADOPTION,
            severity=Severity.HIGH,
            says="used_less",
            values={"share": -trend},
        )


def _modules(data: Data, _on: date) -> Iterator[Proposal]:
    modules = data[sections.MODULES]["modules"]
    unused = [one["name"] for one in modules if one["core_events"] == 0]
    if unused:
        yield Proposal(
            key="modules:unused",
            area=Area.ADOPTION,
            severity=Severity.MEDIUM,
            says="modules_unused",
            # Of those whose use is measured: of the others nobody can say.
            values={"names": unused, "of": sum(one["core_events"] is not None for one in modules)},
        )


def _versions(data: Data, on: date) -> Iterator[Proposal]:
    for one in data[sections.VERSIONS]["deployments"]:
        found = standing_of(one, on)
        says, severity = _version(one, found)
        if says:
            area = Area.DATA if severity == Severity.LOW else Area.VERSION
            yield Proposal(
                key=f"version:{one['deployment']}",
                area=area,
                severity=severity,
                says=says,
                values={"product": one["product"], "version": one["version"], "standing": found},
            )


def _version(one: Data, found: Standing) -> tuple[str, Severity]:
    if not one["version"]:
        return "version_unknown", Severity.LOW
    if found.stage == Stage.ENDED:
        return "version_ended", Severity.HIGH
    if found.stage == Stage.UNSUPPORTED:
        return "version_unsupported", Severity.HIGH
    if found.stage == Stage.UNDATED:
        return "version_undated", Severity.LOW
    is_soon = found.ends_in_days is not None and found.ends_in_days <= SOON_DAYS
    return ("version_ends_soon" if is_soon else ""), Severity.MEDIUM


def _configuration(data: Data, _on: date) -> Iterator[Proposal]:
    rules = data[sections.CONFIGURATION]["rules"]
    for one in rules:
        if one["verdict"] == Verdict.NOT_MET:
            yield Proposal(
                key=f"rule:{one['rule']}:{one['deployment']}",
                area=Area.CONFIG,
                severity=Severity(one["severity"]),
                says="rule_not_met",
                values=one,
            )
    for why, says in ((Why.NEVER_SENT, "facts_never_sent"), (Why.UNFIT, "facts_unfit")):
        facts = sorted({one["fact"] for one in rules if one["why"] == why})
        if facts:
            yield Proposal(
                key=f"facts:{why.value}",
                area=Area.DATA,
                severity=Severity.LOW,
                says=says,
                values={"names": facts},
            )


def _support(data: Data, _on: date) -> Iterator[Proposal]:
    for one in data[sections.SUPPORT]["promises"]:
        decided = one["met"] + one["missed"]
        objective = Fraction(one["objective"]) / 100
        if one["kept"] is None or decided < DECIDED_AT_LEAST or Fraction(one["kept"]) >= objective:
            continue
        yield Proposal(
            key=f"promise:{one['metric']}:{one['severity']}",
            area=Area.SUPPORT,
            severity=Severity.HIGH if one["severity"] == "high" else Severity.MEDIUM,
            says="promise_missed",
            values=one,
        )


def _licences(data: Data, _on: date) -> Iterator[Proposal]:
    licences = data[sections.LICENCES]
    if not licences["has_contract"]:
        yield Proposal(key="licences:none", area=Area.LICENCE, severity=Severity.LOW, says="no_contract")
    used = _fraction(licences["used"])
    if used is None:
        return
    values = {"people": licences["people"], "seats": licences["seats"]}
    if used > OVER_USED:
        yield Proposal(
            key="licences:over", area=Area.LICENCE, severity=Severity.HIGH, says="over_used", values=values
        )
    elif used < FEW_SEATS:
        yield Proposal(
            key="licences:under",
            area=Area.LICENCE,
            severity=Severity.MEDIUM,
            says="under_used",
            values=values,
        )


def _plan(data: Data, _on: date) -> Iterator[Proposal]:
    road_map = data[sections.ROAD_MAP]
    if road_map["road_map"] is None:
        yield Proposal(key="plan:none", area=Area.PLAN, severity=Severity.LOW, says="no_road_map")
    elif road_map["late"]:
        yield Proposal(
            key="plan:late",
            area=Area.PLAN,
            severity=Severity.MEDIUM,
            says="actions_late",
            values={"late": road_map["late"], "total": road_map["total"]},
        )


def _fraction(value: str | None) -> Fraction | None:
    return None if value is None else Fraction(value)


_PROPOSE: tuple[Callable[[Data, date], Iterator[Proposal]], ...] = (
    _usage,
    _modules,
    _versions,
    _configuration,
    _support,
    _licences,
    _plan,
)
