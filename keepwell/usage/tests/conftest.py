"""A source, deployments that it tells of, and a folder for its files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages

from keepwell.customers.details import DeploymentDetails
from keepwell.customers.models import Account, Deployment, Module
from keepwell.customers.verbs.deploying import add_deployment
from keepwell.customers.verbs.products import add_module, measure_module
from keepwell.usage.models import Source
from keepwell.usage.verbs.sources import NewSource, add_source
from tests import cast


@pytest.fixture(autouse=True)
def files_folder(settings: Any, tmp_path: Path) -> Iterator[Path]:
    """Files of a test are its own: the storage is made anew."""
    kept = {**settings.STORAGES}
    kept["attachments"] = {**kept["attachments"], "OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES = kept
    yield tmp_path / "files"
    storages._storages.clear()


@pytest.fixture
def snow(db: None) -> Module:
    module = add_module(cast.roadworks(), "Snow", by=cast.CAST)
    measure_module(module, ["Plow sent", "Salt spread"], 7, by=cast.CAST)
    return module


@pytest.fixture
def source(db: None, snow: Module) -> Source:
    new = NewSource(name="Field app", kind="segment", product=cast.roadworks())
    return add_source(new, by=cast.CAST)[0]


@pytest.fixture
def csv_source(db: None, snow: Module) -> Source:
    return add_source(NewSource(name="Files", kind="csv", product=cast.roadworks()), by=cast.CAST)[0]


@pytest.fixture
def town(snow: Module) -> Deployment:
    return deployed(cast.elm_falls(), "elm-falls", snow)


@pytest.fixture
def other_town(snow: Module) -> Deployment:
    return deployed(cast.another_town(), "another-town", snow)


def deployed(account: Account, key: str, *modules: Module) -> Deployment:
    details = DeploymentDetails(external_key=key, live_on=date(2026, 1, 5), modules=modules)
    return add_deployment(account, cast.roadworks(), details, by=cast.CAST)
