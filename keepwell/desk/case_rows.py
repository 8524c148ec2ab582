"""The rows of a list of cases as HTML.

Fifty of them are most of such a page. A template for a row costs ten times as much as this: its names are
looked up, its words translated and its tags called again for each.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from html import escape
from typing import Any

from django.urls import reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from keepwell.desk.case_marks import next_promise, state_chip
from keepwell.kit import elements, wording
from keepwell.kit.remembering import one_language


@dataclass(frozen=True, kw_only=True)
class Reading:
    """Who reads, when and where. `unseen` are conversations with words that he has not read.

    reasons: why a case stands where it does, by its id; for none where the order explains itself.
    """

    now: datetime
    zone: tzinfo
    support_zone: tzinfo | None
    unseen: Collection[int]
    reasons: Mapping[int, str] = field(default_factory=dict)


def rows_html(cases: Iterable[Any], reading: Reading) -> SafeString:
    """One `<tr>` for each case, as `case_lists.listed` gives them."""
    same = _Same(reading)
    with one_language():
        return mark_safe("".join([_row(case, same) for case in cases]))


class _Same:
    """What is the same in all rows, found once: safe HTML all of it."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.cases_url = reverse("desk:cases")
        self.tick = conditional_escape(_("Tick case %(number)s"))
        self.unverified = conditional_escape(f" · {_('unverified sender')}")
        self.private = conditional_escape(f" · {_('private')}")
        self.nobody = format_html('<span class="faint">{}</span>', _("nobody"))


def _row(case: Any, same: _Same) -> str:
    # What people typed goes through escape, each time; all else is ours.
    account = escape(case.account__name or "")
    return (
        '<tr data-row><td class="not-on-phones"><input class="list-tick" type="checkbox" name="case"'
        f' value="{case.number}" aria-label="{same.tick % {"number": case.number}}"></td>'
        f"<td>{elements.severity(case.severity)}</td>\n"
        f'<td class="list-wide"><a class="list-title{_new(case, same)}"'
        f' href="{same.cases_url}{case.number}/" data-open>{escape(case.subject)}</a>'
        f'<span class="list-under">#{case.number} · {escape(case.contact__name)}{_marks(case, same)}</span>'
        f'{_why(case, same)}</td>\n<td class="list-break">{_promise(case, same.reading)}</td>'
        f'<td><span class="list-name" title="{account}">{account}</span></td>'
        f'<td>{state_chip(case.state)}</td><td class="not-on-phones">{case.level}</td>'
        f"<td>{_face(case, same)}</td>"
        f'<td class="faint nowrap not-on-phones">{_last_word(case, same.reading)}</td></tr>\n'
    )


def _why(case: Any, same: _Same) -> str:
    """Rows have an id where their list gives reasons."""
    words = same.reading.reasons.get(case.id) if same.reading.reasons else None
    return f'<span class="list-under">{escape(words)}</span>' if words else ""


def _new(case: Any, same: _Same) -> str:
    return " list-title-new" if case.conversation_id in same.reading.unseen else ""


def _marks(case: Any, same: _Same) -> str:
    return ("" if case.is_verified_sender else same.unverified) + (same.private if case.is_private else "")


def _promise(case: Any, reading: Reading) -> SafeString:
    return next_promise(
        case.standing__next_metric,
        case.standing__next_started_at,
        case.standing__next_due_at,
        reading.now,
        reading.zone,
    )


def _face(case: Any, same: _Same) -> SafeString:
    if case.assignee_id is None:
        return same.nobody
    return elements.avatar(case.assignee__name, seed=case.assignee_id, size="small", alone=True)


def _last_word(case: Any, reading: Reading) -> SafeString:
    zones = (reading.zone, reading.support_zone)
    return elements.time(
        case.last_word_at, wording.ago(case.last_word_at, reading.now), zones=zones, live="ago"
    )
