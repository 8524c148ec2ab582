"""What is recorded about calendars."""

from django.utils.translation import gettext_lazy as _

from keepwell.journal.kinds import declare

declare("calendar.created", words=_("Calendar created"))
declare(
    "calendar.published",
    words=_("Version %(number)s in force from %(effective_at)s"),
    facts={"version": int, "number": int, "effective_at": str},
    tells=("support_hours:0",),
)
declare(
    "calendar.made_default", words=_("Made the calendar of the support hours"), tells=("support_hours:0",)
)
