"""What the portal tells a customer that was delivered, of cases he may see. Nothing from keepwell."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np

from prove.recount.counting import Counted, Counting, Guideline, windows_of
from prove.recount.estimates import estimates_of
from prove.recount.from_entries import Extract

# Below so many clocks nothing is judged.
FEW = 20
ADDRESS = "/portal/service-levels/"
READER = """
    SELECT k.id, k.account_id, EXISTS (SELECT FROM keepwell_people_rolegrant g
                                        WHERE g.user_id = k.user_id AND g.role = 'customer_administrator')
      FROM keepwell_customers_contact k JOIN keepwell_people_user u ON u.id = k.user_id WHERE u.email = %s
"""
# An account and those below it.
BELOW = """
    WITH RECURSIVE own AS (
        SELECT id FROM keepwell_customers_account WHERE id = %s
        UNION SELECT a.id FROM keepwell_customers_account a JOIN own ON a.parent_id = own.id
    ) SELECT id FROM own
"""
CASES = """
    SELECT DISTINCT c.subject_id FROM keepwell_journal_entrysubject a
      JOIN keepwell_journal_entrysubject c ON c.entry_id = a.entry_id AND c.kind = 'case'
     WHERE a.kind = 'account' AND a.subject_id = ANY(%s)
"""
STARTED = """
    SELECT e.cause, e.facts::text FROM keepwell_journal_entrysubject a
      JOIN keepwell_journal_entry e ON e.id = a.entry_id AND e.kind = 'conversation.started'
     WHERE a.kind = 'account' AND a.subject_id = ANY(%s)
"""
TOLD = """
    SELECT s.subject_id, e.kind, e.facts::text, e.cause FROM keepwell_journal_entrysubject s
      JOIN keepwell_journal_entry e ON e.id = s.entry_id AND e.kind = ANY(%s)
     WHERE s.kind = 'case' AND s.subject_id = ANY(%s)
     ORDER BY s.subject_id, e.id
"""
KINDS = (
    "case.opened",
    "case.placed",
    "case.made_private",
    "case.made_shared",
    "case.sender_confirmed",
    "case.marked_spam",
    "case.unmarked_spam",
    "participant.added",
    "participant.confirmed",
    "participant.removed",
)


class Reader(NamedTuple):
    contact: int
    account: int
    is_administrator: bool


@dataclass(kw_only=True)
class Seen:
    """Who may see a case: its account's administrators, and who takes part."""

    account: int | None = None
    is_private: bool = False
    is_proven: bool = True
    is_spam: bool = False
    people: set[int] | None = None

    def tell(self, kind: str, facts: dict[str, Any], started: dict[str, Any]) -> None:
        people = self.people = self.people or set()
        if kind == "case.opened":
            self.account, self.is_private = facts["account"], facts["private"]
            self.is_proven = not facts["unverified"]
            if started.get("opener_proven"):
                people.add(started["opener"])
        elif kind == "case.placed":
            self.account = facts["account"]
        elif kind.startswith("participant"):
            is_in = kind == "participant.confirmed" or facts.get("confirmed")
            (people.add if is_in else people.discard)(facts["contact"])
        elif kind.startswith("case.made"):
            self.is_private = kind == "case.made_private"
        elif kind.endswith("spam"):
            self.is_spam = kind == "case.marked_spam"
        else:
            self.is_proven = True

    def by(self, reader: Reader, accounts: list[int]) -> bool:
        if self.is_spam:
            return False
        is_his = (
            reader.is_administrator and self.account in accounts and self.is_proven and not self.is_private
        )
        return is_his or reader.contact in (self.people or ())


def delivered_to(connection: Any, extract: Extract, email: str, place: int) -> Iterator[tuple[str, Any]]:
    """The figures of his page for the present quarter (0) or the one before (1), and the `last` day of it."""
    reader = Reader(*connection.execute(READER, [email]).fetchone())
    cases = _cases(connection, reader)
    clocks, later = (one[np.isin(one["case"], cases)] for one in (extract.clocks, extract.without_later))
    counting = Counting(connection, replace(extract, clocks=clocks, without_later=later))
    for guideline in promised_to(extract, reader.account):
        window = windows_of(extract, guideline)[place]
        yield "last", window.last
        counted = counting.counted(guideline, window)
        for name, value in _shown(counted):
            yield f"{guideline.metric}.{guideline.severity}.{name}", value


def promised_to(extract: Extract, account: int) -> list[Guideline]:
    """A quarter's guideline for each promise that holds for an account."""
    policy, promised = extract.promises.promised_to(account, extract.at)
    return [
        Guideline(0, "", metric, severity, policy, None, "", "", "quarter", 0)
        for metric, severity in promised
    ]


def _cases(connection: Any, reader: Reader) -> list[int]:
    accounts = [account for (account,) in connection.execute(BELOW, [reader.account])]
    started = {cause: json.loads(facts) for cause, facts in connection.execute(STARTED, [accounts])}
    cases = [case for (case,) in connection.execute(CASES, [accounts])]
    seen: dict[int, Seen] = {}
    for case, kind, facts, cause in connection.execute(TOLD, [list(KINDS), cases]):
        seen.setdefault(case, Seen()).tell(kind, json.loads(facts), started.get(cause, {}))
    return [case for case, one in seen.items() if one.by(reader, accounts)]


def _shown(counted: Counted) -> Iterator[tuple[str, Any]]:
    figures = counted.figures
    if not figures["clocks"]:
        return
    yield "met", figures["met"]
    yield "missed", figures["missed"]
    if figures["undecided"]:
        yield "undecided", figures["undecided"]
    if figures["clocks"] >= FEW:
        yield "kept", estimates_of(counted)["kept"]
