"""Mail providers that deliver to us: where each posts to, and whether it is heard."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from keepwell.channels.email.hooks.providers import PROVIDERS
from keepwell.channels.email.verbs.hooks import deliver_by, deliver_no_more
from keepwell.channels.models import DeliveredBy, MailHook
from keepwell.desk.access import needs, reader
from keepwell.desk.filling import FormPage, form_page, posted
from keepwell.desk.forms.mailboxes import HookForm
from keepwell.kit.toasting import say_next

PERMIT = "settings.mailboxes"
# What an address has to end with so that the provider posts the mail as it is.
ENDINGS = {DeliveredBy.MAILGUN: "mime"}


@require_http_methods(["GET", "HEAD", "POST"])
@needs(PERMIT)
def new_hook(request: HttpRequest) -> HttpResponse:
    page = FormPage(
        title=_("New provider"),
        back=reverse("desk:mailboxes"),
        done=_("Saved. Its page says which address to enter there."),
        about=_(
            "It delivers mail for the mailboxes that are in use here; one that is there gets the new secret."
        ),
        trail=[(_("Mailboxes"), reverse("desk:mailboxes")), (_("New provider"), "")],
    )
    return form_page(
        request, HookForm(posted(request)), page, lambda wanted: deliver_by(**wanted, by=reader(request))
    )


@require_safe
@needs(PERMIT)
def hook(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(MailHook, pk=pk)
    path = reverse("public:mail_hook", kwargs={"key": found.key})
    given = {
        "hook": found,
        "address": f"{settings.KEEPWELL_URL}{path}{ENDINGS.get(DeliveredBy(found.provider), '')}",
        "needs": PROVIDERS[found.provider].needs,
        "trail": [(_("Mailboxes"), reverse("desk:mailboxes")), (str(found), "")],
    }
    return render(request, "desk/settings/mail_hook.html", given)


@require_POST
@needs(PERMIT)
def remove_hook(request: HttpRequest, pk: int) -> HttpResponse:
    deliver_no_more(get_object_or_404(MailHook, pk=pk), by=reader(request))
    say_next(request, _("Removed. Nothing is taken at its address any more; what came stays."))
    return redirect("desk:mailboxes")
