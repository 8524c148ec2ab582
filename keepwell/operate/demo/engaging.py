"""Thirteen months of engagements with the customers of the demonstration, through the verbs.

Pure chance by the number of the account, so that each start gives the same. The last of each cadence lies
ahead: scheduled where it is near, else still to be arranged.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from keepwell.conversations.words import Words
from keepwell.customers.models import Account, Contact, Stewardship
from keepwell.enquiries.models import Kind as Asked
from keepwell.enquiries.verbs.asking import NewEnquiry, ask
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.operate.demo import cast
from keepwell.success.engagements.models import AHEAD, Action, Cadence, Engagement, Kind, Outcome, Side, Way
from keepwell.success.engagements.proposing import proposal, zone_of
from keepwell.success.engagements.recurring import HALF_YEARLY, QUARTERLY
from keepwell.success.engagements.verbs.acting import NewAction, add_action, finish_action
from keepwell.success.engagements.verbs.attending import add_contact, answer
from keepwell.success.engagements.verbs.booking import offer_times
from keepwell.success.engagements.verbs.cadences import NewCadence, set_cadence
from keepwell.success.engagements.verbs.holding import close, hold
from keepwell.success.engagements.verbs.logging import Logged, log
from keepwell.success.engagements.verbs.rating import rate
from keepwell.success.engagements.verbs.scheduling import schedule
from keepwell.success.engagements.verbs.writing import Details, change_details, note_for_us, share_notes

BACK_FOR = timedelta(days=395)
NEAR = timedelta(days=21)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
CADENCES = ((Kind.CHECK_IN, QUARTERLY, 45), (Kind.BUSINESS_REVIEW, HALF_YEARLY, 90))


def engage(seed: int, at: datetime) -> None:
    """All accounts that nobody has met yet, each whole or not at all: what was stopped goes on."""
    for account in Account.objects.order_by("pk"):
        if not Cadence.objects.filter(account=account).exists():
            _engage(account, random.Random(f"keepwell demo engagements {seed} {account.pk}"), at)


@all_or_nothing()
def _engage(account: Account, chance: random.Random, at: datetime) -> None:
    steward = Stewardship.objects.filter(account=account, kind=Stewardship.Kind.SUCCESS, to_at=None).first()
    contacts = list(account.contacts.order_by("pk").select_related("user"))
    if steward is None or not contacts:
        return
    host = steward.user
    for kind, rule, minutes in CADENCES:
        starts_on = (at - BACK_FOR + chance.randrange(60) * DAY).date()
        new = NewCadence(kind=kind, rule=rule, starts_on=starts_on, host=host, lasts_minutes=minutes)
        cadence = set_cadence(account, new, by=host, at=at - BACK_FOR)
        for engagement in _one_after_the_other(cadence, at):
            _hold(engagement, contacts, chance, at)
        _look_ahead(cadence, contacts, at)
    for _each in range(chance.randrange(1, 4)):
        happened_at = at - chance.randrange(1, 60) * DAY
        way = chance.choice(Way.values)
        contact = chance.choice(contacts) if way != Way.NOTE else None
        words = chance.choice(cast.LOGGED)
        log(account, Logged(way=way, words=words, contact=contact, happened_at=happened_at), by=host, at=at)
    if chance.random() < 0.3:
        _ask(chance.choice(contacts), chance, at)


def _one_after_the_other(cadence: Cadence, at: datetime) -> Iterator[Engagement]:
    """The one ahead, for as long as its day lies behind; held, it is followed by the next.

    On a Sunday what is wanted for the day before lies ahead: nobody met.
    """
    while True:
        engagement = cadence.engagements.filter(state__in=AHEAD).first()
        if engagement is None or engagement.wanted_on is None:
            return
        if _working_day(engagement.wanted_on) >= at.date():
            return
        yield engagement


def _hold(engagement: Engagement, contacts: list[Contact], chance: random.Random, at: datetime) -> None:
    assert engagement.host is not None
    assert engagement.wanted_on is not None
    host, contact = engagement.host, chance.choice(contacts)
    starts_at = _on(engagement.account, engagement.wanted_on, chance.randrange(9, 16))
    before, after = starts_at - 10 * DAY, min(starts_at + 2 * HOUR, at)
    add_contact(engagement, contact, by=host, at=before)
    about = chance.choice(cast.ENGAGED_ABOUT)
    change_details(engagement, _details(engagement, about.agenda), by=host, at=before)
    schedule(engagement, starts_at, by=host, at=before)
    hold(engagement, by=host, at=min(starts_at + HOUR, at))
    share_notes(engagement, about.notes, by=host, at=after)
    if chance.random() < 0.4:
        note_for_us(engagement, about.for_us, by=host, at=after)
    has_next = chance.random() < 0.7
    done = _agree(engagement, about.action, contact, chance, after) if has_next else None
    close(engagement, chance.choice(Outcome.values), is_nothing_next=not has_next, by=host, at=after)
    if done and done[1] < at:
        finish_action(done[0], by=host, at=done[1])
    if contact.user and chance.random() < 0.5:
        rate(engagement, chance.choice([3, 4, 4, 5, 5]), by=contact.user, at=min(after + DAY, at))


def _details(engagement: Engagement, agenda: str) -> Details:
    return Details(agenda=agenda, wanted_on=engagement.wanted_on, lasts_minutes=engagement.lasts_minutes)


def _agree(
    engagement: Engagement, what: str, contact: Contact, chance: random.Random, at: datetime
) -> tuple[Action, datetime] | None:
    """Something to do afterwards, on either side; and when most of it is done, None where it is not."""
    assert engagement.host is not None
    is_theirs = chance.random() < 0.5
    new = NewAction(
        what=what,
        due_on=(at + chance.randrange(7, 45) * DAY).date(),
        side=Side.THEIRS if is_theirs else Side.OURS,
        user=None if is_theirs else engagement.host,
        contact=contact if is_theirs else None,
    )
    action = add_action(engagement, new, by=engagement.host, at=at)
    done_at = datetime.combine(new.due_on, time(15), UTC)
    # It closes with this still open: what was done since is done after that.
    return (action, done_at) if chance.random() < 0.75 else None


def _look_ahead(cadence: Cadence, contacts: list[Contact], at: datetime) -> None:
    """What is near has a time; of every third the customer is still to choose one."""
    engagement = cadence.engagements.filter(state__in=AHEAD).select_related("account", "host").first()
    if engagement is None or engagement.wanted_on is None or engagement.wanted_on > (at + NEAR).date():
        return
    assert engagement.host is not None
    times = proposal(engagement, now=at)
    if not times:
        return
    if cadence.pk % 3 == 0:
        offer_times(engagement, times, contacts[:1], by=engagement.host, at=at)
        return
    add_contact(engagement, contacts[0], by=engagement.host, at=at)
    schedule(engagement, times[0][0], by=engagement.host, at=at)
    if contacts[0].user:
        answer(engagement.attendees.get(contact=contacts[0]), "accepted", by=contacts[0].user, at=at)


def _ask(contact: Contact, chance: random.Random, at: datetime) -> None:
    """What a customer asked for in the portal a few days ago."""
    kind, words = chance.choice(cast.ASKED_FOR)
    wanted = Kind.TRAINING if kind == Asked.ENGAGEMENT else ""
    new = NewEnquiry(kind=kind, wanted=wanted, words=Words(body=words, channel="portal"))
    ask(contact, new, by=contact.user or contact, at=at - chance.randrange(1, 9) * DAY)


def _on(account: Account, on: date, hour: int) -> datetime:
    """An hour of that working day on the customer's wall."""
    return datetime.combine(_working_day(on), time(hour), zone_of(account)).astimezone(UTC)


def _working_day(on: date) -> date:
    """The day itself; of a weekend's day the Monday after it."""
    return on + timedelta(days=7 - on.weekday()) if on.weekday() > 4 else on
