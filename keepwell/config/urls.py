"""Who answers which address: one line a face."""

from django.urls import include, path

from keepwell.config.health import is_ready, lives
from keepwell.config.live.stream import stream
from keepwell.public.sign_in.views import home
from keepwell.public.views.first_run import first_run

urlpatterns = [
    path("healthz", lives, name="healthz"),
    path("readyz", is_ready, name="readyz"),
    path("live/stream", stream, name="live_stream"),
    path("accounts/", include("keepwell.public.sign_in.urls")),
    path("home/", home, name="home"),
    path("first-run/", first_run, name="first_run"),
    path("kit/", include("keepwell.kit.urls")),
    path("desk/", include("keepwell.desk.urls")),
    path("portal/", include("keepwell.portal.urls")),
    path("v1/", include("keepwell.api.urls")),
    path("", include("keepwell.public.urls")),
]

handler500 = "keepwell.config.failing.failed"
