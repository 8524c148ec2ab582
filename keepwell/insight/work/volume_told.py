"""Volume in figures, each with the sentence that defines it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from keepwell.insight.work.scope import Scope
from keepwell.insight.work.telling import Told, by_name
from keepwell.insight.work.volume import AGES, Volume
from keepwell.insight.work.volume_pictures import Hours, volume_charts
from keepwell.kit.figures import RATE, SHARE, Figure


def volume_told(scope: Scope, found: Volume, open_hours: Hours) -> Told:
    """open_hours: (weekday from 0, hour) when support is open in an ordinary week."""
    figures = {**_counts(found), **_hours(found, open_hours), **_backlog(scope, found)}
    return Told(figures=figures, charts=volume_charts(scope, found, open_hours))


def _counts(found: Volume) -> dict[str, Figure]:
    opened, resolved = sum(found.opened.values()), sum(found.resolved.values())
    return by_name(
        Figure(
            name="opened",
            value=opened,
            words=_("Opened"),
            about=_("Cases opened in the window, without spam and without duplicates that were merged away."),
        ),
        Figure(
            name="resolved",
            value=resolved,
            words=_("Resolved"),
            about=_(
                "Resolutions in the window, whenever the case was opened; one that was reopened and"
                " resolved again counts each time."
            ),
        ),
        Figure(
            name="withdrawn",
            value=found.withdrawn,
            words=_("Withdrawn"),
            about=_("Ended by the customer's word before they were resolved."),
        ),
        Figure(
            name="opened_per_resolved",
            value=opened / resolved if resolved else None,
            kind=RATE,
            words=_("Opened for each resolved"),
            about=_("Above one, more comes in than is resolved."),
        ),
    )


def _hours(found: Volume, open_hours: Hours) -> dict[str, Figure]:
    opened = sum(found.hours.values())
    inside = sum(n for hour, n in found.hours.items() if hour in open_hours)
    return by_name(
        Figure(
            name="in_support_hours",
            value=inside / opened if opened else None,
            kind=SHARE,
            words=_("In support hours"),
            about=_("The part of the opened cases that came in an hour of the week when support is open."),
        )
    )


def _backlog(scope: Scope, found: Volume) -> dict[str, Figure]:
    by_age = {
        f"age_{name}": Figure(
            name=f"age_{name}",
            value=sum(n for (age, _severity), n in found.open_by_age.items() if age == name),
            words=str(words),
        )
        for name, _days, words in AGES
    }
    oldest = (scope.at - found.oldest_opened_at).days if found.oldest_opened_at else None
    figures = by_name(
        Figure(
            name="open_now",
            value=sum(found.open_by_age.values()),
            words=_("Open now"),
            about=_(
                "Cases with work left to do, whatever they wait for, as they stand; not only of the window."
            ),
        ),
        Figure(
            name="oldest_days",
            value=oldest,
            words=_("Days since the oldest was opened"),
            about=_("Whole days that passed since the opening of the oldest case that is open now."),
        ),
    )
    return {**figures, **by_age}
