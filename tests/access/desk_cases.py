"""The desk's addresses of cases."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from keepwell.cases.hand_off import HandOff
from keepwell.cases.resolution import Resolution
from keepwell.cases.verbs.escalating import Destination, escalate
from keepwell.cases.verbs.privacy import make_private
from keepwell.cases.verbs.resolving import resolve
from keepwell.cases.verbs.snoozing import snooze
from keepwell.cases.verbs.spam import mark_spam
from keepwell.cases.verbs.waiting import wait_for_customer
from keepwell.channels.email.audience import audience_of
from keepwell.side_threads.verbs.ending import end
from tests.access.rows import Door, Given, Row, always, nothing, the_case
from tests.access.scene import Scene

SOON = {"until_at": "2026-06-10T08:00"}
ENOUGH = {
    "known": "The printer prints blank pages only",
    "tried": "Another cable, another driver, both without effect",
    "needed": "Somebody who reads the spooler log",
}


def asked(scene: Scene) -> None:
    escalate(scene.case, Destination(level=2), HandOff(**ENOUGH), by=scene.maria)


def solved(scene: Scene) -> None:
    resolve(scene.case, Resolution(how="corrected", root_cause="A driver"), by=scene.maria)


def page(name: str, of: Given = the_case, permit: str = "case.see", **more: Any) -> Row:
    return Row(name=f"desk:{name}", door=Door.DESK, who="maria", of=of, permit=permit, behind="cases", **more)


def post(name: str, permit: str, sends: Given = nothing, gets: int = 302, **more: Any) -> Row:
    given = {"of": the_case, "who": "maria", "behind": "cases", **more}
    return Row(
        name=f"desk:{name}", door=Door.DESK, method="POST", permit=permit, sends=sends, gets=gets, **given
    )


def act(name: str, permit: str, sends: Given = nothing, **more: Any) -> tuple[Row, Row]:
    """A form: looked at, then sent."""
    given: dict[str, Any] = {"of": the_case, "who": "maria", "behind": "cases", **more}
    looked_at = Row(name=f"desk:{name}", door=Door.DESK, permit=permit, **given)
    return looked_at, post(name, permit, sends, **more)


def _a_file(scene: Scene) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("new.txt", b"new")}


def _new_case(scene: Scene) -> dict[str, Any]:
    words = {"way": "message", "severity": "low", "subject": "A question by phone"}
    return {**words, "who": scene.dana.email, "key": str(uuid.uuid4())}


def of(**beside: Callable[[Scene], Any]) -> Given:
    return lambda scene: {"number": scene.case.number, **{key: get(scene) for key, get in beside.items()}}


def _answer(scene: Scene) -> dict[str, Any]:
    """Carl came to take part after the last answer had left, and Maria was told so."""
    return {"body": "We found it.", "told": audience_of(scene.case).differs.mark}


def _unverified(scene: Scene) -> dict[str, Any]:
    return {"number": scene.submission.case.number}


MESSAGE = of(message=lambda s: s.message.message_id)
NOTE = of(note=lambda s: s.note.pk)
MESSAGE_FILE = of(message=lambda s: s.message.message_id, attachment=lambda s: s.message.attachment_id)
NOTE_FILE = of(note=lambda s: s.note.pk, attachment=lambda s: s.noted.pk)
DRAFT_FILE = of(attachment=lambda s: s.draft_file.pk)
REMOVED_FILE = of(kind=lambda s: "reply", attachment=lambda s: s.draft_file.pk)

SIDE = of(side=lambda s: s.side.pk)
SIDE_MESSAGE = of(side=lambda s: s.side.pk, message=lambda s: s.side_message.pk)
SIDE_FILE = of(
    side=lambda s: s.side.pk, message=lambda s: s.side_message.pk, attachment=lambda s: s.side_file.pk
)
SIDE_PARTY = of(side=lambda s: s.side.pk, party=lambda s: s.party.pk)
QUESTION = {"to": "joe@hosting.example", "subject": "Is node 4 up?", "body": "Please look."}

ROWS = (
    Row(name="desk:today", door=Door.DESK, who="maria", permit="case.see"),
    Row(name="desk:cases", door=Door.DESK, who="maria", permit="case.see"),
    *act("new_case", "case.enter", _new_case, of=nothing, behind=""),
    post("cases_bulk", "case.see", lambda s: {"case": [s.case.number], "act": "take"}, of=nothing, behind=""),
    post("save_view", "case.see", always(name="Kept", query="state=open"), of=nothing, behind=""),
    post("forget_view", "case.see", of=lambda s: {"pk": s.view.pk}, only=("maria",), behind=""),
    page("case"),
    page("case_preview"),
    page("case_head"),
    page("case_thread"),
    page("case_known", permit="case.reply"),
    page("case_panel", of(name=lambda s: "customer")),
    page("case_presence"),
    post("case_presence", "case.see", always(doing="reading"), 204),
    page("case_why"),
    page("case_history"),
    page("case_news", permit="case.reply"),
    post("case_replies", "case.reply", _answer),
    post("case_notes", "case.note", always(body="Seen before.")),
    post("case_message_undo", "case.reply", of=of(message=lambda s: s.pending.pk)),
    *act("case_message_parting", "triage.place", of=of(message=lambda s: s.joined.message_id)),
    *act("case_message_redaction", "message.redact", always(whole="on"), of=MESSAGE, who="lea"),
    *act("case_note_redaction", "message.redact", always(whole="on"), of=NOTE, who="lea"),
    page("case_message_file", MESSAGE_FILE),
    page("case_note_file", NOTE_FILE),
    page("case_draft_file", DRAFT_FILE, only=("maria",)),
    post("case_written", "case.note", always(body="**Half** of it"), 200),
    post("case_draft", "case.note", always(body="Half of it"), 204, of=of(kind=lambda s: "note")),
    post("case_draft_files", "case.note", _a_file, 200, of=of(kind=lambda s: "note")),
    post("case_draft_file_removal", "case.note", of=REMOVED_FILE, only=("maria",)),
    *act("case_side_beginning", "case.ask_outside", always(**QUESTION)),
    page("case_side", SIDE),
    page("case_side_thread", SIDE),
    post("case_side_answers", "case.ask_outside", always(body="Any news?"), of=SIDE),
    post("case_side_ending", "case.ask_outside", of=SIDE),
    post("case_side_reopening", "case.ask_outside", of=SIDE, before=lambda s: end(s.side, by=s.maria)),
    page("case_side_file", SIDE_FILE),
    *act("case_side_redaction", "message.redact", always(whole="on"), of=SIDE_MESSAGE, who="lea"),
    *act("case_side_erasure", "person.erase", of=SIDE_PARTY, who="ada"),
    *act("case_assignment", "case.assign", lambda s: {"to": s.maria.pk}),
    *act("case_owner", "case.assign", lambda s: {"to": s.lea.pk}),
    *act("case_escalation", "case.escalate", always(to="2", **ENOUGH)),
    post("case_acceptance", "case.take_hand_off", who="theo", before=asked),
    *act("case_return", "case.take_hand_off", always(reason="Not ours."), who="theo", before=asked),
    *act("case_hand_off_taking_back", "case.escalate", before=asked),
    *act("case_resolution", "case.resolve", always(how="corrected", root_cause="A driver")),
    *act("case_withdrawal", "case.resolve", always(wish="Dana called: nothing is needed.")),
    *act("case_closure", "case.close", before=solved),
    *act("case_reopening", "case.reopen", before=solved),
    *act(
        "case_merge", "case.merge", lambda s: {"into": s.case.number}, of=lambda s: {"number": s.other.number}
    ),
    *act("case_spam", "case.mark_spam"),
    *act("case_no_spam", "case.mark_spam", before=lambda s: mark_spam(s.case, by=s.maria)),
    *act("case_severity", "case.change_severity", always(severity="high", situation="Nothing prints")),
    *act("case_subject", "case.change_details", always(subject="Silent printers")),
    *act("case_tags", "case.change_details", always(tags="printing")),
    *act("case_product", "case.change_details", lambda s: {"about": f"p{s.product.pk}"}),
    *act("case_privacy", "case.reply"),
    *act("case_sharing", "case.reply", before=lambda s: make_private(s.case, by=s.dana)),
    *act("case_sender", "triage.place", of=_unverified),
    *act("case_placement", "triage.place", always(account="Another Town"), of=_unverified),
    *act("case_customer_wait", "case.wait"),
    *act("case_engineering_wait", "case.wait"),
    *act("case_wait_end", "case.wait", before=lambda s: wait_for_customer(s.case, by=s.maria)),
    *act("case_schedule", "case.wait", always(**SOON)),
    *act("case_snooze", "case.snooze", always(**SOON)),
    *act(
        "case_waking",
        "case.snooze",
        before=lambda s: snooze(s.case, s.at + timedelta(days=1), by=s.maria),
    ),
    *act("case_update_promise", "case.reply", always(due_at="2026-06-10T08:00")),
    *act(
        "case_contact_log",
        "case.log_contact",
        always(happened_at="2026-06-09T09:00", is_live="on", said="We spoke.", reason="Another phone"),
    ),
    *act("case_participants", "case.reply", lambda s: {"contact": s.colleague.pk}),
    post("case_participant_confirmation", "case.reply", of=of(contact=lambda s: s.suggested.pk)),
    post("case_participant_removal", "case.reply", of=of(contact=lambda s: s.carl.contact.pk)),
)
