"""What a cell of a file refers to among what is there already."""

from __future__ import annotations

from django.utils.translation import gettext as _

from keepwell.contracts.models import Contract
from keepwell.customers.models import Account, Product
from keepwell.imports.columns import CellRefused, likely
from keepwell.people.models import User
from keepwell.staffing.models import Team
from keepwell.staffing.queries import staff


def find_account(number: str, name: str) -> Account | None:
    """The account of this customer number, else of this name; None if there is none.

    Errors: CellRefused if several have the name.
    """
    if number and (numbered := _with_number(number)):
        return numbered
    named = Account.objects.filter(name__iexact=" ".join(name.split()))
    if number:
        # Another one of this name that has a number of its own is another customer.
        named = named.filter(reference="")
    found = list(named[:2])
    if len(found) > 1:
        raise CellRefused(
            _("There are several accounts called '%(name)s'; say which by its customer number.")
            % {"name": name}
        )
    return found[0] if found else None


def _with_number(number: str) -> Account | None:
    # Said again that it is not empty: only then the index over numbers can answer.
    return Account.objects.filter(reference__iexact=number).exclude(reference="").first()


def account_called(word: str) -> Account:
    """The account of this customer number or name. Errors: CellRefused, with what may be meant."""
    found = find_account(word, "") or find_account("", word)
    if found:
        return found
    names = Account.objects.values_list("name", flat=True)
    raise not_known(_("Account"), word, likely(word, names))


def staff_member(email: str) -> User:
    """The one of our people with this address. Errors: CellRefused, with whom may be meant."""
    found = staff().filter(email__iexact=email).first()
    if found:
        return found
    raise not_known(_("Staff member"), email, likely(email, staff().values_list("email", flat=True)))


def team_called(name: str) -> Team:
    """Errors: CellRefused, with what may be meant."""
    teams = Team.objects.filter(is_active=True)
    found = teams.filter(name__iexact=name).first()
    if found:
        return found
    raise not_known(_("Team"), name, likely(name, teams.values_list("name", flat=True)))


def product_called(name: str) -> Product:
    """Errors: CellRefused, with what may be meant."""
    if found := Product.objects.filter(name__iexact=" ".join(name.split())).first():
        return found
    raise not_known(_("Product"), name, likely(name, Product.objects.values_list("name", flat=True)))


def contract_called(number: str) -> Contract:
    """Errors: CellRefused, with what may be meant."""
    if found := Contract.objects.filter(number__iexact=number).select_related("account").first():
        return found
    raise not_known(_("Contract"), number, likely(number, Contract.objects.values_list("number", flat=True)))


def not_known(what: str, word: str, close: str) -> CellRefused:
    """What is said of a word that names nothing here; `close` is what may be meant, "" for nothing."""
    values = {"what": what, "word": word[:60], "close": close}
    if close:
        return CellRefused(_("%(what)s '%(word)s' is not known; did you mean %(close)s?") % values)
    return CellRefused(_("%(what)s '%(word)s' is not known.") % values)
