"""Engagements and enquiries: mine, each one, those of an account, and the calendars around them."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from keepwell.desk.registry import AccountTab, RailEntry, TodayCard, register
from keepwell.desk.views.engagements import account, calendars, enquiries, listing, page, redacting

urlpatterns = [
    path("engagements/", listing.engagements, name="engagements"),
    path("engagements/<int:pk>/", page.engagement, name="engagement"),
    path(
        "engagements/<int:pk>/actions/<int:action>/road-map/",
        page.action_on_road_map,
        name="engagement_action_road_map",
    ),
    path(
        "engagements/<int:pk>/actions/<int:action>/<slug:act>/", page.action_act, name="engagement_action_act"
    ),
    path(
        "engagements/<int:pk>/attendees/<int:attendee>/removal/",
        page.attendee_removal,
        name="engagement_attendee_removal",
    ),
    path("engagements/<int:pk>/words/redaction/", redacting.shared, name="engagement_redaction"),
    path(
        "engagements/<int:pk>/notes/<int:note>/redaction/", redacting.note, name="engagement_note_redaction"
    ),
    path("engagements/<int:pk>/<slug:act>/", page.act, name="engagement_act"),
    path("enquiries/", enquiries.enquiries, name="enquiries"),
    path("enquiries/<int:pk>/", enquiries.enquiry, name="enquiry"),
    path("enquiries/<int:pk>/answer/", enquiries.enquiry_answer, name="enquiry_answer"),
    path("enquiries/<int:pk>/messages/<int:message>/undo/", enquiries.enquiry_undo, name="enquiry_undo"),
    path("enquiries/<int:pk>/<slug:act>/", enquiries.enquiry_act, name="enquiry_act"),
    path("accounts/<int:pk>/engagements/", account.engagements, name="account_engagements"),
    path("accounts/<int:pk>/engagements/new/", account.new_engagement, name="new_engagement"),
    path("accounts/<int:pk>/log/", account.log_touch, name="account_log"),
    path("accounts/<int:pk>/log/<int:touch>/redaction/", redacting.touch, name="touch_redaction"),
    path("accounts/<int:pk>/cadences/new/", account.new_cadence, name="new_cadence"),
    path("accounts/<int:pk>/cadences/<int:cadence>/ending/", account.cadence_ending, name="cadence_ending"),
    path("accounts/<int:pk>/meeting-hours/", account.meeting_hours, name="meeting_hours"),
    path("me/calendars/", calendars.calendars, name="my_calendars"),
    path("me/calendars/busy/", calendars.busy_calendar, name="my_busy_calendar"),
    path("me/calendars/<slug:act>/", calendars.calendar_act, name="my_calendar_act"),
]

register(
    RailEntry(
        name="engagements",
        position=610,
        permit="engagement.hold",
        words=_("Engagements"),
        icon="calendar-check",
        url_name="desk:engagements",
    ),
    RailEntry(
        name="commercial",
        position=650,
        permit="enquiry.handle",
        words=_("Enquiries"),
        icon="hand-helping",
        url_name="desk:enquiries",
    ),
    AccountTab(
        name="engagements",
        position=300,
        words=_("Engagements"),
        url_name="desk:account_engagements",
        count=account.count_engagements,
    ),
    TodayCard(
        name="engagements",
        position=100,
        template="desk/engagements/_today.html",
        context=listing.today_card,
    ),
)
