"""What is recorded about hand-overs: who and how far; never what has to be known, nor why."""

from django.utils.translation import gettext_lazy as _

from keepwell.journal.kinds import declare

ONE = {"hand_over": int, "kind": str}

declare(
    "hand_over.begun",
    words=_("The account is to be handed over"),
    facts={**ONE, "giver": int, "taker": int, "due_on": str},
)
declare("hand_over.accepted", words=_("A hand-over was accepted"), facts=ONE)
declare("hand_over.returned", words=_("A hand-over was returned"), facts=ONE)
declare("hand_over.withdrawn", words=_("A hand-over was withdrawn"), facts=ONE)
declare(
    "hand_over.decided",
    words=_("What goes along with a hand-over was decided"),
    facts={**ONE, "noun": str, "thing": int, "released": bool},
)
declare(
    "hand_over.completed",
    words=_("The account was handed over"),
    facts={**ONE, "given": int, "released": int, "letters": int},
)
