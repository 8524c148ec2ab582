"""What runs: versions, configuration, licences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from keepwell.customers.lifetime_words import standing_words, tone
from keepwell.customers.models import Environment
from keepwell.success.reviews.expectations import Verdict
from keepwell.success.reviews.numbers import count_words, day_words, share_words
from keepwell.success.reviews.proposals import standing_of
from keepwell.success.reviews.rule_words import expected_words, verdict_tone, verdict_words
from keepwell.success.reviews.showing.blocks import Cell, Grid, Part, Stat


def versions(data: Mapping[str, Any], on: date) -> Part:
    rows = data["deployments"]
    if not rows:
        return Part(key="versions", title="", lead=_("Nothing is entered that runs here."))
    return Part(
        key="versions",
        title="",
        lead=_("As of %s.") % day_words(on),
        grids=[
            Grid(
                headings=(_("Runs"), _("Version"), _("Supported"), _("Newest")),
                rows=[_version(one, on) for one in rows],
            )
        ],
    )


def _version(one: Mapping[str, Any], on: date) -> list[Cell]:
    environment = str(Environment(one["environment"]).label)
    source = _("as the software says") if one["is_told"] else _("as entered")
    version = Cell(words=one["version"], beside=source) if one["version"] else Cell(words=_("not known"))
    return [
        Cell(words=one["product"], beside=environment),
        version,
        _supported(one, on),
        Cell(words=one["newest"] or ""),
    ]


def _supported(one: Mapping[str, Any], on: date) -> Cell:
    if not one["version"]:
        return Cell(words="")
    if one["known"] is None:
        return Cell(words=_("No dates are known for %s") % one["version"])
    found = standing_of(one, on)
    return Cell(words=standing_words(found), tone=tone(found))


def configuration(data: Mapping[str, Any]) -> Part:
    rows = data["rules"]
    if not rows:
        return Part(
            key="configuration", title="", lead=_("No rules of good practice are written for what runs here.")
        )
    counted = Counter(one["verdict"] for one in rows)
    return Part(
        key="configuration",
        title="",
        stats=[
            Stat(name=_("As it should be"), value=count_words(counted[Verdict.MET]), tone="good"),
            Stat(
                name=_("Not as it should be"),
                value=count_words(counted[Verdict.NOT_MET]),
                tone="bad" if counted[Verdict.NOT_MET] else "",
            ),
            Stat(name=_("Not known"), value=count_words(counted[Verdict.UNKNOWN])),
        ],
        grids=[
            Grid(
                headings=(_("What is checked"), _("It is"), _("Good practice"), _("Stands")),
                rows=[_rule(one) for one in rows],
            )
        ],
    )


def _rule(one: Mapping[str, Any]) -> list[Cell]:
    found = _("never told") if one["found"] is None else one["found"]
    return [
        Cell(words=one["title"], beside=f"{one['product']} · {one['fact']}"),
        Cell(words=found),
        Cell(words=expected_words(one["expects"], one["values"])),
        Cell(words=verdict_words(one), tone=verdict_tone(one)),
    ]


def licences(data: Mapping[str, Any]) -> Part:
    if not data["has_contract"]:
        return Part(key="licences", title="", lead=_("No contract in force is entered."))
    unlimited = data["seats"] is None
    used = data["used"]
    return Part(
        key="licences",
        title="",
        stats=[
            Stat(name=_("People active"), value=count_words(data["people"])),
            Stat(
                name=_("Seats agreed"),
                value=_("no limit") if unlimited else count_words(data["seats"]),
            ),
            *([Stat(name=_("Seats used"), value=share_words(used))] if used is not None else []),
        ],
        grids=[
            Grid(
                headings=(_("Product"), _("Module"), _("Seats")),
                rows=[
                    [
                        Cell(words=one["product"]),
                        Cell(words=one["module"] or _("all of it")),
                        Cell(words=_("no limit") if one["seats"] is None else count_words(one["seats"])),
                    ]
                    for one in data["entitlements"]
                ],
                figures=1,
            )
        ],
    )
