"""Road maps: a tab of the account, its edits, a review in a meeting, paper; what is to be done, on Today."""

from collections.abc import Callable

from django.http import HttpResponseBase
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from keepwell.desk.registry import AccountTab, TodayCard, register
from keepwell.desk.views.road_maps import (
    actions,
    beginning,
    check_points,
    goals,
    milestones,
    page,
    paper,
    sharing,
    valuing,
    writing,
)


def _at(address: str, view: Callable[..., HttpResponseBase], name: str) -> URLPattern:
    return path(f"road-maps/<int:pk>/{address}", view, name=name)


urlpatterns = [
    path("accounts/<int:pk>/road-map/", page.of_account, name="account_road_map"),
    path("accounts/<int:pk>/road-map/new/", beginning.begin, name="new_road_map"),
    _at("", page.road_map, "road_map"),
    _at("review/", page.review, "road_map_review"),
    _at("paper/", paper.paper, "road_map_paper"),
    _at("edit/", beginning.edit, "edit_road_map"),
    _at("closing/", beginning.close, "road_map_closing"),
    _at("template/", beginning.keep, "road_map_template"),
    _at("goals/new/", goals.new_goal, "new_goal"),
    _at("goals/<int:goal>/", goals.goal, "goal"),
    _at("goals/<int:goal>/state/", goals.state, "goal_state"),
    _at("goals/<int:goal>/measures/new/", goals.new_measure, "new_measure"),
    _at("goals/<int:goal>/measures/<int:measure>/", goals.measure, "measure"),
    _at("goals/<int:goal>/measures/<int:measure>/readings/new/", goals.reading, "new_reading"),
    _at("goals/<int:goal>/claims/new/", valuing.new_claim, "new_value_claim"),
    _at("milestones/new/", milestones.new_milestone, "new_milestone"),
    _at("milestones/<int:milestone>/", milestones.milestone, "milestone"),
    _at("milestones/<int:milestone>/reaching/", milestones.reaching, "milestone_reaching"),
    _at("actions/new/", actions.new_action, "new_action"),
    _at("actions/<int:action>/", actions.action, "action"),
    _at("actions/<int:action>/state/", actions.state, "action_state"),
    _at("actions/<int:action>/due/", actions.due, "action_due"),
    _at("sharing/", sharing.sharing, "road_map_sharing"),
    _at("versions/<int:number>/", sharing.version, "road_map_version"),
    _at("check-points/", check_points.check_points, "road_map_check_points"),
    _at("check-points/new/", check_points.take, "new_check_point"),
    _at("comments/", writing.comments, "road_map_comments"),
    _at("comments/<int:comment>/redaction/", writing.redaction, "road_map_comment_redaction"),
]

register(
    AccountTab(
        name="road_map",
        position=300,
        permit=page.PERMIT,
        words=_("Road map"),
        url_name="desk:account_road_map",
    ),
    TodayCard(
        name="road_map_actions",
        position=300,
        permit="road_map.take_part",
        template="desk/road_maps/_today.html",
        context=page.of_today,
    ),
)
