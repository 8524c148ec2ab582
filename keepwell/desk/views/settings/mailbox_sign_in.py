"""A mailbox is signed in to at Microsoft 365 or Google: registered here, consented to there."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from keepwell.channels.email.signing_in.asking import consent_to
from keepwell.channels.email.verbs.signing_in import accept_consent, sign_in_at
from keepwell.channels.models import MailSignIn
from keepwell.desk.access import needs, reader
from keepwell.desk.filling import done, posted
from keepwell.desk.forms.mailboxes import ServerForm, SignInForm
from keepwell.desk.views.settings.mailboxes import PERMIT, account_of, back_to, mailbox_page, mailbox_with
from keepwell.kit.refusals import Refused
from keepwell.kit.toasting import say_next

ASKED = "mailbox_consent"


@require_POST
@needs(PERMIT)
def mailbox_sign_in(request: HttpRequest, pk: int) -> HttpResponse:
    """What the provider calls this installation is kept; somebody still has to consent there."""
    found = mailbox_with(pk)
    account = account_of(found)
    form = SignInForm(posted(request), account=account)
    if done(form, lambda wanted: sign_in_at(found, form.wanted, by=reader(request))):
        say_next(request, _("Saved. Now sign in there, so that the mailbox can be looked into."))
        return redirect("desk:mailbox", pk=pk)
    return mailbox_page(request, found, ServerForm(account=account), sign_in_form=form)


@require_safe
@needs(PERMIT)
def mailbox_consent(request: HttpRequest, pk: int) -> HttpResponse:
    """Leads to where somebody consents, and remembers that this browser was sent there."""
    sign_in = get_object_or_404(MailSignIn.objects.select_related("account"), account__mailbox=pk)
    consent = consent_to(sign_in, back_to=back_to())
    request.session[ASKED] = {"mailbox": pk, "state": consent.state, "verifier": consent.verifier}
    return redirect(consent.address)


@require_safe
@needs(PERMIT)
def mailbox_consented(request: HttpRequest) -> HttpResponse:
    """Where the provider leads back to, with what it gives for the consent, or with why it gives nothing."""
    asked = request.session.pop(ASKED, None)
    if asked is None or not constant_time_compare(asked["state"], request.GET.get("state", "")):
        say_next(request, _("Nobody was sent there from here. Nothing was changed; sign in once more."))
        return redirect("desk:mailboxes")
    sign_in = get_object_or_404(
        MailSignIn.objects.select_related("account"), account__mailbox=asked["mailbox"]
    )
    say_next(request, _answered(request, sign_in, asked["verifier"]))
    return redirect("desk:mailbox", pk=asked["mailbox"])


def _answered(request: HttpRequest, sign_in: MailSignIn, verifier: str) -> str:
    name = sign_in.get_provider_display()
    code = request.GET.get("code", "")
    if not code:
        why = request.GET.get("error_description") or request.GET.get("error", "")
        return _("%(name)s did not let us in: %(why)s") % {"name": name, "why": why[:300]}
    try:
        accept_consent(sign_in, code, verifier=verifier, back_to=back_to(), by=reader(request))
    except Refused as refusal:
        return str(refusal)
    return _("Signed in at %(name)s. The mailbox is looked into within a minute.") % {"name": name}
