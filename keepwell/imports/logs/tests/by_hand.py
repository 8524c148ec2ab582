"""A few cases of another desk whose clocks were worked out on paper, by the guidelines as published.

Hours are those of Chicago, 07:00 to 19:00 from Monday to Friday; the columns are those of `faulty_log`. Each
clock is (metric, severity, started, due, state, missed or stopped), times in UTC.
"""

from __future__ import annotations

ROWS = (
    # Monday 4 March 2024, winter time (UTC-6): opened at 08:00.
    "HAND-1,2024-03-04T14:00:00Z,Created,P1,Tier 1,",
    "HAND-1,2024-03-04T19:00:00Z,Answered,P1,Tier 1,",
    "HAND-1,2024-03-04T19:00:00Z,Asked back,P1,Tier 1,",
    "HAND-1,2024-03-05T15:00:00Z,Customer wrote,P1,Tier 1,",
    "HAND-1,2024-03-05T18:00:00Z,Solved,P1,Tier 1,",
    # Friday 8 March 2024 at 18:00; on Sunday the clocks go forward.
    "HAND-2,2024-03-09T00:00:00Z,Created,P2,Tier 1,",
    "HAND-2,2024-03-12T15:00:00Z,Answered,P2,Tier 1,",
    "HAND-2,2024-03-18T14:00:00Z,Solved,P2,Tier 1,",
    # Wednesday 22 May 2024, summer time (UTC-5), after hours; low, then raised.
    "HAND-3,2024-05-23T01:00:00Z,Created,P3,Tier 1,",
    "HAND-3,2024-05-23T23:59:00Z,Answered,P3,Tier 1,",
    "HAND-3,2024-05-24T15:00:00Z,Answered,P1,Tier 2,",
    "HAND-3,2024-05-24T16:00:00Z,Solved,P1,Tier 2,",
)
CLOCKS: dict[str, set[tuple[str, str, str, str, str, str]]] = {
    "HAND-1": {
        # Six hours: by 14:00; answered at 13:00.
        ("initial_contact", "high", "2024-03-04 14:00", "2024-03-04 20:00", "met", "2024-03-04 19:00"),
        # Twelve hours from 13:00, all of them left when the customer wrote on Tuesday at 09:00: by 21:00.
        ("follow_up", "high", "2024-03-04 19:00", "2024-03-06 03:00", "met", "2024-03-05 18:00"),
        # 24 hours from 08:00, 19 left at 13:00, from Tuesday 09:00 on: Wednesday 04:00.
        ("resolution", "high", "2024-03-04 14:00", "2024-03-06 10:00", "met", "2024-03-05 18:00"),
        # One business day: Tuesday 08:00, of which 6 + 1 open hours were left: Tuesday 09:00 + 7 h = 16:00.
        ("overall", "any", "2024-03-04 14:00", "2024-03-05 22:00", "met", "2024-03-05 18:00"),
    },
    "HAND-2": {
        # One business day: Monday at 18:00, in summer time; answered on Tuesday.
        ("initial_contact", "normal", "2024-03-09 00:00", "2024-03-11 23:00", "missed", "2024-03-11 23:00"),
        ("overall", "any", "2024-03-09 00:00", "2024-03-11 23:00", "missed", "2024-03-11 23:00"),
        # 48 hours from Tuesday 10:00, weekend or not.
        ("follow_up", "normal", "2024-03-12 15:00", "2024-03-14 15:00", "missed", "2024-03-14 15:00"),
        # Five business days: the Friday after, at 18:00; solved the Monday after that.
        ("resolution", "normal", "2024-03-09 00:00", "2024-03-15 23:00", "missed", "2024-03-15 23:00"),
    },
    "HAND-3": {
        # By the end of the next business day: Thursday 19:00; answered a minute before.
        ("initial_contact", "low", "2024-05-23 01:00", "2024-05-24 00:00", "met", "2024-05-23 23:59"),
        # Opened when it was closed: one business day after Thursday's opening: Friday 07:00.
        ("overall", "any", "2024-05-23 01:00", "2024-05-24 12:00", "missed", "2024-05-24 12:00"),
        # Five business days from Thursday 18:59, raised on Friday 10:00 to twelve hours from then: 22:00.
        ("follow_up", "high", "2024-05-23 23:59", "2024-05-25 03:00", "met", "2024-05-24 15:00"),
        ("follow_up", "high", "2024-05-24 15:00", "2024-05-25 03:00", "met", "2024-05-24 16:00"),
        # Fourteen business days, raised to 24 hours from Friday 10:00.
        ("resolution", "high", "2024-05-23 01:00", "2024-05-25 15:00", "met", "2024-05-24 16:00"),
    },
}
CLOCKS_OF = """
    SELECT i.external, k.metric, k.severity, to_char(k.started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI'),
           to_char(coalesce(k.due_at, k.due_kept) AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI'), k.state,
           to_char(coalesce(k.missed_at, k.stopped_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI')
    FROM keepwell_service_levels_clock k
    JOIN keepwell_imports_importedcase i ON i.case_id = k.case_id
    WHERE starts_with(i.external, 'HAND-')
"""


def differences(rows: list[tuple[str, ...]]) -> list[str]:
    """Clocks that stand otherwise than on paper, from the rows that CLOCKS_OF gives."""
    found: dict[str, set[tuple[str, ...]]] = {name: set() for name in CLOCKS}
    for external, *clock in rows:
        found[external].add(tuple(clock))
    return [
        f"{name}: {sorted(wanted ^ found[name])}" for name, wanted in CLOCKS.items() if wanted != found[name]
    ]
