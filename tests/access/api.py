"""The addresses of machines: whoever has no key gets nothing, whoever he is. What a key gets:
keepwell/api/tests.
"""

from __future__ import annotations

from tests.access.public import public

KINDS = ("track", "identify", "group", "page", "batch")

ROWS = tuple(public(f"api:{kind}", method="POST", gets=401) for kind in KINDS)
