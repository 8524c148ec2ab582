"""What became of a mail, as a value."""

from __future__ import annotations

from dataclasses import dataclass

from keepwell.cases.models import Case
from keepwell.channels.email.parsed import ParsedMail
from keepwell.channels.models import MailState
from keepwell.conversations.models import Message
from keepwell.side_threads.models import SideMessage, SideThread


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """`decision` is a code, `why` the same in words. `case` is where it stands, or beside which it waits.

    With a `side_thread` it stands there, as `side_message`, or waits beside it, and has no `message`.
    `contact` is whose address its From line has, `proof` how far that is proven. `may_be_acknowledged`: it
    opened a case, and a machine may say that we have it. `original` is the mail that one of us passes on.
    """

    state: MailState
    decision: str
    why: str
    case: Case | None = None
    message: Message | None = None
    side_thread: SideThread | None = None
    side_message: SideMessage | None = None
    contact: int | None = None
    proof: str = ""
    may_be_acknowledged: bool = False
    original: ParsedMail | None = None
