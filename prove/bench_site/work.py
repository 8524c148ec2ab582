"""The pages about work, about accounts and about what to do next, and the job that keeps what is at stake."""

from __future__ import annotations

import resource
import time

from django.db.models import Count
from django.urls import reverse

from keepwell.customers.models import Account
from keepwell.kit import clock
from keepwell.service_levels.staking import keep_stakes


def pages() -> dict[str, str]:
    """By what they are called in the table; those of Insight are about the present month."""
    return {
        "insight: work": reverse("desk:insight_work"),
        "insight: flow": reverse("desk:insight_flow"),
        "insight: workload": reverse("desk:insight_workload"),
        "insight: cases behind a figure": reverse("desk:insight_cases", args=["opened"]),
        "today, with the next best case": reverse("desk:today"),
        "open list, by consequence": f"{reverse('desk:cases')}?view=open&order=consequence",
    }


def pages_of_accounts() -> dict[str, str]:
    """Of the account with most cases, as who looks after it reads them."""
    most = Account.objects.annotate(many=Count("cases")).order_by("-many").first()
    assert most is not None, "no account was loaded"
    return {
        "account page": reverse("desk:account", args=[most.pk]),
        "portfolio": f"{reverse('desk:portfolio')}?order=worst",
    }


def measure_stakes() -> dict[str, float]:
    """As the worker runs it every five minutes, the years behind being kept already. Memory is the most that
    this process ever took, so that of working out the years stands in it too."""
    began = time.perf_counter()
    guidelines = keep_stakes(at=clock.now())
    return {
        "seconds": round(time.perf_counter() - began, 2),
        "guidelines": guidelines,
        "process_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
