"""What is recorded about signals, rules, playbooks and tasks: ids, instants and numbers; never a word."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from keepwell.journal.kinds import declare

SIGNAL = {"signal": int, "rule": int}
RUN = {"playbook_run": int, "playbook": int, "signal": int}
TASK = {"task": int}
OWNERS = {"from_owner": int, "to_owner": int}

declare(
    "signal_rule.published",
    words=_("A rule for signals has a new version"),
    facts={"rule": int, "version": int},
)
declare("signal_rule.switched_off", words=_("A rule opens no more signals"), facts={"rule": int})
declare("signal_rule.switched_on", words=_("A rule opens signals again"), facts={"rule": int})

declare(
    "signal.opened",
    words=_("A signal was opened"),
    facts={**SIGNAL, "version": int, "severity": int, "owner": int},
)
declare("signal.acknowledged", words=_("Somebody deals with a signal"), facts=SIGNAL)
declare(
    "signal.snoozed", words=_("A signal was put off until %(until)s"), facts={**SIGNAL, "until": datetime}
)
declare("signal.woken", words=_("A signal that was put off is open again"), facts=SIGNAL)
declare("signal.cleared", words=_("What a signal was about is over"), facts=SIGNAL)
declare("signal.resolved", words=_("A signal was dealt with"), facts=SIGNAL)
declare("signal.dismissed", words=_("A signal was dismissed"), facts={**SIGNAL, "reason": str})
declare("signal.reopened", words=_("The end of a signal was taken back"), facts=SIGNAL)
declare("signal.handed_over", words=_("A signal is somebody else's"), facts={**SIGNAL, **OWNERS})
declare("signal.redacted", words=_("Words removed from a signal"), facts=SIGNAL)

declare(
    "playbook.published",
    words=_("A playbook was changed"),
    facts={"playbook": int, "number": int, "rule": int},
)
declare("playbook.switched_off", words=_("A playbook begins nothing more"), facts={"playbook": int})
declare("playbook.switched_on", words=_("A playbook begins again"), facts={"playbook": int})
declare("playbook_run.asked", words=_("A playbook waits for a yes"), facts=RUN)
declare("playbook_run.done", words=_("A playbook ran"), facts={**RUN, "made": int, "not_made": int})
declare("playbook_run.held_back", words=_("A playbook was held back"), facts=RUN)
declare("playbook_run.declined", words=_("A playbook was not wanted"), facts=RUN)

declare("task.added", words=_("Something is to be done until %(due_on)s"), facts={**TASK, "due_on": str})
declare("task.done", words=_("A task was done"), facts=TASK)
declare("task.dropped", words=_("A task is not done after all"), facts=TASK)
declare("task.reopened", words=_("A task is still to be done"), facts=TASK)
declare("task.handed_over", words=_("A task is somebody else's"), facts={**TASK, **OWNERS})
declare("task.redacted", words=_("Words removed from a task"), facts=TASK)
