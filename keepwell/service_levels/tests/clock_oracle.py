"""The rules of clocks told a second time, slowly, for comparison. Imports nothing from keepwell.

Where the replay walks a case once and moves mutable clocks, the oracle asks for each clock alone which
entries concern it, writes them down as a list of moves, and folds that list; what the case was doing at a
moment is found by reading its entries from the start again. Remainders are counted minute by minute on a
strip of open and closed minutes made here. Misses are remembered by asking, before every single entry,
what had been missed until then. Times are whole minutes since 2025-01-01 UTC; only `due` is given.
"""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

EPOCH = datetime(2025, 1, 1, tzinfo=UTC)
YEARS = (2025, 2028)
GRAVITY = ["low", "normal", "high"]
CLOSES = ("resolved", "withdrawn")
ENDS_A_WAIT = {"customer_message", "take_back", "resolved", "withdrawn"}
DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def minute(at):
    """An instant as minutes since the epoch; seconds are refused."""
    minutes, rest = divmod((at - EPOCH).total_seconds(), 60)
    assert rest == 0, at
    return int(minutes)


def strip_of(calendar):
    """One byte a minute: open or closed."""
    strip = bytearray(minute(datetime(YEARS[1], 1, 1, tzinfo=UTC)))
    zone = ZoneInfo(calendar["timezone"])
    day = date(YEARS[0], 1, 1)
    while day.year < YEARS[1]:
        hours = calendar["hours"].get(DAYS[day.weekday()], [])
        for opens, closes in calendar.get("exceptions", {}).get(str(day), hours):
            a, b = (at_local(day, text, zone) for text in (opens, closes))
            for place in range(max(a, 0), min(b, len(strip))):
                strip[place] = 1
        day += timedelta(days=1)
    return strip


def at_local(day, text, zone):
    hour, minutes = map(int, text.split(":"))
    day, hour = (day + timedelta(days=1), 0) if hour == 24 else (day, hour)
    local = datetime(day.year, day.month, day.day, hour, minutes, tzinfo=zone)
    return minute(local.astimezone(UTC))


def overtaken(entries):
    """What came in before the wait or resolution that it ends, but was recorded after it, moves up to it."""
    for place, e in enumerate(entries):
        ended = {"reopened": CLOSES, "customer_message": ("wait",), "take_back": ("wait",)}
        later = [
            x["at"] for x in entries[:place] if x["kind"] in ended.get(e["kind"], ()) and x["at"] > e["at"]
        ]
        if not later or e["kind"] != "reopened":
            yield e
        for at in [max(later)] if later and e["kind"] == "reopened" else later:
            yield {**e, "at": at}


class Oracle:
    """Clocks of one history under one or more versions: (from minute, policy, strip, due)."""

    def __init__(self, versions):
        self.versions = versions

    def version_at(self, at):
        return [v for v in self.versions if v["from"] <= at or v is self.versions[0]][-1]

    def clocks(self, entries, as_of):
        """All clocks as rows, sorted; entries in recorded order, each with `at`, `known`, `id`."""
        known = [e for e in entries if e["known"] <= as_of]
        marked = None
        for e in known:
            if e["kind"] == "spam" and marked is None:
                marked = e
            if e["kind"] == "not_spam":
                marked = None
        if marked is None:
            return self.with_memory([e for e in known if e["kind"] not in ("spam", "not_spam")], as_of)
        upto = [e for e in known[: known.index(marked)] if e["kind"] not in ("spam", "not_spam")]
        rows = self.with_memory(upto, marked["at"], closing=marked["at"])
        return [{**row, "state": "void", "void_by": "spam"} for row in rows]

    def handed_over(self, entries, at):
        """What a case merged away at a minute hands to the other one."""
        leaving = {"kind": "merged_away", "at": at, "known": at, "id": None}
        rows = self.clocks([*entries, leaving], at)
        return [row for row in rows if row["void_by"] == "merged_away"]

    def with_memory(self, entries, as_of, closing=None):
        """No miss that anybody could have seen before an entry is lost by that entry."""
        held = {}
        previous = None
        for count in range(len(entries) + 1):
            upto = entries[:count]
            learned = max((e["known"] for e in upto), default=0)
            then = max(learned, entries[count]["known"]) if count < len(entries) else as_of
            last = count == len(entries)
            rows = {row["key"]: row for row in self.plain(upto, then, closing if last else None)}
            for key, miss in held.items():
                if key not in rows:
                    rows[key] = {
                        **miss,
                        "ended": miss["ended"] or previous["known"],
                    }
                elif rows[key]["missed"] is None:
                    stop = (
                        previous["known"]
                        if not miss["ended"] and previous["kind"] != "contact_withdrawn"
                        else miss["stopped"]
                    )
                    rows[key] = {
                        **miss,
                        "stopped": stop,
                        "ended": miss["ended"] or stop,
                    }
            held = {key: row for key, row in rows.items() if row["state"] == "missed"}
            previous = entries[count] if not last else None
        return sorted(rows.values(), key=order)

    def plain(self, entries, as_of, closing=None):
        """The clocks of entries as they act, without memory."""
        failed = {e["contact"] for e in entries if e["kind"] == "contact_withdrawn"}
        kept = [self.placed(e) for e in entries if e["kind"] != "contact_withdrawn"]
        acting = sorted(overtaken(kept), key=lambda e: e["at"])
        rows = []
        for place in range(len(acting)):
            for metric in self.started_by(acting, place, failed):
                row = self.fold(acting, place, metric, failed, as_of, closing)
                if row is not None:
                    rows.append(row)
        return rows

    def placed(self, e):
        if e["kind"] != "contact" or e["known"] == e["at"]:
            return e
        reach = self.version_at(e["at"])["due"](e["at"], 1, "business_days")
        return e if e["known"] <= reach else {**e, "at": e["known"]}

    # What the case was doing -------------------------------------------------

    def doing(self, acting, place):
        """Before the entry at a place: severity (None: not open yet), waiting, resolved, gone."""
        opening = next((i for i, e in enumerate(acting) if e["kind"] == "opened"), place)
        if opening >= place:
            return None, False, False, False
        merged = [i for i, e in enumerate(acting) if e["kind"] == "merged_away" and i > opening]
        gone = bool(merged) and merged[0] < place
        since = acting[opening + 1 : merged[0] if gone else place]
        severities = [e["to"] for e in since if e["kind"] == "severity"]
        waiting = resolved = False
        for kind in [e["kind"] for e in since]:
            waiting = (waiting or (kind == "wait" and not resolved)) and kind not in ENDS_A_WAIT
            resolved = (resolved or kind in CLOSES) and kind != "reopened"
        return [acting[opening]["severity"], *severities][-1], waiting, resolved, gone

    def started_by(self, acting, place, failed):
        e = acting[place]
        severity, _, resolved, gone = self.doing(acting, place)
        if gone:
            return []
        if e["kind"] == "opened" and severity is None:
            return (
                (["initial_contact"] if e["by"] == "customer" else [])
                + ["resolution", "overall"]
                + (["follow_up"] if e["live"] else [])
            )
        if severity is None:
            return []
        contact = e["kind"] == "contact" and not resolved and e["id"] not in failed
        reopening = e["kind"] == "reopened" and resolved
        return ["follow_up"] if contact or reopening else []

    # What concerns one clock -------------------------------------------------

    def moves(self, acting, place, metric, failed):
        """(minute, what, detail) of everything after its start that concerns a clock of this metric."""
        start = acting[place]
        if self.doing(acting, place)[1]:
            yield start["at"], "pause", None
        if metric == "initial_contact" and start["live"]:
            yield start["at"], "stop", None
        for later in range(place + 1, len(acting)):
            e, doing = acting[later], self.doing(acting, later)
            if not doing[3] and e["kind"] != "opened":
                concerned = MOVES.get(e["kind"], lambda *_: ())
                for what, detail in concerned(e, metric, doing, e["id"] not in failed):
                    yield e["at"], what, detail

    # One clock ---------------------------------------------------------------

    def fold(self, acting, place, metric, failed, as_of, closing):
        start = acting[place]
        version = self.version_at(start["at"])
        own = start.get("severity") if start["kind"] == "opened" else None
        severity = own or self.doing(acting, place)[0]
        if metric not in version["policy"]:
            return None
        if severity not in version["policy"][metric]:
            severity = "any"
            if severity not in version["policy"][metric]:
                return None
        clock = One(metric, severity, start, version, self)
        for at, what, detail in self.moves(acting, place, metric, failed):
            clock.until(at)
            getattr(clock, what)(at, detail)
        if closing is not None and clock.paused is not None:
            clock.until(closing)
            clock.go(closing, None)
        clock.until(as_of)
        return clock.row()


def contact(_, metric, doing, delivered):
    touched = metric == "initial_contact" or (metric == "follow_up" and not doing[2])
    return [("stop", None)] if delivered and touched else []


def resolved(_, metric, doing, delivered):
    touched = not doing[2] and (delivered or metric != "initial_contact")
    return [("stop", None)] if touched else []


def withdrawn(e, metric, doing, _):
    what = "void" if metric == "initial_contact" else "stop"
    return [] if doing[2] else [(what, e["kind"])]


def reopened(_, metric, doing, __):
    touched = doing[2] and metric in ("resolution", "overall")
    return [("reopen", None)] if touched else []


def wait(_, __, doing, ___):
    return [] if doing[1] or doing[2] else [("pause", None)]


def wait_over(_, __, doing, ___):
    return [("go", None)] if doing[1] else []


def severity(e, _, doing, __):
    if doing[2] or e["to"] == doing[0]:
        return []
    if GRAVITY.index(e["to"]) > GRAVITY.index(doing[0]):
        return [("raise", e["to"])]
    return [("correct", e["to"])] if e["correction"] else []


def merged_in(e, metric, doing, _):
    return [("merge", other) for other in e["carried"] if other["metric"] == metric and not doing[2]]


def merged_away(e, *_):
    return [("void", e["kind"])]


MOVES = {
    "contact": contact,
    "resolved": resolved,
    "withdrawn": withdrawn,
    "reopened": reopened,
    "wait": wait,
    "customer_message": wait_over,
    "take_back": wait_over,
    "severity": severity,
    "merged_in": merged_in,
    "merged_away": merged_away,
}


class One:
    """One clock being folded."""

    def __init__(self, metric, severity, start, version, oracle):
        self.metric, self.severity, self.oracle = metric, severity, oracle
        self.start, self.key = start["at"], (metric, start["id"])
        self.version = self.measure = version
        self.amount, self.unit = version["policy"][metric][severity]
        self.due = version["due"](self.start, self.amount, self.unit)
        self.history = []  # pauses taken
        self.paused, self.waiting_changes, self.changes = None, [], []
        self.missed = self.stopped = self.ended = None
        self.void_by = None
        self.born = self.due
        self.floor = None

    def undecided(self):
        return self.missed is None and self.ended is None

    def until(self, at):
        if self.undecided() and self.paused is None and at > self.due:
            self.missed = self.due

    def pauses(self):
        default = ["follow_up", "resolution", "overall"]
        switch = self.version["policy"].get("pauses", default)
        return self.metric in switch and self.metric != "initial_contact"

    def pause(self, at, _):
        if self.pauses() and self.undecided() and at < self.due:
            self.paused = at

    def go(self, at, _):
        if self.paused is None or self.ended is not None:
            return
        self.due = after_pause(self.paused, at, self.due, self.unit, self.measure)
        begun = self.paused if self.floor is None else max(self.paused, self.floor)
        self.history = [*self.history, (begun, at)]
        self.paused, changes = None, self.waiting_changes
        self.waiting_changes = []
        for change in changes:
            change(at)

    def change(self, at, act):
        if self.paused is None:
            act(at)
        else:
            self.waiting_changes.append(act)

    def promised(self, severity):
        return self.version["policy"].get(self.metric, {}).get(severity)

    def set_if(self, better, due, unit, measure):
        if better:
            self.due, self.unit, self.measure = due, unit, measure

    def raise_(self, at, to):
        promised = self.promised(to)
        if not self.undecided() or self.severity == "any" or promised is None:
            return
        if GRAVITY.index(self.severity) >= GRAVITY.index(to):
            return
        self.severity, version = to, self.version
        self.changes.append(("sooner", at, version["due"](at, *promised)))

        def act(moment):
            due = version["due"](moment, *promised)
            self.set_if(due < self.due, due, promised[1], version)

        self.change(at, act)

    def correct(self, at, to):
        promised = self.promised(to)
        if not self.undecided() or self.severity == "any" or promised is None:
            return
        self.severity, version = to, self.version
        self.changes.append(("later", at, version["due"](self.start, *promised)))

        def act(_):
            due = version["due"](self.start, *promised)
            for a, b in self.history:
                due = after_pause(a, b, due, promised[1], version)
            self.set_if(due > self.due, due, promised[1], version)

        self.change(at, act)

    def merge(self, at, other):
        if not self.undecided():
            return
        self.changes.append(("sooner", at, other["free"]))
        measure = self.oracle.version_at(other["start"])
        if other["start"] < self.start:
            self.start, self.version = other["start"], measure
            self.history, self.floor = other["history"], at

        def act(moment):
            due = after_pause(at, moment, other["due"], other["unit"], measure)
            self.set_if(due < self.due, due, other["unit"], measure)

        self.change(at, act)

    def stop(self, at, _):
        if self.ended is None:
            self.go(at, None)
            self.stopped = self.ended = at

    def void(self, at, kind):
        if self.ended is None:
            self.go(at, None)
            self.void_by = kind if self.missed is None else None
            self.ended = at

    def reopen(self, at, _):
        since = self.stopped
        self.stopped = self.ended = None
        if self.missed is None and since < self.due:
            self.paused = since
            self.go(at, None)

    def without_pauses(self):
        """The due at birth, moved by every change made before it passed."""
        due = self.born
        for way, at, other in self.changes:
            if at <= due:
                due = min(due, other) if way == "sooner" else max(due, other)
        return due

    def row(self):
        state = "running" if self.paused is None else "paused"
        state = "met" if self.stopped is not None else state
        state = "missed" if self.missed is not None else state
        state = "void" if self.void_by is not None else state
        return {
            "key": self.key,
            "metric": self.metric,
            "severity": self.severity,
            "start": self.start,
            "due": None if self.paused is not None else self.due,
            "free": self.without_pauses(),
            "state": state,
            "void_by": self.void_by,
            "stopped": self.stopped,
            "missed": self.missed,
            "ended": self.ended,
            "history": self.history,
            "unit": self.unit,
        }


setattr(One, "raise", One.raise_)


def after_pause(paused, resumed, due, unit, version):
    """Counted minute by minute: what remained at the pause, laid down again from the resumption."""
    if paused >= due or resumed <= paused:
        return due
    if unit == "hours":
        return resumed + due - paused
    strip = version["strip"]
    left, at = sum(strip[paused:due]), resumed
    if not left:
        while not strip[at]:
            at += 1
    while left:
        left -= strip[at]
        at += 1
    return max(at, due)


def order(row):
    """As reported: initial contact, resolution, overall, then follow-up runs by their start."""
    place = ["initial_contact", "resolution", "overall", "follow_up"].index(row["metric"])
    return place, row["start"] if row["metric"] == "follow_up" else 0
