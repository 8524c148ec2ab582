"""What others changed while somebody wrote, so that nobody answers past it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from keepwell.cases.changes import changes_since
from keepwell.cases.models import Case
from keepwell.cases.refusals import CaseHasChanged
from keepwell.conversations.models import Message
from keepwell.conversations.seeing import messages_after
from keepwell.conversations.shown_words import words_excerpt
from keepwell.customers.naming import contact_name
from keepwell.desk.case_page.events import Telling, event_words
from keepwell.desk.case_page.hand_offs import hand_offs_of
from keepwell.desk.case_page.naming import known_people, name_of, names_in
from keepwell.journal.models import Entry
from keepwell.kit import clock
from keepwell.people.models import User


@dataclass(frozen=True, kw_only=True)
class Seen:
    """How far somebody has read: the version of the case, and the last message. None: not asked."""

    version: int | None = None
    through: int | None = None


@dataclass(frozen=True, kw_only=True)
class News:
    """What others said, and what else they changed, each in words; `seen` is how far it now goes."""

    said: list[dict[str, Any]]
    changed: list[str]
    seen: Seen

    def __bool__(self) -> bool:
        return bool(self.said or self.changed)


def news_since(case: Case, seen: Seen, reader: User) -> News:
    """What others did since then, oldest first; what the reader did himself is no news."""
    messages, entries = _messages(case, seen, reader), _entries(case, seen, reader)
    newest = max([message.pk for message in messages], default=seen.through)
    return News(
        said=[_said(message) for message in messages],
        changed=_words(case, entries),
        seen=Seen(version=case.version, through=newest),
    )


def _messages(case: Case, seen: Seen, reader: User) -> list[Message]:
    if seen.through is None:
        return []
    return list(messages_after(case.conversation, seen.through, but_of=reader))


def _entries(case: Case, seen: Seen, reader: User) -> list[Entry]:
    if seen.version is None or seen.version >= case.version:
        return []
    changed = _of_others(changes_since(case, seen.version), reader)
    return [entry for entry in changed if not entry.kind.startswith("message.")]


def is_own_doing(changed: CaseHasChanged, reader: User) -> bool:
    """Whether all that changed is what the reader did himself, such as his last answer leaving."""
    return not changed.messages and not _of_others(changed.entries, reader)


def _of_others(entries: Iterable[Entry], reader: User) -> list[Entry]:
    return [entry for entry in entries if entry.actor_ref != reader.actor_ref]


def _words(case: Case, entries: list[Entry]) -> list[str]:
    if not entries:
        return []
    known = known_people([case.assignee, case.owner])
    telling = Telling(
        names=names_in(entries, known),
        hand_offs={asked.pk: asked for asked in hand_offs_of(case)},
        now=clock.now(),
        zone=timezone.get_current_timezone(),
    )
    return [event_words(entry, telling) for entry in entries]


def _said(message: Message) -> dict[str, Any]:
    if message.author_user:
        name = name_of(message.author_user.actor_ref, known_people([message.author_user]))
    else:
        contact = message.author_contact
        name = contact_name(contact, contact.email) if contact else _("Keepwell itself")
    return {"id": message.pk, "name": name, "words": words_excerpt(message), "at": message.happened_at}
