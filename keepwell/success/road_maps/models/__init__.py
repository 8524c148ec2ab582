from keepwell.success.road_maps.models.action_item import ActionChange, ActionItem, Dependency, DueChange
from keepwell.success.road_maps.models.check_point import CheckPoint
from keepwell.success.road_maps.models.comment import Comment
from keepwell.success.road_maps.models.goal import Goal
from keepwell.success.road_maps.models.measure import Measure, Reading
from keepwell.success.road_maps.models.milestone import Milestone
from keepwell.success.road_maps.models.road_map import RoadMap, RoadMapQuerySet
from keepwell.success.road_maps.models.template import Template
from keepwell.success.road_maps.models.value_claim import ValueClaim
from keepwell.success.road_maps.models.version import Version

__all__ = [
    "ActionChange",
    "ActionItem",
    "CheckPoint",
    "Comment",
    "Dependency",
    "DueChange",
    "Goal",
    "Measure",
    "Milestone",
    "Reading",
    "RoadMap",
    "RoadMapQuerySet",
    "Template",
    "ValueClaim",
    "Version",
]
