"""Settings: the vendor's people."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from keepwell.desk.registry import SettingsPage, register
from keepwell.desk.views.settings import people

urlpatterns = [
    path("settings/people/", people.people, name="people"),
    path("settings/people/new/", people.new_person, name="new_person"),
    path("settings/people/<int:pk>/", people.person, name="person"),
    path("settings/people/<int:pk>/sign-in/", people.person_sign_in, name="person_sign_in"),
    path(
        "settings/people/<int:pk>/time-off/<int:time_off>/withdrawal/",
        people.time_off_back,
        name="time_off_back",
    ),
    path("settings/people/<int:pk>/<slug:part>/", people.person_part, name="person_part"),
]

register(
    SettingsPage(
        name="people",
        position=10,
        permit="settings.people",
        group=_("Who works here"),
        words=_("People"),
        about=_("Who signs in, what each may do, level, hours, skills, days off"),
        icon="users",
        url_name="desk:people",
    )
)
