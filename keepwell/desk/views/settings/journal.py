"""The journal as administrators read it: every entry, by subject, by kind, by who did it."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from keepwell.desk.access import needs
from keepwell.desk.forms.journal import JournalForm
from keepwell.insight.doers import names_of
from keepwell.insight.fact_words import sentence
from keepwell.insight.looks import look_of
from keepwell.journal.models import Entry, EntrySubject
from keepwell.kit import clock
from keepwell.kit.paging import page

ORDER = ("-pk",)


@require_safe
@needs("journal.see")
def journal(request: HttpRequest) -> HttpResponse:
    """Newest recorded first. Read only: nothing changes an entry."""
    form = JournalForm(request.GET or None)
    wanted = form.cleaned_data if form.is_bound and form.is_valid() else {}
    found = page(_rows(wanted), order=ORDER, cursor=request.GET.get("cursor", ""))
    given = {"form": form, "page": found, "lines": _lines(found.rows)}
    return render(request, "desk/settings/journal.html", given)


def _rows(wanted: dict[str, Any]) -> Any:
    rows = Entry.objects.prefetch_related("subjects")
    if wanted.get("noun") and wanted.get("number"):
        about = EntrySubject.objects.filter(
            entry=OuterRef("pk"), kind=wanted["noun"], subject_id=wanted["number"]
        )
        rows = rows.filter(Exists(about))
    if wanted.get("kind"):
        rows = rows.filter(kind=wanted["kind"])
    if wanted.get("by"):
        rows = rows.filter(actor_kind="person", actor_id=wanted["by"].pk)
    return rows


def _lines(entries: Any) -> list[dict[str, Any]]:
    names = names_of(entry.actor_ref for entry in entries)
    now, zone = clock.now(), timezone.get_current_timezone()
    return [
        {
            "entry": entry,
            "words": sentence(entry, now=now, zone=zone),
            "who": names[entry.actor_ref],
            "look": look_of(entry.kind),
            "about": [f"{one.kind} {one.subject_id}" for one in entry.subjects.all()],
            "facts": ", ".join(f"{name} {fact}" for name, fact in entry.facts.items() if fact is not None),
        }
        for entry in entries
    ]
