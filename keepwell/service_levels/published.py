"""The promises of a version as they are published: a table of words, severities across, promises down."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keepwell.kit import wording
from keepwell.service_levels.models.policy import Metric, Population

ACROSS = (Population.HIGH, Population.NORMAL, Population.LOW)
DOWN = (Metric.INITIAL_CONTACT, Metric.FOLLOW_UP, Metric.RESOLUTION)
SITUATIONS = {
    Population.HIGH: gettext_lazy("system down or another dire situation"),
    Population.NORMAL: gettext_lazy("important; major functions operational, system not down"),
    Population.LOW: gettext_lazy("minor; major functions operational, system not down"),
}
ALL = Decimal(100)


class Promised(Protocol):
    """What a promise says, stored or still being filled in."""

    @property
    def metric(self) -> str: ...
    @property
    def severity(self) -> str: ...
    @property
    def amount(self) -> Decimal: ...
    @property
    def unit(self) -> str: ...
    @property
    def objective(self) -> Decimal: ...


@dataclass(frozen=True, kw_only=True)
class Row:
    """One promise for each severity, in the order of ACROSS; "" where nothing is promised."""

    words: str
    cells: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Published:
    """The table; `overall` is the sentence over all severities, "" if there is none."""

    severities: tuple[str, ...]
    rows: tuple[Row, ...]
    overall: str


def published(promises: Iterable[Promised]) -> Published:
    """The promises in the words of the guidelines, those about the situations first."""
    by_place = {(one.metric, one.severity): one for one in promises}
    situations = Row(words=_("Situation"), cells=tuple(str(SITUATIONS[severity]) for severity in ACROSS))
    rows = [
        Row(words=str(metric.label), cells=tuple(_cell(by_place.get((metric, one))) for one in ACROSS))
        for metric in DOWN
    ]
    overall = by_place.get((Metric.OVERALL, Population.ANY))
    return Published(
        severities=tuple(str(severity.label) for severity in ACROSS),
        rows=(situations, *rows),
        overall=_overall(overall) if overall else "",
    )


def promise_words(promised: Promised) -> str:
    """One promise as it is published: 85% of cases within 24 hours."""
    return _overall(promised) if promised.metric == Metric.OVERALL else _cell(promised)


def _cell(promised: Promised | None) -> str:
    if promised is None:
        return ""
    words = wording.allowance(promised.amount, promised.unit)
    if promised.metric == Metric.INITIAL_CONTACT:
        words = _("direct voice connect, or response %(allowance)s") % {"allowance": words}
    return words if promised.objective == ALL else _share(promised, words)


def _share(promised: Promised, words: str) -> str:
    given = {"share": wording.written_out(promised.objective), "allowance": words}
    return _("%(share)s%% of cases %(allowance)s") % given


def _overall(promised: Promised) -> str:
    words = wording.allowance(promised.amount, promised.unit)
    given = {"share": wording.written_out(promised.objective), "allowance": words}
    return _("%(share)s%% of all issues solved %(allowance)s") % given
