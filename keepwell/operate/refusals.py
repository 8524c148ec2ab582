"""Why a word does not do what it was asked."""


class WordRefused(Exception):
    """The word stopped before it changed anything, or undid what it had; the sentence says what to do."""
