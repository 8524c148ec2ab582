"""Runs the demonstration: an invented vendor with three months of cases. The first start furnishes it.

The same seed and anchor give the same data. The site serves after the first hundred cases; the rest is
played by the worker meanwhile.
"""

from __future__ import annotations

import argparse
from datetime import datetime, timedelta

from django.conf import settings

from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.operate.demo.furnishing import furnish
from keepwell.operate.demo.playing import FIRST_CASES, acts_until_case, plan, play
from keepwell.operate.demo.signing_in import make_sign_ins, sign_in_lines
from keepwell.operate.demo.stories import MONTHS_BACK
from keepwell.operate.demo.using import begin_use, use
from keepwell.operate.jobs import play_on, use_on
from keepwell.operate.models import DemoPlay
from keepwell.operate.refusals import WordRefused
from keepwell.operate.saying import say
from keepwell.operate.words.migrate import bring_up_to_date
from keepwell.operate.words.serve import serve
from keepwell.people.models import User
from keepwell.usage.verbs.measuring import measure

SEED = 7
CASES = 1500


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--seed", type=int, default=SEED, help=f"another seed, other cases (default {SEED})")
    parser.add_argument("--cases", type=int, default=CASES, help=f"how many cases (default {CASES})")
    parser.add_argument(
        "--until", type=datetime.fromisoformat, help="the instant the three months end at (default: now)"
    )
    parser.add_argument("--no-serve", action="store_true", help="furnish and play everything, then end")


def run(options: argparse.Namespace) -> None:
    bring_up_to_date()
    _begin(options)
    if options.no_serve:
        _use_everything()
        play(told=_say_progress)
        return
    _play_the_first()
    say("\n".join(["", "Sign in at " + settings.KEEPWELL_URL + " as", *sign_in_lines(), ""]))
    serve(workers=1)


def _begin(options: argparse.Namespace) -> None:
    """Furnishes an empty installation; one that is furnished already stays as it is."""
    if DemoPlay.objects.exists():
        return
    if User.objects.exists():
        raise WordRefused(
            "This installation has people of its own: the demonstration would mix with them. Nothing was "
            "changed. Choose another folder with KEEPWELL_VAR."
        )
    ends_at = clock.instant(options.until)
    say("Furnishing the demonstration: people, accounts, products, promises ...")
    with all_or_nothing():
        furnish(options.seed, at=ends_at - MONTHS_BACK - timedelta(days=8))
        begin_use(at=ends_at - MONTHS_BACK - timedelta(days=8))
        plan(options.seed, ends_at, options.cases)
        if not options.no_serve:
            use_on.defer()
    make_sign_ins()


def _play_the_first() -> None:
    played = DemoPlay.objects.get()
    missing = acts_until_case(played, FIRST_CASES) - played.acts_played
    if missing > 0:
        say(f"Playing the first {FIRST_CASES} cases ...")
        play(missing)
    if not DemoPlay.objects.get().is_over:
        play_on.configure(queueing_lock="demo.play_on").defer()


def _use_everything() -> None:
    played, months = DemoPlay.objects.get(), 0
    while use(played.seed, played.ends_at, months):
        months += 1
        say(f"{months} months of use told")
    say(f"{measure()} days of use worked out")


def _say_progress(played: DemoPlay) -> None:
    say(f"{played.acts_played} of {played.acts} acts played")
