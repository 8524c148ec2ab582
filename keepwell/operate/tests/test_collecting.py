"""Static files are collected when they changed, and only then."""

from pathlib import Path

import pytest

from keepwell.operate import collecting


@pytest.fixture
def folder(settings: object, tmp_path: Path) -> Path:
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "keepwell.kit.static_files.Storage"},
    }
    return settings.STATIC_ROOT


def test_every_file_a_page_asks_for_is_collected_with_its_hash(folder: Path) -> None:
    collecting.collect_static_files()
    assert list(folder.glob("kit/css/keepwell.*.css"))
    assert list(folder.glob("django_htmx/htmx*.min.*.js"))
    assert not (folder / "django_htmx" / "ext").exists()


def test_what_draws_charts_is_made_and_collected_and_found_by_its_hash(folder: Path) -> None:
    collecting.collect_static_files()
    [drawing] = folder.glob("kit/made/vega.*.js")
    [chart] = folder.glob("kit/js/chart.*.js")
    assert f'import("../made/{drawing.name}")' in chart.read_text(encoding="utf-8")


def test_a_second_time_nothing_is_done_until_something_changes(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    collecting.collect_static_files()
    calls: list[object] = []
    monkeypatch.setattr(collecting, "call_command", lambda *given, **_options: calls.append(given))
    collecting.collect_static_files()
    assert calls == []
    monkeypatch.setattr(collecting, "_sources", lambda: iter(["another file"]))
    collecting.collect_static_files()
    assert len(calls) == 1
