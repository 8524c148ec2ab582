"""What counts again knows nothing of what it checks."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "prove" / "recount"
ALONE = (
    "hours",
    "clock",
    "walking",
    "promises",
    "from_entries",
    "counting",
    "estimates",
    "pages",
    "comparing",
    "holding",
    "picturing",
    "curving",
    "lives",
    "working",
    "flowing",
    "carrying",
    "planned",
    "queueing",
    "supposing",
    "delivering",
    "work_pages",
)
ALLOWED = {"psycopg", "numpy", *sys.stdlib_module_names}


def imported(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "a relative import hides where it leads"
            found.add(node.module or "")
    return found


@pytest.mark.parametrize("name", ALONE)
def test_it_imports_nothing_from_keepwell(name):
    allowed = ALLOWED | ({"lifelines", "scipy"} if name == "estimates" else set())
    for module in imported(FOLDER / f"{name}.py"):
        root, _, rest = module.partition(".")
        is_beside = root == "prove" and rest.removeprefix("recount.") in ALONE
        assert is_beside or root in allowed, module


def test_only_the_campaign_itself_knows_the_product():
    others = {path.stem for path in FOLDER.glob("*.py")} - set(ALONE)
    assert others == {"__init__", "__main__"}


@pytest.mark.parametrize("name", ALONE)
def test_it_imports_nothing_by_name(name):
    assert "__import__" not in (text := (FOLDER / f"{name}.py").read_text())
    assert "import_module" not in text
