"""Whether this version of Keepwell and the database fit together, and the database is whole."""

from __future__ import annotations

from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from keepwell.kit.condition import pending_migrations
from keepwell.operate.models import SetAside
from keepwell.operate.refusals import WordRefused


def refuse_newer_schema() -> None:
    """Errors: WordRefused if a newer version of Keepwell has changed this database."""
    unknown = unknown_migrations()
    if unknown:
        raise WordRefused(
            f"A newer version of Keepwell has changed this database ({unknown[0]}; {len(unknown)} steps in "
            "all). Nothing was changed now. Start that version, or restore a backup made with this one."
        )


def refuse_older_schema() -> None:
    """Errors: WordRefused if this version needs migrations that the database has not had."""
    missing = pending_migrations()
    if missing:
        raise WordRefused(
            f"The database is not at this version yet: {len(missing)} steps are missing, {missing[0]} first. "
            "Run `keepwell backup DIR` if there is data, then `keepwell migrate`."
        )


def refuse_half_loaded() -> None:
    """Errors: WordRefused while a load has indexes and constraints set aside."""
    if SetAside.objects.exists():
        raise WordRefused(
            "A load of this database was not finished: indexes and constraints are still set aside. Nothing "
            "was changed now. Run the same `keepwell load` again; it goes on where it stopped."
        )


def unknown_migrations() -> list[str]:
    """Steps that the database has had and this version does not know, as `app.step`, sorted."""
    loader = MigrationLoader(connection)
    known = {*loader.disk_migrations, *loader.graph.nodes}
    return sorted(
        f"{app}.{step}" for app, step in loader.applied_migrations if _is_news(app, (app, step), known)
    )


def _is_news(app: str, key: tuple[str, str], known: set[tuple[str, str]]) -> bool:
    ours = app.startswith("keepwell_") or app in {config.label for config in apps.get_app_configs()}
    return ours and key not in known
