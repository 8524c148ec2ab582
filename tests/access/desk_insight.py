"""The desk's addresses of Insight."""

from __future__ import annotations

from typing import Any

from tests.access.rows import Door, Row, always, pk_of
from tests.access.scene import Scene


def page(name: str, **more: Any) -> Row:
    return Row(name=f"desk:{name}", door=Door.DESK, who="lea", permit="insight.see", **more)


def _missed(scene: Scene) -> dict[str, Any]:
    return {"pk": scene.guideline.pk, "group": "clocks"}


ROWS = (
    page("insight"),
    page("insight_report"),
    page("insight_by_mail"),
    page("insight_by_mail", method="POST", gets=302, sends=always(rhythm="monthly")),
    page("insight_by_mail_ending", of=pk_of("subscription"), only=("lea",)),
    page("insight_by_mail_ending", method="POST", gets=302, of=pk_of("subscription"), only=("lea",)),
    page("guideline_report", of=pk_of("guideline")),
    page("guideline", of=pk_of("guideline")),
    page("guideline_cases", of=_missed),
    page("guideline_what_if", of=pk_of("guideline")),
    page("guideline_what_if", method="POST", gets=302, of=pk_of("guideline")),
    page("guideline_compared", of=pk_of("guideline")),
    page("guideline_figures", of=lambda scene: {"pk": scene.guideline.pk, "kind": "csv"}),
    page("guideline_picture", of=lambda scene: {"pk": scene.guideline.pk, "name": "budget", "kind": "svg"}),
    page("insight_work"),
    page("insight_flow"),
    page("insight_workload"),
    page("insight_cases", of=always(group="opened")),
    page("insight_table", of=always(page="work", name="ageing")),
)
