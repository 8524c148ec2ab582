"""Names that must be free."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _


class FreeName(forms.CharField):
    """A name that none of `rows` has, in any spelling of its letters; said beside the field."""

    def __init__(self, rows: QuerySet[Any], **given: Any) -> None:
        super().__init__(max_length=120, **{"label": _("Name"), **given})
        self.rows = rows

    def clean(self, value: Any) -> str:
        name = " ".join(str(super().clean(value)).split())
        if self.rows.all().filter(name__iexact=name).exists():
            raise forms.ValidationError(_("There is one of this name already."))
        return name
