"""When a mail says that it was sent."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from keepwell.channels.email.parsing.headers import one_line, plain

FIRST_YEAR, LAST_YEAR = 1970, 2200
# No date is as long as that; the reader of dates is not to be tried with more.
DATE_CHARACTERS = 200
NO_DATE = "The date could not be read."


def sent_at(value: str) -> datetime | None:
    """The instant; None where it cannot be read or cannot be meant. Without a zone it is taken as UTC."""
    try:
        found = parsedate_to_datetime(one_line(plain(value))[:DATE_CHARACTERS])
        found = found if found.tzinfo else found.replace(tzinfo=UTC)
        instant = found.astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError, AttributeError):
        return None
    return instant if FIRST_YEAR <= instant.year < LAST_YEAR else None
