"""When something happened, as far as a clock that may be wrong lets one say."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from keepwell.usage.models.apart import WhyApart

# A clock may be a little ahead; what lies further ahead than a day, or so long ago, nobody believes.
AHEAD_AT_MOST = timedelta(days=1)
AGO_AT_MOST = timedelta(days=365 * 15)


class NoInstant(ValueError):
    """What was given as an instant is none."""


def instant_in(text: object) -> datetime | None:
    """ISO 8601 as an instant; without a zone it is in UTC. None where nothing is given. Errors: NoInstant."""
    if text is None or text == "":
        return None
    if not isinstance(text, str):
        raise NoInstant
    try:
        at = datetime.fromisoformat(text)
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise NoInstant from None


def occurred_at(said: datetime | None, sent_at: datetime | None, received_at: datetime) -> datetime:
    """`timestamp` set right by how far the sender's clock is off: it tells by its own clock when it sent.

    Without an instant of sending what was said is believed; without any, it happened when it came.
    """
    if said is None:
        return received_at
    try:
        return received_at - (sent_at - said) if sent_at else said
    except OverflowError:
        return said


def why_apart(occurred: datetime, received_at: datetime) -> WhyApart | None:
    """Why nobody believes this instant; None where one can."""
    if occurred - received_at > AHEAD_AT_MOST:
        return WhyApart.AHEAD
    return WhyApart.LONG_AGO if received_at - occurred > AGO_AT_MOST else None
