"""What success and account managers have at Elm Falls: engagements, a road map, reviews, signals."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from keepwell.contracts.new_contract import Agreed, NewContract, NewSubscription, Use
from keepwell.contracts.verbs.opening import open_contract
from keepwell.contracts.verbs.subscribing import subscribe as subscribe_to
from keepwell.contracts.verbs.using_hours import use_hours
from keepwell.conversations.words import Words
from keepwell.customers.models import Account, Contact, Product
from keepwell.customers.verbs.consenting import give_consent
from keepwell.enquiries.verbs.answering import answer
from keepwell.enquiries.verbs.asking import NewEnquiry, ask
from keepwell.people.models import User
from keepwell.success.engagements.models import Engagement
from keepwell.success.engagements.new_engagement import NewEngagement
from keepwell.success.engagements.proposing import proposal
from keepwell.success.engagements.verbs.acting import NewAction
from keepwell.success.engagements.verbs.acting import add_action as promise_action
from keepwell.success.engagements.verbs.beginning import begin as begin_engagement
from keepwell.success.engagements.verbs.booking import offer_times
from keepwell.success.engagements.verbs.cadences import NewCadence, set_cadence
from keepwell.success.engagements.verbs.feeding import open_feed
from keepwell.success.engagements.verbs.holding import hold
from keepwell.success.engagements.verbs.logging import Logged, log
from keepwell.success.engagements.verbs.scheduling import schedule
from keepwell.success.engagements.verbs.writing import note_for_us, share_notes
from keepwell.success.letters.verbs.writing import write_to
from keepwell.success.reviews.verbs.assembling import assemble
from keepwell.success.reviews.verbs.delivering import deliver, hand_in
from keepwell.success.reviews.verbs.findings import FindingWords, add_finding
from keepwell.success.reviews.verbs.ruling import RuleWords
from keepwell.success.reviews.verbs.ruling import add_rule as rule_configuration
from keepwell.success.reviews.verbs.writing import SectionWords, write_sections, write_summary
from keepwell.success.road_maps.verbs.commenting import comment
from keepwell.success.road_maps.verbs.opening import open_road_map
from keepwell.success.road_maps.verbs.placing_milestones import add_milestone
from keepwell.success.road_maps.verbs.planning_actions import add_action
from keepwell.success.road_maps.verbs.setting_goals import add_goal, set_measure
from keepwell.success.road_maps.verbs.sharing import share
from keepwell.success.road_maps.verbs.valuing import claim_value
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
from keepwell.success.signals.verbs.looking import look_at
from keepwell.success.signals.verbs.playbooks import NewPlaybook, add_playbook
from keepwell.success.signals.verbs.publishing import add_rule
from keepwell.success.signals.verbs.tasks import NewTask, add_task
from tests.access.words import ASIDE, LETTER, MINUTE, NOTED

if TYPE_CHECKING:
    from tests.access.scene import Scene


def a_signal(scene: Scene) -> dict[str, Any]:
    """A task, and a signal that somebody dismissed once, with a playbook that waits for a yes."""
    by, lea = scene.sam, scene.lea
    written = {"reading": "life.days_live", "is": "at_least", "number": "1", "unit": "days"}
    terms = Terms(scope=Scope.ACCOUNT, severity=Severity.LOW, when=parse(written), cooldown_days=0)
    rule = add_rule("Live", terms, by=lea).rule
    steps = (TaskStep(words="Ask how it goes"),)
    playbook = add_playbook(NewPlaybook(name="Ask", rule=rule, steps=steps), by=lea)
    look_at([scene.account.pk], as_of=scene.at, at=scene.at)
    signal = Signal.objects.get(rule=rule)
    task = add_task(scene.account, NewTask(words=NOTED, due_on=date(2026, 6, 12), owner=by), by=by)
    return {"signal_rule": rule, "playbook": playbook, "signal": signal, "task": task}


def engagements(scene: Scene) -> dict[str, Any]:
    """One with times on offer, one that is scheduled and one that was held; what was asked for and logged."""
    account, dana, sam = scene.account, scene.dana, scene.sam
    give_consent(dana.contact, "news", by=sam)
    engagement = an_engagement(account, sam, dana)
    share_notes(engagement, "otter-in-the-words", by=sam)
    noted = note_for_us(engagement, NOTED, by=sam)
    touch = log(account, Logged(way="note", words=NOTED), by=sam)
    wish = NewEnquiry(kind="software", words=Words(body="otter-in-the-words", channel="portal"))
    yearly = NewCadence(kind="check_in", rule="FREQ=YEARLY", starts_on=date(2026, 7, 1), host=sam)
    scheduled = an_engagement(account, sam, dana)
    schedule(scheduled, scene.at + timedelta(days=40), by=sam)
    held = an_engagement(account, sam, dana)
    schedule(held, scene.at + 5 * MINUTE, by=sam)
    hold(held, by=sam, at=scene.at + 90 * MINUTE)
    offer_times(engagement, proposal(engagement, now=scene.at), [dana.contact], by=sam)
    return {
        "engagement": engagement,
        "scheduled": scheduled,
        "held": held,
        "noted_for_us": noted,
        "touch": touch,
        "promised": engagement.actions.get(),
        "attendee": engagement.attendees.get(),
        "link": engagement.booking_links.get(),
        "enquiry": (enquiry := ask(dana.contact, wish, by=dana)),
        "answered": answer(enquiry, Words(body="otter-in-the-words"), by=sam),
        "letter": (letter := write_to(dana.contact, LETTER, by=sam)),
        "lettered": letter.conversation.messages.get(),
        "cadence": set_cadence(account, yearly, by=sam),
        "feed": open_feed(dana, by=dana),
    }


def an_engagement(account: Account, sam: User, who: User) -> Engagement:
    contact = who.contact
    new = NewEngagement(kind="training", host=sam, contacts=(contact,))
    engagement = begin_engagement(account, new, by=sam)
    due_on = date(2026, 6, 30)
    action = NewAction(what="Name a date", due_on=due_on, side="theirs", contact=contact)
    promise_action(engagement, action, by=sam)
    return engagement


def a_contract(account: Account, number: str, product: Product, *, by: User) -> dict[str, Any]:
    """With its open renewal, something subscribed to, and hours booked."""
    agreed = Agreed(number=number, title=ASIDE, hours_a_year_minutes=600)
    contract = open_contract(account, NewContract(agreed=agreed, starts_on=date(2026, 1, 1)), by=by)
    bought = NewSubscription(product=product, price_cents=1000, starts_on=date(2026, 1, 1))
    used = Use(minutes=30, on=date(2026, 6, 1), reason=ASIDE)
    term = contract.terms.get()
    return {
        "contract": contract,
        "term": term,
        "renewal": term.renewal,
        "subscribed": subscribe_to(contract, bought, by=by),
        "booked_hours": use_hours(contract, used, by=by),
    }


def a_road_map(scene: Scene, theirs: Contact, hers: Contact, words: str) -> dict[str, Any]:
    """Says these words; shared, with something that is not: a goal, an action, each with a word of staff."""
    by, on = scene.sam, date(2026, 12, 31)
    road_map = open_road_map(theirs.account, on, words, by=by)
    goal = add_goal(
        road_map,
        GoalWords(statement="Mend faster", vendor_owner=by, customer_owner=theirs, is_shared=True),
        by=by,
    )
    measure = set_measure(
        goal,
        MeasureWords(
            name="Days",
            direction="down",
            baseline=Decimal(12),
            baseline_on=date(2026, 1, 1),
            target=Decimal(4),
            target_on=on,
        ),
        by=by,
    )
    add_goal(road_map, GoalWords(statement=ASIDE, why=ASIDE), by=by)
    add_action(road_map, ActionWords(title=ASIDE, goal=goal), by=by)
    wanted = ActionWords(title="Name a lead", side="customer", owner=hers, goal=goal, is_shared=True)
    action = add_action(road_map, wanted, by=by)
    milestone = add_milestone(road_map, MilestoneWords(title=ASIDE, due_on=on), by=by)
    share(road_map, by=by)
    worth = Worth(
        first_on=date(2026, 1, 1),
        last_on=date(2026, 5, 31),
        amount_cents=100,
        currency="USD",
        method="Counted",
    )
    return {
        "road_map": road_map,
        "goal": goal,
        "measure": measure,
        "action": action,
        "milestone": milestone,
        "claim": claim_value(goal, worth, by=by),
        "comment": comment(road_map, words, by=theirs.user),
    }


def reviews(scene: Scene, account: Account, words: str) -> dict[str, Any]:
    """One that says these words and was delivered, with what is not for the customer; and a draft after
    it."""
    by = scene.sam
    rule = rule_configuration(
        scene.product,
        RuleWords(title="Backup", fact="backup", expects="present", advice=ASIDE),
        by=scene.ada,
    )
    given = assemble(account, by=by)
    write_summary(given, words, ASIDE, by=by)
    write_sections(given, {"versions": SectionWords(words=ASIDE, is_shown=False)}, by=by)
    add_finding(given, FindingWords(area="plan", severity="low", evidence=ASIDE, is_shown=False), by=by)
    hand_in(given, by=by)
    deliver(given, by=by)
    return {"configuration_rule": rule, "delivered_review": given, **a_draft(account, by)}


def a_draft(account: Account, by: User) -> dict[str, Any]:
    """The draft of a review, with a finding in it."""
    draft = assemble(account, by=by)
    found = FindingWords(area="data", severity="low", evidence=ASIDE)
    return {"review": draft, "finding": add_finding(draft, found, by=by)}
