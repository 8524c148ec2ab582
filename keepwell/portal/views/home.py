"""The front page: whether we are here, how to reach us, how your cases stand."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from keepwell.calendars.support_hours import SupportHours, support_hours
from keepwell.cases.models import Case
from keepwell.customers.queries import current_stewards
from keepwell.kit import wording
from keepwell.portal.finding import cases_of
from keepwell.portal.next_steps import Now
from keepwell.portal.readers import Reader, customers_only, read_by
from keepwell.portal.rows import now_here, rows_of

AT_ONCE = 6


@require_safe
@customers_only
def home(request: HttpRequest) -> HttpResponse:
    reader, now = read_by(request), now_here()
    hours = support_hours(now.at)
    found = list(
        own_cases(reader).open().select_related("owner").order_by("-changed_at", "-pk")[: AT_ONCE + 1]
    )
    given = {
        "reader": reader,
        "hours": hours,
        "hours_words": _hours_words(hours, now) if hours else "",
        "rows": rows_of(found[:AT_ONCE]),
        "has_more": len(found) > AT_ONCE,
        "stewards": _stewards(reader),
    }
    return render(request, "portal/home.html", given)


def own_cases(reader: Reader) -> Any:
    """Those that he takes part in himself, whatever else he may see."""
    if reader.contact is None:
        return Case.objects.none()
    return cases_of(reader).visible_to(reader.contact).filter(merged_into__isnull=True)


def _stewards(reader: Reader) -> list[Any]:
    account = reader.contact.account if reader.contact else None
    return current_stewards(account) if account else []


def _hours_words(hours: SupportHours, now: Now) -> str:
    """In the zone of support, and in the reader's where the two differ."""
    here = wording.moment(hours.changes_at, now.at, now.zone)
    if here in hours.words:
        return hours.words
    return _("%(hours)s (%(here)s your time)") % {"hours": hours.words, "here": here}
