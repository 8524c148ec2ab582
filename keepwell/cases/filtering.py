"""The cases that a filter shows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from keepwell.cases.filters import ME, NONE, CaseFilter, Dates, Problem
from keepwell.cases.models import OPEN, CaseQuerySet, Escalation
from keepwell.cases.states import ENDED_STATES
from keepwell.cases.words import HandOffState
from keepwell.staffing.queries import teams_of

# For paging: never null, the last one unique, each with its index.
ORDERS: dict[str, tuple[str, ...]] = {
    "changed": ("-changed_at", "-id"),
    "quiet": ("changed_at", "id"),
    "newest": ("-number",),
    "oldest": ("number",),
}

# Of a tag in the whole archive PostgreSQL knows too little: it would read all cases in order, newest first,
# until it has found a page of them. Hidden in an expression, the order cannot tempt it.
TAGGED: dict[str, tuple[str, ...]] = {
    "changed": ("-tagged_changed_at", "-id"),
    "quiet": ("tagged_changed_at", "id"),
    "newest": ("-tagged_number",),
    "oldest": ("tagged_number",),
}
HIDDEN = {"tagged_changed_at": F("changed_at") + timedelta(0), "tagged_number": F("number") + 0}

ENDED = Q(state__in=[state.value for state in ENDED_STATES])


def matching(cases: CaseQuerySet, shown: CaseFilter, actor: Any, *, are_open: bool = False) -> CaseQuerySet:
    """Those of the given cases that the filter shows to this actor, who is the filter's "me".

    Dates are local dates in the zone that is active. Merged cases are never shown in a list. `are_open`: the
    cases are the open ones already, and the filter is about no others; PostgreSQL, asked a second time,
    would take that for a second reason to expect few of them.
    """
    conditions = [
        _standing(shown, are_open),
        _people(shown, actor),
        _matter(shown),
        _flags(shown),
        _last_word(shown),
    ]
    found = cases.filter(*conditions).not_merged()
    if order_of(shown) in TAGGED.values():
        found = found.annotate(**HIDDEN)
    return found.filter(pk__in=_handed_over(shown, actor)) if shown.hand_off else found


def order_of(shown: CaseFilter) -> tuple[str, ...]:
    """The order of the cases that `matching` gives for this filter, as paging takes it."""
    if shown.tag and not shown.is_about_open_ones:
        return TAGGED[shown.order]
    return ORDERS[shown.order]


def problem_words(problem: Problem) -> str:
    """What was not understood, in a sentence."""
    if problem.value is None:
        return _("“%(name)s” is no filter for cases; it was left out.") % {"name": problem.name}
    return _("“%(value)s” is nothing that %(name)s can be; it was left out.") % {
        "value": problem.value,
        "name": problem.name,
    }


def _standing(shown: CaseFilter, are_open: bool) -> Q:
    if are_open:
        return Q(state__in=shown.state) if shown.state else Q()
    if shown.state:
        # In the words of the partial indexes, which otherwise do not serve.
        states = Q(state__in=shown.state)
        return OPEN & states if shown.is_about_open_ones else states & _spam(shown)
    if shown.show == "open" and shown.spam == "no":
        return OPEN
    return {"open": Q(), "ended": ENDED, "any": Q()}[shown.show] & _spam(shown)


def _spam(shown: CaseFilter) -> Q:
    return _yes_or_no("is_spam", shown.spam)


def _people(shown: CaseFilter, actor: Any) -> Q:
    me = actor.actor_ref[1] if actor.actor_ref[0] == "person" else 0
    return (
        _any_of("assignee", shown.assignee, me)
        & _any_of("owner", shown.owner, me)
        & _any_of("team", shown.team)
        & _any_of("account", shown.account)
        & _any_of("contact", shown.contact)
    )


def _matter(shown: CaseFilter) -> Q:
    matter = _any_of("product", shown.product)
    if shown.severity:
        matter &= Q(severity__in=shown.severity)
    if shown.level:
        matter &= Q(level__in=shown.level)
    if shown.tag:
        matter &= Q(tags__overlap=list(shown.tag))
    return matter & _or(_opened(span) for span in shown.opened)


def _flags(shown: CaseFilter) -> Q:
    flags = _yes_or_no("is_private", shown.private)
    if shown.unverified:
        flags &= Q(is_verified_sender=shown.unverified == "no")
    # Ended ones do not sleep: asking them would only keep an index from serving.
    if shown.snoozed == "any" or not shown.is_about_open_ones:
        return flags
    return flags & Q(snoozed_until_at__isnull=shown.snoozed == "no")


def _last_word(shown: CaseFilter) -> Q:
    return Q(last_message_direction={"customer": "in", "us": "out"}[shown.wrote]) if shown.wrote else Q()


def _handed_over(shown: CaseFilter, actor: Any) -> Any:
    asked = Escalation.objects.filter(state=HandOffState.REQUESTED)
    if shown.hand_off == "mine" and actor.actor_ref[0] == "person":
        asked = asked.filter(to_team__in=teams_of(actor))
    return asked.values("case")


def _any_of(name: str, values: Iterable[Any], me: int = 0) -> Q:
    wanted = [me if value == ME else value for value in values]
    identities = [value for value in wanted if value != NONE]
    nobody = [Q(**{f"{name}__isnull": True})] if NONE in wanted else []
    return _or([*nobody, Q(**{f"{name}__in": identities})] if identities else nobody)


def _or(conditions: Iterable[Q]) -> Q:
    joined = Q()
    for condition in conditions:
        joined |= condition
    return joined


def _yes_or_no(name: str, asked: str) -> Q:
    return Q(**{name: asked == "yes"}) if asked in ("yes", "no") else Q()


def _opened(span: Dates) -> Q:
    condition = Q()
    if span.first_on:
        condition &= Q(opened_at__gte=_midnight(span.first_on))
    if span.last_on:
        condition &= Q(opened_at__lt=_midnight(span.last_on + timedelta(days=1)))
    return condition


def _midnight(on: Any) -> datetime:
    return timezone.make_aware(datetime.combine(on, time.min))
