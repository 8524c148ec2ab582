"""The product's settings, and the bare view's address and template beside them."""

from pathlib import Path

from keepwell.config.settings import *  # noqa: F403
from keepwell.config.settings import TEMPLATES

ROOT_URLCONF = "prove.bench_site.urls"
TEMPLATES[0]["DIRS"] = [*TEMPLATES[0].get("DIRS", []), Path(__file__).parent / "templates"]
