"""A decision table as it is written, read into cells: both tables are written alike."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

from keepwell.channels.email.understanding.evidence import Proof

Reference = TypeVar("Reference", bound=StrEnum)
Sender = TypeVar("Sender", bound=StrEnum)
Action = TypeVar("Action", bound=StrEnum)


def read_table(
    rows: str, reference: type[Reference], sender: type[Sender], action: type[Action]
) -> dict[tuple[Reference, Sender, Proof], Action]:
    """The action of each cell. The first line names the proofs above their columns; empty lines count for
    nothing. Errors: ValueError for a word that is none of these."""
    head, *lines = (line.split() for line in rows.splitlines() if line.strip())
    proofs = [Proof(name) for name in head[2:]]
    return {
        (reference(how), sender(who), proof): action(what)
        for how, who, *actions in lines
        for proof, what in zip(proofs, actions, strict=True)
    }
