"""Two contacts turn out to be one person."""

from __future__ import annotations

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db.models import Model
from django.utils.translation import gettext as _

from keepwell.customers.contact_subjects import subjects_of
from keepwell.customers.models import Consent, Contact, ContactPhone, ContactRole
from keepwell.customers.reaching import lock_living
from keepwell.customers.refusals import MergeRefused
from keepwell.customers.sign_in_roles import bring_sign_in_in_line
from keepwell.journal.recording import Actor, caused_by, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.people import permits
from keepwell.people.verbs.deactivating import deactivate


@all_or_nothing()
def merge_contacts(merged: Contact, into: Contact, *, by: Actor, at: datetime | None = None) -> None:
    """`into` stands for both from now on, with the addresses, phones, roles and consents of both.

    The merged contact stays as a row that points to the survivor, so that whatever was written by him or
    to him keeps its trace. Both ways to sign in lead to the survivor. What the survivor lacks (name,
    language, account) he takes over. Effects: contact.merged. Errors: MergeRefused for one contact, or
    two of different accounts; ContactIsGone.
    """
    permits.require(by, "contact.edit")
    at = clock.instant(at)
    _refuse_same(merged, into)
    for contact in sorted((merged, into), key=lambda one: one.pk):
        lock_living(contact)
    _refuse_two_accounts(merged, into)
    _take_over_what_is_lacking(merged, into)
    _move_addresses(merged, into)
    _move_phones(merged, into)
    _move_spans(ContactRole, "role", "to_at", merged, into, at)
    _move_spans(Consent, "purpose", "withdrawn_at", merged, into, at)
    _end_user_beside_administrator(into, at)
    with caused_by():
        _join_sign_ins(merged, into, by=by, at=at)
        Contact.objects.filter(merged_into=merged).update(merged_into=into)
        merged.merged_into = into
        merged.save(update_fields=["merged_into", "user"])
        into.save(update_fields=["name", "locale", "account", "user"])
        bring_sign_in_in_line(into, by=by, at=at)
        record(
            "contact.merged",
            by=by,
            at=at,
            subjects=[*subjects_of(into), *subjects_of(merged)],
            facts={"merged": merged.pk, "into": into.pk},
        )


def _refuse_same(merged: Contact, into: Contact) -> None:
    if merged.pk == into.pk:
        raise MergeRefused(_("These are one contact already. Nothing was changed."))


def _refuse_two_accounts(merged: Contact, into: Contact) -> None:
    if merged.account_id and into.account_id and merged.account_id != into.account_id:
        raise MergeRefused(
            _(
                "%(merged)s is at %(other)s and %(into)s at %(account)s. Place both at one account first; "
                "nothing was changed."
            )
            % {"merged": merged, "other": merged.account, "into": into, "account": into.account}
        )


def _take_over_what_is_lacking(merged: Contact, into: Contact) -> None:
    into.name = into.name or merged.name
    into.locale = into.locale or merged.locale
    into.account = into.account or merged.account


def _move_addresses(merged: Contact, into: Contact) -> None:
    keeps_own = into.addresses.filter(is_primary=True).exists()
    addresses = merged.addresses.all()
    if keeps_own:
        addresses.update(is_primary=False)
    addresses.update(contact=into)


def _move_phones(merged: Contact, into: Contact) -> None:
    # A number that both have stays with each: no row is lost, and the survivor shows it once.
    known = ContactPhone.objects.filter(contact=into).values("digits")
    ContactPhone.objects.filter(contact=merged).exclude(digits__in=known).update(contact=into)


def _move_spans(
    table: type[Model], what: str, end: str, merged: Contact, into: Contact, at: datetime
) -> None:
    """Moves rows that hold from one instant to another; where both run on, the merged one's ends here."""
    rows = table._default_manager
    running = rows.filter(contact=into, **{f"{end}__isnull": True}).values(what)
    rows.filter(contact=merged, **{f"{end}__isnull": True, f"{what}__in": running}).update(**{end: at})
    rows.filter(contact=merged).update(contact=into)


def _end_user_beside_administrator(into: Contact, at: datetime) -> None:
    current = ContactRole.objects.filter(contact=into, to_at__isnull=True)
    if current.filter(role=ContactRole.Kind.ADMINISTRATOR).exists():
        current.filter(role=ContactRole.Kind.USER).update(to_at=at)


def _join_sign_ins(merged: Contact, into: Contact, *, by: Actor, at: datetime) -> None:
    if merged.user is None:
        return
    if into.user is None:
        # Freed first: a sign-in belongs to one contact at every moment.
        into.user, merged.user = merged.user, None
        merged.save(update_fields=["user"])
        return
    EmailAddress.objects.filter(user=merged.user).update(user=into.user, primary=False)
    if merged.user.is_active:
        deactivate(merged.user, by=by, at=at)
