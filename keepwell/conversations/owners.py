"""Files stay as long as a message, a note or a draft has them."""

from django.db.models import OuterRef

from keepwell.conversations.models import DraftAttachment, MessageAttachment, NoteAttachment
from keepwell.files.orphans import owner

owner("messages", lambda: MessageAttachment.objects.filter(attachment=OuterRef("pk")))
owner("notes", lambda: NoteAttachment.objects.filter(attachment=OuterRef("pk")))
owner("drafts", lambda: DraftAttachment.objects.filter(attachment=OuterRef("pk")))
