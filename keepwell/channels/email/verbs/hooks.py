"""Mail providers that deliver to us."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.utils.translation import gettext as _

from keepwell.channels.models import DeliveredBy, MailHook
from keepwell.journal.recording import Actor, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.refusals import Refused
from keepwell.kit.sealing import seal
from keepwell.people import permits

PERMIT = "settings.mailboxes"


class HookRefused(Refused):
    """No provider can deliver like this."""


@all_or_nothing()
def deliver_by(provider: str, secret: str, *, by: Actor, at: datetime | None = None) -> MailHook:
    """This provider delivers to us from now on; one that does already keeps its address, with a new secret.

    Effects: mail_hook.added, or mail_hook.changed. Errors: HookRefused, NotPermitted.
    """
    permits.require(by, PERMIT)
    at = clock.instant(at)
    if provider not in DeliveredBy.values:
        raise HookRefused(_("Choose one of the providers there are."))
    if not secret or (provider != DeliveredBy.MAILGUN and not all(secret.partition(":"))):
        raise HookRefused(_("Enter what the provider proves itself with: user:password, or its signing key."))
    hook, is_new = MailHook.objects.update_or_create(
        provider=provider,
        defaults={"sealed_secret": seal(secret), "said": ""},
        create_defaults={
            "sealed_secret": seal(secret),
            "key": secrets.token_urlsafe(32),
            "added_at": at,
        },
    )
    kind = "mail_hook.added" if is_new else "mail_hook.changed"
    record(kind, by=by, at=at, subjects=[("mail_hook", hook.pk)], facts={"provider": provider})
    return hook


@all_or_nothing()
def deliver_no_more(hook: MailHook, *, by: Actor, at: datetime | None = None) -> None:
    """Nothing is taken at its address any more; what came stays. Effects: mail_hook.removed."""
    permits.require(by, PERMIT)
    facts = {"provider": hook.provider}
    record("mail_hook.removed", by=by, at=at, subjects=[("mail_hook", hook.pk)], facts=facts)
    hook.delete()
