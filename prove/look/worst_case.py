"""An installation at its worst: no name with a space in it, 200 messages, tables, every promise missed.

Everything comes in through the verbs, as it would from people who write like that.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from email import policy
from email.message import EmailMessage
from email.utils import formataddr

from django.core.files.base import ContentFile

from keepwell.cases.hand_off import HandOff
from keepwell.cases.models import Case
from keepwell.cases.new_case import NewCase
from keepwell.cases.resolution import Resolution
from keepwell.cases.verbs.assigning import Assignment, assign
from keepwell.cases.verbs.detailing import change_tags
from keepwell.cases.verbs.escalating import Destination, escalate
from keepwell.cases.verbs.noting import add_note
from keepwell.cases.verbs.opening import open_case
from keepwell.cases.verbs.receiving import customer_replies
from keepwell.cases.verbs.replying import Reply, reply
from keepwell.cases.verbs.resolving import resolve
from keepwell.cases.verbs.snoozing import snooze
from keepwell.cases.verbs.spam import mark_spam
from keepwell.channels.email.arrivals import Arrival
from keepwell.channels.email.verbs.hooks import deliver_by
from keepwell.channels.email.verbs.mailboxes import add_mailbox
from keepwell.channels.email.verbs.receiving import receive_mail
from keepwell.channels.email.verbs.signing_in import Registration, sign_in_at
from keepwell.channels.models import Mailbox, MailHook
from keepwell.conversations.verbs.releasing import release
from keepwell.conversations.verbs.writing import AT_ONCE
from keepwell.conversations.words import Words
from keepwell.customers.details import AccountDetails, DeploymentDetails
from keepwell.customers.models import Account, Contact, Deployment, Lifecycle
from keepwell.customers.verbs.adding import add_contact
from keepwell.customers.verbs.addressing import confirm_address
from keepwell.customers.verbs.deploying import add_deployment
from keepwell.customers.verbs.mail_domains import add_mail_domain
from keepwell.customers.verbs.opening import open_account
from keepwell.customers.verbs.phoning import add_phone
from keepwell.customers.verbs.portal_access import grant_portal_access
from keepwell.customers.verbs.products import add_module, add_product
from keepwell.customers.verbs.stewarding import appoint_steward
from keepwell.files.verbs.storing import store
from keepwell.notices.models import PushDevice
from keepwell.people.actors import System
from keepwell.people.models import Role, User
from keepwell.people.verbs.adding import add_person
from keepwell.service_levels.passing import fire_what_is_due
from keepwell.staffing.models import Team
from keepwell.staffing.verbs.profiling import set_profile
from keepwell.staffing.verbs.rotas import RotaTerms, set_rota
from keepwell.staffing.verbs.teaming import form_team, join_team
from prove.look.long_words import long
from prove.look.worst_asides import ask_outside_at_its_worst
from prove.look.worst_review import review_at_its_worst
from prove.look.worst_signals import watch_over_at_its_worst
from prove.look.worst_use import tell_at_its_worst

BY = System("prove")
ACCOUNTS = 30
CASES = 75
MESSAGES = 200
SEVERITIES = ("high", "normal", "low")
HAND_OFF = " ".join(["Verbindungsabbruch" * 12, "seit", "gestern", "mittags", "überall"])
TEXT = """It broke again, and {word}

| Parcel | Owner | Assessed value | Last inspection | District | Remarks |
|---|---|---:|---|---|---|
| 001-002-003-004-005-006-007 | {word} | 1,234,567,890.00 | 2026-01-31 | North-North-East | {word} |

```
ERROR {word} at https://gis.example/{word}?layer={word}&extent=-97.1234567,32.1234567
```

> He wrote: {word}

1. https://gis.example/{word}
2. **{word}**
"""


def make_it_worst(administrator: User, *, at: datetime) -> None:
    """Fills a founded installation, as of `at`; the first account's first case is the long one."""
    began_at = at - timedelta(days=40)
    staff = [_hire(number, began_at) for number in range(4)]
    deployments = [_serve(number, staff, began_at) for number in range(ACCOUNTS)]
    cases = [_ask(number, deployments[number % ACCOUNTS], began_at) for number in range(CASES)]
    _long_talk(cases[0], staff[0], administrator, began_at)
    _escalate_and_end(cases, staff, began_at)
    ask_outside_at_its_worst(cases[0], staff[0], at)
    review_at_its_worst(deployments[0], staff[0], at)
    _write(cases[0], staff, at)
    fire_what_is_due(at=at)
    watch_over_at_its_worst(administrator, at)
    tell_at_its_worst(deployments[0].product, deployments[0], at=at)


def _hire(number: int, at: datetime) -> User:
    user = add_person(
        name=long("Bundesbeauftragter", number, 200),
        email=f"{long('beauftragter', number, 60)}@vendor.example",
        roles=[Role.LEAD, Role.SPECIALIST, Role.CONSULTANT, Role.ENGINEER],
        by=BY,
        at=at,
    )
    level = 1 + number % 3
    set_profile(user, title=long("Sachbearbeitung", number, 120), level=level, by=BY, at=at)
    join_team(form_team(long("Mannschaft", number, 120), level=level, by=BY, at=at), user, by=BY, at=at)
    return user


def _serve(number: int, staff: list[User], at: datetime) -> Deployment:
    details = AccountDetails(
        reference=long("K", number, 64),
        segment=long("Segment", number, 80),
        region=long("Region", number, 80),
        time_zone="America/Argentina/ComodRivadavia",
    )
    name = long("Wasserversorgungszweckverband", number, 200)
    account = open_account(name, details, by=BY, at=at, lifecycle=Lifecycle.LIVE)
    add_mail_domain(account, f"{long('zweckverband', number, 60)}.example", by=BY, at=at)
    appoint_steward(account, staff[0], "success", by=BY, at=at)
    for person in range(3 if number else 12):
        _introduce(account, number * 100 + person, at)
    return _deploy(account, number, at)


def _introduce(account: Account, number: int, at: datetime) -> None:
    email = f"{long('geschaeftsfuehrung', number, 60)}@{'wasserwerk' * 6}.{'verband' * 7}.example"
    name = long("Geschäftsführerin", number, 200)
    contact = add_contact(name, email=email, account=account, by=BY, at=at)
    confirm_address(contact.addresses.get(), by=BY, at=at)
    add_phone(contact, f"+1 555 010 {number:04}", by=BY, at=at)
    grant_portal_access(contact, Role.CUSTOMER_ADMINISTRATOR, by=BY, at=at)


def _deploy(account: Account, number: int, at: datetime) -> Deployment:
    product = add_product(long("Liegenschaftskataster", number, 120), by=BY, at=at)
    modules = tuple(add_module(product, long("Teilflurstück", each, 120), by=BY, at=at) for each in range(5))
    version = long("10.20.30-build.", number, 60)
    return add_deployment(
        account,
        product,
        DeploymentDetails(version=version, modules=modules, external_key=f"werk-{number}"),
        by=BY,
        at=at,
    )


def _ask(number: int, deployment: Deployment, at: datetime) -> Case:
    contact = Contact.objects.filter(account=deployment.account).order_by("pk")[0]
    new = NewCase(
        subject=long("Grundstücksverkehrsgenehmigungszuständigkeit", number, 250),
        contact=contact,
        words=Words(body=_text(number), channel="portal"),
        severity=SEVERITIES[number % 3],
        situation=long("Stillstand", number, 250),
        deployment=deployment,
    )
    case = open_case(new, by=contact.user or BY, at=at + timedelta(hours=number))
    return change_tags(
        case, [long("schlagwort", each, 40) for each in range(6)], by=BY, at=at + timedelta(hours=number)
    )


def _text(number: int) -> str:
    return TEXT.format(word=long("unbreakable", number, 180))


def _long_talk(case: Case, worker: User, administrator: User, at: datetime) -> None:
    at += timedelta(days=4)
    assign(case, Assignment(to=worker), by=BY, at=at)
    file = ContentFile(b"what was measured", name=f"{long('Messprotokoll', 1, 190)}.txt")
    customer = case.contact.user
    for number in range(MESSAGES):
        at += timedelta(hours=2)
        if number % 2:
            answer = Reply(words=Words(body=_text(number), channel="portal"), undo_for=AT_ONCE)
            release(reply(case, answer, by=worker, at=at), at=at)
            continue
        files = [store(file, by=customer, at=at)] if number % 50 == 0 else []
        words = Words(body=_text(number), channel="portal", attachments=files)
        customer_replies(case, words, by=customer, at=at)
    add_note(case, Words(body=_text(0)), by=administrator, at=at)


def _escalate_and_end(cases: list[Case], staff: list[User], at: datetime) -> None:
    at += timedelta(days=8)
    second = Team.objects.get(level=2)
    for case in cases[1:9]:
        assign(case, Assignment(to=staff[0]), by=BY, at=at)
    parts = HandOff(known=HAND_OFF, tried=HAND_OFF, needed=HAND_OFF)
    for case in cases[1:4]:
        escalate(case, Destination(level=2, team=second), parts, by=staff[0], at=at)
    for case in cases[4:6]:
        resolve(case, Resolution(how="answered", root_cause=HAND_OFF), by=staff[0], at=at)
    snooze(cases[6], at + timedelta(days=365), by=staff[0], at=at)
    mark_spam(cases[9], by=staff[0], at=at)


def _sign_in_badly(mailbox: Mailbox, at: datetime) -> None:
    """A mailbox that nobody consented to, a provider that posts nothing, and a device of everybody."""
    asked = Registration(
        provider="microsoft",
        user=mailbox.address,
        client_id=long("Anwendung", 0, 300),
        secret="not to be guessed",
        tenant=f"{'wasserwerk' * 9}.example",
    )
    sign_in_at(mailbox, asked, by=BY, at=at)
    deliver_by("mailgun", "not to be guessed", by=BY, at=at)
    MailHook.objects.update(said=long("Nicht angenommen ", 0, 300))
    for user in User.objects.all():
        PushDevice.objects.create(
            user=user,
            name=long("Diensttelefon", 0, 60),
            endpoint=f"https://nowhere.example/{user.pk}",
            added_at=at,
        )


def _write(case: Case, staff: list[User], at: datetime) -> None:
    """Mail that waits at a case, mail that waits at none, and a rota of everybody."""
    mailbox = add_mailbox(
        f"{long('hilfe', 0, 60)}@{'wasserwerk' * 6}.example", name=long("Hilfe", 0, 200), by=BY, at=at
    )
    for author, number in ((case.contact.addresses.get().email, case.number), (staff[0].email, 0)):
        mail = EmailMessage(policy=policy.default.clone(max_line_length=900))
        mail["From"] = formataddr((long("Absender", number, 200), author))
        mail["To"] = mailbox.address
        mail["Subject"] = f"{long('Grundstücksverkehrsgenehmigung', number, 240)} [#{number}]"
        mail.set_content(_text(number))
        receive_mail(mail.as_bytes(), mailbox, Arrival(), at=at)
    _sign_in_badly(mailbox, at)
    terms = RotaTerms(
        name=long("Bereitschaft", 0, 80), time_zone="America/Argentina/ComodRivadavia", starts_on=at.date()
    )
    set_rota(Team.objects.get(level=2), terms, staff, by=BY, at=at)
