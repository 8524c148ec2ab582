from keepwell.journal.models.entry import Entry, EntrySubject
from keepwell.journal.models.seal import Seal

__all__ = ["Entry", "EntrySubject", "Seal"]
