from contextlib import ExitStack

import pytest
from django.db import IntegrityError, transaction

from keepwell.customers.details import AccountDetails
from keepwell.customers.models import Account, Lifecycle, MailDomain
from keepwell.customers.queries import (
    account_of_mail_domain,
    accounts_of_steward,
    current_stewards,
    visible_entries,
    with_all_below,
)
from keepwell.customers.refusals import AccountRefused, DomainRefused, StewardRefused, UnderItself
from keepwell.customers.verbs.editing import change_account, change_lifecycle, put_under
from keepwell.customers.verbs.mail_domains import add_mail_domain, remove_mail_domain, verify_mail_domain
from keepwell.customers.verbs.opening import open_account
from keepwell.customers.verbs.stewarding import appoint_steward, relieve_steward
from keepwell.journal.live import may_listen
from keepwell.journal.models import Entry
from keepwell.people.permits import NotPermitted
from tests import cast
from tests.waiting import at_the_same_time, until_somebody_waits

pytestmark = pytest.mark.django_db

CAST = cast.CAST


def kinds_about(noun, identity):
    return [entry.kind for entry in Entry.objects.about(noun, identity)]


def test_an_account_is_opened_with_what_is_known_of_it():
    account = open_account(
        "  Town of  Elm Falls ",
        AccountDetails(reference="C-17", time_zone="America/Chicago"),
        by=CAST,
        lifecycle=Lifecycle.LIVE,
    )
    assert (account.name, account.reference, account.lifecycle) == ("Town of Elm Falls", "C-17", "live")
    assert kinds_about("account", account.pk) == ["account.opened"]


@pytest.mark.parametrize("name", ["", "   ", "x" * 201])
def test_an_account_needs_a_name_of_reasonable_length(name):
    with pytest.raises(AccountRefused):
        open_account(name, by=CAST)
    assert not Account.objects.exists()


def test_a_time_zone_misspelt_is_refused_with_what_may_be_meant():
    with pytest.raises(AccountRefused, match=r"'Cental' is not known; did you mean US/Central\?"):
        open_account("Elm Falls", AccountDetails(time_zone="Cental"), by=CAST)


def test_a_customer_number_belongs_to_one_account_in_any_spelling():
    open_account("Elm Falls", AccountDetails(reference="C-17"), by=CAST)
    with pytest.raises(AccountRefused, match="Elm Falls has the customer number"):
        open_account("Oak Hill", AccountDetails(reference="c-17"), by=CAST)
    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.create(name="Oak Hill", reference="c-17", opened_at="2026-06-09T12:00Z")


def test_a_change_says_which_fields_and_no_change_is_no_news():
    account = open_account("Elm Falls", by=CAST)
    details = AccountDetails(segment="Small town")
    change_account(account, "Elm Falls", details, by=CAST)
    change_account(account, "Elm Falls", details, by=CAST)
    entries = list(Entry.objects.about("account", account.pk).of_kinds(("account.changed",)))
    assert [entry.facts for entry in entries] == [{"fields": ["segment"]}]


def test_an_account_keeps_its_own_number_when_it_is_changed():
    account = open_account("Elm Falls", AccountDetails(reference="C-17"), by=CAST)
    change_account(account, "Elm Falls Town", AccountDetails(reference="C-17"), by=CAST)
    account.refresh_from_db()
    assert account.name == "Elm Falls Town"


def test_a_lifecycle_is_recorded_with_where_it_came_from():
    account = open_account("Elm Falls", by=CAST)
    change_lifecycle(account, "leaving", by=CAST)
    change_lifecycle(account, "leaving", by=CAST)
    last = Entry.objects.about("account", account.pk).last()
    assert last.facts == {"from_state": "implementing", "to_state": "leaving"}
    with pytest.raises(ValueError, match="asleep"):
        change_lifecycle(account, "asleep", by=CAST)


def test_an_account_stands_under_another_with_all_below_it():
    county, town, water = (open_account(name, by=CAST) for name in ("County", "Town", "Water"))
    put_under(town, county, by=CAST)
    put_under(water, town, by=CAST)
    assert set(with_all_below(county)) == {county, town, water}
    put_under(town, None, by=CAST)
    assert set(with_all_below(county)) == {county}


def test_no_account_stands_under_itself_however_far_down():
    county, town, water = (open_account(name, by=CAST) for name in ("County", "Town", "Water"))
    put_under(town, county, by=CAST)
    put_under(water, town, by=CAST)
    for above in (water, town, county):
        with pytest.raises(UnderItself, match="cannot stand above it"):
            put_under(county, above, by=CAST)
    with pytest.raises(IntegrityError, match="under itself"), transaction.atomic():
        Account.objects.filter(pk=county.pk).update(parent=water)


@pytest.mark.django_db(transaction=True)
def test_two_moves_at_once_close_no_ring():
    county, town = (open_account(name, by=CAST) for name in ("County", "Town"))

    def move_the_other_way():
        put_under(Account.objects.get(pk=town.pk), Account.objects.get(pk=county.pk), by=CAST)

    with ExitStack() as meanwhile, transaction.atomic():
        put_under(county, town, by=CAST)
        came = meanwhile.enter_context(at_the_same_time(move_the_other_way))
        until_somebody_waits()
    assert [type(refusal) for refusal in came] == [UnderItself]
    assert list(Account.objects.filter(parent__isnull=False)) == [county]


def test_a_domain_says_nothing_before_it_is_verified():
    account = open_account("Elm Falls", by=CAST)
    domain = add_mail_domain(account, "@ElmFalls.example", by=CAST)
    assert account_of_mail_domain("new@elmfalls.example") is None
    verify_mail_domain(domain, by=CAST)
    verify_mail_domain(domain, by=CAST)
    assert account_of_mail_domain("New@ELMFALLS.example") == account
    remove_mail_domain(domain, by=CAST)
    assert account_of_mail_domain("new@elmfalls.example") is None
    assert kinds_about("account", account.pk) == [
        "account.opened",
        "mail_domain.added",
        "mail_domain.verified",
        "mail_domain.removed",
    ]


@pytest.mark.parametrize("domain", ["gmail.com", "Outlook.COM", "nonsense", "", "a b.example", "-x.example"])
def test_what_belongs_to_everybody_or_is_no_domain_is_refused(domain):
    account = open_account("Elm Falls", by=CAST)
    with pytest.raises(DomainRefused):
        add_mail_domain(account, domain, by=CAST)
    assert not MailDomain.objects.exists()


def test_a_domain_belongs_to_one_account():
    one, other = open_account("Elm Falls", by=CAST), open_account("Oak Hill", by=CAST)
    add_mail_domain(one, "elmfalls.example", by=CAST)
    with pytest.raises(DomainRefused, match="belongs to Elm Falls already"):
        add_mail_domain(other, "ELMFALLS.example", by=CAST)


def test_one_person_of_a_kind_looks_after_an_account_at_a_time():
    account = cast.elm_falls()
    sam, alma, lea = cast.sam_the_success_manager(), cast.alma_the_account_manager(), cast.lea_the_lead()
    appoint_steward(account, sam, "success", by=CAST)
    appoint_steward(account, alma, "account", by=CAST)
    appoint_steward(account, lea, "success", by=CAST)
    appoint_steward(account, lea, "success", by=CAST)
    assert {(one.user, one.kind) for one in current_stewards(account)} == {
        (lea, "success"),
        (alma, "account"),
    }
    assert not accounts_of_steward(sam).exists()
    assert account.stewardships.get(user=sam).to_at is not None
    relieve_steward(account, "account", by=CAST)
    assert [one.user for one in current_stewards(account)] == [lea]


def test_a_customer_looks_after_no_account_of_ours():
    with pytest.raises(StewardRefused):
        appoint_steward(cast.elm_falls(), cast.dana_at_elm_falls(), "success", by=CAST)


@pytest.mark.parametrize("person", [cast.maria_the_specialist, cast.carl_the_administrator_of_elm_falls])
def test_whoever_may_not_edit_accounts_changes_nothing(person):
    account, actor = cast.elm_falls(), person()
    with pytest.raises(NotPermitted):
        change_lifecycle(account, "left", by=actor)
    account.refresh_from_db()
    assert account.lifecycle == "live"


def test_customers_read_of_their_account_what_is_for_them_and_others_nothing():
    account, sam = cast.elm_falls(), cast.sam_the_success_manager()
    appoint_steward(account, sam, "success", by=CAST)
    change_lifecycle(account, "leaving", by=CAST)

    def read_by(person):
        return [entry.kind for entry in visible_entries(person, account)]

    assert "account.lifecycle_changed" in read_by(cast.maria_the_specialist())
    assert read_by(cast.carl_the_administrator_of_elm_falls()) == ["steward.appointed"]
    assert read_by(cast.nora_of_another_town()) == []


def test_staff_hear_of_every_account_and_customers_of_what_they_may_see():
    account, maria = cast.elm_falls(), cast.maria_the_specialist()
    carl, nora = cast.carl_the_administrator_of_elm_falls(), cast.nora_of_another_town()
    assert may_listen(maria, f"account:{account.pk}")
    assert may_listen(maria, "accounts:0")
    for person in (carl, nora):
        assert not may_listen(person, f"account:{account.pk}")
        assert not may_listen(person, "accounts:0")
    assert may_listen(carl, f"portal_account:{account.pk}")
    assert not may_listen(nora, f"portal_account:{account.pk}")
