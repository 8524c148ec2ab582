"""What waits for what, among the actions of a road map: never in a circle."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set


def circle_through(waits_for: Mapping[int, Set[int]], action: int, other: int) -> list[int]:
    """What would close if `action` waited for `other`: from `action` over `other` back to it; [] for nothing.

    `waits_for` holds for each what it waits for, without circles.
    """
    if action == other:
        return [action, action]
    way = _way(waits_for, other, action)
    return [action, *way] if way else []


def _way(waits_for: Mapping[int, Set[int]], start: int, goal: int) -> list[int]:
    """A way from one to the other, both included; [] where there is none."""
    came_from: dict[int, int] = {start: start}
    waiting = [start]
    while waiting:
        here = waiting.pop()
        if here == goal:
            return _back(came_from, start, goal)
        for following in sorted(waits_for.get(here, frozenset())):
            if following not in came_from:
                came_from[following] = here
                waiting.append(following)
    return []


def _back(came_from: Mapping[int, int], start: int, goal: int) -> list[int]:
    way = [goal]
    while way[-1] != start:
        way.append(came_from[way[-1]])
    return way[::-1]


def in_order(actions: Iterable[int], waits_for: Mapping[int, Set[int]]) -> list[int]:
    """Each after what it waits for, otherwise in the order given."""
    left, placed, order = list(actions), set[int](), list[int]()
    known = set(left)
    while left:
        ready = next(one for one in left if not (waits_for.get(one, frozenset()) & known) - placed)
        left.remove(ready)
        placed.add(ready)
        order.append(ready)
    return order
