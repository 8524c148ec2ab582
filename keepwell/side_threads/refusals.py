"""Why something in a side thread is refused. Nothing was sent or changed in any of these."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from keepwell.kit.refusals import Refused


class NobodyAsked(Refused):
    """No address stands there."""

    def __init__(self) -> None:
        super().__init__(_("Say whom to ask: one mail address at least. Nothing was sent."))


class TooManyAsked(Refused):
    """A side thread is no newsletter."""

    def __init__(self, most: int) -> None:
        super().__init__(
            _("At most %(most)s addresses can be asked at once. Nothing was sent.") % {"most": most}
        )


class NoSubject(Refused):
    """A mail without a subject is what spam looks like."""

    def __init__(self) -> None:
        super().__init__(_("Give it a subject: the third party sees no other. Nothing was sent."))


class NotOutside(Refused):
    """Whoever is asked reads the case, or is one of us."""


class ReadsTheCase(NotOutside):
    """He takes part in the case: a side thread is what he must not see."""

    def __init__(self, address: str) -> None:
        super().__init__(
            _("%(address)s takes part in this case. Write to him in its conversation. Nothing was sent.")
            % {"address": address}
        )


class OneOfUs(NotOutside):
    """Our own people read a note."""

    def __init__(self, address: str) -> None:
        super().__init__(
            _("%(address)s is one of us. Write a note, or hand the case over. Nothing was sent.")
            % {"address": address}
        )


class HasEnded(Refused):
    """Nobody writes in a side thread that has ended."""

    def __init__(self) -> None:
        super().__init__(_("This side thread has ended. Open it again first. Nothing was sent."))


class NobodyLeft(Refused):
    """All who were asked were forgotten."""

    def __init__(self) -> None:
        super().__init__(_("Nobody is left here who could be written to. Begin another. Nothing was sent."))


class SomethingNewAside(Refused):
    """They, or a colleague, wrote while this was being written."""

    def __init__(self, count: int) -> None:
        super().__init__(
            ngettext(
                "While you wrote, %(count)s new message came. Your text is kept: read it and send again.",
                "While you wrote, %(count)s new messages came. Your text is kept: read them and send again.",
                count,
            )
            % {"count": count}
        )


class FilesDoNotGo(Refused):
    """Files that no mail carries: whoever is asked has no page of ours to read them on."""

    def __init__(self, names: Iterable[str], megabytes: int) -> None:
        super().__init__(
            _(
                "%(names)s cannot go by mail: in all %(most)s MB at most, and nothing that still waits for "
                "its virus scan. Nothing was sent."
            )
            % {"names": ", ".join(names), "most": megabytes}
        )
