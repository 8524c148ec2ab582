"""A desk of demo size with everything in it that moves a clock, and its Insight as a lead sees it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from django.db import connection

from keepwell.calendars.compiled import working_time_of
from keepwell.calendars.queries import default_calendar, version_in_force
from keepwell.cases.hand_off import HandOff
from keepwell.cases.models import Case
from keepwell.cases.new_case import NewCase
from keepwell.cases.resolution import Resolution
from keepwell.cases.verbs.contacting import HandEntry, log_contact
from keepwell.cases.verbs.escalating import Destination, escalate, return_
from keepwell.cases.verbs.merging import merge
from keepwell.cases.verbs.opening import open_case
from keepwell.cases.verbs.receiving import customer_replies
from keepwell.cases.verbs.replying import Reply, reply
from keepwell.cases.verbs.resolving import resolve
from keepwell.cases.verbs.severity import Reassessment, change_severity
from keepwell.cases.verbs.spam import mark_spam, not_spam
from keepwell.cases.verbs.waiting import take_back, wait_for_engineering
from keepwell.conversations.models import Message
from keepwell.conversations.verbs.failing import fail
from keepwell.conversations.verbs.releasing import release
from keepwell.conversations.words import Words
from keepwell.customers.models import Account
from keepwell.operate.demo.furnishing import furnish
from keepwell.operate.demo.stories import stories
from keepwell.operate.load.chunk import write_stories
from keepwell.operate.load.places import places
from keepwell.people.models import User
from keepwell.staffing.models import StaffProfile
from keepwell.staffing.verbs.absence import take_time_off
from tests import cast

LOADED, ACCOUNTS, SEED = 300, 6, 11
# What comes in by the verbs, of each account: the severity, and how long before the end.
LATELY = (
    ("normal", timedelta(hours=2)),
    ("normal", timedelta(hours=26)),
    ("high", timedelta(hours=3)),
    ("low", timedelta(hours=20, minutes=10)),  # at AT not yet a day old, by half an hour
    ("low", timedelta(days=2)),
    ("normal", timedelta(days=17)),  # the day before the month
)
# Cases that were kept because their customer was waited for, and would not have been without that.
WAITED_FOR = 3
CASES = LOADED + ACCOUNTS * len(LATELY) + WAITED_FOR
# The middle of a month, so that some of it is decided, some open, and some still to come.
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
ENDS_AT = datetime(2026, 6, 17, 15, 0, tzinfo=UTC)
AT = datetime(2026, 6, 17, 18, 20, tzinfo=UTC)


def furnished() -> None:
    """Loaded cases, and by the verbs what no loaded case goes through."""
    furnish(SEED, at=ENDS_AT - timedelta(days=120), accounts=ACCOUNTS)
    hours = working_time_of(version_in_force(default_calendar(), ENDS_AT))
    told = stories(SEED, ENDS_AT, hours, cases=LOADED)
    fitting = (replace(story, account=story.number % ACCOUNTS) for story in told)
    write_stories(fitting, places(ACCOUNTS), ends_at=ENDS_AT, seed="recount")
    by = cast.lea_the_lead()
    _came_in(by)
    _waited_for_customers(by)
    _asked(by)
    _waited(by)
    _spam(by)
    _merged(by)
    _told_later(by)
    _not_delivered()
    _corrected(by)
    _away()


def looked_through() -> None:
    """PostgreSQL is told what is there, which it finds out by itself only of what is committed: without that
    it reads whole tables for a page.
    """
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _open(**narrowed):
    return list(Case.objects.open().filter(is_spam=False, merged_into=None, **narrowed).order_by("-pk"))


def _came_in(by) -> None:
    for account in Account.objects.filter(cases__isnull=False).distinct().order_by("pk"):
        contact = account.contacts.order_by("pk").first()
        for severity, before in LATELY:
            new = NewCase(
                subject="The map stays grey",
                contact=contact,
                severity=severity,
                situation="Nobody can dispatch a crew." if severity == "high" else "",
                words=Words(body="As of this morning.", channel="portal"),
            )
            open_case(new, by=by, at=ENDS_AT - before)


def _waited_for_customers(by) -> None:
    """Solved on the eighth day, of which six were the customer's."""
    opened_at = ENDS_AT - timedelta(days=13)
    for account in Account.objects.filter(cases__isnull=False).distinct().order_by("pk")[:WAITED_FOR]:
        contact = account.contacts.filter(user__isnull=False).order_by("pk").first()
        new = NewCase(
            subject="The export is empty",
            contact=contact,
            words=Words(body="Of which layer, we do not know.", channel="portal"),
        )
        case = open_case(new, by=by, at=opened_at)
        question = Reply(words=Words(body="Which layer is it?", channel="desk"), intention="wait")
        release(reply(case, question, by=by, at=opened_at + HOUR), at=opened_at + 2 * HOUR)
        answer = Words(body="That of the hydrants.", channel="portal")
        customer_replies(case, answer, by=contact.user, at=opened_at + timedelta(days=7))
        resolve(case, Resolution(how="corrected"), by=by, at=opened_at + timedelta(days=8))


def _asked(by) -> None:
    """Hand-offs that nobody has answered yet, and two that came back."""
    to, why = (
        Destination(level=2),
        HandOff(
            known="The map stays grey since this morning",
            tried="Another map and another browser, without effect",
            needed="Somebody who reads the log of the map server",
        ),
    )
    for place, case in enumerate(_open(level=1)[::4]):
        asked = escalate(case, to, why, by=by, at=ENDS_AT + MINUTE)
        if place in (1, 2):
            return_(asked, "The log is in the case.", by=by, at=ENDS_AT + MINUTE)


def _waited(by) -> None:
    """Some wait for the engineers for a while, and are taken back."""
    for case in _open()[::5]:
        waiting = wait_for_engineering(case, by=by, at=ENDS_AT + timedelta(minutes=2))
        take_back(waiting, by=by, at=ENDS_AT + timedelta(minutes=8))


def _spam(by) -> None:
    for case in _open()[::7]:
        mark_spam(case, by=by, at=ENDS_AT + timedelta(minutes=10))
    not_spam(Case.objects.filter(is_spam=True).earliest("pk"), by=by, at=ENDS_AT + timedelta(minutes=20))


def _merged(by) -> None:
    """Each account's newest open case into the oldest."""
    for account in sorted({case.account_id for case in _open()}):
        newest, *_between, oldest = [*_open(account=account), None]
        older = _open(account=account)[-1] if oldest is None else oldest
        if older != newest:
            merge(newest, older, by=by, at=ENDS_AT + timedelta(minutes=30))


def _told_later(by) -> None:
    for minutes, case in enumerate(_open()[1::3]):
        at = max(case.opened_at, ENDS_AT - timedelta(hours=9)) + timedelta(minutes=minutes)
        said = HandEntry(
            happened_at=at,
            said="We spoke on the phone.",
            reason="It was another phone.",
            enter_until_at=ENDS_AT + timedelta(days=1),
        )
        if at < ENDS_AT:
            log_contact(case, said, by=by, at=ENDS_AT + timedelta(minutes=40))


def _not_delivered() -> None:
    """The newest answers of some cases, those that told of a resolution among them."""
    sent = Message.objects.filter(state="sent", direction="out", sent_at__gte=ENDS_AT - timedelta(days=12))
    for message in sent.order_by("-sent_at")[:60:4]:
        fail(message, at=ENDS_AT + timedelta(minutes=50))


def _corrected(by) -> None:
    for case in _open(severity="normal")[::4]:
        to = Reassessment(severity="low", is_correction=True, reason="Nothing is down.")
        change_severity(case, to, by=by, at=ENDS_AT + timedelta(minutes=55))


def _away() -> None:
    """Some of those who work cases are away for a week, one of them at once with another."""
    working = StaffProfile.objects.filter(level__isnull=False).order_by("user").values_list("user", flat=True)
    for place, person in enumerate(User.objects.filter(pk__in=working).order_by("pk")[:4]):
        first = ENDS_AT.date() - timedelta(days=9 - place)
        take_time_off(person, first, first + timedelta(days=5), kind="holiday", by=person)


def raw_connection():
    """psycopg's own, within the test's transaction."""
    connection.ensure_connection()
    return connection.connection
