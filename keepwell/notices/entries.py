"""What is recorded about notices: only what somebody chose; notices themselves are readers of the journal."""

from django.utils.translation import gettext_lazy as _

from keepwell.journal.kinds import declare

declare("push_device.added", words=_("Is told on one more device"))
declare("push_device.removed", words=_("Is told on one device less"))
declare("notices.chosen", words=_("Chose what to be told of, and when"), facts={"changed": int})
