"""What is filled in about health."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from fractions import Fraction
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from keepwell.success.health.cards import Anchors, Band, Card, Measure
from keepwell.success.health.measures import MEASURES
from keepwell.success.health.models.band_override import SAID
from keepwell.success.health.models.roll_up import WAYS
from keepwell.success.health.telling import BAND_WORDS

RATINGS = [
    ("", ""),
    ("1", _("1: about to leave")),
    ("2", _("2: unhappy")),
    ("3", _("3: neither")),
    ("4", _("4: content")),
    ("5", _("5: would tell others")),
]


class OverrideForm(forms.Form):
    band = forms.ChoiceField(label=_("It is"), choices=[(band.value, BAND_WORDS[band]) for band in SAID])
    reason = forms.CharField(label=_("Why"), max_length=2000, widget=forms.Textarea({"rows": 3}))
    until = forms.DateField(
        label=_("Until"),
        widget=forms.DateInput({"type": "date"}),
        help_text=_("The last day on which it holds, within half a year."),
    )

    def clean_until(self) -> datetime:
        last: Any = self.cleaned_data["until"]
        return datetime.combine(last, time.max, UTC)


class RollUpForm(forms.Form):
    way = forms.ChoiceField(label=_("How they count"), choices=WAYS)


class SentimentForm(forms.Form):
    rating = forms.ChoiceField(label=_("How it stands"), choices=RATINGS)
    note = forms.CharField(
        label=_("Why"), max_length=2000, required=False, widget=forms.Textarea({"rows": 3})
    )


class ScorecardForm(forms.Form):
    """A card as a table: a measure a row, left out where its weight is empty; and where the bands begin.

    Shares are entered in percent, ages in days.
    """

    red_below = forms.DecimalField(label=_("Red below"), min_value=1, max_value=99)
    amber_below = forms.DecimalField(label=_("Amber below"), min_value=1, max_value=99)
    hysteresis = forms.DecimalField(
        label=_("Better only from so many points above"), min_value=0, max_value=30
    )
    least_coverage = forms.DecimalField(
        label=_("Say nothing below this part known, in percent"), min_value=0, max_value=100
    )

    def __init__(self, data: Any = None, *, card: Card) -> None:
        super().__init__(data, initial=_as_entered(card))
        for key, kind in MEASURES.items():
            self.fields.update(_fields_of(key, str(kind.words)))

    @property
    def rows(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Each measure's words with its fields, in the order of `PARTS`."""
        return [
            (str(kind.words), [self[f"{key}-{part}"] for part, _words in PARTS])
            for key, kind in MEASURES.items()
        ]

    @property
    def bands(self) -> list[forms.BoundField]:
        return [self[name] for name in ("red_below", "amber_below", "hysteresis", "least_coverage")]

    def clean(self) -> dict[str, Any]:
        entered: dict[str, Any] = super().clean() or self.cleaned_data
        for key in MEASURES:
            missing = [part for part in NUMBERS if entered.get(f"{key}-{part}") is None]
            if entered.get(f"{key}-weight") and missing:
                self.add_error(f"{key}-weight", _("Fill in the whole row, or leave the weight empty."))
        return entered

    def card(self) -> Card:
        """What was entered. Errors: CardRefused, in words, for what no score can be worked out by."""
        entered = self.cleaned_data
        return Card(
            measures={key: _measure(entered, key) for key in MEASURES if entered.get(f"{key}-weight")},
            red_below=Fraction(entered["red_below"]),
            amber_below=Fraction(entered["amber_below"]),
            hysteresis=Fraction(entered["hysteresis"]),
            least_coverage=Fraction(entered["least_coverage"]) / 100,
        )


PARTS = (
    ("weight", _("Weight")),
    ("zero", _("0 points at")),
    ("half", _("50 at")),
    ("full", _("100 at")),
    ("days", _("Good for days")),
    ("cap", _("While red, at most")),
)
NUMBERS = ("zero", "half", "full", "days")
CAPS = [("", _("no cap")), (Band.AMBER.value, BAND_WORDS[Band.AMBER]), (Band.RED.value, BAND_WORDS[Band.RED])]
DAY = timedelta(days=1)


def _fields_of(key: str, words: str) -> dict[str, forms.Field]:
    number = {"required": False, "max_digits": 7, "decimal_places": 2}
    fields: dict[str, forms.Field] = {
        f"{key}-{part}": forms.DecimalField(label=f"{words}: {said}", **number)  # type: ignore[arg-type]
        for part, said in PARTS[:4]
    }
    fields[f"{key}-weight"].min_value = 0  # type: ignore[attr-defined]
    fields[f"{key}-days"] = forms.IntegerField(
        label=f"{words}: {PARTS[4][1]}", required=False, min_value=1, max_value=400
    )
    fields[f"{key}-cap"] = forms.ChoiceField(label=f"{words}: {PARTS[5][1]}", required=False, choices=CAPS)
    return fields


def _scale(key: str) -> int:
    return 100 if MEASURES[key].written == "share" else 1


def _as_entered(card: Card) -> dict[str, Any]:
    entered: dict[str, Any] = {
        "red_below": float(card.red_below),
        "amber_below": float(card.amber_below),
        "hysteresis": float(card.hysteresis),
        "least_coverage": float(card.least_coverage * 100),
    }
    for key, measure in card.measures.items():
        if key in MEASURES:
            anchors = measure.anchors
            entered |= {
                f"{key}-weight": _plain(measure.weight * 100),
                f"{key}-zero": _plain(anchors.zero * _scale(key)),
                f"{key}-half": _plain(anchors.half * _scale(key)),
                f"{key}-full": _plain(anchors.full * _scale(key)),
                f"{key}-days": measure.good_for // DAY,
                f"{key}-cap": measure.caps_at or "",
            }
    return entered


def _plain(number: Fraction) -> str:
    return f"{float(number):g}"


def _measure(entered: Any, key: str) -> Measure:
    anchors = [Fraction(entered[f"{key}-{part}"]) / _scale(key) for part in ("zero", "half", "full")]
    return Measure(
        weight=Fraction(entered[f"{key}-weight"]) / 100,
        anchors=Anchors(zero=anchors[0], half=anchors[1], full=anchors[2]),
        good_for=entered[f"{key}-days"] * DAY,
        caps_at=Band(entered[f"{key}-cap"]) if entered[f"{key}-cap"] else None,
    )


class NewScorecardForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=100)
    segment = forms.CharField(
        label=_("Segment"), max_length=80, required=False, help_text=_("Empty: accounts of any segment.")
    )
    from_days = forms.IntegerField(label=_("Live for so many days at least"), min_value=0, max_value=36500)
