"""What an estimate says of its objective: kept, not kept, or not to be told from so little."""

from __future__ import annotations

from decimal import Decimal

from keepwell.service_levels.survival import Estimate

ALL = Decimal(100)
KEPT = "kept"
UNSURE = "unsure"
NOT_KEPT = "not_kept"
TOO_FEW = "too_few"
# Below so many clocks nothing is judged, where a guideline names no other number.
SMALLEST = 20
VERDICTS = (KEPT, UNSURE, NOT_KEPT, TOO_FEW)


def verdict(
    estimate: Estimate | None, *, clocks: int, missed: int, objective: Decimal, smallest: int = SMALLEST
) -> str:
    """KEPT where the whole interval lies at or above the objective, in percent, NOT_KEPT where it lies below.

    UNSURE where the objective lies within. TOO_FEW below the smallest number of clocks, whatever they say.
    Where all must be met no interval can say so: it is NOT_KEPT from the first miss on, and KEPT while every
    clock that was watched was met.
    """
    if estimate is None or clocks < smallest:
        return TOO_FEW
    if objective == ALL:
        whole = KEPT if estimate.share == 1.0 else UNSURE
        return NOT_KEPT if missed else whole
    wanted = float(objective) / 100
    if estimate.low >= wanted:
        return KEPT
    return NOT_KEPT if estimate.high < wanted else UNSURE
