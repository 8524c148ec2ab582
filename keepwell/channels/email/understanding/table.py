"""The decision table: what becomes of a mail that a person wrote. Whatever a machine wrote is parked.

Each line is a reference and a sender, each column how far the From line is proven. The operator's page and
the tests are made from it as it stands here.

    join         a message of the conversation, its sender the author
    held_reply   shown to staff beside the conversation, until they let it join or not
    suggest      the same, and the sender is suggested as somebody who takes part
    open_known   a new case of somebody we know; not verified unless the From line is proven
    open_triage  a new case that has to be placed
    hold         on the page of mail that needs attention; no conversation is chosen
"""

from __future__ import annotations

from keepwell.channels.email.understanding.evidence import Action, Reference, Sender
from keepwell.channels.email.understanding.table_reading import read_table

AUTOMATIC = Action.PARK

ROWS = """
reference           sender       passed       unknown      failed       forged

sealed              requester    join         join         held_reply   held_reply
sealed              participant  join         join         held_reply   held_reply
sealed              colleague    suggest      held_reply   hold         hold
sealed              known        suggest      held_reply   hold         hold
sealed              staff        join         hold         hold         hold
sealed              stranger     hold         hold         hold         hold

repeated            requester    join         held_reply   hold         hold
repeated            participant  join         held_reply   hold         hold
repeated            colleague    hold         hold         hold         hold
repeated            known        hold         hold         hold         hold
repeated            staff        hold         hold         hold         hold
repeated            stranger     hold         hold         hold         hold

seals_disagree      requester    held_reply   held_reply   hold         hold
seals_disagree      participant  held_reply   held_reply   hold         hold
seals_disagree      colleague    hold         hold         hold         hold
seals_disagree      known        hold         hold         hold         hold
seals_disagree      staff        hold         hold         hold         hold
seals_disagree      stranger     hold         hold         hold         hold

sealed_for_another  requester    join         held_reply   held_reply   held_reply
sealed_for_another  participant  join         held_reply   held_reply   held_reply
sealed_for_another  colleague    suggest      held_reply   hold         hold
sealed_for_another  known        suggest      held_reply   hold         hold
sealed_for_another  staff        hold         hold         hold         hold
sealed_for_another  stranger     suggest      held_reply   hold         hold

broken              requester    held_reply   held_reply   hold         hold
broken              participant  held_reply   held_reply   hold         hold
broken              colleague    open_known   hold         hold         hold
broken              known        open_known   hold         hold         hold
broken              staff        hold         hold         hold         hold
broken              stranger     open_triage  hold         hold         hold

unsealed            requester    held_reply   held_reply   hold         hold
unsealed            participant  held_reply   held_reply   hold         hold
unsealed            colleague    open_known   hold         hold         hold
unsealed            known        open_known   hold         hold         hold
unsealed            staff        hold         hold         hold         hold
unsealed            stranger     open_triage  hold         hold         hold

customers_mail      requester    join         held_reply   hold         hold
customers_mail      participant  join         held_reply   hold         hold
customers_mail      colleague    suggest      held_reply   hold         hold
customers_mail      known        suggest      hold         hold         hold
customers_mail      staff        hold         hold         hold         hold
customers_mail      stranger     suggest      hold         hold         hold

thread_index        requester    join         held_reply   hold         hold
thread_index        participant  join         held_reply   hold         hold
thread_index        colleague    suggest      open_known   hold         hold
thread_index        known        open_known   open_known   hold         hold
thread_index        staff        hold         hold         hold         hold
thread_index        stranger     open_triage  open_triage  hold         hold

number              requester    join         held_reply   hold         hold
number              participant  join         held_reply   hold         hold
number              colleague    suggest      open_known   hold         hold
number              known        open_known   open_known   hold         hold
number              staff        hold         hold         hold         hold
number              stranger     open_triage  open_triage  hold         hold

nothing             requester    open_known   open_known   hold         hold
nothing             participant  open_known   open_known   hold         hold
nothing             colleague    open_known   open_known   hold         hold
nothing             known        open_known   open_known   hold         hold
nothing             staff        hold         hold         hold         hold
nothing             stranger     open_triage  open_triage  hold         hold
"""

# A mail that one of us passes on, by whom its own From line names. The columns are how far he is proven who
# passes it on: if he is, the mail counts as much as if it had come by itself and nobody had proven its
# sender, and no more.
FORWARDED_ROWS = """
reference           sender       passed       unknown      failed       forged

sealed              requester    join         hold         hold         hold
sealed              participant  join         hold         hold         hold
sealed              colleague    held_reply   hold         hold         hold
sealed              known        held_reply   hold         hold         hold
sealed              staff        hold         hold         hold         hold
sealed              stranger     hold         hold         hold         hold

repeated            requester    held_reply   hold         hold         hold
repeated            participant  held_reply   hold         hold         hold
repeated            colleague    hold         hold         hold         hold
repeated            known        hold         hold         hold         hold
repeated            staff        hold         hold         hold         hold
repeated            stranger     hold         hold         hold         hold

seals_disagree      requester    held_reply   hold         hold         hold
seals_disagree      participant  held_reply   hold         hold         hold
seals_disagree      colleague    hold         hold         hold         hold
seals_disagree      known        hold         hold         hold         hold
seals_disagree      staff        hold         hold         hold         hold
seals_disagree      stranger     hold         hold         hold         hold

sealed_for_another  requester    held_reply   hold         hold         hold
sealed_for_another  participant  held_reply   hold         hold         hold
sealed_for_another  colleague    held_reply   hold         hold         hold
sealed_for_another  known        held_reply   hold         hold         hold
sealed_for_another  staff        hold         hold         hold         hold
sealed_for_another  stranger     held_reply   hold         hold         hold

broken              requester    held_reply   hold         hold         hold
broken              participant  held_reply   hold         hold         hold
broken              colleague    hold         hold         hold         hold
broken              known        hold         hold         hold         hold
broken              staff        hold         hold         hold         hold
broken              stranger     hold         hold         hold         hold

unsealed            requester    held_reply   hold         hold         hold
unsealed            participant  held_reply   hold         hold         hold
unsealed            colleague    hold         hold         hold         hold
unsealed            known        hold         hold         hold         hold
unsealed            staff        hold         hold         hold         hold
unsealed            stranger     hold         hold         hold         hold

customers_mail      requester    held_reply   hold         hold         hold
customers_mail      participant  held_reply   hold         hold         hold
customers_mail      colleague    held_reply   hold         hold         hold
customers_mail      known        hold         hold         hold         hold
customers_mail      staff        hold         hold         hold         hold
customers_mail      stranger     hold         hold         hold         hold

thread_index        requester    held_reply   hold         hold         hold
thread_index        participant  held_reply   hold         hold         hold
thread_index        colleague    open_known   hold         hold         hold
thread_index        known        open_known   hold         hold         hold
thread_index        staff        hold         hold         hold         hold
thread_index        stranger     open_triage  hold         hold         hold

number              requester    held_reply   hold         hold         hold
number              participant  held_reply   hold         hold         hold
number              colleague    open_known   hold         hold         hold
number              known        open_known   hold         hold         hold
number              staff        hold         hold         hold         hold
number              stranger     open_triage  hold         hold         hold

nothing             requester    open_known   hold         hold         hold
nothing             participant  open_known   hold         hold         hold
nothing             colleague    open_known   hold         hold         hold
nothing             known        open_known   hold         hold         hold
nothing             staff        hold         hold         hold         hold
nothing             stranger     open_triage  hold         hold         hold
"""

TABLE = read_table(ROWS, Reference, Sender, Action)
FORWARDED = read_table(FORWARDED_ROWS, Reference, Sender, Action)
