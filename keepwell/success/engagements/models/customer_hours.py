from __future__ import annotations

from django.db import models

from keepwell.calendars.models import WorkingCalendar
from keepwell.customers.models import Account


class CustomerHours(models.Model):
    """When a customer can be met: the week and the closed days of a calendar, on the wall of his own zone.

    Where nothing is said he can be met from Monday to Friday, 8 to 17.
    """

    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="meeting_hours")
    calendar = models.ForeignKey(WorkingCalendar, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.calendar)
