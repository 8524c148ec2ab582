"""Words that are taken out, people who are forgotten, mails that did not arrive."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile

from keepwell.conversations.models import Draft
from keepwell.conversations.verbs.drafting import save_draft
from keepwell.conversations.verbs.redacting import NotFoundThere, NothingLeft
from keepwell.customers.verbs.adding import add_contact
from keepwell.customers.verbs.erasing import erase_contact
from keepwell.files.verbs.storing import store
from keepwell.journal.models import Entry
from keepwell.people.actors import System
from keepwell.people.permits import NotPermitted
from keepwell.side_threads.models import Delivery, SideMessage, SideParty
from keepwell.side_threads.tests.outside import ASKED, BY, JOE, ROSA, ask, hear
from keepwell.side_threads.verbs.erasing import erase_asked
from keepwell.side_threads.verbs.failing import fail
from keepwell.side_threads.verbs.redacting import redact
from tests import cast
from tests.canary import places_holding

SECRET = "The password is zanzibara."


@pytest.fixture
def ada(db):
    return cast.ada_the_administrator()


def test_a_passage_goes_for_good_also_from_a_colleagues_draft(case, maria, ada):
    heard = hear(ask(case, maria), f"{SECRET}\nRegards")
    save_draft(case.conversation, kind="reply", body=f"They say: {SECRET}", by=maria)
    redact(heard, passages=["zanzibara"], by=ada)
    heard.refresh_from_db()
    assert (heard.redacted_by, "zanzibara" in heard.body, "Regards" in heard.body) == (ada, False, True)
    assert "zanzibara" not in Draft.objects.get().body
    assert Entry.objects.get(kind="side_message.redacted").facts["whole"] is False


def test_the_whole_goes_with_its_files_and_not_twice(case, maria, ada, settings, tmp_path):
    settings.VAR = tmp_path
    file = store(ContentFile(b"log", name="log.txt"), by=System("email"))
    heard = hear(ask(case, maria), SECRET, files=[file])
    redact(heard, by=ada)
    assert (heard.body, heard.attached.count()) == ("", 0)
    with pytest.raises(NothingLeft):
        redact(heard, by=ada)


def test_only_what_stands_there_is_taken_out_and_only_by_whoever_may(case, maria, ada):
    heard = hear(ask(case, maria))
    with pytest.raises(NotFoundThere):
        redact(heard, passages=["zanzibara"], by=ada)
    with pytest.raises(NotPermitted):
        redact(heard, by=maria)


def test_whoever_was_asked_is_forgotten_everywhere_and_what_we_wrote_stays(
    case, maria, ada, settings, tmp_path
):
    settings.VAR = tmp_path
    file = store(ContentFile(b"log", name="log.txt"), by=System("email"))
    thread, other = ask(case, maria, f"Zanzibara <{ROSA}>, {JOE}"), ask(case, maria, ROSA, subject="Another")
    hear(thread, SECRET, files=[file])
    hear(other, "Also zanzibara")
    assert erase_asked(ROSA.upper(), by=ada) == 2
    assert places_holding("zanzibara") == {}
    assert places_holding(ROSA) == {}
    assert {party.address for party in SideParty.objects.exclude(address="")} == {JOE}
    theirs = SideMessage.objects.filter(direction="in")
    assert [(one.body, one.writer_address, one.attached.count()) for one in theirs] == [("", "", 0)] * 2
    assert SideMessage.objects.filter(body=ASKED).count() == 2
    assert Entry.objects.get(kind="side_party.erased").facts == {"messages": 2}


def test_a_colleague_who_answered_is_forgotten_too(case, maria, ada):
    hear(ask(case, maria), SECRET, address=JOE)
    assert erase_asked(JOE, by=ada) == 1
    assert places_holding("zanzibara") == places_holding(JOE) == {}


def test_erasing_a_contact_forgets_him_as_somebody_who_was_asked(case, maria, ada):
    hear(ask(case, maria), SECRET)
    contact = add_contact("Rosa Lind", email=ROSA, by=cast.CAST)
    erase_contact(contact, by=ada)
    assert places_holding("zanzibara") == places_holding(ROSA) == {}


def test_forgetting_somebody_nobody_knows_changes_nothing(ada):
    assert erase_asked("who@nowhere.example", by=ada) == 0
    assert not Entry.objects.filter(kind="side_party.erased").exists()


def test_only_whoever_may_forgets_somebody(case, maria):
    ask(case, maria)
    with pytest.raises(NotPermitted):
        erase_asked(ROSA, by=maria)


def test_what_did_not_arrive_shows_at_the_message_once_and_names_whom_it_did_not_reach(case, maria):
    thread = ask(case, maria, f"{ROSA}, {JOE}")
    lost = Delivery.objects.get(party__address=JOE)
    assert (fail(lost, by=BY), fail(lost, by=BY)) == (True, False)
    entry = Entry.objects.get(kind="side_message.failed")
    assert entry.facts["party"] == lost.party_id
    assert entry.ids_of("person") == [maria.pk]
    assert [one.party.address for one in thread.messages.get().deliveries.exclude(failed_at=None)] == [JOE]
