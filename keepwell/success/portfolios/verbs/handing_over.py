"""An account is handed from one steward to another, as an act that is not over before everything is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from keepwell.conversations.authors import staff_author
from keepwell.customers.models import Account, Contact, Stewardship
from keepwell.customers.verbs.stewarding import appoint_steward
from keepwell.journal.recording import Actor, caused_by, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock
from keepwell.kit.refusals import Refused
from keepwell.people import permits
from keepwell.people.models import User
from keepwell.success.engagements.verbs.beginning import require_holder
from keepwell.success.letters.verbs.writing import NewLetter, write_to
from keepwell.success.portfolios.models import HandOver, Release, State
from keepwell.success.portfolios.open_things import Thing, open_things
from keepwell.success.portfolios.queries import released_in
from keepwell.success.portfolios.refusals import CannotGoAlong, HandOverRefused, NotUnderWay

PERMIT = "account.edit"
LONGEST = 4000


@dataclass(frozen=True, kw_only=True)
class NewHandOver:
    """To whom, in which way of looking after it, by when, and what has to be known. None of it is empty."""

    kind: str
    taker: User
    known: str
    due_on: date


@dataclass(frozen=True, kw_only=True)
class Told:
    """How the customer is told: by a letter to each of these, or `otherwise`, in the words of whoever did."""

    contacts: Sequence[Contact] = field(default_factory=tuple)
    letter: NewLetter | None = None
    otherwise: str = ""


@all_or_nothing()
def begin_hand_over(account: Account, new: NewHandOver, *, by: Actor, at: datetime | None = None) -> HandOver:
    """It is to go to somebody else, who accepts it first. Effects: hand_over.begun.

    Errors: HandOverRefused where one is under way, where nothing is said, for a day that has passed, or for
    whoever looks after it already; NotSomebodyWhoHolds; NotPermitted.
    """
    permits.require(by, PERMIT)
    require_holder(new.taker)
    at, kind, known = clock.instant(at), Stewardship.Kind(new.kind), _cleaned(new.known)
    lock(account)
    now = Stewardship.objects.filter(account=account, kind=kind, to_at__isnull=True).first()
    _require_sensible(account, new, known, now, at)
    made = HandOver.objects.create(
        account=account,
        kind=kind,
        giver_id=now.user_id if now else None,
        taker=new.taker,
        known=known,
        due_on=new.due_on,
        begun_by_id=staff_author(by),
        begun_at=at,
        changed_at=at,
    )
    facts = {"giver": made.giver_id, "taker": made.taker_id, "due_on": new.due_on.isoformat()}
    _record("hand_over.begun", made, by=by, at=at, **facts)
    return made


@all_or_nothing()
def accept(hand_over: HandOver, *, by: User, at: datetime | None = None) -> HandOver:
    """Whoever takes it says that he does. Done twice it is one. Effects: hand_over.accepted.

    Errors: NotUnderWay; NotPermitted for anybody else.
    """
    _require_taker(hand_over, by)
    lock(hand_over)
    if hand_over.state != State.ACCEPTED:
        _require(hand_over, State.OPEN)
        _stand(hand_over, State.ACCEPTED, at=clock.instant(at))
        _record("hand_over.accepted", hand_over, by=by, at=hand_over.changed_at)
    return hand_over


@all_or_nothing()
def return_(hand_over: HandOver, reason: str, *, by: User, at: datetime | None = None) -> HandOver:
    """Whoever was to take it does not, and says why. Effects: hand_over.returned.

    Errors: HandOverRefused without a reason; NotUnderWay; NotPermitted for anybody else.
    """
    _require_taker(hand_over, by)
    lock(hand_over)
    _require(hand_over, State.OPEN, State.ACCEPTED)
    hand_over.reason = _cleaned(reason)
    if not hand_over.reason:
        raise HandOverRefused(_("Say why it goes back. Nothing was changed."))
    hand_over.save(update_fields=["reason"])
    _stand(hand_over, State.RETURNED, at=clock.instant(at))
    _record("hand_over.returned", hand_over, by=by, at=hand_over.changed_at)
    return hand_over


@all_or_nothing()
def withdraw(hand_over: HandOver, *, by: Actor, at: datetime | None = None) -> HandOver:
    """It does not take place. Effects: hand_over.withdrawn. Errors: NotUnderWay, NotPermitted."""
    permits.require(by, PERMIT)
    lock(hand_over)
    _require(hand_over, State.OPEN, State.ACCEPTED)
    _stand(hand_over, State.WITHDRAWN, at=clock.instant(at))
    _record("hand_over.withdrawn", hand_over, by=by, at=hand_over.changed_at)
    return hand_over


@all_or_nothing()
def decide(
    hand_over: HandOver,
    thing: Thing,
    *,
    is_released: bool,
    by: User,
    at: datetime | None = None,
) -> None:
    """This goes along (so does everything that nobody decided), or has no owner afterwards.

    Effects: hand_over.decided, where it was otherwise. Errors: HandOverRefused for what has to have one;
    NotUnderWay; NotPermitted for anybody but whoever takes it.
    """
    _require_taker(hand_over, by)
    lock(hand_over)
    _require(hand_over, State.OPEN, State.ACCEPTED)
    noun, pk = thing.key
    if is_released and not thing.may_be_released:
        raise HandOverRefused(
            _("Somebody has to have “%(what)s”. Nothing was changed.") % {"what": thing.row}
        )
    rows = Release.objects.filter(hand_over=hand_over, noun=noun, thing=pk)
    if rows.exists() == is_released:
        return
    if is_released:
        Release.objects.create(hand_over=hand_over, noun=noun, thing=pk)
    else:
        rows.delete()
    facts = {"noun": noun, "thing": pk, "released": is_released}
    _record("hand_over.decided", hand_over, by=by, at=clock.instant(at), **facts)


@all_or_nothing()
def complete(hand_over: HandOver, told: Told, *, by: User, at: datetime | None = None) -> HandOver:
    """All that is open gets its new owner or none, the customer is told, and the stewardship changes hands
    at this instant. What the one before felt about the account does not come along.

    Either all of it happens, or nothing. Effects: hand_over.completed, steward.appointed, and those of giving
    each thing and of each letter. Errors: CannotGoAlong, which names what stands in the way; HandOverRefused
    where the customer would not be told; LetterRefused; NotUnderWay; NotPermitted for anybody else.
    """
    _require_taker(hand_over, by)
    lock(hand_over.account)
    lock(hand_over)
    _require(hand_over, State.ACCEPTED)
    at, otherwise = clock.instant(at), _cleaned(told.otherwise)
    if not otherwise and not (told.contacts and told.letter):
        raise HandOverRefused(_("Tell the customer, or say how it was told. Nothing was handed over."))
    with caused_by():
        things = _things(hand_over)
        # First: what is nobody's follows whoever looks after the account, and what is released is to stay so.
        appoint_steward(hand_over.account, hand_over.taker, hand_over.kind, by=by, at=at)
        given, released = _give_all(hand_over, things, by, at)
        if told.letter:
            for contact in told.contacts:
                write_to(contact, told.letter, by=by, at=at)
        hand_over.told = otherwise
        hand_over.save(update_fields=["told"])
        _stand(hand_over, State.COMPLETED, at=at)
        letters = len(told.contacts) if told.letter else 0
        facts = {"given": given, "released": released, "letters": letters}
        _record("hand_over.completed", hand_over, by=by, at=at, **facts)
    return hand_over


def _things(hand_over: HandOver) -> list[Thing]:
    giver = hand_over.giver
    return open_things(hand_over.account, giver, hand_over.kind) if giver else []


def _give_all(hand_over: HandOver, things: Iterable[Thing], by: User, at: datetime) -> tuple[int, int]:
    """How many were given, and how many released. Errors: CannotGoAlong."""
    released, stuck, counted = released_in(hand_over), [], [0, 0]
    for thing in things:
        goes_out = thing.key in released and thing.may_be_released and thing.sort.release is not None
        try:
            # What cannot go along is named with all else that cannot.
            with transaction.atomic():
                if goes_out and thing.sort.release is not None:
                    thing.sort.release(thing.row, by, at)
                else:
                    thing.sort.give(thing.row, hand_over.taker, by, at)
        except Refused as refusal:
            stuck.append(f"{thing.row}: {refusal}")
        counted[goes_out] += 1
    if stuck:
        raise CannotGoAlong(stuck)
    return counted[0], counted[1]


def _require_sensible(
    account: Account, new: NewHandOver, known: str, now: Stewardship | None, at: datetime
) -> None:
    if now and now.user_id == new.taker.pk:
        raise HandOverRefused(
            _("%(name)s looks after it already. Nothing was changed.") % {"name": new.taker}
        )
    if not known:
        raise HandOverRefused(_("Say what has to be known. Nothing was changed."))
    if new.due_on < at.date():
        raise HandOverRefused(_("That day has passed. Nothing was changed."))
    if HandOver.objects.under_way().filter(account=account, kind=new.kind).exists():
        raise HandOverRefused(_("It is being handed over already. Nothing was changed."))


def _require_taker(hand_over: HandOver, by: User) -> None:
    if by.actor_ref != hand_over.taker.actor_ref:
        raise permits.NotPermitted(PERMIT)
    permits.require(by, PERMIT)


def _require(hand_over: HandOver, *states: State) -> None:
    if hand_over.state not in states:
        raise NotUnderWay(hand_over.get_state_display())


def _stand(hand_over: HandOver, state: State, *, at: datetime) -> None:
    hand_over.state, hand_over.changed_at = state, at
    hand_over.save(update_fields=["state", "changed_at"])


def _cleaned(text: str) -> str:
    return text.replace("\x00", "").replace("\r\n", "\n").strip()[:LONGEST]


def _record(kind: str, hand_over: HandOver, *, by: Actor, at: datetime, **facts: object) -> None:
    people = [("person", pk) for pk in (hand_over.giver_id, hand_over.taker_id) if pk]
    about = [("hand_over", hand_over.pk), ("account", hand_over.account_id), *people]
    told = {"hand_over": hand_over.pk, "kind": str(hand_over.kind), **facts}
    record(kind, by=by, at=at, subjects=about, facts=told)
