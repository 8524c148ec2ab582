"""Which pages an installation has: asked of its own table of addresses, so that none is forgotten.

A page is what answers a plain GET with a whole document, on the screen or as paper (PDF). Parts of pages,
other files and acts are told apart by what they answer, not by a list.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import product
from typing import Any

from django.db.models import Count, Model, QuerySet
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from keepwell.calendars.models import WorkingCalendar
from keepwell.cases.models import Case
from keepwell.cases.states import State
from keepwell.channels.models import InboundMail, Mailbox, MailHook
from keepwell.contracts.models import Contract, Renewal, Subscription, Term
from keepwell.conversations.models import Message, Note
from keepwell.customers.models import Account, Contact, Deployment, Module, Product, ProductVersion
from keepwell.desk.views.styleguide import SHELLS
from keepwell.enquiries.models import Enquiry
from keepwell.outbox.models import Outgoing
from keepwell.people.models import User
from keepwell.service_levels.models import Guideline, Policy
from keepwell.side_threads.models import SideThread
from keepwell.staffing.models import Rota, Team
from keepwell.success.engagements.models import BookingLink, Engagement
from keepwell.success.engagements.verbs.booking import token_of
from keepwell.success.reviews.models import ConfigurationRule, Finding, Review
from keepwell.success.road_maps.models import ActionItem, Goal, Measure, Milestone, RoadMap
from keepwell.success.signals.models import Playbook, Signal, SignalRule, Task
from keepwell.usage.models import Source
from prove.look.papers import PAPER

Page = dict[str, str]
# Live streams never end; the others are looked at where they belong.
LEFT_OUT = ("live/", "first-run/", "csp-report/")
FACES = {"desk/": ("staff",), "portal/": ("customer",), "accounts/": ("visitor", "staff")}
NOUNS: dict[str, type[Model]] = {
    "accounts": Account,
    "contacts": Contact,
    "contracts": Contract,
    "road-maps": RoadMap,
    "road-map": RoadMap,
    "calendars": WorkingCalendar,
    "guidelines": Policy,
    "insight": Guideline,
    "watched": Guideline,
    "products": Product,
    "teams": Team,
    "people": User,
    "outbox": Outgoing,
    "mail": InboundMail,
    "mailboxes": Mailbox,
    "provider": MailHook,
    "usage": Source,
    "on-call": Rota,
    "configuration-rules": ConfigurationRule,
    "engagements": Engagement,
    "enquiries": Enquiry,
    "signals": Signal,
    "tasks": Task,
    "signal-rules": SignalRule,
    "playbooks": Playbook,
}
# What is said at a case: its number and the case's belong together.
SAID: dict[str, type[Message | Note]] = {"message": Message, "note": Note}
# What stands beside the first of a noun in an address, such as a contract and its term.
BESIDE: Mapping[str, Callable[[], QuerySet[Any]]] = {
    "deployment": lambda: Deployment.objects.order_by("pk"),
    "term": lambda: Term.objects.filter(renewal__outcome="").order_by("contract"),
    "renewal": lambda: Renewal.objects.filter(outcome="").order_by("term__contract"),
    "goal": lambda: Goal.objects.order_by("road_map", "pk"),
    "measure": lambda: Measure.objects.order_by("goal__road_map", "pk"),
    "milestone": lambda: Milestone.objects.order_by("road_map", "pk"),
    "action": lambda: ActionItem.objects.order_by("road_map", "pk"),
    "version": lambda: ProductVersion.objects.order_by("product"),
    "finding": lambda: Finding.objects.filter(review__in=_reviews("staff")[:1]).order_by("pk"),
    "subscription": lambda: Subscription.objects.order_by("contract"),
    "module": lambda: Module.objects.order_by("product", "pk"),
}
SLUGS = {
    "desk:styleguide_shell": tuple(SHELLS),
    "desk:guideline_cases": ("clocks", "missed"),
    "desk:review_section": ("versions",),
    "desk:engagement_act": ("times", "time", "closing", "people", "details"),
}
PARAMETERS = re.compile(r"<(?:\w+:)?(\w+)>")
# Names of addresses that show a case in its states, one picture for each.
ALL_STATES = {
    "desk:case",
    "portal:case",
    "desk:engagement",
    "portal:engagement",
    "desk:review",
    "desk:review_paper",
}


SCREEN = "screen"


def plain_page(name: str, address: str, reader: str, on: str = SCREEN) -> Page:
    return {"name": name, "address": address, "reader": reader, "on": on}


def pages_of(readers: Mapping[str, Client]) -> tuple[list[Page], dict[str, str]]:
    """The pages with somebody who may read each, and why every other address is none."""
    pages: list[Page] = []
    others: dict[str, str] = {}
    for name, route in addresses():
        if route.startswith(LEFT_OUT):
            continue
        found, why = _pictured(name, route, readers)
        pages += found
        if not found:
            others[name] = why
    return pages, others


def addresses() -> Iterator[tuple[str, str]]:
    """Every address of the site that has a name: its name and its route."""
    yield from _under(get_resolver().url_patterns, (), "")


def _under(patterns: Iterable[Any], spaces: tuple[str, ...], before: str) -> Iterator[tuple[str, str]]:
    for each in patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLPattern):
            if each.name:
                yield ":".join([*spaces, each.name]), route
            continue
        own = (each.namespace,) if each.namespace else ()
        yield from _under(each.url_patterns, (*spaces, *own), route)


def _pictured(name: str, route: str, readers: Mapping[str, Client]) -> tuple[list[Page], str]:
    pages, why = [], "there is nothing it could show"
    face = next((face for face in FACES if route.startswith(face)), "")
    for reader in FACES.get(face, ("visitor",)):
        for number, address in enumerate(_filled(name, route, reader)):
            on, why_not = _answer(readers.get(reader), address)
            if why_not:
                why = why_not
                continue
            suffix = f"-{number}" if number else ""
            pages.append(plain_page(f"{name.replace(':', '-')}{suffix}", address, reader, on))
            if name not in ALL_STATES and name not in SLUGS:
                return pages, ""
        if pages:
            break
    return pages, why


def _filled(name: str, route: str, reader: str) -> Iterator[str]:
    keys = PARAMETERS.findall(route)
    for values in _said(keys) or product(*[_values(key, name, route, reader) for key in keys]):
        yield reverse(name, kwargs=dict(zip(keys, values, strict=True)))


def _said(keys: list[str]) -> tuple[tuple[int, ...], ...]:
    """The first message, or note, with the number of the case it stands in; nothing for other addresses."""
    if keys[:2] == ["number", "side"]:
        return _of_a_side_thread(keys[2:])
    if len(keys) != 2 or keys[0] != "number" or keys[1] not in SAID:
        return ()
    said = SAID[keys[1]].objects.filter(conversation__case__isnull=False).order_by("pk")
    return tuple(said.values_list("conversation__case__number", "pk")[:1])


def _of_a_side_thread(keys: list[str]) -> tuple[tuple[int, ...], ...]:
    """The side thread in which most was said, with its case, and its first message or whoever is asked."""
    thread = SideThread.objects.annotate(said=Count("messages")).order_by("-said", "pk").first()
    if thread is None or not set(keys) <= {"message", "party"}:
        return ()
    first = {"message": thread.messages.order_by("pk"), "party": thread.parties.order_by("pk")}
    return ((thread.case.number, thread.pk, *(first[key].values_list("pk", flat=True)[0] for key in keys)),)


def _values(key: str, name: str, route: str, reader: str) -> tuple[Any, ...]:
    if key == "number":
        return tuple(_cases_in_states(reader))
    if key == "token":
        return tuple(token_of(link) for link in BookingLink.objects.filter(used_at=None, revoked_at=None)[:1])
    if key == "pk" and name.endswith((":engagement", ":engagement_act")):
        return _engagements(reader)
    if key == "pk" and route.partition("/")[2].startswith("reviews/<"):
        return _reviews(reader)[: 2 if name in ALL_STATES else 1]
    if key == "pk" and reader == "customer" and name == "portal:enquiry":
        return _first(Enquiry.objects.visible_to(_customer()).order_by("pk"))
    if key == "pk":
        noun = route.removeprefix("desk/").removeprefix("settings/").removeprefix("portal/").partition("/")[0]
        return _first(NOUNS[noun].objects.order_by("pk")) if noun in NOUNS else ()  # type: ignore[attr-defined]
    if key in BESIDE:
        return _first(BESIDE[key]())
    return SLUGS.get(name, ())


def _customer() -> User | None:
    return User.objects.filter(contact__isnull=False).order_by("pk").first()


def _engagements(reader: str) -> tuple[int, ...]:
    """The one of which most is written, and one with times on offer; of a customer what he may see."""
    rows = Engagement.objects.order_by("-agenda", "pk")
    rows = rows.visible_to(_customer()) if reader == "customer" else rows
    offered = rows.filter(offered__isnull=False)
    return tuple(dict.fromkeys([*_first(rows), *_first(offered)]))


def _reviews(reader: str) -> tuple[int, ...]:
    """The draft and the one that was delivered last; of a customer what he may see."""
    if reader == "customer":
        return _first(Review.objects.visible_to(_customer()).order_by("-pk"))
    drafts = Review.objects.exclude(pk__in=Review.objects.delivered())
    return (*_first(drafts.order_by("pk")), *_first(Review.objects.delivered()))


def _first(rows: QuerySet[Any]) -> tuple[int, ...]:
    return tuple(rows.values_list("pk", flat=True)[:1])


def _cases_in_states(reader: str) -> Iterator[int]:
    """The case with most messages, then one that waits for a hand-off, and one in each state."""
    cases = Case.objects.order_by("number")
    if reader == "customer":
        customer = _customer()
        cases = cases.visible_to(customer) if customer else cases.none()
    yield from cases.filter(state=State.OPEN, escalations__isnull=True).values_list("number", flat=True)[:1]
    yield from cases.filter(escalations__state="requested").values_list("number", flat=True)[:1]
    for state in State:
        yield from cases.filter(state=state).order_by("-number").values_list("number", flat=True)[:1]
    yield from cases.filter(snoozed_until_at__isnull=False).values_list("number", flat=True)[:1]
    yield from cases.filter(is_spam=True).values_list("number", flat=True)[:1]


def _answer(client: Client | None, address: str) -> tuple[str, str]:
    """What it is read on, and why it is no page: one of them is empty."""
    if client is None:
        return "", "nobody reads it here"
    answer = client.get(address, SERVER_NAME="localhost")
    if answer.status_code != 200:
        return "", f"answers {answer.status_code}"
    if answer["Content-Type"] == "application/pdf":
        return PAPER, ""
    if answer.streaming or not answer["Content-Type"].startswith("text/html"):
        return "", "a file"
    return (SCREEN, "") if b"<html" in answer.content[:2000] else ("", "a part of a page")
