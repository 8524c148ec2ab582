"""A decision about an answer to a side thread, in words."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keepwell.channels.email.aside.evidence import Action, Evidence, Reference, Sender
from keepwell.channels.email.understanding.evidence import Kind
from keepwell.channels.email.understanding.wording import FORWARDERS, KINDS, PROOFS, VIAS

Words = Mapping[str, object]

ACTIONS: Words = {
    Action.JOIN: gettext_lazy("It joined this side thread, which the customer does not see"),
    Action.UNCONFIRMED: gettext_lazy(
        "It joined this side thread, which the customer does not see; its writer is not confirmed"
    ),
    Action.HELD: gettext_lazy("It waits beside this side thread until one of us lets it in"),
    Action.BESIDE_CASE: gettext_lazy(
        "It waits beside the case: it answers a side thread, and says that it is from the customer's side"
    ),
    Action.ELSEWHERE: gettext_lazy("It is no answer to a side thread: the table of all other mail is asked"),
    Action.PARK: gettext_lazy("It was put aside and answers nothing"),
}

REFERENCES: Words = {
    Reference.SEALED: gettext_lazy("it came by %(via)s that only its sender was given"),
    Reference.REPEATED: gettext_lazy("another mail with the same Message-ID came before"),
    Reference.SEALS_DISAGREE: gettext_lazy(
        "it names this side thread and another one, or a conversation with a customer, at once"
    ),
    Reference.SEALED_FOR_ANOTHER: gettext_lazy("it came by %(via)s that was given to somebody else"),
    Reference.THEIR_MAIL: gettext_lazy("it refers to a mail that came to this side thread before"),
}

SENDERS: Words = {
    Sender.ASKED: gettext_lazy("it says that it is from somebody who was asked"),
    Sender.COLLEAGUE: gettext_lazy("it says that it is from the mail domain of somebody who was asked"),
    Sender.CUSTOMER: gettext_lazy("it says that it is from the customer's side"),
    Sender.STAFF: gettext_lazy("it says that it is from one of us"),
    Sender.STRANGER: gettext_lazy("we do not know its sender"),
}


def why(action: Action, evidence: Evidence) -> str:
    """One sentence, such as "It joined this side thread ...: it came by the reply address that ..."."""
    if evidence.kind is not Kind.PERSON:
        reasons = [str(KINDS[evidence.kind])]
    else:
        proofs = FORWARDERS if evidence.is_passed_on else PROOFS
        reasons = [
            str(REFERENCES[evidence.reference]) % {"via": VIAS[evidence.via]},
            str(SENDERS[evidence.sender]),
            str(proofs[evidence.proof]) % {"host": evidence.host or _("the receiving host")},
        ]
    return _("%(what)s: %(reasons)s.") % {"what": ACTIONS[action], "reasons": "; ".join(reasons)}
