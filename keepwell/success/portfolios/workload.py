"""Hours that are wanted of somebody against the hours that he has for customers. Pure.

Source of the shares: of the hours at work three quarters are not taken by holidays, illness and the vendor's
own affairs, and of those 85 % go to customers (a common rule of thumb for account work: 520 hours a quarter
come to 331.5).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from fractions import Fraction

FOR_CUSTOMERS = Fraction(3, 4) * Fraction(17, 20)
# Beside the meeting itself: to prepare it, and to write down what came of it.
AROUND_A_MEETING = timedelta(minutes=30)
AN_ACTION = timedelta(hours=1)
A_RENEWAL = timedelta(hours=4)
NOTHING = timedelta(0)


class Work(StrEnum):
    """What hours are wanted for."""

    MEETINGS = "meetings"
    CADENCES = "cadences"
    ACTIONS = "actions"
    RENEWALS = "renewals"
    PREPAID = "prepaid"


@dataclass(frozen=True, kw_only=True)
class Load:
    """Of one person over some time. `wanted` by kind of work; `at_work` are his hours, days off left out."""

    at_work: timedelta
    wanted: Mapping[Work, timedelta] = field(default_factory=dict)

    @property
    def there_are(self) -> timedelta:
        """Hours for customers."""
        return timedelta(seconds=round(self.at_work.total_seconds() * FOR_CUSTOMERS))

    @property
    def whole(self) -> timedelta:
        return sum(self.wanted.values(), NOTHING)

    @property
    def share(self) -> Fraction | None:
        """Wanted over what there is; None for somebody without hours."""
        if not self.there_are:
            return None
        return Fraction(round(self.whole.total_seconds()), round(self.there_are.total_seconds()))


def of_meetings(minutes: list[int]) -> timedelta:
    """What meetings of these lengths take, with what is around them."""
    return timedelta(minutes=sum(minutes)) + AROUND_A_MEETING * len(minutes)


def owed(left_minutes: int, days_left: int, days: int) -> timedelta:
    """What of prepaid hours falls into the next `days`, if they are spread evenly over the `days_left` of
    their year; nothing where none are left.
    """
    if left_minutes <= 0 or days_left <= 0:
        return NOTHING
    return timedelta(minutes=left_minutes * min(days, days_left) // days_left)
