"""Forgetting what a customer's person wrote on road maps, and taking a comment out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from keepwell.journal.recording import Actor, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.people import permits
from keepwell.success.road_maps.about import subjects_of
from keepwell.success.road_maps.models import ActionChange, Comment, DueChange, RoadMap, ValueClaim


@all_or_nothing()
def erase_words_of_contacts(contact_ids: Sequence[int], *, by: Actor, at: datetime | None = None) -> int:
    """Comments, reasons and answers of whoever stands under these ids are gone; what was done stays.

    Gives how many those were. The caller has asked for the permit. Effects: road_map.words_erased on each
    road map where there were any.
    """
    at = clock.instant(at)
    ids = list(contact_ids)
    comments = Comment.objects.filter(contact__in=ids, erased_at__isnull=True)
    reasons = [
        model.objects.filter(contact__in=ids).exclude(reason="") for model in (ActionChange, DueChange)
    ]
    answers = ValueClaim.objects.filter(answered_by__in=ids).exclude(answer="")
    road_maps = {
        *comments.values_list("road_map", flat=True),
        *(pk for rows in reasons for pk in rows.values_list("action__road_map", flat=True)),
        *answers.values_list("goal__road_map", flat=True),
    }
    words = comments.update(body="", erased_at=at)
    words += sum(rows.update(reason="") for rows in reasons) + answers.update(answer="")
    for road_map in RoadMap.objects.filter(pk__in=road_maps).order_by("pk"):
        _record(road_map, words, by=by, at=at)
    return words


@all_or_nothing()
def redact_comment(comment: Comment, *, by: Actor, at: datetime | None = None) -> None:
    """Its words are gone for good. Effects: road_map.words_erased, the first time."""
    permits.require(by, "message.redact")
    at = clock.instant(at)
    if Comment.objects.filter(pk=comment.pk, erased_at__isnull=True).update(body="", erased_at=at):
        _record(comment.road_map, 1, by=by, at=at)


def _record(road_map: RoadMap, words: int, *, by: Actor, at: datetime) -> None:
    facts = {"road_map": road_map.pk, "words": words}
    record("road_map.words_erased", by=by, at=at, subjects=subjects_of(road_map), facts=facts)
