"""No fact in the journal carries a name, an address or anything somebody wrote.

Facts are checked for their shape when they are recorded, but a name of one plain word has the shape of a
code. So a customer and his case are told here whose every word is one such name; then the journal is
searched for it. Kinds that carry numbers and instants only cannot hold a word and need no telling.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.mail import EmailMessage

from keepwell.calendars.verbs.publishing import create_calendar, publish_version
from keepwell.cases.hand_off import HandOff
from keepwell.cases.models import Case
from keepwell.cases.new_case import NewCase
from keepwell.cases.resolution import Resolution
from keepwell.cases.verbs.assigning import Assignment, assign
from keepwell.cases.verbs.contacting import HandEntry, log_contact
from keepwell.cases.verbs.detailing import change_subject, change_tags
from keepwell.cases.verbs.escalating import Destination, accept, escalate, return_
from keepwell.cases.verbs.noting import add_note
from keepwell.cases.verbs.opening import open_case
from keepwell.cases.verbs.receiving import customer_replies
from keepwell.cases.verbs.replying import Reply, reply
from keepwell.cases.verbs.resolving import resolve
from keepwell.cases.verbs.severity import Reassessment, change_severity
from keepwell.cases.verbs.waiting import take_back, wait_for_customer
from keepwell.channels.by_hand.verbs.entering import Entered, enter
from keepwell.channels.email.arrivals import Arrival
from keepwell.channels.email.findings import Read
from keepwell.channels.email.verbs import releasing as letting_in
from keepwell.channels.email.verbs.hooks import deliver_by, deliver_no_more
from keepwell.channels.email.verbs.mailboxes import add_mailbox
from keepwell.channels.email.verbs.placing import place_mail
from keepwell.channels.email.verbs.receiving import receive_mail
from keepwell.channels.email.verbs.understanding import understand
from keepwell.contracts.new_contract import (
    Agreed,
    Cause,
    Decision,
    NewContract,
    NewSubscription,
    Use,
)
from keepwell.contracts.terms import Span
from keepwell.contracts.verbs.adding_past import add_past_term
from keepwell.contracts.verbs.changing import change_contract, change_term_end
from keepwell.contracts.verbs.deciding import decide_renewal
from keepwell.contracts.verbs.opening import open_contract
from keepwell.contracts.verbs.subscribing import end_subscription, subscribe
from keepwell.contracts.verbs.using_hours import reverse_hours, use_hours
from keepwell.conversations.verbs.failing import fail
from keepwell.conversations.verbs.redacting import redact
from keepwell.conversations.verbs.releasing import release
from keepwell.conversations.verbs.writing import AT_ONCE
from keepwell.conversations.words import Words
from keepwell.customers.details import AccountDetails, DeploymentDetails
from keepwell.customers.lifetimes import Lifetime
from keepwell.customers.models import Account, Contact, Lifecycle, Product
from keepwell.customers.verbs.adding import add_contact
from keepwell.customers.verbs.changing import change_contact
from keepwell.customers.verbs.consenting import give_consent, withdraw_consent
from keepwell.customers.verbs.deploying import add_deployment, change_deployment
from keepwell.customers.verbs.editing import change_account, change_lifecycle
from keepwell.customers.verbs.erasing import erase_contact
from keepwell.customers.verbs.giving_roles import end_role, give_role
from keepwell.customers.verbs.mail_domains import add_mail_domain
from keepwell.customers.verbs.opening import open_account
from keepwell.customers.verbs.phoning import add_phone
from keepwell.customers.verbs.portal_access import grant_portal_access
from keepwell.customers.verbs.products import add_module, add_product, measure_module, rename_product
from keepwell.customers.verbs.stewarding import appoint_steward, relieve_steward
from keepwell.customers.verbs.versions import add_version, change_version
from keepwell.enquiries.verbs.asking import NewEnquiry, ask
from keepwell.enquiries.verbs.settling import settle
from keepwell.files.verbs.storing import store
from keepwell.journal.kinds import all_kinds
from keepwell.journal.models import Entry
from keepwell.kit import clock
from keepwell.outbox.verbs.branding import change_brand
from keepwell.outbox.verbs.queuing import enqueue
from keepwell.people.models import Role, User
from keepwell.people.verbs.adding import add_person
from keepwell.people.verbs.choosing_zone import choose_time_zone
from keepwell.people.verbs.granting import grant, withdraw
from keepwell.people.verbs.renaming import rename_person
from keepwell.people.verbs.signing_in import note_sign_in
from keepwell.service_levels.passing import fire_what_is_due
from keepwell.service_levels.reference import REFERENCE_COMMITMENTS, REFERENCE_HOURS
from keepwell.service_levels.verbs.policies import PolicyTerms, create_policy
from keepwell.service_levels.verbs.policies import publish_version as publish_policy
from keepwell.service_levels.verbs.promising import promise_update
from keepwell.side_threads.asked import Asked
from keepwell.side_threads.heard import Heard
from keepwell.side_threads.new_side_thread import NewSideThread
from keepwell.side_threads.verbs.beginning import begin
from keepwell.side_threads.verbs.ending import end, reopen
from keepwell.side_threads.verbs.failing import fail as fail_aside
from keepwell.side_threads.verbs.receiving import receive
from keepwell.side_threads.verbs.redacting import redact as redact_aside
from keepwell.staffing.models import Presence
from keepwell.staffing.verbs.absence import give_back_time_off, take_time_off
from keepwell.staffing.verbs.profiling import say_presence, set_profile, set_skills
from keepwell.staffing.verbs.teaming import form_team
from keepwell.success.engagements.jobs import look_into_calendar
from keepwell.success.engagements.models import Engagement
from keepwell.success.engagements.proposing import proposal
from keepwell.success.engagements.verbs.acting import NewAction
from keepwell.success.engagements.verbs.acting import add_action as promise_action
from keepwell.success.engagements.verbs.attending import answer as say_answer
from keepwell.success.engagements.verbs.beginning import give_to
from keepwell.success.engagements.verbs.booking import offer_times
from keepwell.success.engagements.verbs.busy_calendars import subscribe as look_into
from keepwell.success.engagements.verbs.cadences import NewCadence, set_cadence
from keepwell.success.engagements.verbs.holding import close, hold
from keepwell.success.engagements.verbs.logging import Logged, log
from keepwell.success.engagements.verbs.rating import rate
from keepwell.success.engagements.verbs.scheduling import schedule
from keepwell.success.engagements.verbs.writing import Details, change_details, note_for_us, share_notes
from keepwell.success.health.verbs.rolling_up import declare_roll_up
from keepwell.success.portfolios.open_things import open_things
from keepwell.success.portfolios.verbs.handing_over import (
    NewHandOver,
    Told,
    begin_hand_over,
    complete,
    decide,
)
from keepwell.success.portfolios.verbs.handing_over import (
    accept as take_hand_over,
)
from keepwell.success.portfolios.verbs.handing_over import (
    return_ as return_hand_over,
)
from keepwell.success.portfolios.verbs.handing_over import (
    withdraw as withdraw_hand_over,
)
from keepwell.success.road_maps.verbs.checking_points import take_check_point
from keepwell.success.road_maps.verbs.commenting import comment
from keepwell.success.road_maps.verbs.moving_actions import move_action
from keepwell.success.road_maps.verbs.opening import change_road_map, open_road_map
from keepwell.success.road_maps.verbs.placing_milestones import (
    add_milestone,
    change_milestone,
    reach_milestone,
)
from keepwell.success.road_maps.verbs.planning_actions import (
    add_action,
    change_action,
    change_due,
    set_waiting,
)
from keepwell.success.road_maps.verbs.reading import read_measure
from keepwell.success.road_maps.verbs.setting_goals import add_goal, change_goal, move_goal, set_measure
from keepwell.success.road_maps.verbs.sharing import agree, share
from keepwell.success.road_maps.verbs.templating import keep_as_template
from keepwell.success.road_maps.verbs.valuing import answer_claim, claim_value
from keepwell.success.road_maps.wanted import (
    ActionWords,
    GoalWords,
    MeasureWords,
    MilestoneWords,
    Worth,
)
from keepwell.success.signals.grammar import Scope, parse
from keepwell.success.signals.models import Signal
from keepwell.success.signals.steps import TaskStep
from keepwell.success.signals.terms import Severity, Terms
from keepwell.success.signals.verbs.handling import dismiss
from keepwell.success.signals.verbs.looking import look_at_account
from keepwell.success.signals.verbs.playbooks import NewPlaybook, add_playbook
from keepwell.success.signals.verbs.publishing import add_rule
from keepwell.success.signals.verbs.running import run_playbook
from keepwell.usage.verbs.sources import NewSource, add_source
from tests import cast
from tests.canary import places_holding

CANARY = "Zanzibara"
ADDRESS = "zanzibara@zanzibara.example"
NOON = datetime(2026, 6, 9, 17, tzinfo=UTC)
HOUR = timedelta(hours=1)
BY = cast.CAST

# Recorded by a file brought in, whose kind is one of four; by a scanner; by a customer who writes while an
# answer waits for its release; by a file that is refused, with one of the reasons of `files.refusals`; by a
# case that is placed, with what its conversation serves; by a clock or a promised update
# running out, with what was due when; by a promise that burns, or is calm again, with how fast; by a band of
# health that moved or was said, which is one of four; by counts of usage that became known late, with their
# days.
TOLD_ELSEWHERE = {
    "import.applied",
    "health.band_changed",
    "health.override_set",
    "file.scanned",
    "case.intention_dropped",
    "file.refused",
    "mail.sent",
    "mail.failed",
    "mailbox.signed_in",
    "update.kept",
    "update.missed",
    "conversation.placed",
    "clock.warned",
    "guideline.burning",
    "guideline.calmed",
    "policy.published",
    "contact.erased",
    "usage.told_late",
}


def the_house() -> User:
    """People, hours, promises and the brand, all named by the one word."""
    person = add_person(name=CANARY, email=ADDRESS, roles=[Role.SPECIALIST, Role.LEAD], by=BY)
    rename_person(person, name=f"{CANARY}2", locale="en", by=person)
    choose_time_zone(person, "America/Chicago", by=person)
    grant(person, Role.CONSULTANT, by=BY)
    withdraw(person, Role.CONSULTANT, by=BY)
    note_sign_in(person, method="password+totp")
    set_profile(person, title=CANARY, level=1, by=BY)
    set_skills(person, [("language", CANARY)], by=BY)
    say_presence(person, Presence.BUSY)
    give_back_time_off(
        take_time_off(person, date(2026, 7, 1), date(2026, 7, 2), kind="holiday", by=BY), by=BY
    )
    form_team(CANARY, level=1, by=BY)
    hours = create_calendar(CANARY, REFERENCE_HOURS, by=BY)
    publish_version(hours, REFERENCE_HOURS, by=BY, reason=CANARY)
    terms = PolicyTerms(calendar=hours, commitments=REFERENCE_COMMITMENTS)
    publish_policy(create_policy(CANARY, terms, by=BY), terms, by=BY)
    change_brand(by=BY, name=CANARY, sender_name=CANARY, signature=CANARY, sender_address=ADDRESS)
    return person


def the_customer(person: User) -> tuple[Account, Contact, Product]:
    account = open_account(CANARY, AccountDetails(segment=CANARY, region=CANARY, reference=CANARY), by=BY)
    change_account(account, f"{CANARY}3", AccountDetails(segment=CANARY), by=BY)
    change_lifecycle(account, Lifecycle.LIVE, by=BY)
    add_mail_domain(account, "zanzibara.example", by=BY)
    appoint_steward(account, cast.sam_the_success_manager(), "success", by=BY)
    relieve_steward(account, "success", by=BY)
    product = add_product(CANARY, by=BY)
    rename_product(product, f"{CANARY}4", by=BY)
    module = add_module(product, CANARY, by=BY)
    details = DeploymentDetails(version=CANARY, live_on=date(2026, 5, 1), modules=(module,))
    deployment = add_deployment(account, product, details, by=BY)
    change_deployment(deployment, DeploymentDetails(version=f"{CANARY}5", external_key=CANARY), by=BY)
    measure_module(module, [CANARY], 7, by=BY)
    version = add_version(product, CANARY, Lifetime(life_ends_on=date(2027, 1, 1)), by=BY)
    change_version(version, f"{CANARY}2", Lifetime(), by=BY)
    add_source(NewSource(name=CANARY, kind="segment", product=product), by=BY)
    contact = add_contact(CANARY, email="dana@zanzibara.example", account=account, by=BY)
    change_contact(contact, name=f"{CANARY}6", locale="en", by=BY)
    add_phone(contact, "+1 555 0100", by=BY)
    give_role(contact, "champion", by=BY)
    end_role(contact, "champion", by=BY)
    give_consent(contact, "surveys", by=BY)
    withdraw_consent(contact, "surveys", by=BY)
    grant_portal_access(contact, by=BY)
    return account, contact, product


def the_case(person: User, contact: Contact, product: Product) -> Case:
    words = Words(body=CANARY, attachments=[store(SimpleUploadedFile(f"{CANARY}.txt", b"hello"), by=BY)])
    new = NewCase(
        subject=CANARY, contact=contact, words=words, situation=CANARY, product=product, tags=(CANARY,)
    )
    case = open_case(new, by=contact.user, at=NOON)
    assign(case, Assignment(to=person), by=BY, at=NOON)
    answer = reply(case, Reply(words=Words(body=CANARY), undo_for=AT_ONCE), by=person, at=NOON)
    release(answer, at=NOON)
    wait_for_customer(case, by=person, at=NOON)
    take_back(case, by=person, at=NOON)
    note = add_note(case, Words(body=CANARY), by=person, at=NOON)
    change_subject(case, f"{CANARY}7", by=person, at=NOON)
    change_tags(case, [f"{CANARY}8"], by=person, at=NOON)
    change_severity(case, Reassessment(severity="high", situation=CANARY), by=person, at=NOON)
    change_severity(
        case, Reassessment(severity="low", is_correction=True, reason=CANARY), by=person, at=NOON + HOUR
    )
    hand_off = HandOff(
        known=f"{CANARY} was seen here", tried=f"{CANARY} was tried", needed=f"{CANARY} is needed"
    )
    for answered in (
        lambda: return_(case, CANARY, by=BY),
        lambda: accept(case, to=cast.theo_at_level_two(), by=BY),
    ):
        escalate(case, Destination(level=2), hand_off, by=person, at=NOON + HOUR)
        answered()
    spoken = HandEntry(happened_at=NOON + HOUR, said=CANARY, reason=CANARY, enter_until_at=NOON + 24 * HOUR)
    log_contact(case, spoken, by=person, at=NOON + 2 * HOUR)
    promise_update(case, NOON + 3 * HOUR, by=person, at=NOON + 2 * HOUR)
    for hours in (2.5, 3.5, 24, 1440):
        fire_what_is_due(at=NOON + hours * HOUR)
    resolve(case, Resolution(root_cause=CANARY), by=person, at=NOON + 3 * HOUR)
    customer_replies(case, Words(body=CANARY), by=contact.user, at=NOON + 4 * HOUR)
    fail(answer, at=NOON + 4 * HOUR)
    redact(note, passages=[CANARY], by=BY)
    asked_outside(case, person)
    mail = EmailMessage(CANARY, CANARY, ADDRESS, [f"{CANARY} <dana@zanzibara.example>"])
    enqueue(mail, purpose="reply", about=[("case", case.pk)], by=BY)
    said = {"subject": CANARY, "severity": "low", "situation": CANARY, "words": CANARY}
    enter(Entered(key=uuid4(), way="message", who=contact, **said), by=person, at=NOON)
    return case


def the_road_map(account: Account, person: User, contact: Contact) -> None:
    """Goals, actions, reasons and comments, each the one word; shared, agreed to, confirmed, kept."""
    give_role(contact, "executive_sponsor", by=BY)
    road_map = open_road_map(account, date(2027, 1, 1), CANARY, by=BY)
    change_road_map(road_map, date(2027, 2, 1), f"{CANARY}2", by=BY)
    said = GoalWords(
        statement=CANARY, why=CANARY, vendor_owner=person, customer_owner=contact, is_shared=True
    )
    goal = add_goal(road_map, said, by=BY)
    change_goal(goal, replace(said, statement=f"{CANARY}2"), by=BY)
    way = {"baseline_on": date(2026, 1, 1), "target_on": date(2026, 12, 1)}
    numbers = {"baseline": Decimal(1), "target": Decimal(2)}
    measure = set_measure(goal, MeasureWords(name=CANARY, unit=CANARY, **way, **numbers), by=BY)
    read_measure(measure, Decimal("1.5"), date(2026, 5, 1), by=person)
    move_goal(goal, "active", by=BY)
    milestone = add_milestone(road_map, MilestoneWords(title=CANARY, due_on=date(2026, 9, 1)), by=BY)
    change_milestone(milestone, MilestoneWords(title=f"{CANARY}2", due_on=date(2026, 9, 1)), by=BY)
    reach_milestone(milestone, date(2026, 6, 1), by=BY)
    done = ActionWords(title=CANARY, side="customer", owner=contact, is_shared=True)
    first, second = (add_action(road_map, done, by=BY) for _time in range(2))
    change_action(first, replace(done, title=f"{CANARY}2"), by=BY)
    set_waiting(first, [second], by=BY)
    change_due(first, date(2026, 9, 1), reason=CANARY, by=BY)
    version = share(road_map, by=BY)
    move_action(second, "blocked", reason=CANARY, by=contact.user)
    agree(version, by=contact.user)
    comment(road_map, CANARY, about=goal, by=contact.user)
    worth = {"first_on": date(2026, 1, 1), "last_on": date(2026, 5, 1), "method": CANARY}
    for is_right in (True, False):
        claim = claim_value(goal, Worth(amount_cents=1, currency="USD", **worth), by=BY)
        answer_claim(claim, is_right=is_right, words=CANARY, by=contact.user)
    take_check_point(road_map, by=BY)
    keep_as_template(road_map, CANARY, by=BY)


def asked_outside(case: Case, person: User) -> None:
    """Somebody outside is asked, answers, is not reached; the side thread ends and is open again."""
    outside = f"outside-{ADDRESS}"
    question = NewSideThread(
        asked=(Asked(address=outside, name=CANARY),), subject=CANARY, words=Words(body=CANARY)
    )
    side = begin(case, question, by=person)
    receive(side, Heard(words=Words(body=CANARY), address=outside, name=CANARY), by=BY)
    fail_aside(side.messages.earliest("pk").deliveries.get())
    reopen(end(side, by=person), by=person)
    redact_aside(side.messages.latest("pk"), passages=[CANARY], by=BY)


def the_success(account: Account, contact: Contact) -> None:
    """A wish becomes an engagement: times, notes, actions, a rating; what is logged; a cadence."""
    sam, friday = cast.sam_the_success_manager(), date(2099, 6, 12)
    for kind in ("engagement", "licensing"):
        wish = NewEnquiry(kind=kind, words=Words(body=CANARY, channel="portal"))
        enquiry = ask(contact, wish, by=contact.user)
    settle(enquiry, "done", by=sam)
    engagement = Engagement.objects.get()
    give_to(engagement, sam, by=sam)
    details = Details(subject=CANARY, place=CANARY, agenda=CANARY)
    change_details(engagement, details, by=sam)
    offer_times(engagement, proposal(engagement, now=clock.now()), [contact], by=sam)
    schedule(engagement, clock.now() + HOUR, by=sam)
    say_answer(engagement.attendees.get(), "accepted", by=contact.user)
    note_for_us(engagement, CANARY, by=sam)
    hold(engagement, by=sam, at=clock.now() + 3 * HOUR)
    share_notes(engagement, CANARY, by=sam)
    promise_action(engagement, NewAction(what=CANARY, due_on=friday, side="theirs", contact=contact), by=sam)
    close(engagement, "reached", by=sam)
    rate(engagement, 4, CANARY, by=contact.user)
    log(account, Logged(way="call", words=CANARY, contact=contact), by=sam)
    yearly = NewCadence(kind="check_in", rule="FREQ=YEARLY", starts_on=friday, host=sam)
    set_cadence(account, yearly, by=sam)
    busy = look_into(sam, f"https://{CANARY}.example/{CANARY}.ics", by=sam)
    look_into_calendar.defer(calendar=busy.pk)


def the_signal(account: Account) -> None:
    """A rule, a playbook with a task, and a dismissal, each the one word."""
    written = {"reading": "life.days_live", "is": "at_least", "number": "1", "unit": "days"}
    when = parse(written)
    terms = Terms(scope=Scope.ACCOUNT, severity=Severity.LOW, when=when, from_days=0)
    rule = add_rule(CANARY, terms, by=BY).rule
    playbook = add_playbook(NewPlaybook(name=CANARY, rule=rule, steps=(TaskStep(words=CANARY),)), by=BY)
    account.deployments.create(product=cast.roadworks(), live_on=date(2026, 1, 1), added_at=NOON)
    look_at_account(account, by=BY)
    signal = Signal.objects.get(rule=rule)
    run_playbook(playbook, signal, by=cast.sam_the_success_manager())
    dismiss(signal, "not_true", words=CANARY, by=BY)


def handed_over(account: Account) -> None:
    """Returned, withdrawn and completed: Sam has a cadence there."""
    sam, taker = cast.sam_the_success_manager(), cast.alma_the_account_manager()
    declare_roll_up(account, "seats", by=BY)
    new = NewHandOver(kind="success", taker=taker, known=CANARY, due_on=date(2099, 6, 12))
    return_hand_over(begin_hand_over(account, new, by=BY), CANARY, by=taker)
    withdraw_hand_over(begin_hand_over(account, new, by=BY), by=BY)
    asked = begin_hand_over(account, new, by=BY)
    for thing in open_things(account, sam, "success"):
        decide(asked, thing, is_released=thing.may_be_released, by=taker)
    complete(take_hand_over(asked, by=taker), Told(otherwise=CANARY), by=taker)


def the_mail() -> None:
    """One that is read, one with the same id, one by a machine that is let in, one not to be read."""
    mailbox = add_mailbox(ADDRESS, name=CANARY, by=BY)
    # Not from an address of ours: that would be put aside, each of them.
    raw = f"From: {CANARY} <from-{ADDRESS}>\nSubject: {CANARY}\nMessage-ID: <{CANARY}>\n\n{CANARY}\n".encode()
    came = Arrival(envelope_sender=ADDRESS, envelope_recipients=(ADDRESS,), remote_id=CANARY)
    for written in (raw, raw + b"again", b"Auto-Submitted: auto-replied\n" + raw):
        last = understand(receive_mail(written, mailbox, came, at=NOON).pk)
    assert last
    letting_in.release(last, by=BY)
    place_mail(receive_mail(raw + b"more", mailbox, came, at=NOON), Read(why_not=CANARY))
    for secret in (f"{CANARY}:{CANARY}", f"{CANARY}:again"):
        hook = deliver_by("postmark", secret, by=BY)
    deliver_no_more(hook, by=BY)


def the_contract(account: Account, product: Product) -> None:
    """What is agreed, changed, subscribed to, booked, and what came of its renewals."""
    agreed = Agreed(number=CANARY, title=CANARY, hours_a_year_minutes=60)
    contract = open_contract(account, NewContract(agreed=agreed, starts_on=date(2026, 1, 1)), by=BY)
    change_contract(contract, replace(agreed, number=f"{CANARY}9", title=f"{CANARY}9"), by=BY)
    add_past_term(contract, Span(first=date(2025, 1, 1), last=date(2025, 12, 31)), by=BY)
    change_term_end(contract.terms.latest("starts_on"), date(2026, 11, 30), by=BY)
    row = subscribe(contract, NewSubscription(product=product, starts_on=date(2026, 1, 1)), by=BY)
    end_subscription(row, date(2026, 10, 31), by=BY)
    cause = Cause(kind="engagement", id=1)
    booked = use_hours(contract, Use(minutes=5, on=date(2026, 2, 1), cause=cause, reason=CANARY), by=BY)
    reverse_hours(booked, reason=CANARY, by=BY)
    decision = Decision(outcome="contracted", reason=CANARY, is_avoidable=True)
    decide_renewal(contract.terms.latest("starts_on").renewal, decision, by=BY)


@pytest.mark.django_db
def test_no_fact_and_no_job_carries_a_word_that_somebody_wrote(settings: Any, tmp_path: Path):
    settings.VAR = tmp_path
    cast.the_guidelines()
    person = the_house()
    account, contact, product = the_customer(person)
    the_contract(account, product)
    the_road_map(account, person, contact)
    the_case(person, contact, product)
    the_success(account, contact)
    the_signal(account)
    handed_over(account)
    the_mail()

    found = places_holding(CANARY)
    everywhere = {"keepwell_people_user", "keepwell_customers_account", "keepwell_cases_case"}
    assert everywhere < found.keys(), "the word was not where it should be: this test would show nothing"
    silent = {"keepwell_journal_entry", "keepwell_journal_entrysubject", "procrastinate_jobs"}
    assert not silent & found.keys()

    able = {kind.name for kind in all_kinds() if {str, list} & set(kind.facts.values())}
    told = set(Entry.objects.values_list("kind", flat=True))
    assert able - told - TOLD_ELSEWHERE == set(), "tell these here, with the word wherever one can be given"


@pytest.mark.django_db
def test_the_search_finds_a_word_that_did_get_into_a_fact():
    Entry.objects.create(
        kind="case.opened",
        occurred_at=NOON,
        actor_kind="person",
        cause="00000000-0000-0000-0000-000000000000",
        facts={"channel": CANARY},
    )
    assert places_holding(CANARY) == {"keepwell_journal_entry": 1}


@pytest.mark.django_db
def test_nothing_of_an_erased_contact_is_left_in_journal_queue_or_mail(settings: Any, tmp_path: Path):
    settings.VAR = tmp_path
    cast.the_guidelines()
    contact = add_contact("Quillfeather", email="quill@feather.example", by=BY)
    user = grant_portal_access(contact, by=BY)
    rename_person(user, name="Quillfeather2", locale="", by=user)
    other = add_contact("Quillfeather3", email="quill@elsewhere.example", by=BY)
    enqueue(EmailMessage("Hi", "Quill", ADDRESS, ["quill@elsewhere.example"]), purpose="receipt", by=BY)
    erase_contact(other, by=BY)
    erase_contact(contact, by=BY)
    assert places_holding("quill") == {}
