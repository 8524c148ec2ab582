"""Two tabs on the same words: the second is told, and neither text is lost."""

from __future__ import annotations

import pytest

from keepwell.desk.tests.people import signed_in
from keepwell.success.engagements.new_engagement import NewEngagement
from keepwell.success.engagements.verbs.beginning import begin
from keepwell.success.engagements.verbs.writing import share_notes
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def held():
    sam = cast.sam_the_success_manager()
    return begin(cast.elm_falls(), NewEngagement(kind="training", host=sam), by=sam)


def test_words_saved_meanwhile_are_shown_beside_ones_own_and_a_second_save_is_meant(held):
    sam = signed_in(cast.sam_the_success_manager())
    address = f"/desk/engagements/{held.pk}/shared-notes/"
    was = sam.get(address).context["form"]["was"].value()
    share_notes(held, "Theirs", by=cast.alma_the_account_manager())
    answer = sam.post(address, {"words": "Mine", "was": was})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "“Theirs”" in page
    assert "Mine" in page
    held.refresh_from_db()
    assert held.shared_notes == "Theirs"
    was = answer.context["form"]["was"].value()
    assert sam.post(address, {"words": "Theirs, and mine", "was": was}).status_code == 302
    held.refresh_from_db()
    assert held.shared_notes == "Theirs, and mine"


def test_what_nobody_else_touched_is_saved_at_once(held):
    sam = signed_in(cast.sam_the_success_manager())
    address = f"/desk/engagements/{held.pk}/details/"
    form = sam.get(address).context["form"]
    wanted = {name: form[name].value() or "" for name in form.fields}
    assert sam.post(address, {**wanted, "agenda": "Maps"}).status_code == 302
    held.refresh_from_db()
    assert held.agenda == "Maps"
