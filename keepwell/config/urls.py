"""Who answers which address: one line a face."""

from django.urls import include, path

from keepwell.config.live.stream import stream

urlpatterns = [
    path("live/stream", stream, name="live_stream"),
    path("accounts/", include("allauth.urls")),
]
