"""The cases as the desk lists them: which ones an address asks for, in which order, with what a row shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet, Value, When, expressions
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from keepwell.cases.filtering import ORDERS, matching, problem_words
from keepwell.cases.filters import CaseFilter, Reading, as_query, read
from keepwell.cases.models import OPEN, Case
from keepwell.cases.states import State
from keepwell.cases.views import View
from keepwell.cases.words import LEVEL_WORDS, SEVERITY_WORDS, STATE_WORDS
from keepwell.desk.choices import Choices
from keepwell.desk.filtering import Filter
from keepwell.kit import clock
from keepwell.kit.paging import Page, page
from keepwell.people.models import User
from keepwell.service_levels.consequence_words import reason_words
from keepwell.service_levels.next_best import next_best

BESIDES = ("view", "cursor", "order", "preview")
DUE = "due"
CONSEQUENCE = "consequence"
# Their order depends on the present second and on all others: no cursor can stand in it.
BY_CONSEQUENCE_AT_MOST = 60
BY_DUE = ("standing__next_due_at", "standing__case_id")
FIRST_VIEW = "open"
IS_OPEN = expressions.Case(When(OPEN, then=Value(True)), default=Value(False))
LAST_WORD = Coalesce("last_message_at", "opened_at")
# What a row shows, and no more: whole rows of all that a case belongs to are ten times the text, and eight
# tables joined take PostgreSQL longer to plan than to read.
LISTED = (
    "number",
    "subject",
    "severity",
    "state",
    "level",
    "is_private",
    "is_verified_sender",
    "last_word_at",
    "conversation_id",
    "account__name",
    "contact__name",
    "assignee_id",
    "assignee__name",
    "standing__next_metric",
    "standing__next_started_at",
    "standing__next_due_at",
)


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


def asked_of(request: HttpRequest, views: Sequence[View]) -> Asked:
    """Filters in the address overrule a view; without either it is the list of all open cases."""
    reading = read({name: request.GET.getlist(name) for name in request.GET}, besides=BESIDES)
    if as_query(reading.filter):
        return Asked(None, reading, _order(request, reading.filter))
    by_key = {view.key: view for view in views}
    view = by_key.get(request.GET.get("view", FIRST_VIEW)) or by_key[FIRST_VIEW]
    understood = Reading(filter=view.filter, problems=reading.problems)
    return Asked(view, understood, _order(request, view.filter))


def _order(request: HttpRequest, shown: CaseFilter) -> str:
    asked = request.GET.get("order", "")
    if asked in ORDERS or (asked == CONSEQUENCE and shown.is_about_open_ones):
        return asked
    # What has ended has nothing due any more.
    return DUE if shown.is_about_open_ones else "changed"


@dataclass(frozen=True, kw_only=True)
class RankedPage(Page):
    """A page whose rows say why they stand there: words by the id of the case."""

    reasons: Mapping[int, str]


def listed(asked: Asked, reader: User, cursor: str) -> Page:
    """One page of the list; its rows carry what is LISTED, by these names."""
    if asked.order == CONSEQUENCE:
        return _by_consequence(asked.filter, reader)
    if asked.order == DUE:
        return page(_by_due(asked.filter, reader), order=BY_DUE, cursor=cursor)
    rows = matching(ROWS.visible_to(reader), asked.filter, reader)
    return page(rows, order=ORDERS[asked.order], cursor=cursor)


def _by_consequence(shown: CaseFilter, reader: User) -> Page:
    """The cases to work on first, and why: one page, with nothing before or after it."""
    now = clock.now()
    ranked = next_best(
        reader,
        BY_CONSEQUENCE_AT_MOST,
        at=now,
        narrowed=lambda cases: matching(cases, shown, reader, are_open=True),
    )
    rows = {row.id: row for row in ROWS.visible_to(reader).filter(pk__in=[one.case for one in ranked])}
    found = [one for one in ranked if one.case in rows]
    words = _(
        "At most %(count)s cases, those to work on first. What waits for the customer has no place here."
    )
    return RankedPage(
        rows=[rows[one.case] for one in found],
        message=words % {"count": BY_CONSEQUENCE_AT_MOST},
        reasons={one.case: reason_words(one.reason, now) for one in found},
    )


def _is_of_many(shown: CaseFilter) -> bool:
    """Whether a page of them is soon full, read in the order of their dues: not so of those that wait."""
    others = replace(shown, state=(), severity=(), level=())
    return others == CaseFilter() and {State.NEW, State.OPEN} >= set(shown.state)


def _by_due(shown: CaseFilter, reader: User) -> QuerySet[Any]:
    if _is_of_many(shown):
        return matching(OPEN_ROWS_BY_DUE.visible_to(reader), shown, reader, are_open=True)
    return matching(ROWS_BY_DUE.visible_to(reader), shown, reader)


# Put together once, for that takes as long as the rest of the question.
ROWS: Any = Case.objects.annotate(last_word_at=LAST_WORD).values_list(*LISTED, "id", "changed_at", named=True)
# Every open case has a standing. Said so, PostgreSQL can read them in the order of their dues.
ROWS_BY_DUE: Any = (
    Case.objects.filter(standing__isnull=False)
    .annotate(last_word_at=LAST_WORD)
    .values_list(*LISTED, "standing__case_id", named=True)
)
# It takes "open" and "has a standing" for unrelated, expects few rows, and would sort all open cases.
# Hidden in an expression, the first condition cannot mislead it. Of what many of them have in common a page
# is full soon in that order; whoever asks for somebody's or an account's few is better off with their index.
OPEN_ROWS_BY_DUE = ROWS_BY_DUE.alias(is_to_do=IS_OPEN).filter(is_to_do=True)


def case_filters(offered: Choices) -> list[Filter]:
    """What a list of cases can be narrowed by, each in the words of the address's grammar."""
    products, teams = _numbered(offered.products), _numbered(offered.teams)
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


def _numbered(named: Iterable[tuple[int, str]]) -> list[tuple[str, str]]:
    return [(str(identity), name) for identity, name in named]


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
    if not asked.filter.is_about_open_ones:
        return others
    return [(DUE, _("Next promise first")), (CONSEQUENCE, _("By consequence")), *others]
