"""What is recorded about the vendor's people at work."""

from django.utils.translation import gettext_lazy as _

from keepwell.journal.kinds import declare

declare("staff.profiled", words=_("Level set"), facts={"level": int, "capacity": int})
declare("staff.hours_set", words=_("Hours set"), facts={"calendar": int})
declare("staff.presence_changed", words=_("Now %(presence)s"), facts={"presence": str}, tells=("staffing:0",))
declare(
    "staff.took_time_off",
    words=_("Away from %(starts_on)s to %(ends_on)s"),
    facts={"starts_on": str, "ends_on": str},
)
declare(
    "staff.gave_back_time_off",
    words=_("Not away from %(starts_on)s to %(ends_on)s"),
    facts={"starts_on": str, "ends_on": str},
)
declare("staff.skilled", words=_("Skills set"), facts={"skills": int})
declare("team.formed", words=_("Team formed at level %(level)s"), facts={"level": int})
declare("team.joined", words=_("Joined"), facts={"person": int})
declare("team.left", words=_("Left"), facts={"person": int})
declare("team.dissolved", words=_("Team closed"))
