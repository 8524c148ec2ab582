"""What is filled in about a promise that is watched."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from keepwell.conversations.models import Channel
from keepwell.customers.models import Account, Product
from keepwell.desk.forms.names import FreeName
from keepwell.service_levels.judging import SMALLEST
from keepwell.service_levels.models import Commitment, Guideline, GuidelineVersion
from keepwell.service_levels.models.guideline import LONGEST_ROLLING, WindowKind
from keepwell.service_levels.published import promise_words
from keepwell.service_levels.queries import promises_made
from keepwell.service_levels.verbs.guidelines import Watched, plain_name
from keepwell.staffing.queries import staff


class WatchNameForm(forms.Form):
    name = FreeName(
        Guideline.objects.filter(ended_at=None),
        help_text=_("As it is called in lists, mails and on Today."),
    )


class WatchForm(forms.Form):
    """Which promise, for whom, over which windows; and who hears when it burns."""

    promise = forms.ChoiceField(label=_("Promise"))
    product = forms.ModelChoiceField(
        label=_("Product"),
        queryset=Product.objects.order_by("name"),
        empty_label=_("All products"),
        required=False,
    )
    segment = forms.ChoiceField(label=_("Accounts"), required=False)
    channel = forms.ChoiceField(
        label=_("How they came"), choices=[("", _("All ways")), *Channel.choices], required=False
    )
    window = forms.ChoiceField(label=_("Figures for each"), choices=WindowKind)
    rolling_days = forms.IntegerField(
        label=_("How many days"),
        min_value=1,
        max_value=LONGEST_ROLLING,
        required=False,
        help_text=_("For the last days only."),
    )
    smallest = forms.IntegerField(
        label=_("Judge it from so many clocks on"),
        min_value=1,
        max_value=100_000,
        help_text=_("Below, figures are shown and not judged: of five cases nothing can be told."),
    )
    told = forms.MultipleChoiceField(
        label=_("Who is told when it burns"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("On Today and by mail. Nobody chosen: the leads."),
    )

    def __init__(self, data: Any, *, version: GuidelineVersion | None) -> None:
        super().__init__(data, initial=_initial(version))
        self._promises = {_key(one): one for one in promises_made()}
        choose = self.fields
        choose["promise"].choices = _grouped(self._promises)  # type: ignore[attr-defined]
        choose["segment"].choices = [("", _("All accounts")), *_segments()]  # type: ignore[attr-defined]
        choose["told"].choices = [(one.pk, one.name) for one in staff()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        is_rolling = said.get("window") == WindowKind.ROLLING
        if is_rolling and "rolling_days" in said and not said["rolling_days"]:
            self.add_error("rolling_days", _now("Say how many days."))
        return said

    def watched(self) -> Watched:
        said = self.cleaned_data
        promised = self._promises[said["promise"]]
        return Watched(
            policy=promised.version.policy,
            metric=promised.metric,
            severity=promised.severity,
            product=said["product"],
            segment=said["segment"],
            channel=said["channel"],
            window=said["window"],
            rolling_days=said["rolling_days"] or 0,
            smallest=said["smallest"],
            told=tuple(int(one) for one in said["told"]),
        )


def _key(promised: Commitment) -> str:
    return f"{promised.version.policy_id}-{promised.metric}-{promised.severity}"


def _grouped(promises: dict[str, Commitment]) -> list[tuple[str, list[tuple[str, str]]]]:
    """The choices by policy, each with what it says."""
    by_policy = groupby(promises.items(), key=lambda one: str(one[1].version.policy))
    return [(policy, [(key, _words(one)) for key, one in made]) for policy, made in by_policy]


def _words(promised: Commitment) -> str:
    return f"{plain_name(promised.metric, promised.severity)}: {promise_words(promised)}"


def _segments() -> list[tuple[str, str]]:
    segments = Account.objects.exclude(segment="").order_by("segment").values_list("segment", flat=True)
    return [(one, one) for one in segments.distinct()]


def _initial(version: GuidelineVersion | None) -> dict[str, Any]:
    if version is None:
        return {"window": WindowKind.MONTH, "smallest": SMALLEST}
    return {
        "promise": f"{version.policy_id}-{version.metric}-{version.severity}",
        "product": version.product_id,
        "segment": version.segment,
        "channel": version.channel,
        "window": version.window,
        "rolling_days": version.rolling_days or None,
        "smallest": version.smallest,
        "told": version.told,
    }
