"""Fills an empty installation with two years of cases of the invented vendor, to see how it stands at size.

The same seed gives the same stories. Stopped, the same command goes on where it stopped; another seed adds
to what was loaded before.
"""

from __future__ import annotations

import argparse
import resource
import time
from datetime import timedelta

from django.conf import settings

from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.operate.demo.furnishing import ACCOUNTS, furnish
from keepwell.operate.demo.signing_in import make_sign_ins, sign_in_lines
from keepwell.operate.load.running import run_load
from keepwell.operate.load.setting_aside import what_is_set_aside
from keepwell.operate.load.tales import YEARS_BACK
from keepwell.operate.models import BulkLoad
from keepwell.operate.refusals import WordRefused
from keepwell.operate.saying import say
from keepwell.operate.words.migrate import bring_up_to_date
from keepwell.people.models import User

BEFORE_THE_FIRST_CASE = timedelta(days=8)
MOST_ACCOUNTS = 460
CASES_AN_ACCOUNT = 500


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--cases", type=int, default=10_000, help="how many cases (default 10000)")
    parser.add_argument("--seed", type=int, default=1, help="another seed, other cases (default 1)")
    parser.add_argument(
        "--longest", type=int, default=0, metavar="N", help="give the last case so many messages"
    )


def run(options: argparse.Namespace) -> None:
    if options.cases < 1:
        raise WordRefused("Load one case at least: --cases 10000.")
    bring_up_to_date()
    load = _load(options)
    if not load.missing_chunks() and not what_is_set_aside():
        say(f"{load} are loaded already. Nothing was changed; another --seed adds to them.")
        return
    _write(load)
    say("\n".join(["", f"Sign in at {settings.KEEPWELL_URL} as", *sign_in_lines(), ""]))


def _write(load: BulkLoad) -> None:
    began = time.monotonic()
    said = [began]

    def tell(how_far: str) -> None:
        if time.monotonic() - said[0] > 2:
            said[0] = time.monotonic()
            say(f"{how_far} ({said[0] - began:.0f} s)")

    written = run_load(load, told=tell)
    took = time.monotonic() - began
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    say(
        f"{written} cases written in {took:.0f} s ({written / took:.0f} a second, indexes included). "
        f"No process took more than {largest} MB."
    )


def _load(options: argparse.Namespace) -> BulkLoad:
    """The load that was begun, or a new one on what was furnished for the first."""
    wanted = {"seed": options.seed, "cases": options.cases, "longest": options.longest}
    begun = BulkLoad.objects.filter(**wanted).first()
    return begun or _new_load(wanted)


@all_or_nothing()
def _new_load(wanted: dict[str, int]) -> BulkLoad:
    ends_at = clock.now()
    first = BulkLoad.objects.order_by("pk").first()
    if first:
        return BulkLoad.objects.create(accounts=first.accounts, ends_at=ends_at, **wanted)
    if User.objects.exists():
        raise WordRefused(
            "This installation has people of its own: invented cases would mix with theirs. Nothing was "
            "changed. Choose another folder with KEEPWELL_VAR."
        )
    accounts = min(max(ACCOUNTS, wanted["cases"] // CASES_AN_ACCOUNT), MOST_ACCOUNTS)
    say(f"Furnishing: people, {accounts} accounts with their contacts, products, promises ...")
    furnish(wanted["seed"], at=ends_at - YEARS_BACK - BEFORE_THE_FIRST_CASE, accounts=accounts)
    make_sign_ins()
    return BulkLoad.objects.create(accounts=accounts, ends_at=ends_at, **wanted)
