"""What is known of an account, or of a product as it runs there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from keepwell.customers.models import Environment, Module


@dataclass(frozen=True, kw_only=True)
class AccountDetails:
    """`reference` is the number in other systems; an empty time zone means that of the support hours."""

    reference: str = ""
    segment: str = ""
    region: str = ""
    time_zone: str = ""


@dataclass(frozen=True, kw_only=True)
class DeploymentDetails:
    """`live_on` is the go-live date, None while it is being implemented; `external_key` its name in usage
    data.
    """

    version: str = ""
    external_key: str = ""
    environment: str = Environment.PRODUCTION
    live_on: date | None = None
    modules: tuple[Module, ...] = ()
