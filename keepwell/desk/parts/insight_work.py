"""Insight: how much work there is, how it flows, and who carries it."""

from django.urls import path

from keepwell.desk.views.insight import flow, work, work_files, workload

urlpatterns = [
    path("insight/work/", work.volume, name="insight_work"),
    path("insight/flow/", flow.flow, name="insight_flow"),
    path("insight/workload/", workload.workload, name="insight_workload"),
    path("insight/cases/<slug:group>/", work_files.cases, name="insight_cases"),
    path("insight/<slug:page>/<slug:name>.csv", work_files.table, name="insight_table"),
]
