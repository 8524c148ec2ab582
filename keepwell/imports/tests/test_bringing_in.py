import pytest

from keepwell.customers.models import Account, Contact, ContactRole, Module, Product
from keepwell.customers.queries import account_of_mail_domain, current_stewards
from keepwell.imports.bringing_in import KINDS, pattern, run
from keepwell.imports.queries import visible_entries
from keepwell.imports.report import Outcome
from keepwell.imports.tables import TableRefused
from keepwell.journal.models import Entry
from keepwell.people.models import Role, User
from keepwell.people.permits import NotPermitted
from keepwell.staffing.models import Skill, StaffProfile
from keepwell.staffing.queries import members
from tests import cast

pytestmark = pytest.mark.django_db

IMPORT = cast.System("import")
ACCOUNTS = """\
name,customer number,segment,region,time zone,lifecycle,parent,domains,csm
Elm Falls Water,C-2,Utility,Midwest,America/Chicago,live,C-1,,
Town of Elm Falls,C-1,Town,Midwest,US/Central,live,,elmfalls.example elm-falls.example,sam@vendor.example
Oak Hill,C-3,,,,,,,
"""
CONTACTS = """\
name;email;account;phone;mobile;language;roles;portal access
Dana Hughes;dana@elmfalls.example;C-1;555 010 1234;555 010 9999;en;user, champion;yes
Carl Jensen;carl@elmfalls.example;Town of Elm Falls;;;;administrator;yes
Old Records;;Oak Hill;555 010 7777;;;;
"""
PRODUCTS = "product,module\nRoadworks,Snow\nRoadworks,Signs\nWaterworks,\n"
STAFF = """\
name,email,roles,title,level,time zone,teams,products,languages
Maria Petersen,maria@vendor.example,specialist,First answers,1,America/Chicago,First level,Roadworks,en;es
Lea Novak,lea@vendor.example,lead;specialist,,2,,,,
"""


def apply(kind, text):
    return run(kind, text.encode(), is_applied=True, by=IMPORT)


def words_of(kind, text):
    report = run(kind, text.encode(), by=IMPORT)
    return [str(problem) for problem in report.problems]


@pytest.fixture
def accounts():
    cast.sam_the_success_manager()
    report = apply("accounts", ACCOUNTS)
    assert report.is_applied, report.sentences()
    return report


def test_a_trial_keeps_nothing_and_says_what_would_come():
    cast.sam_the_success_manager()
    before = Entry.objects.count()
    report = run("accounts", ACCOUNTS.encode(), by=IMPORT)
    assert report.outcomes == {Outcome.ADDED: 3}
    assert report.sentences() == [
        "3 new, 0 changed, 0 as they were.",
        "This was a trial: nothing was kept.",
    ]
    assert (Account.objects.count(), Entry.objects.count()) == (0, before)


def test_accounts_come_with_what_belongs_to_them(accounts):
    water, town = Account.objects.get(reference="C-2"), Account.objects.get(reference="C-1")
    assert water.parent == town
    assert (town.segment, town.time_zone, town.lifecycle) == ("Town", "US/Central", "live")
    assert account_of_mail_domain("x@elm-falls.example") == town
    assert [one.user.email for one in current_stewards(town)] == ["sam@vendor.example"]
    assert Account.objects.get(reference="C-3").lifecycle == "implementing"


@pytest.mark.parametrize("kind", ["accounts", "contacts", "products", "staff"])
def test_the_same_file_again_changes_nothing(accounts, kind):
    cast.team_at(1)
    text = {"accounts": ACCOUNTS, "contacts": CONTACTS, "products": PRODUCTS, "staff": STAFF}[kind]
    first = apply(kind, text)
    assert first.is_applied, first.sentences()
    before = set(Entry.objects.values_list("pk", flat=True))
    again = apply(kind, text)
    assert again.is_applied
    assert set(again.outcomes) == {Outcome.UNCHANGED}
    new = Entry.objects.exclude(pk__in=before)
    assert [entry.kind for entry in new] == ["import.applied"]


def test_an_empty_cell_leaves_what_is_there(accounts):
    report = apply("accounts", "name,customer number,region\nTown of Elm Falls,C-1,North\nOak Hill,,\n")
    town = Account.objects.get(reference="C-1")
    assert (town.region, town.segment) == ("North", "Town")
    assert report.outcomes == {Outcome.CHANGED: 1, Outcome.UNCHANGED: 1}


def test_a_customer_number_finds_an_account_that_changed_its_name(accounts):
    apply("accounts", "name,customer number\nCity of Elm Falls,c-1\n")
    assert Account.objects.get(reference="c-1").name == "City of Elm Falls"


def test_every_line_is_told_what_is_wrong_with_it(accounts):
    text = (
        "name,customer number,time zone,lifecycle,parent,mail domains,success manager\n"
        ",C-9,,,,,\n"
        "One,,Cental,,,,\n"
        "Two,,,liv,,,\n"
        "Three,,,,Elm Fals Water,,\n"
        "Four,,,,,gmail.com,\n"
        "Five,,,,,elmfalls.example,\n"
        "Six,,,,,,samm@vendor.example\n"
        "Seven,,,,,,,surplus\n"
        f"{'x' * 300},,,,,,\n"
        "Nine,,,,Nine,,\n"
    )
    told = words_of("accounts", text)
    assert [words.partition(". Nothing")[0].rstrip(".") for words in told] == [
        "line 2: The name is empty",
        "line 3: Time zone 'Cental' is not known; did you mean US/Central?",
        "line 4: Lifecycle 'liv' is not known; did you mean live?",
        "line 5: Account 'Elm Fals Water' is not known; did you mean Elm Falls Water?",
        "line 6: Anybody can have an address at gmail.com, so it belongs to no account",
        "line 7: elmfalls.example belongs to Town of Elm Falls already",
        "line 8: Staff member 'samm@vendor.example' is not known; did you mean sam@vendor.example?",
        "line 9: There is 1 cell more than the heading has; a text with a separator needs quotation marks",
        f"line 10: '{'x' * 40}…' is too long: 200 characters at most",
        "line 11: Nine stands under Nine, so it cannot stand above it",
    ]


def test_one_bad_line_keeps_the_good_ones_out():
    report = apply("accounts", "name,time zone\nElm Falls,UTC\nOak Hill,Nowhere/Land\n")
    assert not report.is_applied
    assert report.sentences()[-1] == "Nothing was kept: mend these lines and try again."
    assert not Account.objects.exists()


def test_two_accounts_of_one_name_need_their_number(accounts):
    cast.open_account("Springfield", by=IMPORT)
    cast.open_account("Springfield", by=IMPORT)
    told = words_of("accounts", "name,region\nSpringfield,North\n")
    assert "several accounts called 'Springfield'" in told[0]


def test_contacts_come_with_phones_roles_and_access(accounts):
    assert apply("contacts", CONTACTS).outcomes == {Outcome.ADDED: 3}
    dana = Contact.objects.get(addresses__email="dana@elmfalls.example")
    assert dana.account.reference == "C-1"
    assert {phone.kind for phone in dana.phones.all()} == {"office", "mobile"}
    current = ContactRole.objects.filter(contact=dana, to_at__isnull=True)
    assert {row.role for row in current} == {"user", "champion"}
    roles = {user.email: set(user.roles) for user in User.objects.filter(contact__isnull=False)}
    assert roles == {
        "dana@elmfalls.example": {Role.CUSTOMER_USER},
        "carl@elmfalls.example": {Role.CUSTOMER_ADMINISTRATOR},
    }


def test_contacts_are_told_what_is_wrong(accounts):
    text = (
        "name,email,account,phone,roles,portal access,language\n"
        ",,C-1,,,,\n"
        "Dana,not an address,,,,,\n"
        "Dana,,Elm Fals,,,,\n"
        "Dana,,,call me,,,\n"
        "Dana,,,,chmpion,,\n"
        "Dana,,,,,maybe,\n"
        "Dana,,,,,yes,\n"
        "Dana,d@elmfalls.example,,,administrator,,\n"
        "Dana,sam@vendor.example,C-1,,,yes,\n"
        "Dana,,,,,,a language of many words\n"
    )
    told = words_of("contacts", text)
    expected = [
        "Name and email are both empty",
        "is no mail address",
        "Account 'Elm Fals' is not known",
        "is no telephone number",
        "did you mean champion",
        "to be yes or no",
        "no mail address to send a code to",
        "no account to administer",
        "already signs in with sam@vendor.example",
        "is no language tag",
    ]
    assert len(told) == len(expected)
    for number, (words, part) in enumerate(zip(told, expected, strict=True), start=2):
        assert words.startswith(f"line {number}: ")
        assert part in words


def test_a_contact_whose_address_is_known_is_the_same_one(accounts):
    apply("contacts", CONTACTS)
    apply("contacts", "name,email,account\nDana Hughes-Kim,DANA@elmfalls.example,Oak Hill\n")
    dana = Contact.objects.get(addresses__email="dana@elmfalls.example")
    assert (dana.name, dana.account.name) == ("Dana Hughes-Kim", "Oak Hill")


def test_products_come_with_their_modules():
    assert apply("products", PRODUCTS).is_applied
    assert set(Product.objects.values_list("name", flat=True)) == {"Roadworks", "Waterworks"}
    assert set(Module.objects.values_list("name", flat=True)) == {"Snow", "Signs"}


def test_staff_come_with_level_teams_and_skills():
    team = cast.team_at(1)
    assert apply("staff", STAFF).outcomes == {Outcome.ADDED: 2}
    maria = User.objects.get(email="maria@vendor.example")
    profile = StaffProfile.objects.get(user=maria)
    assert (profile.title, profile.level, maria.time_zone) == ("First answers", 1, "America/Chicago")
    assert list(members(team)) == [maria]
    assert set(Skill.objects.values_list("kind", "value")) == {
        ("product", "Roadworks"),
        ("language", "en"),
        ("language", "es"),
    }
    assert set(User.objects.get(email="lea@vendor.example").roles) == {Role.LEAD, Role.SPECIALIST}


def test_staff_are_told_what_is_wrong():
    cast.team_at(1)
    cast.dana_at_elm_falls()
    text = (
        "name,email,roles,level,time zone,teams\n"
        ",a@vendor.example,lead,,,\n"
        "A,nonsense,lead,,,\n"
        "A,a@vendor.example,,,,\n"
        "A,a@vendor.example,speccialist,,,\n"
        "A,a@vendor.example,customer administrator,,,\n"
        "A,a@vendor.example,lead,4,,\n"
        "A,a@vendor.example,lead,,Berln,\n"
        "A,a@vendor.example,lead,,,Fist level\n"
        "Dana,dana@elmfalls.example,administrator,,,\n"
    )
    told = words_of("staff", text)
    expected = [
        "The name is empty",
        "is no mail address",
        "The roles are empty",
        "did you mean specialist",
        "Role 'customer administrator' is not known",
        "from 1 to 3",
        "did you mean Europe/Berlin",
        "Team 'Fist level' is not known; did you mean First level",
        "never was, one of our people",
    ]
    assert len(told) == len(expected)
    for words, part in zip(told, expected, strict=True):
        assert part in words


def test_only_administrators_bring_in_files_and_read_that_it_was_done():
    for actor in (cast.lea_the_lead(), cast.carl_the_administrator_of_elm_falls()):
        with pytest.raises(NotPermitted):
            run("products", PRODUCTS.encode(), is_applied=True, by=actor)
        assert not visible_entries(actor).exists()
    ada = cast.ada_the_administrator()
    assert run("products", PRODUCTS.encode(), is_applied=True, by=ada).is_applied
    assert visible_entries(ada).get().facts == {
        "kind": "products",
        "added": 2,
        "changed": 1,
        "unchanged": 0,
    }


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_the_pattern_of_a_kind_is_read_as_that_kind(kind):
    assert run(kind, pattern(kind).encode(), by=IMPORT).sentences()[0].startswith("0 new")


def test_a_file_of_another_kind_is_refused_as_a_whole():
    with pytest.raises(TableRefused, match="column 'email' is missing"):
        run("staff", ACCOUNTS.encode(), by=IMPORT)
