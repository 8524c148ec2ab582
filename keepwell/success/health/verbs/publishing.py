"""Cards come into force by a version of their own; none is ever changed."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from keepwell.journal.recording import Actor, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock, lock_key
from keepwell.kit.refusals import Refused
from keepwell.people import permits
from keepwell.success.health.cards import Card
from keepwell.success.health.models import Scorecard, ScorecardVersion
from keepwell.success.health.usual import ESTABLISHED, ESTABLISHED_AFTER, YOUNG
from keepwell.success.health.writing import card_to

DAY = timedelta(days=1)


class ScorecardRefused(Refused):
    """A scorecard cannot be like this; `str()` says why."""


@all_or_nothing()
def add_scorecard(
    name: str, card: Card, *, segment: str = "", from_days: int = 0, by: Actor, at: datetime | None = None
) -> ScorecardVersion:
    """Accounts of this segment that are live for so long are seen by this card from the next look on.

    The usual ones come with the first, so that no account is without. Effects: scorecard.published.
    Errors: ScorecardRefused, NotPermitted.
    """
    permits.require(by, "settings.health")
    publish_usual_cards(by=by, at=at)
    if Scorecard.objects.filter(segment=segment.strip(), from_days=from_days).exists():
        raise ScorecardRefused(
            _("There is a scorecard for these accounts already: edit that one. Nothing was saved.")
        )
    added = Scorecard.objects.create(name=_named(name), segment=segment.strip(), from_days=from_days)
    return _published(added, card, number=1, by=by, at=at)


@all_or_nothing()
def publish(scorecard: Scorecard, card: Card, *, by: Actor, at: datetime | None = None) -> ScorecardVersion:
    """The card is like this from the next look on; what it was stays with what was seen by it.

    Effects: scorecard.published, unless nothing differs. Errors: ScorecardRefused, NotPermitted.
    """
    permits.require(by, "settings.health")
    lock(scorecard)
    newest = scorecard.versions.latest("number")
    if newest.content == card_to(card):
        return newest
    return _published(scorecard, card, number=newest.number + 1, by=by, at=at)


@all_or_nothing()
def publish_usual_cards(*, by: Actor, at: datetime | None = None) -> None:
    """The usual cards, where nobody made any. Effects: scorecard.published for each."""
    lock_key("scorecards")
    if Scorecard.objects.exists():
        return
    young, established = _("Young accounts"), _("Established accounts")
    for name, card, after in ((young, YOUNG, 0), (established, ESTABLISHED, ESTABLISHED_AFTER // DAY + 1)):
        scorecard = Scorecard.objects.create(name=name, from_days=after)
        _published(scorecard, card, number=1, by=by, at=at)


def _published(
    scorecard: Scorecard, card: Card, *, number: int, by: Actor, at: datetime | None
) -> ScorecardVersion:
    at = clock.instant(at)
    version = ScorecardVersion.objects.create(
        scorecard=scorecard, number=number, content=card_to(card), published_at=at
    )
    facts = {"scorecard": scorecard.pk, "version": number}
    record("scorecard.published", by=by, at=at, subjects=[("scorecard", scorecard.pk)], facts=facts)
    return version


def _named(name: str) -> str:
    name = " ".join(name.split())
    if not 0 < len(name) <= 100:
        raise ScorecardRefused(_("A name has between 1 and 100 characters. Nothing was saved."))
    return name
