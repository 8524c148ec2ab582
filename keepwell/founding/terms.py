"""What a new installation has to know before the first case comes in."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Terms:
    """`hours` as in opening_hours.py; `zone` an IANA name; `country` and `subdivision` ISO codes, or empty
    for no public holidays; `sender` the address that mail leaves from."""

    vendor: str
    sender: str
    zone: str
    administrator_name: str
    administrator_email: str
    hours: str = "mon-fri 07:00-19:00"
    country: str = ""
    subdivision: str = ""
    password: str = field(repr=False)
