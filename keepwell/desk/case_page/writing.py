"""The boxes below the thread: what stands in them, with drafts and their files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db.models import OuterRef
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString

from keepwell.cases.locking import allows
from keepwell.cases.models import Case
from keepwell.channels.email.audience import last_cc
from keepwell.conversations import attached_files
from keepwell.conversations.attached_files import File, attached, places_of
from keepwell.conversations.models import Draft, DraftAttachment, DraftKind
from keepwell.conversations.verbs.drafting import attach_to_draft, save_draft
from keepwell.customers.naming import contact_name
from keepwell.customers.queries import contacts_visible_to
from keepwell.desk.access import reader
from keepwell.desk.case_page.news import News, Seen
from keepwell.desk.case_page.people import copies_at, participants_of
from keepwell.desk.forms.case.writing import HOWS, ReplyForm
from keepwell.files.models import Attachment
from keepwell.files.verbs.storing import store
from keepwell.kit import markup, pictures
from keepwell.kit.asking import Question
from keepwell.kit.refusals import Refused
from keepwell.people import permits
from keepwell.people.models import User

KNOWN_AT_MOST = 50
REPLY, NOTE = DraftKind.REPLY, DraftKind.NOTE
DRAFTS = Question(
    lambda conversation, user: Draft.objects.filter(conversation=conversation, user=user).annotate(
        files=attached(DraftAttachment.objects.filter(draft=OuterRef("pk")))
    )
)


def drafts_of(case: Case, who: User) -> dict[str, Any]:
    """What this person has begun here, by kind, with the files at hand."""
    return {draft.kind: draft for draft in DRAFTS.objects(case.conversation_id, who.pk)}


def may_reply(case: Case, who: User) -> bool:
    return permits.may(who, "case.reply") and allows(case, "reply")


def may_note(case: Case, who: User) -> bool:
    return permits.may(who, "case.note") and allows(case, "note")


def reply_box(
    request: HttpRequest,
    case: Case,
    draft: Draft | None,
    *,
    seen: Seen,
    form: Any = None,
    news: News | None = None,
) -> dict[str, Any]:
    """What the reply form is given; `form` is one that came back, with what was typed."""
    who = reader(request)
    return {
        "case": case,
        "reply": {
            "body": form.data.get("body", "") if form else (draft.body if draft else ""),
            "form": form,
            "preview": _preview(case, draft, form),
            "files": _files(case, draft),
            "seen": seen,
            "news": news,
            "to": to_whom(case),
            **_copies(case, draft, form),
            "audience": form.audience if form else None,
            "told": _told(form) if form else "",
            "hows": HOWS,
            "may_wait": permits.may(who, "case.wait") and _may_wait(case),
            "may_resolve": permits.may(who, "case.resolve") and allows(case, "resolve"),
        },
    }


def note_box(case: Case, draft: Draft | None, form: Any = None) -> dict[str, Any]:
    body = form.data.get("body", "") if form else (draft.body if draft else "")
    return {"case": case, "note": {"body": body, "form": form, "files": _files(case, draft)}}


def to_whom(case: Case) -> list[dict[str, str]]:
    """Those who will read an answer, by `name`, and the `address` that it is mailed to, "" for none."""
    return [
        {"name": contact_name(part.contact, part.email), "address": part.mailed_to or ""}
        for part in participants_of(case)
        if part.takes_part
    ]


def people_of_account(case: Case, who: User) -> list[tuple[str, str]]:
    """Addresses and names of people of the account, to choose from for a copy; at most 50."""
    if case.account_id is None:
        return []
    rows = contacts_visible_to(who).filter(account=case.account_id, merged_into__isnull=True)
    found = rows.filter(addresses__is_primary=True, addresses__bounced_at__isnull=True)
    return list(found.order_by("name", "pk").values_list("addresses__email", "name")[:KNOWN_AT_MOST])


def keep(case: Case, kind: str, given: Mapping[str, str], who: User) -> Draft | None:
    """Whatever comes of it, what was typed is on the server."""
    copies = (given.get("cc", ""), given.get("bcc", "")) if "cc" in given else None
    return save_draft(case.conversation, kind=kind, body=given.get("body", ""), copies=copies, by=who)


def _copies(case: Case, draft: Draft | None, form: Any) -> dict[str, str]:
    """As they were typed; before anything was, those who were named as Cc of the last answer."""
    if form:
        return {name: form.data.get(name, "") for name in ("cc", "bcc")}
    if draft and (draft.body or draft.cc or draft.bcc):
        return {"cc": draft.cc, "bcc": draft.bcc}
    return {"cc": ", ".join(last_cc(copies_at(case))), "bcc": ""}


def take_files(case: Case, kind: str, files: list[UploadedFile[Any]], who: User) -> list[str]:
    """Puts the files to the draft; gives the words for those that were refused."""
    refusals = []
    for file in files:
        try:
            attach_to_draft(case.conversation, store(file, by=who), kind=kind, by=who)
        except Refused as refusal:
            refusals.append(str(refusal))
    return refusals


def files_of(case: Case, kind: str, who: User) -> list[Attachment]:
    """The files that go with what this person is about to send."""
    rows = DraftAttachment.objects.filter(
        draft__conversation=case.conversation_id, draft__user=who, draft__kind=kind
    )
    return [row.attachment for row in rows.select_related("attachment").order_by("pk")]


def _told(form: ReplyForm) -> str:
    return form.audience.differs.mark if form.audience else str(form.data.get("told", ""))


def _may_wait(case: Case) -> bool:
    # The answer itself opens a new case, so that it may wait afterwards.
    return allows(case, "wait_for_customer") or (case.state == "new" and allows(case, "reply"))


def _preview(case: Case, draft: Any, form: Any) -> SafeString | str:
    """As it will be read, where that was asked for."""
    if not form or form.cleaned_data.get("then") != "preview":
        return ""
    places = places_of(_attached(draft), lambda file: _href(case, file))
    return pictures.placed(markup.html(form.data.get("body", "")), places)


def _files(case: Case, draft: Any) -> list[dict[str, Any]]:
    return [shown_file(case, draft.kind, file) for file in _attached(draft)]


def _attached(draft: Any) -> list[File]:
    return attached_files.files_of(draft.files) if draft else []


def _href(case: Case, file: Attachment | File) -> str:
    return reverse("desk:case_draft_file", args=[case.number, file.pk])


def shown_file(case: Case, kind: str, attachment: Attachment | File) -> dict[str, Any]:
    return {
        "pk": attachment.pk,
        "name": attachment.name,
        "size": attachment.size,
        "is_picture": attachment.is_picture,
        "href": _href(case, attachment),
        "removal": reverse("desk:case_draft_file_removal", args=[case.number, kind, attachment.pk]),
    }
