"""What is wrong with a paper is found where a reader would see it."""

from __future__ import annotations

from pathlib import Path

import pytest

from keepwell.kit import heavy
from prove.look.papers import pictured


def paper(path: Path, source: str) -> bytes:
    path.write_text(source)
    return bytes(heavy.typst().compile(str(path)))


@pytest.mark.parametrize(
    ("source", "wrong"),
    [
        ("= Kept\nin words", []),
        ("= Kept\n#page[]", ["page 2 is empty"]),
        ("#set page(margin: 0pt)\nKept", ["page 1 is printed 0 points from an edge"]),
        (
            "#rect(width: 4cm, height: 4cm, fill: red)",
            ["page 1 has no words that can be read out or searched"],
        ),
    ],
)
def test_each_page_is_looked_at(tmp_path: Path, source: str, wrong: list[str]):
    assert list(pictured(paper(tmp_path / "kept.typ", source), tmp_path, "kept")) == wrong
    assert (tmp_path / "kept-1.jpg").stat().st_size > 1000


def test_what_is_no_paper_is_said(tmp_path: Path):
    [wrong] = pictured(b"%PDF-1.7 and no more", tmp_path, "kept")
    assert wrong.startswith("cannot be read")
