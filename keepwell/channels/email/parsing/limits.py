"""How much of a mail is looked at. Beyond that it is kept, and not opened.

The standard library's parser needs 2.7 GB for 280 kB of encoded words, ends with an error on a thousand
parts in each other, and takes seconds for 200,000 of them side by side (measured).
"""

from __future__ import annotations

MEGABYTE = 1024 * 1024
# Larger mails are not opened; what is larger than STORED is not even taken.
OPENED_BYTES = 25 * MEGABYTE
STORED_BYTES = 100 * MEGABYTE
HEADER_BYTES = 64 * 1024
ALL_HEADERS_BYTES = 256 * 1024
DEPTH = 20
PARTS = 500
# Of what is kept in the record; the whole is in the original.
TEXT_CHARACTERS = 500_000
HTML_CHARACTERS = 2_000_000
TRIMMED_LINES = 10_000
KEPT_HEADER_CHARACTERS = 8_000
KEPT_HEADERS = 200
PEOPLE = 500
IDS = 200
# Files that come out of a wrapped one, together.
UNWRAPPED_BYTES = 50 * MEGABYTE
