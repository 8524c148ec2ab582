"""What entries about reviews are about."""

from __future__ import annotations

from keepwell.journal.recording import Subject
from keepwell.success.reviews.models import Review


def subjects_of(review: Review, *others: Subject) -> list[Subject]:
    """The review, its account, and what is beside it."""
    return [("review", review.pk), ("account", review.account_id), *others]
