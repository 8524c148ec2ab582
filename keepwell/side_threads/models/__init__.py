from keepwell.side_threads.models.side_message import (
    Delivery,
    SideAttachment,
    SideDirection,
    SideMessage,
)
from keepwell.side_threads.models.side_party import SideParty
from keepwell.side_threads.models.side_thread import SideState, SideThread, SideThreadQuerySet

__all__ = [
    "Delivery",
    "SideAttachment",
    "SideDirection",
    "SideMessage",
    "SideParty",
    "SideState",
    "SideThread",
    "SideThreadQuerySet",
]
