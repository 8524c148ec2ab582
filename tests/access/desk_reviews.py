"""The desk's addresses of system reviews and configuration rules."""

from __future__ import annotations

from typing import Any

from tests.access.desk_accounts import ACCOUNT, both, page, post
from tests.access.rows import always, nothing, pk_of
from tests.access.scene import Scene

REVIEW, FINDING = pk_of("review"), pk_of("review", finding="finding")
EDIT = "review.edit"
SEEN = {"behind": "reviews"}
RULES = {"permit": "settings.products", "who": "ada", "only": ("ada", "lea")}
RULE = {
    "title": "Nightly backup",
    "fact": "configuration.backup",
    "expects": "equals",
    "values": "daily",
    "severity": "high",
    "advice": "Switch it on.",
}


def _section(scene: Scene) -> dict[str, Any]:
    return {"pk": scene.review.pk, "key": "usage"}


def _of_product(scene: Scene) -> dict[str, Any]:
    return {**RULE, "product": scene.product.pk}


ROWS = (
    page("account_reviews", ACCOUNT, "review.see", behind="accounts"),
    post("new_review", pk_of("water"), permit=EDIT, behind="accounts"),
    page("review", REVIEW, "review.see", **SEEN),
    page("review_preview", REVIEW, "review.see", **SEEN),
    page("review_paper", REVIEW, "review.see", query="for=customer", **SEEN),
    *both("review_summary", REVIEW, always(summary="All is well."), EDIT, **SEEN),
    *both("review_section", _section, always(words="More crews"), EDIT, **SEEN),
    *both("review_anew", REVIEW, permit=EDIT, as_shown=True, **SEEN),
    post("review_handing_in", REVIEW, permit=EDIT, **SEEN),
    post("review_taking_back", REVIEW, permit=EDIT, **SEEN),
    post("review_delivery", REVIEW, permit=EDIT, **SEEN),
    post("review_discarding", REVIEW, permit=EDIT, **SEEN),
    *both("new_finding", REVIEW, always(area="plan", severity="low", evidence="Late"), EDIT, **SEEN),
    *both("finding", FINDING, always(evidence="Late again"), EDIT, as_shown=True, **SEEN),
    post("finding_removal", FINDING, permit=EDIT, **SEEN),
    *both("finding_action", FINDING, permit=EDIT, as_shown=True, **SEEN),
    *both("finding_ending", FINDING, always(end="rejected", reason="On purpose"), EDIT, **SEEN),
    page("configuration_rules", **RULES),
    *both("new_configuration_rule", nothing, _of_product, **RULES),
    *both("configuration_rule", pk_of("configuration_rule"), always(advice="Do it."), as_shown=True, **RULES),
    post("configuration_rule_holding", pk_of("configuration_rule"), **RULES),
)
