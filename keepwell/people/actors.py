"""Those who do something without being a person."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class System:
    """A part of the product that acts by itself, such as System("demo")."""

    part: str

    @property
    def actor_ref(self) -> tuple[str, None]:
        return f"system.{self.part}", None


@dataclass(frozen=True)
class Recorded:
    """Whoever did something before, so that a consequence is recorded in the same name."""

    actor_ref: tuple[str, int | None]
