"""A road map on paper: what either side may read of it, as a PDF set by Typst."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import dateformat
from django.utils.formats import number_format
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from keepwell.contracts.money import amount_words
from keepwell.contracts.terms import Span
from keepwell.kit import documents
from keepwell.success.road_maps.models import ValueClaim
from keepwell.success.road_maps.progress import Completion
from keepwell.success.road_maps.returns import Return
from keepwell.success.road_maps.showing import Shown, ShownAction, ShownGoal, ShownMeasure, ShownMilestone
from keepwell.success.road_maps.time_line import TimeLine, time_line

TEMPLATE = "road_maps/road_map.typ"


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What stands around: whose it is, how far agreed, as of which day; `returns` empty to show none."""

    account: str
    standing: str
    on: date
    returns: Sequence[Return] = ()
    returns_span: Span | None = None


def road_map_pdf(shown: Shown, sheet: Sheet) -> bytes:
    """Takes some 50 ms a page. What somebody wrote is letters in it, never source."""
    title = _("Road map of %(account)s") % {"account": sheet.account}
    line = time_line(shown, sheet.on, _("Without a goal"))
    data = {
        "title": title,
        "language": (get_language() or "en").partition("-")[0],
        "foot": f"{title} · {day_words(sheet.on)}",
        "standing": sheet.standing,
        "vision": shown.vision,
        "line": _line(line) if any(row.marks for row in line.rows) else None,
        "goals": [_goal(goal) for goal in shown.goals],
        "loose": [_action(action) for action in shown.loose_actions],
        "loose_milestones": [_milestone(one) for one in shown.loose_milestones],
        "returns": [_return(one) for one in sheet.returns],
        "words": _words(sheet.returns_span),
    }
    return documents.pdf(TEMPLATE, data)


def day_words(on: date) -> str:
    return dateformat.format(on, pgettext("date with year, as a date format", "j M Y"))


def number_words(value: Decimal) -> str:
    """12.5, in the reader's way of writing numbers, without zeros at its end."""
    plain = value.normalize()
    places = max(0, -int(plain.as_tuple().exponent))
    return number_format(plain, decimal_pos=places, use_l10n=True, force_grouping=True)


def _line(line: TimeLine) -> dict[str, Any]:
    return {
        "ticks": [{"words": dateformat.format(on, "M y"), "at": at} for on, at in line.ticks],
        "now": line.now,
        "rows": [
            {
                "title": row.title,
                "goal": row.is_goal,
                "marks": [
                    {"at": one.at, "through": one.through, "kind": one.kind, "tone": one.tone}
                    for one in row.marks
                ],
            }
            for row in line.rows
        ],
    }


def _goal(goal: ShownGoal) -> dict[str, Any]:
    owners = [name for name in (goal.vendor_owner, goal.customer_owner) if name]
    about = [goal.state_words, goal.category, *owners, _done_words(goal.completion)]
    return {
        "statement": goal.statement,
        "why": goal.why,
        "about": " · ".join(part for part in about if part),
        "measures": [_measure(measure) for measure in goal.measures],
        "milestones": [_milestone(milestone) for milestone in goal.milestones],
        "actions": [_action(action) for action in goal.actions],
        "claims": [_claim(claim) for claim in goal.claims],
    }


def _done_words(done: Completion) -> str:
    if not done.total:
        return ""
    return ngettext("%(done)s of %(total)s action done", "%(done)s of %(total)s actions done", done.total) % {
        "done": done.done,
        "total": done.total,
    }


def _measure(measure: ShownMeasure) -> dict[str, Any]:
    share = measure.position or 0
    return {
        "name": measure.name,
        "now": _with_unit(measure.value, measure.unit) if measure.value is not None else _("not read yet"),
        "share": float(min(max(share, 0), 1)),
        "expected": float(measure.expected),
        "tone": measure.tone,
        "words": measure_words(measure),
    }


def measure_words(measure: ShownMeasure) -> str:
    """From 12 on 1 Jan 2026 to 4 by 31 Dec 2026; read on 9 Jun 2026."""
    way = measure.way
    words = _("From %(baseline)s on %(baseline_on)s to %(target)s by %(target_on)s") % {
        "baseline": number_words(way.baseline),
        "baseline_on": day_words(way.baseline_on),
        "target": _with_unit(way.target, measure.unit),
        "target_on": day_words(way.target_on),
    }
    return f"{words}; {_('read on %s') % day_words(measure.last.on)}" if measure.last else words


def _with_unit(value: Decimal, unit: str) -> str:
    return f"{number_words(value)} {unit}".strip()


def _action(action: ShownAction) -> dict[str, Any]:
    beside = []
    if action.waits_for:
        beside.append(_("waits for %s") % "; ".join(action.waits_for))
    if action.blocked_by:
        beside.append(action.blocked_by)
    if action.due_before:
        beside.append(_("was due %s") % ", ".join(day_words(on) for on in action.due_before))
    return {
        "title": action.title,
        "who": action.owner or (_("our side") if action.is_ours else _("your side")),
        "by": day_words(action.due_on) if action.due_on else "",
        "state": action.state_words,
        "tone": "bad" if action.is_late else "good" if action.state == "done" else "",
        "beside": " · ".join(beside),
    }


def _milestone(milestone: ShownMilestone) -> str:
    if milestone.reached_on:
        return _("%(title)s, reached on %(day)s") % {
            "title": milestone.title,
            "day": day_words(milestone.reached_on),
        }
    return _("%(title)s, by %(day)s") % {"title": milestone.title, "day": day_words(milestone.due_on)}


def _claim(claim: ValueClaim) -> dict[str, str]:
    span = f"{day_words(claim.first_on)} – {day_words(claim.last_on)}"
    return {
        "amount": amount_words(claim.amount_cents, claim.currency),
        "words": f"{span} · {claim.get_state_display()}",
        "method": claim.method,
    }


def _return(one: Return) -> Iterable[str]:
    return [
        amount_words(one.confirmed_cents, one.currency),
        amount_words(one.claimed_cents, one.currency),
        amount_words(one.cost_cents, one.currency),
        ratio_words(one),
    ]


def ratio_words(one: Return) -> str:
    """2.5 times; a dash where nothing was paid in this currency."""
    if one.ratio is None:
        return "–"
    return _("%s times") % number_format(round(float(one.ratio), 1), decimal_pos=1, use_l10n=True)


def _words(span: Span | None) -> dict[str, str]:
    days = (
        {"first": day_words(span.first), "last": day_words(span.last)} if span else {"first": "", "last": ""}
    )
    return {
        "time_line": _("Over time"),
        "how_drawn": _(
            "Full bars are ours, outlined ones yours, a diamond is a milestone; the red line is today. "
            "Green is done, red is late. The stroke on a measure is where it would be if it went evenly."
        ),
        "action": _("Action"),
        "who": _("Who"),
        "by": _("By"),
        "stands": _("Stands"),
        "without_goal": _("Without a goal"),
        "worth": _("What it was worth"),
        "confirmed": _("Confirmed value"),
        "not_confirmed": _("Not confirmed"),
        "paid": _("Subscriptions"),
        "ratio": _("Return"),
        "how_worth": _("From %(first)s to %(last)s. Only what the customer confirmed counts as a return.")
        % days,
    }
