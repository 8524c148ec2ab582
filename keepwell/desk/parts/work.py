"""Today and Cases: the work itself."""

from collections.abc import Iterable

from django.urls import path, reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from keepwell.cases.models import Case
from keepwell.desk.registry import Answer, KeyHelp, PaletteSource, RailEntry, register
from keepwell.desk.views.work import bulk, cases, new_case, saved_views, today
from keepwell.kit.identities import id_in
from keepwell.people.models import User

urlpatterns = [
    path("today/", today.today, name="today"),
    path("cases/", cases.cases, name="cases"),
    path("cases/new/", new_case.new_case, name="new_case"),
    path("cases/bulk/", bulk.bulk, name="cases_bulk"),
    path("cases/views/", saved_views.save, name="save_view"),
    path("cases/views/<int:pk>/removal/", saved_views.forget, name="forget_view"),
    path("cases/<int:number>/preview/", cases.preview, name="case_preview"),
]


def _find(reader: User, words: str) -> Iterable[Answer]:
    number = id_in(words.removeprefix("#"))
    if number is None:
        return
    for case in Case.objects.visible_to(reader).filter(number=number).select_related("account"):
        href = f"{reverse('desk:cases')}{case.number}/"
        hint = case.account.name if case.account else ""
        yield Answer(group=_now("Cases"), label=f"#{case.number} {case.subject}", href=href, hint=hint)


register(
    RailEntry(
        name="today", position=100, permit="case.see", words=_("Today"), icon="sun", url_name="desk:today"
    ),
    RailEntry(
        name="cases", position=200, permit="case.see", words=_("Cases"), icon="inbox", url_name="desk:cases"
    ),
    KeyHelp(name="new_case", position=36, permit="case.enter", key="Shift C", words=_("New case")),
    PaletteSource(name="cases", position=200, permit="case.see", find=_find),
)
