from __future__ import annotations

import re

import pytest
from allauth.core.internal.cryptokit import generate_user_code
from hypothesis import given
from hypothesis import strategies as st

from keepwell.outbox.masking import HIDDEN, masked


@pytest.mark.parametrize("numeric", [True, False])
@pytest.mark.parametrize("dashed", [True, False])
@pytest.mark.parametrize("length", [4, 6, 8, 12])
def test_no_part_of_a_sign_in_code_is_left_to_read(numeric: bool, dashed: bool, length: int):
    for _time in range(50):
        code = generate_user_code(numeric=numeric, dashed=dashed, length=length)
        text = f"Your code is {code}. It works for ten minutes.\n\n{code}\n({code})"
        hidden = masked(text, is_code=True)
        assert code not in hidden
        assert hidden.count(HIDDEN) == 3
        assert "It works for ten minutes." in hidden


@given(st.from_regex(r"[A-Z0-9]{3,12}", fullmatch=True), st.text(max_size=20), st.text(max_size=20))
def test_a_code_is_hidden_whatever_stands_around_it(code: str, before: str, after: str):
    assert code not in masked(f"{before} {code} {after}", is_code=True).replace(before, "").replace(after, "")


@pytest.mark.parametrize("code", ["ABCD 7XYZ", "KLMN PQRS", "2345 6789", "123 456", "ABC DEF GHI"])
def test_a_code_in_groups_is_hidden_group_by_group(code: str):
    hidden = masked(f"enter this code within a day:\n\n**{code}**\n", is_code=True)
    assert not [group for group in code.split() if group in hidden]


def test_ordinary_words_stay():
    text = "Hello Dana, sign in with this on the page you came from. Nobody of ours asks for it."
    assert masked(text, is_code=True) == text


def test_a_reset_link_keeps_its_place_and_loses_its_key_in_any_mail():
    link = "http://localhost:8000/accounts/password/reset/key/2-cq5mxv-0a1b2c3d4e5f6a7b8c9d/"
    hidden = masked(f"Follow {link} please", is_code=False)
    assert hidden == f"Follow http://localhost:8000/accounts/password/reset/key/{HIDDEN}/ please"


@pytest.mark.parametrize(
    "secret",
    ["eyJhbGciOi.J1c2VyIjo.xX-12", "abcdefghijklmnopqrstuvwxyz", "token=9f86d081884c7d65", "k=9f86d081884c"],
)
def test_signed_parts_of_links_are_hidden(secret: str):
    hidden = masked(f"https://help.example/follow/?{secret}", is_code=False)
    assert secret.rpartition("=")[2] not in hidden


def test_a_link_to_a_case_can_be_read():
    link = "https://help.example/portal/cases/104233/"
    assert masked(link, is_code=False) == link
    assert re.search(r"cases/104233", masked(link, is_code=True))
