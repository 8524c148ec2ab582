from keepwell.service_levels.models.at_stake import AtStake
from keepwell.service_levels.models.burn_alert import BurnAlert
from keepwell.service_levels.models.clock import Clock
from keepwell.service_levels.models.closed_window import ClosedWindow
from keepwell.service_levels.models.guideline import Guideline, GuidelineVersion
from keepwell.service_levels.models.passing import Passing
from keepwell.service_levels.models.policy import Commitment, Policy, PolicyAssignment, PolicyVersion
from keepwell.service_levels.models.promised_update import PromisedUpdate
from keepwell.service_levels.models.standing import Standing
from keepwell.service_levels.models.year_behind import YearBehind

__all__ = [
    "AtStake",
    "BurnAlert",
    "Clock",
    "ClosedWindow",
    "Commitment",
    "Guideline",
    "GuidelineVersion",
    "Passing",
    "Policy",
    "PolicyAssignment",
    "PolicyVersion",
    "PromisedUpdate",
    "Standing",
    "YearBehind",
]
