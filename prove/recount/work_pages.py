"""The pages about work beside what was counted again: volume, flow and workload. Nothing from keepwell."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from prove.recount.carrying import desk_figures, load_pictures, people_figures, staff_of
from prove.recount.flowing import flow_figures, flow_pictures
from prove.recount.lives import Life, lives_of
from prove.recount.picturing import Pictured
from prove.recount.planned import Planned, support_hours_at
from prove.recount.queueing import Supposed, live_figures
from prove.recount.working import Months, month_back, volume_figures, volume_pictures

# As an address says it, and as it is reckoned with; the last needs many people.
LIVE = (
    ({}, Supposed()),
    (
        {"contacts": "97.5", "minutes": "6.4", "share": "92.5", "seconds": "15"},
        Supposed(
            contacts=Fraction("97.5"), minutes=Fraction("6.4"), share=Fraction("0.925"), seconds=Fraction(15)
        ),
    ),
    (
        {"contacts": "480", "minutes": "31", "share": "80", "seconds": "0"},
        Supposed(contacts=Fraction(480), minutes=Fraction(31), seconds=Fraction(0)),
    ),
)
# Whose cases an address asks for, as they stand now.
NARROWED: tuple[tuple[dict[str, str], Callable[[Life], bool]], ...] = (
    ({"channel": "phone"}, lambda life: life.channel == "phone"),
    ({"level": "2"}, lambda life: life.level == 2),
)


@dataclass(frozen=True, kw_only=True)
class Expected:
    """What a page at this address has to say."""

    address: str
    figures: Mapping[str, Any]
    pictures: Mapping[str, Pictured]


def expected_of_work(connection: Any, at: int, months_back: tuple[int, ...] = (0, 1)) -> Iterator[Expected]:
    support = support_hours_at(connection, at)
    zone = ZoneInfo(support["timezone"])
    lives, planned, staff = lives_of(connection, at), Planned(connection, at), staff_of(connection)
    for back in months_back:
        month = Months(lives=lives, window=month_back(at, zone, back), zone=zone, at=at, support=support)
        on = {"on": month.window.last.isoformat()} if back else {}
        yield from _of_cases(month, on)
        for asked, supposed in LIVE if back == 0 else LIVE[:1]:
            figures = {
                **people_figures(month, staff),
                **desk_figures(month, planned),
                **live_figures(supposed),
            }
            yield Expected(
                address=_address("workload", on | asked),
                figures=figures,
                pictures=load_pictures(month, planned),
            )
    for asked, is_meant in NARROWED:
        yield from _of_cases(replace(month, lives=[life for life in lives if is_meant(life)]), on | asked)


def _of_cases(month: Months, asked: dict[str, str]) -> Iterator[Expected]:
    yield Expected(
        address=_address("work", asked), figures=volume_figures(month), pictures=volume_pictures(month)
    )
    yield Expected(
        address=_address("flow", asked), figures=flow_figures(month), pictures=flow_pictures(month)
    )


def _address(page: str, asked: dict[str, str]) -> str:
    return f"/desk/insight/{page}/" + (f"?{urlencode(asked)}" if asked else "")
