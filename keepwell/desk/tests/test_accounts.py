from __future__ import annotations

from datetime import date

import pytest

from keepwell.calendars.verbs.publishing import create_calendar
from keepwell.cases.new_case import NewCase
from keepwell.cases.verbs.opening import open_case
from keepwell.conversations.words import Words
from keepwell.customers.details import AccountDetails, DeploymentDetails
from keepwell.customers.lifetimes import Lifetime
from keepwell.customers.models import Account, Contact, Stewardship
from keepwell.customers.queries import contact_of
from keepwell.customers.verbs.adding import add_contact
from keepwell.customers.verbs.deploying import add_deployment
from keepwell.customers.verbs.opening import open_account
from keepwell.customers.verbs.products import add_product
from keepwell.customers.verbs.stewarding import appoint_steward
from keepwell.customers.verbs.versions import add_version
from keepwell.desk.tests.people import BY_TEST, person, queries_of, signed_in
from keepwell.people.models import Role, User
from keepwell.service_levels.reference import REFERENCE_COMMITMENTS, REFERENCE_HOURS
from keepwell.service_levels.verbs.policies import PolicyTerms, create_policy
from keepwell.usage.models import GroupFact
from keepwell.usage.verbs.sources import NewSource, add_source
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def promises(db):
    hours = create_calendar("Support hours", REFERENCE_HOURS, by=BY_TEST, is_default=True)
    terms = PolicyTerms(calendar=hours, commitments=REFERENCE_COMMITMENTS)
    create_policy("Guidelines", terms, by=BY_TEST, is_default=True)


@pytest.fixture
def sam():
    return signed_in(cast.sam_the_success_manager())


@pytest.fixture
def elm_falls() -> Account:
    return cast.elm_falls()


def towns(count: int, *, start: int = 0) -> None:
    steward = person(Role.SUCCESS_MANAGER, f"Steward {start}")
    product = add_product(f"Works {start}", by=BY_TEST)
    for number in range(start, start + count):
        details = AccountDetails(region="North", segment="City")
        account = open_account(f"Town {number:03}", details, by=BY_TEST)
        appoint_steward(account, steward, "success", by=BY_TEST)
        add_deployment(account, product, DeploymentDetails(version="1"), by=BY_TEST)


def cases(count: int) -> None:
    dana = cast.dana_at_elm_falls()
    contact = contact_of(dana)
    for number in range(count):
        words = Words(body="It stands still.", channel="portal")
        open_case(NewCase(subject=f"Case {number}", contact=contact, words=words), by=dana)


def test_the_list_costs_the_same_with_ten_accounts_and_with_twenty(sam):
    towns(10)
    ten = queries_of(sam, "/desk/accounts/")
    towns(10, start=10)
    assert queries_of(sam, "/desk/accounts/") == ten


@pytest.mark.parametrize("tab", ["", "cases/", "people/", "details/"])
def test_a_tab_costs_the_same_with_ten_rows_and_with_twenty(sam, elm_falls, tab):
    fill(elm_falls, 10)
    ten = queries_of(sam, f"/desk/accounts/{elm_falls.pk}/{tab}")
    fill(elm_falls, 10, start=10)
    assert queries_of(sam, f"/desk/accounts/{elm_falls.pk}/{tab}") == ten


def fill(account: Account, count: int, *, start: int = 0) -> None:
    cases(count)
    product = add_product(f"Product {start}", by=BY_TEST)
    for number in range(start, start + count):
        add_contact(f"Somebody {number}", email=f"s{number}@elmfalls.example", account=account, by=BY_TEST)
        add_deployment(account, product, DeploymentDetails(version=str(number)), by=BY_TEST)


def test_accounts_are_narrowed_by_the_address(sam, elm_falls):
    towns(2)
    assert "Town 001" in sam.get("/desk/accounts/?segment=City").content.decode()
    assert "Town 001" not in sam.get("/desk/accounts/?lifecycle=live").content.decode()
    assert "Town 001" in sam.get("/desk/accounts/?q=town+0").content.decode()
    steward = User.objects.get(name="Steward 0")
    listed = sam.get(f"/desk/accounts/?steward={steward.pk}").content.decode()
    assert "Town 001" in listed
    assert elm_falls.name not in listed


def test_a_filter_that_cannot_be_chosen_is_left_out(sam, elm_falls):
    page = sam.get("/desk/accounts/?steward=999999&lifecycle=' OR 1").content.decode()
    assert elm_falls.name in page


def test_pages_of_accounts_follow_one_another(sam):
    towns(60)
    first = sam.get("/desk/accounts/?q=town")
    assert "Town 059" not in first.content.decode()
    further = {"q": "town", "cursor": first.context["page"].next_cursor}
    assert "Town 059" in sam.get("/desk/accounts/", further).content.decode()


def test_no_customer_reads_the_desk_s_account(elm_falls):
    for customer in (cast.dana_at_elm_falls(), cast.nora_of_another_town()):
        client = signed_in(customer)
        for tab in ("", "timeline/", "cases/", "people/", "details/", "edit/"):
            assert client.get(f"/desk/accounts/{elm_falls.pk}/{tab}").status_code == 404


def test_the_timeline_tells_what_happened_by_day_and_who_did_it(sam, clock_at):
    clock_at("2026-11-23T15:00:00Z")
    elm_falls = cast.elm_falls()
    cases(1)
    page = sam.get(f"/desk/accounts/{elm_falls.pk}/").content.decode()
    assert "Today" in page
    assert "Case opened" in page
    assert "Dana Hughes" in page
    assert page.index("Case opened") < page.index("Account opened")


def test_the_timeline_can_be_narrowed_and_fetched_again(sam, elm_falls):
    cases(1)
    part = sam.get(f"/desk/accounts/{elm_falls.pk}/timeline/?about=cases").content.decode()
    assert "Case opened" in part
    assert "Account opened" not in part
    assert f'data-live="account:{elm_falls.pk}"' in part
    assert "<html" not in part


def test_the_timeline_goes_on_where_it_stopped(sam, elm_falls):
    cases(45)
    first = sam.get(f"/desk/accounts/{elm_falls.pk}/")
    older = first.context["timeline"].page.next_cursor
    response = sam.get(f"/desk/accounts/{elm_falls.pk}/", {"cursor": older})
    assert response.context["timeline"].days
    assert response.context["timeline"].page.previous_cursor


def test_an_account_is_opened_edited_and_moved(sam, elm_falls):
    wanted = {"name": "Port Avery", "lifecycle": "live", "segment": "City", "time_zone": "US/Central"}
    assert sam.post("/desk/accounts/new/", wanted).status_code == 302
    port = Account.objects.get(name="Port Avery")
    changed = {**wanted, "name": "City of Port Avery", "lifecycle": "leaving", "parent": elm_falls.pk}
    assert sam.post(f"/desk/accounts/{port.pk}/edit/", changed).status_code == 302
    port.refresh_from_db()
    assert (port.name, port.lifecycle, port.parent) == ("City of Port Avery", "leaving", elm_falls)


def test_an_account_under_itself_is_refused_above_the_form(sam, elm_falls):
    water = cast.elm_falls_water()
    wanted = {"name": elm_falls.name, "lifecycle": "live", "parent": water.pk}
    response = sam.post(f"/desk/accounts/{elm_falls.pk}/edit/", wanted)
    assert response.status_code == 422
    assert "cannot stand above it" in response.content.decode()
    elm_falls.refresh_from_db()
    assert elm_falls.parent is None


def test_an_account_without_a_name_is_refused_beside_the_field(sam):
    response = sam.post("/desk/accounts/new/", {"name": "", "lifecycle": "live"})
    assert response.status_code == 422
    assert response.context["form"].errors["name"]


def test_a_specialist_reads_accounts_and_edits_none(elm_falls):
    client = signed_in(cast.maria_the_specialist())
    assert client.get(f"/desk/accounts/{elm_falls.pk}/").status_code == 200
    assert client.get(f"/desk/accounts/{elm_falls.pk}/edit/").status_code == 403
    assert client.post("/desk/accounts/new/", {"name": "X", "lifecycle": "live"}).status_code == 403


def test_stewards_are_appointed_and_relieved(sam, elm_falls):
    alma = cast.alma_the_account_manager()
    sam.post(f"/desk/accounts/{elm_falls.pk}/stewards/", {"account": alma.pk})
    assert Stewardship.objects.get(account=elm_falls, to_at=None).user == alma
    sam.post(f"/desk/accounts/{elm_falls.pk}/stewards/", {})
    assert not Stewardship.objects.filter(account=elm_falls, to_at=None).exists()


def test_what_runs_there_is_added_changed_and_retired(sam, elm_falls):
    product = add_product("Works", by=BY_TEST)
    base = f"/desk/accounts/{elm_falls.pk}/deployments"
    sam.post(f"{base}/new/", {"product": product.pk, "environment": "production", "version": "12.4"})
    running = elm_falls.deployments.get()
    sam.post(f"{base}/{running.pk}/", {"environment": "test", "version": "12.5", "live_on": "2026-01-05"})
    running.refresh_from_db()
    assert (running.environment, running.version) == ("test", "12.5")
    sam.post(f"{base}/{running.pk}/retirement/")
    running.refresh_from_db()
    assert running.retired_at


def test_until_when_the_version_that_runs_there_is_supported_is_said_and_its_own_word_goes_first(
    sam, elm_falls
):
    product = add_product("Works", by=BY_TEST)
    add_version(product, "12.4", Lifetime(life_ends_on=date(2020, 5, 1)), by=BY_TEST)
    add_version(product, "13", Lifetime(life_ends_on=date(2090, 5, 1)), by=BY_TEST)
    add_deployment(elm_falls, product, DeploymentDetails(version="12.4", external_key="elm"), by=BY_TEST)
    details = f"/desk/accounts/{elm_falls.pk}/details/"
    page = sam.get(details).content.decode()
    assert "Ended on 1 May 2020" in page
    assert "what it says itself" not in page
    source, _key = add_source(NewSource(name="App", kind="segment", product=product), by=BY_TEST)
    GroupFact.objects.create(
        source=source, group_key="elm", name="version", day=date(2026, 1, 5), told_s=1, value="13.0"
    )
    page = sam.get(details).content.decode()
    assert "Supported until 1 May 2090" in page
    assert "what it says itself" in page
    assert "Ended on" not in page


def test_a_mail_domain_is_added_verified_and_removed(sam, elm_falls):
    base = f"/desk/accounts/{elm_falls.pk}/mail-domains"
    sam.post(f"{base}/new/", {"domain": "elm.example.org"})
    domain = elm_falls.mail_domains.get()
    sam.post(f"{base}/{domain.pk}/verification/")
    domain.refresh_from_db()
    assert domain.verified_at
    sam.post(f"{base}/{domain.pk}/removal/")
    assert not elm_falls.mail_domains.exists()


def test_a_domain_that_anybody_can_have_is_refused_in_words(sam, elm_falls):
    response = sam.post(f"/desk/accounts/{elm_falls.pk}/mail-domains/new/", {"domain": "gmail.com"})
    assert response.status_code == 422
    assert "belongs to no account" in response.content.decode()


def test_an_account_is_found_in_the_palette(sam, elm_falls):
    found = sam.get("/desk/palette.json", {"q": elm_falls.name[:6]}).json()["answers"]
    assert f"/desk/accounts/{elm_falls.pk}/" in [answer["href"] for answer in found]


def part(contact: Contact, name: str) -> str:
    return f"/desk/contacts/{contact.pk}/{name}/"


def test_a_contact_is_added_and_everything_known_of_him_edited(sam, elm_falls):
    wanted = {"name": "Fay Ito", "email": "fay@elmfalls.example"}
    sam.post(f"/desk/accounts/{elm_falls.pk}/people/new/", wanted)
    fay = Contact.objects.get(name="Fay Ito")
    sam.post(part(fay, "name"), {"name": "Fay Itō", "locale": "en"})
    sam.post(part(fay, "addresses"), {"email": "fay.ito@elmfalls.example"})
    sam.post(part(fay, "phones"), {"number": "+1 512 555 0100", "kind": "mobile"})
    sam.post(part(fay, "roles"), {"roles": ["champion"]})
    fay.refresh_from_db()
    assert fay.name == "Fay Itō"
    assert fay.addresses.count() == 2
    assert fay.phones.get().kind == "mobile"
    assert fay.roles.get(to_at=None).role == "champion"


def test_access_to_the_portal_is_given_and_withdrawn(sam, elm_falls):
    fay = add_contact("Fay Ito", email="fay@elmfalls.example", account=elm_falls, by=BY_TEST)
    sam.post(part(fay, "access"), {"role": "customer_administrator"})
    assert User.objects.get(email="fay@elmfalls.example").roles == {"customer_administrator"}
    sam.post(part(fay, "access"), {"role": ""})
    assert not User.objects.get(email="fay@elmfalls.example").is_active


def test_access_without_an_address_is_refused_in_words(sam, elm_falls):
    fay = add_contact("Fay Ito", account=elm_falls, by=BY_TEST)
    response = sam.post(part(fay, "access"), {"role": "customer_user"})
    assert response.status_code == 422
    assert "no mail address" in response.content.decode()


def test_two_contacts_become_one_and_the_old_page_leads_to_it(sam, elm_falls):
    fay = add_contact("Fay Ito", email="fay@elmfalls.example", account=elm_falls, by=BY_TEST)
    twice = add_contact("F. Ito", email="fito@elmfalls.example", account=elm_falls, by=BY_TEST)
    response = sam.post(part(twice, "merge"), {"email": "FAY@elmfalls.example"}, follow=True)
    assert "Fay Ito" in response.content.decode()
    assert fay.addresses.count() == 2


def test_merging_with_nobody_is_said_beside_the_field(sam, elm_falls):
    fay = add_contact("Fay Ito", account=elm_falls, by=BY_TEST)
    response = sam.post(part(fay, "merge"), {"email": "nobody@elmfalls.example"})
    assert response.status_code == 422
    assert "No contact has this address" in response.content.decode()


def test_only_who_may_erase_erases_and_the_name_is_typed(sam, elm_falls):
    fay = add_contact("Fay Ito", account=elm_falls, by=BY_TEST)
    assert sam.post(part(fay, "erasure"), {"confirmation": "Fay Ito"}).status_code == 403
    ada = signed_in(cast.ada_the_administrator())
    assert ada.post(part(fay, "erasure"), {"confirmation": "Fay"}).status_code == 422
    assert ada.post(part(fay, "erasure"), {"confirmation": "fay ito"}).status_code == 302
    assert "Erased person" in ada.get(f"/desk/contacts/{fay.pk}/").content.decode()


def test_an_address_is_made_the_one_written_to_and_removed(sam, elm_falls):
    fay = add_contact("Fay Ito", email="fay@elmfalls.example", account=elm_falls, by=BY_TEST)
    sam.post(part(fay, "addresses"), {"email": "second@elmfalls.example"})
    second = fay.addresses.get(email="second@elmfalls.example")
    sam.post(f"/desk/contacts/{fay.pk}/addresses/{second.pk}/primary/")
    second.refresh_from_db()
    assert second.is_primary
    sam.post(f"/desk/contacts/{fay.pk}/addresses/{second.pk}/removal/")
    assert fay.addresses.count() == 1


def test_a_contact_is_found_in_the_palette_by_either_name(sam, elm_falls):
    add_contact("Fay Ito", account=elm_falls, by=BY_TEST)
    for words in ("fay", "ito", "Fay Ito"):
        found = sam.get("/desk/palette.json", {"q": words}).json()["answers"]
        assert "Fay Ito" in [answer["label"] for answer in found]


def test_what_looks_like_a_pattern_is_taken_as_it_is_written(sam, elm_falls):
    for words in ("(", "[a", "\\", ".*", "a{"):
        assert sam.get("/desk/palette.json", {"q": words}).status_code == 200
