"""The promises on paper: all of them, and one guideline alone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from keepwell.desk.access import needs
from keepwell.desk.insight_asking import asked, insight_filters, narrowing_of
from keepwell.desk.views.insight.guideline import PERMIT, version_of
from keepwell.insight.guidelines.narrowed import narrowing_words
from keepwell.insight.guidelines.report import Frame, guideline_pdf, report_pdf
from keepwell.kit import clock
from keepwell.kit.documents import PDF_TYPE
from keepwell.service_levels.measuring import Figures, figures_of
from keepwell.service_levels.models import GuidelineVersion
from keepwell.service_levels.queries import guidelines_in_force, published_guidelines


@require_safe
@needs(PERMIT)
def report(request: HttpRequest) -> HttpResponse:
    """Every guideline, for the window that `on` lies in and narrowed as the page is."""
    now, known = clock.now(), list(published_guidelines())
    shown = {version.pk for version in known}
    published = _figures(request, known, now)
    others = _figures(request, (one for one in guidelines_in_force() if one.pk not in shown), now)
    if not published and not others:
        raise Http404
    made = report_pdf(published, others, _frame(request, now))
    return _answer(made, f"promises-{(published or others)[0].window.first}.pdf")


@require_safe
@needs(PERMIT)
def guideline(request: HttpRequest, pk: int) -> HttpResponse:
    now, version = clock.now(), version_of(pk)
    [found] = _figures(request, [version], now)
    made = guideline_pdf(found, _frame(request, now))
    return _answer(made, f"guideline-{pk}-{found.window.first}.pdf")


def _figures(request: HttpRequest, versions: Iterable[GuidelineVersion], at: datetime) -> list[Figures]:
    filters = insight_filters()
    wanted = [(version, asked(request, version, filters, at=at)) for version in versions]
    return [figures_of(version, one.window, at=at, narrowing=one.narrowing) for version, one in wanted]


def _frame(request: HttpRequest, at: datetime) -> Frame:
    narrowed = narrowing_words(narrowing_of(request, insight_filters()))
    return Frame(at=at, zone=timezone.get_current_timezone(), narrowed=narrowed)


def _answer(made: bytes, name: str) -> HttpResponse:
    disposition = f'attachment; filename="{name}"'
    return HttpResponse(made, content_type=PDF_TYPE, headers={"Content-Disposition": disposition})
