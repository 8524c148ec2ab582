"""The embedded server against what happens to machines: kills, leftovers, odd folders, second starts."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import psycopg
import pytest

from keepwell.operate.embedded import creating, programs
from keepwell.operate.embedded.account import Account, can_reach, we_are_root
from keepwell.operate.embedded.address import (
    LONGEST_FOLDER,
    ROLE,
    Place,
    connection_settings,
    is_elsewhere,
    place_of,
    superuser_parameters,
)
from keepwell.operate.embedded.alive import server_process
from keepwell.operate.embedded.refusals import DatabaseRefused
from keepwell.operate.embedded.starting import gone, socket_of
from keepwell.operate.embedded.using import in_use
from tests.fixtures.database import CARELESS


@pytest.fixture
def var() -> Iterator[Path]:
    """A data folder that PostgreSQL's own account can walk to; pytest's are closed to all but us."""
    with tempfile.TemporaryDirectory(prefix="keepwell server ") as folder:
        os.chmod(folder, 0o711)
        yield Path(folder) / "var"


def ask(var: Path, question: str) -> object:
    """One value, asked as the product asks: with its own role over the socket that settings name."""
    found = connection_settings(var)
    with psycopg.connect(
        host=found["HOST"], port=found["PORT"], user=found["USER"], dbname=found["NAME"]
    ) as it:
        return it.execute(question).fetchone()[0]


def write_a_row_and_commit(var: Path) -> None:
    found = connection_settings(var)
    with psycopg.connect(
        host=found["HOST"], port=found["PORT"], user=found["USER"], dbname=found["NAME"], autocommit=True
    ) as it:
        it.execute("CREATE TABLE kept (n int)")
        it.execute("INSERT INTO kept VALUES (1)")


def kill_hard(place: Place) -> psutil.Process:
    server = server_process(place)
    assert server is not None
    everybody = [server, *server.children(recursive=True)]
    for process in everybody:
        with suppress(psutil.NoSuchProcess):
            process.send_signal(signal.SIGKILL)
    assert all(gone(process, 10) for process in everybody)
    return server


@pytest.fixture
def killed(var: Path) -> Place:
    """An installation with one row in it, whose server was killed without notice."""
    with in_use(var) as place:
        write_a_row_and_commit(var)
        kill_hard(place)
    return place


def test_it_starts_in_a_folder_with_a_space_and_listens_on_no_network(var: Path) -> None:
    with in_use(var) as place:
        assert " " in str(place.root)
        assert ask(var, "SHOW listen_addresses") == ""
        assert ask(var, "SHOW fsync") == "on"
        server = server_process(place)
        assert server is not None
        assert not server.net_connections(kind="inet")


def test_the_role_of_the_product_owns_its_database_and_is_no_superuser(var: Path) -> None:
    with in_use(var, CARELESS) as place:
        assert ask(var, "SHOW is_superuser") == "off"
        assert (
            ask(var, "SELECT datdba::regrole::text FROM pg_database WHERE datname = current_database()")
            == ROLE
        )
        assert (
            ask(var, "SELECT datlocprovider::text || datlocale FROM pg_database WHERE datname = 'keepwell'")
            == "bC.UTF-8"
        )
        with psycopg.connect(**superuser_parameters(place)) as above:
            assert above.execute("SHOW is_superuser").fetchone() == ("on",)


def test_nobody_else_may_open_its_folders(var: Path) -> None:
    with in_use(var, CARELESS) as place:
        for folder in (place.root, place.sockets, place.data):
            assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_the_last_to_leave_stops_it_and_not_the_first(var: Path) -> None:
    with in_use(var, CARELESS) as place:
        with in_use(var, CARELESS):
            first = server_process(place)
        assert server_process(place) == first
    assert server_process(place) is None
    assert not socket_of(place).exists()


def test_a_second_start_finds_what_the_first_wrote(var: Path) -> None:
    with in_use(var):
        write_a_row_and_commit(var)
    began = time.monotonic()
    with in_use(var):
        assert ask(var, "SELECT count(*) FROM kept") == 1
    print(f"second start and stop: {time.monotonic() - began:.2f} s")


def test_nothing_is_lost_when_the_server_is_killed(killed: Place, var: Path) -> None:
    assert killed.pid_file.exists()
    with in_use(var):
        assert ask(var, "SELECT count(*) FROM kept") == 1


def test_a_pid_file_cut_short_does_not_keep_it_down(killed: Place, var: Path) -> None:
    killed.pid_file.write_bytes(b"")
    with in_use(var):
        assert ask(var, "SELECT count(*) FROM kept") == 1


@pytest.mark.parametrize("where", ["pid file", "socket lock"])
def test_a_pid_that_another_process_has_now_is_not_taken_for_the_server(
    killed: Place, var: Path, where: str
) -> None:
    lock = socket_of(killed).with_name(f"{socket_of(killed).name}.lock")
    path = killed.pid_file if where == "pid file" else lock
    lines = path.read_text().splitlines()
    other = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        path.write_text("\n".join([str(other.pid), *lines[1:], ""]))
        assert server_process(killed) is None
        with in_use(var):
            assert ask(var, "SELECT count(*) FROM kept") == 1
        assert other.poll() is None, "a stranger's process was ended"
    finally:
        other.kill()
        other.communicate()


def test_another_postgres_on_the_machine_is_not_taken_for_ours(killed: Place, var: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="keepwell-other-") as folder:
        os.chmod(folder, 0o711)
        with in_use(Path(folder) / "var", CARELESS) as other:
            pid = server_process(other).pid
            lines = killed.pid_file.read_text().splitlines()
            killed.pid_file.write_text("\n".join([str(pid), *lines[1:], ""]))
            assert server_process(killed) is None
            with in_use(var, CARELESS):
                assert ask(var, "SELECT count(*) FROM kept") == 1
            assert server_process(other).pid == pid


def test_only_the_first_process_killed_while_the_others_live_on(var: Path) -> None:
    with in_use(var) as place:
        write_a_row_and_commit(var)
        server = server_process(place)
        server.send_signal(signal.SIGKILL)
        assert gone(server, 10)
        with in_use(var):
            assert ask(var, "SELECT count(*) FROM kept") == 1


def test_a_server_whose_user_was_killed_is_used_and_then_stopped(var: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from keepwell.operate.embedded.using import in_use\n"
        "with in_use(Path(sys.argv[1])): print('up', flush=True); input()"
    )
    user = subprocess.Popen(
        [sys.executable, "-c", code, str(var)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert user.stdout.readline() == "up\n"
    user.kill()
    user.communicate()
    place = place_of(var)
    left = server_process(place)
    assert left is not None
    with in_use(var):
        assert server_process(place) == left
    assert server_process(place) is None


def test_two_that_start_at_once_get_one_server(var: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from keepwell.operate.embedded.using import in_use\n"
        "from keepwell.operate.embedded.alive import server_process\n"
        "with in_use(Path(sys.argv[1])) as place: print(server_process(place).pid, flush=True); input()"
    )
    both = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(var)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    pids = {user.stdout.readline() for user in both}
    for user in both:
        user.communicate("\n")
    assert len(pids) == 1
    assert server_process(place_of(var)) is None


def test_data_of_another_major_version_is_refused_in_words(killed: Place, var: Path) -> None:
    (killed.data / "PG_VERSION").write_text("99\n")
    with pytest.raises(DatabaseRefused, match=r"written by PostgreSQL 99.*Nothing was changed"), in_use(var):
        pass


def test_a_start_that_fails_tells_the_end_of_the_log(killed: Place, var: Path) -> None:
    (killed.data / "global" / "pg_control").unlink()
    with (
        pytest.raises(DatabaseRefused, match="(?s)did not start. Its log ends so:\n.*pg_control"),
        in_use(var),
    ):
        pass


def test_half_a_new_data_folder_is_made_anew(var: Path) -> None:
    place = place_of(var)
    (place.root / "data.new").mkdir(parents=True)
    (place.root / "data.new" / "PG_VERSION").write_text("18\n")
    with in_use(var, CARELESS):
        assert ask(var, "SELECT 1") == 1


def test_the_programs_run_from_a_copy_outside_the_environment(var: Path) -> None:
    with in_use(var, CARELESS) as place:
        server = server_process(place)
        assert Path(server.exe()).is_relative_to(place.programs.resolve())
        assert not Path(server.exe()).is_relative_to(Path(sys.prefix))


def test_a_long_path_keeps_its_sockets_in_a_short_closed_folder(var: Path) -> None:
    deep = var.joinpath(*["a-long-folder-name"] * 8)
    place = place_of(deep)
    assert len(bytes(place.sockets)) <= LONGEST_FOLDER
    try:
        with in_use(deep, CARELESS):
            assert ask(deep, "SELECT 1") == 1
            assert stat.S_IMODE(place.sockets.stat().st_mode) == 0o700
    finally:
        place.sockets.rmdir()


def test_a_folder_that_somebody_else_made_first_is_refused(var: Path) -> None:
    if not we_are_root():
        pytest.skip("only root can make a folder of another account")
    place = place_of(var)
    place.root.mkdir(parents=True)
    os.chown(place.root, 12345, 12345)
    with pytest.raises(DatabaseRefused, match="belongs to another account"):
        creating.prepare_folders(place, place.account)


@pytest.mark.skipif(not we_are_root(), reason="only root drops to another account")
def test_under_root_the_server_runs_as_somebody_else(var: Path) -> None:
    with in_use(var, CARELESS) as place:
        assert server_process(place).uids().real != 0
        assert place.data.stat().st_uid != 0


@pytest.mark.skipif(not we_are_root(), reason="only root drops to another account")
def test_a_folder_that_the_account_cannot_reach_is_left_closed_and_another_is_used(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with tempfile.TemporaryDirectory(prefix="keepwell-closed-") as folder:  # 0700, as /root is
        var = Path(folder) / "var"
        place = place_of(var)
        assert is_elsewhere(place, var)
        try:
            with in_use(var, CARELESS):
                assert ask(var, "SELECT 1") == 1
            assert stat.S_IMODE(Path(folder).stat().st_mode) == 0o700
            assert str(place.root) in capsys.readouterr().err
            Path(folder).chmod(0o711)
            assert place_of(var) == place, "data that exists is found again, whatever the modes are now"
        finally:
            subprocess.run(["rm", "-rf", str(place.root)], check=True)


def test_whether_an_account_can_walk_to_a_folder(tmp_path: Path) -> None:
    stranger = Account(name="", user_id=54321, group_id=54321)
    inner = tmp_path / "inner"
    inner.mkdir()
    inner.chmod(0o700)
    assert not can_reach(stranger, inner / "deep" / "er")
    owner = Account(name="", user_id=os.getuid(), group_id=os.getgid())
    assert can_reach(owner, inner)


def test_programs_older_than_we_support_are_not_offered() -> None:
    assert programs._majors()
    assert min(programs._majors()) >= programs.OLDEST_MAJOR
