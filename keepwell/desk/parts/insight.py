"""Insight: how promises are kept."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from keepwell.desk.registry import RailEntry, register
from keepwell.desk.views.insight import by_mail, files, guideline, promises, report, what_if

urlpatterns = [
    path("insight/", promises.promises, name="insight"),
    path("insight/report.pdf", report.report, name="insight_report"),
    path("insight/by-mail/", by_mail.by_mail, name="insight_by_mail"),
    path("insight/by-mail/<int:pk>/ending/", by_mail.ending, name="insight_by_mail_ending"),
    path("insight/guidelines/<int:pk>/", guideline.guideline, name="guideline"),
    path("insight/guidelines/<int:pk>/cases/<slug:group>/", guideline.cases, name="guideline_cases"),
    path("insight/guidelines/<int:pk>/what-if/", what_if.what_if, name="guideline_what_if"),
    path("insight/guidelines/<int:pk>/what-if/compared/", what_if.compared, name="guideline_compared"),
    path("insight/guidelines/<int:pk>/report.pdf", report.guideline, name="guideline_report"),
    path("insight/guidelines/<int:pk>/figures.<slug:kind>", files.figures, name="guideline_figures"),
    path("insight/guidelines/<int:pk>/<slug:name>.<slug:kind>", files.picture, name="guideline_picture"),
]

register(
    RailEntry(
        name="insight",
        position=800,
        permit="insight.see",
        words=_("Insight"),
        icon="chart-line",
        url_name="desk:insight",
    ),
)
