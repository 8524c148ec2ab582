"""A real Dovecot of this run alone: high ports, no rights, a folder of its own, stopped at the end.

On Debian: apt-get install dovecot-imapd dovecot-lmtpd. `bin/mailserver` does that where it may.
"""

from __future__ import annotations

import grp
import imaplib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROGRAM = shutil.which("dovecot") or "/usr/sbin/dovecot"
ADDRESS, PASSWORD = "help@keepwell.example", "a-password-for-tests-only"
STARTS_WITHIN_SECONDS = 30
NOBODY = 65534

SETTINGS = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
mail_location = maildir:{folder}/mail/%u
protocols = imap lmtp
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login{mechanisms}
default_internal_user = {account}
default_internal_group = {group}
default_login_user = {account}
first_valid_uid = 1
mail_max_userip_connections = 100
auth_cache_size = 1M
mail_fsync = {fsync}
{oauth}passdb {{
  driver = static
  mechanisms = plain login
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/mail/%u allow_all_users=yes
}}
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service lmtp {{
  chroot =
  inet_listener lmtp {{
    port = {lmtp}
  }}
}}
service stats {{
  chroot =
}}
protocol lmtp {{
  auth_username_format = %Lu
}}
"""


OAUTH = """passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {folder}/oauth.conf
}}
"""
INTROSPECTION = """introspection_mode = post
introspection_url = {address}/introspect
username_attribute = username
active_attribute = active
active_value = true
"""


def why_not() -> str:
    """Why there is none on this machine; empty where there is."""
    if not os.access(PROGRAM, os.X_OK):
        return "Dovecot is not installed (Debian: bin/mailserver, or apt-get install dovecot-imapd)"
    return ""


class Dovecot:
    """`imap` and `lmtp` are its ports. Everybody may sign in with PASSWORD, and has a mailbox.

    `tokens_known_at` is where it asks whose an OAuth token is; without it takes none.
    """

    def __init__(self, folder: Path, *, fsync: str = "never", tokens_known_at: str = "") -> None:
        self.folder = folder
        self._tokens_known_at = tokens_known_at
        self.imap, self.lmtp = _free_port(), _free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self._fsync = fsync
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "mail").mkdir(exist_ok=True)

    def start(self) -> None:
        uid, gid = (NOBODY, NOBODY) if os.getuid() == 0 else (os.getuid(), os.getgid())
        settings = self.folder / "dovecot.conf"
        oauth = OAUTH.format(folder=self.folder) if self._tokens_known_at else ""
        if oauth:
            asks = INTROSPECTION.format(address=self._tokens_known_at)
            (self.folder / "oauth.conf").write_text(asks)
        settings.write_text(
            SETTINGS.format(
                folder=self.folder,
                account=pwd.getpwuid(uid).pw_name,
                group=grp.getgrgid(gid).gr_name,
                uid=uid,
                gid=gid,
                imap=self.imap,
                lmtp=self.lmtp,
                fsync=self._fsync,
                password=PASSWORD,
                oauth=oauth,
                mechanisms=" xoauth2" if oauth else "",
            )
        )
        command = [PROGRAM, "-F", "-c", str(settings)]
        if os.getuid() == 0:
            for path in [self.folder, *self.folder.rglob("*")]:
                os.chown(path, uid, gid)
            command = ["setpriv", f"--reuid={uid}", f"--regid={gid}", "--clear-groups", *command]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        self._wait_until_it_answers()

    def stop(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.send_signal(signal.SIGTERM)
            process.wait(STARTS_WITHIN_SECONDS)

    def put(self, *raws: bytes, into: str = "INBOX", user: str = ADDRESS) -> None:
        """As they are, byte for byte."""
        with self.signed_in(user) as client:
            for raw in raws:
                answer, _words = client.append(into, None, None, raw)  # type: ignore[arg-type]
                assert answer == "OK", answer

    @contextmanager
    def signed_in(self, user: str = ADDRESS) -> Iterator[imaplib.IMAP4]:
        client = imaplib.IMAP4("127.0.0.1", self.imap)
        client.login(user, PASSWORD)
        try:
            yield client
        finally:
            client.logout()

    def log(self) -> str:
        path = self.folder / "log"
        return path.read_text() if path.exists() else ""

    def _wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + STARTS_WITHIN_SECONDS
        while time.monotonic() < deadline:
            try:
                with self.signed_in("somebody@keepwell.example"):
                    return
            except (OSError, imaplib.IMAP4.error):
                if self._process is not None and self._process.poll() is not None:
                    break
                time.sleep(0.05)
        raise RuntimeError(f"Dovecot does not start: {self.log()}")


@contextmanager
def running(folder: Path, **given: str) -> Iterator[Dovecot]:
    server = Dovecot(folder, **given)
    server.start()
    try:
        yield server
    finally:
        server.stop()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
