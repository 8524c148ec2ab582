"""Where the embedded database of an installation is, worked out from KEEPWELL_VAR alone.

Settings, words and tests ask here, so that every process of an installation finds the same server
without being told. Only the standard library: settings are read before Django is there.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from keepwell.operate.embedded.account import Account, can_reach, server_account, we_are_root

DATABASE = ROLE = "keepwell"
SUPERUSER = "postgres"
PORT = "5432"  # the name of the socket only: nothing listens on TCP
OUT_OF_REACH = Path("/var/lib/keepwell")
SHORT_FOLDERS = Path("/tmp")  # a folder in it is checked to be ours and closed
# A socket has at most 103 characters on macOS, 107 on Linux; `/.s.PGSQL.5432` is 15 of them.
LONGEST_FOLDER = 103 - len("/.s.PGSQL.5432")

# A page's questions name the row first and then what stands beside it: that order is the right one. Weighing
# every other for the ten tables of a case takes PostgreSQL longer than the rest of it (2.1 ms, now 0.7).
AS_WRITTEN = "-c join_collapse_limit=4"


@dataclass(frozen=True, kw_only=True)
class Place:
    """The folder of one embedded server and what lies in it."""

    root: Path
    sockets: Path

    @property
    def data(self) -> Path:
        return self.root / "data"

    @property
    def programs(self) -> Path:
        return self.root / "programs"

    @property
    def log(self) -> Path:
        return self.root / "server.log"

    @property
    def pid_file(self) -> Path:
        return self.data / "postmaster.pid"

    @property
    def account(self) -> Account:
        return server_account(self.data)


def place_of(var: Path) -> Place:
    """The place of the installation whose data folder is `var`.

    It is `var/postgres`, unless we are root and the server's account cannot walk there (a folder under
    /root): then a folder of this installation under /var/lib/keepwell. Data that exists stays where it is.
    """
    root = _root_of(var)
    return Place(root=root, sockets=_sockets_of(root))


def is_elsewhere(place: Place, var: Path) -> bool:
    return place.root != var / "postgres"


def connection_settings(var: Path) -> dict[str, Any]:
    """Django's settings for the product's own role; nothing secret: who may open the socket may connect."""
    return {**_settings(place_of(var), ROLE, DATABASE), "OPTIONS": {"options": AS_WRITTEN}}


def superuser_parameters(place: Place, database: str = DATABASE) -> dict[str, str]:
    """libpq's parameters for maintenance and backup: the one role that is above the product's."""
    return {"host": str(place.sockets), "port": PORT, "user": SUPERUSER, "dbname": database}


def _settings(place: Place, role: str, database: str) -> dict[str, Any]:
    return {"NAME": database, "USER": role, "PASSWORD": "", "HOST": str(place.sockets), "PORT": PORT}


def _root_of(var: Path) -> Path:
    home = var / "postgres"
    if not we_are_root():
        return home
    away = OUT_OF_REACH / _short_name(var)
    if (away / "data").is_dir():
        return away
    return home if can_reach(server_account(home / "data"), var) else away


def _sockets_of(root: Path) -> Path:
    inside = root / "sockets"
    if len(bytes(inside)) <= LONGEST_FOLDER:
        return inside
    return SHORT_FOLDERS / f"keepwell-{_short_name(root)}"


def _short_name(folder: Path) -> str:
    return hashlib.sha256(bytes(folder)).hexdigest()[:12]
