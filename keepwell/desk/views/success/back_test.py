"""Whether health foretold who was lost, with how sure that is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from keepwell.customers.models import Account
from keepwell.desk.access import needs
from keepwell.kit.figures import SHARE, text_of
from keepwell.success.health.back_test import LOSSES_TO_TUNE, Area, BackTest, Rate, back_test
from keepwell.success.health.foretelling import renewals_foretold
from keepwell.success.health.telling import BAND_WORDS, TONES

DAYS_BEFORE = (180, 90)


@require_safe
@needs("health.judge")
def foretold(request: HttpRequest) -> HttpResponse:
    """`days` before the end of the term, and `segment`, stand in the address."""
    days = next((one for one in DAYS_BEFORE if str(one) == request.GET.get("days")), DAYS_BEFORE[0])
    named = Account.objects.exclude(segment="").order_by("segment")
    segments = list(named.values_list("segment", flat=True).distinct())
    segment = request.GET.get("segment", "")
    segment = segment if segment in segments else ""
    found = back_test(renewals_foretold(days_before=days, segment=segment))
    given = {
        "found": found,
        "rows": [_row(str(BAND_WORDS[band]), TONES[band], rate) for band, rate in found.bands.items()],
        "areas": [
            (_("The score"), _area(found.by_score)),
            (_("The trend of use alone"), _area(found.by_trend)),
        ],
        "verdict": _verdict(found),
        "choices": list(_choices(days, segment, segments)),
        "warned_days": round(found.warned_days) if found.warned_days is not None else None,
    }
    return render(request, "desk/success/foretold.html", given)


def _choices(days: int, segment: str, segments: Sequence[str]) -> Iterator[dict[str, Any]]:
    """How long before, then whose; each keeps the other."""
    for one in DAYS_BEFORE:
        words = _("%(days)s days before") % {"days": one}
        yield {"words": words, "href": _address(one, segment), "is_on": one == days}
    if segments:
        yield {"words": _("All segments"), "href": _address(days, ""), "is_on": not segment}
    for name in segments:
        yield {"words": name, "href": _address(days, name), "is_on": name == segment}


def _address(days: int, segment: str) -> str:
    return f"?{urlencode({'days': days, **({'segment': segment} if segment else {})})}"


def _row(words: str, tone: str, rate: Rate) -> dict[str, Any]:
    return {
        "words": words,
        "tone": tone,
        "lost": rate.lost,
        "of": rate.of,
        "share": text_of(float(rate.share), SHARE) if rate.share is not None else "–",
        "between": _between(rate.low, rate.high) if rate.of else "",
    }


def _area(area: Area | None) -> str:
    if area is None:
        return _("nothing to tell apart yet")
    return _("%(value)s, most likely %(between)s") % {
        "value": f"{area.value:.2f}",
        "between": f"{area.low:.2f}–{area.high:.2f}",
    }


def _between(low: float, high: float) -> str:
    return f"{text_of(low, SHARE)} – {text_of(high, SHARE)}"


def _verdict(found: BackTest) -> str:
    if found.may_tune:
        return _("%(lost)s losses: enough to weigh the measures anew by what happened.") % {
            "lost": found.lost
        }
    return _(
        "%(lost)s losses: cannot tune yet. Weights turned by fewer than %(needed)s would follow chance; the "
        "intervals say how much of what is seen here may be."
    ) % {"lost": found.lost, "needed": LOSSES_TO_TUNE}
