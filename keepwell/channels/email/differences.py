"""How those who will get an answer differ from those of the mail before it. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from keepwell.customers.addresses import domain_of


@dataclass(frozen=True, kw_only=True, slots=True)
class Somebody:
    """One who gets a mail, or got one. `contact` is None for an address that nobody has.

    `address` is where mail reaches him, empty where none does; `name` is what he is called. `is_opener`: the
    case is his.
    """

    address: str = ""
    contact: int | None = None
    name: str = ""
    is_opener: bool = False

    @property
    def domain(self) -> str:
        """Of the address, in small letters; empty without one."""
        return domain_of(self.address) if self.address else ""

    @property
    def beside_name(self) -> str:
        """The address, where he is called something else."""
        return "" if self.address.lower() == self.name.lower() else self.address

    @property
    def key(self) -> int | str:
        """The same for one person, whichever of his addresses a mail names."""
        return self.address.lower() if self.contact is None else self.contact


@dataclass(frozen=True, kw_only=True, slots=True)
class Differences:
    """Who is `new`, who is `gone`, and whose address lies `outside` the customer's domains; each once, in
    the order in which they were given."""

    new: tuple[Somebody, ...] = ()
    gone: tuple[Somebody, ...] = ()
    outside: tuple[Somebody, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.new or self.gone or self.outside)

    @property
    def mark(self) -> str:
        """Stands for just these: whoever was told of them has not been told of others. Empty for none."""
        if not self:
            return ""
        told = repr([[one.key for one in group] for group in (self.new, self.gone, self.outside)])
        return hashlib.sha256(told.encode()).hexdigest()[:16]


def differences(
    now: Iterable[Somebody],
    answered: Collection[Somebody] | None,
    written: Collection[Somebody] | None,
    domains: Collection[str],
) -> Differences:
    """How `now` differs from those of our last answer (`answered`) and of the mail that came after it.

    Each is None where there was none. What came may name anybody: those whom it names are missed if they get
    no answer, and an address outside the customer's `domains` (in small letters) is told all the same. Only
    our own last answer makes it known. Whose case it is, is neither new nor outside.
    """
    now = list(now)
    ours, theirs = list(answered or ()), list(written or ())
    answered_to = {one.key for one in ours}
    before, get_it = {one.key for one in (*ours, *theirs)}, {one.key for one in now}
    is_first = answered is None and written is None
    others = [one for one in now if not one.is_opener]
    return Differences(
        new=() if is_first else _once(one for one in others if one.key not in before),
        gone=_once(one for one in (*ours, *theirs) if one.key not in get_it),
        outside=_once(one for one in others if one.key not in answered_to and _lies_outside(one, domains)),
    )


def _lies_outside(one: Somebody, domains: Collection[str]) -> bool:
    return bool(one.address) and one.domain not in domains


def _once(people: Iterable[Somebody]) -> tuple[Somebody, ...]:
    return tuple({one.key: one for one in people}.values())
