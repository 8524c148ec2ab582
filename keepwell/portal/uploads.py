"""Files chosen with a form and not sent yet: nobody chooses his files twice."""

from __future__ import annotations

from django.forms import Form
from django.http import HttpRequest

from keepwell.files.drafts import Draft
from keepwell.files.refusals import FileRefused
from keepwell.files.verbs.removing import remove_from_draft
from keepwell.files.verbs.storing import store
from keepwell.kit.identities import id_in
from keepwell.portal.readers import Reader


def draft_of(reader: Reader, token: str) -> Draft:
    return Draft(token=token, holder=reader.holder)


def take_in(request: HttpRequest, reader: Reader, form: Form) -> bool:
    """Keeps what was chosen, says in the form what was not taken, and leaves out what is not wanted.

    Gives whether something was only to be left out, and so nothing is to be sent.
    """
    draft = draft_of(reader, request.POST.get("files_of", "")[:64])
    for upload in request.FILES.getlist("files"):
        try:
            store(upload, by=reader.actor, draft=draft)
        except FileRefused as refusal:
            form.add_error(None, str(refusal))
    unwanted = request.POST.get("leave_out", "")
    if unwanted_id := id_in(unwanted):
        remove_from_draft(draft, unwanted_id, by=reader.actor)
    return bool(unwanted)
