"""What somebody wants to be told of: a box for each happening and way, and the hours."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from keepwell.notices.happenings import BESIDE_CASES, Happening, Way
from keepwell.notices.leaving import Digest
from keepwell.notices.models import DIGEST_WORDS, Wishes
from keepwell.notices.verbs.choosing import Chosen
from keepwell.notices.words import SAID, WAY_WORDS


class WallTimeField(forms.TimeField):
    """A time of day on the wall, to the minute."""

    widget = forms.TimeInput({"type": "time"}, format="%H:%M")


class NoticesForm(forms.Form):
    digest = forms.ChoiceField(
        label=_("Mail comes"),
        choices=DIGEST_WORDS,
        help_text=_(
            "What is urgent with a case of High waits for no gathering. What you read before is left out."
        ),
    )
    daily_at = WallTimeField(label=_("Once a day at"))
    quiet_from = WallTimeField(label=_("Quiet from"))
    quiet_until = WallTimeField(
        label=_("Quiet until"),
        help_text=_(
            "Nothing leaves for you in between, unless you are on call and a case of High asks for you."
        ),
    )

    def __init__(self, wishes: Wishes, data: Any = None) -> None:
        kept = {name: getattr(wishes, name) for name in ("digest", "daily_at", "quiet_from", "quiet_until")}
        super().__init__(data, initial=kept)
        for happening, ways in wishes.ways.items():
            for way in Way:
                words = str(WAY_WORDS[way])
                box = forms.BooleanField(label=words, required=False, initial=way in ways)
                self.fields[_name(happening, way)] = box

    @cached_property
    def groups(self) -> list[dict[str, Any]]:
        """Under a heading each: a line for each happening, what it is called, and its boxes."""
        beside = [happening for happening in SAID if happening in BESIDE_CASES]
        about = [happening for happening in SAID if happening not in BESIDE_CASES]
        return [
            {"words": _("Cases and mail"), "rows": [self._row(happening) for happening in about]},
            {"words": _("Accounts"), "rows": [self._row(happening) for happening in beside]},
        ]

    def _row(self, happening: Happening) -> dict[str, Any]:
        return {
            "words": SAID[happening].chosen_as,
            "boxes": [self[_name(happening, way)] for way in Way],
        }

    @property
    def chosen(self) -> Chosen:
        """What a valid form asks for."""
        filled = self.cleaned_data
        return Chosen(
            ways={
                happening: frozenset(way for way in Way if filled[_name(happening, way)])
                for happening in Happening
            },
            digest=Digest(filled["digest"]),
            daily_at=filled["daily_at"],
            quiet_from=filled["quiet_from"],
            quiet_until=filled["quiet_until"],
        )


def _name(happening: Happening, way: Way) -> str:
    return f"{happening.value}-{way.value}"
