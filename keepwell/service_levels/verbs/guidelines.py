"""Making guidelines that are watched, changing what they watch, and ending them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max
from django.utils.translation import gettext as _

from keepwell.customers.models import Product
from keepwell.journal.recording import Actor, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.refusals import Refused
from keepwell.people import permits
from keepwell.service_levels.judging import SMALLEST
from keepwell.service_levels.models import BurnAlert, Commitment, Guideline, GuidelineVersion, Policy
from keepwell.service_levels.models.guideline import LONGEST_ROLLING, WindowKind
from keepwell.service_levels.models.policy import Metric, Population


class GuidelineRefused(Refused):
    """What a guideline should watch cannot be watched; the message says what, and that nothing was saved."""


@dataclass(frozen=True, kw_only=True)
class Watched:
    """What a guideline watches: a promise of a policy, for whom, over which windows, and who is told.

    product, segment, channel: empty for all. rolling_days: of a rolling window, else 0. smallest: below so
    many clocks nothing is judged. told: ids of people.
    """

    policy: Policy
    metric: str
    severity: str
    product: Product | None = None
    segment: str = ""
    channel: str = ""
    window: str = WindowKind.MONTH
    rolling_days: int = 0
    smallest: int = SMALLEST
    told: tuple[int, ...] = ()


@all_or_nothing()
def create_guideline(name: str, watched: Watched, *, by: Actor, at: datetime | None = None) -> Guideline:
    """A promise watched by this name from now on; its figures reach back as far as there are clocks.

    Effects: guideline.created. Errors: GuidelineRefused.
    """
    permits.require(by, "settings.policies")
    at = clock.instant(at)
    name = _usable_name(name)
    _refuse_unusable(watched)
    guideline = Guideline.objects.create(name=name)
    version = _next_version(guideline, watched, by=by, at=at)
    _tell("guideline.created", guideline, version, by=by, at=at)
    return guideline


@all_or_nothing()
def change_guideline(
    guideline: Guideline, watched: Watched, *, by: Actor, at: datetime | None = None
) -> GuidelineVersion:
    """It watches this from now on. Effects: guideline.changed. Errors: GuidelineRefused."""
    permits.require(by, "settings.policies")
    at = clock.instant(at)
    Guideline.objects.select_for_update().get(pk=guideline.pk)
    _refuse_unusable(watched)
    version = _next_version(guideline, watched, by=by, at=at)
    _tell("guideline.changed", guideline, version, by=by, at=at)
    return version


@all_or_nothing()
def end_guideline(guideline: Guideline, *, by: Actor, at: datetime | None = None) -> None:
    """It is no longer watched; its page stays to be read. Again: nothing. Effects: guideline.ended."""
    permits.require(by, "settings.policies")
    at = clock.instant(at)
    if Guideline.objects.filter(pk=guideline.pk, ended_at=None).update(ended_at=at):
        guideline.ended_at = at
        # What nobody watches burns for nobody.
        BurnAlert.objects.filter(guideline=guideline, ended_at=None).update(ended_at=at)
        record("guideline.ended", by=by, at=at, subjects=[("guideline", guideline.pk)])


@all_or_nothing()
def watch_all_of(policy: Policy, *, by: Actor, at: datetime | None = None) -> list[Guideline]:
    """A guideline for each promise of the policy, over calendar months. Effects: guideline.created."""
    newest = policy.versions.order_by("-number").first()
    promised = Commitment.objects.filter(version=newest).order_by("pk")
    return [
        create_guideline(
            plain_name(one.metric, one.severity),
            Watched(policy=policy, metric=one.metric, severity=one.severity),
            by=by,
            at=at,
        )
        for one in promised
    ]


def plain_name(metric: str, severity: str) -> str:
    """What a guideline about all cases of a severity is called."""
    if severity == Population.ANY:
        return str(Metric(metric).label)
    return _("%(metric)s, %(severity)s") % {
        "metric": Metric(metric).label,
        "severity": Population(severity).label,
    }


def _usable_name(name: str) -> str:
    name = name.strip()
    if not name:
        raise GuidelineRefused(_("A guideline needs a name. Nothing was saved."))
    if Guideline.objects.filter(name__iexact=name, ended_at=None).exists():
        raise GuidelineRefused(_("There is a guideline of this name. Nothing was saved."))
    return name


def _refuse_unusable(watched: Watched) -> None:
    promised = Commitment.objects.filter(
        version__policy=watched.policy, metric=watched.metric, severity=watched.severity
    )
    if not promised.exists():
        raise GuidelineRefused(
            _("%(policy)s promises nothing about %(what)s. Nothing was saved.")
            % {"policy": watched.policy, "what": plain_name(watched.metric, watched.severity)}
        )
    is_rolling = watched.window == WindowKind.ROLLING
    if is_rolling and not 1 <= watched.rolling_days <= LONGEST_ROLLING:
        raise GuidelineRefused(_("The last days are 1 to 366 days. Nothing was saved."))
    if watched.smallest < 1:
        raise GuidelineRefused(_("At least one clock is needed to judge. Nothing was saved."))


def version_of(watched: Watched) -> GuidelineVersion:
    """What would be watched, as a version that is not saved: its figures can be asked for all the same."""
    return GuidelineVersion(
        policy=watched.policy,
        metric=watched.metric,
        severity=watched.severity,
        product=watched.product,
        segment=watched.segment,
        channel=watched.channel,
        window=watched.window,
        rolling_days=watched.rolling_days if watched.window == WindowKind.ROLLING else 0,
        smallest=watched.smallest,
        told=list(watched.told),
    )


def _next_version(guideline: Guideline, watched: Watched, *, by: Actor, at: datetime) -> GuidelineVersion:
    newest = guideline.versions.aggregate(number=Max("number"))["number"] or 0
    version = version_of(watched)
    version.guideline, version.number, version.effective_at = guideline, newest + 1, at
    version.made_by_kind, version.made_by_id = by.actor_ref
    version.save()
    return version


def _tell(kind: str, guideline: Guideline, version: GuidelineVersion, *, by: Actor, at: datetime) -> None:
    facts = {"version": version.pk, "number": version.number}
    record(kind, by=by, at=at, subjects=[("guideline", guideline.pk)], facts=facts)
