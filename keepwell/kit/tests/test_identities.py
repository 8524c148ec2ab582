"""Ids as whoever writes them."""

import pytest

from keepwell.kit.identities import id_in


@pytest.mark.parametrize(("text", "found"), [("7", 7), ("0", 0), ("007", 7), ("9" * 18, int("9" * 18))])
def test_an_id_is_read(text, found):
    assert id_in(text) == found


@pytest.mark.parametrize("text", ["", "-1", "1.0", " 7", "\u00b2", "\u0667", "7\x00", "9" * 19, "9" * 5000])
def test_what_is_none_gives_none(text):
    assert id_in(text) is None
