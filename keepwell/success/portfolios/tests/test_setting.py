"""Who looks after an account is set straight only where nothing stays behind."""

from __future__ import annotations

from datetime import date

import pytest

from keepwell.customers.verbs.stewarding import appoint_steward
from keepwell.success.portfolios.refusals import HasOpenThings
from keepwell.success.portfolios.verbs.setting import set_steward
from keepwell.success.signals.verbs.tasks import NewTask, add_task
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def account():
    cast.the_guidelines()
    appoint_steward(cast.elm_falls(), cast.sam_the_success_manager(), "success", by=cast.CAST)
    return cast.elm_falls()


def who(account):
    rows = account.stewardships.filter(kind="success", to_at__isnull=True)
    return [one.user for one in rows]


def test_with_nothing_open_somebody_else_is_set_and_nobody_is_an_answer_too(account):
    alma = cast.alma_the_account_manager()
    set_steward(account, alma, "success", by=cast.CAST)
    assert who(account) == [alma]
    set_steward(account, None, "success", by=cast.CAST)
    assert who(account) == []


@pytest.mark.parametrize("other", [cast.alma_the_account_manager, lambda: None])
def test_who_has_something_open_there_stays_until_it_is_handed_over(account, other):
    sam = cast.sam_the_success_manager()
    add_task(account, NewTask(words="Ask about the map", due_on=date(2026, 12, 1), owner=sam), by=sam)
    with pytest.raises(HasOpenThings, match=f"{sam} has one thing open there.*hand the account over"):
        set_steward(account, other(), "success", by=cast.CAST)
    assert who(account) == [sam]
    set_steward(account, sam, "success", by=cast.CAST)
    assert who(account) == [sam]
