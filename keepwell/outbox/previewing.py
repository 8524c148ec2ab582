"""How a mail of a brand would look, with words that stand for those of an answer."""

from __future__ import annotations

from django.core.mail import EmailMultiAlternatives
from django.utils.translation import gettext as _

from keepwell.outbox.composing import dressed, written_by
from keepwell.outbox.models import Brand
from keepwell.outbox.variables import ANSWER, filled


def sample(brand: Brand, writer: str) -> str:
    """The HTML of an answer that `writer` would send."""
    values = {
        "contact": _("the customer"),
        "case": "1234",
        "subject": _("The subject of the case"),
        "promise": _("the day and time that are promised"),
        "writer": writer,
        "brand": brand.name,
    }
    answer = _("Here stands what you write, with **what is important** and [links](%(link)s).")
    message = EmailMultiAlternatives(
        subject=values["subject"],
        body=filled(brand.answer_frame, {**values, ANSWER: answer % {"link": "https://www.example"}}),
        from_email=written_by(brand),
    )
    whole = dressed(message, brand, variables=values)
    return str(getattr(whole, "alternatives")[0].content)  # noqa: B009 - its stubs do not know it
