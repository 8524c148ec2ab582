"""Following one case by a code from our mail, without signing in."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F
from django.utils.translation import gettext as _

from keepwell.cases.models import Case
from keepwell.cases.verbs.placing import confirm_sender
from keepwell.channels.form.codes import LASTS_FOR, TRIES, is_sealed, new_code, plain, sealed, spaced
from keepwell.channels.models import FollowCode
from keepwell.channels.speaking import brand_of
from keepwell.customers.models import Contact, ContactAddress
from keepwell.customers.verbs.adding import key_of_address
from keepwell.customers.verbs.addressing import confirm_address
from keepwell.journal.recording import Actor, caused_by, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock_key
from keepwell.kit.refusals import Refused
from keepwell.outbox.composing import Letter, Recipient
from keepwell.outbox.models import Purpose
from keepwell.outbox.verbs.queuing import send_letter

# So often may a stranger have us write to somebody.
ONE_WITHIN = timedelta(hours=1)


class WrongCode(Refused):
    """The code is not the one that was sent, or no longer good; a new one can be asked for."""

    def __init__(self) -> None:
        super().__init__(
            _("That is not the code we sent, or its time is over. Check the mail, or ask for a new code.")
        )


@all_or_nothing()
def send_code(case: Case, address: ContactAddress, *, by: Actor, at: datetime | None = None) -> bool:
    """A code goes to the address; earlier ones of the same person are worth nothing any more.

    An address that nobody confirmed gets one an hour, whoever names it and however often: gives whether one
    went. The mail holds the number, and not a word that anybody wrote. Effects: follow_code.sent.
    """
    at = clock.instant(at)
    lock_key(key_of_address(address.email))
    if address.verified_at is None and _had_one_lately(address, at):
        return False
    earlier = FollowCode.objects.filter(case=case, address__contact=address.contact_id, used_at=None)
    earlier.filter(expires_at__gt=at).update(expires_at=at)
    _send(case, address, by=by, at=at)
    return True


@all_or_nothing()
def send_first_code(case: Case, address: ContactAddress, *, by: Actor, at: datetime | None = None) -> bool:
    """`send_code` for a case that was just opened, to which none can have gone yet.

    Anybody may fill in the form and name any address: each gets one an hour, also a confirmed one, which can
    ask for more by its case. The caller holds the lock on the address.
    """
    at = clock.instant(at)
    if _had_one_lately(address, at):
        return False
    _send(case, address, by=by, at=at)
    return True


def _had_one_lately(address: ContactAddress, at: datetime) -> bool:
    return FollowCode.objects.filter(address=address, sent_at__gt=at - ONE_WITHIN, sent_at__lte=at).exists()


def _send(case: Case, address: ContactAddress, *, by: Actor, at: datetime) -> None:
    code = new_code()
    FollowCode.objects.create(
        case=case,
        address=address,
        code_hash=sealed(code, case=case.pk, address=address.pk),
        sent_at=at,
        expires_at=at + LASTS_FOR,
    )
    subjects = (("case", case.pk),)
    record("follow_code.sent", by=by, at=at, subjects=subjects, facts={"address": address.pk})
    send_letter(_letter(case, address, code), by=by, at=at)


@all_or_nothing()
def follow(case: Case, entered: str, *, at: datetime | None = None) -> Contact:
    """Who followed: the address is his, the case is known to be from him. Used once.

    Effects: follow_code.used, address.confirmed, case.sender_confirmed. Errors: WrongCode; the try is
    counted all the same, see `try_to_follow`.
    """
    at = clock.instant(at)
    code = next((code for code in _unused(case) if _is_good(code, entered, at)), None)
    if code is None:
        raise WrongCode
    code.used_at = at
    code.save(update_fields=["used_at"])
    contact = code.address.contact
    with caused_by():
        facts = {"address": code.address_id}
        record("follow_code.used", by=contact, at=at, subjects=[("case", case.pk)], facts=facts)
        confirm_address(code.address, by=contact, at=at)
        if _sent_it(case, code.address):
            confirm_sender(case, by=contact, at=at)
    return contact


def try_to_follow(case: Case, entered: str, *, at: datetime | None = None) -> Contact:
    """`follow`, with a wrong code counted in a transaction of its own. Errors: WrongCode."""
    at = clock.instant(at)
    try:
        return follow(case, entered, at=at)
    except WrongCode:
        _count_try(case, at)
        raise


@all_or_nothing()
def _count_try(case: Case, at: datetime) -> None:
    unused = _unused(case)
    if unused:
        # Each of them could have been meant: several people who follow one case give nobody more tries.
        FollowCode.objects.filter(pk__in=[code.pk for code in unused]).update(tries=F("tries") + 1)
        facts = {"tries": unused[0].tries + 1}
        record("follow_code.refused", by=case.contact, at=at, subjects=[("case", case.pk)], facts=facts)


def _unused(case: Case) -> list[FollowCode]:
    """Those that nobody has entered, the newest first."""
    codes = FollowCode.objects.select_for_update(of=("self",)).select_related("address__contact")
    return list(codes.filter(case=case, used_at=None).order_by("-sent_at", "-pk"))


def _is_good(code: FollowCode, entered: str, at: datetime) -> bool:
    is_alive = at < code.expires_at and code.tries < TRIES
    return is_alive and is_sealed(plain(entered), code.code_hash, case=code.case_id, address=code.address_id)


def _sent_it(case: Case, address: ContactAddress) -> bool:
    return address.contact_id in (case.contact_id, case.contact.merged_into_id)


def _letter(case: Case, address: ContactAddress, code: str) -> Letter:
    return Letter(
        template=f"channels/form/mail/{'receipt' if _sent_it(case, address) else 'code'}",
        to=Recipient(address=address.email, locale=address.contact.locale),
        purpose=Purpose.CODE if address.verified_at else Purpose.FIRST,
        context={
            "number": case.number,
            "code": spaced(code),
            "url": f"{settings.KEEPWELL_URL}/follow/{case.number}/",
        },
        about=(("case", case.pk),),
        headers={"Auto-Submitted": "auto-replied"},
        brand=brand_of(case),
        good_for=LASTS_FOR,
    )
