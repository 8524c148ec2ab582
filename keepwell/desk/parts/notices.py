"""Notices: the bell of the shell, the page behind it, what one chooses to be told."""

from django.urls import path

from keepwell.desk.views import notices

urlpatterns = [
    path("notices/", notices.notices, name="notices"),
    path("notices/bell/", notices.bell, name="notices_bell"),
    path("notices/reading/", notices.read_all, name="notices_reading"),
    path("notices/<int:pk>/reading/", notices.read_one, name="notice_reading"),
    path("me/notices/", notices.choosing, name="my_notices"),
]
