"""Names that say nothing are not used, and every public verb takes who and when by name."""

import ast
import tomllib
from pathlib import Path

import pytest

from tests.architecture.tree import REPOSITORY, parsed, place, python_files

SAY_NOTHING = {"utils", "helpers", "common", "manager", "managers", "base", "misc", "services", "tools"}


def empty_names(root: Path) -> list[str]:
    return [
        path.relative_to(root).as_posix()
        for path in python_files(root)
        if SAY_NOTHING & {path.stem, path.parent.name}
    ]


def positional_actors(root: Path) -> list[str]:
    """Verbs whose `by` or `at` could be given without its name."""
    found = []
    for path in python_files(root):
        if path.parent.name != "verbs":
            continue
        for node in parsed(path).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                by_place = {argument.arg for argument in [*node.args.posonlyargs, *node.args.args]}
                if by_place & {"by", "at"}:
                    found.append(f"{place(path, root, node.lineno)} {node.name}")
    return found


def environment_readers(root: Path) -> list[str]:
    """Modules outside config and operate that read the environment."""
    found = []
    for path in python_files(root):
        if path.relative_to(root).parts[1] in ("config", "operate"):
            continue
        if "os.environ" in path.read_text(encoding="utf-8"):
            found.append(path.relative_to(root).as_posix())
    return found


def dependencies_without_reason(root: Path) -> list[str]:
    text = (root / "pyproject.toml").read_text(encoding="utf-8")
    project = tomllib.loads(text)["project"]
    return [name for name in project["dependencies"] if not _has_reason(text, name)]


def _has_reason(text: str, name: str) -> bool:
    line = next(line for line in text.splitlines() if f'"{name}"' in line)
    return len(line.partition("#")[2].strip()) > 10


def test_no_module_has_a_name_that_says_nothing():
    assert empty_names(REPOSITORY) == []


def test_verbs_take_who_and_when_by_name():
    assert positional_actors(REPOSITORY) == []


def test_only_the_table_of_knobs_reads_the_environment():
    assert environment_readers(REPOSITORY) == []


def test_every_dependency_says_why_it_is_here():
    assert dependencies_without_reason(REPOSITORY) == []


@pytest.mark.parametrize(
    ("law", "module", "text"),
    [
        (empty_names, "cases/utils.py", ""),
        (positional_actors, "cases/verbs/closing.py", "def close(case, by, at=None):\n    pass\n"),
        (environment_readers, "cases/limits.py", "import os\n\nlimit = os.environ['LIMIT']\n"),
    ],
)
def test_a_breach_is_noticed(tmp_path, law, module, text):
    path = tmp_path / "keepwell" / module
    path.parent.mkdir(parents=True)
    path.write_text(text)
    assert len(law(tmp_path)) == 1


def test_a_dependency_without_reason_is_noticed(tmp_path):
    (tmp_path / "pyproject.toml").write_text(
        '[project]\nname = "x"\nversion = "1"\ndependencies = [\n    "left-pad",\n]\n'
    )
    assert dependencies_without_reason(tmp_path) == ["left-pad"]
