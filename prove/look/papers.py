"""Looking at a paper: each page of a PDF as a picture, and what a reader would see at once to be wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
from PIL import ImageChops

PAPER = "paper"  # what a page is read on
SCALE = 2.0  # pixels for each point: sharp enough to be read
MARGIN = 24  # points: nearer to the edge many printers print nothing


def pictured(paper: bytes, folder: Path, name: str) -> Iterator[str]:
    """Writes NAME-1.jpg and so on, and yields what is wrong."""
    try:
        document = pypdfium2.PdfDocument(paper)
    except pypdfium2.PdfiumError as error:
        yield f"cannot be read: {error}"
        return
    with document:
        for number, page in enumerate(document, start=1):
            picture = page.render(scale=SCALE).to_pil().convert("RGB")
            picture.save(folder / f"{name}-{number}.jpg", quality=85)
            inked = ImageChops.invert(picture).getbbox()
            if inked is None:
                yield f"page {number} is empty"
                continue
            room = [inked[0], inked[1], picture.width - inked[2], picture.height - inked[3]]
            if min(room) < MARGIN * SCALE:
                yield f"page {number} is printed {min(room) / SCALE:.0f} points from an edge"
            if not page.get_textpage().get_text_bounded().strip():
                yield f"page {number} has no words that can be read out or searched"
