"""Making guidelines, saying what they promise from an instant on, and for whom they hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Max
from django.utils.translation import gettext as _

from keepwell.calendars.compiled import working_time_of
from keepwell.calendars.models import WorkingCalendar
from keepwell.calendars.queries import version_in_force
from keepwell.calendars.working_time import WorkingTimeError
from keepwell.customers.models import Account
from keepwell.journal.recording import Actor, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.refusals import Refused
from keepwell.people import permits
from keepwell.service_levels.models import Commitment, Policy, PolicyAssignment, PolicyVersion
from keepwell.service_levels.models.policy import Metric, Population
from keepwell.service_levels.reference import CommitmentTerms
from keepwell.service_levels.terms import PAUSING


class PolicyRefused(Refused):
    """What a policy should promise cannot be used; the message says what, and that nothing was saved."""


@dataclass(frozen=True, kw_only=True)
class PolicyTerms:
    """What a version of a policy promises.

    `pauses`: the metrics that stand still while the customer is waited for; `warns_at`: in percent of the
    time to the due; `reopen_days`: how long after its end a case can be reopened; `effective_at`: from
    when it holds, None for now.
    """

    calendar: WorkingCalendar
    commitments: tuple[CommitmentTerms, ...]
    pauses: frozenset[str] = field(default=PAUSING)
    warns_at: int = 75
    reopen_days: int = 14
    effective_at: datetime | None = None
    reason: str = ""


@all_or_nothing()
def create_policy(
    name: str, terms: PolicyTerms, *, by: Actor, at: datetime | None = None, is_default: bool = False
) -> Policy:
    """Guidelines by this name. A first version may hold from the past, so that older cases are measured.

    Effects: policy.created, policy.published. Errors: PolicyRefused.
    """
    permits.require(by, "settings.policies")
    policy = Policy.objects.create(name=name.strip(), is_default=is_default)
    record("policy.created", by=by, at=at, subjects=[("policy", policy.pk)])
    publish_version(policy, terms, by=by, at=at)
    return policy


@all_or_nothing()
def publish_version(
    policy: Policy, terms: PolicyTerms, *, by: Actor, at: datetime | None = None
) -> PolicyVersion:
    """The policy promises this from now on, or from a later instant. Running clocks keep what they have.

    Effects: policy.published. Errors: PolicyRefused.
    """
    permits.require(by, "settings.policies")
    at = clock.instant(at)
    _refuse_unusable(terms, at)
    Policy.objects.select_for_update().get(pk=policy.pk)
    version = _next_version(policy, terms, by=by, at=at)
    Commitment.objects.bulk_create(_commitment(version, one) for one in terms.commitments)
    record(
        "policy.published",
        by=by,
        at=at,
        subjects=[("policy", policy.pk)],
        facts={
            "version": version.pk,
            "number": version.number,
            "effective_at": version.effective_at.isoformat(),
        },
    )
    return version


@all_or_nothing()
def make_default(policy: Policy, *, by: Actor, at: datetime | None = None) -> None:
    """These guidelines hold for new clocks of every account without others. Effects: policy.made_default."""
    permits.require(by, "settings.policies")
    Policy.objects.filter(is_default=True).update(is_default=False)
    Policy.objects.filter(pk=policy.pk).update(is_default=True)
    policy.is_default = True
    record("policy.made_default", by=by, at=at, subjects=[("policy", policy.pk)])


@all_or_nothing()
def assign_policy(account: Account, policy: Policy, *, by: Actor, at: datetime | None = None) -> None:
    """These guidelines hold for the account's clocks that start from now on. Effects: policy.assigned."""
    permits.require(by, "settings.policies")
    at = clock.instant(at)
    _end_assignment(account, at)
    PolicyAssignment.objects.create(account=account, policy=policy, starts_at=at)
    subjects = [("account", account.pk), ("policy", policy.pk)]
    record("policy.assigned", by=by, at=at, subjects=subjects, facts={"policy": policy.pk})


@all_or_nothing()
def withdraw_policy(account: Account, *, by: Actor, at: datetime | None = None) -> None:
    """The default guidelines hold for the account again. Effects: policy.withdrawn."""
    permits.require(by, "settings.policies")
    at = clock.instant(at)
    if _end_assignment(account, at):
        record("policy.withdrawn", by=by, at=at, subjects=[("account", account.pk)])


def _end_assignment(account: Account, at: datetime) -> int:
    # Ended, never deleted: clocks of that time are replayed under it.
    return PolicyAssignment.objects.filter(account=account, ends_at=None).update(ends_at=at)


def _refuse_unusable(terms: PolicyTerms, at: datetime) -> None:
    _refuse_incomplete(terms.commitments)
    if unknown := terms.pauses - PAUSING:
        raise PolicyRefused(
            _("%(metrics)s cannot pause. Nothing was saved.") % {"metrics": ", ".join(unknown)}
        )
    if not 1 <= terms.warns_at <= 99:
        raise PolicyRefused(_("People are warned at 1 to 99 percent of the time. Nothing was saved."))
    if not 1 <= terms.reopen_days <= 366:
        raise PolicyRefused(_("A case can be reopened for 1 to 366 days. Nothing was saved."))
    hours = working_time_of(version_in_force(terms.calendar, terms.effective_at or at))
    for one in terms.commitments:
        if not 0 < one.objective <= 100:
            raise PolicyRefused(_("A share of cases lies above 0 and up to 100 percent. Nothing was saved."))
        try:
            hours.due(at, one.amount, one.unit)
        except WorkingTimeError as error:
            raise PolicyRefused(_(error.template) % error.facts) from error


def _refuse_incomplete(commitments: Iterable[CommitmentTerms]) -> None:
    promised = [(one.metric, one.severity) for one in commitments]
    if len(set(promised)) != len(promised):
        raise PolicyRefused(_("The same promise stands twice. Nothing was saved."))
    for metric, severity in promised:
        if metric not in Metric.values or severity not in Population.values:
            raise PolicyRefused(
                _("There is no promise about %(metric)s for %(severity)s. Nothing was saved.")
                % {"metric": metric, "severity": severity}
            )
        if (metric == Metric.OVERALL) != (severity == Population.ANY):
            raise PolicyRefused(
                _("The overall promise is one for all severities, and the others are for one each.")
            )
    if not promised:
        raise PolicyRefused(_("A policy promises at least one thing. Nothing was saved."))


def _next_version(policy: Policy, terms: PolicyTerms, *, by: Actor, at: datetime) -> PolicyVersion:
    effective_at = clock.instant(terms.effective_at or at)
    newest = policy.versions.aggregate(number=Max("number"), effective_at=Max("effective_at"))
    if newest["number"] is not None and effective_at < max(newest["effective_at"], at):
        raise PolicyRefused(_("A new version cannot hold from before now: what was promised stays."))
    made_by_kind, made_by_id = by.actor_ref
    return PolicyVersion.objects.create(
        policy=policy,
        number=(newest["number"] or 0) + 1,
        calendar=terms.calendar,
        pauses=sorted(terms.pauses),
        warns_at=terms.warns_at,
        reopen_days=terms.reopen_days,
        effective_at=effective_at,
        made_by_kind=made_by_kind,
        made_by_id=made_by_id,
        reason=terms.reason,
    )


def _commitment(version: PolicyVersion, terms: CommitmentTerms) -> Commitment:
    return Commitment(
        version=version,
        metric=terms.metric,
        severity=terms.severity,
        amount=terms.amount,
        unit=terms.unit,
        objective=terms.objective,
    )
