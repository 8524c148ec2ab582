"""Letters to contacts: to one, to several one by one, and what is said in each."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from keepwell.conversations.words import Words
from keepwell.desk.access import needs, reader
from keepwell.desk.filling import Trail, done, posted
from keepwell.desk.forms.letters import AnswerForm, LetterForm, ManyLettersForm
from keepwell.desk.said import answered, said_in, take_back
from keepwell.desk.views.accounts.page import get_account
from keepwell.kit import markup
from keepwell.kit.paging import page
from keepwell.kit.toasting import say_next
from keepwell.people import permits
from keepwell.people.models import User
from keepwell.success.letters.models import Correspondence
from keepwell.success.letters.queries import WRITES, unanswered
from keepwell.success.letters.verbs.writing import NewLetter, write_on, write_to, write_to_each

PERMIT = "account.see"
METHODS = ["GET", "HEAD", "POST"]
ORDER = ("-begun_at", "-pk")
FEW = 10


@require_safe
@needs(WRITES)
def letters(request: HttpRequest) -> HttpResponse:
    """What the reader wrote, the newest first; ?whose=all is what anybody did."""
    who, shows_all = reader(request), request.GET.get("whose") == "all"
    rows = Correspondence.objects.visible_to(who).for_list()
    rows = rows if shows_all else rows.filter(begun_by=who)
    listed = page(rows, order=ORDER, cursor=request.GET.get("cursor", ""))
    return render(request, "desk/letters/list.html", {"page": listed, "shows_all": shows_all})


@require_http_methods(METHODS)
@needs(WRITES)
def new_letter(request: HttpRequest, pk: int) -> HttpResponse:
    """To one contact of the account."""
    account, who = get_account(request, pk), reader(request)
    form = LetterForm(posted(request), account=account, reader=who)
    back = reverse("desk:account_engagements", args=[pk])
    begun: list[Correspondence] = []

    def send(wanted: Any) -> None:
        begun.append(write_to(wanted["contact"], _letter(wanted), by=who))

    if _is_sent(request) and done(form, send):
        say_next(request, _("It leaves in a moment. The answer comes to this account."))
        return redirect("desk:letter", pk=begun[0].pk)
    trail = [(account.name, reverse("desk:account", args=[pk])), (_("Engagements"), back), (_("Write"), "")]
    return _page(request, form, title=_("Write to somebody"), back=back, trail=trail)


@require_http_methods(METHODS)
@needs(WRITES)
def letters_to_many(request: HttpRequest) -> HttpResponse:
    """To several contacts of the accounts that the reader looks after, each by himself."""
    who = reader(request)
    form = ManyLettersForm(posted(request), reader=who)
    back = reverse("desk:letters")
    begun: list[Correspondence] = []

    def send(wanted: Any) -> None:
        begun.extend(write_to_each(wanted["contacts"], _letter(wanted), by=who))

    if _is_sent(request) and done(form, send):
        count = len(begun)
        said = ngettext("%(count)s letter leaves.", "%(count)s letters leave one by one.", count)
        say_next(request, said % {"count": count})
        return redirect("desk:letters")
    trail = [(_("Letters"), back), (_("Write to several"), "")]
    return _page(request, form, title=_("Write to several, one by one"), back=back, trail=trail)


@require_safe
@needs(PERMIT)
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    return _thread(request, _get(request, pk))


@require_POST
@needs(WRITES)
def letter_answer(request: HttpRequest, pk: int) -> HttpResponse:
    found, who = _get(request, pk), reader(request)
    form = answered(request, lambda words: write_on(found, words, by=who))
    return _thread(request, found, form, status=422) if form else redirect("desk:letter", pk=pk)


@require_POST
@needs(WRITES)
def letter_undo(request: HttpRequest, pk: int, message: int) -> HttpResponse:
    take_back(request, _get(request, pk).conversation, message, reader(request))
    return redirect("desk:letter", pk=pk)


def today_card(who: User) -> dict[str, Any] | None:
    """What he was answered and has not answered since; None where there is nothing."""
    if not permits.may(who, WRITES):
        return None
    rows = list(unanswered(who)[:FEW])
    return {"letters": rows} if rows else None


def _letter(wanted: Any) -> NewLetter:
    return NewLetter(subject=wanted["subject"], words=Words(body=wanted["words"]))


def _is_sent(request: HttpRequest) -> bool:
    return request.method == "POST" and "look" not in request.POST


def _page(request: HttpRequest, form: forms.Form, *, title: str, back: str, trail: Trail) -> HttpResponse:
    looks = request.method == "POST" and "look" in request.POST and form.is_valid()
    given = {
        "form": form,
        "title": title,
        "back": back,
        "trail": trail,
        "looked_at": markup.html(form.cleaned_data["words"]) if looks else "",
        "reached": len(form.cleaned_data["contacts"]) if looks and "contacts" in form.fields else None,
    }
    return render(request, "desk/letters/new.html", given, status=422 if form.errors else 200)


def _thread(
    request: HttpRequest, found: Correspondence, form: AnswerForm | None = None, status: int = 200
) -> HttpResponse:
    account = found.account
    given = {
        "letter": found,
        **said_in(found.conversation, reader(request), form),
        "trail": [
            (account.name, reverse("desk:account", args=[account.pk])),
            (_("Engagements"), reverse("desk:account_engagements", args=[account.pk])),
            (str(found), ""),
        ],
    }
    return render(request, "desk/letters/page.html", given, status=status)


def _get(request: HttpRequest, pk: int) -> Correspondence:
    rows = Correspondence.objects.visible_to(reader(request))
    return get_object_or_404(rows.select_related("account", "contact", "conversation"), pk=pk)
