"""The file of a mail stays as long as the mail does."""

from django.db.models import OuterRef

from keepwell.channels.models import RawMail
from keepwell.files.orphans import owner

owner("mails", lambda: RawMail.objects.filter(file=OuterRef("pk")))
