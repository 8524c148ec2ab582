"""What is recorded about letters: ids alone. Their words are messages, recorded by conversations."""

from django.utils.translation import gettext_lazy as _

from keepwell.journal.kinds import declare

declare(
    "correspondence.begun",
    words=_("A letter was written to a contact"),
    facts={"correspondence": int, "many": bool},
)
declare(
    "correspondence.given",
    words=_("Letters are answered by somebody else"),
    facts={"correspondence": int, "owner": int},
)
