"""What is filled in about signals: put off, dismissed, handed over; tasks; rules and playbooks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from keepwell.people.models import User
from keepwell.staffing.queries import staff
from keepwell.success.engagements.models import Kind
from keepwell.success.engagements.new_engagement import LONGEST_MINUTES, SHORTEST_MINUTES
from keepwell.success.signals.grammar import (
    LONGEST_WINDOW_DAYS,
    READINGS,
    Comparison,
    Condition,
    ConditionRefused,
    Joined,
    Scope,
    Test,
    number_written,
    write,
)
from keepwell.success.signals.models import SEVERITIES, Dismissal, Mode, SignalRule
from keepwell.success.signals.steps import (
    LONGEST_DAYS,
    LONGEST_WORDS,
    MOST_STEPS,
    EngagementStep,
    Step,
    TaskStep,
)
from keepwell.success.signals.terms import (
    LONGEST_COOLDOWN_DAYS,
    LONGEST_TENURE_DAYS,
    Severity,
    Terms,
    terms_from,
)

WHEN_ROWS, CLEARS_ROWS = 5, 2
SCOPES = [
    (Scope.ACCOUNT.value, _("Accounts")),
    (Scope.PERSON.value, _("People with a role at an account")),
    (Scope.SOURCE.value, _("Sources of usage data")),
]
COMPARISONS = [
    (Comparison.AT_LEAST.value, _("or more")),
    (Comparison.AT_MOST.value, _("or less")),
    (Comparison.MORE_THAN.value, _("more than")),
    (Comparison.LESS_THAN.value, _("less than")),
    (Comparison.EQUALS.value, _("exactly")),
]
JOINS = [("all", _("all of these hold")), ("any", _("any of these holds"))]
UNITS = {
    "days": _("days"),
    "percent": _("percent"),
    "people": _("people"),
    "points": _("points"),
    "times": _("times"),
    "band": _("red, amber, green"),
}
WHOSE = [("success", _("Customer success manager")), ("account", _("Account manager"))]
DOES = [("", _("nothing")), ("task", _("A task")), *Kind.choices]


def _day(label: Any, **given: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput({"type": "date"}), **given)


class SnoozeForm(forms.Form):
    until = _day(_("Until"), help_text=_("From that day on it is open again; within half a year."))

    def clean_until(self) -> datetime:
        on: Any = self.cleaned_data["until"]
        return datetime.combine(on, time(), UTC)


class DismissalForm(forms.Form):
    # None is chosen beforehand: one of them counts against the rule.
    reason = forms.ChoiceField(label=_("Why"), choices=[("", _("Choose one")), *Dismissal.choices])
    words = forms.CharField(
        label=_("More about it"), max_length=2000, required=False, widget=forms.Textarea({"rows": 3})
    )


class OwnerForm(forms.Form):
    """One of ours, or nobody."""

    to = forms.ModelChoiceField(
        label=_("Whose it is"), queryset=User.objects.none(), required=False, empty_label=_("Nobody's")
    )

    def __init__(self, data: Any, **given: Any) -> None:
        super().__init__(data, **given)
        fields: Any = self.fields
        fields["to"].queryset = staff()


class TaskForm(OwnerForm):
    words = forms.CharField(label=_("What is to be done"), max_length=LONGEST_WORDS)
    due_on = _day(_("Until"))
    field_order = ("words", "due_on", "to")


class RuleForm(forms.Form):
    """A rule as tests in rows, joined by all or any; what stands deeper is written as JSON instead."""

    name = forms.CharField(label=_("Name"), max_length=100)
    scope = forms.ChoiceField(label=_("It looks at"), choices=SCOPES)
    severity = forms.ChoiceField(
        label=_("Severity"),
        choices=[(Severity(value).name.lower(), words) for value, words in SEVERITIES],
        initial="medium",
    )
    join = forms.ChoiceField(label=_("It opens a signal when"), choices=JOINS)
    written = forms.CharField(
        label=_("Or the condition as JSON"),
        required=False,
        widget=forms.Textarea({"rows": 4, "spellcheck": "false"}),
        help_text=_("For conditions within conditions; the rows above are left out then."),
    )
    cooldown_days = forms.IntegerField(
        label=_("Quiet after an end, in days"), min_value=0, max_value=LONGEST_COOLDOWN_DAYS, initial=14
    )
    from_days = forms.IntegerField(
        label=_("For accounts live for so many days"),
        min_value=0,
        max_value=LONGEST_TENURE_DAYS,
        initial=30,
    )
    dedupe = forms.CharField(
        label=_("Shared with other rules as"),
        max_length=40,
        required=False,
        help_text=_("Rules with the same word here open one signal between them. Empty: it stands alone."),
    )

    def __init__(self, data: Any = None, *, name: str = "", terms: Terms | None = None) -> None:
        super().__init__(data, initial=_as_entered(name, terms) if terms else None)
        for part, many in (("when", WHEN_ROWS), ("clears", CLEARS_ROWS)):
            for row in range(many):
                self.fields.update(_row_fields(f"{part}-{row}", row + 1))
        if terms is not None:
            self.fields["scope"].disabled = True

    @property
    def when_rows(self) -> list[list[forms.BoundField]]:
        return [self._row(f"when-{row}") for row in range(WHEN_ROWS)]

    @property
    def clears_rows(self) -> list[list[forms.BoundField]]:
        return [self._row(f"clears-{row}") for row in range(CLEARS_ROWS)]

    @property
    def beside(self) -> list[forms.BoundField]:
        return [self[name] for name in ("cooldown_days", "from_days", "dedupe")]

    def terms(self) -> Terms:
        """What was entered. Errors: ConditionRefused, in words."""
        entered = self.cleaned_data
        return terms_from(
            {
                "scope": entered["scope"],
                "severity": entered["severity"],
                "when": self._when(entered),
                "clears": _joined("all", self._tests("clears", CLEARS_ROWS)) or None,
                "cooldown_days": entered["cooldown_days"],
                "from_days": entered["from_days"],
                "dedupe": entered["dedupe"],
            }
        )

    def _when(self, entered: Mapping[str, Any]) -> Any:
        if not entered["written"].strip():
            return _joined(entered["join"], self._tests("when", WHEN_ROWS))
        try:
            return json.loads(entered["written"])
        except (ValueError, RecursionError):
            raise ConditionRefused(_now("What is written there is no JSON. Nothing was saved.")) from None

    def _tests(self, part: str, many: int) -> list[dict[str, Any]]:
        entered = self.cleaned_data
        return [
            _test(entered, f"{part}-{row}") for row in range(many) if entered.get(f"{part}-{row}-reading")
        ]

    def _row(self, prefix: str) -> list[forms.BoundField]:
        return [self[f"{prefix}-{name}"] for name in ("reading", "within_days", "is", "number")]


def _row_fields(prefix: str, row: int) -> dict[str, forms.Field]:
    said = {"row": row}
    return {
        f"{prefix}-reading": forms.ChoiceField(
            label=_now("Row %(row)s: what is read") % said, choices=_readings, required=False
        ),
        f"{prefix}-within_days": forms.IntegerField(
            label=_now("Row %(row)s: days") % said,
            required=False,
            min_value=1,
            max_value=LONGEST_WINDOW_DAYS,
        ),
        f"{prefix}-is": forms.ChoiceField(
            label=_now("Row %(row)s: how it compares") % said, choices=COMPARISONS, required=False
        ),
        f"{prefix}-number": forms.CharField(
            label=_now("Row %(row)s: number") % said, required=False, max_length=12
        ),
    }


def _readings() -> list[tuple[str, Any]]:
    """All there are, with the unit of each; days that one is asked for stand in a field of their own."""
    named = [("", "—")]
    for name, kind in READINGS.items():
        words = str(kind.words) % {"days": "…"} if kind.is_windowed else str(kind.words)
        named.append((name, f"{words} ({UNITS[kind.unit.value]})"))
    return named


def _test(entered: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    reading = entered[f"{prefix}-reading"]
    written = {
        "reading": reading,
        "is": entered[f"{prefix}-is"] or Comparison.AT_LEAST.value,
        "number": entered[f"{prefix}-number"].strip(),
        "unit": READINGS[reading].unit.value,
    }
    days = entered.get(f"{prefix}-within_days")
    return {**written, "within_days": days} if days is not None else written


def _joined(join: str, tests: list[dict[str, Any]]) -> dict[str, Any]:
    """{} where there is none: that is no condition."""
    if len(tests) > 1:
        return {join: tests}
    return tests[0] if tests else {}


def _as_entered(name: str, terms: Terms) -> dict[str, Any]:
    entered: dict[str, Any] = {
        "name": name,
        "scope": terms.scope.value,
        "severity": terms.severity.name.lower(),
        "cooldown_days": terms.cooldown_days,
        "from_days": terms.from_days,
        "dedupe": terms.dedupe,
    }
    if _is_flat(terms.when, WHEN_ROWS):
        entered |= _rows_of("when", terms.when)
        entered["join"] = "all" if not isinstance(terms.when, Joined) or terms.when.is_all else "any"
    else:
        entered["written"] = json.dumps(write(terms.when), indent=1)
    if terms.clears is not None:
        entered |= _rows_of("clears", terms.clears)
    return entered


def _is_flat(condition: Condition, rows: int) -> bool:
    parts = condition.parts if isinstance(condition, Joined) else (condition,)
    return len(parts) <= rows and all(isinstance(part, Test) for part in parts)


def _rows_of(prefix: str, condition: Condition) -> dict[str, Any]:
    parts = condition.parts if isinstance(condition, Joined) else (condition,)
    entered: dict[str, Any] = {}
    for row, part in enumerate(part for part in parts if isinstance(part, Test)):
        entered |= {
            f"{prefix}-{row}-reading": part.asked.reading,
            f"{prefix}-{row}-within_days": part.asked.within_days,
            f"{prefix}-{row}-is": part.comparison.value,
            f"{prefix}-{row}-number": number_written(part),
        }
    return entered


class PlaybookForm(forms.Form):
    """A playbook with its steps in rows; a row that does nothing is left out."""

    name = forms.CharField(label=_("Name"), max_length=100)
    rule = forms.ModelChoiceField(label=_("When this rule opens a signal"), queryset=SignalRule.objects.all())
    mode = forms.ChoiceField(label=_("It runs"), choices=Mode, initial=Mode.ASKS)

    def __init__(self, data: Any = None, *, initial: Any = None, steps: tuple[Step, ...] = ()) -> None:
        super().__init__(data, initial={**(initial or {}), **_steps_entered(steps)})
        for row in range(MOST_STEPS):
            self.fields.update(_step_fields(row))

    @property
    def head(self) -> list[forms.BoundField]:
        return [self[name] for name in ("name", "rule", "mode")]

    @property
    def step_rows(self) -> list[list[forms.BoundField]]:
        parts = ("does", "words", "days", "whose", "minutes")
        return [[self[f"{row}-{part}"] for part in parts] for row in range(MOST_STEPS)]

    def steps(self) -> tuple[Step, ...]:
        entered = self.cleaned_data
        return tuple(_step(entered, row) for row in range(MOST_STEPS) if entered[f"{row}-does"])


def _step_fields(row: int) -> dict[str, forms.Field]:
    said = {"row": row + 1}
    return {
        f"{row}-does": forms.ChoiceField(
            label=_now("Step %(row)s: what is made") % said, choices=DOES, required=False
        ),
        f"{row}-words": forms.CharField(
            label=_now("Step %(row)s: words of the task") % said, max_length=LONGEST_WORDS, required=False
        ),
        f"{row}-days": forms.IntegerField(
            label=_now("Step %(row)s: working days") % said,
            required=False,
            min_value=0,
            max_value=LONGEST_DAYS,
        ),
        f"{row}-whose": forms.ChoiceField(
            label=_now("Step %(row)s: whose task") % said, choices=WHOSE, required=False
        ),
        f"{row}-minutes": forms.IntegerField(
            label=_now("Step %(row)s: minutes") % said,
            required=False,
            min_value=SHORTEST_MINUTES,
            max_value=LONGEST_MINUTES,
        ),
    }


def _step(entered: Mapping[str, Any], row: int) -> Step:
    does, days, minutes = entered[f"{row}-does"], entered[f"{row}-days"], entered[f"{row}-minutes"]
    if does == "task":
        whose = entered[f"{row}-whose"] or "success"
        return TaskStep(words=entered[f"{row}-words"], days=5 if days is None else days, whose=whose)
    return EngagementStep(kind=does, minutes=minutes or 60, days=10 if days is None else days)


def _steps_entered(steps: tuple[Step, ...]) -> dict[str, Any]:
    entered: dict[str, Any] = {}
    for row, step in enumerate(steps):
        entered[f"{row}-days"] = step.days
        if isinstance(step, TaskStep):
            entered |= {f"{row}-does": "task", f"{row}-words": step.words, f"{row}-whose": step.whose}
        else:
            entered |= {f"{row}-does": step.kind, f"{row}-minutes": step.minutes}
    return entered
