from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from keepwell.contracts.terms import Span
from keepwell.conversations.authors import contact_id_of
from keepwell.customers.models import Account, Contact, ContactRole
from keepwell.customers.queries import accounts_administered_by, administers, identities_of, sees_all
from keepwell.success.engagements.models import Engagement
from keepwell.success.reviews.states import FROZEN, ReviewState

STATES = [
    (ReviewState.DRAFT.value, _("Draft")),
    (ReviewState.INTERNAL.value, _("Read by us")),
    (ReviewState.DELIVERED.value, _("Delivered")),
    (ReviewState.ACCEPTED.value, _("Accepted")),
]
LEADS = (ContactRole.Kind.EXECUTIVE_SPONSOR, ContactRole.Kind.CHAMPION)
HANDED_OVER = [state.value for state in FROZEN]


class ReviewQuerySet(models.QuerySet["Review"]):
    def visible_to(self, actor: Any) -> ReviewQuerySet:
        """Staff see all. Of the customer, once it is delivered: whoever administers the account, and its
        sponsors and champions."""
        if sees_all(actor, "review.see"):
            return self.all()
        identity = contact_id_of(actor)
        if identity is None:
            return self.none()
        contact = Contact.objects.get(pk=identity)
        if contact.erased_at:
            return self.none()
        mine = Q(pk__in=[])
        leads = ContactRole.objects.filter(
            contact__in=identities_of(contact), role__in=LEADS, to_at__isnull=True
        )
        if contact.account_id and leads.exists():
            mine |= Q(account=contact.account_id)
        if administers(actor):
            mine |= Q(account__in=accounts_administered_by(actor))
        return self.filter(mine, state__in=HANDED_OVER)

    def delivered(self) -> ReviewQuerySet:
        """Those that customers have, the newest first."""
        return self.filter(state__in=HANDED_OVER).order_by("-delivered_at", "-pk")


class Review(models.Model):
    """A system review of an account over some days. Once it is delivered a trigger keeps all of it as it is.

    `data` is what was gathered, as `gathering` says; `template` says how it is to be read. `summary` is what
    the customer reads first, `notes` what he never reads. `before` is the review that it opens with, None for
    the first. Of an account at most one is not delivered.
    """

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="reviews")
    before = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, null=True, related_name="reviews")
    first_on = models.DateField(_("from"))
    last_on = models.DateField(_("to"))
    state = models.CharField(max_length=9, choices=STATES, default=ReviewState.DRAFT.value)
    template = models.PositiveSmallIntegerField()
    data = models.JSONField()
    assembled_at = models.DateTimeField()
    summary = models.TextField(_("summary"), blank=True)
    notes = models.TextField(_("notes for us"), blank=True)
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    delivered_at = models.DateTimeField(null=True)
    delivered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(Contact, on_delete=models.PROTECT, null=True, related_name="+")

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-begun_at", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["account"], condition=~Q(state__in=HANDED_OVER), name="review_one_under_way"
            ),
            models.UniqueConstraint(
                fields=["engagement"],
                condition=Q(engagement__isnull=False),
                name="review_one_of_an_engagement",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[each.value for each in ReviewState]), name="review_state_known"
            ),
            models.CheckConstraint(condition=Q(last_on__gte=F("first_on")), name="review_days_in_order"),
            models.CheckConstraint(
                condition=Q(state__in=HANDED_OVER, delivered_at__isnull=False)
                | (~Q(state__in=HANDED_OVER) & Q(delivered_at__isnull=True)),
                name="review_delivered_with_its_instant",
            ),
            models.CheckConstraint(
                condition=Q(state="accepted", accepted_at__isnull=False, accepted_by__isnull=False)
                | (~Q(state="accepted") & Q(accepted_at__isnull=True, accepted_by__isnull=True)),
                name="review_accepted_by_somebody",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["account", "-begun_at", "-id"], name="review_of_account"),
        ]

    def __str__(self) -> str:
        return f"{self.account}, {self.last_on}"

    @property
    def span(self) -> Span:
        return Span(first=self.first_on, last=self.last_on)

    @property
    def is_frozen(self) -> bool:
        return self.state in HANDED_OVER
