"""The operator's page of mail decisions:

python -m keepwell.channels.email.understanding.decision_page > docs/operate/mail-decisions.md
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from enum import StrEnum
from itertools import groupby
from typing import Any

from django.conf import settings

from keepwell.channels.email.aside import evidence as aside
from keepwell.channels.email.aside import wording as aside_words
from keepwell.channels.email.aside.table import TABLE as ASIDE
from keepwell.channels.email.understanding import wording
from keepwell.channels.email.understanding.evidence import Action, Kind, Proof, Reference, Sender
from keepwell.channels.email.understanding.table import AUTOMATIC, FORWARDED, TABLE

HEAD = """# What becomes of a mail

This page is made from `keepwell/channels/email/understanding/table.py` and, for side threads, from
`keepwell/channels/email/aside/table.py`; a test keeps them together.

What a mail refers to chooses the conversation, never its author and never a right. The author is whom the
From line names, and he is believed only if a receiving host that you named proves him (DMARC passed for the
very domain of the From line), or if the mail came by a seal that was sent to him alone. Access to the portal
never follows from a mail. Nothing is deleted: what is put aside can be looked at and let in.

`KEEPWELL_MAIL_TRUSTED_HOSTS` names the receiving hosts whose Authentication-Results count. Only the topmost
ones count, one below the other without a Received line between them, all of one host. The same name further
down, or two things said in it, is a forgery. A host that writes no name of its own (Microsoft 365) cannot be
trusted this way.

"""


def page() -> str:
    """The page as it has to stand in docs/operate/mail-decisions.md."""
    parts = (_explained(), _table(), _forwarded(), _aside(), _automatic(), _accounts())
    return HEAD + "\n".join(line for part in parts for line in part)


def _explained() -> list[str]:
    return [
        *_list("What may become of it", Action, wording.ACTIONS),
        *_list("What it refers to, the strongest first", Reference, wording.REFERENCES),
        *_list("Whom its From line names", Sender, wording.SENDERS),
        *_list("How far that is proven", Proof, wording.PROOFS),
    ]


def _list(title: str, members: type, words: wording.Words) -> list[str]:
    named = {"via": "an address or a Message-ID", "host": "a host that we trust"}
    rows = [f"| `{member.value}` | {str(words[member]) % named} |" for member in members]  # type: ignore[attr-defined]
    return [f"## {title}", "| | |", "|---|---|", *rows, ""]


def _table() -> list[str]:
    return ["## The table", *_cells(TABLE)]


def _forwarded() -> list[str]:
    return [
        "## What one of us passes on",
        "A mail that one of us forwards to a mailbox, as an attachment or in its text, is read as that of",
        "its own sender, and this table is asked in place of the one above. `From` is whom the forwarded",
        "mail names, the columns are how far it is proven who forwards it; where a trusted host found the",
        "mail itself forged, that counts. Its sender stays unproven: no mail goes to him, and he sees",
        "nothing, before somebody confirms him. What whoever forwards it wrote above it becomes a note.",
        "",
        *_cells(FORWARDED),
    ]


def _aside() -> list[str]:
    return [
        "## Answers to side threads",
        "Of a mail that names a side thread by a good seal, or refers to a mail that came to one, this",
        "table is asked first. None of its ways leads into a conversation that a customer reads, and what",
        "waits beside a side thread can be let in there and nowhere else. What one of us forwards waits,",
        "too, where this table would let it join; what a machine wrote is put aside, and a mail that came",
        "back for good shows at the message. A broken seal names nothing: the table above is asked.",
        "",
        *_list("What may become of an answer to a side thread", aside.Action, aside_words.ACTIONS),
        *_list(
            "What it refers to in a side thread, the strongest first", aside.Reference, aside_words.REFERENCES
        ),
        *_list("Whom its From line names in a side thread", aside.Sender, aside_words.SENDERS),
        "## The table of side threads",
        *_cells(ASIDE),
    ]


def _cells(table: Mapping[Any, StrEnum]) -> list[str]:
    rows = [
        f"| {reference} | {sender} | {' | '.join(table[reference, sender, proof] for proof in Proof)} |"
        for (reference, sender), _cells in groupby(table, key=lambda cell: cell[:2])
    ]
    return [f"| refers to | From | {' | '.join(Proof)} |", "|---|---|" + "---|" * len(Proof), *rows, ""]


def _automatic() -> list[str]:
    rows = [f"| `{kind}` | {wording.KINDS[kind]} | `{AUTOMATIC}` |" for kind in Kind if kind in wording.KINDS]
    return ["## What no person wrote", "| | | becomes |", "|---|---|---|", *rows, ""]


def _accounts() -> list[str]:
    return [
        "## Whose account",
        "A newcomer is suggested for the account that has his mail domain. He is put there by that alone",
        "only if his From line is proven, the domain was verified, and it belongs to one account and to no",
        "public provider.",
        "",
    ]


if __name__ == "__main__":
    settings.configure(USE_I18N=False)
    sys.stdout.write(page())
