from __future__ import annotations

from typing import Any

from django.db import models

from keepwell.cases.states import ENDED_STATES
from keepwell.conversations.authors import contact_id_of
from keepwell.conversations.models import Participant
from keepwell.conversations.queries import administers, sees_all
from keepwell.customers.queries import accounts_administered_by

# The few rows that most lists are about; the condition of the partial indexes, to be said in these words: by
# the two states that ended, for with the five that did not PostgreSQL takes three times as long to plan.
OPEN = models.Q(is_spam=False) & ~models.Q(state__in=[state.value for state in ENDED_STATES])
# What no figure counts; the condition of an index, to be said in these words.
SET_ASIDE = models.Q(is_spam=True) | models.Q(merged_into__isnull=False)
UNPLACED = models.Q(account__isnull=True) | models.Q(is_verified_sender=False)


class CaseQuerySet(models.QuerySet[Any]):
    """Questions about many cases, in plain words. Faces start from `visible_to`."""

    def visible_to(self, actor: Any) -> CaseQuerySet:
        """Staff see all; a customer those he takes part in; his administrator those of the account and below.

        Of an account's cases its administrators see neither private ones nor those of an unverified sender
        or marked as spam. Merged ones stay visible to whoever saw them: they lead to the survivor.
        """
        if sees_all(actor):
            return self.all()
        if not administers(actor):
            return self.filter(conversation__in=_taken_part_in(actor))
        # Asked beforehand: of ids PostgreSQL makes two index scans, of subqueries a walk over all cases.
        taken_part = models.Q(conversation__in=list(_taken_part_in(actor)))
        return self.filter(taken_part | _administered(actor))

    def open(self) -> CaseQuerySet:
        """There is still work to do."""
        return self.filter(OPEN)

    def not_merged(self) -> CaseQuerySet:
        return self.filter(merged_into__isnull=True)

    def to_place(self) -> CaseQuerySet:
        """Open ones whose account is not known, or whose sender is not verified."""
        return self.filter(OPEN & UNPLACED)

    def spam(self) -> CaseQuerySet:
        return self.filter(is_spam=True)

    def awake(self) -> CaseQuerySet:
        """Without those that are out of sight for a while."""
        return self.filter(snoozed_until_at__isnull=True)

    def for_list(self) -> CaseQuerySet:
        """With the people and the account that a row of a list names, in two queries.

        Nothing else: each further table makes PostgreSQL plan longer, the eighth three times as long as the
        seventh.
        """
        return self.select_related("account", "contact", "assignee").prefetch_related("contact__addresses")


def _taken_part_in(actor: Any) -> Any:
    taking_part = Participant.objects.filter(confirmed_at__isnull=False, removed_at__isnull=True)
    # A signed-in customer without a contact takes part in nothing.
    return taking_part.filter(contact=contact_id_of(actor) or 0).values_list("conversation", flat=True)


def _administered(actor: Any) -> models.Q:
    accounts = list(accounts_administered_by(actor).values_list("pk", flat=True))
    return models.Q(account__in=accounts, is_private=False, is_spam=False, is_verified_sender=True)
