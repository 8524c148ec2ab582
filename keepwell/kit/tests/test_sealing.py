"""A secret that is kept sealed."""

import pytest

from keepwell.kit.sealing import SealBroken, seal, unseal


def test_what_was_sealed_is_read_again_and_stands_nowhere_in_the_open():
    sealed = seal("a pass phrase")
    assert unseal(sealed) == "a pass phrase"
    assert "pass" not in sealed
    assert sealed != seal("a pass phrase")


def test_nothing_stays_nothing():
    assert seal("") == unseal("") == ""


def test_another_secret_reads_nothing_and_says_what_to_do(settings):
    sealed = seal("a pass phrase")
    settings.SECRET_KEY = "another"
    with pytest.raises(SealBroken, match="Enter it again"):
        unseal(sealed)


def test_the_secret_before_this_one_is_still_read(settings):
    sealed = seal("a pass phrase")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"
    assert unseal(sealed) == "a pass phrase"


def test_one_that_was_changed_is_not_read():
    sealed = seal("a pass phrase")
    with pytest.raises(SealBroken):
        unseal(sealed[:-6] + "AAAAA=")
