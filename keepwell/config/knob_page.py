"""The operator's page of knobs: python -m keepwell.config.knob_page > docs/operate/knobs.md"""

from __future__ import annotations

import sys
from pathlib import Path

from keepwell.config.knobs import KNOBS, Knob

HEAD = """# Knobs

Everything that can be turned without touching code, read from the environment when a process starts. This
page is made from `keepwell/config/knobs.py`; a test keeps the two together.

| knob | default | meaning |
|---|---|---|
"""


def page() -> str:
    return HEAD + "".join(map(_row, KNOBS))


def _row(knob: Knob) -> str:
    return f"| `{knob.name}` | {_default(knob.default)} | {knob.meaning} |\n"


def _default(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Path):  # it lies where Keepwell is started
        return f"`{value.name}`"
    return f"`{value}`" if value or value == 0 else ""


if __name__ == "__main__":
    sys.stdout.write(page())
