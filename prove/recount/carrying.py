"""Who carries the work, how much is open at once, and who is there then. Nothing from keepwell."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

import numpy as np

from prove.recount.lives import Life
from prove.recount.picturing import Pictured, Rounded, count_said, hour_said, share_said
from prove.recount.planned import Planned
from prove.recount.working import Months, place_of, resolutions_within

HOUR = 3600
# Everybody of the staff, and whether he works cases.
STAFF = """
    SELECT u.id, u.is_active AND s.level IS NOT NULL FROM keepwell_people_user u
      LEFT JOIN keepwell_staffing_staffprofile s ON s.user_id = u.id
     WHERE EXISTS (SELECT FROM keepwell_people_rolegrant g
                    WHERE g.user_id = u.id AND g.role NOT IN ('customer_user', 'customer_administrator'))
"""


def people_figures(month: Months, staff: dict[int, bool]) -> dict[str, int]:
    counts = _by_person(month)
    seen = {person for count in counts.values() for person in count}
    shown = [person for person, works_cases in staff.items() if works_cases or person in seen]
    told = {f"{name}_{person}": count[person] for person in shown for name, count in counts.items()}
    return {**told, "nobodys": sum(life.is_open and life.assignee is None for life in month.lives)}


def staff_of(connection: Any) -> dict[int, bool]:
    return {person: bool(works_cases) for person, works_cases in connection.execute(STAFF)}


def desk_figures(month: Months, planned: Planned) -> dict[str, Any]:
    counts = [count for _hour, count in open_at_full_hours(month)]
    people, _times = planned.week(month)
    opened = month.opened
    alone = sum(not people.get(place_of(month, life.opened)) for life in opened)
    called = sum(month.within(at) for life in month.lives for at in life.called)
    return {
        "at_once_mean": sum(counts) / len(counts),
        "at_once_most": max(counts),
        "unattended": alone / len(opened) if opened else None,
        "live_contacts": called,
    }


def load_pictures(month: Months, planned: Planned) -> dict[str, Pictured]:
    by_hour: defaultdict[int, list[int]] = defaultdict(list)
    for hour, count in open_at_full_hours(month):
        by_hour[hour].append(count)
    found = {"at-once": _at_once(by_hour)} if any(map(any, by_hour.values())) else {}
    people, times = planned.week(month)
    if any(people.values()):
        found |= {"staffing": _against(month, people, times), "at-work": _at_work(people)}
    return found


def open_at_full_hours(month: Months) -> list[tuple[int, int]]:
    """(local hour, cases open then) of each full hour that has passed, without the second of one hour."""
    entered = np.sort([stay.entered for life in month.lives for stay in life.stays])
    left = np.sort([stay.left for life in month.lives for stay in life.stays if stay.left is not None])
    last = max(min(month.window.ends - HOUR, month.at), month.window.begins)
    found = []
    for at in range(month.window.begins, last + 1, HOUR):
        local = month.local(at)
        if not local.fold:
            count = np.searchsorted(entered, at, "left") - np.searchsorted(left, at, "left")
            found.append((local.hour, int(count)))
    return found


def _by_person(month: Months) -> dict[str, Counter[Any]]:
    lives, within = month.lives, month.within
    return {
        "open": Counter(life.assignee for life in lives if life.is_open and life.assignee is not None),
        "taken": Counter(person for life in lives for person in _took(month, life)),
        "opened": Counter(life.opened_by for life in month.opened if life.opened_by is not None),
        "resolved": Counter(end.by for _life, end in resolutions_within(month) if end.by is not None),
        "answers": Counter(
            who for life in lives for at, who in life.answers if who is not None and within(at)
        ),
    }


def _took(month: Months, life: Life) -> set[int]:
    return {person for at, person in life.taken if month.within(at)}


def _at_once(by_hour: dict[int, list[int]]) -> Pictured:
    rows: dict[tuple[str, ...], list[Any]] = {}
    for hour, counts in by_hour.items():
        rows[":".join(hour_said(hour)), "Mean"] = [Rounded(value=sum(counts) / len(counts))]
        rows[":".join(hour_said(hour)), "Most"] = [max(counts)]
    top = min(by_hour, key=lambda hour: (-max(by_hour[hour]), hour))
    return Pictured(rows=rows, said=[count_said(max(by_hour[top])), *hour_said(top)])


def _against(month: Months, people: Any, times: Counter[tuple[int, int]]) -> Pictured:
    came = Counter(place_of(month, life.opened) for life in month.opened)
    cases = [
        sum(came[day, hour] / times[day, hour] for day in range(7) if times[day, hour]) / 7
        for hour in range(24)
    ]
    worked = [sum(people.get((day, hour), 0.0) for day in range(7)) / 7 for hour in range(24)]
    parts = [
        (one / (sum(cases) or 1), two / (sum(worked) or 1)) for one, two in zip(cases, worked, strict=True)
    ]
    rows = {
        (":".join(hour_said(hour)),): [Rounded(value=cases[hour]), Rounded(value=worked[hour]), *parts[hour]]
        for hour in range(24)
    }
    busiest = min(range(24), key=lambda hour: (-round(parts[hour][0], 12), hour))
    said = [*hour_said(busiest), *map(share_said, parts[busiest])]
    return Pictured(rows=rows, said=said)


def _at_work(people: Any) -> Pictured:
    rows = {
        (f"{hour:02d}",): [Rounded(value=people.get((day, hour), 0.0)) for day in range(7)]
        for hour in range(24)
    }
    (_day, hour), most = min(people.items(), key=lambda row: (-round(row[1], 12), row[0]))
    return Pictured(rows=rows, said=[*hour_said(hour), f"{most:,.1f}"])
