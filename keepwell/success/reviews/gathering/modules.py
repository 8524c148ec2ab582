"""The modules that may be used, and how often what matters in each was done in the last four weeks measured.

{"last_on": None where nothing is measured; "modules": [{"module", "name", "product", "core_events": None
where nothing is measured, or nothing says what its use is known by}]}
"""

from __future__ import annotations

from keepwell.success.reviews.gathering.asked import Asked, Data, exact
from keepwell.success.reviews.gathering.usage import measured
from keepwell.usage.entitled import modules_of
from keepwell.usage.queries import core_events_of


def read(asked: Asked) -> Data:
    _first, last = measured(asked)
    done = core_events_of(asked.account, last) if last else {}
    return {
        "last_on": exact(last),
        "modules": [
            {
                "module": one.pk,
                "name": one.name,
                "product": one.product.name,
                "core_events": done.get(one.pk, 0) if last and one.core_events else None,
            }
            for one in modules_of(asked.account, asked.span.last)
        ],
    }
