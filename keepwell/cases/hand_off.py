"""A hand-off between levels cannot be empty: what is known, what was tried, what is needed."""

from __future__ import annotations

from dataclasses import dataclass

PARTS = ("known", "tried", "needed")
FEWEST_WORDS = 3
# Some scripts write no spaces between words: there letters are counted.
FEWEST_LETTERS = 6
UNSPACED = (("\u0e00", "\u0eff"), ("\u1000", "\u109f"), ("\u1780", "\u17ff"))  # Thai and Lao, Burmese, Khmer
UNSPACED_FROM = "\u2e80"  # Chinese, Japanese


@dataclass(frozen=True, kw_only=True)
class HandOff:
    """The three parts, in the words of whoever hands over."""

    known: str
    tried: str
    needed: str

    @property
    def missing(self) -> tuple[str, ...]:
        """The parts that say too little, in the order in which they are asked for."""
        return tuple(part for part in PARTS if not says_something(getattr(self, part)))


def says_something(text: str) -> bool:
    """Whether a part is a few words at least."""
    words = [word for word in text.split() if any(map(str.isalnum, word))]
    if len(words) >= FEWEST_WORDS:
        return True
    letters = [letter for letter in text if letter.isalnum()]
    return len(letters) >= FEWEST_LETTERS and not any(map(_is_of_a_spaced_script, letters))


def _is_of_a_spaced_script(letter: str) -> bool:
    return letter < UNSPACED_FROM and not any(first <= letter <= last for first, last in UNSPACED)
