"""Reading a mail: bytes in, a `ParsedMail` out, whatever the bytes are.

Pure, and without Django: it runs in a child process with limits (`child/`), and starts fast. What it opens
is bounded before anything is decoded. Header by header, part by part: what cannot be read as it was meant
is read as well as it can be, and a warning says so.

    limits.py      how much of a mail is looked at
    reading.py     the whole of it, in order
    tree.py        the parts, by the standard library's parser under its oldest, toughest policy
    headers.py     encoded words, folding, the headers that a decision needs
    addresses.py   lists of addresses; ids.py Message-IDs; dates.py the date
    charsets.py    bytes into text, never failing
    bodies.py      what is text to read, and what is a file
    contents.py    files: their names, their content; tnef.py what Outlook wraps in winmail.dat
    html_text.py   text of HTML
    trimming.py    what of an answer is new; forwarding.py the mail that is passed on in another
    reports.py     what mail servers report about our mails
"""
