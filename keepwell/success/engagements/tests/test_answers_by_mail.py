"""What calendars answer by mail sets what each attendee says: the whole way, from the bytes of the mail."""

from __future__ import annotations

from email.message import EmailMessage

import pytest
from icalendar import Calendar, vCalAddress, vText

from keepwell.cases.models import Case
from keepwell.channels.email.parsing.reading import read_mail
from keepwell.channels.email.tests import letters
from keepwell.channels.models import InboundMail, MailState
from keepwell.journal.models import Entry
from keepwell.success.engagements.models import Answer
from keepwell.success.engagements.tests.elm_falls import DAY, NEXT_WEEK, calendar_in, mails_to, scheduled
from keepwell.success.engagements.verbs.attending import add_colleague
from keepwell.success.engagements.verbs.ending import cancel
from keepwell.success.engagements.verbs.scheduling import move
from tests import cast


@pytest.fixture(autouse=True)
def trusted_host(settings) -> None:
    settings.KEEPWELL_MAIL_TRUSTED_HOSTS = [letters.TRUSTED]


@pytest.fixture
def engagement(account, sam, dana):
    return scheduled(account, sam, dana)


def replied(invitation, address: str, partstat: str, **event) -> bytes:
    """The calendar file that a mail program makes of an invitation when its reader chooses."""
    calendar = Calendar()
    calendar.add("prodid", "-//Somebody//Calendar//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "REPLY")
    asked = invitation.walk("VEVENT")[0]
    attendee = vCalAddress(f"MAILTO:{address}")
    attendee.params["partstat"] = vText(partstat)
    asked["ATTENDEE"] = attendee
    for name, value in event.items():
        asked[name] = value
    calendar.add_component(asked)
    return calendar.to_ical()


def letter_with(calendar: bytes, author: str, *, verdict: str = "") -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"] = f"Somebody <{author}>", "support@localhost"
    mail["Subject"], mail["Message-ID"] = "Accepted: Training", f"<{hash(calendar)}@x.example>"
    mail.set_content("Somebody has accepted this invitation.")
    mail.add_alternative(calendar, maintype="text", subtype="calendar", params={"method": "REPLY"})
    result = f"Authentication-Results: {letters._result(author, verdict)}\n".encode() if verdict else b""
    return result + mail.as_bytes()


def comes(calendar: bytes, author: str, **given) -> InboundMail:
    return letters.came_in(letter_with(calendar, author, **given))


@pytest.mark.parametrize(
    ("partstat", "said"),
    [("ACCEPTED", Answer.ACCEPTED), ("DECLINED", Answer.DECLINED), ("TENTATIVE", Answer.TENTATIVE)],
)
def test_an_answer_by_calendar_sets_what_the_attendee_says_and_opens_no_case(engagement, partstat, said):
    invitation = calendar_in(mails_to("dana@elmfalls.example")[0])
    mail = comes(replied(invitation, "dana@elmfalls.example", partstat), "dana@elmfalls.example")
    assert engagement.attendees.get().answer == said
    assert (mail.state, mail.decision) == (MailState.PARKED, "calendar_answer")
    assert not Case.objects.exists()
    entry = Entry.objects.get(kind="attendee.answered")
    assert (entry.fact("answer"), entry.actor_ref) == (said, engagement.attendees.get().contact.actor_ref)


def test_one_of_ours_answers_as_well(engagement, sam):
    add_colleague(engagement, cast.theo_at_level_two(), by=sam)
    invitation = calendar_in(mails_to("theo@vendor.example")[0])
    comes(replied(invitation, "theo@vendor.example", "DECLINED"), "theo@vendor.example")
    assert engagement.attendees.get(user__isnull=False).answer == Answer.DECLINED


def test_nobody_answers_for_another(engagement):
    invitation = calendar_in(mails_to("dana@elmfalls.example")[0])
    mail = comes(replied(invitation, "dana@elmfalls.example", "DECLINED"), "eve@elmfalls.example")
    assert engagement.attendees.get().answer == Answer.OPEN
    assert mail.decision != "calendar_answer"


def test_a_forged_answer_answers_nothing(engagement):
    invitation = calendar_in(mails_to("dana@elmfalls.example")[0])
    answer = replied(invitation, "dana@elmfalls.example", "DECLINED")
    comes(answer, "dana@elmfalls.example", verdict="fail")
    assert engagement.attendees.get().answer == Answer.OPEN


def test_an_answer_to_an_older_time_changes_nothing_and_one_to_a_later_update_of_the_same_does(
    engagement, sam
):
    first = calendar_in(mails_to("dana@elmfalls.example")[0])
    move(engagement, NEXT_WEEK + DAY, by=sam)
    comes(replied(first, "dana@elmfalls.example", "ACCEPTED"), "dana@elmfalls.example")
    assert engagement.attendees.get().answer == Answer.OPEN
    second = calendar_in(mails_to("dana@elmfalls.example")[1])
    comes(replied(second, "dana@elmfalls.example", "ACCEPTED"), "dana@elmfalls.example")
    assert engagement.attendees.get().answer == Answer.ACCEPTED


def test_an_answer_to_what_was_called_off_is_taken_and_changes_nothing(engagement, sam):
    invitation = calendar_in(mails_to("dana@elmfalls.example")[0])
    cancel(engagement, by=sam)
    mail = comes(replied(invitation, "dana@elmfalls.example", "ACCEPTED"), "dana@elmfalls.example")
    assert (mail.state, engagement.attendees.get().answer) == (MailState.PARKED, Answer.OPEN)


def test_an_answer_to_an_invitation_of_somebody_else_is_a_mail_like_any_other(engagement):
    invitation = calendar_in(mails_to("dana@elmfalls.example")[0])
    foreign = replied(invitation, "dana@elmfalls.example", "ACCEPTED", UID="b7@elsewhere.example")
    mail = comes(foreign, "dana@elmfalls.example")
    assert mail.decision != "calendar_answer"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\n",
        b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nATTENDEE;PARTSTAT=\xff:mailto:x\r\nEND:VEVENT\r\nEND:VCALENDAR",
        b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:1\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
        b"X" * 300_000,
    ],
)
def test_what_is_no_answer_by_calendar_is_read_without_one(content):
    assert [
        one for one in read_mail(letter_with(content, "dana@elmfalls.example")).calendar_replies if one.uid
    ] == []
