"""Runs campaigns and keeps their records: python -m prove [NAME ...]

Without a name: every campaign in this folder but the benches and the pictures, which have words of their
own. Each keeps what it found in docs/proof/NAME.json. Goes on after a campaign that fails; the exit code
says whether any did.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from prove.record import ROOT

FOLDER = Path(__file__).parent
RECORDS = ROOT / "docs" / "proof"
APART = {"bench", "usage_bench", "pictures"}


def campaigns() -> list[str]:
    """The modules here that can be run, by name."""
    files = (path for path in FOLDER.glob("*.py") if path.name != Path(__file__).name)
    alone = {path.stem for path in files if '__name__ == "__main__"' in path.read_text(encoding="utf-8")}
    return sorted(alone | {path.parent.name for path in FOLDER.glob("*/__main__.py")})


def run(name: str) -> bool:
    """Whether the campaign succeeded; its output is shown as it comes."""
    print(f"== {name}", flush=True)
    # Said from here, for the record keeps the command and the repository names no machine.
    written = (RECORDS / f"{name}.json").relative_to(ROOT)
    command = [sys.executable, "-m", f"prove.{name}", *_arguments(name), "--write", written]
    return subprocess.run(list(map(str, command)), cwd=ROOT, check=False).returncode == 0


def _arguments(name: str) -> list[str]:
    if name != "mutants":
        return []
    slices = (folder.parents[1] for folder in ROOT.glob("keepwell/*/tests/mutants"))
    return sorted(str(folder.relative_to(ROOT)) for folder in [*slices, ROOT / "tests" / "access"])


def main() -> int:
    asked = sys.argv[1:] or [name for name in campaigns() if name not in APART]
    unknown = set(asked) - set(campaigns())
    if unknown:
        print(f"There is no campaign {', '.join(sorted(unknown))}. There are: {', '.join(campaigns())}.")
        return 2
    failed = [name for name in asked if not run(name)]
    print(f"{len(asked) - len(failed)} of {len(asked)} campaigns succeeded", *failed)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
