"""Timing addresses of a running site: real HTTP on kept connections, so many clients at a time."""

from __future__ import annotations

import http.client
import statistics
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from urllib.parse import urlencode

Answer = tuple[int, bytes]


class Browser:
    """One connection with its cookies, as a proxy in front hands it on: `network` is where it comes from.

    The standard library's client costs least beside what is timed.
    """

    def __init__(self, port: int, cookies: dict[str, str]) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._host = f"localhost:{port}"
        self.cookies = dict(cookies)
        self.network = "127.0.0.1"

    def get(self, path: str) -> Answer:
        """Errors: RuntimeError for a page that leads elsewhere: nothing of it would have been measured."""
        status, content = self._ask("GET", path, None, {})
        if 300 <= status < 400:
            raise RuntimeError(f"{path} leads elsewhere ({status}); the page itself is to be asked for")
        return status, content

    def post(self, path: str, given: dict[str, str]) -> Answer:
        form = {**given, "csrfmiddlewaretoken": self.cookies["csrftoken"]}
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://{self._host}"}
        return self._ask("POST", path, urlencode(form).encode(), headers)

    def _ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        always = {
            "Host": self._host,
            "Cookie": cookies,
            "Accept": "text/html",
            "X-Forwarded-For": self.network,
        }
        self._connection.request(method, path, body, {**always, **headers})
        answer = self._connection.getresponse()
        content = answer.read()
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, content


@dataclass(frozen=True, kw_only=True)
class Timing:
    """p50 and p95 in milliseconds, answers a second of all clients together."""

    clients: int
    requests: int
    p50: float
    p95: float
    per_second: float

    def as_dict(self) -> dict[str, float]:
        return asdict(self)


def timed(acts: Sequence[Callable[[], Answer]], *, times: int) -> Timing:
    """Each act in a thread of its own, so many times. Errors: RuntimeError for an answer of 400 or more."""
    spans: list[float] = []
    wrong: list[str] = []

    def go_on(act: Callable[[], Answer]) -> None:
        for _time in range(times):
            began = time.perf_counter()
            status, content = act()
            spans.append(time.perf_counter() - began)
            if status >= 400:
                wrong.append(f"{status}: {content[-300:]!r}")
                return

    threads = [threading.Thread(target=go_on, args=[act]) for act in acts]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - began
    if wrong or len(spans) < len(acts) * times:
        raise RuntimeError(f"The site answered {(wrong or ['nothing'])[0]}")
    spans.sort()
    return Timing(
        clients=len(acts),
        requests=len(spans),
        p50=round(statistics.median(spans) * 1000, 2),
        p95=round(spans[int(len(spans) * 0.95) - 1] * 1000, 2),
        per_second=round(len(spans) / took, 1),
    )
