"""Days as they stand in an address, written by whoever."""

from __future__ import annotations

from datetime import date

# At the ends of the calendar no midnight can be told in another zone.
YEARS = range(1970, 2200)


def day_in(text: str) -> date | None:
    """The day, or None where the text is none."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if found.year in YEARS else None
