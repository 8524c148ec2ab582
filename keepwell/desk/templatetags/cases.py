"""`{% load cases %}`: cases as they stand in lists."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django import template
from django.utils import timezone
from django.utils.safestring import SafeString

from keepwell.cases.models import Case
from keepwell.conversations.shown_words import words_html
from keepwell.desk import case_marks
from keepwell.desk.case_rows import Reading, rows_html
from keepwell.kit import clock
from keepwell.kit.templatetags.kit import support_zone_of
from keepwell.service_levels.models import Standing

register = template.Library()

register.filter("words", words_html)


@register.simple_tag
def standing(found: Standing) -> SafeString:
    """The next promise of a case as a draining bar, with the name of the promise."""
    zone = timezone.get_current_timezone()
    return case_marks.next_promise(
        found.next_metric, found.next_started_at, found.next_due_at, clock.now(), zone
    )


@register.simple_tag
def state_chip(case: Case) -> SafeString:
    return case_marks.state_chip(case.state)


@register.simple_tag(takes_context=True)
def case_rows(
    context: Mapping[str, Any],
    cases: Sequence[Any],
    unseen: Collection[int],
    reasons: Mapping[int, str] | str = "",
) -> SafeString:
    """All rows of a page; `unseen` are the conversations with words that the reader has not read.

    reasons: why each stands there, by id; "" where the page has none.
    """
    reading = Reading(
        now=clock.now(),
        zone=timezone.get_current_timezone(),
        support_zone=support_zone_of(context),
        unseen=unseen,
        reasons=reasons if isinstance(reasons, Mapping) else {},
    )
    return rows_html(cases, reading)
