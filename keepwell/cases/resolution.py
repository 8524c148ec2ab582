"""How a case was solved, as a value."""

from __future__ import annotations

from dataclasses import dataclass

from keepwell.cases.words import How


@dataclass(frozen=True, kw_only=True)
class Resolution:
    """How it was solved, and why it had come up (for staff; empty where nobody knows).

    `message` is the message that told the customer, if one did. Errors: ValueError for an unknown how.
    """

    how: str = How.ANSWERED
    root_cause: str = ""
    message: int | None = None

    def __post_init__(self) -> None:
        if How(self.how) == How.WITHDRAWN:
            raise ValueError("A customer withdraws; staff resolve.")
        object.__setattr__(self, "root_cause", self.root_cause.replace("\x00", "").strip())

    def as_arguments(self) -> dict[str, str]:
        return {"how": str(self.how), "root_cause": self.root_cause}
