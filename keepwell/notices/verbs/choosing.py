"""Choosing what one is told of, by which ways, and when."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, time

from django.utils.translation import gettext as _

from keepwell.journal.recording import record
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.refusals import Refused
from keepwell.notices.happenings import DEFAULTS, Happening, Way
from keepwell.notices.leaving import Digest
from keepwell.notices.models import Wishes
from keepwell.notices.models.wishes import code_of
from keepwell.people.models import User


class NeverQuiet(Refused):
    """The quiet hours begin when they end."""


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """What somebody wants: for each happening the ways; times of day on the wall where he is."""

    ways: Mapping[Happening, Collection[Way]]
    digest: Digest
    daily_at: time
    quiet_from: time
    quiet_until: time


@all_or_nothing()
def choose_notices(chosen: Chosen, *, by: User, at: datetime | None = None) -> Wishes:
    """From now on he is told like this; what waits to leave keeps its hour. The same again is no news.

    Effects: notices.chosen, with how many differ from what is usual. Errors: NeverQuiet.
    """
    if chosen.quiet_from == chosen.quiet_until:
        raise NeverQuiet(_("The quiet hours end when they begin. Choose another end. Nothing was saved."))
    differing = _unlike_defaults(chosen.ways)
    wanted: dict[str, object] = {
        "chosen": differing,
        "digest": chosen.digest.value,
        "daily_at": chosen.daily_at,
        "quiet_from": chosen.quiet_from,
        "quiet_until": chosen.quiet_until,
    }
    wishes, is_new = Wishes.objects.select_for_update().get_or_create(user=by, defaults=wanted)
    if is_new or any(getattr(wishes, name) != value for name, value in wanted.items()):
        for name, value in wanted.items():
            setattr(wishes, name, value)
        wishes.save(update_fields=list(wanted))
        facts = {"changed": len(differing)}
        record("notices.chosen", by=by, at=at, subjects=[by.actor_ref], facts=facts)
    return wishes


def _unlike_defaults(ways: Mapping[Happening, Collection[Way]]) -> dict[str, bool]:
    return {
        code_of(happening, way): way in wanted
        for happening, wanted in ways.items()
        for way in Way
        if (way in wanted) != (way in DEFAULTS[happening])
    }
