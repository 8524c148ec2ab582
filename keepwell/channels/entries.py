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
declare("inbound_mail.released", words=_("A mail that had waited was let in"), facts={"was": str})
declare("inbound_mail.parked", words=_("A mail by no person was put aside"), facts={"decision": str})
declare(
    "inbound_mail.parted",
    words=_("A mail that had joined was moved to a case of its own"),
    facts={"from_number": int, "to_number": int},
)
declare("inbound_mail.unparsed", words=_("Came as a mail that could not be read"), facts={"decision": str})
declare(
    "inbound_mail.quarantined",
    words=_("A mail was set aside: working on it failed again and again"),
    facts={"tries": int},
)
declare("inbound_mail.retried", words=_("A mail is read and decided about once more"))
declare("inbound_mail.marked_spam", words=_("A mail was marked as spam"))
declare("inbound_mail.forgotten", words=_("What a mail said was forgotten"), facts={"mails": int})
declare("mailbox.added", words=_("A mailbox was added"))
declare("mailbox.changed", words=_("Where a mailbox is fetched from was changed"))
declare("mailbox.answered_as", words=_("A mailbox is answered by a brand"), facts={"brand": int})
declare("mailbox.signed_in", words=_("A mailbox was signed in to at its provider"), facts={"provider": str})
declare("mail_hook.added", words=_("A mail provider delivers to us"), facts={"provider": str})
declare("mail_hook.changed", words=_("A mail provider has a new secret"), facts={"provider": str})
declare("mail_hook.removed", words=_("A mail provider delivers to us no more"), facts={"provider": str})
declare("mailbox.put_out_of_use", words=_("A mailbox was put out of use"))
declare("mailbox.put_into_use", words=_("A mailbox was put into use again"))
declare("mailbox.reached", words=_("A mailbox can be looked into again"))
declare("mailbox.not_reached", words=_("A mailbox could not be looked into"))
declare("mailbox.renumbered", words=_("A mail server numbered its mails anew; all were compared"))
declare("remote_mail.retried", words=_("A mail that could not be fetched is fetched again"))
declare(
    "remote_mail.given_up",
    words=_("A mail could not be fetched and stays on the mail server"),
    facts={"uid": int, "tries": int},
)
