"""System reviews of some customers of the demonstration: delivered, accepted, one still being written."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from keepwell.contracts.terms import Span
from keepwell.customers.lifetimes import Lifetime
from keepwell.customers.models import Account, Product
from keepwell.customers.verbs.versions import add_version
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.operate.demo import cast
from keepwell.people.actors import System
from keepwell.people.models import User
from keepwell.success.reviews.models import Review
from keepwell.success.reviews.states import End
from keepwell.success.reviews.verbs.assembling import assemble
from keepwell.success.reviews.verbs.deciding import accept_risk, reject, take_up
from keepwell.success.reviews.verbs.delivering import accept, deliver, hand_in
from keepwell.success.reviews.verbs.findings import FindingWords, add_finding
from keepwell.success.reviews.verbs.ruling import RuleWords, add_rule
from keepwell.success.reviews.verbs.writing import SectionWords, write_sections, write_summary
from keepwell.success.road_maps.wanted import ActionWords

BY = System("demo")
A_DAY = timedelta(days=1)
# Which accounts have a review, by their number, and how many days before the end each was delivered.
DELIVERED = ((0, 62), (0, 4), (1, 20))
DRAFT, DRAFTED = 3, 1


@all_or_nothing()
def review_all(ends_at: datetime) -> None:
    """Versions, rules and reviews as of the end of the demonstration; never twice."""
    if Review.objects.exists():
        return
    for product in Product.objects.order_by("pk"):
        _know(product, ends_at.date(), ends_at - 90 * A_DAY)
    accounts = list(Account.objects.order_by("pk")[: DRAFT + 1])
    for number, days in DELIVERED:
        _deliver(accounts[number], ends_at - days * A_DAY, is_first=days == DELIVERED[0][1])
    steward = _steward(accounts[DRAFT])
    draft = assemble(accounts[DRAFT], by=steward, at=ends_at - DRAFTED * A_DAY)
    write_summary(draft, "", cast.REVIEW_NOTES, by=steward, at=ends_at - DRAFTED * A_DAY)


def _know(product: Product, today: date, at: datetime) -> None:
    """Three versions of it: one that ends soon, one that is supported for some months, one for years."""
    for number, (released, support, life) in cast.PRODUCT_VERSIONS.items():
        lifetime = Lifetime(
            released_on=today - released * A_DAY,
            support_ends_on=today + support * A_DAY,
            life_ends_on=today + life * A_DAY,
        )
        add_version(product, number, lifetime, by=BY, at=at)
    for title, fact, expects, values, severity, advice in cast.CONFIGURATION_RULES:
        wanted = RuleWords(
            title=title, fact=fact, expects=expects, values=values, severity=severity, advice=advice
        )
        add_rule(product, wanted, by=BY, at=at)


def _deliver(account: Account, at: datetime, *, is_first: bool) -> None:
    steward, contact = _steward(account), account.contacts.order_by("pk")[0]
    span = Span(first=at.date() - 90 * A_DAY, last=at.date() - A_DAY) if is_first else None
    review = assemble(account, span, by=steward, at=at - 3 * A_DAY if not is_first else at)
    write_summary(review, cast.REVIEW_SUMMARY, cast.REVIEW_NOTES, by=steward, at=at)
    said = {key: SectionWords(words=words) for key, words in cast.REVIEW_SECTIONS.items()}
    write_sections(review, said, by=steward, at=at)
    for area, severity, evidence, recommendation in cast.REVIEW_FINDINGS:
        words = FindingWords(area=area, severity=severity, evidence=evidence, recommendation=recommendation)
        add_finding(review, words, by=steward, at=at)
    hand_in(review, by=steward, at=at)
    deliver(review, by=steward, at=at)
    if is_first:
        accept(review, by=contact.user, at=at + 2 * A_DAY)
        _decide(review, steward, at + 7 * A_DAY)


def _decide(review: Review, steward: User, at: datetime) -> None:
    """Of the first findings one goes on the road map, one is a risk that both sides take, one is no
    matter."""
    findings = list(review.findings.order_by("-pk"))
    wanted = ActionWords(
        title=cast.REVIEW_ACTION, owner=steward, due_on=at.date() + 45 * A_DAY, is_shared=True
    )
    take_up(findings[0], wanted, by=steward, at=at)
    for finding, end in zip(findings[1:], (End.ACCEPTED_RISK, End.REJECTED), strict=False):
        decide = accept_risk if end == End.ACCEPTED_RISK else reject
        decide(finding, cast.REVIEW_REASONS[end.value], by=steward, at=at)


def _steward(account: Account) -> User:
    return account.stewardships.filter(kind="success").select_related("user").earliest("pk").user
