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
from keepwell.cases.verbs.noting import add_note
from keepwell.cases.verbs.opening import open_case
from keepwell.cases.verbs.receiving import customer_replies
from keepwell.cases.verbs.replying import Reply, reply
from keepwell.conversations.models import Message
from keepwell.conversations.verbs.failing import fail
from keepwell.conversations.verbs.participating import add_participant
from keepwell.conversations.verbs.releasing import release
from keepwell.conversations.words import Words
from keepwell.customers.models import Stewardship
from keepwell.customers.verbs.stewarding import appoint_steward
from keepwell.files.verbs.storing import store
from keepwell.people.models import User
from keepwell.service_levels.verbs.promising import promise_update
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
