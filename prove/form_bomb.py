"""Can anybody use our form to mail strangers, or to keep customers from their mail?

    python -m prove.form_bomb [--submissions 10000] [--write FILE]

So many submissions by the form within three hours name one victim; so many more within the next hour name a
victim each. They come by the verb, as if from as many network addresses: what the pages count by address is
on top. Every word in them carries a canary. Every quarter of an hour a customer whom we know asks for a code
to sign in, writes in his portal, and is answered. A mail server on this machine counts what leaves, with the
budgets that an installation has by itself; the clock goes from minute to minute, then on for a day. Exit code
0 only if no victim got more than one mail in any hour, all together got no more than the budget in any hour,
the breaker opened and closed again, no canary left, and each mail to the customer left within the minute.
"""

from __future__ import annotations

import argparse
import os
import sys
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "keepwell.config.settings_test")
django.setup()

from django.conf import settings  # noqa: E402
from django.core.mail import EmailMessage  # noqa: E402

from keepwell.cases.tests.elm_falls import answer, open_for  # noqa: E402
from keepwell.channels.form.verbs.submitting import Submitted, submit  # noqa: E402
from keepwell.kit import clock  # noqa: E402
from keepwell.outbox.models import BreakerOpening, Outgoing, Purpose  # noqa: E402
from keepwell.outbox.tests.postbox import Postbox, Server  # noqa: E402
from keepwell.outbox.verbs.handing_over import deliver_what_is_due  # noqa: E402
from keepwell.outbox.verbs.queuing import enqueue  # noqa: E402
from keepwell.people.actors import System  # noqa: E402
from prove.mail import database  # noqa: E402
from prove.record import Record  # noqa: E402
from tests import cast  # noqa: E402
from tests.fixtures.database import CARELESS  # noqa: E402

STARTED_AT = datetime(2026, 6, 9, 14, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
# Long enough for the one victim to be written to again.
HOURS_OF_ONE = 3
CUSTOMER_EVERY = 15
CALMS_WITHIN_HOURS = 26
CANARY = "Xanadu"
VICTIM = "victim@town.example"


class Ledger:
    """What left, to whom and when, as the mail server has it."""

    def __init__(self, box: Postbox) -> None:
        self.box, self.seen = box, 0
        self.left: dict[str, list[datetime]] = defaultdict(list)
        self.told: list[str] = []

    def note(self, at: datetime) -> None:
        for one in self.box.arrived[self.seen :]:
            self.left[one.recipients[0]].append(at)
            if CANARY.encode().lower() in one.content.lower():
                self.told.append(one.recipients[0])
        self.seen = len(self.box.arrived)

    def all(self) -> list[datetime]:
        return sorted(at for instants in self.left.values() for at in instants)


def bomb(address: str, at: datetime) -> None:
    sent = Submitted(
        key=uuid.uuid4(),
        subject=f"Visit {CANARY}",
        body=f"{CANARY} has what you want: https://{CANARY}.example",
        severity="normal",
        situation="Something important does not work",
        draft=None,
        name=f"{CANARY} Ltd",
        email=address,
    )
    submit(sent, by=None, at=at)


def bombed(addresses: Sequence[str], start: datetime, ledger: Ledger, *, hours: int) -> list[str]:
    """Hours in which these submissions come; gives the mails to the customer that did not leave."""
    late, minutes = [], hours * 60
    for minute in range(minutes):
        at = start + minute * MINUTE
        first, end = (count * len(addresses) // minutes for count in (minute, minute + 1))
        with clock.standing_at(at):
            for address in addresses[first:end]:
                bomb(address, at)
            ids = customer(at) if minute % CUSTOMER_EVERY == 0 else []
            deliver(at, ledger)
        late += Outgoing.objects.filter(message_id__in=ids, sent_at=None).values_list("message_id", flat=True)
    return late


def customer(at: datetime) -> list[str]:
    """He asks for a code, writes, and is answered; gives the ids of the mails to him."""
    before = Outgoing.objects.order_by("pk").last()
    dana, maria = cast.dana_at_elm_falls(), cast.maria_the_specialist()
    code = EmailMessage("Your code", "A code.", to=[dana.email])
    enqueue(code, purpose=Purpose.CODE, by=System("prove"), at=at)
    answer(open_for(dana, at=at), maria, at)
    mails = Outgoing.objects.filter(pk__gt=before.pk if before else 0, to_address=dana.email)
    return list(mails.values_list("message_id", flat=True))


def deliver(at: datetime, ledger: Ledger) -> None:
    while deliver_what_is_due(at=at):
        ledger.note(at)


def most_in_an_hour(instants: Iterable[datetime]) -> int:
    found = sorted(instants)
    return max((sum(at <= other < at + HOUR for other in found) for at in dict.fromkeys(found)), default=0)


def calm_down(start: datetime, ledger: Ledger) -> None:
    for hours in range(CALMS_WITHIN_HOURS):
        at = start + hours * HOUR
        with clock.standing_at(at):
            deliver(at, ledger)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--submissions", type=int, default=10_000)
    options.add_argument("--write", type=Path, default=Path("docs/proof/form_bomb.json"))
    chosen = options.parse_args()
    record = Record()
    box = Postbox()
    server = Server(box)
    server.start()
    settings.KEEPWELL_MAIL_URL = f"smtp://127.0.0.1:{box.port}"
    ledger = Ledger(box)
    try:
        # Nothing is switched off here, and twenty thousand commits would wait for the disk.
        with database("keepwell_prove_form_bomb", CARELESS):
            cast.the_guidelines()
            victims = [f"person@town{number}.example" for number in range(chosen.submissions)]
            late = bombed([VICTIM] * chosen.submissions, STARTED_AT, ledger, hours=HOURS_OF_ONE)
            late += bombed(victims, STARTED_AT + HOURS_OF_ONE * HOUR, ledger, hours=1)
            calm_down(STARTED_AT + (HOURS_OF_ONE + 1) * HOUR, ledger)
            openings = list(BreakerOpening.objects.order_by("pk").values_list("purpose", "closed_at"))
            written = Outgoing.objects.filter(purpose=Purpose.FIRST).count()
            dana = cast.dana_at_elm_falls().email
    finally:
        server.stop()
    to_victims = {address: ledger.left[address] for address in (VICTIM, *victims) if address in ledger.left}
    most = max(map(most_in_an_hour, to_victims.values()), default=0)
    in_all = most_in_an_hour(ledger.all())
    budget = settings.KEEPWELL_MAIL_BUDGETS["all"]
    found = {
        "a victim got more than one mail in an hour": most > 1,
        "more left in an hour than the budget": in_all > budget,
        "the breaker never opened": not openings,
        "the breaker did not close": any(closed_at is None for _purpose, closed_at in openings),
        "the canary left": bool(ledger.told),
        "mail to a customer did not leave within the minute": bool(late),
    }
    wrong = [words for words, is_wrong in found.items() if is_wrong]
    findings = {
        "submissions_naming_one_victim": chosen.submissions,
        "submissions_naming_a_victim_each": chosen.submissions,
        "wrong": wrong,
        "mails_written_to_victims": written,
        "mails_to_the_one_victim": len(ledger.left[VICTIM]),
        "least_between_two_to_him_minutes": least_between(ledger.left[VICTIM]),
        "most_to_one_victim_in_an_hour": most,
        "victims_mailed": len(to_victims),
        "most_in_all_in_an_hour": in_all,
        "budget_of_an_hour": budget,
        "breaker_openings": len(openings),
        "mails_to_the_customer": len(ledger.left[dana]),
    }
    record.write(chosen.write, findings)
    print(findings)
    return 1 if wrong else 0


def least_between(instants: Sequence[datetime]) -> float | None:
    gaps = [(later - earlier) / MINUTE for earlier, later in pairwise(sorted(instants))]
    return min(gaps, default=None)


if __name__ == "__main__":
    sys.exit(main())
