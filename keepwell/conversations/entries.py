"""What is recorded about conversations: that something was said, when and on which way; never what."""

from django.utils.translation import gettext_lazy as _

from keepwell.journal.kinds import declare

# `contact_live`: both sides were there at the same time. `automatic`: the product wrote it by itself,
# which is never a contact. `entered_later`: by hand, at `entered_at`, after it had happened.
MESSAGE = {
    "message": int,
    "channel": str,
    "contact_live": bool,
    "automatic": bool,
    "entered_later": bool,
    "entered_at": str,
}

declare(
    "conversation.started",
    words=_("Conversation started"),
    facts={"serves": str, "private": bool, "opener": int, "opener_proven": bool},
    customers_see=True,
)
declare("conversation.placed", words=_("Moved to %(serves)s"), facts={"serves": str, "account": int})
declare("conversation.made_private", words=_("Made private to its participants"), customers_see=True)
declare("conversation.made_shared", words=_("No longer private"), customers_see=True)

declare("message.received", words=_("Message received"), facts=MESSAGE, customers_see=True)
declare("message.written", words=_("Reply written"), facts={**MESSAGE, "release_at": str})
declare("message.sent", words=_("Reply sent"), facts=MESSAGE, customers_see=True)
declare("message.undone", words=_("Reply taken back before it left"), facts={"message": int})
declare("message.failed", words=_("The reply could not be delivered"), facts={"message": int, "sent_at": str})
declare(
    "message.redacted",
    words=_("Words removed from a message"),
    facts={"message": int, "whole": bool},
    customers_see=True,
)
declare(
    "message.moved",
    words=_("Message moved to another conversation"),
    facts={"message": int, "from_conversation": int, "to_conversation": int},
)
declare("message.erased", words=_("The words of an erased person removed"), facts={"messages": int})

declare("note.added", words=_("Note added"), facts={"note": int, "kind": str})
declare("note.redacted", words=_("Words removed from a note"), facts={"note": int, "whole": bool})

declare(
    "participant.added",
    words=_("Participant added"),
    facts={"contact": int, "confirmed": bool},
    customers_see=True,
)
declare("participant.confirmed", words=_("Participant confirmed"), facts={"contact": int}, customers_see=True)
declare("participant.removed", words=_("Participant removed"), facts={"contact": int}, customers_see=True)
