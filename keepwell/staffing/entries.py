"""What is recorded about the vendor's people at work."""

from datetime import datetime

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

declare("rota.set", words=_("Turns on call set"), facts={"rota": int, "people": int}, tells=("staffing:0",))
declare("rota.ended", words=_("Turns on call ended"), facts={"rota": int}, tells=("staffing:0",))
declare(
    "rota.stand_in_set",
    words=_("Somebody stands in on call"),
    facts={"rota": int, "person": int, "starts_at": datetime, "ends_at": datetime},
    tells=("staffing:0",),
)
declare(
    "rota.stand_in_withdrawn",
    words=_("Nobody stands in on call any more"),
    facts={"rota": int, "person": int},
    tells=("staffing:0",),
)
CALL_OUT = {"call_out": int, "person": int}
declare(
    "call_out.asked",
    words=_("Whoever is on call was asked"),
    facts={**CALL_OUT, "place": int, "answer_by_at": datetime},
    tells=("staffing:0",),
)
declare("call_out.acknowledged", words=_("Somebody on call looks"), facts=CALL_OUT, tells=("staffing:0",))
declare(
    "call_out.unanswered",
    words=_("Nobody on call answered"),
    facts={"call_out": int, "asked": int},
    tells=("staffing:0",),
)
declare("call_out.ended", words=_("Nobody on call is needed any more"), facts=CALL_OUT, tells=("staffing:0",))
