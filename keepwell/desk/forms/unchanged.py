"""Words that somebody else may save meanwhile: neither his nor what was typed here is lost."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class UnchangedForm(forms.Form):
    """Sends along what its texts were when it was shown. If they are others by now, it is told, once."""

    texts: Sequence[str] = ()
    was = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        self._now = {name: initial[name] or "" for name in self.texts if name in self.fields}
        self.fields["was"].initial = self._stamp

    @property
    def _stamp(self) -> str:
        return hashlib.sha256(json.dumps(self._now, sort_keys=True).encode()).hexdigest()

    def clean(self) -> dict[str, Any]:
        filled: dict[str, Any] = super().clean() or self.cleaned_data
        was = filled.pop("was", "")
        others = [text for name, text in self._now.items() if text and text != filled.get(name)]
        if was and was != self._stamp and others:
            # Sent again, it is meant.
            again: Any = self.data
            self.data = again = again.copy()
            again["was"] = self._stamp
            raise ValidationError(
                _(
                    "Somebody has saved this here meanwhile: “%(words)s” What you wrote stands below and "
                    "is not saved: put both together, and save again."
                )
                % {"words": "” “".join(others)}
            )
        return filled
