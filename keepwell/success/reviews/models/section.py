from __future__ import annotations

from typing import ClassVar

from django.db import models

from keepwell.success.reviews.models.review import Review
from keepwell.success.reviews.sections import TITLES


class Section(models.Model):
    """What staff say of one part of a review, and whether the customer sees the part at all."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="sections")
    key = models.CharField(max_length=16)
    words = models.TextField(blank=True)
    is_shown = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["review", "key"], name="review_section_once"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return str(TITLES[self.key])
