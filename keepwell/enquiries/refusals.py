"""Why something about an enquiry is refused. Nothing was changed in any of these."""

from __future__ import annotations

from django.utils.translation import gettext as _

from keepwell.kit.refusals import Refused


class NoAccount(Refused):
    """Somebody who belongs to no account asks for something."""

    def __init__(self) -> None:
        super().__init__(
            _("We do not know yet which organisation you are of. Send a case, and we sort it out.")
        )


class EnquiryEnded(Refused):
    """It is settled or withdrawn already."""

    def __init__(self) -> None:
        super().__init__(_("This was settled already. Nothing was changed."))
