"""How a slice joins the product when Django starts: by modules of agreed names."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig

# In this order: kinds of entries are declared before anything reacts to them.
JOINING = ("entries", "topics", "owners", "reactions", "checks", "obligations")


class SliceConfig(AppConfig):
    """Loads those of the agreed modules that the slice has; a missing file means that it has none."""

    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        for module in JOINING:
            if find_spec(f"{self.name}.{module}"):
                import_module(f"{self.name}.{module}")
