"""What becomes of a mail that names a side thread: the one place where it is decided."""

from __future__ import annotations

from dataclasses import dataclass

from keepwell.channels.email.aside import wording
from keepwell.channels.email.aside.evidence import Action, Evidence
from keepwell.channels.email.aside.table import AUTOMATIC, PASSED_ON, TABLE
from keepwell.channels.email.understanding.evidence import Kind


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """What becomes of it, and what that rests on."""

    action: Action
    evidence: Evidence

    @property
    def why(self) -> str:
        """In words, for staff, in the language of whoever reads."""
        return wording.why(self.action, self.evidence)

    @property
    def code(self) -> str:
        """What the mail keeps of it; no code of the other table is one of these."""
        return f"aside_{self.action}"


def decide(evidence: Evidence) -> Decision:
    """What becomes of the mail that this is the evidence of."""
    if evidence.kind is not Kind.PERSON:
        return Decision(action=AUTOMATIC, evidence=evidence)
    action = TABLE[evidence.reference, evidence.sender, evidence.proof]
    if evidence.is_passed_on and action in (Action.JOIN, Action.UNCONFIRMED):
        return Decision(action=PASSED_ON, evidence=evidence)
    return Decision(action=action, evidence=evidence)
