"""The page that sets up a new installation, for whoever holds its key."""

from __future__ import annotations

import zoneinfo
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from keepwell.calendars.verbs.publishing import CalendarError
from keepwell.founding import first_run_key
from keepwell.founding.queries import is_founded
from keepwell.founding.terms import Terms
from keepwell.founding.verbs.founding import found
from keepwell.kit.refusals import Refused
from keepwell.people.actors import System


class FoundingForm(forms.Form):
    """What `Terms` asks, in the order a person can answer it."""

    vendor = forms.CharField(label=gettext_lazy("Your name, as customers know it"), max_length=100)
    sender = forms.EmailField(label=gettext_lazy("Mail address that answers leave from"))
    zone = forms.ChoiceField(label=gettext_lazy("Time zone of your support"))
    hours = forms.CharField(
        label=gettext_lazy("Support hours"),
        initial="mon-fri 07:00-19:00",
        help_text=gettext_lazy("Days and times, such as: mon-thu 08:00-18:00, fri 08:00-15:00"),
    )
    country = forms.CharField(
        label=gettext_lazy("Country whose public holidays you close on"),
        required=False,
        max_length=2,
        help_text=gettext_lazy("Two letters, such as US. Empty: none; you can add days later."),
    )
    subdivision = forms.CharField(
        label=gettext_lazy("State or region in it"),
        required=False,
        max_length=8,
        help_text=gettext_lazy("Such as TX. Empty: the whole country."),
    )
    administrator_name = forms.CharField(label=gettext_lazy("Your own name"), max_length=200)
    administrator_email = forms.EmailField(label=gettext_lazy("Your own mail address, to sign in with"))
    password = forms.CharField(
        label=gettext_lazy("A password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=gettext_lazy("Twelve characters at least; several words are easy to remember."),
    )

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        names = sorted(name for name in zoneinfo.available_timezones() if "/" in name or name == "UTC")
        self.fields["zone"].choices = [("", ""), *((name, name) for name in names)]  # type: ignore[attr-defined]

    def found(self) -> bool:
        """Sets the installation up; else says beside each field what is wrong with it."""
        try:
            found(Terms(**self.cleaned_data), by=System("first-run"))
        except ValidationError as error:
            self.add_error(None, error)
        except CalendarError as error:
            self.add_error("hours", str(error))
        except Refused as refusal:
            self.add_error(None, str(refusal))
        return not self.errors


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def first_run(request: HttpRequest) -> HttpResponse:
    """GET shows what is asked, POST sets up. Without the key, or once it is founded: 404."""
    key = request.POST.get("key") or request.GET.get("key", "")
    if not first_run_key.opens(key) or is_founded():
        raise Http404
    form = FoundingForm(request.POST or None)
    if form.is_valid() and form.found():
        first_run_key.throw_away()
        messages.success(request, _("Everything is set up. Sign in with your address and password."))
        return redirect("account_login")
    return render(request, "public/first_run.html", {"form": form, "key": key}, status=_status(form))


def _status(form: FoundingForm) -> int:
    return 422 if form.is_bound else 200
