"""Every page, light and dark, at 1440 and 390 pixels: installed a minute ago, empty, furnished, at its worst.

    python -m prove.pictures [--in empty ...] [--only WORD] [--quick] [--write FILE]

Each installation has a data folder, an embedded PostgreSQL and a web server process of its own. The pages are
those that answer there, found in the table of addresses; papers (PDF) are looked at page by page. Exit code 0
only if axe finds nothing, nothing is wider than the window, no page of a paper is empty or cut by its edge,
and the browser reports no error and no breach of the content security policy. The pictures stay in
var/pictures to be looked at; a few of the furnished one are copied into the documents.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.request import urlopen

from playwright.sync_api import Browser, sync_playwright

from prove.look.looking import SCHEMES, WIDTHS, Extent, Looking
from prove.record import ROOT, Record
from tests.fixtures.browser import OPTIONS, chromium_path

INSTALLATIONS = ("new", "empty", "demo", "worst")
PICTURES = ROOT / "var" / "pictures"
START_WITHIN_SECONDS = 60
# What the documents show: the picture here, its name there.
IN_DOCUMENTS = {
    "desk-today-1440-light": "today",
    "desk-cases-1440-light": "cases",
    "desk-case-1440-light": "case",
    "desk-case-390-dark": "case-narrow",
    "public-ask-1440-light": "ask",
    "portal-case-1440-light": "portal-case",
    "desk-insight-1440-light": "promises",
    "desk-guideline-1440-light": "guideline",
    "desk-guideline_report-1": "report",
}
KEEPWELL = [sys.executable, "-m", "keepwell.operate.command"]


@contextmanager
def installation(name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Makes and serves it while inside: its address, and what there is to see."""
    with TemporaryDirectory(prefix="keepwell-look-") as folder:
        # The account of the database has to walk in, else its data is kept outside and stays behind.
        Path(folder).chmod(0o711)
        knobs = _knobs(name, Path(folder))
        answer = Path(folder) / "pages.json"
        make = [sys.executable, "-m", "prove.look.installations", name, answer]
        log = (PICTURES / f"{name}.log").open("w")
        subprocess.run(make, cwd=ROOT, env=knobs, check=True, stdout=log, stderr=log)
        serve = [*KEEPWELL, "serve", "--workers", "1"]
        server = subprocess.Popen(serve, cwd=ROOT, env=knobs, stdout=log, stderr=log)
        try:
            site = f"http://localhost:{knobs['KEEPWELL_PORT']}"
            _wait_for(site, server)
            yield site, json.loads(answer.read_text())
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(START_WITHIN_SECONDS)
            log.close()


def _knobs(name: str, folder: Path) -> dict[str, str]:
    own = {"KEEPWELL_VAR": str(folder / "var"), "KEEPWELL_PORT": str(_free_port()), "KEEPWELL_LOG": "plain"}
    # At its worst no worker runs either, and every page says so.
    own |= {} if name in {"worst", "new"} else {"KEEPWELL_WORKER_INSIDE": "yes"}
    own |= {"KEEPWELL_DEMO": "yes"} if name == "demo" else {}
    ours = {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}
    inherited = {
        key: value for key, value in os.environ.items() if key not in ours and not key.startswith("KEEPWELL_")
    }
    return {**inherited, "PYTHONWARNINGS": "ignore", **own}


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait_for(site: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_WITHIN_SECONDS
    while not _answers(site):
        if server.poll() is not None or time.monotonic() > deadline:
            raise SystemExit(f"the site did not start; {PICTURES} has its log")
        time.sleep(0.2)


def _answers(site: str) -> bool:
    try:
        with urlopen(f"{site}/healthz", timeout=2):
            return True
    except OSError:
        return False


def look(name: str, browser: Browser, chosen: argparse.Namespace) -> dict[str, Any]:
    """Everything about one installation, for the record."""
    print(f"-- {name}", flush=True)
    folder = PICTURES / name
    folder.mkdir(parents=True, exist_ok=True)
    with installation(name) as (site, seen):
        pages = [page for page in seen["pages"] if chosen.only in page["name"]]
        looking = Looking(
            browser=browser,
            site=site,
            sessions=seen["sessions"],
            pictures=folder,
            extent=_extent(chosen),
        )
        for page in pages:
            looking.at(page)
    print(
        f"-- {name}: {len(pages)} pages, {looking.looked} looks, {len(looking.findings)} findings", flush=True
    )
    return {
        "pages": len(pages),
        "looks": looking.looked,
        "cases": seen["cases"],
        "findings": looking.findings,
        "no_pages": seen["no_pages"],
    }


def show_in_documents(folder: Path = PICTURES / "demo") -> None:
    """Copies what was taken of it; a run over a part of the pages leaves the others as they are."""
    shown = ROOT / "docs" / "pictures"
    shown.mkdir(exist_ok=True)
    for name, there in IN_DOCUMENTS.items():
        if (folder / f"{name}.jpg").exists():
            shutil.copyfile(folder / f"{name}.jpg", shown / f"{there}.jpg")


def _extent(chosen: argparse.Namespace) -> Extent:
    return Extent(
        widths=(chosen.width,) if chosen.width else tuple(WIDTHS),
        schemes=SCHEMES[:1] if chosen.quick else SCHEMES,
    )


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--in", dest="names", nargs="*", choices=INSTALLATIONS, default=list(INSTALLATIONS))
    options.add_argument("--only", default="", help="pages whose name has this in it")
    options.add_argument("--quick", action="store_true", help="light only")
    options.add_argument("--width", type=int, choices=list(WIDTHS), help="this width only")
    options.add_argument("--write", type=Path, default=PICTURES / "pictures.json")
    chosen = options.parse_args()
    PICTURES.mkdir(parents=True, exist_ok=True)
    subprocess.run([ROOT / "bin" / "chromium"], check=True)
    record = Record()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=OPTIONS)
        found = {name: look(name, browser, chosen) for name in chosen.names}
        browser.close()
    show_in_documents()
    count = sum(len(one["findings"]) for one in found.values())
    record.write(
        chosen.write, {"findings": count, "looks": sum(one["looks"] for one in found.values()), **found}
    )
    print(f"{count} findings")
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())
