"""One history as plain data (JSON): entries in, clocks out, in the shape of vectors/clocks.json."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from keepwell.calendars.working_time import WorkingTime
from keepwell.service_levels import clock_facts as kinds
from keepwell.service_levels.clock_facts import Fact
from keepwell.service_levels.clock_state import ClockState
from keepwell.service_levels.replay_walk import TermsAt
from keepwell.service_levels.terms import METRICS, PAUSING, RANKS, Allowance, Terms

_PAUSES = "pauses"
_BEGINNING = datetime.min.replace(tzinfo=UTC)


def read_instant(text: str) -> datetime:
    """An instant in ISO 8601 with its zone, as UTC; a fraction of a second is dropped."""
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError(f"The instant {text!r} names no zone.")
    return at.astimezone(UTC).replace(microsecond=0)


def read_entries(entries: Iterable[Mapping[str, Any]]) -> list[Fact]:
    """Entries in recorded order as facts; an entry without an `id` is named by its place."""
    return [_read_entry(entry, place) for place, entry in enumerate(entries)]


def read_policy(policy: Mapping[str, Any]) -> dict[tuple[str, str], Allowance]:
    """Metric -> severity -> [amount, unit], as allowances by (metric, severity)."""
    unknown = set(policy) - {*METRICS, _PAUSES}
    if unknown:
        raise ValueError(f"The policy names what is no metric: {', '.join(sorted(unknown))}.")
    return {
        (metric, severity): Allowance(amount=amount, unit=unit)
        for metric in METRICS
        for severity, (amount, unit) in policy.get(metric, {}).items()
    }


def read_terms(mapping: Mapping[str, Any]) -> TermsAt:
    """The terms in force at any instant, of a mapping with `policies` or with `policy` and `calendar`."""
    versions = mapping.get("policies") or [mapping]
    starts = [_read_start(version, place) for place, version in enumerate(versions)]
    if starts != sorted(starts):
        raise ValueError("Policy versions must stand in order of time.")
    terms = [_read_version(version, mapping, place) for place, version in enumerate(versions)]

    def terms_at(at: datetime) -> Terms:
        return terms[max(bisect_right(starts, at) - 1, 0)]

    return terms_at


def as_mapping(clock: ClockState) -> dict[str, Any]:
    """A clock in the shape of vectors/clocks.json."""
    return {
        "metric": clock.metric,
        "severity": clock.severity,
        "started_at": _write(clock.started_at),
        "due_at": _write(clock.due_at),
        "due_without_pauses": _write(clock.due_without_pauses),
        "state": clock.state,
        "stopped_at": _write(clock.stopped_at),
    }


def _read_start(version: Mapping[str, Any], place: int) -> datetime:
    start = version.get("from")
    if start is None and place > 0:
        raise ValueError("Every policy version after the first needs its `from`.")
    return _BEGINNING if start is None else read_instant(start)


def _read_version(version: Mapping[str, Any], mapping: Mapping[str, Any], place: int) -> Terms:
    policy = version.get("policy") or mapping["policy"]
    calendar = version.get("calendar") or mapping["calendar"]
    return Terms(
        key=place,
        working_time=WorkingTime.parse(calendar),
        allowances=read_policy(policy),
        pauses=frozenset(policy.get(_PAUSES, PAUSING)),
    )


def _read_entry(entry: Mapping[str, Any], place: int) -> Fact:
    kind = entry["kind"]
    if kind not in kinds.KINDS:
        raise ValueError(f"No clock rule for an entry of kind {kind!r}.")
    entered_at = entry.get("entered_at")
    return Fact(
        kind=kind,
        at=read_instant(entry["at"]),
        id=entry.get("id", place),
        severity=_read_severity(entry),
        by=entry.get("by", "customer"),
        live=entry.get("live", False),
        correction=entry.get("correction", False),
        entered_at=None if entered_at is None else read_instant(entered_at),
        contact=entry.get("contact"),
    )


def _read_severity(entry: Mapping[str, Any]) -> str:
    if entry["kind"] not in (kinds.OPENED, kinds.SEVERITY):
        return ""
    severity: str = entry["severity"] if entry["kind"] == kinds.OPENED else entry["to"]
    if severity not in RANKS:
        raise ValueError(f"Unknown severity {severity!r}: low, normal or high.")
    return severity


def _write(at: datetime | None) -> str | None:
    return None if at is None else at.strftime("%Y-%m-%dT%H:%M:%SZ")
