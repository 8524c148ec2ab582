"""How a mail came to us, as a value; and where its bytes are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from keepwell.channels.email.parsing.limits import MEGABYTE, STORED_BYTES
from keepwell.channels.models import CameBy, Mailbox, RawMail
from keepwell.files.content import open_content
from keepwell.kit.refusals import Refused

COPIED_BYTES = 1024 * 1024


class MailRefused(Refused):
    """The mail is not taken, and nothing of it is kept: whoever has it keeps it, or sends it back."""


class NoSuchMailbox(Refused):
    """No mailbox that is in use has this address."""


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """What the other side says beside the mail. `remote_id` is its own name for it, once in the mailbox.

    `is_backlog` is true for one that had piled up there: those that come in now are read before it.
    """

    came_by: str = CameBy.PIPE
    envelope_sender: str = ""
    envelope_recipients: tuple[str, ...] = ()
    remote_id: str = ""
    is_backlog: bool = False


def mailbox_at(address: str) -> Mailbox:
    """The mailbox in use with this address. Errors: NoSuchMailbox."""
    found = Mailbox.objects.filter(address__iexact=address.strip(), is_in_use=True).first()
    if found is None:
        raise NoSuchMailbox(
            _("No mailbox in use has the address %(address)s. The mail was not taken.") % {"address": address}
        )
    return found


def require_takeable(raw: bytes) -> None:
    """Errors: MailRefused where there is nothing, or more than is taken."""
    if not raw:
        raise MailRefused(_("The mail is empty. Nothing was taken."))
    if len(raw) > STORED_BYTES:
        raise MailRefused(
            _("The mail is larger than %(most)s MB, which is the most that is taken. It was not taken.")
            % {"most": STORED_BYTES // MEGABYTE}
        )


def write_raw(mail: RawMail, path: Path) -> None:
    """Puts its bytes there. Errors: FileNotFoundError where they are gone."""
    if mail.content is not None:
        path.write_bytes(mail.content)
        return
    if mail.file is None:
        raise FileNotFoundError("The mail was forgotten.")
    with open_content(mail.sha256) as kept, path.open("wb") as copy:
        # Piece by piece: a worker does not grow with the largest mail it has seen.
        while piece := kept.read(COPIED_BYTES):
            copy.write(piece)
