"""What a mail server hands over is taken; what came in is shown; a folder of mails is tried.

`receive` ends with 0 only once the mail is kept for good. It ends with 75 where it cannot be kept now: the
mail server then keeps it and tries again. 65 says that this mail is never taken.
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
from getpass import getpass
from pathlib import Path

from django.db import transaction

from keepwell.channels.email.arrivals import Arrival, MailRefused, NoSuchMailbox, mailbox_at
from keepwell.channels.email.fetching.trying import try_it
from keepwell.channels.email.parsing.limits import STORED_BYTES
from keepwell.channels.email.showing import record_of
from keepwell.channels.email.verbs.mailboxes import Server, add_mailbox, fetch_from
from keepwell.channels.email.verbs.receiving import receive_mail
from keepwell.channels.models import ImapAccount, InboundMail, Mailbox, Secured
from keepwell.kit import clock
from keepwell.operate import checking_mails
from keepwell.operate.refusals import WordRefused
from keepwell.operate.saying import say
from keepwell.people.actors import System

log = logging.getLogger(__name__)

BY = System("operate")
# What mail servers understand (sysexits.h).
NEVER, LATER = 65, 75


def arguments(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    receive = acts.add_parser("receive", help="take the mail on standard input")
    receive.add_argument("--mailbox", required=True, metavar="ADDRESS")
    receive.add_argument("--sender", default="", metavar="ADDRESS", help="of the envelope")
    receive.add_argument(
        "--recipient", action="append", default=[], metavar="ADDRESS", help="of the envelope"
    )
    show = acts.add_parser("show", help="what is known of a mail that came in")
    show.add_argument("id", type=int)
    show.add_argument("--json", action="store_true")
    mailbox = acts.add_parser(
        "mailbox", help="an address that customers write to, and where it is fetched from"
    )
    mailbox.add_argument("address")
    mailbox.add_argument("--name", default="")
    mailbox.add_argument("--imap", metavar="SERVER", help="fetch it from there; the password is asked for")
    mailbox.add_argument("--port", type=int, default=0, help="993, or 143 without --tls tls")
    mailbox.add_argument("--tls", choices=Secured.values, default=Secured.AT_ONCE)
    mailbox.add_argument("--user", default="", help="the address itself where none is given")
    mailbox.add_argument("--folder", default="INBOX")
    mailbox.add_argument("--move-to", default="", metavar="FOLDER", help="where mails that are kept go there")
    mailbox.add_argument("--all", action="store_true", help="take what is there already, too")
    mailbox.add_argument("--try", dest="is_tried", action="store_true", help="say what the server answers")
    check = acts.add_parser("check", help="try each file of a folder in a database of its own; one line each")
    check.add_argument("folder", type=Path)
    check.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)


def run(options: argparse.Namespace) -> int:
    return {"receive": _receive, "show": _show, "mailbox": _mailbox, "check": _check}[options.act](options)


def _receive(options: argparse.Namespace) -> int:
    came = Arrival(envelope_sender=options.sender, envelope_recipients=tuple(options.recipient))
    try:
        # One byte more tells that it is too large.
        raw = sys.stdin.buffer.read(STORED_BYTES + 1)
        mail = receive_mail(raw, mailbox_at(options.mailbox), came)
    except MailRefused as refused:
        say(f"keepwell mail: {refused}")
        return NEVER
    except NoSuchMailbox as refused:
        say(f"keepwell mail: {refused}")
        return LATER
    except Exception as error:  # whatever it was, the mail server still has the mail
        log.exception("a mail could not be taken")
        say(f"keepwell mail: It could not be kept now ({type(error).__name__}). Keep it and try again.")
        return LATER
    print(mail.pk)
    return 0


def _show(options: argparse.Namespace) -> int:
    mail = InboundMail.objects.select_related("raw__mailbox", "case", "message").filter(pk=options.id).first()
    if mail is None:
        raise WordRefused(f"There is no mail {options.id}.")
    record = record_of(mail)
    if options.json:
        print(json.dumps(record, indent=1, ensure_ascii=False))
    else:
        print("\n".join(f"{name}: {value}" for name, value in record.items()))
    return 0


def _mailbox(options: argparse.Namespace) -> int:
    with transaction.atomic():
        mailbox = add_mailbox(options.address, name=options.name, by=BY)
    print(f"Mail to {mailbox} is taken.")
    if options.imap:
        from_when = None if options.all else clock.now()
        fetch_from(mailbox, _server(options), takes_from=from_when, by=BY)
        print(f"It is fetched from {options.imap} while a worker runs.")
    return _tried(mailbox) if options.is_tried else 0


def _server(options: argparse.Namespace) -> Server:
    user = options.user or options.address
    password = getpass(f"Password of {user} at {options.imap}: ") if sys.stdin.isatty() else input()
    return Server(
        server=options.imap,
        port=options.port or (993 if options.tls == Secured.AT_ONCE else 143),
        secured=options.tls,
        user=user,
        password=password,
        folder=options.folder,
        moves_to=options.move_to,
    )


def _tried(mailbox: Mailbox) -> int:
    account = ImapAccount.objects.select_related("mailbox").filter(mailbox=mailbox).first()
    if account is None:
        raise WordRefused(f"{mailbox} is not fetched from anywhere: give --imap.")
    found = try_it(account)
    print(found.words)
    return 0 if found.is_well else 1


def _check(options: argparse.Namespace) -> int:
    if not options.folder.is_dir():
        raise WordRefused(f"{options.folder} is no folder.")
    if options.inside:
        return checking_mails.check(options.folder)
    return checking_mails.check_in_a_scratch_installation(options.folder)
