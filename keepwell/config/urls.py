"""Who answers which address: one line a face."""

from django.urls import include, path

from keepwell.config.health import is_ready, lives
from keepwell.config.live.stream import stream

urlpatterns = [
    path("healthz", lives, name="healthz"),
    path("readyz", is_ready, name="readyz"),
    path("live/stream", stream, name="live_stream"),
    path("accounts/", include("allauth.urls")),
    path("kit/", include("keepwell.kit.urls")),
    path("desk/", include("keepwell.desk.urls")),
]
