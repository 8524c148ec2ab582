"""What `keepwell doctor installation` looks at."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from keepwell.kit.checkups import checkup
from keepwell.kit.condition import all_parts


@checkup("installation", _("database, schema, worker, disk"))
def installation() -> Iterator[str]:
    for part in all_parts():
        if not part.is_well:
            yield part.words
