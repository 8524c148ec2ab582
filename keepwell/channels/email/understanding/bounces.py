"""A mail of ours came back: which one, from whom, and whether for good.

Half of the mails that come back carry a report in the form of RFC 3464; the other half are known by who
sent them and what they say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from keepwell.channels.email.parsed import DeliveryReport, ParsedMail
from keepwell.channels.email.understanding.evidence import Kind
from keepwell.channels.email.understanding.machine_words import CAME_BACK, DAEMONS, FOR_GOOD, NOT_NOW, SERVERS
from keepwell.channels.email.understanding.signing import (
    Claim,
    Keys,
    SideClaim,
    Standing,
    read_message_id,
    read_side_message_id,
)

# Of a report without form only the beginning is read: there it says what happened, below it quotes.
READ_LETTERS = 4_000
_STATUS = re.compile(r"\b([245])\.([0-9]{1,3})\.([0-9]{1,3})\b")
_REPLY = re.compile(r"\b([45])[0-9]{2}[ -]")
_MESSAGE_ID = re.compile(r"<kw\.[^<>\s@]{1,200}@[^<>\s@]{1,255}>", re.IGNORECASE)
_RETRIED = {("5", "2", "2")}  # a full box is no wrong address (RFC 3463 section 3.3)


@dataclass(frozen=True, kw_only=True, slots=True)
class Returned:
    """What came back. `failed` is the sealed id of the mail that failed, None where the report names none;
    `failed_aside` the same of a mail in a side thread. At most one of them is there.

    `address` is whom it could not reach, as the report writes it, or empty.
    """

    kind: Kind
    failed: Claim | None = None
    failed_aside: SideClaim | None = None
    address: str = ""


def returned(mail: ParsedMail, keys: Keys) -> Returned | None:
    """What this mail says came back; None if it says no such thing."""
    kind, address = _told(mail)
    if kind is None:
        return None
    failed = _failed(mail, keys)
    return Returned(
        kind=kind,
        failed=failed if isinstance(failed, Claim) else None,
        failed_aside=failed if isinstance(failed, SideClaim) else None,
        address=address,
    )


def _told(mail: ParsedMail) -> tuple[Kind | None, str]:
    if mail.delivery_reports:
        told = [(_by_report(report), report.final_recipient) for report in mail.delivery_reports]
        # A mail to several has a report for each; the worst is what staff must hear of.
        return min(told, key=lambda one: _GRAVITY.index(one[0]))
    return (_by_words(mail), mail.header("x-failed-recipients")) if looks_returned(mail) else (None, "")


_GRAVITY = [Kind.BOUNCE_HARD, Kind.BOUNCE_SOFT, Kind.REPORT]


def _by_report(report: DeliveryReport) -> Kind:
    if report.action.lower() in {"delayed", "delivered", "relayed", "expanded"}:
        return Kind.REPORT
    return _by_status(f"{report.status} {report.diagnostic}") or Kind.BOUNCE_HARD


def looks_returned(mail: ParsedMail) -> bool:
    """Whether a mail server wrote it, and about a mail that did not arrive."""
    author = _name(mail.author.address) if mail.author else ""
    if author in DAEMONS or mail.header("x-failed-recipients"):
        return True
    says_so = any(words in mail.subject.lower() for words in CAME_BACK)
    return says_so and (not author or has_null_path(mail) or any(words in author for words in SERVERS))


def has_null_path(mail: ParsedMail) -> bool:
    """Whether it came with no address to return to, or a mail server's: machines send so (RFC 3834)."""
    paths = [text.strip().strip("<>") for text in mail.all_of("return-path")]
    return any(not path or _name(path) in DAEMONS for path in paths)


def _name(address: str) -> str:
    return re.sub(r"[^a-z]", "", address.lower().partition("@")[0])


def _by_words(mail: ParsedMail) -> Kind:
    said = f"{mail.subject}\n{mail.body_text[:READ_LETTERS]}".lower()
    found = _by_status(said)
    if found:
        return found
    is_for_good = any(words in said for words in FOR_GOOD)
    is_for_now = any(words in said for words in NOT_NOW)
    return Kind.BOUNCE_SOFT if is_for_now and not is_for_good else Kind.BOUNCE_HARD


def _by_status(text: str) -> Kind | None:
    """What the first status in it says; None if there is none."""
    status = _STATUS.search(text)
    if status:
        is_for_good = status[1] == "5" and status.groups() not in _RETRIED
        return Kind.BOUNCE_HARD if is_for_good else Kind.BOUNCE_SOFT
    reply = _REPLY.search(text)
    if reply:
        return Kind.BOUNCE_HARD if reply[1] == "5" else Kind.BOUNCE_SOFT
    return None


def _failed(mail: ParsedMail, keys: Keys) -> Claim | SideClaim | None:
    """The first mail of ours that it names by a good seal: anybody may write that a mail came back."""
    for text in _named(mail):
        claim = read_message_id(text, keys) or read_side_message_id(text, keys)
        if claim and claim.standing is Standing.GOOD:
            return claim
    return None


def _named(mail: ParsedMail) -> Iterator[str]:
    yield from (report.message_id for report in mail.delivery_reports)
    yield from _ids_in(mail.body_text[:READ_LETTERS], mail.body_text[-READ_LETTERS:])
    yield from (*mail.in_reply_to, *reversed(mail.references))


def _ids_in(*texts: str) -> Iterable[str]:
    for text in texts:
        yield from _MESSAGE_ID.findall(text)
