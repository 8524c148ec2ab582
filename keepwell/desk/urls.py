"""The addresses of the desk: its own, and those of its parts."""

from __future__ import annotations

from django.urls import path

from keepwell.desk.parts import all_parts
from keepwell.desk.views import me, shell

app_name = "desk"
urlpatterns = [
    path("", shell.home, name="home"),
    path("palette.json", shell.palette, name="palette"),
    path("support-hours/", shell.support_hours, name="support_hours"),
    path("condition/", shell.condition, name="condition"),
    path("me/", me.me, name="me"),
    path("me/presence/", me.presence, name="presence"),
    path("me/days-off/", me.days_off, name="days_off"),
    path("me/days-off/<int:pk>/withdrawal/", me.days_back, name="days_back"),
    *(pattern for part in all_parts() for pattern in part.urlpatterns),
]
