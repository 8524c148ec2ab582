"""Why something about usage is refused. `str()` of each is a sentence for whoever tried."""

from keepwell.kit.refusals import Refused


class SourceRefused(Refused):
    """A source cannot be as it was asked for."""


class FileRefused(Refused):
    """A file of events cannot be read at all."""


class EngineRefused(Refused):
    """What the knob names cannot run the expressions."""
