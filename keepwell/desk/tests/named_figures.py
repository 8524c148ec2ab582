"""Reads a page of Insight: its figures by id, and the numbers that stand there without a name."""

from __future__ import annotations

from prove.recount.pages import Reading


def read(page) -> Reading:
    found = Reading(page.content.decode())
    assert found.twice == []
    return found
