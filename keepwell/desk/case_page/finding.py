"""The case of an address, with what its page shows of it, in one query."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from keepwell.cases.models import Case
from keepwell.desk.access import reader

BESIDE = (
    "conversation",
    "account__parent",
    "contact",
    "product",
    "deployment__product",
    "team",
    "assignee",
    "owner",
    "merged_into",
    "follow_up_of",
)


def get_case(request: HttpRequest, number: int) -> Case:
    """The case that the reader may see; else 404."""
    rows = Case.objects.visible_to(reader(request)).select_related(*BESIDE)
    return get_object_or_404(rows, number=number)


def address_of(case: Case) -> str:
    return reverse("desk:case", args=[case.number])
