"""What is known of an account besides its name."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class AccountDetails:
    """`reference` is the number in other systems; an empty time zone means that of the support hours."""

    reference: str = ""
    segment: str = ""
    region: str = ""
    time_zone: str = ""
