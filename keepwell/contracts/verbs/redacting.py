"""Taking out what somebody wrote about a contract and should not stand there."""

from __future__ import annotations

from datetime import datetime

from keepwell.contracts.about import subjects_of
from keepwell.contracts.models import Contract, HoursEntry, Renewal
from keepwell.journal.recording import Actor, record
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.people import permits


@all_or_nothing()
def redact_reason(written: Renewal | HoursEntry, *, by: Actor, at: datetime | None = None) -> None:
    """The reason is gone; what was decided or booked stays. Effects: contract.words_removed, if any."""
    permits.require(by, "message.redact")
    kept = type(written)._default_manager.filter(pk=written.pk)
    if not kept.exclude(reason="").update(reason=""):
        return
    contract: Contract = written.term.contract if isinstance(written, Renewal) else written.contract
    written.reason = ""
    record("contract.words_removed", by=by, at=at, subjects=subjects_of(contract))
