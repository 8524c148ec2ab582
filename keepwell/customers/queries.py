"""Questions about customers. Faces start from `accounts_visible_to` and `contacts_visible_to`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from keepwell.customers.addresses import domain_of
from keepwell.customers.models import (
    Account,
    Contact,
    ContactRole,
    MailDomain,
    ProductVersion,
    Stewardship,
)
from keepwell.customers.people_map import Seat, seats
from keepwell.journal.kinds import all_kinds, kinds_customers_see
from keepwell.journal.models import Entry
from keepwell.kit.asking import Question
from keepwell.people import permits
from keepwell.people.models import Role, User

STEWARDS = Question(
    lambda account: Stewardship.objects.filter(account=account, to_at__isnull=True).select_related("user")
)
NOUNS = frozenset(
    {"account", "mail_domain", "contact", "address", "phone", "consent", "deployment", "steward", "product"}
)

# Whom the vendor has to know by what they are; everybody else is a user.
MAPPED = (
    ContactRole.Kind.EXECUTIVE_SPONSOR,
    ContactRole.Kind.CHAMPION,
    ContactRole.Kind.ADMINISTRATOR,
)

# The account of this person's contact (of the one it was merged into, if it was) and all below it.
_ADMINISTERED = """
    WITH RECURSIVE administered(id) AS (
        SELECT person.account_id
        FROM keepwell_customers_contact own
        JOIN keepwell_customers_contact person ON person.id = coalesce(own.merged_into_id, own.id)
        WHERE own.user_id = %s
        UNION
        SELECT child.id FROM keepwell_customers_account child
        JOIN administered ON child.parent_id = administered.id
    )
    SELECT id FROM administered WHERE id IS NOT NULL
"""
_BELOW = """
    WITH RECURSIVE below(id) AS (
        SELECT %s::bigint
        UNION
        SELECT child.id FROM keepwell_customers_account child JOIN below ON child.parent_id = below.id
    )
    SELECT id FROM below
"""


def accounts_visible_to(actor: Any) -> QuerySet[Account]:
    """Staff see all; a customer his own account, his administrator also those below it; others none."""
    if sees_all(actor, "account.see"):
        return Account.objects.all()
    contact = _acting_contact(actor)
    own = Q(pk=contact.account_id) if contact and contact.account_id else Q(pk__in=[])
    if administers(actor):
        own |= Q(pk__in=accounts_administered_by(actor).values("pk"))
    return Account.objects.filter(own)


def contacts_visible_to(actor: Any) -> QuerySet[Contact]:
    """Staff see all; a customer himself, his administrator all of the accounts he administers.

    Contacts merged into another one are left out: the other one stands for them.
    """
    contacts = Contact.objects.filter(merged_into__isnull=True)
    if sees_all(actor, "contact.see"):
        return contacts
    contact = _acting_contact(actor)
    own = Q(pk=contact.pk) if contact else Q(pk__in=[])
    if administers(actor):
        own |= Q(account__in=accounts_administered_by(actor), erased_at__isnull=True)
    return contacts.filter(own)


def accounts_administered_by(user: Any) -> QuerySet[Account]:
    """The account this customer administers and every account under it; none if he administers none."""
    if not administers(user):
        return Account.objects.none()
    return Account.objects.filter(pk__in=RawSQL(_ADMINISTERED, (user.pk,)))


def with_all_below(account: Account) -> QuerySet[Account]:
    """The account and every account under it."""
    return Account.objects.filter(pk__in=RawSQL(_BELOW, (account.pk,)))


def administers(actor: Any) -> bool:
    noun = actor.actor_ref[0]
    return noun == "person" and actor.is_active and Role.CUSTOMER_ADMINISTRATOR in actor.roles


def sees_all(actor: Any, permit: str) -> bool:
    """Staff with the permit, and parts of the product."""
    noun = actor.actor_ref[0]
    if noun == "contact" or (noun == "person" and not actor.is_staff_member):
        return False
    return permits.may(actor, permit)


def contact_of(user: Any) -> Contact | None:
    """The contact who signs in as this person; the survivor where two were merged. None for staff."""
    contact = Contact.objects.filter(user=user.pk).first()
    return (contact.merged_into or contact) if contact else None


def contact_by_address(email: str) -> Contact | None:
    """Whose mail address this is, in any spelling of its letters; None if nobody's."""
    return Contact.objects.filter(addresses__email__iexact=email.strip()).first()


def identities_of(contact: Contact) -> list[int]:
    """The ids under which this person stands in older rows: his own, and those merged into it."""
    survivor_id = contact.merged_into_id or contact.pk
    of_person = Contact.objects.filter(Q(pk=survivor_id) | Q(merged_into=survivor_id))
    return list(of_person.order_by("pk").values_list("pk", flat=True))


def account_of_mail_domain(email: str) -> Account | None:
    """The account whose verified mail domain the address has; None if there is none."""
    found = MailDomain.objects.select_related("account").filter(
        domain=domain_of(email), verified_at__isnull=False
    )
    mail_domain = found.first()
    return mail_domain.account if mail_domain else None


def versions_of(products: Iterable[int]) -> dict[int, dict[str, ProductVersion]]:
    """The versions of these products, by product and then by number; one query."""
    found: dict[int, dict[str, ProductVersion]] = defaultdict(dict)
    for version in ProductVersion.objects.filter(product__in=list(products)).order_by("pk"):
        found[version.product_id][version.number] = version
    return dict(found)


def current_stewards(account: Account) -> list[Stewardship]:
    """Who looks after the account now: at most one of each kind."""
    return STEWARDS.objects(account.pk)


def people_map(account: Account, actor: Any) -> list[Seat]:
    """Who stands for what at the account, now and before; nothing for a customer. One query."""
    if not sees_all(actor, "contact.see"):
        return []
    rows = ContactRole.objects.filter(account=account, role__in=MAPPED).select_related("contact__account")
    return seats(MAPPED, rows.filter(contact__erased_at__isnull=True))


def accounts_of_steward(user: User) -> QuerySet[Account]:
    """The accounts this one of our people looks after now, in whichever way."""
    return Account.objects.filter(stewardships__user=user, stewardships__to_at__isnull=True).distinct()


def visible_entries(actor: Any, account: Account | None = None) -> QuerySet[Entry]:
    """What may be read of how customers changed, of one account or of all; oldest first."""
    entries = Entry.objects.about("account", account.pk) if account else Entry.objects.order_by("pk")
    if sees_all(actor, "account.see"):
        return entries.of_kinds(own_kinds())
    seen = tuple(set(own_kinds()) & set(kinds_customers_see()))
    if account is None or not accounts_visible_to(actor).filter(pk=account.pk).exists():
        return entries.none()
    return entries.of_kinds(seen)


def own_kinds() -> tuple[str, ...]:
    return tuple(kind.name for kind in all_kinds() if kind.slice_name in NOUNS)


def _acting_contact(actor: Any) -> Contact | None:
    noun, identity = actor.actor_ref
    if noun == "contact":
        found = Contact.objects.select_related("merged_into").filter(pk=identity).first()
        return (found.merged_into or found) if found else None
    return contact_of(actor) if noun == "person" and actor.is_customer else None
