"""Files that people attach: taken in safely, kept once, served only through what they are attached to.

A blob is some content, kept on disk under its own hash and never under a name that somebody chose. An
attachment is one person's upload of it, with its name: two people who upload the same content share the
blob and never see each other's attachment. A file has no address of its own: a face finds the attachment
through its owner (a message, a note) and answers with the headers of `serving.py`.

    names.py      a name made safe once, whatever was sent
    kinds.py      what the content is, by what it begins with and its ending; what may be shown in a page
    content.py    where content is kept: hash folders, written whole or not at all
    kept_data.py  files that the product makes of many rows; in the same storage, never attached
    scanning.py   the virus scanner's answer
    drafts.py     files uploaded before their message is sent
    orphans.py    the registry of owners; what nobody owns is removed after a day
    serving.py    the headers a file is answered with
    verbs/        storing, claiming, removing, scanning
"""
