"""What somebody does about a signal: deals with it, puts it off, ends it, takes the end back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from keepwell.journal.recording import Actor
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock, lock_key
from keepwell.people import permits
from keepwell.people.actors import System
from keepwell.success.signals.about import tell
from keepwell.success.signals.models import Dismissal, RunState, Signal, SignalState
from keepwell.success.signals.queries import HANDLES
from keepwell.success.signals.refusals import HasEnded, OpenAgain, SignalRefused

BY = System("signals")
# Whoever looks, or takes an end back, does so alone: what is open under a key is judged by one at a time.
ALONE = "signals"
LONGEST_SNOOZE, LONGEST_WORDS = timedelta(days=180), 2000


@all_or_nothing()
def acknowledge(signal: Signal, *, by: Actor, at: datetime | None = None) -> Signal:
    """Somebody deals with it; already so, it is no news. Effects: signal.acknowledged. Errors: HasEnded."""
    _lock_open(signal, by)
    if signal.state == SignalState.ACKNOWLEDGED:
        return signal
    at = clock.instant(at)
    acted_on_at = signal.acted_on_at or at
    _stand(signal, SignalState.ACKNOWLEDGED, acted_on_at=acted_on_at, snoozed_until_at=None)
    tell("signal.acknowledged", signal, by=by, at=at)
    return signal


@all_or_nothing()
def snooze(signal: Signal, until: datetime, *, by: Actor, at: datetime | None = None) -> Signal:
    """It asks for nothing until then; should its subject recover meanwhile, it clears.

    Effects: signal.snoozed. Errors: HasEnded, SignalRefused for an instant that has passed or lies more than
    half a year ahead.
    """
    _lock_open(signal, by)
    at = clock.instant(at)
    if not at < until <= at + LONGEST_SNOOZE:
        raise SignalRefused(
            _("It is put off until a day within the next %(days)s days. Nothing was changed.")
            % {"days": LONGEST_SNOOZE.days}
        )
    _stand(signal, SignalState.SNOOZED, snoozed_until_at=until)
    tell("signal.snoozed", signal, by=by, at=at, until=until)
    return signal


@all_or_nothing()
def wake_snoozed(*, at: datetime | None = None) -> int:
    """What was put off until now is open again; gives how many. Effects: signal.woken for each."""
    at = clock.instant(at)
    due = Signal.objects.filter(state=SignalState.SNOOZED, snoozed_until_at__lte=at)
    signals = list(due.select_for_update().order_by("pk"))
    for signal in signals:
        state = SignalState.ACKNOWLEDGED if signal.acted_on_at else SignalState.OPEN
        _stand(signal, state, snoozed_until_at=None)
        tell("signal.woken", signal, by=BY, at=at)
    return len(signals)


@all_or_nothing()
def wake(signal: Signal, *, by: Actor, at: datetime | None = None) -> Signal:
    """It is not put off after all. Effects: signal.woken, if it was. Errors: HasEnded."""
    _lock_open(signal, by)
    if signal.state != SignalState.SNOOZED:
        return signal
    state = SignalState.ACKNOWLEDGED if signal.acted_on_at else SignalState.OPEN
    _stand(signal, state, snoozed_until_at=None)
    tell("signal.woken", signal, by=by, at=clock.instant(at))
    return signal


@all_or_nothing()
def resolve(signal: Signal, *, by: Actor, at: datetime | None = None) -> Signal:
    """It was dealt with. Effects: signal.resolved. Errors: HasEnded, NotPermitted."""
    _lock_open(signal, by)
    at = clock.instant(at)
    _end(signal, SignalState.RESOLVED, at, acted_on_at=signal.acted_on_at or at)
    tell("signal.resolved", signal, by=by, at=at)
    return signal


@all_or_nothing()
def dismiss(signal: Signal, reason: str, *, words: str = "", by: Actor, at: datetime | None = None) -> Signal:
    """It was nothing, for one of the reasons of Dismissal; `words` are kept beside, and can be erased.

    Effects: signal.dismissed. Errors: HasEnded, SignalRefused, NotPermitted.
    """
    _lock_open(signal, by)
    if reason not in Dismissal.values:
        raise SignalRefused(_("Say why it is dismissed. Nothing was changed."))
    at = clock.instant(at)
    words = words.replace("\x00", "").strip()[:LONGEST_WORDS]
    _end(signal, SignalState.DISMISSED, at, dismissed_as=reason, words=words)
    tell("signal.dismissed", signal, by=by, at=at, reason=str(reason))
    return signal


@all_or_nothing()
def reopen(signal: Signal, *, by: Actor, at: datetime | None = None) -> Signal:
    """What somebody ended is open again; already open, it is no news. What cleared by itself stays so.

    Effects: signal.reopened. Errors: OpenAgain, SignalRefused, NotPermitted.
    """
    permits.require(by, HANDLES)
    lock_key(ALONE)
    lock(signal)
    if signal.is_open:
        return signal
    if signal.state == SignalState.CLEARED:
        raise SignalRefused(_("What it was about is over by itself. Nothing was changed."))
    if Signal.objects.still_open().filter(key=signal.key).exists() or _is_open_anew(signal):
        raise OpenAgain
    state = SignalState.ACKNOWLEDGED if signal.acted_on_at else SignalState.OPEN
    _stand(signal, state, ended_at=None, dismissed_as="", words="")
    tell("signal.reopened", signal, by=by, at=clock.instant(at))
    return signal


@all_or_nothing()
def redact_signal(signal: Signal, *, by: Actor, at: datetime | None = None) -> None:
    """What was written when it was dismissed is gone for good. Effects: signal.redacted, if there was any."""
    permits.require(by, "message.redact")
    if Signal.objects.filter(pk=signal.pk).exclude(words="").update(words=""):
        tell("signal.redacted", signal, by=by, at=clock.instant(at))


def clear(signal: Signal, *, at: datetime) -> None:
    """Its subject has recovered or is no customer any more; for whoever looks, who holds the lock.

    Effects: signal.cleared.
    """
    _end(signal, SignalState.CLEARED, at)
    tell("signal.cleared", signal, by=BY, at=at)


def _is_open_anew(signal: Signal) -> bool:
    same = {"account": signal.account_id, "contact": signal.contact_id, "source": signal.source_id}
    return Signal.objects.still_open().filter(rule=signal.rule_id, **same).exists()


def _lock_open(signal: Signal, by: Actor) -> None:
    """Errors: HasEnded, NotPermitted."""
    permits.require(by, HANDLES)
    lock(signal)
    if not signal.is_open:
        raise HasEnded


def _end(signal: Signal, state: SignalState, at: datetime, **columns: Any) -> None:
    """Playbooks that waited for a yes lapse with it."""
    at = max(at, signal.opened_at)
    _stand(signal, state, ended_at=at, snoozed_until_at=None, **columns)
    signal.runs.filter(state=RunState.WAITING).update(state=RunState.LAPSED, settled_at=at)


def _stand(signal: Signal, state: SignalState, **columns: Any) -> None:
    changed = {"state": state, **columns}
    for name, value in changed.items():
        setattr(signal, name, value)
    signal.save(update_fields=list(changed))
