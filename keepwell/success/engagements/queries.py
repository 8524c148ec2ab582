"""Questions about engagements. Faces start from `Engagement.objects.visible_to` and its like."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from keepwell.customers.models import Account
from keepwell.customers.queries import accounts_visible_to, sees_all
from keepwell.journal.kinds import all_kinds, kinds_customers_see
from keepwell.journal.models import Entry, EntrySubject
from keepwell.people import permits
from keepwell.people.models import User
from keepwell.staffing.queries import staff
from keepwell.success.engagements.free_times import Span
from keepwell.success.engagements.models import Action, Attendee, Cadence, Engagement, State
from keepwell.success.engagements.models.engagement import EngagementQuerySet

NOUNS = frozenset(
    {
        "engagement",
        "attendee",
        "booking",
        "engagement_action",
        "touch",
        "cadence",
        "meeting_hours",
        "busy_calendar",
        "calendar_feed",
    }
)
OF_ENGAGEMENTS = frozenset({"engagement", "attendee", "engagement_action"})
HOLDS = "engagement.hold"


def hosts() -> QuerySet[User]:
    """Who of ours may hold an engagement, by name."""
    return staff().filter(grants__role__in=permits.roles_with(HOLDS))


def of_mine(user: User) -> EngagementQuerySet:
    """What this one of ours holds or takes part in."""
    takes_part = Attendee.objects.filter(engagement=OuterRef("pk"), user=user, removed_at=None)
    return Engagement.objects.visible_to(user).filter(Q(host=user) | Exists(takes_part))


def ahead_of(user: User, until: datetime) -> EngagementQuerySet:
    """What he holds or takes part in until then and has not been held, the next first."""
    return of_mine(user).filter(state=State.SCHEDULED, starts_at__lt=until).order_by("starts_at", "pk")


def to_arrange_by(user: User, until: date) -> EngagementQuerySet:
    """What this one of ours has still to find a time for: asked for, or wanted by that day."""
    waits = Q(state=State.REQUESTED) | Q(state=State.PROPOSED, wanted_on__lte=until)
    rows = Engagement.objects.visible_to(user).filter(waits, host=user)
    return rows.order_by("wanted_on", "pk")


def actions_of(user: User) -> QuerySet[Action]:
    """What this one of ours has still to do, the most urgent first."""
    rows = Action.objects.still_open().filter(user=user)
    return rows.select_related("engagement__account", "user").order_by("due_on", "pk")


def actions_at(account: Account, actor: Any) -> QuerySet[Action]:
    """What is still to be done at this account, on either side, the most urgent first."""
    rows = Action.objects.visible_to(actor).still_open().filter(engagement__account=account)
    return rows.select_related("engagement", "user", "contact").order_by("due_on", "pk")


def taken_by(user_id: int, window: Span, *, but: Engagement | None = None) -> list[Span]:
    """When this one of ours holds something scheduled, or takes part in it."""
    takes_part = Attendee.objects.filter(engagement=OuterRef("pk"), user=user_id, removed_at=None)
    rows = Engagement.objects.filter(
        Q(host=user_id) | Exists(takes_part),
        state=State.SCHEDULED,
        starts_at__lt=window[1],
        ends_at__gt=window[0],
    )
    rows = rows.exclude(pk=but.pk) if but else rows
    return [(starts, ends) for starts, ends in rows.values_list("starts_at", "ends_at") if starts and ends]


def cadences_at(account: Account, actor: Any) -> QuerySet[Cadence]:
    """How often the account is met, as staff set it."""
    rows = Cadence.objects.filter(account=account, ended_at=None).select_related("host")
    return rows if sees_all(actor, "account.see") else rows.none()


def last_held_at(account: Account) -> datetime | None:
    """When an engagement was held with the account last; None if never. For whoever measures silence."""
    rows = Engagement.objects.filter(account=account, state__in=(State.HELD, State.CLOSED))
    return rows.order_by("-starts_at").values_list("starts_at", flat=True).first()


def visible_entries(actor: Any, account: Account | None = None) -> QuerySet[Entry]:
    """Staff read how all went; a customer what he may see of the engagements that he may see."""
    entries = Entry.objects.about("account", account.pk) if account else Entry.objects.order_by("pk")
    if sees_all(actor, "account.see"):
        return entries.of_kinds(_kinds_of(NOUNS))
    if account and not accounts_visible_to(actor).filter(pk=account.pk).exists():
        return entries.none()
    about = EntrySubject.objects.filter(
        entry=OuterRef("pk"),
        kind="engagement",
        subject_id__in=Engagement.objects.visible_to(actor).values("pk"),
    )
    seen = tuple(set(_kinds_of(OF_ENGAGEMENTS)) & set(kinds_customers_see()))
    return entries.filter(Exists(about)).of_kinds(seen)


def _kinds_of(nouns: frozenset[str]) -> tuple[str, ...]:
    return tuple(kind.name for kind in all_kinds() if kind.slice_name in nouns)
