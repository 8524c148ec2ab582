"""Who gets an answer and did not get the mail before it, and the other way round."""

from __future__ import annotations

from keepwell.channels.email.differences import Differences, Somebody, differences

DANA = Somebody(address="dana@elmfalls.example", contact=1, name="Dana", is_opener=True)
CARL = Somebody(address="carl@elmfalls.example", contact=2, name="Carl")
EVE = Somebody(address="Eve@builder.example", name="Eve")
DOMAINS = {"elmfalls.example"}


def told(now, answered=None, written=None, domains=DOMAINS) -> tuple[list[str], list[str], list[str]]:
    found = differences(now, answered, written, domains)
    return tuple([one.name for one in group] for group in (found.new, found.gone, found.outside))


def test_nobody_is_told_of_anything_where_all_get_what_all_got():
    assert told([DANA, CARL], answered=[DANA, CARL]) == ([], [], [])
    assert not differences([DANA], [DANA], [DANA], DOMAINS)


def test_before_the_first_mail_nobody_is_new_or_gone():
    assert told([DANA, CARL]) == ([], [], [])


def test_somebody_new_and_somebody_gone_are_told():
    assert told([DANA, CARL], answered=[DANA]) == (["Carl"], [], [])
    assert told([DANA], answered=[DANA, CARL]) == ([], ["Carl"], [])


def test_whom_the_customers_mail_named_is_missed_if_he_gets_no_answer():
    assert told([DANA], written=[DANA, CARL]) == ([], ["Carl"], [])
    assert told([DANA, CARL], answered=[DANA, CARL], written=[DANA]) == ([], [], [])


def test_an_address_outside_the_customers_domains_is_told_until_an_answer_of_ours_went_there():
    assert told([DANA, EVE]) == ([], [], ["Eve"])
    assert told([DANA, EVE], answered=[DANA, EVE]) == ([], [], [])


def test_that_a_mail_names_an_outsider_makes_nobody_sure_of_him():
    assert told([DANA, EVE], written=[DANA, EVE]) == ([], [], ["Eve"])


def test_whose_case_it_is_is_never_new_nor_outside():
    assert told([DANA], answered=[]) == ([], [], [])
    assert told([DANA], domains=set()) == ([], [], [])
    assert told([CARL], domains=set()) == ([], [], ["Carl"])


def test_one_person_with_two_addresses_is_one_person():
    at_home = Somebody(address="carl@home.example", contact=2, name="Carl")
    assert told([DANA, CARL], written=[DANA, at_home]) == ([], [], [])


def test_an_address_is_the_same_in_any_letters():
    small = Somebody(address="eve@builder.example", name="Eve")
    assert told([DANA, small], answered=[DANA, EVE]) == ([], [], [])


def test_who_was_told_of_one_difference_was_not_told_of_another():
    carl, eve = (
        differences([DANA, CARL], [DANA], None, DOMAINS),
        differences([DANA, EVE], [DANA], None, DOMAINS),
    )
    assert carl.mark != eve.mark
    assert carl.mark == differences([CARL, DANA], [DANA], None, DOMAINS).mark
    assert Differences().mark == ""
