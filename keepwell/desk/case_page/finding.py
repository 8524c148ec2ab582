"""The case of an address, with what its page shows of it, in one query."""

from __future__ import annotations

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from keepwell.cases.models import Case, Escalation, LevelStay
from keepwell.channels.email.at_the_case import WAITS
from keepwell.desk.access import reader
from keepwell.kit.asking import Question, takes_all
from keepwell.service_levels.models import PromisedUpdate
from keepwell.side_threads.models import SideThread

BESIDE = (
    "conversation",
    "account__parent",
    "contact",
    "product",
    "deployment__product",
    "team",
    "assignee",
    "owner",
)


STAYS = LevelStay.objects.filter(case=OuterRef("pk")).order_by("pk")
STAY = JSONObject(level="level", entered_at="entered_at", left_at="left_at")
MERGED = Case.objects.filter(merged_into=OuterRef("pk")).order_by("pk")
PROMISED = PromisedUpdate.objects.filter(case=OuterRef("pk"), ended_at=None)
UPDATE = JSONObject(
    promised_at="promised_at", due_at="due_at", by="promised_by__name", address="promised_by__email"
)

# Put together once: it takes longer than the rest of the question.
WITH_WHAT_IS_SHOWN = Case.objects.select_related(*BESIDE).annotate(
    merged_conversations=ArraySubquery(MERGED.values("conversation")),
    stays_json=ArraySubquery(STAYS.values_list(STAY)),
    update_json=Subquery(PROMISED.values_list(UPDATE)[:1]),
    has_held_mail=WAITS,
    has_side_threads=Exists(SideThread.objects.filter(case=OuterRef("pk"))),
    has_hand_offs=Exists(Escalation.objects.filter(case=OuterRef("pk"))),
    merged_number=Subquery(Case.objects.filter(pk=OuterRef("merged_into")).values("number")),
    follows_number=Subquery(Case.objects.filter(pk=OuterRef("follow_up_of")).values("number")),
)

ANY = Question(lambda number: WITH_WHAT_IS_SHOWN.filter(number=number))


def get_case(request: HttpRequest, number: int) -> Case:
    """The case that the reader may see; else 404.

    With it come `merged_conversations` (ids), `stays_json` (level, entered_at, left_at as instants written
    down), `update_json` (the update that was promised, None if there is none), `has_held_mail`,
    `has_side_threads`, `has_hand_offs`, and the numbers of the case that it was merged into and of the one it
    follows, so that its page asks no query for each.
    """
    rows = WITH_WHAT_IS_SHOWN.visible_to(reader(request))
    if not takes_all(rows):
        return get_object_or_404(rows, number=number)
    for found in ANY.objects(number):
        return found
    raise Http404


def find_case(request: HttpRequest, number: int) -> Case:
    """The same case with its conversation alone, for what is done to it and answered without its page."""
    rows = Case.objects.visible_to(reader(request)).select_related("conversation")
    return get_object_or_404(rows, number=number)


def address_of(case: Case) -> str:
    return reverse("desk:case", args=[case.number])


def is_fetched(request: HttpRequest) -> bool:
    """Whether a script asks, which puts the answer into the page; else a whole page is expected."""
    return bool(getattr(request, "htmx", False))
