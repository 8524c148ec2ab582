"""Where it is going: what was agreed last time, the road map, health, and how others do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from keepwell.contracts.money import amount_words
from keepwell.success.health.cards import Band
from keepwell.success.health.telling import BAND_WORDS, TOLD_FROM, TONES, measure_words, signed
from keepwell.success.health.writing import change_from
from keepwell.success.reviews.models.finding import AREAS, ENDS
from keepwell.success.reviews.numbers import day_words, number_words, share_words
from keepwell.success.reviews.peers import FEWEST, Hidden
from keepwell.success.reviews.showing.blocks import Cell, Grid, Part, Stat, Strip
from keepwell.success.reviews.showing.usage import metric_words
from keepwell.success.reviews.states import End
from keepwell.success.road_maps.models.action_item import STATES as ACTION_STATES
from keepwell.success.road_maps.models.goal import STATES as GOAL_STATES
from keepwell.success.road_maps.states import Side
from keepwell.usage.wording import SHOWN


def last_time(data: Mapping[str, Any], *, for_customer: bool) -> Part:
    rows = [one for one in data["findings"] if one["is_shown"] or not for_customer]
    if data["review"] is None:
        return Part(key="last_time", title="", lead=_("This is the first review."))
    lead = _("Of the review that was delivered on %s.") % day_words(data["delivered_on"])
    if not rows:
        return Part(key="last_time", title="", lead=lead)
    return Part(
        key="last_time",
        title="",
        lead=lead,
        grids=[
            Grid(
                headings=(_("Finding"), _("What became of it")),
                rows=[_finding(one, for_customer=for_customer) for one in rows],
            )
        ],
    )


def _finding(one: Mapping[str, Any], *, for_customer: bool) -> list[Cell]:
    return [
        Cell(words=one["evidence"], beside=str(dict(AREAS)[one["area"]])),
        Cell(
            words=became_words(one["end"], one["action_state"], one["due_on"]),
            beside="" if for_customer else one["reason"],
            tone="good" if one["action_state"] == "done" else "" if one["end"] else "warn",
        ),
    ]


def became_words(end: str | None, action_state: str | None, due_on: str | None) -> str:
    """On the road map: done; by 9 Jun 2026."""
    if end is None:
        return _("Nothing was decided yet")
    words = str(dict(ENDS)[end])
    if end != End.ACTION or action_state is None:
        return words
    words = f"{words}: {str(dict(ACTION_STATES)[action_state]).lower()}"
    is_open = action_state not in ("done", "dropped")
    return f"{words}, {_('by %s') % day_words(due_on)}" if is_open and due_on else words


def road_map(data: Mapping[str, Any], *, with_prices: bool) -> Part:
    worth = _worth(data["returns"], with_prices=with_prices)
    if data["road_map"] is None:
        return Part(key="road_map", title="", lead=_("No road map is shared."), grids=worth)
    done = {"done": data["done"], "total": data["total"]}
    return Part(
        key="road_map",
        title="",
        lead=_("It goes until %s.") % day_words(data["horizon_on"]),
        stats=[
            Stat(name=_("Goals"), value=str(len(data["goals"]))),
            Stat(name=_("Actions done"), value=_("%(done)s of %(total)s") % done),
            Stat(name=_("Late"), value=str(data["late"]), tone="warn" if data["late"] else ""),
        ],
        grids=[*_goals(data["goals"]), *_next(data["next"]), *worth],
    )


def _goals(goals: list[Mapping[str, Any]]) -> list[Grid]:
    rows = [
        [
            Cell(words=goal["statement"], beside=str(dict(GOAL_STATES)[goal["state"]])),
            Cell(words=measure["name"] if measure else ""),
            _position(measure),
        ]
        for goal in goals
        for measure in (goal["measures"] or [None])
    ]
    return [Grid(headings=(_("Goal"), _("Measured by"), _("How far")), rows=rows)] if rows else []


def _position(measure: Mapping[str, Any] | None) -> Cell:
    if measure is None:
        return Cell(words="")
    unit = measure["unit"]
    target = _("to %(target)s by %(day)s") % {
        "target": f"{number_words(measure['target'])} {unit}".strip(),
        "day": day_words(measure["target_on"]),
    }
    if measure["position"] is None:
        return Cell(words=_("not read yet"), beside=target)
    position, expected = Fraction(measure["position"]), Fraction(measure["expected"])
    tone = "good" if position >= min(expected, Fraction(1)) else "warn" if position > 0 else "bad"
    now = f"{number_words(measure['value'])} {unit}".strip()
    return Cell(words=f"{now} · {round(position * 100)}%", beside=target, tone=tone)


def _next(rows: list[Mapping[str, Any]]) -> list[Grid]:
    if not rows:
        return []
    return [
        Grid(
            headings=(_("Comes next"), _("Who"), _("By")),
            rows=[
                [
                    Cell(words=one["title"]),
                    Cell(words=_("we") if one["side"] == Side.VENDOR else _("the customer")),
                    Cell(words=day_words(one["due_on"]), tone="bad" if one["is_late"] else ""),
                ]
                for one in rows
            ],
        )
    ]


def _worth(returns: list[Mapping[str, Any]], *, with_prices: bool) -> list[Grid]:
    if not returns:
        return []
    prices = (_("Subscriptions"), _("Return")) if with_prices else ()
    return [
        Grid(
            headings=(_("What it was worth"), _("Confirmed"), *prices),
            rows=[
                [
                    Cell(words=_("As you confirmed it, in %s") % one["currency"]),
                    Cell(words=amount_words(one["confirmed_cents"], one["currency"])),
                    *(_paid(one) if with_prices else []),
                ]
                for one in returns
            ],
            figures=1 + len(prices),
        )
    ]


def _paid(one: Mapping[str, Any]) -> list[Cell]:
    ratio = None if one["ratio"] is None else Fraction(one["ratio"])
    times = "–" if ratio is None else _("%s times") % number_words(f"{float(ratio):.1f}")
    return [Cell(words=amount_words(one["cost_cents"], one["currency"])), Cell(words=times)]


def health(data: Mapping[str, Any]) -> Part:
    now, then = data["now"], data["then"]
    if now is None:
        return Part(key="health", title="", lead=_("Nobody has looked at it yet."))
    band = Band(now["band"])
    stats = [Stat(name=_("Now"), value=_points(now), beside=str(BAND_WORDS[band]), tone=TONES[band])]
    if then:
        before = Band(then["band"])
        day = day_words(datetime.fromisoformat(then["as_of"]).date())
        words = f"{BAND_WORDS[before]}, {day}"
        stats.append(Stat(name=_("At the beginning"), value=_points(then), beside=words))
    stats.append(Stat(name=_("Known of it"), value=share_words(now["coverage"])))
    return Part(key="health", title="", stats=stats, grids=_moved(data["change"]))


def _points(said: Mapping[str, Any]) -> str:
    return "–" if said["score"] is None else str(round(Fraction(said["score"])))


def _moved(written: Mapping[str, Any] | None) -> list[Grid]:
    """The parts that show; together with what is rounded away they are the change."""
    if written is None:
        return []
    change = change_from(written)
    named = [
        (_("Another card"), change.version),
        (_("Other things are known"), change.coverage),
        *((measure_words(key), part) for key, part in change.measures.items()),
    ]
    parts = sorted((one for one in named if abs(one[1]) >= TOLD_FROM), key=lambda one: -abs(one[1]))
    rows = [
        [Cell(words=words), Cell(words=signed(part), tone="good" if part > 0 else "bad")]
        for words, part in parts
    ]
    whole = [Cell(words=_("In all")), Cell(words=signed(change.whole))]
    return [Grid(headings=(_("What moved it"), _("Points")), rows=[*rows, whole], figures=1)]


def comparison(data: Mapping[str, Any]) -> Part:
    strips = [_strip(one) for one in data["metrics"] if "hidden" not in one]
    hidden = [one for one in data["metrics"] if "hidden" in one]
    if not strips:
        return Part(key="comparison", title="", lead=hidden_words(hidden[0]["hidden"]) if hidden else "")
    about = _(
        "The bar is the middle half of the other customers of your segment, the stroke in it their median, "
        "the dot you. Nobody can be told from it: it is shown of five others at least, and never who is "
        "first or last."
    )
    left_out = "; ".join(f"{SHOWN[one['metric']].words}: {hidden_words(one['hidden'])}" for one in hidden)
    return Part(
        key="comparison",
        title="",
        lead=_("Segment: %s.") % data["segment"],
        about=f"{about} {left_out}".strip(),
        strips=strips,
    )


def hidden_words(why: str) -> str:
    return {
        Hidden.NO_SEGMENT: _("No segment is entered, so there is nobody to compare with."),
        Hidden.NOT_KNOWN: _("Your own figure is not known."),
        Hidden.TOO_FEW: ngettext(
            "Fewer than %(fewest)s other customer of the segment is measured: nothing is shown, so that "
            "nobody can be told from it.",
            "Fewer than %(fewest)s other customers of the segment are measured: nothing is shown, so that "
            "nobody can be told from it.",
            FEWEST,
        )
        % {"fewest": FEWEST},
        Hidden.COULD_BE_SUBTRACTED: _(
            "The group is nearly that of an earlier review; with both, single customers could be told from "
            "it, so nothing is shown."
        ),
    }[Hidden(why)]


def place_words(place: str) -> str:
    """Where the account stands among the others."""
    return {
        "below": _("Below the middle half"),
        "lower": _("In the lower part of the middle half"),
        "upper": _("In the upper part of the middle half"),
        "above": _("Above the middle half"),
    }[place]


def _strip(one: Mapping[str, Any]) -> Strip:
    own, lower, median, upper = (Fraction(one[name]) for name in ("own", "lower", "median", "upper"))
    low, high = min(own, lower, Fraction(0)), max(own, upper, Fraction(1))
    scale = high - low
    metric = one["metric"]
    words = _("%(place)s; others: %(lower)s to %(upper)s, in the middle %(median)s") % {
        "place": place_words(one["place"]),
        "lower": metric_words(metric, one["lower"]),
        "upper": metric_words(metric, one["upper"]),
        "median": metric_words(metric, one["median"]),
    }
    return Strip(
        name=str(SHOWN[metric].words),
        lower=float((lower - low) / scale),
        median=float((median - low) / scale),
        upper=float((upper - low) / scale),
        own=float((own - low) / scale),
        own_words=metric_words(metric, one["own"]),
        words=words,
    )
