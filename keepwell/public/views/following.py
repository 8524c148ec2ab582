"""Following one case with the code from our mail. Whether a number or an address exists is told to nobody."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from keepwell.cases.models import Case
from keepwell.channels.form.verbs.following import WrongCode, send_code, try_to_follow
from keepwell.channels.form.verbs.submitting import BY
from keepwell.channels.queries import address_to_follow
from keepwell.customers.models import Contact
from keepwell.kit import clock
from keepwell.kit.toasting import say_next
from keepwell.public.forms import CodeForm, NewCodeForm
from keepwell.public.limits import is_within

FOLLOWED = "followed"
LASTS_FOR = timedelta(hours=24)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest, number: int) -> HttpResponse:
    """Asks for the code; the right one opens this case in this browser for a day."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not is_within(request, "code", str(number)):
            form.add_error("code", _("That was often. Ask for a new code in an hour."))
        elif contact := _try(number, form):
            return _let_in(request, number, contact)
    status = 422 if form.errors else 200
    return render(request, "public/follow.html", _asked(number, form), status=status)


@require_POST
def new_code(request: HttpRequest, number: int) -> HttpResponse:
    """A new code goes to the address if it takes part; what is said is the same if it does not."""
    form = NewCodeForm(request.POST)
    if form.is_valid() and is_within(request, "new_code", form.cleaned_data["email"]):
        _send_if_theirs(number, form.cleaned_data["email"])
    say_next(
        request,
        _(
            "If that address takes part in the case, a new code is on its way there. "
            "Until one was entered it is one an hour."
        ),
    )
    return redirect("public:follow", number=number)


def _try(number: int, form: CodeForm) -> Contact | None:
    case = Case.objects.filter(number=number, is_spam=False).first()
    try:
        if case is None:
            raise WrongCode
        return try_to_follow(case, form.cleaned_data["code"])
    except WrongCode as wrong:
        form.add_error("code", str(wrong))
        return None


def _let_in(request: HttpRequest, number: int, contact: Contact) -> HttpResponse:
    case = Case.objects.get(number=number)
    request.session.cycle_key()
    until = clock.now() + LASTS_FOR
    request.session[FOLLOWED] = {"case": case.pk, "contact": contact.pk, "until": until.isoformat()}
    return redirect(f"/portal/cases/{number}/")


def _send_if_theirs(number: int, email: str) -> None:
    case = Case.objects.filter(number=number, is_spam=False).first()
    address = address_to_follow(case, email) if case else None
    if case and address:
        send_code(case, address, by=BY)


def _asked(number: int, form: CodeForm) -> dict[str, object]:
    return {"number": number, "form": form, "new_code": NewCodeForm()}
