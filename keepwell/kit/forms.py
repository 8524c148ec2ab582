"""How forms are written: label above, help below, the error beside what it is about, tied by aria."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.renderers import DjangoTemplates


class Renderer(DjangoTemplates):
    """`{{ form }}` and `{{ form.name.as_field_group }}` look like every other form of the house."""

    form_template_name = "kit/_form.html"
    field_template_name = "kit/_field.html"


class Explained(forms.RadioSelect):
    """A choice worth reading: each answer as a card with a line that explains it.

    `explanations` and `marks` (names of severities, drawn as bars) are keyed by the value of the choice.
    """

    template_name = "kit/_explained.html"

    def __init__(self, *, explanations: Mapping[str, Any], marks: bool = False, **given: Any) -> None:
        super().__init__(**given)
        self.explanations = explanations
        self.marks = marks

    def create_option(self, name: str, value: Any, *args: Any, **given: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **given)
        return {
            **option,
            "explanation": self.explanations.get(str(value), ""),
            "mark": self.marks and str(value),
        }
