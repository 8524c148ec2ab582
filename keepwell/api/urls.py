from django.urls import path

from keepwell.api.usage import batch, one

app_name = "api"
urlpatterns = [
    path("batch", batch, name="batch"),
    *(path(kind, one, {"kind": kind}, name=kind) for kind in ("track", "identify", "group", "page")),
]
