"""When something happened, from what a cell says. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, tzinfo

from keepwell.imports.logs.refusing import FIRST_YEAR, Reason

ISO = "iso"
# A number since 1970, in seconds or thousandths of them.
SECONDS, MILLISECONDS = "seconds", "milliseconds"
EARLIEST = datetime(FIRST_YEAR, 1, 2, tzinfo=UTC)


class TimeRefused(ValueError):
    """The cell is no time that can be used; `reason` says why."""

    def __init__(self, reason: Reason) -> None:
        self.reason = reason
        super().__init__(reason.name)


def read_instant(cell: str, formats: Sequence[str], zone: tzinfo | None, now: datetime) -> datetime:
    """The instant in UTC and whole seconds. `zone` is that of times without one; None: they are refused.

    A local time that a change of the clock skips moves forward by the gap; one that comes twice is the first.
    Errors: TimeRefused.
    """
    at = _read(cell, formats)
    if at.tzinfo is None:
        if zone is None:
            raise TimeRefused(Reason.NO_ZONE)
        at = at.replace(tzinfo=zone)
    try:
        at = at.astimezone(UTC).replace(microsecond=0)
    except OverflowError:
        raise TimeRefused(Reason.UNREADABLE_TIME) from None
    if at > now:
        raise TimeRefused(Reason.FUTURE)
    if at < EARLIEST:
        raise TimeRefused(Reason.TOO_EARLY)
    return at


def read_format(cell: str, written: str) -> datetime:
    """The time as it is written, perhaps without a zone. Errors: TimeRefused."""
    try:
        return _read_as(cell, written)
    except (ValueError, OverflowError, OSError):
        raise TimeRefused(Reason.UNREADABLE_TIME) from None


def _read(cell: str, formats: Sequence[str]) -> datetime:
    if not cell:
        raise TimeRefused(Reason.NO_TIME)
    for written in formats:
        try:
            return read_format(cell, written)
        except TimeRefused:
            continue
    raise TimeRefused(Reason.UNREADABLE_TIME)


def _read_as(cell: str, written: str) -> datetime:
    if written == ISO:
        return datetime.fromisoformat(cell)
    if written in (SECONDS, MILLISECONDS):
        return datetime.fromtimestamp(float(cell) / (1000 if written == MILLISECONDS else 1), UTC)
    # Without %z it says no zone, and the map's is used.
    return datetime.strptime(cell, written)  # noqa: DTZ007
