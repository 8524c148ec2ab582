"""Configuration rules in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from keepwell.success.reviews.expectations import Expects, Verdict, Why


def expected_words(expects: str, values: list[str]) -> str:
    """Is at least 30; is one of daily, hourly; is there."""
    listed = {"value": ", ".join(values)}
    return {
        Expects.EQUALS: _("is %(value)s"),
        Expects.ONE_OF: _("is one of %(value)s"),
        Expects.AT_LEAST: _("is at least %(value)s"),
        Expects.AT_MOST: _("is at most %(value)s"),
        Expects.VERSION_AT_LEAST: _("is version %(value)s or later"),
        Expects.PRESENT: _("is there"),
    }[Expects(expects)] % listed


def verdict_words(row: Mapping[str, Any]) -> str:
    if row["verdict"] == Verdict.MET:
        return _("As it should be")
    if row["verdict"] == Verdict.NOT_MET:
        return _("Not as it should be")
    return _("Cannot be compared") if row["why"] == Why.UNFIT else _("Never told")


def verdict_tone(row: Mapping[str, Any]) -> str:
    return {Verdict.MET: "good", Verdict.NOT_MET: "bad", Verdict.UNKNOWN: ""}[Verdict(row["verdict"])]
