"""The cases as the desk lists them: which ones an address asks for, in which order, with what a row shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, QuerySet, Value, When, expressions
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from keepwell.cases.filtering import ORDERS, matching, problem_words
from keepwell.cases.filters import CaseFilter, Reading, as_query, read
from keepwell.cases.models import OPEN, Case
from keepwell.cases.views import BUILT_IN, View, find_view
from keepwell.cases.words import LEVEL_WORDS, SEVERITY_WORDS, STATE_WORDS
from keepwell.conversations.models import Conversation
from keepwell.conversations.queries import unseen_by
from keepwell.customers.models import Product
from keepwell.desk.filtering import Filter
from keepwell.kit.paging import Page, page
from keepwell.people.models import User
from keepwell.service_levels.models import Standing
from keepwell.service_levels.queries import standings_of
from keepwell.staffing.models import Team

BESIDES = ("view", "cursor", "order", "preview")
DUE = "due"
BY_DUE = ("standing__next_due_at", "standing__case_id")
FIRST_VIEW = "open"
IS_OPEN = expressions.Case(When(OPEN, then=Value(True)), default=Value(False))


@dataclass(frozen=True)
class Asked:
    """What the address asks for: a view (None: filters of one's own), the filter, the order."""

    view: View | None
    reading: Reading
    order: str

    @property
    def filter(self) -> CaseFilter:
        return self.reading.filter

    @cached_property
    def problems(self) -> list[str]:
        return [problem_words(problem) for problem in self.reading.problems]


def asked_of(request: HttpRequest) -> Asked:
    """Filters in the address overrule a view; without either it is the list of all open cases."""
    reading = read({name: request.GET.getlist(name) for name in request.GET}, besides=BESIDES)
    if as_query(reading.filter):
        return Asked(None, reading, _order(request, reading.filter))
    who: Any = request.user
    view = find_view(who, request.GET.get("view", FIRST_VIEW)) or _built_in(FIRST_VIEW)
    understood = Reading(filter=view.filter, problems=reading.problems)
    return Asked(view, understood, _order(request, view.filter))


def _built_in(key: str) -> View:
    return next(view for view in BUILT_IN if view.key == key)


def _order(request: HttpRequest, shown: CaseFilter) -> str:
    asked = request.GET.get("order", "")
    if asked in ORDERS:
        return asked
    # What has ended has nothing due any more.
    return DUE if shown.is_about_open_ones else "changed"


def listed(asked: Asked, reader: User, cursor: str) -> Page:
    """One page of the list; each row has `next` (its standing, or None) and `has_unseen`."""
    if asked.order == DUE:
        found = page(_by_due(asked.filter, reader), order=BY_DUE, cursor=cursor)
        _with_next(found.rows, {case.pk: case.standing for case in found.rows})
    else:
        rows = matching(Case.objects.visible_to(reader).for_list(), asked.filter, reader)
        found = page(rows, order=ORDERS[asked.order], cursor=cursor)
        _with_next(found.rows, standings_of(case.pk for case in found.rows))
    _with_unseen(found.rows, reader)
    return found


def _by_due(shown: CaseFilter, reader: User) -> QuerySet[Any]:
    # Every open case has a standing. Said so, PostgreSQL can read them in the order of their dues.
    cases = Case.objects.visible_to(reader).for_list().filter(standing__isnull=False)
    cases = cases.select_related("standing")
    if shown != CaseFilter():
        return matching(cases, shown, reader)
    # It takes "open" and "has a standing" for unrelated, expects few rows, and would sort all open cases.
    # Hidden in an expression, the first condition cannot mislead it.
    return cases.not_merged().awake().annotate(is_to_do=IS_OPEN).filter(is_to_do=True)


def _with_unseen(cases: Sequence[Any], reader: User) -> None:
    # Asked for the rows of a page: asked in the list's own query, PostgreSQL would read every note there is.
    shown = Conversation.objects.filter(pk__in=[case.conversation_id for case in cases])
    unseen = set(shown.filter(unseen_by(reader, OuterRef("pk"))).values_list("pk", flat=True))
    for case in cases:
        case.has_unseen = case.conversation_id in unseen


def _with_next(cases: Sequence[Any], standings: dict[int, Standing]) -> None:
    for case in cases:
        case.next = standings.get(case.pk)


def case_filters() -> list[Filter]:
    """What a list of cases can be narrowed by, each in the words of the address's grammar."""
    products = [(str(product.pk), product.name) for product in Product.objects.order_by("name")]
    teams = [(str(team.pk), team.name) for team in Team.objects.filter(is_active=True)]
    nobody = ("none", _("Nobody"))
    return [
        Filter(name="severity", words=_("Severity"), choices=_words(SEVERITY_WORDS)),
        Filter(name="state", words=_("State"), choices=_words(STATE_WORDS)),
        Filter(name="level", words=_("Level"), choices=_words(LEVEL_WORDS)),
        Filter(name="assignee", words=_("With"), choices=[("me", _("Me")), nobody]),
        Filter(name="team", words=_("Team"), choices=[*teams, ("none", _("No team"))]),
        Filter(name="product", words=_("Product"), choices=products),
        Filter(name="wrote", words=_("Last word"), choices=[("customer", _("Customer")), ("us", _("Us"))]),
        Filter(
            name="unverified", words=_("Sender"), choices=[("yes", _("Unverified")), ("no", _("Verified"))]
        ),
    ]


def _words(choices: Iterable[tuple[Any, Any]]) -> list[tuple[str, str]]:
    return [(str(value), str(words)) for value, words in choices]


def order_choices(asked: Asked) -> list[tuple[str, str]]:
    """The orders a list can have, the promise first where something is due."""
    others = [
        ("changed", _("Last change first")),
        ("quiet", _("Longest unchanged first")),
        ("newest", _("Newest first")),
        ("oldest", _("Oldest first")),
    ]
    due = [(DUE, _("Next promise first"))] if asked.filter.is_about_open_ones else []
    return [*due, *others]
