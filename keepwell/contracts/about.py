"""What entries about contracts are about."""

from __future__ import annotations

from keepwell.contracts.models import Contract
from keepwell.journal.recording import Subject


def subjects_of(contract: Contract, *others: Subject) -> list[Subject]:
    """The contract, its account, and what is beside it."""
    return [("contract", contract.pk), ("account", contract.account_id), *others]
