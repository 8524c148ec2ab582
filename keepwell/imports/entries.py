"""What is recorded about files brought in: how many lines of what; the lines record theirs."""

from django.utils.translation import gettext_lazy as _

from keepwell.journal.kinds import declare

declare(
    "import.applied",
    words=_("%(added)s new and %(changed)s changed brought in from a file of %(kind)s"),
    facts={"kind": str, "added": int, "changed": int, "unchanged": int},
)
