"""What is recorded about notices: only that somebody chose; notices themselves are readers of the journal."""

from django.utils.translation import gettext_lazy as _

from keepwell.journal.kinds import declare

declare("notices.chosen", words=_("Chose what to be told of, and when"), facts={"changed": int})
