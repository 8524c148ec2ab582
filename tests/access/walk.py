"""The walk: every row of the table asked for by everybody, and what was answered that should not be.

Each request runs within a savepoint that is taken back, so the scene stands for the next one as it was.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from html.parser import HTMLParser
from typing import Any
from unittest import mock
from zlib import crc32

from django.db import connection, transaction
from django.urls import reverse

from keepwell.cases.models import CaseQuerySet
from keepwell.channels.models.inbound_mail import InboundMailQuerySet
from keepwell.contracts.models import ContractQuerySet
from keepwell.customers import queries as customers
from keepwell.enquiries.models.enquiry import EnquiryQuerySet
from keepwell.outbox.models.outgoing import OutgoingQuerySet
from keepwell.people import permits
from keepwell.success.engagements.models.engagement import EngagementQuerySet
from keepwell.success.letters.models.correspondence import CorrespondenceQuerySet
from keepwell.success.portfolios.models import HandOverQuerySet
from keepwell.success.reviews.models.review import ReviewQuerySet
from keepwell.success.road_maps.models import RoadMapQuerySet
from keepwell.success.signals.models.signal import SignalQuerySet
from keepwell.success.signals.models.task import TaskQuerySet
from tests.access.rows import Door, Row
from tests.access.scene import CUSTOMERS, STAFF, Scene
from tests.access.words import OF_ELM_FALLS, OF_STAFF

SIGN_IN = "/accounts/login/"
TO_SIGN_IN = "led to sign-in"
STRANGERS = ("anonymous", "follower_of_another", "follower_by_a_forged_grant")
# May read what was said in Elm Falls' cases.
OF_THE_TOWN = (*STAFF, "dana", "carl", "follower", "sender")


def breaches(scene: Scene, rows: Iterable[Row]) -> list[str]:
    """What anybody got that is not his, and what the rightful one did not get; [] where all is well."""
    return [breach for row in rows for breach in _breaches_of(scene, row)]


def refused(scene: Scene, row: Row, who: str) -> list[str]:
    """What comes of it if this one asks for it, where 404 is right and nothing may change."""
    with taken_back():
        row.before(scene)
        return list(_judged(scene, row, row.sends(scene), who, 404))


def _breaches_of(scene: Scene, row: Row) -> Iterator[str]:
    with taken_back():
        row.before(scene)
        sent = _sent(scene, row)
        yield from _judged(scene, row, sent, row.who, row.gets)
        if row.behind:
            yield from _of_the_blind(scene, row, sent)
        as_it_was = fingerprint()
        for who, expected in _expected(row):
            yield from _judged(scene, row, sent, who, expected)
        if row.door in (Door.DESK, Door.PORTAL_CASE, Door.PORTAL_THING, Door.PORTAL_OWN):
            yield from _of_script(scene, row, sent)
        if fingerprint() != as_it_was:
            yield f"{row.key}: the walk changed the scene"


def _expected(row: Row) -> Iterator[tuple[str, int | str]]:
    """Everybody but the rightful one, with what he is to get."""
    yield from {
        Door.DESK: _at_the_desk,
        Door.PORTAL_CASE: _at_a_portal_case,
        Door.PORTAL_THING: _at_a_portal_thing,
        Door.PORTAL_OWN: _at_the_portal,
        Door.SIGNED_IN: lambda row: [("anonymous", TO_SIGN_IN), ("follower", TO_SIGN_IN)],
        Door.STREAM: lambda row: [("anonymous", 401), ("follower", 401)],
        Door.SENDER: lambda row: [(who, 404) for who in ("anonymous", "dana", "nora", "maria", "follower")],
        Door.PUBLIC: lambda row: [],
        Door.CLOSED: lambda row: [(who, 404) for who in ("anonymous", "ada", "carl", "nora", "follower")],
    }[row.door](row)


def _at_the_desk(row: Row) -> Iterator[tuple[str, int | str]]:
    for who in CUSTOMERS:
        yield who, 404
    for who in ("anonymous", "follower", *STRANGERS[1:]):
        yield who, TO_SIGN_IN
    colleagues = [pair for who in STAFF if who != row.who for pair in _of_a_colleague(row, who)]
    yield from (pair for pair in colleagues if pair[1] != row.gets)
    # Of those who get the same page one is enough: pages cost most of the walk, and refusals are its matter.
    if same := [pair for pair in colleagues if pair[1] == row.gets]:
        yield same[crc32(row.key.encode()) % len(same)]


def _of_a_colleague(row: Row, who: str) -> Iterator[tuple[str, int | str]]:
    if row.permit and not _holds(who, row.permit):
        yield who, 403
    elif who not in row.only:
        yield who, 404
    elif row.method == "GET":
        yield who, row.gets


def _at_a_portal_case(row: Row) -> Iterator[tuple[str, int | str]]:
    for who in ("nora", "pia", *STAFF, "follower_of_another", "follower_by_a_forged_grant"):
        yield who, 404
    yield "anonymous", TO_SIGN_IN
    if row.method == "GET":
        yield from (("carl", row.gets), ("follower", row.gets))


def _at_a_portal_thing(row: Row) -> Iterator[tuple[str, int | str]]:
    for who in ("nora", "pia", *STAFF):
        yield who, 404
    for who in ("follower", *STRANGERS):
        yield who, TO_SIGN_IN
    if row.method == "GET":
        yield "carl", row.gets


def _at_the_portal(row: Row) -> Iterator[tuple[str, int | str]]:
    for who in ("carl", "pia", "nora"):
        yield who, row.gets
    for who in STAFF:
        yield who, 404
    for who in ("follower", *STRANGERS):
        yield who, TO_SIGN_IN


ROLES = {
    "maria": "specialist",
    "theo": "consultant",
    "ines": "engineer",
    "lea": "lead",
    "ada": "administrator",
    "sam": "success_manager",
    "alma": "account_manager",
}


def _holds(who: str, permit: str) -> bool:
    return permit in permits.ROLE_PERMITS[ROLES[who]]


def _judged(scene: Scene, row: Row, sent: Any, who: str, expected: int | str) -> Iterator[str]:
    with taken_back():
        was = writes() if expected in (401, 403, 404, TO_SIGN_IN) else None
        response = ask(scene, row, sent, who)
        got = _got(response)
        if got != expected:
            yield f"{row.key}: {who} got {got} where {expected} is right"
        if was is not None and (written := writes() - was):
            yield f"{row.key}: {who} changed {', '.join(sorted(written))}"
        for word in _words_not_for(who):
            if word in text_of(response):
                yield f"{row.key}: {who} read {word!r}"


def _of_the_blind(scene: Scene, row: Row, sent: Any) -> Iterator[str]:
    """The rightful one himself finds nothing once he may see none of what stands behind the address."""
    with blind(row.behind), taken_back():
        got = _got(ask(scene, row, sent, row.who))
    if got != 404:
        yield f"{row.key}: {row.who} got {got} although he may see none of the {row.behind}"


def _of_script(scene: Scene, row: Row, sent: Any) -> Iterator[str]:
    """A part fetched after signing out: 401, so that what was written stays on the page."""
    with taken_back():
        got = _got(ask(scene, row, sent, "anonymous", HTTP_HX_REQUEST="true"))
    if got != 401:
        yield f"{row.key}: a script without sign-in got {got} where 401 is right"


def ask(scene: Scene, row: Row, sent: Any, who: str, **headers: str) -> Any:
    browser = scene.browser(who)
    browser.raise_request_exception = False
    if row.method == "GET":
        return browser.get(address_of(scene, row), **headers)
    return browser.post(address_of(scene, row), sent, **headers)


def address_of(scene: Scene, row: Row) -> str:
    path = reverse(row.name, kwargs=dict(row.of(scene)))
    return f"{path}?{row.query}" if row.query else path


def _sent(scene: Scene, row: Row) -> dict[str, Any]:
    if row.method == "GET":
        return {}
    shown = {}
    if row.as_shown:
        page = scene.browser(row.who).get(address_of(scene, row))
        shown = filled_in(page.content.decode())
    return {**shown, **row.sends(scene)}


def _got(response: Any) -> int | str:
    is_sign_in = response.status_code == 302 and response["Location"].startswith(SIGN_IN)
    return TO_SIGN_IN if is_sign_in and "next=" in response["Location"] else response.status_code


def text_of(response: Any) -> str:
    if not response.streaming:
        return str(response.content.decode(errors="replace"))
    if response.is_async:
        return ""  # what a stream tells is a matter of its topics: see listening.py
    return b"".join(response.streaming_content).decode(errors="replace")


def _words_not_for(who: str) -> tuple[str, ...]:
    if who in STAFF:
        return ()
    return OF_STAFF if who in OF_THE_TOWN else (*OF_STAFF, *OF_ELM_FALLS)


@contextmanager
def taken_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def blind(noun: str) -> Iterator[None]:
    """Nobody sees any of these while it lasts, whatever his roles say."""
    see = {
        "cases": mock.patch.object(CaseQuerySet, "visible_to", lambda rows, actor: rows.none()),
        "incoming": mock.patch.object(InboundMailQuerySet, "visible_to", lambda rows, actor: rows.none()),
        "mails": mock.patch.object(OutgoingQuerySet, "visible_to", lambda rows, actor: rows.none()),
        "contracts": mock.patch.object(ContractQuerySet, "visible_to", lambda rows, actor: rows.none()),
        "engagements": mock.patch.object(EngagementQuerySet, "visible_to", lambda rows, actor: rows.none()),
        "enquiries": mock.patch.object(EnquiryQuerySet, "visible_to", lambda rows, actor: rows.none()),
        "reviews": mock.patch.object(ReviewQuerySet, "visible_to", lambda rows, actor: rows.none()),
        "hand_overs": mock.patch.object(HandOverQuerySet, "visible_to", lambda rows, actor: rows.none()),
        "letters": mock.patch.object(CorrespondenceQuerySet, "visible_to", lambda rows, actor: rows.none()),
        "road_maps": mock.patch.object(RoadMapQuerySet, "visible_to", lambda rows, actor: rows.none()),
        "signals": mock.patch.object(SignalQuerySet, "visible_to", lambda rows, actor: rows.none()),
        "tasks": mock.patch.object(TaskQuerySet, "visible_to", lambda rows, actor: rows.none()),
        "accounts": mock.patch.object(customers, "sees_all", return_value=False),
        "contacts": mock.patch.object(customers, "sees_all", return_value=False),
    }[noun]
    with see:
        yield


def writes() -> Counter[str]:
    """How often each table of the product was written to in this transaction, what was taken back included.

    PostgreSQL counts it as it goes: asking costs nothing of what a look at every row costs.
    """
    with connection.cursor() as cursor:
        cursor.execute(WRITES)
        return Counter(dict(cursor.fetchall()))


WRITES = """
    SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables
    WHERE relname LIKE 'keepwell%' AND relname <> 'keepwell_cache'
"""


def fingerprint() -> dict[str, tuple[int, int]]:
    """Of every table of the product the number of rows and a sum over what stands in them."""
    with connection.cursor() as cursor:
        cursor.execute(_fingerprint_sql())
        return {table: (rows, content) for table, rows, content in cursor.fetchall()}


@cache
def _fingerprint_sql() -> str:
    return " UNION ALL ".join(
        f"SELECT '{table}', count(*), coalesce(sum(hashtext(t::text)), 0) FROM {table} t"
        for table in _tables()
    )


def _tables() -> list[str]:
    # What counts attempts, and the worker's own tables, are nobody's.
    names = connection.introspection.table_names()
    return [name for name in names if name.startswith("keepwell_") and name != "keepwell_cache"]


class _Fields(HTMLParser):
    """The fields of a page as a browser would send them back."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, list[str]] = {}
        self._select = self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name, value = given.get("name") or "", given.get("value") or ""
        if tag == "input" and self._is_sent(given):
            self.found.setdefault(name, []).append(value or ("on" if given.get("type") == "checkbox" else ""))
        elif tag == "select":
            self._select = name
        elif tag == "option" and "selected" in given:
            self.found.setdefault(self._select, []).append(value)
        elif tag == "textarea":
            self._area = name
            self.found.setdefault(name, [""])

    def handle_data(self, data: str) -> None:
        if self._area:
            self.found[self._area] = [self.found[self._area][0] + data]

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = ""

    def _is_sent(self, given: dict[str, str | None]) -> bool:
        kind = given.get("type", "text")
        if not given.get("name") or kind in ("submit", "button", "file", "image"):
            return False
        return kind not in ("checkbox", "radio") or "checked" in given


def filled_in(page: str) -> dict[str, list[str]]:
    fields = _Fields()
    fields.feed(page)
    fields.found.pop("csrfmiddlewaretoken", None)
    return fields.found
