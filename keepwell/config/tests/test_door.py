"""The one door as a browser meets it: real HTTP against the running site."""

from __future__ import annotations

import time

import httpx
import pytest
from django.db import connection
from django.test import Client
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from keepwell.kit import condition


def test_the_process_says_that_it_lives(site_url: str) -> None:
    assert httpx.get(f"{site_url}/healthz").json() == {"lives": True}


def test_ready_names_each_part_in_words(site_url: str) -> None:
    answer = httpx.get(f"{site_url}/readyz")
    assert answer.status_code == 200
    parts = {part["name"]: part for part in answer.json()["parts"]}
    assert {"disk", "database", "schema", "worker"} <= set(parts)
    assert parts["database"]["words"] == "The database answers."
    assert not parts["worker"]["is_well"]
    assert parts["worker"]["words"] == "No worker runs: mail and reminders wait until one does."


@pytest.mark.django_db
def test_a_worker_that_fell_silent_is_told_and_does_not_stop_the_pages(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '31 s')")
    answer = client.get("/readyz")
    assert answer.status_code == 200
    words = {part["name"]: part["words"] for part in answer.json()["parts"]}
    assert words["worker"].startswith("The worker has been silent for 31 s")


@pytest.mark.django_db
def test_a_missing_migration_makes_it_unready(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(condition, "pending_migrations", lambda: ["keepwell_cases.0009_more"])
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["ready"] is False


def test_an_answer_carries_the_id_that_a_proxy_gave_its_request(site_url: str) -> None:
    answer = httpx.get(f"{site_url}/healthz", headers={"X-Request-ID": "from-the-proxy.1"})
    assert answer.headers["X-Request-ID"] == "from-the-proxy.1"


def test_an_id_that_is_none_is_not_repeated(site_url: str) -> None:
    answer = httpx.get(f"{site_url}/healthz", headers={"X-Request-ID": "<script>" + "x" * 300})
    assert "<script>" not in answer.headers.get("X-Request-ID", "")


def test_each_request_gets_an_id_where_nobody_gave_one(site_url: str) -> None:
    ids = {httpx.get(f"{site_url}/healthz").headers["X-Request-ID"] for _ in range(3)}
    assert len(ids) == 3


def test_a_header_with_an_underscore_cannot_pose_as_one_with_a_hyphen(site_url: str) -> None:
    answer = httpx.get(f"{site_url}/healthz", headers={"X_Request_ID": "smuggled"})
    assert answer.headers["X-Request-ID"] != "smuggled"


def test_live_addresses_are_answered_by_the_asynchronous_side(site_url: str) -> None:
    assert httpx.get(f"{site_url}/live/stream").status_code == 401


@pytest.fixture
def worker_inside(settings: object) -> None:
    settings.KEEPWELL_WORKER_INSIDE = True


def is_done(job: int) -> bool:
    return ProcrastinateJob.objects.get(pk=job).status == "succeeded"


def test_in_the_demonstration_the_web_process_works_the_jobs(worker_inside: None, site_url: str) -> None:
    job = app.configure_task("keepwell.operate.jobs.clear_old_jobs").defer(timestamp=0)
    deadline = time.monotonic() + 30
    while not is_done(job) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert is_done(job)
    parts = {part["name"]: part for part in httpx.get(f"{site_url}/readyz").json()["parts"]}
    assert parts["worker"]["is_well"]
