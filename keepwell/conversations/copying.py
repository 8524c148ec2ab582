"""Who else is to get an answer, as it was typed and as a value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from email.utils import parseaddr
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from keepwell.conversations.models import CopyKind
from keepwell.customers.reaching import well_formed_address
from keepwell.kit.refusals import Refused

if TYPE_CHECKING:
    from keepwell.conversations.models import Copy

AT_MOST = 50
BETWEEN = re.compile(r"[,;\n]")
WITHIN = re.compile(r"[\s<>()\"]+")


class TooManyCopies(Refused):
    """An answer is no newsletter."""

    def __init__(self) -> None:
        super().__init__(
            _("An answer goes to %(most)s others at most. Nothing was sent.") % {"most": AT_MOST}
        )


@dataclass(frozen=True, kw_only=True)
class CopyTo:
    """A copy that is wanted. `name` is how whoever has the address is called if nobody knows him yet."""

    address: str
    kind: str = CopyKind.CC
    name: str = ""


def copies_to(cc: str, bcc: str) -> tuple[CopyTo, ...]:
    """What was typed as Cc and Bcc, each address once, in that order.

    Between addresses stands a comma, a semicolon or a line end; each may have a name before it. Errors:
    AddressRefused, which names what is none; TooManyCopies.
    """
    wanted = [*_typed(cc, CopyKind.CC), *_typed(bcc, CopyKind.BCC)]
    once = {copy.address.lower(): copy for copy in reversed(wanted)}
    if len(once) > AT_MOST:
        raise TooManyCopies
    return tuple(reversed(once.values()))


def typed_again(copies: Iterable[Copy], kind: str) -> str:
    """The copies of one kind as somebody would type them."""
    return ", ".join(copy.address for copy in copies if copy.kind == kind and copy.address)


def without_addresses(typed: str, gone: AbstractSet[str]) -> str:
    """What was typed as Cc or Bcc, without the pieces that name one of the addresses; the rest as it was.

    `gone` is written small.
    """
    pieces = BETWEEN.split(typed)
    kept = [piece for piece in pieces if gone.isdisjoint(WITHIN.split(piece.lower()))]
    return typed if kept == pieces else ", ".join(filter(None, map(str.strip, kept)))


def _typed(text: str, kind: str) -> Iterator[CopyTo]:
    for piece in filter(str.strip, BETWEEN.split(text)):
        name, address = parseaddr(piece)
        wanted = address if "@" in address else piece
        yield CopyTo(address=well_formed_address(wanted), kind=kind, name=name)
