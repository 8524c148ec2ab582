"""How quick Keepwell is with so many cases, beside a bare view and pgbench in the same run.

    python -m prove.bench_site.at_size --cases N --write FILE [--var FOLDER] [--times 40]

A data folder of its own (made and removed, or FOLDER, which is kept and loaded only if it is not yet), the
embedded PostgreSQL with everything on that keeps data safe, `keepwell load`, `keepwell serve --workers 2` as
real processes; no worker runs. Signed-in sessions, kept connections, whole pages, nothing cached between
requests. `prove.bench` runs it for each size and holds the figures against their bars.
"""

from __future__ import annotations

import argparse
import json
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
options.add_argument("--cases", type=int, required=True)
options.add_argument("--write", type=Path, required=True)
options.add_argument("--var", type=Path, help="a data folder that is kept, and used again the next time")
options.add_argument("--times", type=int, default=40, help="requests of each client")
chosen = options.parse_args()

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
from prove.bench_site import attainment, mail, work  # noqa: E402
from prove.record import ROOT  # noqa: E402

KEEPWELL = [sys.executable, "-m", "keepwell.operate.command"]
MANY = 8
ROW = 49_950
LONG = 300
SAFE = ("fsync", "synchronous_commit", "full_page_writes")
SPECIALIST, CUSTOMER = "ruiz@causeway.example", "dana.kessler@cityofelmfalls.example"
LEAD, MANAGER = "castell@causeway.example", "lindqvist@causeway.example"
CONTROL = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")


def browser(email: str) -> Browser:
    client = signed_in(email)
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    return Browser(PORT, {**cookies, "csrftoken": "a" * 32})


def signed_in(email: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(email=email))
    return client


class Bench:
    """Signed-in browsers on the running site, and what was found out so far."""

    def __init__(self) -> None:
        self.found: dict[str, list[Timing]] = {}

    def measure(
        self,
        name: str,
        act_of: Callable[[Browser], Callable[[], Answer]],
        times: int,
        email: str = SPECIALIST,
    ) -> None:
        """The same act by one client and by many; each has its own session. The first answers warm up."""
        self.found[name] = []
        for clients in (1, MANY):
            acts = [act_of(browser(email)) for _client in range(clients)]
            timed(acts, times=2)
            timing = timed(acts, times=times if clients == 1 else max(times // 4, 8))
            self.found[name].append(timing)
            print(
                f"  {name:44} {clients} client{'s' if clients > 1 else ' '} "
                f"p50 {timing.p50:8.1f}  p95 {timing.p95:8.1f} ms  {timing.per_second:7.1f}/s",
                flush=True,
            )

    def page(self, name: str, path: str, times: int = chosen.times, email: str = SPECIALIST) -> None:
        self.measure(name, lambda browser: lambda: browser.get(path), times, email)


def main() -> int:
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
        attainment.keep_years()
        findings["job_of_stakes"] = work.measure_stakes()
        print(findings["job_of_stakes"])
        with serving() as server:
            bench = Bench()
            _time_everything(bench)
            findings["right_after_a_new_case"] = _right_after()
            findings["memory_pss_mib_per_web_worker"] = _memory(server)
        findings["pages_about_work"] = list(work.pages())
        findings["timings"] = {
            name: [timing.as_dict() for timing in timings] for name, timings in bench.found.items()
        }
        findings["mail"] = mail.measure_mail()
        print(findings["mail"])
        findings["pgbench_per_second"] = {str(n): _pgbench(place, n) for n in (1, MANY)}
        findings["load_average_at_the_end"] = os.getloadavg()
        findings["attainment"] = attainment.measure_attainment()
        print(findings["attainment"])
        connection.close_pool()  # type: ignore[attr-defined]
    chosen.write.write_text(json.dumps(findings))
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
    bench.measure("submit by the portal form", _portal_submitter, max(chosen.times // 2, 10), CUSTOMER)
    bench.measure("submit by the public form", _submitter, max(chosen.times // 2, 10))
    bench.measure("reply", _replier(), max(chosen.times // 2, 10))
    bench.page("guideline page", attainment.page_of(attainment.largest()))
    bench.page("table of promises", "/desk/insight/")
    for name, path in work.pages_of_accounts().items():
        bench.page(name, path, email=MANAGER)
    for name, path in work.pages().items():
        # Some of them take seconds with a million cases.
        bench.page(name, path, max(chosen.times // 4, 5))
    bench.page("bare view, again", "/bare/")


def _right_after() -> dict[str, Any]:
    customer = browser(CUSTOMER)
    submit = _portal_submitter(customer)
    return attainment.right_after(browser(LEAD), submit, attainment.largest())


def _case_with(messages: int) -> Case:
    """An open case with so many messages; a few more where a bench before this one answered in it.

    None with a contact entered by hand: its words are a question of their own, so that two cases would
    differ in more than the number of their messages.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.id FROM keepwell_cases_case c JOIN keepwell_conversations_message m"
            " ON m.conversation_id = c.conversation_id WHERE c.state IN ('open', 'waiting_on_customer')"
            " AND NOT EXISTS (SELECT FROM keepwell_cases_loggedcontact l WHERE l.case_id = c.id)"
            " GROUP BY c.id HAVING count(*) >= %s ORDER BY count(*), c.id LIMIT 1",
            [messages],
        )
        [found] = cursor.fetchone() or [None]
    return Case.objects.get(pk=found)


def _cursor(view: str, order: tuple[str, ...]) -> str:
    """Where row 49,950 of the list stands; in a shorter list, the row that leaves one page."""
    user = User.objects.get(email=SPECIALIST)
    [shown] = [each.filter for each in BUILT_IN if each.key == view]
    rows: Any = matching(Case.objects.visible_to(user), shown, user).order_by(*order)
    place = max(min(ROW, rows.count() - paging.SIZE), 1) - 1
    values = rows.values_list(*(name.lstrip("-") for name in order))[place]
    texts = tuple(each.isoformat() if hasattr(each, "isoformat") else str(each) for each in values)
    return paging.encode(paging.Cursor(direction=paging.FORWARD, values=texts), order)


NUMBERS = count(1)


def _portal_form() -> dict[str, str]:
    words = {name: text for name, text in _form().items() if name in {"severity", "subject", "body"}}
    return {**words, "deployment": "", "key": str(uuid.uuid4()), "files_of": new_token()}


def _portal_submitter(browser: Browser) -> Callable[[], Answer]:
    def act() -> Answer:
        status, content = browser.post("/portal/cases/new/", _portal_form())
        return (status if status == 302 else 500), content

    return act


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
    client, customer = signed_in(SPECIALIST), signed_in(CUSTOMER)
    three, long = _case_with(3).number, _case_with(LONG).number
    time.sleep(2.1)  # the form believes nobody who is faster
    asks: dict[str, Callable[[], Any]] = {
        "bare view": lambda: client.get("/bare/"),
        "open list": lambda: client.get("/desk/cases/?view=open"),
        "all list": lambda: client.get("/desk/cases/?view=all"),
        "case page, 3 messages": lambda: client.get(f"/desk/cases/{three}/"),
        f"case page, {LONG} messages": lambda: client.get(f"/desk/cases/{long}/"),
        "submit by the portal form": lambda: customer.post("/portal/cases/new/", _portal_form()),
        "submit by the public form": lambda: Client().post("/ask/", _form()),
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


if __name__ == "__main__":
    sys.exit(main())
