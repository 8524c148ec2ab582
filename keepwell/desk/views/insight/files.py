"""What stands on a guideline's page, as files: its figures as a table, its pictures."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from keepwell.desk.access import needs
from keepwell.desk.insight_asking import asked, insight_filters
from keepwell.desk.views.insight.guideline import PERMIT, version_of
from keepwell.insight.guidelines.pictures import budget_picture, curve_picture
from keepwell.insight.guidelines.sheet import figures_table
from keepwell.kit import clock
from keepwell.kit.charts.chart import Chart
from keepwell.kit.charts.drawing import png, svg
from keepwell.kit.sheets import CSV_TYPE, XLSX_TYPE, csv_pieces, xlsx
from keepwell.service_levels.measuring import Figures, figures_of

PICTURES: dict[str, Callable[[Figures], Chart | None]] = {"curve": curve_picture, "budget": budget_picture}


@require_safe
@needs(PERMIT)
def figures(request: HttpRequest, pk: int, kind: str) -> HttpResponseBase:
    """The figures as CSV or XLSX, for the window and the narrowing of the page."""
    table = figures_table(_found(request, pk))
    if kind == "csv":
        response: HttpResponseBase = StreamingHttpResponse(csv_pieces(table), content_type=CSV_TYPE)
    elif kind == "xlsx":
        response = HttpResponse(xlsx(table, zone=timezone.get_current_timezone()), content_type=XLSX_TYPE)
    else:
        raise Http404
    return _named(response, f"guideline-{pk}.{kind}")


@require_safe
@needs(PERMIT)
def picture(request: HttpRequest, pk: int, name: str, kind: str) -> HttpResponseBase:
    """One of the pictures as PNG or SVG."""
    if name not in PICTURES or kind not in ("png", "svg"):
        raise Http404
    chart = PICTURES[name](_found(request, pk))
    if chart is None:
        raise Http404
    if kind == "png":
        return _named(HttpResponse(png(chart), content_type="image/png"), f"{name}-{pk}.png")
    return _named(HttpResponse(svg(chart), content_type="image/svg+xml"), f"{name}-{pk}.svg")


def _found(request: HttpRequest, pk: int) -> Figures:
    now, version = clock.now(), version_of(pk)
    wanted = asked(request, version, insight_filters(), at=now)
    return figures_of(version, wanted.window, at=now, narrowing=wanted.narrowing)


def _named(response: HttpResponseBase, name: str) -> HttpResponseBase:
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
