"""What is recorded about ways in."""

from django.utils.translation import gettext_lazy as _

from keepwell.journal.kinds import declare

declare("submission.received", words=_("Sent by the form"), facts={"unverified": bool})
declare("submission.entered", words=_("Written down by us"), facts={"way": str})
declare("follow_code.sent", words=_("A code to follow the case was sent"), facts={"address": int})
declare("follow_code.used", words=_("The case is followed by its code"), facts={"address": int})
declare("follow_code.refused", words=_("A wrong code was entered"), facts={"tries": int})
