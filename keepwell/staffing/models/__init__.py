from keepwell.staffing.models.attention import Attention
from keepwell.staffing.models.call_out import CallOut, CallOutStep
from keepwell.staffing.models.rota import Rota, RotaPlace, StandIn
from keepwell.staffing.models.skill import Skill
from keepwell.staffing.models.staff_profile import Presence, StaffProfile
from keepwell.staffing.models.team import LEVELS, Team, TeamMembership
from keepwell.staffing.models.time_off import TimeOff

__all__ = [
    "LEVELS",
    "Attention",
    "CallOut",
    "CallOutStep",
    "Presence",
    "Rota",
    "RotaPlace",
    "Skill",
    "StaffProfile",
    "StandIn",
    "Team",
    "TeamMembership",
    "TimeOff",
]
