"""A day and a time as they come from a form."""

from datetime import UTC, datetime

import pytest
from django import forms
from django.utils import timezone

from keepwell.kit.moment_field import MomentField


class Form(forms.Form):
    at = MomentField()


def test_a_moment_is_in_the_readers_zone():
    with timezone.override("America/Chicago"):
        form = Form({"at": "2026-06-09T08:00"})
        assert form.is_valid()
    assert form.cleaned_data["at"] == datetime(2026, 6, 9, 13, tzinfo=UTC)


@pytest.mark.parametrize(
    "written", ["0001-01-01T00:00", "0026-06-09T08:00", "2200-01-01T00:00", "9999-12-31T23:59"]
)
def test_a_year_that_makes_no_sense_is_refused_in_words(written):
    with timezone.override("America/Chicago"):
        form = Form({"at": written})
        assert form.errors["at"] == ["Choose a year from 1970 to 2199."]
