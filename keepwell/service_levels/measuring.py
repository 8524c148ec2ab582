"""A guideline's figures for a window: what was reached, what may still be missed, and how it looks ahead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, tzinfo
from decimal import Decimal
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from keepwell.service_levels.attainment import Attainment, Counts, attainment_of, counts_of
from keepwell.service_levels.budget import Budget
from keepwell.service_levels.cohorts import SEVERITIES, Cohort, Selection, cohort_of
from keepwell.service_levels.judging import verdict
from keepwell.service_levels.later_entries import kept_without_them
from keepwell.service_levels.models import Commitment, GuidelineVersion, Policy, YearBehind
from keepwell.service_levels.models.policy import Population
from keepwell.service_levels.outlook import Outlook
from keepwell.service_levels.survival import Estimate
from keepwell.service_levels.trailing import FEW, YEAR, Trailing, expected_to_start, outlook_of, trailing_of
from keepwell.service_levels.windows import Window, window_at


@dataclass(frozen=True, kw_only=True)
class Narrowing:
    """A part of a guideline's population; empty for all of it. cases: their ids, None for all."""

    product: int | None = None
    account: int | None = None
    segment: str = ""
    channel: str = ""
    level: int | None = None
    team: int | None = None
    cases: tuple[int, ...] | None = None


EVERYTHING = Narrowing()
# What a year says, and as of when.
Year = tuple[Trailing, datetime]


@dataclass(frozen=True, kw_only=True, eq=False)
class Figures:
    """All that is said of a guideline in a window, as of an instant.

    commitment: the promise in force then, or at the window's end where that lies behind; changed: whether
    another one held earlier in the window. trailing: what the year says, as of `year_as_of`.
    """

    version: GuidelineVersion
    window: Window
    selection: Selection
    as_of: datetime
    commitment: Commitment
    changed: bool
    cohort: Cohort
    attainment: Attainment
    without_later: Estimate | None
    verdict: str
    budget: Budget
    trailing: Trailing
    year_as_of: datetime

    @property
    def objective(self) -> Decimal:
        return self.commitment.objective

    @cached_property
    def outlook(self) -> Outlook | None:
        """None where nothing is open nor expected. Of many clocks it takes long, so only who asks waits."""
        return outlook_of(self.cohort, self.trailing, window=self.window, objective=self.objective)


def figures_of(
    version: GuidelineVersion,
    window: Window,
    *,
    at: datetime,
    narrowing: Narrowing = EVERYTHING,
    year: Year | None = None,
) -> Figures:
    """The figures of the clocks that started in the window, as they stand at an instant.

    year: what `year_behind` gave for this version and narrowing, where several windows are asked about.
    """
    selection = selection_of(version, window, narrowing)
    cohort = cohort_of(selection, at=at)
    commitment, changed = _promised(version, window, at)
    found = attainment_of(cohort)
    trailing, year_as_of = year or _year_in(window.zone, version, at, narrowing)
    return Figures(
        version=version,
        window=window,
        selection=selection,
        as_of=at,
        commitment=commitment,
        changed=changed,
        cohort=cohort,
        attainment=found,
        without_later=kept_without_them(cohort, selection, kept=found.kept),
        verdict=verdict(
            found.kept,
            clocks=found.counts.clocks,
            missed=found.counts.missed,
            objective=commitment.objective,
            smallest=version.smallest,
        ),
        budget=_budget(found.counts, trailing, window, at, commitment.objective),
        trailing=trailing,
        year_as_of=year_as_of,
    )


@dataclass(frozen=True, kw_only=True, eq=False)
class Now:
    """What is known of a guideline's present window, without its outlook: a part of `Figures`, for less."""

    budget: Budget
    trailing: Trailing


def now_of(version: GuidelineVersion, *, at: datetime) -> Now:
    """How the guideline stands in the window that an instant lies in."""
    window = present_window(version, at)
    counts = counts_of(cohort_of(selection_of(version, window), at=at))
    commitment, _changed = _promised(version, window, at)
    trailing, _as_of = _year_in(window.zone, version, at, EVERYTHING)
    budget = _budget(counts, trailing, window, at, commitment.objective)
    return Now(budget=budget, trailing=trailing)


def selection_of(version: GuidelineVersion, window: Window, narrowing: Narrowing = EVERYTHING) -> Selection:
    """Whose clocks a guideline is about; what it is narrowed to already cannot be widened."""
    return _selection(version, (window.begins_at, window.ends_at), narrowing)


def _selection(
    version: GuidelineVersion, started: tuple[datetime, datetime], narrowing: Narrowing
) -> Selection:
    """started: from an instant up to another."""
    return Selection(
        metric=version.metric,
        severities=(version.severity,),
        begins_at=started[0],
        ends_at=started[1],
        policy=version.policy_id,
        product=version.product_id or narrowing.product,
        account=narrowing.account,
        segment=version.segment or narrowing.segment,
        channel=version.channel or narrowing.channel,
        level=narrowing.level,
        team=narrowing.team,
        cases=narrowing.cases,
    )


def versions_of(policy: Policy, window: str, at: datetime) -> list[GuidelineVersion]:
    """A guideline for each promise that a policy makes at an instant, over such windows; none is kept."""
    in_force = policy.versions.filter(effective_at__lte=at).order_by("-effective_at", "-number").first()
    promised = Commitment.objects.filter(version=in_force).order_by("pk")
    return [
        GuidelineVersion(policy=policy, metric=one.metric, severity=one.severity, window=window)
        for one in promised
    ]


def present_window(version: GuidelineVersion, at: datetime) -> Window:
    """The guideline's window that an instant lies in, in the zone of its policy's calendar."""
    return window_at(version.window, at, zone_of(version, at), days=version.rolling_days)


def zone_of(version: GuidelineVersion, at: datetime) -> ZoneInfo:
    """The zone of the calendar that the policy counts in."""
    in_force = (
        version.policy.versions.filter(effective_at__lte=at).order_by("-effective_at", "-number").first()
    )
    newest = in_force or version.policy.versions.order_by("number").first()
    if newest is None:
        return ZoneInfo("UTC")
    calendar = newest.calendar.versions.order_by("-number").values_list("mapping", flat=True).first()
    return ZoneInfo(calendar["timezone"]) if calendar else ZoneInfo("UTC")


def promise_at(version: GuidelineVersion, at: datetime) -> Commitment:
    """The promise in force at an instant; for anything earlier than all of them, the first."""
    return _begun(_promises_of(version), at)[-1]


def _promises_of(version: GuidelineVersion) -> list[Commitment]:
    """All that the policy ever promised about it, the oldest first."""
    promised = Commitment.objects.filter(
        version__policy=version.policy, metric=version.metric, severity=version.severity
    ).select_related("version__calendar")
    return list(promised.order_by("version__effective_at", "version__number"))


def _begun(known: list[Commitment], until: datetime) -> list[Commitment]:
    return [one for one in known if one.version.effective_at <= until] or known[:1]


def _promised(version: GuidelineVersion, window: Window, at: datetime) -> tuple[Commitment, bool]:
    """The promise in force at an instant, or at the window's end, and whether another held in the window."""
    begun = _begun(_promises_of(version), min(at, window.ends_at))
    then = [one for one in begun if one.version.effective_at <= window.begins_at]
    in_window = [*then[-1:], *(one for one in begun if one.version.effective_at > window.begins_at)]
    terms = {(one.amount, one.unit, one.objective) for one in in_window or begun[-1:]}
    return begun[-1], len(terms) > 1


def _budget(counts: Counts, trailing: Trailing, window: Window, at: datetime, objective: Decimal) -> Budget:
    so_far = counts.clocks
    coming = 0.0 if window.is_over(at) else expected_to_start(trailing, window, at)
    return Budget(
        objective=objective,
        so_far=so_far,
        expected=so_far + round(coming),
        spent=counts.missed,
        gone=window.gone(at),
    )


def year_behind(version: GuidelineVersion, *, at: datetime, narrowing: Narrowing = EVERYTHING) -> Year:
    """What the year says; of the whole population it is worked out once a local day and kept.

    Of a version that is not saved, or a part of the population, nothing is kept.
    """
    return _year_in(zone_of(version, at), version, at, narrowing)


def _year_in(zone: tzinfo, version: GuidelineVersion, at: datetime, narrowing: Narrowing) -> Year:
    if narrowing != EVERYTHING or version.pk is None:
        return _worked_out(version, zone, at, narrowing), at
    kept = YearBehind.objects.filter(version=version).first()
    if kept is None or kept.as_of.astimezone(zone).date() != at.astimezone(zone).date():
        kept = keep_year(version, at=at)
    return _trailing(kept.figures), kept.as_of


def clocks_a_week(version: GuidelineVersion, *, at: datetime) -> float:
    """How many of the guideline's clocks start in a week, by the year behind."""
    return sum(year_behind(version, at=at)[0].by_hour)


def keep_year(version: GuidelineVersion, *, at: datetime) -> YearBehind:
    """Works out what the year before an instant says of a guideline, and keeps it."""
    figures = asdict(_worked_out(version, zone_of(version, at), at, EVERYTHING))
    kept, _is_new = YearBehind.objects.update_or_create(
        version=version, defaults={"as_of": at, "figures": figures}
    )
    return kept


def _worked_out(version: GuidelineVersion, zone: tzinfo, at: datetime, narrowing: Narrowing) -> Trailing:
    selection = _selection(version, (at - YEAR, at), narrowing)
    own = cohort_of(selection, at=at)
    if own.columns.size >= FEW or version.severity == Population.ANY:
        return trailing_of(own, zone)
    everybody = cohort_of(replace(selection, severities=SEVERITIES), at=at)
    return trailing_of(own, zone, everybody=everybody)


def _trailing(figures: Mapping[str, Any]) -> Trailing:
    """As it was kept: JSON has no numbers for keys."""
    by_severity = {
        name: {int(severity): counts for severity, counts in figures[name].items()}
        for name in ("stopped", "still_open")
    }
    return Trailing(**{**figures, **by_severity})
