from keepwell.channels.models.attempts import Attempts
from keepwell.channels.models.follow_code import FollowCode
from keepwell.channels.models.imap_account import ImapAccount, Secured
from keepwell.channels.models.inbound_mail import InboundMail, MailState
from keepwell.channels.models.mailbox import Mailbox
from keepwell.channels.models.raw_mail import CameBy, RawMail
from keepwell.channels.models.remote_mail import Fetching, RemoteMail
from keepwell.channels.models.reply_address import ReplyAddress
from keepwell.channels.models.submission import Submission

__all__ = [
    "Attempts",
    "CameBy",
    "Fetching",
    "FollowCode",
    "ImapAccount",
    "InboundMail",
    "MailState",
    "Mailbox",
    "RawMail",
    "RemoteMail",
    "ReplyAddress",
    "Secured",
    "Submission",
]
