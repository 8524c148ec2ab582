"""What can be known of a mail before it is decided what becomes of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What wrote it."""

    PERSON = "person"
    AUTO_REPLY = "auto_reply"
    BOUNCE_HARD = "bounce_hard"
    BOUNCE_SOFT = "bounce_soft"
    LIST = "list"
    OWN_MAIL = "own_mail"
    REPORT = "report"


class Reference(StrEnum):
    """The best that a mail says about where it belongs, the strongest first."""

    SEALED = "sealed"
    REPEATED = "repeated"
    SEALS_DISAGREE = "seals_disagree"
    SEALED_FOR_ANOTHER = "sealed_for_another"
    BROKEN = "broken"
    UNSEALED = "unsealed"
    CUSTOMERS_MAIL = "customers_mail"
    THREAD_INDEX = "thread_index"
    NUMBER = "number"
    NOTHING = "nothing"


class Sender(StrEnum):
    """What the address of the From line is to the conversation: a claim, until it is proven."""

    REQUESTER = "requester"
    PARTICIPANT = "participant"
    COLLEAGUE = "colleague"
    KNOWN = "known"
    STAFF = "staff"
    STRANGER = "stranger"


class Proof(StrEnum):
    """How far the From line is proven."""

    PASSED = "passed"
    UNKNOWN = "unknown"
    FAILED = "failed"
    FORGED = "forged"


class Via(StrEnum):
    """By which of its words a mail names a conversation."""

    REPLY_ADDRESS = "reply_address"
    IN_REPLY_TO = "in_reply_to"
    REFERENCES = "references"
    THREAD_INDEX = "thread_index"
    SUBJECT = "subject"
    NOTHING = ""


class Action(StrEnum):
    """What becomes of a mail."""

    JOIN = "join"
    HELD_REPLY = "held_reply"
    SUGGEST = "suggest"
    OPEN_KNOWN = "open_known"
    OPEN_TRIAGE = "open_triage"
    HOLD = "hold"
    PARK = "park"


@dataclass(frozen=True, kw_only=True, slots=True)
class DomainClaim:
    """An account that has the sender's mail domain; verified once somebody of ours made sure of it."""

    account: int
    is_verified: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """All that a decision rests on. Ids are None where nobody or nothing was found.

    `contact` and `user` are whose address the From line has; `host` is the one that proves it or not.
    `account` is the contact's, and `domains` are claims to the domain of his address. `may_be_answered`:
    nothing in the mail asks machines to keep silent. `forwarder` is one of us who passes the mail on: then
    `proof` is how far he is proven, and all else is of the mail that he passes on.
    """

    kind: Kind = Kind.PERSON
    may_be_answered: bool = True
    reference: Reference = Reference.NOTHING
    via: Via = Via.NOTHING
    conversation: int | None = None
    sender: Sender = Sender.STRANGER
    contact: int | None = None
    user: int | None = None
    account: int | None = None
    proof: Proof = Proof.UNKNOWN
    host: str = ""
    forwarder: int | None = None
    domains: tuple[DomainClaim, ...] = field(default=())
    is_public_domain: bool = False

    @property
    def author_proof(self) -> Proof:
        """How far its author is proven. Who passes a mail on proves himself alone."""
        return Proof.UNKNOWN if self.forwarder is not None and self.proof is Proof.PASSED else self.proof
