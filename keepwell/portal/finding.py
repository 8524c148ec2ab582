"""The cases of a reader."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.shortcuts import get_object_or_404

from keepwell.cases.models import Case
from keepwell.portal.readers import Reader

BESIDE = ("conversation", "account", "contact", "owner", "product", "deployment__product", "merged_into")


def cases_of(reader: Reader) -> Any:
    """What he may see; a follower his one case and what it was merged into. Never spam."""
    cases = Case.objects.visible_to(reader.actor).filter(is_spam=False)
    if reader.only is None:
        return cases
    # Ids, so that nothing is joined: merged cases would come once for each.
    survivors = Case.objects.filter(merged_cases=reader.only).values("pk")
    return cases.filter(Q(pk=reader.only) | Q(pk__in=survivors))


def get_case(reader: Reader, number: int) -> Case:
    """The case of that number that he may see; else 404."""
    found: Case = get_object_or_404(cases_of(reader).select_related(*BESIDE), number=number)
    return found


def survivor_of(reader: Reader, case: Case) -> Case | None:
    """The case that this one was merged into, where he may see it; None where it was not, or he may not."""
    if case.merged_into_id is None:
        return None
    found: Case | None = cases_of(reader).filter(pk=case.merged_into_id).first()
    return found
