"""Outlook's own way to put mails into one conversation. Pure. Source: [MS-OXOMSG] 2.2.1.3.

A Thread-Index is one byte of version, five of time and sixteen of the conversation, then five
for each answer.
"""

from __future__ import annotations

import binascii
from base64 import b64decode, b64encode

HEAD_BYTES = 22
ANSWER_BYTES = 5
# What somebody wrote into his header is not carried on without end.
ANSWERS_AT_MOST = 40


def answered(index: str) -> str:
    """The Thread-Index of an answer to the mail that bore this one; empty where that was none.

    The five bytes of an answer would tell how much later it came. They only order answers, and a reader
    has other headers for that: they are zero.
    """
    try:
        parent = b64decode("".join(index.split()), validate=True)
    except (binascii.Error, ValueError):
        return ""
    answers, rest = divmod(len(parent) - HEAD_BYTES, ANSWER_BYTES)
    if rest or not 0 <= answers < ANSWERS_AT_MOST:
        return ""
    return b64encode(parent + bytes(ANSWER_BYTES)).decode()
