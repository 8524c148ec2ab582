from keepwell.success.engagements.models.action import Action, ActionState, Side
from keepwell.success.engagements.models.attendee import Answer, Attendee
from keepwell.success.engagements.models.booking import BookingLink, OfferedTime
from keepwell.success.engagements.models.busy_calendar import BusyCalendar
from keepwell.success.engagements.models.cadence import Cadence
from keepwell.success.engagements.models.calendar_feed import CalendarFeed
from keepwell.success.engagements.models.customer_hours import CustomerHours
from keepwell.success.engagements.models.engagement import (
    AHEAD,
    REACTIVE,
    Engagement,
    Origin,
    Outcome,
    State,
)
from keepwell.success.engagements.models.internal_note import InternalNote, NoteKind
from keepwell.success.engagements.models.kind import Kind
from keepwell.success.engagements.models.touch import Touch, Way

__all__ = [
    "AHEAD",
    "REACTIVE",
    "Action",
    "ActionState",
    "Answer",
    "Attendee",
    "BookingLink",
    "BusyCalendar",
    "Cadence",
    "CalendarFeed",
    "CustomerHours",
    "Engagement",
    "InternalNote",
    "Kind",
    "NoteKind",
    "OfferedTime",
    "Origin",
    "Outcome",
    "Side",
    "State",
    "Touch",
    "Way",
]
