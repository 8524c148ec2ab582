"""Each figure of a guideline by name, with the sentence that defines it."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from keepwell.kit.figures import COUNT, RATE, SHARE, Figure
from keepwell.service_levels.attainment import Share
from keepwell.service_levels.measuring import Figures
from keepwell.service_levels.survival import Estimate


def figures_by_name(found: Figures) -> dict[str, Figure]:
    """All that the page of a guideline prints; the names are the same for every guideline."""
    parts = (_headline, _counts, _decided, _beside, _budget, _ahead, _naive)
    return {figure.name: figure for part in parts for figure in part(found)}


def _headline(found: Figures) -> Iterator[Figure]:
    yield from _estimate(
        "kept",
        found.attainment.kept,
        _("Kept"),
        _(
            "The share of these clocks that is met, estimated by Kaplan and Meier: an open clock counts for"
            " the time it has been watched, neither as kept nor as missed. The interval holds the true share"
            " nineteen times of twenty."
        ),
    )
    yield Figure(
        name="objective",
        value=float(found.objective) / 100,
        kind=SHARE,
        words=_("Promised"),
        about=_("The share that the guideline promises."),
    )


def _counts(found: Figures) -> Iterator[Figure]:
    counts = found.attainment.counts
    told = (
        (
            "clocks",
            counts.clocks,
            _("Clocks"),
            _("Met, missed and undecided clocks that started in the window."),
        ),
        ("met", counts.met, _("Met"), _("Stopped at or before the due.")),
        ("missed", counts.missed, _("Missed"), _("The due passed first, stopped since or still open.")),
        ("undecided", counts.undecided, _("Undecided"), _("Open, and the due has not passed.")),
        ("void", counts.void, _("Void"), _("Spam, merged or withdrawn before it was decided; left out.")),
        (
            "void_missed",
            counts.void_missed,
            _("Void, missed before"),
            _("Left out although the due had passed: marked as spam later."),
        ),
        (
            "corrected",
            counts.corrected,
            _("Severity corrected"),
            _("Clocks whose severity was “entered wrongly” and was corrected. They count."),
        ),
        (
            "entered_later",
            counts.entered_later,
            _("Entered later"),
            _("Clocks that a contact entered by hand after it happened started or stopped. They count."),
        ),
    )
    for name, value, words, about in told:
        yield Figure(name=name, value=value, kind=COUNT, words=words, about=about)


def _decided(found: Figures) -> Iterator[Figure]:
    yield from _share(
        "decided",
        found.attainment.counts.decided,
        _("Of the decided"),
        _("Met of met and missed. Too favourable while clocks are open: the quick ones are decided first."),
    )


def _beside(found: Figures) -> Iterator[Figure]:
    yield from _estimate(
        "without_pauses",
        found.attainment.without_pauses,
        _("Without pauses"),
        _("The same estimate as if no clock had stood still while the customer was waited for."),
    )
    yield from _estimate(
        "without_later",
        found.without_later,
        _("Without later entries"),
        _("The same estimate as if no contact had been entered by hand after it happened."),
    )
    cases = found.attainment.cases_without_miss
    yield from _share(
        "cases_without_miss",
        cases,
        _("Cases without a miss"),
        _("Of the cases with such a clock, those of which none is missed."),
    )
    yield Figure(name="cases", value=cases.of, words=_("Cases"), about=_("Cases with such a clock."))


def _budget(found: Figures) -> Iterator[Figure]:
    budget = found.budget
    told = (
        (
            "expected",
            budget.expected,
            _("Clocks expected"),
            _("Started, and those still to start by the year."),
        ),
        ("allowed", budget.allowed, _("Misses allowed"), _("Of the clocks expected at the window's end.")),
        ("allowed_so_far", budget.allowed_so_far, _("Allowed so far"), _("Of the clocks that have started.")),
        ("spent", budget.spent, _("Spent"), _("Missed so far.")),
        ("left", budget.left, _("Left"), _("What may still be missed; below zero it is overdrawn.")),
    )
    for name, value, words, about in told:
        yield Figure(name=name, value=value, kind=COUNT, words=words, about=about)
    rate = budget.burn_rate
    yield Figure(
        name="burn",
        value=None if rate is None else float(rate),
        kind=RATE,
        words=_("Burn rate"),
        about=_("One where the budget is spent as evenly as the window passes; none without a budget."),
    )
    yield Figure(
        name="gone",
        value=float(budget.gone),
        kind=SHARE,
        words=_("Of the window"),
        about=_("The part of the window that has passed."),
    )


def _ahead(found: Figures) -> Iterator[Figure]:
    outlook = found.outlook
    yield Figure(
        name="chance",
        value=outlook.chance if outlook else None,
        kind=SHARE,
        words=_("Chance to keep it"),
        about=_(
            "That the whole window meets what is promised once every clock is decided: from the open clocks,"
            " each with its own chance, and from those still to start, as the past year has them."
        ),
    )
    yield Figure(
        name="expected_share",
        value=outlook.expected_share if outlook else None,
        kind=SHARE,
        words=_("Expected in the end"),
        about=_("The share met that is most likely once every clock is decided."),
    )


def _naive(found: Figures) -> Iterator[Figure]:
    naive = found.attainment.naive
    told = (
        ("naive_of_resolved", naive.of_resolved, _("Of what is done")),
        ("naive_open_as_kept", naive.open_as_kept, _("Open counted as kept")),
        ("naive_of_all", naive.of_all, _("Open counted as missed")),
    )
    for name, share, words in told:
        yield Figure(name=name, value=share.value, kind=SHARE, words=words)


def _estimate(name: str, estimate: Estimate | None, words: str, about: str) -> Iterator[Figure]:
    yield Figure(name=name, value=estimate.share if estimate else None, kind=SHARE, words=words, about=about)
    yield from _ends(name, (estimate.low, estimate.high) if estimate else (None, None))


def _share(name: str, share: Share, words: str, about: str) -> Iterator[Figure]:
    yield Figure(name=name, value=share.value, kind=SHARE, words=words, about=about)
    yield from _ends(name, share.interval if share.of else (None, None))


def _ends(name: str, ends: tuple[float | None, float | None]) -> Iterator[Figure]:
    for end, value, words in zip(("low", "high"), ends, (_("at least"), _("at most")), strict=True):
        yield Figure(name=f"{name}_{end}", value=value, kind=SHARE, words=words)
