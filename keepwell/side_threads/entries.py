"""What is recorded about side threads: acts and ids. No customer sees any of it, nor whoever was asked."""

from django.utils.translation import gettext_lazy as _

from keepwell.journal.kinds import declare

THREAD = {"side_thread": int}
MESSAGE = {**THREAD, "side_message": int}

declare("side_thread.begun", words=_("Somebody outside was asked"), facts={**THREAD, "asked": int})
declare("side_thread.ended", words=_("A side thread ended"), facts=THREAD)
declare("side_thread.reopened", words=_("A side thread was opened again"), facts=THREAD)
declare(
    "side_thread.handed_on",
    words=_("A side thread came with a case that was merged in"),
    facts={**THREAD, "from_case": int},
)
declare("side_message.sent", words=_("Written to somebody outside"), facts=MESSAGE)
declare(
    "side_message.received",
    words=_("Somebody outside answered"),
    facts={**MESSAGE, "unconfirmed": bool},
)
declare(
    "side_message.failed",
    words=_("What was written to somebody outside did not arrive"),
    facts={**MESSAGE, "party": int},
)
declare(
    "side_message.redacted",
    words=_("Words removed from a side thread"),
    facts={**MESSAGE, "whole": bool},
)
declare("side_party.erased", words=_("Somebody who was asked was forgotten"), facts={"messages": int})
