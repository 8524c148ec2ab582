from keepwell.cases.models.case import Case
from keepwell.cases.models.case_queryset import OPEN, SET_ASIDE, CaseQuerySet
from keepwell.cases.models.closure import Closure
from keepwell.cases.models.escalation import Escalation
from keepwell.cases.models.intention import Intention
from keepwell.cases.models.level_stay import LevelStay
from keepwell.cases.models.logged_contact import LoggedContact
from keepwell.cases.models.saved_view import SavedView
from keepwell.cases.models.severity_change import SeverityChange
from keepwell.cases.models.snooze import Snooze

__all__ = [
    "OPEN",
    "SET_ASIDE",
    "Case",
    "CaseQuerySet",
    "Closure",
    "Escalation",
    "Intention",
    "LevelStay",
    "LoggedContact",
    "SavedView",
    "SeverityChange",
    "Snooze",
]
