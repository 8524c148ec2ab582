"""What a mail server hands over is taken; what came in is shown; a folder of mails is tried.

`receive` ends with 0 only once the mail is kept for good. It ends with 75 where it cannot be kept now: the
mail server then keeps it and tries again. 65 says that this mail is never taken.
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
from pathlib import Path

from django.db import transaction

from keepwell.channels.email.arrivals import Arrival, MailRefused, NoSuchMailbox, mailbox_at
from keepwell.channels.email.parsing.limits import STORED_BYTES
from keepwell.channels.email.showing import record_of
from keepwell.channels.email.verbs.mailboxes import add_mailbox
from keepwell.channels.email.verbs.receiving import receive_mail
from keepwell.channels.models import InboundMail
from keepwell.operate import checking_mails
from keepwell.operate.refusals import WordRefused
from keepwell.operate.saying import say
from keepwell.people.actors import System

log = logging.getLogger(__name__)

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
    mailbox = acts.add_parser("mailbox", help="add an address that customers write to")
    mailbox.add_argument("address")
    mailbox.add_argument("--name", default="")
    check = acts.add_parser("check", help="try each file of a folder in a database of its own; one line each")
    check.add_argument("folder", type=Path)
    check.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)


def run(options: argparse.Namespace) -> int:
    return {"receive": _receive, "show": _show, "mailbox": _add, "check": _check}[options.act](options)


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


def _add(options: argparse.Namespace) -> int:
    with transaction.atomic():
        mailbox = add_mailbox(options.address, name=options.name, by=System("operate"))
    print(f"Mail to {mailbox} is taken.")
    return 0


def _check(options: argparse.Namespace) -> int:
    if not options.folder.is_dir():
        raise WordRefused(f"{options.folder} is no folder.")
    if options.inside:
        return checking_mails.check(options.folder)
    return checking_mails.check_in_a_scratch_installation(options.folder)
