"""A case as real ones are: three levels of people, a hand-off, a wait, files, notes, a failed delivery."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.core.files.base import ContentFile

from keepwell.cases.hand_off import HandOff
from keepwell.cases.models import Case
from keepwell.cases.new_case import NewCase
from keepwell.cases.verbs.assigning import Assignment, assign
from keepwell.cases.verbs.contacting import HandEntry, log_contact
from keepwell.cases.verbs.detailing import change_tags
from keepwell.cases.verbs.escalating import Destination, accept, escalate
from keepwell.cases.verbs.merging import merge
from keepwell.cases.verbs.noting import add_note
from keepwell.cases.verbs.opening import open_case
from keepwell.cases.verbs.receiving import customer_replies
from keepwell.cases.verbs.replying import Reply, reply
from keepwell.conversations.models import DraftKind, Message
from keepwell.conversations.verbs.drafting import attach_to_draft, save_draft
from keepwell.conversations.verbs.failing import fail
from keepwell.conversations.verbs.participating import add_participant, remove_participant
from keepwell.conversations.verbs.releasing import release
from keepwell.conversations.words import Words
from keepwell.customers.models import Stewardship
from keepwell.customers.verbs.stewarding import appoint_steward
from keepwell.files.verbs.storing import store
from keepwell.people.models import User
from keepwell.service_levels.verbs.promising import promise_update
from keepwell.staffing.attending import attend
from tests import cast

MINUTE = timedelta(minutes=1)
AT_ONCE = timedelta(0)
# A Tuesday, eight in the morning in Chicago.
EIGHT = datetime(2026, 6, 9, 13, 0, tzinfo=UTC)
LATER = EIGHT + timedelta(hours=3)
PICTURE = b"\x89PNG\r\n\x1a\n" + b"\0" * 9_000


def the_case() -> Case:
    """Crews of Elm Falls cannot save work orders; level 2 has it, and the customer was asked something."""
    cast.the_guidelines()
    dana, maria, theo = cast.dana_at_elm_falls(), cast.maria_the_specialist(), cast.theo_at_level_two()
    _surroundings(dana)
    case = _opened(dana)
    assign(case, Assignment(to=maria, team=cast.team_at(1)), by=maria, at=EIGHT + 4 * MINUTE)
    answered(
        case,
        maria,
        "I see the failed saves on your site and can reproduce them.\n\n- Your crews can keep working "
        "offline: entries are kept on the phone.\n- I am taking this to our second level now and will "
        "write again before noon.",
        EIGHT + 9 * MINUTE,
    )
    _handed_over(case, maria, theo)
    add_note(
        case,
        Words(body="The lock comes from the nightly **export**, see `pg_stat_activity`. Stopped at 08:31."),
        by=theo,
        at=EIGHT + 31 * MINUTE,
    )
    said(
        case,
        dana,
        "Two crews report that it works again. The others still get the error.",
        EIGHT + 50 * MINUTE,
    )
    call = HandEntry(
        happened_at=EIGHT + 60 * MINUTE,
        said="Dana tried it with me on the line: saving works on her own phone.",
        reason="She called me on my own phone.",
        enter_until_at=EIGHT + timedelta(days=2),
    )
    log_contact(case, call, by=theo, at=EIGHT + 75 * MINUTE)
    lost = answered(case, theo, "Please let the other crews sign in once more.", EIGHT + 80 * MINUTE)
    fail(lost, at=EIGHT + 81 * MINUTE)
    change_tags(case, ["saving", "database", "city-wide"], by=theo, at=EIGHT + 82 * MINUTE)
    promise_update(case, EIGHT + timedelta(hours=5), by=theo, at=EIGHT + 90 * MINUTE)
    return Case.objects.get(pk=case.pk)


def the_case_with_everything() -> Case:
    """The same with all that a page can show at once: merged, following another, more said than one page
    holds, somebody beside, a hand-off asked again, and Lea's two drafts with a file each.
    """
    case = the_case()
    dana, maria, theo, lea = (
        cast.dana_at_elm_falls(),
        cast.maria_the_specialist(),
        cast.theo_at_level_two(),
        cast.lea_the_lead(),
    )
    for number in range(45):
        said(case, dana, f"Crew {number} can save again.", EIGHT + 82 * MINUTE)
    _joined_by_others(case, dana, maria)
    call = HandEntry(
        happened_at=EIGHT + 87 * MINUTE,
        said="All crews can save.",
        reason="Dana called.",
        enter_until_at=EIGHT + timedelta(days=2),
    )
    log_contact(case, call, by=theo, at=EIGHT + 88 * MINUTE)
    list_of_errors = store(ContentFile(b"crew,error", name="error-list.csv"), by=maria, at=EIGHT)
    note = Words(body="All that was said by phone is in the list.", attachments=[list_of_errors])
    add_note(case, note, by=maria, at=EIGHT + 92 * MINUTE)
    parts = HandOff(known="It comes back at night.", tried="The export is off.", needed="A mended export.")
    escalate(case, Destination(level=3), parts, by=theo, at=EIGHT + 93 * MINUTE)
    for kind in (DraftKind.REPLY, DraftKind.NOTE):
        save_draft(case.conversation, kind=kind, body="Begun.", by=lea, at=EIGHT + 94 * MINUTE)
        file = store(ContentFile(PICTURE, name="to-be-sent.png"), by=lea, at=EIGHT + 94 * MINUTE)
        attach_to_draft(case.conversation, file, kind=kind, by=lea)
    attend(theo, "case", case.pk, doing="reading", at=EIGHT + 94 * MINUTE)
    return Case.objects.get(pk=case.pk)


def _joined_by_others(case: Case, dana: User, maria: User) -> None:
    """Another case was merged into it, it follows a third one, and somebody takes part no more."""
    pia, words = cast.pia_at_elm_falls_water(), Words(body="Also the copier is dead.", channel="portal")
    about = [("case", case.pk)]
    add_participant(case.conversation, pia.contact, about=about, by=maria, at=EIGHT + 83 * MINUTE)
    remove_participant(case.conversation, pia.contact, about=about, by=maria, at=EIGHT + 84 * MINUTE)
    others = [
        open_case(
            NewCase(subject=subject, severity="low", contact=dana.contact, words=words),
            by=dana,
            at=EIGHT + 85 * MINUTE,
        )
        for subject in ("The copier", "Last year's locks")
    ]
    merge(others[0], case, by=maria, at=EIGHT + 86 * MINUTE)
    Case.objects.filter(pk=case.pk).update(follow_up_of=others[1])


def said(case: Case, by: User, body: str, at: datetime) -> Case:
    return customer_replies(case, Words(body=body, channel="portal"), by=by, at=at)


def answered(case: Case, by: User, body: str, at: datetime) -> Message:
    """An answer that has left."""
    message = reply(case, Reply(words=Words(body=body), undo_for=AT_ONCE), by=by, at=at)
    release(message, at=at)
    message.refresh_from_db()
    return message


def _surroundings(dana: User) -> None:
    account = cast.elm_falls()
    appoint_steward(account, cast.sam_the_success_manager(), Stewardship.Kind.SUCCESS, by=cast.CAST)
    appoint_steward(account, cast.alma_the_account_manager(), Stewardship.Kind.ACCOUNT, by=cast.CAST)
    for subject, severity in (
        ("Photos of potholes come upside down", "low"),
        ("Report by district", "normal"),
    ):
        words = Words(body="It is as it says above.", channel="portal")
        new = NewCase(subject=subject, severity=severity, contact=dana.contact, words=words)
        open_case(new, by=dana, at=EIGHT - timedelta(days=1))


def _opened(dana: User) -> Case:
    picture = store(ContentFile(PICTURE, name="could-not-save.png"), by=dana, at=EIGHT)
    words = Words(
        body='Since about 7:30 every crew lead gets **"Could not save"** on any work order. Nothing is '
        "recorded for this morning's potholes. 34 people are affected.",
        channel="form",
        attachments=[picture],
    )
    new = NewCase(
        subject="Work orders cannot be saved since this morning",
        contact=dana.contact,
        words=words,
        severity="high",
        situation="nobody can work",
        product=cast.roadworks(),
    )
    case = open_case(new, by=dana, at=EIGHT)
    carl = cast.carl_the_administrator_of_elm_falls()
    add_participant(case.conversation, carl.contact, about=[("case", case.pk)], by=dana, at=EIGHT + MINUTE)
    return case


def _handed_over(case: Case, maria: User, theo: User) -> None:
    parts = HandOff(
        known="Saving fails with 504 on /workorders since 07:28, only this site.",
        tried="Another browser; the offline queue works.",
        needed="Look at the database locks of the site.",
    )
    escalate(case, Destination(level=2, team=cast.team_at(2)), parts, by=maria, at=EIGHT + 15 * MINUTE)
    accept(case, by=theo, at=EIGHT + 21 * MINUTE)
