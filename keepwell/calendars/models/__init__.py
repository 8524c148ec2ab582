from keepwell.calendars.models.calendar_version import CalendarVersion
from keepwell.calendars.models.working_calendar import WorkingCalendar

__all__ = ["CalendarVersion", "WorkingCalendar"]
