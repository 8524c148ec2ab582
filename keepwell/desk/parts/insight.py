"""Insight: how promises are kept."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from keepwell.desk.registry import RailEntry, register
from keepwell.desk.views.insight import guideline, promises

urlpatterns = [
    path("insight/", promises.promises, name="insight"),
    path("insight/guidelines/<int:pk>/", guideline.guideline, name="guideline"),
    path("insight/guidelines/<int:pk>/cases/<slug:group>/", guideline.cases, name="guideline_cases"),
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
