"""Elm Falls with something behind every address, made through verbs: what the walk goes through."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import ClientHandler

from keepwell.calendars.models import WorkingCalendar
from keepwell.cases.models import Case
from keepwell.cases.new_case import NewCase
from keepwell.cases.verbs.assigning import Assignment, assign
from keepwell.cases.verbs.noting import add_note
from keepwell.cases.verbs.opening import open_case
from keepwell.cases.verbs.replying import Reply, reply
from keepwell.cases.verbs.viewing import save_view
from keepwell.channels.email.tests import letters
from keepwell.channels.email.verbs.mailboxes import Server, add_mailbox, fetch_from
from keepwell.channels.form.verbs.submitting import Submitted, submit
from keepwell.channels.models import (
    Fetching,
    InboundMail,
    MailHook,
    MailSignIn,
    RemoteMail,
    Secured,
    SignsInAt,
    Submission,
)
from keepwell.conversations.models import DraftKind, MessageAttachment
from keepwell.conversations.verbs.drafting import attach_to_draft, save_draft
from keepwell.conversations.verbs.participating import add_participant
from keepwell.conversations.verbs.releasing import release
from keepwell.conversations.words import Words
from keepwell.customers.details import DeploymentDetails
from keepwell.customers.lifetimes import Lifetime
from keepwell.customers.models import Contact, Lifecycle, Product
from keepwell.customers.verbs.adding import add_contact
from keepwell.customers.verbs.addressing import add_address
from keepwell.customers.verbs.deploying import add_deployment
from keepwell.customers.verbs.editing import change_lifecycle
from keepwell.customers.verbs.mail_domains import add_mail_domain
from keepwell.customers.verbs.phoning import add_phone
from keepwell.customers.verbs.products import add_module, add_product
from keepwell.customers.verbs.stewarding import appoint_steward
from keepwell.customers.verbs.versions import add_version
from keepwell.files.drafts import Draft, new_token
from keepwell.files.models import Attachment
from keepwell.files.verbs.storing import store
from keepwell.insight.models.subscription import Rhythm
from keepwell.insight.verbs.subscribing import subscribe
from keepwell.kit import clock
from keepwell.kit.sealing import seal
from keepwell.notices.models import Notice, PushDevice
from keepwell.outbox.models import Outgoing, Purpose
from keepwell.outbox.verbs.branding import add_brand
from keepwell.people.models import User
from keepwell.service_levels.measuring import EVERYTHING
from keepwell.service_levels.models import Policy
from keepwell.service_levels.verbs.policies import assign_policy
from keepwell.side_threads.asked import asked
from keepwell.side_threads.models import SideAttachment
from keepwell.side_threads.new_side_thread import NewSideThread
from keepwell.side_threads.verbs.beginning import begin
from keepwell.staffing.models import Team
from keepwell.staffing.verbs.absence import take_time_off
from keepwell.staffing.verbs.calling_out import call_out
from keepwell.staffing.verbs.rotas import RotaTerms, set_rota, stand_in
from keepwell.success.engagements.verbs.cadences import NewCadence, set_cadence
from keepwell.success.engagements.verbs.logging import Logged, log
from keepwell.success.engagements.verbs.writing import note_for_us
from keepwell.success.health.usual import ESTABLISHED
from keepwell.success.health.verbs.publishing import add_scorecard
from keepwell.success.letters.verbs.writing import write_to
from keepwell.success.portfolios.verbs.handing_over import NewHandOver, begin_hand_over
from keepwell.success.portfolios.verbs.handing_over import accept as accept_hand_over
from keepwell.success.signals.models import Playbook
from keepwell.usage.verbs.sources import NewSource, add_source
from tests import cast
from tests.access.scene_of_success import (
    a_contract,
    a_draft,
    a_road_map,
    a_signal,
    an_engagement,
    engagements,
    reviews,
)
from tests.access.words import ASIDE, HELD, LETTER, MINUTE, NINE, NOTED, PENDING

STAFF = ("maria", "theo", "ines", "lea", "ada", "sam", "alma")
CUSTOMERS = ("dana", "carl", "pia", "nora")
TURNS = RotaTerms(name="Nights", time_zone="America/Chicago", starts_on=date(2026, 6, 8))
LIVE = DeploymentDetails(live_on=date(2025, 1, 7))
WAYSIDE = {"name": "Wayside", "sender_name": "Wayside", "sender_address": "hello@wayside.example"}


@dataclass
class Scene:
    """Everybody, what they made, and a browser of each; `at` is the instant at which everything stands.

    `theirs` are ids of things of the same kinds that belong elsewhere: see crossings.py.
    """

    people: dict[str, User]
    browsers: dict[str, Client]
    case: Case
    other: Case
    noras: Case
    submission: Submission
    policy: Policy
    calendar: WorkingCalendar
    team: Team
    product: Product
    at: datetime = NINE
    made: dict[str, Any] = field(default_factory=dict)
    theirs: dict[str, int] = field(default_factory=dict)
    handler: ClientHandler = field(default_factory=lambda: ClientHandler(enforce_csrf_checks=False))

    def __getattr__(self, name: str) -> Any:
        """`scene.dana`, `scene.message`: people first, then what was made."""
        for kept in ("people", "made"):
            if name in self.__dict__.get(kept, {}):
                return self.__dict__[kept][name]
        raise AttributeError(name)

    def browser(self, who: str) -> Client:
        """A fresh browser with this one's cookies: what one request does to them no other request sees."""
        fresh = Client()
        fresh.handler = self.handler
        for name, cookie in self.browsers[who].cookies.items():
            fresh.cookies[name] = cookie.value
        return fresh


def build() -> Scene:
    policy = cast.the_guidelines()
    people = _everybody()
    dana, maria = people["dana"], people["maria"]
    scene = Scene(
        people=people,
        browsers={},
        case=_case_of(dana, "otter-in-the-subject", "otter-in-the-words"),
        other=_case_of(dana, "otter-in-the-subject again", "otter-in-the-words, too"),
        noras=_case_of(people["nora"], "The gate of another town", "It is stuck."),
        submission=_submitted(),
        policy=policy,
        calendar=WorkingCalendar.objects.get(),
        team=cast.team_at(1),
        product=cast.roadworks(),
    )
    for name, email in (("colleague", "eve@elmfalls.example"), ("suggested", "bo@elmfalls.example")):
        scene.made[name] = add_contact(name.title(), email=email, account=cast.elm_falls(), by=cast.CAST)
    scene.made["guideline"] = cast.resolution_of_high()
    scene.case = assign(scene.case, Assignment(to=maria), by=maria)
    _speak(scene)
    _furnish(scene)
    _sign_in(scene)
    _speak_of_nora(scene)
    _furnish_others(scene)
    return scene


def _everybody() -> dict[str, User]:
    return {
        "maria": cast.maria_the_specialist(),
        "theo": cast.theo_at_level_two(),
        "ines": cast.ines_the_engineer(),
        "lea": cast.lea_the_lead(),
        "ada": cast.ada_the_administrator(),
        "sam": cast.sam_the_success_manager(),
        "alma": cast.alma_the_account_manager(),
        "dana": cast.dana_at_elm_falls(),
        "carl": cast.carl_the_administrator_of_elm_falls(),
        "pia": cast.pia_at_elm_falls_water(),
        "nora": cast.nora_of_another_town(),
    }


def a_file(by: Any, name: str, words: str) -> Attachment:
    return store(SimpleUploadedFile(name, words.encode()), by=by)


def _case_of(who: User, subject: str, body: str) -> Case:
    said = Words(
        body=body, channel="portal", attachments=[a_file(who, "log.txt", f"{body}: otter-in-the-file")]
    )
    return open_case(NewCase(subject=subject, contact=who.contact, words=said), by=who)


def _submitted() -> Submission:
    """A stranger's form; the code went to his address."""
    key = uuid.UUID("6f1c0c0e-5d0e-4d0e-9d0e-0a0b0c0d0e0f")
    sent = Submitted(
        key=key,
        subject="otter-in-the-subject of a stranger",
        body="otter-in-the-words of a stranger",
        severity="normal",
        situation="Important",
        draft=Draft(token=new_token(), holder="session:none"),
        name="Lee",
        email="lee@unknown.example",
    )
    submit(sent, by=None)
    return Submission.objects.select_related("case__contact").get(key=key)


def _speak(scene: Scene) -> None:
    """An answer that left, one that waits, a note, and drafts, each with a file."""
    case, maria, dana, carl = scene.case, scene.maria, scene.dana, scene.carl
    written = Words(body="We look into it.", attachments=[a_file(maria, "how.txt", "otter-in-the-file")])
    sent = reply(case, Reply(words=written, undo_for=timedelta(0)), by=maria)
    release(sent, at=scene.at)
    noted = a_file(maria, "noted.txt", NOTED)
    scene.made["note"] = add_note(case, Words(body=NOTED, attachments=[noted]), by=maria)
    waits = Words(body=PENDING, attachments=[a_file(maria, "waits.txt", PENDING)])
    scene.made["pending"] = reply(case, Reply(words=waits, undo_for=10 * MINUTE), by=maria)
    scene.made["message"] = MessageAttachment.objects.filter(
        message__conversation=case.conversation_id
    ).earliest("pk")
    drafted = a_file(maria, "draft.txt", NOTED)
    for kind in (DraftKind.NOTE, DraftKind.REPLY):
        save_draft(case.conversation, kind=kind, body=NOTED, by=maria)
    attach_to_draft(case.conversation, drafted, kind=DraftKind.REPLY, by=maria)
    scene.made |= {"draft_file": drafted, "noted": noted, "waiting_file": waits.attachments[0]}
    add_participant(case.conversation, carl.contact, by=dana)
    add_participant(case.conversation, scene.suggested, by=carl)


def _furnish(scene: Scene) -> None:
    account, contact, by = scene.dana.contact.account, scene.dana.contact, scene.ada
    scene.made |= {
        "account": account,
        "contact": contact,
        "phone": add_phone(contact, "555 0100", by=by),
        "address": add_address(contact, "second@elmfalls.example", by=by),
        "deployment": add_deployment(account, scene.product, LIVE, by=by),
        "retired_soon": add_deployment(account, scene.product, by=by),
        "domain": add_mail_domain(account, "elmfalls.example", by=by),
        "module": add_module(scene.product, "Signals", by=by),
        "version": add_version(scene.product, "7.3", Lifetime(), by=by),
        "source": add_source(NewSource(name="Field app", kind="segment", product=scene.product), by=by)[0],
        "file_source": add_source(NewSource(name="Files", kind="csv", product=scene.product), by=by)[0],
        "days_off": take_time_off(scene.maria, date(2026, 12, 24), date(2026, 12, 31), kind="holiday", by=by),
        "subscription": subscribe(Rhythm.WEEKLY, EVERYTHING, by=scene.lea),
        "brand": add_brand(by=by, **WAYSIDE),
        "scorecard": add_scorecard("Small ones", ESTABLISHED, segment="Small", by=by).scorecard,
        **_a_mailbox("help@keepwell.example", by=by),
        "view": save_view("Mine", {"state": "open"}, by=scene.maria),
        "inbound": _a_held_mail(),
        "joined": _a_mail_that_joined(scene.case),
        "mail": Outgoing.objects.filter(to_address="lee@unknown.example").latest("pk"),
        **_a_side_thread(scene.case, scene.maria),
        **a_contract(account, "A-1", scene.product, by=by),
        **a_road_map(scene, scene.carl.contact, scene.dana.contact, "otter-in-the-words of a map"),
        **reviews(scene, account, "otter-in-the-words of a review"),
        "water": cast.elm_falls_water(),
    }
    assign_policy(account, scene.policy, by=by)
    change_lifecycle(account, Lifecycle.LIVE, by=by)
    appoint_steward(account, scene.sam, "success", by=by)
    # A colleague's note is what Maria is told of.
    add_note(scene.case, Words(body=NOTED), by=scene.lea)
    scene.made["device"] = PushDevice.objects.create(
        user=scene.maria, name="Phone", endpoint="https://nowhere.example/2", added_at=scene.at
    )
    scene.made["notice"] = Notice.objects.filter(user=scene.maria).latest("pk")
    scene.made["rota"] = rota = set_rota(scene.team, TURNS, [scene.maria, scene.lea], by=scene.lea)
    scene.made["stand_in"] = stand_in(rota, scene.lea, scene.at, scene.at + 60 * MINUTE, by=scene.lea)
    asked = call_out(("case", scene.case.pk), [scene.maria.pk], within=15 * MINUTE, at=scene.at)
    scene.made["call_out"] = asked
    scene.made |= engagements(scene)
    scene.made |= a_signal(scene)
    to_alma = NewHandOver(kind="success", taker=scene.alma, known=NOTED, due_on=date(2026, 12, 1))
    scene.made["hand_over"] = taken = begin_hand_over(scene.account, to_alma, by=scene.sam)
    accept_hand_over(taken, by=scene.alma)


def _a_mailbox(address: str, *, by: User) -> dict[str, Any]:
    """Fetched from a server where nothing answers, with a mail that could not be fetched."""
    there = Server(server="127.0.0.1", port=9, user="help", password="secret", secured=Secured.NEVER)
    account = fetch_from(add_mailbox(address, by=by), there, by=by)
    MailSignIn.objects.create(account=account, provider=SignsInAt.GOOGLE, client_id="keepwell")
    kept = {"key": "postmark", "sealed_secret": seal("user:password"), "added_at": NINE}
    hook, _is_new = MailHook.objects.get_or_create(provider="postmark", defaults=kept)
    stuck = RemoteMail.objects.create(
        account=account, uid=7, state=Fetching.GIVEN_UP, tries=5, try_again_at=NINE
    )
    return {"mailbox": account.mailbox, "stuck": stuck, "hook": hook}


def _a_held_mail() -> InboundMail:
    """It came from an address that is ours to suspect: its host says that it is forged."""
    forged = letters.letter("lee@elmfalls.example", HELD, subject=HELD, verdict="fail", html=f"<p>{HELD}</p>")
    return letters.came_in(forged)


def _a_mail_that_joined(case: Case) -> InboundMail:
    """Dana's answer to the mail that she got."""
    sent = Outgoing.objects.filter(to_address="dana@elmfalls.example", purpose=Purpose.REPLY).earliest("pk")
    answer = letters.letter("dana@elmfalls.example", "Thank you.", headers={"In-Reply-To": sent.message_id})
    mail = letters.came_in(answer)
    assert mail.case == case
    return mail


def _a_side_thread(case: Case, maria: User) -> dict[str, Any]:
    """Somebody outside was asked and answered, with a file each; one more answer waits beside it."""
    to = f"rosa@hosting-{case.number}.example"
    words = Words(body=ASIDE, attachments=[a_file(maria, f"{ASIDE}.txt", ASIDE)])
    side = begin(case, NewSideThread(asked=asked(to), subject=ASIDE, words=words), by=maria)
    sent = Outgoing.objects.get(to_address=to).message_id
    log = {"log.txt": ASIDE.encode()}
    letters.came_in(letters.letter(to, ASIDE, files=log, headers={"In-Reply-To": sent}))
    foreign = letters.letter(letters.STRANGER, f"{ASIDE}, too", headers={"In-Reply-To": sent})
    asked_by = SideAttachment.objects.filter(message__thread=side, message__direction="out").get()
    return {
        "side": side,
        "side_message": asked_by.message,
        "side_file": asked_by.attachment,
        "party": side.parties.get(),
        "held_aside": letters.came_in(foreign),
    }


def _sign_in(scene: Scene) -> None:
    for name, user in scene.people.items():
        scene.browsers[name] = Client()
        scene.browsers[name].force_login(user)
    scene.browsers["anonymous"] = Client()
    scene.browsers["follower"] = following(scene.case, scene.dana.contact)
    scene.browsers["follower_of_another"] = following(scene.noras, scene.nora.contact)
    scene.browsers["follower_by_a_forged_grant"] = following(scene.case, scene.nora.contact)
    scene.browsers["sender"] = _with_session(
        sent_forms=[str(scene.submission.key)], sent_from="lee@unknown.example"
    )


def following(case: Case, contact: Contact) -> Client:
    """The browser of somebody who entered the code of a case."""
    until = clock.now() + timedelta(hours=24)
    return _with_session(followed={"case": case.pk, "contact": contact.pk, "until": until.isoformat()})


def _with_session(**kept: Any) -> Client:
    browser = Client()
    session = browser.session
    session.update(kept)
    session.save()
    browser.cookies["sessionid"] = session.session_key
    return browser


def _speak_of_nora(scene: Scene) -> None:
    """In another town's case the same: a message with a file, an answer that waits, a note, a draft."""
    case, maria = scene.noras, scene.maria
    said = MessageAttachment.objects.filter(message__conversation=case.conversation_id).earliest("pk")
    scene.made["noras_message"] = said
    noted, drafted = a_file(maria, "noted.txt", NOTED), a_file(maria, "draft.txt", NOTED)
    note = add_note(case, Words(body=NOTED, attachments=[noted]), by=maria)
    waits = reply(case, Reply(words=Words(body=PENDING), undo_for=10 * MINUTE), by=maria)
    save_draft(case.conversation, kind=DraftKind.REPLY, body=NOTED, by=maria)
    attach_to_draft(case.conversation, drafted, kind=DraftKind.REPLY, by=maria)
    scene.theirs |= {
        "message": said.message_id,
        "file": said.attachment_id,
        "note": note.pk,
        "noted": noted.pk,
        "pending": waits.pk,
        "draft_file": drafted.pk,
        **{name: one.pk for name, one in _a_side_thread(case, maria).items()},
    }


def _furnish_others(scene: Scene) -> None:
    contact, by = scene.nora.contact, scene.ada
    signals = add_product("Signals of another kind", by=by)
    rota = set_rota(cast.team_at(2), TURNS, [scene.theo], by=by)
    foreign = an_engagement(contact.account, scene.sam, scene.nora)
    yearly = NewCadence(kind="check_in", rule="FREQ=YEARLY", starts_on=date(2026, 7, 1), host=scene.sam)
    made = {
        "account": contact.account,
        "stand_in": stand_in(rota, scene.theo, scene.at, scene.at + 60 * MINUTE, by=by),
        "deployment": add_deployment(contact.account, signals, by=by),
        "domain": add_mail_domain(contact.account, "anothertown.example", by=by),
        "phone": add_phone(contact, "555 0199", by=by),
        "address": add_address(contact, "second@anothertown.example", by=by),
        "module": add_module(signals, "Lamps", by=by),
        "version": add_version(signals, "7.3", Lifetime(), by=by),
        "days_off": take_time_off(scene.theo, date(2026, 12, 24), date(2026, 12, 31), kind="holiday", by=by),
        "foreign": foreign,
        "promised": foreign.actions.get(),
        "lettered": write_to(contact, LETTER, by=scene.sam).conversation.messages.get(),
        "attendee": foreign.attendees.get(),
        "noted_for_us": note_for_us(foreign, NOTED, by=scene.sam),
        "touch": log(contact.account, Logged(way="note", words=NOTED), by=scene.sam),
        "cadence": set_cadence(contact.account, yearly, by=scene.sam),
        "stuck": _a_mailbox("sales@vendor.example", by=by)["stuck"],
        "playbook": Playbook.objects.get(shipped_as="use_falls"),
    }
    made |= a_contract(contact.account, "N-1", signals, by=by)
    made |= a_road_map(scene, contact, contact, "The gate of another town opens")
    made |= a_draft(contact.account, scene.sam)
    scene.theirs |= {name: one.pk for name, one in made.items()}
