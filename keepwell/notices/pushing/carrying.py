"""What has gathered for one person goes to each of his devices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.utils import translation
from django.utils.translation import ngettext
from procrastinate.contrib.django import app

from keepwell.notices.happenings import Happening
from keepwell.notices.models import Notice, PushDevice
from keepwell.notices.words import address_of, title_of, words_of
from keepwell.people.models import User

TASK = "notices.push"
LIST_AT = "/desk/notices/"
# A push service takes 4 kB, and a screen shows a few lines.
LINES, LETTERS = 4, 160


def push_notices(user: User, notices: Sequence[Notice], at: datetime) -> bool:
    """Whether there is a device to tell. Each is told by a job of its own, so that none waits for another."""
    devices = list(PushDevice.objects.filter(user=user).values_list("pk", flat=True))
    for device in devices:
        app.configure_task(TASK).defer(device=device, notices=[notice.pk for notice in notices])
    return bool(devices)


def told_of(user: User, notices: Sequence[Notice]) -> Mapping[str, str]:
    """What a device shows, in its person's language: title, body, and the path that a touch leads to.

    Of one notice that notice, of several how many there are. `tag`: what is told again takes its place.
    """
    with translation.override(user.locale or settings.LANGUAGE_CODE):
        if len(notices) == 1:
            [notice] = notices
            title, body, path = str(words_of(notice)), title_of(notice), address_of(notice)
        else:
            title = ngettext("%(count)s notice", "%(count)s notices", len(notices)) % {"count": len(notices)}
            body = "\n".join(_line(notice) for notice in notices[-LINES:])
            path = LIST_AT
    return {
        "title": title,
        "body": body[: LINES * LETTERS],
        "path": path,
        "tag": f"keepwell-{notices[-1].pk}",
    }


def is_urgent(notices: Sequence[Notice]) -> bool:
    """Whether a device that saves its battery is woken."""
    return any(notice.is_high or notice.happening == Happening.CALLED for notice in notices)


def _line(notice: Notice) -> str:
    return f"{words_of(notice)}: {title_of(notice)}"[:LETTERS]


def still_to_tell(device: PushDevice, notices: Sequence[int]) -> list[Notice]:
    """Those of the notices that its person may see and has not read meanwhile, the oldest first."""
    found = Notice.objects.visible_to(device.user).unread().filter(pk__in=notices)
    return list(found.for_list().order_by("pk")) if device.user.is_staff_member else []
