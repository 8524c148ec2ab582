"""Files stay as long as a side message has them."""

from django.db.models import OuterRef

from keepwell.files.orphans import owner
from keepwell.side_threads.models import SideAttachment

owner("side messages", lambda: SideAttachment.objects.filter(attachment=OuterRef("pk")))
