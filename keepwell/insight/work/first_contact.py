"""Which cases were resolved by the first human contact.

A human contact is what it is for the promises: an answer written by one of ours, once it was sent; a contact
entered by hand; and the live contact in which a case was opened. A case counts where there was exactly one of
these up to the resolution, the customer wrote nothing between the two, and it was never reopened. One that
ended because its customer did not answer was not resolved by what we said.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Case, Count, DateTimeField, Exists, F, Max, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Greatest

from keepwell.cases.models import Closure, LoggedContact
from keepwell.cases.words import How
from keepwell.conversations.models import Direction, Message, MessageState
from keepwell.insight.work.scope import Scope
from keepwell.insight.work.volume import resolutions

ANSWERS = Q(direction=Direction.OUT, state=MessageState.SENT, author_user__isnull=False)


def solved_at_first_contact(scope: Scope) -> Any:
    """The resolutions of the window that were the first contact's doing; one for each case."""
    rows = resolutions(scope).filter(reopened_at__isnull=True).exclude(how=How.NO_ANSWER)
    rows = rows.annotate(contacts=_contacts(), contact_at=_contact_at()).filter(contacts=1)
    undone = Closure.objects.filter(case=OuterRef("case"), reopened_at__isnull=False)
    said_more = Message.objects.filter(
        conversation=OuterRef("case__conversation"),
        direction=Direction.IN,
        happened_at__gt=OuterRef("contact_at"),
        happened_at__lte=OuterRef("ended_at"),
    )
    return rows.filter(~Exists(undone), ~Exists(said_more))


def _contacts() -> Any:
    live = Case(When(case__live=True, then=Value(1)), default=Value(0))
    return _number(_answers(), "conversation") + _number(_logged(), "case") + live


def _contact_at() -> Any:
    """The last one's instant; PostgreSQL leaves out of `greatest` what is not there."""
    live = Case(When(case__live=True, then=F("case__opened_at")), output_field=DateTimeField(null=True))
    return Greatest(_last(_answers(), "conversation"), _last(_logged(), "case"), live)


def _answers() -> Any:
    return Message.objects.filter(
        ANSWERS, conversation=OuterRef("case__conversation"), happened_at__lte=OuterRef("ended_at")
    )


def _logged() -> Any:
    return LoggedContact.objects.filter(case=OuterRef("case"), happened_at__lte=OuterRef("ended_at"))


def _number(rows: Any, of: str) -> Any:
    return Coalesce(Subquery(rows.order_by().values(of).annotate(n=Count("pk")).values("n")), Value(0))


def _last(rows: Any, of: str) -> Any:
    return Subquery(rows.order_by().values(of).annotate(last=Max("happened_at")).values("last"))
