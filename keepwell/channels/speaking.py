"""As which brand we speak to a customer."""

from __future__ import annotations

from keepwell.cases.models import Case
from keepwell.channels.models import InboundMail
from keepwell.outbox.models import Brand
from keepwell.outbox.queries import brands


def brand_of(case: Case) -> Brand:
    """Who answers in this case: whom the customer wrote to last, else whose product it is, else the vendor.

    The mailbox counts before the product: he reads the name that he wrote to.
    """
    own, *others = brands()
    if not others:
        return own
    known = {one.pk: one for one in others}
    mails = InboundMail.objects.filter(message__conversation=case.conversation_id)
    newest = (
        mails.order_by("-message__happened_at", "-pk").values_list("raw__mailbox__brand", flat=True).first()
    )
    of_product = case.product.brand_id if case.product else None
    return known.get(newest or of_product or own.pk, own)
