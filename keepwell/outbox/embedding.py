"""Pictures that stand in the words of a mail: they travel with it, fetched from nowhere (RFC 2387, 2392)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from typing import Any, Self, cast
from uuid import uuid4

from django.core.mail import EmailMultiAlternatives


@dataclass(frozen=True, kw_only=True)
class Picture:
    """`identity` is its Content-ID; no other mail has it."""

    name: str
    content: bytes
    content_type: str
    identity: str

    @classmethod
    def of(cls, name: str, content: bytes, content_type: str) -> Self:
        identity = f"{uuid4().hex}@pictures"
        return cls(name=name, content=content, content_type=content_type, identity=identity)

    @property
    def place(self) -> str:
        """How the HTML of the mail names it."""
        return f"cid:{self.identity}"

    @property
    def part(self) -> MIMEImage:
        part = MIMEImage(self.content, self.content_type.partition("/")[2])
        part.add_header("Content-ID", f"<{self.identity}>")
        name = self.name if self.name.isascii() else ("utf-8", "", self.name)
        part.add_header("Content-Disposition", "inline", filename=name)
        return part


class Embedding(EmailMultiAlternatives):
    """A mail whose words and their pictures are one part of it, before the files that go along."""

    _embedded: Sequence[MIMEImage] = ()

    def embed(self, pictures: Iterable[Picture]) -> None:
        self._embedded = [picture.part for picture in pictures]
        self.attachments = [*self._embedded, *self.attachments]

    def message(self, **given: Any) -> Any:
        built = super().message(**given)
        if self._embedded:
            words, *parts = cast(list[Any], built.get_payload())
            built.set_payload([_related(words, self._embedded), *parts[len(self._embedded) :]])
        return built


def _related(words: Any, pictures: Sequence[MIMEImage]) -> MIMEMultipart:
    # By chance, so that no text can hold it; the library would search the whole mail for one.
    related = MIMEMultipart("related", boundary=f"=_{uuid4().hex}", type=words.get_content_type())
    del related["MIME-Version"]
    for part in (words, *pictures):
        related.attach(part)
    return related
