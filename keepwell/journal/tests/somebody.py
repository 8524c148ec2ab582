"""Those who do something in these tests; the journal knows nobody, and so neither do its tests."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Somebody:
    actor_ref: tuple[str, int | None] = ("system.test", None)


TEST = Somebody()
