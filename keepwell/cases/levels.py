"""Who works at which level: the third is for technical consultants and software engineers."""

from __future__ import annotations

from collections.abc import Set

FIRST, LAST = 1, 3
AT_LEVEL_3 = frozenset({"consultant", "engineer"})


def may_work_at(level: int, roles: Set[str]) -> bool:
    """Whether somebody with these roles takes cases of this level."""
    return level < LAST or bool(AT_LEVEL_3 & roles)


def is_elsewhere(from_level: int, from_team: int | None, to_level: int, to_team: int | None) -> bool:
    """Whether a hand-off leads anywhere: to another level, or to another team."""
    return to_level != from_level or (to_team is not None and to_team != from_team)
