"""Proposed findings in words: what is seen, and what we recommend. Staff put them into their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from keepwell.service_levels.published import promise_words
from keepwell.success.reviews.numbers import day_words, number_words, share_words
from keepwell.success.reviews.promised import label, promised
from keepwell.success.reviews.proposals import Proposal
from keepwell.success.reviews.rule_words import expected_words

Said = tuple[str, str]
Values = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Words:
    evidence: str
    recommendation: str


def words_of(proposal: Proposal) -> Words:
    evidence, recommendation = _SENTENCES[proposal.says](proposal.values)
    return Words(evidence=evidence, recommendation=recommendation)


def _usage_unknown(_values: Values) -> Said:
    return (
        _("Nothing is told of how the software is used in these days."),
        _("Let the software tell of its use, so that we can see together where it helps."),
    )


def _usage_stale(_values: Values) -> Said:
    return (
        _("The software has not been heard of lately; the last figures say nothing of today."),
        _("See why its source fell silent."),
    )


def _used_less(values: Values) -> Said:
    share = {"share": share_words(values["share"])}
    return (
        _("Active people are %(share)s fewer than is usual for this time of the year.") % share,
        _("Find out with the crews what changed, and what keeps them from using it."),
    )


def _modules_unused(values: Values) -> Said:
    told = {"count": len(values["names"]), "of": values["of"], "names": "; ".join(values["names"])}
    return (
        ngettext(
            "%(count)s of %(of)s modules was not used in the last four weeks: %(names)s.",
            "%(count)s of %(of)s modules were not used in the last four weeks: %(names)s.",
            told["count"],
        )
        % told,
        _("Plan a consultation on what these modules would do for you, or leave them out of the next term."),
    )


def _version_unknown(values: Values) -> Said:
    return (
        _("Which version of %(product)s runs is not known.") % values,
        _("Tell us the version, or let the software tell it."),
    )


def _version_undated(values: Values) -> Said:
    return (
        _("%(product)s %(version)s: no dates are known for %(version)s.") % values,
        _("We enter until when this version is supported."),
    )


def _version_ended(values: Values) -> Said:
    told = {**values, "day": day_words(values["standing"].ended_on)}
    return (
        _("%(product)s %(version)s ended on %(day)s.") % told,
        _("Move to a version that is supported, with a date for it on the road map."),
    )


def _version_unsupported(values: Values) -> Said:
    told = {**values, "day": day_words(values["standing"].ended_on)}
    return (
        _("%(product)s %(version)s has not been supported since %(day)s.") % told,
        _("Move to a version that is supported, with a date for it on the road map."),
    )


def _version_ends_soon(values: Values) -> Said:
    found = values["standing"]
    told = {**values, "day": day_words(found.ends_on), "days": found.ends_in_days}
    return (
        ngettext(
            "%(product)s %(version)s is supported until %(day)s: %(days)s more day.",
            "%(product)s %(version)s is supported until %(day)s: %(days)s more days.",
            found.ends_in_days,
        )
        % told,
        _("Choose a date for the move to the next version."),
    )


def _rule_not_met(values: Values) -> Said:
    told = {
        "title": values["title"],
        "product": values["product"],
        "fact": values["fact"],
        "found": values["found"] if values["found"] is not None else _("not there"),
        "expected": expected_words(values["expects"], values["values"]),
    }
    evidence = _("%(title)s (%(product)s): %(fact)s is %(found)s; good practice: it %(expected)s.") % told
    return evidence, values["advice"]


def _facts_never_sent(values: Values) -> Said:
    return (
        _("The software never told: %s.") % "; ".join(values["names"]),
        _("Let the software send these settings, so that the next review can judge them."),
    )


def _facts_unfit(values: Values) -> Said:
    return (
        _("What the software told cannot be compared with what is expected: %s.")
        % "; ".join(values["names"]),
        _("See in which form the software sends these settings."),
    )


def _promise_missed(values: Values) -> Said:
    told = {
        "label": label(values),
        "promise": promise_words(promised(values)),
        "kept": share_words(values["kept"]),
        "objective": share_words(Fraction(values["objective"]) / 100),
        "met": number_words(str(values["met"])),
        "decided": number_words(str(values["met"] + values["missed"])),
    }
    return (
        _("%(label)s: we promised %(promise)s. Kept for %(kept)s (%(met)s of %(decided)s decided).") % told,
        _("We tell you what we change on our side so that the next quarter is within what we promised."),
    )


def _no_contract(_values: Values) -> Said:
    return (
        _("No contract in force is entered: what may be used, and by how many, is not known."),
        _("Enter the contract, or agree on one."),
    )


def _over_used(values: Values) -> Said:
    return (
        _("%(people)s people are active, with %(seats)s seats agreed.") % values,
        _("Talk about as many seats as are needed before the next term."),
    )


def _under_used(values: Values) -> Said:
    return (
        _("%(people)s people are active of %(seats)s seats that are paid for.") % values,
        _("Bring more crews in, or agree on fewer seats for the next term."),
    )


def _no_road_map(_values: Values) -> Said:
    return (
        _("No road map is shared."),
        _("Write down together where you want to get to, and how we shall see that you are there."),
    )


def _actions_late(values: Values) -> Said:
    return (
        ngettext(
            "%(late)s of %(total)s actions on the road map is late.",
            "%(late)s of %(total)s actions on the road map are late.",
            values["late"],
        )
        % values,
        _("Agree on new days for them, or drop what is no longer wanted."),
    )


_SENTENCES: Mapping[str, Callable[[Values], Said]] = {
    "usage_unknown": _usage_unknown,
    "usage_stale": _usage_stale,
    "used_less": _used_less,
    "modules_unused": _modules_unused,
    "version_unknown": _version_unknown,
    "version_undated": _version_undated,
    "version_ended": _version_ended,
    "version_unsupported": _version_unsupported,
    "version_ends_soon": _version_ends_soon,
    "rule_not_met": _rule_not_met,
    "facts_never_sent": _facts_never_sent,
    "facts_unfit": _facts_unfit,
    "promise_missed": _promise_missed,
    "no_contract": _no_contract,
    "over_used": _over_used,
    "under_used": _under_used,
    "no_road_map": _no_road_map,
    "actions_late": _actions_late,
}
