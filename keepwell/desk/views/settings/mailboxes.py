"""The addresses that customers write to, where their mail is fetched from, and whether it is."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from keepwell.channels.email.fetching.trying import Tried, try_it
from keepwell.channels.email.fetching.watched import DEAF_AFTER
from keepwell.channels.email.verbs import mailboxes as verbs
from keepwell.channels.email.verbs.fetching import fetch_anew
from keepwell.channels.models import Fetching, ImapAccount, Mailbox, RemoteMail
from keepwell.desk.access import needs, reader
from keepwell.desk.filling import done, posted
from keepwell.desk.forms.mailboxes import MailboxForm, ServerForm
from keepwell.kit import clock
from keepwell.kit.toasting import say_next

PERMIT = "settings.mailboxes"


@require_safe
@needs(PERMIT)
def mailboxes(request: HttpRequest) -> HttpResponse:
    rows = Mailbox.objects.select_related("imap").order_by("-is_in_use", "address")
    return render(
        request, "desk/settings/mailboxes.html", {"mailboxes": rows, "deaf_before": clock.now() - DEAF_AFTER}
    )


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
    found = _mailbox(pk)
    form = ServerForm(posted(request), account=_account(found))
    if request.method == "POST" and done(
        form,
        lambda wanted: verbs.fetch_from(found, form.wanted, takes_from=form.takes_from, by=reader(request)),
    ):
        say_next(request, _("Saved. It is looked into within a minute; “Try it now” tells at once."))
        return redirect("desk:mailbox", pk=pk)
    return _page(request, found, form)


@require_POST
@needs(PERMIT)
def try_mailbox(request: HttpRequest, pk: int) -> HttpResponse:
    """What the server says, in words; nothing is fetched."""
    found = _mailbox(pk)
    account = get_object_or_404(ImapAccount.objects.select_related("mailbox"), mailbox=found)
    return _page(request, found, ServerForm(account=account), tried=try_it(account))


@require_POST
@needs(PERMIT)
def mailbox_use(request: HttpRequest, pk: int) -> HttpResponse:
    do = verbs.put_into_use if request.POST.get("used") else verbs.put_out_of_use
    do(_mailbox(pk), by=reader(request))
    return redirect("desk:mailbox", pk=pk)


@require_POST
@needs(PERMIT)
def mail_again(request: HttpRequest, pk: int, mail: int) -> HttpResponse:
    """A mail that was given up is fetched again."""
    fetch_anew(get_object_or_404(_given_up(_mailbox(pk)), pk=mail), by=reader(request))
    say_next(request, _("It is fetched again within a minute."))
    return redirect("desk:mailbox", pk=pk)


def _mailbox(pk: int) -> Mailbox:
    return get_object_or_404(Mailbox.objects.select_related("imap"), pk=pk)


def _account(found: Mailbox) -> ImapAccount:
    """Where it is fetched from, or an empty one to fill in."""
    return getattr(found, "imap", None) or ImapAccount(mailbox=found, user=found.address)


def _given_up(found: Mailbox) -> QuerySet[RemoteMail]:
    return RemoteMail.objects.filter(account__mailbox=found, state=Fetching.GIVEN_UP).order_by("uid")


def _page(
    request: HttpRequest, found: Mailbox, form: ServerForm, *, tried: Tried | None = None
) -> HttpResponse:
    given = {
        "mailbox": found,
        "account": getattr(found, "imap", None),
        "form": form,
        "tried": tried,
        "given_up": _given_up(found)[:50],
        "deaf_before": clock.now() - DEAF_AFTER,
        "trail": [(_("Mailboxes"), reverse("desk:mailboxes")), (found.address, "")],
    }
    return render(request, "desk/settings/mailbox.html", given, status=422 if form.errors else 200)
