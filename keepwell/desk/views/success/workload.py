"""Hours that are wanted of whoever looks after accounts, against the hours that there are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from keepwell.customers.models import Stewardship
from keepwell.desk.access import needs
from keepwell.kit import clock
from keepwell.kit.charts.bars import bars
from keepwell.kit.charts.chart import Chart, Words
from keepwell.people.models import User
from keepwell.success.engagements.queries import hosts
from keepwell.success.portfolios.wanted_hours import A_QUARTER, loads
from keepwell.success.portfolios.workload import FOR_CUSTOMERS, Load, Work

WORK_WORDS = {
    Work.MEETINGS: gettext_lazy("Meetings ahead"),
    Work.CADENCES: gettext_lazy("Cadences"),
    Work.ACTIONS: gettext_lazy("To be done"),
    Work.RENEWALS: gettext_lazy("Renewals"),
    Work.PREPAID: gettext_lazy("Prepaid hours owed"),
}
AN_HOUR = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class Row:
    """One person: hours rounded to whole ones, `share` in percent, None for somebody without hours."""

    user: User
    accounts: int
    wanted: int
    there_are: int
    share: int | None
    tone: str


@require_safe
@needs("health.see")
def workload(request: HttpRequest) -> HttpResponse:
    """Of the quarter that begins today; whoever has the most to do for his hours first."""
    now = clock.now()
    people = list(hosts())
    found = loads(people, now)
    counted = _accounts_of(people)
    rows = [_row(one, found[one.pk], counted.get(one.pk, 0)) for one in people]
    rows = [row for row in rows if row.accounts or row.wanted]
    rows.sort(key=lambda row: (-(row.share if row.share is not None else 10**6), row.user.name))
    given = {
        "rows": rows,
        "chart": _chart(rows, found) if any(row.wanted for row in rows) else None,
        "until": (now + A_QUARTER).date(),
        "for_customers": round(100 * FOR_CUSTOMERS),
    }
    return render(request, "desk/success/workload.html", given)


def _accounts_of(people: list[User]) -> dict[int, int]:
    counted: dict[int, set[int]] = {}
    rows = Stewardship.objects.filter(user__in=people, to_at__isnull=True)
    for user, account in rows.values_list("user", "account"):
        counted.setdefault(user, set()).add(account)
    return {user: len(accounts) for user, accounts in counted.items()}


def _row(user: User, load: Load, accounts: int) -> Row:
    share = round(100 * load.share) if load.share is not None else None
    return Row(
        user=user,
        accounts=accounts,
        wanted=round(load.whole / AN_HOUR),
        there_are=round(load.there_are / AN_HOUR),
        share=share,
        tone="" if share is None or share <= 85 else "warn" if share <= 100 else "bad",
    )


def _chart(rows: list[Row], found: dict[int, Load]) -> Chart:
    parts: list[Any] = [
        (
            row.user.name or row.user.email,
            str(WORK_WORDS[work]),
            round(found[row.user.pk].wanted[work] / AN_HOUR, 1),
        )
        for row in rows
        for work in Work
        if work in found[row.user.pk].wanted
    ]
    most = rows[0]
    summary = _("%(name)s has the most to do: %(wanted)s hours of %(there)s.") % {
        "name": most.user.name or most.user.email,
        "wanted": most.wanted,
        "there": most.there_are,
    }
    words = Words(
        title=_("Hours wanted in this quarter"),
        summary=summary,
        across=_("Who"),
        up=_("Hours"),
        by=_("For"),
    )
    return bars(parts, words, are_lying=True)
