"""The report of promises as a mail: its figures in words, the way to the page, the report on paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime, time, tzinfo
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import dateformat, translation
from django.utils.translation import gettext as _

from keepwell.insight.guidelines.figures import figures_by_name
from keepwell.insight.guidelines.judged import judged
from keepwell.insight.guidelines.report import Frame, report_pdf, window_words
from keepwell.insight.models import Subscription
from keepwell.insight.periods import Period
from keepwell.insight.queries import support_zone
from keepwell.kit import wording
from keepwell.kit.documents import PDF_TYPE
from keepwell.outbox.composing import Attached, Letter, Recipient
from keepwell.outbox.models import Purpose
from keepwell.people.models import User
from keepwell.service_levels.measuring import Figures, figures_of, zone_of
from keepwell.service_levels.models import GuidelineVersion
from keepwell.service_levels.published import promise_words
from keepwell.service_levels.queries import guidelines_in_force, published_guidelines
from keepwell.service_levels.windows import Window, window_at


def letter(subscription: Subscription, period: Period, *, at: datetime) -> Letter:
    """What a subscriber reads of a period, with the figures as they stand at an instant, in his words."""
    user, zone = subscription.user, support_zone(at)
    with _read_by(user) as own_zone:
        return _letter(
            subscription, period, Frame(at=at, zone=own_zone or zone, narrowed=subscription.narrowed)
        )


@contextmanager
def _read_by(user: User) -> Iterator[tzinfo | None]:
    with translation.override(user.locale or settings.LANGUAGE_CODE):
        yield ZoneInfo(user.time_zone) if user.time_zone else None


def _letter(subscription: Subscription, period: Period, frame: Frame) -> Letter:
    user = subscription.user
    published, others = _figures(subscription, period, frame.at)
    ending = f"{_site()}by-mail/{subscription.pk}/ending/"
    attached = _attached(published, others, frame, period) if published or others else ()
    return Letter(
        template="insight/mail/promises",
        to=Recipient(address=user.email, name=user.name, locale=user.locale, time_zone=user.time_zone),
        purpose=Purpose.OTHER,
        context={
            "month": _month(period),
            "as_of": wording.full(frame.at, frame.zone),
            "narrowed": "; ".join(frame.narrowed) or _("all cases"),
            "lines": [_line(found) for found in (*published, *others)],
            "url": f"{_site()}?{_query(subscription, period)}",
            "ending": ending,
        },
        about=(("person", user.pk),),
        headers={"List-Unsubscribe": f"<{ending}>"},
        attachments=attached,
    )


def _figures(subscription: Subscription, period: Period, at: datetime) -> tuple[list[Figures], list[Figures]]:
    """Of the published guidelines, and of those that are watched besides."""
    published = list(published_guidelines())
    known = {version.pk for version in published}
    others = [version for version in guidelines_in_force() if version.pk not in known]

    def measured(versions: Sequence[GuidelineVersion]) -> list[Figures]:
        return [
            figures_of(version, _window(version, period, at), at=at, narrowing=subscription.narrowing)
            for version in versions
        ]

    return measured(published), measured(others)


def _window(version: GuidelineVersion, period: Period, at: datetime) -> Window:
    zone = zone_of(version, at)
    noon = datetime.combine(period.on, time(12), zone)
    return window_at(version.window, noon, zone, days=version.rolling_days)


def _attached(
    published: Sequence[Figures], others: Sequence[Figures], frame: Frame, period: Period
) -> tuple[Attached, ...]:
    name = f"promises-{period.on:%Y-%m}.pdf"
    return (Attached(name=name, content=report_pdf(published, others, frame), content_type=PDF_TYPE),)


def _line(found: Figures) -> dict[str, str]:
    """A guideline in a line: its name, its promise, what was kept of it."""
    figures = {name: figure.text for name, figure in figures_by_name(found).items()}
    verdict = judged(found).words
    said = _("%(kept)s kept (%(kept_low)s–%(kept_high)s) of %(clocks)s, %(missed)s missed: %(verdict)s")
    return {
        "name": found.version.guideline.name,
        "promise": promise_words(found.commitment),
        "window": window_words(found.window),
        "words": said % {**figures, "verdict": verdict} if found.attainment.kept else verdict,
    }


def _query(subscription: Subscription, period: Period) -> str:
    kept: dict[str, Any] = asdict(subscription.narrowing)
    return urlencode({**{name: value for name, value in kept.items() if value}, "on": period.on.isoformat()})


def _month(period: Period) -> str:
    return dateformat.format(period.on, "F Y")


def _site() -> str:
    return f"{settings.KEEPWELL_URL}/desk/insight/"
