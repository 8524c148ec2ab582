"""When something asked for cannot be done."""


class Refused(ValueError):
    """A rule does not allow what somebody asked for.

    `str()` is a sentence for that person: what happened, what was kept, what to do. Faces show it as it
    is, beside the form it is about where they can.
    """
