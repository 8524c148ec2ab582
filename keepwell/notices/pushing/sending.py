"""One device is told. Source: RFC 8030 (web push), 8291 (how it is sealed), 8292 (who we are)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from http import HTTPStatus

import requests
from django.utils.translation import gettext as _

from keepwell.kit.refusals import Refused
from keepwell.notices.models import PushDevice
from keepwell.notices.pushing.keys import private_key
from keepwell.notices.pushing.push_hosts import is_push_service
from keepwell.outbox.queries import brand

ANSWER_SECONDS = 15
# What a device that is switched off is told when it is on again; later it is no news.
KEPT_FOR = timedelta(hours=12)
GONE = {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}
LATER = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS}


class DeviceGone(Refused):
    """Nobody is reached there any more: the browser has forgotten it."""


class NotTakenNow(Refused):
    """The push service does not take it now; it may later."""


class NotTaken(Refused):
    """The push service takes nothing from us for this device."""


def send(device: PushDevice, told: Mapping[str, str], *, is_urgent: bool) -> None:
    """The device's push service has it. Errors: DeviceGone, NotTakenNow, NotTaken."""
    # It brings a client of its own that no web process needs.
    from py_vapid import Vapid02  # noqa: PLC0415
    from pywebpush import WebPushException, webpush  # noqa: PLC0415

    if not is_push_service(device.endpoint):
        raise NotTaken(_("This is no push service that is spoken to here."))
    signer = Vapid02()
    signer.private_key = private_key()
    with requests.Session() as session:
        # Where a service leads elsewhere, we do not follow.
        session.max_redirects = 0
        try:
            webpush(
                {"endpoint": device.endpoint, "keys": {"p256dh": device.p256dh, "auth": device.auth}},
                json.dumps(told),
                vapid_private_key=signer,
                vapid_claims={"sub": f"mailto:{brand().sender_address}"},
                ttl=int(KEPT_FOR.total_seconds()),
                timeout=ANSWER_SECONDS,
                headers={"Urgency": "high" if is_urgent else "normal"},
                requests_session=session,
            )
        except requests.RequestException as error:
            raise NotTakenNow(_("The push service does not answer.")) from error
        except WebPushException as error:
            raise _refusal(error.response) from error


def _refusal(response: requests.Response | None) -> Refused:
    if response is None:
        return NotTaken(_("What this device gave to seal with cannot be used."))
    status = response.status_code
    if status in GONE:
        return DeviceGone(_("The browser has forgotten this device."))
    words = _("The push service answered %(status)s.") % {"status": status}
    is_passing = status in LATER or status >= HTTPStatus.INTERNAL_SERVER_ERROR
    return NotTakenNow(words) if is_passing else NotTaken(words)
