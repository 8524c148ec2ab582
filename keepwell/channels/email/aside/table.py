"""The decision table of side threads: what becomes of a mail that names one. A machine's mail is parked.

Each line is how it names the side thread and whom its From line names, each column how far that is proven.
The operator's page and the tests are made from it as it stands here. Nothing in it leads into a case's
conversation.

    join         a message of the side thread, by the one who was asked
    unconfirmed  the same, shown as by somebody who is not confirmed
    held         shown to staff beside the side thread, until they let it in or not
    beside_case  shown to staff beside the case: it says that it is from the customer's side
    elsewhere    no answer to a side thread: the table of all other mail is asked
"""

from __future__ import annotations

from keepwell.channels.email.aside.evidence import Action, Reference, Sender
from keepwell.channels.email.understanding.table_reading import read_table

AUTOMATIC = Action.PARK
# Whoever forwards an answer to us proves himself, and nobody its writer.
PASSED_ON = Action.HELD

ROWS = """
reference           sender     passed       unknown      failed       forged

sealed              asked      join         join         held         held
sealed              colleague  held         held         held         held
sealed              customer   beside_case  beside_case  beside_case  beside_case
sealed              staff      held         held         held         held
sealed              stranger   held         held         held         held

repeated            asked      join         held         held         held
repeated            colleague  held         held         held         held
repeated            customer   beside_case  beside_case  beside_case  beside_case
repeated            staff      held         held         held         held
repeated            stranger   held         held         held         held

seals_disagree      asked      held         held         held         held
seals_disagree      colleague  held         held         held         held
seals_disagree      customer   beside_case  beside_case  beside_case  beside_case
seals_disagree      staff      held         held         held         held
seals_disagree      stranger   held         held         held         held

sealed_for_another  asked      join         unconfirmed  held         held
sealed_for_another  colleague  unconfirmed  unconfirmed  held         held
sealed_for_another  customer   beside_case  beside_case  beside_case  beside_case
sealed_for_another  staff      held         held         held         held
sealed_for_another  stranger   held         held         held         held

their_mail          asked      join         held         held         held
their_mail          colleague  held         held         held         held
their_mail          customer   elsewhere    elsewhere    elsewhere    elsewhere
their_mail          staff      elsewhere    elsewhere    elsewhere    elsewhere
their_mail          stranger   elsewhere    elsewhere    elsewhere    elsewhere
"""

TABLE = read_table(ROWS, Reference, Sender, Action)
