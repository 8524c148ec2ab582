"""Why a promise stands as it does: each step of a clock as a sentence.

Pure: a step and a way to say instants in, words out. Every code that a step may have is told here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from keepwell.kit import wording
from keepwell.service_levels import clock_state as states
from keepwell.service_levels.clock_state import Step

SEVERITY_WORDS: Mapping[str, Promise] = {
    "high": _("High"),
    "normal": _("Normal"),
    "low": _("Low"),
    "any": _("any"),
}

SENTENCES: Mapping[str, Promise] = {
    states.STARTED: _("It started. Promised %(allowance)s: due %(after)s."),
    states.PAUSE_BEGAN: _("The customer was asked for something: it stands still, and keeps what is left."),
    states.PAUSE_TOO_LATE: _(
        "The customer was asked for something, but the due had passed: nothing stood still."
    ),
    states.PAUSE_ENDED: _("It is our turn again. With what was left it is due %(after)s."),
    states.SEVERITY_RAISED: _(
        "Severity raised to %(severity)s, promised %(allowance)s from now. The earlier holds: due %(after)s."
    ),
    states.SEVERITY_LOWERED: _("Severity lowered: what was promised is kept, due %(after)s."),
    states.SEVERITY_CORRECTED: _(
        "Severity corrected to %(severity)s, promised %(allowance)s from the start: due %(after)s."
    ),
    states.CHANGE_PUT_OFF: _(
        "The severity changed while it stood still: the due moves when it is our turn again."
    ),
    states.MERGE_TAKEN_OVER: _(
        "Another case was merged into this one: the older start and the earlier due hold, due %(after)s."
    ),
    states.DUE_PASSED: _("The due passed: the promise was missed, and stays missed."),
    states.STOPPED: _("An answer or the solution stopped it here."),
    states.REOPENED: _("The case was reopened, so it was not solved. The time between stood still."),
    states.VOIDED: _("It does not count from here on."),
    states.ENDED: _("Missed before, it ended here with a merge, or because the customer withdrew the case."),
    states.CONTACT_UNDELIVERED: _(
        "An answer was not delivered after all: it was no contact, and the time ran on from the start."
    ),
    states.LATE_ENTRY_KEPT_MISS: _(
        "A contact was entered later for an earlier moment. It had been missed by then, and stays missed."
    ),
    states.WITHDRAWAL_KEPT_MISS: _(
        "The contact that started it was not delivered. It had been missed by then, and stays missed."
    ),
}


def step_words(step: Step, *, moment: Callable[[datetime], str]) -> str:
    """One step in a sentence; `moment` says an instant in the reader's words. Errors: KeyError."""
    return str(SENTENCES[step.kind]) % {
        "allowance": wording.allowance(step.allowance.amount, step.allowance.unit),
        "severity": SEVERITY_WORDS.get(step.severity, step.severity),
        "before": moment(step.due_before) if step.due_before else "",
        "after": moment(step.due_after) if step.due_after else "",
    }
