from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar

from django.db import models
from django.db.models.functions import Now


class EntryQuerySet(models.QuerySet["Entry"]):
    def about(self, noun: str, identity: int) -> EntryQuerySet:
        """Entries that have this subject, oldest first."""
        return self.filter(subjects__kind=noun, subjects__subject_id=identity).order_by("pk")

    def of_kinds(self, kinds: tuple[str, ...]) -> EntryQuerySet:
        return self.filter(kind__in=kinds)

    def since(self, entry_id: int) -> EntryQuerySet:
        return self.filter(pk__gt=entry_id)


class Entry(models.Model):
    """One thing that happened. Its primary key is the sequence in which entries were recorded."""

    kind = models.CharField(max_length=64)
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    actor_kind = models.CharField(max_length=40)
    actor_id = models.BigIntegerField(null=True)
    cause = models.UUIDField()
    facts = models.JSONField(default=dict)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "entries"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["kind", "occurred_at"], name="entry_kind_occurred"),
            models.Index(fields=["actor_kind", "actor_id", "id"], name="entry_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.kind}"

    @property
    def actor_ref(self) -> tuple[str, int | None]:
        """Who did it; so that a consequence can be recorded in the same name."""
        return self.actor_kind, self.actor_id

    @cached_property
    def about(self) -> tuple[tuple[str, int], ...]:
        """The nouns and ids it is about; one that was just recorded knows them without a query."""
        return tuple(self.subjects.values_list("kind", "subject_id"))

    def ids_of(self, noun: str) -> list[int]:
        """The ids of this noun that it is about."""
        return [identity for kind, identity in self.about if kind == noun]

    def fact(self, name: str) -> Any:
        """The fact, or None where this entry carries none of that name."""
        return self.facts.get(name)


class EntrySubject(models.Model):
    """What an entry is about: a noun and an id, without a foreign key, since the journal knows nobody."""

    # Without a constraint in the database: its check would lock the entry's row, and that takes a right to
    # update which nobody has here. Entries cannot go away, so nothing can dangle.
    entry = models.ForeignKey(
        Entry, on_delete=models.PROTECT, related_name="subjects", db_index=False, db_constraint=False
    )
    kind = models.CharField(max_length=32)
    subject_id = models.BigIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["kind", "subject_id", "entry"], name="subject_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["entry"], name="subject_entry")]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id}"
