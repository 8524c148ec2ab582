"""Playbooks: made, changed, switched off and on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from keepwell.journal.recording import Actor, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock
from keepwell.people import permits
from keepwell.success.signals.models import Mode, Playbook, SignalRule
from keepwell.success.signals.queries import SETS
from keepwell.success.signals.steps import PlaybookRefused, Step, checked, steps_to


@dataclass(frozen=True, kw_only=True)
class NewPlaybook:
    """`mode` is one of Mode. `shipped_as` names one that came with the product."""

    name: str
    rule: SignalRule
    steps: tuple[Step, ...]
    mode: str = Mode.ASKS
    shipped_as: str = ""


@all_or_nothing()
def add_playbook(new: NewPlaybook, *, by: Actor, at: datetime | None = None) -> Playbook:
    """It begins with the next signal of its rule. Effects: playbook.published. Errors: PlaybookRefused."""
    permits.require(by, SETS)
    return make_playbook(new, by=by, at=at)


@all_or_nothing()
def change_playbook(
    playbook: Playbook, new: NewPlaybook, *, by: Actor, at: datetime | None = None
) -> Playbook:
    """It is like this from the next signal on; what ran stays as it was logged; the same is no news.

    Effects: playbook.published. Errors: PlaybookRefused.
    """
    permits.require(by, SETS)
    lock(playbook)
    columns = _columns(new)
    if all(getattr(playbook, name) == value for name, value in columns.items()):
        return playbook
    for name, value in columns.items():
        setattr(playbook, name, value)
    playbook.number += 1
    playbook.changed_at = clock.instant(at)
    playbook.save()
    _tell_published(playbook, by=by, at=at)
    return playbook


@all_or_nothing()
def switch_playbook_off(playbook: Playbook, *, by: Actor, at: datetime | None = None) -> None:
    """It begins nothing more. Effects: playbook.switched_off, the first time."""
    permits.require(by, SETS)
    at = clock.instant(at)
    if Playbook.objects.filter(pk=playbook.pk, switched_off_at__isnull=True).update(switched_off_at=at):
        _tell("playbook.switched_off", playbook, by=by, at=at)


@all_or_nothing()
def switch_playbook_on(playbook: Playbook, *, by: Actor, at: datetime | None = None) -> None:
    """It begins with the next signal again. Effects: playbook.switched_on, if it was off."""
    permits.require(by, SETS)
    if Playbook.objects.filter(pk=playbook.pk, switched_off_at__isnull=False).update(switched_off_at=None):
        _tell("playbook.switched_on", playbook, by=by, at=at)


def make_playbook(new: NewPlaybook, *, by: Actor, at: datetime | None) -> Playbook:
    """The same for whoever asked for the permit already."""
    playbook = Playbook.objects.create(
        **_columns(new), shipped_as=new.shipped_as, changed_at=clock.instant(at)
    )
    _tell_published(playbook, by=by, at=at)
    return playbook


def _columns(new: NewPlaybook) -> dict[str, object]:
    name = " ".join(new.name.replace("\x00", "").split())
    if not 0 < len(name) <= 100:
        raise PlaybookRefused(_("A name has between 1 and 100 characters. Nothing was saved."))
    steps = steps_to(checked(new.steps))
    return {"name": name, "rule": new.rule, "mode": Mode(new.mode), "steps": steps}


def _tell_published(playbook: Playbook, *, by: Actor, at: datetime | None) -> None:
    facts = {"number": playbook.number, "rule": playbook.rule_id}
    _tell("playbook.published", playbook, by=by, at=at, **facts)


def _tell(kind: str, playbook: Playbook, *, by: Actor, at: datetime | None, **facts: int) -> None:
    about = [("playbook", playbook.pk)]
    record(kind, by=by, at=at, subjects=about, facts={"playbook": playbook.pk, **facts})
