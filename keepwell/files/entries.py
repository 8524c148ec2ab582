"""What is recorded about files: sizes, kinds and reasons; never a name."""

from django.utils.translation import gettext_lazy as _

from keepwell.journal.kinds import declare

declare("file.stored", words=_("File taken in"), facts={"size": int, "media_type": str, "scan_state": str})
declare("file.refused", words=_("File refused: %(reason)s"), facts={"size": int, "reason": str})
declare("file.removed", words=_("File removed"), facts={"size": int, "unowned": bool})
declare("file.scanned", words=_("File scanned: %(scan_state)s"), facts={"scan_state": str})
