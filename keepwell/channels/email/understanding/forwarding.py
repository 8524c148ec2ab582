"""A mail of a customer that one of us got himself and passes on to the support mailbox.

It is read as what its own sender wrote, whom nobody proves: the proof is of him who passes it on. Without a
proof of him it is no more than a mail that says it is from one of us.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from keepwell.channels.email.parsed import ParsedMail
from keepwell.channels.email.understanding.authenticity import Authenticity, authenticity
from keepwell.channels.email.understanding.evidence import Proof
from keepwell.channels.email.understanding.signing import Keys, read_message_id, read_side_message_id
from keepwell.customers.reaching import is_well_formed

SUSPECT = (Proof.FAILED, Proof.FORGED)


def original_of(mail: ParsedMail, keys: Keys) -> ParsedMail | None:
    """The mail that this one passes on, as if it had come by itself; None where it passes on none.

    Where it was sent, and the files, are those of the mail around it. What that says besides is left out.
    """
    passed_on = mail.forwarded
    if passed_on is None or not is_well_formed(passed_on.author.address):
        return None
    is_ours = any(read(passed_on.message_id, keys) for read in (read_message_id, read_side_message_id))
    named = (*passed_on.references, *([passed_on.message_id] if is_ours else []))
    return replace(
        mail,
        from_addresses=(passed_on.author,),
        sender=None,
        reply_to=(),
        subject=passed_on.subject,
        message_id="" if is_ours else passed_on.message_id,
        in_reply_to=passed_on.in_reply_to,
        references=named,
        thread_index="",
        sent_at=passed_on.sent_at,
        body_text=passed_on.body_text,
        body_html="",
        trimmed_text=passed_on.trimmed_text,
        headers=passed_on.headers,
        forwarded=None,
    )


def proof_of_both(mail: ParsedMail, original: ParsedMail | None, trusted: Collection[str]) -> Authenticity:
    """How far it is proven who wrote it, or passes it on; as bad as a trusted host found the original."""
    around = authenticity(mail, trusted)
    if original is None:
        return around
    within = authenticity(original, trusted)
    return within if within.proof in SUSPECT and around.proof is Proof.PASSED else around
