"""Which files a mail carries. Whoever is asked has no page of ours: what does not fit cannot reach him."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.conf import settings

from keepwell.side_threads.refusals import FilesDoNotGo

if TYPE_CHECKING:
    from keepwell.files.models import Attachment

MEGABYTE = 1024 * 1024


def require_mailable(files: Iterable[Attachment]) -> None:
    """Errors: FilesDoNotGo, which names those beyond what a mail may carry, or not looked at for viruses."""
    most = settings.KEEPWELL_MAIL_ATTACHED_MEGABYTES
    room, left = most * MEGABYTE, []
    for file in files:
        if file.size > room or file.is_unscanned or file.is_infected:
            left.append(file.name)
        else:
            room -= file.size
    if left:
        raise FilesDoNotGo(left, most)
