"""In whose language and in whose name a review is printed."""

from __future__ import annotations

from django.conf import settings
from django.utils import translation

from keepwell.customers.models import Account, ContactRole, Deployment
from keepwell.customers.queries import MAPPED
from keepwell.outbox.models import Brand
from keepwell.outbox.queries import brands
from keepwell.success.reviews.models import Review
from keepwell.success.reviews.paper import review_pdf
from keepwell.success.reviews.showing.document import for_customer, for_staff


def print_for_customer(review: Review) -> bytes:
    """As the customer gets it, in the language of those who lead there. The PDF."""
    with translation.override(language_of(review.account)):
        return review_pdf(for_customer(review), brand_of(review.account))


def print_for_us(review: Review, *, with_prices: bool) -> bytes:
    """All of it, in the reader's own language. The PDF."""
    return review_pdf(for_staff(review, with_prices=with_prices), brand_of(review.account))


def language_of(account: Account) -> str:
    """That of the sponsor, the champion or the administrator; the installation's where none says one."""
    rows = ContactRole.objects.filter(
        account=account,
        contact__erased_at__isnull=True,
        contact__merged_into__isnull=True,
        role__in=MAPPED,
        to_at__isnull=True,
    ).exclude(contact__locale="")
    said = sorted(
        (MAPPED.index(ContactRole.Kind(row.role)), row.pk, row.contact.locale)
        for row in rows.select_related("contact")
    )
    return said[0][2] if said else settings.LANGUAGE_CODE


def brand_of(account: Account) -> Brand:
    """That of what runs there, where all of it has the same; else the vendor's own."""
    own, *others = brands()
    running = Deployment.objects.filter(account=account, retired_at__isnull=True)
    spoken = set(running.values_list("product__brand", flat=True))
    known = {one.pk: one for one in others}
    return known.get(spoken.pop(), own) if len(spoken) == 1 else own
