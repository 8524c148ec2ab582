"""Every kind of entry belongs to a slice that says who may see it."""

import ast
from pathlib import Path

from tests.architecture.tree import REPOSITORY, parsed


def declared_kinds(root: Path) -> dict[str, list[str]]:
    """The kinds that each slice, or room of one that is an app of its own, declares in its entries.py."""
    found: dict[str, list[str]] = {}
    for path in sorted((root / "keepwell").rglob("entries.py")):
        calls = (node for node in ast.walk(parsed(path)) if isinstance(node, ast.Call))
        found[path.parent.relative_to(root / "keepwell").as_posix()] = [
            call.args[0].value
            for call in calls
            if isinstance(call.func, ast.Name)
            and call.func.id == "declare"
            and call.args
            and isinstance(call.args[0], ast.Constant)
        ]
    return found


def slices_without_rule(root: Path) -> list[str]:
    """Slices that declare kinds and have no `visible_entries` in their queries: nobody sees their entries."""
    without = []
    for name in declared_kinds(root):
        queries = root / "keepwell" / name / "queries.py"
        bodies = parsed(queries).body if queries.exists() else []
        if not any(isinstance(node, ast.FunctionDef) and node.name == "visible_entries" for node in bodies):
            without.append(name)
    return without


def test_every_slice_says_which_of_its_entries_an_actor_may_see():
    assert slices_without_rule(REPOSITORY) == []


def test_a_slice_without_such_a_rule_is_noticed(tmp_path):
    entries = tmp_path / "keepwell" / "ideas" / "entries.py"
    entries.parent.mkdir(parents=True)
    entries.write_text('declare("idea.raised", words="Raised")\n')
    assert slices_without_rule(tmp_path) == ["ideas"]


def test_a_room_of_a_slice_without_such_a_rule_is_noticed(tmp_path):
    entries = tmp_path / "keepwell" / "success" / "road_maps" / "entries.py"
    entries.parent.mkdir(parents=True)
    entries.write_text('declare("goal.agreed", words="Agreed")\n')
    assert slices_without_rule(tmp_path) == ["success/road_maps"]
