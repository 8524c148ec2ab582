"""Getting a calendar that one of ours keeps elsewhere. The address is his; where it may lead is ours to say.

Whoever names an address has us ask it: so it has to be one of the open network, unless the host is named in
KEEPWELL_CALENDAR_HOSTS, and no answer may lead to another one. Nothing of what is read there is shown.
"""

from __future__ import annotations

import ipaddress
import socket
from urllib.parse import urlsplit, urlunsplit

import requests
from django.conf import settings
from django.utils.translation import gettext as _

from keepwell.success.engagements.busy_times import LARGEST_BYTES, CalendarUnreadable
from keepwell.success.engagements.refusals import AddressOfCalendarRefused

ANSWERS_WITHIN_SECONDS = 15
PIECE_BYTES = 64 * 1024
LONGEST = 2000


def checked_address(text: str) -> str:
    """The address as it is kept. Errors: AddressOfCalendarRefused, which says why."""
    text = text.strip()
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        host = (parts.hostname or "").lower()
    except ValueError:
        parts, host = urlsplit(""), ""
    # Calendars show their addresses so; it means HTTPS.
    scheme = "https" if parts.scheme.lower() in ("webcal", "webcals") else parts.scheme.lower()
    if not host or len(text) > LONGEST or any(letter.isspace() for letter in text):
        raise AddressOfCalendarRefused(_("This is no address of a calendar. Nothing was saved."))
    if scheme != "https" and not (scheme == "http" and _is_named(host)):
        raise AddressOfCalendarRefused(_("The address has to begin with https://. Nothing was saved."))
    return urlunsplit(parts._replace(scheme=scheme))


def fetch(address: str) -> bytes:
    """What stands there. Errors: CalendarUnreadable, which says why and nothing of what was answered."""
    _require_open_network(address)
    try:
        with requests.get(
            address, timeout=ANSWERS_WITHIN_SECONDS, allow_redirects=False, stream=True
        ) as response:
            if response.status_code != requests.codes.ok:
                raise CalendarUnreadable(
                    _("The server of the calendar answered %(status)s.") % {"status": response.status_code}
                )
            return _content_of(response)
    except requests.RequestException as error:
        raise CalendarUnreadable(_("The server of the calendar does not answer.")) from error


def _content_of(response: requests.Response) -> bytes:
    content = b""
    for piece in response.iter_content(PIECE_BYTES):
        content += piece
        if len(content) > LARGEST_BYTES:
            raise CalendarUnreadable(_("The calendar is larger than 5 MB, which is the most that is read."))
    return content


def _require_open_network(address: str) -> None:
    host = urlsplit(address).hostname or ""
    if _is_named(host):
        return
    try:
        found = socket.getaddrinfo(host, None, proto=socket.IPPROTO_TCP)
    except (OSError, UnicodeError) as error:
        raise CalendarUnreadable(_("The server of the calendar is not found.")) from error
    if not all(ipaddress.ip_address(str(one[4][0]).partition("%")[0]).is_global for one in found):
        raise CalendarUnreadable(
            _("The calendar lies within your own network; its host has to be named in the settings.")
        )


def _is_named(host: str) -> bool:
    return host.lower() in {name.lower() for name in settings.KEEPWELL_CALENDAR_HOSTS}
