"""What attainment costs: from the clock rows, over real HTTP, from the entries, under other promises."""

from __future__ import annotations

import re
import resource
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.urls import reverse

from keepwell.kit import clock
from keepwell.service_levels.attainment import attainment_of
from keepwell.service_levels.checking import clocks_checked
from keepwell.service_levels.cohorts import cohort_of
from keepwell.service_levels.measuring import figures_of, keep_year, present_window, selection_of
from keepwell.service_levels.models import Commitment, GuidelineVersion
from keepwell.service_levels.queries import published_guidelines
from keepwell.service_levels.terms import Allowance
from keepwell.service_levels.what_if import Edited, edited_cohort
from keepwell.service_levels.windows import earlier


def largest() -> GuidelineVersion:
    """The guideline with most clocks of those about one severity: of resolutions, Normal."""
    return published_guidelines().get(metric="resolution", severity="normal")


def page_of(version: GuidelineVersion) -> str:
    return reverse("desk:guideline", args=[version.guideline_id])


def keep_years() -> None:
    """What the worker keeps once a day."""
    for version in published_guidelines():
        keep_year(version, at=clock.now())


def seconds(act: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    answer = act()
    return round(time.perf_counter() - began, 2), answer


def measure_attainment() -> dict[str, Any]:
    """By this process alone, after the site was measured."""
    year, clocks = seconds(_year)
    month, _figures = seconds(_month)
    what_if, replayed = seconds(_what_if)
    replay, cases = seconds(lambda: sum(found.cases for found in clocks_checked()))
    own, others = (
        resource.getrusage(who).ru_maxrss // 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return {
        "all_guidelines_over_a_year_seconds": year,
        "clocks_over_a_year": clocks,
        "all_guidelines_this_month_seconds": month,
        "what_if_on_a_month_seconds": what_if,
        "what_if_clocks": replayed,
        "full_replay_seconds": replay,
        "full_replay_cases": cases,
        "largest_process_mib": max(own, others),
    }


def _year() -> int:
    now, clocks = clock.now(), 0
    for version in published_guidelines():
        window = present_window(version, now)
        whole = replace(selection_of(version, window), begins_at=now - timedelta(days=365), ends_at=now)
        clocks += attainment_of(cohort_of(whole, at=now)).counts.clocks
    return clocks


def _month() -> list[Any]:
    now = clock.now()
    return [figures_of(version, present_window(version, now), at=now) for version in published_guidelines()]


def _what_if() -> int:
    """The last whole month of the largest guideline, if its allowance had been twice as long."""
    now, version = clock.now(), largest()
    promised = Commitment.objects.filter(version__policy=version.policy).select_related("version__calendar")
    newest = max(promised, key=lambda one: one.version.number).version
    allowances = {
        (one.metric, one.severity): Allowance(amount=one.amount * 2, unit=one.unit)
        for one in promised.filter(version=newest)
    }
    hours = newest.calendar.versions.order_by("-number").values_list("mapping", flat=True)[0]
    edited = Edited(allowances=allowances, hours=hours)
    month = earlier(present_window(version, now), version.window)
    return int(edited_cohort(selection_of(version, month), edited, at=now).columns.size)


def right_after(browser: Any, submit: Callable[[], Any], version: GuidelineVersion) -> dict[str, Any]:
    """How long after a new case its guideline's page counts it."""
    before = _clocks_on(browser, version)
    submit()
    began = time.perf_counter()
    tries = 1
    while _clocks_on(browser, version) != before + 1:
        tries += 1
        if time.perf_counter() - began > 30:
            return {"seconds": None, "tries": tries}
    return {"seconds": round(time.perf_counter() - began, 3), "tries": tries}


def _clocks_on(browser: Any, version: GuidelineVersion) -> int:
    _status, content = browser.get(page_of(version))
    found = re.search(rb'id="figure-clocks" value="(\d+)"', content)
    if found is None:
        raise RuntimeError("The guideline's page prints no number of clocks")
    return int(found.group(1))
