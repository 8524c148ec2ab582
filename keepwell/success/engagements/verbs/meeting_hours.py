"""When a customer can be met."""

from __future__ import annotations

from datetime import datetime

from keepwell.calendars.models import WorkingCalendar
from keepwell.customers.models import Account
from keepwell.journal.recording import Actor, record
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock
from keepwell.people import permits
from keepwell.success.engagements.models import CustomerHours


@all_or_nothing()
def set_meeting_hours(
    account: Account, calendar: WorkingCalendar | None, *, by: Actor, at: datetime | None = None
) -> None:
    """The week and closed days of this calendar, on the customer's own wall; None: Monday to Friday, 8 to 17.

    The same again is no news. Effects: meeting_hours.set.
    """
    permits.require(by, "account.edit")
    lock(account)
    known = CustomerHours.objects.filter(account=account)
    before = known.values_list("calendar", flat=True).first()
    if before == (calendar.pk if calendar else None):
        return
    if calendar is None:
        known.delete()
    else:
        CustomerHours.objects.update_or_create(account=account, defaults={"calendar": calendar})
    facts = {"calendar": calendar.pk if calendar else None}
    record("meeting_hours.set", by=by, at=at, subjects=[("account", account.pk)], facts=facts)
