"""What must not stand in the repository: places of one machine, hosts of registries."""

import re
import subprocess
from pathlib import Path

from tests.architecture.tree import REPOSITORY

# Put together here, or this file would be the first to be found.
UNWANTED = re.compile(
    "|".join(
        [
            "pypi" + r"\.org",
            "python" + r"hosted\.org",
            "registry" + r"\.npmjs",
            r"deb\." + "debian",
            r"(?<![\w.])/" + "work/",
            r"/" + "root/" + r"\.",
        ]
    )
)


def unwanted(root: Path, names: list[str]) -> list[str]:
    found = []
    for name in names:
        try:
            text = (root / name).read_text(encoding="utf-8")
        except (UnicodeDecodeError, FileNotFoundError, IsADirectoryError):
            continue
        found += [f"{name}: {match[0]}" for match in UNWANTED.finditer(text)]
    return found


def test_the_repository_names_no_machine_and_no_registry():
    listed = subprocess.run(["git", "ls-files"], cwd=REPOSITORY, capture_output=True, text=True, check=False)
    # Outside a checkout (a package of the sources) there is no list of what belongs to it: all files then.
    names = listed.stdout.splitlines() or [
        str(path.relative_to(REPOSITORY)) for path in REPOSITORY.glob("keepwell/**/*.py")
    ]
    assert unwanted(REPOSITORY, names) == []


def test_an_unwanted_host_is_noticed(tmp_path):
    (tmp_path / "notes.md").write_text("fetched from https://pypi" + ".org/simple")
    assert len(unwanted(tmp_path, ["notes.md"])) == 1
