"""What is recorded about mail: that it was asked for, left or failed; never to whom nor what it says."""

from django.utils.translation import gettext_lazy as _

from keepwell.journal.kinds import declare

WIDE = ("outbox:0",)

declare("mail.queued", words=_("Mail written"), facts={"outgoing": int, "purpose": str}, tells=WIDE)
declare(
    "mail.sent",
    words=_("Mail sent"),
    facts={"outgoing": int, "transport": str, "attempts": int, "maybe_twice": bool},
    tells=WIDE,
)
declare(
    "mail.failed", words=_("Mail failed"), facts={"outgoing": int, "reason": str, "attempts": int}, tells=WIDE
)
declare("mail.cancelled", words=_("Mail cancelled"), facts={"outgoing": int}, tells=WIDE)
declare("mail.requeued", words=_("Mail is tried again"), facts={"outgoing": int}, tells=WIDE)
declare("mail.forgotten", words=_("Contents of mails forgotten"), facts={"mails": int}, tells=WIDE)
declare(
    "breaker.opened",
    words=_("Mail held back: too much of it"),
    facts={"sent_in_hour": int},
    tells=WIDE,
)
declare("breaker.closed", words=_("Mail flows again"), facts={"held": int}, tells=WIDE)
declare("brand.added", words=_("Brand added"))
declare("brand.changed", words=_("Brand changed"), facts={"fields": list})
