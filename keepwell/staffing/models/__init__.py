from keepwell.staffing.models.attention import Attention
from keepwell.staffing.models.skill import Skill
from keepwell.staffing.models.staff_profile import Presence, StaffProfile
from keepwell.staffing.models.team import LEVELS, Team, TeamMembership
from keepwell.staffing.models.time_off import TimeOff

__all__ = ["LEVELS", "Attention", "Presence", "Skill", "StaffProfile", "Team", "TeamMembership", "TimeOff"]
