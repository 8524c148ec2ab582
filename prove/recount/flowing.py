"""How cases went through levels and waits, and what came of them. Nothing from keepwell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np

from prove.recount.counting import wilson
from prove.recount.lives import TURNS, End, Life
from prove.recount.picturing import Pictured, Rounded, count_said, share_said, simple
from prove.recount.working import Months, resolutions_within

HOUR = 3600
WHOSE = {
    "ours": "On us",
    "customer": "On the customer",
    "engineering": "On engineering",
    "scheduled": "For an agreed time",
}
HOW = {
    "answered": "Question answered",
    "corrected": "Corrected",
    "worked_around": "Worked around",
    "not_reproduced": "Could not be reproduced",
    "not_covered": "Not covered",
    "no_answer": "No answer from the customer",
}


def flow_figures(month: Months) -> dict[str, Any]:
    pairs = list(resolutions_within(month))
    resolved = {life.case for life, _end in pairs}
    told: dict[str, Any] = {"resolved_cases": len(resolved)}
    for name, cases in (
        ("reopened", {life.case for life, end in pairs if end.undone}),
        ("first_contact", {life.case for life, end in pairs if solved_at_once(life, end)}),
    ):
        told[f"{name}_cases"] = len(cases)
        told[name] = len(cases) / len(resolved) if resolved else None
        ends = wilson(len(cases), len(resolved)) if resolved else (None, None)
        told[f"{name}_low"], told[f"{name}_high"] = ends
    return {**told, **_handed(month), **_stayed(month), **_waited(month)}


def flow_pictures(month: Months) -> dict[str, Pictured]:
    pairs, found = list(resolutions_within(month)), {}
    spent, cases = _spent(month), len({life.case for life, _end in pairs})
    if sum(spent.values()):
        rows = {words: Rounded(value=spent[name] / cases / HOUR) for name, words in WHOSE.items()}
        said = [share_said(spent["ours"] / sum(spent.values()))]
        found["turns"] = Pictured(rows=simple(rows), said=said)
    if pairs:
        how = Counter(HOW[end.how] for _life, end in pairs)
        found["how"] = Pictured(
            rows=simple(how), said=[count_said(max(how.values())), count_said(sum(how.values()))]
        )
    return found


def solved_at_once(life: Life, end: End) -> bool:
    """By the only contact up to then, without a word of the customer's after it, and for good."""
    contacts = [at for at in life.contacts.values() if at <= end.at]
    if end.how == "no_answer" or len(contacts) != 1 or any(one.undone for one in life.ends):
        return False
    return not any(contacts[0] < at <= end.at for at in life.words)


def turns_of(life: Life, until: int) -> Iterator[tuple[str, int]]:
    """Whose turn it was for how long, up to the last resolution before an instant."""
    turns = [turn for turn in sorted(life.turns) if turn[0] < until]
    last = max(place for place, turn in enumerate(turns) if turn[2] == "case.resolved")
    whose, since = "", 0
    for at, _id, kind in turns[: last + 1]:
        following = TURNS[kind]
        if following == "his_word":
            if whose != "customer":
                continue
            following = "ours"
        if whose:
            yield whose, at - since
        whose, since = following, at


def _handed(month: Months) -> dict[str, int]:
    asked = [
        (life.case, one) for life in month.lives for one in life.hand_offs.values() if month.within(one.at)
    ]
    told = {
        f"went_{start}_{start + 1}": {
            case for case, one in asked if one.levels == (start, start + 1) and one.is_accepted
        }
        for start in (1, 2)
    }
    for name, became in (("returned", "returned"), ("taken_back", "taken_back"), ("unanswered", "")):
        told[name] = {case for case, one in asked if one.became == became}
    return {name: len(cases) for name, cases in told.items()}


def _stayed(month: Months) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for level in (1, 2, 3):
        lasted = [
            stay.left - stay.entered
            for life in month.lives
            for stay in life.stays
            if stay.level == level and stay.left is not None and month.within(stay.left)
        ]
        told[f"stays_{level}"] = len(lasted)
        for name, part in (("median", 0.5), ("ninetieth", 0.9)):
            told[f"{name}_{level}"] = float(np.quantile(lasted, part)) / HOUR if lasted else None
    return told


def _spent(month: Months) -> Counter[str]:
    spent: Counter[str] = Counter()
    for life in {life.case: life for life, _end in resolutions_within(month)}.values():
        for whose, seconds in turns_of(life, month.window.ends):
            spent[whose] += seconds
    return spent


def _waited(month: Months) -> dict[str, Any]:
    spent, cases = _spent(month), len({life.case for life, _end in resolutions_within(month)})
    whole, told = sum(spent.values()), {}
    for name in WHOSE:
        told[f"waited_{name}"] = spent[name] / whole if whole else None
        told[f"waited_{name}_hours"] = spent[name] / HOUR / cases if cases else None
    return told
