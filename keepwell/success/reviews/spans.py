"""Over which days a review goes."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from keepwell.contracts.terms import Span
from keepwell.customers.models import Account
from keepwell.success.reviews.queries import last_delivered
from keepwell.success.reviews.refusals import ReviewRefused

DAY = timedelta(days=1)
LONGEST = timedelta(days=1100)


def usual_span(account: Account, at: datetime) -> Span:
    """Since the last one that was delivered, else twelve months; up to yesterday at the customer."""
    last = today_at(account, at) - DAY
    before = last_delivered(account)
    if before and before.last_on < last:
        return Span(first=before.last_on + DAY, last=last)
    after = last + DAY
    return Span(first=date(after.year - 1, after.month, min(after.day, 28)), last=last)


def today_at(account: Account, at: datetime) -> date:
    return at.astimezone(ZoneInfo(account.time_zone or "UTC")).date()


def checked(span: Span, account: Account, at: datetime) -> Span:
    """Errors: ReviewRefused for days that are not over, or too many."""
    if span.last > today_at(account, at):
        raise ReviewRefused(_("A review is of days that are over. Nothing was saved."))
    if span.last - span.first > LONGEST:
        raise ReviewRefused(_("A review is of three years at most. Nothing was saved."))
    return span
