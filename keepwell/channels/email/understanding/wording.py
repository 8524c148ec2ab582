"""A decision in words: what became of the mail, what it referred to, from whom, how far that is proven."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keepwell.channels.email.understanding.evidence import (
    Action,
    Evidence,
    Kind,
    Proof,
    Reference,
    Sender,
    Via,
)

Words = Mapping[str, object]

ACTIONS: Words = {
    Action.JOIN: gettext_lazy("It joined this conversation"),
    Action.HELD_REPLY: gettext_lazy("It waits beside this conversation until one of us lets it join"),
    Action.SUGGEST: gettext_lazy(
        "It waits beside this conversation, and its sender is suggested to take part"
    ),
    Action.OPEN_KNOWN: gettext_lazy("It began a new case of somebody we know"),
    Action.OPEN_TRIAGE: gettext_lazy("It began a new case that has to be placed"),
    Action.HOLD: gettext_lazy("It needs attention: no conversation was chosen"),
    Action.PARK: gettext_lazy("It was put aside and answers nothing"),
}

REFERENCES: Words = {
    Reference.SEALED: gettext_lazy("it came by %(via)s that only its sender was given"),
    Reference.REPEATED: gettext_lazy("another mail with the same Message-ID came before"),
    Reference.SEALS_DISAGREE: gettext_lazy("it names two of our conversations at once"),
    Reference.SEALED_FOR_ANOTHER: gettext_lazy("it came by %(via)s that was given to somebody else"),
    Reference.BROKEN: gettext_lazy(
        "it names a mail of ours by a seal that is not ours, or was cut or changed"
    ),
    Reference.UNSEALED: gettext_lazy("it names a mail of ours without the seal that such a mail has"),
    Reference.CUSTOMERS_MAIL: gettext_lazy("it refers to a mail that a customer sent before"),
    Reference.THREAD_INDEX: gettext_lazy("Outlook counts it to the same thread"),
    Reference.NUMBER: gettext_lazy("its subject has the number of a case"),
    Reference.NOTHING: gettext_lazy("it refers to nothing that we know"),
}

VIAS: Words = {
    Via.REPLY_ADDRESS: gettext_lazy("the reply address"),
    Via.IN_REPLY_TO: gettext_lazy("the answered mail"),
    Via.REFERENCES: gettext_lazy("an earlier mail of the thread"),
    Via.THREAD_INDEX: gettext_lazy("Outlook's thread"),
    Via.SUBJECT: gettext_lazy("the number in its subject"),
    Via.NOTHING: gettext_lazy("something"),
}

SENDERS: Words = {
    Sender.REQUESTER: gettext_lazy("it says that it is from whoever opened the case"),
    Sender.PARTICIPANT: gettext_lazy("it says that it is from somebody who takes part"),
    Sender.COLLEAGUE: gettext_lazy("it says that it is from another person of the same account"),
    Sender.KNOWN: gettext_lazy("it says that it is from somebody we know"),
    Sender.STAFF: gettext_lazy("it says that it is from one of us"),
    Sender.STRANGER: gettext_lazy("we do not know its sender"),
}

PROOFS: Words = {
    Proof.PASSED: gettext_lazy("%(host)s proves its sender"),
    Proof.UNKNOWN: gettext_lazy("no host that we trust proves its sender"),
    Proof.FAILED: gettext_lazy("%(host)s could not prove its sender"),
    Proof.FORGED: gettext_lazy("somebody forged a proof of its sender"),
}

# Of a mail that one of us passes on; the rest is of that mail.
FORWARDERS: Words = {
    Proof.PASSED: gettext_lazy("one of us passed it on, as %(host)s proves; nobody proves its own sender"),
    Proof.UNKNOWN: gettext_lazy("it says that one of us passed it on, and no host that we trust proves that"),
    Proof.FAILED: gettext_lazy("it says that one of us passed it on, and %(host)s could not prove it"),
    Proof.FORGED: gettext_lazy("it says that one of us passed it on, and somebody forged a proof"),
}

# The same for whoever reads the mail, apart from the decision.
AUTHENTICITY: Words = {
    Proof.PASSED: gettext_lazy("A host that we trust proves that it is from this address."),
    Proof.UNKNOWN: gettext_lazy("No host that we trust says whether it is from this address."),
    Proof.FAILED: gettext_lazy(
        "A host that we trust could not prove that it is from this address: it may be from somebody else."
    ),
    Proof.FORGED: gettext_lazy("Somebody forged a proof that it is from this address: do not believe it."),
}

KINDS: Words = {
    Kind.AUTO_REPLY: gettext_lazy("a machine answered, such as one that says that somebody is away"),
    Kind.BOUNCE_HARD: gettext_lazy("a mail of ours came back: it cannot be delivered"),
    Kind.BOUNCE_SOFT: gettext_lazy("a mail of ours came back: it cannot be delivered now"),
    Kind.LIST: gettext_lazy("it was sent to a list or to many"),
    Kind.OWN_MAIL: gettext_lazy("it is a mail of our own that came back"),
    Kind.REPORT: gettext_lazy("a machine wrote it by itself"),
}


def authenticity_words(proof: str) -> str:
    """How far the sender is proven, in a sentence; "" where it was never looked at."""
    return str(AUTHENTICITY[Proof(proof)]) if proof else ""


def why(action: Action, evidence: Evidence) -> str:
    """One sentence, such as "It joined this conversation: it came by the reply address that ..."."""
    if evidence.kind is not Kind.PERSON:
        reasons = [str(KINDS[evidence.kind])]
    else:
        reasons = [
            str(REFERENCES[evidence.reference]) % {"via": VIAS[evidence.via]},
            str(SENDERS[evidence.sender]),
            _proof(evidence),
        ]
    return _("%(what)s: %(reasons)s.") % {"what": ACTIONS[action], "reasons": "; ".join(reasons)}


def _proof(evidence: Evidence) -> str:
    words = PROOFS if evidence.forwarder is None else FORWARDERS
    return str(words[evidence.proof]) % {"host": evidence.host or _("the receiving host")}
