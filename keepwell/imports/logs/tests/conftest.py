"""A desk with the reference promise, and logs of another one; time in these tests stands still."""

from datetime import UTC, datetime

import pytest

from keepwell.calendars.verbs.publishing import create_calendar
from keepwell.imports.logs.bringing_in import Hearers, run
from keepwell.people.actors import System
from keepwell.service_levels.reference import REFERENCE_COMMITMENTS, REFERENCE_HOURS, REFERENCE_NAME
from keepwell.service_levels.verbs.policies import PolicyTerms, create_policy

INIT, IMPORT = System("init"), System("import")
NOW = datetime(2026, 6, 20, 12, 0, tzinfo=UTC)
MAP = """\
desk = "Old desk"
zone = "UTC"

[columns]
case = "Ticket"
time = "When"
activity = "What"
severity = "Priority"
level = "Tier"
group = "Group"

[activities]
"Created" = "opened"
"Answered" = "contact"
"Customer wrote" = "customer_message"
"Asked back" = "wait"
"Taken up" = "take_back"
"Solved" = "resolved"
"Reopened" = "reopened"
"Closed" = "closed"
"Junk" = "spam"
"Viewed" = "ignored"

[severities]
"P1" = "high"
"P2" = "normal"
"P3" = "low"

[levels]
"Tier 1" = 1
"Tier 2" = 2

[groups]
"*" = "ignored"
"""
HEADING = "Ticket,When,What,Priority,Tier,Group\n"


@pytest.fixture
def guidelines(db, clock_at):
    clock_at(NOW)
    hours = create_calendar("Support hours", REFERENCE_HOURS, by=INIT, at=NOW, is_default=True)
    terms = PolicyTerms(calendar=hours, commitments=REFERENCE_COMMITMENTS)
    return create_policy(REFERENCE_NAME, terms, by=INIT, at=NOW, is_default=True)


@pytest.fixture
def log(guidelines, tmp_path):
    """log("A-1,2026-06-01T12:00,Created,P2,Tier 1,", ...): tries these rows, or applies them."""

    def bring_in(*rows, is_applied=True, mapping=MAP, heading=HEADING):
        path = tmp_path / "log.csv"
        path.write_text(heading + "".join(row + "\n" for row in rows), encoding="utf-8")
        return tried(path, mapping, is_applied=is_applied)

    return bring_in


def tried(path, mapping=MAP, *, is_applied=False, by=IMPORT):
    """The report, with each refusal as it was told."""
    refused = []
    report = run(
        path,
        mapping.encode(),
        is_applied=is_applied,
        hearers=Hearers(refused=lambda refusal: refused.append(str(refusal))),
        by=by,
    )
    return report, refused
