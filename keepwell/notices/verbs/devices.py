"""The devices that somebody is told on."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric import ec
from django.utils.translation import gettext as _

from keepwell.journal.recording import record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.refusals import Refused
from keepwell.notices.happenings import Way
from keepwell.notices.models import PushDevice, Wishes
from keepwell.notices.models.wishes import code_of
from keepwell.notices.pushing.push_hosts import is_push_service
from keepwell.people.models import User

AT_MOST = 10
AUTH_BYTES = 16


class DeviceRefused(Refused):
    """Nobody can be told on this device."""


@dataclass(frozen=True, kw_only=True)
class Subscription:
    """What the browser gave: where it is reached, and what it reads with. `name` is its person's."""

    name: str
    endpoint: str
    p256dh: str
    auth: str


@all_or_nothing()
def add_device(told: Subscription, *, by: User, at: datetime | None = None) -> PushDevice:
    """He is told on this device from now on. The first one is told what mail tells him, until he chooses.

    The same browser again is the same device, also if somebody else signed in there before.
    Effects: push_device.added. Errors: DeviceRefused.
    """
    _require_reachable(told)
    at = clock.instant(at)
    wishes, _is_new = Wishes.objects.select_for_update().get_or_create(user=by)
    known = PushDevice.objects.filter(user=by)
    if not known.exists():
        wanted = [happening for happening, ways in wishes.ways.items() if Way.MAIL in ways]
        wishes.chosen |= {code_of(happening, Way.PUSH): True for happening in wanted}
        wishes.save(update_fields=["chosen"])
    if known.exclude(endpoint=told.endpoint).count() >= AT_MOST:
        raise DeviceRefused(
            _("There are %(most)s devices already. Remove one first; nothing was added.") % {"most": AT_MOST}
        )
    kept = {"user": by, "name": told.name.strip()[:60] or _("A device"), "added_at": at, "told_at": None}
    device, _is_new = PushDevice.objects.update_or_create(
        endpoint=told.endpoint, defaults={**kept, "p256dh": told.p256dh, "auth": told.auth}
    )
    record("push_device.added", by=by, at=at, subjects=[by.actor_ref])
    return device


@all_or_nothing()
def remove_device(device: PushDevice, *, by: User, at: datetime | None = None) -> None:
    """He is told there no more. Effects: push_device.removed."""
    device.delete()
    record("push_device.removed", by=by, at=at, subjects=[by.actor_ref])


def _require_reachable(told: Subscription) -> None:
    if len(told.endpoint) > 1000 or not is_push_service(told.endpoint):
        raise DeviceRefused(
            _("This browser is told through a service that is not known here. Nothing was added.")
        )
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _bytes(told.p256dh))
        is_whole = len(_bytes(told.auth)) == AUTH_BYTES
    except ValueError:
        is_whole = False
    if not is_whole:
        raise DeviceRefused(_("What the browser gave to seal with cannot be used. Nothing was added."))


def _bytes(text: str) -> bytes:
    """Errors: ValueError."""
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, UnicodeEncodeError) as error:
        raise ValueError(text) from error
