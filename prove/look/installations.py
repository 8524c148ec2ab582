"""Makes one installation to look at, and says which pages it has and who reads them.

    python -m prove.look.installations new|empty|demo|worst FILE

Runs with KEEPWELL_VAR and KEEPWELL_PORT of its own; the answer is written to FILE as JSON.
"""

from __future__ import annotations

import json
import os
import sys
import uuid
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "keepwell.config.settings")
django.setup()

from django.test import Client  # noqa: E402

from keepwell.cases.models import Case  # noqa: E402
from keepwell.channels.email.verbs.understanding import understand  # noqa: E402
from keepwell.channels.form.verbs.submitting import Submitted, submit  # noqa: E402
from keepwell.channels.models import InboundMail, MailState  # noqa: E402
from keepwell.customers.verbs.adding import add_contact  # noqa: E402
from keepwell.customers.verbs.addressing import confirm_address  # noqa: E402
from keepwell.customers.verbs.portal_access import grant_portal_access  # noqa: E402
from keepwell.files.drafts import Draft, new_token  # noqa: E402
from keepwell.founding.first_run_key import first_run_key  # noqa: E402
from keepwell.founding.terms import Terms  # noqa: E402
from keepwell.founding.verbs.founding import found  # noqa: E402
from keepwell.kit import clock  # noqa: E402
from keepwell.operate.collecting import collect_static_files  # noqa: E402
from keepwell.operate.command import database_in_use  # noqa: E402
from keepwell.operate.words import demo  # noqa: E402
from keepwell.operate.words.migrate import bring_up_to_date  # noqa: E402
from keepwell.people.models import Role, User  # noqa: E402
from keepwell.public.views.asking import SENT  # noqa: E402
from prove.look.long_words import long  # noqa: E402
from prove.look.pages import pages_of, plain_page  # noqa: E402
from prove.look.worst_case import BY, make_it_worst  # noqa: E402

DEMO_CASES = 80
Readers = dict[str, Client]


def make_new() -> None:
    """Nobody has set it up yet."""
    first_run_key()


def make_empty() -> None:
    """Set up a minute ago: one administrator, one customer who has not asked anything."""
    _found("Ada Okafor", "Riverside Software")
    contact = add_contact("Dana Hughes", email="dana@elmfalls.example", by=BY)
    confirm_address(contact.addresses.get(), by=BY)
    grant_portal_access(contact, Role.CUSTOMER_USER, by=BY)


def make_demo() -> None:
    """As `keepwell demo` makes it, with fewer cases."""
    demo.run(Namespace(seed=demo.SEED, cases=DEMO_CASES, until=None, no_serve=True))
    _read_what_came()


def make_worst() -> None:
    """Every name as long as it may be, every promise missed."""
    at = clock.now()
    _found(long("Oberbürgermeisterin", 0, 200), long("Verwaltungssoftware", 0, 100))
    make_it_worst(User.objects.get(email="ada@vendor.example"), at=at)
    _read_what_came()


MAKERS: dict[str, Callable[[], None]] = {
    "new": make_new,
    "empty": make_empty,
    "demo": make_demo,
    "worst": make_worst,
}


def _read_what_came() -> None:
    """As the worker does in a moment."""
    for mail in InboundMail.objects.filter(state=MailState.RECEIVED).order_by("pk"):
        understand(mail.pk)


def _found(administrator: str, vendor: str) -> None:
    terms = Terms(
        vendor=vendor,
        sender="help@vendor.example",
        zone="America/Chicago",
        administrator_name=administrator,
        administrator_email="ada@vendor.example",
        country="US",
        password=new_token(),
    )
    found(terms, by=BY, at=clock.now().replace(month=1, day=2))


def readers() -> Readers:
    """Somebody signed in for each face, by name; `follower` has just sent the form."""
    found: Readers = {"visitor": Client()}
    administrators = User.objects.filter(grants__role=Role.ADMINISTRATOR).order_by("pk")
    customers = User.objects.filter(contact__isnull=False).order_by("pk")
    for name, people in (("staff", administrators), ("customer", customers)):
        if person := people.first():
            found[name] = Client()
            found[name].force_login(person)
    return found


def add_follower(found: Readers, name: str) -> str:
    """Sends the form as a visitor would; gives the address of the receipt."""
    key = uuid.uuid4()
    word = long("Sonnenschein", 1, 200) if name == "worst" else "Sign shop"
    sent = Submitted(
        key=key,
        subject=word,
        body=f"{word} prints nothing since this morning.",
        severity="high",
        situation="Nobody can work",
        draft=Draft(token=new_token(), holder="session:prove"),
        name=word,
        email=f"{word.lower().replace(' ', '.')[:60]}@elsewhere.example",
    )
    submit(sent, by=None)
    client = found["follower"] = Client()
    session = client.session
    session[SENT], session["sent_from"] = [str(key)], sent.email
    session.save()
    return f"/ask/{key}/"


def describe(name: str) -> dict[str, object]:
    """The pages and the cookies of their readers; the addresses that are no pages, with the reason."""
    found = readers()
    if name == "new":
        pages, others = [plain_page("first-run", f"/first-run/?key={first_run_key()}", "visitor")], {}
    else:
        pages, others = pages_of(found)
    if name in {"demo", "worst"}:
        pages.append(plain_page("receipt", add_follower(found, name), "follower"))
    cookies = {
        reader: client.cookies["sessionid"].value
        for reader, client in found.items()
        if "sessionid" in client.cookies
    }
    return {"pages": pages, "no_pages": others, "sessions": cookies, "cases": Case.objects.count()}


def main() -> None:
    name, answer = sys.argv[1:]
    with database_in_use():
        bring_up_to_date()
        collect_static_files()
        MAKERS[name]()
        Path(answer).write_text(json.dumps(describe(name)))


if __name__ == "__main__":
    main()
