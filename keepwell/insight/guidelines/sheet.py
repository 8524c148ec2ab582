"""A guideline's figures as a table, for a file: by name, as they are and not as they are written."""

from __future__ import annotations

from django.utils.translation import gettext as _

from keepwell.insight.guidelines.figures import figures_by_name
from keepwell.kit.tables import Table
from keepwell.service_levels.measuring import Figures


def figures_table(found: Figures) -> Table:
    """One row for each figure; shares are parts of one."""
    rows = [
        (figure.name, figure.words, figure.value, figure.about) for figure in figures_by_name(found).values()
    ]
    frame = [
        ("first_day", _("First day of the window"), found.window.first, ""),
        ("last_day", _("Last day of the window"), found.window.last, ""),
        ("as_of", _("As of"), found.as_of, ""),
    ]
    return Table((_("Name"), _("Figure"), _("Value"), _("What it is")), (*frame, *rows))
