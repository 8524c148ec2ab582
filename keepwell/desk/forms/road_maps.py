"""What is filled in about road maps."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from keepwell.contracts.money import cents_of, is_currency
from keepwell.customers.models import Account, Contact
from keepwell.people.models import User
from keepwell.staffing.queries import staff
from keepwell.success.engagements.models import Action
from keepwell.success.road_maps.models import ActionItem, Goal, Milestone, RoadMap, Template
from keepwell.success.road_maps.models.action_item import SIDES
from keepwell.success.road_maps.models.action_item import STATES as ACTION_STATES
from keepwell.success.road_maps.models.goal import CATEGORIES, PRIORITIES
from keepwell.success.road_maps.models.goal import STATES as GOAL_STATES
from keepwell.success.road_maps.models.measure import DIRECTIONS
from keepwell.success.road_maps.states import action_may_go, goal_may_go
from keepwell.success.road_maps.wanted import ActionWords, GoalWords, MeasureWords, MilestoneWords, Worth
from keepwell.usage.wording import SHOWN

SHARED = _("The customer sees it, once you share the next version")


def _day(**given: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput({"type": "date"}), **given)


def _text(rows: int, **given: Any) -> forms.CharField:
    return forms.CharField(max_length=4000, widget=forms.Textarea({"rows": rows}), **given)


def _people_of(account: Account) -> Any:
    living = Contact.objects.filter(account=account, erased_at__isnull=True, merged_into__isnull=True)
    return living.prefetch_related("addresses")


class RoadMapForm(forms.Form):
    vision = _text(4, label=_("What it is all for"), required=False, help_text=_("In the customer's words."))
    horizon_on = _day(label=_("Until when"))


class NewRoadMapForm(forms.Form):
    """From a template, or from nothing; then it needs its horizon."""

    template = forms.ModelChoiceField(
        label=_("Begin with"),
        queryset=Template.objects.filter(is_active=True),
        required=False,
        empty_label=_("An empty one"),
        help_text=_("A template brings goals, measures, milestones and actions, its vision and its horizon."),
    )
    vision = _text(4, label=_("What it is all for"), required=False, help_text=_("In the customer's words."))
    horizon_on = _day(label=_("Until when"), required=False)

    def clean(self) -> dict[str, Any]:
        wanted: dict[str, Any] = super().clean() or {}
        if not wanted.get("template") and not wanted.get("horizon_on") and "horizon_on" not in self.errors:
            self.add_error("horizon_on", _("Say until when it goes."))
        return wanted


class TemplateForm(forms.Form):
    name = forms.CharField(label=_("What it is called"), max_length=120)


class GoalForm(forms.Form):
    """A goal in the customer's words, and who stands behind it on either side."""

    statement = forms.CharField(
        label=_("Goal"), max_length=300, help_text=_("As the customer says it: what will be different.")
    )
    why = _text(3, label=_("Why"), required=False)
    category = forms.ChoiceField(label=_("Kind"), choices=CATEGORIES, initial="other")
    priority = forms.TypedChoiceField(label=_("Priority"), choices=PRIORITIES, coerce=int, initial=2)
    vendor_owner = forms.ModelChoiceField(
        label=_("Owner on our side"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Nobody yet"),
    )
    customer_owner = forms.ModelChoiceField(
        label=_("Owner on their side"),
        queryset=Contact.objects.none(),
        required=False,
        empty_label=_("Nobody yet"),
        help_text=_("An active goal has an owner on either side."),
    )
    sponsor = forms.ModelChoiceField(
        label=_("Sponsor"), queryset=Contact.objects.none(), required=False, empty_label=_("Nobody yet")
    )
    is_shared = forms.BooleanField(label=SHARED, required=False)

    def __init__(self, data: Any = None, *, account: Account, goal: Goal | None = None) -> None:
        initial = {name: getattr(goal, name) for name in self.base_fields} if goal else {}
        super().__init__(data, initial=initial)
        fields: Any = self.fields
        fields["vendor_owner"].queryset = staff()
        fields["customer_owner"].queryset = fields["sponsor"].queryset = _people_of(account)

    def words(self) -> GoalWords:
        return GoalWords(**self.cleaned_data)


class GoalStateForm(forms.Form):
    """Where a goal can go from where it is."""

    state = forms.ChoiceField(label=_("It is now"), widget=forms.RadioSelect)

    def __init__(self, data: Any = None, *, goal: Goal) -> None:
        super().__init__(data, initial={"state": goal.state})
        ways = [
            (code, words)
            for code, words in GOAL_STATES
            if code == goal.state or goal_may_go(goal.state, code)
        ]
        self.fields["state"].choices = ways  # type: ignore[attr-defined]


class MeasureForm(forms.Form):
    name = forms.CharField(label=_("What is measured"), max_length=200)
    unit = forms.CharField(label=_("Unit"), max_length=40, required=False, help_text=_("Such as: days, %."))
    direction = forms.ChoiceField(label=_("Direction"), choices=DIRECTIONS)
    baseline = forms.DecimalField(label=_("It was"), max_digits=17, decimal_places=4)
    baseline_on = _day(label=_("Measured on"))
    target = forms.DecimalField(label=_("It is to be"), max_digits=17, decimal_places=4)
    target_on = _day(label=_("By"))
    metric = forms.ChoiceField(
        label=_("Read"),
        required=False,
        choices=[("", _("by hand")), *((said.name, said.words) for said in SHOWN.values())],
        help_text=_("What usage measures is read by itself every day; shares come in percent."),
    )

    def words(self) -> MeasureWords:
        return MeasureWords(**self.cleaned_data)


class ReadingForm(forms.Form):
    value = forms.DecimalField(label=_("It is"), max_digits=17, decimal_places=4)
    on = _day(label=_("On"))


class MilestoneForm(forms.Form):
    title = forms.CharField(label=_("Milestone"), max_length=200)
    due_on = _day(label=_("By"))
    goal = forms.ModelChoiceField(
        label=_("Of the goal"), queryset=Goal.objects.none(), required=False, empty_label=_("All of them")
    )
    is_shared = forms.BooleanField(label=SHARED, required=False)

    def __init__(self, data: Any = None, *, road_map: RoadMap, milestone: Milestone | None = None) -> None:
        super().__init__(data, initial=_as_it_is(self, milestone))
        self.fields["goal"].queryset = road_map.goals.all()  # type: ignore[attr-defined]

    def words(self) -> MilestoneWords:
        return MilestoneWords(**self.cleaned_data)


class OneActionForm(forms.Form):
    """Who does what until when."""

    title = forms.CharField(label=_("Action"), max_length=300)
    side = forms.ChoiceField(
        label=_("Who does it"), choices=SIDES, widget=forms.RadioSelect, initial="vendor"
    )
    owner_user = forms.ModelChoiceField(
        label=_("One of us"), queryset=User.objects.none(), required=False, empty_label=_("Nobody yet")
    )
    owner_contact = forms.ModelChoiceField(
        label=_("One of them"), queryset=Contact.objects.none(), required=False, empty_label=_("Nobody yet")
    )
    due_on = _day(label=_("By"), required=False)
    is_shared = forms.BooleanField(label=SHARED, required=False)

    def __init__(self, data: Any, *, account: Account, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        fields: Any = self.fields
        fields["owner_user"].queryset = staff()
        fields["owner_contact"].queryset = _people_of(account)

    def words(self) -> ActionWords:
        wanted = self.cleaned_data
        is_ours = wanted["side"] == "vendor"
        return ActionWords(
            title=wanted["title"],
            side=wanted["side"],
            owner=wanted["owner_user"] if is_ours else wanted["owner_contact"],
            goal=wanted.get("goal"),
            due_on=wanted.get("due_on"),
            is_shared=wanted["is_shared"],
        )


class ActionForm(OneActionForm):
    """On its road map; its day only for a new one, for later the day before is kept."""

    goal = forms.ModelChoiceField(
        label=_("For the goal"), queryset=Goal.objects.none(), required=False, empty_label=_("None of them")
    )
    waits_for = forms.ModelMultipleChoiceField(
        label=_("Waits for"),
        queryset=ActionItem.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    field_order = (
        "title",
        "side",
        "owner_user",
        "owner_contact",
        "goal",
        "due_on",
        "waits_for",
        "is_shared",
    )

    def __init__(self, data: Any = None, *, road_map: RoadMap, action: ActionItem | None = None) -> None:
        initial = _as_it_is(self, action, but=("waits_for",))
        if action:
            initial["waits_for"] = list(action.waits_for.values_list("other", flat=True))
        super().__init__(data, account=road_map.account, initial=initial)
        fields: Any = self.fields
        fields["goal"].queryset = road_map.goals.all()
        others = road_map.actions.exclude(state="dropped")
        fields["waits_for"].queryset = others.exclude(pk=action.pk) if action else others
        if action:
            del self.fields["due_on"]


class TakenUpForm(OneActionForm):
    """What was agreed in a meeting, as an action on the road map."""

    def __init__(self, data: Any = None, *, action: Action) -> None:
        initial = {
            "title": action.what[:300],
            "side": "vendor" if action.side == "ours" else "customer",
            "owner_user": action.user_id,
            "owner_contact": action.contact_id,
            "due_on": action.due_on,
            "is_shared": True,
        }
        super().__init__(data, account=action.engagement.account, initial=initial)


class ActionStateForm(forms.Form):
    """Where an action can go from where it is."""

    state = forms.ChoiceField(label=_("It is now"), widget=forms.RadioSelect)
    reason = _text(
        3,
        label=_("Why"),
        required=False,
        help_text=_("Needed where it is blocked, or need not wait after all."),
    )
    waives = forms.BooleanField(label=_("It need not wait for what is still open"), required=False)

    def __init__(self, data: Any = None, *, action: ActionItem) -> None:
        super().__init__(data)
        ways = [(code, words) for code, words in ACTION_STATES if action_may_go(action.state, code)]
        self.fields["state"].choices = ways  # type: ignore[attr-defined]


class DueForm(forms.Form):
    due_on = _day(label=_("Due on"), required=False)
    reason = _text(2, label=_("Why"), required=False)


class WorthForm(forms.Form):
    first_on = _day(label=_("From"))
    last_on = _day(label=_("To"))
    amount = forms.DecimalField(
        label=_("Amount"), min_value=Decimal("0.001"), max_digits=15, decimal_places=3
    )
    currency = forms.CharField(label=_("Currency"), max_length=3, initial="USD")
    method = _text(3, label=_("How it comes about"), help_text=_("Such as: 40 hours a month less at 38 USD."))
    evidence = _text(2, label=_("Where that can be seen"), required=False)

    def clean_currency(self) -> str:
        currency: str = self.cleaned_data["currency"].strip().upper()
        if not is_currency(currency):
            raise forms.ValidationError(_("A currency has three letters, such as USD or EUR."))
        return currency

    def clean(self) -> dict[str, Any]:
        wanted: dict[str, Any] = super().clean() or {}
        if "amount" in wanted and "currency" in wanted:
            try:
                wanted["amount_cents"] = cents_of(wanted["amount"], wanted["currency"])
            except ValueError:
                self.add_error("amount", _("That is finer than the currency is."))
        return wanted

    def worth(self) -> Worth:
        wanted = dict(self.cleaned_data)
        del wanted["amount"]
        return Worth(**wanted)


def _as_it_is(form: forms.Form, row: Any, *, but: tuple[str, ...] = ()) -> dict[str, Any]:
    return {name: getattr(row, name) for name in form.base_fields if name not in but} if row else {}
