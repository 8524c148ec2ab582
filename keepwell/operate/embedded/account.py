"""The account that PostgreSQL runs under when Keepwell is started by root.

PostgreSQL refuses to run as root. We take the account that owns the data already, else `keepwell`,
`postgres` or `nobody`, whichever exists first: an account of its own named `keepwell` keeps the data
from every other program.
"""

from __future__ import annotations

import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CANDIDATES = ("keepwell", "postgres", "nobody")


@dataclass(frozen=True, kw_only=True)
class Account:
    name: str
    user_id: int
    group_id: int

    def popen_arguments(self) -> dict[str, Any]:
        """What `subprocess` needs to run as this account; nothing when we are that account already."""
        if self.user_id == os.geteuid():
            return {}
        return {"user": self.user_id, "group": self.group_id, "extra_groups": []}


def we_are_root() -> bool:
    return os.geteuid() == 0


def server_account(existing_data: Path) -> Account:
    """Who runs the server. `existing_data` need not exist; if it does, its owner keeps it."""
    if not we_are_root():
        return Account(name="", user_id=os.geteuid(), group_id=os.getegid())
    return _owner_of(existing_data) or _first_candidate()


def _owner_of(folder: Path) -> Account | None:
    if not folder.is_dir() or (owner := folder.stat().st_uid) == 0:
        return None
    try:
        return _account(pwd.getpwuid(owner))
    except KeyError:  # a container whose accounts changed under its volume
        return None


def _first_candidate() -> Account:
    for name in CANDIDATES:
        try:
            return _account(pwd.getpwnam(name))
        except KeyError:
            continue
    raise LookupError(f"This machine has none of the accounts {', '.join(CANDIDATES)}")


def _account(found: pwd.struct_passwd) -> Account:
    return Account(name=found.pw_name, user_id=found.pw_uid, group_id=found.pw_gid)


def can_reach(account: Account, folder: Path) -> bool:
    """Whether the account may walk to `folder`: every folder on the way lets it through."""
    above = [parent for parent in [folder, *folder.parents] if parent.exists()]
    return all(_lets_through(account, parent) for parent in above)


def _lets_through(account: Account, folder: Path) -> bool:
    found = folder.stat()
    if found.st_uid == account.user_id:
        return bool(found.st_mode & stat.S_IXUSR)
    if found.st_gid == account.group_id:
        return bool(found.st_mode & stat.S_IXGRP)
    return bool(found.st_mode & stat.S_IXOTH)
