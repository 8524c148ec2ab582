"""Every change is one transaction, and a change that it calls is part of it, without a savepoint."""

import ast
from pathlib import Path

from tests.architecture.tree import REPOSITORY, parsed, place, python_files


def breaches(root: Path) -> list[str]:
    return [
        place(path, root, decorator.lineno)
        for path in python_files(root)
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef)
        for decorator in node.decorator_list
        if ast.unparse(decorator).partition("(")[0].rpartition(".")[2] == "atomic"
    ]


def test_no_change_opens_a_savepoint_in_the_change_that_calls_it():
    assert breaches(REPOSITORY) == []


def test_a_verb_with_a_savepoint_is_noticed(tmp_path):
    module = tmp_path / "keepwell" / "cases" / "verbs" / "closing.py"
    module.parent.mkdir(parents=True)
    module.write_text("from django.db import transaction\n\n@transaction.atomic\ndef close(): ...\n")
    assert breaches(tmp_path) == ["keepwell/cases/verbs/closing.py:3"]
