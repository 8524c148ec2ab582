"""What `keepwell doctor installation` looks at, and what this slice may be at for long."""

from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext, gettext_lazy

from keepwell.kit.checkups import checkup
from keepwell.kit.condition import Underway, all_parts, work
from keepwell.operate.models import DemoPlay


@checkup("installation", gettext_lazy("database, schema, worker, disk"))
def installation() -> Iterator[str]:
    for part in all_parts():
        if not part.is_well:
            yield part.words


@work
def demonstration() -> Underway | None:
    """The three months of the demonstration, while the worker still plays them."""
    played = DemoPlay.objects.first() if settings.KEEPWELL_DEMO else None
    if played is None or played.is_over:
        return None
    words = gettext("Three months of cases are being played; until then some stand where they stood long ago")
    return Underway(words=words, done=played.acts_played, total=played.acts)
