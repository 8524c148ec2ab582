from keepwell.usage.models.apart import Apart, WhyApart
from keepwell.usage.models.conflict import Conflict
from keepwell.usage.models.day_file import DayFile
from keepwell.usage.models.group_fact import GroupFact
from keepwell.usage.models.landed import Landed
from keepwell.usage.models.membership import Membership
from keepwell.usage.models.metric_day import MetricDay, MetricState
from keepwell.usage.models.name_count import NameCount, Sort
from keepwell.usage.models.person_key import PersonKey
from keepwell.usage.models.rolled_day import RolledDay
from keepwell.usage.models.source import Source, SourceKind
from keepwell.usage.models.usage_day import UsageDay

__all__ = [
    "Apart",
    "Conflict",
    "DayFile",
    "GroupFact",
    "Landed",
    "Membership",
    "MetricDay",
    "MetricState",
    "NameCount",
    "PersonKey",
    "RolledDay",
    "Sort",
    "Source",
    "SourceKind",
    "UsageDay",
    "WhyApart",
]
