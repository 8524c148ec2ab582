"""Files uploaded before what they belong to is sent.

A page that lets files be chosen carries a token of 128 random bits. It opens the draft only together with
its holder (the person signed in, or the session of a visitor), so that a token seen elsewhere is worth
nothing. Neither is kept: the database has a hash of both.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass

from keepwell.files.models import Attachment

TAKE = "UPDATE keepwell_files_attachment SET draft_key = '' WHERE draft_key = %s RETURNING *"


@dataclass(frozen=True, kw_only=True)
class Draft:
    """`holder` names who may use the token, such as person:7 or session:abc."""

    token: str
    holder: str

    @property
    def key(self) -> str:
        return hashlib.sha256(f"{self.holder}\n{self.token}".encode()).hexdigest()


def new_token() -> str:
    """A token for a page's files that cannot be guessed."""
    return secrets.token_urlsafe(16)


def drafted(draft: Draft) -> list[Attachment]:
    """The files uploaded to this draft and not sent yet, in the order they came."""
    return list(Attachment.objects.filter(draft_key=draft.key).select_related("blob"))


def take(draft: Draft | None) -> list[Attachment]:
    """The draft's files, for the message that is sent in the same transaction; a second call finds none.

    Part of sending: the message's own entry tells of it.
    """
    # Who comes second waits for the row, and then finds that it is in no draft any more.
    taken = Attachment.objects.raw(TAKE, [draft.key]) if draft else ()
    return sorted(taken, key=lambda attachment: attachment.pk)
