"""The desk's addresses of signals, tasks, their rules and playbooks."""

from __future__ import annotations

from typing import Any

from tests.access.desk_accounts import ACCOUNT, both, page, post
from tests.access.desk_settings import both as both_of_settings
from tests.access.desk_settings import page as setting
from tests.access.desk_settings import post as post_setting
from tests.access.rows import Given, always, nothing, pk_of
from tests.access.scene import Scene

SEES, HANDLES, SETS = "health.see", "signal.handle", "settings.health"
SIGNAL, TASK = pk_of("signal"), pk_of("task")
PLAYBOOK = pk_of("signal", playbook="playbook")
SEEN: dict[str, Any] = {"behind": "signals"}
RULE = {
    "name": "Quiet",
    "scope": "account",
    "severity": "low",
    "join": "all",
    "when-0-reading": "silence.use",
    "when-0-is": "at_least",
    "when-0-number": "20",
    "cooldown_days": "14",
    "from_days": "30",
}


def _act(noun: str, act: str) -> Given:
    return lambda scene: {"pk": getattr(scene, noun).pk, "act": act}


def _to(noun: str) -> Given:
    return lambda scene: {"pk": getattr(scene, noun).pk, "to": "off"}


def _new_playbook(scene: Scene) -> dict[str, Any]:
    return {"name": "Call", "rule": scene.signal.rule_id, "mode": "asks", "0-does": "task", "0-words": "Call"}


ROWS = (
    page("signals", permit=SEES),
    page("signal", SIGNAL, SEES, **SEEN),
    *both("signal_snoozing", SIGNAL, always(until="2026-07-01"), HANDLES, **SEEN),
    *both("signal_dismissal", SIGNAL, always(reason="not_true"), HANDLES, **SEEN),
    *both("signal_owner", SIGNAL, nothing, HANDLES, **SEEN),
    post("signal_redaction", SIGNAL, permit="message.redact", who="lea", **SEEN),
    post("signal_playbook_run", PLAYBOOK, permit=HANDLES, **SEEN),
    post("signal_playbook_declining", PLAYBOOK, permit=HANDLES, **SEEN),
    post("signal_act", _act("signal", "acknowledging"), permit=HANDLES, **SEEN),
    page("account_signals", ACCOUNT, SEES, behind="accounts"),
    *both("new_task", ACCOUNT, always(words="Call", due_on="2026-06-12"), HANDLES, behind="accounts"),
    *both("task_owner", TASK, nothing, HANDLES, behind="tasks"),
    post("task_redaction", TASK, permit="message.redact", who="lea", behind="tasks"),
    post("task_act", _act("task", "finishing"), permit=HANDLES, behind="tasks"),
    setting("signal_rules", SETS),
    post_setting("usual_signal_rules", SETS),
    *both_of_settings("new_signal_rule", SETS, sends=always(**RULE)),
    *both_of_settings("signal_rule", SETS, pk_of("signal_rule"), as_shown=True),
    post_setting("signal_rule_switch", SETS, _to("signal_rule")),
    setting("playbooks", SETS),
    *both_of_settings("new_playbook", SETS, sends=_new_playbook),
    *both_of_settings("playbook", SETS, pk_of("playbook"), as_shown=True),
    post_setting("playbook_switch", SETS, _to("playbook")),
)
