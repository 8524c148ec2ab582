"""What is said between a customer and us, whatever the channel.

A conversation is a thread of messages that the customer may read. What staff say among themselves is a
note: another thing in another table, and no verb turns one into the other. A reply can be taken back
until it leaves; what the customer wrote is never lost; what somebody has begun to write is kept.

    thread.py      messages and notes in one line of time
    shown_words.py what was said as pages show it
    queries.py     who may see which conversation, message, note and attachment
    verbs/         start, receive, write, undo, release, fail, note, take part, draft, redact
    jobs.py        what is due leaves, also after an outage
"""
