"""Notices: the bell of the shell, the page behind it, what one chooses to be told."""

from django.urls import path

from keepwell.desk.views import notices, push_devices

urlpatterns = [
    path("notices/", notices.notices, name="notices"),
    path("notices/bell/", notices.bell, name="notices_bell"),
    path("notices/reading/", notices.read_all, name="notices_reading"),
    path("notices/<int:pk>/", notices.open_one, name="notice"),
    path("notices/<int:pk>/reading/", notices.read_one, name="notice_reading"),
    path("me/notices/devices/", push_devices.add, name="push_devices"),
    path("me/notices/devices/<int:pk>/removal/", push_devices.remove, name="push_device_removal"),
    path("me/notices/devices/<int:pk>/trial/", push_devices.try_it, name="push_device_trial"),
    # Here, and not among the static files: it may serve the pages below its own address only.
    path("push-worker.js", push_devices.worker, name="push_worker"),
    path("me/notices/", notices.choosing, name="my_notices"),
]
