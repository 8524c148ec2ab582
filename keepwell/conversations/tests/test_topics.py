from keepwell.conversations.tests.elm_falls import said
from keepwell.journal.live import may_listen


def test_staff_hear_all_of_it_and_customers_only_what_is_theirs(elm, maria, carl, wes, nora):
    whole, theirs = f"conversation:{elm.conversation.pk}", f"portal_conversation:{elm.conversation.pk}"
    assert may_listen(maria, whole)
    for customer in (elm.dana, carl):
        assert may_listen(customer.user, theirs)
        assert not may_listen(customer.user, whole)
    for stranger in (wes, nora):
        assert not may_listen(stranger.user, theirs)
        assert not may_listen(stranger.user, whole)


def test_one_who_is_only_suggested_hears_nothing(elm, wes):
    said(elm.conversation, wes)
    assert not may_listen(wes.user, f"portal_conversation:{elm.conversation.pk}")
