"""`keepwell doctor clocks`: what is kept beside the cases is what their entries say."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from keepwell.cases.models import Case
from keepwell.kit.checkups import HowFar, checkup
from keepwell.kit.time_zones import data_version
from keepwell.service_levels.checking import Difference, clocks_checked


@checkup(
    "clocks",
    format_lazy(
        gettext_lazy("every clock against a replay of what was recorded, with time-zone data {version}"),
        version=data_version(),
    ),
)
def clocks() -> Iterator[str | HowFar]:
    cases, checked = Case.objects.count(), 0
    for found in clocks_checked():
        yield from map(_sentence, found.differences)
        checked += found.cases
        yield HowFar(checked, cases)


def _sentence(difference: Difference) -> str:
    number = Case.objects.values_list("number", flat=True).get(pk=difference.case_id)
    facts = {
        "metric": difference.metric,
        "number": number,
        "entry": difference.started_by,
        "columns": ", ".join(difference.columns),
    }
    return str(WORDS[difference.what] % facts)


WORDS = {
    "different": gettext_lazy(
        "Case #%(number)s: %(metric)s, started by entry %(entry)s, differs in %(columns)s."
    ),
    "missing": gettext_lazy("Case #%(number)s: %(metric)s, started by entry %(entry)s, is missing."),
    "surplus": gettext_lazy("Case #%(number)s: no entry %(entry)s starts %(metric)s, yet it is kept."),
}
