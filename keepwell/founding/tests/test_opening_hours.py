import pytest

from keepwell.founding.opening_hours import HoursRefused, read_hours

NINE_TO_FIVE = [["09:00", "17:00"]]


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("mon 9:00-17:00", {"mon": NINE_TO_FIVE}),
        ("Mon-Wed 09:00-17:00", {"mon": NINE_TO_FIVE, "tue": NINE_TO_FIVE, "wed": NINE_TO_FIVE}),
        ("sat - mon 09:00 - 17:00", {"mon": NINE_TO_FIVE, "sat": NINE_TO_FIVE, "sun": NINE_TO_FIVE}),
        ("mon 13:00-17:00, mon 8:00-12:00,", {"mon": [["08:00", "12:00"], ["13:00", "17:00"]]}),
    ],
)
def test_hours_are_read_as_people_write_them(text, hours):
    assert read_hours(text) == hours


@pytest.mark.parametrize("text", ["", "always", "mon-fry 09:00-17:00", "mon 9-17", "mon 09:00"])
def test_hours_that_cannot_be_read_show_how_they_are_written(text):
    with pytest.raises(HoursRefused, match="mon-fri 07:00-19:00"):
        read_hours(text)
