"""Random but repeatable histories of a case, in the shape of vectors/clocks.json and beyond it.

Instants are whole minutes, and lean towards the seconds that matter: the same one twice, full hours, the
length of an allowance after what went before.
"""

import json
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

SHARED = json.loads((Path(__file__).parent / "vectors" / "clocks.json").read_text())
SEVERITIES = ["low", "normal", "high"]
GAPS = [0, 0, 1, 10, 60, 60, 120, 240, 360, 720, 720, 1440, 2880, 4320]
LUNCH = {
    "timezone": "Europe/Berlin",
    "hours": {
        "mon": [["08:00", "12:00"], ["13:00", "17:00"]],
        "tue": [["08:00", "12:00"], ["13:00", "17:00"]],
        "thu": [["08:00", "12:00"], ["13:00", "19:30"]],
        "fri": [["08:00", "14:00"]],
        "sat": [["22:00", "24:00"]],
        "sun": [["00:00", "03:00"]],
    },
    "exceptions": {"2026-10-29": [], "2026-04-03": [], "2026-06-10": [["10:00", "11:00"]]},
}  # fmt: skip
ALWAYS = {
    "timezone": "UTC",
    "hours": dict.fromkeys(["mon", "tue", "wed", "thu", "fri", "sat", "sun"], [["00:00", "24:00"]]),
}  # fmt: skip
CALENDARS = [SHARED["calendar"], LUNCH, ALWAYS]
OTHER_POLICY = {
    "initial_contact": {
        "high": [1, "business_hours"],
        "normal": [0, "end_of_business_day"],
        "low": [2, "business_days"],
    },
    "follow_up": {"high": [4, "business_hours"], "normal": [2, "end_of_business_day"], "low": [72, "hours"]},
    "resolution": {
        "high": [1, "business_days"],
        "normal": [20, "business_hours"],
        "low": [7, "business_days"],
    },
    "overall": {"any": [9, "business_hours"]},
}  # fmt: skip
SPARSE_POLICY = {
    "initial_contact": {"high": [2, "hours"], "low": [1, "end_of_business_day"]},
    "resolution": {"any": [30, "business_hours"]},
    "follow_up": {"high": [6, "hours"], "normal": [1, "business_days"], "low": [3, "business_days"]},
    "pauses": ["follow_up"],
}  # fmt: skip
POLICIES = [SHARED["policy"], SHARED["policy"], OTHER_POLICY, SPARSE_POLICY]
FIRST = datetime.fromisoformat("2026-01-02T00:00:00+00:00")

PLAIN = ["contact", "contact", "contact", "wait", "wait", "customer_message", "take_back",
         "severity", "severity", "resolved", "reopened"]  # fmt: skip
RARE = ["contact_withdrawn", "contact_withdrawn", "late", "late", "withdrawn", "spam", "not_spam",
        "merged_in", "merged_away", "fetched", "fetched"]  # fmt: skip


def random_history(rng: Random, *, rare: bool = True) -> dict:
    """A mapping for `replay_mapping`: one or two versions, up to fourteen entries."""
    first = FIRST + timedelta(minutes=rng.randrange(330 * 1440))
    if rng.random() < 0.5:
        first = first.replace(minute=0)
    entries, last = random_entries(rng, first, length=rng.randint(0, 13), rare=rare, depth=0)
    return {
        "policies": random_versions(rng, first, last),
        "entries": entries,
        "as_of": write(last + timedelta(minutes=random_gap(rng))),
    }


def random_versions(rng, first, last):
    versions = [{"policy": rng.choice(POLICIES), "calendar": rng.choice(CALENDARS)}]
    if rng.random() < 0.4:
        span = max(int((last - first).total_seconds() // 60), 1)
        begins = first + timedelta(minutes=rng.randrange(span))
        versions.append(
            {
                "from": write(begins),
                "policy": rng.choice(POLICIES),
                "calendar": rng.choice(CALENDARS),
            }
        )
    return versions


def random_entries(rng, at, *, length, rare, depth):
    """Entries in recorded order, and the instant of the last recording."""
    entries = [
        {
            "kind": "opened",
            "at": write(at),
            "severity": rng.choice(SEVERITIES),
            "by": rng.choice(["customer", "customer", "customer", "staff"]),
            "live": rng.random() < 0.25,
        }
    ]
    for place in range(1, length + 1):
        at += timedelta(minutes=random_gap(rng))
        kind = rng.choice(RARE if rare and rng.random() < 0.3 else PLAIN)
        if kind == "merged_away" and depth:
            kind = "contact"  # a merged case leaves at the merge itself
        entries.append(random_entry(rng, kind, at, entries, place, rare, depth))
    return entries, at


def random_gap(rng):
    gap = rng.choice(GAPS)
    return gap if rng.random() < 0.6 else rng.randint(0, 3000)


def random_entry(rng, kind, at, entries, place, rare, depth):
    entry = {"kind": kind, "at": write(at)}
    if kind == "severity":
        entry |= {"to": rng.choice(SEVERITIES), "correction": rng.random() < 0.5}
    if kind == "contact_withdrawn":
        ids = [i for i, e in enumerate(entries) if e["kind"] in ("contact", "resolved")]
        entry["contact"] = rng.choice(ids) if ids else None
    if kind == "late":
        happened = max(at - timedelta(minutes=random_gap(rng)), instant(entries[0]["at"]))
        entry = {"kind": "contact", "at": write(happened), "entered_at": write(at)}
    if kind == "fetched":
        came = max(at - timedelta(minutes=random_gap(rng)), instant(entries[0]["at"]))
        closings = [e["kind"] for e in entries if e["kind"] in ("resolved", "withdrawn", "reopened")]
        stands_resolved = closings and closings[-1] != "reopened" and closings[-2:-1] in ([], ["reopened"])
        entry = {"kind": "reopened" if stands_resolved else "customer_message", "at": write(came)}
    if kind == "merged_in":
        begins = at - timedelta(minutes=rng.randrange(3000))
        length = rng.randint(0, 4) if depth < 2 else 0
        entry["merged"] = random_entries(rng, begins, length=length, rare=rare, depth=depth + 1)[0]
    return entry


def instant(text):
    return datetime.fromisoformat(text)


def write(at):
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
