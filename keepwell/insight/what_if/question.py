"""What is asked: of which clocks, under which other promise. It can be kept as JSON and known again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from keepwell.service_levels.cohorts import Selection
from keepwell.service_levels.terms import Allowance
from keepwell.service_levels.what_if import Edited


@dataclass(frozen=True, kw_only=True)
class Question:
    """objective: the share that was promised, in percent; other: the one that is tried."""

    selection: Selection
    edited: Edited
    objective: Decimal
    other: Decimal

    @property
    def key(self) -> str:
        """The same for the same question, whoever asks it."""
        return hashlib.sha256(json.dumps(self.as_json(), sort_keys=True).encode()).hexdigest()

    def as_json(self) -> dict[str, Any]:
        selection, edited = asdict(self.selection), self.edited
        return {
            "selection": selection
            | {name: selection[name].isoformat() for name in ("begins_at", "ends_at")}
            | {"severities": list(self.selection.severities)},
            "allowances": [
                [metric, severity, str(one.amount), one.unit]
                for (metric, severity), one in sorted(edited.allowances.items())
            ],
            "hours": dict(edited.hours),
            "pauses": sorted(edited.pauses),
            "severities": dict(edited.severities),
            "objective": str(self.objective),
            "other": str(self.other),
        }


def question_from(kept: Mapping[str, Any]) -> Question:
    """The question that `as_json` kept."""
    return Question(
        selection=_selection(kept["selection"]),
        edited=Edited(
            allowances={
                (metric, severity): Allowance(amount=Decimal(amount), unit=unit)
                for metric, severity, amount, unit in kept["allowances"]
            },
            hours=kept["hours"],
            pauses=frozenset(kept["pauses"]),
            severities=kept["severities"],
        ),
        objective=Decimal(kept["objective"]),
        other=Decimal(kept["other"]),
    )


def _selection(kept: Mapping[str, Any]) -> Selection:
    cases = kept["cases"]
    return Selection(
        **{
            **kept,
            "severities": tuple(kept["severities"]),
            "begins_at": datetime.fromisoformat(kept["begins_at"]),
            "ends_at": datetime.fromisoformat(kept["ends_at"]),
            "cases": None if cases is None else tuple(cases),
        }
    )
