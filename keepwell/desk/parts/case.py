"""One case: its page, its parts, and everything that can be done with it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponseBase
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from keepwell.cases.locking import allows
from keepwell.cases.models import Case
from keepwell.desk.case_page import asides as side_threads
from keepwell.desk.case_page import panels
from keepwell.desk.registry import CaseAct, CasePanel, KeyHelp, register
from keepwell.desk.views.case import (
    asides,
    assigning,
    detailing,
    drafts,
    ending,
    escalating,
    files,
    history,
    notes,
    page,
    participants,
    parting,
    presence,
    redacting,
    replies,
    timing,
    why,
)
from keepwell.people.models import User


def _at(address: str, view: Callable[..., HttpResponseBase], name: str) -> URLPattern:
    return path(f"cases/<int:number>/{address}", view, name=name)


urlpatterns = [
    _at("", page.case, "case"),
    _at("head/", page.case_head, "case_head"),
    _at("thread/", page.thread, "case_thread"),
    _at("panels/<slug:name>/", page.panel, "case_panel"),
    _at("presence/", presence.presence, "case_presence"),
    _at("why/", why.why, "case_why"),
    _at("history/", history.history, "case_history"),
    # Writing
    _at("replies/", replies.replies, "case_replies"),
    _at("replies/known/", replies.known, "case_known"),
    _at("news/", replies.news, "case_news"),
    _at("notes/", notes.notes, "case_notes"),
    _at("messages/<int:message>/undo/", replies.undone, "case_message_undo"),
    _at("messages/<int:message>/parting/", parting.parting, "case_message_parting"),
    _at("messages/<int:message>/redaction/", redacting.message_redaction, "case_message_redaction"),
    _at("notes/<int:note>/redaction/", redacting.note_redaction, "case_note_redaction"),
    _at("messages/<int:message>/files/<int:attachment>/", files.message_file, "case_message_file"),
    _at("notes/<int:note>/files/<int:attachment>/", files.note_file, "case_note_file"),
    _at("draft-files/<int:attachment>/", files.draft_file, "case_draft_file"),
    _at("written/", drafts.written, "case_written"),
    _at("drafts/<slug:kind>/", drafts.draft, "case_draft"),
    _at("drafts/<slug:kind>/files/", drafts.draft_files, "case_draft_files"),
    _at(
        "drafts/<slug:kind>/files/<int:attachment>/removal/",
        drafts.draft_file_removal,
        "case_draft_file_removal",
    ),
    # Side threads
    _at("side-threads/new/", asides.beginning, "case_side_beginning"),
    _at("side-threads/<int:side>/", asides.side, "case_side"),
    _at("side-threads/<int:side>/thread/", asides.side_thread, "case_side_thread"),
    _at("side-threads/<int:side>/answers/", asides.answers, "case_side_answers"),
    _at("side-threads/<int:side>/end/", asides.ending, "case_side_ending"),
    _at("side-threads/<int:side>/reopening/", asides.reopening, "case_side_reopening"),
    _at(
        "side-threads/<int:side>/messages/<int:message>/files/<int:attachment>/",
        asides.side_file,
        "case_side_file",
    ),
    _at(
        "side-threads/<int:side>/messages/<int:message>/redaction/",
        asides.redaction,
        "case_side_redaction",
    ),
    _at("side-threads/<int:side>/people/<int:party>/erasure/", asides.erasure, "case_side_erasure"),
    # Acts
    _at("assignment/", assigning.assignment, "case_assignment"),
    _at("owner/", assigning.owner, "case_owner"),
    _at("escalation/", escalating.escalation, "case_escalation"),
    _at("escalation/acceptance/", escalating.acceptance, "case_acceptance"),
    _at("escalation/return/", escalating.hand_off_return, "case_return"),
    _at("escalation/taking-back/", escalating.taking_back, "case_hand_off_taking_back"),
    _at("resolution/", ending.resolution, "case_resolution"),
    _at("withdrawal/", ending.withdrawal, "case_withdrawal"),
    _at("closure/", ending.closure, "case_closure"),
    _at("reopening/", ending.reopening, "case_reopening"),
    _at("merge/", ending.merge, "case_merge"),
    _at("spam/", ending.spam, "case_spam"),
    _at("spam/removal/", ending.no_spam, "case_no_spam"),
    _at("severity/", detailing.severity, "case_severity"),
    _at("subject/", detailing.subject, "case_subject"),
    _at("tags/", detailing.tags, "case_tags"),
    _at("product/", detailing.product, "case_product"),
    _at("privacy/", detailing.privacy, "case_privacy"),
    _at("privacy/removal/", detailing.sharing, "case_sharing"),
    _at("sender/", detailing.sender, "case_sender"),
    _at("placement/", detailing.placement, "case_placement"),
    _at("customer-wait/", timing.customer_wait, "case_customer_wait"),
    _at("engineering-wait/", timing.engineering_wait, "case_engineering_wait"),
    _at("wait/end/", timing.work_going_on, "case_wait_end"),
    _at("schedule/", timing.schedule, "case_schedule"),
    _at("snooze/", timing.snooze, "case_snooze"),
    _at("snooze/end/", timing.waking, "case_waking"),
    _at("update-promise/", timing.update_promise, "case_update_promise"),
    _at("contacts/", timing.contact_log, "case_contact_log"),
    _at("participants/", participants.participants, "case_participants"),
    _at(
        "participants/<int:contact>/confirmation/",
        participants.confirmation,
        "case_participant_confirmation",
    ),
    _at("participants/<int:contact>/removal/", participants.removal, "case_participant_removal"),
]

Offered = Callable[[User, Case], bool]


def _when(act: str, also: Offered = lambda who, case: True) -> Offered:
    return lambda who, case: allows(case, act) and also(who, case)


def _panel(name: str, position: int, context: Callable[..., object], *topics: str) -> CasePanel:
    template = f"desk/case/panels/_{name.replace('-', '_')}.html"
    return CasePanel(name=name, position=position, template=template, context=context, live=topics)  # type: ignore[arg-type]


register(
    _panel("promises", 100, panels.promises, "case:%d"),
    _panel("customer", 200, panels.customer),
    _panel("hand-off", 300, panels.hand_off, "case:%d"),
    _panel("side-threads", 350, side_threads.panel, "case:%d"),
    _panel("people", 400, panels.people, "case:%d"),
    _panel("details", 500, panels.details, "case:%d"),
    _panel("history", 900, panels.history),
)

register(
    CaseAct(
        name="assign",
        position=10,
        permit="case.assign",
        words=_("Assign"),
        icon="user-plus",
        key="a",
        url_name="desk:case_assignment",
        is_main=True,
        is_offered=_when("assign"),
    ),
    CaseAct(
        name="snooze",
        position=20,
        permit="case.snooze",
        words=_("Snooze"),
        icon="alarm-clock",
        key="s",
        url_name="desk:case_snooze",
        is_main=True,
        is_offered=_when("snooze"),
    ),
    CaseAct(
        name="ask",
        position=25,
        permit=side_threads.PERMIT,
        words=_("Ask somebody else"),
        icon="messages-square",
        key="o",
        url_name="desk:case_side_beginning",
        is_main=True,
        is_offered=_when("note"),
    ),
    CaseAct(
        name="escalate",
        position=30,
        permit="case.escalate",
        words=_("Escalate"),
        icon="arrow-up-right",
        key="e",
        url_name="desk:case_escalation",
        is_main=True,
        is_offered=_when("escalate"),
    ),
    CaseAct(
        name="resolve",
        position=40,
        permit="case.resolve",
        words=_("Resolve"),
        icon="check",
        url_name="desk:case_resolution",
        is_main=True,
        is_offered=_when("resolve"),
    ),
)

# In the menu, in this order: name, permit, words, icon, address, when.
MENU: tuple[tuple[str, str, object, str, str, Offered], ...] = (
    ("sender", "triage.place", _("The sender is who he says"), "shield-check", "sender",
     _when("place", lambda who, case: not case.is_verified_sender)),
    ("place", "triage.place", _("Place at an account"), "building-2", "placement", _when("place")),
    ("take-back", "case.wait", _("Work goes on"), "play", "wait_end", _when("take_back")),
    ("wait", "case.wait", _("Wait for the customer"), "pause", "customer_wait", _when("wait_for_customer")),
    ("wait-engineering", "case.wait", _("Wait for engineering"), "wrench", "engineering_wait",
     _when("wait_for_engineering")),
    ("schedule", "case.wait", _("Schedule"), "calendar-clock", "schedule", _when("schedule")),
    ("wake", "case.snooze", _("Back into the lists"), "bell", "waking",
     _when("snooze", lambda who, case: case.snoozed_until_at is not None)),
    ("withdraw", "case.resolve", _("The customer needs nothing any more"), "undo-2", "withdrawal",
     _when("withdraw")),
    ("reopen", "case.reopen", _("Reopen"), "rotate-ccw", "reopening", _when("reopen")),
    ("close", "case.close", _("Close"), "archive", "closure", _when("close")),
    ("severity", "case.change_severity", _("Change the severity"), "signal", "severity",
     _when("change_severity")),
    ("contact", "case.log_contact", _("Log a contact"), "phone", "contact_log", _when("log_contact")),
    ("subject", "case.change_details", _("Another subject"), "pencil", "subject", _when("change_details")),
    ("private", "case.reply", _("Make it private"), "eye-off", "privacy",
     _when("note", lambda who, case: not case.is_private)),
    ("shared", "case.reply", _("No longer private"), "eye", "sharing",
     _when("note", lambda who, case: case.is_private)),
    ("merge", "case.merge", _("Merge into another case"), "git-merge", "merge", _when("merge")),
    ("spam", "case.mark_spam", _("Mark as spam"), "ban", "spam", _when("mark_spam")),
    ("no-spam", "case.mark_spam", _("No spam after all"), "inbox", "no_spam",
     lambda who, case: case.is_spam and not case.is_merged),
)  # fmt: skip

register(
    *(
        CaseAct(
            name=name,
            position=100 + number,
            permit=permit,
            words=words,  # type: ignore[arg-type]
            icon=icon,
            url_name=f"desk:case_{address}",
            is_offered=is_offered,
        )
        for number, (name, permit, words, icon, address, is_offered) in enumerate(MENU)
    ),
    KeyHelp(name="reply", position=30, key="R", words=_("Reply")),
    KeyHelp(name="note", position=31, key="N", words=_("Note")),
    KeyHelp(name="escalate", position=32, key="E", words=_("Escalate")),
    KeyHelp(name="assign", position=33, key="A", words=_("Assign")),
    KeyHelp(name="snooze", position=34, key="S", words=_("Snooze")),
    KeyHelp(name="ask", position=35, key="O", words=_("Ask somebody else")),
    KeyHelp(name="send", position=36, key="Ctrl ↵", words=_("Send what is written")),
)
