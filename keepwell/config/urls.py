"""Who answers which address: one line a face."""

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("allauth.urls")),
]
