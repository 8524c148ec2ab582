"""Which rules of the time zones hold: those of the tzdata package, see `keepwell/__init__.py`."""

from __future__ import annotations

import tzdata


def data_version() -> str:
    """Such as 2026f: beside policy and calendar what a clock is worked out with."""
    return tzdata.IANA_VERSION
