"""Reports as PDF, set by Typst from a template of a slice.

What people wrote is data and never source: it reaches the template as JSON, whose texts Typst sets letter by
letter, so that `#import` or `*bold*` in them are only letters. Nothing is fetched. The PDF is tagged
(PDF/UA-1) for whoever has it read aloud; a template that forgets a picture's words is refused.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.template.utils import get_app_template_dirs

from keepwell.kit import clock, heavy

PDF_TYPE = "application/pdf"
DATA = "data.json"
PICTURES = "pictures"
STANDARD = "ua-1"
NO_SUCH_LETTER = "could not be displayed"


def pdf(
    template: str, data: Mapping[str, Any], *, pictures: Mapping[str, str | bytes] | None = None
) -> bytes:
    """The report that this template makes of this data: "insight/report.typ" in a slice's `templates`.

    data: what JSON can say, and dates, Decimals and translated words; the template has it as
    `json("/data.json")`. pictures: SVG, PNG or JPEG by file name; the template has them as "/pictures/NAME".
    Takes 15 to 60 ms a page. Errors: KeyError for no such template, RuntimeError where Typst refuses it.
    """
    try:
        return _set(template, data, pictures or {}, {"format": "pdf", "pdf_standards": STANDARD})
    except RuntimeError as refused:
        # A letter that no font has breaks the standard. A box in its place is better than no report.
        if NO_SUCH_LETTER not in str(refused):
            raise
        return _set(template, data, pictures or {}, {"format": "pdf"})


def _set(template: str, data: Mapping[str, Any], pictures: Mapping[str, Any], form: dict[str, Any]) -> bytes:
    sources = templates()
    if template not in sources:
        raise KeyError(f"no slice has a template {template}")
    with TemporaryDirectory(prefix="keepwell-pdf-") as folder:
        root = Path(folder)
        _lay_out(root, sources, data, pictures)
        # Typst's own fonts come first; those of the machine stand in for scripts that they do not have.
        compiler = heavy.typst().Compiler(str(root / template), root=str(root), font_paths=_fonts())
        return bytes(compiler.compile(timestamp=clock.now(), **form))


def _lay_out(
    root: Path, sources: Mapping[str, Path], data: Mapping[str, Any], pictures: Mapping[str, Any]
) -> None:
    """A folder with all that the template may read; the rest of the machine is out of its reach."""
    files: dict[str, bytes] = {name: path.read_bytes() for name, path in sources.items()}
    files[DATA] = json.dumps(data, cls=DjangoJSONEncoder, allow_nan=False).encode()
    for name, picture in pictures.items():
        if not name or Path(name).name != name:
            raise ValueError(f"{name} is no plain file name")
        files[f"{PICTURES}/{name}"] = picture.encode() if isinstance(picture, str) else picture
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)


@cache
def templates() -> dict[str, Path]:
    """Every Typst template of every slice, by its name under `templates`."""
    return {
        path.relative_to(folder).as_posix(): path
        for folder in get_app_template_dirs("templates")
        for path in sorted(Path(folder).rglob("*.typ"))
    }


@cache
def _fonts() -> Any:
    """Looked for once: 40 ms."""
    return heavy.typst().Fonts()
