"""Whether the From line of a mail is proven: a host that we trust says that DMARC passed for its domain.

Which headers count. Anybody may write an Authentication-Results header into his mail; the receiving host
puts its own on top and removes those that bear its name (RFC 8601 section 5). So only the topmost ones
count, one below the other without a Received line between them, all of one host, and that a host named in
the settings. A header further down that bears the name of a trusted host was written by somebody else: the
mail counts as forged. So it does where the host seems to say two things. Headers of other hosts say nothing.
Trust only a host that removes its own name from what comes in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from keepwell.channels.email.parsed import ParsedMail
from keepwell.channels.email.understanding.evidence import Proof
from keepwell.channels.email.understanding.results import Unreadable, claimed_host, read_results
from keepwell.customers.addresses import domain_of, normal_domain

OURS_TO_READ = "authentication-results"
A_HOP = "received"


@dataclass(frozen=True, kw_only=True, slots=True)
class Authenticity:
    """How far the From line is proven, and by which host; the host is empty where none said anything."""

    proof: Proof
    host: str = ""


def authenticity(mail: ParsedMail, trusted: Collection[str]) -> Authenticity:
    """Whether the mail is from the address it says, as far as trusted hosts could tell."""
    names = frozenset(name.lower() for name in trusted)
    topmost, below = _topmost(mail.headers, names)
    host = claimed_host(topmost[0]) if topmost else ""
    verdicts = _verdicts(topmost)
    if len(verdicts) > 1 or any(claimed_host(text) in names for text in below):
        return Authenticity(proof=Proof.FORGED, host=host)
    for value, domain in verdicts:
        return Authenticity(proof=_proof(value, domain, mail), host=host)
    return Authenticity(proof=Proof.UNKNOWN, host=host)


def _topmost(headers: Iterable[tuple[str, str]], trusted: Collection[str]) -> tuple[list[str], list[str]]:
    """The results of the one trusted host on top, and all that it did not write."""
    topmost: list[str] = []
    below: list[str] = []
    host, is_ours = "", True
    for name, text in headers:
        if name == A_HOP:
            is_ours = is_ours and not topmost
        elif name == OURS_TO_READ:
            said_by = claimed_host(text)
            is_ours = is_ours and said_by in trusted and said_by == (host or said_by)
            host = host or said_by
            (topmost if is_ours else below).append(text)
    return topmost, below


def _verdicts(texts: Iterable[str]) -> set[tuple[str, str]]:
    """What DMARC gave and for which domain; nothing at all if any of it cannot be read."""
    try:
        found = [verdict for text in texts for verdict in read_results(text).of("dmarc")]
    except Unreadable:
        return set()
    return {(verdict.value, _written(verdict.only("header.from"))) for verdict in found}


def _proof(value: str, domain: str, mail: ParsedMail) -> Proof:
    if value == "fail":
        return Proof.FAILED
    if value != "pass":
        return Proof.UNKNOWN
    # Passed for whom? Two From lines, or another domain, are how a pass is borrowed.
    authors = [party.address for party in mail.from_addresses]
    is_aligned = bool(domain) and [_written(domain_of(author)) for author in authors] == [domain]
    return Proof.PASSED if is_aligned else Proof.FAILED


def _written(domain: str) -> str:
    try:
        return normal_domain(domain)
    except ValueError:
        return ""
