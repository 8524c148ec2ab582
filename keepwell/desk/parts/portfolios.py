"""Workload by hours, and handing accounts over."""

from django.urls import path

from keepwell.desk.registry import TodayCard, register
from keepwell.desk.views.success import hand_overs, workload

urlpatterns = [
    path("portfolio/workload/", workload.workload, name="portfolio_workload"),
    path("accounts/<int:pk>/hand-over/", hand_overs.new_hand_over, name="new_hand_over"),
    path("hand-overs/<int:pk>/", hand_overs.hand_over, name="hand_over"),
    path("hand-overs/<int:pk>/completion/", hand_overs.hand_over_completion, name="hand_over_completion"),
    path(
        "hand-overs/<int:pk>/things/<slug:noun>/<int:thing>/",
        hand_overs.hand_over_thing,
        name="hand_over_thing",
    ),
    path("hand-overs/<int:pk>/<slug:act>/", hand_overs.hand_over_act, name="hand_over_act"),
]

register(
    TodayCard(
        name="hand_overs",
        position=90,
        template="desk/hand_overs/_today.html",
        context=hand_overs.today_card,
    ),
)
