"""A review is assembled in one go from what is known; assembled anew; or thrown away."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from keepwell.contracts.terms import Span
from keepwell.conversations.authors import staff_author
from keepwell.customers.models import Account
from keepwell.journal.recording import Actor, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock
from keepwell.people import permits
from keepwell.success.reviews import sections
from keepwell.success.reviews.about import subjects_of
from keepwell.success.reviews.editing import PERMIT, lock_unfrozen
from keepwell.success.reviews.gathering import gathered
from keepwell.success.reviews.gathering.asked import Asked
from keepwell.success.reviews.models import Finding, Review, Section
from keepwell.success.reviews.proposal_words import words_of
from keepwell.success.reviews.proposals import proposals
from keepwell.success.reviews.queries import last_delivered, under_way
from keepwell.success.reviews.refusals import ReviewRefused
from keepwell.success.reviews.spans import checked, usual_span


@all_or_nothing()
def assemble(account: Account, span: Span | None = None, *, by: Actor, at: datetime | None = None) -> Review:
    """A draft over these days with all that is known and what it suggests to say; where one is under way,
    that one. By itself the days since the last review that was delivered, else twelve months, up to
    yesterday.

    Effects: review.assembled. Errors: NotPermitted; ReviewRefused for days that are not over, or too many.
    """
    permits.require(by, PERMIT)
    lock(account)
    if found := under_way(account):
        return found
    at = clock.instant(at)
    span = checked(span or usual_span(account, at), account, at)
    review = Review.objects.create(
        account=account,
        before=last_delivered(account),
        first_on=span.first,
        last_on=span.last,
        template=sections.TEMPLATE,
        data=gathered(Asked(account=account, span=span, as_of=at)),
        assembled_at=at,
        begun_at=at,
        begun_by_id=staff_author(by),
    )
    Section.objects.bulk_create(
        Section(review=review, key=key, is_shown=sections.is_shown_by_itself(key)) for key in sections.TITLES
    )
    _propose(review, at=at)
    _record(review, by=by, at=at)
    return review


@all_or_nothing()
def assemble_again(
    review: Review, span: Span | None = None, *, by: Actor, at: datetime | None = None
) -> None:
    """The data is gathered anew, over these days or the same ones. What somebody wrote stays; proposed
    findings that nobody touched are proposed anew. Effects: review.assembled. Errors: IsDelivered,
    ReviewRefused.
    """
    lock_unfrozen(review, by=by)
    at = clock.instant(at)
    span = checked(span or review.span, review.account, at)
    review.data = gathered(Asked(account=review.account, span=span, as_of=at))
    review.before = last_delivered(review.account)
    review.first_on, review.last_on, review.assembled_at = span.first, span.last, at
    review.save(update_fields=["data", "before", "first_on", "last_on", "assembled_at"])
    review.findings.filter(is_proposed=True, ending=None).delete()
    _propose(review, at=at)
    _record(review, by=by, at=at)


@all_or_nothing()
def discard(review: Review, *, by: Actor, at: datetime | None = None) -> None:
    """The draft is gone with what was written. Effects: review.discarded.

    Errors: IsDelivered; ReviewRefused where a finding of it stands on the road map already.
    """
    lock_unfrozen(review, by=by)
    if review.findings.filter(ending__isnull=False).exists():
        raise ReviewRefused(
            _("Something became of its findings already. Deliver it, or leave it. Nothing was changed.")
        )
    about, facts = subjects_of(review), {"review": review.pk}
    review.delete()
    record("review.discarded", by=by, at=at, subjects=about, facts=facts)


def _propose(review: Review, *, at: datetime) -> None:
    """What was changed or decided already is not proposed again."""
    known = set(review.findings.exclude(key="").values_list("key", flat=True))
    for one in proposals(review.data, review.last_on):
        if one.key not in known:
            said = words_of(one)
            Finding.objects.create(
                review=review,
                key=one.key,
                is_proposed=True,
                area=one.area.value,
                severity=one.severity.value,
                evidence=said.evidence,
                recommendation=said.recommendation,
                added_at=at,
            )


def _record(review: Review, *, by: Actor, at: datetime) -> None:
    facts = {"review": review.pk, "findings": review.findings.count()}
    record("review.assembled", by=by, at=at, subjects=subjects_of(review), facts=facts)
