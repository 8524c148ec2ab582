"""How quick is Keepwell with many cases, beside a bare view and pgbench on the same machine, in one run?

    python -m prove.bench [--cases 100000] [--var FOLDER] [--times 40] [--write FILE]

A data folder of its own (made and removed, or FOLDER, which is kept and loaded only if it is not yet), the
embedded PostgreSQL with everything on that keeps data safe, `keepwell load`, `keepwell serve --workers 2` as
real processes; no worker runs. Signed-in sessions, kept connections, whole pages, nothing cached between
requests. Bars are marked held or not; exit code 0 if the run ended, whatever they say.
"""

from __future__ import annotations

import argparse
import logging
import os
import secrets
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from ipaddress import IPv4Address
from itertools import count
from pathlib import Path
from typing import Any

import psutil

options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
options.add_argument("--cases", type=int, default=100_000)
options.add_argument("--var", type=Path, help="a data folder that is kept, and used again the next time")
options.add_argument("--times", type=int, default=40, help="requests of each client")
options.add_argument("--write", type=Path, default=Path("docs/proof/bench.json"))
chosen = options.parse_args() if __name__ == "__main__" else options.parse_args([])

ENDS_WITH_US = ExitStack()
PORT = 8931
os.environ["KEEPWELL_VAR"] = str(
    chosen.var.absolute()
    if chosen.var
    else ENDS_WITH_US.enter_context(tempfile.TemporaryDirectory(prefix="keepwell-bench-"))
)
os.environ.pop("DATABASE_URL", None)
os.environ["KEEPWELL_PORT"] = str(PORT)
os.environ["KEEPWELL_URL"] = f"http://localhost:{PORT}"
os.environ["DJANGO_SETTINGS_MODULE"] = "prove.bench_site.settings"

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client, override_settings  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from keepwell.cases.filtering import ORDERS, matching  # noqa: E402
from keepwell.cases.models import Case  # noqa: E402
from keepwell.cases.views import BUILT_IN  # noqa: E402
from keepwell.conversations.models import Message  # noqa: E402
from keepwell.desk.case_lists import BY_DUE  # noqa: E402
from keepwell.files.drafts import new_token  # noqa: E402
from keepwell.kit import paging  # noqa: E402
from keepwell.operate.collecting import collect_static_files  # noqa: E402
from keepwell.operate.embedded.address import superuser_parameters  # noqa: E402
from keepwell.operate.embedded.programs import programs_for  # noqa: E402
from keepwell.operate.embedded.using import in_use  # noqa: E402
from keepwell.people.models import User  # noqa: E402
from keepwell.public.forms import opened_now  # noqa: E402
from prove.bench_client import Answer, Browser, Timing, timed  # noqa: E402
from prove.record import ROOT, Record  # noqa: E402

KEEPWELL = [sys.executable, "-m", "keepwell.operate.command"]
MANY = 8
ROW = 49_950
LONG = 300
SAFE = ("fsync", "synchronous_commit", "full_page_writes")
CONTROL = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")


class Bench:
    """Signed-in browsers on the running site, and what was found out so far."""

    def __init__(self) -> None:
        self.user = User.objects.get(email="ruiz@causeway.example")
        self.found: dict[str, list[Timing]] = {}

    def browser(self) -> Browser:
        client = Client()
        client.force_login(self.user)
        cookies = {name: morsel.value for name, morsel in client.cookies.items()}
        return Browser(PORT, {**cookies, "csrftoken": "a" * 32})

    def measure(self, name: str, act_of: Callable[[Browser], Callable[[], Answer]], times: int) -> None:
        """The same act by one client and by many; each has its own session. The first answers warm up."""
        self.found[name] = []
        for clients in (1, MANY):
            acts = [act_of(self.browser()) for _client in range(clients)]
            timed(acts, times=2)
            timing = timed(acts, times=times if clients == 1 else max(times // 4, 8))
            self.found[name].append(timing)
            print(
                f"  {name:44} {clients} client{'s' if clients > 1 else ' '} "
                f"p50 {timing.p50:8.1f}  p95 {timing.p95:8.1f} ms  {timing.per_second:7.1f}/s",
                flush=True,
            )

    def page(self, name: str, path: str) -> None:
        self.measure(name, lambda browser: lambda: browser.get(path), chosen.times)


def main() -> int:
    record = Record()
    with ENDS_WITH_US, in_use(settings.VAR) as place:
        subprocess.run(
            [*KEEPWELL, "load", "--cases", str(chosen.cases), "--seed", "1", "--longest", str(LONG)],
            check=True,
            cwd=ROOT,
            stderr=None,
        )
        collect_static_files()
        findings: dict[str, Any] = {"cases": Case.objects.count(), "messages": Message.objects.count()}
        findings["postgresql"] = _safety()
        print(findings)
        findings["statements"] = _statements()
        print(findings["statements"])
        with serving() as server:
            bench = Bench()
            _time_everything(bench)
            findings["memory_pss_mib_per_web_worker"] = _memory(server)
        findings["timings"] = {
            name: [timing.as_dict() for timing in timings] for name, timings in bench.found.items()
        }
        findings["pgbench_per_second"] = {str(n): _pgbench(place, n) for n in (1, MANY)}
        findings["bars"] = _bars(bench.found, findings["statements"])
        findings["load_average_at_the_end"] = os.getloadavg()
        connection.close_pool()  # type: ignore[attr-defined]
    record.write(chosen.write, findings)
    _print_table(bench.found, findings)
    return 0


def _time_everything(bench: Bench) -> None:
    number = _case_with(3).number
    bench.page("bare view", "/bare/")
    bench.page("open list, first page", "/desk/cases/?view=open")
    bench.page("open list, far down", f"/desk/cases/?view=open&cursor={_cursor('open', BY_DUE)}")
    bench.page("all list, first page", "/desk/cases/?view=all")
    bench.page(
        "all list, after row 49,950", f"/desk/cases/?view=all&cursor={_cursor('all', ORDERS['changed'])}"
    )
    bench.page("case page, 3 messages", f"/desk/cases/{number}/")
    bench.page(f"case page, {LONG} messages", f"/desk/cases/{_case_with(LONG).number}/")
    bench.measure("submit by the form", _submitter, max(chosen.times // 2, 10))
    bench.measure("reply", _replier(), max(chosen.times // 2, 10))
    bench.page("bare view, again", "/bare/")


def _case_with(messages: int) -> Case:
    """An open case with so many messages."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.id FROM keepwell_cases_case c JOIN keepwell_conversations_message m"
            " ON m.conversation_id = c.conversation_id WHERE c.state IN ('open', 'waiting_on_customer')"
            " GROUP BY c.id HAVING count(*) = %s ORDER BY c.id LIMIT 1",
            [messages],
        )
        [found] = cursor.fetchone() or [None]
    return Case.objects.get(pk=found)


def _cursor(view: str, order: tuple[str, ...]) -> str:
    """Where row 49,950 of the list stands; in a shorter list, the row that leaves one page."""
    user = User.objects.get(email="ruiz@causeway.example")
    [shown] = [each.filter for each in BUILT_IN if each.key == view]
    rows: Any = matching(Case.objects.visible_to(user), shown, user).order_by(*order)
    place = max(min(ROW, rows.count() - paging.SIZE), 1) - 1
    values = rows.values_list(*(name.lstrip("-") for name in order))[place]
    texts = tuple(each.isoformat() if hasattr(each, "isoformat") else str(each) for each in values)
    return paging.encode(paging.Cursor(direction=paging.FORWARD, values=texts), order)


NUMBERS = count(1)


def _form() -> dict[str, str]:
    number = next(NUMBERS)
    return {
        "severity": "normal",
        "subject": "The printer at the counter prints blank pages",
        "body": "Since this morning every permit comes out blank. We tried another cable, without effect.",
        "name": "Dana Kessler",
        "email": f"person.{number}.{uuid.uuid4().hex[:8]}@town{number % 40}.example",
        "website": "",
        "key": str(uuid.uuid4()),
        "files_of": new_token(),
        "opened": OPENED,
    }


OPENED = opened_now()


def _submitter(browser: Browser) -> Callable[[], Answer]:
    # Each one is another person: another browser without a session, in another place, or he would be told
    # that it is enough for an hour.
    del browser.cookies[settings.SESSION_COOKIE_NAME]

    def act() -> Answer:
        browser.cookies.pop(settings.SESSION_COOKIE_NAME, None)
        browser.network = str(IPv4Address(0x0A000000 + secrets.randbelow(2**24)))
        status, content = browser.post("/ask/", _form())
        return (status if status == 302 else 500), content

    return act


def _replier() -> Callable[[Browser], Callable[[], Answer]]:
    numbers = iter(
        Case.objects.open().filter(state="open").order_by("-pk").values_list("number", flat=True)[:1000]
    )

    def act_of(browser: Browser) -> Callable[[], Answer]:
        def act() -> Answer:
            given = {"body": "We found it: a setting of the driver. Please try again.", "then": ""}
            status, content = browser.post(f"/desk/cases/{next(numbers)}/replies/", given)
            return (status if status in {200, 204, 302} else 500), content

        return act

    return act_of


def _statements() -> dict[str, dict[str, int]]:
    """How many statements a page or a form costs, in this process, through every middleware."""
    client = Client()
    client.force_login(User.objects.get(email="ruiz@causeway.example"))
    three, long = _case_with(3).number, _case_with(LONG).number
    time.sleep(2.1)  # the form believes nobody who is faster
    asks: dict[str, Callable[[], Any]] = {
        "bare view": lambda: client.get("/bare/"),
        "open list": lambda: client.get("/desk/cases/?view=open"),
        "all list": lambda: client.get("/desk/cases/?view=all"),
        "case page, 3 messages": lambda: client.get(f"/desk/cases/{three}/"),
        f"case page, {LONG} messages": lambda: client.get(f"/desk/cases/{long}/"),
        "submit by the form": lambda: Client().post("/ask/", _form()),
        "reply": lambda: client.post(
            f"/desk/cases/{three}/replies/", {"body": "Please try again.", "then": ""}
        ),
    }
    logging.disable(logging.INFO)
    with override_settings(ALLOWED_HOSTS=["*"]):
        return {name: _counted(ask) for name, ask in asks.items()}


def _counted(ask: Callable[[], Any]) -> dict[str, int]:
    ask()  # what a process learns once is learned
    with CaptureQueriesContext(connection) as captured:
        answer = ask()
    if answer.status_code >= 400:
        raise RuntimeError(f"{answer.status_code} from {answer.request['PATH_INFO']}")
    control = sum(query["sql"].split(" ")[0].rstrip(";") in CONTROL for query in captured)
    return {"statements": len(captured) - control, "begin_commit_savepoint": control}


@contextmanager
def serving() -> Iterator[psutil.Process]:
    command = [*KEEPWELL, "serve", "--workers", "2"]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as process:
        try:
            _wait_until_it_answers()
            yield psutil.Process(process.pid)
        finally:
            process.terminate()
            process.wait(30)


def _wait_until_it_answers() -> None:
    for _try in range(300):
        try:
            if Browser(PORT, {}).get("/readyz")[0] < 600:
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("The site did not start")


def _memory(server: psutil.Process) -> list[float]:
    children = server.children(recursive=True)
    sizes = [round(each.memory_full_info().pss / 2**20, 1) for each in children]
    return [size for size in sizes if size > 30]


def _safety() -> dict[str, str]:
    with connection.cursor() as cursor:
        found = {}
        for name in ("server_version", *SAFE, "shared_buffers"):
            cursor.execute(f"SHOW {name}")
            [found[name]] = cursor.fetchone()
    return found


def _pgbench(place: Any, clients: int) -> float:
    """One insert of 600 bytes and its commit, so many times a second."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS bench_line (id bigserial PRIMARY KEY, words text)")
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
        script.write("INSERT INTO bench_line (words) VALUES (repeat('x', 600));\n")
        script.flush()
        given = superuser_parameters(place)
        answer = subprocess.run(
            [
                str(programs_for(place) / "pgbench"), "-n", "-f", script.name, "-T", "4",
                "-c", str(clients), "-j", str(min(clients, 2)),
                "-h", given["host"], "-p", given["port"], "-U", given["user"], given["dbname"],
            ],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE bench_line")
    [line] = [line for line in answer.stdout.splitlines() if line.startswith("tps")]
    return round(float(line.split()[2]), 0)


def _bars(found: dict[str, list[Timing]], statements: dict[str, dict[str, int]]) -> dict[str, dict[str, Any]]:
    bare, submit = found["bare view"], found["submit by the form"]
    lists = [
        "open list, first page",
        "open list, far down",
        "all list, first page",
        "all list, after row 49,950",
    ]
    pages = ["case page, 3 messages", f"case page, {LONG} messages"]
    slowest = max(found[name][0].p50 for name in lists)
    queries = [statements[name]["statements"] for name in pages]
    page = max(found[name][0].p50 for name in pages) / bare[0].p50
    bars = {
        "lists p50 under 28 ms, one client, 100,000 cases": (slowest, slowest < 28),
        "case page at most 12 bare views": (round(page, 1), page <= 12),
        "case page at most 20 queries": (max(queries), max(queries) <= 20),
        "case page: as many queries with 300 messages": (queries, queries[0] == queries[1]),
    }
    for at, part in ((0, 8), (1, 10)):
        share = submit[at].per_second / bare[at].per_second
        words = f"submit at least 1/{part} of the bare view's rate, {submit[at].clients} clients"
        bars[words] = (f"1/{1 / share:.1f}", share >= 1 / part)
    return {words: {"measured": measured, "held": held} for words, (measured, held) in bars.items()}


def _print_table(found: dict[str, list[Timing]], findings: dict[str, Any]) -> None:
    bare = found["bare view"]
    print(
        f"\n{findings['cases']} cases, {findings['messages']} messages; PostgreSQL {findings['postgresql']}"
    )
    print("| work | clients | p50 / p95 ms | a second | bare views |\n|---|---|---|---|---|")
    for name, timings in found.items():
        for at, timing in enumerate(timings):
            ratio = timing.p50 / bare[at].p50
            print(
                f"| {name} | {timing.clients} | {timing.p50:.1f} / {timing.p95:.1f} | {timing.per_second:.0f}"
                f" | {ratio:.1f} |"
            )
    for clients, rate in findings["pgbench_per_second"].items():
        print(f"| pgbench, one insert and commit | {clients} | | {rate:.0f} | |")
    print(f"Memory, PSS MiB of each web worker after all this: {findings['memory_pss_mib_per_web_worker']}")
    for words, bar in findings["bars"].items():
        print(f"{'held    ' if bar['held'] else 'NOT HELD'}  {words}: {bar['measured']}")


if __name__ == "__main__":
    sys.exit(main())
