"""The parts of the document, in their order."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Changes with what the data of a review holds: an old review is read as it was written.
TEMPLATE = 1
LAST_TIME, USAGE, MODULES, VERSIONS = "last_time", "usage", "modules", "versions"
CONFIGURATION, SUPPORT, LICENCES = "configuration", "support", "licences"
ROAD_MAP, HEALTH, COMPARISON = "road_map", "health", "comparison"

TITLES: Mapping[str, str | Promise] = {
    LAST_TIME: _("What was agreed last time"),
    USAGE: _("How it is used"),
    MODULES: _("Modules"),
    VERSIONS: _("Versions and end of life"),
    CONFIGURATION: _("Configuration"),
    SUPPORT: _("Support against what we promise"),
    LICENCES: _("Licences"),
    ROAD_MAP: _("Our road map"),
    HEALTH: _("Health, as we work it out"),
    COMPARISON: _("Beside others of your segment"),
}
# What we think of a customer is ours, until somebody decides otherwise for this one review.
LEFT_OUT_BY_ITSELF = frozenset({HEALTH})


def is_shown_by_itself(key: str) -> bool:
    return key not in LEFT_OUT_BY_ITSELF
