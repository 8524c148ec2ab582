"""Only keepwell.kit.clock reads the clock, so that every promise can be tested to the second."""

import ast
from pathlib import Path

from tests.architecture.tree import REPOSITORY, parsed, place, python_files

READING = {
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "timezone.now",
    "timezone.localtime",
    "time.time",
}
MAY = {"keepwell/kit/clock.py"}


def breaches(root: Path) -> list[str]:
    found = []
    for path in python_files(root):
        if path.relative_to(root).as_posix() in MAY:
            continue
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Call) and _name(node.func) in READING and not _converts(node):
                found.append(place(path, root, node.lineno))
    return found


def _name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return f"{node.value.id}.{node.attr}"
    return ""


def _converts(node: ast.Call) -> bool:
    return _name(node.func) == "timezone.localtime" and bool(node.args)


def test_nothing_but_the_one_clock_reads_the_time():
    assert breaches(REPOSITORY) == []


def test_a_second_reading_of_the_clock_is_noticed(tmp_path):
    module = tmp_path / "keepwell" / "cases" / "opening.py"
    module.parent.mkdir(parents=True)
    module.write_text("from django.utils import timezone\n\nat = timezone.now()\n")
    assert breaches(tmp_path) == ["keepwell/cases/opening.py:3"]
