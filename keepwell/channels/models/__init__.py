from keepwell.channels.models.attempts import Attempts
from keepwell.channels.models.follow_code import FollowCode
from keepwell.channels.models.imap_account import ImapAccount, Secured
from keepwell.channels.models.inbound_mail import InboundMail, MailState
from keepwell.channels.models.mail_hook import DeliveredBy, MailHook
from keepwell.channels.models.mail_sign_in import MailSignIn, SignsInAt
from keepwell.channels.models.mailbox import Mailbox
from keepwell.channels.models.raw_mail import CameBy, RawMail
from keepwell.channels.models.remote_mail import Fetching, RemoteMail
from keepwell.channels.models.reply_address import ReplyAddress
from keepwell.channels.models.side_reply_address import SideReplyAddress
from keepwell.channels.models.submission import Submission

__all__ = [
    "Attempts",
    "CameBy",
    "DeliveredBy",
    "Fetching",
    "FollowCode",
    "ImapAccount",
    "InboundMail",
    "MailHook",
    "MailSignIn",
    "MailState",
    "Mailbox",
    "RawMail",
    "RemoteMail",
    "ReplyAddress",
    "Secured",
    "SideReplyAddress",
    "SignsInAt",
    "Submission",
]
