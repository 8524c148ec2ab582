"""Signals, rules and runs as pages show them: evidence in words, what playbooks did or could do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from keepwell.cases.models import Case
from keepwell.people.models import User
from keepwell.success.engagements.models import Engagement, Kind
from keepwell.success.signals.describing import condition_words
from keepwell.success.signals.evidence import evidence_words
from keepwell.success.signals.models import (
    SEVERITIES,
    Playbook,
    PlaybookRun,
    Signal,
    SignalRule,
    Task,
    WhyNot,
)
from keepwell.success.signals.queries import Precision, precision_of
from keepwell.success.signals.steps import EngagementStep, Step, TaskStep
from keepwell.success.signals.terms import Terms

SEVERITY_WORDS = dict(SEVERITIES)
TONES = {3: "bad", 2: "warn", 1: ""}
OF_CASES = "cases."


def tone_of(signal: Signal) -> str:
    return TONES[signal.severity]


def signal_rows(signals: Iterable[Signal], who: User) -> list[dict[str, Any]]:
    """Each with its evidence in words, the cases it counts, its runs, and playbooks that may still run.

    As many queries for one as for many.
    """
    signals = list(signals)
    cases = _cases(signals, who)
    runs = _runs(signals)
    playbooks = _playbooks(signals)
    return [
        {
            "signal": one,
            "tone": tone_of(one),
            "evidence": evidence_words(one.evidence),
            "cases": [cases[pk] for pk in _case_ids(one) if pk in cases],
            "runs": [_run_row(run) for run in runs[one.pk]],
            "playbooks": _left(playbooks[one.rule_id], runs[one.pk])
            if one.is_open and one.account_id
            else [],
        }
        for one in signals
    ]


def short_rows(signals: Iterable[Signal]) -> list[dict[str, Any]]:
    """For lists: without what playbooks did; no query."""
    return [
        {"signal": one, "tone": tone_of(one), "evidence": evidence_words(one.evidence)} for one in signals
    ]


def rule_rows(rules: Iterable[SignalRule]) -> list[dict[str, Any]]:
    """Rules of `queries.rules_for_page`, in words, with how precise each is; one query more."""
    rules = list(rules)
    precision = precision_of(rules)
    return [_rule_row(rule, precision[rule.pk]) for rule in rules]


def _rule_row(rule: Any, precision: Precision) -> dict[str, Any]:
    newest = rule.all_versions[0]
    terms = newest.terms
    return {
        "rule": rule,
        "newest": newest,
        "words": terms_words(terms),
        "severity": SEVERITY_WORDS[terms.severity.value],
        "tone": TONES[terms.severity.value],
        "precision": precision_row(precision),
    }


def precision_row(precision: Precision) -> dict[str, Any]:
    """In whole percent; `is_told` says whether there are enough to say anything."""
    if not precision.is_told:
        return {"is_told": False, "of": precision.of}
    low, high = precision.interval
    return {
        "is_told": True,
        "of": precision.of,
        "share": round(100 * precision.share),
        "low": round(100 * low),
        "high": round(100 * high),
    }


def terms_words(terms: Terms) -> dict[str, str]:
    """`when` and `clears` in words; `clears` "" where the opposite clears it."""
    return {
        "when": condition_words(terms.when),
        "clears": condition_words(terms.clears) if terms.clears is not None else "",
    }


def step_rows(steps: Iterable[Step]) -> list[dict[str, Any]]:
    return [
        {"is_task": True, "words": step.words, "days": step.days, "whose": step.whose}
        if isinstance(step, TaskStep)
        else {"is_task": False, "words": Kind(step.kind).label, "days": step.days, "minutes": step.minutes}
        for step in steps
        if isinstance(step, TaskStep | EngagementStep)
    ]


def _case_ids(signal: Signal) -> list[int]:
    ids = [pk for one in signal.evidence if one["reading"].startswith(OF_CASES) for pk in one["ids"]]
    return list(dict.fromkeys(ids))


def _cases(signals: list[Signal], who: User) -> Mapping[int, Case]:
    ids = {pk for signal in signals for pk in _case_ids(signal)}
    found: Mapping[int, Case] = Case.objects.visible_to(who).in_bulk(list(ids))
    return found


def _runs(signals: list[Signal]) -> Mapping[int, list[PlaybookRun]]:
    found: dict[int, list[PlaybookRun]] = defaultdict(list)
    rows = PlaybookRun.objects.filter(signal__in=[one.pk for one in signals]).select_related("playbook", "by")
    runs = list(rows.order_by("pk"))
    _name_what_was_made(runs)
    for run in runs:
        found[run.signal_id].append(run)
    return found


def _name_what_was_made(runs: list[PlaybookRun]) -> None:
    """Adds to each step of an outcome what it made, or what stood in its way."""
    steps = [step for run in runs for step in run.outcome]
    tasks = Task.objects.in_bulk([step["id"] for step in steps if step["made"] == "task"])
    engagements = Engagement.objects.in_bulk([step["id"] for step in steps if step["made"] != "task"])
    for step in steps:
        step["of"] = (tasks if step["made"] == "task" else engagements).get(step["id"])


def _run_row(run: PlaybookRun) -> dict[str, Any]:
    made = [
        {**step, "words": WhyNot(step["why_not"]).label if step["why_not"] else ""} for step in run.outcome
    ]
    return {"run": run, "made": made}


def _playbooks(signals: list[Signal]) -> Mapping[int, list[Playbook]]:
    found: dict[int, list[Playbook]] = defaultdict(list)
    rows = Playbook.objects.filter(rule__in={one.rule_id for one in signals}, switched_off_at__isnull=True)
    for playbook in rows.order_by("name", "pk"):
        found[playbook.rule_id].append(playbook)
    return found


def _left(playbooks: list[Playbook], runs: list[PlaybookRun]) -> list[Playbook]:
    """Those that did not begin with it: they were made later, or were off."""
    begun = {run.playbook_id for run in runs}
    return [playbook for playbook in playbooks if playbook.pk not in begun]
