"""What a word tells whoever typed it, apart from what it hands out on standard output."""

import sys


def say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)
