"""What is recorded about ways in."""

from django.utils.translation import gettext_lazy as _

from keepwell.journal.kinds import declare

declare("submission.received", words=_("Sent by the form"), facts={"unverified": bool})
declare("submission.entered", words=_("Written down by us"), facts={"way": str})
declare("follow_code.sent", words=_("A code to follow the case was sent"), facts={"address": int})
declare("follow_code.used", words=_("The case is followed by its code"), facts={"address": int})
declare("follow_code.refused", words=_("A wrong code was entered"), facts={"tries": int})
declare(
    "inbound_mail.received",
    words=_("A mail came in"),
    facts={"mailbox": int, "size": int, "came_by": str},
)
declare("inbound_mail.placed", words=_("Came by mail"), facts={"decision": str})
declare("inbound_mail.held", words=_("A mail waits for somebody to look at it"), facts={"decision": str})
declare("inbound_mail.parked", words=_("A mail by no person was put aside"), facts={"decision": str})
declare("inbound_mail.parted", words=_("A mail that had joined was moved to a case of its own"))
declare("inbound_mail.unparsed", words=_("Came as a mail that could not be read"), facts={"decision": str})
declare(
    "inbound_mail.quarantined",
    words=_("A mail was set aside: working on it failed again and again"),
    facts={"tries": int},
)
declare("inbound_mail.retried", words=_("A mail that was set aside is worked on again"))
declare("inbound_mail.forgotten", words=_("What a mail said was forgotten"), facts={"mails": int})
declare("mailbox.added", words=_("A mailbox was added"))
