"""Mail: what comes in, kept first and understood later, and the answers of staff that go out.

    arrivals.py     how a mail came, and its raw bytes
    parsed.py       what a mail says, as a value
    parsing/        bytes into that value; runs in a child process, without Django
    child/          that process, and its parent's side
    understanding/  what a mail is: which conversation, whose words, how far proven
    findings.py     what reading one gave; showing.py one mail as a record
    recipients.py   who is written to; audience.py who gets an answer, differences.py who did not before
    settling.py     what became of one, written down
    answer.py       an answer as a mail: promised, enclosures, history, thread_headers and thread_index .py
    copy_letter.py  the same to somebody who takes no part
    verbs/          receiving, reading, understanding, placing; what staff do with those that wait; answering

Nothing here may import Django at the top of the folder: the child reads `parsed.py` and `parsing/` only.
"""
