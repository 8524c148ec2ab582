"""What founding records besides its parts."""

from django.utils.translation import gettext_lazy as _

from keepwell.journal.kinds import declare

declare("installation.founded", words=_("The installation was set up"))
