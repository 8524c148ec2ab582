"""What becomes of a mail: the one place where it is decided.

What it refers to chooses the conversation. Its author comes from its From line alone, and only where that
is proven or the seal was made for him; rights come from neither.
"""

from __future__ import annotations

from dataclasses import dataclass

from keepwell.channels.email.understanding import wording
from keepwell.channels.email.understanding.evidence import Action, Evidence, Kind, Proof, Reference, Sender
from keepwell.channels.email.understanding.table import AUTOMATIC, FORWARDED, TABLE

AT_A_CONVERSATION = frozenset({Action.JOIN, Action.HELD_REPLY, Action.SUGGEST})
OPENING = frozenset({Action.OPEN_KNOWN, Action.OPEN_TRIAGE})
# Only these name the conversation of an automatic mail: it is shown beside what it answers.
SEALED = frozenset({Reference.SEALED, Reference.SEALED_FOR_ANOTHER})


@dataclass(frozen=True, kw_only=True, slots=True)
class AccountHint:
    """The account that a newcomer may belong to; linked where he is put there without being asked."""

    account: int
    is_linked: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """What becomes of a mail, and what it rests on.

    `conversation` is where it goes, None where a new one begins or nobody chose yet. `contact` or `user` is
    the author, both None where the author is not believed: then the evidence holds the mere claim.
    `is_verified`: the author is proven. `may_be_answered`: an answer by itself is allowed.
    """

    action: Action
    evidence: Evidence
    conversation: int | None = None
    contact: int | None = None
    user: int | None = None
    is_verified: bool = False
    hint: AccountHint | None = None
    may_be_answered: bool = False

    @property
    def why(self) -> str:
        """In words, for staff, in the language of whoever reads."""
        return wording.why(self.action, self.evidence)


def decide(evidence: Evidence) -> Decision:
    """What becomes of the mail that this is the evidence of."""
    if evidence.kind is not Kind.PERSON:
        return _parked(evidence)
    table = TABLE if evidence.forwarder is None else FORWARDED
    action = table[evidence.reference, evidence.sender, evidence.proof]
    if action in AT_A_CONVERSATION:
        return _at_a_conversation(action, evidence)
    if action in OPENING:
        return opening(action, evidence)
    return Decision(action=action, evidence=evidence)


def _parked(evidence: Evidence) -> Decision:
    conversation = evidence.conversation if evidence.reference in SEALED else None
    return Decision(action=AUTOMATIC, evidence=evidence, conversation=conversation)


def _at_a_conversation(action: Action, evidence: Evidence) -> Decision:
    if evidence.conversation is None:
        # Whoever gathered the evidence said that he takes part, and not in what.
        return Decision(action=Action.HOLD, evidence=evidence)
    if action is not Action.JOIN:
        return Decision(action=action, evidence=evidence, conversation=evidence.conversation)
    is_staff = evidence.sender is Sender.STAFF
    contact, user = (None, evidence.user) if is_staff else (evidence.contact, None)
    if contact is None and user is None:
        return Decision(action=Action.HOLD, evidence=evidence)
    return Decision(
        action=action,
        evidence=evidence,
        conversation=evidence.conversation,
        contact=contact,
        user=user,
        is_verified=evidence.forwarder is None,
        may_be_answered=_may_be_answered(evidence),
    )


def opening(action: Action, evidence: Evidence) -> Decision:
    """What goes with a new case: how far its writer is believed, and which account he may be of."""
    return Decision(
        action=action,
        evidence=evidence,
        contact=evidence.contact,
        is_verified=_is_author_proven(evidence),
        hint=_hint(evidence),
        may_be_answered=_may_be_answered(evidence),
    )


def _is_author_proven(evidence: Evidence) -> bool:
    """Of a mail that was passed on it is proven who did that, and nothing of its author."""
    return evidence.proof is Proof.PASSED and evidence.forwarder is None


def _may_be_answered(evidence: Evidence) -> bool:
    """Whoever wrote to one of us did not write to a machine."""
    return evidence.may_be_answered and evidence.forwarder is None


def _hint(evidence: Evidence) -> AccountHint | None:
    accounts = {claim.account for claim in evidence.domains}
    if evidence.account is not None or evidence.is_public_domain or len(accounts) != 1:
        return None
    is_verified = all(claim.is_verified for claim in evidence.domains)
    return AccountHint(account=accounts.pop(), is_linked=is_verified and _is_author_proven(evidence))
