"""The addresses that customers write to, where their mail is fetched from, and whether it is."""

from __future__ import annotations

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from keepwell.channels.email.fetching.trying import Tried, try_it
from keepwell.channels.email.fetching.watched import DEAF_AFTER
from keepwell.channels.email.verbs import mailboxes as verbs
from keepwell.channels.email.verbs.fetching import fetch_anew
from keepwell.channels.models import Fetching, ImapAccount, Mailbox, MailHook, RemoteMail
from keepwell.desk.access import needs, reader
from keepwell.desk.filling import done, posted
from keepwell.desk.forms.brand import BrandChoiceForm
from keepwell.desk.forms.mailboxes import MailboxForm, ServerForm, SignInForm
from keepwell.kit import clock
from keepwell.kit.toasting import say_next

PERMIT = "settings.mailboxes"


@require_safe
@needs(PERMIT)
def mailboxes(request: HttpRequest) -> HttpResponse:
    rows = Mailbox.objects.select_related("imap").order_by("-is_in_use", "address")
    given = {
        "mailboxes": rows,
        "deaf_before": clock.now() - DEAF_AFTER,
        "hooks": MailHook.objects.order_by("provider"),
    }
    return render(request, "desk/settings/mailboxes.html", given)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(PERMIT)
def new_mailbox(request: HttpRequest) -> HttpResponse:
    form = MailboxForm(posted(request))
    if request.method == "POST" and done(
        form, lambda wanted: verbs.add_mailbox(**wanted, by=reader(request))
    ):
        added = Mailbox.objects.get(address__iexact=form.cleaned_data["address"])
        say_next(request, _("Added. Mail to it is taken from now on."))
        return redirect("desk:mailbox", pk=added.pk)
    trail = [(_("Mailboxes"), reverse("desk:mailboxes")), (_("New mailbox"), "")]
    given = {"form": form, "trail": trail}
    return render(request, "desk/settings/new_mailbox.html", given, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(PERMIT)
def mailbox(request: HttpRequest, pk: int) -> HttpResponse:
    """Where it is fetched from; posting changes that."""
    found = mailbox_with(pk)
    form = ServerForm(posted(request), account=account_of(found))
    if request.method == "POST" and done(
        form,
        lambda wanted: verbs.fetch_from(found, form.wanted, takes_from=form.takes_from, by=reader(request)),
    ):
        say_next(request, _("Saved. It is looked into within a minute; “Try it now” tells at once."))
        return redirect("desk:mailbox", pk=pk)
    return mailbox_page(request, found, form)


@require_POST
@needs(PERMIT)
def try_mailbox(request: HttpRequest, pk: int) -> HttpResponse:
    """What the server says, in words; nothing is fetched."""
    found = mailbox_with(pk)
    account = get_object_or_404(ImapAccount.objects.select_related("mailbox"), mailbox=found)
    return mailbox_page(request, found, ServerForm(account=account), tried=try_it(account))


@require_POST
@needs(PERMIT)
def mailbox_use(request: HttpRequest, pk: int) -> HttpResponse:
    do = verbs.put_into_use if request.POST.get("used") else verbs.put_out_of_use
    do(mailbox_with(pk), by=reader(request))
    return redirect("desk:mailbox", pk=pk)


@require_POST
@needs(PERMIT)
def mailbox_brand(request: HttpRequest, pk: int) -> HttpResponse:
    """Who answers what comes to it."""
    found = mailbox_with(pk)
    form = _brand_form(found, request.POST)
    if done(form, lambda _wanted: verbs.answer_as(found, form.wanted, by=reader(request))):
        say_next(request, _("Saved."))
        return redirect("desk:mailbox", pk=pk)
    return mailbox_page(request, found, ServerForm(account=account_of(found)), brand_form=form)


@require_POST
@needs(PERMIT)
def mail_again(request: HttpRequest, pk: int, mail: int) -> HttpResponse:
    """A mail that was given up is fetched again."""
    fetch_anew(get_object_or_404(_given_up(mailbox_with(pk)), pk=mail), by=reader(request))
    say_next(request, _("It is fetched again within a minute."))
    return redirect("desk:mailbox", pk=pk)


def mailbox_with(pk: int) -> Mailbox:
    """Errors: Http404."""
    return get_object_or_404(Mailbox.objects.select_related("imap__sign_in", "brand"), pk=pk)


def account_of(found: Mailbox) -> ImapAccount:
    """Where it is fetched from, or an empty one to fill in."""
    return getattr(found, "imap", None) or ImapAccount(mailbox=found, user=found.address)


def _brand_form(found: Mailbox, data: QueryDict | None = None) -> BrandChoiceForm:
    otherwise = _("That of the case's product")
    return BrandChoiceForm(data, chosen=found.brand, otherwise=otherwise)


def _given_up(found: Mailbox) -> QuerySet[RemoteMail]:
    return RemoteMail.objects.filter(account__mailbox=found, state=Fetching.GIVEN_UP).order_by("uid")


def mailbox_page(
    request: HttpRequest,
    found: Mailbox,
    form: ServerForm,
    *,
    tried: Tried | None = None,
    sign_in_form: SignInForm | None = None,
    brand_form: BrandChoiceForm | None = None,
) -> HttpResponse:
    """The page of one mailbox, with what was filled in."""
    account = account_of(found)
    at_provider = sign_in_form or SignInForm(account=account)
    spoken = brand_form or _brand_form(found)
    given = {
        "mailbox": found,
        "account": getattr(found, "imap", None),
        "sign_in": getattr(account, "sign_in", None),
        "sign_in_form": at_provider,
        "back_to": back_to(),
        "brand_form": spoken if spoken.is_a_choice else None,
        "brand_url": reverse("desk:mailbox_brand", args=[found.pk]),
        "form": form,
        "tried": tried,
        "given_up": _given_up(found)[:50],
        "deaf_before": clock.now() - DEAF_AFTER,
        "trail": [(_("Mailboxes"), reverse("desk:mailboxes")), (found.address, "")],
    }
    is_refused = form.errors or at_provider.errors or spoken.errors
    return render(request, "desk/settings/mailbox.html", given, status=422 if is_refused else 200)


def back_to() -> str:
    """What has to be entered at a provider as the address to lead back to."""
    return settings.KEEPWELL_URL + reverse("desk:mailbox_consented")
