"""A system review in which every word is as long as it may be, delivered; and a draft after it."""

from __future__ import annotations

from datetime import datetime, timedelta

from keepwell.customers.lifetimes import Lifetime
from keepwell.customers.models import Deployment
from keepwell.customers.verbs.versions import add_version
from keepwell.people.actors import System
from keepwell.people.models import User
from keepwell.success.reviews.sections import TITLES
from keepwell.success.reviews.states import Area
from keepwell.success.reviews.verbs.assembling import assemble
from keepwell.success.reviews.verbs.deciding import reject
from keepwell.success.reviews.verbs.delivering import deliver, hand_in
from keepwell.success.reviews.verbs.findings import FindingWords, add_finding
from keepwell.success.reviews.verbs.ruling import RuleWords, add_rule
from keepwell.success.reviews.verbs.writing import SectionWords, write_sections, write_summary
from prove.look.long_words import long

BY = System("prove")
A_DAY = timedelta(days=1)


def review_at_its_worst(deployment: Deployment, author: User, at: datetime) -> None:
    """Of this deployment's account, with a version and rules of its product."""
    today = at.date()
    lifetime = Lifetime(released_on=today - 900 * A_DAY, support_ends_on=today + A_DAY)
    add_version(deployment.product, long("10.20.30-build.", 0, 60), lifetime, by=BY, at=at)
    for number in range(3):
        wanted = RuleWords(
            title=long("Datensicherungseinstellung", number, 200),
            fact=long("konfiguration.sicherung.", number, 120),
            expects="one_of",
            values=tuple(long("Wert", each, 200) for each in range(3)),
            severity="high",
            advice=long("Datensicherungsempfehlung", number, 2000),
        )
        add_rule(deployment.product, wanted, by=BY, at=at)
    account, earlier = deployment.account, at - 9 * A_DAY
    review = assemble(account, by=author, at=earlier)
    words = " ".join(long("Zusammenfassung", number, 200) for number in range(20))
    write_summary(review, words, words, by=author, at=earlier)
    said = {key: SectionWords(words=long(key, 0, 400)) for key in TITLES}
    write_sections(review, said, by=author, at=earlier)
    for area in Area:
        found = FindingWords(
            area=area.value,
            severity="high",
            evidence=long("Beobachtung", 0, 400),
            recommendation=long("Handlungsempfehlung", 0, 400),
        )
        reject(add_finding(review, found, by=author, at=earlier), words, by=author, at=earlier)
    hand_in(review, by=author, at=earlier)
    deliver(review, by=author, at=earlier)
    assemble(account, by=author, at=at)
