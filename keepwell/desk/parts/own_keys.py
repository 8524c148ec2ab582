"""The keys that work on every page of the desk."""

from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _

from keepwell.desk.registry import KeyHelp, register

urlpatterns: list[URLPattern] = []

register(
    KeyHelp(name="palette", position=10, key="Ctrl K", words=_("Go to anything, do anything")),
    KeyHelp(name="move", position=20, key="J K", words=_("Next, previous in a list")),
    KeyHelp(name="open", position=30, key="↵", words=_("Open")),
    KeyHelp(name="help", position=900, key="?", words=_("This help")),
)
