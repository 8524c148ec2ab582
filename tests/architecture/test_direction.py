"""Lower slices know nothing of higher ones: neither by a foreign key nor by a lookup backwards.

Imports are held by import-linter (`lint-imports`); these two it cannot see.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps

from tests.architecture.tree import REPOSITORY, place, python_files, ranks, slice_named, slice_of


def relations() -> list[tuple[str, str, str]]:
    """Every foreign key of ours as (slice it stands in, slice it points to, name of the way back)."""
    found = []
    for model in apps.get_models():
        if not model.__module__.startswith("keepwell."):
            continue
        for field in model._meta.get_fields():
            if field.is_relation and field.concrete and field.related_model and not field.auto_created:
                here, target = (one.__module__.split(".") for one in (model, field.related_model))
                if target[0] == "keepwell":
                    found.append((slice_named(here[1:]), slice_named(target[1:]), field.related_query_name()))
    return found


def upward_keys(found: list[tuple[str, str, str]], heights: dict[str, float]) -> list[str]:
    return [f"{here} points up to {there}" for here, there, _ in found if heights[there] > heights[here]]


def upward_lookups(root: Path, found: list[tuple[str, str, str]], heights: dict[str, float]) -> list[str]:
    """Lookups such as clocks__due_at in a slice that stands below the one that owns the clocks."""
    backwards = [(here, name) for here, there, name in found if here != there and not name.endswith("+")]
    breaches = []
    for path in python_files(root):
        own = heights.get(slice_of(path, root))
        for line, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            for owner, name in backwards:
                if own is not None and own < heights[owner] and re.search(rf"\b{name}__[a-z]", text):
                    breaches.append(f"{place(path, root, line)} looks up into {owner} by {name}__")
    return breaches


def test_no_foreign_key_points_up():
    assert upward_keys(relations(), ranks()) == []


def test_a_foreign_key_that_points_up_is_noticed():
    assert upward_keys([("cases", "service_levels", "cases")], ranks()) == [
        "cases points up to service_levels"
    ]


def test_a_foreign_key_that_points_up_within_a_slice_is_noticed():
    assert slice_named(("success", "health", "models")) == "success.health"
    assert upward_keys([("success.engagements", "success.health", "health")], ranks()) == [
        "success.engagements points up to success.health"
    ]
    assert upward_keys([("success.health", "success.engagements", "engagements")], ranks()) == []
    assert upward_keys([("success.health", "insight", "insight")], ranks()) != []


def test_no_lower_slice_looks_up_into_a_higher_one():
    assert upward_lookups(REPOSITORY, relations(), ranks()) == []


def test_a_lookup_into_a_higher_slice_is_noticed(tmp_path):
    module = tmp_path / "keepwell" / "cases" / "queries.py"
    module.parent.mkdir(parents=True)
    module.write_text("late = cases.filter(clocks__due_at__lt=at)\n")
    found = upward_lookups(tmp_path, [("service_levels", "cases", "clocks")], ranks())
    assert found == ["keepwell/cases/queries.py:1 looks up into service_levels by clocks__"]


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("kit/planted.py", "import keepwell.journal"),
        ("cases/planted.py", "import keepwell.service_levels"),
        ("portal/planted.py", "import keepwell.desk"),
    ],
)
def test_an_import_upward_is_noticed(tmp_path, module, line):
    copy = tmp_path / "copy"
    shutil.copytree(REPOSITORY / "keepwell", copy / "keepwell", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(REPOSITORY / "pyproject.toml", copy)
    (copy / "keepwell" / module).write_text(line + "\n")
    linter = Path(sys.executable).with_name("lint-imports")
    ended = subprocess.run(
        [str(linter), "--no-cache"],
        cwd=copy,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(copy), "PATH": "/usr/bin:/bin"},
        check=False,
    )
    assert ended.returncode == 1
    assert "keepwell." + module.removesuffix(".py").replace("/", ".") in ended.stdout
