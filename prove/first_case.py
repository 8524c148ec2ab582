"""An empty installation, without the demonstration: to its first solved case, to a backup, and back from it.

    python -m prove.first_case [--write FILE]

`keepwell init`, `import`, `serve` and `worker` as an operator would start them, a real mail server on this
machine, a browser for the customer and one for the administrator. Then `keepwell backup`, `keepwell restore`
into an empty folder, and every table and file of both counted and hashed by this campaign itself. Exit code 0
only if the case is solved, its promises are met, the customer's mails came, and both installations are equal.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.request import urlopen

import psycopg
from playwright.sync_api import Browser, Page, expect, sync_playwright
from psycopg import sql

from keepwell.operate.embedded.address import place_of, superuser_parameters
from keepwell.operate.embedded.using import in_use
from keepwell.outbox.tests.postbox import Postbox, Server
from prove.record import ROOT, Record
from prove.starting import free_port
from tests.fixtures.browser import OPTIONS, Watch, chromium_path

KEEPWELL = [sys.executable, "-m", "keepwell.operate.command"]
ADMINISTRATOR = "ada@causeway.example"
INIT = {
    "vendor": "Causeway Works",
    "sender": "help@causeway.example",
    "zone": "America/Chicago",
    "country": "US",
    "administrator-name": "Ada Vance",
    "administrator-email": ADMINISTRATOR,
}
ACCOUNTS = "name,time zone,mail domains\nElm Falls,America/Chicago,elmfalls.example\n"
WRONG = "Cedar Point,America/Chigaco,cedarpoint.example\n"
SECONDS = 60


class Installation:
    """A data folder, and the `keepwell` command on it."""

    def __init__(self, var: Path, mail_port: int) -> None:
        self.var, self.port = var, free_port()
        self.site = f"http://localhost:{self.port}"
        own = {
            "KEEPWELL_VAR": str(var),
            "KEEPWELL_PORT": str(self.port),
            "KEEPWELL_MAIL_URL": f"smtp://127.0.0.1:{mail_port}",
            "KEEPWELL_LOG": "plain",
        }
        names = ("KEEPWELL_", "DJANGO_", "DATABASE_URL")
        self.knobs = {key: value for key, value in os.environ.items() if not key.startswith(names)} | own

    def word(self, *words: str, fails: bool = False) -> str:
        """What one word of the command said. Errors: RuntimeError unless it ended as expected."""
        done = subprocess.run(
            [*KEEPWELL, *words], cwd=ROOT, env=self.knobs, capture_output=True, text=True, check=False
        )
        if bool(done.returncode) != fails:
            raise RuntimeError(f"keepwell {words[0]}: {done.stdout}{done.stderr}")
        return done.stdout + done.stderr

    @contextmanager
    def running(self) -> Iterator[None]:
        """Web server and worker, two processes, until the end of the block."""
        with ExitStack() as until_the_end:
            log = until_the_end.enter_context((self.var.parent / "running.log").open("w"))
            for words in (["serve"], ["worker"]):
                process = subprocess.Popen(
                    [*KEEPWELL, *words], cwd=ROOT, env=self.knobs, stdout=log, stderr=log
                )
                until_the_end.callback(process.wait, SECONDS)
                until_the_end.callback(process.send_signal, signal.SIGTERM)
            self._wait()
            yield

    def _wait(self) -> None:
        deadline = time.monotonic() + SECONDS
        while time.monotonic() < deadline:
            try:
                with urlopen(f"{self.site}/readyz", timeout=5):
                    return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("the site did not start")

    def contents(self) -> dict[str, tuple[int, str]]:
        """Rows and hash of each table, bytes and hash of each file."""
        found = {}
        with in_use(self.var) as place:
            given = psycopg.conninfo.make_conninfo(**superuser_parameters(place))
            with psycopg.connect(given) as connection:
                connection.execute("SET timezone = 'UTC'")
                for (table,) in connection.execute(
                    "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'"
                ).fetchall():
                    found[table] = _rows(connection, table)
        for file in (self.var / "files").rglob("*"):
            if file.is_file():
                content = file.read_bytes()
                found[str(file.relative_to(self.var))] = len(content), hashlib.sha256(content).hexdigest()
        return found


def _rows(connection: psycopg.Connection[Any], table: str) -> tuple[int, str]:
    query = sql.SQL("SELECT md5(t::text) FROM {} t").format(sql.Identifier(table))
    rows = sorted(row for (row,) in connection.execute(query).fetchall())
    return len(rows), hashlib.sha256("".join(rows).encode()).hexdigest()


def found_it(installation: Installation, folder: Path) -> str:
    """Initialised, and its customers brought in: a line that cannot be used is named first. The password."""
    words = [text for name, value in INIT.items() for text in (f"--{name}", value)]
    said = installation.word("init", *words, "--make-password")
    file = folder / "accounts.csv"
    file.write_text(ACCOUNTS + WRONG)
    refused = installation.word("import", "accounts", str(file), "--apply", fails=True)
    if "America/Chicago" not in refused:
        raise RuntimeError(f"the misspelt zone was not named: {refused}")
    file.write_text(ACCOUNTS)
    installation.word("import", "accounts", str(file), "--apply")
    [password] = re.findall(r"with the password (\S+)", said)
    return str(password)


def walk(browser: Browser, site: str, password: str, box: Postbox) -> dict[str, Any]:
    """The customer's and the administrator's way to the first solved case; what was seen."""
    watch = Watch()
    customer, desk = (_page(browser, site, watch) for _ in range(2))
    desk.goto("/accounts/login/")
    desk.get_by_label("E-mail", exact=False).first.fill(ADMINISTRATOR)
    desk.get_by_label("Password", exact=True).fill(password)
    desk.get_by_role("button", name="Sign in", exact=True).click()
    desk.wait_for_url("**/desk/**")
    desk.goto("/desk/cases/")
    _ask(customer)
    link = desk.get_by_role("link", name="Nothing can be saved")
    began = time.monotonic()
    expect(link).to_be_visible()
    seen_after = round(time.monotonic() - began, 2)
    link.click()
    desk.get_by_label("Reply to the customer").fill("It was a full disk. Everything can be saved again.")
    desk.get_by_text("Promise an update, or resolve with it").click()
    desk.get_by_role("button", name=re.compile("Send and resolve")).click()
    code = _mailed(box, r"\*\*([A-Z0-9]{4} [A-Z0-9]{4})\*\*")
    customer.get_by_label("The code from our mail").fill(code)
    customer.get_by_role("button", name="Follow this case").click()
    _mailed(box, "It was a full disk")
    customer.reload()
    expect(customer.get_by_text("It was a full disk")).to_be_visible()
    return {"seen_without_reload_seconds": seen_after, "browser_errors": watch.errors}


def _page(browser: Browser, site: str, watch: Watch) -> Page:
    context = browser.new_context(base_url=site, viewport={"width": 1440, "height": 900}, locale="en-GB")
    context.set_default_timeout(20_000)
    context.on("page", watch.over)
    return context.new_page()


def _ask(customer: Page) -> None:
    customer.goto("/ask/")
    customer.get_by_label("Nobody can work").check()
    customer.get_by_label("What is wrong, in a few words?").fill("Nothing can be saved")
    customer.get_by_label("What happened, and what did you expect?").fill("Since *7:30* nothing is saved.")
    customer.get_by_label("Your name").fill("Dana Hughes")
    customer.get_by_label("Your mail address").fill("dana@elmfalls.example")
    customer.locator("input[type=file]").set_input_files(
        {"name": "log.txt", "mimeType": "text/plain", "buffer": b"disk full\n" * 100}
    )
    expect(customer.get_by_text("log.txt")).to_be_visible()
    customer.wait_for_timeout(2_100)  # the form believes nobody who is faster
    customer.get_by_role("button", name="Send", exact=True).click()
    expect(customer.get_by_role("heading", level=1)).to_contain_text("Case ")


def _mailed(box: Postbox, pattern: str) -> str:
    """What a mail that came says. Errors: RuntimeError if none says it in time."""
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        for arrived in list(box.arrived):
            text = arrived.mail.get_payload(decode=True) or arrived.content
            if match := re.search(pattern, bytes(text).decode(errors="replace")):
                return match[match.lastindex or 0]
        time.sleep(0.1)
    raise RuntimeError(f"no mail says {pattern}; {len(box.arrived)} came")


def promises(installation: Installation) -> dict[str, str]:
    """Each clock of the only case, and its state."""
    with in_use(installation.var):
        given = psycopg.conninfo.make_conninfo(**superuser_parameters(place_of(installation.var)))
        with psycopg.connect(given) as connection:
            return dict(
                connection.execute("SELECT metric, state FROM keepwell_service_levels_clock").fetchall()
            )


def play(folder: Path) -> dict[str, Any]:
    box = Postbox()
    mail = Server(box)
    mail.start()
    began = time.monotonic()
    try:
        installation = Installation(folder / "var", box.port)
        password = found_it(installation, folder)
        with installation.running(), sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium_path(), args=OPTIONS)
            seen = walk(browser, installation.site, password, box)
            browser.close()
    finally:
        mail.stop()
    solved_after = round(time.monotonic() - began, 1)
    backup, other = folder / "backup", Installation(folder / "restored", box.port)
    saved = installation.word("backup", str(backup))
    restored = other.word("restore", str(backup))
    before, after = installation.contents(), other.contents()
    clocks = promises(installation)
    differing = sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
    wrong = {
        "a promise was not met": set(clocks.values()) != {"met"},
        "the browser reported errors": bool(seen["browser_errors"]),
        "the restored installation differs": bool(differing),
    }
    return {
        "from_init_to_solved_seconds": solved_after,
        **seen,
        "mails_that_came": len(box.arrived),
        "clocks": clocks,
        "backup_said": [line.replace(str(Path(tempfile.gettempdir())), "TMP") for line in saved.splitlines()],
        "restore_said": restored.splitlines()[:1],
        "tables_and_files_compared": len(before),
        "rows_compared": sum(count for name, (count, _hash) in before.items() if "/" not in name),
        "differing": differing,
        "wrong": [words for words, holds in wrong.items() if holds],
    }


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--write", type=Path, help="keep a record, as JSON")
    asked = options.parse_args()
    record = Record()
    with TemporaryDirectory(prefix="keepwell-first-case-") as given:
        Path(given).chmod(0o711)
        findings = play(Path(given))
    print(findings)
    if asked.write:
        record.write(asked.write, findings)
    return 1 if findings["wrong"] else 0


if __name__ == "__main__":
    sys.exit(main())
