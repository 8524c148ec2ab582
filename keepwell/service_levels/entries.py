"""What is recorded about promises themselves."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from keepwell.journal.kinds import declare

declare("policy.created", words=_("Guidelines created"))
declare(
    "policy.published",
    words=_("Version %(number)s in force from %(effective_at)s"),
    facts={"version": int, "number": int, "effective_at": str},
)
declare("policy.made_default", words=_("Made the guidelines for everybody without others"))
declare("policy.assigned", words=_("Guidelines %(policy)s hold from now on"), facts={"policy": int})
declare("policy.withdrawn", words=_("The default guidelines hold again"))
declare(
    "clock.warned",
    words=_("%(metric)s is due soon"),
    facts={"metric": str, "severity": str, "started_by": int, "due_at": str},
    tells=("cases:0",),
)
declare(
    "clock.missed",
    words=_("%(metric)s was missed"),
    facts={"metric": str, "severity": str, "started_by": int, "due_at": str, "late": bool},
    tells=("cases:0",),
)
declare(
    "update.promised",
    words=_("An update was promised by %(due_at)s"),
    facts={"due_at": str},
    customers_see=True,
)
declare("update.kept", words=_("The promised update came"), facts={"due_at": str})
declare("update.missed", words=_("The promised update did not come in time"), facts={"due_at": str})
declare("guideline.created", words=_("Guideline created"), facts={"version": int, "number": int})
declare("guideline.changed", words=_("It watches version %(number)s"), facts={"version": int, "number": int})
declare(
    "guideline.burning",
    words=_("It burns: %(missed)s missed in the last %(days)s days"),
    facts={"alert": int, "pace": str, "missed": int, "days": int, "allowed": Decimal, "burn": Decimal},
    tells=("cases:0",),
)
declare(
    "guideline.calmed",
    words=_("It is calm again"),
    facts={"alert": int, "pace": str},
    tells=("cases:0",),
)
declare("guideline.ended", words=_("No longer watched"))
