from keepwell.success.signals.models.look import Look
from keepwell.success.signals.models.playbook import Mode, Playbook, PlaybookRun, RunState, WhyNot
from keepwell.success.signals.models.rule import SignalRule, SignalRuleVersion
from keepwell.success.signals.models.signal import (
    ASKING_STATES,
    ENDED_STATES,
    OPEN_STATES,
    SEVERITIES,
    Dismissal,
    Signal,
    SignalState,
)
from keepwell.success.signals.models.task import Task, TaskState

__all__ = [
    "ASKING_STATES",
    "ENDED_STATES",
    "OPEN_STATES",
    "SEVERITIES",
    "Dismissal",
    "Look",
    "Mode",
    "Playbook",
    "PlaybookRun",
    "RunState",
    "Signal",
    "SignalRule",
    "SignalRuleVersion",
    "SignalState",
    "Task",
    "TaskState",
    "WhyNot",
]
