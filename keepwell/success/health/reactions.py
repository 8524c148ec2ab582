"""What health does when something lower happened."""

from procrastinate.contrib.django import app

from keepwell.journal.models import Entry
from keepwell.journal.reacting import on


@on("usage.told_late")
def see_again(entry: Entry) -> None:
    """Late data: what was seen since is worked out again, once this is committed."""
    for noun, account in entry.about:
        if noun == "account":
            app.configure_task("health.take_again").defer(account=account, since=entry.facts["first_on"])
