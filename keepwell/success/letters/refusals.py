"""Why a letter is refused. Nothing was sent in any of these."""

from keepwell.kit.refusals import Refused


class LetterRefused(Refused):
    """A letter cannot go as it was asked for; the sentence says why."""
