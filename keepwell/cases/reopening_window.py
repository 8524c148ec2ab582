"""How long after its end a case may be reopened.

The promise belongs to the policy of an account, which a higher slice knows: it gives the window here, once,
when Django starts. It is fixed on the case when the case ends, so that a policy edited later moves nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from keepwell.cases.models import Case
from keepwell.cases.windows import closes_at

UNLESS_TOLD_OTHERWISE = timedelta(days=14)

Source = Callable[[Case, datetime], timedelta]

_sources: list[Source] = []


def window_given_by(source: Source) -> Source:
    """Registers who knows the window of a case that ends at an instant. Errors: ValueError for a second."""
    if _sources:
        raise ValueError("The window for reopening is given by one slice only")
    _sources.append(source)
    return source


def reopenable_until(case: Case, ended_at: datetime) -> datetime:
    """The last instant at which a case that ends now may be reopened."""
    window_for = _sources[0](case, ended_at) if _sources else UNLESS_TOLD_OTHERWISE
    return closes_at(ended_at, window_for)
