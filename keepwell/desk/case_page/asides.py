"""Side threads at a case: what was written in them as rows, and the list beside the thread."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from keepwell.cases.locking import allows
from keepwell.cases.models import Case
from keepwell.channels.email.at_the_case import side_mails_of
from keepwell.conversations.attached_files import files_of
from keepwell.desk.access import reader
from keepwell.desk.case_page.mails import ShownMail, shown_mails, words_with_quotes
from keepwell.desk.case_page.rows import SAID, Row
from keepwell.insight.doers import person_name
from keepwell.kit import markup
from keepwell.people import permits
from keepwell.people.models import User
from keepwell.side_threads.models import SideMessage, SideParty, SideState, SideThread
from keepwell.side_threads.queries import messages_beside, threads_beside

PERMIT = "case.ask_outside"
# So much of it stands at each message in the thread of the case.
SUBJECT_CHARACTERS = 60
TONES = {SideState.OPEN: "warn", SideState.WAITING: "on", SideState.ENDED: ""}


def asides_at(case: Any, who: User, *, since: datetime | None, before: datetime | None) -> list[Row]:
    """What was written in side threads between two instants; no query where the case has none."""
    if not case.has_side_threads:
        return []
    said = messages_beside(case, who, since=since, before=before)
    mails = mails_of_asides(said, who)
    return [_in_the_case(case, message, mails.get(message.pk)) for message in said]


def aside_rows(case: Case, said: Iterable[Any], who: User) -> list[Row]:
    """The same on the page of their side thread, each with its mail, and with the way to remove words."""
    messages = list(said)
    mails, may_redact = mails_of_asides(messages, who), permits.may(who, "message.redact")
    return [_by_itself(case, message, mails.get(message.pk), may_redact) for message in messages]


def mails_of_asides(said: Iterable[SideMessage], who: User) -> Mapping[int, ShownMail]:
    """How those that came in came, by the side message's id."""
    came = [message.pk for message in said if not message.is_ours]
    return shown_mails(side_mails_of(came), who)


def panel(request: HttpRequest, case: Any) -> dict[str, Any]:
    """Who was asked, and whether they answered."""
    who = reader(request)
    threads = threads_beside(case, who) if case.has_side_threads else []
    return {"threads": [_listed(case, thread) for thread in threads], "may_ask": may_ask(case, who)}


def may_ask(case: Case, who: User) -> bool:
    return permits.may(who, PERMIT) and allows(case, "note")


def state_chip(thread: SideThread) -> tuple[str, str]:
    """The state in words, and the tone of its chip."""
    return str(thread.get_state_display()), TONES[SideState(thread.state)]


def address_of_side(case: Case, thread: int) -> str:
    return reverse("desk:case_side", args=[case.number, thread])


def name_of_party(party: SideParty) -> str:
    return _("Erased person") if party.erased_at else party.name or party.address


def _listed(case: Case, thread: Any) -> dict[str, Any]:
    words, tone = state_chip(thread)
    return {
        "href": address_of_side(case, thread.pk),
        "subject": thread.subject,
        "names": _names(thread.parties.all()),
        "state": words,
        "tone": tone,
        "at": thread.last_at,
    }


def _in_the_case(case: Case, message: Any, mail: ShownMail | None) -> Row:
    """Told apart from what the customer reads, with the way to its side thread."""
    shown = _shown(case, message, mail)
    shown["under"] = _("side thread “%(subject)s”, %(under)s") % {
        "subject": markup.shortened(message.thread.subject, SUBJECT_CHARACTERS),
        "under": shown["under"],
    }
    shown["link"] = address_of_side(case, message.thread_id), _("Open it")
    return Row(at=message.happened_at, rank=SAID, message=shown)


def _by_itself(case: Case, message: Any, mail: ShownMail | None, may_redact: bool) -> Row:
    shown = _shown(case, message, mail)
    if may_redact and (message.body or message.files):
        place = [case.number, message.thread_id, message.pk]
        shown["link"] = reverse("desk:case_side_redaction", args=place), _("Remove words")
    return Row(at=message.happened_at, rank=SAID, message=shown, mail=mail)


def _shown(case: Case, message: Any, mail: ShownMail | None) -> dict[str, Any]:
    lost = [one.party for one in message.deliveries.all() if one.failed_at]
    is_gone = (message.redacted_at or message.erased_at) and not message.body
    return {
        "id": f"side-{message.pk}",
        "kind": "aside",
        "at": message.happened_at,
        "html": _words(message, mail),
        "files": [_file(case, message, file) for file in files_of(message.files)],
        "chips": [*_marks(message), *([(_("not delivered"), "bad")] if lost else [])],
        "words_of_state": _lost(_names(lost)) if lost else "",
        "state": "redacted" if is_gone else "",
        **(_ours(message) if message.is_ours else _theirs(message)),
    }


def _words(message: SideMessage, mail: ShownMail | None) -> Any:
    if message.is_ours:
        return markup.html(message.body)
    return words_with_quotes(message.body, mail.words) if mail else markup.typed(message.body)


def _marks(message: SideMessage) -> list[tuple[str, str]]:
    removed = [(_("words removed"), "warn")] if message.redacted_at and message.body else []
    unsure = [(_("writer not confirmed"), "warn")] if message.is_unconfirmed else []
    return [*unsure, *removed]


def _lost(names: str) -> str:
    return _("It did not reach %(names)s: find another way, or another address.") % {"names": names}


def _names(parties: Iterable[SideParty]) -> str:
    """The first of them, and how many others."""
    first, *others = [name_of_party(party) for party in parties] or [""]
    if not others:
        return first
    words = ngettext("%(first)s and %(others)s other", "%(first)s and %(others)s others", len(others))
    return words % {"first": first, "others": len(others)}


def _ours(message: Any) -> dict[str, Any]:
    names = _names(one.party for one in message.deliveries.all())
    author = message.author
    return {
        "name": person_name(author) if author else _("Keepwell itself"),
        "seed": author.pk if author else 0,
        "under": _("to %(names)s, not to the customer") % {"names": names},
    }


def _theirs(message: Any) -> dict[str, Any]:
    called = message.party.name if message.party else ""
    name = (
        _("Erased person") if message.erased_at else called or message.writer_name or message.writer_address
    )
    return {
        "name": name or _("Unknown sender"),
        "seed": message.party_id or message.thread_id,
        "under": _unseen_by_the_customer(message),
    }


def _unseen_by_the_customer(message: Any) -> str:
    """With the address of whoever is not confirmed: the name is what he calls himself."""
    if not message.is_unconfirmed or not message.writer_address:
        return _("the customer does not see it")
    return _("%(address)s, the customer does not see it") % {"address": message.writer_address}


def _file(case: Case, message: SideMessage, file: Any) -> dict[str, Any]:
    place = [case.number, message.thread_id, message.pk, file.pk]
    return {"href": reverse("desk:case_side_file", args=place), "name": file.name, "size": file.size}
