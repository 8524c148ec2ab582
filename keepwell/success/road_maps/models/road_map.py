from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keepwell.conversations.authors import contact_id_of
from keepwell.customers.models import Account, Contact, ContactRole
from keepwell.customers.queries import accounts_administered_by, administers, identities_of, sees_all

LEADS = (ContactRole.Kind.EXECUTIVE_SPONSOR, ContactRole.Kind.CHAMPION)


class RoadMapQuerySet(models.QuerySet["RoadMap"]):
    def visible_to(self, actor: Any) -> RoadMapQuerySet:
        """Staff see all. Of the customer, once something was shared: whoever administers the account,
        sponsors or champions there, and who has something on it that is shared."""
        if sees_all(actor, "road_map.see"):
            return self.all()
        identity = contact_id_of(actor)
        if identity is None:
            return self.none()
        contact = Contact.objects.get(pk=identity)
        if contact.erased_at:
            return self.none()
        mine = _of_contact(contact)
        if administers(actor):
            mine |= Q(account__in=accounts_administered_by(actor))
        shared = self.model.objects.filter(versions__state__in=("shared", "agreed"))
        return self.filter(mine, pk__in=shared.values("pk"))


def _of_contact(contact: Contact) -> Q:
    """His account's, where he leads there or has something on it; ids, so that nothing comes twice."""
    ids = identities_of(contact)
    leads = ContactRole.objects.filter(contact__in=ids, role__in=LEADS, to_at__isnull=True)
    own_goal = Q(goals__is_shared=True) & (Q(goals__customer_owner__in=ids) | Q(goals__sponsor__in=ids))
    own_action = Q(actions__is_shared=True, actions__owner_contact__in=ids)
    having = RoadMap.objects.filter(own_goal | own_action)
    own = Q(pk__in=having.values("pk"))
    if leads.exists():
        own |= Q(account=contact.account_id)
    return own & Q(account=contact.account_id)


class RoadMap(models.Model):
    """Where an account wants to get to by its horizon. At most one that is not closed for each account.

    `vision` is what it is all for, in the customer's words. What is agreed of it stands in its versions.
    """

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="road_maps")
    vision = models.TextField(_("vision"), blank=True)
    horizon_on = models.DateField(_("horizon"))
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    objects = RoadMapQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-opened_at", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["account"], condition=Q(closed_at__isnull=True), name="road_map_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account}, {self.horizon_on}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None
