"""What staff say around the data: the summary, words beside a section, what a customer is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from keepwell.journal.recording import Actor, record
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.success.reviews.about import subjects_of
from keepwell.success.reviews.editing import lock_unfrozen, text
from keepwell.success.reviews.models import Review


@dataclass(frozen=True, kw_only=True)
class SectionWords:
    """What is said beside a section, and whether the customer sees it."""

    words: str = ""
    is_shown: bool = True


@all_or_nothing()
def write_summary(review: Review, summary: str, notes: str, *, by: Actor, at: datetime | None = None) -> None:
    """What the customer reads first, and what he never reads; the same is no news. Effects: review.edited.

    Errors: IsDelivered, ReviewRefused.
    """
    lock_unfrozen(review, by=by)
    summary, notes = text(summary), text(notes)
    if (summary, notes) == (review.summary, review.notes):
        return
    review.summary, review.notes = summary, notes
    review.save(update_fields=["summary", "notes"])
    _record(review, by=by, at=at)


@all_or_nothing()
def write_sections(
    review: Review, wanted: Mapping[str, SectionWords], *, by: Actor, at: datetime | None = None
) -> None:
    """These sections say this, by their keys; others stay; the same is no news. Effects: review.edited.

    Errors: IsDelivered, ReviewRefused; KeyError for no such section.
    """
    lock_unfrozen(review, by=by)
    known = {section.key: section for section in review.sections.all()}
    changed = False
    for key, said in wanted.items():
        section, words = known[key], text(said.words)
        if (section.words, section.is_shown) != (words, said.is_shown):
            section.words, section.is_shown = words, said.is_shown
            section.save(update_fields=["words", "is_shown"])
            changed = True
    if changed:
        _record(review, by=by, at=at)


def _record(review: Review, *, by: Actor, at: datetime | None) -> None:
    record("review.edited", by=by, at=at, subjects=subjects_of(review), facts={"review": review.pk})
