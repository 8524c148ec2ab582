"""Playing the stories: one act after the other in order of time, each in a transaction with its own counting.

Killed anywhere, the next run goes on behind the last act that was committed, so nothing is played twice.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import lru_cache, partial
from itertools import islice
from typing import Any

from django.db import transaction

from keepwell.calendars.compiled import working_time_of
from keepwell.calendars.queries import default_calendar, version_in_force
from keepwell.cases.hand_off import HandOff
from keepwell.cases.models import Case
from keepwell.cases.new_case import NewCase
from keepwell.cases.resolution import Resolution
from keepwell.cases.verbs.assigning import Assignment, assign
from keepwell.cases.verbs.escalating import Destination, accept, escalate, return_
from keepwell.cases.verbs.noting import add_note
from keepwell.cases.verbs.opening import open_case
from keepwell.cases.verbs.receiving import customer_replies
from keepwell.cases.verbs.replying import Reply, reply
from keepwell.cases.verbs.severity import Reassessment, change_severity
from keepwell.cases.verbs.withdrawing import withdraw
from keepwell.conversations.verbs.releasing import release
from keepwell.conversations.verbs.writing import AT_ONCE
from keepwell.conversations.words import Words
from keepwell.customers.models import Contact, Deployment
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.refusals import Refused
from keepwell.operate.demo.asking import ask_outside
from keepwell.operate.demo.engaging import engage
from keepwell.operate.demo.furnishing import contact_email
from keepwell.operate.demo.judging import judge
from keepwell.operate.demo.mails import post
from keepwell.operate.demo.reviewing import review_all
from keepwell.operate.demo.steering import steer_all
from keepwell.operate.demo.stories import Act, Story, played_in_order, stories
from keepwell.operate.demo.watching import watch_over
from keepwell.operate.models import DemoCase, DemoPlay
from keepwell.people.models import User
from keepwell.service_levels.passing import fire_what_is_due
from keepwell.staffing.models import Team

FIRST_CASES = 100
TEAM_AT = {2: "Investigations", 3: "Consulting"}
# As the worker of a real installation would, only that its minute is this long.
DUES_EVERY = timedelta(hours=2)


def play(limit: int | None = None, *, told: Callable[[DemoPlay], None] = lambda played: None) -> None:
    """Plays on from where it stopped, so many acts at the most, and tells after each fifty."""
    played = DemoPlay.objects.get()
    remaining = islice(_order(played.seed, played.ends_at, played.cases), played.acts_played, None)
    last = None
    for count, (story, index) in enumerate(islice(remaining, limit), start=1):
        act = story.acts[index]
        if last is None or act.at - last >= DUES_EVERY:
            fire_what_is_due(at=act.at)
            last = act.at
        _play_one(played, story, act)
        if count % 50 == 0:
            told(played)
    if played.is_over:
        fire_what_is_due(at=played.ends_at)
        ask_outside(played.ends_at)
        steer_all(played.seed, played.ends_at)
        post(played.ends_at)
        engage(played.seed, played.ends_at)
        judge(played.ends_at)
        review_all(played.ends_at)
        watch_over(played.ends_at)
    told(played)


def acts_until_case(played: DemoPlay, cases: int) -> int:
    """How many acts it takes until so many cases are open or done."""
    order = _order(played.seed, played.ends_at, played.cases)
    return next((count for count, (story, _index) in enumerate(order) if story.number >= cases), len(order))


def plan(seed: int, ends_at: datetime, cases: int) -> DemoPlay:
    """Keeps what is to be played. Errors: IntegrityError if a demonstration is there already."""
    acts = len(_order(seed, ends_at, cases))
    return DemoPlay.objects.create(pk=1, seed=seed, ends_at=ends_at, cases=cases, acts=acts)


@lru_cache(maxsize=1)
def _order(seed: int, ends_at: datetime, cases: int) -> list[tuple[Story, int]]:
    hours = working_time_of(version_in_force(default_calendar(), ends_at))
    return list(played_in_order(stories(seed, ends_at, hours, cases=cases)))


@all_or_nothing()
def _play_one(played: DemoPlay, story: Story, act: Act) -> None:
    # Whoever looks round the demonstration may have changed the case meanwhile: then this act does not fit
    # any more, and the story goes on with the next.
    try:
        with transaction.atomic():
            _player(played, story, act)()
    except (Refused, DemoCase.DoesNotExist):
        pass
    played.acts_played += 1
    played.save(update_fields=["acts_played"])


def _player(played: DemoPlay, story: Story, act: Act) -> Callable[[], Any]:
    if act.what == "open":
        return partial(_open, played, story, act)
    case = DemoCase.objects.select_related("case").get(play=played, story=story.number).case
    return partial(PLAYERS[act.what], case, act, _contact(story))


def _open(played: DemoPlay, story: Story, act: Act) -> None:
    contact = _contact(story)
    given = act.given
    by_phone = given["way"] == "phone"
    new = NewCase(
        subject=given["subject"],
        contact=contact,
        words=Words(body=given["words"], channel=given["way"]),
        severity=given["severity"],
        situation=given["situation"],
        deployment=Deployment.objects.get(account=contact.account, product__name=given["product"]),
        is_live=given["is_live"],
    )
    case = open_case(new, by=_staff(act.who) if by_phone else _sign_in(contact), at=act.at)
    DemoCase.objects.create(play=played, story=story.number, case=case)


def _assign(case: Case, act: Act, contact: Contact) -> None:
    assign(case, Assignment(to=_staff(act.given["to"])), by=_staff(act.who), at=act.at)


def _reply(case: Case, act: Act, contact: Contact) -> None:
    given = act.given
    written = Reply(
        words=Words(body=given["words"], channel="portal"),
        intention=given.get("intention"),
        resolution=Resolution(how=given.get("how", "answered"), root_cause=given.get("cause", "")),
        undo_for=AT_ONCE,
    )
    message = reply(case, written, by=_staff(act.who), at=act.at)
    release(message, at=act.at)


def _note(case: Case, act: Act, contact: Contact) -> None:
    add_note(case, Words(body=act.given["words"]), by=_staff(act.who), at=act.at)


def _customer_reply(case: Case, act: Act, contact: Contact) -> None:
    customer_replies(case, Words(body=act.given["words"], channel="portal"), by=_sign_in(contact), at=act.at)


def _severity(case: Case, act: Act, contact: Contact) -> None:
    correction = act.given["correction"]
    to = Reassessment(
        severity=act.given["severity"],
        is_correction=correction,
        reason="Chosen by mistake in the form" if correction else "",
    )
    change_severity(case, to, by=_staff(act.who), at=act.at)


def _escalate(case: Case, act: Act, contact: Contact) -> None:
    level = act.given["level"]
    to = Destination(level=level, team=Team.objects.get(name=TEAM_AT[level]))
    parts = HandOff(**{part: act.given[part] for part in ("known", "tried", "needed")})
    escalate(case, to, parts, by=_staff(act.who), at=act.at)


def _accept(case: Case, act: Act, contact: Contact) -> None:
    accept(case, by=_staff(act.who), at=act.at)


def _return(case: Case, act: Act, contact: Contact) -> None:
    return_(case, act.given["reason"], by=_staff(act.who), at=act.at)


def _withdraw(case: Case, act: Act, contact: Contact) -> None:
    withdraw(case, by=_sign_in(contact), at=act.at)


PLAYERS: dict[str, Callable[[Case, Act, Contact], None]] = {
    "assign": _assign,
    "reply": _reply,
    "note": _note,
    "customer_reply": _customer_reply,
    "severity": _severity,
    "escalate": _escalate,
    "accept": _accept,
    "return": _return,
    "withdraw": _withdraw,
}


def _staff(key: str) -> User:
    return User.objects.get(email=f"{key}@causeway.example")


def _contact(story: Story) -> Contact:
    email = contact_email(story.account, story.contact)
    return Contact.objects.select_related("user", "account").get(addresses__email=email)


def _sign_in(contact: Contact) -> User:
    """Every contact of the demonstration signs in. Errors: Refused once somebody has taken that away."""
    if contact.user is None:
        raise Refused(f"{contact} does not sign in any more")
    return contact.user
