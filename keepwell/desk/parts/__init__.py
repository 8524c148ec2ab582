"""What the desk has, one module for each slice that joins: its `urlpatterns`, its entries in the registry."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from types import ModuleType


def all_parts() -> list[ModuleType]:
    """Every part, by name; reading one registers what it adds."""
    return [import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)]
