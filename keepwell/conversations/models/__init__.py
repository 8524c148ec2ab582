from keepwell.conversations.models.attached import DraftAttachment, MessageAttachment, NoteAttachment
from keepwell.conversations.models.conversation import Conversation, Serves
from keepwell.conversations.models.copy import Copy, CopyKind
from keepwell.conversations.models.draft import Draft, DraftKind
from keepwell.conversations.models.message import Channel, Direction, Message, MessageState
from keepwell.conversations.models.note import Note, NoteKind
from keepwell.conversations.models.participant import Participant, PartRole
from keepwell.conversations.models.read_mark import ReadMark

__all__ = [
    "Channel",
    "Conversation",
    "Copy",
    "CopyKind",
    "Direction",
    "Draft",
    "DraftAttachment",
    "DraftKind",
    "Message",
    "MessageAttachment",
    "MessageState",
    "Note",
    "NoteAttachment",
    "NoteKind",
    "PartRole",
    "Participant",
    "ReadMark",
    "Serves",
]
