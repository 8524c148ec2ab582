"""What names somebody who is erased is forgotten."""

from __future__ import annotations

from collections.abc import Sequence

from keepwell.success.letters.models import Correspondence


def erase_subjects_to(contacts: Sequence[int]) -> int:
    """The subjects of letters to them; their words are erased with the messages. Gives how many."""
    return Correspondence.objects.filter(contact__in=contacts).exclude(subject="").update(subject="")
