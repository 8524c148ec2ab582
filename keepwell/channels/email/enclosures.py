"""The files of an answer: with the mail as far as they are small, and otherwise where they are found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings

from keepwell.conversations.models import Message
from keepwell.files.models import Attachment
from keepwell.files.reading import open_attachment
from keepwell.files.refusals import FileGone
from keepwell.kit import wording
from keepwell.outbox.composing import Attached

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Enclosures:
    """`attached` go with the mail; `left` are read with the case, each with its name, size and address."""

    attached: tuple[Attached, ...] = ()
    left: tuple[dict[str, str], ...] = ()


def enclosures_of(message: Message, url: str) -> Enclosures:
    """In their order, as many as fit into what a mail may carry. `url` is where the case is read."""
    rows = message.attached.select_related("attachment__blob").order_by("pk")
    files = [row.attachment for row in rows]
    attached = dict(fitting(files))
    return Enclosures(
        attached=tuple(attached.values()),
        left=tuple(_named(file, url) for file in files if file.pk not in attached),
    )


def fitting(files: Iterable[Attachment]) -> Iterator[tuple[int, Attached]]:
    """Those that go with a mail, each with the id of its attachment."""
    room = settings.KEEPWELL_MAIL_ATTACHED_MEGABYTES * MEGABYTE
    for file in files:
        # What waits for its scan is not sent away: on the page it is refused once a virus was found.
        if file.size > room or file.is_unscanned:
            continue
        try:
            with open_attachment(file) as content:
                yield file.pk, _attached(file, content.read())
        except FileGone:
            continue
        room -= file.size


def _attached(file: Attachment, content: bytes) -> Attached:
    number = file.pk if file.is_picture else 0
    return Attached(name=file.name, content=content, content_type=file.media_type, number=number)


def _named(file: Attachment, url: str) -> dict[str, str]:
    is_direct = "/portal/" in url
    return {
        "name": file.name,
        "size": wording.file_size(file.size),
        "url": f"{url}files/{file.pk}/" if is_direct else url,
    }
