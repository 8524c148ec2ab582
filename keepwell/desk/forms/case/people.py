"""Who works on it, whom the customer deals with, who takes part."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from keepwell.cases.levels import AT_LEVEL_3, LAST
from keepwell.cases.models import Case
from keepwell.conversations.models import Participant
from keepwell.customers.models import Contact
from keepwell.customers.queries import contacts_visible_to
from keepwell.people.models import User
from keepwell.people.permits import ROLE_PERMITS
from keepwell.staffing.models import Team
from keepwell.staffing.queries import staff, teams_at


def people_who_may(permit: str) -> QuerySet[User]:
    """Staff whose roles allow it, by name."""
    roles = [role for role, allowed in ROLE_PERMITS.items() if permit in allowed]
    return staff().filter(grants__role__in=roles)


def workers_at(level: int) -> QuerySet[User]:
    """Who may be given a case of this level."""
    workers = people_who_may("case.take_hand_off")
    return workers.filter(grants__role__in=AT_LEVEL_3) if level >= LAST else workers


class PersonField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj)


class AssignmentForm(forms.Form):
    to = PersonField(label=_("Works on it"), queryset=User.objects.none(), required=False)
    team = forms.ModelChoiceField(label=_("Team"), queryset=Team.objects.none(), required=False)

    def __init__(self, case: Case, who: User, data: Any = None) -> None:
        super().__init__(data, initial={"to": case.assignee_id or who.pk, "team": case.team_id})
        to: Any = self.fields["to"]
        to.queryset, to.empty_label = workers_at(case.level), _("Nobody: it waits in the team's list")
        team: Any = self.fields["team"]
        team.queryset, team.empty_label = teams_at(case.level), _("As it is")


class OwnerForm(forms.Form):
    to = PersonField(
        label=_("The customer deals with"),
        queryset=User.objects.none(),
        help_text=_("Who works on it just now stays as it is."),
    )

    def __init__(self, case: Case, data: Any = None) -> None:
        super().__init__(data, initial={"to": case.owner_id})
        to: Any = self.fields["to"]
        to.queryset = people_who_may("case.reply")


class ParticipantForm(forms.Form):
    contact = PersonField(
        label=_("Who is to take part"),
        queryset=Contact.objects.none(),
        help_text=_("Reads everything that was and is said with the customer; never a note."),
    )

    def __init__(self, case: Case, who: User, data: Any = None) -> None:
        super().__init__(data)
        contact: Any = self.fields["contact"]
        contact.queryset = _not_yet_there(case, who)


def _not_yet_there(case: Case, who: User) -> QuerySet[Contact]:
    there = Participant.objects.filter(conversation=case.conversation_id, removed_at__isnull=True)
    rows: Any = contacts_visible_to(who).filter(erased_at__isnull=True, merged_into__isnull=True)
    rows = rows.filter(account=case.account_id) if case.account_id else rows.filter(pk=case.contact_id)
    return rows.exclude(pk__in=there.values("contact")).prefetch_related("addresses").order_by("name", "pk")
