"""What a provider is answered: yes only once all the mails of its request are committed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import structlog

from keepwell.channels.email.arrivals import Arrival, MailRefused
from keepwell.channels.email.delivering.taking import mailbox_of
from keepwell.channels.email.hooks.posted import Readable, Unreadable, read_posted
from keepwell.channels.email.hooks.providers import PROVIDERS, Delivered, is_from, mails_in
from keepwell.channels.email.verbs.receiving import receive_mail
from keepwell.channels.models import CameBy, Mailbox, MailHook
from keepwell.kit import clock, faults
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.sealing import unseal

log = structlog.get_logger("keepwell.mail")


@dataclass(frozen=True, kw_only=True)
class Answer:
    """`words` are for the provider's log. Whatever is not 200 it keeps, and tries again or gives back."""

    status: HTTPStatus
    words: str


def take(hook: MailHook, headers: Mapping[str, Any], stream: Readable) -> Answer:
    """The mails of one request are taken, all or none; the same request again brings none twice.

    `headers` as WSGI has them. Errors: SealBroken; DatabaseError, OSError where nothing can be kept now.
    """
    provider = PROVIDERS[hook.provider]
    length = str(headers.get("CONTENT_LENGTH") or "")
    try:
        posted = read_posted(
            stream, str(headers.get("CONTENT_TYPE") or ""), int(length) if length.isdecimal() else 0
        )
        if not is_from(provider, unseal(hook.sealed_secret), headers, posted):
            return _answered(hook, HTTPStatus.FORBIDDEN, "The secret is not the one that was entered here.")
        mails = mails_in(provider, posted)
    except Unreadable as why:
        return _answered(hook, HTTPStatus.UNPROCESSABLE_ENTITY, f"Not taken: {why}.")
    wanted = [(mail, mailbox) for mail in mails for mailbox in _mailboxes(mail)]
    if not wanted:
        return _answered(hook, HTTPStatus.NOT_ACCEPTABLE, "No mailbox in use here has this address.")
    try:
        _keep(wanted)
    except MailRefused as refused:
        return _answered(hook, HTTPStatus.NOT_ACCEPTABLE, str(refused))
    faults.hit("hook.committed")
    return _answered(hook, HTTPStatus.OK, "Kept.")


@all_or_nothing()
def _keep(wanted: Iterable[tuple[Delivered, Mailbox]]) -> None:
    for mail, mailbox in wanted:
        came = Arrival(came_by=CameBy.WEBHOOK, envelope_sender=mail.sender, envelope_recipients=mail.to)
        receive_mail(mail.raw, mailbox, came)


def _mailboxes(mail: Delivered) -> list[Mailbox]:
    found = {mailbox.pk: mailbox for to in mail.to if (mailbox := mailbox_of(to))}
    return list(found.values())


def _answered(hook: MailHook, status: HTTPStatus, words: str) -> Answer:
    is_taken = status == HTTPStatus.OK
    if not is_taken:
        log.warning("mail_hook_refused", provider=hook.provider, status=int(status), why=words)
    kept: dict[str, Any] = {"said": "" if is_taken else words[:300]}
    if is_taken:
        kept["heard_at"] = clock.now()
    MailHook.objects.filter(pk=hook.pk).update(**kept)
    return Answer(status=status, words=words)
