"""Do the tests notice when a rule is broken?

    python -m prove.mutants keepwell/calendars [keepwell/service_levels ...]
        [--only NAME] [--write docs/proof/mutants.json]

For each folder given, every list `tests/mutants/*.toml` (or `mutants/*.toml`) in it is played. A
list says which tests to run (words for pytest; pure tests without a database) and what to break:

    tests = ["keepwell/calendars/tests/test_working_time.py"]

    [[mutant]]
    name = "closing is open"                              # unique in its list
    file = "keepwell/calendars/working_time_rules.py"
    old = "the exact text, found once in that file"
    new = "what stands there instead"
    why = "the promise that would be broken"
    rule = 3                                              # optional, carried into the report
    tests = ["..."]                                       # optional, in place of those of the list

A list that says `whole = true` has tests that need the whole repository and a database.

The package is copied aside, so nothing in the work tree changes. First the tests must pass on
the copy as it is. Then each mutant alone is put in place and the same tests run until the first
failure. A mutant is *killed* when a test fails or the run takes too long, *survived* when all
pass, *broken* when the tests could not even be collected, or when its old text is not found
exactly once. Exit code 0 only if every mutant is killed.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from time import monotonic

from prove.record import ROOT, Record

PATIENCE_SECONDS = 300
WHOLE_PATIENCE_SECONDS = 1800
# Where the database of a whole copy stands; its tests share it.
VAR = "var"
_KILLED, _SURVIVED, _BROKEN = "killed", "survived", "broken"
_VERDICTS = {0: _SURVIVED, 1: _KILLED}
_PYTEST = (
    "-m",
    "pytest",
    "-q",
    "-x",
    "--no-header",
    "--tb=line",
    "-p",
    "no:cacheprovider",
    "--noconftest",
    "--hypothesis-seed=0",
)
_WHOLE = (
    "-m",
    "pytest",
    "-q",
    "-x",
    "-n0",
    "--no-header",
    "--tb=line",
    # Its cache is that of the copy: the migrated database is kept there.
    "--reuse-db",
)
_INI = "[pytest]\naddopts = -p no:django -p no:xdist --import-mode=importlib\n"


@dataclass(frozen=True, kw_only=True)
class Mutant:
    """One deliberate mistake."""

    name: str
    file: str
    old: str
    new: str
    why: str
    rule: int | str | None = None
    tests: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MutantList:
    """The mistakes of one file of mutants and the tests that should notice them."""

    source: str
    mutants: tuple[Mutant, ...]
    whole: bool = False


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of one mutant, and the line that says by what."""

    name: str
    file: str
    why: str
    rule: int | str | None
    verdict: str
    by: str
    seconds: float


def read_list(path: Path) -> MutantList:
    """Read one list of mutants; names must be unique and there must be tests to run."""
    content = tomllib.loads(path.read_text())
    mutants = tuple(
        Mutant(**{**entry, "tests": tuple(entry.get("tests", content["tests"]))})
        for entry in content["mutant"]
    )
    if len({mutant.name for mutant in mutants}) != len(mutants) or not content["tests"]:
        raise SystemExit(f"{path}: every mutant needs a name of its own, and the list needs tests.")
    return MutantList(source=str(path), mutants=mutants, whole=content.get("whole", False))


def play(listed: MutantList, *, only: str | None = None, root: Path = ROOT) -> Iterator[Outcome]:
    """Play one list against a copy of the package, mutant after mutant.

    Effects: none outside a temporary folder. Errors: SystemExit when the tests fail unmutated.
    """
    wanted = [mutant for mutant in listed.mutants if only is None or only in mutant.name]
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        copy = _copied_whole(root, Path(folder)) if listed.whole else _copied(root, Path(folder))
        for tests in dict.fromkeys(mutant.tests for mutant in wanted):
            code, said = _run(copy, tests)
            if code != 0:
                raise SystemExit(f"{listed.source}: {tests} fail without any mutant.\n{said}")
        for mutant in wanted:
            yield _outcome(copy, mutant)


def _copied_whole(root: Path, folder: Path) -> Path:
    # PostgreSQL's account has to walk through it.
    folder.chmod(0o711)
    (folder / VAR).mkdir(mode=0o711)
    for part in ("keepwell", "tests", "locks"):
        shutil.copytree(root / part, folder / part, ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))
    for part in ("conftest.py", "pyproject.toml"):
        shutil.copy(root / part, folder / part)
    return folder


def _copied(root: Path, folder: Path) -> Path:
    ignored = shutil.ignore_patterns("__pycache__", "*.pyc", "static", "templates", "node_modules")
    shutil.copytree(root / "keepwell", folder / "keepwell", ignore=ignored)
    (folder / "pytest.ini").write_text(_INI)
    return folder


def _outcome(copy: Path, mutant: Mutant) -> Outcome:
    began = monotonic()
    verdict, by = _verdict(copy, mutant)
    return Outcome(
        name=mutant.name,
        file=mutant.file,
        why=mutant.why,
        rule=mutant.rule,
        verdict=verdict,
        by=by,
        seconds=round(monotonic() - began, 1),
    )


def _verdict(copy: Path, mutant: Mutant) -> tuple[str, str]:
    path = copy / mutant.file
    source = path.read_text()
    found = source.count(mutant.old)
    if found != 1 or mutant.old == mutant.new:
        return _BROKEN, f"its old text is found {found} times, or nothing changes"
    path.write_text(source.replace(mutant.old, mutant.new))
    try:
        code, said = _run(copy, mutant.tests)
    except subprocess.TimeoutExpired:
        return _KILLED, "still running when its time was over"
    finally:
        path.write_text(source)
    return _VERDICTS.get(code, _BROKEN), _telling_line(said)


def _run(copy: Path, tests: Iterable[str]) -> tuple[int, str]:
    # No bytecode: two versions of a file within a second and of one length would share it.
    environment = {
        **os.environ,
        "PYTHONPATH": str(copy),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTEST_ADDOPTS": "",
        "KEEPWELL_TEST_VAR": str(copy / VAR),
    }
    is_whole = (copy / VAR).exists()
    done = subprocess.run(
        [sys.executable, *(_WHOLE if is_whole else _PYTEST), *tests],
        cwd=copy,
        env=environment,
        capture_output=True,
        text=True,
        timeout=WHOLE_PATIENCE_SECONDS if is_whole else PATIENCE_SECONDS,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def _telling_line(said: str) -> str:
    lines = said.strip().splitlines()
    telling = [line for line in lines if line.startswith(("FAILED", "ERROR"))]
    return (telling or lines or [""])[-1]


def main(words: list[str] | None = None) -> int:
    """Play the lists of the folders named, print one line a mutant, and say whether all were killed."""
    asked = _asked(words)
    record = Record()
    places = ("tests/mutants/*.toml", "mutants/*.toml")
    paths = sorted(path for folder in asked.folders for place in places for path in Path(folder).glob(place))
    if not paths:
        raise SystemExit(f"No list of mutants under {', '.join(asked.folders)}.")
    outcomes = [outcome for path in paths for outcome in _told(play(read_list(path), only=asked.only))]
    killed = sum(outcome.verdict == _KILLED for outcome in outcomes)
    print(f"{killed} of {len(outcomes)} mutants killed")
    if asked.write:
        findings = {
            "killed": killed,
            "mutants": len(outcomes),
            "outcomes": [asdict(outcome) for outcome in outcomes],
        }
        record.write(asked.write, findings)
    return 0 if outcomes and killed == len(outcomes) else 1


def _told(outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
    for outcome in outcomes:
        print(
            f"{outcome.verdict:9} {outcome.seconds:5.1f} s  {outcome.name}: {outcome.by[:150]}",
            flush=True,
        )
        yield outcome


def _asked(words: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m prove.mutants", description="Break the rules one by one."
    )
    parser.add_argument(
        "folders",
        nargs="+",
        help="slices with tests/mutants/*.toml, such as keepwell/calendars",
    )
    parser.add_argument("--only", help="play only mutants with this text in their name")
    parser.add_argument("--write", type=Path, help="keep a record of the outcome, as JSON")
    return parser.parse_args(words)


if __name__ == "__main__":
    sys.exit(main())
