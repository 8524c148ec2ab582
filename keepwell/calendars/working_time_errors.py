"""What can be wrong with opening hours, allowances and instants, in plain words.

Every error keeps its sentence as a template and the facts that fill it, so that a face can
show it in the reader's language (`gettext(error.template) % error.facts`) while `str(error)`
is the English sentence.
"""


def gettext_noop(text: str) -> str:
    """Mark a sentence for translation without translating it here: this slice's rules are pure."""
    return text


class WorkingTimeError(ValueError):
    """A question about working time that has no right answer."""

    def __init__(self, template: str, **facts: object) -> None:
        super().__init__(template % facts)
        self.template = template
        self.facts = facts


class CalendarError(WorkingTimeError):
    """The opening hours as written cannot be used."""


class AllowanceError(WorkingTimeError):
    """The amount or the unit of an allowance cannot be used."""


class InstantError(WorkingTimeError):
    """An instant has no time zone, is no whole number, or comes in the wrong order."""


class OutsidePreparedYears(WorkingTimeError):
    """The question or its answer lies outside the years the calendar was prepared for."""


class NeverOpensAgain(WorkingTimeError):
    """The calendar has no opening left that could answer."""
