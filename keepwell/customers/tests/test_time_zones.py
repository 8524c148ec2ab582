import pytest

from keepwell.customers.time_zones import is_known_zone, likely_zone


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Cental", "US/Central"),
        ("central time", "US/Central"),
        ("america/chicago", "America/Chicago"),
        ("Chicgo", "America/Chicago"),
        ("Berlin", "Europe/Berlin"),
        ("New York", "America/New_York"),
        ("qqqq", ""),
    ],
)
def test_a_zone_misspelt_finds_the_one_that_was_meant(written, meant):
    assert not is_known_zone(written)
    assert likely_zone(written) == meant


def test_what_is_offered_is_known():
    assert is_known_zone(likely_zone("Easten"))
