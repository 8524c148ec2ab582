"""The command itself: what it says to a mistyped word, and how words refuse."""

import os
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from keepwell.kit.checkups import Checkup, HowFar
from keepwell.operate import command
from keepwell.operate.refusals import WordRefused
from keepwell.operate.words import doctor, serve

EVERY_WORD = [name for name in command.WORDS if name != "manage"]


def test_without_a_word_it_lists_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main([]) == 0
    told = capsys.readouterr().out
    assert all(name in told for name in command.WORDS)


def test_a_mistyped_word_is_named_and_fails(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["surve"]) == 2
    assert "knows no word 'surve'" in capsys.readouterr().err


@pytest.mark.parametrize("name", EVERY_WORD)
def test_every_word_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        command.main([name, "--help"])
    assert command.WORDS[name][1] in " ".join(capsys.readouterr().out.split())


@pytest.mark.django_db(transaction=True)
def test_doctor_refuses_a_part_it_does_not_know(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["doctor", "weather"]) == 1
    assert "knows no 'weather'. It knows:" in capsys.readouterr().err


def test_doctor_counts_what_is_wrong_and_not_how_far_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    found = [HowFar(1, 2), "One thing.", HowFar(2, 2), "Another."]
    assert doctor._look(Checkup(name="things", words="all things", look=lambda: found)) == 2
    assert capsys.readouterr().out.startswith("  One thing.\n  Another.\nthings: all things: differences 2")


@pytest.mark.django_db
def test_doctor_counts_what_is_wrong_and_fails(capsys: pytest.CaptureFixture[str]) -> None:
    options = command._options("doctor", "", doctor, ["installation"])
    assert doctor.run(options) == 1  # no worker runs in this test
    told = capsys.readouterr().out
    assert "No worker runs" in told
    assert "installation: database, schema, worker, disk: differences 1" in told


def test_a_knob_that_cannot_be_read_is_refused_in_words() -> None:
    environment = {
        **os.environ,
        "KEEPWELL_PORT": "eighty",
        "DJANGO_SETTINGS_MODULE": "keepwell.config.settings",
    }
    done = subprocess.run(
        [sys.executable, "-m", "keepwell.operate.command", "doctor"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "KEEPWELL_PORT stands on 'eighty'" in done.stderr


def test_a_port_that_is_taken_is_named(settings: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "collect_static_files", lambda: None)
    # In a thread, because a browser test before this one leaves its own event loop running in ours.
    with socket.create_server(("127.0.0.1", 0)) as taken, ThreadPoolExecutor(1) as beside:
        settings.KEEPWELL_PORT = taken.getsockname()[1]
        with pytest.raises(
            WordRefused, match=f"127.0.0.1:{settings.KEEPWELL_PORT}.*KEEPWELL_PORT names another"
        ):
            beside.submit(serve.serve, workers=1).result()
