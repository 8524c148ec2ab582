"""What can be known of a mail that names a side thread, before it is decided what becomes of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from keepwell.channels.email.understanding.evidence import Kind, Proof, Via


class Reference(StrEnum):
    """How it names the side thread, the strongest first."""

    SEALED = "sealed"
    REPEATED = "repeated"
    SEALS_DISAGREE = "seals_disagree"
    SEALED_FOR_ANOTHER = "sealed_for_another"
    THEIR_MAIL = "their_mail"


class Sender(StrEnum):
    """What the address of the From line is to the side thread: a claim, until it is proven."""

    ASKED = "asked"
    COLLEAGUE = "colleague"
    CUSTOMER = "customer"
    STAFF = "staff"
    STRANGER = "stranger"


class Action(StrEnum):
    """What becomes of it. ELSEWHERE: it is no answer to a side thread, and the other table is asked."""

    JOIN = "join"
    UNCONFIRMED = "unconfirmed"
    HELD = "held"
    BESIDE_CASE = "beside_case"
    ELSEWHERE = "elsewhere"
    PARK = "park"


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """All that a decision rests on. `party` is the one who was asked and whose address the From line has.

    `contact` is a contact who has the same address, of whichever customer. `forwarder` is one of us who
    passes the mail on: then `proof` is how far he is proven.
    """

    side_thread: int
    kind: Kind = Kind.PERSON
    reference: Reference = Reference.THEIR_MAIL
    via: Via = Via.NOTHING
    sender: Sender = Sender.STRANGER
    party: int | None = None
    contact: int | None = None
    proof: Proof = Proof.UNKNOWN
    host: str = ""
    forwarder: int | None = None

    @property
    def is_passed_on(self) -> bool:
        return self.forwarder is not None

    @property
    def author_proof(self) -> Proof:
        """How far its author is proven. Who passes a mail on proves himself alone."""
        return Proof.UNKNOWN if self.is_passed_on and self.proof is Proof.PASSED else self.proof
