"""Reads the data of a review, one part a file: whatever is there, it reads the same again.

Each part says what is known, and says so where nothing is: a review of an account without a contract, without
usage or without anything is a review.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from keepwell.success.reviews import sections
from keepwell.success.reviews.gathering import (
    comparison,
    configuration,
    health,
    last_time,
    licences,
    modules,
    road_map,
    support,
    usage,
    versions,
)
from keepwell.success.reviews.gathering.asked import Asked, Data

PARTS: Mapping[str, Callable[[Asked], Data]] = {
    sections.LAST_TIME: last_time.read,
    sections.USAGE: usage.read,
    sections.MODULES: modules.read,
    sections.VERSIONS: versions.read,
    sections.CONFIGURATION: configuration.read,
    sections.SUPPORT: support.read,
    sections.LICENCES: licences.read,
    sections.ROAD_MAP: road_map.read,
    sections.HEALTH: health.read,
    sections.COMPARISON: comparison.read,
}


def gathered(asked: Asked) -> Data:
    """All parts by their keys, with the account's name and segment as they are."""
    about = {"name": asked.account.name, "segment": asked.account.segment}
    return {"account": about, **{key: read(asked) for key, read in PARTS.items()}}
